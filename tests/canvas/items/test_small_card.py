"""Cards seen from further away: none is blank, and what a card says is large enough to read."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from nodegraph.canvas.drawing.theme import DARK, LIGHT, Theme
from nodegraph.canvas.items.node_item import TEXT_SCALE
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout.card_size import node_size
from nodegraph.core.layout.placement import place

LONG = "a_name_of_many_letters = exp(x1); L = a_name_of_many_letters + w*w - 12345.678"


def drawn(graph: Graph, scale: float, theme: Theme = LIGHT) -> tuple[GraphScene, QImage, QRectF]:
    """The graph after both passes, painted at this scale."""
    graph.apply(place(graph, None, node_size))
    scene = GraphScene(graph, theme)
    scene.set_frame(run(graph).last_frame)
    area = scene.itemsBoundingRect()
    image = QImage((area.size() * scale).toSize(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    scene.render(painter, QRectF(image.rect()), area)
    painter.end()
    return scene, image, area


def inked_rows(image: QImage, area: QRectF, card: QRectF, scale: float) -> int:
    """How many rows of pixels inside a card hold something that stands out from its ground."""
    inside = card.translated(-area.topLeft())
    box = QRectF(inside.topLeft() * scale, inside.size() * scale).toRect().adjusted(4, 3, -4, -3)
    values = np.array(
        [[image.pixelColor(x, y).lightness() for x in range(box.left(), box.right())]
         for y in range(box.top(), box.bottom())]
    )  # fmt: skip
    return int((abs(values - np.median(values)) > 60).any(axis=1).sum())


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("scale", [0.49, 0.41, 0.35, 0.31, 0.28, 0.25])
def test_no_card_is_blank_at_any_scale_below_that_of_full_cards(
    qtbot: QtBot, scale: float, theme: Theme
) -> None:
    assert scale < TEXT_SCALE
    scene, image, area = drawn(parse(LONG, x1=0.25, w=-3.5), scale, theme)
    for item in scene.items_by_id.values():
        assert inked_rows(image, area, item.card, scale) >= 6, item.node.name  # capitals of 9 px type


def test_a_real_graph_at_fit_has_no_blank_card(qtbot: QtBot) -> None:
    text = "z = w1*x1 + w2*x2 + b; p = sigmoid(z); loss = -(t*log(p) + (1-t)*log(1-p))"
    scene, image, area = drawn(parse(text, w1=0.2, x1=1.2, t=1), 0.31)
    for item in scene.items_by_id.values():
        assert inked_rows(image, area, item.card, 0.31) >= 6, item.node.name
