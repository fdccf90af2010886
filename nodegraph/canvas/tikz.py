"""A graph as a TikZ picture: cards, edges and labels where they lie on the canvas, in LaTeX's own type.

One document by itself, whose page is the picture; its tikzpicture can be put into another, with the
graph in its comments. Coordinates are scene units. Needs nothing of TeX but TikZ and geometry.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPen

from nodegraph.canvas import picture
from nodegraph.canvas.drawing import edge_styles, geometry
from nodegraph.canvas.drawing.lettering import text_width
from nodegraph.canvas.drawing.theme import THEMES, gradient_colors, mixed
from nodegraph.canvas.items.edge_layers import EdgeLayer
from nodegraph.canvas.picture import PictureOptions
from nodegraph.canvas.picture_words import Box, Words, words_of
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.engine.trace import Frame
from nodegraph.core.graph.annotations import shade
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.operations.formula_writer import write_name
from nodegraph.core.operations.latex_text import escaped
from nodegraph.formats import native, tex

POINTS = 0.75
"""PostScript points of a scene unit, which is a pixel of 1/96 inch."""
ROUND = 10.0
NARROWER = 0.85
"""How much less room a number has than on the canvas: TeX's bold figures are the wider ones."""
PREAMBLE = r"""% Made by nodegraph, for pdflatex or lualatex; letters but Latin and Greek ones want lualatex.
\documentclass{article}
\usepackage[paperwidth=WIDTHbp, paperheight=HEIGHTbp, margin=0pt]{geometry}
\usepackage{iftex}
\ifPDFTeX\usepackage[utf8]{inputenc}\usepackage[T1]{fontenc}\usepackage{lmodern}\fi
\usepackage{amsmath,amssymb}
\usepackage{tikz}
\pagestyle{empty}
\setlength{\parindent}{0pt}
\setlength{\topskip}{0pt}
\begin{document}
"""
SIZES = {
    "name": geometry.NAME[0],
    "label": geometry.LABEL[0],
    "value": geometry.VALUE[0],
    "chip": geometry.CHIP[0],
}


def tikz(graph: Graph, frame: Frame, options: PictureOptions) -> bytes:
    """Returns the picture as a LaTeX document, in UTF-8. Raises Refused where there is nothing to draw."""
    scene = picture.scene_to_draw(graph, frame, options)
    area = picture.area_of(scene, options)
    lines = [*_head(scene, options, area), *_body(scene, words_of(scene, frame))]
    lines += [*tex.comments(native.write(graph)), r"\end{tikzpicture}"]
    width, height = (_number(side * POINTS) for side in (area.width(), area.height()))
    preamble = PREAMBLE.replace("WIDTH", width).replace("HEIGHT", height)
    return (preamble + "\n".join(lines) + "\n\\end{document}\n").encode()


def _head(scene: GraphScene, options: PictureOptions, area: QRectF) -> Iterator[str]:
    """The picture's units, its styles and its ground."""
    theme, large = THEMES[options.theme], scene.text_scale
    unit = _number(POINTS)
    yield rf"\begin{{tikzpicture}}[x={unit}bp, y=-{unit}bp, line width={unit}bp, inner sep=0pt,"
    for name, size in SIZES.items():
        points = size * POINTS * large
        font = rf"\fontsize{{{_number(points)}bp}}{{{_number(points * 1.2)}bp}}\selectfont"
        font += r"\bfseries\boldmath" if name in ("name", "value") else ""
        yield rf"  {name}/.style={{font={font}}},"
    yield rf"  card/.style={{rounded corners={_number(ROUND * POINTS * large)}bp}}]"
    yield rf"\useasboundingbox {_box(area)};"
    if not options.transparent:
        yield _filled(area, theme.background, style="")


def _body(scene: GraphScene, words: Words) -> Iterator[str]:
    for group in scene.surroundings.groups.values():
        if not group.group.collapsed:
            ink, ground = shade(group.group.colour), scene.theme.background
            yield _filled(group.rect, mixed(ink, ground, 0.09).name(), mixed(ink, ground, 0.55).name())
            yield _text(group.handle.center(), escaped(group.group.title), "name", scene.theme.text, "center")
    for key, look in zip(scene.edge_layer.rows.keys, scene.showing.edge_looks().tolist(), strict=True):
        yield from _edge(scene.edge_layer, key, edge_styles.edge_pen(scene.theme, look))
    boxes = [*(box for group in words.groups for box in group.boxes), *words.free]
    for box in boxes:
        node = scene.graph.named(box.key)
        if node is not None:
            yield from _card(scene, box, node.id, words.digits)
    for group in scene.surroundings.collapsed():
        yield _filled(group.rect, scene.theme.card, shade(group.group.colour))
        yield _text(group.rect.center(), escaped(group.group.title), "name", scene.theme.text, "center")
    yield from _labels(scene)


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
    yield from _row(head, _name(box.name), "name", theme.text, (escaped(box.symbol), *kind))
    row = _moved(item.shape_of_card.value_line, card.topLeft(), large)
    value = _fitted(box.value, row.width() / large, "value", digits)
    yield from _row(row, "value", "label", theme.dim, (value, "value", theme.forward))
    if box.derivative:
        row = _moved(item.shape_of_card.gradient_line, card.topLeft(), large)
        sent = _fitted(box.gradient, row.width() / large, box.derivative, digits, signed=True)
        yield from _row(row, _derivative(box), "label", theme.dim, (sent, "value", ink))
    rim, radius = f"fill={_ink(theme.card)}, draw={_ink(theme.edge)}", _number(geometry.PORT_RADIUS * large)
    for port in (item.outline.output, *item.outline.inputs):
        yield rf"\filldraw[{rim}] {_place(card.topLeft() + port)} circle[radius={radius}];"


def _labels(scene: GraphScene) -> Iterator[str]:
    """The chips on the edges, and the badges below them."""
    theme, showing = scene.theme, scene.showing
    for key in scene.chip_layer.chipped(scene.drawn_rect(), scene.text_scale):
        carried = showing.frame.contribution(key) if showing.frame else None
        ink = theme.forward if carried is None else gradient_colors(theme, carried[2])[0]
        for text, rect in scene.chip_layer.worded_labels(key):
            yield _filled(rect, theme.card, ink)
            yield _text(rect.center(), escaped(text), "chip", ink, "center")


# --- words
def _fitted(value: float | None, width: float, label: str, digits: int, *, signed: bool = False) -> str:
    """A number with as many digits as find room beside its label, as on the canvas."""
    if value is None:
        return ""
    room = width - 2 * geometry.PADDING - text_width(label, geometry.LABEL) - 8
    room = max(geometry.NUMBER_ROOM, room) * NARROWER
    return escaped(geometry.fitted_number(value, room, signed, digits))


def _name(name: str) -> str:
    """A name as mathematics, or as text where it has letters that TeX's mathematics lacks."""
    written = write_name(name, "latex")
    return f"${written}$" if written.isascii() else rf"\textit{{{escaped(name)}}}"


def _derivative(box: Box) -> str:
    """∂L/∂a with names as on the cards, or a.grad where gradients are kept."""
    of, _slash, by = box.derivative.removeprefix("∂").partition("/∂")
    if not by:
        return escaped(box.derivative)
    if box.derivative.endswith(f"/∂{box.name}"):
        of, by = box.derivative[1 : -len(box.name) - 2], box.name
    return rf"$\partial${_name(of)}$/\partial${_name(by)}"


# --- shapes
def _row(line: QRectF, left: str, style: str, ink: str, right: tuple[str, str, str]) -> Iterator[str]:
    """A line of a card: a text at its left, and one (text, style, colour) at its right."""
    start, end = line.adjusted(geometry.PADDING, 0, 0, 0), line.adjusted(0, 0, -geometry.PADDING, 0)
    yield _text(QPointF(start.left(), line.center().y()), left, style, ink, "west")
    if right[0]:
        yield _text(QPointF(end.right(), line.center().y()), *right, "east")


def _text(place: QPointF, text: str, style: str, ink: str, anchor: str) -> str:
    return rf"\node[{style}, anchor={anchor}, text={_ink(ink)}] at {_place(place)} {{{text}}};"


def _edge(layer: EdgeLayer, key: EdgeKey, pen: QPen) -> Iterator[str]:
    """The line of an edge, and its arrowhead where edges have one."""
    pieces = layer.drawn_pieces(key)
    dashed = ", dashed" if pen.style().name == "DashLine" else ""
    width = _number(pen.widthF() * POINTS)
    path = _place(QPointF(*pieces[0, 0]))
    for piece in pieces:
        first, second, end = (_place(QPointF(*point)) for point in piece[1:])
        path += f" .. controls {first} and {second} .. {end}"
    ink = _color(pen.color().name())
    yield rf"\draw[line width={width}bp, {ink}{dashed}] {path};"
    if layer.style.arrowheads:
        corners = " -- ".join(_place(corner) for corner in layer.arrowhead(key).toList())
        yield rf"\fill[{ink}] {corners} -- cycle;"


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


def _number(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
