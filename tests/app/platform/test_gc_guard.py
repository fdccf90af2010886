"""Where Python looks for garbage: never in another thread, where it would destroy what belongs to Qt."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nodegraph.app.platform import gc_guard
from nodegraph.app.platform.background_tasks import Aside, LongTasks, Task, begin_aside
from nodegraph.app.widgets.typeset import Typesetter
from tests import garbage


@pytest.fixture
def collectors() -> Iterator[set[str]]:
    """The threads in which Python looked for garbage meanwhile."""
    found: set[str] = set()

    def look(phase: str, _info: dict[str, int]) -> None:
        found.add(threading.current_thread().name)

    gc.callbacks.append(look)
    yield found
    gc.callbacks.remove(look)


def leave_garbage() -> int:
    """So much that Python would look for it many times."""
    for _ in range(20_000):
        circle: list[object] = []
        circle.append(circle)
    return 20_000


def test_work_aside_never_looks_for_garbage(qtbot: QtBot, collectors: set[str]) -> None:
    done = begin_aside(leave_garbage)
    assert done.result() == 20_000
    assert not gc.isenabled()
    qtbot.waitUntil(gc.isenabled)
    leave_garbage()
    assert collectors == {threading.current_thread().name}


def test_formulas_that_are_drawn_aside_leave_the_garbage_alone(qtbot: QtBot, collectors: set[str]) -> None:
    typesetter = Typesetter()
    typesetter.ask([" + ".join(f"x_{{{place}}}" for place in range(200))])
    qtbot.waitUntil(lambda: not typesetter.is_drawing)
    qtbot.waitUntil(gc.isenabled)
    assert not any(name.startswith("typeset") for name in collectors)


def test_a_thread_that_another_one_asked_for_leaves_the_garbage_alone(
    qtbot: QtBot, collectors: set[str]
) -> None:
    """Nobody else keeps Python from looking meanwhile, as whoever asks from work aside would."""
    long = threading.Thread(target=leave_garbage, name="long")
    asking = threading.Thread(target=partial(gc_guard.start, long), name="asking")
    asking.start()
    asking.join()
    qtbot.waitUntil(lambda: long.ident is not None and not long.is_alive())
    qtbot.waitUntil(gc.isenabled)
    leave_garbage()
    assert "long" not in collectors
    assert threading.current_thread().name in collectors


def test_the_passes_are_loaded_without_a_look_for_garbage() -> None:
    program = """
import gc, threading
from PySide6.QtCore import QCoreApplication, QTimer
from nodegraph import app
from nodegraph.core.kernels import kernels
from nodegraph.formats.disk import compiled

looked = set()

def load():
    for _ in range(20_000):
        circle = []
        circle.append(circle)
    QTimer.singleShot(0, QCoreApplication.instance(), QCoreApplication.quit)

def begin(windows):
    windows.open_windows.append(None)
    gc.callbacks.append(lambda *_: looked.add(threading.current_thread().name))
    QTimer.singleShot(0, kernels.wanted)

compiled.can_compile, compiled._load_in_background = lambda: True, load
app._run(begin)
print(compiled._thread is not None, looked - {threading.main_thread().name})
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[0] == "True set()"


def test_a_task_that_ends_does_not_wake_the_collector_while_other_work_goes_on(qtbot: QtBot) -> None:
    widget, may_end = QWidget(), threading.Event()
    qtbot.addWidget(widget)
    tasks = LongTasks(widget)

    def task() -> Task:
        yield Aside(lambda: None)

    tasks.begin("Reckoning", task())
    waiting = begin_aside(may_end.wait)
    qtbot.waitUntil(lambda: not tasks.is_running)
    assert not gc.isenabled()
    may_end.set()
    qtbot.waitUntil(gc.isenabled)
    assert waiting.result()


def test_who_had_switched_the_collector_off_finds_it_off(qtbot: QtBot) -> None:
    gc.disable()
    try:
        gc_guard.pause("somebody")
        gc_guard.resume("somebody")
        assert not gc.isenabled()
    finally:
        gc.enable()


class Told:
    """Tells in which thread it goes."""

    def __init__(self, gone_in: list[str]) -> None:
        self.gone_in = gone_in

    def __del__(self) -> None:
        self.gone_in.append(threading.current_thread().name)

    def work(self, may_end: threading.Event) -> None:
        may_end.wait(10)


def test_what_work_holds_is_let_go_in_the_windows_thread(qtbot: QtBot) -> None:
    gone_in: list[str] = []
    may_end = threading.Event()
    done = begin_aside(partial(Told(gone_in).work, may_end))
    may_end.set()
    qtbot.waitUntil(lambda: bool(gone_in))
    assert done.done()
    assert gone_in == [threading.current_thread().name]


def test_what_work_holds_is_let_go_before_anybody_looks_through_it(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone_in: list[str] = []
    gone_before: list[bool] = []
    resume = gc_guard.resume

    def look(by: object) -> None:
        gone_before.append(bool(gone_in))
        resume(by)

    monkeypatch.setattr(gc_guard, "resume", look)
    may_end = threading.Event()
    begin_aside(partial(Told(gone_in).work, may_end))
    may_end.set()
    qtbot.waitUntil(gc.isenabled)
    assert gone_before == [True]


def test_what_is_spared_is_searched_again_once_a_window_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("freeze", "unfreeze"):
        monkeypatch.setattr(gc, name, getattr(garbage, name))
    try:
        gc_guard.spare()
        assert gc.get_freeze_count() > 1_000
        gc_guard.let_go()
        assert gc.get_freeze_count() == 0
    finally:
        garbage.freeze()


def test_no_garbage_is_looked_for_until_the_first_window_is_filled() -> None:
    program = """
import gc
from nodegraph import app
while_it_is_filled = []
app._run(lambda windows: while_it_is_filled.append(gc.isenabled()))
print(while_it_is_filled, gc.isenabled(), gc.get_freeze_count() > 1_000)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[0] == "[False] True True"
