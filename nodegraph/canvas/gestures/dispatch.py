"""What a press of the mouse begins, by what is under it and the keys held; and the cursor that says so.

Chooses the gesture and settles what a press selects; what the gesture does is its own affair.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from nodegraph.canvas.drawing import geometry
from nodegraph.canvas.gestures.bend import BEND_REACH, Bend
from nodegraph.canvas.gestures.box import Box
from nodegraph.canvas.gestures.connect import Connect
from nodegraph.canvas.gestures.gesture import Gesture
from nodegraph.canvas.gestures.knife import Knife
from nodegraph.canvas.gestures.move import Move
from nodegraph.canvas.gestures.pan import Pan
from nodegraph.canvas.gestures.resize import Resize
from nodegraph.canvas.gestures.rewire import MoveOutputs, Reroute, end_near
from nodegraph.canvas.gestures.scrub import Scrub
from nodegraph.canvas.items.group_item import GroupItem
from nodegraph.canvas.items.node_item import PORT_SCALE
from nodegraph.canvas.items.note_item import NoteItem
from nodegraph.canvas.items.ports import PortHit
from nodegraph.canvas.scene import hit_test
from nodegraph.core.graph.records import EdgeKey

if TYPE_CHECKING:
    from nodegraph.canvas.gestures.hand import Hand

EDGE_REACH = 6.0
END_REACH = 40.0
"""Pixels from its port within which a press on an edge takes it by that end."""
ADDING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier


ANYWHERE: tuple[tuple[Qt.MouseButton, Qt.KeyboardModifier, Callable[[Hand, QPointF], Gesture]], ...] = (
    (Qt.MouseButton.RightButton, Qt.KeyboardModifier.ControlModifier, Knife),
    (Qt.MouseButton.MiddleButton, Qt.KeyboardModifier.NoModifier, Pan),
)
"""What a button begins with at least these keys held, whatever is beneath."""


def gesture_at(
    view: Hand, place: QPointF, button: Qt.MouseButton, modifiers: Qt.KeyboardModifier
) -> Gesture | None:
    """The gesture that a press begins, or None where it only selects."""
    for wanted, needed, begin_anywhere in ANYWHERE:
        if button == wanted and modifiers & needed == needed:
            return begin_anywhere(view, place)
    if button != Qt.MouseButton.LeftButton:
        return None
    hit = port_at(view, place)
    if hit is not None:
        return _at_port(view, hit, place, modifiers)
    group = view.graph_scene.surroundings.handle_at(place)
    if group is not None and (group.group.collapsed or hit_test.node_at(view.graph_scene, place) is None):
        return _at_group(view, group, place, modifiers)
    begin = _beside if hit_test.node_at(view.graph_scene, place) is None else _at_card
    return begin(view, place, modifiers)


def _at_port(view: Hand, hit: PortHit, place: QPointF, modifiers: Qt.KeyboardModifier) -> Gesture:
    graph = view.graph_scene.graph
    if hit.port is not None:
        edge = graph.edge((hit.node_id, hit.port))
        return Connect(view, hit) if edge is None else Reroute(view, edge, place, at_target=True)
    if modifiers & Qt.KeyboardModifier.ControlModifier and graph.edges_from(hit.node_id):
        return MoveOutputs(view, hit.node_id)
    return Connect(view, hit)


def _at_card(view: Hand, place: QPointF, modifiers: Qt.KeyboardModifier) -> Gesture | None:
    scene = view.graph_scene
    node_id = hit_test.node_at(scene, place)
    assert node_id is not None
    press_node(view, node_id, modifiers)
    if is_number(view, node_id, place):
        return Scrub(view, place, node_id)
    return Move(view, place, node_id) if node_id in scene.selected_nodes() else None


def _at_group(view: Hand, item: GroupItem, place: QPointF, modifiers: Qt.KeyboardModifier) -> Gesture | None:
    """A press on a group's title takes it with all its nodes; on the chevron it collapses or expands it."""
    if item.chevron.contains(place):
        view.intents.collapse_requested.emit(item.group.id, not item.group.collapsed)
        return None
    scene = view.graph_scene
    if modifiers & ADDING:
        scene.select(
            {*scene.selected_nodes(), *item.members},
            scene.selected_edges(),
            [*scene.selected_groups(), item.group.id],
        )
    elif not scene.is_selected_group(item.group.id):
        scene.select(item.members, groups=[item.group.id])
    first = min(item.members, key=lambda node_id: scene.items_by_id.place(node_id).toTuple())
    return Move(view, place, first, carries_group=True)


def _beside(view: Hand, place: QPointF, modifiers: Qt.KeyboardModifier) -> Gesture | None:
    key = edge_at(view, place)
    note = view.graph_scene.surroundings.note_at(place) if key is None else None
    if note is not None:
        return _at_note(view, note, place, modifiers)
    if key is None:
        return Box(view, place, modifiers)
    bend = bend_at(view, place, key)
    if view.zoom < PORT_SCALE and bend is None:  # no port is seen that an end could be taken off
        return Box(view, place, modifiers, click=lambda: press_edge(view, key, modifiers))
    press_edge(view, key, modifiers)
    if modifiers & ADDING:
        return None
    if bend is not None:
        return Bend(view, place, key, bend)
    edge = view.graph_scene.graph.edge(key)
    at_target = end_near(view, key, place, END_REACH)
    if edge is None or at_target is None:
        return None
    return Reroute(view, edge, place, at_target=at_target)


def _at_note(view: Hand, item: NoteItem, place: QPointF, modifiers: Qt.KeyboardModifier) -> Gesture | None:
    """A press on a note takes it; by its corner it is resized."""
    scene, chosen = view.graph_scene, view.graph_scene.selected_notes()
    if modifiers & ADDING:
        kept = [other for other in chosen if other != item.note.id]
        notes = kept if item.note.id in chosen else [*chosen, item.note.id]
        scene.select(scene.selected_nodes(), scene.selected_edges(), scene.selected_groups(), notes)
    elif item.note.id not in chosen:
        scene.select(notes=[item.note.id])
    if not scene.is_selected_note(item.note.id):
        return None
    return Resize(view, item, place) if item.corner.contains(place) else Move(view, place, None)


def press_node(view: Hand, node_id: str, modifiers: Qt.KeyboardModifier) -> None:
    """A press selects a card; with Shift or Ctrl it adds it or takes it away."""
    scene = view.graph_scene
    chosen = scene.selected_nodes()
    if modifiers & ADDING:
        kept = [other for other in chosen if other != node_id]
        scene.select(kept if node_id in chosen else [*chosen, node_id], scene.selected_edges())
    elif node_id not in chosen:
        scene.select([node_id])
    scene.items_by_id.raise_card(node_id)


def press_edge(view: Hand, key: EdgeKey, modifiers: Qt.KeyboardModifier) -> None:
    """The same for an edge."""
    scene = view.graph_scene
    edges = scene.selected_edges()
    if modifiers & ADDING:
        kept = [other for other in edges if other != key]
        scene.select(scene.selected_nodes(), kept if key in edges else [*edges, key])
    else:
        scene.select(edges=[key])


# --- what is under the pointer, at the reach of a hand
def is_empty(view: Hand, place: QPointF) -> bool:
    """Whether there is neither card nor port nor edge, group or note here."""
    scene = view.graph_scene
    reach = geometry.PORT_REACH * scene.text_scale / max(view.zoom, 0.5)
    if scene.surroundings.handle_at(place) or scene.surroundings.note_at(place):
        return False
    is_hit = hit_test.node_at(scene, place) or hit_test.port_at(scene, place, reach) or edge_at(view, place)
    return not is_hit


def port_at(view: Hand, place: QPointF) -> PortHit | None:
    """The port a press here would take."""
    if view.zoom < PORT_SCALE:
        return None
    scene = view.graph_scene
    reach = geometry.PORT_REACH * scene.text_scale / max(view.zoom, 0.5)
    hit = hit_test.port_at(scene, place, reach)
    return None if hit is None or _is_digit(view, place) else hit


def _is_digit(view: Hand, place: QPointF) -> bool:
    """Whether this place is within a number that a drag changes, not between it and the edge of its card."""
    node_id = hit_test.node_at(view.graph_scene, place)
    if node_id is None or not is_number(view, node_id, place):
        return False
    item = view.graph_scene.items_by_id[node_id]
    return place.x() < item.card.right() - geometry.PADDING * item.outline.scale


def edge_at(view: Hand, place: QPointF) -> EdgeKey | None:
    """The edge a press here would take."""
    return hit_test.edge_at(view.graph_scene, place, EDGE_REACH / view.zoom)


def bend_at(view: Hand, place: QPointF, key: EdgeKey) -> int | None:
    """The number of the bend of this edge that a press here would take; where edges lie close, seen from far
    away, the edge must have been selected first.
    """
    if view.zoom < PORT_SCALE and key not in view.graph_scene.selected_edges():
        return None
    return view.graph_scene.placement.bends.at(key, place, BEND_REACH / view.zoom)


def is_number(view: Hand, node_id: str, place: QPointF) -> bool:
    """Whether this place of a card is a number that a drag changes."""
    item = view.graph_scene.items_by_id[node_id]
    line = item.outline.value_line.translated(item.pos())
    return item.node.is_leaf and line.adjusted(line.width() * 0.4, 0, 0, 0).contains(place)


def cursor_at(view: Hand, place: QPointF) -> Qt.CursorShape:
    """The cursor that says what a press here would begin."""
    if port_at(view, place) is not None:
        return Qt.CursorShape.CrossCursor
    group = view.graph_scene.surroundings.handle_at(place)
    node_id = hit_test.node_at(view.graph_scene, place)
    if node_id is None and group is not None:
        pointing = Qt.CursorShape.PointingHandCursor
        return pointing if group.chevron.contains(place) else Qt.CursorShape.SizeAllCursor
    if node_id is not None:
        return Qt.CursorShape.SizeHorCursor if is_number(view, node_id, place) else Qt.CursorShape.ArrowCursor
    shapes = Qt.CursorShape
    key = edge_at(view, place)
    if key is not None:
        return shapes.PointingHandCursor if bend_at(view, place, key) is None else shapes.SizeAllCursor
    note = view.graph_scene.surroundings.note_at(place)
    return shapes.SizeFDiagCursor if note is not None and note.corner.contains(place) else shapes.ArrowCursor
