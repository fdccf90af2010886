"""What lies near is found whatever has moved, and seldom looked for among all."""

from __future__ import annotations

import random

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from nodegraph.canvas.drawing.nearby import AHEAD, Nearby
from nodegraph.canvas.drawing.rows import Rows


def test_all_that_is_near_is_found_however_things_move_and_come_and_go() -> None:
    chance, looked = random.Random(5), []
    rows: Rows[int] = Rows(4)

    def touching(rect: QRectF) -> NDArray[np.intp]:
        left, top, width, height = rows.values.T
        hit = (left <= rect.right()) & (left + width >= rect.left())
        return np.flatnonzero(hit & (top <= rect.bottom()) & (top + height >= rect.top()))

    def find(rect: QRectF) -> NDArray[np.intp]:
        looked.append(rect)
        return touching(rect)

    def anywhere() -> tuple[float, ...]:
        return chance.uniform(0, 3000), chance.uniform(0, 3000), 40.0, 20.0

    rows.put({key: anywhere() for key in range(200)})
    nearby, place = Nearby(rows, find, but=[3, 4]), [1500.0, 1500.0]
    for step in range(400):
        place = [at + chance.uniform(-9, 9) for at in place]
        rows.put({3: (*place, 40.0, 20.0)})
        if step % 7 == 0:
            rows.put({chance.randrange(200): (*place, 40.0, 20.0)})
        if step % 50 == 9:
            rows.drop([chance.randrange(5, 200)])
        if step % 50 == 29:
            rows.put({1000 + step: (*place, 40.0, 20.0)})
        rect = QRectF(place[0] - 60, place[1] - 60, 120, 120)
        found, wanted = nearby.at(rect).tolist(), set(touching(rect).tolist())
        assert len(found) == len(set(found))
        assert not {rows.keys[number] for number in found} & {3, 4}
        assert wanted - {rows.number[3], rows.number.get(4)} <= set(found)
    assert len(looked) < 40
    assert all(rect.width() == 120 + 2 * AHEAD for rect in looked)
