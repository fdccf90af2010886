"""A graph as a TikZ picture: cards, edges, labels, notes where they lie on the canvas, in LaTeX's own type.

One document by itself, whose page is the picture; its tikzpicture can be put into another, with the
graph in its comments. Coordinates are scene units. Needs nothing of TeX but TikZ and geometry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPen

from nodegraph.canvas import picture
from nodegraph.canvas import tikz_shapes as tz
from nodegraph.canvas.drawing import edge_styles, geometry, legend_bars
from nodegraph.canvas.drawing.lettering import text_width
from nodegraph.canvas.drawing.theme import gradient_colors, mixed, own_color
from nodegraph.canvas.figure import PictureOptions
from nodegraph.canvas.items import compact_card, compact_labels, note_item, small_card
from nodegraph.canvas.items.compact_card import CompactCard
from nodegraph.canvas.items.compact_labels import CompactLabels
from nodegraph.canvas.items.edge_layers import EdgeLayer
from nodegraph.canvas.items.figure_parts import TITLE, LegendPart, TitlePart, grid_lines
from nodegraph.canvas.items.group_item import GroupItem
from nodegraph.canvas.items.node_item import Mark
from nodegraph.canvas.items.note_item import NoteItem
from nodegraph.canvas.picture_words import Box, Words, words_of
from nodegraph.canvas.pictures.text_lines import Run, text_lines
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.engine.trace import Frame
from nodegraph.core.graph.annotations import shade
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import stands_as_number
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.layout.card_size import GROUP_ROW
from nodegraph.core.operations.formula_writer import name_in_latex
from nodegraph.core.operations.latex_text import OTHER_LETTERS, escaped, with_other_letters
from nodegraph.core.typeset import flat
from nodegraph.formats import native
from nodegraph.formats.pictures import tex

ROUND, ACTIVE_REACH = 10.0, 6.0
BOLD = ("name", "value", "title", "symbol", "gradient")
PREAMBLE = r"""% Made by nodegraph, for pdflatex or lualatex.
\documentclass{article}
\usepackage[paperwidth=WIDTHbp, paperheight=HEIGHTbp, margin=0pt]{geometry}
\usepackage{iftex}
\ifPDFTeX\usepackage[utf8]{inputenc}\usepackage[T1]{fontenc}\usepackage{lmodern}\fi
\usepackage{amsmath,amssymb}
\usepackage{tikz}
\pagestyle{empty}
\setlength{\parindent}{0pt}
\setlength{\topskip}{0pt}
OTHER\begin{document}
\enlargethispage{1bp}% TeX counts the picture's unit in whole scaled points
"""
SIZES = {
    "title": TITLE[0],
    "name": geometry.NAME[0],
    "label": geometry.LABEL[0],
    "value": geometry.VALUE[0],
    "chip": geometry.CHIP[0],
    "symbol": compact_card.SYMBOL[0],
    "note": compact_card.NAME[0],
    "gradient": compact_labels.GRADIENT[0],
}


def tikz(graph: Graph, frame: Frame, options: PictureOptions) -> bytes:
    """Returns the picture as a LaTeX document, in UTF-8. Raises Refused where there is nothing to draw."""
    scene = picture.scene_to_draw(graph, frame, options)
    picture.demand_type(scene, options)
    area = picture.area_of(scene, options)
    points = picture.unit_points(area, options)
    lines = [*_head(scene, options, area), *_body(scene, words_of(scene, frame), points)]
    lines += [*tex.comments(native.write(graph)), r"\end{tikzpicture}"]
    width, height = (tz.fine(side * points) for side in (area.width(), area.height()))
    body = "\n".join(lines)
    told = with_other_letters(body)
    preamble = PREAMBLE.replace("WIDTH", width).replace("HEIGHT", height)
    preamble = preamble.replace("OTHER", "" if told == body else OTHER_LETTERS)
    return f"{preamble}{told}\n\\end{{document}}\n".encode()


def _head(scene: GraphScene, options: PictureOptions, area: QRectF) -> Iterator[str]:
    """The picture's units, its styles and its ground."""
    theme, large, unit_points = scene.theme, scene.text_scale, picture.unit_points(area, options)
    unit = f"{unit_points:.7g}"
    yield rf"\begin{{tikzpicture}}[x={unit}bp, y=-{unit}bp, line width={unit}bp, inner sep=0pt,"
    for name, size in SIZES.items():
        bold = r"\bfseries\boldmath" if name in BOLD else ""
        yield rf"  {name}/.style={{font={tz.font(size * unit_points * large)}{bold}}},"
    yield rf"  card/.style={{rounded corners={tz.number(ROUND * unit_points * large)}bp}}]"
    yield rf"\useasboundingbox {tz.box(area)};"
    if not options.transparent:
        yield tz.filled(area, theme.background, style="")
    if options.grid:
        yield from _grid(area, theme.grid)


def _grid(area: QRectF, ink: str) -> Iterator[str]:
    across, down = (",".join(map(tz.number, places.tolist())) for places in grid_lines(area))
    if across and down:
        dot = rf"\fill[{tz.color(ink)}] (\x,\y) circle[radius=1];"
        yield rf"\foreach \x in {{{across}}} \foreach \y in {{{down}}} {dot}"


def _body(scene: GraphScene, words: Words, points: float) -> Iterator[str]:
    tints = {}
    for group in scene.surroundings.groups.values():
        if not group.group.collapsed:
            ink, ground = own_color(scene.theme, shade(group.group.colour)), scene.theme.background
            tints[group] = mixed(ink, ground, 0.09).name()
            yield tz.filled(group.rect, tints[group], mixed(ink, ground, 0.55).name())
    for note in scene.surroundings.notes.values():
        yield from _note(scene, note, points)
    yield from _edges(scene, points)
    for group, tint in tints.items():  # above the edges that cross it
        if title := escaped(group.group.title):
            style = f"name, fill={tz.ink(tint)}, inner sep=2bp"
            yield tz.text(group.handle.center(), title, style, scene.theme.text, "center")
    boxes = [*(box for group in words.groups for box in group.boxes), *words.free]
    for box in boxes:
        node = scene.graph.named(box.key)
        item = None if node is None else scene.items_by_id[node.id]
        if isinstance(item, CompactCard):
            yield from _circle(scene, item, points)
        elif node is not None:
            yield from _card(scene, box, node.id, words.digits, points)
    for group in scene.surroundings.collapsed():
        yield from _group(scene, group, words.digits, points)
    yield from _labels(scene)
    for part in scene.items():
        if isinstance(part, TitlePart):
            yield tz.text(QPointF(part.rect.left(), part.rect.center().y()), escaped(flat(part.title)),
                        "title", scene.theme.text, "west")  # fmt: skip
        elif isinstance(part, LegendPart):
            yield from _legend(part, points)


def _note(scene: GraphScene, item: NoteItem, points: float) -> Iterator[str]:
    """The paper of a note, and its lines where the canvas has them, as far as the paper goes."""
    theme, large = scene.theme, item.scale()
    ground, rim = (ink.name() for ink in item.paper_inks(theme))
    yield tz.filled(
        item.rect, ground, rim, f"rounded corners={tz.fine(note_item.RADIUS * large * points)}bp, "
    )
    yield rf"\begin{{scope}}\clip {tz.box(item.rect.adjusted(2, 2, -2, -2))};"
    ink = theme.text if item.note.text else theme.dim
    cut = item.cut(theme.accent)
    for line in text_lines(item.words(theme.accent)):
        if cut is None or line.bottom <= cut:
            start = item.pos() + (item.text_corner + line.baseline) * large
            look = f"font={tz.font(note_item.TEXT_PX * line.size * large * points)}"
            if line.mark:
                before = start - QPointF(note_item.TEXT_PX * large / 3, 0)
                yield tz.text(before, escaped(line.mark), look, ink, "base east")
            yield tz.text(
                start, "".join(_run(run, theme.accent) for run in line.runs), look, ink, "base west"
            )
    if cut is not None:
        start = item.pos() + item.cut_sign(cut) * large
        look = f"font={tz.font(note_item.TEXT_PX * large * points)}"
        yield tz.text(start, rf"\textbf{{{escaped(note_item.CUT)}}}", look, theme.text, "base west")
    yield r"\end{scope}"


def _run(run: Run, accent: str) -> str:
    """A piece of a note's line in its typeface."""
    text = escaped(run.text)
    if run.is_code:
        text = text.replace(" ", r"\ ")
    typefaces = ((run.is_code, "texttt"), (run.is_bold, "textbf"), (run.is_italic, "textit"))
    for _wished, command in (one for one in typefaces if one[0]):
        text = rf"\{command}{{{text}}}"
    return rf"\textcolor{tz.ink(accent)}{{{text}}}" if run.is_link else text


def _legend(part: LegendPart, points: float) -> Iterator[str]:
    """The bars that say which line stands for which contribution."""
    theme, corner, large = part.graph_scene.theme, part.rect.topLeft(), part.graph_scene.text_scale
    said, *words = part.words()
    yield tz.text(corner + legend_bars.WORDS_AT * large, escaped(said), "label", theme.dim, "west")
    for pen, line in legend_bars.bars(theme):
        start, end = (tz.place(corner + place * large) for place in (line.p1(), line.p2()))
        width = tz.fine(pen.widthF() * points * large)
        looks = f"{tz.color(pen.color().name())}{tz.dashed(pen, points)}"
        yield rf"\draw[line width={width}bp, {looks}] {start} -- {end};"
    for word, (place, ink) in zip(words, legend_bars.ends(theme), strict=False):
        yield tz.text(corner + place * large, escaped(word), "label", ink, "center")


def _card(scene: GraphScene, box: Box, node_id: str, digits: int, points: float) -> Iterator[str]:
    """A card: its name and operation above, its value and gradient below, its ports."""
    item, theme = scene.items_by_id[node_id], scene.theme
    card, large = item.card, scene.text_scale
    head = QRectF(card.left(), card.top(), card.width(), geometry.HEADER * large)
    ink = gradient_colors(theme, box.gradient)[0] if box.gradient is not None else theme.dim
    if node_id in scene.active_nodes:
        yield _ring(scene, card, points)
    yield tz.filled(card, theme.card)
    yield _head_of(card, head, theme.head)
    if not box.is_muted:
        yield rf"\draw[card, {tz.color(theme.text if box.is_output else theme.border)}] {tz.box(card)};"
    if box.is_output:
        yield rf"\draw[card, {tz.color(theme.text)}] {tz.box(card.adjusted(-4, -4, 4, 4))};"
    kind = ("label", theme.dim) if box.is_leaf else ("name", theme.dim if box.is_muted else theme.forward)
    name = _name(scene, box.name)
    if box.is_muted:
        name += tz.said_muted(theme.dim, SIZES["label"] * points * large)
    names = () if box.is_muted else (item.face.name,)
    yield from tz.row(head, name, "name", theme.text, (box.symbol, *kind), names, large)
    if item.face.has_value:
        row = tz.moved(item.shape_of_card.value_line, card.topLeft(), large)
        value = _fitted(box.value, row.width() / large, "value", digits)
        yield from tz.row(row, "value", "label", theme.dim, (value, "value", theme.forward))
    if box.derivative:
        row = tz.moved(item.shape_of_card.gradient_line, card.topLeft(), large)
        sent = _fitted(box.gradient, row.width() / large, box.derivative, digits, signed=True)
        word, names = _derivative(scene, box.derivative, box.name), scene.showing.derivative_names(box.name)
        yield from tz.row(row, word, "label", theme.dim, (sent, "value", ink), names, large)
    if box.is_muted:
        yield from tz.muted(item.shape_of_card, card, theme.dim, points)
    yield from _ports(scene, card, ((item.shape_of_card.output,), item.shape_of_card.inputs))


def _group(scene: GraphScene, item: GroupItem, digits: int, points: float) -> Iterator[str]:
    """The card of a collapsed group: its title and how many nodes it holds, and what leads out of it."""
    card, theme, large = item.rect, scene.theme, scene.text_scale
    own = own_color(theme, shade(item.group.colour))
    plain, tint = mixed(own, theme.background, 0.7).name(), mixed(own, theme.card, 0.28).name()
    if scene.active_nodes & item.members:
        yield _ring(scene, card, points)
    for behind in (6 * large, 3 * large):  # as a pile: there is more beneath
        yield tz.filled(card.adjusted(behind, 0, -behind, behind), theme.head, plain)
    head = QRectF(card.left(), card.top(), card.width(), geometry.HEADER * large)
    yield tz.filled(card, theme.card)
    yield _head_of(card, head, tint)
    rim = rf"\draw[card, {tz.color(plain)}] {tz.box(card)};"
    yield tz.muted_rim(card, plain, points * large) if item.muted else rim
    count = item.count, "label", theme.dim
    yield from tz.row(head, escaped(item.title), "name", theme.text, count, (item.title,), large)
    if item.crowd:
        line = QRectF(card.left(), head.bottom(), card.width(), GROUP_ROW * large)
        yield from tz.row(line, item.crowd, "label", theme.dim, ("", "", ""))
    for line, member in item.output_lines:
        yield from _way_out(scene, tz.moved(line, card.topLeft(), large), member, digits)
    if len(item.outputs) == 1 and scene.showing.wording.gradients:
        (member,) = item.outputs
        line = tz.moved(item.gradient_line, card.topLeft(), large)
        yield from _gradient_out(scene, line, member, digits)
    yield from _ports(scene, card, (tuple(item.outputs.values()), tuple(item.inputs.values())))


def _way_out(scene: GraphScene, row: QRectF, member: str, digits: int) -> Iterator[str]:
    """The name and the value of a node that leads out of a collapsed group."""
    theme, name = scene.theme, scene.graph.node(member).name
    value = scene.showing.value(member) if scene.showing.wording.values else None
    said = _fitted(value, row.width() / scene.text_scale, scene.showing.label(name), digits)
    right, label = (said, "value", theme.forward), scene.showing.label(name)
    yield from tz.row(row, _name(scene, name), "label", theme.dim, right, (label,), scene.text_scale)


def _gradient_out(scene: GraphScene, row: QRectF, member: str, digits: int) -> Iterator[str]:
    """The gradient of the one node that leads out."""
    theme, name = scene.theme, scene.graph.node(member).name
    gradient, symbol = scene.showing.gradient(member), scene.showing.derivative_symbol(name)
    ink = theme.dim if gradient is None else gradient_colors(theme, gradient)[0]
    sent = _fitted(gradient, row.width() / scene.text_scale, symbol, digits, signed=True)
    word, names = _derivative(scene, symbol, name), scene.showing.derivative_names(name)
    yield from tz.row(row, word, "label", theme.dim, (sent, "value", ink), names, scene.text_scale)


def _head_of(card: QRectF, head: QRectF, tint: str) -> str:
    """The band behind the title of a card."""
    return rf"\begin{{scope}}\clip[card] {tz.box(card)};{tz.filled(head, tint, style='')}\end{{scope}}"


def _ring(scene: GraphScene, card: QRectF, points: float, *, is_round: bool = False) -> str:
    """What stands round a card, or a circle, that the current step is about."""
    reach = (compact_card.HALO if is_round else ACTIVE_REACH) * scene.text_scale
    tint = tz.ink(scene.showing.phase_ink())
    around = card.adjusted(-reach, -reach, reach, reach)
    corners = tz.rounded(around, points) if is_round else "card"
    looks = f"fill={tint}, fill opacity=0.14, draw={tint}, draw opacity=0.75"
    width = tz.fine(2.5 * scene.text_scale * points)
    return rf"\path[{corners}, {looks}, line width={width}bp] {tz.box(around)};"


def _ports(scene: GraphScene, card: QRectF, sides: Iterable[Sequence[QPointF]]) -> Iterator[str]:
    theme, large = scene.theme, scene.text_scale
    rim = f"fill={tz.ink(theme.card)}, draw={tz.ink(theme.edge)}"
    for ports in sides:
        radius = tz.number(geometry.port_radius(ports) * large)
        for port in ports:
            yield rf"\filldraw[{rim}] {tz.place(card.topLeft() + port * large)} circle[radius={radius}];"


def _circle(scene: GraphScene, item: CompactCard, points: float) -> Iterator[str]:
    """A node in compact notation: its circle, the name above it and a sum below it."""
    card, theme, large = item.card, scene.theme, scene.text_scale
    if item.mark & Mark.ACTIVE:
        yield _ring(scene, card, points, is_round=True)
    pen = compact_card.rim(scene, item)
    width, drawn = tz.fine(pen.widthF() * large * points), tz.drawn(pen, points * large)
    ground = small_card.head_ink(scene, item.node).name() if item.node.colour else theme.card
    looks = f"{tz.rounded(card, points)}, line width={width}bp, fill={tz.ink(ground)}, {drawn}"
    yield rf"\filldraw[{looks}] {tz.box(card)};"
    if item.mark & Mark.OUTPUT:
        inner = card.adjusted(3 * large, 3 * large, -3 * large, -3 * large)
        end, stop = item.output_line()
        yield rf"\draw[{tz.rounded(inner, points)}, line width={width}bp, {drawn}] {tz.box(inner)};"
        thin = tz.fine(1.75 * points * large)
        yield rf"\draw[line width={thin}bp, {tz.color(theme.edge)}] {tz.place(end)} -- {tz.place(stop)};"
    text, style = compact_card.said(item.node, item.face)
    is_named = item.node.is_leaf and not stands_as_number(item.node, scene.graph.named)
    said = _name(scene, item.node.name) if is_named else escaped(flat(text))
    kind = "symbol" if style == compact_card.SYMBOL else "name"
    yield tz.text(card.center(), said, kind, theme.dim if item.node.muted else theme.text, "center")
    for line, place, ink in item.notes(scene):
        words = _name(scene, item.node.name) if line is item.face.name else _sum(flat(line))
        yield tz.text(tz.moved(place, card.topLeft(), large).center(), words, "note", ink, "center")


def _sum(text: str) -> str:
    return rf"$\Sigma$ {escaped(text.removeprefix('Σ '))}"


def _labels(scene: GraphScene) -> Iterator[str]:
    """The numbers on the edges: chips with the badges below them, or in compact notation text alone."""
    if isinstance(scene.chip_layer, CompactLabels):
        for number in scene.chip_layer.numbers():
            kind = "gradient" if number.style == compact_labels.GRADIENT else "note"
            yield tz.text(number.rect.center(), escaped(number.text), kind, number.ink, "center")
        return
    theme, showing = scene.theme, scene.showing
    for key in scene.chip_layer.chipped(scene.drawn_rect(), scene.text_scale):
        carried = showing.frame.contribution(key) if showing.frame else None
        ink = theme.forward if carried is None else gradient_colors(theme, carried[2])[0]
        dashed = "densely dashed, " if theme.is_patterned and ink == theme.negative else ""
        for text, rect in scene.chip_layer.worded_labels(key):
            yield tz.filled(rect, theme.card, ink, f"card, {dashed}")
            yield tz.text(rect.center(), escaped(text), "chip", ink, "center")


# --- words
def _fitted(value: float | None, width: float, label: str, digits: int, *, signed: bool = False) -> str:
    """A number with as many digits as find room beside its label, as on the canvas."""
    if value is None:
        return ""
    room = width - 2 * geometry.PADDING - text_width(label, geometry.LABEL) - 8
    room = max(geometry.NUMBER_ROOM, room) * tz.NARROWER
    return geometry.fitted_text(value, room, digits, signed=signed)


def _name(scene: GraphScene, name: str) -> str:
    """A name as mathematics, or as text where it has letters that TeX's mathematics lacks; typeset where the
    canvas has it so.
    """
    written = name_in_latex(name, plain=scene.showing.label(name) == name)
    return f"${written}$" if written.isascii() else rf"\textit{{{escaped(name)}}}"


def _derivative(scene: GraphScene, symbol: str, name: str) -> str:
    """∂L/∂a with names as on the cards, or a.grad where gradients are kept."""
    of, _slash, by = symbol.removeprefix("∂").partition("/∂")
    if not by:
        return escaped(symbol)
    if symbol.endswith(f"/∂{name}"):
        of, by = symbol[1 : -len(name) - 2], name
    return rf"$\partial${_name(scene, of)}$/\partial${_name(scene, by)}"


def _edges(scene: GraphScene, points: float) -> Iterator[str]:
    """All edges, but where compact notation has a number on them."""
    labels = scene.chip_layer
    gaps = labels.gaps() if isinstance(labels, CompactLabels) else ()
    if gaps:
        yield r"\begin{scope}[even odd rule]"
        yield from (rf"\clip {tz.box(scene.edge_layer.boundingRect())} {tz.box(gap)};" for gap in gaps)
    for key, look in zip(scene.edge_layer.rows.keys, scene.showing.edge_looks().tolist(), strict=True):
        if band := edge_styles.band_pen(scene.theme, look):
            yield tz.line(scene.edge_layer.drawn_pieces(key), band, points)
        yield from _edge(scene.edge_layer, key, edge_styles.edge_pen(scene.theme, look), points)
    if gaps:
        yield r"\end{scope}"


def _edge(layer: EdgeLayer, key: EdgeKey, pen: QPen, points: float) -> Iterator[str]:
    """The line of an edge, and its arrowhead where edges have one."""
    yield tz.line(layer.drawn_pieces(key), pen, points)
    if layer.style.arrowheads:
        corners = " -- ".join(tz.place(corner) for corner in layer.arrowhead(key).toList())
        yield rf"\fill[{tz.color(pen.color().name())}] {corners} -- cycle;"
