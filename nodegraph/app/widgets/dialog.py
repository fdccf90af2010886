"""A dialog that is never larger than the screen: with large text, or on a small screen, what does not fit is
scrolled, but for the buttons at its lower end.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from nodegraph.app.platform import style
from nodegraph.app.widgets.text import Text

FRAME_PX = QSize(16, 48)
"""What a window manager needs around a dialog, about."""
_PAGES = {
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
}


class Dialog(QDialog):
    """A dialog that fits the screen whenever it is shown."""

    scrolled: QScrollArea | None = None
    """What its contents are scrolled in, where they do not fit."""
    message: Text | None = None
    """What the window says while the dialog lies over it."""

    def show_message(self, sentence: str, *, is_error: bool) -> None:
        """Show at the top what the window says meanwhile, where this dialog would hide it."""
        layout = self.layout()
        if not isinstance(layout, QVBoxLayout):
            return
        if self.message is None:
            self.message = Text()
            self.message.setObjectName("dialog.message")
        layout.insertWidget(0, self.message)
        style.set_role(self.message, "refusal" if is_error else "plain")
        margin = style.px(12) if self.scrolled is not None else 0
        self.message.setContentsMargins(margin, margin, margin, 0)
        self.message.say(sentence)
        least = self._least()
        self.setMaximumHeight(max(self.maximumHeight(), least.height()))  # some have a fixed size
        self.resize(self.size().expandedTo(least))
        self.fit_into(self.screen().availableGeometry())

    def column(self) -> QVBoxLayout:
        """Returns the layout of all that is below each other, with the usual space around and between."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.px(20), style.px(18), style.px(20), style.px(16))
        layout.setSpacing(style.px(14))
        return layout

    def keep_lines(self, sentence: Text, count: int = 3) -> None:
        """Keep room for so many lines of a sentence, so that nothing jumps with what it says."""
        sentence.setMinimumHeight(count * self.fontMetrics().lineSpacing())
        sentence.setAlignment(Qt.AlignmentFlag.AlignTop)

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the screen."""
        self.fit_into(self.screen().availableGeometry())
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Page Down scroll what does not fit."""
        action = _PAGES.get(event.key())
        if self.scrolled is not None and action is not None:
            self.scrolled.verticalScrollBar().triggerAction(action)
        else:
            super().keyPressEvent(event)

    def fit_into(self, screen: QRect) -> None:
        """Make the dialog no larger than this, scroll what it cannot show then, and move it inside."""
        room = screen.size() - FRAME_PX
        if self.scrolled is None and not _fits(self._least(), room):
            self._scroll_contents()
        if not _fits(self.size(), room):
            self.resize(self.size().boundedTo(room))
        if not screen.contains(self.geometry()):
            outer = self.frameGeometry()
            self.move(
                max(screen.left(), min(self.x(), screen.right() - outer.width())),
                max(screen.top(), min(self.y(), screen.bottom() - outer.height())),
            )

    def _least(self) -> QSize:
        """The smallest size in which all can be seen; text needs less height where it is as wide as now."""
        least, layout = self.minimumSizeHint(), self.layout()
        if layout is not None and layout.hasHeightForWidth():
            least.setHeight(layout.totalMinimumHeightForWidth(max(self.width(), least.width())))
        return least.expandedTo(self.minimumSize())

    def _scroll_contents(self) -> None:
        contents, focused, size, buttons = QWidget(), self.focusWidget(), self.size(), self._buttons()
        contents.setLayout(self.layout())  # which takes along what is laid out
        self.scrolled = QScrollArea(widgetResizable=True)
        self.scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes to what is in it, and that into sight
        self.scrolled.setFrameShape(QFrame.Shape.NoFrame)
        self.scrolled.setWidget(contents)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.scrolled)
        if buttons is not None:
            layout = contents.layout()
            assert layout is not None
            margins = layout.contentsMargins()
            buttons.setContentsMargins(margins.left(), 0, margins.right(), margins.bottom())
            around.addLayout(buttons)
        self.setMinimumSize(0, 0)
        self.resize(size + QSize(self.scrolled.verticalScrollBar().sizeHint().width(), 0))
        if focused is not None:
            focused.setFocus()

    def _buttons(self) -> QLayout | None:
        """The row of buttons at the lower end, out of the layout, so that it stays in sight."""
        layout = self.layout()
        last = layout.itemAt(layout.count() - 1) if layout is not None and layout.count() > 1 else None
        row = last.layout() if last is not None else None
        if layout is None or row is None or row.count() == 0:
            return None
        inside = (row.itemAt(place).widget() for place in range(row.count()))
        if not any(isinstance(one, QPushButton) for one in inside):
            return None
        layout.removeItem(row)
        row.setParent(None)
        return row


def form_of(rows: Iterable[tuple[str, QWidget]]) -> QFormLayout:
    """Returns fields below each other, each behind its label."""
    form = QFormLayout()
    form.setHorizontalSpacing(style.px(14))
    form.setVerticalSpacing(style.px(9))
    for text, field in rows:
        form.addRow(text, field)
    return form


def buttons_of(*right: QWidget, left: Iterable[QWidget] = ()) -> QHBoxLayout:
    """Returns the row of buttons at the lower end: some at its right, and some at its left."""
    row = QHBoxLayout()
    for button in left:
        row.addWidget(button)
    row.addStretch(1)
    for button in right:
        row.addWidget(button)
    return row


def _fits(size: QSize, room: QSize) -> bool:
    return size.width() <= room.width() and size.height() <= room.height()
