"""What another frame changes in a view: compares what cards, edges and chips show before and after, so that
only what differs is painted again.

Reads what the scene shows; paints nothing. Whatever changes for another reason asks for its own repaint.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QRegion

from nodegraph.canvas.items import badges
from nodegraph.canvas.items.chip_layer import pulse_rect
from nodegraph.canvas.items.edge_picture import FAR_SCALE
from nodegraph.canvas.scene import hit_test

if TYPE_CHECKING:
    from nodegraph.canvas.items.node_item import NodeItem
    from nodegraph.canvas.scene.scene import GraphScene
    from nodegraph.canvas.viewport.camera import Camera
    from nodegraph.core.graph.records import EdgeKey

Part: TypeAlias = tuple[str, Hashable]
"""A card, an edge, a chip or a travelling number: its kind, and which of that kind."""
Contents: TypeAlias = dict[Part, tuple[Hashable, QRectF]]
"""What each part shows of the frame, and the rectangle of the scene that it covers."""

MOST = 60
"""Cards and edges in view up to which comparing costs less than painting the whole view."""
RIM = 16.0
"""How far an edge's line, or the border of a chip, reaches beyond its box at most."""


def contents(view: Camera) -> Contents | None:
    """Returns what the parts in view show of the frame; None where the whole view is to be painted again."""
    scene = view.graph_scene
    if scene.frame is None or view.zoom < FAR_SCALE or not view.isVisible() or scene.surroundings.collapsed():
        return None  # collapsed groups show numbers of their members
    seen = view.seen()
    edges = scene.edge_layer.visible(seen)
    if len(edges) + len(scene.far_layer.in_rect(seen)) > MOST:
        return None
    cards = hit_test.cards_in(scene, seen)
    chipped = scene.chip_layer.chipped(seen, view.zoom * scene.text_scale)
    wording = scene.showing.derivative_symbol("")
    return {
        **{("card", item.node.id): _card(scene, item, wording) for item in cards},
        **dict(_edges(scene, scene.frame.phase, edges)),
        **{("chip", key): shown for key in chipped if (shown := chip_shown(scene, key)) is not None},
        **dict(_pulses(scene)),
    }


def changed(view: Camera, before: Contents | None, after: Contents | None) -> QRegion:
    """Returns the part of the viewport that looks different, in its pixels."""
    if before is None or after is None:
        return QRegion(view.viewport().rect())
    region = QRegion()
    for part in before.keys() | after.keys():
        was, now = before.get(part), after.get(part)
        if was != now:
            for _shown, rect in filter(None, (was, now)):
                region |= pixels(view, rect)
    return region


def pixels(view: Camera, rect: QRectF) -> QRect:
    """Returns the pixels of a view in which something of this rectangle of the scene may be painted."""
    return view.mapFromScene(rect).boundingRect().adjusted(-2, -2, 2, 2)


def _card(scene: GraphScene, item: NodeItem, wording: str) -> tuple[Hashable, QRectF]:
    node_id, showing = item.node.id, scene.showing
    said = wording, node_id in showing.problems, showing.asks(node_id), *badges.patch_of(scene, node_id)
    return (showing.numbers.seen(node_id), *said), item.sceneBoundingRect()


def _edges(
    scene: GraphScene, phase: str, numbers: NDArray[np.intp]
) -> Iterator[tuple[Part, tuple[Hashable, QRectF]]]:
    layer, looks = scene.edge_layer, scene.showing.edge_looks()[numbers].tolist()
    for number, look, box in zip(numbers.tolist(), looks, layer.boxes[numbers].tolist(), strict=True):
        rect = QRectF(QPointF(*box[:2]), QPointF(*box[2:])).adjusted(-RIM, -RIM, RIM, RIM)
        yield ("edge", layer.rows.keys[number]), ((look, phase), rect)


def chip_shown(scene: GraphScene, key: EdgeKey) -> tuple[Hashable, QRectF] | None:
    """Returns what the chip of an edge shows, and the rectangle of the scene that it covers; None where it
    has none.
    """
    showing = scene.showing
    chip = showing.chip(key)
    if chip is None:
        return None
    stands_out, marks = (key in showing.active_edges, showing.is_looked_at(key)), showing.edge_badges(key)
    rect, aside = showing.chip_rect(key, chip[0]), badges.OVERHANG if marks else RIM
    below = badges.REACH if marks else RIM
    rim = [reach * scene.showing.chips.scale for reach in (-aside, -RIM, aside, below)]
    return (chip, rect.getRect(), stands_out, *marks), rect.adjusted(*rim)


def pulse_rects(scene: GraphScene) -> Iterator[QRectF]:
    """Yield the rectangle of the scene that each travelling number covers."""
    for place, text, _ink in scene.showing.pulses():
        yield pulse_rect(place, text, scene.showing.chips.scale)


def _pulses(scene: GraphScene) -> Iterator[tuple[Part, tuple[Hashable, QRectF]]]:
    for rect, (_place, text, ink) in zip(pulse_rects(scene), scene.showing.pulses(), strict=True):
        yield ("pulse", rect.getRect()), ((text, ink), rect)
