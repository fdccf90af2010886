"""How far reaches what is drawn, beyond the cards themselves, and what cards take that are not there yet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from nodegraph.canvas.items.badges import OVERHANG
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout.card_size import node_size
from nodegraph.core.layout.placement import Size

if TYPE_CHECKING:
    from nodegraph.canvas.scene.board import Board

HALF_CHIP, CHIP_ABOVE = 76.0, 40.0
"""Half as wide as a chip with a whole product is; and how much further one reaches beyond edges with text of
twice its usual size. In the usual one it stays in the margin of a view.
"""
COLUMN_MORE, ROW_MORE = 40.0, 12.0
"""What a layout leaves more between cards where the type is twice as large."""


def around(board: Board, cards: QRectF) -> QRectF:
    """Returns the rectangle round cards with their rims, and round edges; where these lead down, with what
    reaches out at their sides: half a chip, and the badges beside outputs. Larger text needs room for chips
    above and below, too.
    """
    is_down = board.graph.direction is Direction.DOWN
    beside, right = (HALF_CHIP, OVERHANG) if is_down else (4.0, 6.0)
    large = board.text_scale if is_down else 1.0
    above = 4 + CHIP_ABOVE * max(0.0, board.text_scale - 1)
    cards, edges = cards.adjusted(-6, -6, right * large, 6), board.edge_layer.extent
    if edges.isNull():  # there is none, which is no reason to reach as far as the origin
        return cards
    return cards.united(edges.adjusted(-beside * large, -above, beside * large, above))


def room_for(size: tuple[float, float], text_scale: float) -> tuple[float, float]:
    """What a card of this usual size takes and, in larger type, what chips need more between cards."""
    width, height = size
    more = text_scale - 1
    return width * text_scale + COLUMN_MORE * more, height * text_scale + ROW_MORE * more


def roomy(size: Size, text_scale: float) -> Size:
    """Returns what tells a layout what cards take, from their usual sizes, in larger type."""
    if text_scale == 1.0:
        return size
    return lambda graph, key: room_for(size(graph, key), text_scale)


def made_rect(part: Graph, node_ids: Iterable[str], text_scale: float) -> QRectF:
    """The rectangle round the cards that these nodes of a part will have."""
    rect = QRectF()
    for node in map(part.node, node_ids):
        width, height = node_size(part, node.id)
        rect |= QRectF(*node.place, width * text_scale, height * text_scale)
    return rect
