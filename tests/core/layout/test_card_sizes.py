"""The sizes of all cards at once are those that each card has by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodegraph.core.building.expression import parse
from nodegraph.core.building.shapes import graph_of, random_shape
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.edits import port_count, port_counts
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, Node
from nodegraph.core.layout import card_size
from nodegraph.core.layout.card_size import card_sides, card_width, header_symbol, node_size
from nodegraph.core.layout.card_sizes import card_sizes
from nodegraph.core.layout.placement import place
from nodegraph.core.typeset import joined

NAMES = [
    *("x", "n12", "n_12", "n1_2", "loss2", "alpha", "alpha_2", "sigma1", "σ_1", "αβ", "learning_rate", "Ω"),
    *("x1234567890123", "a very long name that no card has room for", "名前", "w 1", "A0", "i1", "é3", "b_"),
]


def found(graph: Graph) -> list[tuple[float, float]]:
    ports = list(port_counts(graph).values())
    return [(width, height) for width, height in card_sizes(graph, ports).tolist()]


def one_by_one(graph: Graph) -> list[tuple[float, float]]:
    return [node_size(graph, node.id) for node in graph.nodes()]


@pytest.mark.parametrize("direction", Direction)
@given(
    names=st.lists(
        st.sampled_from(NAMES) | st.from_regex(r"[A-Za-z]{1,6}_?[0-9]{0,14}", fullmatch=True), unique=True
    ),
    chance=st.randoms(use_true_random=False),
)
def test_sizes_at_once_are_those_of_each_card(direction: Direction, names: list[str], chance: object) -> None:
    ops = ("input", "constant", "add", "relu", "no such operation")
    nodes = [
        Node(f"id{place}", chance.choice(ops), name, 1.0, chance.random() < 0.8, rank=place)  # type: ignore[attr-defined]
        for place, name in enumerate(names)
    ]
    adding = [node for node in nodes if node.op == "add"]
    edges = [
        Edge(nodes[0].id, node.id, port)
        for node in adding
        for port in range(chance.randrange(40))  # type: ignore[attr-defined]
        if node is not nodes[0]
    ]
    graph = Graph.of(nodes, edges, {"direction": direction.value})
    assert found(graph) == one_by_one(graph)


def test_a_graph_without_nodes_has_no_sizes() -> None:
    assert card_sizes(Graph(), []).shape == (0, 2)


def test_plain_names_and_wider_numbers_are_measured_so() -> None:
    graph = graph_of(random_shape(60, seed=2))
    ports = list(port_counts(graph).values())
    output = graph.output_name
    wanted = [
        card_sides(
            card_width(
                node.name,
                header_symbol(node),
                joined("∂", output, "/∂", node.name),
                is_output=node.id == graph.evident_output,
                number_room=92.0,
            ),
            port_count(graph, node.id),
            graph.direction,
            is_constant=True,
        )
        for node in graph.nodes()
    ]
    sizes = card_sizes(graph, ports, is_typeset=False, number_room=92.0, is_low=True)
    assert [tuple(size) for size in sizes.tolist()] == wanted


def test_ports_are_counted_in_the_order_of_the_nodes() -> None:
    nodes = [Node("b", "add", "b", rank=1), Node("a", "input", "a", 1.0), Node("c", "sum", "c", rank=2)]
    graph = Graph.of(nodes, [Edge("a", "b", 3), Edge("b", "c", 0), Edge("a", "c", 1)])
    counts = port_counts(graph)
    assert list(counts) == ["a", "b", "c"]
    assert counts == {node.id: port_count(graph, node.id) for node in nodes}


def test_a_whole_graph_is_placed_by_cards_that_are_measured_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = parse("e = a*b; L = tanh(e + c_2)**2 + 3")
    asked = place(graph, None, lambda graph, node_id: node_size(graph, node_id))
    monkeypatch.setattr(card_size, "card_width", lambda *_, **__: pytest.fail("a card was measured alone"))
    assert place(graph) == asked
