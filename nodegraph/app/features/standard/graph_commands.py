"""The commands that shape the graph: mute, groups and their colours, notes, layout and alignment."""

from __future__ import annotations

from functools import partial

from nodegraph.app.commands.command import Command
from nodegraph.app.commands.selection_needs import SelectionNeeds
from nodegraph.app.document.canvas_edits import CanvasEdits
from nodegraph.app.document.selection_edits import SelectionEdits
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.core.graph.direction import Direction
from nodegraph.core.layout.alignment import Axis, Side

COLOUR_TITLES = {
    "blue": "&Blue", "orange": "&Orange", "green": "&Green", "purple": "&Purple", "sky": "&Sky",
    "vermilion": "&Vermilion", "yellow": "&Yellow", "grey": "Gr&ey",
}  # fmt: skip
SIDES: tuple[tuple[Side, str, str, str], ...] = (
    ("left", "&Left", "L", "Left sides in line"),
    ("centre", "&Centre", "C", "Centres in line"),
    ("right", "&Right", "R", "Right sides in line"),
    ("top", "&Top", "T", "Upper sides in line"),
    ("middle", "&Middle", "M", "Middles in line"),
    ("bottom", "&Bottom", "B", "Lower sides in line"),
)
"""Each side, its title, the second key after Alt+A, and what aligning there does."""
AXES: tuple[tuple[Axis, str, str, str], ...] = (
    ("horizontally", "Distribute &Horizontally", "H", "Even gaps from left to right"),
    ("vertically", "Distribute &Vertically", "V", "Even gaps from top to bottom"),
)


class GraphCommands:
    """What `SelectionEdits` and `CanvasEdits` do to the selection."""

    def __init__(self, workspace: Workspace, shaping: SelectionEdits, handling: CanvasEdits) -> None:
        self.editor = workspace.editor
        self.shaping, self.handling = shaping, handling
        self.needs = SelectionNeeds(self.editor.selection)

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        return Contribution(
            commands=(*self._groups(), *self._colours(), *self._places()),
            refresh_on=(self.editor.document.changed, self.editor.document.replaced),
        )

    def _groups(self) -> tuple[Command, ...]:
        shaping, needs = self.shaping, self.needs
        return (
            Command("graph.mute", "&Mute", shaping.mute, ("M",),
                    "Let the selected operations pass their first input through, or work again",
                    needs.operations),
            Command("graph.exchange_leaves", "Ma&ke It an Input or a Constant", shaping.exchange_leaves,
                    ("Shift+I",),
                    "Make the selected constants inputs, which have gradients, or the selected inputs"
                    " constants; their values stay", needs.leaves),
            Command("graph.group", "&Group", shaping.group, ("Ctrl+G",),
                    "Put the selected nodes into a titled box", needs.nodes),
            Command("graph.ungroup", "&Ungroup", shaping.ungroup, ("Ctrl+Shift+G",),
                    "Take the box away; its nodes stay", needs.group),
            Command("graph.collapse", "C&ollapse or Expand the Group", shaping.collapse, ("Shift+G",),
                    "Show a group as one node, or its nodes again", needs.group),
            Command("graph.note", "Add a &Note", self.handling.add_note, ("Shift+N",),
                    "Write a note on the canvas"),
        )  # fmt: skip

    def _colours(self) -> list[Command]:
        return [
            Command(f"graph.colour_{name}", title, partial(self.shaping.colour, name),
                    tooltip=f"Paint the group {name}", why_not=self.needs.group, swatch=name)
            for name, title in COLOUR_TITLES.items()
        ]  # fmt: skip

    def _places(self) -> list[Command]:
        """The layout, and what puts cards in line."""
        shaping, needs = self.shaping, self.needs
        layout = Command(
            "graph.layout", "Arrange La&yout", shaping.arrange, ("L",),
            "Lay the graph out in its direction, or only the selected nodes", needs.graph, icon="arrange",
            short="Arrange",
        )  # fmt: skip
        downwards = Command(
            "graph.top_to_bottom", "To&p to Bottom", self._lead_down, ("Shift+L",),
            "Lay the graph out from top to bottom, with inputs above and the output below; off: from left to"
            " right", is_on=lambda: self.editor.graph.direction is Direction.DOWN,
        )  # fmt: skip
        aligned = [
            Command(
                f"graph.align_{side}",
                title,
                partial(shaping.align, side),
                (f"Alt+A, {key}",),
                does,
                needs.two,
            )
            for side, title, key, does in SIDES
        ]
        distributed = [
            Command(f"graph.distribute_{way}", title, partial(shaping.distribute, way), (f"Alt+A, {key}",),
                    does, needs.three)
            for way, title, key, does in AXES
        ]  # fmt: skip
        return [layout, downwards, *aligned, *distributed]

    def _lead_down(self, is_on: bool) -> None:
        self.shaping.lead(Direction.DOWN if is_on else Direction.RIGHT)
