"""The inspector's page for the whole document, shown while nothing is selected. Offers edits; makes none
itself.
"""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from nodegraph.app.features.inspector.output_choice import OutputChoice
from nodegraph.app.platform import style
from nodegraph.app.widgets.text import Field, Text, column, line, section, with_breaks
from nodegraph.canvas.drawing.theme import LIGHT, Theme
from nodegraph.core.building.formulas import formula_of
from nodegraph.core.engine.plan import leaf_counts
from nodegraph.core.engine.trace import Frame, Trace
from nodegraph.core.errors import Refused
from nodegraph.core.graph.edits import set_title
from nodegraph.core.graph.graph import Graph
from nodegraph.core.typeset import in_formula

MAX_PROBLEMS = 50


class DocumentPage(QWidget):
    """Title, formula, output, counts, and what keeps the graph from running."""

    title_requested = Signal(str)
    output_requested = Signal(object)
    node_requested = Signal(str)
    """A problem was clicked: show its node."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.graph = Graph()
        self.title = Field("name", "Title")
        self.title.setObjectName("inspector.title")
        self.counts = Text("dim")
        self.formula = Text("formula")
        self.output = OutputChoice()
        self.invitation = Text("dim")
        self.printed = Text()
        self.problems = QWidget()
        self._problem_list = QVBoxLayout(self.problems)
        self._problem_list.setContentsMargins(0, 0, 0, 0)
        self._problem_list.setSpacing(style.px(4))
        self._shown_problems: list[tuple[str, str]] = []
        self._told: tuple[Trace, int] | None = None
        self._lay_out()
        self.title.offered.connect(self._offer_title)
        self.output.chosen.connect(self.output_requested)

    def _lay_out(self) -> None:
        head = QWidget()
        column(head, [self.title, self.title.refusal, self.counts], 2)
        self.formula_part = QWidget()
        column(self.formula_part, [line(), section("Formula"), self.formula], 7)
        self.output_part = QWidget()
        column(self.output_part, [line(), section("Output"), self.output], 7)
        self.printed_part = QWidget()
        column(self.printed_part, [line(), section("As its source prints it"), self.printed], 7)
        self.problem_part = QWidget()
        self.problem_head = section("Problems")
        column(self.problem_part, [line(), self.problem_head, self.problems], 7)
        parts = (self.invitation, self.problem_part, self.formula_part, self.output_part, self.printed_part)
        layout = column(self, [head, *parts], 10)
        layout.addStretch(1)

    def show_name(self, name: str) -> None:
        """Say what the document is called where it has no title of its own."""
        self.title.setPlaceholderText(name)

    def _offer_title(self, text: str) -> None:
        try:
            set_title(self.graph, text)
        except Refused as refusal:
            self.title.refuse(str(refusal))
            return
        self.title.setModified(False)
        self.title_requested.emit(text)

    # --- what is shown
    def show_document(self, graph: Graph, frame: Frame, printed: tuple[str, str] = ("", "")) -> None:
        """Show this graph; `printed` is what its source prints beside ours, plain and as HTML."""
        is_other = graph is not self.graph
        self.graph = graph
        self.title.show_value(graph.title, forced=is_other)
        # To say these again at every step or value costs a walk over all.
        names = graph.written.setdefault("names", object())  # another one once a name, or a constant, is
        told = (names, graph.structure, graph.properties.get("output"))
        if is_other or told != self._told:
            self._told = told
            self._show_structure(graph)
        self._show_problems(frame)
        self.printed.say(*printed)
        self.printed_part.setVisible(bool(printed[0]))
        empty = (
            "Add an input or an operation from the palette on the left, then draw edges from port to port."
        )
        hint = "Select a node to see where its numbers come from."
        self.invitation.say(hint if len(graph) else empty)

    def _show_structure(self, graph: Graph) -> None:
        self.counts.say(_counts(graph))
        formula = formula_of(graph)
        self.formula.say(formula)
        self.formula_part.setVisible(bool(formula))
        self.output_part.setVisible(bool(len(graph)))
        self.output.show_graph(graph)

    def _show_problems(self, frame: Frame) -> None:
        told = {node_id: frame.problem(node_id) for node_id in frame.trace.node_problems}
        problems = [(node_id, message) for node_id, message in told.items() if message]
        self.problem_part.setVisible(bool(problems))
        shown = [
            (node_id, f"{in_formula(frame.trace.nodes[node_id].name)}: {message}")
            for node_id, message in problems[:MAX_PROBLEMS]
        ]
        if shown == self._shown_problems:
            return
        self._shown_problems = shown
        self.problem_head.setText(f"PROBLEMS ({len(problems)})")
        while (item := self._problem_list.takeAt(0)) is not None:
            if item.widget() is not None:
                item.widget().deleteLater()
        for node_id, text in shown:
            self._problem_list.addWidget(ProblemButton(node_id, text, self))
        if len(problems) > MAX_PROBLEMS:
            self._problem_list.addWidget(QLabel(f"and {len(problems) - MAX_PROBLEMS} more"))

    def text(self) -> str:
        """All that is said, as plain text."""
        shown = (self.counts, self.invitation, self.formula, self.printed)
        lines = [self.title.text(), *(one.plain for one in shown if one.plain)]
        return "\n".join(lines + [text for _, text in self._shown_problems])


class ProblemButton(QPushButton):
    """A problem in words; a click shows its node."""

    def __init__(self, node_id: str, text: str, page: DocumentPage) -> None:
        super().__init__()
        self.node_id = node_id
        self.page = page
        self.setAccessibleName(text)
        self.setToolTip("Show this node")
        style.set_role(self, "quiet")
        label = QLabel(with_breaks(escape(text)), wordWrap=True)
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        style.set_role(label, "refusal")
        column(self, [label]).setContentsMargins(6, 4, 6, 4)
        self.setMinimumHeight(style.px(24))
        self.clicked.connect(self._ask)

    def heightForWidth(self, width: int) -> int:
        """As high as its text needs."""
        return self.layout().heightForWidth(width)

    def _ask(self) -> None:
        self.page.node_requested.emit(self.node_id)


def _counts(graph: Graph) -> str:
    inputs, _ = leaf_counts(graph)
    edges = graph.edge_count
    return (
        f"{_count(len(graph), 'node')}, {_count(inputs, 'input')}, {_count(edges, 'edge')}"
        if len(graph)
        else "Empty"
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + "s" * (number != 1)
