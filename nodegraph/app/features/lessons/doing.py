"""Doing: does the tasks of a step for a person who lets the program do them, one after the other, so that
what the lesson says next is true. What is edited can be undone. Finds no way itself; `lessons.deeds` does.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from nodegraph.app.features.lessons.tasks import Task, Tasks
from nodegraph.app.workspace.workspace import Workspace
from nodegraph.lessons.conditions import has_way, way_to
from nodegraph.lessons.deeds import Add, Choose, Deed, Edit, Run, Seek, TakeSteps, Way
from nodegraph.lessons.records import Wait

NO_WAY = "The program cannot do this for you."
NEVER = "file."
"""Commands that leave the document are left to the person."""


class Doing(QObject):
    """Does what is open of a step. What takes its time (playing, training) is waited for."""

    changed = Signal()
    """It has begun, or come to its end."""

    def __init__(self, workspace: Workspace, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self.workspace, self.tasks = workspace, tasks
        self.commands, self.player = workspace.commands, workspace.player
        self.is_on = False
        self._tried: list[Task] = []
        """What has been done already, so that nothing is done for ever."""
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._go_on)
        tasks.changed.connect(self._look_again)
        workspace.player.playing_changed.connect(self._look_again)

    # --- whether there is a way
    def is_possible(self) -> bool:
        """Whether all that is open can be done."""
        waiting = self.tasks.open
        return bool(waiting) and not self.tasks.is_lost() and not any(map(self.why_not, waiting))

    def why_not(self, task: Task) -> str:
        """Returns why a task cannot be done for the person, or ""."""
        if task.is_done or not isinstance(task.wanted, Wait):
            return ""
        waiting = self.tasks.open
        # What comes before may bring about what this one needs: only the first is judged by how things stand.
        is_next = not any(isinstance(other.wanted, Wait) for other in waiting[: waiting.index(task)])
        way = self._way(task.wanted)
        if way is None:
            return NO_WAY if is_next or not has_way(task.wanted) else ""
        runs = [deed.command for deed in way if isinstance(deed, Run)]
        if any(command not in self.commands.ids or self._asks(command) for command in runs):
            return NO_WAY
        return NO_WAY if is_next and any(map(self.commands.why_not, runs)) else ""

    def _asks(self, command_id: str) -> bool:
        """Whether a command opens a dialog, or leaves the document."""
        return command_id.startswith(NEVER) or self.commands.command(command_id).title.endswith("…")

    def _way(self, wait: Wait) -> Way:
        return way_to(wait, self.tasks.situation())

    # --- doing
    def begin(self) -> None:
        """Do all that is open."""
        if self.is_possible():
            self.is_on = True
            self._tried = []
            self.changed.emit()
            self._go_on()

    def stop(self) -> None:
        """Do nothing more."""
        self._soon.stop()
        if self.is_on:
            self.is_on = False
            self.changed.emit()

    def look_on(self) -> None:
        """Something that was waited for may have come to its end."""
        self._look_again()

    def _look_again(self, _news: object = None) -> None:
        if self.is_on:
            self._soon.start()

    def _go_on(self) -> None:
        self.tasks.look()
        waiting = self.tasks.open
        if not waiting or self.tasks.is_lost():
            self.stop()
        elif not self._is_waiting(waiting[0]):
            if waiting[0] in self._tried:
                self.stop()
                return
            self._tried.append(waiting[0])
            self._do(waiting[0])
            self._look_again()

    def _is_waiting(self, task: Task) -> bool:
        """Whether something is under way that may bring about what is waited for."""
        trains = "train.stop" in self.commands.ids and not self.commands.why_not("train.stop")
        plays = self.player.is_playing and isinstance(task.wanted, Wait) and task.wanted.moment is not None
        return trains or plays

    def _do(self, task: Task) -> None:
        if not isinstance(task.wanted, Wait):
            self.tasks.show_answer(task)
            return
        for deed in self._way(task.wanted) or ():
            if not isinstance(deed, TakeSteps):
                self._perform(deed)
                continue
            if self.player.end - self.player.cursor < deed.count - task.taken:
                self.player.seek(0)
            for _ in range(deed.count - task.taken):
                self.player.step()

    def _perform(self, deed: Deed) -> None:
        document = self.workspace.document
        if isinstance(deed, Edit):
            document.apply(deed.change)
        elif isinstance(deed, Add):
            self.workspace.editor.add(deed.op)
        elif isinstance(deed, Seek):
            self.player.pause()
            self.player.seek(deed.position)
        elif isinstance(deed, Choose):
            self.workspace.scene.select(list(deed.nodes), edges=list(deed.edges))
        elif isinstance(deed, Run):
            self._run(deed)

    def _run(self, deed: Run) -> None:
        if self.commands.why_not(deed.command) or (deed.unless and not self.commands.why_not(deed.unless)):
            return
        if deed.command == "pass.play":
            self.player.pause()  # it is a switch, and may play already
        self.tasks.follow_chosen(deed.command)
        is_switch = self.commands.command(deed.command).is_on is not None
        self.commands.run(deed.command, *([True] if is_switch else []))
        self.tasks.count_command(deed.command)
