"""What the layer of edges measures."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from nodegraph.canvas.items.edge_layers import FEW, box_round


@pytest.mark.parametrize("count", [1, 3, FEW, FEW + 1, 200])
def test_the_rectangle_round_few_boxes_is_found_as_that_round_many(count: int) -> None:
    corners = np.random.default_rng(count).normal(scale=300, size=(count, 2, 2))
    boxes = np.concatenate([corners.min(axis=1), corners.max(axis=1)], axis=1)
    left, top = boxes[:, :2].min(axis=0).tolist()
    right, bottom = boxes[:, 2:].max(axis=0).tolist()
    assert box_round(boxes) == QRectF(left, top, right - left, bottom - top)
    assert box_round(boxes[:0]).isNull()
