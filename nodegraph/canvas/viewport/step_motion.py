"""The clock of a step: numbers travel along their edges, then they stand. Repaints what moves and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractAnimation, QVariantAnimation

from nodegraph.canvas.viewport.frame_changes import changed, contents

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
        if duration_ms > 0:
            self.stop()
            self.view.graph_scene.begin_step(frame)
            self.setDuration(duration_ms)
            self.start()
            self.view.viewport().update()
        else:
            self._show_at_once(frame)

    def _show_at_once(self, frame: Frame) -> None:
        """Show a frame, and repaint what looks different for it."""
        before = None if self.spotlight.is_on else contents(self.view)
        self.stop()
        self.view.graph_scene.set_frame(frame)
        region = changed(self.view, before, None if before is None else contents(self.view))
        if not region.isEmpty():
            self.view.viewport().update(region)

    def show_progress(self, progress: float) -> None:
        """Repaint what moves; everything only once, when the numbers land."""
        scene = self.view.graph_scene
        had_landed = scene.showing.has_landed
        scene.set_progress(progress)
        if scene.showing.has_landed != had_landed or progress == 1.0:
            self.view.viewport().update()
        else:
            moving = self.view.mapFromScene(scene.showing.moving_rect()).boundingRect()
            self.view.viewport().update(moving.adjusted(-2, -2, 2, 2))
