"""A scene that counts how often all of it may have come to look different, for what is kept of its looks, and
has its views paint parts of it again.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QGraphicsScene

from nodegraph.canvas.drawing.cells import round_shown


class RevisedScene(QGraphicsScene):
    """Whoever changes what everything looks like asks it for an update, as is done in Qt."""

    revision = 0
    card_revision = 0
    """Counts how often any card was asked for an update."""
    box_revision = 0
    """The same of groups and notes."""
    _together: list[QRectF] | None = None
    """What is to be painted again in one rectangle, while that is gathered."""

    def update(self, *rect: QRectF) -> None:
        """Have everything painted again, or a part: it may look different."""
        self.revision += 1
        super().update(*rect)
        for view in () if rect else self.views():
            view.viewport().update()  # where a part is painted first, the scene forgets the rest

    def repaint(self, rects: Sequence[QRectF]) -> None:
        """Have these rectangles painted again, and nothing between them, as Qt would have it."""
        if self._together is not None:
            self._together += rects
            return
        for view in self.views():
            view.updateScene(list(rects))

    def repainting_together(self) -> RepaintingTogether:
        """Have all that is asked for meanwhile painted in one rectangle of each view: painting in many parts
        takes longer than painting what lies between them.
        """
        return RepaintingTogether(self)


class RepaintingTogether:
    """Gathers what is to be painted again; one made by `contextmanager` takes four times as long."""

    def __init__(self, scene: RevisedScene) -> None:
        self.scene = scene

    def __enter__(self) -> None:
        self.scene._together = []

    def __exit__(self, *_error: object) -> None:
        asked, self.scene._together = self.scene._together or [], None
        for view in self.scene.views():
            view.updateScene([round_shown(asked, view.seen())])
