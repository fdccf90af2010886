"""The command palette: everything the program can do, searched as one types. Tells what was chosen; does
nothing itself. What cannot be done now is grey and says what it needs.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from nodegraph.app.commands.command_search import Offer, found_by
from nodegraph.app.platform import announcer, style
from nodegraph.app.widgets.rows import Cell, Index
from nodegraph.app.widgets.search_popup import SearchPopup
from nodegraph.canvas.drawing import theme as themes
from nodegraph.canvas.drawing.theme import LIGHT, Theme

WIDTH_PX, ROWS = 520, 10
TOLD_LINES = 2
"""Lines for what a command does: the longest sentence has room, and the rows stay where they are."""
ID_ROLE = Qt.ItemDataRole.UserRole
KEYS_ROLE = Qt.ItemDataRole.UserRole + 1
MENU_ROLE = Qt.ItemDataRole.UserRole + 2
MISSING_ROLE = Qt.ItemDataRole.UserRole + 3


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


class CommandPalette(SearchPopup):
    """The popup in the middle of the window."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "commands", CommandDelegate())
        self.foot.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.set_words("All commands", "What do you want to do?", "Search commands", "Commands")
        self.commands: list[Offer] = []

    def open(self, commands: Sequence[Offer]) -> None:
        """Show these, in this order where nothing is typed."""
        self.commands = list(commands)
        self.show_empty()

    def found(self) -> list[str]:
        """The ids of the commands shown, in order."""
        return self.model.column_of(ID_ROLE)

    def place(self) -> None:
        """In the middle near the upper edge."""
        around = self.parentWidget().rect()
        self.foot.setFixedHeight(TOLD_LINES * self.foot.fontMetrics().lineSpacing() + 4)
        self.setFixedWidth(min(style.px(WIDTH_PX), around.width() - 16))
        self._fit_rows(ROWS, around.height() - 16)
        height = min(self.layout().totalHeightForWidth(self.width()), around.height() - 16)
        self.setFixedHeight(height)
        self.move((around.width() - self.width()) // 2, min(style.px(64), around.height() - height - 8))

    # --- rows
    def _fill(self, query: str) -> None:
        self._show_rows(list(map(_row, found_by(self.commands, query))))
        if not self.model.rowCount():
            self._say("There is no such command.")

    def _tell(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            missing = index.data(MISSING_ROLE)
            self._say(missing or index.data(Qt.ItemDataRole.AccessibleDescriptionRole))
            announcer.announce(self.field, index.data(Qt.ItemDataRole.AccessibleTextRole))

    def _take(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        if index.data(MISSING_ROLE):
            announcer.announce(self.field, index.data(MISSING_ROLE), urgent=True)
            return
        self.close_popup()  # the focus goes back first: a command may be about what has it
        self.chosen.emit(index.data(ID_ROLE))


def _row(offer: Offer) -> Cell:
    said = ", ".join(part for part in (offer.text, offer.menu, offer.keys) if part)
    told = f"{said}. Not now: {offer.missing}" if offer.missing else said
    roles = Qt.ItemDataRole
    return Cell(
        offer.text,
        {
            ID_ROLE: offer.id,
            KEYS_ROLE: offer.keys,
            MENU_ROLE: offer.menu,
            MISSING_ROLE: offer.missing,
            roles.AccessibleDescriptionRole: offer.tooltip,
            roles.AccessibleTextRole: told,
            roles.ToolTipRole: offer.missing or offer.tooltip,
        },
    )
