"""Nodes and edges that are checked all at once are accepted where they are one by one, and read the same."""

from __future__ import annotations

import copy
from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodegraph.core.building.shapes import graph_of, random_shape
from nodegraph.core.errors import DocumentError
from nodegraph.core.graph.records import FEW, Edge, Node, records_of
from nodegraph.formats import native, nodes_and_edges, plain_records

NODES: list[dict[str, Any]] = [
    {"id": "a", "op": "input", "value": 2, "x": 0.0, "y": 1},
    {"id": "b", "op": "constant", "name": "β b", "value": -1.5, "x": 4.0, "y": -1e9},
    {"id": "c", "op": "add", "x": 0.0, "y": 0.0},
    {"id": "d", "op": "relu", "name": "d1"},
    {"id": "e", "op": "input", "value": 0.0, "trainable": False, "note": "kept"},
    {"id": "f", "op": "sum", "muted": True, "colour": "blue"},
]
EDGES: list[dict[str, Any]] = [
    {"source": "a", "target": "c", "key": 0},
    {"source": "b", "target": "c", "key": 1, "via": [[1, 2], [3.5, 4]]},
    {"key": 0, "source": "c", "target": "d"},
    {"source": "e", "target": "f", "key": 7, "weight": 1},
]
ODD = st.sampled_from(
    [
        *(None, True, 0, 1, -1, 2.5, 1e10, -1e10, 10**400, "", " a", "a", "b", "c", "add", "no such", "x\ty"),
        *([], {}, "x" * 101, "y" * 201, "input", "blue", [[0, 0]], "\u200b", "d1", "β b"),
    ]
)
COUNT = len(NODES) + len(EDGES)
KEYS = (
    "id",
    "op",
    "name",
    "value",
    "x",
    "y",
    "trainable",
    "muted",
    "colour",
    "source",
    "target",
    "key",
    "via",
)


def one_by_one(nodes: Any, edges: Any) -> tuple[list[Node], list[Edge]]:
    """What is read without looking at any together."""
    made = nodes_and_edges._one_by_one(nodes, ())
    found = nodes_and_edges.Nodes(plain_records.NO_NODES, dict(enumerate(made)))
    ends = nodes_and_edges._ends(edges, found, "edges")
    return made, nodes_and_edges.edges_of(ends, edges, "edges").records


def at_once(nodes: Any, edges: Any) -> tuple[list[Node], list[Edge]]:
    found = nodes_and_edges.nodes(nodes, ())
    return found.records, nodes_and_edges.edges(edges, found, "edges").records


def told(read: Any, nodes: Any, edges: Any) -> Any:
    try:
        return read(nodes, edges)
    except DocumentError as error:
        return str(error), error.place


@given(
    changes=st.lists(st.tuples(st.integers(0, COUNT - 1), st.sampled_from(KEYS), ODD), max_size=3),
    dropped=st.lists(st.tuples(st.integers(0, COUNT - 1), st.sampled_from(KEYS)), max_size=1),
)
def test_what_is_looked_at_together_is_read_and_refused_as_if_each_were(
    changes: list[tuple[int, str, Any]], dropped: list[tuple[int, str]]
) -> None:
    nodes, edges = copy.deepcopy(NODES), copy.deepcopy(EDGES)
    records = [*nodes, *edges]
    for index, key, value in changes:
        records[index][key] = value
    for index, key in dropped:
        records[index].pop(key, None)
    assert told(at_once, nodes, edges) == told(one_by_one, nodes, edges)


def test_plain_ones_are_looked_at_together_also_beside_special_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []
    node = nodes_and_edges.node
    monkeypatch.setattr(
        nodes_and_edges,
        "node",
        lambda record, rank, *rest: looked_at.append(rank) or node(record, rank, *rest),
    )
    made, edges = at_once(NODES, EDGES)
    assert looked_at == [4, 5]
    assert [made[4].extra, made[4].trainable, made[5].colour] == [{"note": "kept"}, False, "blue"]
    assert [edge.via for edge in edges] == [(), ((1.0, 2.0), (3.5, 4.0)), (), ()]
    assert edges[3].extra == {"weight": 1}
    assert [type(node.value) for node in made[:2]] == [float, float]


def test_a_check_of_a_document_makes_no_record(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = graph_of(random_shape(50, seed=1), placed=True)
    data = native.write(graph)
    assert native.read(data) == graph

    def records_of(*_: object) -> None:
        raise AssertionError("a record was made")

    monkeypatch.setattr(plain_records, "records_of", records_of)
    native.check(data)
    with pytest.raises(DocumentError, match="is the id of"):
        native.check(data.replace(b'"id": "n7"', b'"id": "n6"'))


def test_records_made_together_cannot_be_changed_either() -> None:
    count = FEW + 1
    node, *_ = records_of(Node, ["a"] * count, ["input"] * count, ["a"] * count, [1.0] * count)
    assert [node] == [Node("a", "input", "a", 1.0)] == records_of(Node, ["a"], ["input"], ["a"], [1.0])
    assert type(node) is Node
    with pytest.raises(FrozenInstanceError):
        node.name = "b"  # type: ignore[misc]
    assert replace(node, name="b").name == "b"
