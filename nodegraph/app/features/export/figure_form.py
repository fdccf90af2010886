"""The fields of the export dialog that say what a figure is like; they show options and return them. Knows no
graph.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QGridLayout, QLineEdit, QWidget

from nodegraph.app.platform import style
from nodegraph.app.platform.key_claims import keeps_plain_keys
from nodegraph.app.widgets.choice import Choice
from nodegraph.app.widgets.number_box import NumberBox
from nodegraph.canvas.drawing.edge_kinds import KINDS, EdgeStyle
from nodegraph.canvas.drawing.wording import FEWEST_DIGITS, LABELS, MOST_DIGITS
from nodegraph.canvas.figure import (
    LEAST_DPI,
    MOST_DPI,
    NOTATIONS,
    THEMES,
    USUAL_DPI,
    WIDTHS,
    PictureOptions,
    Width,
    width_of,
)
from nodegraph.core.errors import Refused
from nodegraph.core.graph.direction import Direction

DIGITS = {"": "As usual"} | {str(count): str(count) for count in range(FEWEST_DIGITS, MOST_DIGITS + 1)}
SIZES = {
    "natural": "Natural size",
    "single": "One column (8.5 cm)",
    "double": "Two columns (17.5 cm)",
    "slide": "Slide (16 : 9)",
    "own": "Another width",
}
DIRECTIONS = {"": "As on the canvas"} | {each.value: each.words.capitalize() for each in Direction}
SWITCHES = {
    "values": "&Values",
    "gradients": "&Gradients",
    "badges": "Badges",
    "highlight": "C&urrent step",
    "legend": "&Legend",
    "title": "T&itle",
    "grid": "Gri&d",
}
TRANSPARENT = "Leave out the background"


@keeps_plain_keys
class WidthField(QLineEdit):
    """A width as it is typed, such as 8.5cm."""


class FigureForm(QWidget):
    """What a figure is like, field by field."""

    changed = Signal()

    def __init__(self, options: PictureOptions) -> None:
        super().__init__()
        self._base = options
        self.size_choice = Choice.of("export.size_choice", "Size", SIZES)
        self.width_field = WidthField("8.5cm", accessibleName="Width", objectName="export.width")
        self.width_field.setToolTip("Such as 8.5cm, 3.35in, 240pt or 960px")
        self.scale = NumberBox(
            minimum=1, maximum=8, value=2, suffix="×", accessibleName="Scale", objectName="export.scale"
        )
        self.dpi = NumberBox(
            minimum=LEAST_DPI, maximum=MOST_DPI, value=USUAL_DPI, singleStep=50, suffix=" dpi",
            accessibleName="Resolution", objectName="export.dpi",
        )  # fmt: skip
        self.look = Choice.of("export.colours", "Colours", THEMES)
        self.notation = Choice.of("export.notation", "Notation", dict(NOTATIONS))
        self.kind = Choice.of("export.edges", "Edges", dict(KINDS))
        self.direction = Choice.of("export.direction", "Direction", DIRECTIONS)
        self.labels = _narrow(Choice.of("export.labels", "Edge labels", dict(LABELS)))
        self.digits = Choice.of("export.digits", "Digits", DIGITS)
        self.margin = NumberBox(
            minimum=0,
            maximum=400,
            value=24,
            singleStep=8,
            accessibleName="Margin",
            objectName="export.margin",
        )
        self.switches = {
            part: QCheckBox(text, objectName=f"export.{part}") for part, text in SWITCHES.items()
        }
        self.arrowheads = QCheckBox("Arro&wheads", objectName="export.arrowheads")
        self.transparent = QCheckBox("T&ransparent", objectName="export.transparent")
        self.transparent.setToolTip(TRANSPARENT)
        for spin in (self.scale, self.dpi, self.margin):  # the style sheet's padding does not reach inside
            spin.lineEdit().setTextMargins(style.px(6), 0, 0, 0)
        self._ignored: Mapping[str, str] = {}
        """The options that mean nothing in what is chosen, each with why."""
        self._lay_out()
        self.show_options(options)
        self._connect()

    def _lay_out(self) -> None:
        self.form = QFormLayout(self)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setHorizontalSpacing(style.px(14))
        self.form.setVerticalSpacing(style.px(6))
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows: tuple[tuple[str, QWidget], ...] = (
            ("Si&ze", self.size_choice), ("Widt&h", self.width_field), ("Scal&e", self.scale),
            ("Resoluti&on", self.dpi), ("&Colours", self.look), ("&Notation", self.notation),
            ("Edges", self.kind), ("Direction", self.direction), ("Edge la&bels", self.labels),
            ("Digits", self.digits), ("&Margin", self.margin),
        )  # fmt: skip
        for text, field in rows:
            self.form.addRow(text, field)
        shown = QGridLayout()
        shown.setHorizontalSpacing(style.px(12))
        shown.setVerticalSpacing(style.px(3))
        boxes = [*self.switches.values(), self.arrowheads, self.transparent]
        for place, box in enumerate(boxes):
            shown.addWidget(box, place // 2, place % 2)
        self.form.addRow(shown)
        self.fields = (*(field for _text, field in rows), *boxes)
        """What the keyboard goes through, from top to bottom."""

    def _connect(self) -> None:
        for box in (self.look, self.notation, self.kind, self.direction, self.labels, self.digits):
            box.currentIndexChanged.connect(self.changed)
        self.size_choice.currentIndexChanged.connect(self._take_size)
        self.width_field.textEdited.connect(self._take_width)
        for spin in (self.scale, self.dpi, self.margin):
            spin.valueChanged.connect(self.changed)
        for switch in (*self.switches.values(), self.arrowheads, self.transparent):
            switch.toggled.connect(self.changed)

    def _take_size(self) -> None:
        """A width with a name, or another one, was chosen."""
        width = WIDTHS.get(self.size_choice.currentData())
        if width is not None:
            self.width_field.setText(str(width))
        self._show_rows()
        self.changed.emit()

    def _take_width(self) -> None:
        with QSignalBlocker(self.size_choice):
            self.size_choice.setCurrentIndex(self.size_choice.findData("own"))
        self._show_rows()
        self.changed.emit()

    def _show_rows(self) -> None:
        is_natural = self.size_choice.currentData() == "natural"
        is_in_pixels = self.width_field.text().endswith("px")
        for option, field, is_asked in (
            ("width", self.size_choice, True),
            ("scale", self.scale, is_natural),
            ("width", self.width_field, not is_natural),
            ("dpi", self.dpi, not is_natural and not is_in_pixels),
            ("theme", self.look, True),
            ("notation", self.notation, True),
            ("margin", self.margin, True),
        ):
            self.form.setRowVisible(field, is_asked and option not in self._ignored)

    def set_ignored(self, ignored: Mapping[str, str]) -> None:
        """Leave out fields that mean nothing in what is chosen, and let such switches rest and say why; all
        keep what they say for other formats.
        """
        self._ignored = ignored
        self._show_rows()
        switches = {f"show {part}": switch for part, switch in self.switches.items()}
        for option, switch in (*switches.items(), ("transparent", self.transparent)):
            usual = TRANSPARENT if switch is self.transparent else ""
            switch.setEnabled(option not in ignored)
            switch.setToolTip(ignored.get(option, usual))

    # --- options
    def width_wished(self) -> Width | None:
        """Returns the width that is wished; None for the natural size. Refused where none was typed."""
        chosen = self.size_choice.currentData()
        if chosen == "natural":
            return None
        return WIDTHS[chosen] if chosen in WIDTHS else width_of(self.width_field.text())

    def why_not(self) -> str:
        """Returns what is wrong with what was typed, or ""."""
        try:
            self.width_wished()
        except Refused as refusal:
            return str(refusal)
        return ""

    def options(self) -> PictureOptions:
        """Returns the options as they stand. Refused where what was typed is no width."""
        width = self.width_wished()
        options = replace(
            self._base,
            scale=float(self.scale.value()),
            width=width,
            dpi=None if width is None or width.unit == "px" else self.dpi.value(),
            theme=self.look.currentData(),
            notation=self.notation.currentData(),
            transparent=self.transparent.isChecked(),
            margin=float(self.margin.value()),
            edges=EdgeStyle(self.kind.currentData(), self.arrowheads.isChecked()),
            direction=Direction(self.direction.currentData()) if self.direction.currentData() else None,
            wording=replace(
                self._base.wording,
                labels=self.labels.currentData(),
                digits=int(self.digits.currentData() or 0) or None,
            ),
        )
        for part, switch in self.switches.items():
            options = options.showing(part, switch.isChecked())
        return options

    def show_options(self, options: PictureOptions) -> None:
        """Let the fields stand as these options say."""
        with QSignalBlocker(self):
            self._show_size(options)
            for box, data in (
                (self.look, options.theme), (self.notation, options.notation),
                (self.kind, options.edges.kind), (self.labels, options.wording.labels),
                (self.digits, str(options.wording.digits or "")),
                (self.direction, "" if options.direction is None else options.direction.value),
            ):  # fmt: skip
                box.setCurrentIndex(max(0, box.findData(data)))
            self.margin.setValue(round(options.margin))
            for part, switch in self.switches.items():
                switch.setChecked(options.shows(part))
            self.arrowheads.setChecked(options.edges.arrowheads)
            self.transparent.setChecked(options.transparent)
        self.changed.emit()

    def _show_size(self, options: PictureOptions) -> None:
        width = options.width
        named = next((name for name, known in WIDTHS.items() if known == width), "own")
        with QSignalBlocker(self.size_choice):
            chosen = "natural" if width is None else named
            self.size_choice.setCurrentIndex(self.size_choice.findData(chosen))
        if width is not None:
            self.width_field.setText(str(width))
        self.scale.setValue(round(options.scale))
        self.dpi.setValue(options.dpi or USUAL_DPI)
        self._show_rows()


def _narrow(box: Choice) -> Choice:
    """A list that is no wider than the others, whose entries are seen whole once it is open."""
    box.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(1)  # else its longest entry takes the room of the words beside it
    box.view().setMinimumWidth(box.view().sizeHintForColumn(0) + style.px(24))
    return box
