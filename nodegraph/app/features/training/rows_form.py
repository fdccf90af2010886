"""The part of the setup that says which rows a step takes, what is found of them, and what holds the
parameters back; folded away until it is asked for. Offers a Setup; trains nothing and edits nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from nodegraph.app.platform import style
from nodegraph.app.widgets.text import Field
from nodegraph.core.errors import Refused
from nodegraph.core.explain.typed_value import read_value
from nodegraph.core.numbers import format_exact
from nodegraph.core.training.measures import MEASURES
from nodegraph.core.training.setup import OWN, Setup, read_held_out, whole

SHORT = {"mae": "MAE", "rmse": "RMSE"}
"""What is written of a measure whose title is long; its tooltip has the title."""


@dataclass(frozen=True)
class Entry:
    """A number of the setup: its label, what is read aloud, what it means, and what an empty field says."""

    label: str
    title: str
    meaning: str
    empty: str = ""


ENTRIES: Mapping[str, Entry] = {
    "batch": Entry(
        "Batch", "Rows in a batch", "How many rows a step takes; the rows are shuffled for each epoch", "all"
    ),
    "seed": Entry("Seed", "Seed", "Shuffles the rows for batches, and draws those held out"),
    "held_out": Entry(
        "Held out",
        "Rows that are held out, a share or a column",
        "A share of the rows that is not trained on, such as 0.2, or the column in which those rows are 1; "
        "they have a curve of their own",
        "none",
    ),
    "patience": Entry(
        "Patience",
        "Patience in epochs",
        "Stops after so many epochs without a better loss, the held-out one where there is one, and keeps "
        "the best step",
        "off",
    ),
    "decay": Entry("Decay λ", "Weight decay", "How strongly parameters shrink", "off"),
    "clip": Entry("Clip c", "Clip", "How long the gradient by all parameters may be at most", "off"),
}


class RowsForm(QWidget):
    """The fields, two in a row, or one where it is narrow, and a box for each measure."""

    setup_wanted = Signal(object, object)
    """A Setup that may yet be refused, and the field, or None, in which it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.setup = Setup()
        self.button = QToolButton()
        self.fields = {name: _field(name, entry) for name, entry in ENTRIES.items()}
        self.labels = {name: _label(entry, self.fields[name]) for name, entry in ENTRIES.items()}
        self.measures = {name: _box(name) for name in MEASURES}
        self.inside = QWidget()
        self._lay_out()
        self.button.toggled.connect(self._unfold)
        for name, field in self.fields.items():
            field.offered.connect(partial(self._offer, name))
        for box in self.measures.values():
            box.clicked.connect(self._choose_measures)

    def _lay_out(self) -> None:
        self.button.setObjectName("training.more")
        self.button.setToolTip("Batches, held-out rows, early stop, measures, weight decay and clipping")
        self.button.setCheckable(True)
        self.button.setAutoRaise(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setArrowType(Qt.ArrowType.RightArrow)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(style.px(8))
        self.grid.setVerticalSpacing(style.px(6))
        column = QVBoxLayout(self.inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.px(6))
        column.addLayout(self.grid)
        for field in self.fields.values():
            column.addWidget(field.refusal)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.px(6))
        layout.addWidget(self.button)
        layout.addWidget(self.inside)
        self.inside.hide()
        self.stack(False)

    def stack(self, narrow: bool) -> None:
        """Where there is little width, all stand one below the other."""
        each = 1 if narrow else 2
        self.button.setText("More" if narrow else "Rows, measures, decay, clip")
        for place, name in enumerate(self.fields):
            row, column = divmod(place, each)
            self.grid.addWidget(self.labels[name], row, 2 * column)
            self.grid.addWidget(self.fields[name], row, 2 * column + 1)
        below = -(-len(self.fields) // each)
        for place, box in enumerate(self.measures.values()):
            row, column = divmod(place, each)
            self.grid.addWidget(box, below + row, 2 * column, 1, 2)
        self.grid.setColumnStretch(1, 1)
        self.grid.setColumnStretch(3, 0 if narrow else 1)

    def chain(self) -> list[QWidget]:
        """Returns what the focus goes through, in order."""
        return [self.button, *self.fields.values(), *self.measures.values()]

    # --- what counts
    def show_setup(self, setup: Setup) -> None:
        """Show what is in force; unfold where something of it is set."""
        self.setup = setup
        for name, field in self.fields.items():
            number = value_of(setup, name)
            shown = "" if number == 0 and ENTRIES[name].empty else format_exact(number)
            field.show_value(setup.held_by if name == "held_out" and setup.held_by else shown)
        for name, box in self.measures.items():
            box.setChecked(name in setup.measures)
        if is_asked(setup) and not self.button.isChecked():
            self.button.setChecked(True)

    def _unfold(self, unfolded: bool) -> None:
        self.button.setArrowType(Qt.ArrowType.DownArrow if unfolded else Qt.ArrowType.RightArrow)
        self.inside.setVisible(unfolded)

    # --- what is wanted
    def _offer(self, name: str, text: str) -> None:
        field, entry = self.fields[name], ENTRIES[name]
        is_off = bool(entry.empty) and text.strip().lower() in ("", entry.empty)
        try:
            if name == "held_out":
                wanted = self.setup.holding_out(0.0 if is_off else read_held_out(text))
            else:
                wanted = with_value(self.setup, name, 0.0 if is_off else read_value(text))
        except Refused as refusal:
            field.refuse(str(refusal))
            return
        self.setup_wanted.emit(wanted, field)

    def _choose_measures(self) -> None:
        chosen = tuple(name for name, box in self.measures.items() if box.isChecked())
        self.setup_wanted.emit(replace(self.setup, measures=chosen), None)


def value_of(setup: Setup, name: str) -> float:
    """Returns a number of a setup or of its optimiser."""
    return float(getattr(setup, name)) if name in OWN else setup.setting(name)


def with_value(setup: Setup, name: str, number: float) -> Setup:
    """Returns the setup with another number of its own or of its optimiser."""
    if name in OWN:
        return replace(setup, **{name: whole(number)})
    return replace(setup, settings={**setup.settings, name: number})


def is_asked(setup: Setup) -> bool:
    """Whether something is set that the form folds away."""
    usual = Setup(optimizer=setup.optimizer)
    is_set = setup.measures != () or setup.held_by != ""
    return is_set or any(value_of(setup, name) != value_of(usual, name) for name in ENTRIES)


def _field(name: str, entry: Entry) -> Field:
    field = Field("number", entry.title)
    field.setObjectName(f"training.{name}")
    field.setMinimumWidth(style.px(56))
    field.setPlaceholderText(entry.empty)
    field.setToolTip(entry.meaning + (f"; empty: {entry.empty}" if entry.empty else ""))
    return field


def _label(entry: Entry, field: Field) -> QLabel:
    label = QLabel(entry.label)
    label.setToolTip(field.toolTip())
    label.setBuddy(field)
    style.set_role(label, "dim")
    return label


def _box(name: str) -> QCheckBox:
    measure = MEASURES[name]
    box = QCheckBox(SHORT.get(name, measure.title))
    box.setObjectName(f"training.measure.{name}")
    box.setAccessibleName(measure.title)
    box.setToolTip(f"{measure.title}. {measure.definition}")
    return box
