"""One group on the canvas: a titled box behind its nodes or, collapsed, a card with what crosses its border.

Paints what the scene tells it; takes no mouse or key itself and has no children.
"""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from nodegraph.canvas.drawing import geometry
from nodegraph.canvas.drawing.card_head import (
    LABEL_SCALE,
    RADIUS,
    head_types,
    header_path,
    type_scale,
)
from nodegraph.canvas.drawing.geometry import (
    HEADER,
    LABEL,
    MARGIN,
    NAME,
    PADDING,
    port_radius,
)
from nodegraph.canvas.drawing.lettering import shortened, text_width, write_left, write_right
from nodegraph.canvas.drawing.theme import Theme, color, mixed, own_color, pen
from nodegraph.canvas.items import question_mark
from nodegraph.canvas.items.node_item import (
    TEXT_SCALE,
    chosen_pen,
    paint_gradient_line,
    paint_number,
    paint_value_line,
)
from nodegraph.canvas.items.ports import PortHit
from nodegraph.canvas.items.small_card import write_filling
from nodegraph.core.graph.annotations import shade
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.grouping import Faces
from nodegraph.core.graph.records import Group
from nodegraph.core.layout.card_size import (
    CHEVRON,
    GROUP_ROW,
    MOST_APART,
    UNTITLED,
    counted,
    group_outputs,
    group_rows,
    group_sides,
    input_places,
)
from nodegraph.core.quoting import quoted

if TYPE_CHECKING:
    from nodegraph.canvas.items.look_protocols import CardLook

SIDE, TITLE = 20.0, 32.0
"""Room round the members of an open group, and for its title above them."""
LARGEST_TITLE, LARGEST_CUT = 950.0, 160.0
"""How far a title may grow while one zooms out, in scene units, so that it can be read from far away; and how
far one that is then too long for its box, and loses its end.
"""
TITLE_FILLED = 0.75
"""The share of its band that a title fills at most; a larger one reaches out of the box."""
TITLE_GROUND = 1.4
"""How high the ground behind a title is, in sizes of its letters."""
TITLE_PX, LEAST_TITLE_PX, FAR_TITLE_PX, FAR_TITLES = 11.0, 9.0, 8.0, 0.25
"""How high titles are on the screen at least, and in a box that is too narrow for that; and by how much they
grow below this scale.
"""


def title_size(scale: float, text_scale: float) -> int:
    """Returns how large the titles of open groups are written at this scale: larger still where cards say
    hardly anything.
    """
    pixels = TITLE_PX + FAR_TITLE_PX * max(0.0, 1 - scale / FAR_TITLES)
    return round(min(LARGEST_TITLE, max(NAME[0] * text_scale, pixels / scale)))


class GroupItem(QGraphicsItem):
    """The box or the card of one group; `faces` are what a collapsed one shows at its sides."""

    def __init__(self, group: Group, text_scale: float = 1.0) -> None:
        super().__init__()
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.text_scale = text_scale
        """How much larger than usual its type is, and a collapsed card with that."""
        self.group = group
        self.members = frozenset(group.nodes)
        self.faces = Faces([], [])
        self.muted = 0
        """How many of its members are muted."""
        self.direction = Direction.RIGHT
        """Where edges of the graph lead."""
        self.rect = QRectF()
        self.cards = QRectF()
        """What it lies round."""
        self.is_aimed = False
        self.title_reach = 0.0
        """How far the title of an open group goes on beyond a box that is too narrow for it."""
        self.inputs: dict[str, QPointF] = {}
        """Where each source outside ends, relative to the card; `outputs` the same for members that leave."""
        self.outputs: dict[str, QPointF] = {}

    # --- its shape
    def show_group(
        self, group: Group, faces: Faces, direction: Direction = Direction.RIGHT, muted: int = 0
    ) -> None:
        """Take over a changed record, changed edges across the border, or how many members are muted."""
        self.prepareGeometryChange()
        if group.nodes != self.group.nodes:
            self.members = frozenset(group.nodes)
        self.group, self.faces, self.muted = group, faces, muted
        self.direction = direction
        size = self.card_size()
        inputs = input_places(len(faces.incoming), size.width(), direction)
        outputs = group_outputs(len(faces.outgoing), *size.toTuple(), direction)
        self.inputs = {face.source: QPointF(*at) for face, at in zip(faces.incoming, inputs, strict=True)}
        self.outputs = {face.source: QPointF(*at) for face, at in zip(faces.outgoing, outputs, strict=True)}
        self.setZValue(0.3 if group.collapsed else -2)
        self.update()

    def lie_round(self, cards: QRectF) -> None:
        """Follow the members: an open box is round their cards, a collapsed card at their top left."""
        self.cards = QRectF(cards)
        if self.group.collapsed:
            rect = QRectF(cards.topLeft(), self.card_size() * self.text_scale)
        else:
            rect = cards.adjusted(-SIDE, -SIDE - TITLE * self.text_scale, SIDE, SIDE)
        if rect != self.rect:
            self.prepareGeometryChange()
            self.rect = rect

    def card_size(self) -> QSizeF:
        """The size of the collapsed card in usual type."""
        faces = self.faces
        counts = len(faces.incoming), len(faces.outgoing)
        return QSizeF(*group_sides(self.title, self.count, *counts, self.direction))

    @property
    def title(self) -> str:
        """Its title, or a word that stands for one."""
        return quoted(self.group.title) or UNTITLED

    @property
    def count(self) -> str:
        """How many nodes it holds, and how many of these are muted."""
        return counted(len(self.group.nodes), self.muted)

    @property
    def crowd(self) -> str:
        """What is said in place of the numbers that lead out, where these are too many for a line each."""
        return f"{len(self.outputs)} values lead out" if len(self.outputs) > MOST_APART else ""

    # --- lines of the collapsed card, from its top left in usual type
    @property
    def output_lines(self) -> list[tuple[QRectF, str]]:
        """The line of each number that leads out, and whose it is; none where these are too many."""
        if len(self.outputs) == 1:
            return [(self._shape.value_line, member) for member in self.outputs]
        if self.crowd:
            return []
        width, middles = self._shape.width, group_rows(len(self.outputs))
        lines = (QRectF(1, middle - GROUP_ROW / 2, width - 2, GROUP_ROW) for middle in middles)
        return list(zip(lines, self.outputs, strict=True))

    @property
    def gradient_line(self) -> QRectF:
        """The line of the gradient, where one number leads out."""
        return self._shape.gradient_line

    @property
    def _shape(self) -> geometry.CardShape:
        width, height = (self.rect.size() / self.text_scale).toTuple()
        return geometry.CardShape(width, height, (), QPointF())

    # --- places, in the scene
    @property
    def handle(self) -> QRectF:
        """Where a press takes the group: its title, or the whole collapsed card."""
        if self.group.collapsed:
            return self.rect
        return QRectF(self.rect.left(), self.rect.top(), self.rect.width(), TITLE * self.text_scale)

    @property
    def chevron(self) -> QRectF:
        """Where a click collapses or expands it."""
        height = HEADER if self.group.collapsed else TITLE
        return QRectF(self.rect.topLeft(), QSizeF(CHEVRON, height) * self.text_scale)

    def output_place(self, member: str) -> QPointF:
        """Where the edges of a member leave the collapsed card."""
        across, _ = self.direction.turned((self.rect.size() / self.text_scale).toTuple())
        at_title = QPointF(*self.direction.turned((across, HEADER / 2)))
        return self.rect.topLeft() + self.outputs.get(member, at_title) * self.text_scale

    def input_place(self, source: str) -> QPointF:
        """Where the edges of a source outside arrive; one that is still to come, at the title."""
        at_title = QPointF(*self.direction.turned((0.0, HEADER / 2)))
        return self.rect.topLeft() + self.inputs.get(source, at_title) * self.text_scale

    def ports(self) -> list[tuple[PortHit, QPointF]]:
        """The ports of the collapsed card: each stands for the first edge that crosses there."""
        first = [(face, face.edges[0]) for face in self.faces.incoming]
        found = [(PortHit(e.target, e.port), self.input_place(face.source)) for face, e in first]
        return found + [(PortHit(member, None), self.output_place(member)) for member in self.outputs]

    # --- Qt
    def boundingRect(self) -> QRectF:
        above = MARGIN if self.group.collapsed else LARGEST_TITLE
        return self.rect.adjusted(-MARGIN, -above, MARGIN, MARGIN + question_mark.LARGEST_PILL)

    def update(self, *rect: QRectF) -> None:
        """Have it painted again: it may look different."""
        if (scene := self.scene()) is not None:
            scene.box_revision += 1  # type: ignore[attr-defined]
        super().update(*rect)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        scene: CardLook = self.scene()  # type: ignore[assignment]
        scale = option.levelOfDetailFromTransform(painter.worldTransform())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, scale >= 0.2)
        if self.group.collapsed:
            self._paint_card(painter, scene, scale)
        else:
            self._paint_box(painter, scene, scale)

    def _paint_box(self, painter: QPainter, scene: CardLook, scale: float) -> None:
        ink, theme = own_color(scene.theme, shade(self.group.colour)), scene.theme
        painter.setBrush(self._ground(theme))
        painter.setPen(self._rim(scene, mixed(ink, theme.background, 0.55).name(), scale))
        painter.drawRoundedRect(self.rect, RADIUS, RADIUS)

    def _ground(self, theme: Theme) -> QColor:
        ink = own_color(theme, shade(self.group.colour))
        return mixed(ink, theme.background, 0.18 if self.is_aimed else 0.09)

    def paint_title(self, painter: QPainter, theme: Theme, scale: float) -> None:
        """Write the title of an open group, on ground that covers the edges which cross it."""
        ground = self.title_ground(scale)
        painter.fillRect(ground, color(theme.background))
        painter.fillRect(ground.intersected(self.rect), self._ground(theme))
        if scale >= TEXT_SCALE:
            self._paint_chevron(painter, theme, self.chevron.center() + QPointF(2, 0), is_open=True)
        style, place = (self._title_size(scale), NAME[1]), self._title_band(scale)
        text = shortened(self.title, max(0.0, place.width() - PADDING), style)
        if text == "…" != self.title:
            return
        write_left(painter, place, text, style, theme.text if self.group.title else theme.dim)

    def _title_band(self, scale: float) -> QRectF:
        """Returns where the title of an open group may be written."""
        band, size = self.handle, self._title_size(scale)
        if size > band.height() * TITLE_FILLED:
            band.moveTop(self.rect.top() - size * 0.4)  # grown beyond its band: half above the box
        left = CHEVRON * self.text_scale if scale >= TEXT_SCALE else 8.0
        return band.adjusted(left, 0, self.title_reach, 0)

    def _title_size(self, scale: float) -> int:
        """Returns how large the title of an open group is written: so that it stays whole and can be read."""
        wished, room = title_size(scale, self.text_scale), self.rect.width() - CHEVRON - PADDING
        whole = int(LARGEST_CUT * room / max(1.0, text_width(self.title, (LARGEST_CUT, NAME[1]))))
        least = int(min(LARGEST_CUT, LEAST_TITLE_PX * self.text_scale / scale))
        return min(wished, max(whole, least))

    def title_place(self, scale: float) -> QRectF:
        """Returns where the title of an open group is written at this scale."""
        band, size = self._title_band(scale), self._title_size(scale)
        room = max(0.0, band.width() - PADDING)
        band.setWidth(min(room, text_width(self.title, (size, NAME[1]))))
        return band.adjusted(0, min(0.0, (band.height() - size) / 2), 0, max(0.0, (size - band.height()) / 2))

    def title_ground(self, scale: float) -> QRectF:
        """Returns what the title of an open group covers."""
        written, half = self.title_place(scale), self._title_size(scale) * TITLE_GROUND / 2
        written.setTop(written.center().y() - half)
        written.setHeight(2 * half)
        return written.adjusted(-4, 0, 4, 0)

    def _rim(self, scene: CardLook, plain: str, scale: float):
        if self.is_aimed:
            return pen(scene.theme.accent, 3)
        hides = self.members if self.group.collapsed else ()
        if scene.is_selected_group(self.group.id) or any(map(scene.is_selected, hides)):
            return chosen_pen(scene.theme, scale)
        if self.group.collapsed and self.muted:
            return pen(plain, 1.5, Qt.PenStyle.DashLine)
        return pen(plain, 1.25)

    def _paint_card(self, painter: QPainter, scene: CardLook, scale: float) -> None:
        theme, size = scene.theme, self.rect.size() / self.text_scale
        rect = QRectF(QPointF(0, 0), size)
        painter.translate(self.rect.topLeft())
        painter.scale(self.text_scale, self.text_scale)
        scale *= self.text_scale
        painter.setOpacity(1.0 if scene.lit is None or scene.lit & self.members else 0.4)
        if scene.active_nodes & self.members:
            ink = scene.showing.phase_ink()
            painter.setPen(pen(ink, 2.5, alpha=0.75))
            painter.setBrush(color(ink, 0.14))
            painter.drawRoundedRect(rect.adjusted(-6, -6, 6, 6), RADIUS + 5, RADIUS + 5)
        asked = scene.showing.asked_among(self.members)
        if asked:
            question_mark.paint_rim(painter, theme, rect, RADIUS)
        own = own_color(theme, shade(self.group.colour))
        tint = mixed(own, theme.card, 0.28).name()
        plain = mixed(own, theme.background, 0.7).name()
        rim = self._rim(scene, plain, scale)
        for behind in (6, 3):  # as a pile: there is more beneath
            painter.setPen(pen(plain, 1.25))
            painter.setBrush(color(theme.head))
            painter.drawRoundedRect(rect.adjusted(behind, 0, -behind, behind), RADIUS, RADIUS)
        painter.setPen(rim)
        painter.setBrush(color(theme.card))
        painter.drawRoundedRect(rect, RADIUS, RADIUS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(tint))
        painter.drawPath(header_path(rect.width(), rim.widthF() / 2))
        if scale >= TEXT_SCALE:
            self._paint_text(painter, scene, scale)
        else:
            ink = theme.text if self.group.title else theme.dim
            write_filling(painter, rect, self.title, NAME, ink, scale)
        self._paint_ports(painter, theme)
        if asked:
            question_mark.paint_pill(painter, theme, rect, asked, scale)

    def _paint_text(self, painter: QPainter, scene: CardLook, scale: float) -> None:
        theme, width = scene.theme, self.rect.width() / self.text_scale
        self._paint_chevron(painter, theme, QPointF(15, HEADER / 2), is_open=False)
        labelled, scale = scale >= LABEL_SCALE, type_scale(scale, scene.type_wish)
        name, label = head_types(self.title, self.count, width, scale)
        counted = text_width(self.count, label) if label else 0.0
        room = width - CHEVRON - 2 * PADDING - counted + 4
        head = QRectF(CHEVRON, 0, room, HEADER)
        write_left(painter, head, shortened(self.title, room, name), name, theme.text)
        if label:
            write_right(painter, QRectF(0, 0, width - PADDING, HEADER), self.count, label, theme.dim)
        if len(self.outputs) == 1:
            ((line, member),) = self.output_lines
            node = scene.graph.node(member)
            if scene.showing.wording.values:
                label = scene.showing.label(node.name)
                paint_value_line(painter, scene, node, line, label, scale)
            if scene.showing.wording.gradients:
                paint_gradient_line(painter, scene, node, self.gradient_line, scale, labelled=labelled)
            return
        if self.crowd:
            place = QRectF(PADDING, HEADER + 2, width - 2 * PADDING, GROUP_ROW)
            write_left(painter, place, self.crowd, LABEL, theme.dim)
            return
        for line, member in self.output_lines:
            name = scene.showing.label(scene.graph.node(member).name)
            value = scene.showing.value(member)
            if not scene.showing.wording.values:
                write_left(painter, line.adjusted(PADDING, 0, 0, 0), name, LABEL, theme.dim)
                continue
            ink = theme.dim if value is None else theme.forward if isfinite(value) else theme.danger
            paint_number(painter, scene, line, (name,), value, ink, scale, signed=False)

    def _paint_chevron(self, painter: QPainter, theme: Theme, middle: QPointF, *, is_open: bool) -> None:
        path = QPainterPath()
        places = [(-4, -2.5), (4, -2.5), (0, 3)] if is_open else [(-2.5, -4), (3, 0), (-2.5, 4)]
        path.moveTo(middle + QPointF(*places[0]))
        for place in places[1:]:
            path.lineTo(middle + QPointF(*place))
        path.closeSubpath()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(theme.dim))
        painter.drawPath(path)

    def _paint_ports(self, painter: QPainter, theme: Theme) -> None:
        painter.setPen(pen(theme.edge, 2))
        painter.setBrush(color(theme.card))
        for ports in (tuple(self.inputs.values()), tuple(self.outputs.values())):
            radius = port_radius(ports)
            for place in ports:
                painter.drawEllipse(place, radius, radius)
