"""A line for a formula that becomes a graph; a wrong one is refused below the line, with its place marked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from nodegraph.app.platform import style
from nodegraph.canvas.fields.keypad_point import point_by_keypad
from nodegraph.core.aloud import aloud
from nodegraph.core.building.expression import parse
from nodegraph.core.errors import Refused, TextError

EXAMPLE = "L = (a*b + c)*f"


class FormulaField(QWidget):
    """Type `L = (a*b + c)*f`, press Enter, and get its graph."""

    made = Signal(object)
    """The Graph that was read."""
    refused = Signal()
    draft_changed = Signal(str)
    """The text of which no graph has been made; "" where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit(placeholderText=f"{EXAMPLE}   —   for several formulas put ; between them")
        self.field.setObjectName("formula_field")
        point_by_keypad(self.field)
        self.field.setAccessibleName("Formula")
        self.button = QPushButton("Make the graph")
        self.button.setAutoDefault(False)
        self.problem = QLabel(wordWrap=True)
        style.set_role(self.problem, "refusal")
        self.marked = QLabel()
        self.marked.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        style.set_role(self.marked, "mono")
        self._wrong: TextError | None = None
        """What the marked line is of."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.px(5))
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(self.button)
        layout.addLayout(row)
        layout.addWidget(self.marked)
        layout.addWidget(self.problem)
        self._read = ""
        """The text whose graph was told last."""
        self._forget()
        self.field.returnPressed.connect(self.read)
        self.button.clicked.connect(self.read)
        self.field.textEdited.connect(self._forget)
        self.field.textChanged.connect(self._tell_draft)

    def read(self) -> None:
        """Read what was typed; tell the graph, or why there is none."""
        try:
            graph = parse(self.field.text())
        except TextError as error:
            self._refuse(error.message, error)
        except Refused as refusal:
            self._refuse(str(refusal))
        else:
            if len(graph):
                self._forget()
                self._read = self.field.text()
                self._tell_draft()
                self.made.emit(graph)
            else:
                self._refuse(f"Type a formula such as {EXAMPLE}.")

    @property
    def is_half_typed(self) -> bool:
        """Whether a text stands in it of which no graph has been made."""
        text = self.field.text().strip()
        return bool(text) and text != self._read.strip()

    def put_back(self, text: str) -> None:
        """Show a text that was left here the last time; it counts as half typed once it is edited."""
        self._read = text
        self.field.setText(text)

    def give_up(self) -> None:
        """Forget what is half typed."""
        if self.is_half_typed:
            self.field.clear()

    def _tell_draft(self, _text: str = "") -> None:
        self.draft_changed.emit(self.field.text() if self.is_half_typed else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another part of a long line fits."""
        super().resizeEvent(event)
        self._mark()

    def _mark(self) -> None:
        """Show as much of the line around the mistake as fits into the width."""
        self.marked.setVisible(self._wrong is not None)
        if self._wrong is not None:
            self.marked.ensurePolished()
            fitting = 100 * self.width() // self.marked.fontMetrics().horizontalAdvance("0" * 100)
            self.marked.setText(self._wrong.marked_in(max(fitting, 9)))

    def _refuse(self, message: str, wrong: TextError | None = None) -> None:
        sentence = message[:1].upper() + message[1:] + "." * (not message.endswith("."))
        self.problem.setText(sentence)
        self.problem.setVisible(True)
        self._wrong = wrong
        self._mark()
        style.set_role(self.field, "refused")
        self.field.setAccessibleDescription(aloud(sentence))
        self.field.setFocus()
        self.refused.emit()

    def _forget(self) -> None:
        self.problem.hide()
        self._wrong = None
        self._mark()
        self.field.setAccessibleDescription("")
        style.set_role(self.field, "plain")
