"""Training in the window: its page, its commands, and what the rest of the window hears of a run."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut

from nodegraph.app.commands.command import Command
from nodegraph.app.document.pending import LineField
from nodegraph.app.features.training.data_table import NO_RUN, DataTable
from nodegraph.app.features.training.trainer import Trainer
from nodegraph.app.platform import announcer
from nodegraph.app.widgets.text import Field
from nodegraph.app.workspace.contribution import Contribution, FileKind
from nodegraph.app.workspace.panel_spec import PanelSpec
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.formats.tables import any_table

if TYPE_CHECKING:
    from nodegraph.app.features.training.curves import Other
    from nodegraph.app.features.training.page import TrainingPage
    from nodegraph.app.features.training.presented_loss import PresentedLoss
    from nodegraph.core.stage.trail import Trail

PAGE = "training"
RUNNING = "A run is on its way; stop it first, or wait."
NOT_RUNNING = "Nothing is being trained now; Run starts it."
NOTHING_LEARNT = "Nothing waits to be kept: a run that went through all its steps is kept by itself."


class TrainingFeature(QObject):
    """Puts the trainer, its data and its page together with the parts they need. `is_predicting` returns
    whether a learner predicts what training would show, and `predicting_changed` tells that it may be
    otherwise.
    """

    name = "the Training"

    def __init__(
        self, workspace: Workspace, is_predicting: Callable[[], bool], predicting_changed: SignalInstance
    ) -> None:
        super().__init__(workspace.parent)
        self.workspace = workspace
        self.trainer = Trainer(workspace.player, workspace.editor, self)
        self.table = DataTable(self.trainer, workspace.files)
        self.other_run: Callable[[], Other | None] = lambda: None
        """Returns the run that is compared with, for a presentation."""
        self.past: Callable[[], tuple[Trail, int] | None] = lambda: None
        """Returns the step that is shown where it is not the newest, for the same."""
        self._presented: PresentedLoss | None = None
        self.stop = QShortcut(QKeySequence(Qt.Key.Key_Escape), workspace.parent, self.trainer.stop)
        """Esc stops a run wherever the focus is, and is free for others while there is none."""
        self.stop.setEnabled(False)
        self.trainer.is_guarded = is_predicting
        predicting_changed.connect(self.trainer.changed)
        workspace.editor.provisional = self
        self._connect()

    def _connect(self) -> None:
        trainer, messages = self.trainer, self.workspace.messages
        unsaved = self.workspace.files.unsaved
        self.workspace.files.saving.connect(trainer.keep)
        self.workspace.files.exporting.connect(trainer.keep)
        trainer.refused.connect(messages.tell_refusal)
        trainer.ended.connect(self._tell)
        trainer.state_changed.connect(self._follow)
        messages.report(self.table.failed, self.table.done)
        unsaved.add(trainer)
        trainer.changed.connect(unsaved.changed)
        trainer.state_changed.connect(unsaved.settled)

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        panel = PanelSpec(
            PAGE, "&Training", self.make_page, keys=("Alt+F11",),
            tooltip="Gradient descent: its setup, its curves and its data",
        )  # fmt: skip
        return Contribution(
            commands=(*self._running(), *self._keeping(), *self._data()),
            panels=(panel,),
            files=(FileKind(any_table.SUFFIXES, self.table.load_path),),
            refresh_on=(self.trainer.state_changed,),
            closing=self.trainer.stop,
        )

    def _running(self) -> tuple[Command, ...]:
        trainer = self.trainer
        return (
            Command("train.step", "&One Step", trainer.step, ("T",), "Take one step of gradient descent",
                    self._why_no_step),
            Command("train.run", "&Run", trainer.run, ("Shift+T",),
                    "Take as many steps as are set up, and show them on the canvas; once more: stop",
                    self._why_no_run, title_now=lambda: "&Stop" if trainer.is_running else "&Run"),
            Command("train.stop", "S&top", trainer.stop, (), "Stop where it is; then keep or restore",
                    lambda: "" if trainer.is_running else NOT_RUNNING, shown_keys="Esc"),
        )  # fmt: skip

    def _keeping(self) -> tuple[Command, ...]:
        trainer = self.trainer
        return (
            Command("train.keep", "&Keep", trainer.keep, ("Ctrl+T",),
                    "Put what was learnt into the document, as one undo step", self._why_not_keep),
            Command("train.restore", "R&estore", trainer.restore, ("Ctrl+Shift+R",),
                    "Give up what was learnt: the values are those from before", self._why_not_keep),
        )  # fmt: skip

    def _data(self) -> tuple[Command, ...]:
        return (
            Command("train.load_table", "&Load Data Table…", self.table.load,
                    tooltip="Read a table (CSV or Parquet) whose columns inputs can take", short="Load…"),
            Command("train.save_run", "&Save Run as CSV…", self.table.save_run,
                    tooltip="Write the loss and every parameter, step by step, to a file",
                    why_not=self._why_not_save),
        )  # fmt: skip

    # --- why not
    def _why_no_step(self) -> str:
        return self.trainer.why_not or (RUNNING if self.trainer.is_running else "")

    def _why_no_run(self) -> str:
        return "" if self.trainer.is_running else self.trainer.why_not

    def _why_not_keep(self) -> str:
        return "" if self.trainer.is_live else NOTHING_LEARNT

    def _why_not_save(self) -> str:
        return "" if self.trainer.steps_done > 0 and not self.trainer.is_running else NO_RUN

    # --- what the rest of the window asks
    def presented(self) -> PresentedLoss | None:
        """Returns the loss with its curve, for a class, where one trains; else None."""
        trains = self.trainer.training is not None or self.workspace.dock.current_page == PAGE
        if trains and self._presented is None:
            from nodegraph.app.features.training.presented_loss import PresentedLoss

            self._presented = PresentedLoss(self.trainer, lambda: self.other_run(), lambda: self.past())
            self._presented.set_theme(self.workspace.appearance.theme)
            self.workspace.appearance.theme_changed.connect(self._presented.set_theme)
        return self._presented if trains else None

    def loss(self) -> float | None:
        """Returns the loss over all rows, while there is a training."""
        return self.trainer.loss

    @property
    def is_live(self) -> bool:
        """Whether the canvas shows what is not in the document."""
        return self.trainer.is_live

    def restore(self) -> None:
        """Give up what was learnt."""
        self.trainer.restore()

    # --- the page
    def make_page(self) -> TrainingPage:
        """Returns the page, when it is first shown."""
        from nodegraph.app.features.training.page import TrainingPage

        page = TrainingPage(self.trainer, self.workspace.commands.actions)
        page.set_names(self.workspace.scene.showing.name_in_text)
        page.data.remove_wanted.connect(self.table.remove)
        page.data.matches_wanted.connect(self.table.bind_matches)
        inputs = page.data.table.inputs
        inputs.trainable_wanted.connect(self.workspace.editor.set_trainable)
        inputs.column_wanted.connect(self.table.bind)
        unsaved = self.workspace.files.unsaved
        for field in page.form.findChildren(Field):
            unsaved.add(LineField(field, self.workspace.document))
            field.textEdited.connect(unsaved.changed)
        return page

    def _follow(self) -> None:
        """What waits after a run is asked about on the page."""
        trainer, dock = self.trainer, self.workspace.dock
        self.stop.setEnabled(trainer.is_running)
        self.workspace.scene.showing.show_chips(not trainer.is_running)
        if trainer.pending and not trainer.is_running and not dock.refusal:
            dock.show_page(PAGE)

    def _tell(self, sentence: str) -> None:
        if self.workspace.dock.current_page != PAGE:
            self.workspace.messages.say_for_a_while(sentence)
        announcer.announce(self.workspace.canvas, sentence)
