"""Groups, notes and muted nodes in a document: kept as they are, or refused with their place."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.errors import DocumentError
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Group, Note
from nodegraph.formats import native

Json = dict[str, Any]


def a_graph() -> Graph:
    graph = parse("L = (a*b + c)*f")
    nodes = [replace(node, muted=node.name == "e") for node in graph.nodes()]
    groups = [
        Group("g", "The product", "#1a2b3c", ("a", "b"), True, 0, {"icon": "star"}),
        Group("h", "", "green", ("L",), rank=1),
    ]
    notes = [
        Note("n", "# Why\n\nbecause", 1.5, -2.0, 300.0, 80.0, 0, {"pinned": True}),
        Note("m", "", rank=1),
    ]
    return Graph.of(nodes, graph.edges(), {"output": "L"}, groups, notes)


def a_document(**graph: Any) -> Json:
    return {
        "graph": {"format": "nodegraph", "version": 1} | graph,
        "nodes": [{"id": "a", "op": "input", "value": 1}, {"id": "y", "op": "negate"}],
        "edges": [{"source": "a", "target": "y", "key": 0}],
    }


def refusal(document: Json) -> str:
    with pytest.raises(DocumentError) as caught:
        native.read(json.dumps(document).encode())
    return str(caught.value)


def test_groups_notes_and_muted_nodes_are_read_as_they_were_written() -> None:
    graph = a_graph()
    data = native.write(graph)
    assert native.read(data) == graph
    assert native.write(native.read(data)) == data


def test_the_file_holds_them_as_the_contract_says() -> None:
    document = json.loads(native.write(a_graph()))
    assert document["graph"]["groups"] == [
        {
            "id": "g",
            "title": "The product",
            "colour": "#1a2b3c",
            "nodes": ["a", "b"],
            "collapsed": True,
            "icon": "star",
        },
        {"id": "h", "colour": "green", "nodes": ["L"]},
    ]
    assert document["graph"]["notes"][0] == {
        "id": "n", "text": "# Why\n\nbecause", "x": 1.5, "y": -2, "width": 300, "height": 80, "pinned": True,
    }  # fmt: skip
    assert [node.get("muted") for node in document["nodes"]].count(True) == 1


def test_a_document_without_them_is_written_without_them() -> None:
    graph = native.read(json.dumps(a_document()).encode())
    assert (graph.groups(), graph.notes(), graph.node("y").muted) == ([], [], False)
    assert set(json.loads(native.write(graph))["graph"]) == {"format", "version"}


def test_what_is_left_out_takes_a_sensible_value() -> None:
    graph = native.read(
        json.dumps(a_document(groups=[{"id": "g", "nodes": ["y"]}], notes=[{"id": "n"}])).encode()
    )
    assert graph.group("g") == Group("g", "", "blue", ("y",))
    assert graph.note("n") == Note("n")


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ({}, "graph.groups: expected a list"),
        ([3], "graph.groups[0]: expected an object"),
        ([{"nodes": ["a"]}], "graph.groups[0].id: missing"),
        ([{"id": "g"}], "graph.groups[0].nodes: missing"),
        ([{"id": "g", "nodes": []}], "graph.groups[0].nodes: expected a list of one node or more"),
        ([{"id": "g", "nodes": ["a", "q"]}], 'graph.groups[0].nodes[1]: expected the id of a node'),
        ([{"id": "g", "nodes": [["a"]]}], "graph.groups[0].nodes[0]: expected the id of a node"),
        ([{"id": "g", "nodes": ["a", "a"]}], 'graph.groups[0].nodes[1]: "a" is in graph.groups[0] already'),
        (
            [{"id": "g", "nodes": ["a"]}, {"id": "h", "nodes": ["y", "a"]}],
            'graph.groups[1].nodes[1]: "a" is in graph.groups[0] already',
        ),
        (
            [{"id": "g", "nodes": ["a"]}, {"id": "g", "nodes": ["y"]}],
            'graph.groups[1].id: "g" is the id of graph.groups[0] already',
        ),
        ([{"id": "g", "nodes": ["a"], "colour": "pink"}], "graph.groups[0].colour: expected #rrggbb or"),
        ([{"id": "g", "nodes": ["a"], "colour": ["red"]}], "graph.groups[0].colour"),
        ([{"id": "g", "nodes": ["a"], "title": "a\nb"}], "graph.groups[0].title: this cannot hold control"),
        ([{"id": "g", "nodes": ["a"], "title": "x" * 201}], "graph.groups[0].title: this text has 201"),
        ([{"id": "g", "nodes": ["a"], "collapsed": 1}], "graph.groups[0].collapsed: expected true or false"),
        ([{"id": "g", "nodes": ["a"]}] * 20_001, "graph.groups: 20,001 are too many"),
    ],
)  # fmt: skip
def test_a_wrong_group_is_refused_with_its_place(groups: Any, said: str) -> None:
    assert said in refusal(a_document(groups=groups))


@pytest.mark.parametrize(
    ("notes", "said"),
    [
        ("x", "graph.notes: expected a list"),
        ([{"id": ""}], "graph.notes[0].id: expected text"),
        ([{"id": "n"}, {"id": "n"}], 'graph.notes[1].id: "n" is the id of graph.notes[0] already'),
        ([{"id": "n", "text": 3}], "graph.notes[0].text: expected text"),
        ([{"id": "n", "text": "bell\x07"}], "graph.notes[0].text: this cannot hold control characters"),
        ([{"id": "n", "text": "x" * 20_001}], "graph.notes[0].text"),
        ([{"id": "n", "x": 2e9}], "graph.notes[0].x"),
        ([{"id": "n", "y": "2"}], "graph.notes[0].y: expected a finite number"),
        ([{"id": "n", "width": 0}], "graph.notes[0].width: expected a length above 0"),
        ([{"id": "n", "height": -3}], "graph.notes[0].height: expected a length above 0"),
        ([{"id": "n", "height": 1e6}], "graph.notes[0].height"),
    ],
)
def test_a_wrong_note_is_refused_with_its_place(notes: Any, said: str) -> None:
    assert said in refusal(a_document(notes=notes))


def test_only_an_operation_is_muted_and_only_by_true_or_false() -> None:
    document = a_document()
    document["nodes"][1]["muted"] = "yes"
    assert "nodes[1].muted: expected true or false" in refusal(document)
    document["nodes"][1]["muted"] = True
    assert native.read(json.dumps(document).encode()).node("y").muted
    document["nodes"][0]["muted"] = True
    assert "nodes[0].muted: an input cannot be muted" in refusal(document)
