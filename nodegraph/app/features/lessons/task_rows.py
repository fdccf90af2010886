"""The rows of a lesson's page: what is to be done or predicted, with answers and hints."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from nodegraph.app.features.lessons import markdown
from nodegraph.app.features.lessons.tasks import Task, Tasks
from nodegraph.app.platform import style
from nodegraph.app.platform.announcer import announce
from nodegraph.app.widgets.text import Text
from nodegraph.canvas.drawing.theme import Theme
from nodegraph.canvas.fields.keypad_point import point_by_keypad
from nodegraph.core.aloud import aloud
from nodegraph.core.explain.typed_numbers import LONGEST_ANSWER
from nodegraph.lessons.records import Ask, Option

NOT_YET = "After the task above"


class TaskRow(QFrame):
    """Something to do, or to predict, with a tick once it is done."""

    def __init__(self, tasks: Tasks, task: Task, text: str, theme: Theme) -> None:
        super().__init__()
        style.set_role(self, "task")
        self.tasks = tasks
        self.task = task
        self.text = text
        self.plain = markdown.plain_line(text)
        self.theme = theme
        self.tick = QLabel()
        style.set_role(self.tick, "tick")
        self.tick.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.tick.setFixedWidth(style.px(18))
        self.line = Text()
        self.said = Text("dim")
        self.body = QVBoxLayout()
        self.body.setSpacing(style.px(4))
        self.body.addWidget(self.line)
        row = QHBoxLayout(self)
        row.setContentsMargins(style.px(9), style.px(9), style.px(10), style.px(9))
        row.setSpacing(style.px(6))
        row.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self.body, 1)
        self._add_controls()
        self.body.addWidget(self.said)

    def _add_controls(self) -> None:
        """Nothing more to press here."""

    def show_state(self) -> None:
        """Take over how far the task is."""
        done = self.task.is_done
        self.tick.setText("✓" if done else "○")
        style.set_role(self.tick, "ticked" if done else "tick")
        style.set_role(self, "task done" if done else "task")
        self.line.say(self.plain, markdown.inline(self.text, self.theme))
        self.line.setAccessibleName(aloud(f"{self.plain} {'Done.' if done else ''}".strip()))
        style.set_role(self.said, "refusal" if self.task.is_wrong else "said")
        self.said.say(markdown.plain_line(self.task.said), markdown.inline(self.task.said, self.theme))

    def say_no_way(self, sentence: str) -> None:
        """Say that the program cannot do it for the person; "" where it can."""
        if not self.task.said:
            self.said.say(sentence)

    @property
    def entry(self) -> QWidget | None:
        """What takes the focus to answer; None where the canvas does."""
        return None


class QuestionRow(TaskRow):
    """A question with a field for the number, or with the answers to choose from."""

    def _add_controls(self) -> None:
        ask = self.task.wanted
        assert isinstance(ask, Ask)
        self.field = QLineEdit(placeholderText="Your prediction")
        point_by_keypad(self.field)
        self.field.setAccessibleName(aloud(self.plain))
        self.field.setMaxLength(LONGEST_ANSWER)
        self.check = QPushButton("Check")
        self.choices: list[Choice] = []
        if ask.kind == "choice":
            self.field.hide()
            for option in ask.options:
                self.choices.append(Choice(option))
                self.choices[-1].chosen.connect(self._answer)
                self.body.addWidget(self.choices[-1])
        else:
            line = QHBoxLayout()
            line.setSpacing(style.px(6))
            line.addWidget(self.field, 1)
            line.addWidget(self.check)
            self.body.addLayout(line)
        self.check.clicked.connect(self._check)
        self.field.returnPressed.connect(self._check)
        self.help = QPushButton("Hint")
        self.reveal = QPushButton("Show the answer")
        line = QHBoxLayout()
        line.setSpacing(0)
        for button, slot in ((self.help, self._hint), (self.reveal, self._show_answer)):
            style.set_role(button, "quiet")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(slot)
            line.addWidget(button)
        line.addStretch(1)
        self.help_line = QWidget()
        self.help_line.setLayout(line)
        line.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.help_line)

    def show_state(self) -> None:
        """Also whether there is more to try."""
        super().show_state()
        ask, task = self.task.wanted, self.task
        assert isinstance(ask, Ask)
        is_ready = task.is_done or self.tasks.is_ready(task)
        self.field.setReadOnly(task.is_done)
        if task.shown is not None:
            self.field.setText(task.shown)  # the tick stands for the answer, not for what was typed before
        self.field.setPlaceholderText("Your prediction" if is_ready else NOT_YET)
        for control in (self.field, self.check, self.help):
            control.setEnabled(is_ready)
        style.set_role(self.field, "refused" if task.is_wrong else "")
        self.check.setVisible(not task.is_done and ask.kind != "choice")
        self.help.setVisible(not task.is_done and self.tasks.hints_left(task) > 0)
        self.reveal.setVisible(task.may_show_answer)
        self.help_line.setVisible(not self.help.isHidden() or not self.reveal.isHidden())
        for choice in self.choices:
            choice.show_state(done=task.is_done, ready=is_ready)
        if self.choices and not is_ready:
            self.said.say(NOT_YET)

    @property
    def entry(self) -> QWidget:
        """The field, or the first answer."""
        return self.choices[0] if self.choices else self.field

    def _check(self) -> None:
        if not self.task.is_done and self.field.text().strip():
            is_right = self.tasks.answer(self.task, self.field.text())
            announce(self, self.said.plain, urgent=True)
            if not is_right:
                self.field.selectAll()

    def _answer(self, option: Option) -> None:
        if not self.task.is_done:
            self.tasks.answer(self.task, option.text)
            announce(self, self.said.plain, urgent=True)

    def _hint(self) -> None:
        self.tasks.hint(self.task)
        announce(self, self.said.plain, urgent=True)

    def _show_answer(self) -> None:
        self.tasks.show_answer(self.task)
        announce(self, self.said.plain, urgent=True)


class Choice(QPushButton):
    """One answer to choose; its text wraps."""

    chosen = Signal(object)

    def __init__(self, option: Option) -> None:
        super().__init__()
        self.option = option
        self.was_chosen = False
        style.set_role(self, "choice")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.label = QLabel(markdown.plain(option.text), wordWrap=True)
        self.label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(style.px(10), style.px(6), style.px(10), style.px(6))
        layout.addWidget(self.label)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(self._choose)

    def _choose(self) -> None:
        self.was_chosen = True
        self.chosen.emit(self.option)

    def show_state(self, *, done: bool, ready: bool) -> None:
        """Mark an answer as right or wrong, by word and sign, once it was chosen or all are shown."""
        told = self.was_chosen or (done and self.option.is_right)
        right = self.option.is_right
        text = markdown.plain(self.option.text)
        self.label.setText(f"{'✓' if right else '✗'}  {text}" if told else text)
        self.setAccessibleName(aloud(f"{text}{(', right' if right else ', not right') if told else ''}"))
        style.set_role(self, ("choice right" if right else "choice wrong") if told else "choice")
        self.setEnabled(ready and (not done or told))

    # A push button measures its own text only; here its label counts.
    def sizeHint(self) -> QSize:
        return self.layout().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(style.px(80), self.layout().minimumSize().height())

    def heightForWidth(self, width: int) -> int:
        return self.layout().heightForWidth(width)
