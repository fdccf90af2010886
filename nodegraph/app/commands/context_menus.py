"""Context menus by what is under the pointer: a node, an edge, a group, or the canvas. Ids of commands; this
only picks them.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint

from nodegraph.canvas.scene import hit_test
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.canvas.view.canvas_view import CanvasView

ON_NODES = (
    "edit.rename", "edit.set_output", "graph.mute", "graph.exchange_leaves", "pass.forward_mode", "",
    "graph.add", "graph.connect", "graph.connect_input", "",
    "edit.cut", "edit.copy", "edit.paste", "edit.duplicate", "edit.duplicate_connected", "",
    "graph.group", "graph.ungroup", "graph.collapse", "graph.align", "",
    "edit.select_upstream", "edit.select_downstream", "view.fit_selection", "file.copy_picture", "",
    "edit.delete", "edit.delete_heal",
)  # fmt: skip
ON_EDGES = (
    "graph.insert", "graph.reroute_from", "graph.reroute_to", "",
    "graph.add_bend", "graph.remove_bend", "graph.straighten", "",
    "edit.go_to_source", "edit.go_to_target", "pass.to_edge", "view.derive_edge", "",
    "edit.delete",
)  # fmt: skip
ON_GROUPS = (
    "edit.rename", "graph.collapse", "graph.ungroup", "graph.colour", "", "edit.copy", "edit.duplicate",
    "view.fit_selection", "", "file.copy_picture", "edit.delete",
)  # fmt: skip
ON_NOTE = ("edit.delete",)
ON_CANVAS = (
    "graph.add", "graph.note", "edit.paste", "edit.select_all", "", "view.fit", "view.back", "view.forward",
    "", "graph.layout", "view.snap", "", "file.copy_picture", "edit.find", "help.commands",
)  # fmt: skip
HIDDEN_WHERE_USELESS = (
    "graph.ungroup", "graph.collapse", "graph.align", "graph.mute", "graph.exchange_leaves", "graph.insert",
    "pass.forward_mode", "graph.remove_bend", "graph.straighten",
)  # fmt: skip
"""Rows that would only be grey where they make no sense."""


def chosen(canvas: CanvasView, place: QPoint) -> tuple[str, ...]:
    """Returns the commands for a place of the screen; outside the canvas (the menu key) for the selection."""
    scene = canvas.graph_scene
    pixel = canvas.viewport().mapFromGlobal(place)
    if not canvas.viewport().rect().contains(pixel):
        return for_selection(scene)
    spot = canvas.mapToScene(pixel)
    if hit_test.node_at(scene, spot) is not None:
        return ON_NODES
    if not canvas.is_empty_at(spot) and scene.selected_edges():
        return ON_EDGES
    if canvas.group_at(spot) is not None:
        return ON_GROUPS
    return ON_NOTE if scene.selected_notes() and not canvas.is_empty_at(spot) else ON_CANVAS


def for_selection(scene: GraphScene) -> tuple[str, ...]:
    """Returns the commands for what is selected."""
    return ON_NODES if scene.selected_nodes() else ON_EDGES if scene.selected_edges() else ON_CANVAS
