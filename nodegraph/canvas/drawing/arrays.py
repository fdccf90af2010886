"""Drawing straight from float64 arrays: thousands of lines, rectangles or points in one call, uncopied.

Qt reads the array's own memory, so each function keeps the array alive until its call is over.
"""

from __future__ import annotations

import numpy as np
import shiboken6
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainter


def draw_lines(painter: QPainter, lines: NDArray[np.float64]) -> None:
    """Lines, shape (…, 4): x1 y1 x2 y2."""
    flat = np.ascontiguousarray(lines, dtype=np.float64)
    if flat.size:
        first: QLineF = shiboken6.wrapInstance(_address(flat), QLineF)  # type: ignore[assignment]
        painter.drawLines(first, flat.size // 4)


def draw_rects(painter: QPainter, rects: NDArray[np.float64]) -> None:
    """Rectangles, shape (…, 4): left, top, width, height."""
    flat = np.ascontiguousarray(rects, dtype=np.float64)
    if flat.size:
        first: QRectF = shiboken6.wrapInstance(_address(flat), QRectF)  # type: ignore[assignment]
        painter.drawRects(first, flat.size // 4)


def draw_points(painter: QPainter, points: NDArray[np.float64]) -> None:
    """Points, shape (…, 2)."""
    flat = np.ascontiguousarray(points, dtype=np.float64)
    if flat.size:
        first: QPointF = shiboken6.wrapInstance(_address(flat), QPointF)  # type: ignore[assignment]
        painter.drawPoints(first, flat.size // 2)


def _address(array: NDArray[np.float64]) -> int:
    """Returns where the first number is; `array.ctypes`, which imports each time, takes ten times as long."""
    return int(shiboken6.VoidPtr(array))  # type: ignore[arg-type]
