"""The clock of a step: numbers travel along their edges, then they stand. Repaints what moves and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractAnimation, QVariantAnimation
from PySide6.QtGui import QRegion

from nodegraph.canvas.scene.frame_display import LANDED
from nodegraph.canvas.viewport.frame_changes import changed, contents
from nodegraph.canvas.viewport.step_changes import (
    Touched,
    moving,
    numbers_of,
    region_of,
    round_changed,
    shown_before,
    touched,
)

if TYPE_CHECKING:
    from nodegraph.canvas.scene.spotlight import Spotlight
    from nodegraph.canvas.viewport.camera import Camera
    from nodegraph.core.engine.trace import Frame


class StepMotion(QVariantAnimation):
    """One step at a time, on one view."""

    def __init__(self, view: Camera, spotlight: Spotlight) -> None:
        super().__init__(view)
        self.view, self.spotlight = view, spotlight
        self.setStartValue(0.0)
        self.setEndValue(1.0)
        self.valueChanged.connect(self.show_progress)

    @property
    def is_running(self) -> bool:
        """Whether numbers are on their way."""
        return self.state() == QAbstractAnimation.State.Running

    def begin(self, frame: Frame, duration_ms: int) -> None:
        """Show a frame, once its numbers have travelled for so long; 0 shows it at once."""
        scene = self.view.graph_scene
        if duration_ms == 0 and self.view.in_motion.has_begun:
            self._show_from_pictures(frame)
            return
        parts = self._touched(frame, scene.frame if duration_ms > 0 else frame)
        if parts is None and duration_ms == 0:
            self._show_at_once(frame)
            return
        before = numbers_of(self.view, parts)
        self.stop()
        if duration_ms > 0:
            scene.begin_step(frame)
            self.setDuration(duration_ms)
            self.start()
        else:
            scene.set_frame(frame)
        self._repaint(before | region_of(self.view, parts))

    def _show_at_once(self, frame: Frame) -> None:
        """Show a frame far from the one that is shown, and repaint what looks different for it."""
        before = None if self.spotlight.is_on else contents(self.view)
        self.stop()
        self.view.graph_scene.set_frame(frame)
        self._repaint(changed(self.view, before, None if before is None else contents(self.view)))

    def _show_from_pictures(self, frame: Frame) -> None:
        """Show a frame while the view is painted from pictures: a rectangle is copied from them in less time
        than it takes to tell its parts from each other.
        """
        before = None if self.spotlight.is_on else shown_before(self.view, frame)
        self.stop()
        self.view.graph_scene.set_frame(frame)
        self._repaint(QRegion(round_changed(self.view, before)))

    def show_progress(self, progress: float) -> None:
        """Repaint what moves; when the numbers land, what they change."""
        scene, frame = self.view.graph_scene, self.view.graph_scene.frame
        lands = (progress >= LANDED) != scene.showing.has_landed
        parts = self._touched(frame, frame) if lands and frame is not None else None
        before = numbers_of(self.view, parts) if lands else moving(self.view)
        scene.set_progress(progress)
        self._repaint(before | (region_of(self.view, parts) if lands else moving(self.view)))

    def _touched(self, frame: Frame, standing: Frame | None) -> Touched | None:
        """Returns what a frame changes; None where everything is to be painted again."""
        return None if self.spotlight.is_on else touched(self.view, frame, standing)

    def _repaint(self, region: QRegion) -> None:
        if not region.isEmpty():
            self.view.viewport().update(region)
