"""Our own format, both ways: what is written is read as it was; what is wrong is refused with its place."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nodegraph.core.building.expression import parse
from nodegraph.core.building.shapes import graph_of, random_shape
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import DocumentError
from nodegraph.core.graph import edits
from nodegraph.core.graph.contents import Contents
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, Node
from nodegraph.core.operations.catalogue import OPERATIONS
from nodegraph.core.training.bindings import set_table
from nodegraph.core.training.tables import Table, why_not_column_name
from nodegraph.formats import native, nodes_and_edges
from nodegraph.formats.limits import MAX_COORDINATE, MAX_ID, MAX_NAME, MAX_NODES, MAX_PORTS, MAX_TITLE

untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

Json = dict[str, Any]


def a_document(**changes: Any) -> Json:
    """The contract's own example, completed so that every place can be made wrong."""
    return {
        "directed": True,
        "multigraph": True,
        "graph": {"format": "nodegraph", "version": 1, "title": "A product", "output": "e"},
        "nodes": [
            {"id": "a", "op": "input", "value": 2.0, "x": 0.0, "y": 0.0},
            {"id": "k", "op": "constant", "value": 3},
            {"id": "e", "op": "multiply", "name": "e", "x": 200.0, "y": 40.0},
            {"id": "n", "op": "negate"},
        ],
        "edges": [
            {"source": "a", "target": "e", "key": 0},
            {"source": "k", "target": "e", "key": 1},
            {"source": "e", "target": "n", "key": 0},
        ],
    } | changes


def read(document: Any) -> Graph:
    return native.read(json.dumps(document).encode())


def refusal(document: Any) -> str:
    with pytest.raises(DocumentError) as caught:
        read(document)
    return str(caught.value)


def with_node(index: int, **changes: Any) -> Json:
    document = a_document()
    document["nodes"][index] |= changes
    return document


def with_edge(index: int, **changes: Any) -> Json:
    document = a_document()
    document["edges"][index] |= changes
    return document


def without(document: Json, *path: Any) -> Json:
    inner: Any = document
    for key in path[:-1]:
        inner = inner[key]
    del inner[path[-1]]
    return document


# --- what is right
def test_the_contract_s_example_is_read() -> None:
    graph = read(a_document())
    assert graph.title == "A product"
    assert graph.output == "e"
    assert [node.name for node in graph.nodes()] == ["a", "k", "e", "n"]
    assert graph.node("e") == Node("e", "multiply", "e", x=200.0, y=40.0, rank=2)
    assert run(graph).values == {"a": 2.0, "k": 3.0, "e": 6.0, "n": -6.0}


def test_networkx_opens_what_is_written() -> None:
    graph = parse("L = (a*b + c)*f", a=2, b=3, c=-10, f=5)
    opened = nx.node_link_graph(json.loads(native.write(graph)), edges="edges")  # as the README says
    assert isinstance(opened, nx.MultiDiGraph)
    assert opened.nodes["a"] == {"op": "input", "value": 2.0}
    assert set(opened.edges(keys=True)) == {(e.source, e.target, e.port) for e in graph.edges()}
    assert opened.graph["format"] == "nodegraph"


def test_what_networkx_writes_is_read() -> None:
    network = nx.MultiDiGraph(format="nodegraph", version=1)
    network.add_node("x", op="input", value=3)
    network.add_node("y", op="multiply")
    network.add_edge("x", "y", key=0)
    network.add_edge("x", "y", key=1)
    for listed in ("edges", "links"):  # the second is what networkx before 3.6 writes by itself
        assert run(read(nx.node_link_data(network, edges=listed))).gradients["x"] == 6.0


def test_a_list_of_links_is_written_back_as_edges() -> None:
    links = {**a_document(), "links": a_document()["edges"]}
    graph = read(without(links, "edges"))
    assert list(graph.edges()) == list(read(a_document()).edges())
    assert "links" not in json.loads(native.write(graph))


def test_a_second_list_of_edges_is_not_passed_over_in_silence() -> None:
    edges = a_document()["edges"]
    assert refusal(a_document(links=edges[:1])).startswith('links: a second list of edges, beside "edges"')
    assert read(a_document(links=edges)).edge_count == len(edges)


def test_links_beside_edges_are_somebodys_own_and_kept() -> None:
    graph = read(a_document(links=["mine"]))
    assert list(graph.edges()) == list(read(a_document()).edges())
    assert json.loads(native.write(graph))["links"] == ["mine"]


def test_a_wrong_link_is_named_as_the_file_calls_it() -> None:
    assert refusal(without(a_document(links=[[]]), "edges")) == "links[0]: expected an object, found a list"


def test_a_document_of_nothing_is_read() -> None:
    assert len(read(a_document(nodes=[], edges=[], graph={"format": "nodegraph", "version": 1}))) == 0


def test_a_name_defaults_to_the_id_and_may_differ_from_it() -> None:
    graph = read(with_node(0, name="alpha"))
    assert graph.node("a").name == "alpha"
    assert graph.node("k").name == "k"


def test_missing_edges_are_legal() -> None:
    graph = read(a_document(edges=[{"source": "a", "target": "e", "key": 1}]))
    assert [name for name, _ in run(graph).problems] == ["e", "n"]


def test_one_source_may_feed_two_ports() -> None:
    graph = read(with_edge(1, source="a"))
    assert [edge.source for edge in graph.edges_into("e")] == ["a", "a"]


def test_trainable_is_true_unless_told_otherwise() -> None:
    assert read(a_document()).node("a").trainable
    assert not read(with_node(0, trainable=False)).node("a").trainable


def test_a_byte_order_mark_is_tolerated() -> None:
    data = json.dumps(a_document()).encode()
    assert native.read(b"\xef\xbb\xbf" + data) == native.read(data)


def test_flags_may_be_absent() -> None:
    assert read(without(without(a_document(), "directed"), "multigraph")) == read(a_document())


# --- what is kept
def test_unknown_keys_are_kept_at_every_level_and_written_back() -> None:
    document = a_document(later=[1, {"two": None}], zoom="é")
    document["graph"] |= {"layers": [{"id": "g", "nodes": ["a"]}], "author": "😀"}
    document["nodes"][2] |= {"pinned": True, "tags": {"deep": [1.5]}}
    document["edges"][0]["colour"] = "red"
    graph = read(document)
    assert graph.properties["top"] == {"later": [1, {"two": None}], "zoom": "é"}
    assert graph.properties["extra"] == {"layers": [{"id": "g", "nodes": ["a"]}], "author": "😀"}
    written = json.loads(native.write(graph))
    del document["nodes"][2]["name"]  # it is the id
    assert written == document
    assert list(written) == [*document]


def test_an_unknown_operation_is_kept_with_all_it_holds() -> None:
    document = with_node(2, op="softmax", axis=0, value="any", trainable=3)
    document["edges"].append({"source": "a", "target": "e", "key": 17, "weight": 2})
    graph = read(document)
    assert graph.node("e").op == "softmax"
    assert "e" in dict(run(graph).problems)
    del document["nodes"][2]["name"]
    assert sorted(json.loads(native.write(graph))["nodes"][2].items()) == sorted(document["nodes"][2].items())
    assert native.read(native.write(graph)) == graph


def test_an_edit_keeps_unknown_keys() -> None:
    graph = read(with_node(0, note="mine"))
    graph.apply(edits.set_value(graph, "a", 7))
    assert json.loads(native.write(graph))["nodes"][0] == {
        "id": "a", "op": "input", "value": 7.0, "x": 0.0, "y": 0.0, "note": "mine",
    }  # fmt: skip


# --- how it is written
def test_a_document_is_written_a_record_a_line() -> None:
    graph = parse("y = é + 2", é=0.1)
    graph.apply(edits.set_title(graph, "Größe"))
    graph.apply(edits.move(graph, {"é": (0, 10.5)}))
    assert native.write(graph).decode() == (
        "{\n"
        '  "directed": true,\n'
        '  "multigraph": true,\n'
        '  "graph": {"format": "nodegraph", "version": 1, "title": "Größe", "output": "y"},\n'
        '  "nodes": [\n'
        '    {"id": "é", "op": "input", "value": 0.1, "x": 0.0, "y": 10.5},\n'
        '    {"id": "k", "op": "constant", "value": 2.0},\n'
        '    {"id": "y", "op": "add"}\n'
        "  ],\n"
        '  "edges": [\n'
        '    {"source": "é", "target": "y", "key": 0},\n'
        '    {"source": "k", "target": "y", "key": 1}\n'
        "  ]\n"
        "}\n"
    )


def test_edges_are_written_by_target_and_port_however_they_were_drawn() -> None:
    document = a_document()
    document["edges"].reverse()
    assert native.write(read(document)) == native.write(read(a_document()))


def test_an_empty_graph_is_written_and_read() -> None:
    assert native.read(native.write(Graph())) == Graph()


def test_an_output_that_is_gone_is_not_written() -> None:
    graph = Graph.of([Node("a", "input", "a", 1.0)], properties={"output": "gone"})
    assert "output" not in json.loads(native.write(graph))["graph"]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800", {1, 2}])
def test_what_no_document_can_hold_is_refused_in_writing(value: Any) -> None:
    graph = Graph.of([Node("a", "input", "a", 1.0, extra={"note": value})])
    with pytest.raises(DocumentError, match="no document can"):
        native.write(graph)


# --- what is wrong
def test_what_is_no_document_says_so() -> None:
    for document in ([], 3, None, "text", {}, {"graph": []}, {"graph": {}}, {"nodes": [], "edges": []}):
        assert refusal(document).startswith("This is no nodegraph document")


@pytest.mark.parametrize(
    ("properties", "said"),
    [
        ({"format": "other", "version": 1}, 'graph.format: expected "nodegraph", found "other"'),
        ({"format": "nodegraph"}, "graph.version: missing; expected a whole number"),
        ({"format": "nodegraph", "version": "1"}, 'graph.version: expected a whole number from 1, found "1"'),
        (
            {"format": "nodegraph", "version": True},
            "graph.version: expected a whole number from 1, found true",
        ),
        ({"format": "nodegraph", "version": 1.0}, "graph.version: expected a whole number from 1, found 1.0"),
        ({"format": "nodegraph", "version": 0}, "graph.version: expected a whole number from 1, found 0"),
        ({"format": "nodegraph", "version": 1, "title": 5}, "graph.title: expected text, found 5"),
        ({"format": "nodegraph", "version": 1, "title": "a\nb"}, "graph.title: a title cannot hold"),
        (
            {"format": "nodegraph", "version": 1, "title": "x" * (MAX_TITLE + 1)},
            "graph.title: this text has 501 characters",
        ),
        (
            {"format": "nodegraph", "version": 1, "output": "zz"},
            'graph.output: expected the id of a node, found "zz"',
        ),
        (
            {"format": "nodegraph", "version": 1, "output": None},
            "graph.output: expected the id of a node, found null",
        ),
        (
            {"format": "nodegraph", "version": 1, "output": ["a"]},
            "graph.output: expected the id of a node, found a list",
        ),
    ],
)
def test_wrong_properties_are_refused_with_their_place(properties: Json, said: str) -> None:
    assert refusal(a_document(graph=properties)).startswith(said)


def test_a_newer_version_is_refused_with_a_sentence() -> None:
    said = refusal(a_document(graph={"format": "nodegraph", "version": 2}, nodes="anything"))
    assert said == (
        "graph.version: This document was written by a newer nodegraph (format version 2; this one reads up"
        " to 1). Update nodegraph to open it."
    )


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (a_document(directed=False), "directed: expected true, found false"),
        (a_document(multigraph=1), "multigraph: expected true, found 1"),
        (a_document(nodes={}), "nodes: expected a list, found an object"),
        (a_document(edges="x"), 'edges: expected a list, found "x"'),
        (a_document(nodes=["a"]), 'nodes[0]: expected an object, found "a"'),
        (a_document(edges=[[]]), "edges[0]: expected an object, found a list"),
        (without(a_document(), "nodes"), "nodes: missing; a document has a list of nodes"),
        (without(a_document(), "edges"), "edges: missing; a document has a list of edges"),
    ],
)
def test_a_wrong_frame_is_refused_with_its_place(document: Json, said: str) -> None:
    assert refusal(document).startswith(said)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id": 7}, "nodes[0].id: expected text, found 7"),
        ({"id": {}}, "nodes[0].id: expected text, found an object"),
        ({"id": ""}, "nodes[0].id: expected text, found none"),
        ({"id": None}, "nodes[0].id: expected text, found null"),
        ({"id": "x" * (MAX_ID + 1), "name": "a"}, "nodes[0].id: this text has 201 characters"),
        ({"id": "e"}, 'nodes[2].id: "e" is the id of nodes[0] already'),
        ({"op": 7}, "nodes[0].op: expected text, found 7"),
        ({"op": ""}, "nodes[0].op: expected text, found none"),
        ({"name": 7}, "nodes[0].name: expected text, found 7"),
        ({"name": ""}, "nodes[0].name: A name needs at least one character"),
        ({"name": " a"}, "nodes[0].name: A name needs at least one character, and no space around it"),
        ({"name": "a\tb"}, "nodes[0].name: A name cannot hold control characters"),
        ({"name": "a\x00"}, "nodes[0].name: A name cannot hold control characters"),
        ({"name": "x" * (MAX_NAME + 1)}, "nodes[0].name: A name has at most 100 characters"),
        ({"name": "e"}, 'nodes[2].name: nodes[0] is called "e" already'),
        ({"name": "k"}, 'nodes[1].id: nodes[0] is called "k" already'),
        ({"value": "two"}, 'nodes[0].value: expected a finite number, found "two"'),
        ({"value": None}, "nodes[0].value: expected a finite number, found null"),
        ({"value": True}, "nodes[0].value: expected a finite number, found true"),
        ({"value": [2]}, "nodes[0].value: expected a finite number, found a list"),
        ({"value": 10**350}, "nodes[0].value: expected a finite number, found 1000"),
        ({"x": "left"}, 'nodes[0].x: expected a finite number, found "left"'),
        ({"y": None}, "nodes[0].y: expected a finite number, found null"),
        ({"x": False}, "nodes[0].x: expected a finite number, found false"),
        ({"x": 1e300}, "nodes[0].x: 1e+300 is beyond ±1e+09"),
        ({"y": -1.1e9}, "nodes[0].y: -1100000000.0 is beyond ±1e+09"),
        ({"trainable": "yes"}, 'nodes[0].trainable: expected true or false, found "yes"'),
        ({"trainable": 1}, "nodes[0].trainable: expected true or false, found 1"),
    ],
)
def test_a_wrong_node_is_refused_with_its_place(changes: Json, said: str) -> None:
    assert refusal(with_node(0, **changes)).startswith(said)


@pytest.mark.parametrize(
    ("index", "key", "said"),
    [
        (0, "id", "nodes[0].id: missing; expected text"),
        (0, "op", "nodes[0].op: missing; expected text"),
        (0, "value", "nodes[0].value: missing; expected a finite number"),
        (1, "value", "nodes[1].value: missing; expected a finite number"),
        (0, "x", "nodes[0]: x and y belong together; give both or neither"),
        (2, "y", "nodes[2]: x and y belong together; give both or neither"),
    ],
)
def test_what_a_node_lacks_is_named(index: int, key: str, said: str) -> None:
    assert refusal(without(a_document(), "nodes", index, key)) == said


def test_a_coordinate_on_the_bound_is_read() -> None:
    assert read(with_node(0, x=-MAX_COORDINATE, y=MAX_COORDINATE)).node("a").y == MAX_COORDINATE


def test_values_and_marks_on_the_wrong_kind_of_node_are_refused() -> None:
    assert refusal(with_node(2, value=1)).startswith("nodes[2].value: Multiply is computed; only inputs")
    assert refusal(with_node(1, trainable=True)) == "nodes[1].trainable: only an input is trainable or not"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"source": "zz"}, 'edges[1].source: no node has the id "zz"'),
        ({"target": "zz"}, 'edges[1].target: no node has the id "zz"'),
        ({"source": 3}, "edges[1].source: expected text, found 3"),
        ({"target": ["e"]}, "edges[1].target: expected text, found a list"),
        ({"key": 0}, "edges[1].key: input 0 of e is filled by edges[0] already"),
        ({"key": -1}, "edges[1].key: expected the number of an input, from 0, found -1"),
        ({"key": 1.0}, "edges[1].key: expected the number of an input, from 0, found 1.0"),
        ({"key": "1"}, 'edges[1].key: expected the number of an input, from 0, found "1"'),
        ({"key": True}, "edges[1].key: expected the number of an input, from 0, found true"),
        ({"key": None}, "edges[1].key: expected the number of an input, from 0, found null"),
        ({"key": MAX_PORTS}, "edges[1].key: e (multiply) has inputs 0 to 9,999, found 10000"),
        ({"target": "k"}, "edges[1].key: k is of the operation constant, which takes no edges"),
        ({"target": "n"}, "edges[1].key: n (negate) has input 0 only, found 1"),
    ],
)
def test_a_wrong_edge_is_refused_with_its_place(changes: Json, said: str) -> None:
    assert refusal(with_edge(1, **changes)).startswith(said)


@pytest.mark.parametrize("key", ["source", "target", "key"])
def test_what_an_edge_lacks_is_named(key: str) -> None:
    assert refusal(without(a_document(), "edges", 2, key)).startswith(f"edges[2].{key}: missing; expected")


def test_a_key_beyond_a_binary_operation_is_refused() -> None:
    document = with_node(2, op="subtract")
    document["edges"][1]["key"] = 5
    assert refusal(document) == "edges[1].key: e (subtract) has inputs 0 to 1, found 5"


def test_a_cycle_is_refused_with_its_nodes_named() -> None:
    document = a_document(
        nodes=[{"id": "i", "op": "input", "value": 1}, {"id": "1", "op": "add", "name": "a"},
               {"id": "2", "op": "negate", "name": "e"}, {"id": "3", "op": "exp", "name": "after"}],
        edges=[{"source": "i", "target": "1", "key": 1}, {"source": "1", "target": "2", "key": 0},
               {"source": "2", "target": "1", "key": 0}, {"source": "2", "target": "3", "key": 0}],
        graph={"format": "nodegraph", "version": 1},
    )  # fmt: skip
    assert refusal(document) == "edges: these nodes form a cycle: a → e → a"


def test_a_node_that_feeds_itself_is_refused() -> None:
    document = with_edge(2, source="n")
    assert refusal(document) == "edges: these nodes form a cycle: n → n"


def test_a_cycle_among_unknown_operations_is_refused() -> None:
    document = with_edge(2, source="n")
    document["nodes"][3]["op"] = "later"
    assert refusal(document) == "edges: these nodes form a cycle: n → n"


def test_a_long_cycle_is_found_without_recursion_and_told_short() -> None:
    count = 5_000
    nodes = [{"id": f"n{i}", "op": "sin"} for i in range(count)]
    edges = [{"source": f"n{i}", "target": f"n{(i + 1) % count}", "key": 0} for i in range(count)]
    said = refusal(a_document(nodes=nodes, edges=edges, graph={"format": "nodegraph", "version": 1}))
    assert said.endswith("n0 → n1 → n2 → n3 → n4 → n5 → n6 → n7 → … → n0")


def test_a_cycle_is_found_before_any_record_is_made_but_those_it_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[int] = []
    node_of = nodes_and_edges.node
    monkeypatch.setattr(
        nodes_and_edges, "node", lambda record, rank, *rest: made.append(rank) or node_of(record, rank, *rest)
    )
    nodes = [{"id": f"n{i}", "op": "sin"} for i in range(500)]
    edges = [{"source": f"n{i}", "target": f"n{i + 1 if i < 400 else 100}", "key": 0} for i in range(401)]
    assert "n100 → n101" in refusal(a_document(nodes=nodes, edges=edges))
    assert len(made) < 10


@pytest.mark.parametrize(
    "changes", [{"source": ["n"]}, {"source": None}, {"target": {}}, {"target": "nowhere"}]
)
def test_beside_a_cycle_an_end_that_is_none_keeps_its_place(changes: Json) -> None:
    document = with_edge(2, source="n")
    document["edges"].append({"source": "n", "target": "n", "key": 0} | changes)
    assert refusal(document).startswith("edges[3].")


def test_too_many_nodes_are_refused_with_their_number() -> None:
    data = json.dumps(a_document(nodes="here")).replace('"here"', "[" + "{}," * MAX_NODES + "{}]")
    with pytest.raises(DocumentError, match="200,001 are too many"):
        native.read(data.encode())


# --- older versions
def test_a_document_of_an_older_version_is_brought_up_step_by_step() -> None:
    def to_two(document: Json) -> Json:
        return document | {"seen": ["two"]}

    def to_three(document: Json) -> Json:
        return document | {"seen": [*document["seen"], "three"]}

    old = {"graph": {"version": 1}}
    new = native.migrate(old, {1: to_two, 2: to_three}, version=3)
    assert new == {"graph": {"version": 3}, "seen": ["two", "three"]}


def test_a_version_without_a_way_up_is_refused() -> None:
    with pytest.raises(DocumentError, match="there is no format version 1"):
        native.migrate({"graph": {"version": 1}}, {}, version=2)


# --- save∘load = same
names = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=8)
numbers = st.floats(allow_nan=False, allow_infinity=False)
positions = st.none() | st.tuples(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
odds = st.none() | numbers | st.booleans() | names | st.lists(numbers, max_size=2)
columns = st.dictionaries(
    names.filter(lambda name: not why_not_column_name(name)),
    st.tuples(numbers, numbers),
    min_size=1,
    max_size=3,
)
settings_of_training = st.dictionaries(names, numbers | names, max_size=2)
extras = st.dictionaries(names.map(lambda name: "later " + name), odds, max_size=2)


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Any graph a document can hold: unfinished, with placeholders, unknown keys and names in any script."""
    nodes: list[Node] = []
    edges: list[Edge] = []
    tables = columns.map(lambda found: Table(draw(names), tuple(found.items()), draw(extras)))
    table = draw(st.none() | tables)
    for rank, name in enumerate(draw(st.lists(names, max_size=7, unique=True))):
        op = draw(st.sampled_from([*OPERATIONS, "unheard of"]))
        x, y = draw(positions) or (None, None)
        value = draw(numbers) if op in ("input", "constant") else None
        trainable = draw(st.booleans()) if op == "input" else True
        node = Node(f"id {rank}", op, name, value, trainable, x, y, rank, draw(extras))
        if table is not None and op == "input":
            node = replace(node, column=draw(st.none() | st.sampled_from(table.names)))
        most = OPERATIONS[op].most if op in OPERATIONS else None
        ports = range(4 if most is None else most)
        if nodes:
            filled = draw(st.sets(st.sampled_from(ports))) if ports else set()
            edges += [
                Edge(draw(st.sampled_from(nodes)).id, node.id, port, draw(extras)) for port in sorted(filled)
            ]
        nodes.append(node)
    kept = {"title": draw(names | st.none()), "extra": draw(extras), "top": draw(extras)}
    kept |= {"data": table, "training": draw(settings_of_training)}
    if nodes and draw(st.booleans()):
        kept["output"] = draw(st.sampled_from(nodes)).id
    return Graph.of(nodes, edges, {key: value for key, value in kept.items() if value})


@untimed
@given(graphs())
def test_what_is_saved_is_loaded_the_same(graph: Graph) -> None:
    assert native.read(native.write(graph)) == graph


@untimed
@given(graphs())
def test_writing_is_stable(graph: Graph) -> None:
    data = native.write(graph)
    assert native.write(native.read(data)) == data


@untimed
@given(graphs(), st.data())
def test_any_one_value_replaced_gives_a_graph_or_a_document_error(graph: Graph, data: st.DataObject) -> None:
    document = json.loads(native.write(graph))
    records = [document, document["graph"], *document["nodes"], *document["edges"]]
    record = data.draw(st.sampled_from(records))
    record[data.draw(st.sampled_from(list(record)))] = data.draw(odds | st.integers() | st.just({"a": 1}))
    with contextlib.suppress(DocumentError):
        made = read(document)
        run(made)
        assert native.read(native.write(made)) == made


def test_ranks_close_up_when_a_document_is_read_again() -> None:
    graph = parse("y = a + b")
    spread = Graph.of(
        [replace(node, rank=node.rank * 10) for node in graph.nodes()], graph.edges(), graph.properties
    )
    assert native.read(native.write(spread)) == graph


def test_a_large_document_is_written_in_short_pieces() -> None:
    """Between two of them whoever waits has a turn."""
    table = Table("", tuple((name, np.linspace(0.1, 0.9, 5_000)) for name in ("a", "b", "c")))
    graph = graph_of(random_shape(1_000, 1))
    graph.apply(set_table(graph, table))
    pieces = list(native.pieces(Contents.of(graph)))
    assert b"".join(pieces) == native.write(graph)
    assert native.read(b"".join(pieces)) == graph
    assert max(map(len, pieces)) <= max(native.TABLE_PIECE, 200 * native.PIECE)
