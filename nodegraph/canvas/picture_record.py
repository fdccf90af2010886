"""What a scene draws at a zoom, as a record: where cards, edges and labels lie. Paints nothing.

The command line prints it, `core/layout/legibility.py` counts in it.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF

from nodegraph.canvas.drawing import geometry
from nodegraph.canvas.drawing.edge_kinds import IN_PICTURES, EdgeStyle
from nodegraph.canvas.drawing.theme import LIGHT
from nodegraph.canvas.drawing.wording import USUAL, Wording
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.engine.trace import Frame
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.layout.card_size import node_size
from nodegraph.core.layout.legibility import DrawnEdge, DrawnLabel, Picture, Rect
from nodegraph.core.layout.placement import place_missing

TOLERANCE = 0.25
"""How far a flattened line may lie from the drawn one, in scene units."""


def picture_of(
    graph: Graph,
    frame: Frame,
    zoom: float = 1.0,
    wording: Wording = USUAL,
    edges: EdgeStyle = IN_PICTURES,
    *,
    highlight: bool = False,
) -> Picture:
    """Returns what a picture of a graph at a frame holds; nodes without a place are placed.

    `highlight` shows which step was taken last.
    """
    missing = place_missing(graph, node_size)
    if missing:
        graph = graph.copy()
        graph.apply(missing)
    scene = GraphScene(graph, LIGHT)
    scene.set_wording(wording)
    scene.placement.set_style(edges)
    scene.set_frame(frame)
    if not highlight:
        scene.clear_highlight()
    return drawn(scene, zoom)


def drawn(scene: GraphScene, zoom: float = 1.0) -> Picture:
    """Returns what a scene draws at a zoom; a collapsed group is a card with its title."""
    scene.showing.chips.see_at(zoom)
    rect, graph = scene.drawn_rect(), scene.graph
    cards = {group.group.title: _rect(group.rect) for group in scene.surroundings.collapsed()}
    cards |= {graph.node(i).name: _rect(scene.card_of(i)) for i in scene.far_layer.rows.keys}
    layer = scene.edge_layer
    edges = [
        DrawnEdge(*_ends(graph, key), geometry.flattened_to(layer.pieces(key), TOLERANCE))
        for key in layer.rows.keys
    ]
    labels = [
        DrawnLabel(_ends(graph, key), text, _rect(place))
        for key in scene.chip_layer.chipped(rect, zoom * scene.text_scale)
        for text, place in scene.chip_layer.worded_labels(key)
    ]
    return Picture((rect.width(), rect.height()), cards, edges, labels)


def _ends(graph: Graph, key: EdgeKey) -> tuple[str, str, int]:
    """The names of both ends of an edge, and the port."""
    edge = graph.edge(key)
    assert edge is not None
    return graph.node(edge.source).name, graph.node(edge.target).name, edge.port


def _rect(rect: QRectF) -> Rect:
    return rect.x(), rect.y(), rect.width(), rect.height()
