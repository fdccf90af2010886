"""The inspector's page for several nodes: a table of them. Edits nothing."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nodegraph.app.features.inspector.node_sentences import WAITING
from nodegraph.app.features.inspector.rows_table import RowsTable, number_cell
from nodegraph.app.widgets.rows import Cell
from nodegraph.app.widgets.text import Text, column
from nodegraph.core.engine.trace import Frame
from nodegraph.core.graph.graph import Graph
from nodegraph.core.numbers import format_number, format_signed
from nodegraph.core.operations.catalogue import title_of

MAX_ROWS = 200


class SeveralPage(QWidget):
    """Several nodes in a table."""

    HEADINGS = ("Name", "Operation", "Value", "Gradient")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Text("name")
        self.table = RowsTable("Selected nodes", self.HEADINGS, numbers=(2, 3))
        column(self, [self.title], 10).addWidget(self.table, 1)

    def show_nodes(self, graph: Graph, node_ids: list[str], frame: Frame) -> None:
        """Show these nodes as they are visible in this frame."""
        self.title.say(f"{len(node_ids):,} nodes")
        self.table.show_rows([_row(graph, node_id, frame) for node_id in node_ids[:MAX_ROWS]])

    def text(self) -> str:
        """All that is said, as plain text."""
        return self.title.plain


def _row(graph: Graph, node_id: str, frame: Frame) -> tuple[Cell, ...]:
    node = graph.node(node_id)
    value, gradient = frame.value(node_id), frame.gradient(node_id)
    return (
        Cell(node.name),
        Cell(title_of(node.op)),
        number_cell(WAITING if value is None else format_number(value, 4)),
        number_cell(WAITING if gradient is None else format_signed(gradient, 4)),
    )
