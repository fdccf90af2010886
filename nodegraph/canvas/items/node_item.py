"""One node on the canvas: a card with a header, a value line, a gradient line and its ports.

Paints what the scene tells it; takes no mouse or key itself (the view's gestures do) and has no children.
"""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from nodegraph.canvas.drawing import card_head, geometry, lettering
from nodegraph.canvas.drawing.card_head import LABEL_SCALE, RADIUS, header_path, label_beside, type_scale
from nodegraph.canvas.drawing.geometry import (
    MARGIN,
    PADDING,
    PORT_RADIUS,
    VALUE,
    CardFace,
    CardShape,
    number_room,
    port_radius,
)
from nodegraph.canvas.drawing.lettering import Style, shortened_names, text_width, write_left, write_right
from nodegraph.canvas.drawing.theme import Theme, color, gradient_colors, pen
from nodegraph.canvas.items import badges, question_mark, small_card
from nodegraph.canvas.pictures.kept import Placed
from nodegraph.canvas.pictures.pixels import Grid
from nodegraph.core.engine.rounding import ABOUT_ZERO
from nodegraph.core.explain.edge_words import SHORT_DIGITS
from nodegraph.core.graph.records import Node
from nodegraph.core.layout.card_size import header_symbol
from nodegraph.core.typeset import Line, joined

if TYPE_CHECKING:
    from nodegraph.canvas.items.look_protocols import CardLook

MOST_DIRECT = 12
"""Nodes of a graph up to which cards and chips are painted directly: few are quick, and exact to the bit."""
TEXT_SCALE = 0.5
"""Below this scale a card carries its name and value in type that fills it, and nothing else."""
PORT_SCALE = 0.4
"""Below this scale a card is a plain rectangle, without ports to aim at."""
LARGEST_NUMBER = 25
"""The largest type for which a line of a card has room."""
CHOSEN, CHOSEN_PX = 2.5, 3.0
"""How thick the frame of what is selected is, in scene units and on the screen at least."""
RING = 4.0
"""How far round its card the second line of the output runs: a mark not by colour alone."""


class Mark:
    """What a gesture or a step says about a card: bits of an int, for painting asks thousands of times."""

    NONE, HOVERED, ACTIVE, TARGET, REFUSED, OUTPUT = 0, 1, 2, 4, 8, 16


class NodeItem(QGraphicsItem):
    """The card of one node; `scene()` holds the frame, the theme and the problems it shows."""

    def __init__(
        self, node: Node, ports: int, is_output: bool, face: CardFace, text_scale: float = 1.0
    ) -> None:
        super().__init__()
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setScale(text_scale)
        self.node, self.mark = node, Mark.NONE
        self.revision = 0  # how often it was asked for an update: it may look different
        self._plain: tuple[object, tuple[object, ...]] | None = None
        self._shown: tuple[object, tuple[object, ...]] | None = None
        """What that part of the look which no frame changes, and all of it, were found for, and they."""
        self.aimed_port: int | None = None  # the input port an edge is being drawn to
        self.shape_of_card: CardShape
        """What is painted; `outline` is how large it then is on the canvas."""
        self.outline: CardShape
        self._bounds: QRectF
        self.show_node(node, ports, is_output, face)

    def show_node(self, node: Node, ports: int, is_output: bool, face: CardFace) -> None:
        """Take over a changed record, or other words for it."""
        self.prepareGeometryChange()
        self.node, self.face = node, face
        self.symbol = header_symbol(node)
        self.shape_of_card = self.measured(node, ports, is_output, face)
        self.outline = self.shape_of_card.times(self.scale())
        self.mark = (self.mark | Mark.OUTPUT) if is_output else (self.mark & ~Mark.OUTPUT)
        side = max(MARGIN, badges.OVERHANG)
        self._bounds = self.shape_of_card.rect.adjusted(-side, -MARGIN, side, badges.REACH)
        self.setPos(*node.place)
        self.update()

    def measured(self, node: Node, ports: int, is_output: bool, face: CardFace) -> CardShape:
        """The shape of the card of a node."""
        return shape_of(node, ports, is_output, face)

    # --- places, in scene units
    @property
    def card(self) -> QRectF:
        """The card's rectangle in the scene."""
        return self.outline.rect.translated(self.pos())

    def output_port(self) -> QPointF:
        """The centre of the output port."""
        return self.pos() + self.outline.output

    def input_port(self, port: int) -> QPointF:
        """The centre of an input port, also of one that does not exist yet."""
        return self.pos() + self.outline.input(port)

    def set_mark(self, mark: int, on: bool) -> None:
        """Put a mark on or take it off."""
        wanted = (self.mark | mark) if on else (self.mark & ~mark)
        if wanted == self.mark:
            return
        self.mark = wanted
        scene = self._note_look()
        if scene is not None and self.isVisible():  # for an update of Qt's, it looks through all items
            scene.repaint([self.sceneBoundingRect()])

    def _note_look(self) -> CardLook | None:
        """Note that the card may look different. Returns its scene."""
        scene: CardLook | None = self.scene()  # type: ignore[assignment]
        self.revision += 1
        if scene is not None:
            scene.card_revision += 1
        return scene

    # --- Qt
    def update(self, *rect: QRectF) -> None:
        """Have the card painted again: it may look different."""
        self._plain = None
        self._note_look()
        super().update(*rect)

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        scene: CardLook = self.scene()  # type: ignore[assignment]
        scale = option.levelOfDetailFromTransform(painter.worldTransform())
        draw = partial(self._draw, scene=scene, scale=scale)
        if widget is None or len(scene.graph) <= MOST_DIRECT or scene.pictures.enter(self.node.id):
            draw(painter)  # without a widget a file is made
        else:
            scene.pictures.paint(painter, self.node.id, self._bounds, self._look(scene, scale), draw)

    def picture(self, grid: Grid, scale: float) -> Placed | None:
        """Returns the card's picture where the scene has this grid, and this scale in pixels of the view."""
        scene: CardLook = self.scene()  # type: ignore[assignment]
        grid, scale = grid.within(self.pos(), self.scale()), scale * self.scale()
        look, draw = self._look(scene, scale), partial(self._draw, scene=scene, scale=scale)
        return scene.pictures.placed(grid, self.node.id, self._bounds, look, draw, at_once=True)

    def _look(self, scene: CardLook, scale: float) -> tuple[object, ...]:
        """Returns all that `_draw` reads, and nothing else. What no frame changes is kept while neither the
        card nor the scene is asked for an update, the rest while the same numbers, problems and marks are."""
        showing, node_id, frame = scene.showing, self.node.id, scene.showing.frame
        stamp = scene.revision, frame and frame.trace, showing.shows_marks, scale
        if self._plain is None or self._plain[0] != stamp:
            self._plain, self._shown = (stamp, self._plain_look(scene, scale)), None
        numbers = showing.numbers
        shown = numbers.of(node_id), showing.problems, self.mark, self.aimed_port
        if self._shown is None or self._shown[0] != shown or self.mark & Mark.ACTIVE:
            ink = showing.phase_ink() if self.mark & Mark.ACTIVE else ""
            marks = self.mark, self.aimed_port, ink, node_id in showing.problems
            look = *self._plain[1], *marks, numbers.seen_small(node_id)
            if scale >= TEXT_SCALE:
                look = *look, numbers.trouble_of_node(node_id).is_quiet, badges.patch_of(scene, node_id)
            self._shown = shown, look
        return self._shown[1]

    def _plain_look(self, scene: CardLook, scale: float) -> tuple[object, ...]:
        """Returns what of the look is the same at all frames of a trace."""
        showing, node_id, is_read = scene.showing, self.node.id, scale >= TEXT_SCALE
        return (
            *(self.node, self.face, self.shape_of_card, round(scale, 6)),
            *(scene.type_wish, scene.theme, showing.wording, scene.is_selected(node_id)),
            scene.lit is None or (node_id in scene.lit, "others step back"),
            showing.asked if showing.asks(node_id) else None,
            *((showing.derivative_names(self.node.name), showing.chips.badge_growth) if is_read else ()),
        )

    def _draw(self, painter: QPainter, scene: CardLook, scale: float) -> None:
        theme = scene.theme
        lit = scene.lit is not None and self.node.id in scene.lit
        painter.setOpacity(1.0 if scene.lit is None or lit else 0.4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, scale >= PORT_SCALE)
        if self.mark & Mark.ACTIVE:
            self._paint_halo(painter, scene.showing.phase_ink())
        if scene.showing.asks(self.node.id):
            question_mark.paint_rim(painter, theme, self.shape_of_card.rect, RADIUS)
        if scale < PORT_SCALE:
            self._paint_plainly(painter, theme, scene, scale)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_words(painter, scene, scale)
            return
        self._paint_card(painter, theme, scene, scale)
        if scale < TEXT_SCALE:
            self._paint_words(painter, scene, scale)
        else:
            labelled, shape = scale >= LABEL_SCALE, self.shape_of_card
            scale = type_scale(scale, scene.type_wish)
            self._paint_header(painter, theme, scale)
            word = "value" if labelled else ""
            if self.face.has_value:
                paint_value_line(painter, scene, self.node, shape.value_line, word, scale)
            if self.face.has_gradient and self.node.op != "constant":
                paint_gradient_line(painter, scene, self.node, shape.gradient_line, scale, labelled=labelled)
            growth = scene.showing.chips.badge_growth  # amber alone must not say it, however small
            badges.paint(painter, scene, self.node.id, shape, growth)
        if self.node.muted and self.shape_of_card.inputs:
            self._paint_way_through(painter, theme)
        self._paint_ports(painter, theme, lit)

    # --- parts
    def _paint_words(self, painter: QPainter, scene: CardLook, scale: float) -> None:
        rect = self.shape_of_card.rect
        small_card.paint_words(painter, scene, self.node, self.face.name, self.symbol, rect, scale)

    def _paint_halo(self, painter: QPainter, ink: str) -> None:
        painter.setPen(pen(ink, 2.5, alpha=0.75))
        painter.setBrush(color(ink, 0.14))
        rim = self.shape_of_card.rect.adjusted(-6, -6, 6, 6)
        painter.drawRoundedRect(rim, RADIUS + 5, RADIUS + 5)

    def _paint_plainly(self, painter: QPainter, theme: Theme, scene: CardLook, scale: float) -> None:
        rect = self.shape_of_card.rect
        painter.setBrush(color(small_card.ground(scene, self.node)))
        painter.setPen(self._border(theme, scene, scale))
        painter.drawRect(rect)
        small_card.paint_stripe(painter, self.node, rect, scale)
        if self.mark & Mark.OUTPUT:
            self._paint_ring(painter, theme, 3.0, 0.0)

    def _paint_card(self, painter: QPainter, theme: Theme, scene: CardLook, scale: float) -> None:
        rect, is_small = self.shape_of_card.rect, scale < TEXT_SCALE
        if scale >= LABEL_SCALE:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(theme.shadow))
            painter.drawRoundedRect(rect.translated(0, 2), RADIUS, RADIUS)
        border = self._border(theme, scene, scale)
        painter.setPen(border)
        painter.setBrush(color(small_card.ground(scene, self.node) if is_small else theme.card))
        painter.drawRoundedRect(rect, RADIUS, RADIUS)
        if is_small:
            small_card.paint_stripe(painter, self.node, rect, scale)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(small_card.head_ink(scene, self.node))
            painter.drawPath(header_path(rect.width(), border.widthF() / 2))
        if self.mark & Mark.OUTPUT:
            self._paint_ring(painter, theme, 1.75, RADIUS + RING)

    def _paint_ring(self, painter: QPainter, theme: Theme, width: float, radius: float) -> None:
        painter.setPen(pen(theme.text, width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self.shape_of_card.rect.adjusted(-RING, -RING, RING, RING), radius, radius)

    def _border(self, theme: Theme, scene: CardLook, scale: float) -> QPen:
        if self.mark & Mark.REFUSED:
            return pen(theme.danger, 2.5, Qt.PenStyle.DashLine)
        if self.mark & Mark.TARGET:
            return pen(theme.accent, 3)
        if scene.is_selected(self.node.id):
            return chosen_pen(theme, scale)
        if self.node.id in scene.showing.problems:
            return pen(theme.danger, 1.5, Qt.PenStyle.DashLine)
        if self.node.muted:
            return pen(theme.dim, 1.5, Qt.PenStyle.DashLine)
        if self.mark & Mark.OUTPUT:
            return pen(theme.text, 1.25)
        if self.mark & Mark.HOVERED:
            return pen(theme.dim, 1.25)
        return pen(theme.border, 1)

    def _paint_header(self, painter: QPainter, theme: Theme, scale: float) -> None:
        node = self.node
        tag = "muted" if node.muted else "output" if self.mark & Mark.OUTPUT else ""
        head = card_head.Head(self.face.name, tag, self.symbol, node.is_leaf, node.muted)
        card_head.paint(painter, theme, head, self.shape_of_card.width, scale)

    def _paint_way_through(self, painter: QPainter, theme: Theme) -> None:
        """The first input goes straight on to the output."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen(theme.dim, 1.75, Qt.PenStyle.DashLine, alpha=0.7))
        painter.drawPath(self.shape_of_card.way_through())

    def _paint_ports(self, painter: QPainter, theme: Theme, lit: bool) -> None:
        painter.setBrush(color(theme.card))
        painter.setPen(pen(theme.text if self.mark & Mark.OUTPUT else theme.edge, 2))
        painter.drawEllipse(self.shape_of_card.output, PORT_RADIUS, PORT_RADIUS)
        painter.setPen(pen(theme.accent if lit else theme.edge, 2))
        inputs = self.shape_of_card.inputs
        radius = port_radius(inputs)
        for center in inputs:
            painter.drawEllipse(center, radius, radius)
        if self.aimed_port is not None:
            ink = theme.danger if self.mark & Mark.REFUSED else theme.accent
            painter.setPen(pen(ink, 2))
            painter.setBrush(color(ink))
            place = (self.input_port(self.aimed_port) - self.pos()) / self.outline.scale
            painter.drawEllipse(place, PORT_RADIUS + 2, PORT_RADIUS + 2)


def paint_value_line(
    painter: QPainter, scene: CardLook, node: Node, line: QRectF, label: Line, scale: float = 1.0
) -> None:
    """The value of a node, quiet where it is not reached yet."""
    if scene.showing.asks(node.id, "value"):
        question_mark.paint_line(painter, scene.theme, line, (label,) if label else ())
        return
    theme, value = scene.theme, scene.showing.value(node.id)
    quiet = value is None
    if quiet and node.is_leaf:
        value = node.value
    ink = theme.danger if value is not None and not math.isfinite(value) else theme.forward
    names = (label,) if label else ()
    paint_number(painter, scene, line, names, value, theme.dim if quiet else ink, scale, signed=False)


def paint_gradient_line(
    painter: QPainter, scene: CardLook, node: Node, line: QRectF, scale: float = 1.0, *, labelled: bool
) -> None:
    """The gradient of a node, or the sum so far."""
    theme, value = scene.theme, scene.showing.gradient(node.id)
    is_nothing = scene.showing.is_rounding(node.id)
    ink = theme.dim if value is None or is_nothing else gradient_colors(theme, value)[0]
    if value is not None and scene.showing.is_stale(node.id):
        ink = theme.stale
        painter.fillRect(line.adjusted(4, 2, -4, -2), color(theme.stale_back))
    elif scene.showing.trouble(node.id).is_quiet:
        painter.fillRect(line.adjusted(4, 2, -4, -2), color(theme.danger_back))
    names = scene.showing.derivative_names(node.name) if labelled else ()
    if scene.showing.asks(node.id, "gradient"):
        question_mark.paint_line(painter, theme, line, names)
        return
    text = ABOUT_ZERO if is_nothing else ""
    paint_number(painter, scene, line, names, value, ink, scale, signed=True, text=text)


def paint_number(
    painter: QPainter,
    look: CardLook,
    line: QRectF,
    names: tuple[Line, ...],
    value: float | None,
    ink: str,
    scale: float = 1.0,
    *,
    signed: bool,
    text: str = "",
) -> None:
    """A line of a card: a word, or names with signs between them, at its left; at its right a number, or what
    stands for it.
    """
    room, digits = line.width() - 2 * PADDING, look.showing.wording.card_digits
    style, word = number_style(scale), joined(*names)

    def beside(label: Style) -> float:
        return max(number_room(digits), room - text_width(word, label) - 8)

    def said(label: Style, most: int) -> str:
        if text or value is None:
            return text or "…"
        return small_card.number_text(value, beside(label) * VALUE[0] / style[0], most, signed=signed)

    short = said(geometry.LABEL, min(digits, SHORT_DIGITS))  # labels grow where edges say no more
    label = label_beside(word, room - 8 - max(number_room(digits), text_width(short, style)), scale)
    number = said(label, digits)
    style = lettering.smaller(number, style, beside(label), geometry.LABEL[0])
    shown = shortened_names(names, room - 8 - text_width(number, style), label)
    write_left(painter, line.adjusted(PADDING, 0, 0, 0), shown, label, look.theme.dim)
    write_right(painter, line.adjusted(0, 0, -PADDING, 0), number, style, ink)


def number_style(scale: float) -> Style:
    """Returns the type of a card's numbers at a scale: it shrinks on the screen until its digits are
    `LEAST_PX` high, and no further while it has room.
    """
    return min(LARGEST_NUMBER, max(VALUE[0], round(small_card.NUMBER_PX / scale))), VALUE[1]


def shape_of(node: Node, ports: int, is_output: bool, face: CardFace) -> CardShape:
    """The shape of a node's card."""
    return geometry.card_shape(face, header_symbol(node), ports, is_output, node.op == "constant")


def chosen_pen(theme: Theme, scale: float) -> QPen:
    """Returns the frame of what is selected: so thick on the screen, from far away too, that it stands out by
    more than its colour.
    """
    return pen(theme.accent, max(CHOSEN, round(CHOSEN_PX / scale, 1)))
