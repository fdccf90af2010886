"""What a notebook shows of a graph or a trace: the page that plays where HTML may run, else the picture as
SVG or PNG. nbconvert puts the PDF into LaTeX; without one it would ask Inkscape to make one of the SVG.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from html import escape
from typing import Any

from nodegraph.canvas import picture
from nodegraph.canvas.exporters import EXPORTERS
from nodegraph.canvas.figure import PictureOptions
from nodegraph.core.engine.passes import run
from nodegraph.core.engine.trace import Trace
from nodegraph.core.errors import Refused
from nodegraph.core.graph.changes import Change, patch_of
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge

FRAME = (
    '<iframe sandbox="allow-scripts" title="Computational graph" width="100%" height="{height}" '
    'style="border:0" srcdoc="{page}"></iframe>'
)
KINDS = {
    "text/html": ".html",
    "image/svg+xml": ".svg",
    "image/png": ".png",
    "application/pdf": ".pdf",
}
"""The media types there are, and the formats they are written in."""
CONTROLS_PX, LEAST_PX, MOST_PX = 190, 480, 860
"""The room that a page needs beside its graph, and the heights between which a frame is."""


def bundle(shown: object, wanted: Callable[[str], bool]) -> dict[str, Any]:
    """Returns a graph, or a trace at its end, in the media types that are wanted."""
    trace = shown if isinstance(shown, Trace) else None
    graph = graph_of(trace) if trace is not None else shown
    assert isinstance(graph, Graph)
    trace = trace or run(graph)
    application = picture.ensure_application()
    found: dict[str, Any] = {}
    try:
        for kind, suffix in KINDS.items():
            if wanted(kind):
                data = EXPORTERS[suffix].write(graph, trace.last_frame, PictureOptions(highlight=False))
                found[kind] = _as_shown(kind, data, graph)
    except Refused:
        return {}  # an empty graph is only told
    del application  # fonts and painting needed it until here
    return found


def _as_shown(kind: str, data: bytes, graph: Graph) -> str:
    if kind in ("image/png", "application/pdf"):
        return base64.b64encode(data).decode()
    if kind == "text/html":
        _width, high = picture.pixel_size(graph, PictureOptions(scale=0.8))
        height = round(min(MOST_PX, max(LEAST_PX, high + CONTROLS_PX)))
        return FRAME.format(height=height, page=escape(data.decode()))
    return data[data.index(b"<svg") :].decode()  # in a page it stands without a declaration


def graph_of(trace: Trace) -> Graph:
    """Returns a graph of what a trace ran: its nodes where they were, and the edges that were computed."""
    graph = Graph()
    edges = [Edge(trace.source(key), *key) for key in trace.plan.keys]
    patches = [patch_of(None, record) for record in (*trace.nodes.values(), *edges)]
    graph.apply(Change("Show a trace", tuple(patches)))
    if trace.output is not None and trace.output != graph.output:
        from nodegraph.core.graph.edits import set_output

        graph.apply(set_output(graph, trace.output))
    return graph
