"""What a played step changes in a view: the few cards, edges and chips that it touches, and the numbers that
travel. Nothing else is painted again, however much is in view.

Reads what the scene shows; paints nothing. Whose card begins or ends to be active asks for its own repaint.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QRegion

from nodegraph.canvas.items.edge_picture import FAR_SCALE
from nodegraph.canvas.viewport.frame_changes import RIM, chip_shown, pixels, pulse_rects
from nodegraph.core.engine.steps_between import edges_between, nodes_between

if TYPE_CHECKING:
    from nodegraph.canvas.viewport.camera import Camera
    from nodegraph.core.engine.trace import Frame
    from nodegraph.core.graph.records import EdgeKey


@dataclass(frozen=True)
class Touched:
    """The nodes and edges that look different after a step has begun or landed."""

    nodes: Set[str]
    edges: Set[EdgeKey]


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
    return None if nodes is None or edges is None else Touched(nodes, edges)


def region_of(view: Camera, parts: Touched | None) -> QRegion:
    """Returns where these parts, and travelling numbers, are in a view now, in its pixels."""
    if parts is None:
        return QRegion(view.viewport().rect())
    scene, region = view.graph_scene, QRegion()
    for card in scene.items_by_id.made(parts.nodes):
        region |= pixels(view, card.sceneBoundingRect())
    layer, rim = scene.edge_layer, RIM * max(1.0, scene.text_scale)
    for key in parts.edges & layer.rows.number.keys():
        left, top, right, bottom = layer.boxes[layer.rows.number[key]].tolist()
        rect = QRectF(QPointF(left, top), QPointF(right, bottom)).adjusted(-rim, -rim, rim, rim)
        chip = _chip(view, key)
        region |= pixels(view, rect if chip is None else rect.united(chip))
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
