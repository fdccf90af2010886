"""After a crash nothing a person did is gone: unsaved work is kept in a file in the state folder until it
is saved or given up. Asks nobody anything; the window offers what is found here.

Each window holds a lock on a file of its own (`ownership`). The system lets go of it when the process dies,
in whatever way, so a recovery file whose lock is free was left behind by a crash. A second window is no
crash.
"""

from __future__ import annotations

import contextlib
import math
import os
import re
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from nodegraph.app.document.document import Document
from nodegraph.app.document.graph_copy import GraphCopy
from nodegraph.app.document.ownership import Lock
from nodegraph.app.document.pending import Unsaved, with_changes
from nodegraph.app.platform.background_tasks import ASK_MS, MOST_AT_ONCE, begin_aside, with_pauses
from nodegraph.app.platform.settings import state_folder, state_path
from nodegraph.core.building.half_typed import HalfTyped
from nodegraph.core.errors import DocumentError
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.contents import Contents
from nodegraph.core.graph.graph import Graph
from nodegraph.core.training.bindings import table_of
from nodegraph.formats import files, native
from nodegraph.formats.disk import in_place, leftovers
from nodegraph.formats.disk.permit import Permit
from nodegraph.formats.disk.recovery_bytes import SEEN, TYPED, packed, unpacked
from nodegraph.formats.disk.seen import Seen

SOON_MS = 30
"""How soon after a change it is noted, at no cost but a write to the system's memory, which a killed program
leaves whole; only a system that goes down at once does not.
"""
PENDING_SOON_MS = 200
"""The same for what changes many times a second: what a training learns, a note that somebody writes."""
SOON_SHARE = 20
"""At least so many times as long as such a note takes lies between two of them."""
DELAY_MS = 500
"""How long after the last change the recovery file is written, through to the disk."""
MAX_WAIT_S = 1.0
"""While changes keep coming, how long it is put off."""
PENDING_MS = 1000
"""How often it is written while a training learns, or somebody writes in a note."""
RETRY_MS = 20_000
"""How long after a failure it is tried again."""
TELL_AGAIN_S = 120.0
"""How often a person is told that it goes on failing."""
MOST_CELLS_AT_ONCE = 20_000
"""Of a table that is written while the window waits."""
FOLDER = "recovery"
SUFFIX, SOON_SUFFIX = ".json", ".soon"
DAMAGED_SUFFIX = ".damaged"
_LOCK_NAME = re.compile(r"\d+-[0-9a-f]{8}\.lock")


@dataclass
class LeftOver:
    """Unsaved work of a process that died. Its lock is held here, so that no other window offers it as
    well.
    """

    file: Path
    title: str
    path: Path | None
    seen: Seen | None
    """What the file at `path` was when the work on it began."""
    typed: str
    """What was being typed and could not be taken as it stood, in words; it is in notes of the document."""
    written: float
    lock: Lock

    def read(self) -> Graph:
        """The graph in it; DocumentError where it cannot be read."""
        try:
            parts = unpacked(files.own_bytes(self.file))
        except OSError as error:
            raise DocumentError(files.sentence_for(error)) from None
        return native.read(parts["document"].encode())

    def delete(self) -> None:
        """Remove it for good; only on a person's word, or after it was restored."""
        for suffix in (SUFFIX, SOON_SUFFIX):
            self.file.with_suffix(suffix).unlink(missing_ok=True)
        self.lock.release()

    def keep(self) -> None:
        """Leave it for a later start."""
        self.lock.release()


class Recovery(QObject):
    """Keeps the unsaved work of one document in a file, from the first change until it is saved or given
    up.
    """

    recovered = Signal()
    """Unsaved work can be kept again."""
    failed = Signal(str)
    """A sentence: unsaved work could not be kept. Told again from time to time while it goes on failing."""

    def __init__(
        self, document: Document, parent: QObject | None = None, unsaved: Unsaved | None = None
    ) -> None:
        super().__init__(parent)
        self.document = document
        self.unsaved = unsaved if unsaved is not None else Unsaved(document, self)
        self.folder = state_path() / FOLDER
        name = f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self.file = self.folder / f"{name}{SUFFIX}"
        self.soon = self.file.with_suffix(SOON_SUFFIX)
        self.lock = Lock(self.folder / f"{name}.lock")
        self.trouble = ""
        """Why the last attempt to write failed, or empty."""
        self.damaged: list[Path] = []
        """Recovery files found by `left_over` in which nothing can be read any more."""
        self._told = -math.inf
        self._waiting_since: float | None = None
        self._soon_ms = SOON_MS
        self._soon_timer = QTimer(self, singleShot=True, timeout=self._note_soon)
        self._timer = QTimer(self, singleShot=True, interval=DELAY_MS, timeout=self._write_aside)
        self._pending_timer = QTimer(self, singleShot=True, interval=PENDING_MS)
        self._pending_timer.timeout.connect(self._write_aside)
        self._retry_timer = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._retry_timer.timeout.connect(self.write_now)
        self._packing: Future[None] | None = None
        """A copy of a large document on its way to bytes and into the file, in another thread."""
        self._permit = Permit()
        self._copy = GraphCopy(self)
        self._is_behind = False
        """Whether the document has changed since that copy was made."""
        self._asking = QTimer(self, interval=ASK_MS)
        self._asking.timeout.connect(self._take_packed)
        self._begin()

    def _begin(self) -> None:
        self.document.changed.connect(self._note)
        self.document.replaced.connect(self.write_now)
        self.document.modified_changed.connect(self._follow)
        self.unsaved.changed.connect(self._note_pending)
        try:
            self._claim()
            sweep(self.folder)
        except OSError as error:
            self.trouble = self._unusable(error)

    def _claim(self) -> None:
        """Make the folder, and take the lock that says that this window lives. OSError where it cannot be."""
        if not self.lock.is_in_place:
            self.lock.release()
            in_place.keep_elsewhere(state_folder(FOLDER))
            self.lock.take()

    def _note(self, change: Change | None) -> None:
        if self._packing is not None:
            self._is_behind = True
            return
        if change is not None and self._copy.take_in(change):
            return
        self._copy.stop()
        self._begin_noting(SOON_MS)
        now = time.monotonic()
        since = self._waiting_since = self._waiting_since or now
        if now - since >= MAX_WAIT_S:
            self._write_aside()
            return
        self._timer.start()

    def _note_pending(self) -> None:
        """What is not in the document yet has changed; it may do so many times a second, for hours."""
        if self._packing is not None:
            self._is_behind = True
            return
        self._begin_noting(PENDING_SOON_MS)
        if not self._pending_timer.isActive():
            self._pending_timer.start()

    def _begin_noting(self, least_ms: int) -> None:
        if not self._soon_timer.isActive():
            self._soon_timer.start(max(least_ms, self._soon_ms))

    def _note_soon(self) -> None:
        """Hand the document to the system, which need not have it on the disk; failures are told later."""
        if _is_large(self.document.graph) or not self._is_worth_keeping() or not self.lock.is_in_place:
            return
        begun = time.perf_counter()
        with contextlib.suppress(DocumentError, OSError):
            self.soon.write_bytes(packed(self._named(), self._pieces(Contents.of(self.document.graph))))
        took_ms = (time.perf_counter() - begun) * 1000
        self._soon_ms = round(SOON_SHARE * took_ms)

    def _follow(self, modified: bool) -> None:
        if not modified and not self._is_worth_keeping():
            self._forget()

    def _is_worth_keeping(self) -> bool:
        return self.document.is_modified or bool(self.unsaved.changes())

    def _named(self) -> dict[str, str]:
        document = self.document
        path = str(document.path.absolute()) if document.path else ""
        seen = document.seen.to_text() if document.seen is not None else ""
        return {"title": document.title, "path": path, SEEN: seen, TYPED: self.unsaved.half_typed()}

    def _pieces(self, contents: Contents) -> Iterator[bytes]:
        """Returns the document with such contents as it would be saved, with what is not in it yet."""
        return _saved(contents, self.unsaved.changes())

    def write_now(self) -> None:
        """Write the document as it stands, if it holds anything unsaved. A failure is noted in `trouble`."""
        if not self._is_worth_keeping():
            self._forget()
            return
        named, contents = self._named(), Contents.of(self.document.graph)
        self._write(lambda: files.write_whole(self.file, packed(named, self._pieces(contents))))

    def _write_aside(self) -> None:
        """The same without holding the window up, where the document is large."""
        if not _is_large(self.document.graph) or not self._is_worth_keeping():
            self.write_now()
            return
        self._timer.stop()
        self._copy.begin(self.document.graph, self._pack)

    def _pack(self, copy: Contents) -> None:
        try:
            self._claim()
        except OSError as error:
            self._tell_trouble(self._unusable(error))
            return
        named, pieces, file = self._named(), self._pieces(copy), self.file
        self._permit = permit = Permit()
        self._is_behind = False
        self._packing = begin_aside(
            lambda: files.write_whole(file, packed(named, with_pauses(pieces)), permit)
        )
        self._asking.start()

    def _take_packed(self) -> None:
        packing = self._packing
        if packing is None:
            self._asking.stop()
        elif packing.done():
            is_behind = self._is_behind
            self._write(packing.result)
            if is_behind:
                self._note(None)

    def _write(self, work: Callable[[], object]) -> None:
        self._stop_waiting()
        try:
            self._claim()
            work()
            self.soon.unlink(missing_ok=True)
            had_trouble, self.trouble, self._told = self.trouble, "", -math.inf
            if had_trouble:
                self.recovered.emit()
        except DocumentError as error:
            self._tell_trouble(str(error))
        except OSError as error:
            self._tell_trouble(self._unusable(error))

    def _unusable(self, error: OSError) -> str:
        return f"the folder {self.folder} cannot be used. {files.sentence_for(error, writing=True)}"

    def _tell_trouble(self, trouble: str) -> None:
        """Say why nothing can be kept, at first and now and then; and try again soon."""
        now = time.monotonic()
        if trouble != self.trouble or now - self._told >= TELL_AGAIN_S:
            self._told = now
            self.failed.emit(f"Unsaved work cannot be kept against a crash: {trouble}")
        self.trouble = trouble
        self._retry_timer.start()

    def close(self) -> None:
        """A clean end: nothing is left behind."""
        self._forget()
        self._pending_timer.stop()
        self._retry_timer.stop()
        self.lock.release()

    def leave(self) -> None:
        """An end that asks nobody: what is unsaved stays for the next start, and nothing else. What is being
        typed counts, as it does when the focus goes elsewhere.
        """
        self.unsaved.put_in()
        self.write_now()
        if not self._is_worth_keeping():
            self.close()

    def _stop_waiting(self) -> None:
        self._soon_timer.stop()
        self._timer.stop()
        self._copy.stop()
        self._permit.withdraw()
        self._asking.stop()
        self._waiting_since, self._packing = None, None

    def _forget(self) -> None:
        self._stop_waiting()
        with contextlib.suppress(OSError):
            self.file.unlink(missing_ok=True)
            self.soon.unlink(missing_ok=True)

    def left_over(self) -> list[LeftOver]:
        """Returns what processes that died left behind, newest first, each claimed for this window."""
        found = []
        kept = [file for suffix in (SUFFIX, SOON_SUFFIX) for file in self.folder.glob(f"*{suffix}")]
        for file in sorted({file.with_suffix(SUFFIX) for file in kept}):
            if file != self.file:
                with contextlib.suppress(OSError):  # kept as it is, for a start that may read it
                    found += self._claimed(file)
        return sorted(found, key=lambda one: one.written, reverse=True)

    def _claimed(self, file: Path) -> list[LeftOver]:
        """Returns what a recovery file holds; nothing if its program still runs or the file is damaged."""
        lock = Lock(file.with_suffix(".lock"))
        if not lock.take():
            return []
        try:
            file = _newest(file)
            parts = unpacked(files.own_bytes(file))
        except DocumentError:
            self.damaged.append(set_aside(file))
            lock.release()
            return []
        except OSError:
            self.damaged.append(file)
            lock.release()
            return []
        path = Path(parts["path"]) if parts["path"] else None
        seen = _seen_of_mended(path) or Seen.from_text(parts[SEEN])
        return [LeftOver(file, parts["title"], path, seen, parts[TYPED], file.stat().st_mtime, lock)]


def _seen_of_mended(path: Path | None) -> Seen | None:
    """Returns what a file is now whose saving the crash had cut off; None where there was nothing to mend."""
    if path is None or not in_place.mend(Path(os.path.realpath(path))):
        return None
    return Seen.of(path, files.read_bytes(path))


def set_aside(file: Path) -> Path:
    """Rename a damaged recovery file, so that it is reported only once. Returns its new path."""
    aside = file.with_suffix(DAMAGED_SUFFIX)
    try:
        return file.replace(aside)
    except OSError:
        return file


def sweep(folder: Path) -> None:
    """Remove what programs that died have left here beside unsaved work: their locks, half-written files."""
    leftovers.sweep_parts(folder)
    for path in folder.glob("*.lock"):
        is_kept = any(path.with_suffix(suffix).exists() for suffix in (SUFFIX, SOON_SUFFIX))
        if _LOCK_NAME.fullmatch(path.name) and not is_kept:
            lock = Lock(path)
            with contextlib.suppress(OSError):
                if lock.take():
                    lock.release()


def _newest(file: Path) -> Path:
    """Returns the later one of a recovery file and of what was noted after it, where that can be read."""
    soon = file.with_suffix(SOON_SUFFIX)
    with contextlib.suppress(DocumentError, OSError):
        unpacked(files.own_bytes(soon))
        if not file.exists() or soon.stat().st_mtime_ns >= file.stat().st_mtime_ns:
            return soon
    return file if file.exists() or not soon.exists() else soon


def _is_large(graph: Graph) -> bool:
    """Whether making bytes of a graph, or of its table, takes longer than a window may be held up."""
    table = table_of(graph)
    cells = table.rows * len(table.columns) if table is not None else 0
    return len(graph) > MOST_AT_ONCE or cells > MOST_CELLS_AT_ONCE


def _saved(contents: Contents, changes: Sequence[Change | HalfTyped]) -> Iterator[bytes]:
    yield from native.pieces(Contents.of(with_changes(contents.graph(), changes)) if changes else contents)
