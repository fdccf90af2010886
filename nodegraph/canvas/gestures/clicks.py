"""What a double click, a right click and Enter mean, by what is there or is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from nodegraph.canvas.drawing import geometry
from nodegraph.canvas.gestures import bend, dispatch
from nodegraph.canvas.items.group_item import GroupItem
from nodegraph.canvas.scene import hit_test

if TYPE_CHECKING:
    from nodegraph.canvas.gestures.hand import Hand


def double_click(view: Hand, place: QPointF) -> bool:
    """Open the inline editor of what is here, expand a group, or bend an edge. Returns whether anything was
    hit.
    """
    scene = view.graph_scene
    node_id = hit_test.node_at(scene, place)
    group, note = scene.surroundings.handle_at(place), scene.surroundings.note_at(place)
    if node_id is not None:
        scene.select([node_id])
        item = scene.items_by_id[node_id]
        on_value = item.node.is_leaf and place.y() > item.card.top() + geometry.HEADER * item.outline.scale
        (view.edit_value if on_value else view.edit_name)(node_id)
    elif group is not None:
        _double_click_group(view, group, place)
    elif dispatch.port_at(view, place) is not None:
        return False
    elif (key := dispatch.edge_at(view, place)) is not None:
        bend.toggle(view, key, place)
    elif note is not None:
        view.edit_note(note.note.id)
    else:
        return False
    return True


def _double_click_group(view: Hand, item: GroupItem, place: QPointF) -> None:
    """On the title it opens the title's field, elsewhere on a collapsed card it expands it."""
    if item.chevron.contains(place):
        return  # the first click has done it
    if item.group.collapsed and place.y() > item.chevron.bottom():
        view.intents.collapse_requested.emit(item.group.id, False)
    else:
        view.edit_title(item.group.id)


def select_for_menu(view: Hand, place: QPointF) -> None:
    """Select what a menu opened here is about, unless it is selected already."""
    scene = view.graph_scene
    node_id, key = hit_test.node_at(scene, place), dispatch.edge_at(view, place)
    scene.placement.bends.pointed = place
    group, note = scene.surroundings.handle_at(place), scene.surroundings.note_at(place)
    if node_id is not None:
        if node_id not in scene.selected_nodes():
            scene.select([node_id])
    elif group is not None:
        scene.select(group.members, groups=[group.group.id])
    elif key is not None:
        if key not in scene.selected_edges():
            scene.select(edges=[key])
    elif note is not None:
        scene.select(notes=[note.note.id])


def edit_selected(view: Hand) -> None:
    """Open the field of the one thing that is selected: a note's text, a group's title, a leaf's number, else
    a name.
    """
    scene = view.graph_scene
    chosen, notes, groups = scene.selected_nodes(), scene.selected_notes(), scene.selected_groups()
    if len(notes) == 1 and not chosen:
        view.edit_note(notes[0])
    elif len(groups) == 1 and scene.chosen_nodes == scene.surroundings.groups[groups[0]].members:
        view.edit_title(groups[0])
    elif len(chosen) == 1:
        is_leaf = scene.graph.node(chosen[0]).is_leaf
        (view.edit_value if is_leaf else view.edit_name)(chosen[0])
