"""The form that sets a training up: the aim, the optimiser with its numbers and its rule, the steps. Offers a
Setup; trains nothing and edits nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QComboBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from nodegraph.app.features.training.rows_form import ENTRIES, RowsForm
from nodegraph.app.platform import style
from nodegraph.app.widgets.choice import Choice
from nodegraph.app.widgets.formula_label import FormulaLabel
from nodegraph.app.widgets.text import Field, Text
from nodegraph.app.widgets.typeset import Typesetter
from nodegraph.canvas.drawing.theme import Theme
from nodegraph.core.errors import Refused
from nodegraph.core.explain.typed_value import read_value
from nodegraph.core.numbers import format_exact
from nodegraph.core.training import schedules
from nodegraph.core.training.optimizers import OPTIMIZERS, Setting
from nodegraph.core.training.schedules import CONSTANT, SCHEDULES
from nodegraph.core.training.setup import AIMS, Setup

SETTINGS: Mapping[str, Setting] = {
    setting.name: setting
    for optimizer in OPTIMIZERS.values()
    for setting in optimizer.settings
    if setting.name not in ENTRIES
}

PLACES = {
    "rate": (0, 0), "momentum": (1, 0), "smoothing": (1, 0), "beta1": (1, 0), "beta2": (1, 1), "eps": (2, 0),
}  # fmt: skip
"""Row and column of each setting; no optimiser has two in the same place."""
THOUSANDS = re.compile(r"\+?([1-9]\d{0,2})\.000")
"""A whole number of steps that may have a point between its thousands."""
LEAST_LETTERS = 8
"""Of the name of an optimiser or a schedule that are seen in a narrow form."""
OWN_SCHEDULE = "own"
"""What the list of schedules has for one that a person wrote."""


class SetupForm(QWidget):
    """The fields, and below them the rule."""

    setup_wanted = Signal(object)
    """The Setup that a person has chosen; it can be done."""

    def __init__(self, typesetter: Typesetter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setup = Setup()
        self.why_not_rows: Callable[[Setup], str | None] = lambda _setup: None
        """Why a setup does not suit the data that there are, as a sentence; None where it does."""
        self.aim = Choice.of("training.aim", "Aim", AIMS)
        self.aim.setToolTip("Aim")
        titles = {name: optimizer.title for name, optimizer in OPTIMIZERS.items()}
        self.optimizer = Choice.of("training.optimizer", "Optimiser", titles)
        self.fields = {name: _field(name, setting.title) for name, setting in SETTINGS.items()}
        self.labels = {name: _label(setting) for name, setting in SETTINGS.items()}
        self.steps = _field("steps", "Steps")
        named = {name: schedule.title for name, schedule in SCHEDULES.items()}
        titles = named | {OWN_SCHEDULE: "Expression in k and n"}
        self.schedule = Choice.of("training.schedule", "Schedule of the learning rate", titles)
        for choice in (self.optimizer, self.schedule):
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(LEAST_LETTERS)
        self.schedule_text = _field("schedule_text", "Factor on the learning rate, in k and n")
        self.rows = RowsForm()
        self.warning = Text("stale")
        self.rule = FormulaLabel(typesetter)
        self.rule.setObjectName("training.rule")
        self.meaning = Text("dim")
        self._lay_out()
        self.aim.activated.connect(self._choose_aim)
        self.optimizer.activated.connect(self._choose_optimizer)
        self.steps.offered.connect(self._offer_steps)
        self.schedule.activated.connect(self._choose_schedule)
        self.schedule_text.offered.connect(self._offer_schedule)
        self.rows.setup_wanted.connect(self._want)
        for field in self.fields.values():
            field.offered.connect(partial(self._offer_setting, field))
        self.show_setup(Setup())

    def _lay_out(self) -> None:
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(style.px(8))
        self.grid.setVerticalSpacing(style.px(6))
        steps = QLabel("Steps")
        style.set_role(steps, "dim")
        self._cells: list[tuple[QLabel, Field, int, int]] = [
            *((self.labels[name], self.fields[name], *PLACES[name]) for name in self.fields),
            (steps, self.steps, 0, 1),
        ]
        for label, field, _, _ in self._cells:
            label.setBuddy(field)
        self.schedule_label = QLabel("Schedule")
        self.schedule_label.setBuddy(self.schedule)
        style.set_role(self.schedule_label, "dim")
        self._place_cells(narrow=False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, style.px(2), style.px(8), 0)
        layout.setSpacing(style.px(6))
        self.choices = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.choices.setSpacing(style.px(6))
        self.choices.addWidget(self.aim)
        self.choices.addWidget(self.optimizer, 1)
        layout.addLayout(self.choices)
        layout.addLayout(self.grid)
        for field in (self.steps, *self.fields.values(), self.schedule_text):
            layout.addWidget(field.refusal)
        layout.addWidget(self.rows)
        layout.addWidget(self.warning)
        layout.addSpacing(style.px(2))
        layout.addWidget(self.rule)
        layout.addWidget(self.meaning)
        layout.addStretch(1)
        others = [field for name, field in self.fields.items() if name != "rate"]
        order = [self.optimizer, self.fields["rate"], self.steps, self.schedule, self.schedule_text, *others]
        order += self.rows.chain()
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def stack(self, narrow: bool) -> None:
        """Where there is little width, all stand one below the other, so that no number is cut off."""
        self._place_cells(narrow)
        self.rows.stack(narrow)
        ways = QBoxLayout.Direction
        self.choices.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)

    def _place_cells(self, narrow: bool) -> None:
        """Put the schedule below the rate and the steps, and the optimiser's other numbers below that."""
        for widget in (self.schedule_label, self.schedule, self.schedule_text):
            self.grid.removeWidget(widget)
        at = 2 if narrow else 1
        self.grid.addWidget(self.schedule_label, at, 0)
        self.grid.addWidget(self.schedule, at, 1, 1, 3)
        self.grid.addWidget(self.schedule_text, at + 1, 1, 1, 3)
        for label, field, row, column in self._cells:
            self.grid.removeWidget(label)
            self.grid.removeWidget(field)
            below = 2 if row else 0
            row, column = (2 * row + column + below, 0) if narrow else (row + below, column)
            self.grid.addWidget(label, row, 2 * column)
            self.grid.addWidget(field, row, 2 * column + 1)
        self.grid.setColumnStretch(1, 1)
        self.grid.setColumnStretch(3, 0 if narrow else 1)

    def set_theme(self, theme: Theme) -> None:
        """The colour of the rule."""
        self.rule.set_theme(theme)

    # --- what counts
    def show_setup(self, setup: Setup) -> None:
        """Show the setup in force, except in a field in which somebody is typing."""
        refusal = setup.why_not()  # a file may hold what this version cannot do
        self.setup = setup = Setup() if refusal else setup
        optimizer = OPTIMIZERS[self.setup.optimizer]
        self.aim.setCurrentIndex(self.aim.findData(setup.aim))
        self.optimizer.setCurrentIndex(self.optimizer.findData(self.setup.optimizer))
        self.optimizer.setToolTip(f"{optimizer.doc} ({optimizer.source})")
        self.steps.show_value(str(setup.steps))
        self._show_schedule(setup.schedule)
        self.rows.show_setup(setup)
        for name, field in self.fields.items():
            wanted = name in optimizer.defaults()
            field.setVisible(wanted)
            self.labels[name].setVisible(wanted)
            if wanted:
                field.show_value(format_exact(self.setup.setting(name)))
            else:
                field.refusal.say("")
        warnings = [refusal] if refusal else setup.warnings()
        self.warning.say(" ".join(f"⚠ {one}" for one in warnings))
        maximise = setup.aim == "maximise"
        latex, text = (
            optimizer.text("latex", setup.settings, maximise=maximise),
            optimizer.text("unicode", setup.settings, maximise=maximise),
        )
        self.rule.show_lines(tuple(zip(latex, text, strict=True)))
        self.meaning.say(optimizer.doc)

    def _show_schedule(self, schedule: str) -> None:
        """Show the schedule's name, and its expression, which a person may change."""
        name = schedule if schedule in SCHEDULES else OWN_SCHEDULE
        self.schedule.setCurrentIndex(self.schedule.findData(name))
        doc = SCHEDULES[name].doc if name in SCHEDULES else "The rate is multiplied by this expression."
        self.schedule.setToolTip(doc)
        self.schedule_text.setToolTip(
            "A factor on the rate, as 1 - 0.9*k/n: k is the step, counted from 0, and n the number of steps"
        )
        self.schedule_text.show_value(schedules.text_of(schedule))
        self.schedule_text.setVisible(schedule != CONSTANT)
        if schedule == CONSTANT:
            self.schedule_text.refusal.say("")

    # --- what is wanted
    def _choose_aim(self) -> None:
        self._want(replace(self.setup, aim=self.aim.currentData()))

    def _choose_optimizer(self) -> None:
        name = self.optimizer.currentData()
        kept = {key: x for key, x in self.setup.settings.items() if key in OPTIMIZERS[name].defaults()}
        self._want(replace(self.setup, optimizer=name, settings=kept))

    def _offer_steps(self, text: str) -> None:
        try:
            number = read_value(text)
        except Refused as refusal:
            self.steps.refuse(str(refusal))
            return
        if grouped := THOUSANDS.fullmatch(text.strip()):
            few = grouped[1]
            self.steps.refuse(
                f"“{text.strip()}” may mean {few} or {few}000. Type one of them, without a point."
            )
            return
        whole = number.is_integer()
        self._want(replace(self.setup, steps=int(number) if whole else number), self.steps)  # type: ignore[arg-type]

    def _choose_schedule(self) -> None:
        name = self.schedule.currentData()
        if name == OWN_SCHEDULE:
            self.schedule_text.show()
            self.schedule_text.setFocus()
            self.schedule_text.selectAll()
        else:
            self._want(replace(self.setup, schedule=name), self.schedule_text)

    def _offer_schedule(self, text: str) -> None:
        self._want(replace(self.setup, schedule=text.strip()), self.schedule_text)

    def _offer_setting(self, field: Field, text: str) -> None:
        name = field.objectName().removeprefix("training.")
        try:
            number = read_value(text)
        except Refused as refusal:
            field.refuse(str(refusal))
            return
        self._want(replace(self.setup, settings={**self.setup.settings, name: number}), field)

    def _want(self, setup: Setup, field: Field | None = None) -> None:
        refusal = setup.why_not() or self.why_not_rows(setup)
        if refusal and field is not None:
            field.refuse(refusal)
            return
        if field is not None:
            field.setModified(False)
        self.setup_wanted.emit(setup)


def _field(name: str, title: str) -> Field:
    field = Field("number", title)
    field.setObjectName(f"training.{name}")
    field.setMinimumWidth(style.px(64))
    return field


def _label(setting: Setting) -> QLabel:
    label = QLabel(f"{'Rate' if setting.name == 'rate' else setting.title} {setting.symbol}")
    if setting.name in ("beta1", "beta2", "eps", "smoothing"):
        label.setText(f"{setting.symbol}")
    label.setToolTip(f"{setting.title}: {setting.meaning}")
    style.set_role(label, "dim")
    return label
