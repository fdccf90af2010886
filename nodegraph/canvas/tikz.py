"""A graph as a TikZ picture: cards, edges, labels, notes where they lie on the canvas, in LaTeX's own type.

One document by itself, whose page is the picture; its tikzpicture can be put into another, with the
graph in its comments. Coordinates are scene units. Needs nothing of TeX but TikZ and geometry.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen

from nodegraph.canvas import picture
from nodegraph.canvas.drawing import edge_styles, geometry
from nodegraph.canvas.drawing.lettering import text_width
from nodegraph.canvas.drawing.theme import gradient_colors, mixed, own_color
from nodegraph.canvas.figure import PictureOptions
from nodegraph.canvas.items import compact_card, compact_labels, legend_bars, note_item, small_card
from nodegraph.canvas.items.compact_card import CompactCard
from nodegraph.canvas.items.compact_labels import CompactLabels
from nodegraph.canvas.items.edge_layers import EdgeLayer
from nodegraph.canvas.items.figure_parts import TITLE, LegendPart, TitlePart, grid_lines
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
from nodegraph.core.operations.formula_writer import name_in_latex
from nodegraph.core.operations.latex_text import OTHER_LETTERS, escaped, with_other_letters
from nodegraph.core.typeset import flat
from nodegraph.formats import native
from nodegraph.formats.pictures import tex

ROUND = 10.0
BOLD = ("name", "value", "title", "symbol", "gradient")
NARROWER = 0.85
"""How much less room a number has than on the canvas: TeX's bold figures are the wider ones."""
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
    width, height = (_fine(side * points) for side in (area.width(), area.height()))
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
        yield rf"  {name}/.style={{font={_font(size * unit_points * large)}{bold}}},"
    yield rf"  card/.style={{rounded corners={_number(ROUND * unit_points * large)}bp}}]"
    yield rf"\useasboundingbox {_box(area)};"
    if not options.transparent:
        yield _filled(area, theme.background, style="")
    if options.grid:
        yield from _grid(area, theme.grid)


def _grid(area: QRectF, ink: str) -> Iterator[str]:
    across, down = (",".join(map(_number, places.tolist())) for places in grid_lines(area))
    if across and down:
        dot = rf"\fill[{_color(ink)}] (\x,\y) circle[radius=1];"
        yield rf"\foreach \x in {{{across}}} \foreach \y in {{{down}}} {dot}"


def _body(scene: GraphScene, words: Words, points: float) -> Iterator[str]:
    for group in scene.surroundings.groups.values():
        if not group.group.collapsed:
            ink, ground = own_color(scene.theme, shade(group.group.colour)), scene.theme.background
            yield _filled(group.rect, mixed(ink, ground, 0.09).name(), mixed(ink, ground, 0.55).name())
            yield _text(group.handle.center(), escaped(group.group.title), "name", scene.theme.text, "center")
    for note in scene.surroundings.notes.values():
        yield from _note(scene, note, points)
    yield from _edges(scene, points)
    boxes = [*(box for group in words.groups for box in group.boxes), *words.free]
    for box in boxes:
        node = scene.graph.named(box.key)
        item = None if node is None else scene.items_by_id[node.id]
        if isinstance(item, CompactCard):
            yield from _circle(scene, item, points)
        elif node is not None:
            yield from _card(scene, box, node.id, words.digits)
    for group in scene.surroundings.collapsed():
        yield _filled(group.rect, scene.theme.card, own_color(scene.theme, shade(group.group.colour)))
        yield _text(group.rect.center(), escaped(group.group.title), "name", scene.theme.text, "center")
    yield from _labels(scene)
    for part in scene.items():
        if isinstance(part, TitlePart):
            yield _text(QPointF(part.rect.left(), part.rect.center().y()), escaped(flat(part.title)),
                        "title", scene.theme.text, "west")  # fmt: skip
        elif isinstance(part, LegendPart):
            yield from _legend(part, points)


def _note(scene: GraphScene, item: NoteItem, points: float) -> Iterator[str]:
    """The paper of a note, and its lines where the canvas has them, as far as the paper goes."""
    theme, large = scene.theme, item.scale()
    ground, rim = (ink.name() for ink in item.paper_inks(theme))
    yield _filled(item.rect, ground, rim, f"rounded corners={_fine(note_item.RADIUS * large * points)}bp, ")
    yield rf"\begin{{scope}}\clip {_box(item.rect.adjusted(2, 2, -2, -2))};"
    ink = theme.text if item.note.text else theme.dim
    cut = item.cut(theme.accent)
    for line in text_lines(item.words(theme.accent)):
        if cut is None or line.bottom <= cut:
            start = item.pos() + (item.text_corner + line.baseline) * large
            look = f"font={_font(note_item.TEXT_PX * line.size * large * points)}"
            if line.mark:
                before = start - QPointF(note_item.TEXT_PX * large / 3, 0)
                yield _text(before, escaped(line.mark), look, ink, "base east")
            yield _text(start, "".join(_run(run, theme.accent) for run in line.runs), look, ink, "base west")
    if cut is not None:
        start = item.pos() + item.cut_sign(cut) * large
        look = f"font={_font(note_item.TEXT_PX * large * points)}"
        yield _text(start, rf"\textbf{{{escaped(note_item.CUT)}}}", look, theme.text, "base west")
    yield r"\end{scope}"


def _run(run: Run, accent: str) -> str:
    """A piece of a note's line in its typeface."""
    text = escaped(run.text)
    if run.is_code:
        text = text.replace(" ", r"\ ")
    typefaces = ((run.is_code, "texttt"), (run.is_bold, "textbf"), (run.is_italic, "textit"))
    for _wished, command in (one for one in typefaces if one[0]):
        text = rf"\{command}{{{text}}}"
    return rf"\textcolor{_ink(accent)}{{{text}}}" if run.is_link else text


def _legend(part: LegendPart, points: float) -> Iterator[str]:
    """The bars that say which line stands for which contribution."""
    theme, corner, large = part.graph_scene.theme, part.rect.topLeft(), part.graph_scene.text_scale
    said, *words = part.words()
    yield _text(corner + legend_bars.WORDS_AT * large, escaped(said), "label", theme.dim, "west")
    for pen, line in legend_bars.bars(theme):
        start, end = (_place(corner + place * large) for place in (line.p1(), line.p2()))
        width = _fine(pen.widthF() * points * large)
        looks = f"{_color(pen.color().name())}{_dashed(pen, points)}"
        yield rf"\draw[line width={width}bp, {looks}] {start} -- {end};"
    for word, (place, ink) in zip(words, legend_bars.ends(theme), strict=False):
        yield _text(corner + place * large, escaped(word), "label", ink, "center")


def _card(scene: GraphScene, box: Box, node_id: str, digits: int) -> Iterator[str]:
    """A card: its name and operation above, its value and gradient below, its ports."""
    item, theme = scene.items_by_id[node_id], scene.theme
    card, large = item.card, scene.text_scale
    head = QRectF(card.left(), card.top(), card.width(), geometry.HEADER * large)
    ink = gradient_colors(theme, box.gradient)[0] if box.gradient is not None else theme.dim
    yield _filled(card, theme.card)
    yield rf"\begin{{scope}}\clip[card] {_box(card)};{_filled(head, theme.head, style='')}\end{{scope}}"
    yield rf"\draw[card, {_color(theme.text if box.is_output else theme.border)}] {_box(card)};"
    if box.is_output:
        yield rf"\draw[card, {_color(theme.text)}] {_box(card.adjusted(-4, -4, 4, 4))};"
    kind = ("label", theme.dim) if box.is_leaf else ("name", theme.forward)
    yield from _row(head, _name(scene, box.name), "name", theme.text, (escaped(box.symbol), *kind))
    if item.face.has_value:
        row = _moved(item.shape_of_card.value_line, card.topLeft(), large)
        value = _fitted(box.value, row.width() / large, "value", digits)
        yield from _row(row, "value", "label", theme.dim, (value, "value", theme.forward))
    if box.derivative:
        row = _moved(item.shape_of_card.gradient_line, card.topLeft(), large)
        sent = _fitted(box.gradient, row.width() / large, box.derivative, digits, signed=True)
        yield from _row(row, _derivative(scene, box), "label", theme.dim, (sent, "value", ink))
    rim = f"fill={_ink(theme.card)}, draw={_ink(theme.edge)}"
    for ports in ((item.shape_of_card.output,), item.shape_of_card.inputs):
        radius = _number(geometry.port_radius(ports) * large)
        for port in ports:
            yield rf"\filldraw[{rim}] {_place(card.topLeft() + port * large)} circle[radius={radius}];"


def _circle(scene: GraphScene, item: CompactCard, points: float) -> Iterator[str]:
    """A node in compact notation: its circle, the name above it and a sum below it."""
    card, theme, large = item.card, scene.theme, scene.text_scale
    pen = compact_card.rim(scene, item)
    width, drawn = _fine(pen.widthF() * large * points), _line(pen, points * large)
    ground = small_card.head_ink(scene, item.node).name() if item.node.colour else theme.card
    looks = f"{_round(card, points)}, line width={width}bp, fill={_ink(ground)}, {drawn}"
    yield rf"\filldraw[{looks}] {_box(card)};"
    if item.mark & Mark.OUTPUT:
        inner = card.adjusted(3 * large, 3 * large, -3 * large, -3 * large)
        end, stop = item.output_line()
        yield rf"\draw[{_round(inner, points)}, line width={width}bp, {drawn}] {_box(inner)};"
        thin = _fine(1.75 * points * large)
        yield rf"\draw[line width={thin}bp, {_color(theme.edge)}] {_place(end)} -- {_place(stop)};"
    text, style = compact_card.said(item.node, item.face)
    is_named = item.node.is_leaf and not stands_as_number(item.node, scene.graph.named)
    said = _name(scene, item.node.name) if is_named else escaped(flat(text))
    kind = "symbol" if style == compact_card.SYMBOL else "name"
    yield _text(card.center(), said, kind, theme.dim if item.node.muted else theme.text, "center")
    for line, place, ink in item.notes(scene):
        words = _name(scene, item.node.name) if line is item.face.name else _sum(flat(line))
        yield _text(_moved(place, card.topLeft(), large).center(), words, "note", ink, "center")


def _round(rect: QRectF, points: float) -> str:
    return f"rounded corners={_fine(rect.height() / 2 * points)}bp"


def _sum(text: str) -> str:
    return rf"$\Sigma$ {escaped(text.removeprefix('Σ '))}"


def _line(pen: QPen, points: float) -> str:
    return f"draw={_ink(pen.color().name())}{_dashed(pen, points)}"


def _labels(scene: GraphScene) -> Iterator[str]:
    """The numbers on the edges: chips with the badges below them, or in compact notation text alone."""
    if isinstance(scene.chip_layer, CompactLabels):
        for number in scene.chip_layer.numbers():
            kind = "gradient" if number.style == compact_labels.GRADIENT else "note"
            yield _text(number.rect.center(), escaped(number.text), kind, number.ink, "center")
        return
    theme, showing = scene.theme, scene.showing
    for key in scene.chip_layer.chipped(scene.drawn_rect(), scene.text_scale):
        carried = showing.frame.contribution(key) if showing.frame else None
        ink = theme.forward if carried is None else gradient_colors(theme, carried[2])[0]
        dashed = "densely dashed, " if theme.is_patterned and ink == theme.negative else ""
        for text, rect in scene.chip_layer.worded_labels(key):
            yield _filled(rect, theme.card, ink, f"card, {dashed}")
            yield _text(rect.center(), escaped(text), "chip", ink, "center")


# --- words
def _fitted(value: float | None, width: float, label: str, digits: int, *, signed: bool = False) -> str:
    """A number with as many digits as find room beside its label, as on the canvas."""
    if value is None:
        return ""
    room = width - 2 * geometry.PADDING - text_width(label, geometry.LABEL) - 8
    room = max(geometry.NUMBER_ROOM, room) * NARROWER
    return escaped(geometry.fitted_text(value, room, digits, signed=signed))


def _name(scene: GraphScene, name: str) -> str:
    """A name as mathematics, or as text where it has letters that TeX's mathematics lacks; typeset where the
    canvas has it so.
    """
    written = name_in_latex(name, plain=scene.showing.label(name) == name)
    return f"${written}$" if written.isascii() else rf"\textit{{{escaped(name)}}}"


def _derivative(scene: GraphScene, box: Box) -> str:
    """∂L/∂a with names as on the cards, or a.grad where gradients are kept."""
    of, _slash, by = box.derivative.removeprefix("∂").partition("/∂")
    if not by:
        return escaped(box.derivative)
    if box.derivative.endswith(f"/∂{box.name}"):
        of, by = box.derivative[1 : -len(box.name) - 2], box.name
    return rf"$\partial${_name(scene, of)}$/\partial${_name(scene, by)}"


# --- shapes
def _row(line: QRectF, left: str, style: str, ink: str, right: tuple[str, str, str]) -> Iterator[str]:
    """A line of a card: a text at its left, and one (text, style, colour) at its right."""
    start, end = line.adjusted(geometry.PADDING, 0, 0, 0), line.adjusted(0, 0, -geometry.PADDING, 0)
    yield _text(QPointF(start.left(), line.center().y()), left, style, ink, "west")
    if right[0]:
        yield _text(QPointF(end.right(), line.center().y()), *right, "east")


def _font(points: float) -> str:
    return rf"\fontsize{{{_number(points)}bp}}{{{_number(points * 1.2)}bp}}\selectfont"


def _text(place: QPointF, text: str, style: str, ink: str, anchor: str) -> str:
    return rf"\node[{style}, anchor={anchor}, text={_ink(ink)}] at {_place(place)} {{{text}}};"


def _edges(scene: GraphScene, points: float) -> Iterator[str]:
    """All edges, but where compact notation has a number on them."""
    labels = scene.chip_layer
    gaps = labels.gaps() if isinstance(labels, CompactLabels) else ()
    if gaps:
        yield r"\begin{scope}[even odd rule]"
        yield from (rf"\clip {_box(scene.edge_layer.boundingRect())} {_box(gap)};" for gap in gaps)
    for key, look in zip(scene.edge_layer.rows.keys, scene.showing.edge_looks().tolist(), strict=True):
        yield from _edge(scene.edge_layer, key, edge_styles.edge_pen(scene.theme, look), points)
    if gaps:
        yield r"\end{scope}"


def _edge(layer: EdgeLayer, key: EdgeKey, pen: QPen, points: float) -> Iterator[str]:
    """The line of an edge, and its arrowhead where edges have one."""
    pieces = layer.drawn_pieces(key)
    dashed = _dashed(pen, points)
    width = _fine(pen.widthF() * points)
    path = _place(QPointF(*pieces[0, 0]))
    for piece in pieces:
        first, second, end = (_place(QPointF(*point)) for point in piece[1:])
        path += f" .. controls {first} and {second} .. {end}"
    ink = _color(pen.color().name())
    yield rf"\draw[line width={width}bp, {ink}{dashed}] {path};"
    if layer.style.arrowheads:
        corners = " -- ".join(_place(corner) for corner in layer.arrowhead(key).toList())
        yield rf"\fill[{ink}] {corners} -- cycle;"


def _dashed(pen: QPen, points: float) -> str:
    """The pattern of a line in the words of TikZ."""
    if pen.style() == Qt.PenStyle.SolidLine:
        return ""
    lengths = [_fine(part * pen.widthF() * points) for part in pen.dashPattern()]
    parts = [
        f"{word} {length}bp" for word, length in zip(("on", "off") * len(lengths), lengths, strict=False)
    ]
    return f", dash pattern={' '.join(parts)}"


def _filled(rect: QRectF, ground: str, rim: str | None = None, style: str = "card, ") -> str:
    draw = f", draw={_ink(rim)}" if rim else ""
    return rf"\path[{style}fill={_ink(ground)}{draw}] {_box(rect)};"


def _moved(line: QRectF, corner: QPointF, large: float) -> QRectF:
    return QRectF(line.topLeft() * large + corner, line.size() * large)


def _box(rect: QRectF) -> str:
    return f"{_place(rect.topLeft())} rectangle {_place(rect.bottomRight())}"


def _place(point: QPointF) -> str:
    return f"({_number(point.x())},{_number(point.y())})"


def _color(ink: str) -> str:
    return f"color={_ink(ink)}"


def _ink(ink: str) -> str:
    """A colour in the words of xcolor, which TikZ loads."""
    red, green, blue, _alpha = QColor(ink).getRgb()
    return f"{{rgb,255:red,{red};green,{green};blue,{blue}}}"


def _fine(value: float) -> str:
    """A length of the page, which may be small."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _number(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
