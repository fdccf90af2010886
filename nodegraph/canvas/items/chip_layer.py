"""The chips: the numbers on the edges, above the cards, and the pulse of the step that plays.

Reads the scene's frame and where the edges lie; knows no mouse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
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
from nodegraph.canvas.drawing.wording import FEW_TOLD
from nodegraph.canvas.items import badges
from nodegraph.canvas.items.badges import Badge
from nodegraph.canvas.items.edge_layers import CHIP_REACH
from nodegraph.canvas.items.node_item import MOST_DIRECT, TEXT_SCALE
from nodegraph.canvas.pictures.kept import Placed
from nodegraph.canvas.pictures.pixels import Grid
from nodegraph.canvas.pictures.sheet import seen_of
from nodegraph.core.graph.records import EdgeKey

if TYPE_CHECKING:
    from nodegraph.canvas.items.look_protocols import EdgeLook

MOST_CHIPS = 300
"""With more visible edges than these only those of the active step have chips."""
FEW_CHIPS = 40
"""The same where the small labels are gone: a small graph on a small screen keeps its chips."""
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
        self.revision = 0
        """Counts how often a chip may lie or look otherwise, but for those of edges on their way."""
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

    def repaint_rooms(self, rooms: Sequence[QRectF], *, carried: bool = False) -> None:
        """Ask for a repaint of chips that have these rooms, with their badges, or were `carried` along."""
        self.revision += bool(rooms) and not carried
        self.graph_scene.repaint(self._covered(rooms))

    def update(self, *rect: QRectF) -> None:
        """Have chips painted again: they may look different."""
        self.revision += 1
        super().update(*rect)

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

    def paint_of(self, painter: QPainter, keys: Sequence[EdgeKey]) -> None:
        """Paint the chips of these edges on the screen."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_chips(painter, keys, is_shown=True)
        painter.restore()

    def _is_readable(self, scale: float) -> bool:
        """Whether the type of chips has grown enough for this scale, as it has in a view."""
        return geometry.CHIP[0] * self.graph_scene.showing.chips.growth * scale > SMALLEST_PX - 0.01

    def crowds(self, count: int, scale: float) -> bool:
        """Whether of so many edges in view only those that are told of have chips, at this scale of type."""
        return count > _most(scale)

    def chipped(
        self,
        rect: QRectF,
        scale: float,
        *,
        crowds: bool | None = None,
        among: NDArray[np.intp] | None = None,
    ) -> Sequence[EdgeKey]:
        """Returns the edges whose chips are drawn in a rectangle, at this scale of type, of all or of those
        with these numbers; where it is known, in a view that edges crowd or do not.
        """
        if scale < TEXT_SCALE and not self._is_readable(scale):
            return ()
        layer, reach = self.graph_scene.edge_layer, self.reach
        around, told = rect.adjusted(-reach, -reach, reach, reach), among
        if crowds is None:
            count = len(layer.visible(rect.adjusted(-8, -8, 8, 8)))
            crowds = bool(self.is_crowded) or self.crowds(count, scale)
        if crowds:
            told = np.sort(self._told(scale))  # all others need not be looked for again
            told = told if among is None else np.intersect1d(told, among)
        seen = layer.visible(around, told)
        shown = seen if crowds else self._with_chips(seen, scale)
        return [layer.rows.keys[number] for number in shown.tolist()]

    @property
    def reach(self) -> float:
        """How far a chip may reach beyond its edge's box."""
        return CHIP_REACH * self.graph_scene.showing.chips.scale

    def covered(self, keys: Iterable[EdgeKey]) -> list[QRectF]:
        """Returns what the chips of edges may cover; nothing where they have not been placed."""
        rooms = self.graph_scene.showing.chips.rooms
        return self._covered([room for key in keys for room in rooms(key)])

    def _reaches(self, key: EdgeKey, part: QRegion) -> bool:
        """Whether the chip of an edge may cover anything of a part of the scene."""
        rooms = self.graph_scene.showing.chips.rooms(key)
        return not rooms or any(part.intersects(rect.toAlignedRect()) for rect in self._covered(rooms))

    def _covered(self, rooms: Iterable[QRectF]) -> list[QRectF]:
        """What chips cover that have these rooms, with their rims and their badges."""
        large = self.graph_scene.text_scale
        aside, below, above = badges.OVERHANG * large, badges.REACH * large, RIM * large
        return [room.adjusted(-aside, -above, aside, below) for room in rooms]

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
        scene = self.graph_scene
        for key in sorted(keys, key=scene.showing.is_looked_at):
            found = self._chip(key)
            if found is None:
                continue
            rect, look, opening = found
            if opening < 1:
                trim, (rim, ground, _, ink, _) = rect.width() * (1 - opening) / 2, look
                rect = rect.adjusted(trim, 0, -trim, 0)
                _paint_chip(painter, scene, rect, (rim, ground, "", ink, []))
            elif is_shown:
                scene.pictures.paint(painter, *self._asked(key, rect, look))
            else:
                _paint_chip(painter, scene, rect, look)

    def pictures(self, grid: Grid, keys: Sequence[EdgeKey]) -> list[Placed]:
        """Returns the pictures of the chips of these edges, which have opened, as a painter would show them
        that has this grid; the topmost last.
        """
        scene, found = self.graph_scene, list[Placed]()
        for key in sorted(keys, key=scene.showing.is_looked_at):
            chip = self._chip(key)
            placed = chip and scene.pictures.placed(grid, *self._asked(key, *chip[:2]), at_once=True)
            if placed:
                found.append(placed)
        return found

    def _chip(self, key: EdgeKey) -> tuple[QRectF, ChipLook, float] | None:
        """Where the chip of an edge lies, how it looks, and how far it is open; None where it has none."""
        scene = self.graph_scene
        chip = scene.showing.chip(key)
        if chip is None:
            return None
        text, ink, ground, opening = chip
        rim = patterned(scene.theme, ink, pen(ink, 1.75 if key in scene.showing.active_edges else 1))
        if scene.showing.asks_edge(key):
            rim = pen(ink, 1.75, Qt.PenStyle.DashLine)
        rect, marks = scene.showing.chip_rect(key, text), scene.showing.edge_badges(key)
        return rect, (rim, ground, text, ink, marks), opening

    def _asked(
        self, key: EdgeKey, rect: QRectF, look: ChipLook
    ) -> tuple[EdgeKey, QRectF, object, Callable[[QPainter], None]]:
        """What pictures are asked for: a name, what it covers, all that is seen, and how it is drawn."""
        scene, large = self.graph_scene, self.graph_scene.showing.chips.scale
        draw = partial(_paint_chip, scene=scene, rect=rect, look=look)
        return key, _reach(rect, large, bool(look[4])), (look, scene.theme, large), draw

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
