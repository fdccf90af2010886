"""What the chip of an edge must keep clear of: cards and their badges, titles of groups, other chips and
edges, and what lies beyond the picture; and the room that its own badges will take.

So much is kept free from the start as badges take once both passes are through, so that nothing jumps when
one appears. Reads where all lies; places nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from heapq import nsmallest
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QTransform

from nodegraph.canvas.drawing.chip_placement import ChipRooms, Taken
from nodegraph.canvas.items import badges
from nodegraph.canvas.items.badges import badge_of
from nodegraph.canvas.items.chip_layer import CHIP_GAP
from nodegraph.canvas.scene.extent import around
from nodegraph.core.engine import trouble
from nodegraph.core.engine.trace import Frame
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.training.bindings import bound_columns

if TYPE_CHECKING:
    from nodegraph.canvas.scene.board import Board

REACH = 160.0
"""How far beyond its edge a chip may cover something."""
FAR = 1e9
NEAR = 0.75
"""The scale below which the type of chips grows, about as it falls."""

MOST_APART = 12
"""Chips that are looked at, up to which none may lie on another."""

Sides = tuple[float, float, float, float]
"""Left, top, right, bottom."""
NONE = QSizeF(0.0, 0.0)


def about(
    scene: Board,
    key: EdgeKey,
    rooms: ChipRooms,
    below: NDArray[np.float64],
    scale: float,
    *,
    with_lines: bool = True,
) -> Taken:
    """Returns what lies about an edge, beside the chips that have these rooms and, shape (n, 4), the badges
    `below` cards with the titles of groups, for type of this scale; of other edges only their arrowheads
    where not `with_lines`, which are very many in the midst of a large graph.
    """
    layer, number = scene.edge_layer, scene.edge_layer.rows.number[key]
    left, top, right, bottom = layer.boxes[number].tolist()
    reach = REACH * scale
    near = QRectF(QPointF(left, top), QPointF(right, bottom)).adjusted(-reach, -reach, reach, reach)
    cards = scene.far_layer.rows.values[scene.far_layer.in_rect(near)]
    cards[:, 2:] += cards[:, :2]
    groups = [sides(group.rect) for group in scene.surroundings.collapsed()] + _walls(scene)
    chips = [
        sides(room) for other in rooms.near(near) if (room := rooms.get(other)) is not None and other != key
    ]
    seen = layer.visible(near)
    heads = layer.arrowhead_boxes(seen)
    points = layer.points[seen[seen != number] if with_lines else []]
    lines = np.concatenate([points[:, :-1], points[:, 1:]], axis=2).reshape(-1, 4)
    return Taken(
        np.concatenate([cards, as_array(groups), _within(below, near)]),
        np.concatenate([as_array(chips), heads]),
        lines,
        scene.graph.direction,
    )


def eyes_on(scene: Board) -> tuple[object, ...]:
    """Returns what tells whether other edges are looked at than before, however many are."""
    showing = scene.showing
    return (
        showing.active_edges,
        showing.asked_edge,
        showing.hovered,
        *islice(scene.chosen_edges, MOST_APART),
    )


def looked_at(scene: Board) -> tuple[EdgeKey, ...]:
    """Returns the edges whose chips are shown in full, those of the step first: the later ones make way. Of
    very many these are the first few.
    """
    showing, number = scene.showing, scene.edge_layer.rows.number
    active = nsmallest(MOST_APART, (number[key] for key in showing.active_edges if key in number))
    keys = [scene.edge_layer.rows.keys[at] for at in active]
    beside = (showing.asked_edge, *islice(scene.chosen_edges, MOST_APART), showing.hovered)
    keys += [key for key in beside if key is not None and key in number]
    return tuple(filter(showing.is_looked_at, dict.fromkeys(keys)))


def out_of_sight(scene: Board) -> list[Sides]:
    """Returns what lies beyond the view, or beneath panels over it, while that shows the whole picture."""
    drawn = around(scene, scene.graph_rect())
    for view in scene.views():
        seen = view.mapToScene(view.room()).boundingRect()
        if seen.contains(drawn):
            above, below = (-FAR, -FAR, FAR, seen.top()), (-FAR, seen.bottom(), FAR, FAR)
            return [above, below, *_beside(seen)]
    return []


def sides(rect: QRectF) -> Sides:
    """Returns the sides of a rectangle."""
    return rect.left(), rect.top(), rect.right(), rect.bottom()


def as_array(rects: list[Sides]) -> NDArray[np.float64]:
    """Returns rectangles as an array of shape (n, 4)."""
    return np.array(rects, dtype=np.float64).reshape(-1, 4)


def _walls(scene: Board) -> list[Sides]:
    """What lies beyond both sides of the picture, which a wide chip on an edge that leads down must not
    reach out of.
    """
    if scene.graph.direction is Direction.RIGHT:
        return []
    return _beside(around(scene, scene.graph_rect()))


def _beside(drawn: QRectF) -> list[Sides]:
    """All that lies left and right of a rectangle."""
    return [(-FAR, -FAR, drawn.left(), FAR), (drawn.right(), -FAR, FAR, FAR)]


def _within(rects: NDArray[np.float64], place: QRectF) -> NDArray[np.float64]:
    """Those of these rectangles that touch a place."""
    left, top, right, bottom = rects.T
    near = (left <= place.right()) & (right >= place.left())
    return rects[near & (top <= place.bottom()) & (bottom >= place.top())]


# --- badges and titles
def beneath(scene: Board, frame: Frame | None, growth: float) -> NDArray[np.float64]:
    """Returns the badges below cards at a frame, if one is given, and the titles of groups as they are read
    where the type of chips is so much larger; shape (n, 4).
    """
    below = below_cards(scene, frame) if frame is not None else ()
    return as_array([sides(rect) for rect in (*below, *titles(scene, NEAR / growth))])


def below_chip(scene: Board, frame: Frame, key: EdgeKey, chip: QSizeF) -> QSizeF:
    """How wide the badges below a chip will be, and how far they will reach below it."""
    last = frame.trace.last_frame
    if not _shows_marks(scene, frame) or key not in frame.trace.edge_number:
        return NONE
    marks = trouble.trouble_of_edge(last, key, partial(bound_columns, scene.graph)).marks
    large = scene.showing.chips.scale
    box = QRectF(0.0, 0.0, chip.width() / large, chip.height() / large)
    rects = [rect for _, rect in badges.placed_below(list(map(badge_of, marks)), box, CHIP_GAP)]
    if not rects:
        return NONE
    left, right = min(rect.left() for rect in rects), max(rect.right() for rect in rects)
    return QSizeF(right - left, rects[-1].bottom() - box.bottom()) * large


def below_cards(scene: Board, frame: Frame) -> Iterator[QRectF]:
    """The rectangles of the badges below all cards."""
    data, growth = partial(bound_columns, scene.graph), scene.showing.chips.badge_growth
    for node_id in scene.far_layer.rows.keys:
        if node_id not in frame.trace.nodes:
            continue
        told = badges.to_come(frame, node_id, data, shows_marks=_shows_marks(scene, frame))
        awaited = [badge for source in scene.awaited_badges for badge in source(scene, node_id)]
        found = [*told, *awaited]
        item, large = scene.items_by_id[node_id], scene.text_scale
        whole = QTransform.fromTranslate(item.x(), item.y()).scale(large, large)
        yield from (whole.mapRect(rect) for _, rect in badges.placed_round(found, item.shape_of_card, growth))


def titles(scene: Board, scale: float) -> Iterator[QRectF]:
    """Where the titles of open groups stand as they are written at this scale."""
    for item in scene.surroundings.groups.values():
        if not item.group.collapsed:
            yield item.title_place(scale)


def _shows_marks(scene: Board, frame: Frame) -> bool:
    return scene.showing.shows_marks and not frame.guarded
