"""Align and distribute: nodes in line, and at even distances. Knows places and sizes, nothing of paint.

As `edits`: each function returns the Change that does it, or raises Refused with a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from nodegraph.core.errors import Refused
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.edits import move
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout.card_size import node_size
from nodegraph.core.layout.placement import Size

Side = Literal["left", "centre", "right", "top", "middle", "bottom"]
Axis = Literal["horizontally", "vertically"]

_ALONG: dict[Side, tuple[int, float]] = {
    "left": (0, 0.0),
    "centre": (0, 0.5),
    "right": (0, 1.0),
    "top": (1, 0.0),
    "middle": (1, 0.5),
    "bottom": (1, 1.0),
}
"""For each side, its axis and how far along a card it is."""


def align(graph: Graph, node_ids: Iterable[str], side: Side, size: Size = node_size) -> Change:
    """Bring the same side of all these nodes in line: the outermost one's, or the middle of them all."""
    if side not in get_args(Side):
        raise Refused(f"Nodes can be aligned {', '.join(get_args(Side))}.")
    axis, part = _ALONG[side]
    spans = _spans(graph, node_ids, axis, size, 2)
    start, stop = min(low for low, _ in spans.values()), max(high for _, high in spans.values())
    line = start + part * (stop - start)
    moved = {node_id: line - part * (high - low) for node_id, (low, high) in spans.items()}
    return Change(f"Align {len(spans)} nodes", _moved(graph, moved, axis).patches)


def distribute(graph: Graph, node_ids: Iterable[str], along: Axis, size: Size = node_size) -> Change:
    """Make the gaps between nodes even; the two outermost stay."""
    if along not in get_args(Axis):
        raise Refused(f"Nodes can be distributed {' or '.join(get_args(Axis))}.")
    axis = 0 if along == "horizontally" else 1
    spans = _spans(graph, node_ids, axis, size, 3)
    order = sorted(spans, key=lambda node_id: (sum(spans[node_id]), graph.node(node_id).rank))
    first, last = spans[order[0]], spans[order[-1]]
    inner = order[1:-1]
    filled = sum(high - low for low, high in (spans[node_id] for node_id in inner))
    gap = (last[0] - first[1] - filled) / (len(inner) + 1)
    moved, place = {}, first[1] + gap
    for node_id in inner:
        low, high = spans[node_id]
        moved[node_id] = place
        place += high - low + gap
    return Change(f"Distribute {len(spans)} nodes", _moved(graph, moved, axis).patches)


def _spans(
    graph: Graph, node_ids: Iterable[str], axis: int, size: Size, least: int
) -> dict[str, tuple[float, float]]:
    """Where each card begins and ends along an axis."""
    spans = {}
    for node_id in dict.fromkeys(node_ids):
        if node_id not in graph:
            raise Refused("That node is no longer there.")
        start = graph.node(node_id).place[axis]
        spans[node_id] = (start, start + size(graph, node_id)[axis])
    if len(spans) < least:
        raise Refused(f"Select {'two' if least == 2 else 'three'} nodes or more first.")
    return spans


def _moved(graph: Graph, along: dict[str, float], axis: int) -> Change:
    places = {node_id: graph.node(node_id).place for node_id in along}
    return move(
        graph,
        {i: (place, places[i][1]) if axis == 0 else (places[i][0], place) for i, place in along.items()},
    )
