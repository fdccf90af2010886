"""The clock of a step: numbers travel along their edges, then they stand. Repaints what moves and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractAnimation, QVariantAnimation

from nodegraph.canvas.scene.frame_display import LANDED
from nodegraph.canvas.viewport.frame_changes import Contents, changed, contents

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
        before = self._contents()
        self.stop()
        self.view.graph_scene.begin_step(frame)
        if duration_ms > 0:
            self.setDuration(duration_ms)
            self.start()
        else:
            self.view.graph_scene.set_progress(1.0)
        self._repaint_since(before)

    def show_progress(self, progress: float) -> None:
        """Repaint what moves; what else is different only once, when the numbers land."""
        scene = self.view.graph_scene
        if progress == 1.0 or scene.showing.has_landed != (progress >= LANDED):
            before = self._contents()
            scene.set_progress(progress)
            self._repaint_since(before)
        else:
            scene.set_progress(progress)
            moving = self.view.mapFromScene(scene.showing.moving_rect()).boundingRect()
            self.view.viewport().update(moving.adjusted(-2, -2, 2, 2))

    def _contents(self) -> Contents | None:
        return None if self.spotlight.is_on else contents(self.view)

    def _repaint_since(self, before: Contents | None) -> None:
        """Repaint what looks different from these contents of the view."""
        region = changed(self.view, before, self._contents())
        if not region.isEmpty():
            self.view.viewport().update(region)
