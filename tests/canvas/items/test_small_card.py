"""Cards seen from further away: none is blank, and what a card says is large enough to read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from nodegraph.canvas.drawing.lettering import Style
from nodegraph.canvas.drawing.theme import DARK, LIGHT, Theme
from nodegraph.canvas.items import far_layer, group_item, small_card
from nodegraph.canvas.items.edge_picture import FAR_SCALE
from nodegraph.canvas.items.group_item import title_size
from nodegraph.canvas.items.node_item import TEXT_SCALE
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.graph import grouping
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout.card_size import node_size
from nodegraph.core.layout.placement import place
from nodegraph.core.typeset import Line

LONG = "a_name_of_many_letters = exp(x1); L = a_name_of_many_letters + w*w - 12345.678"


def laid_out(graph: Graph, theme: Theme = LIGHT) -> GraphScene:
    """The graph after both passes."""
    graph.apply(place(graph, None, node_size))
    scene = GraphScene(graph, theme)
    scene.set_frame(run(graph).last_frame)
    return scene


def drawn(scene: GraphScene, scale: float) -> tuple[np.ndarray, QRectF]:
    """How light each pixel of a scene painted at this scale is, and the area of it that was painted."""
    scene.set_far(scale < FAR_SCALE)
    area = scene.itemsBoundingRect()
    image = QImage((area.size() * scale).toSize(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    scene.render(painter, QRectF(image.rect()), area)
    painter.end()
    pixels = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(pixels.constBits(), np.uint8).reshape(pixels.height(), pixels.bytesPerLine())
    return rows.astype(int), area


def inked_rows(rows: np.ndarray, area: QRectF, card: QRectF, scale: float) -> int:
    """How high the highest piece of ink inside a card is, in pixels that stand out from its ground."""
    inside = card.translated(-area.topLeft())
    box = QRectF(inside.topLeft() * scale, inside.size() * scale).toRect()
    edge = 1 if scale < FAR_SCALE else 2 if scale < 0.3 else 3
    box = box.adjusted(edge, edge, -edge, -edge)
    values = rows[box.top() : box.bottom() + 1, box.left() : box.right() + 1]
    stands_out = (abs(values - np.median(values)) > 50).any(axis=1)
    runs = "".join("#" if row else " " for row in stands_out).split()
    return max(map(len, runs), default=0)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("scale", [0.49, 0.41, 0.35, 0.31, 0.28, 0.25, 0.24, 0.2])
def test_no_card_is_blank_at_any_scale_below_that_of_full_cards(
    qtbot: QtBot, scale: float, theme: Theme
) -> None:
    assert scale < TEXT_SCALE
    scene = laid_out(parse(LONG, x1=0.25, w=-3.5), theme)
    rows, area = drawn(scene, scale)
    for item in scene.items_by_id.values():
        assert inked_rows(rows, area, item.card, scale) >= (9 if scale >= 0.25 else 6), item.node.name


LOGISTIC = Path(__file__).parents[2] / "graphs" / "logistic-6.txt"
ZOOMS = [1.0, 0.83, 0.7, 0.6, 0.5, 0.49, 0.43, 0.37, 0.32, 0.3, 0.27, 0.25, 0.22, 0.2]
FAR_ZOOMS = [0.19, 0.16, 0.13, 0.1]


@pytest.fixture(scope="module")
def logistic(qapp: object) -> GraphScene:
    """A logistic regression with six inputs, as it is written in real work."""
    text, values = LOGISTIC.read_text(encoding="utf-8").strip().split("\n")
    words = (word.split("=") for word in values.split())
    return laid_out(parse(text, **{name: float(value) for name, value in words}))


@pytest.mark.parametrize("zoom", ZOOMS + FAR_ZOOMS)
def test_a_real_graph_has_no_blank_card_at_any_zoom(logistic: GraphScene, zoom: float) -> None:
    rows, area = drawn(logistic, zoom)
    least = 9 if zoom >= 0.25 else 6 if zoom >= FAR_SCALE else 3
    items = logistic.items_by_id.values()
    found = {item.node.name: inked_rows(rows, area, item.card, zoom) for item in items}
    assert {name: rows for name, rows in found.items() if rows < least} == {}


def test_numbers_are_never_cut_on_small_cards(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[object] = []
    real = small_card.write_centred

    def note(painter: QPainter, box: QRectF, text: Line, style: Style, ink: str) -> None:
        written.append(text)
        real(painter, box, text, style, ink)

    monkeypatch.setattr(small_card, "write_centred", note)
    drawn(laid_out(parse("L = a*b", a=-4.5678912e-18, b=123456.789)), 0.33)
    assert not [text for text in written if isinstance(text, str) and "…" in text]


@pytest.mark.parametrize("scale", [0.25, 0.2, 0.15, 0.1, 0.05, 0.02])
def test_titles_of_groups_are_large_from_far_away(scale: float) -> None:
    assert title_size(scale, 1.0) * scale >= 11 + 4 * (scale < 0.15)


@pytest.mark.parametrize("scale", [0.49, 0.36, 0.25, 0.21, 0.17])
def test_the_title_of_a_narrow_group_is_written_smaller_rather_than_cut_to_nothing(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, scale: float
) -> None:
    graph = parse("L = a*b")
    graph.apply(grouping.group(graph, ["L"], "Group 1"))
    scene = laid_out(graph)
    (item,) = scene.surroundings.groups.values()
    written: list[object] = []
    monkeypatch.setattr(
        group_item, "write_left", lambda _painter, _box, text, style, _ink: written.append((text, style[0]))
    )
    drawn(scene, scale)
    (*_, (text, size)) = written
    assert len(text) > 4
    assert size * scale > 8.5
    written.clear()
    item.group = replace(item.group, title="W" * 60)
    drawn(scene, 0.06)
    assert [text for text, _ in written] != ["…"]


def test_a_crowd_of_far_boxes_is_but_tinted(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(far_layer, "MOST_WORDS", 3)
    scene = laid_out(parse("L = a*b + c"))
    rows, area = drawn(scene, 0.15)
    assert {inked_rows(rows, area, item.card, 0.15) for item in scene.items_by_id.values()} == {0}


@pytest.mark.parametrize("scale", [0.49, 0.36, 0.28, 0.25, 0.18, 0.12])
def test_a_card_of_many_inputs_is_lettered_as_large_as_its_neighbours(qapp: object, scale: float) -> None:
    scene = laid_out(parse("z = a + b + c + d + f + g + h; x = v*w; L = z*x"))
    rows, area = drawn(scene, scale)
    cards = {name: scene.items_by_id[name].card for name in "zx"}
    assert cards["z"].height() > 1.5 * cards["x"].height()
    heights = [inked_rows(rows, area, cards[name], scale) for name in "zx"]
    assert abs(heights[0] - heights[1]) <= 1


@pytest.mark.parametrize("scale", [0.49, 0.36, 0.25, 0.21, 0.18, 0.1])
def test_what_is_selected_has_a_thick_frame_from_far_away_too(qapp: object, scale: float) -> None:
    scene = laid_out(parse("y = a*b; L = y + c"))
    scene.set_far(scale < FAR_SCALE)
    scene.select(["y"])
    card = scene.items_by_id["y"].card
    area = card.adjusted(-80, -80, 80, 80)
    image = QImage((area.size() * scale).toSize(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    scene.render(painter, QRectF(image.rect()), area)
    painter.end()
    edge = round((card.left() - area.left()) * scale)
    row = [image.pixelColor(x, image.height() // 2).lightness() for x in range(edge - 6, edge + 7)]
    assert sum(lightness < 210 for lightness in row) >= 3


@pytest.mark.parametrize("room", [20.0, 45.0, 60.0])
def test_a_small_card_says_two_digits_at_least(room: float) -> None:
    assert small_card.number_text(-1.5e-5, room, 6, signed=False) == "−1.5e−5"
    assert small_card.number_text(0.25, room, 6, signed=True) == "+0.25"
