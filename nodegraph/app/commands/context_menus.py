"""Context menus by what is under the pointer: a node, an edge, a group, or the canvas. The actions are the
table's; this only picks them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from nodegraph.canvas.scene import hit_test

if TYPE_CHECKING:
    from nodegraph.app.window.main_window import MainWindow
    from nodegraph.canvas.scene.scene import GraphScene

ON_NODES = (
    "edit.rename", "edit.set_output", "graph.mute", "pass.forward_mode", "",
    "graph.add", "graph.connect", "graph.connect_input", "",
    "edit.cut", "edit.copy", "edit.paste", "edit.duplicate", "edit.duplicate_connected", "",
    "graph.group", "graph.ungroup", "graph.collapse", "graph.align", "",
    "edit.select_upstream", "edit.select_downstream", "view.fit_selection", "file.copy_picture", "",
    "edit.delete", "edit.delete_heal",
)  # fmt: skip
ON_EDGES = ("graph.insert", "", "edit.delete")
ON_GROUPS = (
    "graph.collapse", "graph.ungroup", "graph.colour", "", "edit.copy", "edit.duplicate",
    "view.fit_selection", "", "file.copy_picture", "edit.delete",
)  # fmt: skip
ON_NOTE = ("edit.delete",)
ON_CANVAS = (
    "graph.add", "graph.note", "edit.paste", "edit.select_all", "", "view.fit", "view.back", "view.forward",
    "", "graph.layout", "view.snap", "", "file.copy_picture", "edit.find", "help.commands",
)  # fmt: skip
HIDDEN_WHERE_USELESS = (
    "graph.ungroup", "graph.collapse", "graph.align", "graph.mute", "graph.insert", "pass.forward_mode",
)  # fmt: skip
"""Rows that would only be grey where they make no sense."""


def chosen(window: MainWindow, place: QPoint) -> tuple[str, ...]:
    """The actions for a place of the screen; outside the canvas (the menu key) for the selection."""
    canvas, scene = window.canvas, window.scene
    pixel = canvas.viewport().mapFromGlobal(place)
    if not canvas.viewport().rect().contains(pixel):
        return for_selection(scene)
    spot = canvas.mapToScene(pixel)
    if hit_test.node_at(scene, spot) is not None:
        return ON_NODES
    if not canvas.is_empty_at(spot) and scene.selected_edges():
        return ON_EDGES
    if getattr(canvas, "group_at", lambda _spot: None)(spot) is not None:
        return ON_GROUPS
    return ON_NOTE if scene.selected_notes() and not canvas.is_empty_at(spot) else ON_CANVAS


def for_selection(scene: GraphScene) -> tuple[str, ...]:
    """The actions for what is selected."""
    return ON_NODES if scene.selected_nodes() else ON_EDGES if scene.selected_edges() else ON_CANVAS


def menu(window: MainWindow, names: tuple[str, ...]) -> QMenu:
    """A menu of these actions; "" stands for a line."""
    made = QMenu(window)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    made.setToolTipsVisible(True)
    for name in names:
        if not name:
            made.addSeparator()
        elif name in window.submenus:
            if window.submenus[name].isEnabled():
                # Not addMenu: the submenu would go with this menu, and the menu bar needs it still.
                made.addAction(window.submenus[name].menuAction())
        elif name not in HIDDEN_WHERE_USELESS or window.actions_by_id[name].isEnabled():
            made.addAction(window.actions_by_id[name])
    return made
