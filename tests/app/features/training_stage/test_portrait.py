"""What the stage draws: where classes meet, which colours answers have, and what is said of histograms."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nodegraph.app.features.training_stage import inks
from nodegraph.app.features.training_stage.histograms import told
from nodegraph.app.features.training_stage.legend import Legend
from nodegraph.app.features.training_stage.plots import StagePlot
from nodegraph.app.features.training_stage.portrait import (
    Rival,
    boundary_of,
    contour,
    learn,
    portray,
    sketched,
)
from nodegraph.canvas.drawing.theme import CONTRAST, DARK, LIGHT, Theme
from nodegraph.core.building.expression import parse
from nodegraph.core.graph.changes import Change, patch_of
from nodegraph.core.graph.graph import Graph
from nodegraph.core.stage.boundary import Field, middles
from nodegraph.core.stage.layers import histogram
from nodegraph.core.training.answers import Snapshot

SPANS = ((-2.0, 2.0), (-1.0, 3.0))


def heights(side: int = 60) -> tuple[np.ndarray, np.ndarray]:
    """Of places over the spans: across and up."""
    x, y = np.meshgrid(*(middles(*span, side) for span in SPANS), indexing="ij")
    return x, y


def test_the_contour_of_a_circle_lies_on_it() -> None:
    x, y = heights()
    found = contour(x**2 + (y - 1) ** 2, 1.0, SPANS)
    assert len(found) > 100
    assert np.abs(np.hypot(found[:, 0], found[:, 1] - 1) - 1).max() < 2e-3
    assert found[:, 0].min() == pytest.approx(-1, abs=0.05)
    assert found[:, 1].max() == pytest.approx(2, abs=0.05)


def test_what_is_no_number_has_no_contour() -> None:
    x, _ = heights()
    holed = np.where(x > 1, np.nan, x)
    found = contour(holed, 0.0, SPANS)
    assert len(found)
    assert np.isfinite(found).all()
    assert np.abs(found[:, 0]).max() < 1e-9
    assert contour(np.full((5, 5), np.nan), 0.0, SPANS).shape == (0, 2)


def test_along_one_input_the_boundary_is_the_places_where_the_level_is_crossed() -> None:
    x = middles(-2.0, 2.0, 400)
    assert contour(x**2, 1.0, SPANS[:1])[:, 0] == pytest.approx([-1, 1], abs=1e-4)
    assert contour(np.full(10, np.inf), 0.0, SPANS[:1]).shape == (0, 1)


def test_a_portrait_has_the_boundary_of_the_graph_and_spreads_only_where_they_are_wanted() -> None:
    graph = Snapshot.of(parse("y = sigmoid(w*x + b)\nL = (y - t)**2", w=2, b=-1))
    known = learn(graph, {"x": np.array([0.0, 1]), "t": np.array([0.0, 1])})
    sketch = sketched(known, (), 0)
    assert sketch is not None
    seen = portray(known, sketch, {}, spreads=False)
    assert seen.boundary == pytest.approx(np.array([[0.5]]), abs=1e-4)
    assert seen.spreads is None
    moved = portray(known, sketch, {"w": 4.0}, spreads=True)
    assert moved.boundary == pytest.approx(np.array([[0.25]]), abs=1e-4)
    assert moved.spreads is not None
    (weights,) = moved.spreads.weights.values()
    assert (weights.edges[0], weights.edges[-1]) == (-1, 4)


def test_three_classes_meet_where_their_two_largest_answers_are_equal() -> None:
    graph = Snapshot.of(parse("a = w*x\nb = 1 - w*x\nL = (a - t1)**2 + (b - t2)**2", w=1))
    hot = {"x": np.array([0.0, 1]), "t1": np.array([0.0, 1]), "t2": np.array([1.0, 0])}
    known = learn(graph, hot)
    sketch = sketched(known, (), 0)
    assert sketch is not None
    assert sketch.subject.kind == "classes"
    assert boundary_of(sketch, sketch.grid.field({})) == pytest.approx(np.array([[0.5], [0.5]]), abs=1e-4)


def test_nothing_is_known_of_an_empty_graph() -> None:
    known = learn(Snapshot.of(Graph()), {})
    assert (known.subject, known.gradients, sketched(known, (), 0)) == (None, None, None)
    assert portray(known, None, {}, spreads=True).field is None


# --- colours
@pytest.mark.parametrize("theme", [LIGHT, DARK, CONTRAST])
def test_answers_are_blue_below_the_level_orange_above_and_grey_where_they_are_no_numbers(
    theme: Theme,
) -> None:
    pixels = inks.map_of(theme, np.array([[-np.inf, -1.0, 0.0], [1.0, np.inf, np.nan]]), (-1.0, 1.0))
    low, middle, high = pixels[0, 1], pixels[0, 2], pixels[1, 0]
    assert (pixels[0, 0] == low).all()
    assert (pixels[1, 1] == high).all()
    assert low[2] > low[0], "blue"
    assert high[0] > high[2], "orange"
    grey = pixels[1, 2].astype(int)
    assert not any((grey == other).all() for other in (low, middle, high))


def test_a_class_is_paler_where_it_hardly_leads() -> None:
    field = Field(np.array([[5.0, 0.1], [0.0, 0.0]]), ((0.0, 1.0),))
    strong, faint = inks.classes_map_of(LIGHT, field).astype(int)
    assert strong.sum() < faint.sum()


def test_each_of_twelve_classes_differs_in_shape() -> None:
    assert len(set(inks.SHAPES)) == 12


# --- words
def test_a_histogram_is_told_to_who_does_not_see_it() -> None:
    found = histogram(np.array([0.0, 1.0, 1.0, 2.0, np.nan]), bins=4)
    assert told("Layer 1", found) == "Layer 1: 4 numbers from 0 to 2, most near 1.25; 1 not finite"
    assert told("Layer 2", histogram(np.array([np.inf]))) == "Layer 2: 0 numbers, 1 not finite"


def test_the_boundary_of_a_rival_is_that_of_its_values_in_one_piece_a_line() -> None:
    graph = Snapshot.of(parse("y = sigmoid(x1*x1*w + x2*x2*w - 1)\nL = (y - t)**2", w=1))
    corners = np.array([-2.0, -2, 2, 2]), np.array([-2.0, 2, -2, 2])
    known = learn(graph, {"x1": corners[0], "x2": corners[1], "t": np.array([0.0, 1, 1, 0])})
    sketch = sketched(known, (), 0)
    portrait = portray(known, sketch, {}, spreads=False, rival=Rival("Run 1", {"w": 4.0}))
    assert np.hypot(*portrait.boundary.T) == pytest.approx(1, abs=0.01)
    assert portrait.compared is not None
    lines = portrait.compared.lines
    assert np.isnan(lines).any(axis=1).tolist() == [False] * (len(lines) - 1) + [True]
    assert np.hypot(*lines[:-1].T) == pytest.approx(0.5, abs=0.01)


def test_the_legend_calls_classes_by_the_columns_of_their_targets(qtbot: QtBot) -> None:
    graph = parse("a = w*x\nb = 1 - w*x\nL = (a - t1)**2 + (b - t2)**2", w=1)
    bound = (replace(graph.node(name), column=column) for name, column in (("t1", "setosa"), ("t2", "t2")))
    graph.apply(Change("Bind", tuple(patch_of(graph.node(node.id), node) for node in bound)))
    hot = np.array([1.0, 0, 1])
    known = learn(Snapshot.of(graph), {"x": np.array([0.0, 1, 0.2]), "t1": hot, "t2": 1 - hot})
    legend = Legend()
    qtbot.addWidget(legend)
    legend.show_sketch(sketched(known, (), 0), graph)
    assert [entry.text for entry in legend.entries] == ["setosa", "t2", "boundary"]


def test_a_pole_beside_the_data_neither_rules_the_axis_nor_is_joined(qtbot: QtBot) -> None:
    graph = parse("v = Vm*S/(Km + S)\nL = (v - t)**2", Vm=232.4, Km=0.0529)
    columns = {
        "S": np.array([0.02, 0.06, 0.11, 0.22, 0.56, 1.1]),
        "t": np.array([76.0, 97, 123, 159, 191, 207]),
    }
    known = learn(Snapshot.of(graph), {graph.named(name).id: it for name, it in columns.items()})
    plot = StagePlot("stage.picture")
    qtbot.addWidget(plot)
    plot.show_portrait(portray(known, sketched(known, (), 0), {}, spreads=False), ("S", "v"))
    low, high = plot.plotItem.viewRange()[1]
    assert 0 < low < 76
    assert 223 < high < 260
    x, y = plot.lines["answer 0"].getOriginalDataset()
    gaps = np.flatnonzero(np.isnan(y))
    assert len(gaps) == 1
    assert y[gaps[0] - 1] > 1000
    assert y[gaps[0] + 1] < -1000
    assert x[gaps[0] - 1] < -0.0529 < x[gaps[0] + 1]


def test_a_curve_far_from_the_data_is_shown_whole(qtbot: QtBot) -> None:
    graph = parse("y = w*x\nL = (y - t)**2", w=30.0)
    columns = {"x": np.array([0.0, 1, 2, 3]), "t": np.array([0.0, 1, 2, 3])}
    known = learn(Snapshot.of(graph), {graph.named(name).id: it for name, it in columns.items()})
    plot = StagePlot("stage.picture")
    qtbot.addWidget(plot)
    plot.show_portrait(portray(known, sketched(known, (), 0), {}, spreads=False), ("x", "y"))
    low, high = plot.plotItem.viewRange()[1]
    assert low < -10
    assert high > 100
