"""The page Training: the setup at the left, the curves in the middle, the data at the right; in a narrow
window the data are one more tab of the middle. Shows a training and offers what a person wants of it.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QMargins, QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QProgressBar,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nodegraph.app.features.training.data_form import DataForm
from nodegraph.app.features.training.result_tabs import ResultTabs
from nodegraph.app.features.training.setup_form import SetupForm
from nodegraph.app.features.training.trainer import Trainer
from nodegraph.app.platform import style
from nodegraph.app.widgets.few_lines import FewLines
from nodegraph.app.widgets.scrolling import Compact, ScrollArea
from nodegraph.app.widgets.text import Names, Text, column
from nodegraph.app.widgets.typeset import Typesetter
from nodegraph.canvas.drawing.theme import LIGHT, Theme
from nodegraph.core.engine.trace import Frame
from nodegraph.core.numbers import format_number
from nodegraph.core.training.bindings import unused_data

WIDEST = 16_777_215
"""What Qt takes for no limit."""
IN_FIRST_ROW = 3
RUN_TITLES = ("Run", "Stop")
BUTTONS = ("train.step", "train.run", "train.keep", "train.restore", "view.stage")
WIDE_PX, SETUP_PX, NARROW_SETUP_PX, DATA_PX, LEAST_PX = 760, 280, 206, 262, 560
HEIGHT_PX, MOST_OF_WINDOW = 248, (0.235, 0.3)
"""How high the page is at least: at most these shares of the window's height, the second in a low one."""
LOW_PX, MOST_LINES = 550, (2, 6)
"""A lower window has the buttons in rows at the left, so that the curves have their height. How many lines of
the sentence are seen at once: in the bar or in a row of its own, and above the setup there.
"""
OUTDATED = "The {} is that of the last run; the graph, its data or its values have been edited since."
ELSEWHERE = "The stage shows another step; the {} here is that of the newest."
ASKING = "Keep what was learnt, or restore the values from before?"


class RunButton(QToolButton):
    """As wide while it says Stop: what stands behind it does not move."""

    def sizeHint(self) -> QSize:
        """With room for either word."""
        width = self.fontMetrics().horizontalAdvance
        return super().sizeHint() + QSize(max(map(width, RUN_TITLES)) - width(self.text()), 0)


class TrainingPage(QWidget):
    """The page."""

    def __init__(self, trainer: Trainer, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self.setObjectName("training")
        self.setAccessibleName("Training")
        self.trainer = trainer
        self.theme: Theme = LIGHT
        self.typesetter = Typesetter(self)
        self.form = SetupForm(self.typesetter)
        self.data = DataForm()
        self.loss_now = Text("loss")
        self.loss_now.setObjectName("training.loss_now")
        self.progress = QProgressBar()
        self.sentence = Text()
        self.sentence.setObjectName("training.sentence")
        self.told = FewLines(self.sentence)
        self.told.setObjectName("training.told")
        self.results = ResultTabs(trainer)
        self.buttons = {name: RunButton() if name == "train.run" else QToolButton() for name in BUTTONS}
        self._is_wide: bool | None = None
        self._is_low = False
        self._told_in: str | None = None
        self._said = ""
        self._edits_heard = 0
        self._lay_out()
        self.set_actions(actions)
        self._connect()

    # --- parts
    def _lay_out(self) -> None:
        # Said outright: what stands side by side would make the window grow before it is stacked.
        self.setMinimumWidth(style.px(LEAST_PX))
        setup = Compact()
        self.beside_setup = column(setup, [self.form])
        self.setup_area = ScrollArea(setup)
        self.setup_area.setFixedWidth(style.px(SETUP_PX))
        self.data.setFixedWidth(style.px(DATA_PX))
        self.bar = QWidget()
        self.bar.setObjectName("training_bar")
        self.head = self._head()
        self.bar.setLayout(self.head)
        self.columns = QHBoxLayout()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(style.px(14), style.px(6), style.px(14), style.px(6))
        self.column.setSpacing(style.px(8))
        self.column.addWidget(self.bar)
        self.column.addLayout(self.columns, 1)  # empty as yet, since the data leaves it again
        self.columns.setSpacing(style.px(16))
        self.left = QVBoxLayout()
        self.left.setSpacing(style.px(6))
        self.left.addWidget(self.setup_area, 1)
        self.columns.addLayout(self.left)
        self.columns.addWidget(self.results, 1)
        self.columns.addWidget(self.data)

    def _head(self) -> QBoxLayout:
        self.progress.setObjectName("training.progress")
        self.progress.setAccessibleName("Steps done")
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(style.px(72))
        self.steps_now = Text("dim")
        self.steps_now.setObjectName("training.steps_now")
        self.steps_now.setWordWrap(False)
        self.steps_now.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.loss_now.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.loss_now.setWordWrap(False)
        head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(style.px(6))
        for action_ids in (BUTTONS[:IN_FIRST_ROW], BUTTONS[IN_FIRST_ROW:]):
            row = QHBoxLayout()
            row.setSpacing(style.px(6))
            for action_id in action_ids:
                row.addWidget(self.buttons[action_id])
            row.addStretch()
            head.addLayout(row)
        head.addSpacing(style.px(8))
        head.addStretch(1)
        self._status = (self.progress, self.steps_now, self.loss_now)
        for part in self._status:
            head.addWidget(part)
        return head

    def bar_width(self) -> int:
        """Returns how wide the bar is at least, with room for what a run says in it. That is the same
        whatever it says now: else the buttons would go to another place while a person presses them.
        """
        usual = {self.steps_now: "200 of 200 steps", self.loss_now: "Mean loss 0.01234"}
        said = [it.fontMetrics().horizontalAdvance(text) for it, text in usual.items()]
        widths = [*(it.sizeHint().width() for it in self.buttons.values()), self.progress.width(), *said]
        return sum(widths) + len(widths) * self.head.spacing() + 2 * style.px(8)

    def set_inset(self, inset: QMargins | None) -> None:
        """Let the bar lie at the upper edge, so far from left and right and so high (top); None: in a row of
        its own.
        """
        margins, edge = self.column.contentsMargins(), style.px(14)
        if inset is None:
            self.head.setContentsMargins(0, 0, 0, 0)
            self.bar.setMinimumHeight(0)
            margins.setTop(style.px(6))
        else:
            self.head.setContentsMargins(inset.left() - edge, 0, inset.right() - edge, 0)
            self.bar.setMinimumHeight(inset.top())
            margins.setTop(0)
        self.column.setContentsMargins(margins)

    def set_room(self, window_height: int) -> None:
        """In a low window the canvas needs the height more."""
        self._stand_low(window_height < style.px(LOW_PX))
        self._arrange()
        self.setMinimumHeight(min(style.px(HEIGHT_PX), round(window_height * MOST_OF_WINDOW[self._is_low])))

    def set_actions(self, actions: Mapping[str, QAction]) -> None:
        """The buttons do what the actions do."""
        data = {"train.load_table": self.data.load_button, "train.generate_data": self.data.generate_button}
        for action_id, button in (self.buttons | data).items():
            button.setDefaultAction(actions[action_id])
            button.setObjectName(f"{action_id}.button")
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        style.set_role(self.buttons["train.run"], "primary")

    def set_names(self, names: Names) -> None:
        """Typeset the names in what it says."""
        self.results.names = names
        for text in self.findChildren(Text):
            text.names = names

    def _connect(self) -> None:
        trainer = self.trainer
        trainer.changed.connect(self._follow_training)
        trainer.ended.connect(self._say)
        self.form.setup_wanted.connect(trainer.set_up)
        self.form.why_not_rows = trainer.why_not_rows
        self.data.row_wanted.connect(trainer.show_row)

    # --- in step
    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours."""
        self.theme = theme
        self.form.set_theme(theme)
        self.results.set_theme(theme)

    def follow(self, _frame: Frame, selection: list[str]) -> None:
        """Show the selected parameters."""
        self.results.choose(selection)

    def showEvent(self, event: QShowEvent) -> None:
        """What went on meanwhile."""
        super().showEvent(event)
        self._follow_training()

    def _follow_training(self) -> None:
        if not self.isVisible():
            return
        trainer = self.trainer
        if not trainer.is_running:
            self.form.show_setup(trainer.setup)
            self.data.show_data(trainer)
            self.results.list_parameters()
        self._show_loss()
        self._show_sentence()
        self.results.show_tab()

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self._show_sentence()

    def _show_loss(self) -> None:
        trainer, loss = self.trainer, self.trainer.loss
        measured = self._measured()
        is_mean = trainer.training is not None and trainer.training.rows > 1
        name = f"Mean {measured}" if is_mean else measured.capitalize()
        name = f"Batch {measured}" if trainer.is_batch_loss else name
        name = f"Last {name.lower()}" if trainer.is_outdated else name
        plain = "" if loss is None else f"{name} {format_number(loss, 4)}"
        self.loss_now.say(plain, "" if loss is None else f"{name} <b>{format_number(loss, 4)}</b>")
        self.progress.setVisible(trainer.is_running)
        self.progress.setUpdatesEnabled(False)  # else it would be painted at once, with all that is behind it
        self.progress.setRange(0, max(1, trainer.goal * 100))
        self.progress.setValue(round((trainer.steps_done + trainer.steps.share) * 100))
        self.progress.setUpdatesEnabled(True)
        goal = f" of {trainer.goal:,}" if trainer.steps_done != trainer.goal else ""
        steps = "step" if trainer.steps_done == 1 and not goal else "steps"
        self.steps_now.say(f"{trainer.steps_done:,}{goal} {steps}" if trainer.training is not None else "")

    def _measured(self) -> str:
        """Returns what a sentence calls the output."""
        training = self.trainer.training
        return training.setup.measured if training is not None else "loss"

    def _show_sentence(self) -> None:
        """What is in the way, how the last run ended, and what is asked."""
        self._tell()
        self._place_sentence()

    def _tell(self) -> None:
        trainer = self.trainer
        is_other_now = trainer.edits_heard != self._edits_heard  # by an edit, or by one taken back
        self._edits_heard = trainer.edits_heard
        if trainer.is_running or trainer.training is None or is_other_now:
            self._said = ""
        trouble = trainer.why_not
        if trouble:
            style.set_role(self.sentence, "dim")
            self.told.say(trouble)
            return
        measured = self._measured()
        has_failed = bool(trainer.stopped) and not trainer.training.has_arrived
        is_stale = bool(trainer.pending) or has_failed or trainer.is_outdated or bool(trainer.previewed)
        style.set_role(self.sentence, "stale" if is_stale else "dim")
        said = self._said or (OUTDATED.format(measured) if trainer.is_outdated else trainer.stopped or "")
        if trainer.previewed is not None:
            said = ELSEWHERE.format(measured)
        if said and trainer.training is not None and not trainer.is_running:
            unused = unused_data(trainer.document.graph)
            said = f"{said} {unused.sentence}" if unused.columns else said
        asked = ASKING if trainer.pending and not trainer.is_running else ""
        self.told.say(" ".join(part for part in (said, asked) if part))

    # --- the width
    def resizeEvent(self, event: QResizeEvent) -> None:
        """The data stand beside the curves where there is room, else behind a tab."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide = self.width() >= style.px(WIDE_PX) and not self._is_low
        if wide == self._is_wide:
            self._place_sentence()
            return
        self._is_wide = wide
        self.setup_area.setFixedWidth(style.px(SETUP_PX if wide else NARROW_SETUP_PX))
        self.form.stack(not wide)
        self.data.stack(not wide)
        self.columns.setSpacing(style.px(16 if wide else 8))
        if wide:
            self.results.set_narrow(None)
            self.data.setFixedWidth(style.px(DATA_PX))
            self.columns.addWidget(self.data)
            self.data.show()
        else:
            self.data.setMinimumWidth(0)
            self.data.setMaximumWidth(WIDEST)
            self.results.set_narrow(self.data)
        self.results.show_tab()
        self._place_sentence()

    def _stand_low(self, low: bool) -> None:
        """Put the buttons above the setup, and how far the training is beside the tabs; or all into a bar."""
        if low == self._is_low:
            return
        self._is_low = low
        ways = QBoxLayout.Direction
        self.head.setDirection(ways.TopToBottom if low else ways.LeftToRight)
        self.column.removeWidget(self.bar)
        self.left.removeWidget(self.bar)
        for part in self._status:
            self.head.removeWidget(part)
        if low:
            self.left.insertWidget(0, self.bar)
            self.results.take_status(self._status)
        else:
            self.results.give_status(self._status)
            self.column.insertWidget(0, self.bar)
            for part in self._status:
                self.head.addWidget(part)
        self.told.most = MOST_LINES[low]
        style.set_role(self.loss_now, "" if low else "loss")  # large letters are for the bar

    def _place_sentence(self) -> None:
        """The sentence stands in the bar where it is whole there in a few lines, else in a row of its own or
        above the setup. How many steps were taken gives way to the loss: all buttons stay where they are.
        """
        shown = [part for part in (*self.buttons.values(), *self._status) if not part.isHidden()]
        taken = sum(part.sizeHint().width() + self.head.spacing() for part in shown)
        margins = self.head.contentsMargins()
        room = self.width() - 2 * style.px(14) - margins.left() - margins.right() - taken - style.px(20)
        is_short = not self._is_low and room < 0
        self.steps_now.setMaximumWidth(WIDEST if self._is_wide and not is_short else 0)
        place = "bar" if self._is_wide and self.told.fits(max(room, 1)) else "row"
        place = "setup" if self._is_low else place
        if place == self._told_in:
            return
        self._told_in = place
        self.column.setSpacing(style.px(8 if place == "bar" else 4))
        for layout in (self.head, self.column, self.beside_setup):
            layout.removeWidget(self.told)
        if place == "bar":
            self.head.insertWidget(3, self.told, 12)  # after both rows of buttons and the gap behind them
        elif place == "row":
            self.column.insertWidget(self.column.indexOf(self.bar) + 1, self.told)
        else:
            self.beside_setup.insertWidget(0, self.told)

    def sizeHint(self) -> QSize:
        """Wide and low, for below the canvas."""
        return QSize(style.px(900), style.px(250))
