"""What a played step changes in a view: the few cards, edges and chips that it touches, and the numbers that
travel. Nothing else is painted again, however much is in view. While steps are scrubbed through, the one
rectangle round all that looks different is.

Reads what the scene shows; paints nothing. Whose card begins or ends to be active asks for its own repaint.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QRegion

from nodegraph.canvas.drawing.cells import round_pieces, round_shown
from nodegraph.canvas.drawing.edge_styles import Looks, of_edges
from nodegraph.canvas.items.edge_picture import FAR_SCALE
from nodegraph.canvas.scene import hit_test
from nodegraph.canvas.viewport.frame_changes import MOST, RIM, chip_shown, pixels, pulse_rects
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
    if before is None or shown is None or standing is None:
        return None
    if not _tells_where(view):
        return None
    nodes, edges = nodes_between(before, standing), edges_between(shown, frame)
    if nodes is None or edges is None:
        return _differing_in_view(view, before, frame) if before is shown and standing is frame else None
    return Touched(nodes, edges)


def _tells_where(view: Camera) -> bool:
    """Whether cards, edges and chips are all that a frame changes in a view: collapsed groups show numbers of
    their members.
    """
    return view.isVisible() and view.zoom >= FAR_SCALE and not view.graph_scene.surroundings.collapsed()


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


class ShownBefore(NamedTuple):
    """How edges looked before another frame, and which were those of the step."""

    looks: Looks
    active: frozenset[EdgeKey]


def shown_before(view: Camera, frame: Frame) -> ShownBefore | None:
    """Returns what is to be remembered for `round_changed` once this frame takes the place of the one that is
    shown; None where all of a view is to be painted again.
    """
    showing = view.graph_scene.showing
    if showing.frame is None or not showing.has_landed or not _tells_where(view):
        return None
    (trace, position), forward = (showing.frame.trace, showing.frame.position), frame.trace.forward_steps
    if trace is not frame.trace or (position > forward) != (frame.position > forward):
        return None  # once derivatives are carried, no edge shows what it carried forward
    return ShownBefore(showing.carried_looks(), showing.active_edges)


def round_changed(view: Camera, before: ShownBefore | None) -> QRect:
    """Returns the rectangle of a view, in its pixels, that holds all that looks different from before."""
    whole, scene, seen = view.viewport().rect(), view.graph_scene, view.seen()
    cards, layer, showing = view.in_motion.changed_cards(), scene.edge_layer, scene.showing
    is_known = layer.picture.serves(seen, view.zoom * view.devicePixelRatioF())
    if before is None or cards is None or not is_known:
        return whole
    looks, reach, rim = showing.carried_looks(), scene.chip_layer.reach, layer.picture.rim(view.zoom)
    edges = layer.visible(seen.adjusted(-reach, -reach, reach, reach))
    active = layer.rows.numbers(list((before.active | showing.active_edges) & layer.rows.number.keys()))
    numbers = np.append(edges[before.looks[edges] != looks[edges]], active)
    if len(cards) + len(numbers) > MOST:
        return whole
    rects = [card.sceneBoundingRect() for card in cards]
    if len(numbers):
        rects.append(round_pieces(layer.points[numbers], seen, rim))
        rects += _chips_of(view, before, numbers)
    found = round_shown(rects, seen.adjusted(-RIM, -RIM, RIM, RIM))
    return pixels(view, found) & whole if not found.isEmpty() else QRect()


def _chips_of(view: Camera, before: ShownBefore, numbers: NDArray[np.intp]) -> list[QRectF]:
    """Returns what the chips of the edges with these numbers may cover before and now, in the scene. Those
    that are looked at find their places; one that waits for a place at rest asks for a repaint of its own.
    """
    scene = view.graph_scene
    layer, showing, scale = scene.chip_layer, scene.showing, view.zoom * scene.text_scale
    shown = layer.chipped(view.seen(), scale, among=np.unique(numbers))
    found, looked_at = layer.covered({*shown, *before.active}), [*filter(showing.is_looked_at, shown)]
    for key in looked_at:
        chip = showing.chip(key)
        if chip is not None:
            showing.chip_rect(key, chip[0])
    return found + layer.covered(looked_at)


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
