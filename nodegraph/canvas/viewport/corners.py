"""Corners of the view in which something may lie without covering a card or a number. Knows what is drawn
there, not what is to lie on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize

from nodegraph.canvas.scene import hit_test

if TYPE_CHECKING:
    from nodegraph.canvas.viewport.camera import Camera

CLEAR_PX = 4
"""How far away cards must be."""


def free_corner(
    view: Camera,
    size: QSize,
    corners: Sequence[QPoint],
    taken: Sequence[QRect] = (),
    covered: Sequence[QRect] | None = None,
) -> QPoint | None:
    """Returns the first of these places, of its upper left corner, at which something of this size covers
    neither a card, a number, what is taken, nor what lies over the view (`covered`, else all of that); None
    where every one does.
    """
    room, taken = view.room(), [*taken, *(view.covered if covered is None else covered)]
    for corner in corners:
        box = QRect(corner, size)
        if room.contains(box) and not any(box.intersects(other) for other in taken) and _is_clear(view, box):
            return corner
    return None


def _is_clear(view: Camera, box: QRect) -> bool:
    scene = view.graph_scene
    place = view.mapToScene(box.adjusted(-CLEAR_PX, -CLEAR_PX, CLEAR_PX, CLEAR_PX)).boundingRect()
    if any(item.rect.intersects(place) for item in scene.surroundings.collapsed()):
        return False
    if hit_test.is_any_card_in(scene, place):
        return False
    scale = view.zoom * scene.text_scale
    shown = set(scene.chip_layer.chipped(view.seen(), scale))  # of a crowded view hardly any
    numbered = [key for key in scene.chip_layer.chipped(place, scale) if key in shown]
    return not any(rect.intersects(place) for key in numbered for rect in scene.chip_layer.labels(key))
