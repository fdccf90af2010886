"""How far reaches what is drawn, beyond the cards themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from nodegraph.canvas.items.badges import OVERHANG
from nodegraph.core.graph.direction import Direction

if TYPE_CHECKING:
    from nodegraph.canvas.scene.board import Board

HALF_CHIP, CHIP_ABOVE = 76.0, 40.0
"""Half as wide as a chip with a whole product is; and how much further one reaches beyond edges with text of
twice its usual size. In the usual one it stays in the margin of a view.
"""


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
