"""Cards: what it takes to have one painted again."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from nodegraph.canvas.drawing.geometry import PADDING
from nodegraph.canvas.drawing.lettering import text_width
from nodegraph.canvas.items import node_item
from nodegraph.canvas.items.node_item import Mark
from tests.canvas.conftest import Hand
from tests.canvas.pictures.test_kept_pictures import screen_of


class Looked(QObject):
    """How often a scene goes through all its items for what is to be painted again."""

    times = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.times += event.type() == QEvent.Type.MetaCall
        return False


def test_for_a_mark_that_comes_or_goes_its_card_alone_is_painted_and_no_item_looked_through(
    hand: Hand,
) -> None:
    card, looked = hand.scene.items_by_id["e"], Looked()
    before = screen_of(hand)
    hand.scene.installEventFilter(looked)
    card.set_mark(Mark.ACTIVE, on=True)
    marked = screen_of(hand)
    there = hand.view.mapFromScene(card.sceneBoundingRect()).boundingRect().adjusted(-2, -2, 2, 2)
    rows, columns = np.nonzero((marked != before).any(axis=1).reshape(-1, hand.view.width()))
    assert len(rows)
    assert there.contains(int(columns.min()), int(rows.min()))
    assert there.contains(int(columns.max()), int(rows.max()))
    card.set_mark(Mark.ACTIVE, on=False)
    assert np.array_equal(screen_of(hand), before)
    assert not looked.times
    card.update()
    QApplication.processEvents()
    assert looked.times  # as Qt does for an update


@pytest.mark.parametrize("scale", [0.6, 0.61, 0.7, 0.8, 1.0])
def test_the_same_gradient_stands_in_the_same_digits_whatever_the_letter_beside_it(
    hand: Hand, monkeypatch: pytest.MonkeyPatch, scale: float
) -> None:
    written = []
    monkeypatch.setattr(node_item, "write_right", lambda *arguments: written.append(arguments[2]))
    line = QRectF(0, 0, hand.scene.items_by_id["e"].shape_of_card.width, 20)
    picture = QImage(200, 40, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(picture)
    for name in ("s", "q", "r"):
        names = hand.scene.showing.derivative_names(name)
        node_item.paint_number(painter, hand.scene, line, names, -0.0138928, "#000000", scale, signed=True)
    painter.end()
    assert len(set(written)) == 1
    assert written[0].startswith(("−0.014", "−0.0139", "−0.01389"))


@pytest.mark.parametrize("scale", [0.6, 0.61, 0.7, 1.0])
@pytest.mark.parametrize(("value", "shown"), [(-1.5e-5, "−1.5e−5"), (-1.48e-6, "−1."), (-2.75e-300, "−2.")])
def test_a_number_never_has_a_single_digit_for_want_of_room_but_is_written_smaller(
    hand: Hand, monkeypatch: pytest.MonkeyPatch, scale: float, value: float, shown: str
) -> None:
    written = []
    monkeypatch.setattr(node_item, "write_right", lambda *arguments: written.append(arguments[1:4]))
    line = QRectF(0, 0, hand.scene.items_by_id["e"].shape_of_card.width, 20)
    picture = QImage(200, 40, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(picture)
    node_item.paint_number(painter, hand.scene, line, ("value",), value, "#000000", scale, signed=False)
    painter.end()
    box, text, style = written[0]
    assert text.startswith(shown)
    assert text_width(text, style) <= box.width() - PADDING
