"""Saving a large document in turns: its bytes are made, read again and written in another thread, from
records that stay as they are. Its file is replaced whole or not at all, also where somebody stops it.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from nodegraph.app.document import earlier
from nodegraph.app.document.document import Document
from nodegraph.app.platform.background_tasks import Aside, Task
from nodegraph.core.graph.contents import Arrivals, Contents
from nodegraph.core.graph.graph import Graph
from nodegraph.core.training.bindings import table_of
from nodegraph.formats import files, native
from nodegraph.formats.disk.permit import Permit
from nodegraph.formats.disk.seen import Seen

MOST_NODES, MOST_CELLS = 3_000, 50_000
"""Of a document that is saved while the window waits."""
AT_ONCE = 2_000
"""Nodes whose edges are looked up in one piece."""


def takes_long(graph: Graph) -> bool:
    """Whether saving this graph, or its table, would hold a window up."""
    table = table_of(graph)
    cells = table.rows * len(table.columns) if table is not None else 0
    return len(graph) > MOST_NODES or cells > MOST_CELLS


def saving(document: Document, path: Path, *, keeps: bool) -> Task:
    """Write a document to this file and stay with that file, as `Document.save_as` does; DocumentError leaves
    all as it was. With `keeps`, what is in the file now is kept beside it as an earlier version.
    """
    files.demand_document_name(path)
    files.demand_place(path)
    graph, arrivals = document.graph, Arrivals()
    for _ in arrivals.noting(graph, AT_ONCE):
        yield 0.2 * len(arrivals) / len(graph)
    data: bytes = yield Aside(partial(_bytes_of, Contents.of(graph, arrivals)))
    yield 0.5
    yield Aside(partial(native.check, data, in_turns=True))
    yield 0.8
    if keeps:
        yield Aside(partial(earlier.keep, path))
    permit = Permit()
    try:
        seen: Seen = yield Aside(partial(_written, path, data, permit))
    except GeneratorExit:
        permit.withdraw()
        if permit.was_used:  # it is too late to stop
            document.take_saved(path, Seen.of(path, data))
        raise
    document.take_saved(path, seen)


def _bytes_of(contents: Contents) -> bytes:
    return b"".join(native.pieces(contents))


def _written(path: Path, data: bytes, permit: Permit) -> Seen:
    files.write_whole(path, data, permit)
    return Seen.of(path, data)
