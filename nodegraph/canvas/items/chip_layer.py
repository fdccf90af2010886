"""The chips: the numbers on the edges, above the cards, and the pulse of the step that plays.

Reads the scene's frame and where the edges lie; knows no mouse.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QRegion, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from nodegraph.canvas.drawing import geometry
from nodegraph.canvas.drawing.card_head import LABEL_SCALE, SMALLEST_PX
from nodegraph.canvas.drawing.lettering import text_width, write_centred
from nodegraph.canvas.drawing.theme import color, patterned, pen
from nodegraph.canvas.items import badges
from nodegraph.canvas.items.badges import Badge
from nodegraph.canvas.items.edge_layers import CHIP_REACH, repaint_parts
from nodegraph.canvas.items.node_item import MOST_DIRECT, TEXT_SCALE
from nodegraph.canvas.pictures.sheet import seen_of
from nodegraph.core.graph.records import EdgeKey

if TYPE_CHECKING:
    from nodegraph.canvas.items.look_protocols import EdgeLook

MOST_CHIPS = 300
"""With more visible edges than these only those of the active step have chips."""
FEW_CHIPS = 40
"""The same where the small labels are gone: a small graph on a small screen keeps its chips."""
FEW_TOLD = 4
"""Edges of a step, and selected ones, whose chips are shown where cards have hardly room themselves."""
GLOW = 14.0
"""How far round its place the glow of a travelling number reaches."""
RIM = 16.0
"""How far a chip reaches above its room at most."""
CHIP_GAP = -2.0
"""How far below a chip its badges begin."""

ChipLook: TypeAlias = tuple[QPen, str, str, str, list[Badge]]
"""A chip's rim, its ground, what it says and in which ink, and its badges."""


class ChipLayer(QGraphicsItem):
    """The numbers on the edges, above the cards, with the pulse of the step that plays."""

    def __init__(self, scene: EdgeLook) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setZValue(2)
        self.graph_scene = scene
        self.is_crowded: bool | None = None
        """Whether there are too many edges for a chip on each; None: as many as are seen at a time decide."""
        self._bounds = QRectF()

    def settle(self, scale: float) -> Iterator[None]:
        """Place the chips of a picture, one after another, so that the bands it is drawn in agree on them."""
        showing, keys = self.graph_scene.showing, self.graph_scene.edge_layer.rows.keys
        scale *= self.graph_scene.text_scale
        self.is_crowded = len(keys) > _most(scale)
        for number in self._with_chips(np.arange(len(keys)), scale).tolist() if scale >= TEXT_SCALE else ():
            key = keys[number]
            chip = showing.chip(key)
            if chip is not None:
                showing.chip_rect(key, chip[0])
                yield

    def prepare(self) -> None:
        """Follow the edge layer in its size."""
        bounds = self.graph_scene.edge_layer.boundingRect()
        if bounds != self._bounds:
            self.prepareGeometryChange()
            self._bounds = QRectF(bounds)

    def repaint_rooms(self, rooms: Sequence[QRectF]) -> None:
        """Ask for a repaint of chips that have these rooms, with their badges."""
        repaint_parts(self, [self._covered(room) for room in rooms])

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        scale = option.levelOfDetailFromTransform(painter.worldTransform()) * self.graph_scene.text_scale
        if scale < TEXT_SCALE and not self._is_readable(scale):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if widget is None:
            chipped = self.chipped(option.exposedRect, scale)
        else:
            chipped = self.chipped(seen_of(painter, widget.size()), scale)
            exposed = self.graph_scene.pictures.exposed
            part = QRegion(option.exposedRect.toAlignedRect()) if exposed is None else exposed
            chipped = [key for key in chipped if self._reaches(key, part)]
        self._paint_chips(
            painter, chipped, is_shown=widget is not None and len(self.graph_scene.graph) > MOST_DIRECT
        )
        if scale >= TEXT_SCALE:
            self._paint_pulses(painter)

    def _is_readable(self, scale: float) -> bool:
        """Whether the type of chips has grown enough for this scale, as it has in a view."""
        return geometry.CHIP[0] * self.graph_scene.showing.chips.growth * scale > SMALLEST_PX - 0.01

    def chipped(self, rect: QRectF, scale: float) -> Sequence[EdgeKey]:
        """Returns the edges whose chips are drawn in a rectangle, at this scale of type."""
        if scale < TEXT_SCALE and not self._is_readable(scale):
            return ()
        layer, reach = self.graph_scene.edge_layer, CHIP_REACH * self.graph_scene.showing.chips.scale
        around, told = rect.adjusted(-reach, -reach, reach, reach), None
        if self.is_crowded or len(layer.visible(rect.adjusted(-8, -8, 8, 8))) > _most(scale):
            told = np.sort(self._told(scale))  # all others need not be looked for again
        seen = layer.visible(around, told)
        shown = seen if told is not None else self._with_chips(seen, scale)
        return [layer.rows.keys[number] for number in shown.tolist()]

    def _reaches(self, key: EdgeKey, part: QRegion) -> bool:
        """Whether the chip of an edge may cover anything of a part of the scene."""
        rooms = self.graph_scene.showing.chips.rooms(key)
        return not rooms or any(part.intersects(self._covered(room).toAlignedRect()) for room in rooms)

    def _covered(self, room: QRectF) -> QRectF:
        """What a chip covers that has this room, with its rim and its badges."""
        large = self.graph_scene.text_scale
        aside, below = badges.OVERHANG * large, badges.REACH * large
        return room.adjusted(-aside, -RIM * large, aside, below)

    def labels(self, key: EdgeKey) -> list[QRectF]:
        """Returns where the chip of an edge lies, and the badges below it; nothing where it has none."""
        return [rect for _text, rect in self.worded_labels(key)]

    def worded_labels(self, key: EdgeKey) -> list[tuple[str, QRectF]]:
        """Returns what the chip of an edge and the badges below it say, each with its place."""
        scene = self.graph_scene
        chip = scene.showing.chip(key)
        if chip is None:
            return []
        rect, large = scene.showing.chip_rect(key, chip[0]), scene.showing.chips.scale
        plain = QRectF(0, 0, rect.width() / large, rect.height() / large)
        plain.moveCenter(QPointF(0, 0))
        below = badges.placed_below(scene.showing.edge_badges(key), plain, CHIP_GAP)
        whole = QTransform.fromTranslate(rect.center().x(), rect.center().y()).scale(large, large)
        return [(chip[0], rect), *((badge.text, whole.mapRect(place)) for badge, place in below)]

    def _with_chips(self, seen: NDArray[np.intp], scale: float) -> NDArray[np.intp]:
        """Which of the edges that are seen, by their numbers, have a chip."""
        few = len(seen) <= _most(scale) if self.is_crowded is None else not self.is_crowded
        if few and scale >= TEXT_SCALE:
            return seen
        return np.intersect1d(seen, self._told(scale), assume_unique=True)

    def _told(self, scale: float) -> NDArray[np.intp]:
        """Which edges have a chip also where there are many."""
        showing, rows = self.graph_scene.showing, self.graph_scene.edge_layer.rows
        active = showing.active_edges if scale >= TEXT_SCALE or len(showing.active_edges) <= FEW_TOLD else ()
        chosen = islice(self.graph_scene.chosen_edges, FEW_TOLD)
        told = {*active, showing.asked_edge, showing.hovered, *chosen}
        return rows.numbers([key for key in told if key in rows.number])

    def _paint_chips(self, painter: QPainter, keys: Sequence[EdgeKey], *, is_shown: bool) -> None:
        """Paint chips, on the screen as pictures once they have opened."""
        scene, large = self.graph_scene, self.graph_scene.showing.chips.scale
        for key in sorted(keys, key=scene.showing.is_looked_at):
            chip = scene.showing.chip(key)
            if chip is None:
                continue
            text, ink, ground, opening = chip
            rect = scene.showing.chip_rect(key, text)
            rim = patterned(scene.theme, ink, pen(ink, 1.75 if key in scene.showing.active_edges else 1))
            if scene.showing.asks_edge(key):
                rim = pen(ink, 1.75, Qt.PenStyle.DashLine)
            if opening < 1:
                trim = rect.width() * (1 - opening) / 2
                rect = rect.adjusted(trim, 0, -trim, 0)
                _paint_chip(painter, scene, rect, (rim, ground, "", ink, []))
                continue
            marks = scene.showing.edge_badges(key)
            look = rim, ground, text, ink, marks
            draw = partial(_paint_chip, scene=scene, rect=rect, look=look)
            if is_shown:
                covered = _reach(rect, large, bool(marks))
                scene.pictures.paint(painter, key, covered, (look, scene.theme, large), draw)
            else:
                draw(painter)

    def _paint_pulses(self, painter: QPainter) -> None:
        scene, usual = self.graph_scene, painter.worldTransform()
        for point, text, ink in scene.showing.pulses():
            place = _enlarged(painter, QRectF(point, point), scene.showing.chips.scale).center()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(ink, 0.22))
            painter.drawEllipse(place, GLOW, GLOW)
            rect = _pulse_room(place, text)
            painter.setBrush(color(ink))
            painter.drawRoundedRect(rect, 9, 9)
            write_centred(painter, rect, text, geometry.CHIP, scene.theme.card)
            painter.setWorldTransform(usual)


def pulse_rect(place: QPointF, text: str, scale: float) -> QRectF:
    """Returns the rectangle of the scene that a number covers which travels here, in type of this scale."""
    rect = _pulse_room(QPointF(0, 0), text).united(QRectF(-GLOW, -GLOW, 2 * GLOW, 2 * GLOW))
    return QTransform.fromTranslate(place.x(), place.y()).scale(scale, scale).mapRect(rect)


def _pulse_room(place: QPointF, text: str) -> QRectF:
    width = max(18.0, text_width(text, geometry.CHIP) + 12)
    return QRectF(place.x() - width / 2, place.y() - 9, width, 18)


def _most(scale: float) -> int:
    """How many edges at this scale each have a chip; where there are more, only those of the step have."""
    return MOST_CHIPS if scale >= LABEL_SCALE else FEW_CHIPS


def _paint_chip(painter: QPainter, scene: EdgeLook, rect: QRectF, look: ChipLook) -> None:
    rim, ground, text, ink, marks = look
    usual = painter.worldTransform()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(rim)
    painter.setBrush(color(ground))
    rect = _enlarged(painter, rect, scene.showing.chips.scale)
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    if text:
        write_centred(painter, rect, text, geometry.CHIP, ink)
        badges.paint_below(painter, scene.theme, marks, rect, CHIP_GAP)
    painter.setWorldTransform(usual)


def _reach(rect: QRectF, scale: float, has_badges: bool) -> QRectF:
    """What a chip in a rectangle covers, with its rim and its badges."""
    if not has_badges:
        return rect.adjusted(-2, -2, 2, 2)
    aside, below = badges.OVERHANG * scale, badges.REACH * scale
    return rect.adjusted(-aside, -2, aside, below)


def _enlarged(painter: QPainter, rect: QRectF, scale: float) -> QRectF:
    """Let what is painted in a rectangle be so much larger; gives the rectangle to paint in."""
    if scale == 1.0:
        return rect
    painter.translate(rect.center())
    painter.scale(scale, scale)
    width, height = rect.width() / scale, rect.height() / scale
    return QRectF(-width / 2, -height / 2, width, height)
