"""Lessons: the lessons in one window. Gives the page its place, points at what a step names, fills the menu
and opens what is chosen. What a lesson asks and knows is `lessons`'.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QRect, Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QToolButton

from nodegraph.app.commands.command import Command
from nodegraph.app.features.lessons.page import LessonPage
from nodegraph.app.features.lessons.pointer import Pointer, Target
from nodegraph.app.features.lessons.session import Lessons
from nodegraph.app.workspace.contribution import Contribution, FileKind
from nodegraph.app.workspace.panel_spec import PanelSpec
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.lessons import reader as files
from nodegraph.lessons.records import ActionName, EdgeName, PanelName, Point, Show

LESSON_SUFFIX = ".md"
LESSON_FILTER = f"Lessons (*{LESSON_SUFFIX});;All files (*)"


class LessonsFeature(QObject):
    """Lessons, their page and the pointer of one window. `loss` returns the loss over all rows while there is
    a training, and `training_changed` tells that it has gone on.
    """

    finished_changed = Signal(list)
    """The names of the shipped lessons that were finished."""

    def __init__(
        self, workspace: Workspace, loss: Callable[[], float | None], training_changed: SignalInstance
    ) -> None:
        super().__init__(workspace.parent)
        self.workspace, self.window = workspace, workspace.parent
        self.commands = workspace.commands
        self.lessons = Lessons(workspace)
        self.lessons.tasks.trained_loss = loss
        self.lessons.tasks.look_on(training_changed)
        training_changed.connect(self.lessons.doing.look_on)
        self.page = LessonPage(self.lessons)
        self.pointer = Pointer(workspace.parent, workspace.canvas)
        self._shown: list[str] = []
        self._shown_before: list[str] = []
        """The panels that this step has opened over the canvas, and the step before."""
        self._menu: QMenu | None = None
        workspace.dock.name_part(canvas=workspace.canvas)
        self._connect()

    def _connect(self) -> None:
        lessons = self.lessons
        lessons.opened.connect(self._follow_opened)
        lessons.stepped.connect(self._follow_step)
        lessons.show_wanted.connect(self.show_panel)
        lessons.failed.connect(self.workspace.messages.tell_failure)
        lessons.shelf_changed.connect(self.show_finished)
        self.page.left.connect(self.workspace.canvas.setFocus)
        self.page.lesson_wanted.connect(self.open_path)
        self.workspace.appearance.theme_changed.connect(self.page.set_theme)
        self.workspace.appearance.theme_changed.connect(self.pointer.set_theme)

    def contribution(self) -> Contribution:
        """Returns what it adds to the window."""
        panel = PanelSpec(
            "lesson", "", lambda: self.page, "margin", first=lambda: self.page.next,
            stops=lambda: list(self.page.stops),
        )  # fmt: skip
        return Contribution(
            commands=self._commands(),
            panels=(panel,),
            files=(FileKind((LESSON_SUFFIX,), self.open_path),),
            menus={"help.lessons": self._fill_menu},
            refresh_on=(self.lessons.stepped, self.lessons.opened),
            started=self.show_finished,
        )

    def _commands(self) -> tuple[Command, ...]:
        lessons, why_not = self.lessons, self._why_not
        return (
            Command("help.open_lesson", "&Open Lesson File…", self.ask_open,
                    tooltip="Walk through a lesson that somebody wrote"),
            Command("help.lesson_next", "&Next Step of the Lesson", lessons.next, ("Alt+PgDown",),
                    "Go on in the lesson", why_not),
            Command("help.lesson_back", "&Previous Step of the Lesson", lessons.back, ("Alt+PgUp",),
                    "Go back in the lesson, with its graph as it was there", why_not),
            Command("help.lesson_again", "&Set the Step Up Again", lessons.set_up_again,
                    tooltip="Open the step's graph once more, as it was", why_not=why_not),
            Command("help.lesson_close", "&Close the Lesson", lessons.close,
                    tooltip="Leave the lesson; its place is remembered", why_not=why_not),
        )  # fmt: skip

    def _why_not(self) -> str:
        return "" if self.lessons.lesson is not None else "Open a lesson first."

    # --- opening
    @property
    def words(self) -> files.Words:
        """The names of actions and panels that a lesson may use."""
        return files.Words(frozenset(self.commands.ids), self.workspace.dock.names - {"lesson"})

    def open_path(self, path: Path) -> None:
        """Open the lesson in this file."""
        self.lessons.open_file(path, self.words)

    def ask_open(self) -> None:
        """Ask for a lesson file and open it."""
        path = self.workspace.files.ask_open("Open a Lesson", LESSON_FILTER)
        if path is not None:
            self.open_path(path)

    def _fill_menu(self, menu: QMenu) -> None:
        """Put the shipped lessons above the commands about them."""
        first = menu.actions()[0] if menu.actions() else None
        for entry in files.shelf():
            action = QAction(entry.title.replace("&", "&&"), menu)
            action.setToolTip(entry.summary)
            action.setData(entry.path)
            action.setCheckable(True)
            action.triggered.connect(partial(self._open_chosen, entry.path))
            menu.insertAction(first, action)
        if first is not None:
            menu.insertSeparator(first)
        self._menu = menu
        menu.aboutToShow.connect(self.show_finished)

    def _open_chosen(self, path: Path, _checked: bool = False) -> None:
        self.open_path(path)
        self.show_finished()

    def show_finished(self) -> None:
        """A tick at what was finished."""
        done = [entry.name for entry in files.shelf() if self.lessons.progress.is_finished(entry.name)]
        self.finished_changed.emit(done)
        for action in self._menu.actions() if self._menu is not None else ():
            if isinstance(action.data(), Path):
                action.setChecked(action.data().stem in done)

    # --- the window about it
    def _follow_opened(self) -> None:
        """The page takes the room of the panels at the sides while it is there; they come over the canvas
        where they are asked for.
        """
        self.workspace.dock.sides.crowd("lesson", self.lessons.lesson is not None)
        if self.lessons.lesson is None:
            self.pointer.point_at(())
        else:
            self.workspace.stage.show_canvas()

    def show_panel(self, panel: str) -> None:
        """Show a part of the window that a step speaks of; for the canvas, the workbench makes room."""
        if panel == "canvas":
            self.workspace.dock.close()
        elif f"view.{panel}" in self.commands.ids and not self.commands.why_not(f"view.{panel}"):
            self.commands.run(f"view.{panel}", True)
            self._shown.append(panel)

    def _follow_step(self) -> None:
        """Close what the previous step opened over the canvas, unless this step mentions it too."""
        sides = self.workspace.dock.sides
        for panel in set(self._shown_before) & set(sides.over()) - set(self._shown):
            sides.show(panel, False)
        self._shown, self._shown_before = [], self._shown
        self._point()

    def _point(self) -> None:
        step = self.lessons.step
        self.pointer.is_still = self.workspace.appearance.is_motion_reduced
        targets: list[Target] = []
        for point in step.each(Point) if step is not None and not self.lessons.is_lost else ():
            targets += self._targets(point)
        for target in targets:
            if isinstance(target, str):
                self.workspace.canvas.reveal(target)
        self.pointer.point_at(targets)
        if step is not None and (self.lessons.is_fresh or any(step.each(Show))):
            self.workspace.canvas.fit()

    def _targets(self, point: Point) -> list[Target]:
        graph, named = self.workspace.document.graph, point.target
        if isinstance(named, EdgeName):
            return list(named.keys(graph))
        if isinstance(named, ActionName):
            return self._controls(named.id)
        if isinstance(named, PanelName):
            widget = self.workspace.dock.named(named.name)
            return [widget] if widget is not None else []
        node = graph.named(named.name)
        return [node.id] if node is not None else []

    def _controls(self, action_id: str) -> list[Target]:
        """A button that does it, or the menu in which it stands."""
        action = self.commands.actions.get(action_id)
        buttons = [b for b in self.window.findChildren(QToolButton) if b.defaultAction() is action]
        shown = [button for button in buttons if button.isVisible()]
        if shown:
            return [shown[0]]
        for bar in self.window.findChildren(QMenuBar):
            for entry in bar.actions():
                menu = entry.menu()
                if isinstance(menu, QMenu) and menu.objectName() == f"menu.{action_id.partition('.')[0]}":
                    rect = bar.actionGeometry(entry)
                    return [QRect(bar.mapTo(self.window, rect.topLeft()), rect.size())]
        return []
