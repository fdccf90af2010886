"""What follows an edit has, in a large graph, a turn of its own after the canvas has been painted."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nodegraph.canvas.viewport import follow_ups
from tests.canvas.conftest import Hand


class Diary(QObject):
    """Writes down what happens, and when one turn of the event loop ends."""

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand.view)
        self.entries: list[str] = []
        hand.view.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.entries.append("painted")
        return False

    def writer(self, entry: str) -> Callable[[], None]:
        return lambda: self.entries.append(entry)

    def turns(self, count: int, pause_ms: int = 1) -> list[list[str]]:
        """Let some turns pass in which anything happens. Returns what happened in each, in ten seconds."""
        found: list[list[str]] = []
        end = time.monotonic() + 10.0
        while len(found) < count and time.monotonic() < end:
            self.entries.clear()
            QApplication.processEvents()
            QTest.qSleep(pause_ms)
            if self.entries:
                found.append(list(self.entries))
        return found


@pytest.fixture
def is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every graph counts as a large one."""
    monkeypatch.setattr(follow_ups, "MANY", 0)


@pytest.mark.usefixtures("is_large")
def test_each_has_a_turn_of_its_own_after_the_canvas_once_however_often_it_is_asked_for(hand: Hand) -> None:
    QApplication.processEvents()
    diary = Diary(hand)
    first, second = diary.writer("first"), diary.writer("second")
    hand.scene.select_all()
    for act in (first, second, first):
        hand.view.follow_ups.ask(act)
    assert diary.entries == []
    assert diary.turns(3) == [["painted"], ["first"], ["second"]]
    hand.view.follow_ups.ask(first)
    assert diary.turns(1) == [["first"]]


@pytest.mark.usefixtures("is_large")
def test_what_one_has_changed_is_painted_before_the_next_however_slow_the_machine_is(hand: Hand) -> None:
    QApplication.processEvents()
    diary = Diary(hand)
    hand.view.follow_ups.ask(hand.view.viewport().update)
    hand.view.follow_ups.ask(diary.writer("second"))
    assert diary.turns(2, pause_ms=3 * follow_ups.SOON_MS) == [["painted"], ["second"]]


@pytest.mark.usefixtures("is_large")
def test_one_that_asks_for_itself_again_lets_the_others_have_their_turn(hand: Hand) -> None:
    diary = Diary(hand)
    second = diary.writer("second")
    asked: list[Callable[[], None]] = []

    def first() -> None:
        diary.entries.append("first")
        if asked:
            hand.view.follow_ups.ask(asked.pop())

    asked.append(first)
    hand.view.follow_ups.ask(first)
    hand.view.follow_ups.ask(second)
    told = [entry for turn in diary.turns(3) for entry in turn if entry != "painted"]
    assert told == ["first", "second", "first"]


@pytest.mark.usefixtures("is_large")
def test_those_that_wait_have_their_turn_also_where_one_fails(hand: Hand, qtbot: QtBot) -> None:
    diary = Diary(hand)

    def fail() -> None:
        raise ValueError("this is meant to fail")

    with qtbot.captureExceptions() as failed:
        hand.view.follow_ups.ask(fail)
        hand.view.follow_ups.ask(diary.writer("second"))
        qtbot.waitUntil(lambda: "second" in diary.entries)
    assert len(failed) == 1


def test_in_a_small_graph_nothing_waits(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    diary = Diary(hand)
    act = diary.writer("done")
    hand.view.follow_ups.ask(act)
    assert diary.entries == ["done"]
    with monkeypatch.context() as patch:
        patch.setattr(follow_ups, "MANY", 0)
        hand.view.follow_ups.ask(act)
    hand.view.follow_ups.ask(act)  # what has waited is done with this
    assert diary.entries == ["done", "done"]
    QTest.qWait(3 * follow_ups.SOON_MS)
    assert diary.entries.count("done") == 2


@pytest.mark.usefixtures("is_large")
def test_minimap_and_legend_come_all_the_same(hand: Hand, qtbot: QtBot) -> None:
    hand.view.look_at(hand.scene.graph_rect().center(), 3.0)
    qtbot.waitUntil(hand.view.minimap.isVisible)
