"""Edges that look alike are drawn one after another."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from nodegraph.canvas.drawing.arrays import draw_lines
from nodegraph.canvas.drawing.edge_styles import NEGATIVE, POSITIVE, ZERO
from nodegraph.canvas.drawing.theme import LIGHT
from nodegraph.canvas.items import edge_lines
from nodegraph.canvas.items.edge_lines import MOST_PATHS, Alike, EdgeLines
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.building.shapes import graph_of, random_shape
from tests.canvas.pictures.test_kept_pictures import pixels_of


@pytest.mark.parametrize("count", [0, 1, 7, 300])
def test_each_edge_stands_with_those_that_look_like_it_in_the_order_in_which_it_came(count: int) -> None:
    chance = np.random.default_rng(count)
    looks = chance.integers(0, 5, 400).astype(np.int8)
    numbers = np.sort(chance.choice(400, count, replace=False))
    alike = Alike.of(numbers, looks)
    wanted = [
        (look, numbers[looks[numbers] == look].tolist()) for look in sorted(set(looks[numbers].tolist()))
    ]
    assert [(look, alike.numbers[first:end].tolist()) for look, first, end in alike.runs] == wanted


def test_dashes_are_laid_out_along_pieces_that_are_painted_alone(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = GraphScene(graph_of(random_shape(60, seed=3), placed=True), LIGHT)
    layer, drawn = scene.edge_layer, list[int]()
    numbers, looks = np.arange(10), np.full(len(layer.rows), ZERO, dtype=np.int8)
    middle = layer.curve(layer.rows.keys[3])[8]
    part = QRectF(middle[0] - 150, middle[1] - 100, 300, 200)

    def draw(painter: QPainter, lines: np.ndarray) -> None:
        drawn.append(lines.size // 4)
        draw_lines(painter, lines)

    def painted() -> np.ndarray:
        picture = QImage(300, 200, QImage.Format.Format_RGB32)
        picture.fill(0xFFFFFF)
        with QPainter(picture) as painter:
            painter.translate(-part.topLeft())
            EdgeLines(layer).draw(painter, numbers, looks, [part], 1.0, MOST_PATHS + 1)
        return pixels_of(picture).copy()

    monkeypatch.setattr(edge_lines, "draw_lines", draw)
    shown = painted()
    monkeypatch.setattr(edge_lines, "dashed_looks", lambda _: frozenset())
    whole = painted()
    assert 0 < drawn[0] < drawn[1] == 10 * (layer.points.shape[1] - 1)
    assert np.array_equal(shown, whole)
    assert len(np.unique(shown)) > 2


def test_other_edges_and_looks_are_drawn_as_by_one_who_has_drawn_nothing_yet(qapp: QApplication) -> None:
    scene = GraphScene(graph_of(random_shape(60, seed=3), placed=True), LIGHT)
    layer, chance, area = scene.edge_layer, np.random.default_rng(2), scene.graph_rect()
    known = EdgeLines(layer)

    def drawn(lines: EdgeLines, numbers: np.ndarray, looks: np.ndarray) -> np.ndarray:
        picture = QImage(300, 200, QImage.Format.Format_RGB32)
        picture.fill(0xFFFFFF)
        with QPainter(picture) as painter:
            painter.scale(300 / area.width(), 200 / area.height())
            painter.translate(-area.topLeft())
            lines.draw(painter, numbers, looks, [area], 1.0, MOST_PATHS + 1)
        return pixels_of(picture).copy()

    some = [chance.choice(len(layer.rows), 9, replace=False) for _ in range(2)]
    shown = []
    for looks in (np.full(len(layer.rows), look, dtype=np.int8) for look in (POSITIVE, NEGATIVE)):
        for numbers in (some[1], some[0], some[0], some[1]):
            shown.append(drawn(known, numbers, looks))
            assert np.array_equal(shown[-1], drawn(EdgeLines(layer), numbers, looks))
    assert not np.array_equal(shown[0], shown[1])
    assert not np.array_equal(shown[3], shown[4])
