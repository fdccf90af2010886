"""Edges by their ends, as a graph keeps them."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeAlias

from nodegraph.core.graph.records import Edge

Neighbours: TypeAlias = dict[str, dict[str, dict[int, Edge]]]
"""The edges by one end, then by the other, then by port."""


def by_ends(node_ids: Collection[str], edges: Collection[Edge]) -> tuple[Neighbours, Neighbours, int]:
    """Returns the edges by source and target, by target and source, and how many there are.

    The two share their innermost dicts. KeyError for an edge that begins or ends at no node.
    """
    targets: Neighbours = {node_id: {} for node_id in node_ids}
    sources: Neighbours = {node_id: {} for node_id in node_ids}
    for edge in edges:
        leaving = targets[edge.source]
        parallel = leaving.get(edge.target)
        if parallel is None:
            parallel = leaving[edge.target] = sources[edge.target][edge.source] = {}
        parallel[edge.port] = edge
    return targets, sources, len(edges)
