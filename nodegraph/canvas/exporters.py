"""The files that a picture of a graph can be written as: one record a format.

The export dialog, the command line and `nodegraph.export` read the table. Imports no Qt until something is
written, so that the command line can name the formats without it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nodegraph.core.errors import Refused

if TYPE_CHECKING:
    from nodegraph.canvas.picture import PictureOptions
    from nodegraph.core.engine.trace import Frame
    from nodegraph.core.graph.graph import Graph


@dataclass(frozen=True)
class Exporter:
    """One format. `write` makes the bytes of the file, and raises Refused where that cannot be done."""

    suffix: str
    title: str
    write: Callable[[Graph, Frame, PictureOptions], bytes]


def _png(graph: Graph, frame: Frame, options: PictureOptions) -> bytes:
    from nodegraph.canvas import picture

    return picture.png(graph, frame, options)


def _dot(graph: Graph, frame: Frame, options: PictureOptions) -> bytes:
    from nodegraph.canvas.dot import dot

    return dot(graph, frame, options)


def _mermaid(graph: Graph, frame: Frame, options: PictureOptions) -> bytes:
    from nodegraph.canvas.mermaid import mermaid

    return mermaid(graph, frame, options)


def _svg(graph: Graph, frame: Frame, options: PictureOptions) -> bytes:
    from nodegraph.canvas.svg import svg

    return svg(graph, frame, options)


def _pdf(graph: Graph, frame: Frame, options: PictureOptions) -> bytes:
    from nodegraph.canvas.pdf import pdf

    return pdf(graph, frame, options)


def _tikz(graph: Graph, frame: Frame, options: PictureOptions) -> bytes:
    from nodegraph.canvas.tikz import tikz

    return tikz(graph, frame, options)


EXPORTERS: dict[str, Exporter] = {
    one.suffix: one
    for one in (
        Exporter(".png", "PNG", _png),
        Exporter(".svg", "SVG", _svg),
        Exporter(".pdf", "PDF", _pdf),
        Exporter(".tex", "TikZ", _tikz),
        Exporter(".dot", "Graphviz DOT", _dot),
        Exporter(".mmd", "Mermaid", _mermaid),
    )
}
"""All formats by the ending of their files; the first one is proposed."""


def exporter_of(name: str) -> Exporter:
    """Find the format that a file name asks for by its ending. Raises Refused where there is none."""
    found = next((one for suffix, one in EXPORTERS.items() if name.lower().endswith(suffix)), None)
    if found is None:
        raise Refused(f"The name of a picture ends in {endings()}.")
    return found


def endings() -> str:
    """Returns the endings there are, as words of a sentence."""
    *others, last = EXPORTERS
    return f"{', '.join(others)} or {last}" if others else last
