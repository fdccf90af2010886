"""The colour of a node in a document: kept as it was, and a wrong one refused with its place."""

from __future__ import annotations

import json

import pytest

from nodegraph.core.errors import DocumentError
from nodegraph.formats import native


def document(**node: object) -> bytes:
    """A document with one input that has these keys, too."""
    nodes = [{"id": "a", "op": "input", "value": 1.0, **node}]
    graph = {"format": "nodegraph", "version": 1}
    whole = {"directed": True, "multigraph": True, "graph": graph, "nodes": nodes, "edges": []}
    return json.dumps(whole).encode()


@pytest.mark.parametrize("colour", ["green", "#1a2b3c"])
def test_a_colour_is_read_and_written(colour: str) -> None:
    graph = native.read(document(colour=colour))
    assert graph.node("a").colour == colour
    assert not graph.node("a").extra
    again = native.read(native.write(graph))
    assert again.node("a").colour == colour


def test_a_node_without_one_says_nothing_of_it() -> None:
    graph = native.read(document())
    assert graph.node("a").colour == ""
    assert b"colour" not in native.write(graph)


@pytest.mark.parametrize("colour", ["pink", "", 3, None, ["red"], "#12"])
def test_what_is_no_colour_is_refused(colour: object) -> None:
    with pytest.raises(DocumentError, match=r"nodes\[0\].colour: expected #rrggbb or one of"):
        native.read(document(colour=colour))
