"""Hit tests: the card, port, edge or chip at a place of the scene. Only looks; changes nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF

from nodegraph.canvas.drawing import geometry
from nodegraph.canvas.items import badges
from nodegraph.canvas.items.node_item import NodeItem
from nodegraph.canvas.items.ports import PortHit
from nodegraph.core.graph.naming import listed
from nodegraph.core.graph.records import EdgeKey

if TYPE_CHECKING:
    from nodegraph.canvas.scene.board import Board


MOST_COMPARED = 1000
CLEARANCE = 8.0
"""How far a new card stays away from others."""


def node_at(scene: Board, place: QPointF) -> str | None:
    """The node whose card is topmost here."""
    for item in cards_in(scene, QRectF(place, place).adjusted(-1, -1, 1, 1)):
        if item.card.contains(place):
            return item.node.id
    return None


def cards_in(scene: Board, rect: QRectF, among: NDArray[np.intp] | None = None) -> list[NodeItem]:
    """The cards that touch a rectangle, topmost first; from far away, too, where Qt holds them hidden. Of all
    cards, or `among` those in these rows.
    """
    if scene.far_layer.isVisible():
        return [scene.items_by_id[node_id] for node_id in scene.far_layer.touched(rect, among)]
    found = map(scene.items_by_id.__getitem__, scene.far_layer.touched(grown(scene, rect), among))
    seen = [item for item in found if item.isVisible() and item.sceneBoundingRect().intersects(rect)]
    return sorted(seen, key=NodeItem.zValue, reverse=True)


def is_any_card_in(scene: Board, rect: QRectF) -> bool:
    """Whether a card, with what may stand below and beside it, touches a rectangle; quick in vast graphs."""
    if not scene.far_layer.isVisible():
        rect = grown(scene, rect)
    return len(scene.far_layer.in_rect(rect)) > 0


def grown(scene: Board, rect: QRectF) -> QRectF:
    """Where a card touches of which anything is in a rectangle, what may stand beside and below it too."""
    side, reach = max(badges.OVERHANG, geometry.MARGIN) * scene.text_scale, badges.REACH * scene.text_scale
    return rect.adjusted(-side, -reach, side, geometry.MARGIN * scene.text_scale)


def drawn(scene: Board, card: QRectF) -> QRectF:
    """What is drawn of a card that lies here, with what may stand beside and below it."""
    side, reach = max(badges.OVERHANG, geometry.MARGIN) * scene.text_scale, badges.REACH * scene.text_scale
    return card.adjusted(-side, -geometry.MARGIN * scene.text_scale, side, reach)


def is_free(scene: Board, rect: QRectF, among: NDArray[np.intp] | None = None) -> bool:
    """Whether no card, of a node or of a collapsed group, and no note would lie under this rectangle; of the
    nodes' all are looked at, or those `among` these rows.
    """
    around = scene.surroundings
    others = (*around.collapsed(), *around.notes.values())
    is_far = scene.far_layer.isVisible()
    cards = scene.far_layer.touched(rect, among) if is_far else cards_in(scene, rect, among)
    return not cards and not any(item.rect.intersects(rect) for item in others)


def free_place(scene: Board, card: QRectF, gap: float) -> QPointF:
    """Find the first free place for a card where it is, or below, or to the right where edges lead down; what
    is in the way stays 6 units off. Returns its top left.

    Steps on which other cards lie are passed over together: where one adds many nodes they are many.
    """
    turned = scene.graph.direction.turned
    step = QPointF(*turned((0.0, turned(card.size().toTuple())[1] + gap)))
    extent = scene.far_layer.extent
    end = QPointF(extent.right(), card.bottom()) if step.x() else QPointF(card.right(), extent.bottom())
    lane = card.united(QRectF(card.topLeft(), end)).adjusted(-6, -6, 6, 6)
    among = scene.far_layer.in_rect(grown(scene, lane))
    taken, steps = _taken_steps(scene, card.adjusted(-6, -6, 6, 6), step, among), 0
    while steps in taken or not is_free(scene, card.translated(step * steps).adjusted(-6, -6, 6, 6), among):
        steps += 1
    return card.topLeft() + step * steps


def _taken_steps(scene: Board, room: QRectF, step: QPointF, among: NDArray[np.intp]) -> set[int]:
    """Returns the numbers of the steps that lead this room onto a card of these rows."""
    direction = scene.graph.direction
    corner = np.array([*room.topLeft().toTuple(), *room.size().toTuple()])
    left, top, width, height = direction.turned_all(corner)
    beside, above, wide, high = direction.turned_all(scene.far_layer.rows.values[among]).T
    _, by = direction.turned(step.toTuple())
    met = (beside <= left + width) & (beside + wide >= left)
    first = np.ceil((above[met] - top - height) / by).clip(0).astype(int)
    last = np.floor((above[met] + high[met] - top) / by).astype(int)
    return {number for one, other in zip(first, last, strict=True) for number in range(one, other + 1)}


def below_others(scene: Board, card: QRectF, *, is_group: bool = False) -> QPointF:
    """Returns the top left of a card where it is, or below the cards and notes that it would lie on, or
    touch, so that it would cover a port. The box of a group lies on no other box either.
    """
    room, around = card.adjusted(-CLEARANCE, -CLEARANCE, CLEARANCE, CLEARANCE), scene.surroundings
    others = [item.rect for item in (*around.collapsed(), *around.notes.values())]
    if is_group:
        others += [item.rect for item in around.groups.values()]
    while (lowest := _lowest_under(scene, room, others)) is not None:
        room.moveTop(geometry.snapped(lowest) + geometry.GRID)
    return room.topLeft() + QPointF(CLEARANCE, CLEARANCE)


def onward_from(scene: Board, rect: QRectF, size: QSizeF, gap: float) -> QPointF:
    """Returns the top left of a card of this size that is led to from the middle of a rectangle."""
    turned = scene.graph.direction.turned
    end, (_, middle) = turned(rect.bottomRight().toTuple())[0], turned(rect.center().toTuple())
    return QPointF(*turned((end + gap, middle - turned(size.toTuple())[1] / 2)))


def _lowest_under(scene: Board, room: QRectF, others: Sequence[QRectF]) -> float | None:
    """How far down the cards of nodes and these others reach that a rectangle overlaps; None if none does."""
    cards = scene.far_layer
    left, top, width, height = cards.rows.values[cards.in_rect(room)].T
    is_under = (left < room.right()) & (left + width > room.left())
    is_under &= (top < room.bottom()) & (top + height > room.top())
    bottoms = [other.bottom() for other in others if other.intersects(room)]
    if is_under.any():
        bottoms.append(float((top + height)[is_under].max()))
    return max(bottoms, default=None)


def overlaps(scene: Board, size: float, gap: float = 0.0) -> int:
    """Returns how many pairs of cards would lie on each other, or nearer than twice a gap, with type of this
    size; not asked of vast graphs.
    """
    left, top, width, height = scene.far_layer.rows.values[:MOST_COMPARED].T
    gap, grows = gap * size, size / scene.text_scale
    left, top, width, height = left - gap, top - gap, width * grows + 2 * gap, height * grows + 2 * gap
    beside = (left[:, None] >= (left + width)[None, :]) | (left[None, :] >= (left + width)[:, None])
    apart = beside | (top[:, None] >= (top + height)[None, :]) | (top[None, :] >= (top + height)[:, None])
    return (int((~apart).sum()) - len(left)) // 2


def port_at(scene: Board, place: QPointF, reach: float) -> PortHit | None:
    """The port nearest to a place, if it is within reach."""
    best, nearest = None, reach
    around = QRectF(place.x() - reach, place.y() - reach, 2 * reach, 2 * reach)
    found = [item.ports() for item in scene.surroundings.collapsed() if item.rect.intersects(around)]
    for ports in found + [_ports(item) for item in cards_in(scene, around)]:
        for hit, center in ports:
            distance = math.dist((center.x(), center.y()), (place.x(), place.y()))
            if distance < nearest:
                best, nearest = hit, distance
    return best


def _ports(item: NodeItem) -> list[tuple[PortHit, QPointF]]:
    ports = len(item.shape_of_card.inputs)
    found = [(PortHit(item.node.id, port), item.input_port(port)) for port in range(ports)]
    return [*found, (PortHit(item.node.id, None), item.output_port())]


def edge_at(scene: Board, place: QPointF, reach: float) -> EdgeKey | None:
    """The edge here, or the edge whose chip is here."""
    return scene.showing.chip_at(place) or scene.edge_layer.at(place, reach)


def tip_at(scene: Board, place: QPointF) -> str:
    """What there is to say about this place beyond what is drawn: the name of a collapsed group's port, a
    problem of its node, or the numbers that have earned it a mark.
    """
    port = _group_port_at(scene, place)
    if port:
        return port
    node_id = node_at(scene, place)
    if node_id is None or scene.frame is None:
        return ""
    return scene.frame.problem(node_id) or scene.showing.trouble(node_id).sentences


def _group_port_at(scene: Board, place: QPointF) -> str:
    """Returns what goes in or out at the port of a collapsed group here, or nothing."""
    reach = geometry.PORT_REACH * scene.text_scale
    near = QRectF(place.x() - reach, place.y() - reach, 2 * reach, 2 * reach)
    graph, found = scene.graph, []
    for item in scene.surroundings.collapsed():
        if not item.rect.intersects(near):
            continue
        sides = [("Input", face, item.input_place(face.source)) for face in item.faces.incoming]
        sides += [("Output", face, item.output_place(face.source)) for face in item.faces.outgoing]
        for side, face, center in sides:
            takers = dict.fromkeys(graph.node(edge.target).name for edge in face.edges)
            takes = f", which goes to {listed(list(takers))}" if takers else ""
            distance = math.dist((center.x(), center.y()), (place.x(), place.y()))
            found.append((distance, f"{side} {graph.node(face.source).name}{takes}"))
    distance, said = min(found, default=(reach, ""))
    return said if distance < reach else ""
