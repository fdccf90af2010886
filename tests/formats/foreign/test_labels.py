"""What the labels of other programs' nodes say: names, numbers, both, or what is told as not used."""

from __future__ import annotations

import json

import networkx as nx
import pytest

from nodegraph.formats.foreign.networks import Foreign, read_network
from nodegraph.formats.foreign.reading import network_in

LABELS = {"n0": "x = 2", "n1": "w: -3", "n2": "learning rate", "n3": "*", "n4": "+"}
EDGES = [("n0", "n3"), ("n1", "n3"), ("n3", "n4"), ("n2", "n4")]


def in_dot() -> bytes:
    nodes = "".join(f'{node} [label="{label}"]; ' for node, label in LABELS.items())
    return f"digraph {{ {nodes}{'; '.join(f'{a} -> {b}' for a, b in EDGES)} }}".encode()


def in_json() -> bytes:
    nodes = [{"id": int(node[1:]), "label": label} for node, label in LABELS.items()]
    links = [{"source": int(a[1:]), "target": int(b[1:])} for a, b in EDGES]
    return json.dumps({"directed": True, "nodes": nodes, "links": links}).encode()


def in_graphml() -> bytes:
    network = nx.DiGraph()
    network.add_nodes_from((node, {"label": label}) for node, label in LABELS.items())
    network.add_edges_from(EDGES)
    return "\n".join(nx.generate_graphml(network)).encode()


@pytest.mark.parametrize("data", [in_dot(), in_json(), in_graphml()], ids=["DOT", "node-link", "GraphML"])
def test_a_label_gives_a_leaf_its_name_and_its_number(data: bytes) -> None:
    found = read_network(network_in(data))
    leaves = [(node.name, node.value) for node in found.graph.nodes() if node.is_leaf]
    assert leaves == [("x", 2.0), ("w", -3.0), ("learning rate", 1.0)]
    assert found.notes == ["learning rate has no value and starts at 1"]


def test_a_node_of_dot_without_a_label_is_labelled_by_its_own_name() -> None:
    found = read_network(network_in(b'digraph { "x = 2" -> m; "y: 3" -> m; m [op=mul, label="L = 6"] }'))
    assert [(node.name, node.value) for node in found.graph.nodes()] == [("x", 2), ("L", None), ("y", 3)]
    assert found.notes == []


def of_leaf(label: str) -> Foreign:
    return read_network(network_in(f'digraph {{ q [label="{label}"]; q -> n; n [op=neg] }}'.encode()))


@pytest.mark.parametrize(
    ("label", "name", "value"),
    [
        (r"x\n2.5", "x", 2.5), ("x\n value = 2", "x", 2.0), ("learning rate = 1e-2", "learning rate", 0.01),
        ("x := −2", "x", -2.0), ("{ x | data 3.0 | grad 0.5 }", "x", 3.0), ("x_1: 2.5", "x_1", 2.5),
        ("val 4.5", "q", 4.5), ("value = 4", "q", 4.0),
    ],
)  # fmt: skip
def test_all_of_such_a_label_is_read(label: str, name: str, value: float) -> None:
    found = of_leaf(label)
    assert (found.graph.nodes()[0].name, found.graph.nodes()[0].value) == (name, value)
    assert found.notes == []


@pytest.mark.parametrize("label", ["layer1.weight", "layer 1", "gradient step size", "dataset", "x₁", "θ′"])
def test_words_are_a_name(label: str) -> None:
    found = of_leaf(label)
    assert found.graph.nodes()[0].name == label
    assert found.notes == [f"{label} has no value and starts at 1"]


@pytest.mark.parametrize(
    "label",
    ["x 2.0", "x = ?", "x = 2 m", "x == 2", "w:0", "a*b", "tanh", "grad = 0.5", "<b>4</b>", r"\nabla"],
)
def test_a_label_of_which_nothing_is_taken_is_told(label: str) -> None:
    found = of_leaf(label)
    assert found.graph.nodes()[0].name == "q"
    assert found.notes[-1] == f"not used: the label “{label}” of q"


def test_what_a_label_says_beside_what_is_taken_is_told() -> None:
    assert of_leaf("{ x | shape: 3 }").notes[-1] == "not used: the label “{ x | shape: 3 }” of x"
    assert of_leaf("sum = 3").notes == ["not used: the label “sum = 3” of q"]
    other = b'digraph { q [value=1, label="x = 2"]; n [op=neg, name=h, label="hidden"]; q -> n }'
    assert read_network(network_in(other)).notes == [
        "not used: the label “x = 2” of x, the label “hidden” of h"
    ]


def test_a_number_in_the_label_of_what_is_computed_is_compared() -> None:
    stated = b'digraph { x [value=1]; y [op=neg, label="y = -2"]; x -> y }'
    assert read_network(network_in(stated)).notes == ["y is said to be −2, and comes to −1"]


def test_of_many_labels_that_are_not_used_the_first_are_told() -> None:
    network = nx.DiGraph()
    for place in range(8):
        network.add_node(f"q{place}", label="?", value=1)
        network.add_edge(f"q{place}", "add")
    (note,) = read_network(network).notes
    assert note.endswith("the label “?” of q4, 3 more names or labels")
