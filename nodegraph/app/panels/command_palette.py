"""The command palette: everything the program can do, searched as one types. Tells what was chosen; does
nothing itself. What cannot be done now is grey and says what it needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPen,
    QStandardItem,
    QStandardItemModel,
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

from nodegraph.app import announcer, style
from nodegraph.app.panels.palette import Index
from nodegraph.canvas import theme as themes
from nodegraph.canvas.theme import LIGHT, Theme

WIDTH_PX, ROWS = 520, 10
ID_ROLE = Qt.ItemDataRole.UserRole
KEYS_ROLE = Qt.ItemDataRole.UserRole + 1
MENU_ROLE = Qt.ItemDataRole.UserRole + 2
MISSING_ROLE = Qt.ItemDataRole.UserRole + 3


@dataclass(frozen=True)
class Command:
    """One row: what an action is called, where its menu is, its keys, and what is missing for it now."""

    id: str
    text: str
    menu: str
    keys: str
    tooltip: str
    missing: str


def rank(command: Command, query: str) -> int | None:
    """How well a command fits what was typed: 0 best, None not at all.

    >>> fit = Command("view.fit", "Fit All", "View", "F", "Show the whole graph", "")
    >>> rank(fit, "fit"), rank(fit, "view fit"), rank(fit, "fa"), rank(fit, "whole"), rank(fit, "zzz")
    (0, 1, 3, 4, None)
    """
    wanted = query.strip().casefold()
    text, whole = command.text.casefold(), f"{command.menu} {command.text}".casefold()
    if text.startswith(wanted):
        return 0
    words = wanted.split()
    if all(any(part.startswith(word) for part in whole.split()) for word in words):
        return 1
    if wanted in whole:
        return 2
    initials = "".join(part[0] for part in text.split())
    if initials.startswith(wanted.replace(" ", "")):
        return 3
    if all(word in command.tooltip.casefold() for word in words):
        return 4
    rest = iter(text)
    return 5 if len(wanted) > 2 and all(letter in rest for letter in wanted if letter != " ") else None


class CommandDelegate(QStyledItemDelegate):
    """Paints a command: its menu, its text, its keys at the right."""

    theme: Theme = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are alike."""
        return QSize(200, style.px(30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.setPen(QPen(QColor(self.theme.accent), 1.5))
            painter.setBrush(QColor(self.theme.forward_back))
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), 6, 6)
        dim = QColor(style.mixed(self.theme.dim, self.theme.panel, 0.35))
        missing = bool(index.data(MISSING_ROLE))
        room = rect.adjusted(style.px(12), 0, -style.px(12), 0)
        painter.setFont(themes.font(style.px(12), QFont.Weight.DemiBold))
        keys = index.data(KEYS_ROLE)
        painter.setPen(dim if missing else QColor(self.theme.dim))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, keys)
        room.setRight(
            room.right() - round(QFontMetricsF(painter.font()).horizontalAdvance(keys)) - style.px(16)
        )
        painter.setFont(themes.font(style.px(13)))
        painter.setPen(dim if missing else QColor(self.theme.text))
        metrics = painter.fontMetrics()
        text = metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        left = metrics.horizontalAdvance(text) + style.px(10)
        painter.setPen(dim)
        painter.setFont(themes.font(style.px(12)))
        painter.drawText(room.adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, index.data(MENU_ROLE))
        painter.restore()


class CommandPalette(QFrame):
    """The popup: a field, the rows, and a line about the current one."""

    chosen = Signal(str)
    closed = Signal(bool)
    """It went away; whether by a key, so that the focus goes back to where it was."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("commands")
        self.setAccessibleName("All commands")
        self.commands: list[Command] = []
        self.field = QLineEdit(placeholderText="What do you want to do?")
        self.field.setObjectName("commands.field")
        self.field.setAccessibleName("Search commands")
        self.rows = QListView()
        self.rows.setObjectName("commands.rows")
        self.rows.setAccessibleName("Commands")
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setUniformItemSizes(True)
        self.model = QStandardItemModel(self)
        self.rows.setModel(self.model)
        self.delegate = CommandDelegate(self)
        self.rows.setItemDelegate(self.delegate)
        self.foot = QLabel(wordWrap=True)
        self.foot.setObjectName("commands.foot")
        style.set_role(self.foot, "dim")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.px(8), style.px(8), style.px(8), style.px(8))
        layout.setSpacing(style.px(6))
        for widget in (self.field, self.rows, self.foot):
            layout.addWidget(widget)
        self.setFocusProxy(self.field)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._fill)
        self.rows.clicked.connect(self._take)
        self.rows.selectionModel().currentChanged.connect(self._tell)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Show it in this theme."""
        self.delegate.theme = theme
        self.rows.viewport().update()

    def open(self, commands: Sequence[Command]) -> None:
        """Show these, in this order where nothing is typed."""
        self.commands = list(commands)
        self.field.clear()
        self._fill("")
        self.place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_popup(self, *, by_key: bool = True) -> None:
        """Go away without effect."""
        if not self.isHidden():
            self.hide()
            self.closed.emit(by_key)

    def found(self) -> list[str]:
        """The ids of the commands shown, in order."""
        return [self.model.item(row).data(ID_ROLE) for row in range(self.model.rowCount())]

    def place(self) -> None:
        """In the middle near the upper edge."""
        around = self.parentWidget().rect()
        row = self.delegate.sizeHint(QStyleOptionViewItem(), QModelIndex()).height()
        self.rows.setFixedHeight(ROWS * row + 2)
        self.foot.setFixedHeight(self.foot.fontMetrics().lineSpacing() + 4)
        self.setFixedWidth(min(style.px(WIDTH_PX), around.width() - 16))
        self.layout().activate()
        height = min(self.layout().totalHeightForWidth(self.width()), around.height() - 16)
        self.setFixedHeight(height)
        self.move((around.width() - self.width()) // 2, min(style.px(64), around.height() - height - 8))

    # --- rows
    def _fill(self, query: str) -> None:
        self.model.clear()
        ranked = [(rank(command, query), bool(query and command.missing), place)
                  for place, command in enumerate(self.commands)]  # fmt: skip
        for _, _, place in sorted((found, *rest) for found, *rest in ranked if found is not None):
            self.model.appendRow(_row(self.commands[place]))
        self.rows.setCurrentIndex(self.model.index(0, 0))
        if not self.model.rowCount():
            self._say("There is no such command.")

    def _tell(self, index: QModelIndex, _before: object = None) -> None:
        if index.isValid():
            missing = index.data(MISSING_ROLE)
            self._say(missing or index.data(Qt.ItemDataRole.AccessibleDescriptionRole))
            announcer.announce(self.field, index.data(Qt.ItemDataRole.AccessibleTextRole))

    def _say(self, sentence: str) -> None:
        self.foot.setText(sentence)
        self.foot.setAccessibleName(sentence)
        self.field.setAccessibleDescription(sentence)

    def _take(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        if index.data(MISSING_ROLE):
            announcer.announce(self.field, index.data(MISSING_ROLE), urgent=True)
            return
        self.close_popup()  # the focus goes back first: a command may be about what has it
        self.chosen.emit(index.data(ID_ROLE))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows choose, Enter takes, Esc closes, while one goes on typing."""
        if watched is self.field:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._key(event)
            if event.type() == QEvent.Type.FocusOut and event.reason() not in (  # type: ignore[attr-defined]
                Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason,
            ):  # fmt: skip
                self.close_popup(by_key=False)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        steps = {
            Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS, Qt.Key.Key_PageUp: -ROWS,
        }  # fmt: skip
        key = event.key()
        if key in steps:
            last = self.model.rowCount() - 1
            row = max(0, min(self.rows.currentIndex().row() + steps[Qt.Key(key)], last))
            self.rows.setCurrentIndex(self.model.index(row, 0))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.rows.currentIndex())
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.close_popup()
        else:
            return False
        return True


def _row(command: Command) -> QStandardItem:
    item = QStandardItem(command.text)
    item.setData(command.id, ID_ROLE)
    item.setData(command.keys, KEYS_ROLE)
    item.setData(command.menu, MENU_ROLE)
    item.setData(command.missing, MISSING_ROLE)
    item.setData(command.tooltip, Qt.ItemDataRole.AccessibleDescriptionRole)
    said = ", ".join(part for part in (command.text, command.menu, command.keys) if part)
    told = f"{said}. Not now: {command.missing}" if command.missing else said
    item.setData(told, Qt.ItemDataRole.AccessibleTextRole)
    item.setToolTip(command.missing or command.tooltip)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    return item
