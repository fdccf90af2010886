"""Keeps the canvas at what is open: its frames, its menus, and in front when the document changes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, QSize
from PySide6.QtWidgets import QWidget

from nodegraph.app.commands import context_menus
from nodegraph.app.commands.menu_bar import Menus
from nodegraph.app.workspace.type_size import grow_cards
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.canvas.view.resting_hand import RestingHand
from nodegraph.canvas.viewport.corners import free_corner
from nodegraph.core.engine.trace import Frame

VIEWS, FILES = "view.", "file."
"""How ids of commands begin that only show something: a field goes along with its card; and of those that ask
before a text is lost that cannot be taken yet.
"""


class CanvasFollower(QObject):
    """Made after all who hear of a document or a frame before the canvas does."""

    def __init__(self, workspace: Workspace, menus: Menus) -> None:
        super().__init__(workspace.parent)
        self.workspace, self.menus = workspace, menus
        self._shown_position = 0
        canvas = workspace.canvas
        workspace.document.changed.connect(self._follow_change)
        workspace.document.replaced.connect(self.follow_document)
        workspace.player.frame_changed.connect(self.show_frame)
        going_on = workspace.document.changed, workspace.commands.ran, workspace.scene.selection_changed
        for signal in going_on:
            signal.connect(workspace.messages.go_on)
        canvas.hint.connect(self._tell)
        workspace.commands.chosen.connect(self._take_typed)
        RestingHand(canvas)
        stage = workspace.stage
        stage.find_clear = self._find_clear
        stage.placed.connect(self._cover)
        canvas.field_edited.connect(workspace.files.unsaved.changed)
        canvas.context_menu_requested.connect(self._show_menu)

    def _find_clear(self, size: QSize, corners: Sequence[QPoint], what: QWidget) -> QPoint | None:
        """Returns the first of these places on the canvas where this covers nothing, the legend neither."""
        canvas = self.workspace.canvas
        over = canvas.legend, canvas.minimap
        taken = [widget.geometry() for widget in over if not widget.isHidden()]
        return free_corner(canvas, size, corners, taken, self.workspace.stage.over_canvas(but=what))

    def follow_document(self) -> None:
        """Show another document from its beginning, whole."""
        self._shown_position = 0
        self.workspace.stage.show_canvas()
        self.workspace.messages.clear()
        self.workspace.stage.find.hide()
        grow_cards(self.workspace.canvas, self.workspace.appearance.text_size)
        self.workspace.canvas.fit_soon()

    def show_frame(self, frame: Frame, duration_ms: int) -> None:
        """Show a frame, and move there in this time."""
        forward = frame.position >= self._shown_position
        self._shown_position = frame.position
        self.workspace.canvas.show_frame(frame, duration_ms, forward)

    def show_selection_menu(self, place: QPoint) -> None:
        """Open a menu about what is selected, wherever the pointer rests: the menu key asks for it."""
        names = context_menus.for_selection(self.workspace.scene)
        self.menus.at_hand(names, self.workspace.parent).popup(place)

    def _take_typed(self, command_id: str) -> None:
        """What stands in an open field comes before what is chosen by the mouse meanwhile: else an earlier
        change would be undone, and a field would stay where there is no card any more.
        """
        field = self.workspace.canvas.field
        if field is not None and not command_id.startswith(VIEWS):
            field.commit() if command_id.startswith(FILES) else field.leave()

    def _tell(self, sentence: str) -> None:
        """Say what the canvas tells: of an open field until it closes, of a refusal for a while."""
        is_passing = bool(sentence) and self.workspace.canvas.field is None
        messages = self.workspace.messages
        (messages.say_for_a_while if is_passing else messages.say)(sentence)

    def _cover(self) -> None:
        self.workspace.canvas.cover(self.workspace.stage.over_canvas())

    def _follow_change(self, _change: object) -> None:
        self.workspace.stage.show_canvas()

    def _show_menu(self, place: QPoint) -> None:
        names = context_menus.chosen(self.workspace.canvas, place)
        self.menus.at_hand(names, self.workspace.parent).popup(place)
