"""A scene that counts how often all of it may have come to look different, for what is kept of its looks."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QGraphicsScene


class RevisedScene(QGraphicsScene):
    """Whoever changes what everything looks like asks it for an update, as is done in Qt."""

    revision = 0
    card_revision = 0
    """Counts how often any card was asked for an update."""

    def update(self, *rect: QRectF) -> None:
        """Have everything painted again, or a part: it may look different."""
        self.revision += 1
        super().update(*rect)
