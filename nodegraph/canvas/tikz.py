"""A graph as a TikZ picture: cards, edges, labels, notes where they lie on the canvas, in LaTeX's own type.

One document by itself, whose page is the picture; its tikzpicture can be put into another, with the
graph in its comments. Coordinates are scene units. Needs nothing of TeX but TikZ and geometry.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPen

from nodegraph.canvas import picture, tikz_cards
from nodegraph.canvas import tikz_shapes as tz
from nodegraph.canvas.drawing import edge_styles, geometry, legend_bars
from nodegraph.canvas.drawing.lettering import shortened, text_width
from nodegraph.canvas.drawing.theme import mixed, own_color, patterned, pen
from nodegraph.canvas.figure import PictureOptions
from nodegraph.canvas.items import badges, compact_card, compact_labels, note_item
from nodegraph.canvas.items.compact_card import CompactCard
from nodegraph.canvas.items.compact_labels import CompactLabels
from nodegraph.canvas.items.edge_layers import EdgeLayer
from nodegraph.canvas.items.figure_parts import TITLE, LegendPart, ModePart, TitlePart, grid_lines
from nodegraph.canvas.items.group_item import GroupItem
from nodegraph.canvas.items.note_item import NoteItem
from nodegraph.canvas.picture_words import Words, words_of
from nodegraph.canvas.pictures.text_lines import Run, text_lines
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.engine.trace import Frame
from nodegraph.core.graph.annotations import shade
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.operations.latex_text import OTHER_LETTERS, escaped, with_other_letters
from nodegraph.core.typeset import flat
from nodegraph.formats import native
from nodegraph.formats.pictures import tex

ROUND = 10.0
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
    "badge": badges.STYLE[0],
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
        yield _title(scene, group, tint)
    boxes = [*(box for group in words.groups for box in group.boxes), *words.free]
    for box in boxes:
        node = scene.graph.named(box.key)
        item = None if node is None else scene.items_by_id[node.id]
        if isinstance(item, CompactCard):
            yield from tikz_cards.circle(scene, item, points)
        elif node is not None:
            yield from tikz_cards.card(scene, box, node.id, words.digits, points)
    for group in scene.surroundings.collapsed():
        yield from tikz_cards.group(scene, group, words.digits, points)
    yield from _labels(scene, points)
    for part in scene.items():
        if isinstance(part, TitlePart):
            yield tz.text(QPointF(part.rect.left(), part.rect.center().y()), escaped(flat(part.title)),
                        "title", scene.theme.text, "west")  # fmt: skip
        elif isinstance(part, LegendPart):
            yield from _legend(part, points)
        elif isinstance(part, ModePart):
            yield _mode(scene, part)


def _title(scene: GraphScene, group: GroupItem, tint: str) -> str:
    """The title of an open group at the left of its band, on the ground of its box."""
    band, large = group.handle, scene.text_scale
    left, room = band.left() + geometry.PADDING * large, (band.width() + group.title_reach) / large
    room -= 2 * geometry.PADDING
    title, style = group.title, f"name, fill={tz.ink(tint)}, inner sep=2bp"
    if text_width(title, geometry.NAME) > room * tz.NARROWER:
        title = shortened(title, room * tz.NARROWER - tz.DOTS, geometry.NAME)
    ink = scene.theme.text if group.group.title else scene.theme.dim
    return tz.text(QPointF(left, band.center().y()), escaped(flat(title)), style, ink, "west")


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
    for bar, line in legend_bars.bars(theme):
        start, end = (tz.place(corner + place * large) for place in (line.p1(), line.p2()))
        width = tz.fine(bar.widthF() * points * large)
        looks = f"{tz.color(bar.color().name())}{tz.dashed(bar, points)}"
        yield rf"\draw[line width={width}bp, {looks}] {start} -- {end};"
    for word, (place, ink) in zip(words, legend_bars.ends(theme), strict=False):
        yield tz.text(corner + place * large, escaped(word), "label", ink, "center")


def _mode(scene: GraphScene, part: ModePart) -> str:
    """What is said of forward mode."""
    before, seed, after = part.said
    said = f"{escaped(flat(before))}{tikz_cards.name(scene, flat(seed))}{escaped(flat(after))}"
    place = QPointF(part.rect.left(), part.rect.center().y())
    return tz.text(place, said, "note", scene.theme.dim, "west")


def _labels(scene: GraphScene, points: float) -> Iterator[str]:
    """The numbers on the edges: chips with the badges below them, or in compact notation text alone."""
    if isinstance(scene.chip_layer, CompactLabels):
        for number in scene.chip_layer.numbers():
            kind = "gradient" if number.style == compact_labels.GRADIENT else "note"
            yield tz.text(number.rect.center(), escaped(number.text), kind, number.ink, "center")
        return
    theme, showing = scene.theme, scene.showing
    for key in scene.chip_layer.chipped(scene.drawn_rect(), scene.text_scale):
        chip = showing.chip(key)
        if chip is None:
            continue
        text, ink, ground, _opening = chip
        rim = patterned(theme, ink, pen(ink, 1.75 if key in showing.active_edges else 1))
        (_said, rect), *below = scene.chip_layer.worded_labels(key)
        width = tz.fine(rim.widthF() * points * scene.text_scale)
        looks = f"line width={width}bp, fill={tz.ink(ground)}, {tz.drawn(rim, points)}"
        yield tz.pill(rect, escaped(text), "chip", ink, looks, points)
        for badge, (_text, place) in zip(showing.edge_badges(key), below, strict=True):
            yield tikz_cards.said_on(scene, badge, place, points)


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
