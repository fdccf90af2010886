"""The welcome page's place in the window: shows it, and opens what is chosen there."""

from __future__ import annotations

from PySide6.QtCore import QObject

from nodegraph.app.commands.command import Command
from nodegraph.app.document.drafts import Draft
from nodegraph.app.document.pending import TypedFormula
from nodegraph.app.features.lessons.feature import LessonsFeature
from nodegraph.app.platform import settings
from nodegraph.app.platform.settings import Setting
from nodegraph.app.window.welcome import Welcome
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.core.graph.graph import Graph
from nodegraph.formats.examples import Example


class StartPage(QObject):
    """Ways to start."""

    def __init__(self, workspace: Workspace, teaching: LessonsFeature) -> None:
        super().__init__(workspace.parent)
        self.workspace, self.files = workspace, workspace.files
        self.page = Welcome()
        self.draft = Draft("formula", self)
        page = self.page
        page.formula.put_back(self.draft.left())
        page.formula.draft_changed.connect(self.draft.note)
        page.new_requested.connect(self.files.new)
        page.open_requested.connect(self.files.open)
        page.example_requested.connect(self.open_example)
        page.file_requested.connect(self.files.open_path)
        page.graph_made.connect(self._open_formula)
        page.lesson_requested.connect(teaching.open_path)
        teaching.finished_changed.connect(page.show_lessons_done)
        self.files.unsaved.add(TypedFormula(lambda: page.formula.is_half_typed), lambda: False)
        workspace.settings.noticed.connect(self._follow_setting)

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        return Contribution(
            commands=(
                Command("file.from_text", "New from &Formula…", self.show_from_text, ("Ctrl+Shift+N",),
                        "Type a formula such as L = (a*b + c)*f and get its graph"),
                Command("file.welcome", "Welco&me Page", self.show,
                        tooltip="Examples, recent files, and ways to start"),
            ),
            closed=self._close,
        )  # fmt: skip

    def _close(self) -> None:
        self.page.formula.give_up()
        self.draft.write_now()

    def show(self) -> None:
        """Show the ways to start."""
        self.workspace.player.pause()
        self.workspace.scene.select()  # no key is to act on what is not seen
        self.page.fill()
        self.page.show_recent(self.workspace.settings.recent_files())
        self.workspace.stage.show_canvas(False)
        self.page.seed.setFocus()

    def show_from_text(self) -> None:
        """Show the page with the cursor in the line for a formula."""
        self.show()
        self.page.begin_formula()

    def open_example(self, example: Example) -> None:
        """Open a shipped example as a document without a file."""
        self.files.open_path(example.path)

    def _open_formula(self, graph: Graph) -> None:
        """Open the graph of a formula that was typed."""
        if self.files.open_graph(graph):
            self.workspace.editor.note_text(graph)

    def _follow_setting(self, setting: Setting) -> None:
        if setting is settings.RECENT_FILES and not self.workspace.stage.shows_canvas:
            self.page.show_recent(self.workspace.settings.recent_files())
