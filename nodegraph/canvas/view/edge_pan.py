"""What the hand drags to the edge of the view, or beyond, takes the view along at a steady speed."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication

from nodegraph.canvas.gestures.gesture import Gesture
from nodegraph.canvas.gestures.pan import Pan
from nodegraph.canvas.gestures.scrub import Scrub

if TYPE_CHECKING:
    from nodegraph.canvas.viewport.camera import Camera

EDGE_PX = 10
"""How near to the edge of the view the pointer takes it along: a maximised window has nothing beyond."""
SPEED_PX_S = 500.0
TICK_MS, LONGEST_TICK_MS = 16, 100
DELAY_MS = 150
"""For how long the pointer stays there first, as on its way into another window it does not."""


class EdgePan(QObject):
    """Moves a view as long as the hand holds something at its edge."""

    def __init__(self, view: Camera) -> None:
        super().__init__(view)
        self.view = view
        self._held: Gesture | None = None
        self._was_within = False
        """Whether the pointer has been amid the view: what is pressed near its edge takes nothing along."""
        self._pixel = QPointF()
        self._began: tuple[QPointF, bool] | None = None
        """Where the view was, and whether it was fitted, before it was taken along."""
        self._since = 0.0
        self._clock = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._clock.timeout.connect(self._go_on)

    def follow(self, held: Gesture, event: QMouseEvent, pixel: QPointF, *, goes_over: bool) -> None:
        """The hand has moved what it holds to a pixel of the view; nothing goes along where that goes over
        into another window.
        """
        if held is not self._held:
            self.stop()
            self._held = held
        self._pixel = pixel
        is_amid = self._way() == (0, 0)
        if is_amid or goes_over or not event.buttons() or isinstance(held, (Pan, Scrub)):
            self._clock.stop()
        elif not self._clock.isActive():
            self._since = perf_counter() + DELAY_MS / 1000
            self._clock.start()

    def stop(self) -> None:
        """The hand has let go: the view stays where it is."""
        self._clock.stop()
        self._held, self._began, self._was_within = None, None, False

    def put_back(self) -> None:
        """The hand has taken back what it did: the view is where it was."""
        began, self._began = self._began, None
        self.stop()
        if began is not None and began[1]:
            self.view.fit()
        elif began is not None:
            self.view.set_center(began[0])

    def _way(self) -> tuple[int, int]:
        """Which way the pointer takes the view along, if any: −1, 0 or 1 across and down."""
        (width, height), x, y = self.view.sight.size, self._pixel.x(), self._pixel.y()
        if EDGE_PX <= x <= width - EDGE_PX and EDGE_PX <= y <= height - EDGE_PX:
            self._was_within = True
            return 0, 0
        edge = EDGE_PX if self._was_within else 0
        return (x > width - edge) - (x < edge), (y > height - edge) - (y < edge)

    def _go_on(self) -> None:
        now, way, held = perf_counter(), self._way(), self._held
        elapsed = min(now - self._since, LONGEST_TICK_MS / 1000)
        if held is None or QApplication.activeModalWidget() is not None:  # which takes the button's release
            self._clock.stop()
            return
        if elapsed <= 0:
            return
        self._since = now
        if self._began is None:
            self._began = self.view.center(), self.view.is_fitted
        self.view.set_center(self.view.center() + QPointF(*way) * (elapsed * SPEED_PX_S / self.view.zoom))
        held.move(self.view.sight.to_scene.map(self._pixel), QGuiApplication.keyboardModifiers())
