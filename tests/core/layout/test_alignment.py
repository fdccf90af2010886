"""Align and distribute, by the sizes of the cards."""

from __future__ import annotations

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.graph import edits
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout import alignment
from nodegraph.core.layout.alignment import Side
from tests.core.applying import applied, refusal

SIZES = {"a": (100.0, 50.0), "b": (60.0, 30.0), "y": (20.0, 10.0)}


def size(graph: Graph, node_id: str) -> tuple[float, float]:
    return SIZES[node_id]


@pytest.fixture
def three() -> Graph:
    """Three cards of different sizes."""
    graph = parse("y = a*b")
    graph.apply(edits.move(graph, {"a": (0, 0), "b": (150, 200), "y": (400, 90)}))
    return graph


def places(graph: Graph) -> dict[str, tuple[float | None, float | None]]:
    return {node.id: (node.x, node.y) for node in graph.nodes()}


@pytest.mark.parametrize(
    ("side", "expected"),
    [
        ("left", {"a": (0, 0), "b": (0, 200), "y": (0, 90)}),
        ("right", {"a": (320, 0), "b": (360, 200), "y": (400, 90)}),
        ("centre", {"a": (160, 0), "b": (180, 200), "y": (200, 90)}),
        ("top", {"a": (0, 0), "b": (150, 0), "y": (400, 0)}),
        ("bottom", {"a": (0, 180), "b": (150, 200), "y": (400, 220)}),
        ("middle", {"a": (0, 90), "b": (150, 100), "y": (400, 110)}),
    ],
)
def test_a_side_is_brought_in_line(three: Graph, side: Side, expected: object) -> None:
    change = alignment.align(three, ["a", "b", "y"], side, size)
    assert change.name == "Align 3 nodes"
    assert places(applied(three, change)) == expected
    assert not alignment.align(three, ["a", "b", "y"], side, size)


def test_gaps_are_made_even_and_the_outermost_stay(three: Graph) -> None:
    applied(three, alignment.distribute(three, ["y", "b", "a"], "horizontally", size))
    assert places(three) == {"a": (0, 0), "b": (220, 200), "y": (400, 90)}
    applied(three, alignment.distribute(three, ["y", "b", "a"], "vertically", size))
    assert places(three) == {"a": (0, 0), "b": (220, 200), "y": (400, 120)}


def test_too_few_nodes_are_refused(three: Graph) -> None:
    assert "two nodes" in refusal(lambda: alignment.align(three, ["a", "a"], "left", size))
    assert "three nodes" in refusal(lambda: alignment.distribute(three, ["a", "b"], "vertically", size))
    assert "no longer there" in refusal(lambda: alignment.align(three, ["a", "gone"], "left", size))
