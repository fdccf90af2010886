"""The banner: a message over the canvas, of one line where there is width. Knows nothing of what it says."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from nodegraph.app.platform import style
from nodegraph.app.widgets.close_button import CloseButton
from nodegraph.app.widgets.text import tip
from nodegraph.core.aloud import aloud
from nodegraph.core.quoting import quoted

LEAST_PX, LEAST_TEXT_PX = 320, 80
"""How wide a banner is at least, and the beginning of a message in it that is longer."""


class OneLine(QLabel):
    """A text of which one line is shown, with an … where it is longer, until it is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.is_open = False

    def set_open(self, opened: bool) -> None:
        """Show all of it, or one line."""
        self.is_open = opened
        self.setWordWrap(opened)
        self.updateGeometry()

    def line_width(self) -> int:
        """Returns how wide the text is on one line."""
        return self.fontMetrics().horizontalAdvance(self._line()) + style.px(2)

    def _line(self) -> str:
        return " ".join(self.text().split("\n"))

    def sizeHint(self) -> QSize:
        return (
            super().sizeHint()
            if self.is_open
            else QSize(style.px(LEAST_TEXT_PX), self.fontMetrics().height())
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much of it as fits on the line."""
        if self.is_open:
            super().paintEvent(event)
            return
        with QPainter(self) as painter:
            fits = self.fontMetrics().elidedText(self._line(), Qt.TextElideMode.ElideRight, self.width())
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, fits)


class Banner(QFrame):
    """A message over the canvas, on one line, with what can be done about it. It can always be dismissed."""

    dismissed = Signal()
    opened = Signal()
    """The whole of a long message is shown, or its first line again."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.text = OneLine()
        self.text.setObjectName("banner.text")
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.answers = QWidget()
        self.buttons = QHBoxLayout(self.answers)
        self.buttons.setContentsMargins(0, 0, 0, 0)
        self.more = QToolButton(text="More", checkable=True)
        self.more.setObjectName("banner.more")
        self.more.setAccessibleName("Show the whole message")
        self.more.toggled.connect(self._open)
        self.close_button = CloseButton("Dismiss the message", "Dismiss (Esc)")
        self.close_button.setObjectName("banner.close")
        self.close_button.clicked.connect(self.dismiss)
        self.rows = QGridLayout(self)
        self.rows.setContentsMargins(style.px(14), style.px(4), style.px(6), style.px(4))
        self.rows.setSpacing(style.px(8))
        self.rows.setColumnStretch(0, 1)
        self.rows.addWidget(self.text, 0, 0)
        self.rows.addWidget(self.more, 0, 1)
        self.rows.addWidget(self.close_button, 0, 3, Qt.AlignmentFlag.AlignTop)
        self.rows.addWidget(self.answers, 0, 2)
        self.hide()

    def say(self, sentence: str, *, is_error: bool, buttons: Sequence[QPushButton] = ()) -> None:
        """Show a message; a new one takes the place of the old."""
        self._drop_buttons()
        for button in buttons:
            self.buttons.addWidget(button)
        sentence = quoted(sentence, keep="\n")
        self.more.setChecked(False)
        self.text.setText(sentence)
        self.text.setToolTip(tip(sentence))
        self.setAccessibleName(aloud(sentence))
        style.set_role(self, "error" if is_error else "note")
        self.show()
        self.raise_()

    def take_room(self, width: int) -> None:
        """Be as wide as the message, up to this width; if it is longer, its end is asked for, and if its
        buttons would be cut beside it, they stand below it.
        """
        self.more.hide()
        for widget in self.findChildren(QWidget):
            widget.ensurePolished()  # the style sheet makes buttons wider, and else only once they are shown
        self.buttons.invalidate()
        self.layout().invalidate()
        edges = self.layout().contentsMargins() + self.contentsMargins()
        room, gap = width - edges.left() - edges.right(), self.rows.horizontalSpacing()
        buttons = [self.buttons.itemAt(place).widget() for place in range(self.buttons.count())]
        answers = sum(button.sizeHint().width() for button in buttons) + gap * max(0, len(buttons) - 1)
        line, close = self.text.line_width(), gap + self.close_button.sizeHint().width()
        beside = close + (gap + answers if buttons else 0)
        least = style.px(LEAST_TEXT_PX) + gap + self.more.sizeHint().width()
        is_below = bool(buttons) and min(line, least) + beside > room
        self._put_answers(is_below=is_below, is_stacked=is_below and answers > room)
        wanted = line + (close if is_below else beside)
        widest = max(wanted, answers if is_below else 0) + width - room
        self.setFixedWidth(max(100, min(width, max(widest, style.px(LEAST_PX)))))
        self.more.setVisible(wanted > room)
        self.answers.updateGeometry()
        self.layout().invalidate()  # it may have another row now
        whole = self.layout().totalHeightForWidth(self.width())
        self.setFixedHeight(whole if self.more.isChecked() else self.layout().totalSizeHint().height())

    def _put_answers(self, *, is_below: bool, is_stacked: bool) -> None:
        """Put the buttons beside the message, or below it, there in a row or one below the other."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self.buttons.setDirection(down if is_stacked else across)
        place = (1, 0, 1, 4) if is_below else (0, 2, 1, 1)
        if self.rows.getItemPosition(self.rows.indexOf(self.answers)) != place:
            side = Qt.AlignmentFlag(0) if is_stacked else Qt.AlignmentFlag.AlignLeft
            self.rows.addWidget(self.answers, *place, side)
        self.answers.setVisible(self.buttons.count() > 0)

    def _open(self, opened: bool) -> None:
        self.text.set_open(opened)
        self.opened.emit()

    def dismiss(self) -> None:
        """Take the message away, and tell."""
        if not self.isHidden():
            self.put_away()
            self.dismissed.emit()

    def put_away(self) -> None:
        """Take the message away; keys then go to what it lay on, and not to any other button."""
        had_focus = self.isAncestorOf(self.window().focusWidget() or self.window())
        self.hide()
        self._drop_buttons()
        if had_focus and self.parentWidget() is not None:
            self.parentWidget().setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc dismisses it."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def _drop_buttons(self) -> None:
        while (item := self.buttons.takeAt(0)) is not None:
            if item.widget() is not None:
                item.widget().hide()
                item.widget().deleteLater()
