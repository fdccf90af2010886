"""The stage beside the graph: what the training has come to, drawn over the data; its loss, its weights and
gradients by layer, and the way back in time. Shows; trains nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QTabBar, QVBoxLayout

from nodegraph.app.features.training_stage.feed import Feed
from nodegraph.app.features.training_stage.histograms import Histograms
from nodegraph.app.features.training_stage.legend import Legend
from nodegraph.app.features.training_stage.portrait import Portrait
from nodegraph.app.features.training_stage.time_bar import RunChoices, TimeBar
from nodegraph.app.features.training_stage.travel import TimeTravel
from nodegraph.app.features.training_stage.words import (
    axes_titles,
    axis_title,
    described,
    title_of_other,
    why_empty,
)
from nodegraph.app.platform import lazy_plotting, style
from nodegraph.app.widgets.choice import Choice
from nodegraph.app.widgets.scrolling import Compact, ScrollArea
from nodegraph.app.widgets.text import Text
from nodegraph.canvas.drawing.theme import LIGHT, Theme
from nodegraph.core.numbers import format_number
from nodegraph.core.training.evaluation import title_of

if TYPE_CHECKING:
    from nodegraph.app.features.training_stage.plots import CoursePlot, StagePlot

TABS = ("Loss", "Weights", "Gradients")
LOSS, WEIGHTS, GRADIENTS = range(len(TABS))
LOADING = "The picture is coming…"
NO_COURSE = "No run yet: Shift+T runs the training, T takes one step."
NO_LOSS = "The loss of these values is not known yet: run the training, or take a step."
OUTDATED = "{run} was trained before the graph or its data were edited; its losses are those of then."
NO_SPREADS = "Nothing here learns yet: mark inputs as trainable, and see here how they are spread."
ALONE = ""
"""Stands for the output in the list of what runs upwards."""


class StagePanel(Compact):
    """The panel."""

    def __init__(self, feed: Feed, travel: TimeTravel, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self.setObjectName("stage.panel")
        self.feed, self.travel = feed, travel
        self.theme: Theme = LIGHT
        self.picture: StagePlot | None = None
        self.course: CoursePlot | None = None
        self.across = Choice.of("stage.across", "Input that runs to the right", {})
        self.up = Choice.of("stage.up", "Input that runs upwards", {})
        self.answer = Choice.of("stage.answer", "Output that is drawn", {})
        self.empty, self.no_course = Text("dim"), Text("dim")
        self.legend = Legend()
        self.loss, self.measures, self.outdated = Text("loss"), Text(), Text("stale")
        self.tabs = QTabBar(drawBase=False, expanding=False)
        self.weights, self.gradients = Histograms("stage.weights"), Histograms("stage.gradients")
        self.runs, self.time = RunChoices(travel), TimeBar(travel, actions)
        self._lay_out()
        self._connect()
        lazy_plotting.when_ready(self, self._make_plots)

    # --- parts
    def _lay_out(self) -> None:
        self.empty.setObjectName("stage.empty")
        self.loss.setObjectName("stage.loss")
        self.measures.setObjectName("stage.measures")
        self.outdated.setObjectName("stage.outdated")
        self.no_course.setObjectName("stage.no_course")
        self.tabs.setObjectName("stage.tabs")
        self.tabs.setAccessibleName("Loss, weights or gradients")
        for title in TABS:
            self.tabs.addTab(title)
        self.pictures, self.pages = QStackedWidget(), QStackedWidget()
        for text, pages in ((self.empty, self.pictures), (self.no_course, self.pages)):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            pages.addWidget(text)
        for histograms in (self.weights, self.gradients):
            self.pages.addWidget(ScrollArea(histograms))
        column = self.column = QVBoxLayout(self)
        column.setContentsMargins(style.px(12), style.px(8), style.px(12), style.px(8))
        column.setSpacing(style.px(4))
        column.addLayout(self._choices())
        column.addWidget(self.pictures, 5)
        column.addWidget(self.legend)
        column.addWidget(self.loss)
        column.addWidget(self.measures)
        column.addWidget(self.outdated)
        column.addWidget(self.tabs)
        column.addWidget(self.pages, 3)
        column.addWidget(self.runs)
        column.addWidget(self.time)

    def _choices(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(style.px(6))
        self.labels = {box: QLabel(text) for box, text in (
            (self.across, "Across"), (self.up, "Up"), (self.answer, "Output"),
        )}  # fmt: skip
        for box, label in self.labels.items():
            style.set_role(label, "dim")
            label.setBuddy(box)
            row.addWidget(label)
            row.addWidget(box, 1)
        return row

    def _connect(self) -> None:
        self.across.activated.connect(self._choose_axes)
        self.up.activated.connect(self._choose_axes)
        self.answer.activated.connect(self.feed.set_answer)
        self.tabs.currentChanged.connect(self._show_tab)
        self.feed.shown.connect(self._show)
        self.feed.subject_changed.connect(self._show_choices)
        self.travel.changed.connect(self._show_course)

    def _make_plots(self) -> None:
        from nodegraph.app.features.training_stage.plots import CoursePlot, StagePlot

        self.picture, self.course = StagePlot("stage.picture"), CoursePlot("stage.course")
        self.course.setAccessibleName("Loss by step")
        self.pictures.addWidget(self.picture)
        self.pages.addWidget(self.course)
        self.set_theme(self.theme)
        self._follow()

    # --- in step
    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours."""
        self.theme = theme
        for part in (self.picture, self.course, self.legend, self.weights, self.gradients):
            if part is not None:
                part.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        """Portraits are made as long as somebody looks."""
        super().showEvent(event)
        self.feed.look(self, True)
        self._follow()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks any more."""
        super().hideEvent(event)
        self.feed.look(self, False)

    def _follow(self) -> None:
        self._show_choices()
        self._show_course()
        if self.feed.portrait is not None:
            self._show(self.feed.portrait)

    # --- what is drawn
    def _show_choices(self) -> None:
        """Offer the features and the answers that there are now."""
        if not self.isVisible():
            return
        subject, graph, axes = self.feed.subject, self.feed.document.graph, self.feed.axes
        inputs = subject.features if subject is not None else ()
        features = {i: axis_title(graph, i) for i in inputs if i in graph}  # it may have been edited since
        numbers = subject.answers if subject is not None and subject.kind != "classes" else ()
        answers = {str(i): graph.node(it.node).name for i, it in enumerate(numbers) if it.node in graph}
        _offer(self.across, features, axes[0] if axes else "")
        others = {i: name for i, name in features.items() if i not in axes[:1]}
        _offer(self.up, {**others, ALONE: "the output"}, axes[1] if len(axes) > 1 else ALONE)
        _offer(self.answer, answers, str(self.feed.answer))
        has_choice = len(features) > 1 and not why_empty(self.feed)
        for box, is_shown in (
            (self.across, has_choice), (self.up, has_choice), (self.answer, len(answers) > 1),
        ):  # fmt: skip
            box.setVisible(is_shown)
            self.labels[box].setVisible(is_shown)
        self._show_empty()

    def _choose_axes(self, _place: int) -> None:
        """Two features that differ: where the same is chosen twice, they change places."""
        across, up, before = self.across.currentData(), self.up.currentData(), self.feed.axes
        if across == up:
            up = before[0]
        self.feed.set_axes((across,) if up == ALONE else (across, up))

    def _show_empty(self) -> None:
        why = why_empty(self.feed)
        if why or self.picture is None:
            self.empty.say(why or LOADING)
            self.pictures.setCurrentWidget(self.empty)
            self.legend.show_sketch(None, self.feed.document.graph)
        self.legend.setVisible(not why)

    def _show(self, portrait: Portrait) -> None:
        """Show a portrait that has come."""
        graph = self.feed.document.graph
        if not self.isVisible():
            return
        sketch = portrait.sketch
        if sketch is not None and self.picture is not None and not why_empty(self.feed):
            if any(i not in graph for i in (*sketch.axes, *(it.node for it in sketch.answers))):
                return  # the graph has been edited since; another portrait is on its way
            self.legend.show_sketch(sketch, graph, title_of_other(portrait))
            self.picture.show_portrait(portrait, axes_titles(sketch, graph))
            self.picture.setAccessibleName(described(sketch, graph))
            self.pictures.setCurrentWidget(self.picture)
        spreads = portrait.spreads
        if spreads is not None or self.feed.wants_spreads:
            self.weights.show_spreads(spreads.weights if spreads is not None else {}, "Weights")
            self.gradients.show_spreads(spreads.gradients if spreads is not None else {}, "Gradients")
            self._show_page()

    # --- the course
    def _show_course(self) -> None:
        if self.isVisible():
            self._show_loss()
            self._show_page()

    def _show_loss(self) -> None:
        loss, step, found = self._loss_now()
        run = self.travel.run if loss is not None and self.travel.is_outdated else None
        self.outdated.say(OUTDATED.format(run=run.title) if run is not None else "")
        self.outdated.setVisible(run is not None)
        title = self._measured()
        self.measures.say(
            " · ".join(f"{title_of(it, title)} {format_number(x, 4)}" for it, x in found.items())
        )
        if loss is None:
            style.set_role(self.loss, "dim")
            self.loss.say(
                "" if self.feed.course.why_not else NO_COURSE if self.travel.run is None else NO_LOSS
            )
            return
        steps = f"{step:,} step{'' if step == 1 else 's'}"
        style.set_role(self.loss, "loss")
        self.loss.say(
            f"{title.capitalize()} {format_number(loss, 4)} after {steps}",
            f"{title.capitalize()} <b>{format_number(loss, 4)}</b> after {steps}",
        )

    def _measured(self) -> str:
        """What the output of the training is called."""
        training = self.feed.course.training
        return training.setup.measured if training is not None else "loss"

    def _loss_now(self) -> tuple[float | None, int, Mapping[str, float]]:
        """Returns the loss, None where it is not known, the step and what was found of the values that are
        shown.
        """
        course, trail, place = self.feed.course, self.travel.trail, self.travel.standing
        if trail is not None and place is not None and not course.is_running:
            return float(trail.losses[place]), int(trail.steps[place]), trail.found_at(place)
        if trail is not None and not course.is_running:
            return None, 0, {}
        found = {name: float(values[-1]) for name, (_, values) in course.found().items() if len(values)}
        return course.loss, course.steps_done, found

    def _show_tab(self, _tab: int) -> None:
        self.feed.wants_spreads = self.tabs.currentIndex() != LOSS
        self._show_page()
        self.feed.refresh()

    def _show_page(self) -> None:
        tab = self.tabs.currentIndex()
        if tab != LOSS:
            histograms = self.weights if tab == WEIGHTS else self.gradients
            if histograms.spreads:
                self.pages.setCurrentIndex(tab)
            else:
                self.no_course.say(NO_SPREADS)
                self.pages.setCurrentWidget(self.no_course)
        elif self.course is not None and self.travel.runs.kept:
            from nodegraph.app.features.training_stage.curves import curves_of

            curves, at = curves_of(self.travel)
            self.course.name_vertical(title_of("loss", self._measured()))
            self.course.show_curves(curves, at, self.travel.place is not None)
            self.pages.setCurrentWidget(self.course)
        else:
            self.no_course.say("The loss is drawn here, step by step, once there is a run.")
            self.pages.setCurrentWidget(self.no_course)


def _offer(choice: Choice, entries: Mapping[str, str], chosen: str) -> None:
    """Offer these, where it offers others now."""
    now = {choice.itemData(place): choice.itemText(place) for place in range(choice.count())}
    if now != dict(entries):
        choice.clear()
        for data, text in entries.items():
            choice.addItem(text, data)
    choice.setCurrentIndex(max(0, choice.findData(chosen)))
