"""A window with which nobody does anything does nothing either, whatever was done before."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from tests.conftest import PATIENCE_MS
from tests.journeys.hand import Hand

QUIET_S = 1.5
"""Longer than anything that is begun a while after an edit waits, such as a copy that is kept of it."""


class Heard(QObject):
    """Counts what the event loop delivers, to whom."""

    def __init__(self) -> None:
        super().__init__()
        self.counted: Counter[str] = Counter()

    def eventFilter(self, told: QObject, event: QEvent) -> bool:
        self.counted[f"{event.type().name} to {type(told).__name__}"] += 1
        return False


def still_heard(app: QApplication) -> Counter[str]:
    """Returns what a window goes on to hear when it should have come to rest; nothing where it does."""
    heard, end = Heard(), time.monotonic() + PATIENCE_MS / 1000
    app.installEventFilter(heard)
    quiet_from = time.monotonic()
    try:
        while time.monotonic() - quiet_from < QUIET_S:
            if time.monotonic() > end:
                return heard.counted
            before = heard.counted.total()
            app.processEvents()
            if heard.counted.total() > before:
                quiet_from = time.monotonic()
            time.sleep(0.01)
        return Counter()
    finally:
        app.removeEventFilter(heard)


@pytest.mark.parametrize(
    "act",
    [
        lambda window: window.workspace.editor.set_value(window.document.graph.named("a").id, 7.0),
        lambda window: window.workspace.editor.add("add"),
        lambda window: window.commands.run("edit.select_all"),
        lambda window: window.commands.run("pass.play"),
    ],
    ids=["a value", "a node", "a selection", "playing"],
)
def test_the_window_comes_to_rest_after(
    act: Callable[[object], object], hand: Hand, qapp: QApplication
) -> None:
    act(hand.window)
    assert still_heard(qapp) == Counter()
