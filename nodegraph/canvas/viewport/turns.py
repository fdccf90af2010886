"""Leads edges around cards and places chips a bit at a time, between what else a window has to do: in a large
graph both take longer than a person may be kept waiting. What is painted for now is painted well once all
rests.
"""

from __future__ import annotations

from math import ceil
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from nodegraph.canvas.scene.scene import GraphScene

TURN_MS = 10.0
"""How long something is done before the window has its turn."""
REST_MS = 150
"""For how long no edge moves or looks otherwise before all are drawn into one picture."""


class Turns(QObject):
    """Takes a turn whenever edges or chips of a scene wait; it is `arranged` when none do any more."""

    rested = Signal()
    """Nothing has moved or looked otherwise for a while."""

    def __init__(self, scene: GraphScene) -> None:
        super().__init__(scene)
        self.scene = scene
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._take)
        scene.showing.chips.later = scene.placement.later = self._timer.start
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._rest_or_wait)
        self._rests_at = 0.0
        self.rested.connect(scene.edge_layer.picture.settle)
        scene.edge_layer.picture.later = self.rest_soon
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._paint_on)
        scene.edge_layer.picture.soon = self._next.start

    @property
    def waits(self) -> bool:
        """Whether there is something to do."""
        return self.scene.placement.waits or (self.scene.frame is not None and self.scene.showing.chips.waits)

    def rest_soon(self) -> None:
        """Something moves or looks otherwise now: it rests once nothing does any more."""
        self._rests_at = perf_counter() + REST_MS / 1000
        if not self._rest.isActive():  # to start a timer over again takes ten times as long as to look
            self._rest.start(REST_MS)

    def painted(self) -> None:
        """The view has been painted: what moved rests no sooner for the time that this took."""
        if self._rest.isActive():
            self.rest_soon()

    def _rest_or_wait(self) -> None:
        left_ms = ceil((self._rests_at - perf_counter()) * 1000)
        if left_ms > 0:
            self._rest.start(left_ms)
        else:
            self.rested.emit()

    def finish(self) -> None:
        """Do all that waits, now."""
        while self.waits:
            self._take()
        for view in self.scene.views() if self.scene.edge_layer.picture.waits else ():
            while self.scene.edge_layer.picture.waits and view.isVisible():
                view.viewport().repaint()
        if self._rest.isActive():
            self._rest.stop()
            self.rested.emit()

    def _take(self) -> None:
        scene, end, did_wait = self.scene, perf_counter() + TURN_MS / 1000, self.waits
        if scene.placement.waits:
            scene.placement.lead_on(lambda: perf_counter() < end)
        if scene.frame is not None:
            placed = scene.showing.chips.place_waiting(scene.frame, lambda: perf_counter() < end)
            scene.chip_layer.repaint_rooms(placed)
        if self.waits:
            self._timer.start()
        elif did_wait:
            scene.arranged.emit()

    def _paint_on(self) -> None:
        """Have the next of very many edges painted."""
        self.scene.edge_layer.update()
