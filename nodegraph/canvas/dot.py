"""A graph as text for Graphviz: boxes with names, values and gradients, edges with what they carry.

Graphviz places them itself; the inputs of a node keep their order (`ordering=in`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nodegraph.canvas.drawing.theme import Theme, gradient_colors
from nodegraph.canvas.figure import WIDEST, PictureOptions
from nodegraph.canvas.picture_words import Box, Line, Words, in_words, texts_of
from nodegraph.core.engine.trace import Frame
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout.shapes import EdgeKind
from nodegraph.formats.foreign.dot import DRAWN

FONT = "Helvetica,Arial,sans-serif"
RANKS: Mapping[Direction, str] = {Direction.RIGHT: "LR", Direction.DOWN: "TB"}
SPLINES: Mapping[EdgeKind, str] = {"curved": "spline", "straight": "line", "right-angled": "ortho"}


def dot(graph: Graph, frame: Frame, options: PictureOptions) -> bytes:
    """Returns the graph as a DOT file, in UTF-8. Raises Refused where there is nothing to draw."""
    return in_words(graph, frame, options, _file)


def _file(words: Words, theme: Theme, options: PictureOptions, direction: Direction) -> Iterator[str]:
    ground = "transparent" if options.transparent else theme.background
    yield DRAWN
    yield f"digraph {_quoted(words.title or 'graph')} {{"
    yield f"  graph [rankdir={RANKS[direction]}, ordering=in, nodesep=0.35, ranksep=0.9,"
    yield f"         splines={_splines(words, options)}, bgcolor={_quoted(ground)},"
    yield f"         fontname={_quoted(FONT)}, fontcolor={_quoted(theme.text)}];"
    yield from _page(words, options)
    yield f'  node [shape=box, style="rounded,filled", fillcolor={_quoted(theme.card)},'
    yield f"        color={_quoted(theme.border)}, fontname={_quoted(FONT)},"
    yield f"        fontcolor={_quoted(theme.text)}];"
    arrow = "normal" if options.edges.arrowheads else "none"
    yield f"  edge [color={_quoted(theme.edge)}, fontname={_quoted(FONT)}, fontsize=10, arrowhead={arrow}];"
    for number, group in enumerate(words.groups):
        yield f"  subgraph cluster_{number} {{"
        yield f"    graph [label={_label([group.title])}, style=rounded, color={_quoted(group.colour)}];"
        yield from (f"    {_node(box, words.digits)}" for box in group.boxes)
        yield "  }"
    yield from (f"  {_node(box, words.digits)}" for box in words.free)
    yield from (f"  {_edge(line, theme)}" for line in words.lines)
    yield "}"


def _splines(words: Words, options: PictureOptions) -> str:
    """The kind of lines; Graphviz has no places for labels beside those that turn in right angles."""
    kind = SPLINES[options.edges.kind]
    return "polyline" if kind == "ortho" and any(line.text for line in words.lines) else kind


def _page(words: Words, options: PictureOptions) -> Iterator[str]:
    """How wide the page is, and the title above it."""
    if options.width is not None:
        yield f'  graph [size="{options.width.inches(options.dpi):.4g},{WIDEST:g}!"];'
    if options.title and words.title:
        yield f"  graph [label={_label([words.title])}, labelloc=t, labeljust=l];"


def _id(key: str) -> str:
    """What a box is called: its name. Graphviz numbers nodes anew whose names begin with %."""
    return _quoted("node " + key if key.startswith("%") else key)


def _node(box: Box, digits: int) -> str:
    looks = [f"label={_label(texts_of(box, digits))}"]
    if box.is_output:
        looks.append("peripheries=2")
    if box.is_group or box.is_muted:
        looks.append(f'style="rounded,filled{",bold" * box.is_group}{",dashed" * box.is_muted}"')
    return f"{_id(box.key)} [{', '.join(looks)}];"


def _edge(line: Line, theme: Theme) -> str:
    looks = [f"label={_label([line.text])}"] if line.text else []
    if line.sent is not None:
        ink = gradient_colors(theme, line.sent)[0]
        looks += [f"color={_quoted(ink)}", f"fontcolor={_quoted(ink)}"]
        if theme.is_patterned:
            looks.append("style=dashed" if ink == theme.negative else "penwidth=1.6")
    said = f" [{', '.join(looks)}]" if looks else ""
    return f"{_id(line.source)} -> {_id(line.target)}{said};"


def _quoted(text: str) -> str:
    """A name or a word in quotes. In an ID only the quote is escaped, but a backslash before it would be
    taken for its escape, so that each backslash is doubled, as in labels.
    """
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _label(lines: list[str]) -> str:
    """Lines of text as a label; Graphviz reads HTML entities in it, so that & is written as one."""
    return '"' + "\\n".join(_quoted(line.replace("&", "&amp;"))[1:-1] for line in lines) + '"'
