"""Cards that glide to where a change has put them; the graph is changed already, only the picture is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractAnimation, QEasingCurve, QObject, QPointF, QVariantAnimation

from nodegraph.core.graph.changes import Change

if TYPE_CHECKING:
    from nodegraph.canvas.scene.scene import GraphScene

DURATION_MS = 250
MOST_CARDS = 1500
"""More cards than these go at once."""


class CardMotion(QObject):
    """One glide at a time; whatever happens next finishes it first."""

    def __init__(self, scene: GraphScene, parent: QObject) -> None:
        super().__init__(parent)
        self.scene = scene
        self._ways: dict[str, tuple[QPointF, QPointF]] = {}
        self._clock = QVariantAnimation(self)
        self._clock.setDuration(DURATION_MS)
        self._clock.setStartValue(0.0)
        self._clock.setEndValue(1.0)
        self._clock.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._clock.valueChanged.connect(self._show)
        self._clock.finished.connect(self.finish)
        scene.about_to_change.connect(self.finish)
        scene.replaced.connect(self.drop)

    @property
    def is_moving(self) -> bool:
        """Whether cards are on their way."""
        return self._clock.state() == QAbstractAnimation.State.Running

    def begin(self, change: Change) -> None:
        """Let the nodes that a change has moved start from where they were."""
        self.finish()
        for patch in change.patches:
            before, after = patch.before, patch.after
            if patch.kind != "node" or before is None or after is None or before.x is None:
                continue
            start, end = QPointF(before.x, before.y), QPointF(after.x, after.y)
            if start != end and patch.key in self.scene.items_by_id:
                self._ways[patch.key] = (start, end)
        if 0 < len(self._ways) <= MOST_CARDS:
            self._show(0.0)
            self._clock.start()
        else:
            self._ways = {}

    def finish(self) -> None:
        """Be there now."""
        if self._ways:
            self._clock.stop()
            self._show(1.0)
            self._ways = {}

    def drop(self) -> None:
        """Another graph is shown: forget these cards."""
        self._ways = {}
        self._clock.stop()

    def _show(self, share: float) -> None:
        here = {
            i: way for i, way in self._ways.items() if i in self.scene.items_by_id and i in self.scene.graph
        }
        for node_id, (start, end) in here.items():
            self.scene.items_by_id[node_id].setPos(end if share == 1.0 else start + (end - start) * share)
        self.scene.placement.follow(here, is_passing=share < 1.0)
