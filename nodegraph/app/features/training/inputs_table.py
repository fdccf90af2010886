"""The inputs of a document as rows: whether each is trainable, and which column of the data it takes. Offers
what a person chooses; edits nothing itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from nodegraph.app.platform import style
from nodegraph.app.platform.key_claims import keeps_f2, keeps_plain_keys
from nodegraph.app.widgets.choice import Choice
from nodegraph.app.widgets.named_headings import name_headings
from nodegraph.app.widgets.text import tip
from nodegraph.core.graph.graph import Graph
from nodegraph.core.training.bindings import table_of

NAME, TRAINABLE, COLUMN = range(3)
HEADINGS = ("Input", "Trainable", "Column")
OWN = "own value"
Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_FLAG = Qt.ItemFlag


@dataclass(frozen=True)
class Row:
    """An input; a bound one is data, whatever is ticked."""

    id: str
    name: str
    trainable: bool
    column: str | None

    @property
    def is_trained(self) -> bool:
        """Whether training may change it."""
        return self.trainable and self.column is None


class InputsModel(QAbstractTableModel):
    """A row for each input."""

    trainable_wanted = Signal(str, bool)
    column_wanted = Signal(str, object)
    """(input, name of a column or None)"""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self.columns: tuple[str, ...] = ()

    def show_graph(self, graph: Graph) -> None:
        """The inputs of this graph, in the order of making."""
        table = table_of(graph)
        columns = table.names if table is not None else ()
        rows = [
            Row(node.id, node.name, node.trainable, node.column)
            for node in graph.nodes()
            if node.op == "input"
        ]
        if rows == self.rows and columns == self.columns:
            return
        if [row.id for row in rows] == [row.id for row in self.rows]:
            self.rows, self.columns = rows, columns
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, COLUMN))
            return
        self.beginResetModel()
        self.rows, self.columns = rows, columns
        self.endResetModel()

    # --- what Qt asks
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, as Qt declares it
        """One per input."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """As many as there are headings."""
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """The headings."""
        if orientation == Qt.Orientation.Horizontal and role == _ROLE.DisplayRole:
            return HEADINGS[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A bound input cannot be ticked; without data there is no column to choose."""
        flags = _FLAG.ItemIsEnabled | _FLAG.ItemIsSelectable | _FLAG.ItemNeverHasChildren
        if index.column() == TRAINABLE:
            bound = self.rows[index.row()].column is not None
            return flags & ~_FLAG.ItemIsEnabled if bound else flags | _FLAG.ItemIsUserCheckable
        if index.column() == COLUMN and self.columns:
            return flags | _FLAG.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """What one cell shows or says."""
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], index.column()
        if role == _ROLE.CheckStateRole and column == TRAINABLE:
            return Qt.CheckState.Checked if row.is_trained else Qt.CheckState.Unchecked
        if role in (_ROLE.DisplayRole, _ROLE.EditRole):
            return (row.name, "", row.column or OWN)[column]
        if role == _ROLE.AccessibleTextRole:
            data = f"takes the column {row.column}" if row.column else "has its own value"
            trained = "trainable" if row.is_trained else "data"
            return (f"{row.name}, {trained}, {data}", trained, data)[column]
        if role == _ROLE.ToolTipRole:
            if column == TRAINABLE:
                return f"{row.name} is data: it takes a column." if row.column else "May training change it?"
            if column == COLUMN:
                todo = (
                    "Double-click to choose the column it takes"
                    if self.columns
                    else "Load a data table first"
                )
                return tip(f"{row.column}\n{todo}" if row.column else todo)
        return None

    def setData(self, index: Index, value: Any, role: int = _ROLE.EditRole) -> bool:
        """Emit what was chosen; the listener makes the edit, and the changed graph shows the result."""
        row = self.rows[index.row()]
        if role == _ROLE.CheckStateRole and index.column() == TRAINABLE:
            self.trainable_wanted.emit(row.id, Qt.CheckState(value) == Qt.CheckState.Checked)
            return True
        if role == _ROLE.EditRole and index.column() == COLUMN and value != row.column:
            self.column_wanted.emit(row.id, value)
            return True
        return False


class ColumnChoice(Choice):
    """A list in place: what is clicked is taken at once; by keys one goes through it, and Enter takes."""

    chosen = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._by_keys = False
        self.activated.connect(self._tell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and letters go through the list."""
        self._by_keys = True
        super().keyPressEvent(event)
        self._by_keys = False

    def _tell(self) -> None:
        if not self._by_keys:
            self.chosen.emit()


class ColumnChooser(QStyledItemDelegate):
    """The columns to choose from."""

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The list of columns."""
        model = index.model()
        assert isinstance(model, InputsModel)
        choice = ColumnChoice(parent)
        choice.setObjectName("training.column")
        choice.setAccessibleName(f"Column that {model.rows[index.row()].name} takes")
        choice.addItem(OWN, None)
        for name in model.columns:
            choice.addItem(name, name)
        choice.chosen.connect(partial(self._take, choice))
        return choice

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """What counts now."""
        model = index.model()
        assert isinstance(model, InputsModel)
        assert isinstance(editor, QComboBox)
        editor.setCurrentIndex(max(0, editor.findData(model.rows[index.row()].column)))

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        """Offer it."""
        assert isinstance(editor, QComboBox)
        model.setData(index, editor.currentData())

    def _take(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)


@keeps_f2
@keeps_plain_keys
class InputsTable(QTableView):
    """The rows. Space ticks, Enter or F2 chooses a column."""

    def __init__(self) -> None:
        super().__init__()
        name_headings(self)
        self.setObjectName("training.inputs")
        self.setAccessibleName("Inputs: trainable or data")
        self.inputs = InputsModel(self)
        self.setModel(self.inputs)
        self.chooser = ColumnChooser(self)
        self.setItemDelegateForColumn(COLUMN, self.chooser)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.SelectedClicked)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(TRAINABLE, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(COLUMN, QHeaderView.ResizeMode.Stretch)
        self._measure()

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(style.px(26))
        self.setColumnWidth(TRAINABLE, style.px(76))

    def changeEvent(self, event: QEvent) -> None:
        """Text of another size needs other rows."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the list of columns; the rest as in every table."""
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
        index = self.currentIndex()
        if entered and index.isValid() and self.state() != QAbstractItemView.State.EditingState:
            self.edit(index.siblingAtColumn(COLUMN))
        else:
            super().keyPressEvent(event)
