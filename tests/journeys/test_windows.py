"""Several windows side by side: open, copy and drag between them, quit, and find all again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nodegraph.app import application
from nodegraph.app.window.window_manager import Windows
from nodegraph.core.building.expression import parse
from nodegraph.formats import files
from tests.journeys.hand import Hand
from tests.opening import close_all

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def windows(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Windows]:
    """The program's windows, of which the first shows a file."""
    monkeypatch.setenv("NODEGRAPH_SETTINGS", str(tmp_path / "settings.ini"))
    monkeypatch.setenv("NODEGRAPH_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("NODEGRAPH_NATIVE_DIALOGS", "0")
    application()
    files.save(parse("L = a*b", a=2, b=3), tmp_path / "one.nodegraph")
    made = Windows()
    made.start(tmp_path / "one.nodegraph")
    yield made
    close_all(made)


def two_hands(windows: Windows) -> tuple[Hand, Hand]:
    """A hand on the first window, and one on an empty window that Ctrl+Alt+N opens."""
    first = Hand(windows.open_windows[0])
    first.key(Qt.Key.Key_N, CTRL | ALT)
    assert len(windows.open_windows) == 2
    return first, Hand(windows.open_windows[1])


def go_to(hand: Hand) -> None:
    """Bring a window to the front: keys go to the active one."""
    hand.window.activateWindow()
    assert QTest.qWaitForWindowActive(hand.window)


def test_what_is_copied_in_one_window_is_pasted_in_the_other(windows: Windows) -> None:
    first, second = two_hands(windows)
    go_to(first)
    first.choose("a", "b", "L")
    first.key(Qt.Key.Key_C, CTRL)
    go_to(second)
    second.key(Qt.Key.Key_V, CTRL)
    assert second.feeding("L") == ["a", "b"]
    assert second.shown()["L"][0] == 6.0
    second.do("edit.undo")
    assert len(second.graph) == 0
    assert len(first.graph) == 3


def test_nodes_are_dragged_from_one_window_into_the_other(
    windows: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = two_hands(windows)
    first.choose("a")
    outside = first.canvas.mapToScene(QPoint(-60, 90))
    start = first.held("a")
    first.press(start)
    # No screen, so no stacking of windows: what lies under the pointer there is the other canvas.
    monkeypatch.setattr(QApplication, "widgetAt", lambda _place: second.canvas.viewport())
    first.glide(start, outside)
    first.release(outside)
    assert [node.name for node in second.graph.nodes()] == ["a"]
    assert first.graph.named("a") is not None
    assert not first.window.document.is_modified


def test_the_session_comes_back_with_files_view_and_step(windows: Windows, tmp_path: Path) -> None:
    first, second = two_hands(windows)
    files.save(parse("M = exp(x) + y"), tmp_path / "two.nodegraph")
    second.window.workspace.files.open_path(tmp_path / "two.nodegraph")
    go_to(second)
    second.key(Qt.Key.Key_Period)
    second.key(Qt.Key.Key_0, CTRL)
    second.canvas.set_center(QPointF(123, 45))
    go_to(first)
    first.key(Qt.Key.Key_Q, CTRL)
    assert windows.open_windows == []
    again = Windows()
    again.start()
    names = [window.document.path.name for window in again.open_windows]
    assert names == ["one.nodegraph", "two.nodegraph"]
    window = again.open_windows[1]
    assert window.player.cursor == 1
    assert window.canvas.zoom == 1.0
    assert (window.canvas.center() - QPointF(123, 45)).manhattanLength() < 4
    close_all(again)
