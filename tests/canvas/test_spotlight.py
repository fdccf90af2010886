"""The spotlight: what is active keeps its colours, the rest steps back and can still be read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from nodegraph.canvas.scene import GraphScene
from nodegraph.canvas.theme import THEMES
from nodegraph.canvas.view import CanvasView
from nodegraph.core.expression import parse
from nodegraph.core.layout import place_missing
from nodegraph.core.passes import run
from nodegraph.core.trace import Trace


@pytest.fixture
def trace() -> Trace:
    """The seed example, run."""
    graph = parse("e = a*b\nd = e + c\nL = d*f", a=2, b=3, c=-10, f=5)
    graph.apply(place_missing(graph, lambda _graph, _node: (144.0, 84.0)))
    return run(graph)


@pytest.fixture
def view(qtbot: QtBot, trace: Trace) -> CanvasView:
    """The seed example at the step in which e is computed."""
    graph = parse("e = a*b\nd = e + c\nL = d*f", a=2, b=3, c=-10, f=5)
    graph.apply(place_missing(graph, lambda _graph, _node: (144.0, 84.0)))
    made = CanvasView(GraphScene(graph, THEMES["light"]))
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.fit()
    made.show_frame(trace.frame(2))
    return made


def image(view: CanvasView) -> QImage:
    """The canvas as it is painted."""
    return view.viewport().grab().toImage()


def card(view: CanvasView, picture: QImage, node_id: str) -> QImage:
    """The picture of one card."""
    return picture.copy(view.mapFromScene(view.graph_scene.card_of(node_id)).boundingRect())


def contrast(picture: QImage) -> float:
    """How far the lightest and the darkest of a picture lie apart."""
    places = ((x, y) for x in range(0, picture.width(), 2) for y in range(0, picture.height(), 2))
    levels = [picture.pixelColor(x, y).lightnessF() for x, y in places]
    return max(levels) - min(levels)


def at(view: CanvasView, picture: QImage, place: QPointF) -> QColor:
    """The colour of a place of the scene."""
    return picture.pixelColor(view.mapFromScene(place))


def test_what_is_not_active_fades_and_what_is_active_stays(view: CanvasView) -> None:
    before = image(view)
    view.spotlight.set_on(True)
    after = image(view)
    assert contrast(card(view, after, "L")) < 0.6 * contrast(card(view, before, "L"))
    assert card(view, after, "e") == card(view, before, "e")


def test_the_active_edges_and_their_chips_are_lit(view: CanvasView) -> None:
    before = image(view)
    view.spotlight.set_on(True)
    after = image(view)
    lit = QPointF(*view.graph_scene.edge_layer.curve(("e", 0))[8])
    dim = QPointF(*view.graph_scene.edge_layer.curve(("L", 1))[8])
    assert at(view, after, lit) == at(view, before, lit)
    assert at(view, after, dim) != at(view, before, dim)


def test_without_a_step_nothing_is_dimmed(view: CanvasView, trace: Trace) -> None:
    view.show_frame(trace.frame(0))
    before = image(view)
    view.spotlight.set_on(True)
    assert not view.spotlight.shines
    assert image(view) == before


def test_the_light_goes_with_the_step_and_with_the_cards(view: CanvasView, trace: Trace) -> None:
    view.spotlight.set_on(True)
    view.show_frame(trace.frame(4))
    assert view.spotlight.shines
    followed = image(view)
    view.spotlight.set_on(False)
    assert card(view, followed, "L") == card(view, image(view), "L")
    view.spotlight.set_on(True)
    image(view)
    item = view.graph_scene.items_by_id["L"]
    item.setPos(item.pos() - QPointF(0, 100))
    view.graph_scene.place_edges(["L"])
    moved = image(view)
    view.spotlight.set_on(False)
    assert card(view, moved, "L") == card(view, image(view), "L")


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_words_can_be_read_in_the_dark_in_every_theme(view: CanvasView, theme: str) -> None:
    view.graph_scene.set_theme(THEMES[theme])
    view.spotlight.set_on(True)
    assert contrast(card(view, image(view), "L")) > 0.3
