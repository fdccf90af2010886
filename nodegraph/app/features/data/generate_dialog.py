"""The dialog in which data are generated: their kind, how many, with how much noise, and what they look like.
Hands over a table; takes nothing itself.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from nodegraph.app.features.data.points import Points
from nodegraph.app.platform import style
from nodegraph.app.widgets.choice import Choice
from nodegraph.app.widgets.dialog import Dialog, buttons_of, form_of
from nodegraph.app.widgets.number_box import NumberBox
from nodegraph.app.widgets.text import Text
from nodegraph.canvas.drawing.theme import Theme
from nodegraph.canvas.fields.keypad_point import point_by_keypad
from nodegraph.core.data import generators
from nodegraph.core.data.kinds import KINDS
from nodegraph.core.errors import Refused
from nodegraph.core.numbers import read_number
from nodegraph.core.training.tables import MOST_ROWS, Table

MOST_SHOWN = 500
"""Points that are drawn; more of them would only cover each other."""
MOST_SEED = 2**31 - 1
"""The largest number that a spin box holds."""
CLASSES = {"": "0 and 1", "signed": "−1 and 1, for a hinge loss"}
WIDTH_PX = 640


class GenerateDialog(Dialog):
    """Choose a kind of data and see it; then Generate. The classes are at first −1 and 1 where `signed`."""

    made = Signal(object)
    """The Table that was chosen."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, signed: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("generate")
        self.setWindowTitle("Generate Data")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        titles = {name: kind.title for name, kind in KINDS.items()}
        self.kind = Choice.of("generate.kind", "Kind", titles, "moons")
        self.rows = _spin("rows", "Rows", 100, 1, MOST_ROWS)
        self.noise = QLineEdit("0.1")
        point_by_keypad(self.noise)
        _name(self.noise, "noise", "Noise", "The standard deviation of normal noise; 0 for none")
        self.classes = Choice.of("generate.classes", "Classes", CLASSES)
        self.classes.setCurrentIndex(int(signed))
        self.seed = _spin("seed", "Seed", 0, 0, MOST_SEED)
        self.seed.setToolTip("Which random numbers: the same seed gives the same points again")
        self.points = Points(theme)
        self.sentence = Text()
        self.sentence.setObjectName("generate.sentence")
        self.generate_button = QPushButton("&Generate", default=True)
        self.generate_button.setObjectName("generate.generate")
        self.cancel_button = QPushButton("&Cancel", autoDefault=False)
        self.cancel_button.setObjectName("generate.cancel")
        self._lay_out()
        self._connect()
        self.follow()

    def _lay_out(self) -> None:
        rows: tuple[tuple[str, QWidget], ...] = (
            ("&Kind", self.kind), ("&Rows", self.rows), ("&Noise", self.noise), ("C&lasses", self.classes),
            ("&Seed", self.seed),
        )  # fmt: skip
        form = form_of(rows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.keep_lines(self.sentence)
        left, both = QVBoxLayout(), QHBoxLayout()
        left.setSpacing(style.px(14))
        left.addLayout(form)
        left.addWidget(self.sentence)
        left.addStretch(1)
        both.setSpacing(style.px(18))
        both.addLayout(left, 1)
        both.addWidget(self.points)
        layout = self.column()
        layout.addLayout(both, 1)
        layout.addLayout(buttons_of(self.cancel_button, self.generate_button))
        self.setMinimumWidth(style.px(WIDTH_PX))

    def _connect(self) -> None:
        for box in (self.kind, self.classes):
            box.currentIndexChanged.connect(self.follow)
        for spin in (self.rows, self.seed):
            spin.valueChanged.connect(self.follow)
        self.noise.textChanged.connect(self.follow)
        self.generate_button.clicked.connect(self.generate)
        self.cancel_button.clicked.connect(self.reject)
        self.kind.setFocus()

    # --- what was chosen
    def table(self, most: int = MOST_ROWS) -> Table:
        """The table that was chosen, of at most so many rows. Raises Refused for a noise that is none."""
        return generators.generate(
            self.kind.currentData(),
            min(self.rows.value(), most),
            read_number(self.noise.text()),
            self.seed.value(),
            signed=bool(self.classes.currentData()),
        )

    # --- telling
    def follow(self, _changed: object = None) -> None:
        """Show what would be generated, or say why it cannot be."""
        kind = KINDS[self.kind.currentData()]
        self.classes.setEnabled(kind.has_classes)
        try:
            table = self.table(MOST_SHOWN)
        except Refused as refusal:
            self._refuse(str(refusal))
            return
        across, up = ("x1", "x2") if kind.has_classes else ("x", "t")
        targets = table.column("t") if kind.has_classes else np.ones(table.rows)
        self.points.show_points(np.column_stack([table.column(across), table.column(up)]), targets)
        style.set_role(self.sentence, "plain")
        columns = ", ".join(table.names[:-1])
        self.sentence.say(f"{kind.title}: {kind.summary}. Inputs {columns}, target t.")
        self.generate_button.setEnabled(True)

    def _refuse(self, sentence: str) -> None:
        style.set_role(self.sentence, "refusal")
        self.sentence.say(sentence)
        self.generate_button.setEnabled(False)

    def generate(self) -> None:
        """Hand over the table, and close."""
        try:
            table = self.table()
        except Refused as refusal:
            self._refuse(str(refusal))
            return
        self.accept()
        self.made.emit(table)


def _name(field: QWidget, name: str, said: str, tip: str = "") -> None:
    field.setObjectName(f"generate.{name}")
    field.setAccessibleName(said)
    field.setToolTip(tip)


def _spin(name: str, said: str, value: int, least: int, most: int) -> NumberBox:
    spin = NumberBox(minimum=least, maximum=most, value=value)
    _name(spin, name, said)
    return spin
