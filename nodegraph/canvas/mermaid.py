"""A graph as text for Mermaid, which many sites draw in Markdown pages: boxes with names, values, gradients,
edges with what they carry.

Mermaid places them itself. Nodes are called n0, n1, …: names stand in their texts, where any sign may.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from nodegraph.canvas.drawing.theme import Theme, gradient_colors
from nodegraph.canvas.figure import PictureOptions
from nodegraph.canvas.picture_words import Box, Words, in_words, texts_of
from nodegraph.core.engine.trace import Frame
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout.shapes import EdgeKind

FLOWS: Mapping[Direction, str] = {Direction.RIGHT: "LR", Direction.DOWN: "TD"}
CURVES: Mapping[EdgeKind, str] = {"curved": "basis", "straight": "linear", "right-angled": "step"}


def mermaid(graph: Graph, frame: Frame, options: PictureOptions) -> bytes:
    """Returns the graph as a Mermaid flowchart, in UTF-8. Raises Refused where there is nothing to draw."""
    return in_words(graph, frame, options, _file)


def _file(words: Words, theme: Theme, options: PictureOptions, direction: Direction) -> Iterator[str]:
    boxes = [*(box for group in words.groups for box in group.boxes), *words.free]
    ids = {box.key: f"n{number}" for number, box in enumerate(boxes)}
    yield f'%%{{init: {{"flowchart": {{"curve": "{CURVES[options.edges.kind]}"}}}}}}%%'
    yield f"flowchart {FLOWS[direction]}"
    link = "-->" if options.edges.arrowheads else "---"
    for number, group in enumerate(words.groups):
        yield f"  subgraph g{number}[{_quoted([group.title or ' '])}]"
        yield from (f"    {_box(box, ids, words.digits)}" for box in group.boxes)
        yield "  end"
        yield f"  style g{number} fill:none,stroke:{group.colour}"
    yield from (f"  {_box(box, ids, words.digits)}" for box in words.free)
    for line in words.lines:
        label = f"|{_quoted([line.text])}|" if line.text else ""
        yield f"  {ids[line.source]} {link}{label} {ids[line.target]}"
    yield f"  classDef default fill:{theme.card},stroke:{theme.border},color:{theme.text}"
    yield f"  classDef output stroke:{theme.text},stroke-width:3px"
    muted = [ids[box.key] for box in boxes if box.is_muted]
    if muted:
        yield f"  classDef muted stroke-dasharray:5 3,stroke:{theme.dim}"
        yield f"  class {','.join(muted)} muted"
    yield from _line_styles(words, theme)


def _box(box: Box, ids: Mapping[str, str], digits: int) -> str:
    mark = ":::output" if box.is_output else ""
    opened, closed = ("[[", "]]") if box.is_group else ("(", ")")
    return f"{ids[box.key]}{opened}{_quoted(texts_of(box, digits))}{closed}{mark}"


def _line_styles(words: Words, theme: Theme) -> Iterator[str]:
    """The colours of the edges that have carried a contribution: Mermaid counts edges in their order."""
    inks: dict[str, list[str]] = {}
    for number, line in enumerate(words.lines):
        if line.sent is not None:
            inks.setdefault(gradient_colors(theme, line.sent)[0], []).append(str(number))
    for ink, numbers in inks.items():
        dashes = ",stroke-dasharray:5 3" if theme.is_patterned and ink == theme.negative else ""
        yield f"  linkStyle {','.join(numbers)} stroke:{ink},color:{ink}{dashes}"


def _quoted(lines: Sequence[str]) -> str:
    """Lines of text as one; every sign that could be read as Mermaid's, HTML or Markdown is written by its
    number.
    """
    return '"' + "<br/>".join(re.sub(r"""[#"&<>`*_~\\[\]{}|$;]""", _entity, line) for line in lines) + '"'


def _entity(found: re.Match[str]) -> str:
    return f"#{ord(found[0])};"
