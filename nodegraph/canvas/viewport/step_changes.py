"""What a played step changes in a view: the few cards, edges and chips that it touches, and the numbers that
travel. Nothing else is painted again, however much is in view.

Reads what the scene shows; paints nothing. Whose card begins or ends to be active asks for its own repaint.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QRegion

from nodegraph.canvas.drawing.edge_styles import of_edges
from nodegraph.canvas.items.edge_picture import FAR_SCALE
from nodegraph.canvas.scene import hit_test
from nodegraph.canvas.viewport.frame_changes import chip_shown, pixels, pulse_rects
from nodegraph.core.engine.steps_between import differing_nodes, edges_between, nodes_between

if TYPE_CHECKING:
    from nodegraph.canvas.viewport.camera import Camera
    from nodegraph.core.engine.trace import Frame
    from nodegraph.core.graph.records import EdgeKey


MOST_DIFFERING = 16
"""Cards and edges that differ, up to which finding where costs less than painting the whole view."""


@dataclass(frozen=True)
class Touched:
    """The nodes and edges that look different after a step has begun or landed."""

    nodes: set[str]
    edges: set[EdgeKey]


def touched(view: Camera, frame: Frame, standing: Frame | None) -> Touched | None:
    """Returns what looks different once `frame` takes the place of the one that is shown, while the numbers
    of `standing` are on the cards; None where the whole view is to be painted again.
    """
    scene = view.graph_scene
    before, shown = scene.showing.visible, scene.frame
    if before is None or shown is None or standing is None or not view.isVisible():
        return None
    if view.zoom < FAR_SCALE or scene.surroundings.collapsed():
        return None  # collapsed groups show numbers of their members
    nodes, edges = nodes_between(before, standing), edges_between(shown, frame)
    if nodes is None or edges is None:
        return _differing_in_view(view, before, frame) if before is shown and standing is frame else None
    return Touched(nodes, edges)


def _differing_in_view(view: Camera, before: Frame, after: Frame) -> Touched | None:
    """Returns what in view looks different in two frames, however far apart; None where much or all does."""
    scene, trace = view.graph_scene, after.trace
    differs, is_back = (
        differing_nodes(before, after),
        [f.position > trace.forward_steps for f in (before, after)],
    )
    if differs is None or is_back[0] != is_back[1]:
        return None
    cards, layer, seen, largest = scene.far_layer, scene.edge_layer, view.seen(), scene.showing.largest
    nodes = cards.in_rect(hit_test.grown(scene, seen))
    there = cards.rows.numbers_in(trace.plan.number)[nodes]
    nodes = nodes[differs[there] | (there < 0)]
    edges = layer.visible(seen)
    carried = layer.rows.numbers_in(trace.edge_number)[edges]
    edges = edges[of_edges(before, carried, largest) != of_edges(after, carried, largest)]
    if len(nodes) + len(edges) > MOST_DIFFERING:
        return None
    active = before, after
    return Touched(
        {cards.rows.keys[n] for n in nodes.tolist()}.union(*(f.active_nodes for f in active)),
        {layer.rows.keys[n] for n in edges.tolist()}.union(*(f.active_edges for f in active)),
    )


def region_of(view: Camera, parts: Touched | None) -> QRegion:
    """Returns where these parts, and travelling numbers, are in a view now, in its pixels."""
    region = numbers_of(view, parts)
    if parts is None:
        return region
    scene = view.graph_scene
    for card in scene.items_by_id.made(parts.nodes):
        region |= pixels(view, card.sceneBoundingRect())
    layer = scene.edge_layer
    points = layer.points[layer.rows.numbers(list(parts.edges & layer.rows.number.keys()))]
    for rect in layer.picture.reached(points, view.seen(), view.zoom):
        region |= pixels(view, rect)
    return region


def numbers_of(view: Camera, parts: Touched | None) -> QRegion:
    """Returns where the chips of these edges, and travelling numbers, are in a view now, in its pixels."""
    if parts is None:
        return QRegion(view.viewport().rect())
    scene, region = view.graph_scene, QRegion()
    for key in parts.edges.intersection(scene.chip_layer.chipped(view.seen(), view.zoom * scene.text_scale)):
        chip = _chip(view, key)
        if chip is not None:
            region |= pixels(view, chip)
    for rect in pulse_rects(scene):
        region |= pixels(view, rect)
    return region


def moving(view: Camera) -> QRegion:
    """Returns where something moves while a step's numbers travel: the numbers, and the chips that open."""
    scene, region = view.graph_scene, QRegion()
    opening = () if scene.showing.is_open else scene.showing.active_edges
    for key in opening:
        chip = _chip(view, key)
        if chip is not None:
            region |= pixels(view, chip)
    for rect in pulse_rects(scene):
        region |= pixels(view, rect)
    return region


def _chip(view: Camera, key: EdgeKey) -> QRectF | None:
    """The rectangle of the scene that the chip of an edge covers; None where none can be read so small."""
    if view.zoom * view.graph_scene.text_scale < FAR_SCALE:
        return None
    chip = chip_shown(view.graph_scene, key)
    return None if chip is None else chip[1]
