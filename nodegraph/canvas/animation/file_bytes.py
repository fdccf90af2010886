"""A graph as the file of a picture or of an animation, whichever its name asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nodegraph.canvas.animation.formats import AnimationFormat, Moving
from nodegraph.canvas.exporters import Exporter, picture_bytes

if TYPE_CHECKING:
    from nodegraph.canvas.figure import PictureOptions
    from nodegraph.core.engine.moments import Moment
    from nodegraph.core.graph.graph import Graph


def file_bytes(
    graph: Graph,
    kind: Exporter | AnimationFormat,
    options: PictureOptions,
    after: Moment,
    step: int | None,
    moving: Moving,
) -> bytes:
    """Returns a picture of the graph after a pass or at a step, or an animation, in a format. Needs no
    window. Raises Refused for what cannot be drawn.
    """
    if isinstance(kind, Exporter):
        return picture_bytes(graph, kind, options, after, step)
    from nodegraph.canvas.animation.writing import animation_bytes

    return animation_bytes(graph, kind, options, moving)
