"""The border: what escapes is logged, told once, and ends nothing."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer, qWarning
from pytestqt.qtbot import QtBot

from nodegraph.app.platform.crash_guard import CrashGuard

pytestmark = pytest.mark.logs

pytestmark = pytest.mark.logs


@pytest.fixture
def border(qapp: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[CrashGuard]:
    made = CrashGuard()
    monkeypatch.setattr(sys, "__stderr__", None)  # the traceback belongs into the log of this test alone
    made.install()
    yield made
    made.remove()


def fail() -> None:
    raise RuntimeError("the ceiling came down")


def test_an_exception_in_a_slot_is_told_and_logged(border: CrashGuard, qtbot: QtBot) -> None:
    with qtbot.waitSignal(border.escaped) as told:
        QTimer.singleShot(0, fail)
    summary, details = told.args
    assert summary == "RuntimeError: the ceiling came down"
    assert "in fail" in details
    assert "the ceiling came down" in border.log_file.read_text()


def test_the_same_exception_is_told_once(border: CrashGuard, qtbot: QtBot) -> None:
    told: list[str] = []
    border.escaped.connect(lambda summary, _details: told.append(summary))
    try:
        fail()
    except RuntimeError as error:
        for _ in range(3):
            border.catch(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["RuntimeError: the ceiling came down"]


def test_an_exception_in_a_thread_is_told_in_the_thread_of_the_window(
    border: CrashGuard, qtbot: QtBot
) -> None:
    where: list[threading.Thread] = []
    border.escaped.connect(lambda *_: where.append(threading.current_thread()))
    thread = threading.Thread(target=fail)
    with qtbot.waitSignal(border.escaped):
        thread.start()
        thread.join()
    assert where == [threading.main_thread()]


def test_a_message_of_qt_goes_to_the_log(border: CrashGuard) -> None:
    qWarning("a widget is unhappy")
    assert "a widget is unhappy" in border.log_file.read_text()


def test_removing_puts_the_hooks_back(qapp: object) -> None:
    hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    border = CrashGuard()
    border.install()
    border.remove()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == hooks
    assert logging.getLogger("nodegraph").handlers == []
