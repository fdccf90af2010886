"""Files as programs name them: what is no name is refused, and what goes wrong is told with the name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from nodegraph.core.errors import DocumentError
from nodegraph.core.graph.demand import demand_graph, demand_path
from nodegraph.core.graph.graph import Graph
from nodegraph.core.quoting import quoted
from nodegraph.formats import files


def load(path: files.StrPath) -> Graph:
    """The graph in a file, a document or a picture that carries one, as its content says. DocumentError names
    the file.
    """
    demand_path(path, "load")
    return files.load(path)


def save(graph: Graph, path: files.StrPath) -> bytes:
    """Write the graph as a document, once it is certain that it can be read again; returns its bytes.
    DocumentError names the file.
    """
    demand_graph(graph, "save")
    demand_path(path, "save")
    with _named(path):
        return files.save(graph, path)


def write(path: files.StrPath, data: bytes) -> None:
    """Put these bytes in place of the file, whole or not at all. DocumentError names the file."""
    with _named(path):
        files.write_whole(path, data)


@contextmanager
def _named(path: files.StrPath) -> Iterator[None]:
    try:
        yield
    except DocumentError as error:
        raise DocumentError(f"{quoted(str(path))}: {error}") from None
