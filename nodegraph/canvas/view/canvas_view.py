"""The window onto the scene: mouse, keys and drops on it, each handed to the gesture or module it concerns.

Everything a person wants of the graph leaves as a signal; the view itself changes only what is looked at.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QToolTip

from nodegraph.canvas.drawing import geometry
from nodegraph.canvas.drawing.directions import WAYS
from nodegraph.canvas.fields.note_field import NoteField
from nodegraph.canvas.fields.text_field import Field
from nodegraph.canvas.gestures import clicks, dispatch, drops, keyboard_walk
from nodegraph.canvas.gestures.gesture import Gesture
from nodegraph.canvas.gestures.move import Move
from nodegraph.canvas.gestures.pan import Pan
from nodegraph.canvas.intents import Intents
from nodegraph.canvas.scene import hit_test
from nodegraph.canvas.scene.card_motion import CardMotion
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.canvas.scene.spotlight import Spotlight
from nodegraph.canvas.view.edge_pan import EdgePan
from nodegraph.canvas.view.listeners import Listeners
from nodegraph.canvas.viewport import touch
from nodegraph.canvas.viewport.camera import Camera
from nodegraph.canvas.viewport.cursor_hint import CursorHint
from nodegraph.canvas.viewport.hover import Hover
from nodegraph.canvas.viewport.legend import Legend
from nodegraph.canvas.viewport.minimap import Minimap
from nodegraph.canvas.viewport.overlay import Overlay
from nodegraph.canvas.viewport.step_motion import StepMotion
from nodegraph.core.engine.trace import Frame
from nodegraph.core.graph.changes import Change


class CanvasView(Camera):
    """The canvas. What is asked of the graph leaves by `intents`; places are in scene units."""

    handed_over = Signal(object, QPointF)
    """The selection was dropped on another window's canvas, at this place of its scene: (canvas, place)."""
    files_dropped = Signal(object)
    context_menu_requested = Signal(QPoint)
    edge_hovered = Signal(object)
    """The pointer has come to this edge (key), or to none (None)."""
    play_toggled = Signal()
    field_edited = Signal()
    """What stands in the open field is another text, or the field was closed."""
    hint = Signal(str)
    """What was refused, or what keys do in the open field; "": no longer."""

    def __init__(self, scene: GraphScene) -> None:
        super().__init__(scene)
        self.setObjectName("canvas")
        self.setAccessibleName("Canvas")
        self.setAccessibleDescription("The computational graph; arrow keys go from node to node.")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
        self.intents, self.listeners = Intents(self), Listeners(self.viewport())
        self.speech = CursorHint(self.viewport())
        self.field: Field | NoteField | None = None
        self.snaps = True
        """Whether dragged cards come to lie on the grid; Alt does the other."""
        self.glide = CardMotion(scene, self)
        self.overlay = Overlay(self)
        self.drop = drops.Drop(self)
        self._gesture: Gesture | None = None
        self.hover = Hover(self)
        self.hover.edge_changed.connect(self.edge_hovered)
        self._held = Qt.MouseButton.NoButton
        """The button that began the gesture, and that ends it."""
        self._menu_refused = False
        """The right button was used for a gesture, and asks for no menu."""
        self.edge_pan = EdgePan(self)
        self._space_held = self._space_used = self._reduced_motion = False
        self.spotlight = Spotlight(scene)
        self.travel = StepMotion(self, self.spotlight)
        self.moved.connect(self._place_field)
        self.minimap = Minimap(self)
        self.legend = Legend(self)
        self.moved.connect(self.minimap.follow_soon)
        self.moved.connect(self.legend.follow_soon)
        scene.arranged.connect(self.minimap.follow_soon)
        touch.grab(self)
        self.listeners.tell({*touch.EVENTS, QEvent.Type.ToolTip, QEvent.Type.Leave}, self._hear)
        scene.replaced.connect(self._let_go)
        scene.structure_changed.connect(self._on_structure_changed)

    # --- the frame
    def show_frame(self, frame: Frame, duration_ms: int = 0, forward: bool = True) -> None:
        """Show a frame; with a duration, the step's numbers travel there first."""
        moves = forward and not self._reduced_motion
        self.travel.begin(frame, duration_ms if moves else 0)
        self.spotlight.forget()
        self.legend.follow_frame(frame)

    def set_reduced_motion(self, reduced: bool) -> None:
        """Whether steps appear at once instead of travelling."""
        self._reduced_motion = reduced

    @property
    def is_moving(self) -> bool:
        """Whether a step's numbers are on their way."""
        return self.travel.is_running

    def free_place(self, width: float = geometry.CARD_WIDTH, height: float = geometry.CARD_HEIGHT) -> QPointF:
        """Where what is added without a place goes: behind the selection, else mid-view; clear of others."""
        scene = self.graph_scene
        chosen = scene.selected_nodes()
        card = QRectF(0, 0, width * scene.text_scale, height * scene.text_scale)
        place = self.mapToScene(self.room()).boundingRect().center() - card.center()
        if chosen:
            place = hit_test.onward_from(scene, scene.graph_rect(chosen), card.size(), 108 * scene.text_scale)
        place = QPointF(geometry.snapped(place.x()), geometry.snapped(place.y()))
        return hit_test.free_place(scene, card.translated(place), 32)

    # --- motion of cards
    def animate_moves(self, change: Change) -> None:
        """Let the cards that a change, already shown, has moved glide to their places."""
        if not self._reduced_motion and self.isVisible():
            self.glide.begin(change)

    # --- editing in place
    def edit_value(self, node_id: str) -> None:
        """Open the field for an input's or constant's number."""
        self._open(Field.for_value(self, node_id))

    def edit_name(self, node_id: str) -> None:
        """Open the field for a node's name."""
        self._open(Field.for_name(self, node_id))

    def edit_note(self, note_id: str) -> None:
        """Open the field for a note's text."""
        self._open(NoteField(self, note_id))

    def edit_title(self, group_id: str) -> None:
        """Open the field for a group's title."""
        self._open(Field.for_title(self, group_id))

    def _open(self, field: Field | NoteField) -> None:
        self.cancel_gesture()  # it would carry away what the field lies over
        self.close_field()
        self.field = field
        field.textChanged.connect(self.field_edited)
        self._place_field()
        field.open()
        self.show_place(field.geometry())

    def close_field(self) -> None:
        """Close the field without taking its text; the focus comes back unless another widget has it."""
        if self.field is not None:
            field, self.field = self.field, None
            has_focus = self.window().focusWidget() in (None, field)
            field.close_quietly()
            self.field_edited.emit()
            if has_focus:
                self.setFocus()

    def _place_field(self) -> None:
        if self.field is not None:
            self.field.place()

    # --- what gestures ask of the view
    def say(self, sentence: str, place: QPointF, refused: bool = False) -> None:
        """A word beside the cursor; "" takes it away."""
        pixel, scene = self.mapFromScene(place) if sentence else QPoint(), self.graph_scene
        self.speech.say(sentence, pixel, scene.theme, refused, scene.text_scale)

    def click_node(self, node_id: str, modifiers: Qt.KeyboardModifier) -> None:
        """Settle what a click on a node selects, once it was no drag."""
        if not modifiers & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier):
            self.graph_scene.select([node_id])

    @property
    def gesture(self) -> Gesture | None:
        """What the hand is doing."""
        return self._gesture

    def begin(self, gesture: Gesture) -> None:
        """Take up a gesture that no press began."""
        self.cancel_gesture()
        self.glide.finish()
        self._gesture = gesture

    def release(self) -> None:
        """Let go of the gesture, which ends itself."""
        self._gesture = None

    def cancel_gesture(self) -> bool:
        """End a gesture without effect. Returns whether there was one."""
        gesture, self._gesture = self._gesture, None
        if gesture is None:
            return False
        gesture.cancel()
        self.edge_pan.put_back()
        self._show_cursor()
        return True

    def _on_structure_changed(self) -> None:
        """End the gesture: nodes or edges came or went, and it may hold one that is gone."""
        if not isinstance(self._gesture, Pan):
            self.cancel_gesture()
        if self.field is not None and self.field.corner() is None:
            self.close_field()

    def _let_go(self) -> None:
        """Drop gesture, hover and open field: another graph is shown now."""
        self.travel.stop()
        self.overlay.clear()
        self._gesture = None
        self.edge_pan.stop()
        self.hover.forget()
        self.say("", QPointF())
        self.close_field()
        self._show_cursor()

    # --- mouse
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._gesture is not None:
            if event.button() == Qt.MouseButton.RightButton:
                self._menu_refused = self.cancel_gesture()
            return
        if self.field is not None:
            self.field.leave()
        self.glide.finish()
        place, button = self.place_of(event), event.button()
        self._menu_refused = False
        if self._space_held and button == Qt.MouseButton.LeftButton:
            button = Qt.MouseButton.MiddleButton
        if button == Qt.MouseButton.MiddleButton:
            self._space_used = True
        if button in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton):
            self._gesture = dispatch.gesture_at(self, place, button, event.modifiers())
        if self._gesture is not None:
            self._held = event.button()
            self._menu_refused = button == Qt.MouseButton.RightButton
            self.viewport().setCursor(self._gesture.cursor)

    def is_empty_at(self, place: QPointF) -> bool:
        """Whether there is neither card nor port nor edge here."""
        return dispatch.is_empty(self, place)

    def group_at(self, place: QPointF) -> str | None:
        """The group whose title or collapsed card is here."""
        item = self.graph_scene.surroundings.handle_at(place)
        return None if item is None else item.group.id

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        pixel = event.position()
        place = self.sight.to_scene.map(pixel)
        if self._gesture is None:
            self._hover(place)
            return
        self._gesture.move(place, event.modifiers())
        goes_over = drops.other_canvas(self, event, pixel) is not None
        if goes_over:
            self.say("Release to copy the selection into that window", place)
        self.edge_pan.follow(self._gesture, event, pixel, goes_over=goes_over)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._gesture is None or event.button() != self._held:
            return
        gesture = self._gesture
        is_moved = isinstance(gesture, Move) and gesture.moving
        if not is_moved or (other := drops.other_canvas(self, event, event.position())) is None:
            self._gesture = None
            self.edge_pan.stop()
            gesture.end(self.place_of(event), event.modifiers())
        else:
            self.cancel_gesture()
            there = other.viewport().mapFromGlobal(event.globalPosition().toPoint())
            self.handed_over.emit(other, other.mapToScene(there))
        self._show_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        is_left = event.button() == Qt.MouseButton.LeftButton
        if not (is_left and clicks.double_click(self, self.place_of(event))):
            self.mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._gesture is None and not self._menu_refused:
            if event.reason() == QContextMenuEvent.Reason.Mouse:
                clicks.select_for_menu(self, self.mapToScene(event.pos()))
            self.context_menu_requested.emit(event.globalPos())
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        touch.turn(self, event)
        if self._gesture is not None:
            self._gesture.move(self.mapToScene(event.position().toPoint()), event.modifiers())
        event.accept()

    def _hear(self, event: QEvent) -> bool:
        if isinstance(event, QGestureEvent):
            self.cancel_gesture()  # the first finger has begun what two did not mean
            return touch.follow(self, event)
        if isinstance(event, QNativeGestureEvent):
            return touch.pinch(self, event)
        if isinstance(event, QHelpEvent):
            tip = hit_test.tip_at(self.graph_scene, self.mapToScene(event.pos()))
            QToolTip.showText(event.globalPos(), tip, self.viewport())
            return True
        self.hover.leave()
        return False

    def _hover(self, place: QPointF) -> None:
        node_id = hit_test.node_at(self.graph_scene, place)
        self.graph_scene.placement.bends.pointed = None  # the menu that was open here is gone
        self.hover.show(node_id, None if node_id else dispatch.edge_at(self, place))
        self._show_cursor(place)

    def _show_cursor(self, place: QPointF | None = None) -> None:
        """The cursor says what a press here would begin."""
        if place is None:
            place = self.mapToScene(self.viewport().mapFromGlobal(self.cursor().pos()))
        self.viewport().setCursor(
            Qt.CursorShape.OpenHandCursor if self._space_held else dispatch.cursor_at(self, place)
        )

    # --- keys
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            assert isinstance(event, QKeyEvent)
            mine = event.key() in (Qt.Key.Key_Space, *WAYS, Qt.Key.Key_Return, Qt.Key.Key_Enter)
            menu_keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
            if mine and not event.modifiers() & menu_keys:
                event.accept()  # else an action with this shortcut takes the key
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._space_held, self._space_used = True, False
                self._show_cursor()
        elif event.key() == Qt.Key.Key_Escape:
            if not self.cancel_gesture():
                self.graph_scene.select()
        elif event.key() in WAYS and not self._gesture:
            keyboard_walk.go(self, WAYS[Qt.Key(event.key())], event.modifiers())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            clicks.edit_selected(self)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            tapped = self._space_held and not self._space_used
            self._space_held = False
            self._show_cursor()
            if tapped and self._gesture is None:
                self.play_toggled.emit()
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._space_held = False
        super().focusOutEvent(event)
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    # --- drops
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.drop.move(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self.drop.move(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Also where Esc ends the drag; Qt's own would log that it has not seen it come."""
        self.drop.clear()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        self.drop.take(event)

    # --- painting
    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:
        self.spotlight.paint(painter, rect)
        self.overlay.paint(painter)
