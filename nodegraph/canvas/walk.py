"""Going from node to node by arrow keys: the nearest card in a direction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF

if TYPE_CHECKING:
    from nodegraph.canvas.scene import GraphScene


def neighbour(scene: GraphScene, node_id: str | None, way: QPoint) -> str | None:
    """The node an arrow leads to from this one; without one, the first node of the graph."""
    if node_id is None:
        return next((node.id for node in scene.graph.nodes()), None)
    here = scene.items_by_id[node_id].card.center()
    best, least = None, float("inf")
    for other, item in scene.items_by_id.items():
        far = cost(item.card.center() - here, way)
        if other != node_id and far < least:
            best, least = other, far
    return best


def cost(offset: QPointF, way: QPoint) -> float:
    """How far away that is, counting sideways steps twice; infinite where it lies the other way."""
    along = offset.x() * way.x() + offset.y() * way.y()
    across = abs(offset.x() * way.y()) + abs(offset.y() * way.x())
    return along + 2 * across if along > 4 and along > across / 3 else float("inf")
