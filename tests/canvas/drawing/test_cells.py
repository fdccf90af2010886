"""Cells along lines hold all of them, and little besides."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF

from nodegraph.canvas.drawing import cells
from nodegraph.canvas.drawing.cells import FEW, box_round, cells_along, one_for_all, round_pieces

WITHIN = QRectF(-300, -200, 1000, 700)


@pytest.mark.parametrize("seed", range(5))
def test_all_of_a_line_within_the_rectangle_is_held(seed: int) -> None:
    chance = np.random.default_rng(seed)
    points = chance.uniform(-900, 900, (4, 7, 2))
    found = cells_along(points, 48.0, WITHIN)
    for line in points:
        for start, end in pairwise(line):
            for share in np.linspace(0, 1, 400):
                place = QPointF(*(start + (end - start) * share))
                assert not WITHIN.contains(place) or any(rect.contains(place) for rect in found)


def test_a_slanting_line_takes_far_less_than_its_box() -> None:
    found = cells_along(np.array([[[0.0, 0.0], [600.0, 450.0]]]), 48.0, WITHIN)
    assert sum(rect.width() * rect.height() for rect in found) < 0.35 * 600 * 450


def test_nothing_is_found_of_lines_elsewhere_and_of_none() -> None:
    assert cells_along(np.array([[[2000.0, 0.0], [2000.0, 450.0]]]), 48.0, WITHIN) == []
    assert cells_along(np.empty((0, 17, 2)), 48.0, WITHIN) == []


def test_of_too_many_lines_all_between_them_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "MOST_SAMPLES", 10)
    assert cells_along(np.array([[[0.0, 0.0], [600.0, 450.0]]]), 48.0, WITHIN) == [WITHIN]


def test_the_rectangle_round_a_level_line_holds_it() -> None:
    level = np.array([[(-50.0, 20.0), (40.0, 20.0), (120.0, 20.0)]])
    found = round_pieces(level, QRectF(0, 0, 100, 100), 0.0)
    assert found.getCoords() == (0.0, 20.0, 100.0, 20.0)
    assert not found.isNull()
    assert round_pieces(level, QRectF(0, 30, 100, 100), 0.0).isNull()


@pytest.mark.parametrize("count", [1, 3, FEW, FEW + 1, 200])
def test_the_rectangle_round_few_boxes_is_found_as_that_round_many(count: int) -> None:
    corners = np.random.default_rng(count).normal(scale=300, size=(count, 2, 2))
    boxes = np.concatenate([corners.min(axis=1), corners.max(axis=1)], axis=1)
    left, top = boxes[:, :2].min(axis=0).tolist()
    right, bottom = boxes[:, 2:].max(axis=0).tolist()
    assert box_round(boxes) == QRectF(left, top, right - left, bottom - top)
    assert box_round(boxes[:0]).isNull()


def test_one_rectangle_stands_for_many_unless_it_is_longer_round_than_all_of_them() -> None:
    slanting = [QRectF(32.0 * place, 24.0 * place, 32, 32) for place in range(30)]
    assert one_for_all(slanting) == [QRectF(0, 0, 960, 728)]
    for few in ([], slanting[:1], [slanting[0], slanting[-1]]):
        assert one_for_all(few) == few
