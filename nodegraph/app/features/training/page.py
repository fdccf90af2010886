"""The page Training: the setup at the left, the curves in the middle, the data at the right; in a narrow
window the data are one more tab of the middle. Shows a training and offers what a person wants of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nodegraph.app.features.training.data_table import size_of
from nodegraph.app.features.training.inputs_table import InputsTable
from nodegraph.app.features.training.setup_form import SetupForm
from nodegraph.app.features.training.trainer import Trainer
from nodegraph.app.platform import lazy_plotting, style
from nodegraph.app.platform.key_claims import keeps_plain_keys
from nodegraph.app.widgets.choice import Choice
from nodegraph.app.widgets.text import Text
from nodegraph.app.widgets.typeset import Typesetter
from nodegraph.canvas.drawing.theme import LIGHT, Theme
from nodegraph.core.engine.trace import Frame
from nodegraph.core.graph.graph import Graph
from nodegraph.core.numbers import format_number
from nodegraph.core.operations.equations import Side, joined, result_of
from nodegraph.core.training.bindings import table_of, unused_data
from nodegraph.core.training.matching import Unused

if TYPE_CHECKING:
    from nodegraph.app.features.training.curves import LossPlot, Trails

Array = NDArray[np.float64]

WIDEST = 16_777_215
"""What Qt takes for no limit."""
BUTTONS = ("train.step", "train.run", "train.keep", "train.restore")
WIDE_PX, SETUP_PX, NARROW_SETUP_PX, DATA_PX, LEAST_PX = 760, 280, 196, 262, 560
HEIGHT_PX, LOW_PX, HIGH_WINDOW_PX = 236, 196, 800
"""How high the page is at least: in a high window, and in a low one."""
LOSS, PARAMETERS, STEP, DATA = range(4)
TABS = ("Loss", "Parameters", "Last step", "Data")
NO_CURVE = "Run, or take one step, and the loss is drawn here."
LOADING = "The plot is being loaded…"
NO_STEP = "Run, or take one step: here it is written out with its numbers."
NO_DATA = "No data: load a CSV table to train on the mean over its rows."
ASKING = "Keep what was learnt, or restore the values from before?"


@keeps_plain_keys
class RowChoice(QSpinBox):
    """Which row of the data the canvas shows; the lowest number stands for none."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("training.row")
        self.setAccessibleName("Row shown on the canvas")
        self.setToolTip("Which row of the data the inputs on the canvas show")
        self.setSpecialValueText("own values")
        self.setPrefix("row ")
        self.lineEdit().setTextMargins(style.px(6), 0, 0, 0)


class DataForm(QWidget):
    """The table, the row on the canvas, and the inputs."""

    row_wanted = Signal(object)
    remove_wanted = Signal()
    matches_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_stacked = False
        self.title = Text("dim")
        self.load_button = QToolButton()
        self.remove_button = QToolButton(text="✕")
        self.remove_button.setObjectName("training.remove")
        self.remove_button.setAccessibleName("Remove the data")
        self.remove_button.setToolTip("Let the document have no data; inputs have their own values again")
        self.row = RowChoice()
        self.row_label = QLabel("On the canvas")
        self.row_label.setBuddy(self.row)
        style.set_role(self.row_label, "dim")
        self.table = InputsTable()
        self.empty = Text("dim")
        self.empty.say("There is no input yet.")
        self.unused = Text("stale")
        self.unused.setObjectName("training.unused")
        self.match_button = QToolButton()
        self.match_button.setObjectName("training.match")
        self.match_button.setToolTip("Bind what obviously belongs together")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.px(6))
        # Put in while they are empty: PySide holds on to what is in one by then, even when Qt deletes it.
        self.head, self.second, self.offer = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        layout.addLayout(self.head)
        layout.addLayout(self.second)
        self.head.setSpacing(style.px(6))
        self.head.addWidget(self.title, 1)
        self.head.addWidget(self.load_button)
        self.head.addWidget(self.remove_button)
        self.second.setSpacing(style.px(8))
        self.second.addWidget(self.row_label)
        self.second.addWidget(self.row, 1)
        layout.addLayout(self.offer)
        self.offer.setSpacing(style.px(6))
        self.offer.addWidget(self.unused, 1)
        self.offer.addWidget(self.match_button)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.empty)
        self.row.valueChanged.connect(self._want_row)
        self.remove_button.clicked.connect(self.remove_wanted)
        self.match_button.clicked.connect(self.matches_wanted)

    def stack(self, narrow: bool) -> None:
        """Behind a tab there is width, and no height to spare: all but the inputs in one line."""
        if narrow:
            self.second.removeWidget(self.row)
            self.head.insertWidget(1, self.row)
        else:
            self.head.removeWidget(self.row)
            self.second.addWidget(self.row, 1)
        self.is_stacked = narrow
        self.row_label.setVisible(not narrow and not self.row.isHidden())

    def show_data(self, trainer: Trainer) -> None:
        """The table of the document and its inputs."""
        graph = trainer.document.graph
        table = table_of(graph)
        self.title.say(f"{table.title or 'Data'}: {size_of(table)}" if table else NO_DATA)
        for widget in (self.row, self.remove_button):
            widget.setVisible(table is not None)
        self.row_label.setVisible(table is not None and not self.is_stacked)
        self.row.blockSignals(True)
        self.row.setRange(0, table.rows if table else 0)
        self.row.setValue(0 if trainer.row is None else trainer.row + 1)
        self.row.blockSignals(False)
        self._show_unused(unused_data(graph), graph)
        self.table.inputs.show_graph(graph)
        self.table.setVisible(bool(self.table.inputs.rows))
        self.empty.setVisible(not self.table.inputs.rows)

    def _show_unused(self, unused: Unused, graph: Graph) -> None:
        """Tell what of the table is not used, and offer what is obvious."""
        self.unused.say(unused.brief)
        self.unused.setToolTip(unused.sentence)
        self.unused.setVisible(bool(unused.sentence))
        offer = unused.proposal(graph)
        self.match_button.setText(offer)
        self.match_button.setAccessibleName(offer)
        self.match_button.setVisible(bool(offer))

    def _want_row(self, number: int) -> None:
        self.row_wanted.emit(number - 1 if number else None)


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
        self.tabs = QTabBar(drawBase=False, expanding=False)
        self.log = QCheckBox("Log scale")
        self.pages = QStackedWidget()
        self.empty = Text("dim")
        self.parameter = Choice()
        self.numbers = Text("formula")
        self.loss_plot: LossPlot | None = None
        self.trails: Trails | None = None
        self.buttons = {action_id: QToolButton() for action_id in BUTTONS}
        self._chosen: list[str] = []
        self._is_wide: bool | None = None
        self._said = ""
        self._lay_out()
        self.set_actions(actions)
        self._connect()
        lazy_plotting.when_ready(self, self._make_loss_plot)

    # --- parts
    def _lay_out(self) -> None:
        # Said outright: what stands side by side would make the window grow before it is stacked.
        self.setMinimumWidth(style.px(LEAST_PX))
        self.setup_area = QScrollArea()
        self.setup_area.setWidgetResizable(True)
        self.setup_area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setup_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setup_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setup_area.setFixedWidth(style.px(SETUP_PX))
        self.setup_area.setWidget(self.form)
        self.data.setFixedWidth(style.px(DATA_PX))
        self.head = self._head()
        self.columns = QHBoxLayout()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(style.px(14), style.px(6), style.px(14), style.px(6))
        self.column.setSpacing(style.px(8))
        self.column.addLayout(self.head)
        self.column.addLayout(self.columns, 1)  # empty as yet, since the data leaves it again
        self.columns.setSpacing(style.px(16))
        self.columns.addWidget(self.setup_area)
        self.columns.addLayout(self._middle(), 1)
        self.columns.addWidget(self.data)

    def _head(self) -> QHBoxLayout:
        self.progress.setObjectName("training.progress")
        self.progress.setAccessibleName("Steps done")
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(style.px(90))
        self.steps_now = Text("dim")
        self.steps_now.setObjectName("training.steps_now")
        self.steps_now.setWordWrap(False)
        self.steps_now.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.loss_now.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.loss_now.setWordWrap(False)
        head = QHBoxLayout()
        head.setSpacing(style.px(6))
        for button in self.buttons.values():
            head.addWidget(button)
        head.addSpacing(style.px(8))
        head.addStretch(1)
        head.addWidget(self.progress)
        head.addWidget(self.steps_now)
        head.addSpacing(style.px(6))
        head.addWidget(self.loss_now)
        return head

    def _middle(self) -> QVBoxLayout:
        self.tabs.setObjectName("training.tabs")
        self.tabs.setAccessibleName("Loss, parameters, last step")
        for title in TABS[:DATA]:
            self.tabs.addTab(title)
        self.log.setObjectName("training.log")
        self.log.setToolTip("Draw powers of ten at equal distances")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pages.addWidget(self.empty)
        step = QWidget()
        inside = QVBoxLayout(step)
        inside.setContentsMargins(0, style.px(4), 0, 0)
        self.parameter.setObjectName("training.parameter")
        self.parameter.setAccessibleName("Parameter whose last step is shown")
        self.parameter.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.parameter.setMinimumWidth(style.px(110))
        inside.addWidget(self.parameter)
        inside.addWidget(self.numbers)
        inside.addStretch(1)
        self.step_area = QScrollArea()
        self.step_area.setWidgetResizable(True)
        self.step_area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.step_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.step_area.setWidget(step)
        self.pages.addWidget(self.step_area)
        bar = QHBoxLayout()
        bar.addWidget(self.tabs, 1)
        bar.addWidget(self.log)
        middle = QVBoxLayout()
        middle.setSpacing(style.px(4))
        middle.addLayout(bar)
        middle.addWidget(self.pages, 1)
        return middle

    def set_room(self, window_height: int) -> None:
        """In a low window the canvas needs the height more."""
        high = window_height >= style.px(HIGH_WINDOW_PX)
        self.setMinimumHeight(style.px(HEIGHT_PX if high else LOW_PX))

    def set_actions(self, actions: Mapping[str, QAction]) -> None:
        """The buttons do what the actions do."""
        for action_id, button in (*self.buttons.items(), ("train.load_table", self.data.load_button)):
            button.setDefaultAction(actions[action_id])
            button.setObjectName(f"{action_id}.button")
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        style.set_role(self.buttons["train.run"], "primary")

    def _connect(self) -> None:
        trainer = self.trainer
        trainer.changed.connect(self._follow_training)
        trainer.ended.connect(self._say)
        self.form.setup_wanted.connect(trainer.set_up)
        self.data.row_wanted.connect(trainer.show_row)
        self.tabs.currentChanged.connect(self._show_page)
        self.log.toggled.connect(self._set_log)
        self.parameter.activated.connect(self._show_step)

    def _make_loss_plot(self) -> None:
        from nodegraph.app.features.training.curves import LossPlot

        self.loss_plot = LossPlot()
        self.loss_plot.set_theme(self.theme)
        self.loss_plot.set_log(self.log.isChecked())
        self.pages.addWidget(self.loss_plot)
        self._show_page()

    def _make_trails(self) -> None:
        from nodegraph.app.features.training.curves import Trails

        self.trails = Trails()
        self.trails.set_theme(self.theme)
        self.pages.addWidget(self.trails)

    # --- in step
    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours."""
        self.theme = theme
        self.form.set_theme(theme)
        for plot in (self.loss_plot, self.trails):
            if plot is not None:
                plot.set_theme(theme)

    def follow(self, _frame: Frame, selection: list[str]) -> None:
        """Show the selected parameters."""
        if selection != self._chosen:
            self._chosen = selection
            self._choose_parameter()
            self._show_page()

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
            self._list_parameters()
        self._show_loss()
        self._show_sentence()
        self._show_page()

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self._show_sentence()

    def _show_loss(self) -> None:
        trainer, loss = self.trainer, self.trainer.loss
        name = "Mean loss" if trainer.training is not None and trainer.training.rows > 1 else "Loss"
        plain = "" if loss is None else f"{name} {format_number(loss, 4)}"
        self.loss_now.say(plain, "" if loss is None else f"{name} <b>{format_number(loss, 4)}</b>")
        self.progress.setVisible(trainer.is_running)
        self.progress.setRange(0, max(1, trainer.goal * 100))
        self.progress.setValue(round((trainer.steps_done + trainer.share) * 100))
        goal = f" of {trainer.goal:,}" if trainer.steps_done != trainer.goal else ""
        steps = "step" if trainer.steps_done == 1 and not goal else "steps"
        self.steps_now.say(f"{trainer.steps_done:,}{goal} {steps}" if trainer.training is not None else "")

    def _show_sentence(self) -> None:
        """What is in the way, how the last run ended, and what is asked."""
        trainer = self.trainer
        if trainer.is_running or trainer.training is None:
            self._said = ""
        trouble = trainer.why_not
        if trouble:
            style.set_role(self.sentence, "dim")
            self.sentence.say(trouble)
            return
        has_failed = bool(trainer.stopped) and not trainer.training.has_arrived
        style.set_role(self.sentence, "stale" if trainer.pending or has_failed else "dim")
        said = self._said or (trainer.stopped or "")
        unused = unused_data(trainer.document.graph) if trainer.training is not None else None
        if unused is not None and said and not trainer.is_running and unused.columns:
            said = f"{said} {unused.sentence}"
        asked = ASKING if trainer.pending and not trainer.is_running else ""
        self.sentence.say(" ".join(part for part in (said, asked) if part))

    # --- the middle
    def _show_page(self) -> None:
        tab = self.tabs.currentIndex()
        self.log.setVisible(tab == LOSS)
        if tab == STEP:
            self.pages.setCurrentWidget(self.step_area)
            self._show_step()
        elif tab == DATA:
            self.pages.setCurrentWidget(self.data)
        elif self.trainer.training is None or self.loss_plot is None:
            self.empty.say(NO_CURVE if self.trainer.training is None else LOADING)
            self.pages.setCurrentWidget(self.empty)
        elif tab == LOSS:
            self.loss_plot.show_losses(*self._course())
            self.pages.setCurrentWidget(self.loss_plot)
        else:
            if self.trails is None:
                self._make_trails()
            self._show_trails()
            self.pages.setCurrentWidget(self.trails)

    def _course(self) -> tuple[Array, Array]:
        """Steps and losses so far, with where it is now."""
        training, loss = self.trainer.training, self.trainer.loss
        steps, losses = training.history.steps, training.history.losses
        if loss is not None and not self.trainer.is_running and training.steps_done:
            earlier = steps < training.steps_done
            steps = np.append(steps[earlier], training.steps_done)
            losses = np.append(losses[earlier], loss)
        return steps, losses

    def _show_trails(self) -> None:
        from nodegraph.app.features.training.curves import MOST_TRAILS, Trail

        training = self.trainer.training
        chosen = [place for place, node_id in enumerate(training.ids) if node_id in self._chosen]
        places = (chosen or list(range(len(training.ids))))[:MOST_TRAILS]
        steps = np.append(training.history.steps, training.steps_done)
        trails = [
            Trail(
                training.names[place],
                steps,
                np.append(training.history.trails[:, place], training.parameters[place]),
                format_number(float(training.parameters[place]), 4),
            )
            for place in places
        ]
        self.trails.show_trails(trails, len(training.ids) - len(places))

    def _list_parameters(self) -> None:
        training = self.trainer.training
        names = list(training.names) if training is not None else []
        if names != [self.parameter.itemText(place) for place in range(self.parameter.count())]:
            self.parameter.clear()
            self.parameter.addItems(names)
            self._choose_parameter()

    def _choose_parameter(self) -> None:
        training = self.trainer.training
        for place, node_id in enumerate(training.ids if training is not None else ()):
            if node_id in self._chosen and place < self.parameter.count():
                self.parameter.setCurrentIndex(place)
                return

    def _show_step(self) -> None:
        training, place = self.trainer.training, max(0, self.parameter.currentIndex())
        self.parameter.setVisible(training is not None and training.last is not None)
        if training is None or training.last is None:
            self.numbers.say(NO_STEP)
            return
        last, node_id = training.last, training.ids[place]
        gradient = joined([Side("g", "g"), result_of(float(last.gradients[place]))])
        head = f"Step {last.step:,}: loss {format_number(last.loss)}, gradient {gradient}"
        lines = [head, *training.explain(node_id)]
        html = "".join(f'<p style="margin:0 0 4px 0">{escape(line)}</p>' for line in lines)
        self.numbers.say("\n".join(lines), html)

    def _set_log(self, log: bool) -> None:
        if self.loss_plot is not None:
            self.loss_plot.set_log(log)

    # --- the width
    def resizeEvent(self, event: QResizeEvent) -> None:
        """The data stand beside the curves where there is room, else behind a tab."""
        super().resizeEvent(event)
        wide = self.width() >= style.px(WIDE_PX)
        if wide == self._is_wide:
            return
        self._is_wide = wide
        self.setup_area.setFixedWidth(style.px(SETUP_PX if wide else NARROW_SETUP_PX))
        self.form.stack(not wide)
        self.data.stack(not wide)
        self.columns.setSpacing(style.px(16 if wide else 8))
        self.steps_now.setMaximumWidth(WIDEST if wide else 0)
        self.log.setText("Log scale" if wide else "Log")
        self.head.removeWidget(self.sentence)
        self.column.removeWidget(self.sentence)
        if wide:
            self.head.insertWidget(len(self.buttons) + 1, self.sentence, 12)
            if self.tabs.count() > DATA:
                self.tabs.removeTab(DATA)
            self.data.setFixedWidth(style.px(DATA_PX))
            self.columns.addWidget(self.data)
            self.data.show()
        else:
            self.column.insertWidget(1, self.sentence)
            self.tabs.addTab(TABS[DATA])
            self.data.setMinimumWidth(0)
            self.data.setMaximumWidth(WIDEST)
            self.pages.addWidget(self.data)
        self._show_page()

    def sizeHint(self) -> QSize:
        """Wide and low, for below the canvas."""
        return QSize(style.px(900), style.px(250))
