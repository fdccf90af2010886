"""The room that badges will take: below chips, and below cards, once both passes are through.

So much is kept free from the start, so that nothing jumps when a badge appears.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QTransform

from nodegraph.canvas.items import badges
from nodegraph.canvas.items.badges import Badge, badge_of
from nodegraph.canvas.items.chip_layer import CHIP_GAP
from nodegraph.core.engine import trouble
from nodegraph.core.engine.trace import Frame
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.training.bindings import bound_columns

if TYPE_CHECKING:
    from nodegraph.canvas.scene.board import Board

NONE = QSizeF(0.0, 0.0)


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
    last, shows_marks = frame.trace.last_frame, _shows_marks(scene, frame)
    data, growth = partial(bound_columns, scene.graph), scene.showing.chips.growth
    for node_id in scene.far_layer.rows.keys:
        if node_id not in frame.trace.nodes:
            continue
        marks = trouble.trouble_of_node(last, node_id, data).marks if shows_marks else ()
        expected = last.arrived(node_id)[1]
        counted = [Badge(f"{expected} of {expected} arrived", "text", "head")] if expected > 1 else []
        found = [*counted, *map(badge_of, marks)]
        item, large = scene.items_by_id[node_id], scene.text_scale
        whole = QTransform.fromTranslate(item.x(), item.y()).scale(large, large)
        yield from (whole.mapRect(rect) for _, rect in badges.placed_round(found, item.shape_of_card, growth))


def _shows_marks(scene: Board, frame: Frame) -> bool:
    return scene.showing.shows_marks and not frame.guarded
