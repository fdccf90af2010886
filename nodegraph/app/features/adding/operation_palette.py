"""The palette: all operations by group, with a search that forgives. Tells which operation is wanted; adds
nothing.

An operation can be dragged to the canvas, clicked, or chosen with the arrow keys and Enter.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QMimeData,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QDrag,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from nodegraph.app.platform import style
from nodegraph.app.platform.key_claims import keeps_plain_keys
from nodegraph.app.widgets import operation_text
from nodegraph.app.widgets.rows import DRAGGABLE, INERT, Cell, Index, Rows
from nodegraph.canvas.drawing import theme as themes
from nodegraph.canvas.drawing.theme import LIGHT, Theme
from nodegraph.core.aloud import aloud
from nodegraph.core.building.search import search
from nodegraph.core.notation.functions_elsewhere import known_elsewhere
from nodegraph.core.operations.catalogue import Operation, groups

MIME_TYPE = "application/x-nodegraph-operation"
OPERATION_ROLE = Qt.ItemDataRole.UserRole
SYMBOL_ROLE = Qt.ItemDataRole.UserRole + 1
GROUP_ROLE = Qt.ItemDataRole.UserRole + 2
NO_OPERATION = "No operation has this name."
CHIP_GAP = 6
"""Pixels between the pointer of a drag, at which the canvas shows the card, and the chip that goes along."""


class OperationDelegate(QStyledItemDelegate):
    """Paints a group's heading, or an operation as a chip with its symbol beside its title."""

    theme: Theme = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Headings have air above them."""
        first = index.row() == 0
        return QSize(120, style.px((22 if first else 32) if index.data(GROUP_ROLE) else 27))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect  # type: ignore[attr-defined]
        if index.data(GROUP_ROLE):
            painter.setPen(QColor(self.theme.dim))
            painter.setFont(themes.font(style.px(10.5), QFont.Weight.DemiBold))
            place = rect.adjusted(style.px(16), 0, 0, -style.px(5))
            painter.drawText(place, Qt.AlignmentFlag.AlignBottom, index.data().upper())
        else:
            self._paint_operation(painter, rect, option.state, index)  # type: ignore[attr-defined]
        painter.restore()

    def _paint_operation(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag, index: Index) -> None:
        row = rect.adjusted(style.px(6), 1, -style.px(6), -1)
        chosen = bool(state & QStyle.StateFlag.State_Selected) and bool(
            state & QStyle.StateFlag.State_HasFocus
        )
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if chosen or hovered:
            painter.setPen(QPen(QColor(self.theme.accent), 1.5) if chosen else Qt.PenStyle.NoPen)
            painter.setBrush(
                QColor(self.theme.background if hovered and not chosen else self.theme.forward_back)
            )
            painter.drawRoundedRect(row, 6, 6)
        chip = QRect(
            rect.left() + style.px(13), rect.top() + style.px(3), style.px(34), rect.height() - style.px(6)
        )
        draw_chip(painter, chip, index.data(SYMBOL_ROLE), self.theme)
        painter.setPen(QColor(self.theme.text))
        painter.setFont(themes.font(style.px(13)))
        place = rect.adjusted(style.px(57), 0, -style.px(8), 0)
        title = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, title)


def draw_chip(painter: QPainter, chip: QRect, symbol: str, theme: Theme) -> None:
    """A rounded chip with an operation's symbol, made smaller where it would not fit."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.head))
    painter.drawRoundedRect(chip, 5, 5)
    size = style.px(12)
    font = themes.font(size, QFont.Weight.DemiBold)
    while size > 7 and QFontMetricsF(font).horizontalAdvance(symbol) > chip.width() - 4:
        size -= 1
        font = themes.font(size, QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(QColor(theme.forward))
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, symbol)


@keeps_plain_keys
class OperationList(QListView):
    """The rows; a click, Enter or a drag asks for an operation."""

    chosen = Signal(str)
    left_upwards = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Operations")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.clicked.connect(self._choose)

    def _choose(self, index: QModelIndex) -> None:
        operation = index.data(OPERATION_ROLE)
        if operation:
            self.chosen.emit(operation)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space add; Up from the first row goes back to the search field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self.currentIndex())
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 1:
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)

    def startDrag(self, _actions: Qt.DropAction) -> None:  # noqa: N802, as Qt calls it
        """Carry an operation's name to the canvas."""
        operation = self.currentIndex().data(OPERATION_ROLE)
        if not operation:
            return
        data = QMimeData()
        data.setData(MIME_TYPE, operation.encode())
        drag = QDrag(self)
        drag.setMimeData(data)
        picture = self._picture_of(self.currentIndex())
        drag.setPixmap(picture)
        chip = picture.deviceIndependentSize().toSize()
        drag.setHotSpot(QPoint(chip.width(), chip.height()) + QPoint(1, 1) * style.px(CHIP_GAP))
        drag.exec(Qt.DropAction.CopyAction)

    def _picture_of(self, index: QModelIndex) -> QPixmap:
        """Returns the chip of an operation."""
        size = QSize(style.px(34), style.px(21))
        picture = QPixmap(size * self.devicePixelRatioF())
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        picture.fill(Qt.GlobalColor.transparent)
        delegate = self.itemDelegate()
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            theme = delegate.theme if isinstance(delegate, OperationDelegate) else LIGHT
            draw_chip(painter, QRect(QPoint(0, 0), size), index.data(SYMBOL_ROLE), theme)
        return picture


class OperationPalette(QFrame):
    """The panel: a search field above the operations."""

    add_requested = Signal(str)
    """The name of an operation to add in a sensible place."""
    left = Signal()
    """Esc: the person wants back to the canvas."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self.setAccessibleName("Operations palette")
        self.setMinimumWidth(style.px(150))
        self.search = QLineEdit(placeholderText="Search operations", clearButtonEnabled=True)
        self.search.setObjectName("palette.search")
        self.search.setAccessibleName("Search operations")
        self.list = OperationList()
        self.list.setObjectName("palette.list")
        self.model = Rows(self)
        self.delegate = OperationDelegate(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.delegate)
        self.nothing = QLabel(NO_OPERATION, wordWrap=True)
        style.set_role(self.nothing, "dim")
        self.nothing.setContentsMargins(style.px(16), 0, style.px(8), 0)
        self.setFocusProxy(self.search)
        self._lay_out()
        self.search.textChanged.connect(self._fill)
        self.search.returnPressed.connect(self._add_best)
        self.search.installEventFilter(self)
        self.list.chosen.connect(self.add_requested)
        self.list.left_upwards.connect(self.search.setFocus)
        self._fill("")

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, style.px(12), 0, 0)
        layout.setSpacing(style.px(6))
        field = QVBoxLayout()
        field.setContentsMargins(style.px(12), 0, style.px(12), 0)
        field.addWidget(self.search)
        layout.addLayout(field)
        layout.addWidget(self.nothing)
        layout.addWidget(self.list, 1)

    def set_theme(self, theme: Theme) -> None:
        """Show the chips in this theme."""
        self.delegate.theme = theme
        self.list.viewport().update()

    def found(self) -> list[str]:
        """The names of the operations shown, in order."""
        return [name for name in self.model.column_of(OPERATION_ROLE) if name]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from the search field into the list; Esc clears the search, then leaves."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self._enter_list()
                return True
            if event.key() == Qt.Key.Key_Escape:
                if self.search.text():
                    self.search.clear()
                else:
                    self.left.emit()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc in the list leaves as well."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _enter_list(self) -> None:
        self.list.setFocus()
        for row, name in enumerate(self.model.column_of(OPERATION_ROLE)):
            if name:
                self.list.setCurrentIndex(self.model.index(row, 0))
                return

    def _add_best(self) -> None:
        best = self.found()
        if best and self.search.text().strip():
            self.add_requested.emit(best[0])

    def _fill(self, query: str) -> None:
        self.model.show_list([_row(operation) for operation in search(query)] if query.strip() else _all())
        self.nothing.setText(known_elsewhere(query.strip()) or NO_OPERATION)
        self.nothing.setVisible(self.model.rowCount() == 0)


def _all() -> list[Cell]:
    rows = []
    for group, operations in groups().items():
        rows.append(Cell(group, {GROUP_ROLE: True}, INERT))
        rows += map(_row, operations)
    return rows


def _row(operation: Operation) -> Cell:
    roles = Qt.ItemDataRole
    data = {
        OPERATION_ROLE: operation.name,
        SYMBOL_ROLE: operation.symbol,
        roles.ToolTipRole: operation_text.tooltip(operation),
        roles.AccessibleDescriptionRole: aloud(operation.doc),
    }
    return Cell(operation.title, data, DRAGGABLE)
