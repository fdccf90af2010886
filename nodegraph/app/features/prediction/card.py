"""The card of predict mode, over the canvas: a question, a field for the answer, and in the end the score.
Shows what it is told and says what the person wants; judges nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from nodegraph.app.platform import style
from nodegraph.app.widgets.choice import Choice
from nodegraph.app.widgets.close_button import CloseButton
from nodegraph.app.widgets.text import Text
from nodegraph.core.explain.answers import Kind
from nodegraph.core.explain.quiz import NAMES, Score
from nodegraph.core.explain.typed_numbers import LONGEST_ANSWER

WIDTH_PX, LEAST_PX = 560, 300
CHOICES: dict[str, str] = {"all": "everything", **NAMES}
"""What can be asked about, by the word the settings keep."""
RIGHT, WRONG = "✓", "✗"


class PredictionCard(QFrame):
    """Question and score. Esc in it leaves."""

    answered = Signal(str)
    choice_made = Signal(str)
    left = Signal()
    again_wanted = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("prediction_card")
        self.setAccessibleName("Predict")
        self.choice = Choice()
        self.score = QLabel()
        self.close_button = CloseButton("Leave predict mode", "Leave predict mode (Esc)")
        self.prompt = Text("question")
        self.field = QLineEdit(placeholderText="Your answer: 3, -0.5, 1/3 …")
        self.check_button = QPushButton("Check")
        self.hint_button, self.show_button, self.skip_button = QPushButton(), QPushButton(), QPushButton()
        self.verdict, self.hints = Text(), Text("dim")
        self.asking, self.ending = QWidget(), QWidget()
        self._lay_out()
        self._connect()
        for text in (self.verdict, self.hints):
            text.say("")
        self.hide()

    # --- building
    def _lay_out(self) -> None:
        self._name_parts()
        head = QHBoxLayout()
        head.setSpacing(style.px(6))
        label = QLabel("Ask about")
        style.set_role(label, "dim")
        head.addWidget(label)
        head.addWidget(self.choice)
        head.addStretch(1)
        head.addWidget(self.score)
        head.addWidget(self.close_button)
        self._lay_out_asking()
        self._lay_out_ending()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.px(14), style.px(8), style.px(10), style.px(12))
        layout.setSpacing(style.px(8))
        layout.addLayout(head)
        layout.addWidget(self.asking)
        layout.addWidget(self.ending)

    def _name_parts(self) -> None:
        self.choice.setAccessibleName("Ask about")
        self.choice.setToolTip("What to ask about at each step")
        style.set_role(self.choice, "quiet")
        for word, text in CHOICES.items():
            self.choice.addItem(text, word)
        style.set_role(self.score, "dim")
        self.field.setObjectName("prediction.answer")
        self.field.setAccessibleName("Your answer")
        self.field.setMaxLength(LONGEST_ANSWER)
        self.check_button.setToolTip("Check the answer (Enter)")
        style.set_role(self.check_button, "primary")
        for button in (self.check_button, self.hint_button, self.show_button, self.skip_button):
            button.setAutoDefault(False)

    def _lay_out_asking(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(style.px(6))
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.field.setMinimumWidth(style.px(90))
        row.addWidget(self.field, 1)
        row.addWidget(self.check_button)
        more = QHBoxLayout()
        more.setSpacing(style.px(6))
        for button in (self.hint_button, self.show_button, self.skip_button):
            style.set_role(button, "quiet")
            more.addWidget(button)
        more.addStretch(1)
        column = QVBoxLayout(self.asking)
        column.setContentsMargins(0, 0, style.px(4), 0)
        column.setSpacing(style.px(8))
        column.addWidget(self.prompt)
        column.addLayout(row)
        column.addWidget(self.verdict)
        column.addWidget(self.hints)
        column.addLayout(more)

    def _lay_out_ending(self) -> None:
        self.result = Text("question")
        self.advice = Text()
        self.table = QWidget()
        self.rows = QGridLayout(self.table)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setHorizontalSpacing(style.px(18))
        self.rows.setVerticalSpacing(style.px(4))
        self.again_button, self.done_button = QPushButton("Try again"), QPushButton("Close")
        style.set_role(self.again_button, "primary")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.done_button)
        buttons.addWidget(self.again_button)
        column = QVBoxLayout(self.ending)
        column.setContentsMargins(0, 0, style.px(4), 0)
        column.setSpacing(style.px(10))
        for widget in (self.result, self.table, self.advice):
            column.addWidget(widget)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.field.returnPressed.connect(self._offer)
        self.check_button.clicked.connect(self._offer)
        self.choice.activated.connect(self._choose)
        self.close_button.clicked.connect(self.left)
        self.done_button.clicked.connect(self.left)
        self.again_button.clicked.connect(self.again_wanted)

    def set_actions(self, actions: Mapping[str, QAction]) -> None:
        """Give the buttons their actions."""
        for button, name in self._buttons():
            button.clicked.connect(actions[name].trigger)
            button.setText(actions[name].iconText())
            button.setAccessibleName(actions[name].iconText())

    def show_keys(self, actions: Mapping[str, QAction]) -> None:
        """Let the buttons say what they do, and by which keys, while there is something for them to do."""
        for button, name in self._buttons():
            button.setToolTip(actions[name].toolTip())

    def _buttons(self) -> tuple[tuple[QPushButton, str], ...]:
        """Returns the buttons that do what a command does, and its id."""
        return (
            (self.hint_button, "pass.hint"),
            (self.show_button, "pass.show_answer"),
            (self.skip_button, "pass.skip_phase"),
        )

    # --- what the person wants
    def _offer(self) -> None:
        self.answered.emit(self.field.text())

    def _choose(self, place: int) -> None:
        self.choice_made.emit(self.choice.itemData(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Report a change of the card's size to what places it."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.resized.emit()
        return handled

    # --- what is shown
    def show_choice(self, word: str) -> None:
        """What is asked about."""
        self.choice.setCurrentIndex(max(0, self.choice.findData(word)))

    def ask(self, prompt: str, next_phase: str) -> None:
        """Show a question with an empty field; `next_phase` is where skipping leads."""
        self.ending.hide()
        self.asking.show()
        self._set_answerable(True)
        self.prompt.say(prompt)
        self.field.setAccessibleDescription(prompt)
        self.field.clear()
        self.field.setReadOnly(False)
        self.hints.say("")
        self.skip_button.setText(f"Skip to {next_phase}")
        self.skip_button.setAccessibleName(self.skip_button.text())

    def rest(self, sentence: str) -> None:
        """Ask nothing for now, and say why."""
        self.ending.hide()
        self.asking.show()
        self.prompt.say(sentence)
        self.field.clear()
        self.say("")
        self.hints.say("")
        self._set_answerable(False)

    def _set_answerable(self, answerable: bool) -> None:
        for widget in (self.field, self.check_button, self.hint_button, self.show_button, self.skip_button):
            widget.setVisible(answerable)

    def wait(self) -> None:
        """Take no answer while this one is shown."""
        self.field.setReadOnly(True)

    def say(self, sentence: str, *, is_right: bool | None = None) -> None:
        """What an answer was worth: a mark and a sentence, or a sentence alone; "" takes it away."""
        if not sentence:
            self.verdict.say("")
            return
        style.set_role(self.verdict, {True: "right", False: "refusal", None: "dim"}[is_right])
        mark = {True: f"<b>{RIGHT}</b> ", False: f"<b>{WRONG}</b> ", None: ""}[is_right]
        self.verdict.say(sentence, f"{mark}{escape(sentence)}")

    def mark_field(self) -> None:
        """The answer stays, selected, to be typed over."""
        self.field.selectAll()
        self.field.setFocus()

    def show_hints(self, hints: tuple[str, ...], count: int) -> None:
        """The hints taken so far, and how many there are."""
        lines = [f"{place + 1}. {escape(hint)}" for place, hint in enumerate(hints[:count])]
        self.hints.say(" ".join(hints[:count]), "<br>".join(lines))
        left = len(hints) - count
        self.hint_button.setText(f"Hint ({left} left)" if left else "No more hints")
        self.hint_button.setEnabled(left > 0)

    def show_score(self, right: int, asked: int, number: int) -> None:
        """The running score; `number` questions there are in all."""
        self.score.setText(f"{right:,} of {asked:,} at the first try · {number:,} in all" if asked else "")
        self.score.setVisible(bool(asked))

    def end(self, score: Score) -> None:
        """Show how it went."""
        total = score.total
        self.asking.hide()
        self.ending.show()
        self.score.hide()
        self.result.say(f"{total.at_first_try:,} of {total.asked:,} right at the first try")
        self.advice.say(score.sentence())
        self._fill(score)
        self.again_button.setFocus()

    def _fill(self, score: Score) -> None:
        while (item := self.rows.takeAt(0)) is not None:
            if item.widget() is not None:
                item.widget().deleteLater()
        self._row(0, ("", "asked", "at the first try", "hints", "shown"), "dim")
        for row, (kind, result) in enumerate(score.kinds(), 1):
            counts = (result.asked, result.at_first_try, result.hints, result.shown)
            self._row(row, (_title(kind), *(f"{count:,}" for count in counts)))
        self.rows.setColumnStretch(0, 1)

    def _row(self, row: int, texts: tuple[str, ...], role: str = "") -> None:
        for place, text in enumerate(texts):
            label = QLabel(text)
            if role:
                style.set_role(label, role)
            right = Qt.AlignmentFlag.AlignRight if place else Qt.AlignmentFlag.AlignLeft
            self.rows.addWidget(label, row, place, right | Qt.AlignmentFlag.AlignVCenter)

    def text(self) -> str:
        """All that is said now, as plain text."""
        if self.ending.isHidden():
            return "\n".join([self.prompt.plain, self.verdict.plain, self.hints.plain])
        cells = [label.text() for label in self.table.findChildren(QLabel)]
        return "\n".join([self.result.plain, " ".join(cells), self.advice.plain])


def _title(kind: Kind) -> str:
    return NAMES[kind][:1].upper() + NAMES[kind][1:]
