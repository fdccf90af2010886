"""Keeps every action in step with what can be done now: enabled or not, what undo would take back, play or
pause. Runs no action.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from nodegraph.app.commands import selection_needs
from nodegraph.app.commands.menus import ACTIONS

if TYPE_CHECKING:
    from nodegraph.app.window.main_window import MainWindow


class Possibilities(QObject):
    """Watches the window's state for the table of actions.

    Made before the document: Qt deletes children in the order they were made, and an undo stack that goes
    says once more that nothing can be undone.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window

    def watch(self) -> None:
        """Begin, once the window has its parts."""
        window = self.window
        stack, player = window.document.stack, window.player
        for signal in (stack.canUndoChanged, stack.canRedoChanged, player.trace_changed,
                       window.view_history.changed, window.finding.changed,
                       window.predicting.changed, window.trainer.state_changed):  # fmt: skip
            signal.connect(self.follow)
        stack.undoTextChanged.connect(self._name_undo)
        stack.redoTextChanged.connect(self._name_redo)
        player.playing_changed.connect(self.show_playing)
        window.trainer.state_changed.connect(self._show_training)
        window.workbench.page_changed.connect(self._tick_page)

    @property
    def actions(self) -> dict[str, QAction]:
        """Every action by its id."""
        return self.window.actions_by_id

    def follow(self, _value: object = None) -> None:
        """Enable what can do something now; the rest stays grey, and its tooltip says what is missing."""
        state = selection_needs.State.of(self.window)
        for spec in ACTIONS:
            missing = selection_needs.missing(spec.needs, state)
            if spec.is_menu:
                self.window.submenus[spec.id].setEnabled(not missing)
            elif self.actions[spec.id].isEnabled() == bool(missing):
                self.actions[spec.id].setEnabled(not missing)
                self.actions[spec.id].setToolTip(missing or self.window.shortcuts.tooltip(spec))

    def forget_names(self) -> None:
        """Another document: there is nothing to take back."""
        self._name_undo("")
        self._name_redo("")

    def show_playing(self, playing: bool) -> None:
        """One button plays and pauses."""
        action = self.actions["pass.play"]
        action.setIcon(self.window.appearance.icon("pause" if playing else "play"))
        action.setText("&Pause\tSpace" if playing else "&Play\tSpace")
        action.setIconText("Pause" if playing else "Play")
        self.window.transport.buttons["pass.play"].setAccessibleName(action.iconText())

    def _show_training(self) -> None:
        """One button runs and stops."""
        self.actions["train.run"].setText("&Stop" if self.window.trainer.is_running else "&Run")
        self.actions["train.run"].setIconText("Stop" if self.window.trainer.is_running else "Run")
        self._name_undo(self.window.document.stack.undoText())

    def _tick_page(self) -> None:
        """The page in front of the workbench is the one that is ticked."""
        workbench = self.window.workbench
        for page_id in workbench.page_ids:
            self.actions[f"view.{page_id}"].setChecked(page_id == workbench.current_page)

    def _name_undo(self, name: str) -> None:
        if self.window.trainer.is_live:
            name = "the Training"
        self.actions["edit.undo"].setText(f"&Undo {name}" if name else "&Undo")

    def _name_redo(self, name: str) -> None:
        self.actions["edit.redo"].setText(f"&Redo {name}" if name else "&Redo")
