"""Graphs that other programs wrote."""

from __future__ import annotations

import importlib.util
import json
from typing import Any

import networkx as nx
import pytest

import nodegraph as ng
from nodegraph.core.errors import DocumentError, NodegraphError, Refused
from nodegraph.formats.foreign.networks import from_networkx, mapping_of
from nodegraph.formats.foreign.reading import network_in

pytestmark = pytest.mark.filterwarnings("ignore:.*deprecated - use:DeprecationWarning")
"""pydot 4.0 calls pyparsing 3.3 by names that are to go."""
needs_pydot = pytest.mark.skipif(
    importlib.util.find_spec("pydot") is None, reason="pydot, of the extra dot, is not installed"
)


def seed(kind: Any = nx.DiGraph) -> Any:
    """(a·b + c)·f as one would write it down."""
    network = kind()
    for name, value in (("a", 2), ("b", 3.0), ("c", "-10"), ("f", 5)):
        network.add_node(name, value=value)
    for name, op in (("e", "mul"), ("d", "+"), ("L", "Multiply")):
        network.add_node(name, op=op)
    network.add_edges_from([("a", "e"), ("b", "e"), ("e", "d"), ("c", "d"), ("d", "L"), ("f", "L")])
    return network


def test_nodes_do_what_they_call_themselves() -> None:
    graph = from_networkx(seed())
    trace = ng.run(graph)
    assert trace.values["L"] == -20.0
    assert trace.gradients["a"] == 15.0
    assert [mapped.line for mapped in mapping_of(seed())] == [
        "nodes without inputs → input  (4 nodes)",
        "mul → multiply  (1 node)",
        "+ → add  (1 node)",
        "Multiply → multiply  (1 node)",
    ]


def version_1() -> str:
    """Node-link JSON as networkx 1 wrote it: edges name nodes by their places."""
    network = seed()
    names = list(network)
    nodes = [{"id": name} | network.nodes[name] for name in names]
    links = [{"source": names.index(a), "target": names.index(b)} for a, b in network.edges]
    return json.dumps({"directed": True, "graph": [], "multigraph": False, "nodes": nodes, "links": links})


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(nx.node_link_data(seed(), edges="links")),
        json.dumps(nx.node_link_data(seed(), edges="edges")),
        json.dumps(nx.node_link_data(seed(nx.MultiDiGraph), edges="edges")),
        json.dumps(nx.node_link_data(seed(), edges="links", name="name")),
        version_1(),
    ],
    ids=["links", "edges", "parallel edges", "names", "networkx 1"],
)
def test_node_link_json_of_any_version_is_read(text: str) -> None:
    assert ng.run(from_networkx(network_in(text.encode()))).values["L"] == -20.0


def test_graphml_is_read() -> None:
    network = seed()
    for name in "ab":
        network.nodes[name]["value"] = float(network.nodes[name]["value"])
    network.nodes["c"]["value"], network.nodes["f"]["value"] = -10.0, 5.0
    text = "\n".join(nx.generate_graphml(network))
    assert ng.run(from_networkx(network_in(text.encode()))).values["L"] == -20.0


MICROGRAD = b"""digraph {
  graph [rankdir=LR]
  1 [label="{ a | data 2.0000 | grad 0.0000 }" shape=record]
  2 [label="{ b | data -3.0000 | grad 0.0000 }" shape=record]
  3 [label="{ e | data -6.0000 | grad 0.0000 }" shape=record]
  "3*" [label="*"]
  "3*" -> 3
  4 [label="{  | data -1.0000 | grad 0.0000 }" shape=record]
  "4tanh" [label=tanh]
  "4tanh" -> 4
  1 -> "3*"
  2 -> "3*"
  3 -> "4tanh"
}"""


@needs_pydot
def test_what_micrograd_s_notebook_draws_is_read_with_its_numbers_and_labels() -> None:
    graph = from_networkx(network_in(MICROGRAD))
    assert [(node.name, node.op, node.value) for node in graph.nodes()][:3] == [
        ("a", "input", 2.0),
        ("b", "input", -3.0),
        ("e", "multiply", None),
    ]
    assert [node.op for node in graph.nodes()][3:] == ["tanh"]


def test_an_order_of_inputs_that_edges_tell_is_kept() -> None:
    network: Any = nx.DiGraph()
    network.add_node("y", op="sub")
    network.add_edge("b", "y", port=1)
    network.add_edge("a", "y", port="0")
    assert ng.to_text(from_networkx(network)) == "y = a - b"
    parallel: Any = nx.MultiDiGraph()
    parallel.add_node("y", op="div")
    parallel.add_edge("b", "y", key=1)
    parallel.add_edge("a", "y", key=0)
    assert ng.to_text(from_networkx(parallel)) == "y = a / b"


def test_a_word_that_nobody_knows_is_mapped_or_refused() -> None:
    network: Any = nx.DiGraph([("a", "m"), ("b", "m")])
    network.nodes["m"]["op"] = "MatMul"
    assert mapping_of(network)[-1].line == "MatMul → ?  (1 node)"
    with pytest.raises(Refused, match="Nobody here knows what “MatMul” means; map it to an operation"):
        from_networkx(network)
    assert from_networkx(network, {"MatMul": "multiply"}).node("m").op == "multiply"
    with pytest.raises(
        Refused, match="“MatMul” cannot mean multipl, which is no operation; did you mean multiply"
    ):
        from_networkx(network, {"MatMul": "multipl"})


@pytest.mark.parametrize(
    ("network", "said"),
    [
        (nx.Graph([("a", "relu")]), "no directions"),
        (nx.DiGraph(), "no nodes"),
        (nx.DiGraph([("add", "mul"), ("mul", "add")]), "a cycle: add → mul → add"),
        (nx.DiGraph([("a", "tanh_"), ("b", "tanh_")]), "tanh_ has 2 inputs, and Tanh takes 1"),
        (nx.DiGraph([("a", "add")]), "add has 1 input, and Add takes 2 or more"),
    ],
)
def test_what_is_no_graph_of_operations_is_refused(network: Any, said: str) -> None:
    with pytest.raises(Refused, match=said):
        from_networkx(network)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"hello", b"{", b"{}", b'{"nodes": [], "links": {}}', b'{"nodes": [1], "links": []}',
        b'{"directed": true, "nodes": [{"id": "a"}, {"id": "a"}], "links": []}',
        b'{"directed": true, "nodes": [{"id": "a"}], "links": [{"source": "a", "target": "b"}]}',
        b'{"directed": true, "nodes": [{"id": "a"}], "links": [3]}',
        b'{"directed": false, "nodes": [{"id": "a"}], "links": []}',
        b"<graphml", b"<graphml/>", b'<!DOCTYPE x [<!ENTITY a "b">]><graphml>&a;</graphml>', b"<\xff>",
        b"digraph {", b"graph { a -- b }", b"digraph { a -> }", b"digraph {\xff}",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(NodegraphError) as refused:
        from_networkx(network_in(data))
    assert isinstance(refused.value, DocumentError | Refused)


@pytest.mark.parametrize("word", ["softmax", "ReLU6", "relu6_2", "log2", "Log10", "exp2"])
def test_an_operation_that_nobody_knows_is_never_passed_over(word: str) -> None:
    network: Any = nx.DiGraph([("x", "y")])
    network.nodes["y"]["op"] = word
    with pytest.raises(Refused, match=f"Nobody here knows what “{word}” means"):
        from_networkx(network)
    assert from_networkx(network, {word: "tanh"}).node("y").op == "tanh"


def test_two_edges_from_one_node_are_two_inputs_also_where_no_multigraph_is_told() -> None:
    edges = b'[{"source": "x", "target": "y"}, {"source": "x", "target": "y"}]'
    document = b'{"directed": true, "nodes": [{"id": "x"}, {"id": "y", "op": "mul"}], "edges": %s}'
    assert ng.to_text(from_networkx(network_in(document % edges))) == "y = x * x"


def test_a_wrong_edge_is_told_under_the_key_that_the_file_has() -> None:
    with pytest.raises(DocumentError) as told:
        network_in(b'{"nodes": [{"id": "a"}], "edges": [{"source": "a", "target": "b"}]}')
    assert "edges[0]" in str(told.value)
