"""`show`: the editor beside a running program."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

import nodegraph as ng
from nodegraph.app import application, beside
from nodegraph.app.listener import Listener, hand_over, take_over
from nodegraph.app.window.window_manager import Windows
from nodegraph.core.errors import Refused


@pytest.fixture
def windows(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Windows]:
    """An editor with a place of its own to listen at."""
    application()
    made = Windows()
    with tempfile.TemporaryDirectory(prefix="ng-") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        monkeypatch.setattr(tempfile, "tempdir", folder)
        monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
        yield made
    for window in list(made.open_windows):
        window.close()


def test_a_value_is_shown_in_a_new_window_of_the_editor_that_is_open(qtbot: QtBot, windows: Windows) -> None:
    listener = Listener(beside.socket_name(), partial(take_over, windows), windows)
    assert listener.is_listening
    a, b = ng.Value(2.0), ng.Value(3.0)
    loss = a * b + a
    ng.show(loss)
    qtbot.waitUntil(lambda: len(windows.open_windows) == 1)
    (window,) = windows.open_windows
    assert [node.name for node in window.document.graph.nodes()] == ["a", "b", "e", "loss"]
    assert (window.document.path, window.document.title, window.document.is_modified) == (None, "loss", False)
    (process,) = beside._started
    qtbot.waitUntil(lambda: process.poll() is not None)
    assert process.returncode == 0
    left = [path for path in Path(tempfile.gettempdir()).rglob("*") if path.suffix == ".nodegraph"]
    assert left == []
    listener.close()


def test_one_editor_listens_and_what_an_ended_one_left_is_in_nobody_s_way(
    qtbot: QtBot, windows: Windows
) -> None:
    name = beside.socket_name()
    first = Listener(name, print, windows)
    assert first.is_listening
    assert not Listener(name, print, windows).is_listening
    first.close()
    if os.name == "posix":
        import socket

        left = socket.socket(socket.AF_UNIX)
        left.bind(name)  # and nobody listens
        left.close()
        assert not hand_over(name, Path("x"))
    last = Listener(name, print, windows)
    assert last.is_listening
    last.close()


@pytest.mark.parametrize("sent", [b"x" * 20_000, b"\xff\xfe\n", b"/no/such/file\n", b"\n", b""])
def test_nonsense_from_outside_opens_nothing(qtbot: QtBot, windows: Windows, sent: bytes) -> None:
    listener = Listener(beside.socket_name(), partial(take_over, windows), windows)
    outside = QLocalSocket()
    outside.connectToServer(beside.socket_name())
    assert outside.waitForConnected(5_000)
    outside.write(sent)
    if sent:
        outside.waitForBytesWritten(5_000)
        qtbot.waitUntil(lambda: outside.state() == QLocalSocket.LocalSocketState.UnconnectedState)
    outside.abort()
    assert windows.open_windows == []
    assert listener.is_listening
    listener.close()


def test_a_document_of_somebody_s_own_is_opened_and_stays(windows: Windows, tmp_path: Path) -> None:
    mine = tmp_path / "mine.nodegraph"
    ng.save(ng.parse("y = a*b"), mine)
    before = mine.read_bytes()
    assert take_over(windows, mine)
    assert len(windows.open_windows) == 1
    assert mine.read_bytes() == before


def test_what_cannot_be_shown_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused, match="show takes a Graph or a Value, not an int"):
        ng.show(3)  # type: ignore[arg-type]
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    with pytest.raises(Refused, match=r"no display to open a window on; nodegraph\.export draws without one"):
        ng.show(ng.parse("y = a*b"))
