"""The stage in the window: its panel beside the graph, the commands of time travel, and what a class sees
of it in a presentation.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nodegraph.app.commands.command import Command
from nodegraph.app.features.training_stage.course import Course
from nodegraph.app.features.training_stage.feed import Feed
from nodegraph.app.features.training_stage.travel import TimeTravel
from nodegraph.app.platform import announcer, settings, style
from nodegraph.app.widgets.scrolling import ScrollArea
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.panel_spec import PanelSpec
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.canvas.drawing.theme import Theme
from nodegraph.core.stage.trail import Trail

if TYPE_CHECKING:
    from nodegraph.app.features.training_stage.panel import StagePanel
    from nodegraph.app.features.training_stage.presented import PresentedStage

PANEL = "stage"
WIDTH_PX, LEAST_PX = 372, 306


class StagePlace(QWidget):
    """The place of the panel, which is made when it is first to be seen."""

    def __init__(self, make: Callable[[], StagePanel]) -> None:
        super().__init__()
        self.setObjectName("stage")
        self.setAccessibleName("Stage")
        self.setMinimumWidth(style.px(LEAST_PX))
        self.panel: StagePanel | None = None
        self._make = make
        self.area = ScrollArea()
        """With large text the panel may be higher than a low window."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.area)

    def showEvent(self, event: QShowEvent) -> None:
        """The first time, the panel is made."""
        super().showEvent(event)
        if self.panel is None:
            self.panel = self._make()
            self.area.setWidget(self.panel)

    def first(self) -> QWidget:
        """Returns what takes the focus at first: the slider, once there is a run."""
        slider = self.panel.time.slider if self.panel is not None else None
        return slider if slider is not None and slider.isEnabled() else self

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours."""
        if self.panel is not None:
            self.panel.set_theme(theme)


class TrainingStageFeature(QObject):
    """Follows one training. `loss_beside` returns what is shown of a training in a presentation beside the
    picture, or None where there is none.
    """

    def __init__(
        self, workspace: Workspace, course: Course, loss_beside: Callable[[], QWidget | None]
    ) -> None:
        super().__init__(workspace.parent)
        self.workspace, self.course = workspace, course
        self.feed = Feed(course, workspace.player, self)
        self.travel = TimeTravel(course, workspace.editor, self)
        self.place = StagePlace(self._make)
        self.feed.rival = lambda: self.travel.rival
        self.travel.changed.connect(self.feed.refresh)
        self._loss_beside = loss_beside
        self._presented: PresentedStage | None = None
        workspace.files.saving.connect(self.travel.come_back)
        workspace.files.shown = self.travel.graph_shown
        self.travel.told.connect(self._tell)

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        panel = PanelSpec(
            PANEL, "Stage", lambda: self.place, "right", ("Alt+F10",),
            "Show or hide what the training has come to: points, boundary, loss and layers",
            remember=settings.STAGE_SHOWN, first=self.place.first, width_px=WIDTH_PX, stays=True,
        )  # fmt: skip
        return Contribution(
            commands=self._commands(), panels=(panel,), refresh_on=(self.travel.changed,),
        )  # fmt: skip

    def _commands(self) -> tuple[Command, ...]:
        travel = self.travel
        return (
            Command("train.earlier_step", "Earlier Ste&p", partial(travel.go_by, -1), ("Alt+,",),
                    "Show the training one kept step earlier; the document stays as it is",
                    lambda: travel.why_not),
            Command("train.later_step", "L&ater Step", partial(travel.go_by, 1), ("Alt+.",),
                    "Show the training one kept step later", lambda: travel.why_not),
            Command("train.newest_step", "&Newest Step", travel.come_back, (),
                    "Show the newest values again", travel.why_not_take),
            Command("train.take_step", "Take T&hese Values", travel.take, (),
                    "Put the values of the step that is shown into the document, as one undo step",
                    travel.why_not_take),
            Command("train.go_on", "Go On &from Here", travel.go_on, (),
                    "Train on from the step that is shown, with the settings as they are now; the optimiser "
                    "begins afresh",
                    travel.why_not_take),
        )  # fmt: skip

    def presented(self) -> QWidget | None:
        """Returns what a class sees beside the graph: the picture over the data with the loss below it, or
        the loss alone where there are no data; None where nothing trains.
        """
        beside = self._loss_beside()
        subject = self.feed.learn_now() if beside is not None else None
        if beside is None or subject is None or not subject.columns:
            return beside
        if self._presented is None:
            from nodegraph.app.features.training_stage.presented import PresentedStage

            self._presented = PresentedStage(self.feed)
            self._presented.set_theme(self.workspace.appearance.theme)
            self.workspace.appearance.theme_changed.connect(self._presented.set_theme)
        self._presented.hold(beside)
        return self._presented

    def other_run(self) -> tuple[str, tuple[NDArray[np.float64], NDArray[np.float64]]] | None:
        """Returns the title, steps and losses of the run that is compared with, or None."""
        other = self.travel.compared
        if other is None:
            return None
        trail = other.trail
        return other.title, ((trail.steps + trail.begun_at).astype(np.float64), trail.losses)

    def past(self) -> tuple[Trail, int] | None:
        """Returns the run and the place in it of the step that is shown; None where that is the newest."""
        trail, place = self.travel.trail, self.travel.place
        return (trail, place) if trail is not None and place is not None else None

    def _tell(self, sentence: str) -> None:
        self.workspace.messages.say_for_a_while(sentence)
        announcer.announce(self.place, sentence)

    def _make(self) -> StagePanel:
        from nodegraph.app.features.training_stage.panel import StagePanel

        panel = StagePanel(self.feed, self.travel, self.workspace.commands.actions)
        panel.set_theme(self.workspace.appearance.theme)
        return panel
