"""Why backward?: what this graph's gradients cost by each way to find them, and the choice to watch forward
mode beside the backward pass. Shows counts; counts nothing itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from nodegraph.app.platform import style
from nodegraph.app.widgets.choice import Choice
from nodegraph.app.widgets.text import Text, section
from nodegraph.canvas.drawing.theme import LIGHT, Theme, color
from nodegraph.core.aloud import aloud
from nodegraph.core.engine.cost import Cost, Way, cost_of
from nodegraph.core.engine.plan import Plan
from nodegraph.core.engine.trace import Frame, Trace
from nodegraph.core.numbers import format_count

MOST_INPUTS = 12
"""Inputs whose paths are named one by one."""
SCALE = "Logarithmic scale"
"""What stands above the bars: one of twice the length is not twice the work."""
EMPTY = "No input reaches an output yet: connect one, and what its gradient costs is counted here."


class Bar(QWidget):
    """A bar on a logarithmic scale, from 1 to the largest."""

    def __init__(self) -> None:
        super().__init__()
        self.share, self.ink = 0.0, LIGHT.dim
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(style.px(10))
        self.setMinimumWidth(style.px(60))

    def show_share(self, share: float, ink: str) -> None:
        """Fill this part of it."""
        self.share, self.ink = share, ink
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(style.px(160), style.px(10))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The filled part."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(self.ink))
            width = max(float(self.height()), self.width() * self.share)
            painter.drawRoundedRect(QRectF(0, 0, width, self.height()), self.height() / 2, self.height() / 2)


class CostPage(QScrollArea):
    """A row for each way, the paths of each input, and the two modes."""

    mode_wanted = Signal(str, str)
    """The mode, and the id of the input for forward mode."""

    def __init__(self, reverse: Callable[[], Trace], parent: QWidget | None = None) -> None:
        """`reverse` gives the graph's trace in reverse mode, which is what is counted."""
        super().__init__(parent)
        self.setObjectName("cost")
        self.setAccessibleName("Why backward?")
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.theme: Theme = LIGHT
        self._reverse = reverse
        self._counted: tuple[Plan, str | None, list[str]] | None = None
        """What the counts were made for: they hang on the structure and the names, not on values."""
        self.summary = Text("lead")
        self.paths = Text()
        self.input = Choice()
        self.input.setObjectName("cost.input")
        self.input.setAccessibleName("Input whose derivatives run forward")
        self.input.setToolTip("The input whose derivatives run forward")
        self.forward_button = QPushButton("Watch forward mode by")
        self.forward_button.setObjectName("cost.forward")
        self.forward_button.setToolTip("Let derivatives run forward from this input, on the same timeline")
        self.reverse_button = QPushButton("Back to reverse mode")
        self.reverse_button.setObjectName("cost.reverse")
        self.reverse_button.setToolTip("Let derivatives run back from the output again")
        self.rows = QGridLayout()
        self._cells: list[QWidget] = []
        self._lay_out()
        self.forward_button.clicked.connect(self._want_forward)
        self.input.activated.connect(self._want_other_input)
        self.reverse_button.clicked.connect(self._want_reverse)

    def _lay_out(self) -> None:
        self.rows.setHorizontalSpacing(style.px(18))
        self.rows.setVerticalSpacing(style.px(7))
        self.rows.setColumnStretch(3, 1)
        self.rows.setColumnStretch(4, 2)
        modes = QHBoxLayout()
        modes.setSpacing(style.px(8))
        modes.addWidget(self.forward_button)
        modes.addWidget(self.input)
        modes.addWidget(self.reverse_button)
        modes.addStretch(1)
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(style.px(18), style.px(12), style.px(18), style.px(12))
        layout.setSpacing(style.px(10))
        layout.addWidget(self.summary)
        layout.addLayout(self.rows)
        layout.addWidget(self.paths)
        layout.addLayout(modes)
        layout.addStretch(1)
        self.setWidget(inside)

    def set_theme(self, theme: Theme) -> None:
        """The colours of the bars."""
        self.theme = theme
        self._counted = None

    # --- following
    def follow(self, frame: Frame, _selection: list[str]) -> None:
        """Count the frame's graph, when it is another than before."""
        trace = frame.trace
        self._show_modes(trace)
        counted = (trace.plan, trace.output, trace.order)
        if counted != self._counted:
            self._counted = counted
            self._show_cost(trace if trace.mode == "reverse" else self._reverse())

    def _show_modes(self, trace: Trace) -> None:
        forward = trace.mode == "forward"
        self.reverse_button.setEnabled(forward)
        found = sorted((n for n in trace.nodes.values() if n.op == "input"), key=lambda node: node.rank)
        inputs = [(node.name, node.id) for node in found]
        places = range(self.input.count())
        if inputs != [(self.input.itemText(place), self.input.itemData(place)) for place in places]:
            self.input.clear()
            for name, node_id in inputs:
                self.input.addItem(name, node_id)
        if forward:
            self.input.setCurrentIndex(self.input.findData(trace.seed))
        self.forward_button.setEnabled(bool(inputs))
        self.input.setEnabled(bool(inputs))

    def _show_cost(self, trace: Trace) -> None:
        for cell in self._cells:
            self.rows.removeWidget(cell)
            cell.deleteLater()
        self._cells = []
        cost = cost_of(trace)
        if cost is None:
            self.summary.say(EMPTY)
            self.paths.say("")
            return
        self.summary.say(_summary(cost))
        for column, title in enumerate(("Way", "Passes", "Operations", SCALE, "How")):
            self._put(section(title), 0, column)
        largest = max(way.operations for way in cost.ways)
        for row, way in enumerate(cost.ways, start=1):
            self._show_way(way, row, largest)
        self.paths.say(_paths_line(cost, trace))

    def _show_way(self, way: Way, row: int, largest: int) -> None:
        best = way.title == "Reverse mode"
        bar = Bar()
        share = math.log(way.operations + 1) / math.log(largest + 1)
        bar.show_share(share, self.theme.positive if best else self.theme.dim)
        how = QLabel(way.how, wordWrap=True)
        style.set_role(how, "dim")
        for column, text in enumerate((way.title, format_count(way.passes), format_count(way.operations))):
            cell = QLabel(f"<b>{text}</b>" if best else text)
            cell.setAccessibleName(aloud(f"{way.title}: {text}" if column else text))
            if column:
                cell.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._put(cell, row, column)
        self._put(bar, row, 3)
        self.rows.setAlignment(bar, Qt.AlignmentFlag.AlignVCenter)
        self._put(how, row, 4)

    def _put(self, cell: QWidget, row: int, column: int) -> None:
        self.rows.addWidget(cell, row, column)
        self._cells.append(cell)

    def text(self) -> str:
        """All that is said, as plain text."""
        cells = [cell.text() for cell in self._cells if isinstance(cell, QLabel)]
        return "\n".join([self.summary.plain, *cells, self.paths.plain])

    # --- what is wanted
    def _want_forward(self) -> None:
        self.mode_wanted.emit("forward", self.input.currentData())

    def _want_other_input(self) -> None:
        if self.reverse_button.isEnabled():
            self._want_forward()

    def _want_reverse(self) -> None:
        self.mode_wanted.emit("reverse", "")


def _summary(cost: Cost) -> str:
    """Why the backward pass is worth it, in this graph's numbers."""
    by_title = {way.title: way for way in cost.ways}
    forward, reverse = by_title["Forward mode"], by_title["Reverse mode"]
    inputs = len(cost.paths)
    if inputs == 1:
        return "One input, one output: forward mode and reverse mode take one pass each."
    return (
        f"One backward pass gives the gradients of all {inputs} inputs with {reverse.operations:,} "
        f"operations; forward mode needs {forward.passes} passes and {forward.operations:,}."
    )


def _paths_line(cost: Cost, trace: Trace) -> str:
    """Paths to L: 24 from a, 30 from b. …"""
    output = trace.nodes[trace.output].name if trace.output is not None else ""
    named = [f"{format_count(count)} from {trace.nodes[i].name}" for i, count in cost.paths[:MOST_INPUTS]]
    more = f" and {len(cost.paths) - MOST_INPUTS:,} inputs more" if len(cost.paths) > MOST_INPUTS else ""
    edges = "1 edge" if cost.edges == 1 else f"{cost.edges:,} edges, each once"
    return f"Paths to {output}: {', '.join(named)}{more}. The backward pass crosses {edges}."
