"""What edges and cards say is what was chosen: which labels, and in how many digits."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import nodegraph
from nodegraph.canvas.drawing.theme import LIGHT
from nodegraph.canvas.drawing.wording import LABELS, Labels, Wording
from nodegraph.canvas.picture_record import picture_of
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout.legibility import legibility_of
from nodegraph.core.layout.placement import place

pytestmark = pytest.mark.usefixtures("qapp")

TEXT = "z = w1*x1 + w2*x2 + b; y = sigmoid(z); L = (y - t)**2"
VALUES = {"w1": 0.123456789, "x1": 2.3456789, "w2": -0.7654321, "x2": 1.1111111, "b": 0.2222222, "t": 1.0}


@pytest.fixture
def graph() -> Graph:
    made = parse(TEXT, **VALUES)
    made.apply(place(made))
    return made


def texts(graph: Graph, labels: Labels, digits: int | None = None, step: int | None = None) -> list[str]:
    """What the labels of a picture say, after both passes or at a step."""
    trace = run(graph)
    frame = trace.last_frame if step is None else trace.frame(step)
    picture = picture_of(graph, frame, 1.0, Wording(labels, digits), highlight=step is not None)
    found = legibility_of(picture)
    assert step is not None or (found.labels_on_cards, found.labels_on_labels) == (0, 0)
    return [label.text for label in picture.labels]


def significant(number: str) -> int:
    """How many significant digits a printed number has."""
    mantissa = number.lower().partition("e")[0]
    return len(re.sub(r"[^0-9]", "", mantissa).lstrip("0"))


def test_full_labels_say_the_whole_product(graph: Graph) -> None:
    said = texts(graph, "full")
    assert len(said) >= 6
    assert all("×" in text for text in said)


def test_contributions_stand_alone(graph: Graph) -> None:
    said = texts(graph, "contribution")
    assert len(said) == len(list(graph.edges()))
    assert all(re.fullmatch(r"[+−][0-9.e−]+", text) for text in said)


def test_labels_of_the_step_are_those_of_its_edges_alone(graph: Graph) -> None:
    trace = run(graph)
    step = len(trace.steps) - 2
    assert len(texts(graph, "step", step=step)) == len(trace.frame(step).active_edges) > 0
    assert texts(graph, "step") == []


def test_there_may_be_no_labels_at_all(graph: Graph) -> None:
    assert texts(graph, "none") == texts(graph, "none", step=len(run(graph).steps) - 2) == []


@pytest.mark.parametrize("labels", [kind for kind in LABELS if kind not in ("step", "none")])
@pytest.mark.parametrize("digits", [2, 3, 8])
def test_no_label_has_more_digits_than_were_chosen(graph: Graph, labels: Labels, digits: int) -> None:
    said = texts(graph, labels, digits)
    numbers = [number for text in said for number in re.findall(r"[0-9.]+(?:e−?[0-9]+)?", text)]
    assert max(map(significant, numbers)) <= digits
    assert labels != "contribution" or max(map(significant, numbers)) == digits


@pytest.mark.parametrize("labels", LABELS)
def test_a_label_that_is_looked_at_says_the_whole_product(graph: Graph, labels: Labels) -> None:
    scene = GraphScene(graph, LIGHT)
    scene.set_wording(Wording(labels, 3))
    scene.set_frame(run(graph).last_frame)
    scene.clear_highlight()
    for edge in graph.edges():
        scene.showing.hover(edge.key)
        hovered = scene.showing.chip(edge.key)
        scene.showing.hover(None)
        scene.select(edges=[edge.key])
        selected = scene.showing.chip(edge.key)
        scene.select()
        assert hovered is not None
        assert "×" in hovered[0]
        assert selected is not None
        assert selected[0] == hovered[0]


def test_an_export_refuses_labels_and_digits_that_there_are_not(graph: Graph, tmp_path: Path) -> None:
    for options in ({"labels": "some"}, {"digits": 1}, {"digits": 9}):
        with pytest.raises(Refused, match=r"^(There are no labels|Numbers have 2 to 8 digits)"):
            nodegraph.export(graph, tmp_path / "x.png", **options)
    assert not list(tmp_path.iterdir())


def test_a_picture_without_labels_differs_from_one_with(graph: Graph, tmp_path: Path) -> None:
    made = {}
    for kind in ("automatic", "contribution", "none"):
        nodegraph.export(graph, tmp_path / f"{kind}.png", scale=1, labels=kind)
        made[kind] = (tmp_path / f"{kind}.png").read_bytes()
    assert len(set(made.values())) == 3


def test_labels_are_not_told_in_full_where_all_is_selected(graph: Graph) -> None:
    """After *Select All* each label was the whole product, over other labels and the numbers of cards."""
    scene = GraphScene(graph, LIGHT)
    scene.set_frame(run(graph).last_frame)
    scene.clear_highlight()
    keys = [edge.key for edge in graph.edges()]
    before = [scene.showing.chip(key) for key in keys]
    scene.select_all()
    assert [scene.showing.chip(key) for key in keys] == before
    scene.select(edges=keys[:2])
    assert all("×" in chip[0] for chip in map(scene.showing.chip, keys[:2]) if chip)
