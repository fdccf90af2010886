"""The commands that bend the selected edge without the mouse, or from its menu."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from nodegraph.app.commands.command import Command
from nodegraph.app.commands.selection_needs import SelectionNeeds
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.canvas.drawing import geometry
from nodegraph.canvas.gestures import bend
from nodegraph.core.graph import bends

NO_BEND = "This edge has no bend; double-click it to put one on."


class BendCommands:
    """What `bend` does with the mouse, for the one edge that is selected."""

    def __init__(self, workspace: Workspace) -> None:
        self.editor, self.canvas, self.scene = workspace.editor, workspace.canvas, workspace.scene
        self.needs = SelectionNeeds(workspace.editor.selection)

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        return Contribution(
            commands=(
                Command("graph.add_bend", "Add &Bend Here", self.add, ("B",),
                        "Put a point on the selected edge, by which it is led another way", self.needs.edge),
                Command("graph.remove_bend", "&Remove Bend", self.remove, ("Shift+Del",),
                        "Take this point off the selected edge", self._why_not_one),
                Command("graph.straighten", "&Straighten Edge", self.straighten, (),
                        "Take all points off the selected edges", self._why_not_any),
            ),
            refresh_on=(self.editor.document.changed, self.scene.selection_changed),
        )  # fmt: skip

    def add(self) -> None:
        """Put a bend on the edge where its menu was opened, else in its middle."""
        key = bend.chosen_edge(self.scene)
        if key is not None:
            points = self.scene.edge_layer.curve(key)
            bend.put(self.canvas, key, self._pointed() or geometry.point_on(points, 0.5))

    def remove(self) -> None:
        """Take off the bend where the menu was opened, else the one that is filled."""
        key = bend.chosen_edge(self.scene)
        if key is None:
            return
        there, shown = self._pointed(), self.scene.placement.bends
        nearest = None if there is None else shown.at(key, there, float("inf"))
        number = shown.chosen_of(key) if nearest is None else nearest
        if number is not None:
            bend.take_off(self.canvas, key, number)

    def straighten(self) -> None:
        """Take all bends off the selected edges."""
        keys = self.scene.selected_edges()
        self.editor.attempt(lambda: bends.straighten(self.editor.graph, keys))

    def _pointed(self) -> QPointF | None:
        return self.scene.placement.bends.pointed

    def _why_not_one(self) -> str:
        key = bend.chosen_edge(self.scene)
        if key is None:
            return self.needs.edge()
        return "" if self.scene.placement.bends.of(key) else NO_BEND

    def _why_not_any(self) -> str:
        if not self.scene.selected_edges():
            return "Select an edge first."
        bent = self.scene.placement.bends.all()  # few, where the selected edges may be all there are
        return "" if any(map(self.scene.is_selected, bent)) else NO_BEND
