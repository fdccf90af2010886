"""What a large graph holds, noted in pieces while the window goes on. Knows no document and no file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from PySide6.QtCore import QObject, QTimer

from nodegraph.app.platform import gc_guard
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.contents import Arrivals, Contents
from nodegraph.core.graph.graph import Graph

AT_ONCE = 500
"""Nodes whose edges are looked up in one turn of the event loop."""
AFTER_A_CHANGE_MS = 100
"""How long it rests after a change, so that this is shown first."""


class GraphCopy(QObject):
    """Notes what a graph holds, with every change meanwhile of which this is told."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pieces: Iterator[Contents | None] | None = None
        self._done: Callable[[Contents], None] | None = None
        self._stale: set[str] = set()
        """The nodes at which other edges arrive than may have been noted."""
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)

    @property
    def is_running(self) -> bool:
        """Whether a copy is being taken."""
        return self._pieces is not None

    def begin(self, graph: Graph, done: Callable[[Contents], None]) -> None:
        """Take a copy of this graph; `done` is called with it."""
        gc_guard.pause(self)  # all that is noted stays, and to look through it holds the window up each time
        self._stale.clear()
        self._pieces, self._done = _noted(graph, self._stale), done
        self._timer.start(0)

    def take_in(self, change: Change) -> bool:
        """Let the copy hold this change, too, just made. Returns whether one is being taken."""
        if self.is_running:
            self._stale.update(patch.key[0] for patch in change.of("edge"))
            if not self._timer.interval():  # with change upon change it goes on all the same
                self._timer.start(AFTER_A_CHANGE_MS)
        return self.is_running

    def stop(self) -> None:
        """Forget what was noted."""
        self._timer.stop()
        self._pieces = self._done = None
        gc_guard.resume(self)

    def _go_on(self) -> None:
        self._timer.setInterval(0)
        pieces, done = self._pieces, self._done
        copy = next(pieces) if pieces is not None else None
        if copy is not None and done is not None:
            self._timer.stop()
            self._pieces = self._done = None
            try:
                done(copy)
            finally:
                gc_guard.resume(self)


def _noted(graph: Graph, stale: Collection[str]) -> Iterator[Contents | None]:
    """Yields nothing as long as there is more to note, and at last the copy."""
    arrivals = Arrivals()
    for _ in arrivals.noting(graph, AT_ONCE):
        yield None
    arrivals.note(graph, graph.there(stale))
    yield Contents.of(graph, arrivals)
