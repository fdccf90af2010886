"""Bends of edges in a document: kept as they are, and refused with one sentence where they make no sense."""

from __future__ import annotations

import json
from typing import Any

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.errors import DocumentError
from nodegraph.core.graph import bends
from nodegraph.formats import native
from nodegraph.formats.limits import MAX_BENDS, MAX_BENDS_IN_ALL, MAX_COORDINATE


def document(via: Any, edge: int = 0) -> bytes:
    """A document one of whose edges has this for its bends."""
    written = json.loads(native.write(parse("e = a*b; L = e + c")))
    written["edges"][edge]["via"] = via
    return json.dumps(written).encode()


def test_bends_are_written_and_read_as_they_are() -> None:
    graph = parse("e = a*b")
    graph.apply(bends.bend(graph, ("e", 1), [(1.5, -2.0), (30.0, 40.0)]))
    data = native.write(graph)
    assert b'{"source": "b", "target": "e", "key": 1, "via": [[1.5, -2.0], [30.0, 40.0]]}' in data
    assert native.read(data) == graph


def test_an_edge_without_bends_says_nothing_of_them() -> None:
    assert b"via" not in native.write(parse("e = a*b"))
    assert native.read(document([])).edge(("e", 0)).via == ()


@pytest.mark.parametrize(
    ("via", "sentence"),
    [
        ("x", 'edges[0].via: expected a list of points [x, y], found "x"'),
        (None, "edges[0].via: expected a list of points [x, y], found null"),
        ({"x": 1}, "edges[0].via: expected a list of points [x, y], found an object"),
        ([1, 2], "edges[0].via[0]: expected a point [x, y], found 1"),
        ([[1, 2], [3]], "edges[0].via[1]: expected a point [x, y], found a list"),
        ([[1, 2, 3]], "edges[0].via[0]: expected a point [x, y], found a list"),
        ([[1, "2"]], 'edges[0].via[0][1]: expected a finite number, found "2"'),
        ([[True, 2]], "edges[0].via[0][0]: expected a finite number, found true"),
        ([[float("nan"), 2]], "edges[0].via[0][0]: expected a finite number, found NaN"),
        ([[float("inf"), 2]], "edges[0].via[0][0]: expected a finite number, found Infinity"),
        ([[0, 2e9]], "edges[0].via[0][1]: 2000000000.0 is beyond ±1e+09"),
        ([[0, 1]] * (MAX_BENDS + 1), "edges[0].via: 101 are too many; an edge has at most 100 bends"),
    ],
)
def test_bends_that_are_none_are_refused_with_their_place(via: Any, sentence: str) -> None:
    with pytest.raises(DocumentError) as refused:
        native.read(document(via))
    assert str(refused.value) == sentence


def test_the_farthest_bends_and_the_most_are_read() -> None:
    assert native.read(document([[MAX_COORDINATE, -MAX_COORDINATE]])).edge(("e", 0)).via
    assert len(native.read(document([[0, 1]] * MAX_BENDS)).edge(("e", 0)).via) == MAX_BENDS


def test_a_million_points_are_refused_before_they_are_built() -> None:
    with pytest.raises(DocumentError, match="more than 700,000 lists and objects"):
        native.read(document([[0, 1]] * 1_000_000))


def test_all_edges_together_have_a_bound() -> None:
    graph = parse("L = " + " + ".join(f"a{i}" for i in range(MAX_BENDS_IN_ALL // MAX_BENDS + 1)))
    written = json.loads(native.write(graph))
    for edge in written["edges"]:
        edge["via"] = [[0, 1]] * MAX_BENDS
    with pytest.raises(DocumentError) as refused:
        native.read(json.dumps(written).encode())
    assert str(refused.value) == "edges: these have 20,100 bends; at most 20,000 are read"
