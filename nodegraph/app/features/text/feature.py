"""The text's place in the program: a page below the canvas or a panel beside it, in step with both."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from nodegraph.app.features.text.editor import TextEditor
from nodegraph.app.features.text.highlighter import MOST_AT_ONCE, Highlighter
from nodegraph.app.features.text.panel import TextPanel, TextPlace
from nodegraph.app.features.text.session import TextSession
from nodegraph.app.features.text.words import stands_for
from nodegraph.app.platform import announcer, settings, style
from nodegraph.app.workspace.contribution import Contribution
from nodegraph.app.workspace.panel_spec import PanelSpec
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.canvas.drawing.theme import Theme
from nodegraph.core.engine.trace import Frame

PAGE, BESIDE = "text", "text_beside"
NARROWEST_PX = 220
"""The width below which the text beside the canvas would be cut."""
MOST_MARKED = 200
"""Selected nodes whose words are marked at most."""


class Place(TextPlace):
    """A place of the pane, which follows while it is there."""

    def __init__(self, name: str, feature: TextFeature) -> None:
        super().__init__(name)
        self.feature = feature

    def follow(self, frame: Frame, selection: list[str]) -> None:
        """Mark what is selected and what the step is about."""
        self.feature.follow(frame, selection)

    def set_theme(self, theme: Theme) -> None:
        """Colour the text in a theme."""
        self.feature.set_theme(theme)


class TextFeature(QObject):
    """The text of the graph, in one of two places."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.canvas)
        self.work = workspace
        self.beside = Place("text.beside", self)
        self.page: Place | None = None
        self.panel: TextPanel | None = None
        self.session: TextSession | None = None
        self._theme: Theme | None = None
        self._highlighter: Highlighter | None = None
        self.beside.setMinimumWidth(style.px(NARROWEST_PX))
        self.beside.came.connect(partial(self._come, BESIDE))

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        page = PanelSpec(
            PAGE, "Text", self._make_page, keys=("F4",),
            tooltip="Show or hide the graph as text; typing there changes the graph",
        )  # fmt: skip
        beside = PanelSpec(
            BESIDE, "Text Beside the Canvas", lambda: self.beside, "right", ("Shift+F4",),
            tooltip="Show or hide the graph as text at the right of the canvas",
            remember=settings.TEXT_BESIDE,
        )  # fmt: skip
        return Contribution(panels=(page, beside))

    def _make_page(self) -> Place:
        self.page = Place("text.page", self)
        self.page.came.connect(partial(self._come, PAGE))
        return self.page

    def _pane(self) -> TextPanel:
        """The pane, made when it is first looked for."""
        if self.panel is not None:
            return self.panel
        work = self.work
        session = self.session = TextSession(work, self._is_seen)
        editor = TextEditor(lambda: work.document.graph)
        panel = self.panel = TextPanel(editor)
        self._highlighter = Highlighter(session.text, lambda: work.document.graph)
        editor.set_document(session.text)
        editor.undo_wanted.connect(session.undo)
        editor.redo_wanted.connect(session.redo)
        editor.node_wanted.connect(self._select)
        editor.seen.connect(self._colour_seen)
        editor.refused.connect(work.editor.refused)
        session.told.connect(self._tell)
        session.written.connect(self._colour)
        work.files.unsaved.add(session, lambda: session.mistake is None)
        if self._theme is not None:
            self.set_theme(self._theme)
        return panel

    def _is_seen(self) -> bool:
        return self.panel is not None and self.panel.isVisible()

    def _come(self, place: str) -> None:
        """Bring the pane to a place; it leaves the other one."""
        panel, here = self._pane(), self.beside if place == BESIDE else self.page
        if here is not None and panel.parentWidget() is not here:
            here.hold(panel)
        other = PAGE if place == BESIDE else BESIDE
        if self.work.dock.is_shown(other):
            self.work.dock.show_panel(other, False)
        if QApplication.focusWidget() in (None, self.work.canvas):
            panel.editor.setFocus()  # one opens it to type
        self.follow(self.work.player.frame, self.work.scene.selected_nodes())

    # --- in step
    def follow(self, frame: Frame, selection: list[str]) -> None:
        """Mark what is selected and what the step is about."""
        if self.panel is None or self.session is None:
            return
        self.session.refresh()
        graph, stated = self.work.document.graph, self.session.stated
        nodes = [graph.node(i) for i in selection[:MOST_MARKED] if i in graph]
        names = [stands_for(graph.node(i), graph, stated) for i in frame.active_nodes[:1] if i in graph]
        self.panel.editor.show_nodes(nodes, frozenset(names))

    def set_theme(self, theme: Theme) -> None:
        """Colour the text in a theme."""
        self._theme = theme
        if self.panel is not None and self._highlighter is not None:
            self._highlighter.set_theme(theme)
            self.panel.editor.set_theme(theme)
            self._colour()

    def _colour(self) -> None:
        """Colour the words anew, which may mean something else now."""
        if self._highlighter is None or self.session is None or self.panel is None:
            return
        if self.session.text.blockCount() <= MOST_AT_ONCE:
            self._highlighter.rehighlight()
        else:
            self._highlighter.colour((block for block, _ in self.panel.editor.seen_blocks()), anew=True)
        self.follow(self.work.player.frame, self.work.scene.selected_nodes())

    def _colour_seen(self) -> None:
        """Colour the lines of a long text that have come to be seen."""
        if self._highlighter is None or self.panel is None or self.session is None:
            return
        if self.session.text.blockCount() > MOST_AT_ONCE:
            self._highlighter.colour(block for block, _ in self.panel.editor.seen_blocks())

    def _tell(self) -> None:
        """Show what is wrong, or why there is no text."""
        if self.panel is None or self.session is None:
            return
        mistake, reason = self.session.mistake, self.session.reason
        self.panel.editor.setReadOnly(bool(reason))
        self.panel.editor.show_mistake((mistake.line, mistake.column) if mistake is not None else None)
        said = f"Line {mistake.line}, column {mistake.column}: {mistake.message}" if mistake else reason
        if said != self.panel.message.text():
            self.panel.say(said, is_mistake=mistake is not None)
            announcer.announce(self.panel.editor, said)

    def _select(self, node_id: str) -> None:
        """Select the node at the text cursor on the canvas."""
        if self.session is not None and not self.session.is_typed:
            self.work.scene.select([node_id])
            self.work.canvas.reveal(node_id)
