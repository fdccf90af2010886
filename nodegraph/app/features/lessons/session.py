"""Lessons: which one is open, at which step, and the graph that belongs there.

Opens the step's graph and hands its tasks to `tasks` and `doing`, what is remembered to `progress`. Shows
nothing: `page` and `pointer` do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from nodegraph.app.features.lessons.built import Built
from nodegraph.app.features.lessons.doing import Doing
from nodegraph.app.features.lessons.markdown import plain_line
from nodegraph.app.features.lessons.progress import Progress
from nodegraph.app.features.lessons.tasks import Task, Tasks
from nodegraph.app.playback.player import Player
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.core.errors import DocumentError
from nodegraph.core.graph import edits
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import as_title
from nodegraph.core.layout import placement
from nodegraph.core.layout.card_size import node_size
from nodegraph.lessons import reader as files
from nodegraph.lessons.intended import stands_as_written
from nodegraph.lessons.records import (
    Ask,
    EdgeName,
    Lesson,
    Open,
    Select,
    SetValues,
    Show,
    ShowFrame,
    Step,
    Wait,
)

ROOM = 1100.0
"""How wide a graph may lie beside the page before its columns come closer, in scene units."""
CLOSEST = 0.7
"""By how much they do at most; chips need the rest."""

_REPEAT: dict[str, Callable[[Player], None]] = {
    "pass.backward_again": Player.backward_again,
    "pass.zero_gradients": Player.zero_gradients,
}


class Lessons(QObject):
    """The lesson that is open in one window, or none."""

    opened = Signal()
    """Another lesson is open, or none any more."""
    stepped = Signal()
    """Another step is shown, or the same set up again."""
    shelf_changed = Signal()
    """A lesson was finished."""
    show_wanted = Signal(str)
    """A panel is to be shown."""
    failed = Signal(str)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.parent)
        self.document, self.player, self.scene = workspace.document, workspace.player, workspace.scene
        self.filing, self.commands = workspace.files, workspace.commands
        self.progress = Progress(workspace.settings)
        self.lesson: Lesson | None = None
        self.number = 0
        self.is_finished = False
        """Whether the last step was left with Finish."""
        self.is_resumed = False
        """Whether the lesson was taken up where it was left."""
        self.owns_document = False
        """Whether what is open was opened by the lesson."""
        self.is_fresh = False
        """Whether this step has just opened its graph."""
        self.tasks = Tasks(workspace, lambda: self.is_lost, self)
        self.tasks.is_as_written = self._is_as_written
        self.doing = Doing(workspace, self.tasks, self)
        self.opened.connect(self.doing.stop)
        self.stepped.connect(self.doing.stop)
        self._is_opening = False
        self._given = Built.of(self.document.graph)
        """What the lesson has built into its graph, or has asked for."""
        self._before_command: Built | None = None
        """What was built when the command began that the lesson waits for and that is being done."""
        self.document.replaced.connect(self._follow_replaced)
        self.tasks.command_begins.connect(self._follow_command)
        self.tasks.command_ended.connect(self._take_what_came)
        self.tasks.changed.connect(self._take_as_given)

    # --- looking
    @property
    def step(self) -> Step | None:
        """The step that is shown."""
        return None if self.lesson is None or self.is_finished else self.lesson.steps[self.number]

    @property
    def is_last(self) -> bool:
        """Whether this is the last step."""
        return self.lesson is not None and self.number == len(self.lesson.steps) - 1

    @property
    def is_lost(self) -> bool:
        """Whether the lesson has a graph of its own, and another one is open."""
        if self.lesson is None or self.is_finished or self.owns_document:
            return False
        return self.lesson.scene(self.number).opened is not None

    def _is_as_written(self, ask: Ask) -> bool:
        is_own = self.lesson is not None and self.owns_document
        return not is_own or stands_as_written(self.lesson, self.number, ask, self.document.graph)

    def following(self) -> files.Entry | None:
        """The shipped lesson after this one."""
        names = [entry.name for entry in files.shelf()]
        if self.lesson is None or self.lesson.name not in names:
            return None
        place = names.index(self.lesson.name) + 1
        return files.shelf()[place] if place < len(names) else None

    # --- opening and closing
    def open_file(self, path: Path, words: files.Words) -> None:
        """Open the lesson in a file, if the person agrees to leave what is open; report errors in it."""
        try:
            lesson = files.load(path, words)
        except DocumentError as error:
            self.failed.emit(f"{Path(path).name}: {error}")
            return
        self.open(lesson)

    def open(self, lesson: Lesson) -> None:
        """Open a lesson where it was left, if the person agrees to leave the open document."""
        if lesson.scene(len(lesson.steps) - 1).opened is not None and not self._may_replace():
            return
        place = self.progress.place_in(lesson.name)
        self.lesson, self.is_finished = lesson, False
        self.number = lesson.way_to(place) if place < len(lesson.steps) else 0
        self.is_resumed = self.number > 0
        self.owns_document = False
        self.opened.emit()
        self._enter(afresh=True)

    def close(self) -> None:
        """Leave the lesson; its graph stays open."""
        if self.lesson is not None:
            self.lesson, self.is_finished, self.owns_document = None, False, False
            self.tasks.clear()
            self.tasks.guard()
            self.opened.emit()

    def next(self) -> None:
        """On to the next step; after the last one the lesson is finished."""
        if self.lesson is None or self.is_finished:
            return
        if self.is_last:
            self._finish()
        elif self._may_go(self.number + 1):
            self.number += 1
            self.is_resumed = False
            self._enter(afresh=self.is_lost)

    def back(self) -> None:
        """Back to the step before, with its graph as it was."""
        if self.lesson is None or not (self.number or self.is_finished):
            return
        if self._may_go(self.number):
            before = self.number - (0 if self.is_finished else 1)
            self.is_finished = self.is_resumed = False
            self._return_to(before)

    def start_over(self) -> None:
        """Begin the lesson again."""
        if self.lesson is not None and self._may_go(0):
            self.number, self.is_finished, self.is_resumed = 0, False, False
            self._enter(afresh=True)

    def set_up_again(self) -> None:
        """The same step once more, with its graph as it was."""
        if self.lesson is not None and not self.is_finished and self._may_go(self.number):
            self._return_to(self.number)

    def _return_to(self, number: int) -> None:
        """A step with its graph as it was. What was trained or built up to there stays open; where it is
        gone, it is begun again.
        """
        assert self.lesson is not None
        begin = self.lesson.way_to(number)
        passed = self.lesson.steps[number + 1 : self.number + 1]
        is_open = not self.is_lost and not any(True for step in passed for _ in step.each(Open))
        keeps = begin != number and is_open
        self.number = number if keeps else begin
        self._enter(afresh=not keeps)

    def _finish(self) -> None:
        assert self.lesson is not None
        self.is_finished = True
        self.tasks.clear()
        self.tasks.guard()
        self.progress.finish(self.lesson.name)
        self.shelf_changed.emit()
        self.stepped.emit()

    # --- a step begins
    def _may_replace(self) -> bool:
        """The lesson's own graph may go without a question; what the person made may not."""
        return self._is_own() or self.filing.may_close()

    def _is_own(self) -> bool:
        """Whether the open graph is the lesson's own: not saved in a file, and not edited by the person."""
        is_given = self.owns_document and self.document.path is None
        return is_given and not Built.of(self.document.graph).has_more_than(self._given)

    def _follow_command(self) -> None:
        self._before_command = Built.of(self.document.graph)

    def _take_what_came(self) -> None:
        """What a command has made that the lesson waits for is no work of a person's own."""
        before, self._before_command = self._before_command, None
        if before is not None and self.owns_document:
            self._given = self._given.with_news(before, Built.of(self.document.graph))

    def _take_as_given(self, task: Task) -> None:
        """What a step has asked a person to build is no work of their own."""
        if self.owns_document and task.is_done and isinstance(task.wanted, Wait) and task.wanted.builds:
            self._given = self._given.with_structure_of(Built.of(self.document.graph))

    def _may_go(self, number: int) -> bool:
        """Whether this step may be set up: the open document is the lesson's own, or the person agrees."""
        assert self.lesson is not None
        if self._is_own():
            return True
        opens = self.is_lost or number <= self.number or any(self.lesson.steps[number].each(Open))
        return not opens or self.lesson.scene(number).opened is None or self.filing.may_close()

    def _enter(self, *, afresh: bool) -> None:
        step = self.step
        assert step is not None
        assert self.lesson is not None
        scene = self.lesson.scene(self.number)
        own = list(step.each(Open))
        self.tasks.clear()
        self.is_fresh = scene.opened is not None and (afresh or bool(own))
        if scene.opened is not None and self.is_fresh:
            self._open_graph(scene.opened)
            self._set_values(scene.values)
            for action_id in scene.repeated:
                _REPEAT[action_id](self.player)
            if scene.moment is not None or not scene.repeated:
                self._seek_to(scene.moment.position(self.player.trace) if scene.moment is not None else 0)
        else:
            for one in step.directives:
                if isinstance(one, ShowFrame):
                    self._seek_to(one.moment.position(self.player.trace))
                elif isinstance(one, SetValues):
                    self._set_values(one.values)
        self._select(step)
        for show in step.each(Show):
            self.show_wanted.emit(show.panel)
        self.tasks.begin(step)
        self.progress.leave(self.lesson.name, self.number)
        self.stepped.emit()

    def _open_graph(self, opened: Open) -> None:
        assert self.lesson is not None
        graph = opened.graph.copy()
        _lay_out(graph)
        if not graph.title:
            graph.apply(edits.set_title(graph, as_title(plain_line(self.lesson.title))))
        self._is_opening = True
        # Not as an example: the numbers that its source prints would tell what the lesson asks.
        self.document.replace(graph, suggested_name=opened.example or self.lesson.name)
        self._is_opening = False
        self.owns_document = True
        self._given = Built.of(graph)

    def _set_values(self, values: Mapping[str, float]) -> None:
        graph, change = self.document.graph, Change("Set values")
        for name, value in values.items():
            node = graph.named(name)
            if node is not None and node.is_leaf and node.value != value:
                change = change.then(edits.set_value(graph, node.id, value), change.name)
        was_clean = not self.document.is_modified
        self.document.apply(change)
        if was_clean:
            self.document.stack.setClean()  # what the lesson does is no work that could be lost

    def _seek_to(self, position: int | None) -> None:
        if position is not None:
            self.player.pause()
            self.player.seek(position)

    def _select(self, step: Step) -> None:
        graph = self.document.graph
        for one in step.each(Select):
            if isinstance(one.target, EdgeName):
                self.scene.select(edges=one.target.keys(graph))
            elif (node := graph.named(one.target.name)) is not None:
                self.scene.select([node.id])

    def _follow_replaced(self) -> None:
        if not self._is_opening and self.owns_document:
            self.owns_document = False
            self.tasks.guard()
            self.stepped.emit()


def _lay_out(graph: Graph) -> None:
    """A long graph closer together than elsewhere, for the page has taken some of the room."""
    graph.apply(placement.place_missing(graph, node_size))
    lefts = [node.x or 0.0 for node in graph.nodes()]
    share = max(CLOSEST, min(1.0, ROOM / max(max(lefts) - min(lefts), 1.0)))
    places = {node.id: ((node.x or 0.0) * share, node.y or 0.0) for node in graph.nodes()}
    graph.apply(edits.move(graph, places))
