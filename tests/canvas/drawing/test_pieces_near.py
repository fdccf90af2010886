"""Of polylines, the pieces near rectangles are those that are found where each is looked at."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from nodegraph.canvas.drawing.cells import near_any, pieces_near, segments

RIM = 20.0


@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize(
    "rects",
    [
        [QRectF(400, 0, 60, 1_000)],
        [QRectF(0, 300, 1_000, 60)],
        [QRectF(100, 100, 200, 200), QRectF(250, 250, 300, 90), QRectF(5_000, 0, 1, 1)],
        [QRectF(-900, -900, 1, 1)],
    ],
)
def test_the_pieces_near_are_those_found_where_each_is_looked_at(rects: list[QRectF], stride: int) -> None:
    chance = np.random.default_rng(3)
    points = chance.uniform(0, 1_000, (300, 1, 2)) + chance.uniform(-40, 40, (300, 17, 2)).cumsum(axis=1)
    numbers = np.sort(chance.choice(300, 200, replace=False))
    every = segments(points[numbers, ::stride])
    boxes = np.concatenate(
        [np.minimum(every[:, :2], every[:, 2:]), np.maximum(every[:, :2], every[:, 2:])], axis=1
    )
    near = near_any(boxes, rects, RIM)
    lines, place = pieces_near(points, numbers, stride, rects, RIM)
    assert lines.tolist() == every[near].tolist()
    assert place.tolist() == np.repeat(np.arange(200), 16 // stride)[near].tolist()
