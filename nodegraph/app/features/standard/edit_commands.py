"""The commands that change what is selected, or the selection itself."""

from __future__ import annotations

from nodegraph.app.commands.command import Command
from nodegraph.app.commands.selection_needs import SelectionNeeds
from nodegraph.app.document.copy_paste import CopyPaste
from nodegraph.app.document.selection_edits import SelectionEdits
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.core.engine.trace import Frame


class EditCommands:
    """Undo, the clipboard, deleting and selecting."""

    def __init__(self, workspace: Workspace, shaping: SelectionEdits) -> None:
        self.editor, self.document, self.player = workspace.editor, workspace.document, workspace.player
        self.shaping = shaping
        self.needs = SelectionNeeds(self.editor.selection)
        self.copying = CopyPaste(self.editor, self._frame_now, workspace.parent)
        messages = workspace.messages
        self.editor.refused.connect(messages.tell_refusal)
        self.editor.noted.connect(messages.tell_note)
        self.editor.done.connect(messages.clear)
        self.editor.said.connect(messages.say_for_a_while)
        workspace.commands.refused.connect(messages.say_for_a_while)

    def _frame_now(self) -> Frame:
        return self.player.frame

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        document, stack = self.document, self.document.stack
        return Contribution(
            commands=(*self._history(), *self._clipboard(), *self._selected(), *self._selecting()),
            refresh_on=(
                document.changed, document.replaced, stack.canUndoChanged, stack.canRedoChanged,
                stack.undoTextChanged, stack.redoTextChanged, self.editor.scene.selection_changed,
            ),
        )  # fmt: skip

    def _history(self) -> tuple[Command, ...]:
        editor = self.editor
        return (
            Command("edit.undo", "&Undo", editor.undo, ("Ctrl+Z",), "Take the last change back",
                    self._why_no_undo, title_now=self._undo_title, icon="undo", short="Undo"),
            Command("edit.redo", "&Redo", editor.redo, ("Ctrl+Shift+Z", "Ctrl+Y"), "Make the change again",
                    self._why_no_redo, title_now=self._redo_title, icon="redo", short="Redo"),
        )  # fmt: skip

    def _clipboard(self) -> tuple[Command, ...]:
        copying, needs = self.copying, self.needs
        return (
            Command("edit.cut", "Cu&t", copying.cut, ("Ctrl+X",), "Copy the selected nodes and delete them",
                    needs.parts),
            Command("edit.copy", "&Copy", copying.copy, ("Ctrl+C",), "Copy the selected nodes", needs.parts),
            Command("edit.paste", "&Paste", copying.paste, ("Ctrl+V",),
                    "Insert copied nodes, or a copied formula"),
            Command("edit.duplicate", "Dup&licate", copying.duplicate, ("Ctrl+D",),
                    "Copy the selected nodes beside themselves", needs.parts),
            Command("edit.duplicate_connected", "Duplicate With &Incoming Edges", copying.duplicate_connected,
                    ("Ctrl+Shift+D",),
                    "Copy the selected nodes; the copies are fed by what feeds the originals", needs.nodes),
        )  # fmt: skip

    def _selected(self) -> tuple[Command, ...]:
        editor, needs = self.editor, self.needs
        return (
            Command("edit.delete", "&Delete", editor.delete, ("Del", "Backspace"), "Delete what is selected",
                    needs.something),
            Command("edit.delete_heal", "Delete and Reco&nnect", self.shaping.delete_and_heal, ("Ctrl+Del",),
                    "Delete the selected nodes, and connect what they were between", needs.nodes),
            Command("edit.rename", "Rena&me", editor.rename, ("F2",),
                    "Give the selected node or group another name, or a note another text", needs.named),
            Command("edit.set_output", "Make It the &Output", editor.set_output, ("Ctrl+L",),
                    "Start the backward pass from the selected node", self._why_no_output),
        )  # fmt: skip

    def _selecting(self) -> tuple[Command, ...]:
        shaping, needs = self.shaping, self.needs
        return (
            Command("edit.select_all", "Select &All", self.editor.select_all, ("Ctrl+A",),
                    "Select every node", needs.graph),
            Command("edit.select_upstream", "Select Up&stream", shaping.select_upstream, ("Shift+U",),
                    "Select all that the selected nodes are computed from", needs.nodes),
            Command("edit.select_downstream", "Select Do&wnstream", shaping.select_downstream, ("Shift+D",),
                    "Select all that is computed from the selected nodes", needs.nodes),
        )  # fmt: skip

    def _why_no_output(self) -> str:
        chosen = self.editor.scene.selected_nodes()
        if self.needs.node() or not chosen or self.document.graph.properties.get("output") != chosen[0]:
            return self.needs.node()
        return f"{self.document.graph.node(chosen[0]).name} is the output already."

    def _why_no_undo(self) -> str:
        return "" if self.editor.can_undo else "There is nothing to take back."

    def _why_no_redo(self) -> str:
        return "" if self.document.stack.canRedo() else "There is nothing to make again."

    def _undo_title(self) -> str:
        return f"&Undo {self.editor.undo_name}".rstrip()

    def _redo_title(self) -> str:
        return f"&Redo {self.document.stack.redoText()}".rstrip()
