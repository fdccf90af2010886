"""The course of a training on its page: the loss, the parameters and the last step, a tab for each."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from nodegraph.app.features.training.trainer import Trainer
from nodegraph.app.platform import lazy_plotting, style
from nodegraph.app.widgets.choice import Choice
from nodegraph.app.widgets.text import Names, Text, no_names
from nodegraph.canvas.drawing.theme import LIGHT, Theme
from nodegraph.core.numbers import format_number
from nodegraph.core.operations.equations import Side, joined, result_of
from nodegraph.core.training.descent import Update

if TYPE_CHECKING:
    from nodegraph.app.features.training.loss_page import LossPage
    from nodegraph.app.features.training.plots import Trails

Array = NDArray[np.float64]

LOSS, PARAMETERS, STEP, DATA = range(4)
TABS = ("Loss", "Parameters", "Last step", "Data")
NO_CURVE = "Run, or take one step, and the loss is drawn here."
LOADING = "The plot is being loaded…"
NO_STEP = "Run, or take one step: here it is written out with its numbers."


MOST_NAMED = 8
"""Rows of a batch that are named."""


class ResultTabs(QWidget):
    """What a training has come to so far. In a narrow window the data stand behind one more tab of it."""

    def __init__(self, trainer: Trainer) -> None:
        super().__init__()
        self.trainer = trainer
        self.theme: Theme = LIGHT
        self.data: QWidget | None = None
        """The page of the last tab, while there is one."""
        self.names: Names = no_names
        """What words of it are names to be typeset."""
        self.tabs = QTabBar(drawBase=False, expanding=False)
        self.log = QCheckBox("Log scale")
        self.pages = QStackedWidget()
        self.empty = Text("dim")
        self.parameter = Choice()
        self.numbers = Text("formula")
        self.loss_page: LossPage | None = None
        self.trails: Trails | None = None
        self._chosen: list[str] = []
        self._lay_out()
        self.tabs.currentChanged.connect(self.show_tab)
        self.log.toggled.connect(self._set_log)
        self.parameter.activated.connect(self._show_step)
        lazy_plotting.when_ready(self, self._make_loss_page)

    def _lay_out(self) -> None:
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
        bar = self.bar = QHBoxLayout()
        bar.addWidget(self.tabs, 1)
        bar.addWidget(self.log)
        middle = QVBoxLayout(self)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(style.px(4))
        middle.addLayout(bar)
        middle.addWidget(self.pages, 1)

    # --- in step
    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours."""
        self.theme = theme
        for plot in (self.loss_page, self.trails):
            if plot is not None:
                plot.set_theme(theme)

    def choose(self, node_ids: list[str]) -> None:
        """Show these parameters, where they are some."""
        if node_ids != self._chosen:
            self._chosen = node_ids
            self._choose_parameter()
            self.show_tab()

    def list_parameters(self) -> None:
        """Offer the parameters of the training that there is now."""
        training = self.trainer.training
        names = list(training.names) if training is not None else []
        if names != [self.parameter.itemText(place) for place in range(self.parameter.count())]:
            self.parameter.clear()
            self.parameter.addItems(names)
            self._choose_parameter()

    def take_status(self, parts: Iterable[QWidget]) -> None:
        """Show these at the end of the row of tabs."""
        for part in parts:
            self.bar.addWidget(part)

    def give_status(self, parts: Iterable[QWidget]) -> None:
        """Let go of them again."""
        for part in parts:
            self.bar.removeWidget(part)

    def set_narrow(self, data: QWidget | None) -> None:
        """Take the data in behind a tab, or (None) let them go."""
        self.log.setText("Log scale" if data is None else "Log")
        self.data = data
        if data is not None:
            self.tabs.addTab(TABS[DATA])
            self.pages.addWidget(data)
        elif self.tabs.count() > DATA:
            self.tabs.removeTab(DATA)

    def _make_loss_page(self) -> None:
        from nodegraph.app.features.training.loss_page import LossPage

        self.loss_page = LossPage()
        self.loss_page.set_theme(self.theme)
        self.loss_page.set_log(self.log.isChecked())
        self.pages.addWidget(self.loss_page)
        self.show_tab()

    def _make_trails(self) -> None:
        from nodegraph.app.features.training.plots import Trails

        self.trails = Trails()
        for label in self.trails.labels:
            label.names = self.names
        self.trails.set_theme(self.theme)
        self.pages.addWidget(self.trails)

    def show_tab(self) -> None:
        """Show what the tab in front is about, as it is now."""
        tab = self.tabs.currentIndex()
        self.log.setVisible(tab == LOSS)
        if tab == STEP:
            self.pages.setCurrentWidget(self.step_area)
            self._show_step()
        elif tab == DATA and self.data is not None:
            self.pages.setCurrentWidget(self.data)
        elif self.trainer.training is None or self.loss_page is None:
            self.empty.say(NO_CURVE if self.trainer.training is None else LOADING)
            self.pages.setCurrentWidget(self.empty)
        elif tab == LOSS:
            self.loss_page.show_curves(self.trainer.curves())
            self.pages.setCurrentWidget(self.loss_page)
        else:
            if self.trails is None:
                self._make_trails()
            self._show_trails()
            self.pages.setCurrentWidget(self.trails)

    def _show_trails(self) -> None:
        from nodegraph.app.features.training.plots import MOST_TRAILS, Trail

        training = self.trainer.training
        chosen = [place for place, node_id in enumerate(training.ids) if node_id in self._chosen]
        places = (chosen or list(range(len(training.ids))))[:MOST_TRAILS]
        is_there = training.kept_step is not None  # the last values are those of an earlier step
        steps = training.history.steps if is_there else np.append(training.history.steps, training.steps_done)
        trails = [
            Trail(
                training.names[place],
                steps,
                np.append(training.history.trails[:, place], training.parameters[place])[: len(steps)],
                format_number(float(training.parameters[place]), 4),
            )
            for place in places
        ]
        self.trails.show_trails(trails, len(training.ids) - len(places))

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
        head = f"Step {last.step:,}{_rows_of(last)}: loss {format_number(last.loss)}, gradient {gradient}"
        lines = [head, *training.explain(node_id)]
        html = "".join(f'<p style="margin:0 0 4px 0">{escape(line)}</p>' for line in lines)
        self.numbers.say("\n".join(lines), html)

    def _set_log(self, log: bool) -> None:
        if self.loss_page is not None:
            self.loss_page.set_log(log)


def _rows_of(update: Update) -> str:
    """Returns which rows a batch had, counted from 1, in words; "" where it took all."""
    if update.rows is None:
        return ""
    rows = [f"{row + 1:,}" for row in update.rows[:MOST_NAMED].tolist()]
    more = ", …" if len(update.rows) > MOST_NAMED else ""
    return f" over row{'s' if len(update.rows) > 1 else ''} {', '.join(rows)}{more}"
