"""The inspector's page for several nodes: what they have in common, to be edited together, and a table.
Offers edits; makes none itself.
"""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from nodegraph.app.document.document import next_gesture
from nodegraph.app.features.inspector.colour_choice import MIXED, ColourChoice, label_of
from nodegraph.app.features.inspector.node_sentences import WAITING
from nodegraph.app.features.inspector.rows_table import RowsTable, number_cell
from nodegraph.app.platform import style
from nodegraph.app.platform.bit_by_bit import BitByBit
from nodegraph.app.widgets.rows import Cell
from nodegraph.app.widgets.text import Field, Text, column
from nodegraph.core.engine.trace import Frame
from nodegraph.core.errors import Refused
from nodegraph.core.explain.typed_value import read_value
from nodegraph.core.graph import together
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Node
from nodegraph.core.graph.together import Common
from nodegraph.core.numbers import format_exact, format_signed, format_value
from nodegraph.core.operations.catalogue import title_of

MAX_ROWS = 200


class SeveralPage(QWidget):
    """Several nodes: a field for each thing that some of them have, and the table."""

    value_requested = Signal(object, float, int)
    """The ids of the nodes, the value, and the gesture it belongs to."""
    trainable_requested = Signal(object, bool)
    muted_requested = Signal(object, bool)
    colour_requested = Signal(object, str)

    HEADINGS = ("Name", "Operation", "Value", "Gradient")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.nodes: list[Node] = []
        self._ids: list[str] = []
        self._common: Common | None = together.Common()
        """What they have in common; None while very many are looked through."""
        self._looking = BitByBit(self, self._take_common, lambda _refusal: None)
        self._is_other = False
        """Whether others were shown when the fields were last filled in."""
        self._gesture = 0
        self.title = Text("name")
        self.value = Field("value", "Value of all selected inputs and constants")
        self.value.setObjectName("inspector.values")
        self.trainable, self.muted = QCheckBox("Trainable"), QCheckBox("Muted")
        self.trainable.setObjectName("inspector.all_trainable")
        self.trainable.setToolTip("Whether training may change these inputs; data stays as it is")
        self.muted.setObjectName("inspector.all_muted")
        self.muted.setToolTip("Let these operations pass their first input through")
        self.colour = ColourChoice("inspector.all_colours")
        self.table = RowsTable("Selected nodes", self.HEADINGS, numbers=(2, 3))
        self._lay_out()
        self.value.offered.connect(self._offer_value)
        self.value.stepped.connect(self._step_value)
        self.trainable.clicked.connect(self._offer_trainable)
        self.muted.clicked.connect(self._offer_muted)
        self.colour.chosen.connect(self._offer_colour)

    def _lay_out(self) -> None:
        fields = QGridLayout()
        fields.setContentsMargins(0, style.px(4), 0, style.px(4))
        fields.setHorizontalSpacing(style.px(12))
        fields.setVerticalSpacing(style.px(6))
        fields.setColumnStretch(1, 1)
        self.value_label = label_of("Value")
        fields.addWidget(self.value_label, 0, 0)
        fields.addWidget(self.value, 0, 1)
        fields.addWidget(self.value.refusal, 1, 1)
        fields.addWidget(self.trainable, 2, 1)
        fields.addWidget(self.muted, 3, 1)
        fields.addWidget(label_of("Colour"), 4, 0)
        fields.addWidget(self.colour, 4, 1, Qt.AlignmentFlag.AlignLeft)
        layout = column(self, [self.title], 10)
        layout.addLayout(fields)
        layout.addWidget(self.table, 1)

    # --- what is shown
    def show_nodes(self, graph: Graph, node_ids: list[str], frame: Frame) -> None:
        """Show these nodes, in the order of their making, as they are visible in this frame."""
        nodes = graph.nodes() if len(node_ids) == len(graph) else graph.nodes_as(node_ids)
        if node_ids != self._ids:
            self._gesture, self._is_other = 0, True
        self._ids = node_ids
        self.title.say(f"{len(node_ids):,} nodes")
        if nodes != self.nodes:
            self.nodes, self._common = nodes, None
            self._looking.begin(together.common(nodes))
            if len(nodes) <= together.AT_ONCE:
                self._looking.finish()
        elif self._common is not None:
            self._show_common(self._common)
        self.table.show_rows(_row(node, frame) for node in nodes[:MAX_ROWS])

    @property
    def common(self) -> Common:
        """What they have in common, which nobody acts on before all are looked through."""
        self._looking.finish()
        assert self._common is not None
        return self._common

    def _take_common(self, found: Common) -> None:
        self._common = found
        self._show_common(found)

    def _show_common(self, common: Common) -> None:
        self._show_value(common, forced=self._is_other)
        self._is_other = False
        _show_states(self.trainable, common.trainable)
        _show_states(self.muted, common.muted)
        self.colour.show_colours(common.colours)

    def _show_value(self, common: Common, *, forced: bool) -> None:
        for widget in (self.value, self.value_label):
            widget.setVisible(bool(common.values))
        self.value.setPlaceholderText(MIXED if len(common.values) > 1 else "")
        value = next(iter(common.values)) if len(common.values) == 1 else None
        self.value.show_value("" if value is None else format_exact(value), forced=forced)

    def leaf_ids(self) -> list[str]:
        """Returns the inputs and constants that a typed value is for."""
        return [node.id for node in self.common.leaves]

    # --- what the person does
    def _offer_value(self, text: str) -> None:
        try:
            value = read_value(text)
        except Refused as refusal:
            self.value.refuse(str(refusal))
            return
        self.value.setModified(False)
        self.value_requested.emit(self.leaf_ids(), value, 0)
        self._show_value(self.common, forced=False)

    def _step_value(self, units: int) -> None:
        """One value for all moves; mixed ones would have to move apart."""
        values = self.common.values
        if len(values) == 1:
            self._gesture = self._gesture or next_gesture()
            self.value.setModified(False)
            self.value_requested.emit(self.leaf_ids(), next(iter(values)) + units, self._gesture)

    def _offer_trainable(self) -> None:
        inputs = [node.id for node in self.nodes if node.op == "input"]
        self.trainable_requested.emit(inputs, self.trainable.isChecked())

    def _offer_muted(self) -> None:
        operations = [node.id for node in self.nodes if not node.is_leaf]
        self.muted_requested.emit(operations, self.muted.isChecked())

    def _offer_colour(self, colour: str) -> None:
        self.colour_requested.emit([node.id for node in self.nodes], colour)

    def text(self) -> str:
        """All that is said, as plain text."""
        return "\n".join([self.title.plain, *self.table.lines()])


def _show_states(box: QCheckBox, states: Collection[bool]) -> None:
    """Show what all have in common, half a tick for mixed, and nothing where none has it. A click on half a
    tick sets it for all.
    """
    box.setVisible(bool(states))
    if len(states) > 1:
        box.setCheckState(Qt.CheckState.PartiallyChecked)
    elif states:
        box.setTristate(False)
        box.setChecked(next(iter(states)))


def _row(node: Node, frame: Frame) -> tuple[Cell, ...]:
    value, gradient = frame.value(node.id), frame.gradient(node.id)
    value = node.value if value is None else value  # as a card shows that of an input from the start
    unreached = "" if node.op == "constant" else WAITING
    return (
        Cell(node.name),
        Cell(title_of(node.op)),
        number_cell(WAITING if value is None else format_value(value, 4)),
        number_cell(unreached if gradient is None else format_signed(gradient, 4)),
    )
