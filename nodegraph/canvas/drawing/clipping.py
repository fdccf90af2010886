"""Painting within a shape only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEngine, QPainter, QPainterPath


@contextmanager
def clipped(painter: QPainter, shape: QPainterPath) -> Iterator[None]:
    """Let what is painted meanwhile show only within a shape, and within what there was before."""
    before = painter.clipPath()
    painter.save()
    painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
    try:
        yield
    finally:
        painter.restore()
        if painter.paintEngine().type() is QPaintEngine.Type.SVG:  # Qt 6.11 keeps the inner clip there
            painter.setClipPath(before)
