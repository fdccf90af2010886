"""Teaching: the lessons in one window. Gives the page its place, points at what a step names, fills the menu
and opens what is chosen. What a lesson asks and knows is `lessons`'.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QToolButton, QWidget

from nodegraph.app.features.lessons.page import LessonPage
from nodegraph.app.features.lessons.pointer import Pointer, Target
from nodegraph.app.features.lessons.session import Lessons
from nodegraph.app.platform import appearance, settings, style
from nodegraph.app.platform.settings import Setting, native_dialogs
from nodegraph.canvas.drawing.theme import Theme
from nodegraph.lessons import reader as files
from nodegraph.lessons import wording
from nodegraph.lessons.records import ActionName, EdgeName, PanelName, Point, Show

if TYPE_CHECKING:
    from nodegraph.app.window.main_window import MainWindow

PANELS_AWAY = (("view.palette", settings.PALETTE_SHOWN), ("view.inspector", settings.INSPECTOR_SHOWN))
SMALL_PX = 1300
"""The width of a window in which page, canvas and inspector are crowded."""
READABLE = 0.75
"""The zoom below which the numbers on cards are hard to read."""
LESSON_SUFFIX = ".md"
LESSON_FILTER = f"Lessons (*{LESSON_SUFFIX});;All files (*)"


class Teaching(QObject):
    """Lessons, their page and the pointer of one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.settings = window.settings
        self.lessons = Lessons(
            window.document, window.player, window.scene, window.filing, window.settings, window
        )
        self.page = LessonPage(self.lessons)
        self.pointer = Pointer(window, window.canvas)
        self._put_away: list[str] = []
        """The panels that make room for the page, and come back when it goes."""
        self._menu: QMenu | None = None
        self.lessons.opened.connect(self._follow_opened)
        self.lessons.stepped.connect(self._point)
        self.lessons.show_wanted.connect(self.show_panel)
        self.lessons.failed.connect(window.telling.tell_failure)
        self.page.left.connect(window.canvas.setFocus)
        self.page.lesson_wanted.connect(self.open_path)
        window.welcome.lesson_requested.connect(self.open_path)
        self.lessons.shelf_changed.connect(self._show_progress)
        self._show_progress()

    def set_actions(self, actions: dict[str, QAction]) -> None:
        """Take the actions of the window, which lessons wait for and point at."""
        self.lessons.actions = actions
        self.lessons.stepped.connect(self.window.possibilities.follow)
        self.lessons.opened.connect(self.window.possibilities.follow)
        trainer = self.window.trainer
        self.lessons.tasks.trained_loss = lambda: trainer.loss
        trainer.changed.connect(self.lessons.tasks.look)
        self._fill_menu(self.window.submenus["help.lessons"])

    def set_theme(self, theme: Theme) -> None:
        """Show page and rings in these colours."""
        self.page.set_theme(theme)
        self.pointer.set_theme(theme)

    # --- opening
    @property
    def words(self) -> files.Words:
        """The names of actions and panels that a lesson may use."""
        return files.Words(frozenset(self.lessons.actions), frozenset(wording.PANELS))

    def open_path(self, path: Path) -> None:
        """Open the lesson in this file."""
        self.lessons.open_file(path, self.words)

    def ask_open(self) -> None:
        """Ask for a lesson file and open it."""
        path = self.choose_file()
        if path is not None:
            self.open_path(path)

    def choose_file(self) -> Path | None:
        """The file a person chooses, or None."""
        folder = self.settings.value(settings.FOLDER)
        start = folder if folder and Path(folder).is_dir() else str(Path.home())
        dialog = QFileDialog(self.window, "Open a Lesson", start, LESSON_FILTER)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog, not native_dialogs())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        accepted, chosen = dialog.exec(), dialog.selectedFiles()
        dialog.deleteLater()
        return Path(chosen[0]) if accepted and chosen else None

    def _fill_menu(self, menu: QMenu) -> None:
        """The shipped lessons, above what the table of actions has put there."""
        first = menu.actions()[0] if menu.actions() else None
        for entry in files.shelf():
            action = QAction(entry.title.replace("&", "&&"), menu)
            action.setToolTip(entry.summary)
            action.setData(entry.path)
            action.setCheckable(True)
            action.triggered.connect(self._open_chosen)
            menu.insertAction(first, action)
        if first is not None:
            menu.insertSeparator(first)
        self._menu = menu
        menu.aboutToShow.connect(self._show_progress)

    def _open_chosen(self) -> None:
        self.open_path(self.sender().data())
        self._show_progress()

    def _show_progress(self) -> None:
        """A tick at what was finished."""
        done = [entry.name for entry in files.shelf() if self.lessons.progress.is_finished(entry.name)]
        self.window.welcome.show_lessons_done(done)
        for action in self._menu.actions() if self._menu is not None else ():
            if isinstance(action.data(), Path):
                action.setChecked(action.data().stem in done)

    # --- the window about it
    def _follow_opened(self) -> None:
        """The page takes the palette's place while it is there, and in a small window the inspector's too;
        their keys bring them beside it.
        """
        if self.lessons.lesson is None:
            self.pointer.point_at(())
            while self._put_away:
                self.lessons.actions[self._put_away.pop()].setChecked(True)
            return
        self.window.stage.show_canvas()
        is_small = self.window.width() < style.px(SMALL_PX)
        for name, setting in PANELS_AWAY[: 2 if is_small else 1]:
            self._put_aside(name, setting)

    def show_panel(self, panel: str) -> None:
        """Show a part of the window that a step speaks of; for the canvas, the workbench makes room."""
        if panel == "canvas":
            self.window.workbench.close()
        action = self.lessons.actions.get(f"view.{panel}")
        if action is not None and action.isCheckable():
            action.setChecked(True)

    def _point(self) -> None:
        step = self.lessons.step
        self.pointer.is_still = appearance.is_motion_reduced(self.settings)
        targets: list[Target] = []
        for point in step.each(Point) if step is not None and not self.lessons.is_lost else ():
            targets += self._targets(point)
        for target in targets:
            if isinstance(target, str):
                self.window.canvas.reveal(target)
        self.pointer.point_at(targets)
        if step is not None and (self.lessons.is_fresh or any(step.each(Show))):
            QTimer.singleShot(0, self, self._fit)  # once page and panels have the room they take

    def _fit(self) -> None:
        """The whole graph; where it would be too small to read beside the inspector, that makes room once."""
        canvas, step = self.window.canvas, self.lessons.step
        canvas.fit()
        name, setting = PANELS_AWAY[1]
        shows = step is None or any(show.panel == "inspector" for show in step.each(Show))
        if canvas.zoom < READABLE and not shows and name not in self._put_away:
            self._put_aside(name, setting)
            QTimer.singleShot(0, canvas, canvas.fit)

    def _put_aside(self, name: str, setting: Setting) -> None:
        """A panel away, until the lesson is closed."""
        if self.lessons.actions[name].isChecked():
            self._put_away.append(name)
            self.lessons.actions[name].setChecked(False)
            self.settings.set(setting, True)  # at the next start it is there again

    def _targets(self, point: Point) -> list[Target]:
        graph, named = self.window.document.graph, point.target
        if isinstance(named, EdgeName):
            return list(named.keys(graph))
        if isinstance(named, ActionName):
            return self._controls(named.id)
        if isinstance(named, PanelName):
            widget = self.panel(named.name)
            return [widget] if widget is not None else []
        node = graph.named(named.name)
        return [node.id] if node is not None else []

    def _controls(self, action_id: str) -> list[Target]:
        """A button that does it, or the menu in which it stands."""
        action = self.lessons.actions.get(action_id)
        buttons = [b for b in self.window.findChildren(QToolButton) if b.defaultAction() is action]
        shown = [button for button in buttons if button.isVisible()]
        if shown:
            return [shown[0]]
        bar = self.window.menuBar()
        for entry in bar.actions():
            menu = entry.menu()
            if isinstance(menu, QMenu) and menu.objectName() == f"menu.{action_id.partition('.')[0]}":
                rect = bar.actionGeometry(entry)
                return [QRect(bar.mapTo(self.window, rect.topLeft()), rect.size())]
        return []

    def panel(self, name: str) -> QWidget | None:
        """A part of the window by the name that lessons use; None where it is not there."""
        window = self.window
        known: dict[str, QWidget] = {
            "palette": window.palette_panel,
            "canvas": window.canvas,
            "inspector": window.inspector,
            "timeline": window.transport.timeline,
            "speed": window.transport.speed,
            "transport": window.transport,
            "sentence": window.transport.sentence,
        }
        if name in known:
            return known[name]
        return window.workbench.page(name) if name in window.workbench.page_ids else None
