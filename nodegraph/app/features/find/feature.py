"""Finding nodes by name or operation: what was found, and which of it is shown. Selects and reveals; edits
nothing.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from nodegraph.app.commands.command import Command
from nodegraph.app.platform import announcer
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.core.graph.graph import Graph
from nodegraph.core.operations.catalogue import OPERATIONS


class FindFeature(QObject):
    """The find bar's place in the window."""

    changed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.stage)
        self.stage, self.canvas, self.scene = workspace.stage, workspace.canvas, workspace.scene
        self.commands = workspace.commands
        self.found: list[str] = []
        self.at: str | None = None
        """The node that was gone to, and what is selected for it: of a hidden one, its group."""
        self.chosen: list[str] = []
        stage = self.stage
        stage.find.searched.connect(self._find)
        stage.find.stepped.connect(self._go_on)
        stage.find.closed.connect(self.canvas.setFocus)
        self.scene.replaced.connect(self._forget)

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        return Contribution(
            commands=(
                Command("edit.find", "&Find…", self.open, ("Ctrl+F",), "Find nodes by name or operation"),
                Command("edit.find_next", "Find Ne&xt", self.next, ("F3",), "Show the next of what was found",
                        self._why_not),
                Command("edit.find_previous", "Find Pre&vious", self.previous, ("Shift+F3",),
                        "Show the one found before", self._why_not),
            ),
            refresh_on=(self.changed,),
            started=self._start,
        )  # fmt: skip

    def _start(self) -> None:
        self.stage.find.set_actions(self.commands.actions)

    def _why_not(self) -> str:
        return "" if self.found else "Search with Find first."

    def open(self) -> None:
        """Find nodes while one types."""
        self.stage.show_canvas()
        self.stage.open_find()

    def next(self) -> None:
        """Show the next of what was found."""
        self._go_on(1)

    def previous(self) -> None:
        """Show the one before."""
        self._go_on(-1)

    def _forget(self) -> None:
        self.found = []
        self.changed.emit()

    def _find(self, text: str) -> None:
        self.found = find_nodes(self.scene.graph, text)
        self._select(self.found)
        if self.found:
            self.canvas.reveal(self.found[0])
        self._tell(1 if self.found else 0)
        self.changed.emit()

    def _go_on(self, by: int) -> None:
        self.found = [node_id for node_id in self.found if node_id in self.scene.graph]
        if not self.found:
            return
        chosen = self.scene.selected_nodes()
        at = self.at if chosen == self.chosen else chosen[0] if len(chosen) == 1 else None
        here = self.found.index(at) if at in self.found else (-1 if by > 0 else 0)
        here = (here + by) % len(self.found)
        self._select([self.found[here]])
        self.at, self.chosen = self.found[here], self.scene.selected_nodes()
        self.canvas.reveal(self.found[here])
        self._tell(here + 1)

    def _select(self, node_ids: list[str]) -> None:
        """Select these nodes, and of those that a collapsed group hides its card, so that all is seen."""
        hides = self.scene.surroundings.hides
        groups = {item.group.id for node_id in node_ids if (item := hides(node_id)) is not None}
        self.at = None
        self.scene.select([node_id for node_id in node_ids if hides(node_id) is None], groups=groups)

    def _tell(self, place: int) -> None:
        hidden = self.scene.surroundings.hides(self.found[place - 1]) if place else None
        self.stage.find.show_count(place, len(self.found), hidden.title if hidden is not None else "")
        announcer.announce(self.stage.find.field, self.stage.find.count.text())


def find_nodes(graph: Graph, text: str) -> list[str]:
    """The ids of nodes whose name or operation holds this text; an exact name comes first."""
    wanted = text.strip().casefold()
    if not wanted:
        return []
    nodes = graph.nodes()
    by_op = {op: any(wanted in word.casefold() for word in _words(op)) for op in {node.op for node in nodes}}
    found = [node for node in nodes if by_op[node.op] or wanted in node.name.casefold()]
    exact = [node.id for node in found if node.name.casefold() == wanted]
    return exact + [node.id for node in found if node.name.casefold() != wanted]


def _words(op: str) -> list[str]:
    """What an operation is called."""
    operation = OPERATIONS.get(op)
    return [op] if operation is None else [op, operation.title, operation.symbol]
