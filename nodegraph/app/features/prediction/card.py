"""The card of predict mode, over the canvas: a question, a field for the answer, and in the end the score.
Shows what it is told and says what the person wants; judges nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
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

from nodegraph.app.features.prediction.score_table import ScoreTable
from nodegraph.app.platform import style
from nodegraph.app.widgets.choice import Choice
from nodegraph.app.widgets.close_button import CloseButton
from nodegraph.app.widgets.scrolling import Compact, ScrollArea
from nodegraph.app.widgets.text import Text
from nodegraph.canvas.fields.keypad_point import point_by_keypad
from nodegraph.core.aloud import aloud
from nodegraph.core.explain.quiz import NAMES, Score
from nodegraph.core.explain.typed_numbers import LONGEST_ANSWER

WIDTH_PX, BESIDE_PX = 560, 230
"""How wide the card is below the graph, and beside it."""
LOW_PX = 420
"""In less room than so high the card takes as few rows as it can."""
CHOICES: dict[str, str] = {"all": "everything", **NAMES}
"""What can be asked about, by the word the settings keep."""
WHAT_TO_TYPE = "Your answer: a number or a fraction"
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
        self.field = QLineEdit(placeholderText=WHAT_TO_TYPE)
        point_by_keypad(self.field)
        self.check_button = QPushButton("Check")
        self.hint_button, self.show_button, self.skip_button = QPushButton(), QPushButton(), QPushButton()
        self.verdict, self.hints = Text(), Text("dim")
        self.asking, self.ending, self.end_row = QWidget(), QWidget(), QWidget()
        self.is_beside = self.is_folded = False
        """Whether it stands beside the graph, narrow and high; whether it has a row more for the score."""
        self.is_low = False
        """Whether all its buttons stand in one row."""
        self._lay_out()
        self._connect()
        for text in (self.verdict, self.hints):
            text.say("")
        self.hide()

    # --- building
    def _lay_out(self) -> None:
        self._name_parts()
        self.head = QGridLayout()
        self.head.setHorizontalSpacing(style.px(6))
        self.head.setVerticalSpacing(0)
        label = QLabel("Ask about")
        style.set_role(label, "dim")
        self.head.addWidget(label, 0, 0)
        self.head.addWidget(self.choice, 0, 1)
        self.head.setColumnStretch(2, 1)
        self.head.addWidget(self.score, 0, 3)
        self.head.addWidget(self.close_button, 0, 4)
        self._lay_out_asking()
        self._lay_out_ending()
        self.body = Compact()
        self.body.setMinimumHeight(1)  # else at least as high as where it is narrowest
        self.body.installEventFilter(self)
        self._told: QWidget = self.field
        """What was told last, or asks for something."""
        self._reveal_soon = QTimer(self, singleShot=True, interval=0)
        self._reveal_soon.timeout.connect(self._reveal)
        inside = QVBoxLayout(self.body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.asking)
        inside.addWidget(self.ending)
        inside.addStretch(1)
        self.scrolled = ScrollArea(self.body)
        self.scrolled.setObjectName("prediction.scrolled")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(style.px(14), style.px(8), style.px(10), style.px(12))
        self.column.setSpacing(style.px(8))
        self.column.addLayout(self.head)
        self.column.addWidget(self.scrolled, 1)
        self.column.addWidget(self.end_row)

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
        self.row = row = QHBoxLayout()
        row.setSpacing(style.px(6))
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.field.setMinimumWidth(style.px(90))
        row.addWidget(self.field, 1)
        row.addWidget(self.check_button)
        self.more = QGridLayout()
        self.more.setHorizontalSpacing(style.px(6))
        self.more.setVerticalSpacing(0)
        for place, (button, _name) in enumerate(self._buttons()):
            style.set_role(button, "quiet")
            self.more.addWidget(button, 0, place)
        self.more.setColumnStretch(3, 1)
        column = QVBoxLayout(self.asking)
        column.setContentsMargins(0, 0, style.px(4), 0)
        column.setSpacing(style.px(8))
        column.addWidget(self.prompt)
        column.addLayout(row)
        column.addWidget(self.verdict)
        column.addWidget(self.hints)
        column.addLayout(self.more)

    def _lay_out_ending(self) -> None:
        self.result = Text("question")
        self.advice = Text()
        self.table = ScoreTable()
        self.again_button, self.done_button = QPushButton("Try again"), QPushButton("Close")
        style.set_role(self.again_button, "primary")
        buttons = QHBoxLayout(self.end_row)
        buttons.setContentsMargins(0, 0, style.px(4), 0)
        buttons.addStretch(1)
        buttons.addWidget(self.done_button)
        buttons.addWidget(self.again_button)
        column = QVBoxLayout(self.ending)
        column.setContentsMargins(0, 0, style.px(4), 0)
        column.setSpacing(style.px(10))
        for widget in (self.result, self.table, self.advice):
            column.addWidget(widget)

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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Report that of what is scrolled in it, too, and bring into sight what was told last."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.resized.emit()
            self._reveal_soon.start()
        return super().eventFilter(watched, event)

    def _reveal(self) -> None:
        self.scrolled.ensureWidgetVisible(self._told, 0, 0)

    # --- the room it takes
    def stand(self, beside: bool, room: QSize) -> bool:
        """Be narrow and high, or wide and as low as the room asks for; how it went is a table, which is
        always wide. Returns whether it stood otherwise.
        """
        stood = self.is_beside, self.is_low, self.is_folded
        self.is_beside = beside and self.ending.isHidden()
        self.is_folded = self.is_beside or room.width() < self._unfolded_width()
        is_tight = room.height() < style.px(LOW_PX) and room.width() >= self._width_in_one_row()
        self.is_low = not self.is_folded and is_tight
        if stood == (self.is_beside, self.is_low, self.is_folded):
            return False
        self.head.removeWidget(self.score)
        self.head.addWidget(self.score, *((1, 0, 1, 5) if self.is_folded else (0, 3)))
        self._place_buttons()
        self.column.setSpacing(style.px(2 if self.is_low else 8))
        self.asking.layout().setSpacing(style.px(4 if self.is_low else 8))
        self.field.setPlaceholderText("Answer" if self.is_low else WHAT_TO_TYPE)
        self.asking.updateGeometry()  # else its least width is what it was until events are handled
        return True

    def _place_buttons(self) -> None:
        """Put the buttons beside the field, in a row below it, or the last of them in one more."""
        for place, (button, _name) in enumerate(self._buttons()):
            self.row.removeWidget(button)
            self.more.removeWidget(button)
            if self.is_low:
                self.row.addWidget(button)
            elif self.is_folded and button is self.skip_button:
                self.more.addWidget(button, 1, 0, 1, 4, Qt.AlignmentFlag.AlignLeft)
            else:
                self.more.addWidget(button, 0, place)

    def _unfolded_width(self) -> int:
        """Returns how wide it is with the score beside the choice, and its buttons in one row."""
        label = self.head.itemAtPosition(0, 0).widget()
        head = [label, self.choice, self.close_button, *([] if self.score.isHidden() else [self.score])]
        rows = (head, self._row_below())
        widths = (sum(part.sizeHint().width() + style.px(6) for part in row) for row in rows)
        margins = self.column.contentsMargins()
        return max(widths) + margins.left() + margins.right() + self._frame().width()

    def _width_in_one_row(self) -> int:
        """Returns how wide it is with field and buttons in one row."""
        wide = self.field.minimumWidth() + self.check_button.sizeHint().width() + style.px(60)
        return wide + sum(button.sizeHint().width() for button in self._row_below())

    def _row_below(self) -> list[QPushButton]:
        return [button for button, _name in self._buttons()]

    def width_in(self, room: int) -> int:
        """Returns how wide it is where there is so much room."""
        wanted = style.px(BESIDE_PX if self.is_beside else WIDTH_PX)
        return min(max(wanted, self._least_width()), room)

    def _least_width(self) -> int:
        margins = self.column.contentsMargins()
        widest = max(self.head.minimumSize().width(), self.body.minimumSizeHint().width())
        return margins.left() + widest + margins.right() + self._frame().width()

    def _frame(self) -> QSize:
        """Returns how much its border adds."""
        return self.size() - self.contentsRect().size()

    def height_at(self, width: int) -> int:
        """Returns how high it is where nothing has to be scrolled."""
        margins = self.column.contentsMargins()
        inside = width - margins.left() - margins.right() - self._frame().width()
        layout = self.body.layout()
        rows = [self.head.sizeHint().height(), layout.totalHeightForWidth(inside) if layout else 0]
        rows += [] if self.end_row.isHidden() else [self.end_row.sizeHint().height()]
        gaps = self.column.spacing() * (len(rows) - 1)
        return margins.top() + sum(rows) + gaps + margins.bottom() + self._frame().height()

    # --- what is shown
    def show_choice(self, word: str) -> None:
        """What is asked about."""
        self.choice.setCurrentIndex(max(0, self.choice.findData(word)))

    def ask(self, prompt: str, next_phase: str) -> None:
        """Show a question with an empty field; `next_phase` is where skipping leads."""
        self._show_ending(False)
        self._set_answerable(True)
        self._told = self.field
        self.scrolled.verticalScrollBar().setValue(0)
        self.prompt.say(prompt)
        self.field.setAccessibleDescription(aloud(prompt))
        self.field.clear()
        self.field.setReadOnly(False)
        self.hints.say("")
        self.skip_button.setText(f"Skip to {next_phase}")
        self.skip_button.setAccessibleName(self.skip_button.text())

    def rest(self, sentence: str) -> None:
        """Ask nothing for now, and say why."""
        self._show_ending(False)
        self.prompt.say(sentence)
        self.field.clear()
        self.say("")
        self.hints.say("")
        self._set_answerable(False)

    def _show_ending(self, shown: bool) -> None:
        """Show how it went, or what is asked."""
        self.asking.setVisible(not shown)
        self.ending.setVisible(shown)
        self.end_row.setVisible(shown)

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
        self._told = self.verdict
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
        if count:
            self._told = self.hints
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
        self._show_ending(True)
        self._told = self.result
        self.scrolled.verticalScrollBar().setValue(0)
        self.score.hide()
        self.result.say(f"{total.at_first_try:,} of {total.asked:,} right at the first try")
        self.advice.say(score.sentence())
        self.table.fill(score)
        self.again_button.setFocus()

    def text(self) -> str:
        """All that is said now, as plain text."""
        if self.ending.isHidden():
            return "\n".join([self.prompt.plain, self.verdict.plain, self.hints.plain])
        cells = [label.text() for label in self.table.findChildren(QLabel)]
        return "\n".join([self.result.plain, " ".join(cells), self.advice.plain])
