"""Cards that an edit makes larger (a longer name, one more port): what they would cover is pushed aside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.graph.changes import Change
from nodegraph.core.layout import expansion

MOST_WATCHED = 2_000
"""Cards of a graph up to which all are looked at: the name of the output stands on each."""
MOST_PUSHED = 20_000
"""Cards of a graph up to which room is made: in a larger one it would take longer than an edit may."""

Sizes: TypeAlias = Mapping[str, tuple[float, float]]


class Before(NamedTuple):
    """How large cards were, of nodes and of collapsed groups, by id."""

    nodes: Sizes
    groups: Sizes


def sizes_before(scene: GraphScene, change: Change) -> Before | None:
    """Returns how large those cards are now that a change may make larger; None where it makes none so."""
    if len(change.beyond_places) > MOST_PUSHED or len(scene.far_layer.rows) > MOST_PUSHED:
        return None
    beyond = [p for p in change.beyond_places if not p.is_place_or_value]
    touched = {p.key for p in beyond if p.kind == "node"} | {p.key[0] for p in beyond if p.kind == "edge"}
    if not touched and not any(p.kind in ("property", "group") for p in beyond):
        return None
    if len(rows := scene.far_layer.rows) <= MOST_WATCHED:
        touched = set(rows.keys)
    elif len(touched) > MOST_WATCHED:
        return None
    return Before(_sizes(scene, touched), _group_sizes(scene))


def room_for(scene: GraphScene, before: Before) -> Change:
    """Returns the change that makes room for those of these cards that are larger now."""
    nodes = _grown(before.nodes, _sizes(scene, set(before.nodes)))
    grown_groups = _grown(before.groups, _group_sizes(scene))
    if not nodes and not grown_groups:
        return Change("")
    cards, groups = scene.items_by_id, scene.surroundings.groups
    return expansion.make_room(
        scene.graph,
        nodes,
        lambda _graph, node_id: cards.card(node_id).size().toTuple(),
        lambda _graph, group_id: groups[group_id].card_size().toTuple(),
        grown_groups,
    )


def _sizes(scene: GraphScene, node_ids: set[str]) -> Sizes:
    rows = scene.far_layer.rows
    there = [node_id for node_id in node_ids if node_id in rows.number]
    return dict(zip(there, map(tuple, rows.values[rows.numbers(there), 2:].tolist()), strict=True))


def _group_sizes(scene: GraphScene) -> Sizes:
    return {item.group.id: item.card_size().toTuple() for item in scene.surroundings.collapsed()}


def _grown(before: Sizes, now: Sizes) -> Sizes:
    """Returns how large those were that are larger now."""
    both = ((key, before[key], size) for key, size in now.items() if key in before)
    return {key: was for key, was, size in both if size[0] > was[0] or size[1] > was[1]}
