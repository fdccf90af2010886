"""Places chips a few at a time, between what else a window has to do: to place them all takes longer than a
person may be kept waiting.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from nodegraph.canvas.scene.scene import GraphScene

TURN_MS = 10.0
"""How long chips are placed before the window has its turn."""


class ChipTurns(QObject):
    """Takes a turn whenever chips wait; the scene is `arranged` when none does any more."""

    def __init__(self, scene: GraphScene) -> None:
        super().__init__(scene)
        self.scene = scene
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._place)
        scene.showing.chips.later = self._timer.start

    def finish(self) -> None:
        """Place all that wait, now."""
        while self.scene.showing.chips.waits and self.scene.frame is not None:
            self._place()

    def _place(self) -> None:
        chips, frame = self.scene.showing.chips, self.scene.frame
        if frame is None:
            return
        did_wait, end = chips.waits, perf_counter() + TURN_MS / 1000
        changed = chips.place_waiting(frame, lambda: perf_counter() < end)
        self.scene.chip_layer.repaint_rooms(changed)
        if chips.waits:
            self._timer.start()
        elif did_wait:
            self.scene.arranged.emit()
