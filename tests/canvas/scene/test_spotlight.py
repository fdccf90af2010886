"""The spotlight: what is active keeps its colours, the rest steps back and can still be read."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainterPath
from pytestqt.qtbot import QtBot

from nodegraph.canvas.drawing.theme import THEMES
from nodegraph.canvas.items import badges
from nodegraph.canvas.items.edge_picture import FAR_SCALE
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.canvas.scene.spotlight import RIM, Spotlight, _rounded
from nodegraph.canvas.view.canvas_view import CanvasView
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.engine.trace import Trace
from nodegraph.core.graph import edits, grouping
from nodegraph.core.graph.notes import add_note
from nodegraph.core.layout.card_size import node_size
from nodegraph.core.layout.placement import place_missing


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
    view.graph_scene.placement.follow(["L"])
    moved = image(view)
    view.spotlight.set_on(False)
    assert card(view, moved, "L") == card(view, image(view), "L")


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_words_can_be_read_in_the_dark_in_every_theme(view: CanvasView, theme: str) -> None:
    view.graph_scene.set_theme(THEMES[theme])
    view.spotlight.set_on(True)
    assert contrast(card(view, image(view), "L")) > 0.3


LOGISTIC = (
    "z = w1*x1 + w2*x2 + w3*x3 + w4*x4 + w5*x5 + w6*x6 + b\np = sigmoid(z)\n"
    "loss = -(t*log(p) + (1-t)*log(1-p))"
)
LSTM = (
    "i = sigmoid(wi*x + ui*h + bi)\nf = sigmoid(wf*x + uf*h + bf)\no = sigmoid(wo*x + uo*h + bo)\n"
    "g = tanh(wg*x + ug*h + bg)\nc = f*c0 + i*g\nhn = o*tanh(c)\nL = (hn - y)**2"
)


def pixels(view: CanvasView) -> NDArray[np.int16]:
    """The canvas as it is painted, as numbers."""
    made = image(view).convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(made.constBits(), np.uint8).reshape(made.height(), made.width(), 4)
    return flat[..., :3].astype(np.int16)


def within(view: CanvasView, rect: QRectF) -> tuple[slice, slice]:
    """The part of the picture in which a rectangle of the scene lies."""
    box = view.mapFromScene(rect.adjusted(2, 2, -2, -2)).boundingRect()
    box = box.adjusted(1, 1, -1, -1).intersected(view.viewport().rect())
    return slice(box.top(), box.bottom() + 1), slice(box.left(), box.right() + 1)


@pytest.mark.parametrize("text", [LOGISTIC, LSTM], ids=["logistic", "lstm"])
@pytest.mark.parametrize("zoom", [0.55, 1.0])
def test_labels_are_bright_whole_or_veiled_whole(
    qtbot: QtBot, text: str, zoom: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = parse(text)
    graph.apply(place_missing(graph, node_size))
    view = CanvasView(GraphScene(graph, THEMES["light"]))
    qtbot.addWidget(view)
    view.resize(1366, 768)
    view.show()
    view.set_zoom(zoom)
    scene, made = view.graph_scene, run(graph)
    scene.showing.show_marks(True)
    torn, labels_seen = [], 0
    for position in range(2, len(made.steps) + 1, 3):
        view.show_frame(made.frame(position))
        view.centerOn(scene.graph_rect(scene.active_nodes).center())
        view.spotlight.set_on(False)
        view.grab()  # asks for the chips in view
        view.turns.finish()
        bright = pixels(view)
        with monkeypatch.context() as patched:
            patched.setattr(Spotlight, "_lit", lambda _self, _rim: QPainterPath())
            view.spotlight.set_on(True)
            veiled = pixels(view)
        view.spotlight.forget()
        seen = pixels(view)
        shown = view.mapToScene(view.viewport().rect()).boundingRect()
        for key in scene.chip_layer.chipped(shown, view.zoom):
            wanted = bright if key in scene.showing.active_edges else veiled
            for rect in scene.chip_layer.labels(key):
                part = within(view, rect)
                labels_seen += bright[part].size > 0
                if bright[part].size and np.abs(seen[part] - wanted[part]).max() > 2:
                    torn.append((position, key, rect))
    assert labels_seen > 40
    assert torn == []


def test_the_badges_below_a_card_are_lit_with_it(qtbot: QtBot) -> None:
    graph = parse("a = x*x\nL = a + x", x=3)
    graph.apply(place_missing(graph, node_size))
    made = run(graph)
    other = CanvasView(GraphScene(graph, THEMES["light"]))
    qtbot.addWidget(other)
    other.resize(1200, 700)
    other.show()
    other.fit()
    node = graph.named("x")
    assert node is not None
    other.show_frame(made.last_frame)
    item = other.graph_scene.items_by_id[node.id]
    below = list(badges.placed_below(badges.patch_of(other.graph_scene, node.id), item.shape_of_card.rect))
    assert below
    part = within(other, item.mapRectToScene(below[0][1]))
    before = pixels(other)
    other.spotlight.set_on(True)
    assert np.abs(pixels(other)[part] - before[part]).max() <= 2


def test_no_light_is_where_a_chip_would_be_from_so_far_away_that_there_is_none(qtbot: QtBot) -> None:
    graph = parse("e = a*b\nL = e + c", a=0.1973, b=3, c=-10)
    graph.apply(place_missing(graph, node_size))
    view = CanvasView(GraphScene(graph, THEMES["light"]))
    qtbot.addWidget(view)
    view.resize(800, 500)
    view.show()
    view.set_zoom(FAR_SCALE - 0.02)
    view.show_frame(run(graph).last_frame)
    scene, spotlight = view.graph_scene, view.spotlight
    view.centerOn(scene.graph_rect().center())
    spotlight.set_on(True)
    view.grab()
    edges, nodes = scene.showing.active_edges, scene.active_nodes
    reach = [spotlight._tube(key, RIM) for key in edges]
    lit = [_rounded(scene.card_of(node_id), RIM) for node_id in nodes]
    path = QPainterPath()
    for part in (*reach, *lit):
        path = path.united(part)
    assert spotlight._holes is not None
    assert spotlight._holes[0].subtracted(path).boundingRect().height() < 1


@pytest.mark.parametrize("zoom", [0.6, 1.0])
def test_notes_below_an_active_edge_are_veiled_but_for_the_edge_and_titles_above_it_whole(
    qtbot: QtBot, zoom: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = parse("e = a*b\nd = e + c\nL = d*f", a=2, b=3, c=-10, f=5)
    graph.apply(place_missing(graph, node_size))
    graph.apply(
        edits.move(graph, {"e": (600.0, 0.0), "a": (0.0, 0.0), "b": (0.0, 160.0), "c": (300.0, 60.0)})
    )
    graph.apply(add_note(graph, "Words that an edge crosses. " * 6, 200, -60))
    graph.apply(grouping.group(graph, ["c"], "A title that an edge crosses"))
    view = CanvasView(GraphScene(graph, THEMES["light"]))
    qtbot.addWidget(view)
    view.resize(1366, 768)
    view.show()
    view.set_zoom(zoom)
    view.show_frame(run(graph).frame(2))
    scene, spotlight = view.graph_scene, view.spotlight
    view.centerOn(scene.graph_rect(scene.active_nodes).center())
    with monkeypatch.context() as patched:
        patched.setattr(Spotlight, "_lit", lambda _self, _rim: QPainterPath())
        spotlight.set_on(True)
        veiled = pixels(view)
    spotlight.forget()
    seen = pixels(view)
    (group,), (note,) = scene.surroundings.groups.values(), scene.surroundings.notes.values()
    tubes = [spotlight._tube(key, 7.0) for key in scene.showing.active_edges]
    crossed = 0
    for rect, above in ((note.rect, tubes), (group.title_ground(zoom), [])):
        rows, columns = within(view, rect)
        bright = np.argwhere(np.abs(seen[rows, columns] - veiled[rows, columns]).max(axis=2) > 2)
        places = [view.mapToScene(int(columns.start + x), int(rows.start + y)) for y, x in bright]
        crossed += any(tube.intersects(rect) for tube in tubes)
        assert all(any(tube.contains(place) for tube in above) for place in places)
    assert crossed == 2
