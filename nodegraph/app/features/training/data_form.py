"""The data of a training on its page: the table, the row on the canvas, and the inputs with their columns."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from nodegraph.app.features.training.inputs_table import InputsTable
from nodegraph.app.features.training.trainer import Trainer
from nodegraph.app.platform import style
from nodegraph.app.widgets.close_button import CloseButton
from nodegraph.app.widgets.number_box import NumberBox
from nodegraph.app.widgets.scrolling import Compact, ScrollArea
from nodegraph.app.widgets.text import Text, menu_text, tip
from nodegraph.core.data.steps import seen_before
from nodegraph.core.data.suitability import unsuitable
from nodegraph.core.graph.graph import Graph
from nodegraph.core.training.bindings import bound_inputs, setup_of, table_of, unused_data
from nodegraph.core.training.matching import Unused, listed
from nodegraph.core.training.tables import Table, size_of

TABLE_PX = 54
"""How high the table of inputs is at least; in a low window one scrolls to it."""
MATCH, MATCH_ALL = "Match", "Match All"
LONGEST_OFFER_PX = 110
"""How wide an offer may be to stand on its button beside the row; a longer one is told at the pointer."""
NO_DATA = "Load a CSV table, or generate one, to train on the mean over its rows."


class RowChoice(NumberBox):
    """A spin box for the row of the data that the canvas shows; its lowest number means no row."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("training.row")
        self.setAccessibleName("Row shown on the canvas")
        self.setToolTip("Which row of the data the inputs on the canvas show")
        self.setSpecialValueText("own values")
        self.setPrefix("row ")


class DataForm(QWidget):
    """The table, the row on the canvas, and the inputs."""

    row_wanted = Signal(object)
    remove_wanted = Signal()
    matches_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_stacked = False
        self.title = Text("dim")
        self.load_button = QToolButton()
        self.generate_button = QToolButton()
        """Offered where there are no data yet; a menu has it always."""
        self.remove_button = CloseButton(
            "Remove the data", "Let the document have no data; inputs have their own values again"
        )
        self.remove_button.setObjectName("training.remove")
        self.row = RowChoice()
        self.row_label = QLabel("On the canvas")
        self.row_label.setBuddy(self.row)
        style.set_role(self.row_label, "dim")
        self.table = InputsTable()
        self.advice, self.empty = Text("dim"), Text("dim")
        self.advice.say(NO_DATA)
        self.empty.say("There is no input yet.")
        self.unused = Text("stale")
        self.unused.setObjectName("training.unused")
        self.match_button = QToolButton()
        self.match_button.setObjectName("training.match")
        self._lay_out()
        self.row.valueChanged.connect(self._want_row)
        self.remove_button.clicked.connect(self.remove_wanted)
        self.match_button.clicked.connect(self.matches_wanted)

    def _lay_out(self) -> None:
        content = Compact()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.px(6))
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(ScrollArea(content))
        self.table.setMinimumHeight(style.px(TABLE_PX))
        # Put in while they are empty: PySide holds on to what is in one by then, even when Qt deletes it.
        self.head, self.second = QHBoxLayout(), QHBoxLayout()
        layout.addLayout(self.head)
        layout.addLayout(self.second)
        self.head.setSpacing(style.px(6))
        self.head.addWidget(self.title, 1)
        self.head.addWidget(self.load_button)
        self.head.addWidget(self.generate_button)
        self.head.addWidget(self.remove_button)
        self.second.setSpacing(style.px(8))
        self.second.addWidget(self.row_label)
        self.second.addWidget(self.row, 1)
        self.second.addWidget(self.match_button)
        layout.addWidget(self.advice)
        self.unsuitable = Text("stale")
        self.unsuitable.setObjectName("training.unsuitable")
        layout.addWidget(self.unused)
        layout.addWidget(self.unsuitable)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.empty)

    def stack(self, narrow: bool) -> None:
        """Behind a tab there is width, and no height to spare: all but the inputs in one line."""
        if narrow:
            self.second.removeWidget(self.row)
            self.head.insertWidget(1, self.row)
        else:
            self.head.removeWidget(self.row)
            self.second.insertWidget(1, self.row, 1)
        self.is_stacked = narrow
        self._show_label()

    def _show_label(self) -> None:
        """What is offered beside the row has its room first."""
        is_alone = not self.is_stacked and self.match_button.isHidden()
        self.row_label.setVisible(is_alone and not self.row.isHidden())

    def show_data(self, trainer: Trainer) -> None:
        """The table of the document and its inputs."""
        graph = trainer.document.graph
        table = table_of(graph)
        self.title.say(f"{table.title or 'Data'}: {size_of(table)}" if table else "No data")
        self.advice.setVisible(table is None)
        for widget in (self.row, self.remove_button):
            widget.setVisible(table is not None)
        self.generate_button.setVisible(table is None)
        self.row.blockSignals(True)
        self.row.setRange(0, table.rows if table else 0)
        self.row.setValue(0 if trainer.row is None else trainer.row + 1)
        self.row.blockSignals(False)
        self._show_unused(unused_data(graph), graph)
        self._show_unsuitable(_doubts(graph, table) if table else [])
        self.table.inputs.show_graph(graph)
        self.table.setVisible(bool(self.table.inputs.rows))
        self.empty.setVisible(not self.table.inputs.rows)

    def _show_unused(self, unused: Unused, graph: Graph) -> None:
        """Tell what of the table is not used, and offer what is obvious."""
        self.unused.say(unused.brief)
        self.unused.setToolTip(tip(unused.sentence))
        self.unused.setVisible(bool(unused.sentence))
        offer = unused.proposal(graph)
        said = f"{offer}, which obviously belong together." if offer else ""
        if not offer and unused.classes:
            offer = f"One-Hot {unused.classes}"
            said = f"Put columns of 0 and 1 in its place: {listed(unused.class_inputs)}"
        is_short = self.fontMetrics().horizontalAdvance(offer) <= style.px(LONGEST_OFFER_PX)
        shown = menu_text(offer) if is_short else MATCH
        self.match_button.setText(shown if len(unused.matches) < 2 else MATCH_ALL)
        self.match_button.setToolTip(tip(said))
        self.match_button.setAccessibleName(offer)
        self.match_button.setVisible(bool(offer))
        self._show_label()

    def _show_unsuitable(self, sentences: list[str]) -> None:
        """Tell which targets no prediction can become: the first of them, and all in the tooltip."""
        self.unsuitable.say(sentences[0] if sentences else "")
        self.unsuitable.setToolTip(tip(" ".join(sentences)))
        self.unsuitable.setVisible(bool(sentences))

    def _want_row(self, number: int) -> None:
        self.row_wanted.emit(number - 1 if number else None)


def _doubts(graph: Graph, table: Table) -> list[str]:
    """Sentences about targets that no prediction can become, and columns that know of rows held out."""
    bound = bound_inputs(graph)
    said = [*unsuitable(graph, table.arrays, bound), seen_before(table, setup_of(graph), set(bound.values()))]
    return [sentence for sentence in said if sentence]
