"""The way back in time: a slider over the steps of a run that were kept, what is shown now, and what may be
done from there.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QHelpEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSlider,
    QStyle,
    QStyleOptionSlider,
    QToolButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from nodegraph.app.features.training_stage.travel import TimeTravel
from nodegraph.app.platform import style
from nodegraph.app.platform.key_claims import keeps_slider_keys
from nodegraph.app.widgets.choice import Choice
from nodegraph.app.widgets.number_box import turns_once_focused
from nodegraph.app.widgets.text import Text
from nodegraph.core.numbers import format_number
from nodegraph.core.stage.trail import Trail

BUTTONS = ("train.take_step", "train.go_on")
NONE = 0
"""Stands for no run in the list of those to compare with."""
PAST = "Step {step} of {last}; the document keeps its values."
OWN = "Step {step} of {last}, as in the document."
ELSEWHERE = "The document's values are those of no kept step of {run}."
NOW = "Drag back to any step, or press Alt+, and Alt+."


@keeps_slider_keys
@turns_once_focused
class StepSlider(QSlider):
    """A slider over the places of a trail; arrows go by one kept step, PgUp and PgDn by a tenth."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName("stage.step")
        self.setAccessibleName("Training step")
        style.set_role(self, "steps")
        self.trail: Trail | None = None

    def show_trail(self, trail: Trail | None, place: int | None) -> None:
        """Go through this one; it is at this place, None: where the run ended."""
        self.trail = trail
        last = len(trail) - 1 if trail is not None else 0
        was_blocked = self.blockSignals(True)
        self.setRange(0, last)
        self.setPageStep(max(1, last // 10))
        self.setValue(place if place is not None else trail.now if trail is not None else 0)
        self.blockSignals(was_blocked)
        if trail is not None:
            self.setAccessibleDescription(told(trail, self.value()))

    def place_at(self, x: float) -> int:
        """Returns the place below a point of the slider."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_SliderHandle
        handle = self.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, part, self).width()
        room = max(1, self.width() - handle)
        return QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), round(x - handle / 2), room)

    def event(self, event: QEvent) -> bool:
        """A resting pointer reads the step below it."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self.trail is not None:
            QToolTip.showText(event.globalPos(), told(self.trail, self.place_at(event.pos().x())), self)
            return True
        return super().event(event)


class TimeBar(QWidget):
    """The slider with its words, its buttons and the runs."""

    def __init__(self, travel: TimeTravel, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self.setObjectName("stage.time")
        self.setAccessibleName("Time travel")
        self.travel = travel
        self.slider = StepSlider()
        self.sentence = Text("dim")
        self.sentence.setObjectName("stage.sentence")
        self.buttons = {action_id: QToolButton() for action_id in BUTTONS}
        for action_id, button in self.buttons.items():
            button.setDefaultAction(actions[action_id])
            button.setObjectName(f"{action_id}.button")
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._lay_out()
        self.slider.valueChanged.connect(travel.go)
        self.slider.actionTriggered.connect(self._go_from_elsewhere)
        travel.changed.connect(self.follow)
        self.follow()

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        for button in self.buttons.values():
            below.addWidget(button)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.px(2))
        column.addWidget(self.sentence)
        column.addWidget(self.slider)
        column.addLayout(below)

    # --- in step
    def follow(self) -> None:
        """Show where one is."""
        travel = self.travel
        trail, why_not = travel.trail, travel.why_not
        self.slider.setEnabled(not why_not)
        self.slider.show_trail(trail, travel.standing)
        style.set_role(self.sentence, "stale" if travel.place is not None else "dim")
        self.sentence.say(why_not or self._where())

    def _go_from_elsewhere(self, _action: int) -> None:
        """Where the values are those of no step, the slider may stand already where one wants it."""
        if self.travel.standing is None:
            self.travel.go(self.slider.sliderPosition())

    def _where(self) -> str:
        """Returns where one is, or what can be done."""
        run, place = self.travel.run, self.travel.standing
        if run is None:
            return NOW
        if place is None:
            return ELSEWHERE.format(run=run.title)
        sentence = PAST if self.travel.place is not None else NOW if place == run.trail.now else OWN
        return sentence.format(step=f"{run.trail.steps[place]:,}", last=f"{run.trail.steps[-1]:,}")


class RunChoices(QWidget):
    """Which run is shown, and which it is compared with; hidden while there is only one."""

    def __init__(self, travel: TimeTravel) -> None:
        super().__init__()
        self.travel = travel
        self.runs = Choice.of("stage.run", "Run that is shown", {})
        self.others = Choice.of("stage.compare", "Run to compare with", {})
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(style.px(4))
        row.addWidget(self.runs, 1)
        row.addWidget(self.others, 1)
        self.runs.activated.connect(self._choose)
        self.others.activated.connect(self._compare)
        travel.changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Offer the runs that there are."""
        travel = self.travel
        self.setVisible(len(travel.runs) > 1)
        shown, compared = travel.run, travel.compared
        tips = {run.number: run.summary for run in travel.runs.kept}
        titles = {run.number: run.title for run in travel.runs.kept}
        _fill(self.runs, titles, shown.number if shown else NONE, tips)
        others = {run.number: f"and {run.title}" for run in travel.runs.kept if run is not shown}
        others = {NONE: "Compare with…", **others}
        _fill(self.others, others, compared.number if compared else NONE, tips)
        self.runs.setEnabled(not travel.why_not)

    def _choose(self, place: int) -> None:
        self.travel.choose(int(self.runs.itemData(place)))

    def _compare(self, place: int) -> None:
        self.travel.compare(int(self.others.itemData(place)) or None)


def told(trail: Trail, place: int) -> str:
    """Returns which step is at a place, with its loss: "Step 40 of 100: loss 0.125"."""
    place = max(0, min(place, len(trail) - 1))
    step, last = f"{int(trail.steps[place]):,}", f"{int(trail.steps[-1]):,}"
    return f"Step {step} of {last}: loss {format_number(float(trail.losses[place]), 4)}"


def _fill(choice: Choice, entries: Mapping[int, str], chosen: int, tips: Mapping[int, str]) -> None:
    """Offer these, where it offers others now, with what the pointer reads."""
    if [choice.itemData(place) for place in range(choice.count())] != list(entries):
        choice.clear()
        for number, text in entries.items():
            choice.addItem(text, number)
    for place in range(choice.count()):  # the newest run may have gone on
        tip = tips.get(int(choice.itemData(place)), "")
        choice.setItemData(place, tip, Qt.ItemDataRole.ToolTipRole)
    choice.setToolTip(tips.get(chosen, ""))
    choice.setCurrentIndex(max(0, choice.findData(chosen)))
