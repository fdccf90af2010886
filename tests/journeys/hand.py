"""A hand for journeys: drives the main window with real mouse and key events, as a person would."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget

from nodegraph.app.widgets.text import without_breaks

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


class Hand:
    """One hand on one window. Nodes are spoken of by name."""

    def __init__(self, window: Any) -> None:
        self.window = window
        self.canvas = window.findChild(QWidget, "canvas")
        self.scene = self.canvas.graph_scene

    # --- looking
    @property
    def graph(self) -> Any:
        """The open graph."""
        return self.window.document.graph

    def card(self, name: str) -> Any:
        """The card of a node."""
        return self.scene.items_by_id[self.graph.named(name).id]

    def shown(self) -> dict[str, tuple[float | None, float | None]]:
        """(value, gradient) as they stand on each card now."""
        return {
            node.name: (self.scene.showing.value(node.id), self.scene.showing.gradient(node.id))
            for node in self.graph.nodes()
        }

    def text_of(self, object_name: str) -> str:
        """All text a panel shows, without what only keeps its lines from breaking."""
        from PySide6.QtWidgets import QLabel

        panel = self.window.findChild(QWidget, object_name)
        shown = (label.text() for label in panel.findChildren(QLabel) if label.isVisibleTo(panel))
        return without_breaks("\n".join(shown))

    # --- the mouse on the canvas
    def pixel(self, place: QPointF) -> QPoint:
        """Where a place of the scene lies on the canvas."""
        return self.canvas.mapFromScene(place)

    def empty(self) -> QPointF:
        """A place in view with nothing near it: left, a little above the lower edge."""
        place = self.canvas.mapToScene(QPoint(130, self.canvas.viewport().height() - 90))
        assert self.canvas.is_empty_at(place), "something lies there"
        return place

    def drag(
        self,
        start: QPointF,
        end: QPointF,
        *,
        modifiers: Qt.KeyboardModifier = NONE,
        button: Qt.MouseButton = LEFT,
    ) -> None:
        """Press, move in small steps, release."""
        self.press(start, modifiers, button)
        self.glide(start, end, modifiers, button)
        self.release(end, modifiers, button)

    def press(
        self, place: QPointF, modifiers: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = LEFT
    ) -> None:
        """Press a button, the left one if none is named."""
        QTest.mousePress(self.canvas.viewport(), button, modifiers, self.pixel(place))

    def glide(
        self,
        start: QPointF,
        end: QPointF,
        modifiers: Qt.KeyboardModifier = NONE,
        button: Qt.MouseButton = LEFT,
    ) -> None:
        """Move with the button held."""
        for step in range(1, 9):
            self._move_to(start + (end - start) * step / 8, button, modifiers)

    def release(
        self, place: QPointF, modifiers: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = LEFT
    ) -> None:
        """Release it."""
        QTest.mouseRelease(self.canvas.viewport(), button, modifiers, self.pixel(place))

    def click(self, place: QPointF) -> None:
        """Click the canvas."""
        QTest.mouseClick(self.canvas.viewport(), LEFT, NONE, self.pixel(place))

    def point_at(self, place: QPointF) -> None:
        """Move there with no button held."""
        self._move_to(place, Qt.MouseButton.NoButton, NONE)
        QApplication.processEvents()

    def _move_to(self, place: QPointF, held: Qt.MouseButton, modifiers: Qt.KeyboardModifier) -> None:
        pixel = QPointF(self.pixel(place))
        there = QPointF(self.canvas.viewport().mapToGlobal(pixel))
        none = Qt.MouseButton.NoButton
        event = QMouseEvent(QEvent.Type.MouseMove, pixel, there, none, held, modifiers)
        QApplication.sendEvent(self.canvas.viewport(), event)

    def menu_at(self, place: QPointF) -> QMenu:
        """Right-click, and what opens for it."""
        pixel, viewport = self.pixel(place), self.canvas.viewport()
        QTest.mouseClick(viewport, Qt.MouseButton.RightButton, NONE, pixel)
        reason = QContextMenuEvent.Reason.Mouse
        QApplication.sendEvent(viewport, QContextMenuEvent(reason, pixel, viewport.mapToGlobal(pixel)))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu), "no menu has opened"
        return menu

    def double_click(self, place: QPointF) -> None:
        """Double-click the canvas, as a mouse does: two presses, the second a double one."""
        self.click(place)
        QTest.mouseDClick(self.canvas.viewport(), LEFT, NONE, self.pixel(place))

    # --- what people do
    def connect(self, source: str, target: str, port: int) -> None:
        """Drag from an output port to an input port."""
        self.drag(self.card(source).output_port(), self.card(target).input_port(port))

    def type_value(self, name: str, text: str) -> None:
        """Double-click a card's value and type another."""
        card = self.card(name)
        self.double_click(card.pos() + card.shape_of_card.value_line.center() + QPointF(20, 0))
        self.type_in_field(text)

    def type_name(self, name: str, text: str) -> None:
        """Select a node, press F2 and type another name."""
        self.scene.select([self.graph.named(name).id])
        self.do("edit.rename")
        self.type_in_field(text)

    def type_in_field(self, text: str) -> None:
        """Replace the text of the open field and press Enter."""
        field = self.canvas.field
        assert field is not None, "no field is open"
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)

    def field(self) -> QLineEdit | None:
        """The field that is open on the canvas."""
        return self.canvas.field

    def move_to(self, name: str, x: float, y: float) -> None:
        """Drag a card by its header so that its top left comes to lie there."""
        card = self.card(name)
        held = card.pos() + QPointF(20, 12)
        self.drag(held, held + QPointF(x, y) - card.pos())

    def held(self, name: str) -> QPointF:
        """A place on a card's header, where a press takes it."""
        return self.card(name).pos() + QPointF(20, 12)

    def choose(self, *names: str) -> None:
        """Click these cards, one after the other, with Ctrl held from the second on."""
        for place, name in enumerate(names):
            control = Qt.KeyboardModifier.ControlModifier if place else NONE
            self.press(self.held(name), control)
            self.release(self.held(name), control)

    def chosen(self) -> list[str]:
        """The names of the selected nodes."""
        return [self.graph.node(node_id).name for node_id in self.scene.selected_nodes()]

    def feeding(self, name: str) -> list[str]:
        """The names of the nodes that feed a node, by port."""
        edges = self.graph.edges_into(self.graph.named(name).id)
        return [self.graph.node(edge.source).name for edge in edges]

    def places(self) -> dict[str, tuple[float | None, float | None]]:
        """Where each node lies in the document."""
        return {node.name: (node.x, node.y) for node in self.graph.nodes()}

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press a key on the canvas."""
        self.canvas.setFocus()
        QTest.keyClick(self.canvas, key, modifiers)

    def do(self, action_id: str) -> None:
        """Trigger an action by its id, if it is to be had."""
        action = self.window.findChild(QAction, action_id)
        assert action is not None, f"there is no action {action_id}"
        assert action.isEnabled(), f"{action_id} is switched off"
        action.trigger()
