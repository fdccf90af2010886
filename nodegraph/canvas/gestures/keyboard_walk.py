"""Going from node to node by arrow keys: the nearest card in a direction; with Ctrl the selection moves. On
an edge they go from bend to bend, to its ends, and to the other edges of its target.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QSizeF, Qt

from nodegraph.canvas.drawing import geometry
from nodegraph.canvas.gestures import bend, resize

if TYPE_CHECKING:
    from nodegraph.canvas.gestures.hand import Hand
    from nodegraph.canvas.scene.scene import GraphScene
    from nodegraph.core.graph.records import EdgeKey


def go(view: Hand, way: QPoint, modifiers: Qt.KeyboardModifier) -> None:
    """An arrow goes to the next node that way; with Ctrl it moves the selection by a step of the grid."""
    scene = view.graph_scene
    chosen = scene.selected_nodes()
    if modifiers & Qt.KeyboardModifier.ControlModifier:
        step = QPointF(way) * geometry.GRID
        if not _nudge(view, step, resizes=bool(modifiers & Qt.KeyboardModifier.ShiftModifier)):
            bend.nudge(view, step)
        return
    onward, beside = scene.graph.direction.turned(way.toTuple())
    if onward and bend.go_on(view, onward):
        return
    edges = scene.selected_edges()
    if len(edges) == 1 and not chosen:
        go_along(view, edges[0], onward, beside)
        return
    found = neighbour(scene, chosen[-1] if chosen else None, way)
    if found is not None:
        scene.select([*chosen, found] if modifiers & Qt.KeyboardModifier.ShiftModifier else [found])
        view.reveal(found)


def _nudge(view: Hand, step: QPointF, *, resizes: bool) -> bool:
    """Move the selected nodes and notes by a step, or give one selected note another size. Returns whether
    anything is selected that lies somewhere.
    """
    scene = view.graph_scene
    cards, notes = scene.items_by_id, scene.surroundings.notes
    nodes = {chosen: (cards.place(chosen) + step).toTuple() for chosen in scene.selected_nodes()}
    placed = {chosen: (notes[chosen].pos() + step).toTuple() for chosen in scene.selected_notes()}
    if resizes and len(placed) == 1 and not nodes:
        (item,) = map(notes.__getitem__, placed)
        item_size = resize.at_least(item.size + QSizeF(*step.toTuple()))
        view.intents.note_resize_requested.emit(item.note.id, *item_size.toTuple())
    elif placed:
        view.intents.arrange_requested.emit(nodes, placed)
    elif nodes:
        view.intents.move_requested.emit(nodes)
    return bool(nodes or placed)


def go_along(view: Hand, key: EdgeKey, onward: int, beside: int) -> None:
    """Onward goes to the edge's target, back to its source, to either side to the edge beside it there: these
    are Right, Left, Up and Down where edges lead to the right.
    """
    scene = view.graph_scene
    edge = scene.graph.edge(key)
    if edge is None:
        return
    if onward:
        end = edge.source if onward < 0 else edge.target
        scene.select([end])
        view.reveal(end)
        return
    others = [other.key for other in scene.graph.edges_into(edge.target)]
    place = others.index(key) + (1 if beside > 0 else -1)
    if 0 <= place < len(others):
        scene.select(edges=[others[place]])


def neighbour(scene: GraphScene, node_id: str | None, way: QPoint) -> str | None:
    """The node an arrow leads to from this one; without one, the first node of the graph."""
    if node_id is None:
        return next((node.id for node in scene.graph.nodes()), None)
    cards = scene.items_by_id
    here = cards.card(node_id).center()
    best, least = None, float("inf")
    for other in cards:
        far = cost(cards.card(other).center() - here, way)
        if other != node_id and far < least and scene.surroundings.hides(other) is None:
            best, least = other, far
    return best


def cost(offset: QPointF, way: QPoint) -> float:
    """How far away that is, counting sideways steps twice; infinite in the other direction."""
    along = offset.x() * way.x() + offset.y() * way.y()
    across = abs(offset.x() * way.y()) + abs(offset.y() * way.x())
    return along + 2 * across if along > 4 and along > across / 3 else float("inf")
