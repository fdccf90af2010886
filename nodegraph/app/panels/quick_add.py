"""The quick-add popup: a search at the cursor that adds an operation or inserts a formula. Tells what is
wanted; adds nothing.

It is a child of the stage, not a window of its own, so that it never leaves the program and needs no grab.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from nodegraph.app import announcer, operation_text, style
from nodegraph.app.panels.palette import OPERATION_ROLE, SYMBOL_ROLE, Index, OperationDelegate
from nodegraph.canvas.theme import Theme
from nodegraph.core.errors import Refused, TextError
from nodegraph.core.expression import parse
from nodegraph.core.graph import EdgeKey
from nodegraph.core.operations import OPERATIONS, Operation

WIDTH_PX, ROWS = 300, 7
FORMULA = "="
"""The kind of the row that inserts a formula, where other rows hold an operation's name."""
FORMULA_SYMBOL = "ƒ"
_OPERATORS = re.compile(r"[=+\-*/^()×÷−]")
_NAMED = re.compile(r"\w")


@dataclass(frozen=True)
class Wish:
    """Where something is to be added: a place in the scene, and the loose end of an edge, if there is one.

    `source` is a node whose output the new one takes; `target` a port that its output fills; `between` an
    edge on which it is put. Where the keys asked, not the mouse, the place is only a proposal (`is_free`).
    """

    place: QPointF
    source: str | None = None
    target: EdgeKey | None = None
    is_free: bool = False
    between: EdgeKey | None = None

    @property
    def is_open(self) -> bool:
        """Whether nothing says yet what it is connected to."""
        return self.source is None and self.target is None and self.between is None


def is_formula(text: str) -> bool:
    """Whether a text reads as a formula rather than as an operation's name or symbol.

    >>> is_formula("x*w + b"), is_formula("*"), is_formula("1/x"), is_formula("mul")
    (True, False, False, False)
    """
    typed = text.strip()
    if any(typed in (operation.symbol, operation.name) for operation in OPERATIONS.values()):
        return False
    return bool(_OPERATORS.search(typed) and _NAMED.search(typed))


class QuickDelegate(OperationDelegate):
    """As in the palette, but the current row shows while the field has the focus."""

    def _paint_operation(
        self, painter: QPainter, rect: object, state: QStyle.StateFlag, index: Index
    ) -> None:
        if state & QStyle.StateFlag.State_Selected:
            state |= QStyle.StateFlag.State_HasFocus
        super()._paint_operation(painter, rect, state & ~QStyle.StateFlag.State_MouseOver, index)  # type: ignore[arg-type]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are alike."""
        return QSize(120, style.px(28))


class QuickAdd(QFrame):
    """The popup: a field, the rows that fit, and a line that says what Enter will do."""

    operation_wanted = Signal(str, object)
    """An operation's name, and the Wish."""
    formula_wanted = Signal(str, object)
    """A formula that reads well, and the Wish."""
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("quickadd")
        self.setAccessibleName("Add to the graph")
        self.wish = Wish(QPointF())
        self.search: Callable[[str, Wish], Sequence[Operation]] = lambda text, wish: ()
        """The operations that fit a text and a wish, best first."""
        self.tell_effect: Callable[[str, Wish], str] = lambda op, wish: ""
        """What adding an operation would do, in a sentence."""
        self.field = QLineEdit(placeholderText="Operation, or a formula such as x*w + b")
        self.field.setObjectName("quickadd.field")
        self.field.setAccessibleName("Search operations, or type a formula")
        self.rows = QListView()
        self.rows.setObjectName("quickadd.rows")
        self.rows.setAccessibleName("What fits")
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setMouseTracking(True)
        self.model = QStandardItemModel(self)
        self.rows.setModel(self.model)
        self.delegate = QuickDelegate(self)
        self.rows.setItemDelegate(self.delegate)
        self.foot = QLabel(wordWrap=True)
        self.foot.setObjectName("quickadd.foot")
        self.foot.setTextFormat(Qt.TextFormat.PlainText)
        style.set_role(self.foot, "dim")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.px(8), style.px(8), style.px(8), style.px(8))
        layout.setSpacing(style.px(6))
        for widget in (self.field, self.rows, self.foot):
            layout.addWidget(widget)
        self.setFocusProxy(self.field)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._fill)
        self.rows.entered.connect(self.rows.setCurrentIndex)
        self.rows.clicked.connect(self._take)
        self.rows.selectionModel().currentChanged.connect(self._tell)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Show the chips in this theme."""
        self.delegate.theme = theme
        self.rows.viewport().update()

    # --- opening and closing
    def open_at(self, pixel: QPoint, wish: Wish) -> None:
        """Show it empty, with its corner at a pixel of the stage as far as there is room."""
        self.wish = wish
        self.field.clear()
        self._fill("")
        self._place(pixel)
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_popup(self) -> None:
        """Go away without effect."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def found(self) -> list[str]:
        """The names of the operations shown, in order; "=" stands for the formula."""
        return [self.model.item(row).data(OPERATION_ROLE) for row in range(self.model.rowCount())]

    def _place(self, pixel: QPoint) -> None:
        self._fit_height()
        room = self.parentWidget().rect().adjusted(4, 4, -4, -4)
        left = max(room.left(), min(pixel.x(), room.right() - self.width()))
        top = max(room.top(), min(pixel.y(), room.bottom() - self.height()))
        self.move(left, top)

    def _fit_height(self) -> None:
        """As high as the rows it holds, up to a handful; its upper edge stays."""
        row = self.delegate.sizeHint(QStyleOptionViewItem(), QModelIndex()).height()
        self.rows.setFixedHeight(min(ROWS, self.model.rowCount()) * row + 2)
        self.rows.setVisible(bool(self.model.rowCount()))
        self.setFixedWidth(style.px(WIDTH_PX))
        self.layout().activate()
        self.resize(self.width(), self.layout().totalHeightForWidth(self.width()))

    # --- rows
    def _fill(self, text: str) -> None:
        self.model.clear()
        if is_formula(text) and self.wish.is_open:
            row = _row("Insert this formula", FORMULA, FORMULA_SYMBOL)
            self.model.appendRow(row)
        else:
            for operation in self.search(text, self.wish):
                row = _row(operation.title, operation.name, operation.symbol)
                row.setToolTip(operation_text.tooltip(operation))
                self.model.appendRow(row)
        self.rows.setCurrentIndex(self.model.index(0, 0))
        if not self.model.rowCount():
            self._say("No operation is called so.")

    def _tell(self, index: QModelIndex, _before: object = None) -> None:
        if not index.isValid():
            return
        kind = index.data(OPERATION_ROLE)
        if kind == FORMULA:
            self._say(_preview(self.field.text()))
        else:
            effect = self.tell_effect(kind, self.wish)
            self._say(effect)
            announcer.announce(self.field, f"{index.data()}. {effect}")

    def _say(self, sentence: str, *, refused: bool = False) -> None:
        style.set_role(self.foot, "refusal" if refused else "dim")
        self.foot.setText(sentence)
        self.foot.setAccessibleName(sentence)
        self.field.setAccessibleDescription(sentence)
        self._fit_height()

    def refuse(self, refusal: Refused) -> None:
        """Say why not, with the place in the text marked."""
        text = self.field.text()
        if isinstance(refusal, TextError):
            self._say(f"{refusal.message[:1].upper()}{refusal.message[1:]}.", refused=True)
            place = min(refusal.column - 1, max(0, len(text) - 1))
            self.field.setSelection(place, 1)
        else:
            self._say(str(refusal), refused=True)
        style.set_role(self.field, "refused")
        announcer.announce(self.field, self.foot.text(), urgent=True)

    # --- choosing
    def _take(self, index: QModelIndex) -> None:
        kind = index.data(OPERATION_ROLE)
        if kind is None:
            return
        if kind == FORMULA:
            self._take_formula()
            return
        self.hide()
        self.operation_wanted.emit(kind, self.wish)
        self.closed.emit()

    def _take_formula(self) -> None:
        text = self.field.text()
        try:
            parse(text)
        except Refused as refusal:
            self.refuse(refusal)
            return
        self.hide()
        self.formula_wanted.emit(text, self.wish)
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows choose, Enter takes, Esc closes, while one goes on typing."""
        if watched is self.field:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._key(event):
                return True
            if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
                self._follow_focus(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        steps = {
            Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS, Qt.Key.Key_PageUp: -ROWS,
        }  # fmt: skip
        if key in steps:
            last = self.model.rowCount() - 1
            row = max(0, min(self.rows.currentIndex().row() + steps[Qt.Key(key)], last))
            self.rows.setCurrentIndex(self.model.index(row, 0))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.rows.currentIndex())
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.close_popup()
        else:
            style.set_role(self.field, "")
            return False
        return True

    def _follow_focus(self, event: QFocusEvent) -> None:
        """A click elsewhere closes it; another window or its own menu does not."""
        reasons = Qt.FocusReason
        if event.reason() in (reasons.MouseFocusReason, reasons.TabFocusReason, reasons.BacktabFocusReason,
                              reasons.OtherFocusReason, reasons.ShortcutFocusReason):  # fmt: skip
            self.close_popup()


def _preview(text: str) -> str:
    """What a formula would add, or that it is not finished."""
    try:
        part = parse(text)
    except Refused as refusal:
        what = refusal.message if isinstance(refusal, TextError) else str(refusal)
        return f"Not a formula yet: {what}"
    names = [node.name for node in part.nodes()]
    shown = ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
    return f"Enter inserts {shown}."


def _row(title: str, kind: str, symbol: str) -> QStandardItem:
    item = QStandardItem(title)
    item.setData(kind, OPERATION_ROLE)
    item.setData(symbol, SYMBOL_ROLE)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    return item
