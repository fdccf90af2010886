"""Room for a text that may be long: it takes as much height as the text, up to a few lines, and scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QScrollArea, QSizePolicy

from nodegraph.app.widgets.text import Text, tip


class FewLines(QScrollArea):
    """Shows a text in at most so many lines; further ones are scrolled to, and the tooltip holds them all."""

    def __init__(self, text: Text, most: int = 2) -> None:
        super().__init__()
        self.text, self.most = text, most
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setWidgetResizable(True)
        self.setWidget(text)
        text.setMinimumHeight(1)  # else Qt takes the height that it would have in a narrow column
        text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.verticalScrollBar().rangeChanged.connect(self._follow_range)

    def say(self, plain: str) -> None:
        """Show this text from its first line, and hide where there is none."""
        if plain != self.text.plain:
            self.verticalScrollBar().setValue(0)
        self.text.say(plain)
        self.setVisible(bool(plain))
        self.updateGeometry()

    def heightForWidth(self, width: int) -> int:
        """Returns the height of the text in this width, up to that of so many lines."""
        return min(self.text.heightForWidth(width), self._most_height())

    def fits(self, width: int) -> bool:
        """Whether the whole text is seen in this width without scrolling."""
        return self.text.heightForWidth(width) <= self._most_height()

    def _most_height(self) -> int:
        metrics = self.text.fontMetrics()
        return metrics.height() + (self.most - 1) * metrics.lineSpacing()

    def sizeHint(self) -> QSize:
        """As the text would have it, in few lines."""
        width = self.text.sizeHint().width()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """One line; how many it takes is up to the width."""
        return QSize(0, self.text.fontMetrics().height())

    def changeEvent(self, event: QEvent) -> None:
        """Larger text needs more room."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()

    def _follow_range(self, _first: int, last: int) -> None:
        """What scrolls can be scrolled by keys and is told whole by the tooltip."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if last else Qt.FocusPolicy.NoFocus)
        self.setToolTip(tip(self.text.plain) if last else "")
