"""What follows an edit beside the canvas: panels, menus, what lies in its corners. In a large graph each has
a turn of the event loop of its own, after the canvas has been painted, so that none keeps the hand waiting.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from nodegraph.canvas.scene.scene import GraphScene

MANY = 500
"""Nodes of a graph from which on follow-ups wait,"""
SOON_MS = 15
"""and how long after the canvas, or what the one before has changed, was painted."""

Act = Callable[[], object]


class FollowUps(QObject):
    """Has follow-ups done: in a large graph later, one in a turn, once for all that asks meanwhile."""

    def __init__(self, scene: GraphScene, parent: QObject) -> None:
        super().__init__(parent)
        self.scene = scene
        self._waiting: dict[Act, None] = {}
        """Those to come, the next first."""
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._take)
        self._painted = QTimer(self, singleShot=True, interval=0)
        self._painted.timeout.connect(self._soon.start)

    def ask(self, act: Act) -> None:
        """Have this done."""
        if len(self.scene.graph) <= MANY:
            self._waiting.pop(act, None)
            act()
            return
        self._waiting.setdefault(act)
        if not (self._soon.isActive() or self._painted.isActive()):
            self._painted.start()

    def _take(self) -> None:
        act = next(iter(self._waiting), None)
        if act is None:
            return
        del self._waiting[act]
        if self._waiting:
            self._painted.start()  # first, so that they come also where this one fails
        act()
