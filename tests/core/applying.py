"""What tests of edits ask again and again: apply a change and see it taken back, and read a refusal."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nodegraph.core.errors import Refused
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph


def applied(graph: Graph, change: Change) -> Graph:
    """The graph after the change, once it was seen to be taken back exactly."""
    before = graph.copy()
    graph.apply(change)
    graph.apply(change.inverse())
    assert graph == before
    graph.apply(change)
    return graph


def refusal(edit: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        edit()
    return str(caught.value)


def sources(graph: Graph, node_id: str) -> dict[int, str]:
    return {edge.port: edge.source for edge in graph.edges_into(node_id)}
