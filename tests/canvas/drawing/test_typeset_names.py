"""Typeset names as they are drawn and measured: on cards, in the layout without Qt, and shortened."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

import nodegraph
from nodegraph.canvas.drawing import geometry, lettering
from nodegraph.canvas.drawing.theme import LIGHT
from nodegraph.canvas.drawing.wording import Wording
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.building.expression import parse
from nodegraph.core.graph import edits, grouping
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout.card_size import group_size, node_size
from nodegraph.core.layout.placement import place
from nodegraph.core.type_widths import CHARACTERS, line_width
from nodegraph.core.typeset import Line, flat, joined, typeset

pytestmark = pytest.mark.usefixtures("qapp")

STYLES = ((geometry.NAME, "bold"), (geometry.LABEL, "regular"), (geometry.LONG_SYMBOL, "semibold"))


def drawn(text: Line, size: int = 60) -> QImage:
    """A line of text on white."""
    image = QImage(400, 120, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    with QPainter(image) as painter:
        style = (float(size), geometry.NAME[1])
        lettering.write_left(painter, QRectF(10, 20, 380, 80), text, style, "#000000")
    return image


def ink(image: QImage) -> tuple[int, int]:
    """The first and the last row with ink."""
    width = range(image.width())
    dark = [y for y in range(image.height()) if any(image.pixelColor(x, y).lightness() < 128 for x in width)]
    return min(dark), max(dark)


def test_an_index_is_smaller_and_reaches_below_the_line() -> None:
    (top, bottom), (_, below) = ink(drawn("w11")), ink(drawn(typeset("w11")))
    assert below >= bottom + 4
    assert lettering.text_width(typeset("w11"), geometry.NAME) < lettering.text_width("w11", geometry.NAME)
    assert top < bottom


@pytest.mark.parametrize(("style", "weight"), STYLES)
def test_the_layout_measures_text_as_the_canvas_does(style: lettering.Style, weight: str) -> None:
    for text in (CHARACTERS, "∂L/∂", "learning_rate", "sigmoid", typeset("w11"), typeset("sigma_max")):
        measured = lettering.text_width(text, style)
        assert line_width(text, style[0], weight) == pytest.approx(measured, rel=0.03, abs=0.6)


@pytest.fixture
def graph() -> Graph:
    made = parse(
        "z = w11*x_1 + learning_rate_of_the_schedule*sigma; total_cross_entropy = (z - t)**2",
        w11=1, x_1=2, sigma=3, learning_rate_of_the_schedule=4, t=1,
    )  # fmt: skip
    made.apply(place(made))
    return made


def test_cards_are_as_large_as_the_layout_takes_them_to_be(graph: Graph) -> None:
    scene = GraphScene(graph, LIGHT)
    for node_id, item in scene.items_by_id.items():
        assert (item.shape_of_card.width, item.shape_of_card.height) == node_size(graph, node_id)
    grouped = graph.copy()
    ids = [grouped.named(name).id for name in ("w11", "x_1")]  # type: ignore[union-attr]
    grouped.apply(grouping.group(grouped, ids, "A group with a long title"))
    grouped.apply(grouping.set_collapsed(grouped, [group.id for group in grouped.groups()], True))
    folded = GraphScene(grouped, LIGHT)
    for group_id, group in folded.surroundings.groups.items():
        assert group.card_size().toTuple() == group_size(grouped, group_id)


def test_a_card_says_what_its_gradient_is_by_however_long_its_name(graph: Graph) -> None:
    scene = GraphScene(graph, LIGHT)
    for item in scene.items_by_id.values():
        names = scene.showing.derivative_names(item.node.name)
        room = item.shape_of_card.width - 2 - 2 * geometry.PADDING - 8 - geometry.NUMBER_ROOM
        said = flat(lettering.shortened_names(names, room, geometry.LABEL))
        assert said.startswith("∂")
        assert "/∂" in said
        by = said.partition("/∂")[2]
        assert len(by.replace("…", "")) >= min(3, len(flat(item.face.name)))


def test_names_on_cards_are_typeset_and_plain_where_that_was_chosen(graph: Graph) -> None:
    scene = GraphScene(graph, LIGHT)
    w11 = graph.named("w11")
    assert w11 is not None
    card = scene.items_by_id[w11.id]
    assert card.face.name == typeset("w11")
    assert joined(*scene.showing.derivative_names("w11")) == joined("∂total_cross_entropy/∂", typeset("w11"))
    scene.set_wording(Wording(typeset=False))
    assert card.face.name == "w11"
    assert card.node.name == "w11"


def test_a_twin_that_comes_or_goes_makes_both_names_plain_or_typeset(graph: Graph) -> None:
    scene = GraphScene(graph, LIGHT)
    w11, other = graph.named("w11"), graph.named("t")
    assert w11 is not None
    assert other is not None
    for name, shown in (("w_11", "w11"), ("t", typeset("w11"))):
        change = edits.rename(graph, other.id, name)
        graph.apply(change)
        scene.apply(change)
        assert scene.items_by_id[w11.id].face.name == shown


def test_cards_grow_with_the_name_of_the_output() -> None:
    graph = parse("L = a*b", a=1, b=2)
    graph.apply(place(graph))
    scene = GraphScene(graph, LIGHT)
    before = {i: item.shape_of_card.width for i, item in scene.items_by_id.items()}
    assert graph.output is not None
    change = edits.rename(graph, graph.output, "total_cross_entropy")
    graph.apply(change)
    scene.apply(change)
    assert all(item.shape_of_card.width > before[i] for i, item in scene.items_by_id.items())
    assert all(item.shape_of_card.width == node_size(graph, i)[0] for i, item in scene.items_by_id.items())


def test_a_picture_with_plain_names_differs(graph: Graph, tmp_path: Path) -> None:
    for plain in (False, True):
        nodegraph.export(graph, tmp_path / f"{plain}.png", scale=1, plain_names=plain)
    assert (tmp_path / "True.png").read_bytes() != (tmp_path / "False.png").read_bytes()
