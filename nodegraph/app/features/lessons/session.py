"""Lessons: which one is open, at which step, and what of that step the person has done.

Opens the step's graph and follows document, player and scene to know when what it waits for has happened.
Shows nothing: `panels/lesson_page` and `panels/pointer` do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from nodegraph.app.document.document import Document
from nodegraph.app.document.files import Filing
from nodegraph.app.features.lessons.markdown import plain_line
from nodegraph.app.platform import settings
from nodegraph.app.platform.settings import Settings
from nodegraph.app.playback.player import Player
from nodegraph.canvas.items.node_item import node_size
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.engine.trace import Frame
from nodegraph.core.errors import DocumentError, Refused
from nodegraph.core.explain.answers import Question
from nodegraph.core.graph import edits
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Note
from nodegraph.core.layout import placement
from nodegraph.lessons import reader as files
from nodegraph.lessons.answers import judged, question_of, solution
from nodegraph.lessons.conditions import Situation, stands
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

ATTEMPTS = 2
"""Wrong answers after which the answer may be shown."""
ROOM = 1100.0
"""How wide a graph may lie beside the page before its columns come closer, in scene units."""
CLOSEST = 0.7
"""By how much they do at most; chips need the rest."""

_ACTIONS = {"undo": "edit.undo", "redo": "edit.redo"}
"""The actions behind waits that have a word of their own."""
_REPEAT: dict[str, Callable[[Player], None]] = {
    "pass.backward_again": Player.backward_again,
    "pass.zero_gradients": Player.zero_gradients,
}


@dataclass
class Task:
    """One thing a step waits for or asks, and how far the person is with it."""

    wanted: Wait | Ask
    is_done: bool = False
    taken: int = 0
    """Steps taken, for a wait that counts them."""
    attempts: int = 0
    hints: int = 0
    """How many hints were given."""
    said: str = ""
    """What was said to the last answer."""
    is_wrong: bool = False

    @property
    def may_show_answer(self) -> bool:
        """Whether the person has tried enough."""
        return isinstance(self.wanted, Ask) and not self.is_done and self.attempts >= ATTEMPTS


class Lessons(QObject):
    """The lesson that is open in one window, or none."""

    opened = Signal()
    """Another lesson is open, or none any more."""
    stepped = Signal()
    """Another step is shown, or the same set up again."""
    task_changed = Signal(object)
    """A Task: it is done, or was answered."""
    shelf_changed = Signal()
    """A lesson was finished."""
    show_wanted = Signal(str)
    """A panel is to be shown."""
    failed = Signal(str)

    def __init__(self, document: Document, player: Player, scene: GraphScene, filing: Filing,
                 remembered: Settings, parent: QObject) -> None:  # fmt: skip
        super().__init__(parent)
        self.document = document
        self.player = player
        self.scene = scene
        self.filing = filing
        self.settings = remembered
        self.actions: Mapping[str, QAction] = {}
        self.trained_loss: Callable[[], float | None] = lambda: None
        """The loss over all rows, while there is a training."""
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
        self.tasks: list[Task] = []
        self._is_opening = False
        self._given_notes: tuple[Note, ...] = ()
        self._is_leading = False
        """Whether the lesson itself moves the cursor, to show an answer."""
        self._cursor = 0
        self._at_first: Graph = Graph()
        """The graph as it was when the step began."""
        self._watched: list[QAction] = []
        document.replaced.connect(self._follow_replaced)
        document.changed.connect(self._look)
        player.playing_changed.connect(self._follow_playing)
        player.frame_changed.connect(self._follow_frame)
        player.trace_changed.connect(self._look)
        scene.selection_changed.connect(self._look)

    # --- looking
    @property
    def step(self) -> Step | None:
        """The step that is shown."""
        return None if self.lesson is None or self.is_finished else self.lesson.steps[self.number]

    @property
    def is_done(self) -> bool:
        """Whether everything the step asks for is done."""
        return all(task.is_done for task in self.tasks)

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

    def following(self) -> files.Entry | None:
        """The shipped lesson after this one."""
        names = [entry.name for entry in files.shelf()]
        if self.lesson is None or self.lesson.name not in names:
            return None
        place = names.index(self.lesson.name) + 1
        return files.shelf()[place] if place < len(names) else None

    def is_known(self, name: str) -> bool:
        """Whether this lesson was finished once."""
        return name in self.settings.value(settings.LESSONS_DONE)

    def place_in(self, name: str) -> int:
        """The step, from 0, at which this lesson was left."""
        for entry in self.settings.value(settings.LESSON_PLACES):
            known, _, place = entry.rpartition("=")
            if known == name and place.isdigit():
                return int(place)
        return 0

    # --- opening and closing
    def open_file(self, path: Path, words: files.Words) -> None:
        """Open the lesson in a file, if the person agrees to leave what is open; a broken one is told."""
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
        place = self.place_in(lesson.name)
        self.lesson, self.is_finished = lesson, False
        self.number = lesson.way_to(place) if place < len(lesson.steps) else 0
        self.is_resumed = self.number > 0
        self.owns_document = False
        self.opened.emit()
        self._enter(afresh=True)

    def close(self) -> None:
        """Leave the lesson; its graph stays open."""
        if self.lesson is not None:
            self._watch_actions([])
            self.lesson, self.tasks, self.is_finished, self.owns_document = None, [], False, False
            self._guard()
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
        self.is_finished, self.tasks = True, []
        self._watch_actions([])
        self._guard()
        done = [name for name in self.settings.value(settings.LESSONS_DONE) if name != self.lesson.name]
        self.settings.set(settings.LESSONS_DONE, [*done, self.lesson.name])
        self._remember(0)
        self.shelf_changed.emit()
        self.stepped.emit()

    def _remember(self, place: int) -> None:
        assert self.lesson is not None
        name = self.lesson.name
        others = [e for e in self.settings.value(settings.LESSON_PLACES) if e.rpartition("=")[0] != name]
        self.settings.set(settings.LESSON_PLACES, [*others, f"{name}={place}"] if place else others)

    # --- a step begins
    def _may_replace(self) -> bool:
        """The lesson's own graph may go without a question; what the person made may not."""
        return self._is_own() or self.filing.may_close()

    def _is_own(self) -> bool:
        """Whether the open graph is the lesson's, in no file, and nobody has written notes into it."""
        is_unwritten = tuple(self.document.graph.notes()) == self._given_notes
        return self.owns_document and self.document.path is None and is_unwritten

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
        self._watch_actions([])
        self.tasks = []
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
        self._begin_tasks(step)
        self._guard()
        self._remember(self.number)
        self.stepped.emit()

    def _open_graph(self, opened: Open) -> None:
        assert self.lesson is not None
        graph = opened.graph.copy()
        _lay_out(graph)
        if not graph.title:
            graph.apply(edits.set_title(graph, plain_line(self.lesson.title)))
        self._is_opening = True
        # Not as an example: the numbers that its source prints would tell what the lesson asks.
        self.document.replace(graph, suggested_name=opened.example or self.lesson.name)
        self._is_opening = False
        self.owns_document = True
        self._given_notes = tuple(graph.notes())

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

    def _begin_tasks(self, step: Step) -> None:
        self.tasks = [Task(one) for one in step.directives if isinstance(one, Wait | Ask)]
        self._cursor = self.player.cursor
        self._at_first = self.document.graph.copy()
        ids = {_ACTIONS.get(wait.kind, wait.word) for wait in step.each(Wait)}
        self._watch_actions([action for action_id, action in self.actions.items() if action_id in ids])
        for action in self._watched:
            if action.isCheckable() and action.isChecked():
                self._note("action", action.objectName())  # the panel is there already
        self._look()

    # --- what the person does
    def question(self, task: Task) -> Question | None:
        """What a task asks, with the numbers of the open graph; None for a choice."""
        assert isinstance(task.wanted, Ask)
        return question_of(task.wanted, self.player.trace, self.document.graph)

    def answer(self, task: Task, text: str) -> bool:
        """Take an answer to a question; whether it is right. What to say to it then stands in the task."""
        assert isinstance(task.wanted, Ask)
        try:
            verdict = judged(task.wanted, text, self.player.trace, self.document.graph)
        except Refused as refusal:
            task.said, task.is_wrong = str(refusal), True
        else:
            task.said, task.is_wrong = verdict.sentence, not verdict.is_right
            task.attempts += not verdict.is_right
            task.is_done = task.is_done or verdict.is_right
        self._guard()
        self._show_answered()
        self.task_changed.emit(task)
        return not task.is_wrong

    def is_ready(self, task: Task) -> bool:
        """Whether what stands before a question is done, so that it asks about what stands there now."""
        before = self.tasks[: self.tasks.index(task)] if task in self.tasks else ()
        return all(other.is_done for other in before if isinstance(other.wanted, Wait))

    def hints_left(self, task: Task) -> int:
        """How many hints there are yet to give."""
        return len(self._hints(task)) - task.hints

    def hint(self, task: Task) -> None:
        """Give the next hint."""
        if self.hints_left(task) > 0:
            task.said, task.is_wrong = self._hints(task)[task.hints], False
            task.hints += 1
            self.task_changed.emit(task)

    def _hints(self, task: Task) -> tuple[str, ...]:
        assert isinstance(task.wanted, Ask)
        question = self.question(task)
        return task.wanted.hints if question is None else question.hints

    def show_answer(self, task: Task) -> None:
        """Tell the answer and count the question as done."""
        assert isinstance(task.wanted, Ask)
        task.said = solution(task.wanted, self.player.trace, self.document.graph)
        task.is_done, task.is_wrong = True, False
        self._guard()
        self._show_answered()
        self.task_changed.emit(task)

    def _show_answered(self) -> None:
        """Move the cursor on to what was answered, as far as that tells no other answer and does nothing
        that is yet to be done by hand.
        """
        if self.is_lost:
            return
        asked = [(task, self.question(task)) for task in self.tasks if isinstance(task.wanted, Ask)]
        places = [(task.is_done, found.position) for task, found in asked if found is not None]
        secret = min(
            (place for is_done, place in places if place and not is_done), default=self.player.end + 1
        )
        target = max((place for is_done, place in places if is_done and place < secret), default=0)
        if target <= self.player.cursor or self._would_settle(target):
            return
        self._is_leading = True
        if target == self.player.cursor + 1:
            self.player.step()
        else:
            self._seek_to(target)
        self._is_leading = False

    def _would_settle(self, position: int) -> bool:
        """Whether a cursor here would do what a task waits for, or leave no steps for it."""
        now = self._situation(self.player.trace.frame(position, guarded=self.player.guarded))
        for task in self.tasks:
            wanted = task.wanted
            if not isinstance(wanted, Wait) or task.is_done:
                continue
            is_step = wanted.kind in ("step", "play") or wanted.word in ("pass.step", "pass.play")
            if is_step and self.player.end - position < wanted.count - task.taken:
                return True
            if stands(wanted, now):
                return True
        return False

    def _guard(self) -> None:
        """While the passes are asked about, nothing in the window tells what lies ahead in them. Those of
        another document, opened meanwhile, are nobody's question.
        """
        tasks = () if self.is_lost else self.tasks
        asked = (t.wanted for t in tasks if isinstance(t.wanted, Ask) and not t.is_done)
        self.player.set_guarded(any(ask.kind not in ("number", "choice") for ask in asked), "lesson")

    def _follow_replaced(self) -> None:
        if not self._is_opening and self.owns_document:
            self.owns_document = False
            self._guard()
            self.stepped.emit()

    def _follow_playing(self, is_playing: bool) -> None:
        if is_playing:
            self._note("play")
            self._note("action", "pass.play")

    def _follow_frame(self, frame: Frame, _duration_ms: int) -> None:
        before, self._cursor = self._cursor, frame.position
        if frame.position == before + 1 and not self._is_leading:
            self._note("step")
            self._note("action", "pass.step")
        self._look()

    def _follow_action(self) -> None:
        action_id = self.sender().objectName()
        self._note("action", action_id)
        for kind, known in _ACTIONS.items():
            if known == action_id:
                self._note(kind)

    def _watch_actions(self, actions: list[QAction]) -> None:
        for action in self._watched:
            action.triggered.disconnect(self._follow_action)
        self._watched = actions
        for action in actions:
            action.triggered.connect(self._follow_action)

    def _note(self, kind: str, word: str = "") -> None:
        """Something has happened that a task may have waited for."""
        for task in self.tasks:
            wanted = task.wanted
            if isinstance(wanted, Wait) and wanted.kind == kind and wanted.word == word and not task.is_done:
                task.taken += 1
                if task.taken >= wanted.count:
                    self._settle(task)

    def look_again(self) -> None:
        """Something stands differently that no signal of document, player or scene tells."""
        self._look()

    def _look(self, _what: object = None) -> None:
        """Whether things stand now as a task wants them."""
        if self._is_opening or self.is_lost:
            return
        waiting = [task for task in self.tasks if not task.is_done and isinstance(task.wanted, Wait)]
        if not waiting:
            return
        now = self._situation(self.player.frame)
        for task in waiting:
            assert isinstance(task.wanted, Wait)
            if stands(task.wanted, now):
                self._settle(task)

    def _situation(self, frame: Frame) -> Situation:
        selected = frozenset(self.scene.selected_nodes()), frozenset(self.scene.selected_edges())
        return Situation(self.document.graph, self._at_first, frame, *selected, self.trained_loss)

    def _settle(self, task: Task) -> None:
        task.is_done = True
        self.task_changed.emit(task)


def _lay_out(graph: Graph) -> None:
    """A long graph closer together than elsewhere, for the page has taken some of the room."""
    graph.apply(placement.place_missing(graph, node_size))
    lefts = [node.x or 0.0 for node in graph.nodes()]
    share = max(CLOSEST, min(1.0, ROOM / max(max(lefts) - min(lefts), 1.0)))
    places = {node.id: ((node.x or 0.0) * share, node.y or 0.0) for node in graph.nodes()}
    graph.apply(edits.move(graph, places))
