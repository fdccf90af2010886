"""The page Data: the cells at the left, their columns in a few numbers at the right, and what can be done
with both above. Shows a table and offers what a person wants of it.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QMargins, QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSplitter, QToolButton, QVBoxLayout, QWidget

from nodegraph.app.document.document import Document
from nodegraph.app.features.data.cells_view import CellsView
from nodegraph.app.features.data.summary_table import SummaryTable
from nodegraph.app.platform import style
from nodegraph.app.widgets.number_box import NumberBox
from nodegraph.app.widgets.text import Text
from nodegraph.canvas.drawing.theme import Theme
from nodegraph.core.engine.trace import Frame
from nodegraph.core.training.bindings import table_of
from nodegraph.core.training.tables import Table

BUTTONS = (
    "train.load_table", "train.generate_data", "train.standardise", "train.one_hot", "train.leave_gaps_out",
    "train.shuffle_rows",
)  # fmt: skip
MOST_SEED = 2**31 - 1
HEIGHT_PX, MOST_OF_WINDOW, SEED_PX = 200, 0.235, 104
LEAST_PX = 560
EMPTY = "No data: load a table, or generate one, and it is shown here row by row."


class SeedChoice(NumberBox):
    """The seed of the order into which the rows are shuffled."""

    def __init__(self) -> None:
        super().__init__(minimum=0, maximum=MOST_SEED)
        self.setObjectName("data.seed")
        self.setAccessibleName("Seed of the shuffle")
        self.setToolTip("Which random order Shuffle puts the rows into: the same seed gives the same one")
        self.setPrefix("seed ")
        self.setFixedWidth(style.px(SEED_PX))


class DataPage(QWidget):
    """The page."""

    def __init__(self, document: Document, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self.setObjectName("data")
        self.setAccessibleName("Data")
        self.document = document
        self.shown: Table | None = None
        self.cells, self.summary, self.seed = CellsView(), SummaryTable(), SeedChoice()
        self.empty = Text("dim")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.say(EMPTY)
        self.buttons = {action_id: QToolButton() for action_id in BUTTONS}
        for action_id, button in self.buttons.items():
            button.setDefaultAction(actions[action_id])
            button.setObjectName(f"data.{action_id}.button")
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._lay_out()
        self.setMinimumWidth(style.px(LEAST_PX))  # of the bar in two rows
        self.setFocusProxy(self.cells)
        document.changed.connect(self._follow_document)
        document.replaced.connect(self._follow_document)

    def _lay_out(self) -> None:
        self.bar, self.first, self.steps = QWidget(), QWidget(), QWidget()
        self.bar.setObjectName("data_bar")
        self.head = QGridLayout(self.bar)
        self.head.setContentsMargins(0, 0, 0, 0)
        self.head.setSpacing(style.px(6))
        self.head.setColumnStretch(2, 1)
        self.head.addWidget(self.first, 0, 0)
        self.head.addWidget(self.steps, 0, 1)
        for group, widgets in (
            (self.first, [self.buttons[action_id] for action_id in BUTTONS[:2]]),
            (self.steps, [*(self.buttons[action_id] for action_id in BUTTONS[2:]), self.seed]),
        ):
            row = QHBoxLayout(group)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(style.px(6))
            for widget in widgets:
                row.addWidget(widget)
            row.addStretch(1)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.cells)
        self.split.addWidget(self.summary)
        self.split.setSizes([style.px(500), style.px(460)])
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(style.px(14), style.px(6), style.px(14), style.px(6))
        self.column.setSpacing(style.px(6))
        self.column.addWidget(self.bar)
        self.column.addWidget(self.split, 1)
        self.column.addWidget(self.empty, 1)

    # --- room
    def bar_width(self) -> int:
        """Returns how wide the bar with the buttons is at least, in one row."""
        parts = (self.first.minimumSizeHint().width(), self.steps.minimumSizeHint().width())
        return sum(parts) + self.head.spacing()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The steps stand beside the first buttons where there is room, else below them."""
        super().resizeEvent(event)
        row, column = (0, 1) if self.width() - 2 * style.px(14) >= self.bar_width() else (1, 0)
        if self.head.getItemPosition(self.head.indexOf(self.steps))[:2] != (row, column):
            self.head.removeWidget(self.steps)
            self.head.addWidget(self.steps, row, column, 1, 2 - column)

    def set_inset(self, inset: QMargins | None) -> None:
        """Let the bar lie at the upper edge, so far from left and right and so high (top); None: in a row of
        its own.
        """
        margins, edge = self.column.contentsMargins(), style.px(14)
        left, right = (0, 0) if inset is None else (inset.left() - edge, inset.right() - edge)
        self.head.setContentsMargins(left, 0, right, 0)
        self.bar.setMinimumHeight(0 if inset is None else inset.top())
        margins.setTop(style.px(6) if inset is None else 0)
        self.column.setContentsMargins(margins)

    def set_room(self, window_height: int) -> None:
        """In a low window the canvas needs the height more."""
        self.setMinimumHeight(min(style.px(HEIGHT_PX), round(window_height * MOST_OF_WINDOW)))

    def sizeHint(self) -> QSize:
        """Wide and low, for below the canvas."""
        return QSize(style.px(900), style.px(250))

    # --- in step
    def set_theme(self, theme: Theme) -> None:
        """Mark what is missing in these colours."""
        self.cells.cells.set_theme(theme)

    def follow(self, _frame: Frame, _selection: list[str]) -> None:
        """Show the document's table."""
        self._follow_document()

    def showEvent(self, event: QShowEvent) -> None:
        """What became of the data meanwhile."""
        super().showEvent(event)
        self._follow_document()

    def _follow_document(self, _change: object = None) -> None:
        table = table_of(self.document.graph)
        is_shown = self.shown is table and (table is None) == self.split.isHidden()
        if not self.isVisible() or is_shown:
            return
        self.shown = table
        self.cells.show_table(table)
        self.summary.show_table(table)
        self.split.setVisible(table is not None)
        self.empty.setVisible(table is None)
