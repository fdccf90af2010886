"""The upper part of a card can be read at every scale at which there is one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem

from nodegraph.canvas.drawing import card_head
from nodegraph.canvas.drawing.card_head import (
    LABEL_SCALE,
    LABELLED_ZOOM,
    SMALLEST_PX,
    Head,
    label_beside,
    label_style,
)
from nodegraph.canvas.drawing.lettering import Style, text_width
from nodegraph.canvas.drawing.theme import LIGHT
from nodegraph.canvas.items.node_item import TEXT_SCALE
from nodegraph.core.graph.direction import Direction
from nodegraph.core.layout import card_size
from nodegraph.core.typeset import Line

pytestmark = pytest.mark.usefixtures("qapp")

SCALES = (2.0, 1.0, 0.81, 0.66, 0.6, 0.55, 0.5)
WIDTH = 148.0


def written(head: Head, scale: float, monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """The size of type of each text that is written, by the text."""
    sizes: dict[str, float] = {}

    def note(_painter: QPainter, _box: QRectF, text: Line, style: Style, _ink: str) -> None:
        sizes[str(text)] = style[0]

    monkeypatch.setattr(card_head, "write_left", note)
    monkeypatch.setattr(card_head, "write_right", note)
    picture = QImage(8, 8, QImage.Format.Format_ARGB32)
    painter = QPainter(picture)
    card_head.paint(painter, LIGHT, head, WIDTH, scale)
    painter.end()
    return sizes


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize(
    "head",
    [
        Head("e", "", "×", is_leaf=False, is_quiet=False),
        Head("w11", "", "input", is_leaf=True, is_quiet=False),
        Head("L", "output", "tanh", is_leaf=False, is_quiet=False),
        Head("hid", "muted", "+", is_leaf=False, is_quiet=True),
    ],
    ids=lambda head: head.name,
)
def test_all_that_is_said_is_large_enough(head: Head, scale: float, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = written(head, scale, monkeypatch)
    assert min(sizes.values()) * scale >= SMALLEST_PX
    assert head.name in sizes
    if not head.is_leaf:
        assert head.symbol in sizes


def test_small_words_give_way_before_the_name_does(monkeypatch: pytest.MonkeyPatch) -> None:
    head = Head("a_long_name", "output", "x²", is_leaf=False, is_quiet=False)
    assert set(written(head, 0.7, monkeypatch)) == {"a_long_name", "x²"}
    assert set(written(head, 0.5, monkeypatch)) == {"a_long_name", "x²"}


def test_a_label_beside_a_number_is_as_large_as_its_room() -> None:
    style = label_style(LABELLED_ZOOM)
    assert style is not None
    assert style[0] * LABELLED_ZOOM >= SMALLEST_PX
    assert label_beside("value", 200.0, LABELLED_ZOOM) == style
    tight = label_beside("value", text_width("value", (13.0, style[1])) + 0.5, LABELLED_ZOOM)
    assert tight[0] == 13.0
    assert label_style(TEXT_SCALE) is None


@pytest.mark.parametrize("scale", [1.0, 0.7, 0.63, 0.5])
def test_the_title_of_a_collapsed_group_is_whole_at_every_scale(
    scale: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    title, count = "Neuron h1", "7 nodes"
    width = card_size.group_sides(title, count, 2, 1, Direction.RIGHT)[0]
    name, label = card_head.head_types(title, count, width, scale)
    beside = text_width(count, label) if label else 0.0
    assert text_width(title, name) + beside <= width - card_size.CHEVRON - 2 * card_size.PADDING + 4
    assert name[0] * scale >= SMALLEST_PX


def test_cards_have_the_same_words_wherever_they_lie_at_one_zoom() -> None:
    """What the item's place does to the scale that a painter tells is within what a card allows for."""
    for place in range(2_000):
        here = QTransform.fromTranslate(place * 7.3, place * 3.1).scale(LABELLED_ZOOM, LABELLED_ZOOM)
        here = QTransform.fromTranslate(place * 11.7, place * 0.9) * here
        assert QStyleOptionGraphicsItem.levelOfDetailFromTransform(here) >= LABEL_SCALE
