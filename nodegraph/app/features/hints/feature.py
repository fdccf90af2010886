"""Watches pointer, keys and gestures on the canvas and says in the line below it what they would do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from nodegraph.app.commands.command import Command
from nodegraph.app.features.hints import wording
from nodegraph.app.platform import settings, style
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.canvas.gestures import dispatch
from nodegraph.canvas.scene import hit_test

_HELD = {
    Qt.Key.Key_Shift: Qt.KeyboardModifier.ShiftModifier,
    Qt.Key.Key_Control: Qt.KeyboardModifier.ControlModifier,
    Qt.Key.Key_Alt: Qt.KeyboardModifier.AltModifier,
}
_EVENTS = {
    QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.KeyPress,
    QEvent.Type.KeyRelease, QEvent.Type.Leave, QEvent.Type.FocusIn, QEvent.Type.FocusOut,
}  # fmt: skip

LEAST_STAGE_PX = 220
"""How high canvas and hints are at least, with text of usual size, for the hints to be shown."""


class HintsFeature(QObject):
    """Fills the stage's hint line; `pointer` returns where on the canvas the mouse is, None while keys are
    used.
    """

    def __init__(self, workspace: Workspace, pointer: Callable[[], QPoint | None]) -> None:
        super().__init__(workspace.parent)
        self.pointer = pointer
        self.shortcuts = workspace.commands.shortcuts
        self.canvas = workspace.canvas
        self.stage = workspace.stage
        self.line = workspace.stage.hint_line
        self.stage.pages.currentChanged.connect(self.show)
        self.held = Qt.KeyboardModifier.NoModifier
        self._told: tuple[object, Qt.KeyboardModifier] = (None, self.held)
        """The hints of a gesture and the keys that the line was written for."""
        self.canvas.installEventFilter(self)
        self.canvas.listeners.tell(_EVENTS, self._hear)
        self.canvas.listeners.tell([QEvent.Type.MouseMove], self._hear_move)
        self.canvas.graph_scene.selection_changed.connect(self._show_soon)
        self.canvas.graph_scene.replaced.connect(self.show)
        self.is_wanted: bool = workspace.settings.value(settings.HINTS_SHOWN)
        """As a person wishes it; a presentation does without."""
        self.line.setVisible(self.is_wanted)
        self.stage.installEventFilter(self)
        workspace.appearance.text_size_changed.connect(self._follow_room)

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        hints = Command(
            "view.hints", "&Hints", self.set_shown,
            tooltip="Say below the canvas, where it is high enough, what mouse and keys would do",
            is_on=lambda: self.is_wanted, remember=settings.HINTS_SHOWN,
        )  # fmt: skip
        return Contribution(commands=(hints,))

    def set_shown(self, shown: bool) -> None:
        """Show or hide the line."""
        self.is_wanted = shown
        self.line.setVisible(shown)
        self.show()

    def _follow_room(self, *_sizes: float) -> None:
        """Leave the height of the line to a canvas that is low for the size of text."""
        self.line.give_room(self.has_room)

    @property
    def has_room(self) -> bool:
        """Whether there is the height for the line."""
        return self.stage.height() >= style.px(LEAST_STAGE_PX)

    def show(self, *_news: object) -> None:
        """Say what would happen now; nothing where the canvas is not to be seen."""
        if not self.line.isHidden():
            self.line.setText(self.text())

    def _show_soon(self) -> None:
        """Say it, of a large graph once the canvas has been painted."""
        self.canvas.follow_ups.ask(self.show)

    def text(self) -> str:
        """The line for what is going on now."""
        if not self.stage.shows_canvas:
            return ""
        gesture = self.canvas.gesture
        snaps = self.canvas.snaps
        self._told = gesture and gesture.hints, self.held
        if gesture is not None:
            return wording.during(gesture.hints, self.held, self._key, snaps)
        return wording.over(self.spot(), self.held, self._key, snaps)

    def spot(self) -> wording.Spot:
        """Returns what is under the pointer or, if keys were used last, what is selected."""
        pointer = self.pointer()
        if pointer is None:
            scene = self.canvas.graph_scene
            if scene.chosen_nodes:
                return "selected"
            return "selected edge" if len(scene.chosen_edges) == 1 else "nothing"
        return self._under(pointer)

    def _under(self, pixel: QPoint) -> wording.Spot:
        scene, place = self.canvas.graph_scene, self.canvas.mapToScene(pixel)
        hit = dispatch.port_at(self.canvas, place)
        if hit is not None:
            if hit.port is None:
                return "output"
            return "input" if scene.graph.edge((hit.node_id, hit.port)) else "open input"
        node_id = hit_test.node_at(scene, place)
        if node_id is not None:
            return "number" if dispatch.is_number(self.canvas, node_id, place) else "node"
        return self._beside_cards(place)

    def _beside_cards(self, place: QPointF) -> wording.Spot:
        """Returns what is at a place outside all cards, in the order in which a press would take it."""
        around = self.canvas.graph_scene.surroundings
        group = around.handle_at(place)
        if group is not None:
            if group.chevron.contains(place):
                return "chevron"
            return "collapsed" if group.group.collapsed else "group"
        key = dispatch.edge_at(self.canvas, place)
        if key is not None:
            return "edge" if dispatch.bend_at(self.canvas, place, key) is None else "bend"
        return "canvas" if around.note_at(place) is None else "note"

    def _key(self, name: str) -> str:
        keys = self.shortcuts.shown(name)
        return keys[0] if keys else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow mouse and keys; every event is passed on."""
        kind = event.type()
        if watched is self.stage:
            if kind == QEvent.Type.Resize:
                self._follow_room()
        elif kind in _EVENTS:
            self._hear(event)
        return False

    def _hear(self, event: QEvent) -> None:
        self._follow(event)
        # What the event begins or ends has not happened yet.
        QApplication.postEvent(self, QEvent(QEvent.Type.User))

    def _hear_move(self, event: QEvent) -> None:
        """Where a gesture goes on with the same keys held, the line says the same."""
        gesture = self.canvas.gesture
        self._follow(event)
        if gesture is None or self._told != (gesture.hints, self.held):
            QApplication.postEvent(self, QEvent(QEvent.Type.User))

    def _follow(self, event: QEvent) -> None:
        if isinstance(event, QKeyEvent):
            key = _HELD.get(Qt.Key(event.key()), Qt.KeyboardModifier.NoModifier)
            pressed = event.type() == QEvent.Type.KeyPress
            self.held = (self.held | key) if pressed else (self.held & ~key)
        elif isinstance(event, QMouseEvent):
            self.held = event.modifiers()
        elif event.type() == QEvent.Type.FocusOut:
            self.held = Qt.KeyboardModifier.NoModifier

    def event(self, event: QEvent) -> bool:
        """Update the hint once the event of mouse or keys has been handled."""
        if event.type() == QEvent.Type.User:
            self.show()
            return True
        return super().event(event)
