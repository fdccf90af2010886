"""What keys and clicks on the canvas open: the quick-add popup, and an edge drawn by keys. Sits before the
canvas as an event filter and edits nothing.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent

from nodegraph.app.platform import announcer
from nodegraph.canvas.drawing import geometry
from nodegraph.canvas.drawing.directions import WAYS
from nodegraph.canvas.gestures.key_connect import KeyConnect
from nodegraph.canvas.gestures.key_reroute import KeyReroute
from nodegraph.canvas.items.ports import PortHit
from nodegraph.canvas.scene import hit_test
from nodegraph.canvas.view.canvas_view import CanvasView
from nodegraph.core.graph import edits

_OF_MOUSE = {
    QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick, QEvent.Type.ContextMenu, QEvent.Type.Leave,
}  # fmt: skip


class CanvasKeys(QObject):
    """Tab and a double click on the empty canvas want something added; C begins an edge."""

    add_wanted = Signal()
    menu_wanted = Signal(QPoint)
    """The menu key was pressed; a menu for the selection belongs at this place of the screen."""
    told = Signal(str)
    """Why a key did nothing."""

    def __init__(self, canvas: CanvasView) -> None:
        super().__init__(canvas)
        self.canvas = canvas
        self.pointer: QPoint | None = None
        """Where the mouse was moved to last, in pixels of the canvas; None once the keys were used."""
        canvas.installEventFilter(self)
        canvas.listeners.tell(_OF_MOUSE, self._hear)
        canvas.listeners.tell([QEvent.Type.MouseMove], self._follow)

    # --- drawing an edge
    def start_connecting(self) -> None:
        """Begin an edge at the selected node's output."""
        self._connect_from(None)

    def start_connecting_input(self) -> None:
        """Begin an edge at the first input of the selected node that waits for one."""
        node_id = self._only_selected()
        if node_id is not None:
            self._connect_from(edits.free_port(self.canvas.graph_scene.graph, node_id) or 0)

    def _connect_from(self, port: int | None) -> None:
        node_id = self._only_selected()
        if node_id is None:
            return
        gesture = KeyConnect(self.canvas, PortHit(node_id, port))
        name = self.canvas.graph_scene.graph.node(node_id).name
        if not gesture.aims:
            gesture.cancel()
            where = "go" if port is None else "come from"
            self.told.emit(f"There is nowhere an edge of {name} could {where}.")
            return
        self.canvas.setFocus()
        self.canvas.begin(gesture)
        announcer.announce(self.canvas, gesture.sentence())

    def _only_selected(self) -> str | None:
        chosen = self.canvas.graph_scene.selected_nodes()
        return chosen[0] if len(chosen) == 1 else None

    # --- where something is added
    def pointed_place(self) -> QPointF | None:
        """The top left for a new card at the pointer, if the mouse was used last and no card is there."""
        if self.pointer is not None:
            middle = self.canvas.mapToScene(self.pointer)
            scene = self.canvas.graph_scene
            card = QRectF(
                0, 0, geometry.CARD_WIDTH * scene.text_scale, geometry.CARD_HEIGHT * scene.text_scale
            )
            card.moveCenter(middle)
            if hit_test.node_at(scene, middle) is None and scene.surroundings.card_at(middle) is None:
                return self.canvas.in_view(card)
        return None

    def _beside_selection(self) -> QPoint:
        """A place on the screen for a menu about the selection, inside the canvas."""
        scene, seen = self.canvas.graph_scene, self.canvas.viewport().rect().adjusted(8, 8, -8, -8)
        chosen = scene.selected_nodes()
        spot = self.canvas.mapFromScene(scene.graph_rect(chosen).center()) if chosen else seen.center()
        inside = QPoint(
            max(seen.left(), min(spot.x(), seen.right())), max(seen.top(), min(spot.y(), seen.bottom()))
        )
        return self.canvas.viewport().mapToGlobal(inside)

    # --- events
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the few keys that open something; the canvas has the rest."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return self._is_menu_key(event) and self._ask_for_menu()

    def _follow(self, event: QEvent) -> None:
        """Note where the mouse is."""
        if isinstance(event, QMouseEvent):
            self.pointer = event.position().toPoint()

    def _hear(self, event: QEvent) -> bool:
        """Follow the mouse, and take the few clicks that open something."""
        self._follow(event)
        if isinstance(event, QMouseEvent):
            if event.type() == QEvent.Type.MouseButtonPress:
                return self._click(event)
            return event.type() == QEvent.Type.MouseButtonDblClick and self._double_click(event)
        if event.type() == QEvent.Type.Leave:
            self.pointer = None
        return self._is_menu_key(event) and self._ask_for_menu()

    def _ask_for_menu(self) -> bool:
        self.canvas.cancel_gesture()
        self.menu_wanted.emit(self._beside_selection())
        return True

    @staticmethod
    def _is_menu_key(event: QEvent) -> bool:
        return isinstance(event, QContextMenuEvent) and event.reason() == QContextMenuEvent.Reason.Keyboard

    def _key(self, event: QKeyEvent) -> bool:
        gesture = self.canvas.gesture
        if isinstance(gesture, KeyConnect):
            return self._connect_key(gesture, event)
        if event.key() == Qt.Key.Key_Tab and not event.modifiers() and gesture is None:
            self.add_wanted.emit()
            return True
        if event.key() in WAYS:
            self.pointer = None
        return False

    def _connect_key(self, gesture: KeyConnect, event: QKeyEvent) -> bool:
        if event.key() in WAYS:
            gesture.go(WAYS[Qt.Key(event.key())])
            announcer.announce(self.canvas, gesture.sentence())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.canvas.release()
            gesture.take()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Tab):
            self.canvas.cancel_gesture()
        else:
            return event.key() == Qt.Key.Key_Space
        return True

    def _click(self, event: QMouseEvent) -> bool:
        """A click takes where an edge is to run that a command has begun to move."""
        gesture = self.canvas.gesture
        if not isinstance(gesture, KeyReroute) or event.button() != Qt.MouseButton.LeftButton:
            return False
        self.canvas.release()
        gesture.end(self.canvas.mapToScene(event.position().toPoint()), event.modifiers())
        return True

    def _double_click(self, event: QMouseEvent) -> bool:
        place = self.canvas.mapToScene(event.position().toPoint())
        plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        if not plain or not self.canvas.is_empty_at(place):
            return False
        self.add_wanted.emit()
        return True
