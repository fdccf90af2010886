"""The main window: puts the parts together and lets each hear of the others. What a part does, it does
itself.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QIcon,
    QKeyEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QDialog,
    QMainWindow,
)

from nodegraph import resources
from nodegraph.app.commands import context_menus
from nodegraph.app.commands import menus as action_table
from nodegraph.app.commands.palette_command import Commanding
from nodegraph.app.commands.registry import Possibilities
from nodegraph.app.commands.shortcuts import Shortcuts
from nodegraph.app.document.canvas_edits import Handling
from nodegraph.app.document.copy_paste import Copying
from nodegraph.app.document.document import Document
from nodegraph.app.document.editor import Editing
from nodegraph.app.document.files import Filing
from nodegraph.app.document.pending import Unsaved
from nodegraph.app.document.recovery import Recovery
from nodegraph.app.document.selection_edits import Shaping
from nodegraph.app.features.adding.feature import Adding
from nodegraph.app.features.adding.palette import Palette
from nodegraph.app.features.analysis import sensitivity
from nodegraph.app.features.analysis.derivative_mode import Modes
from nodegraph.app.features.analysis.gradient_check import Checking
from nodegraph.app.features.derivation.feature import Deriving
from nodegraph.app.features.export.feature import Picturing
from nodegraph.app.features.find.feature import Finding
from nodegraph.app.features.guide.feature import Guide
from nodegraph.app.features.hints.feature import Hinting
from nodegraph.app.features.inspector import example_output
from nodegraph.app.features.inspector.panel import Inspector
from nodegraph.app.features.lessons.feature import LESSON_SUFFIX, Teaching
from nodegraph.app.features.outline.feature import Outlining
from nodegraph.app.features.prediction.feature import Predicting
from nodegraph.app.features.presentation.feature import Presenting
from nodegraph.app.features.training.data_table import TABLE_SUFFIXES, DataTable
from nodegraph.app.features.training.feature import Coaching
from nodegraph.app.features.training.trainer import Trainer
from nodegraph.app.platform import lazy_plotting, settings, style
from nodegraph.app.platform.appearance import Appearance
from nodegraph.app.platform.crash_guard import Border
from nodegraph.app.platform.settings import Settings
from nodegraph.app.playback.player import Player
from nodegraph.app.playback.transport import Transport
from nodegraph.app.window import half_typed
from nodegraph.app.window.file_menus import FileMenus
from nodegraph.app.window.focus_ring import Parts
from nodegraph.app.window.layout import Arrangement
from nodegraph.app.window.recovery_offer import Offering
from nodegraph.app.window.top_bar import TopBar
from nodegraph.app.window.view_options import ViewOptions
from nodegraph.app.window.welcome import Welcome
from nodegraph.app.workspace.dock import Workbench
from nodegraph.app.workspace.messages import Telling
from nodegraph.app.workspace.stage import Stage
from nodegraph.app.workspace.view_history import ViewHistory
from nodegraph.app.workspace.way_back import WayBack
from nodegraph.canvas.drawing.theme import Theme
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.canvas.view.canvas_view import CanvasView
from nodegraph.core.building.expression import formula_of
from nodegraph.core.engine.trace import Frame
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph
from nodegraph.core.quoting import quoted
from nodegraph.formats import examples
from nodegraph.formats.examples import Example

if TYPE_CHECKING:
    from nodegraph.app.window.window_manager import Windows

LONGEST_FORMULA = 200
"""Nodes up to which a graph is also written as a formula in the top bar."""
EMPTY_NOTE = "Drag an operation here from the left, or press Tab and type its name, or a formula."


class MainWindow(QMainWindow):
    """The window of one document."""

    closed = Signal()

    def __init__(self, border: Border | None = None) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.setWindowIcon(QIcon(str(resources.path("icons", "app.svg"))))
        self.setAcceptDrops(True)
        self.settings = Settings(self)
        self.appearance = Appearance(self)
        self.possibilities = Possibilities(self)
        self.document = Document(self)
        self.scene = GraphScene(self.document.graph, self.theme)
        # The scene hears of a change before the player does: a frame is about nodes that are there.
        self.document.changed.connect(self.scene.apply)
        self.document.replaced.connect(self._show_graph)
        self.player = Player(self.document, self)
        self.canvas = CanvasView(self.scene)
        self.editing = Editing(self.document, self.scene, self.canvas, self)
        self.copying = Copying(self.editing, self._frame_now, self)
        self.handling = Handling(self.editing)
        self.shaping = Shaping(self.editing, self.handling, self.scene)
        self.view_history = ViewHistory(self.canvas)
        self.unsaved = Unsaved(self.document, self)
        self.filing = Filing(self.editing, self.settings, self, self.unsaved)
        self.picturing = Picturing(self.document, self.scene, self.player, self.filing, self.settings)
        self.recovery = Recovery(self.document, self, self.unsaved)
        self.stage = Stage(self.canvas)
        self.telling = Telling(self.stage, self)
        self.offering = Offering(self.document, self.filing, self.recovery, self.telling)
        self.adding = Adding(self.stage, self.canvas, self.editing)
        self.finding = Finding(self.stage, self.canvas)
        self.welcome = Welcome()
        self.top_bar = TopBar()
        self.palette_panel = Palette()
        self.inspector = Inspector()
        self.inspector.printed = self._printed
        self.transport = Transport(self.player)
        self.checking = Checking(self.player, self.scene, self.settings, self)
        self.outlining = Outlining(self.player, self.canvas, self.editing)
        self.workbench = Workbench(self.player, self.canvas, self.settings)
        self.modes = Modes(self.player, self.scene, self)
        self.deriving = Deriving(self.player, self.canvas, self.filing)
        self.workbench.add("outline", "Outline", self.outlining.panel)
        self.workbench.add("derivation", "Derivation", self.deriving.make_panel)
        self.workbench.add("cost", "Why backward?", self.modes.make_page)
        make_sensitivity = partial(sensitivity.make_page, self.editing)
        self.workbench.add("sensitivity", "Sensitivity", make_sensitivity, lazy_plotting.when_ready)
        self.trainer = Trainer(self.player, self.editing, self)
        self.data_table = DataTable(self.trainer, self.filing)
        self.coaching = Coaching(self)
        self.workbench.add("training", "Training", self.coaching.make_page)
        self.teaching = Teaching(self)
        self.presenting = Presenting(self)
        self.parts = Parts(self)
        self.view_options = ViewOptions(self)
        self.commanding = Commanding(self)
        self.guide = Guide(self.theme, self)
        self.hinting = Hinting(self)
        self.predicting = Predicting(self)
        self.actions_by_id = action_table.make_actions(self)
        self.shortcuts = Shortcuts(self.actions_by_id, self.settings, self)
        self.way_back = WayBack(self.stage, self.canvas, self.actions_by_id["view.fit"], self.shortcuts)
        self.submenus = action_table.fill_menu_bar(self.menuBar(), self.actions_by_id)
        self.file_menus = FileMenus(
            self.submenus["file.open_recent"], self.submenus["file.examples"], self.filing, self.settings
        )
        self.windows: Windows | None = None
        """All windows of the program; None where this one was made alone."""
        self._shown_position = 0
        self._hand_out_actions()
        self.arrangement = Arrangement(self)
        self._connect()
        if border is not None:
            border.escaped.connect(self._tell_escaped)
        self._restore()
        self._follow_document()
        self._follow_frame(self.player.frame, 0)

    # --- building
    def _hand_out_actions(self) -> None:
        for part in (self.top_bar, self.transport, self.stage.zoom, self.stage.find, self.teaching):
            part.set_actions(self.actions_by_id)
        self.stage.zoom.show_zoom(self.canvas.zoom)

    def _connect(self) -> None:
        document, player, canvas, stage = self.document, self.player, self.canvas, self.stage
        document.changed.connect(self._follow_change)
        document.replaced.connect(self._follow_document)
        document.path_changed.connect(self.show_title)
        document.modified_changed.connect(self.show_title)
        self.possibilities.watch()
        player.frame_changed.connect(self._follow_frame)
        player.trace_changed.connect(self._follow_trace)
        player.speed_changed.connect(self._remember_speed)
        self.scene.selection_changed.connect(self._follow_selection)
        canvas.play_toggled.connect(player.toggle)
        canvas.hint.connect(stage.say_hint)
        canvas.files_dropped.connect(self._open_dropped)
        canvas.context_menu_requested.connect(self._show_context_menu)
        self.adding.keys.menu_wanted.connect(self._show_selection_menu)
        canvas.zoom_changed.connect(stage.zoom.show_zoom)
        self.editing.refused.connect(self.telling.tell_refusal)
        self.editing.noted.connect(self.telling.tell_note)
        self.editing.done.connect(self.telling.clear)
        self.editing.said.connect(self.telling.say_for_a_while)
        self.filing.failed.connect(self.telling.tell_failure)
        self.filing.done.connect(self.telling.say_for_a_while)
        self.filing.noted.connect(self.telling.tell_note)
        self.picturing.refused.connect(self.telling.tell_refusal)
        self.picturing.done.connect(self.telling.say_for_a_while)
        self.deriving.failed.connect(self.telling.tell_failure)
        self.deriving.done.connect(self.telling.say_for_a_while)
        self.telling.save_wanted.connect(self.filing.save_as)
        self.recovery.failed.connect(self.telling.tell_failure)
        half_typed.watch(self)
        self.coaching.connect_parts()
        self._connect_panels()

    def _connect_panels(self) -> None:
        palette, editing = self.palette_panel, self.editing
        palette.add_requested.connect(self._add)
        palette.left.connect(self.canvas.setFocus)
        page = self.inspector.node_page
        page.rename_requested.connect(editing.rename_node)
        page.value_requested.connect(editing.set_value)
        page.trainable_requested.connect(editing.set_trainable)
        page.output_requested.connect(editing.make_output)
        self.inspector.document_page.title_requested.connect(editing.set_title)
        self.inspector.document_page.output_requested.connect(editing.make_output)
        self.inspector.document_page.node_requested.connect(self._show_node)
        welcome = self.welcome
        welcome.new_requested.connect(self.filing.new)
        welcome.open_requested.connect(self.filing.open)
        welcome.example_requested.connect(self.open_example)
        welcome.file_requested.connect(self.filing.open_path)
        welcome.graph_made.connect(self._open_formula)
        self.settings.changed.connect(self.follow_setting)

    def _restore(self) -> None:
        """Take up what was remembered from the last time."""
        self.arrangement.restore()
        self.player.set_speed(self.settings.value(settings.SPEED))
        self.view_options.restore()
        self.workbench.restore()
        self.presenting.restore()
        self.appearance.restore()

    def start(self, path: Path | None = None) -> None:
        """Open what the person asked for; without a file the seed example, so that there is something to
        play.
        """
        if path is None:
            self.open_example(examples.seed())
        elif not self.filing.load(path):
            self.show_welcome()
        self.offering.start()
        self.canvas.setFocus()

    # --- following
    def _frame_now(self) -> Frame:
        return self.player.frame

    def _show_graph(self) -> None:
        self.scene.set_graph(self.document.graph)

    def _follow_document(self) -> None:
        self._shown_position = 0
        self.stage.show_canvas()
        self.telling.clear()
        self.stage.find.hide()
        self.canvas.fit_soon()
        self.show_title()
        self._show_formula()
        self._show_emptiness()
        self.possibilities.forget_names()
        self._follow_selection()

    def _follow_change(self, change: Change) -> None:
        self.stage.show_canvas()
        self._show_emptiness()
        self.possibilities.follow()
        if any(patch.kind == "property" for patch in change.patches):
            self.show_title()
            self.explain()

    def _follow_trace(self, _trace: object) -> None:
        self._show_formula()

    def _follow_frame(self, frame: Frame, duration_ms: int) -> None:
        forward = frame.position >= self._shown_position
        self._shown_position = frame.position
        self.canvas.show_frame(frame, duration_ms, forward)
        self.explain()

    def _follow_selection(self) -> None:
        self.possibilities.follow()
        self.explain()

    def explain(self) -> None:
        """Let the inspector speak of what is selected."""
        if not self.inspector.isHidden():
            self.inspector.show_selection(self.document.graph, self.scene.selected_nodes(), self.player.frame)

    def follow_setting(self, setting: object) -> None:
        """Take over what was set, here or in another window."""
        self.appearance.follow(setting)
        self.view_options.follow(setting)
        if setting is settings.SHORTCUTS:
            self.shortcuts.take_remembered()
        elif setting is settings.RECENT_FILES:
            self.welcome.show_recent(self.settings.recent_files())

    def _remember_speed(self, speed: float) -> None:
        self.settings.set(settings.SPEED, speed)

    # --- the top bar and the title
    def show_title(self, _modified: object = None) -> None:
        """Show what the document is called, and whether it holds unsaved work."""
        title, modified = quoted(self.document.title), self.unsaved.is_any()
        self.setWindowTitle(f"{title}[*] — nodegraph")
        self.setWindowModified(modified)
        path = str(self.document.path) if self.document.path else "Not saved to a file yet"
        self.inspector.document_page.show_name(title)
        self.top_bar.show_title(title, path, modified=modified, accent=self.theme.accent)

    def _show_formula(self) -> None:
        graph = self.document.graph
        self.top_bar.show_formula(formula_of(graph) if len(graph) <= LONGEST_FORMULA else "")

    def _show_emptiness(self) -> None:
        self.stage.say_empty("" if len(self.document.graph) else EMPTY_NOTE)

    def _tell_escaped(self, summary: str, details: str) -> None:
        self.recovery.write_now()
        self.telling.tell_escaped(summary, details)

    # --- windows
    def open_window(self) -> None:
        """One more window, empty."""
        if self.windows is not None:
            self.windows.open_new()

    def quit(self) -> None:
        """Close all windows."""
        if self.windows is not None:
            self.windows.quit()
        else:
            self.close()

    # --- actions
    def undo(self) -> None:
        """Take the last change back; before that, what a training has learnt and nobody has kept."""
        if self.trainer.is_live:
            self.trainer.restore()
        else:
            self.editing.undo()

    def redo(self) -> None:
        """Make it again."""
        self.editing.redo()

    def open_example(self, example: Example) -> None:
        """Open a shipped example as a document without a file."""
        self.filing.open_path(example.path)

    def _open_formula(self, graph: Graph) -> None:
        """Open the graph of a formula that was typed."""
        if self.filing.open_graph(graph):
            self.editing.note_constants(graph.nodes())

    def show_welcome(self) -> None:
        """Show the ways to start."""
        self.player.pause()
        self.welcome.show_recent(self.settings.recent_files())
        self.stage.show_canvas(False)
        self.welcome.seed.setFocus()

    def show_from_text(self) -> None:
        """Show the welcome page with the cursor in the line for a formula."""
        self.show_welcome()
        self.welcome.formula.field.setFocus()

    def _add(self, op: str) -> None:
        self.stage.show_canvas()
        self.editing.add(op)

    def _show_node(self, node_id: str) -> None:
        self.stage.show_canvas()
        self.scene.select([node_id])
        self.canvas.reveal(node_id)

    def show_shortcuts(self) -> None:
        """Show all keys and gestures."""
        from nodegraph.app.commands.shortcut_sheet import ShortcutsDialog

        self._open(ShortcutsDialog(self.shortcuts, self))

    def show_about(self) -> None:
        """Show the version and the licences."""
        from nodegraph.app.window.about_dialog import AboutDialog

        self._open(AboutDialog(self))

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setModal(True)
        dialog.open()

    def show_theme(self, theme: Theme) -> None:
        """Show everything in these colours."""
        self.setPalette(style.colours(theme))
        self.setStyleSheet(style.sheet(theme))
        self.possibilities.show_playing(self.player.is_playing)
        self.scene.set_theme(theme)
        self.canvas.viewport().update()
        for part in (
            self.palette_panel,
            self.adding,
            self.commanding,
            self.inspector,
            self.transport,
            self.workbench,
            self.presenting,
            self.teaching,
            self.guide,
        ):
            part.set_theme(theme)
        self.show_title()
        self.explain()

    @property
    def theme(self) -> Theme:
        """The colours now."""
        return self.appearance.theme

    # --- menus
    def _show_context_menu(self, place: QPoint) -> None:
        context_menus.menu(self, context_menus.chosen(self, place)).popup(place)

    def _show_selection_menu(self, place: QPoint) -> None:
        """The menu key asks about what is selected, wherever the pointer rests."""
        context_menus.menu(self, context_menus.for_selection(self.scene)).popup(place)

    def _printed(self) -> tuple[str, str]:
        example = self.document.example
        return example_output.comparison(example, self.player.frame, self.theme) if example else ("", "")

    # --- files dropped on the window
    def _open_dropped(self, names: list[str]) -> None:
        if names and Path(names[0]).suffix.lower() in TABLE_SUFFIXES:
            self.data_table.load_path(Path(names[0]))
        elif names and Path(names[0]).suffix.lower() == LESSON_SUFFIX:
            self.teaching.open_path(Path(names[0]))
        elif names:
            self.filing.open_path(Path(names[0]))
        for name in names[1:] if self.windows is not None else []:
            self.windows.open_path(Path(name))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome anywhere."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a dropped file."""
        event.acceptProposedAction()
        names = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        # The question about unsaved work must not come up while the other program still drags.
        QTimer.singleShot(0, self, lambda: self._open_dropped(names))

    # --- events
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays from wherever nothing else wants it; Esc dismisses a message or goes back to the
        canvas.
        """
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.player.toggle()
        elif event.key() == Qt.Key.Key_Escape:
            if not self.telling.dismiss() and not self.stage.shows_canvas:
                self.stage.show_canvas()
            self.canvas.setFocus()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """The graph fits the window it is first seen in."""
        super().showEvent(event)
        self.stage.place()

    def changeEvent(self, event: QEvent) -> None:
        """Whoever comes back from another program hears what that has done to the document's file."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.filing.notice()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved work. Ignored first: should anything fail in between, the window stays."""
        event.ignore()
        self.trainer.stop()
        if not self.filing.may_close():
            return
        self.player.pause()
        self.presenting.set_on(False)
        self.arrangement.remember()
        self.settings.sync()
        self.offering.keep_all()
        self.recovery.close()
        event.accept()
        self.closed.emit()
