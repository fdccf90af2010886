"""The title of the window and the bar above everything: what is open, whether it holds unsaved work, and its
formula.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from nodegraph.app.platform import settings
from nodegraph.app.platform.settings import Setting
from nodegraph.app.window.top_bar import TopBar
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.core.building.formulas import formulas_of
from nodegraph.core.graph.changes import Change

MOST_NODES, LONGEST_FORMULA = 10_000, 300
"""Nodes up to which a graph is also written as a formula in the top bar, and the characters of one."""


class Titles(QObject):
    """Follows the document."""

    def __init__(self, window: QWidget, workspace: Workspace, top_bar: TopBar) -> None:
        super().__init__(window)
        self.window, self.workspace, self.top_bar = window, workspace, top_bar
        self._shown: tuple[object, ...] = ()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.show)
        document = workspace.document
        document.replaced.connect(self.show)
        document.replaced.connect(self._show_formula)
        document.modified_changed.connect(self._show_soon)
        workspace.files.unsaved.settled.connect(self._show_soon)
        workspace.files.unsaved.changed.connect(self._follow_pending)
        document.changed.connect(self._follow_change)
        document.path_changed.connect(self.show)
        workspace.player.trace_changed.connect(self._show_formula)
        workspace.appearance.theme_changed.connect(self.show)
        workspace.stage.pages.currentChanged.connect(self._follow_page)
        top_bar.formula.names = workspace.scene.showing.name_in_text
        workspace.settings.noticed.connect(self._follow_setting)

    def show(self, _news: object = None) -> None:
        """Show what the document is called, and whether it holds unsaved work."""
        document, unsaved = self.workspace.document, self.workspace.files.unsaved
        title, modified = document.title, unsaved.is_any()
        accent = self.workspace.appearance.theme.accent
        if (title, modified, document.path, accent) == self._shown:
            return
        self._shown = title, modified, document.path, accent
        self.window.setWindowTitle(f"{title}[*] — nodegraph")
        self.window.setWindowModified(modified)
        path = str(document.path) if document.path else "Not saved to a file yet"
        self.top_bar.show_title(title, path, modified=modified, accent=accent)

    def _follow_pending(self) -> None:
        """Show no longer that work is unsaved where it was but a text that was given up since."""
        if self.window.isWindowModified() and not self.workspace.document.is_modified:
            self._show_soon()

    def _show_soon(self, _news: object = None) -> None:
        """Do that once the edit is on its way to the canvas."""
        self._soon.start()

    def _follow_change(self, change: Change) -> None:
        if change.of("property"):
            self.show()

    def _follow_page(self, _page: int) -> None:
        """Say nothing of the document while the ways to start are in front of it."""
        self.top_bar.show_document(self.workspace.stage.shows_canvas)

    def _follow_setting(self, setting: Setting) -> None:
        if setting is settings.TYPESET_NAMES:
            self.top_bar.formula.update()

    def _show_formula(self, _trace: object = None) -> None:
        graph = self.workspace.document.graph
        formulas = formulas_of(graph) if len(graph) <= MOST_NODES else ()
        self.top_bar.show_formulas([formula for formula in formulas if len(formula) <= LONGEST_FORMULA])
