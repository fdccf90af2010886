"""What lies in a rectangle is found among what lies near, whatever has moved, come or gone meanwhile."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from nodegraph.canvas.drawing.nearby import FEW_ROWS, LARGE_SHARE, Sides, Within
from nodegraph.canvas.drawing.rows import Rows


class Points:
    """Rows of points, and how many of them were looked at."""

    def __init__(self, count: int) -> None:
        chance = np.random.default_rng(5)
        self.rows: Rows[int] = Rows.of(list(range(count)), chance.uniform(0, 20_000, (count, 2)))
        self.looked = 0

    def sides(self, among: NDArray[np.intp] | None) -> Sides:
        values = self.rows.values if among is None else self.rows.values[among]
        self.looked += len(values)
        return np.concatenate([values, values], axis=1).T

    def all_in(self, rect: QRectF) -> list[int]:
        x, y = self.rows.values.T
        inside = (x >= rect.left()) & (x <= rect.right()) & (y >= rect.top()) & (y <= rect.bottom())
        return np.flatnonzero(inside).tolist()


def test_rows_are_found_wherever_one_looks_and_whatever_happens() -> None:
    points, chance = Points(3 * FEW_ROWS), np.random.default_rng(1)
    within, x, y = Within(points.rows, points.sides), 8_000.0, 8_000.0
    for step in range(60):
        x, y = x + chance.integers(-60, 60), y + chance.integers(-60, 60)
        far = 5_000.0 if step % 10 == 9 else 0.0
        wide = 30_000.0 if step == 20 else 900.0
        for rect in (QRectF(x + far, y, wide, 700), QRectF(x - 50, y - 50, 1_000, 800)):
            assert within.at(rect).tolist() == points.all_in(rect), step
        if step % 3 == 1:
            moved = chance.integers(0, len(points.rows), 5).tolist()
            points.rows.put({points.rows.keys[n]: (x + 10.0, y + 10.0) for n in moved})
        if step % 7 == 5:
            points.rows.drop([points.rows.keys[int(chance.integers(0, len(points.rows)))]])
        if step % 11 == 8:
            points.rows.put({10**6 + step: (x + 20.0, y + 20.0)})


def test_a_view_that_is_panned_looks_at_few_of_many_rows() -> None:
    points = Points(10 * FEW_ROWS)
    within = Within(points.rows, points.sides)
    within.at(QRectF(5_000, 5_000, 900, 700))
    points.looked = 0
    for step in range(20):
        within.at(QRectF(5_000 + 7 * step, 5_000 + 3 * step, 900, 700))
    assert points.looked < 2 * len(points.rows)


def test_a_rectangle_that_moves_a_little_asks_for_no_sides_again() -> None:
    points = Points(3 * FEW_ROWS)
    within = Within(points.rows, points.sides)
    within.at(QRectF(5_000, 5_000, 900, 700))
    points.looked = 0
    for step in range(10):
        assert within.at(QRectF(5_000 + step, 5_000, 900, 700)).tolist()
    assert points.looked == 0


def test_what_lies_near_is_looked_for_anew_after_a_view_of_nearly_all() -> None:
    points = Points(3 * FEW_ROWS)
    within = Within(points.rows, points.sides)
    within.at(QRectF(0, 0, 20_000, 20_000))
    within.at(QRectF(5_000, 5_000, 900, 700))
    assert len(within._near) < LARGE_SHARE * len(points.rows)


def test_views_of_nearly_all_look_at_all_once_until_something_changes() -> None:
    points = Points(3 * FEW_ROWS)
    within = Within(points.rows, points.sides)
    for margin in range(4):
        assert len(within.at(QRectF(-margin, -margin, 30_000, 30_000))) == len(points.rows)
    assert points.looked == len(points.rows)
    assert within._all[1].flags.c_contiguous
