"""What every test of the canvas stands on: a graph on a shown canvas, and a hand with real mouse and keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nodegraph.canvas.drawing import geometry
from nodegraph.canvas.drawing.theme import LIGHT
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.canvas.view.canvas_view import CanvasView
from nodegraph.core.engine.passes import run
from nodegraph.core.graph import edits
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import EdgeKey

LEFT, MIDDLE, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton
PLAIN = Qt.KeyboardModifier.NoModifier


class Hand:
    """Mouse and keys on a canvas; places are in the scene. `wanted` collects what the canvas asks for."""

    def __init__(self, view: CanvasView) -> None:
        self.view = view
        self.scene = view.graph_scene
        self.wanted: list[tuple[object, ...]] = []
        self.hints: list[str] = []
        view.intents.connect_requested.connect(lambda *aim: self.wanted.append(("connect", *aim)))
        view.intents.edge_dropped.connect(lambda *wish: self.wanted.append(("dropped", *wish[:3])))
        view.intents.reroute_requested.connect(lambda *wish: self.wanted.append(("reroute", *wish)))
        view.intents.disconnect_requested.connect(lambda keys: self.wanted.append(("cut", keys)))
        view.intents.slice_requested.connect(lambda keys: self.wanted.append(("slice", keys)))
        view.intents.outputs_move_requested.connect(lambda *wish: self.wanted.append(("outputs", *wish)))
        view.intents.insert_requested.connect(lambda *wish: self.wanted.append(("insert", *wish)))
        view.intents.regroup_requested.connect(lambda *wish: self.wanted.append(("regroup", *wish)))
        view.intents.arrange_requested.connect(lambda *wish: self.wanted.append(("arrange", *wish)))
        view.intents.note_text_requested.connect(
            lambda note, text, _height: self.wanted.append(("text", note, text))
        )
        view.intents.note_resize_requested.connect(lambda *wish: self.wanted.append(("size", *wish)))
        view.intents.collapse_requested.connect(lambda *wish: self.wanted.append(("collapse", *wish)))
        view.intents.group_rename_requested.connect(lambda *wish: self.wanted.append(("title", *wish)))
        view.intents.move_requested.connect(lambda places: self.wanted.append(("move", places)))
        view.intents.value_requested.connect(lambda *wish: self.wanted.append(("value", *wish)))
        view.intents.rename_requested.connect(lambda *wish: self.wanted.append(("rename", *wish)))
        view.intents.add_requested.connect(lambda *wish: self.wanted.append(("add", *wish)))
        view.files_dropped.connect(lambda files: self.wanted.append(("files", files)))
        view.play_toggled.connect(lambda: self.wanted.append(("play",)))
        view.context_menu_requested.connect(lambda place: self.wanted.append(("menu",)))
        view.hint.connect(self.hints.append)
        self.held = Qt.MouseButton.NoButton

    # --- places
    def pixel(self, place: QPointF) -> QPoint:
        """The viewport's pixel at a place in the scene."""
        return self.view.mapFromScene(place)

    def header(self, node_id: str) -> QPointF:
        """A place on the card's header, where a drag moves it."""
        return self.scene.items_by_id[node_id].card.topLeft() + QPointF(60, 14)

    def number(self, node_id: str) -> QPointF:
        """A place on the card's value."""
        item = self.scene.items_by_id[node_id]
        return item.pos() + item.shape_of_card.value_line.center() + QPointF(40, 0)

    def output(self, node_id: str) -> QPointF:
        """The output port."""
        return self.scene.items_by_id[node_id].output_port()

    def port(self, node_id: str, port: int) -> QPointF:
        """An input port."""
        return self.scene.items_by_id[node_id].input_port(port)

    # --- the mouse
    def press(
        self, place: QPointF, button: Qt.MouseButton = LEFT, modifiers: Qt.KeyboardModifier = PLAIN
    ) -> None:
        QTest.mousePress(self.view.viewport(), button, modifiers, self.pixel(place))
        self.held = button

    def move(self, place: QPointF, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        """Move with the buttons held that were pressed."""
        viewport, pixel = self.view.viewport(), self.pixel(place)
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(pixel),
            QPointF(viewport.mapToGlobal(pixel)),
            Qt.MouseButton.NoButton,
            self.held,
            modifiers,
        )
        QApplication.sendEvent(viewport, event)

    def release(self, place: QPointF, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.mouseRelease(self.view.viewport(), self.held, modifiers, self.pixel(place))
        self.held = Qt.MouseButton.NoButton

    def click(
        self, place: QPointF, button: Qt.MouseButton = LEFT, modifiers: Qt.KeyboardModifier = PLAIN
    ) -> None:
        self.press(place, button, modifiers)
        self.release(place, modifiers)

    def double_click(self, place: QPointF) -> None:
        self.click(place)
        QTest.mouseDClick(self.view.viewport(), LEFT, PLAIN, self.pixel(place))

    def drag(
        self,
        start: QPointF,
        end: QPointF,
        button: Qt.MouseButton = LEFT,
        modifiers: Qt.KeyboardModifier = PLAIN,
    ) -> None:
        """Press, go there in a few moves, let go."""
        self.begin_drag(start, end, button, modifiers)
        self.release(end, modifiers)

    def begin_drag(
        self,
        start: QPointF,
        end: QPointF,
        button: Qt.MouseButton = LEFT,
        modifiers: Qt.KeyboardModifier = PLAIN,
    ) -> None:
        """Press and go there, without letting go."""
        self.press(start, button, modifiers)
        for share in (0.3, 0.7, 1.0):
            self.move(start + (end - start) * share, modifiers)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.keyClick(self.view, key, modifiers)

    # --- the document's part
    def apply(self, change: Change) -> None:
        """As the document does: change the graph, tell the scene."""
        self.scene.graph.apply(change)
        self.scene.apply(change)

    def settle(self) -> None:
        """Let the window do all that waits, and paint what is due."""
        for _ in range(3):  # what is painted may ask for more
            QApplication.processEvents()
            self.view.turns.finish()

    def show_step(self, position: int | None = None) -> None:
        """Run both passes and show the frame after so many steps, or the last."""
        trace = run(self.scene.graph)
        self.view.show_frame(trace.last_frame if position is None else trace.frame(position))

    @property
    def chosen(self) -> list[str]:
        """The selected nodes."""
        return self.scene.selected_nodes()


def lay_out(graph: Graph) -> Graph:
    """The seed example's nodes in the mock-up's places, all within an 800 × 600 canvas at 100 %."""
    places = {
        "a": (0, 0),
        "b": (0, 112),
        "c": (0, 224),
        "f": (0, 336),
        "e": (240, 56),
        "d": (480, 136),
        "L": (560, 296),
    }
    graph.apply(edits.move(graph, places))
    return graph


@pytest.fixture
def graph(seed_graph: Graph) -> Graph:
    """The seed example with a place for every node."""
    return lay_out(seed_graph)


@pytest.fixture
def scene(qapp: QApplication, graph: Graph) -> GraphScene:
    """The seed example in the light theme."""
    return GraphScene(graph, LIGHT)


@pytest.fixture
def make_hand(qtbot: QtBot) -> Callable[[Graph], Hand]:
    """A canvas of a graph, shown at 100 % with the graph's top left near its own, and a hand for it."""

    def make(graph: Graph) -> Hand:
        view = CanvasView(GraphScene(graph, LIGHT))
        qtbot.addWidget(view)
        view.resize(960, 640)
        with qtbot.waitExposed(view):
            view.show()
        view.zoom_100()
        view.set_center(view.graph_scene.graph_rect().topLeft() + QPointF(380, 240))
        view.setFocus()
        return Hand(view)

    return make


@pytest.fixture
def hand(make_hand: Callable[[Graph], Hand], graph: Graph) -> Hand:
    """A hand on the seed example."""
    return make_hand(graph)


def edge_middle(scene: GraphScene, key: EdgeKey) -> QPointF:
    """A place on an edge."""
    return geometry.point_on(scene.edge_layer.curve(key), 0.5)
