"""What an animation is to be like, as fields of a form. Knows neither graph nor file."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QWidget

from nodegraph.app.platform import style
from nodegraph.app.widgets.choice import Choice
from nodegraph.app.widgets.format_choice import format_choice
from nodegraph.app.widgets.number_box import DecimalBox, NumberBox
from nodegraph.canvas.animation import schedule
from nodegraph.canvas.animation.film import fitted
from nodegraph.canvas.animation.formats import ANIMATIONS, AnimationFormat
from nodegraph.canvas.animation.schedule import Pace
from nodegraph.canvas.figure import THEMES, PictureOptions, Width
from nodegraph.canvas.scene.scene import GraphScene

CONTENTS = {"passes": "Both passes", "training": "The training"}
LEAST_WIDTH, MOST_WIDTH = 0, 7680
"""Pixels; the least one stands for a usual size."""


@dataclass(frozen=True)
class Chosen:
    """What an animation is to be like: its format, its pictures and whether their size was said, how it runs,
    and whether it shows the training in place of both passes.
    """

    kind: AnimationFormat
    figure: PictureOptions
    is_sized: bool
    pace: Pace
    shows_training: bool

    def options(self, scene: GraphScene) -> PictureOptions:
        """Returns how each picture is made, of a scene that was made with `figure`."""
        return self.figure if self.is_sized else fitted(scene, self.figure)


class AnimationOptions(QWidget):
    """What it shows, its format, size and colours, and how it runs."""

    changed = Signal()
    figure_wanted = Signal(str)
    """A format of pictures that stand was chosen, by its ending."""

    def __init__(self, theme: str, *, can_train: bool) -> None:
        super().__init__()
        usual = Pace()
        self.content = Choice.of("animation.content", "What it shows", CONTENTS)
        self.content.model().item(1).setEnabled(can_train)  # type: ignore[attr-defined]
        self.format = format_choice("animation.format", next(iter(ANIMATIONS)))
        self.look = Choice.of("animation.colours", "Colours", dict(THEMES), theme)
        self.across = NumberBox(
            minimum=LEAST_WIDTH, maximum=MOST_WIDTH, value=0, singleStep=80, suffix=" px",
            specialValueText="As usual", accessibleName="Width", objectName="animation.width",
        )  # fmt: skip
        self.fps = NumberBox(
            minimum=schedule.LEAST_FPS, maximum=schedule.MOST_FPS, value=usual.fps,
            suffix=" pictures a second", accessibleName="Frame rate", objectName="animation.fps",
        )  # fmt: skip
        self.speed = DecimalBox(
            minimum=schedule.LEAST_SPEED, maximum=schedule.MOST_SPEED, value=usual.speed, singleStep=0.25,
            suffix="×", accessibleName="Speed", objectName="animation.speed",
        )  # fmt: skip
        self.hold_start = _seconds("Hold at the start", "animation.hold_start", usual.hold_start_s)
        self.hold_end = _seconds("Hold at the end", "animation.hold_end", usual.hold_end_s)
        self.loop = NumberBox(
            minimum=0, maximum=schedule.MOST_LOOPS, specialValueText="For ever", suffix=" times",
            accessibleName="Played", objectName="animation.loop",
        )  # fmt: skip
        self.transparent = QCheckBox("Transp&arent background", objectName="animation.transparent")
        self._lay_out()
        self._follow_format()

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(style.px(14))
        form.setVerticalSpacing(style.px(9))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows = (
            ("&Shows", self.content), ("&Format", self.format), ("&Width", self.across),
            ("&Colours", self.look), ("Frame &rate", self.fps), ("S&peed", self.speed),
            ("Hold at the s&tart", self.hold_start), ("Hold at the e&nd", self.hold_end),
            ("P&layed", self.loop), ("", self.transparent),
        )  # fmt: skip
        for text, field in rows:
            form.addRow(text, field)
        for choice in (self.content, self.format, self.look):
            choice.currentIndexChanged.connect(self.changed)
        self.format.currentIndexChanged.connect(self._follow_format)
        for spin in (self.across, self.fps, self.speed, self.hold_start, self.hold_end, self.loop):
            spin.lineEdit().setTextMargins(style.px(6), 0, 0, 0)
            spin.valueChanged.connect(self.changed)
        self.transparent.toggled.connect(self.changed)

    def _follow_format(self) -> None:
        """Offer what the format can hold, or ask for another dialog where it is that of a figure."""
        if self.format.currentData() not in ANIMATIONS:
            self.figure_wanted.emit(self.format.currentData())
            return
        kind = self.kind
        self.fps.setMaximum(kind.most_fps)
        self.transparent.setEnabled(kind.is_transparent)
        self.loop.setEnabled(kind.loops)

    @property
    def kind(self) -> AnimationFormat:
        """The format that is chosen, of animations."""
        return ANIMATIONS.get(self.format.currentData(), next(iter(ANIMATIONS.values())))

    @property
    def shows_training(self) -> bool:
        """Whether it shows a training instead of both passes."""
        return bool(self.content.currentData() == "training")

    @property
    def is_sized(self) -> bool:
        """Whether a width is wished; else an animation has a usual size."""
        return self.across.value() > 0

    @property
    def pace(self) -> Pace:
        """How it runs."""
        return Pace(
            self.fps.value(), self.speed.value(), self.hold_start.value(), self.hold_end.value(),
            self.loop.value(),
        )  # fmt: skip

    def chosen(self, options: PictureOptions) -> Chosen:
        """Returns what is wished here, for a figure like this one."""
        return Chosen(self.kind, self.applied(options), self.is_sized, self.pace, self.shows_training)

    def applied(self, options: PictureOptions) -> PictureOptions:
        """Returns options of a picture with what is wished here."""
        width = Width(float(self.across.value()), "px") if self.is_sized else None
        transparent = self.transparent.isEnabled() and self.transparent.isChecked()
        return replace(options, theme=self.look.currentData(), width=width, transparent=transparent)


def _seconds(said: str, name: str, value: float) -> DecimalBox:
    return DecimalBox(
        minimum=0, maximum=schedule.LONGEST_HOLD_S, value=value, singleStep=0.5, decimals=1, suffix=" s",
        accessibleName=said, objectName=name,
    )  # fmt: skip
