"""Coaching: training's place in the window. Makes its page, and lets the rest of the window hear of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from nodegraph.app.platform import announcer

if TYPE_CHECKING:
    from nodegraph.app.features.training.page import TrainingPage
    from nodegraph.app.window.main_window import MainWindow

PAGE = "training"


class Coaching(QObject):
    """Puts the trainer, its data and its page together with the parts they need."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.stop = QShortcut(QKeySequence(Qt.Key.Key_Escape), window, window.trainer.stop)
        """Esc stops a run wherever the focus is, and is free for others while there is none."""
        self.stop.setEnabled(False)

    def connect_parts(self) -> None:
        """Once the window has its parts."""
        window, trainer, data = self.window, self.window.trainer, self.window.data_table
        trainer.is_guarded = self._is_predicting
        trainer.refused.connect(window.telling.tell_refusal)
        trainer.ended.connect(self._tell)
        trainer.state_changed.connect(self._follow)
        window.predicting.changed.connect(trainer.changed)
        window.filing.saving.connect(trainer.keep)
        data.failed.connect(window.telling.tell_failure)
        data.done.connect(window.telling.say_for_a_while)

    def make_page(self) -> TrainingPage:
        """The page, when it is first shown."""
        from nodegraph.app.features.training.page import TrainingPage

        window = self.window
        page = TrainingPage(window.trainer, window.actions_by_id)
        page.set_room(window.height())
        page.data.remove_wanted.connect(window.data_table.remove)
        page.data.matches_wanted.connect(window.data_table.bind_matches)
        inputs = page.data.table.inputs
        inputs.trainable_wanted.connect(window.editing.set_trainable)
        inputs.column_wanted.connect(window.data_table.bind)
        return page

    def _is_predicting(self) -> bool:
        return self.window.predicting.is_on

    def _follow(self) -> None:
        """What waits after a run is asked about on the page."""
        trainer, window = self.window.trainer, self.window
        self.stop.setEnabled(trainer.is_running)
        window.scene.showing.show_chips(not trainer.is_running)
        if trainer.pending and not trainer.is_running and not window.presenting.is_on:
            window.workbench.show_page(PAGE)

    def _tell(self, sentence: str) -> None:
        if self.window.workbench.current_page != PAGE:
            self.window.telling.say_for_a_while(sentence)
        announcer.announce(self.window.canvas, sentence)
