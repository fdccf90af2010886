"""Cards, circles and collapsed groups of a TikZ picture: what the canvas paints of them, in its inks."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF

from nodegraph.canvas import tikz_shapes as tz
from nodegraph.canvas.drawing import geometry
from nodegraph.canvas.drawing.lettering import text_width
from nodegraph.canvas.drawing.theme import gradient_colors, mixed, own_color
from nodegraph.canvas.items import badges, compact_card, small_card
from nodegraph.canvas.items.badges import Badge
from nodegraph.canvas.items.compact_card import CompactCard
from nodegraph.canvas.items.group_item import GroupItem
from nodegraph.canvas.items.node_item import Mark, NodeItem
from nodegraph.canvas.picture_words import MUTED, Box
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.engine.rounding import ABOUT_ZERO
from nodegraph.core.graph.annotations import shade
from nodegraph.core.graph.naming import stands_as_number
from nodegraph.core.graph.records import Node
from nodegraph.core.layout.card_size import GROUP_ROW
from nodegraph.core.operations.formula_writer import name_in_latex
from nodegraph.core.operations.latex_text import escaped
from nodegraph.core.typeset import Line, flat

ACTIVE_REACH = 6.0
OUTPUT = "output"
"""What stands beside the name of the output."""


def card(scene: GraphScene, box: Box, node_id: str, digits: int, points: float) -> Iterator[str]:
    """A card: its name and operation above, its value and gradient below, its ports and badges."""
    item, theme = scene.items_by_id[node_id], scene.theme
    rect, large = item.card, scene.text_scale
    head = QRectF(rect.left(), rect.top(), rect.width(), geometry.HEADER * large)
    if node_id in scene.active_nodes:
        yield _ring(scene, rect, points)
    yield tz.filled(rect, theme.card)
    yield _head_of(rect, head, small_card.head_ink(scene, item.node).name())
    yield _rim_of(scene, item, box, points)
    if box.is_output:
        yield rf"\draw[card, {tz.color(theme.text)}] {tz.box(rect.adjusted(-4, -4, 4, 4))};"
    yield from _title_of(scene, item, box, head, points)
    if item.face.has_value:
        row = tz.moved(item.shape_of_card.value_line, rect.topLeft(), large)
        yield from _value(scene, item.node, row, "value", "value", digits)
    if box.derivative:
        row = tz.moved(item.shape_of_card.gradient_line, rect.topLeft(), large)
        yield from _gradient(scene, item.node, row, digits)
    if box.is_muted:
        yield from tz.way_through(item.shape_of_card, rect, theme.dim, points)
    yield from _ports(scene, rect, ((item.shape_of_card.output,), item.shape_of_card.inputs))
    growth = scene.showing.chips.growth
    below = badges.placed_round(badges.patch_of(scene, node_id), item.shape_of_card, growth)
    yield from _badges(scene, below, rect.topLeft(), points)


def _rim_of(scene: GraphScene, item: NodeItem, box: Box, points: float) -> str:
    """The rim of a card, dashed round one that has a problem or is muted."""
    theme, fine = scene.theme, points * scene.text_scale
    if item.node.id in scene.showing.problems:
        return tz.dashed_rim(item.card, theme.danger, fine)
    if box.is_muted:
        return tz.dashed_rim(item.card, theme.dim, fine)
    return rf"\draw[card, {tz.color(theme.text if box.is_output else theme.border)}] {tz.box(item.card)};"


def _title_of(scene: GraphScene, item: NodeItem, box: Box, head: QRectF, points: float) -> Iterator[str]:
    """The name of a node, what it is, and its operation."""
    theme, large = scene.theme, scene.text_scale
    kind = ("label", theme.dim) if box.is_leaf else ("name", theme.dim if box.is_muted else theme.forward)
    written, tag = name(scene, box.name), MUTED if box.is_muted else OUTPUT if box.is_output else ""
    room = head.width() / large - 2 * geometry.PADDING - 8 - text_width(box.symbol, tz.TYPES[kind[0]])
    taken = text_width(item.face.name, geometry.NAME) + text_width(f" {tag}", geometry.LABEL)
    if tag and taken <= room * tz.NARROWER:
        written += tz.said_beside(tag, theme.dim, geometry.LABEL[0] * points * large)
    yield from tz.row(head, written, "name", theme.text, (box.symbol, *kind), (item.face.name,), large)


def group(scene: GraphScene, item: GroupItem, digits: int, points: float) -> Iterator[str]:
    """The card of a collapsed group: its title and how many nodes it holds, and what leads out of it."""
    rect, theme, large = item.rect, scene.theme, scene.text_scale
    own = own_color(theme, shade(item.group.colour))
    plain, tint = mixed(own, theme.background, 0.7).name(), mixed(own, theme.card, 0.28).name()
    if scene.active_nodes & item.members:
        yield _ring(scene, rect, points)
    for behind in (6 * large, 3 * large):  # as a pile: there is more beneath
        yield tz.filled(rect.adjusted(behind, 0, -behind, behind), theme.head, plain)
    head = QRectF(rect.left(), rect.top(), rect.width(), geometry.HEADER * large)
    yield tz.filled(rect, theme.card)
    yield _head_of(rect, head, tint)
    rim = rf"\draw[card, {tz.color(plain)}] {tz.box(rect)};"
    yield tz.dashed_rim(rect, plain, points * large) if item.muted else rim
    count = item.count, "label", theme.dim
    yield from tz.row(head, escaped(item.title), "name", theme.text, count, (item.title,), large)
    if item.crowd:
        line = QRectF(rect.left(), head.bottom(), rect.width(), GROUP_ROW * large)
        yield from tz.row(line, item.crowd, "label", theme.dim, ("", "", ""))
    for line, member in item.output_lines:
        node, row = scene.graph.node(member), tz.moved(line, rect.topLeft(), large)
        yield from _value(scene, node, row, name(scene, node.name), scene.showing.label(node.name), digits)
    if len(item.outputs) == 1 and scene.showing.wording.gradients:
        (member,) = item.outputs
        row = tz.moved(item.gradient_line, rect.topLeft(), large)
        yield from _gradient(scene, scene.graph.node(member), row, digits)
    yield from _ports(scene, rect, (tuple(item.outputs.values()), tuple(item.inputs.values())))


def _value(scene: GraphScene, node: Node, row: QRectF, left: str, label: Line, digits: int) -> Iterator[str]:
    """A line with a value: quiet where it is not reached yet, alarming where it is no finite number."""
    theme, value = scene.theme, scene.showing.value(node.id)
    is_quiet = value is None
    if is_quiet and node.is_leaf:
        value = node.value
    ink = theme.forward if value is None or math.isfinite(value) else theme.danger
    said = _fitted(value, row.width() / scene.text_scale, label, digits)
    right = said if scene.showing.wording.values else "", "value", theme.dim if is_quiet else ink
    yield from tz.row(row, left, "label", theme.dim, right, (label,), scene.text_scale)


def _gradient(scene: GraphScene, node: Node, row: QRectF, digits: int) -> Iterator[str]:
    """The line with the gradient of a node, on the ground that says what is wrong with it."""
    theme, showing, large = scene.theme, scene.showing, scene.text_scale
    gradient, symbol = showing.gradient(node.id), showing.derivative_symbol(node.name)
    is_nothing = showing.is_rounding(node.id)
    ink = theme.dim if gradient is None or is_nothing else gradient_colors(theme, gradient)[0]
    ground = ""
    if gradient is not None and showing.is_stale(node.id):
        ink, ground = theme.stale, theme.stale_back
    elif showing.trouble(node.id).is_quiet:
        ground = theme.danger_back
    if ground:
        yield tz.filled(row.adjusted(4 * large, 2 * large, -4 * large, -2 * large), ground, style="")
    said = _fitted(gradient, row.width() / large, symbol, digits, signed=True)
    right = ABOUT_ZERO if is_nothing else said, "value", ink
    names = showing.derivative_names(node.name)
    yield from tz.row(row, _derivative(scene, symbol, node.name), "label", theme.dim, right, names, large)


def circle(scene: GraphScene, item: CompactCard, points: float) -> Iterator[str]:
    """A node in compact notation: its circle, the name above it, and a sum and badges below it."""
    rect, theme, large = item.card, scene.theme, scene.text_scale
    if item.mark & Mark.ACTIVE:
        yield _ring(scene, rect, points, is_round=True)
    pen = compact_card.rim(scene, item)
    width, drawn = tz.fine(pen.widthF() * large * points), tz.drawn(pen, points * large)
    ground = small_card.head_ink(scene, item.node).name() if item.node.colour else theme.card
    looks = f"{tz.rounded(rect, points)}, line width={width}bp, fill={tz.ink(ground)}, {drawn}"
    yield rf"\filldraw[{looks}] {tz.box(rect)};"
    if item.mark & Mark.OUTPUT:
        inner = rect.adjusted(3 * large, 3 * large, -3 * large, -3 * large)
        end, stop = item.output_line()
        yield rf"\draw[{tz.rounded(inner, points)}, line width={width}bp, {drawn}] {tz.box(inner)};"
        thin = tz.fine(1.75 * points * large)
        yield rf"\draw[line width={thin}bp, {tz.color(theme.edge)}] {tz.place(end)} -- {tz.place(stop)};"
    text, style = compact_card.said(item.node, item.face)
    is_named = item.node.is_leaf and not stands_as_number(item.node, scene.graph.named)
    said = name(scene, item.node.name) if is_named else escaped(flat(text))
    kind = "symbol" if style == compact_card.SYMBOL else "name"
    yield tz.text(rect.center(), said, kind, theme.dim if item.node.muted else theme.text, "center")
    for line, place, ink in item.notes(scene):
        words = name(scene, item.node.name) if line is item.face.name else _sum(flat(line))
        yield tz.text(tz.moved(place, rect.topLeft(), large).center(), words, "note", ink, "center")
    yield from _badges(scene, item.badges(scene), rect.topLeft(), points)


def _sum(text: str) -> str:
    return rf"$\Sigma$ {escaped(text.removeprefix('Σ '))}"


# --- parts
def _badges(
    scene: GraphScene, placed: Iterable[tuple[Badge, QRectF]], corner: QPointF, points: float
) -> Iterator[str]:
    """Badges of a card with this corner, whose places are in usual type."""
    for badge, place in placed:
        yield said_on(scene, badge, tz.moved(place, corner, scene.text_scale), points)


def said_on(scene: GraphScene, badge: Badge, rect: QRectF, points: float) -> str:
    """A badge on its ground."""
    ink: str = getattr(scene.theme, badge.ink)
    looks = f"fill={tz.ink(getattr(scene.theme, badge.ground))}, draw={tz.ink(ink)}, draw opacity=0.6"
    return tz.pill(rect, escaped(badge.text), "badge", ink, looks, points)


def _head_of(rect: QRectF, head: QRectF, tint: str) -> str:
    """The band behind the title of a card."""
    return rf"\begin{{scope}}\clip[card] {tz.box(rect)};{tz.filled(head, tint, style='')}\end{{scope}}"


def _ring(scene: GraphScene, rect: QRectF, points: float, *, is_round: bool = False) -> str:
    """What stands round a card, or a circle, that the current step is about."""
    reach = (compact_card.HALO if is_round else ACTIVE_REACH) * scene.text_scale
    tint = tz.ink(scene.showing.phase_ink())
    around = rect.adjusted(-reach, -reach, reach, reach)
    corners = tz.rounded(around, points) if is_round else "card"
    looks = f"fill={tint}, fill opacity=0.14, draw={tint}, draw opacity=0.75"
    width = tz.fine(2.5 * scene.text_scale * points)
    return rf"\path[{corners}, {looks}, line width={width}bp] {tz.box(around)};"


def _ports(scene: GraphScene, rect: QRectF, sides: Iterable[Sequence[QPointF]]) -> Iterator[str]:
    theme, large = scene.theme, scene.text_scale
    rim = f"fill={tz.ink(theme.card)}, draw={tz.ink(theme.edge)}"
    for ports in sides:
        radius = tz.number(geometry.port_radius(ports) * large)
        for port in ports:
            yield rf"\filldraw[{rim}] {tz.place(rect.topLeft() + port * large)} circle[radius={radius}];"


# --- words
def _fitted(value: float | None, width: float, label: Line, digits: int, *, signed: bool = False) -> str:
    """A number with as many digits as find room beside its label, and in two at least, as on the canvas."""
    if value is None:
        return "…"
    room = width - 2 * geometry.PADDING - text_width(label, geometry.LABEL) - 8
    room = max(geometry.NUMBER_ROOM, room) * tz.NARROWER
    return small_card.number_text(value, room, digits, signed=signed)


def name(scene: GraphScene, plain: str) -> str:
    """A name as mathematics, or as text where it has letters that TeX's mathematics lacks; typeset where the
    canvas has it so.
    """
    written = name_in_latex(plain, plain=scene.showing.label(plain) == plain)
    return f"${written}$" if written.isascii() else rf"\textit{{{escaped(plain)}}}"


def _derivative(scene: GraphScene, symbol: str, plain: str) -> str:
    """∂L/∂a with names as on the cards, or a.grad where gradients are kept."""
    of, _slash, by = symbol.removeprefix("∂").partition("/∂")
    if not by:
        return escaped(symbol)
    if symbol.endswith(f"/∂{plain}"):
        of, by = symbol[1 : -len(plain) - 2], plain
    return rf"$\partial${name(scene, of)}$/\partial${name(scene, by)}"
