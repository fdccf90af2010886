"""The inspector's page for several edges: each with its local derivative and what it carries."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from nodegraph.app.features.inspector.node_sentences import WAITING
from nodegraph.app.features.inspector.rows_table import RowsTable, number_cell
from nodegraph.app.widgets.rows import Cell
from nodegraph.app.widgets.text import Text, column, tip
from nodegraph.core.engine.trace import Frame
from nodegraph.core.explain.edge_explanation import title_of_edge, why_nothing
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.numbers import format_number, format_signed

MAX_ROWS = 200
NOTHING = "–"


class EdgesPage(QWidget):
    """Several edges in a table."""

    HEADINGS = ("Edge", "Input", "Local\nderivative", "Carries")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Text("name")
        self.note = Text("dim")
        self.table = RowsTable("Selected edges", self.HEADINGS, numbers=(1, 2, 3))
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # where it leads says as much
        column(self, [self.title, self.note], 10).addWidget(self.table, 1)

    def show_edges(self, graph: Graph, keys: list[EdgeKey], frame: Frame) -> None:
        """Show these edges as they are visible in this frame."""
        self.title.say(f"{len(keys):,} edges")
        self.note.say("Select one of them to see where its number comes from.")
        self.table.show_rows([_row(graph, key, frame) for key in keys[:MAX_ROWS]])

    def text(self) -> str:
        """All that is said, as plain text."""
        return "\n".join([self.title.plain, self.note.plain, *self.table.lines()])


def _row(graph: Graph, key: EdgeKey, frame: Frame) -> tuple[Cell, ...]:
    trace = frame.trace
    local = trace.local(key) if frame.tells_local(key) else None
    unknown = WAITING if key in trace.edge_number else NOTHING
    carried = frame.contribution(key)
    title = title_of_edge(graph, key)
    nothing = NOTHING if why_nothing(trace, graph, key) else WAITING
    return (
        Cell(title, {Qt.ItemDataRole.ToolTipRole: tip(title)}),
        Cell(str(key[1] + 1)),
        number_cell(unknown if local is None else format_number(local, 4)),
        number_cell(nothing if carried is None else format_signed(carried[2], 4)),
    )
