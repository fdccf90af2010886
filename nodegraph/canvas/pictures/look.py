"""Where somebody chose to look: it stays chosen while a view becomes larger or smaller. Knows no view."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF


@dataclass(frozen=True)
class Look:
    """A place at a zoom, as it was chosen in a view of this size."""

    center: QPointF
    zoom: float
    size: QSize

    def seen(self, size: QSize) -> QRectF:
        """Returns what a view of another size would see of the scene with it."""
        extent = QSizeF(size) / self.zoom
        return QRectF(self.center - QPointF(extent.width(), extent.height()) / 2, extent)
