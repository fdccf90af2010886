"""Cards: what it takes to have one painted again."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

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
