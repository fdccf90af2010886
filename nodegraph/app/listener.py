"""The editor's ear: other processes of the same person hand it documents to open in a window of their own.

They write the path of a file and a line end; it answers once the file was taken.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from nodegraph.app.beside import is_handed_over
from nodegraph.app.window.window_manager import Windows
from nodegraph.core.errors import DocumentError
from nodegraph.formats import files

ANSWER = b"taken\n"
CONNECT_MS, ANSWER_MS = 500, 30_000
LONGEST = 10_000
"""Bytes of a line."""


class Listener(QObject):
    """Listens at a name, and calls `take` with each path; where somebody else listens there it does not."""

    def __init__(self, name: str, take: Callable[[Path], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._take = take
        self._server = QLocalServer(self)
        self._server.newConnection.connect(self._welcome)
        if not self._listen(name) and not _answers(name):
            QLocalServer.removeServer(name)  # an editor that ended without a word left it behind
            self._listen(name)

    def _listen(self, name: str) -> bool:
        """Listen, for this person alone. Qt's option for that would take the place of who listens already."""
        if sys.platform == "win32":
            self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
            return self._server.listen(name)
        before = os.umask(0o077)
        try:
            return self._server.listen(name)
        finally:
            os.umask(before)

    @property
    def is_listening(self) -> bool:
        """Whether others reach this editor."""
        return self._server.isListening()

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _welcome(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            reader = _Reader(socket, self._take, self)
            reader.read()


class _Reader(QObject):
    """Reads one path from one connection."""

    def __init__(self, socket: QLocalSocket, take: Callable[[Path], object], parent: QObject) -> None:
        super().__init__(parent)
        self._socket, self._take = socket, take
        socket.readyRead.connect(self.read)
        socket.disconnected.connect(self._end)

    def read(self) -> None:
        """Take the file, once its path is there whole."""
        if self._socket.bytesAvailable() > LONGEST:
            self._socket.abort()
        elif self._socket.canReadLine():
            line = bytes(self._socket.readLine().data())
            with contextlib.suppress(UnicodeDecodeError):
                self._take(Path(line.decode("utf-8").rstrip("\n")))
            self._socket.write(ANSWER)
            self._socket.disconnectFromServer()

    def _end(self) -> None:
        self._socket.deleteLater()
        self.deleteLater()


def _answers(name: str) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(name)
    found = socket.waitForConnected(CONNECT_MS)
    socket.abort()
    return found


def hand_over(name: str, path: Path) -> bool:
    """Let the editor that listens at this name open a file; returns whether there is one, and it did."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(CONNECT_MS):
        return False
    socket.write(f"{path}\n".encode())
    socket.waitForBytesWritten(ANSWER_MS)
    while not socket.canReadLine():
        if not socket.waitForReadyRead(ANSWER_MS):
            return False
    return bytes(socket.readLine().data()) == ANSWER


def take_over(windows: Windows, path: Path) -> bool:
    """Open a document that another process wrote, in a window of its own and without a file; where it was
    written for this alone, it goes. Returns False, with nothing opened, where the file holds no document.
    """
    try:
        graph = files.graph_of(files.read_bytes(path))
    except DocumentError:
        return False
    if is_handed_over(path):
        with contextlib.suppress(OSError):
            path.unlink()
            path.parent.rmdir()
    window = windows.open_new()
    window.workspace.files.open_graph(graph, path.stem)
    window.raise_()
    window.activateWindow()
    return True
