"""A copy of a large graph, taken in pieces while the window goes on. Knows no document and no file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QObject, QTimer

from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge

AT_ONCE = 10_000
"""Nodes whose edges are looked up in one turn of the event loop."""

Make = Callable[[], Graph]
"""Makes the copy, in any thread: records do not change, and which ones there were is noted."""


class GraphCopy(QObject):
    """Notes what a graph holds. Its edges must not change meanwhile: whoever changes them stops this."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pieces: Iterator[Make | None] | None = None
        self._done: Callable[[Make], None] | None = None
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)

    @property
    def is_running(self) -> bool:
        """Whether a copy is being taken."""
        return self._pieces is not None

    def begin(self, graph: Graph, done: Callable[[Make], None]) -> None:
        """Take a copy of this graph; `done` is called with what makes it."""
        self._pieces, self._done = _noted(graph), done
        self._timer.start()

    def takes_in(self, change: Change) -> bool:
        """Whether a copy is being taken that will hold this change, just made: nodes are noted at the end."""
        return self.is_running and all(patch.kind != "edge" for patch in change.patches)

    def finish(self) -> None:
        """Take the rest of it now."""
        while self.is_running:
            self._go_on()

    def stop(self) -> bool:
        """Forget what was noted. Returns whether a copy was being taken."""
        was_running = self.is_running
        self._timer.stop()
        self._pieces = self._done = None
        return was_running

    def _go_on(self) -> None:
        pieces, done = self._pieces, self._done
        make = next(pieces) if pieces is not None else None
        if make is not None and done is not None:
            self.stop()
            done(make)


def _noted(graph: Graph) -> Iterator[Make | None]:
    """Yields nothing as long as there is more to note, and at last what makes the copy."""
    edges: list[Edge] = []
    targets = list(graph.targets.values())
    for first in range(0, len(targets), AT_ONCE):
        several = targets[first : first + AT_ONCE]
        edges += [edge for found in several for parallel in found.values() for edge in parallel.values()]
        yield None
    yield partial(Graph.of, graph.nodes(), edges, dict(graph.properties), graph.groups(), graph.notes())
