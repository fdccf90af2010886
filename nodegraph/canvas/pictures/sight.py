"""How a view lies on its scene: what of it is seen, and from how near. Asked several times in each frame, it
is found once for as long as the view lies so.

Knows views alone.
"""

from __future__ import annotations

from math import ceil, floor
from typing import NamedTuple, Protocol

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QGraphicsView

RIM_PX = 2
"""How far beyond the sides of a thing its paint may reach: half a thin line, and what is smoothed of it."""


class Sight(NamedTuple):
    """What a view shows of its scene; nothing of it is to be changed in place."""

    seen: QRectF
    """The part of the scene that can be seen."""
    zoom: float
    """Pixels per scene unit."""
    to_pixels: QTransform
    to_scene: QTransform
    size: tuple[int, int]
    """How many pixels wide and high the view is."""

    @classmethod
    def of(cls, view: QGraphicsView) -> Sight:
        """What a view shows now."""
        viewport, to_pixels = view.viewport(), view.viewportTransform()
        seen = view.mapToScene(viewport.rect()).boundingRect()
        size = viewport.width(), viewport.height()
        return cls(seen, to_pixels.m11(), to_pixels, to_pixels.inverted()[0], size)

    def pixels(self, left: float, top: float, right: float, bottom: float) -> QRect:
        """Returns the pixels of the view in which anything may show of what lies between these sides."""
        zoom, x, y = self.zoom, self.to_pixels.dx(), self.to_pixels.dy()
        first, upper = floor(left * zoom + x) - RIM_PX, floor(top * zoom + y) - RIM_PX
        last, lower = ceil(right * zoom + x) + RIM_PX, ceil(bottom * zoom + y) + RIM_PX
        return QRect(first, upper, last - first, lower - upper)

    def part(self, pixels: QRect) -> QRectF:
        """Returns what of the scene some pixels of the view show."""
        x, y, width, height = pixels.getRect()
        left, top = (x - self.to_pixels.dx()) / self.zoom, (y - self.to_pixels.dy()) / self.zoom
        return QRectF(left, top, width / self.zoom, height / self.zoom)


class SightedView(Protocol):
    """A view that says how it lies on its scene, beside all that Qt's views do."""

    @property
    def sight(self) -> Sight: ...
    def seen(self) -> QRectF: ...
