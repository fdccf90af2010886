"""The commands about files: new, open, save, recent files and examples."""

from __future__ import annotations

from nodegraph.app.commands.command import Command
from nodegraph.app.features.standard.file_menus import FileMenus
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.workspace import Workspace


class FileCommands:
    """What `Files` can do, to choose from."""

    def __init__(self, workspace: Workspace) -> None:
        self.files, messages = workspace.files, workspace.messages
        self.menus = FileMenus(workspace.files, workspace.settings)
        messages.report(self.files.failed, self.files.done)
        self.files.noted.connect(messages.tell_note)
        messages.save_wanted.connect(self.files.save_as)

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        files = self.files
        return Contribution(
            commands=(
                Command("file.new", "&New", files.new, ("Ctrl+N",), "Start an empty graph"),
                Command("file.open", "&Open…", files.open, ("Ctrl+O",),
                        "Open a document, or a picture that carries one"),
                Command("file.save", "&Save", files.save, ("Ctrl+S",), "Write the document to its file"),
                Command("file.save_as", "Save &As…", files.save_as, ("Ctrl+Shift+S",),
                        "Write the document to another file"),
            ),
            menus={"file.open_recent": self.menus.show_recent, "file.examples": self.menus.show_examples},
        )  # fmt: skip
