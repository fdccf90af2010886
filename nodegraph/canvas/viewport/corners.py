"""Corners of the view in which something may lie without covering a card or a number. Knows what is drawn
there, not what is to lie on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize

from nodegraph.canvas.scene import hit_test

if TYPE_CHECKING:
    from nodegraph.canvas.viewport.camera import Camera

CLEAR_PX = 4
"""How far away cards must be."""
MOST_EDGES = 500
"""Edges near a corner from which on it counts as one that they pass through."""
LEAST_STEP_PX, RIM_PX = 32, 8
"""How far apart at least the places are that are tried for a note, and from the rim of the view."""


def free_corner(
    view: Camera,
    size: QSize,
    corners: Sequence[QPoint],
    taken: Sequence[QRect] = (),
    covered: Sequence[QRect] | None = None,
) -> QPoint | None:
    """Returns the first of these places, of its upper left corner, at which something of this size covers
    neither a card, a number, what is taken, nor what lies over the view (`covered`, else all of that), and
    rather one through which no edge passes and in which no note lies; None where every one covers something.
    """
    room, taken = view.room(), [*taken, *(view.covered if covered is None else covered)]
    crossed: QPoint | None = None
    view.graph_scene.far_layer.in_rect(view.seen())  # then each corner is looked for among what is near
    for corner in corners:
        box = QRect(corner, size)
        if not room.contains(box) or any(box.intersects(other) for other in taken):
            continue
        place = view.mapToScene(box.adjusted(-CLEAR_PX, -CLEAR_PX, CLEAR_PX, CLEAR_PX)).boundingRect()
        if _is_clear(view, place):
            if not _is_crossed(view, place):
                return corner
            crossed = corner if crossed is None else crossed  # a point at 0, 0 is false
    return crossed


def place_for_note(view: Camera, rect: QRectF) -> QPointF:
    """Returns the place in view nearest to where a note would lie at which there is no card, number, edge or
    other note; that one where there is no such place.
    """
    box, room = view.mapFromScene(rect).boundingRect(), view.room().adjusted(RIM_PX, RIM_PX, -RIM_PX, -RIM_PX)
    across, down = (max(LEAST_STEP_PX, side // 4) for side in box.size().toTuple())
    columns = range(room.left(), room.right() - box.width(), across)
    rows = range(room.top(), room.bottom() - box.height(), down)
    corners = sorted(
        (QPoint(x, y) for x in columns for y in rows),
        key=lambda corner: (corner - box.topLeft()).manhattanLength(),
    )
    notes = view.graph_scene.surroundings.notes.values()
    taken = [view.mapFromScene(note.rect).boundingRect() for note in notes]
    found = free_corner(view, box.size(), [box.topLeft(), *corners], taken)
    if found in (None, box.topLeft()):
        return rect.topLeft()
    place = view.mapToScene(QRect(found, box.size())).boundingRect()
    return rect.topLeft() if _is_crossed(view, place) else place.topLeft()


def _is_crossed(view: Camera, place: QRectF) -> bool:
    """Whether an edge passes there, or a note lies there."""
    edges, notes = view.graph_scene.edge_layer, view.graph_scene.surroundings.notes.values()
    if any(note.rect.intersects(place) for note in notes):
        return True
    return len(edges.visible(place)) > MOST_EDGES or len(edges.passing(place)) > 0


def _is_clear(view: Camera, place: QRectF) -> bool:
    scene = view.graph_scene
    if any(item.rect.intersects(place) for item in scene.surroundings.collapsed()):
        return False
    if hit_test.is_any_card_in(scene, place):
        return False
    scale = view.zoom * scene.text_scale
    shown = set(scene.chip_layer.chipped(view.seen(), scale))  # of a crowded view hardly any
    numbered = [key for key in scene.chip_layer.chipped(place, scale) if key in shown]
    return not any(rect.intersects(place) for key in numbered for rect in scene.chip_layer.labels(key))
