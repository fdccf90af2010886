"""After a crash nothing a person did is gone: unsaved work is kept in a file in the state folder until it
is saved or given up. Asks nobody anything; the window offers what is found here.

Each running program holds an operating-system lock on a file of its own. The system lets go of it when the
process dies, in whatever way, so a recovery file whose lock is free was left behind by a crash. A second
window is no crash.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
import uuid
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from nodegraph.app.document import Document
from nodegraph.app.long_tasks import ASK_MS, MOST_AT_ONCE, begin_aside
from nodegraph.app.settings import state_folder
from nodegraph.core.errors import DocumentError
from nodegraph.core.graph import Graph
from nodegraph.formats import files, native

DELAY_MS = 500
"""How long after the last change the recovery file is written."""
MAX_WAIT_S = 1.0
"""While changes keep coming, how long it is put off at most."""


class Lock:
    """A lock on a file for as long as this process lives or until `release`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle = -1

    def take(self) -> bool:
        """Take the lock if nobody holds it."""
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(handle)
        except OSError:
            os.close(handle)
            return False
        self._handle = handle
        return True

    def release(self) -> None:
        """Let go, and remove the file."""
        if self._handle >= 0:
            with contextlib.suppress(OSError):  # on Windows an open file cannot be removed: then close first
                self.path.unlink()
            os.close(self._handle)
            self._handle = -1
            with contextlib.suppress(OSError):
                self.path.unlink(missing_ok=True)


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@dataclass
class LeftOver:
    """Unsaved work of a process that died. Its lock is held here, so that no other window offers it as
    well.
    """

    file: Path
    title: str
    path: Path | None
    written: float
    lock: Lock

    def read(self) -> Graph:
        """The graph in it; DocumentError where it cannot be read."""
        return native.read(_parts(self.file)["document"].encode())

    def delete(self) -> None:
        """Remove it for good; only on a person's word, or after it was restored."""
        self.file.unlink(missing_ok=True)
        self.lock.release()

    def keep(self) -> None:
        """Leave it for a later start."""
        self.lock.release()


class Recovery(QObject):
    """Keeps the unsaved work of one document in a file, from the first change until it is saved or given
    up.
    """

    failed = Signal(str)
    """A sentence: unsaved work could not be kept. Told once, until it succeeds again."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.folder = state_folder() / "recovery"
        self.folder.mkdir(exist_ok=True, mode=0o700)
        name = f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self.file = self.folder / f"{name}.json"
        self.lock = Lock(self.folder / f"{name}.lock")
        self.lock.take()
        self.trouble = ""
        """Why the last attempt to write failed, or empty."""
        self._waiting_since: float | None = None
        self._timer = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._timer.timeout.connect(self._write_aside)
        self._packing: Future[bytes] | None = None
        """A large document on its way to bytes, in another thread; given up when the document changes."""
        self._asking = QTimer(self, interval=ASK_MS)
        self._asking.timeout.connect(self._take_packed)
        document.changed.connect(self._note)
        document.replaced.connect(self.write_now)
        document.modified_changed.connect(self._follow)

    def _note(self, _change: object) -> None:
        self._packing = None
        now = time.monotonic()
        if self._waiting_since is None:
            self._waiting_since = now
        elif now - self._waiting_since >= MAX_WAIT_S:
            self.write_now()
            return
        self._timer.start()

    def _follow(self, modified: bool) -> None:
        if not modified:
            self._forget()

    def write_now(self) -> None:
        """Write the document as it stands, if it holds anything unsaved. A failure is noted in `trouble`."""
        if not self.document.is_modified:
            self._forget()
            return
        self._write(partial(_packed, self.document))

    def _write_aside(self) -> None:
        """The same without holding the window up, where the document is large."""
        if len(self.document.graph) <= MOST_AT_ONCE or not self.document.is_modified:
            self.write_now()
            return
        self._packing = begin_aside(partial(_packed, self.document))
        self._asking.start()

    def _take_packed(self) -> None:
        packing = self._packing
        if packing is None:
            self._asking.stop()
        elif packing.done():
            self._write(packing.result)

    def _write(self, packed: Callable[[], bytes]) -> None:
        self._stop_waiting()
        try:
            files.write_whole(self.file, packed())
            self.trouble = ""
        except (DocumentError, OSError) as error:
            if not self.trouble:
                self.failed.emit(f"Unsaved work cannot be kept against a crash: {error}")
            self.trouble = str(error)

    def close(self) -> None:
        """A clean end: nothing is left behind."""
        self._forget()
        self.lock.release()

    def _stop_waiting(self) -> None:
        self._timer.stop()
        self._asking.stop()
        self._waiting_since, self._packing = None, None

    def _forget(self) -> None:
        self._stop_waiting()
        with contextlib.suppress(OSError):
            self.file.unlink(missing_ok=True)

    def left_over(self) -> list[LeftOver]:
        """What processes that died left behind, newest first, each claimed for this window."""
        found = []
        for file in self.folder.glob("*.json"):
            lock = Lock(file.with_suffix(".lock"))
            if file == self.file or not lock.take():
                continue
            try:
                parts = _parts(file)
            except DocumentError:
                lock.release()  # kept as it is: somebody may still make sense of it
                continue
            path = Path(parts["path"]) if parts["path"] else None
            found.append(LeftOver(file, parts["title"], path, file.stat().st_mtime, lock))
        return sorted(found, key=lambda one: one.written, reverse=True)


def _packed(document: Document) -> bytes:
    parts = {
        "title": document.title,
        "path": str(document.path.absolute()) if document.path else "",
        "document": native.write(document.graph).decode(),
    }
    return json.dumps(parts).encode()


def _parts(file: Path) -> dict[str, str]:
    try:
        parts: Any = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise DocumentError(f"this recovery file cannot be read ({error})") from error
    if not isinstance(parts, dict) or not all(
        isinstance(parts.get(k), str) for k in ("title", "path", "document")
    ):
        raise DocumentError("this is no recovery file")
    return parts
