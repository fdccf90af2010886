"""Opens the inspector over the canvas where it has no room beside it, for an edge that was clicked: what an
edge carries back is explained nowhere else. A double click, which bends the edge, and a drag open nothing.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from nodegraph.app.workspace.workspace import Workspace
from nodegraph.canvas.gestures import dispatch
from nodegraph.core.graph.records import EdgeKey

PANEL = "inspector"
_ENDS = {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.Wheel}
"""Events after which a person is about something else."""


class EdgeClicks(QObject):
    """Waits after a click on an edge until it can be no double click."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.parent)
        self.canvas, self.sides = workspace.canvas, workspace.dock.sides
        self.player, self.dock = workspace.player, workspace.dock
        self._pressed: QPoint | None = None
        self._key: EdgeKey | None = None
        """The edge that was clicked."""
        self._place = QPointF()
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._open)
        self.canvas.graph_scene.selection_changed.connect(self._soon.stop)
        self.canvas.listeners.tell({*_ENDS, QEvent.Type.MouseButtonRelease}, self._hear)

    @property
    def is_waiting(self) -> bool:
        """Whether an edge was clicked a moment ago."""
        return self._soon.isActive()

    def _hear(self, event: QEvent) -> None:
        """Follow the hand; take nothing from it."""
        kind = event.type()
        if kind in _ENDS:
            self._soon.stop()
        if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            pixel, plain = event.position().toPoint(), not event.modifiers()
            if kind == QEvent.Type.MouseButtonPress:
                self._pressed = pixel if plain and self.canvas.gesture is None else None
            elif kind == QEvent.Type.MouseButtonRelease and self._pressed is not None:
                way = (pixel - self._pressed).manhattanLength()
                if way < QApplication.startDragDistance():
                    self._note(self.canvas.mapToScene(pixel))

    def _note(self, place: QPointF) -> None:
        edges = self.canvas.graph_scene.selected_edges()
        is_edge = len(edges) == 1 and not self.canvas.graph_scene.selected_nodes()
        if is_edge and dispatch.edge_at(self.canvas, place) == edges[0]:
            self._key, self._place = edges[0], place
            self._soon.start(QApplication.doubleClickInterval())

    def _open(self) -> None:
        is_chosen = self.canvas.graph_scene.selected_edges() == [self._key]
        is_free = self.canvas.gesture is None and not self.player.guarded and not self.dock.refusal
        if is_chosen and is_free and self.sides.gives_way(PANEL) and self.sides.standing(PANEL) == "away":
            self.sides.show(PANEL)
            self._keep_in_sight()

    def _keep_in_sight(self) -> None:
        """Move the view aside where the panel has come over the place that was clicked."""
        room, there = self.canvas.room(), self.canvas.mapFromScene(self._place)
        if not room.contains(there):
            beyond = max(0, there.x() - room.right()) - max(0, room.left() - there.x())
            aside = QPointF(beyond + room.width() / 4, 0) / self.canvas.zoom
            self.canvas.set_center(self.canvas.center() + aside)
