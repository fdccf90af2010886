"""The files that a picture of a graph can be written as: one record a format.

The export dialog, the command line and `nodegraph.export` read the table. Imports no Qt until something is
written, so that the command line can name the formats without it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from nodegraph.canvas.figure import PARTS, PictureOptions
from nodegraph.core.errors import Refused

if TYPE_CHECKING:
    from nodegraph.core.engine.moments import Moment
    from nodegraph.core.engine.trace import Frame
    from nodegraph.core.graph.graph import Graph


@dataclass(frozen=True)
class Exporter:
    """One format. `write` makes the bytes of the file, and raises Refused where that cannot be done;
    `ignores` names the options that mean nothing in it, and `called` is what sentences call it where that is
    not its title; `is_text` where a person may want to paste it as text; `holds_notes` unless it has no
    place for the notes on the canvas.
    """

    suffix: str
    title: str
    write: Callable[[Graph, Frame, PictureOptions], bytes]
    ignores: frozenset[str] = frozenset()
    called: str = ""
    is_text: bool = False
    holds_notes: bool = True

    def counted(self, options: PictureOptions) -> PictureOptions:
        """Returns the options, with those that mean nothing in this format as they usually are."""
        usual = PictureOptions()
        names = self.ignores & {field.name for field in fields(usual)}
        plain: dict[str, Any] = {name: getattr(usual, name) for name in names}
        options = replace(options, **plain)
        for part in PARTS:
            if f"show {part}" in self.ignores:
                options = options.showing(part, usual.shows(part))
        return options

    def left_out(self, graph: Graph, nodes: Collection[str] | None = None) -> str:
        """Returns what is to be said of the notes that this format leaves out of a picture, or ""; one of
        some nodes has none in any format.
        """
        count = 0 if self.holds_notes or nodes is not None else len(list(graph.notes()))
        notes = "the note" if count == 1 else f"the {count} notes"
        return f"{self.called or self.title} leaves out {notes} on the canvas" if count else ""

    @property
    def is_sized(self) -> bool:
        """Whether the file says how large it is and all in it, rather than what shows it."""
        return self.ignores.isdisjoint(("width", "margin"))


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


def _page(graph: Graph, frame: Frame, options: PictureOptions) -> bytes:
    from dataclasses import replace

    from nodegraph.canvas import picture
    from nodegraph.canvas.page.page import page

    plain = replace(options, theme="light", notation="cards", legend=False, title=False, grid=False)
    scene = picture.scene_to_draw(graph, frame, plain)
    return page(graph, frame, scene, picture.area_of(scene, plain))


_NO_PIXELS = frozenset({"scale", "dpi"})
_LAID_OUT_BY_OTHERS = _NO_PIXELS | {
    "margin",
    "notation",
    "show badges",
    "show highlight",
    "show legend",
    "show grid",
}
_UP_TO_THE_READER = _NO_PIXELS | {
    "dpi of pixels",
    "width",
    "theme",
    "transparent",
    "notation",
    "show legend",
    "show grid",
    "show title",
    "show badges",
}
EXPORTERS: dict[str, Exporter] = {
    one.suffix: one
    for one in (
        Exporter(".png", "PNG", _png),
        Exporter(".svg", "SVG", _svg, _NO_PIXELS | {"dpi of pixels"}, is_text=True),
        Exporter(".pdf", "PDF", _pdf, _NO_PIXELS),
        Exporter(".html", "Web page that plays", _page, _UP_TO_THE_READER, "a web page"),
        Exporter(".tex", "TikZ", _tikz, _NO_PIXELS, is_text=True),
        Exporter(".dot", "Graphviz DOT", _dot, _LAID_OUT_BY_OTHERS, is_text=True, holds_notes=False),
        Exporter(
            ".mmd",
            "Mermaid",
            _mermaid,
            _LAID_OUT_BY_OTHERS | {"dpi of pixels", "width", "transparent", "show title"},
            is_text=True,
            holds_notes=False,
        ),
    )
}
"""All formats by the ending of their files; the first one is proposed."""


def exporter_of(name: str) -> Exporter:
    """Find the format that a file name asks for by its ending. Raises Refused where there is none."""
    found = next((one for suffix, one in EXPORTERS.items() if name.lower().endswith(suffix)), None)
    if found is None:
        raise Refused(f"The name of a picture ends in {endings()}.")
    return found


def picture_bytes(
    graph: Graph, exporter: Exporter, options: PictureOptions, after: Moment, step: int | None
) -> bytes:
    """Returns a picture of the graph after a pass or at a step, in a format. Raises Refused for what cannot
    be drawn.
    """
    from nodegraph.canvas import picture
    from nodegraph.core.engine.moments import frame_at
    from nodegraph.core.engine.passes import run

    application = picture.ensure_application()
    data = exporter.write(graph, frame_at(run(graph), after, step), options)
    del application  # fonts and painting needed it until here
    return data


def endings() -> str:
    """Returns the endings there are, as words of a sentence."""
    *others, last = EXPORTERS
    return f"{', '.join(others)} or {last}" if others else last
