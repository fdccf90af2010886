"""A drop-down list for panels."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyledItemDelegate, QStyleOptionComboBox, QWidget

from nodegraph.app.platform.key_claims import keeps_plain_keys

MOST_ROWS = 14
"""Rows that are seen at once; a longer list scrolls."""


@keeps_plain_keys
class Choice(QComboBox):
    """A drop-down list that keeps plain keys for itself while it has the focus.

    Its list opens below it as high as its rows are (`combobox-popup: 0` in the style sheet): as a menu, Qt
    reckons without the frame that the style sheet gives the list, cuts the last row off and puts strips for
    scrolling there that know no theme.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(MOST_ROWS)
        self.setItemDelegate(QStyledItemDelegate(self))  # Qt's own knows no row height of a style sheet
        self.view().setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Let an entry that is too long end in …, which a style sheet would cut."""
        super().initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        text = option.currentText  # type: ignore[attr-defined]
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        option.currentText = shown  # type: ignore[attr-defined]

    def showPopup(self) -> None:  # noqa: N802, as Qt calls it
        """Open the list as wide as its longest entry, so that long names can be told apart; no wider than
        the window."""
        view = self.view()
        bar = view.verticalScrollBar().sizeHint().width() if self.count() > self.maxVisibleItems() else 0
        needed = view.sizeHintForColumn(self.modelColumn()) + 2 * view.frameWidth() + bar
        view.setMinimumWidth(min(needed, self.window().width()))
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let what is around it scroll: a wheel that goes past it chooses nothing."""
        event.ignore()

    @classmethod
    def of(cls, name: str, said: str, entries: Mapping[str, str], chosen: str = "") -> Choice:
        """Make a list of these entries, texts by their data, with its object name and what is read aloud."""
        box = cls()
        box.setObjectName(name)
        box.setAccessibleName(said)
        for data, text in entries.items():
            box.addItem(text, data)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        return box
