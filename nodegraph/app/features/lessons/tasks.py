"""Tasks: what the step of a lesson waits for and asks, and what of that the person has done.

Follows document, player and scene to know when what is waited for has happened, takes the answers, gives the
hints, and keeps what is asked hidden until it is answered. `doing` does a task for the person. Shows nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, SignalInstance

from nodegraph.app.workspace.workspace import Workspace
from nodegraph.core.engine.trace import Frame
from nodegraph.core.errors import Refused
from nodegraph.core.explain.answers import Question
from nodegraph.core.graph.graph import Graph
from nodegraph.core.numbers import format_number
from nodegraph.lessons.answers import judged, question_of, solution, with_own_words
from nodegraph.lessons.conditions import command_of, stands
from nodegraph.lessons.records import Ask, Step, Wait
from nodegraph.lessons.situation import Situation

ATTEMPTS = 2
"""Wrong answers after which the answer may be shown."""


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
    shown: str | None = None
    """The number, where the program has told the answer; "" for one that is gone."""

    @property
    def may_show_answer(self) -> bool:
        """Whether the person has tried enough."""
        return isinstance(self.wanted, Ask) and not self.is_done and self.attempts >= ATTEMPTS


class Tasks(QObject):
    """The tasks of the step that is shown, in their order."""

    changed = Signal(object)
    """A Task: it is done, or was answered."""
    command_begins, command_ended = Signal(), Signal()
    """A command that is waited for is about to be done, or has been."""

    def __init__(self, workspace: Workspace, is_lost: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self.document, self.player, self.scene = workspace.document, workspace.player, workspace.scene
        self.commands = workspace.commands
        self.is_lost = is_lost
        """Whether another graph is open than the lesson's own."""
        self.is_as_written: Callable[[Ask], bool] = lambda _ask: True
        """Whether the graph has the numbers that a question was written for."""
        self.trained_loss: Callable[[], float | None] = lambda: None
        """The loss over all rows, while there is a training."""
        self._tasks: list[Task] = []
        self._is_leading = False
        """Whether the lesson itself moves the cursor, to show an answer."""
        self._cursor = 0
        self._at_first: Graph = Graph()
        """The graph as it was when the step began."""
        self._heard: list[tuple[SignalInstance, Callable[..., None]]] = [
            (self.document.changed, self.look),
            (self.player.playing_changed, self._follow_playing),
            (self.player.frame_changed, self._follow_frame),
            (self.player.trace_changed, self.look),
            (self.scene.selection_changed, self.look),
            (self.commands.chosen, self.follow_chosen),
            (self.commands.ran, self.count_command),
        ]
        """What is listened to, and who listens, while there are tasks."""
        self._is_listening = False

    def look_on(self, signal: SignalInstance) -> None:
        """Look, while there are tasks, whenever this signal is sent, too."""
        self._heard.append((signal, self.look))

    def __iter__(self) -> Iterator[Task]:
        return iter(self._tasks)

    def __getitem__(self, place: int) -> Task:
        return self._tasks[place]

    @property
    def are_done(self) -> bool:
        """Whether everything the step asks for is done."""
        return all(task.is_done for task in self._tasks)

    @property
    def open(self) -> list[Task]:
        """What is yet to be done, in order."""
        return [task for task in self._tasks if not task.is_done]

    def begin(self, step: Step) -> None:
        """Wait for and ask what a step does, from how things stand now."""
        self.clear()
        self._tasks = [Task(one) for one in step.directives if isinstance(one, Wait | Ask)]
        self._cursor = self.player.cursor
        self._at_first = self.document.graph.copy()
        self._listen(bool(self._tasks))
        for command_id in {command_of(wait) for wait in step.each(Wait)} & set(self.commands.ids):
            if self.commands.is_on(command_id):
                self.count_command(command_id)
        self.look()
        self.guard()

    def clear(self) -> None:
        """Wait for nothing and ask nothing; what was hidden stays so until `guard`."""
        self._listen(False)
        self._tasks = []

    def _listen(self, listens: bool) -> None:
        if listens != self._is_listening:
            self._is_listening = listens
            for signal, slot in self._heard:
                (signal.connect if listens else signal.disconnect)(slot)

    # --- what the person does
    def question(self, task: Task) -> Question | None:
        """What a task asks, with the numbers of the open graph; None for a choice."""
        assert isinstance(task.wanted, Ask)
        return question_of(self._worded(task.wanted), self.player.trace, self.document.graph)

    def _worded(self, ask: Ask) -> Ask:
        return with_own_words(ask, as_written=self.is_as_written(ask))

    def answer(self, task: Task, text: str) -> bool:
        """Take an answer to a question; whether it is right. What to say to it then stands in the task."""
        assert isinstance(task.wanted, Ask)
        try:
            verdict = judged(self._worded(task.wanted), text, self.player.trace, self.document.graph)
        except Refused as refusal:
            task.said, task.is_wrong = str(refusal), True
        else:
            task.said, task.is_wrong = verdict.sentence, not verdict.is_right
            task.attempts += not verdict.is_right
            task.is_done = task.is_done or verdict.is_right
        self.guard()
        self._show_answered()
        self.changed.emit(task)
        return not task.is_wrong

    def is_ready(self, task: Task) -> bool:
        """Whether what stands before a question is done, so that it asks about what stands there now."""
        before = self._tasks[: self._tasks.index(task)] if task in self._tasks else ()
        return all(other.is_done for other in before if isinstance(other.wanted, Wait))

    def hints_left(self, task: Task) -> int:
        """How many hints there are yet to give."""
        return len(self._hints(task)) - task.hints

    def hint(self, task: Task) -> None:
        """Give the next hint."""
        if self.hints_left(task) > 0:
            task.said, task.is_wrong = self._hints(task)[task.hints], False
            task.hints += 1
            self.changed.emit(task)

    def _hints(self, task: Task) -> tuple[str, ...]:
        assert isinstance(task.wanted, Ask)
        question = self.question(task)
        return task.wanted.hints if question is None else question.hints

    def show_answer(self, task: Task) -> None:
        """Tell the answer and count the question as done."""
        assert isinstance(task.wanted, Ask)
        task.said = solution(self._worded(task.wanted), self.player.trace, self.document.graph)
        question = self.question(task)
        task.shown = format_number(question.answer) if question is not None else ""
        task.is_done, task.is_wrong = True, False
        self.guard()
        self._show_answered()
        self.changed.emit(task)

    def _show_answered(self) -> None:
        """Move the cursor on to what was answered, as far as that tells no other answer and does nothing
        that is yet to be done by hand.
        """
        if self.is_lost():
            return
        asked = [(task, self.question(task)) for task in self._tasks if isinstance(task.wanted, Ask)]
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
            self.player.pause()
            self.player.seek(target)
        self._is_leading = False

    def _would_settle(self, position: int) -> bool:
        """Whether a cursor here would do what a task waits for, or leave no steps for it."""
        now = self.situation(self.player.trace.frame(position, guarded=self.player.guarded))
        for task in self._tasks:
            wanted = task.wanted
            if not isinstance(wanted, Wait) or task.is_done:
                continue
            is_step = wanted.kind in ("step", "play") or wanted.word in ("pass.step", "pass.play")
            if is_step and self.player.end - position < wanted.count - task.taken:
                return True
            if stands(wanted, now):
                return True
        return False

    def guard(self) -> None:
        """While the passes are asked about, nothing in the window tells what lies ahead in them. Those of
        another document, opened meanwhile, are nobody's question.
        """
        tasks = () if self.is_lost() else self._tasks
        asked = (t.wanted for t in tasks if isinstance(t.wanted, Ask) and not t.is_done)
        self.player.set_guarded(any(ask.kind not in ("number", "choice") for ask in asked), "lesson")

    def _follow_playing(self, is_playing: bool) -> None:
        if is_playing:
            self._count(lambda wait: wait.kind == "play" or command_of(wait) == "pass.play")

    def _follow_frame(self, frame: Frame, _duration_ms: int) -> None:
        before, self._cursor = self._cursor, frame.position
        if frame.position == before + 1 and not self._is_leading:
            self._count(lambda wait: wait.kind == "step" or command_of(wait) == "pass.step")
        self.look()

    def follow_chosen(self, command_id: str) -> None:
        """A command is about to be done that a task may wait for."""
        if self._awaits(command_id):
            self.command_begins.emit()

    def _awaits(self, command_id: str) -> bool:
        waits = (task.wanted for task in self._tasks if not task.is_done and isinstance(task.wanted, Wait))
        return any(command_of(wait) == command_id for wait in waits)

    def count_command(self, command_id: str) -> None:
        """A command was done that a task may have waited for."""
        if self._awaits(command_id):
            self.command_ended.emit()
        self._count(lambda wait: command_of(wait) == command_id)

    def _count(self, is_waited_for: Callable[[Wait], bool]) -> None:
        """Something has happened that a task may have waited for."""
        for task in self._tasks:
            wanted = task.wanted
            if isinstance(wanted, Wait) and not task.is_done and is_waited_for(wanted):
                task.taken += 1
                if task.taken >= wanted.count:
                    self._settle(task)

    def look(self, _what: object = None) -> None:
        """Whether things stand now as a task wants them."""
        if self.is_lost():
            return
        waiting = [task for task in self._tasks if not task.is_done and isinstance(task.wanted, Wait)]
        if not waiting:
            return
        now = self.situation()
        for task in waiting:
            assert isinstance(task.wanted, Wait)
            if stands(task.wanted, now):
                self._settle(task)

    def situation(self, frame: Frame | None = None) -> Situation:
        """Returns how things stand, at this frame or the one that is shown."""
        frame = self.player.frame if frame is None else frame
        selected = frozenset(self.scene.selected_nodes()), frozenset(self.scene.selected_edges())
        return Situation(self.document.graph, self._at_first, frame, *selected, self.trained_loss)

    def _settle(self, task: Task) -> None:
        task.is_done = True
        self.changed.emit(task)
