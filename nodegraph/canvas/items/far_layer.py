"""All cards as flat rectangles in one item, for views from far away; a picture of them is kept, and mended
where a card lies or looks otherwise. Each says its name where there is room for it, its operation or its
initial, or nothing.

Reads the scene's frame; knows no mouse.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from nodegraph.canvas.drawing.arrays import draw_rects
from nodegraph.canvas.drawing.cells import box_round
from nodegraph.canvas.drawing.edge_styles import Looks, far_color
from nodegraph.canvas.drawing.geometry import NAME
from nodegraph.canvas.drawing.lettering import REMEMBERED, text_width, write_centred
from nodegraph.canvas.drawing.nearby import Sides, Within
from nodegraph.canvas.drawing.rows import Rows
from nodegraph.canvas.drawing.theme import Theme, color, pen
from nodegraph.canvas.items.edge_layers import SPARE
from nodegraph.canvas.items.node_item import CHOSEN_PX
from nodegraph.canvas.items.small_card import LOW_INK, ink_share, usual_part
from nodegraph.canvas.pictures.sheet import Sheet, seen_of
from nodegraph.core.typeset import Line, flat

if TYPE_CHECKING:
    from nodegraph.canvas.items.look_protocols import EdgeLook
    from nodegraph.canvas.items.node_item import NodeItem

MOST_MENDED, MENDED_SHARE = 60, 0.5
"""Cards that are mended one by one, and the share of all; with more, all are drawn again."""
FILLED = 0.84
"""The share of a box's height that its type takes."""
SIDE = 0.06
"""The share of its width that is left free at each side."""
LEAST_PX = 5.0
"""Type smaller than this on the screen is no letter any more: the box is but tinted."""
FRAME_ALONE_PX = CHOSEN_PX
"""The frame of a selected box hides a box that is no higher than this."""
MOST_WORDS = 400
"""Boxes in view up to which each says something."""
RING_PX, RING_AWAY_PX, LEAST_RING_PX, MOST_RINGS = 2.0, 2.5, 10.0, 400
"""How thick the ring of the step is, how far from its box and how wide at least, however small that is; a
step of more nodes, such as that of all inputs, needs no finding.
"""


class FarLayer(QGraphicsItem):
    """All cards as tinted boxes, for views from far away; the scene then hides the cards themselves.

    `rows` holds left, top, width and height of every card, and is kept at every distance.
    """

    def __init__(self, scene: EdgeLook) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.graph_scene = scene
        self.rows: Rows[str] = Rows(4)
        self._within = Within(self.rows, self._sides)
        self._bounds = QRectF()
        self._extent: QRectF | None = None
        self._sheet = Sheet()
        self._shown: tuple[Looks, NDArray[np.bool_]] | None = None
        """How the cards in the sheet look, and which are chosen; None where none of it serves any more."""
        self._chosen: tuple[frozenset[str], Rows[str], int, NDArray[np.bool_]] | None = None
        """Which nodes are selected, and of which rows these are, as they were then."""
        self._stale: list[QRectF] = []
        """Where cards were or came to lie since."""
        self.setVisible(False)

    def show_rows(self, rows: Rows[str]) -> None:
        """Show these cards and no others."""
        self.rows, self._shown, self._extent = rows, None, None
        self._within = Within(rows, self._sides)
        self._grow([self.extent.getRect()])

    def drop(self, node_ids: Collection[str]) -> None:
        """Take cards away."""
        was = self.rows.values[self.rows.numbers([i for i in node_ids if i in self.rows.number])].tolist()
        closed = self.rows.drop(node_ids)
        if closed is None:
            return
        self._extent = None
        if self._shown is not None and len(was) + len(self._stale) <= MOST_MENDED:
            looks, chosen = (closed.among(kept) for kept in self._shown)
            self._shown = looks, chosen
            self._stale += [QRectF(*rect) for rect in was]
        else:
            self._shown = None
        self.update()

    def place(self, cards: Mapping[str, QRectF]) -> None:
        """Put cards, old or new, at these places; what they say may be another thing too."""
        old = [key for key in cards if key in self.rows.number]
        if len(cards) + len(self._stale) > MOST_MENDED:
            self._shown = None
        else:
            was = self.rows.values[self.rows.numbers(old)].tolist()
            self._stale += [*(QRectF(*rect) for rect in was), *map(QRectF, cards.values())]
        self.rows.put({key: (r.x(), r.y(), r.width(), r.height()) for key, r in cards.items()})
        self._grow(map(QRectF.getRect, cards.values()))

    def move(self, numbers: NDArray[np.intp], places: Sequence[tuple[float, float]] | NDArray) -> None:
        """Put cards at these places, shape (n, 2); they look as before."""
        if not len(numbers):  # a note moves alone
            return
        rows = self.rows.values
        self.rows.note_moved(numbers)
        if len(numbers) + len(self._stale) > MOST_MENDED:
            rows[numbers, :2] = places
            self._shown, moved = None, rows[numbers]
            moved[:, 2:] += moved[:, :2]
            self._grow([box_round(moved).getRect()])
            return
        were = rows[numbers].tolist()
        cards = [(x, y, *sides) for (x, y), (_, _, *sides) in zip(places, were, strict=True)]
        rows[numbers] = cards
        if self._shown is not None:
            self._stale += [QRectF(*rect) for rect in (*were, *cards)]
        self._grow(cards)

    def _grow(self, cards: Iterable[Sequence[float]]) -> None:
        """Reach round cards with these rows too."""
        self._extent, reaches = None, self._bounds.contains
        if not all(reaches(x, y) and reaches(x + width, y + height) for x, y, width, height in cards):
            self.prepareGeometryChange()
            self._bounds = self.extent.adjusted(-SPARE, -SPARE, SPARE, SPARE)
        self.update()

    @property
    def extent(self) -> QRectF:
        """The rectangle round all cards."""
        if self._extent is None:
            self._extent = box_round(np.transpose(self._sides(None)))
        return QRectF(self._extent)

    def touched(self, rect: QRectF, among: NDArray[np.intp] | None = None) -> list[str]:
        """The ids of the cards that a rectangle touches, of all or among those in these rows."""
        hit = self.in_rect(rect) if among is None else self._within.among(rect, among)
        return [self.rows.keys[number] for number in hit.tolist()]

    def in_rect(self, rect: QRectF) -> NDArray[np.intp]:
        """The numbers of the cards that a rectangle touches."""
        return self._within.at(rect)

    def _sides(self, among: NDArray[np.intp] | None) -> Sides:
        left, top, width, height = (self.rows.values if among is None else self.rows.values[among]).T
        return left, top, left + width, top + height

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        exposed, scene = option.exposedRect, self.graph_scene
        scale = option.levelOfDetailFromTransform(painter.worldTransform())
        whole = exposed if widget is None else seen_of(painter, widget.size())
        says = len(self.in_rect(whole)) <= MOST_WORDS
        chosen = self._chosen_rows()
        looks = scene.showing.far_looks()
        if widget is None:
            self._draw(painter, exposed, looks, chosen, scale if says else None)
            self._draw_rings(painter, scale)
            return
        stale = self._changed(looks, chosen, scale)
        self._sheet.paint(
            painter,
            (widget.size(), exposed),
            (scene.theme, scene.text_scale, says),
            stale,
            lambda brush, part: self._draw(brush, part, looks, chosen, scale if says else None),
        )
        self._draw_rings(painter, scale)

    def _chosen_rows(self) -> NDArray[np.bool_]:
        """Which cards are selected, in the order of the rows."""
        nodes, rows, known = self.graph_scene.chosen_nodes, self.rows, self._chosen
        if known is None or known[0] is not nodes or known[1:3] != (rows, rows.turnover):
            found = np.zeros(len(rows), dtype=bool)
            if len(nodes) == len(self.graph_scene.graph) or rows.number.keys() <= nodes:
                found[:] = True  # to compare so many keys takes longer than to count them
            else:
                found[rows.numbers([node_id for node_id in nodes if node_id in rows.number])] = True
            self._chosen = known = nodes, rows, rows.turnover, found
        return known[3]

    def _changed(self, looks: Looks, chosen: NDArray[np.bool_], scale: float) -> list[QRectF] | None:
        """Where the sheet is stale; None where all of it is."""
        before, self._shown = self._shown, (looks, chosen)
        stale, self._stale = self._stale, []
        if before is None or len(before[0]) > len(looks):
            return None
        count = len(before[0])  # new cards stand behind the others, and are stale as it is
        differing = np.flatnonzero((before[0] != looks[:count]) | (before[1] != chosen[:count]))
        if len(differing) > min(MOST_MENDED, MENDED_SHARE * len(looks)):
            return None
        stale += [QRectF(*rect) for rect in self.rows.values[differing].tolist()]
        rim = CHOSEN_PX / scale
        return [rect.adjusted(-rim, -rim, rim, rim) for rect in stale]

    # --- drawing
    def _draw(
        self,
        painter: QPainter,
        rect: QRectF,
        looks: Looks,
        chosen: NDArray[np.bool_],
        scale: float | None,
    ) -> None:
        """Draw the cards in a rectangle, with what they say at this scale; None: nothing."""
        rim = CHOSEN_PX / painter.worldTransform().m11()
        numbers = self.in_rect(rect.adjusted(-rim, -rim, rim, rim))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        theme, rects, is_chosen = self.graph_scene.theme, self.rows.values, chosen[numbers]
        plain = numbers[~is_chosen]
        here = looks[plain]
        for look in np.unique(here):
            painter.setBrush(far_color(theme, int(look)))
            draw_rects(painter, rects.take(plain[here == look], axis=0))
        self._draw_chosen(painter, rects.take(numbers[is_chosen], axis=0))
        if scale is not None:
            self._draw_words(painter, numbers, looks, chosen, scale)

    def _draw_rings(self, painter: QPainter, scale: float) -> None:
        """Draw a ring round each box of the current step, beside the picture that is kept of all."""
        active, number = self.graph_scene.active_nodes, self.rows.number
        if len(active) > MOST_RINGS:
            return
        ink = self.graph_scene.showing.phase_ink()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(color(ink, 0.14))
        painter.setPen(pen(ink, RING_PX / scale))
        shown = self.rows.numbers([node_id for node_id in active if node_id in number])
        for left, top, width, height in self.rows.values[shown].tolist():
            wide, high = (
                max(side + 2 * (RING_AWAY_PX + RING_PX / 2) / scale, LEAST_RING_PX / scale)
                for side in (width, height)
            )
            ring = QRectF(0, 0, wide, high)
            ring.moveCenter(QRectF(left, top, width, height).center())
            painter.drawRect(ring)

    def _draw_chosen(self, painter: QPainter, rects: NDArray[np.float64]) -> None:
        """Draw the boxes of selected cards."""
        theme = self.graph_scene.theme
        if len(rects) and painter.worldTransform().m11() * rects[:, 3].max() <= FRAME_ALONE_PX:
            painter.setBrush(color(theme.text))
            draw_rects(painter, rects)
            return
        painter.setBrush(color(theme.accent))
        frame = QPen(color(theme.text), CHOSEN_PX, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap)
        frame.setCosmetic(True)  # amid blue boxes, blue alone would not say it
        painter.setPen(frame)
        draw_rects(painter, rects)

    def _draw_words(
        self,
        painter: QPainter,
        numbers: NDArray[np.intp],
        looks: Looks,
        chosen: NDArray[np.bool_],
        scale: float,
    ) -> None:
        """Let each of these boxes say what there is room for."""
        theme, cards = self.graph_scene.theme, self.graph_scene.items_by_id
        clip = painter.clipRegion() if painter.hasClipping() else None
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number in numbers.tolist():
            item = cards.get(self.rows.keys[number])
            if item is None or (clip is not None and not clip.intersects(item.card.toAlignedRect())):
                continue
            ground = color(theme.accent) if chosen[number] else far_color(theme, int(looks[number]))
            paint_words(painter, theme, item, ground, scale)


def paint_words(painter: QPainter, theme: Theme, item: NodeItem, ground: QColor, scale: float) -> None:
    """Write what there is room for into the box of a card, in the ink that stands out from its ground."""
    box = usual_part(item.card, item.outline.scale)
    told = _fitting(item.face.name, "" if item.node.is_leaf else item.symbol, *box.size().toTuple(), scale)
    if told is not None:
        text, size = told
        _write(painter, box, text, size / NAME[0], _ink(theme, ground.rgb()))


@lru_cache(maxsize=REMEMBERED)
def _fitting(name: Line, symbol: str, width: float, height: float, scale: float) -> tuple[Line, float] | None:
    """Returns what stands for a card in a box of this size, and in type of which size; None where nothing
    has room.
    """
    for text in _texts(name, symbol):
        size = min(height * FILLED, width * (1 - 2 * SIDE) * NAME[0] / text_width(text, NAME))
        if size >= height * FILLED / 2 and size * scale >= LEAST_PX:
            return text, size
    return None


def _texts(name: Line, symbol: str) -> list[Line]:
    """What may stand for a card, what says most first."""
    texts: list[Line] = [name]
    if symbol and ink_share(symbol, NAME) >= LOW_INK:
        texts.append(symbol)
    return [text for text in (*texts, flat(name)[:1]) if text_width(text, NAME) > 0]


def _write(painter: QPainter, box: QRectF, text: Line, size: float, ink: str) -> None:
    painter.save()
    painter.translate(box.center())
    painter.scale(size, size)
    write_centred(painter, QRectF(0, 0, 0, 0), text, NAME, ink)
    painter.restore()


@cache
def _ink(theme: Theme, ground: int) -> str:
    """Text's own colour or that of a card, whichever is further from the ground in lightness."""
    lightness = QColor(ground).lightness()
    return max(theme.text, theme.card, key=lambda ink: abs(QColor(ink).lightness() - lightness))
