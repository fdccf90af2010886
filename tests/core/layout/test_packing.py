"""Parts that are not connected fill the canvas as large as can be, in their order."""

from __future__ import annotations

import pytest

from nodegraph.core.graph.edits import move
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, Node
from nodegraph.core.layout.packing import PART_GAP, beneath, in_reading_order, packed, scale_of
from nodegraph.core.layout.placement import node_size, place


def pairs(count: int) -> Graph:
    """Parts of two nodes each: a0 feeds b0, and so on."""
    nodes, edges = [], []
    for number in range(count):
        nodes.append(Node(f"a{number}", "input", f"a{number}", 1.0, rank=2 * number))
        nodes.append(Node(f"b{number}", "tanh", f"b{number}", rank=2 * number + 1))
        edges.append(Edge(f"a{number}", f"b{number}", 0))
    return Graph.of(nodes, edges)


def whole(graph: Graph) -> tuple[float, float]:
    places = [(node.x or 0.0, node.y or 0.0, *node_size(graph, node.id)) for node in graph.nodes()]
    return max(x + width for x, _, width, _ in places), max(y + height for _, y, _, height in places)


def read(graph: Graph) -> list[str]:
    """The inputs, row by row."""
    return sorted(
        (node.id for node in graph.nodes() if node.op == "input"),
        key=lambda node_id: (graph.node(node_id).y, graph.node(node_id).x),
    )


@pytest.mark.parametrize("aspect", [0.4, 1.0, 2.4, 5.0])
def test_many_parts_are_as_wide_or_high_as_the_canvas(aspect: float) -> None:
    graph = pairs(30)
    graph.apply(place(graph, aspect=aspect))
    width, height = whole(graph)
    assert 0.6 * aspect < width / height < 1.7 * aspect


def test_in_no_canvas_parts_are_seen_smaller_than_beneath_each_other() -> None:
    sizes = [(900.0, 200.0), (300.0, 100.0), (300.0, 400.0), (120.0, 80.0)]
    for aspect in (0.2, 0.7, 1.6, 3.0):
        corners = packed(sizes, aspect)
        right = max(x + width for (x, _), (width, _) in zip(corners, sizes, strict=True))
        bottom = max(y + height for (_, y), (_, height) in zip(corners, sizes, strict=True))
        stacked = 900.0, sum(height for _, height in sizes) + 3 * PART_GAP
        assert scale_of((right, bottom), aspect) >= scale_of(stacked, aspect)
    assert [x for x, _ in beneath(sizes)] == [0.0] * 4
    assert packed([]) == []


def test_parts_keep_the_order_in_which_they_lie() -> None:
    graph = pairs(7)
    graph.apply(place(graph, aspect=2.0))
    first = {node.id: (node.x, node.y) for node in graph.nodes()}
    graph.apply(place(graph, aspect=2.0))
    assert {node.id: (node.x, node.y) for node in graph.nodes()} == first
    places = {
        "a0": first["a6"], "b0": first["b6"], "a6": first["a0"], "b6": first["b0"],
    }  # fmt: skip
    graph.apply(move(graph, {node_id: (x or 0.0, y or 0.0) for node_id, (x, y) in places.items()}))
    graph.apply(place(graph, aspect=2.0))
    assert read(graph) == ["a6", "a1", "a2", "a3", "a4", "a5", "a0"]


def test_what_begins_above_the_middle_of_the_first_is_in_its_row() -> None:
    boxes = [((500.0, 40.0), (100.0, 100.0)), ((0.0, 60.0), (100.0, 100.0)), ((0.0, 200.0), (100.0, 100.0))]
    assert in_reading_order(boxes) == [1, 0, 2]
