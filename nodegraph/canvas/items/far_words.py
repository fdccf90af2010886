"""What a card says in a view from far away, where it is but a tinted box: its name where there is room for
it, its operation or its initial, or nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from nodegraph.canvas.drawing.geometry import NAME
from nodegraph.canvas.drawing.lettering import text_width, write_centred
from nodegraph.canvas.drawing.theme import Theme
from nodegraph.canvas.items.small_card import LOW_INK, ink_share, usual_part
from nodegraph.core.typeset import Line, flat

if TYPE_CHECKING:
    from nodegraph.canvas.items.node_item import NodeItem

FILLED = 0.84
"""The share of a box's height that its type takes."""
SIDE = 0.06
"""The share of its width that is left free at each side."""
LEAST_PX = 5.0
"""Type smaller than this on the screen is no letter any more: the box is but tinted."""
MOST = 400
"""Boxes in view up to which each says something."""


def paint(painter: QPainter, theme: Theme, item: NodeItem, ground: QColor, scale: float) -> None:
    """Write what there is room for into the box of a card, in the ink that stands out from its ground."""
    box = usual_part(item.card, item.outline.scale)
    for text in _texts(item):
        size = min(box.height() * FILLED, box.width() * (1 - 2 * SIDE) * NAME[0] / text_width(text, NAME))
        if size >= box.height() * FILLED / 2 and size * scale >= LEAST_PX:
            _write(painter, box, text, size / NAME[0], _ink(theme, ground))
            return


def _texts(item: NodeItem) -> list[Line]:
    """What may stand for a card, what says most first."""
    name, symbol = item.face.name, item.symbol
    texts: list[Line] = [name]
    if not item.node.is_leaf and ink_share(symbol, NAME) >= LOW_INK:
        texts.append(symbol)
    return [text for text in (*texts, flat(name)[:1]) if text_width(text, NAME) > 0]


def _write(painter: QPainter, box: QRectF, text: Line, size: float, ink: str) -> None:
    painter.save()
    painter.translate(box.center())
    painter.scale(size, size)
    write_centred(painter, QRectF(0, 0, 0, 0), text, NAME, ink)
    painter.restore()


def _ink(theme: Theme, ground: QColor) -> str:
    """Text's own colour or that of a card, whichever is further from the ground in lightness."""
    lightness = ground.lightness()
    return max(theme.text, theme.card, key=lambda ink: abs(QColor(ink).lightness() - lightness))
