"""The pane: the text, and below it a sentence about a mistake or about why there is no text. Shows and tells;
edits no graph.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from nodegraph.app.features.text.editor import TextEditor
from nodegraph.app.platform import style
from nodegraph.core.aloud import aloud


class TextPanel(QFrame):
    """The text of the graph."""

    def __init__(self, editor: TextEditor) -> None:
        super().__init__()
        self.setObjectName("text")
        self.setAccessibleName("Text")
        self.editor = editor
        self.message = QLabel()
        self.message.setObjectName("text.message")
        self.message.setAccessibleName("What is wrong with the text")
        self.message.setWordWrap(True)
        self.message.setContentsMargins(style.px(10), style.px(4), style.px(10), style.px(6))
        self.message.hide()
        self.setMinimumHeight(style.px(110))
        self.setFocusProxy(editor)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(editor, 1)
        layout.addWidget(self.message)

    def say(self, sentence: str, *, is_mistake: bool) -> None:
        """Show a sentence below the text; "" for none."""
        style.set_role(self.message, "refusal" if is_mistake else "dim")
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))
        self.editor.setAccessibleDescription(aloud(sentence))


class TextPlace(QWidget):
    """A place of the window where the pane may be; it comes to the one that was shown last."""

    came = Signal()
    """This place is to be seen now."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName("Text of the graph")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def hold(self, panel: TextPanel) -> None:
        """Take the pane."""
        self._column.addWidget(panel)
        self.setFocusProxy(panel)
        panel.show()

    def showEvent(self, event: QShowEvent) -> None:
        """The pane comes to where it is looked for."""
        super().showEvent(event)
        self.came.emit()
