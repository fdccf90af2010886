"""Graphs of other programs that are opened or dropped on the window: node-link JSON, GraphML and DOT, and
what programs, notebooks and LaTeX compute.

What the words of a graph are taken for is shown first and can be changed; `formats.foreign` reads them.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from nodegraph.app.platform.background_tasks import MOST_AT_ONCE, Aside, Task
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.core.errors import DocumentError, Refused
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout.card_size import node_size
from nodegraph.core.layout.placement import place_missing
from nodegraph.formats.foreign.trial import LONG_BYTES

if TYPE_CHECKING:
    import networkx as nx

    from nodegraph.app.features.foreign.mapping_dialog import MappingDialog
    from nodegraph.formats.foreign.networks import Foreign, Mapped

MOST_NAMED = 4
BESIDE = 120.0
"""How far below what is there a graph is inserted, in scene units."""


class ForeignFeature(QObject):
    """Opens graphs of other programs."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.parent)
        self.workspace = workspace
        self.dialog: MappingDialog | None = None
        self._network: nx.DiGraph[Any] | None = None
        self._path = Path()
        workspace.files.foreign_found.connect(self.begin)
        workspace.files.formulas_found.connect(self.read_formulas)

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        return Contribution()

    def begin(self, path: Path, data: bytes) -> None:
        """Read a file of another program, and show what its words are taken for."""
        if len(data) > LONG_BYTES:
            self.workspace.editor.tasks.begin(f"Reading {path.name}", self._reading(path, data))
            return
        try:
            network, mapped = _read(path.name, data)
        except (DocumentError, Refused) as error:
            self._tell(path, error)
            return
        self._ask(path, network, mapped)

    def _reading(self, path: Path, data: bytes) -> Task:
        yield 0.0
        try:
            network, mapped = yield Aside(partial(_read, path.name, data))
        except (DocumentError, Refused) as error:
            self._tell(path, error)
            return
        self._ask(path, network, mapped)

    # --- text
    def read_formulas(self, path: Path, data: bytes) -> None:
        """Make the graph of what a program or a formula computes the open one."""
        if len(data) > LONG_BYTES:
            self.workspace.editor.tasks.begin(f"Reading {path.name}", self._reading_formulas(path, data))
            return
        try:
            graph = _graph_of(path.name, data)
        except (DocumentError, Refused) as error:
            self._tell(path, error)
            return
        self._put_formulas(path, graph)

    def _reading_formulas(self, path: Path, data: bytes) -> Task:
        yield 0.0
        try:
            graph = yield Aside(partial(_graph_of, path.name, data))
        except (DocumentError, Refused) as error:
            self._tell(path, error)
            return
        self._put_formulas(path, graph)

    def _put_formulas(self, path: Path, graph: Graph) -> None:
        work = self.workspace
        work.document.replace(graph, suggested_name=path.stem)
        work.messages.say_for_a_while(f"Read {path.name} as a graph of its own.")
        work.editor.note_text(graph)

    def _tell(self, path: Path, error: Exception) -> None:
        self.workspace.files.failed.emit(f"{path.name}: {error}")

    def _ask(self, path: Path, network: nx.DiGraph[Any], mapped: list[Mapped]) -> None:
        from nodegraph.app.features.foreign.mapping_dialog import MappingDialog

        work = self.workspace
        self._path, self._network = path, network
        may_insert = len(work.document.graph) > 0
        self.dialog = MappingDialog(path.name, mapped, work.stage.window(), may_insert=may_insert)
        self.dialog.changed.connect(self._follow)
        self.dialog.taken.connect(self._take)
        self.dialog.finished.connect(self._forget)
        work.document.replaced.connect(self.dialog.reject)
        self._follow()
        self.dialog.open()

    def _forget(self, _result: int = 0) -> None:
        self.dialog = self._network = None

    def _follow(self) -> None:
        """Say what would be taken, or what stands against it."""
        dialog, network = self.dialog, self._network
        if dialog is None or network is None:
            return
        unknown = dialog.unknown()
        if unknown:
            more = f" and {len(unknown) - MOST_NAMED} more" if len(unknown) > MOST_NAMED else ""
            words = ", ".join(f"“{word}”" for word in unknown[:MOST_NAMED])
            dialog.refuse(f"Choose which operation {words}{more} {'means' if len(unknown) == 1 else 'mean'}.")
            return
        counted = f"{len(network):,} nodes, {network.number_of_edges():,} edges"
        if len(network) + network.number_of_edges() > MOST_AT_ONCE:
            dialog.say(f"{counted}.")
            return
        from nodegraph.formats.foreign import networks

        try:
            found = networks.read_network(network, dialog.given())
        except Refused as refusal:
            dialog.refuse(str(refusal))
            return
        dialog.say("; ".join([counted, *found.notes]) + ".")

    # --- taking it
    def _take(self, inserts: bool) -> None:
        dialog, network = self.dialog, self._network
        if dialog is None or network is None:
            return
        making = partial(_made, network, dict(dialog.given()))
        if len(network) + network.number_of_edges() > MOST_AT_ONCE:
            name = f"Reading {self._path.name}"
            self.workspace.editor.tasks.begin(name, self._making(making, inserts))
            return
        try:
            found = making()
        except Refused as refusal:
            dialog.refuse(str(refusal))
            return
        self._put(found, inserts)

    def _making(self, making: partial[Foreign], inserts: bool) -> Task:
        yield 0.0
        try:
            found = yield Aside(making)
        except Refused as refusal:
            if self.dialog is not None:
                self.dialog.refuse(str(refusal))
            return
        self._put(found, inserts)

    def _put(self, found: Foreign, inserts: bool) -> None:
        """Make the graph the open one, or a part of that."""
        work, path = self.workspace, self._path
        if self.dialog is not None:
            self.dialog.accept()
        if not inserts:
            work.document.replace(found.graph, suggested_name=path.stem)
            work.messages.say_for_a_while(f"Opened {path.name} as a graph of its own.")
            return
        before = {node.id for node in work.document.graph.nodes()}
        work.editor.attempt_soon(
            f"Insert {path.name}",
            partial(_inserted, work.document.graph, found.graph),
            len(found.graph) + found.graph.edge_count,
        )
        made = [node.id for node in work.document.graph.nodes() if node.id not in before]
        if made:  # a long task is still at it, and its end is seen on the map
            work.scene.select(made)
            work.canvas.fit_selection()


def _read(name: str, data: bytes) -> tuple[nx.DiGraph[Any], list[Mapped]]:
    from nodegraph.formats.foreign import formula_files, networks, reading

    formula_files.refuse_other_language(name, data)
    network = reading.network_in(data)
    return network, networks.mapping_of(network)


def _graph_of(name: str, data: bytes) -> Graph:
    """Returns the graph of what the text in a file computes, laid out."""
    from nodegraph.core.building.expression import parse
    from nodegraph.formats.foreign.formula_files import text_in

    graph = parse(text_in(name, data).rstrip())
    graph.apply(place_missing(graph, node_size))
    return graph


def _made(network: nx.DiGraph[Any], given: dict[str, str]) -> Foreign:
    """Returns the graph of a network, laid out."""
    from nodegraph.formats.foreign import networks

    found = networks.read_network(network, given)
    found.graph.apply(place_missing(found.graph, node_size))
    return found


def _inserted(graph: Graph, part: Graph) -> Change:
    """Returns the Change that puts a graph below another one."""
    from nodegraph.core.building.fragments import insert_part

    lowest = max((node.y for node in graph.nodes() if node.y is not None), default=0.0)
    left = min((node.x for node in graph.nodes() if node.x is not None), default=0.0)
    top = min((node.y for node in part.nodes() if node.y is not None), default=0.0)
    first = min((node.x for node in part.nodes() if node.x is not None), default=0.0)
    return insert_part(graph, part, (left - first, lowest - top + BESIDE))
