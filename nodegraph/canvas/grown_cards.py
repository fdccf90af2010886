"""Cards that an edit makes larger (a longer name, one more port): what they would cover is pushed aside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.graph.changes import Change
from nodegraph.core.layout import expansion

MOST_WATCHED = 2_000
"""Cards of a graph up to which all are looked at: the name of the output stands on each."""

Sizes: TypeAlias = Mapping[str, tuple[float, float]]


def sizes_before(scene: GraphScene, change: Change) -> Sizes:
    """Returns how large those cards are now that a change may make larger."""
    beyond = [p for p in change.beyond_places if not p.is_place_or_value]
    touched = {p.key for p in beyond if p.kind == "node"} | {p.key[0] for p in beyond if p.kind == "edge"}
    if not touched and not any(p.kind == "property" for p in beyond):
        return {}
    rows = scene.far_layer.rows
    if len(rows) <= MOST_WATCHED:
        return dict(zip(rows.keys, map(tuple, rows.values[:, 2:].tolist()), strict=True))
    return _sizes(scene, touched) if len(touched) < MOST_WATCHED else {}


def _sizes(scene: GraphScene, node_ids: set[str]) -> Sizes:
    rows = scene.far_layer.rows
    there = [node_id for node_id in node_ids if node_id in rows.number]
    return dict(zip(there, map(tuple, rows.values[rows.numbers(there), 2:].tolist()), strict=True))


def room_for(scene: GraphScene, before: Sizes) -> Change:
    """Returns the change that makes room for those of these cards that are larger now."""
    now = _sizes(scene, set(before)) if before else {}
    grown = {
        node_id: before[node_id]
        for node_id, (width, height) in now.items()
        if width > before[node_id][0] or height > before[node_id][1]
    }
    if not grown:
        return Change("")
    cards, groups = scene.items_by_id, scene.surroundings.groups
    return expansion.make_room(
        scene.graph,
        grown,
        lambda _graph, node_id: cards.card(node_id).size().toTuple(),
        lambda _graph, group_id: groups[group_id].card_size().toTuple(),
    )
