"""Recovery: after a crash nothing a person did is gone, and nothing is deleted without their word."""

from __future__ import annotations

import errno
import json
import os
import platform
import random
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nodegraph.app import create_window
from nodegraph.app.document.document import Document
from nodegraph.app.document.recovery import MOST_CELLS_AT_ONCE, Recovery
from nodegraph.app.platform.background_tasks import MOST_AT_ONCE
from nodegraph.app.platform.crash_guard import CrashGuard
from nodegraph.core.building.expression import parse
from nodegraph.core.graph import edits
from nodegraph.core.graph.contents import Contents
from nodegraph.core.training.bindings import set_table, table_of
from nodegraph.core.training.tables import Table
from nodegraph.formats import native
from nodegraph.formats.disk import locks
from nodegraph.formats.disk.permit import Withdrawn
from nodegraph.formats.disk.recovery_bytes import unpacked
from nodegraph.formats.disk.seen import Seen

CRASHES = """
import os, signal, sys
from PySide6.QtWidgets import QApplication
from nodegraph.app.document.document import Document
from nodegraph.app.document.recovery import Recovery
from nodegraph.core.graph import edits
app = QApplication([])
document = Document()
recovery = Recovery(document)
document.apply(edits.add_node(document.graph, "input", 1.0, 2.0, value=42.0))
document.apply(edits.set_title(document.graph, "Nearly lost"))
{before}
os.kill(os.getpid(), signal.SIGKILL)
"""
WAIT_FOR_THE_FILE = "while not recovery.file.exists(): app.processEvents()"


def run_and_kill(before: str) -> None:
    """A process that makes a change and dies without a word."""
    script = CRASHES.format(before=before)
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).parents[3],
        timeout=60,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL


SAVES = """
import io
from pathlib import Path
from nodegraph.formats.disk import in_place
put, times = in_place._put, []
def put_half(file, data):
    times.append(data)
    if len(times) == 2:
        os.pwrite(file.fileno(), data[:150], 0)
        os.kill(os.getpid(), signal.SIGKILL)
    put(file, data)
in_place._put = put_half
path = Path({path!r})
document.replace(document.graph, path=path, modified=True, seen=document.seen)
{wait}
document.save()
"""


@pytest.fixture
def recovery(document: Document) -> Recovery:
    return Recovery(document)


needs_kill = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9")


@needs_kill
def test_a_file_whose_saving_was_cut_off_is_mended_at_the_next_start(
    document: Document, recovery: Recovery, tmp_path: Path
) -> None:
    path = tmp_path / "linked.nodegraph"
    path.write_bytes(native.write(parse("y = x*x")))
    os.link(path, tmp_path / "other")
    run_and_kill(SAVES.format(path=str(path), wait=WAIT_FOR_THE_FILE))
    (left,) = recovery.left_over()
    assert left.seen == Seen.of(path, path.read_bytes())
    assert native.read(path.read_bytes()) == left.read()
    assert (tmp_path / "other").samefile(path)
    left.keep()


def test_work_of_a_killed_process_is_found_and_read(recovery: Recovery) -> None:
    run_and_kill(WAIT_FOR_THE_FILE)
    (found,) = recovery.left_over()
    assert found.title == "Nearly lost"
    assert found.path is None
    assert found.read().node("a").value == 42.0


@needs_kill
def test_a_change_is_safe_from_a_kill_long_before_it_is_on_the_disk(recovery: Recovery) -> None:
    run_and_kill(
        "recovery.write_now()\n"
        "document.apply(edits.set_value(document.graph, 'a', 43.0))\n"
        "recovery._timer.setInterval(10**6)\n"
        "while not recovery.soon.exists(): app.processEvents()"
    )
    (found,) = recovery.left_over()
    assert found.read().node("a").value == 43.0
    found.delete()
    assert not [*recovery.folder.glob("*.json"), *recovery.folder.glob("*.soon")]


@needs_kill
def test_the_first_change_is_safe_too_and_one_cut_off_leaves_the_one_before(recovery: Recovery) -> None:
    wait = "recovery._timer.setInterval(10**6)\nwhile not recovery.soon.exists(): app.processEvents()"
    run_and_kill(wait)
    (found,) = recovery.left_over()
    assert found.read().node("a").value == 42.0
    found.delete()
    run_and_kill("recovery.write_now()\nrecovery.soon.write_bytes(b'{half')")
    (found,) = recovery.left_over()
    assert found.read().node("a").value == 42.0
    found.delete()


def test_a_note_older_than_the_recovery_file_is_not_taken(recovery: Recovery, document: Document) -> None:
    document.apply(edits.set_value(document.graph, "a", 7.0))
    recovery._note_soon()
    older = recovery.soon.read_bytes()
    document.apply(edits.set_value(document.graph, "a", 8.0))
    recovery.write_now()
    assert not recovery.soon.exists()
    file = recovery.folder / "1-00000000.json"
    file.with_suffix(".soon").write_bytes(older)
    os.utime(file.with_suffix(".soon"), (1, 1))
    file.write_bytes(recovery.file.read_bytes())
    (found,) = Recovery(Document()).left_over()
    assert found.read().node("a").value == 8.0
    found.keep()


@needs_kill
def test_nothing_is_offered_twice_at_a_time_but_kept_work_comes_again(recovery: Recovery) -> None:
    run_and_kill("recovery.write_now()")
    (found,) = recovery.left_over()
    assert recovery.left_over() == []
    found.keep()
    (again,) = recovery.left_over()
    again.delete()
    assert recovery.left_over() == []
    assert not again.file.exists()


def test_a_living_process_is_no_crash(recovery: Recovery, document: Document, qapp: object) -> None:
    document.apply(edits.set_value(document.graph, "a", 7.0))
    recovery.write_now()
    assert recovery.file.exists()
    assert Recovery(Document()).left_over() == []


def test_a_change_is_written_within_a_second(recovery: Recovery, document: Document, qtbot: QtBot) -> None:
    document.apply(edits.set_value(document.graph, "a", 7.0))
    assert not recovery.file.exists()
    assert recovery._timer.remainingTime() <= 1000
    qtbot.waitUntil(recovery.file.exists)


def test_a_large_document_is_written_as_it_stands_at_last(
    recovery: Recovery, document: Document, qtbot: QtBot
) -> None:
    """It is packed in another thread, and again where it has changed meanwhile."""
    lines = "\n".join(f"n{i} = x*{i + 2}" for i in range(MOST_AT_ONCE))
    document.replace(parse(lines, x=1))
    document.apply(edits.set_value(document.graph, "x", 7.0))
    qtbot.waitUntil(lambda: recovery._packing is not None or recovery.file.exists())
    document.apply(edits.set_value(document.graph, "x", 8.0))

    def is_written() -> bool:
        written = json.loads(recovery.file.read_text())["document"] if recovery.file.exists() else ""
        return bool(written) and native.read(written.encode()) == document.graph

    qtbot.waitUntil(is_written)


def test_continuous_edits_of_a_large_document_are_written_in_another_thread(
    recovery: Recovery, document: Document, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []
    written = native.pieces

    def pieces(contents: Contents) -> Iterator[bytes]:
        threads.append(threading.current_thread())
        yield from written(contents)

    monkeypatch.setattr(native, "pieces", pieces)
    document.replace(parse("\n".join(f"n{i} = x*{i + 2}" for i in range(MOST_AT_ONCE)), x=1))
    value = 1.0

    def edit_until_written() -> bool:
        nonlocal value
        value += 1.0
        document.apply(edits.set_value(document.graph, "x", value))
        return recovery.file.exists()

    qtbot.waitUntil(edit_until_written)
    assert value > 5
    assert threading.main_thread() not in threads


def test_what_another_thread_writes_is_not_put_in_place_once_the_work_is_given_up(
    recovery: Recovery, document: Document, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file would be taken for what a crash has left."""
    begun, may_end = threading.Event(), threading.Event()
    written = native.pieces

    def pieces(contents: Contents) -> Iterator[bytes]:
        yield from written(contents)
        begun.set()
        may_end.wait(10)

    document.replace(parse("\n".join(f"n{i} = x*{i + 2}" for i in range(MOST_AT_ONCE)), x=1))
    monkeypatch.setattr(native, "pieces", pieces)
    document.apply(edits.set_value(document.graph, "x", 7.0))
    qtbot.waitUntil(begun.is_set)
    packing = recovery._packing
    assert packing is not None
    document.stack.undo()
    may_end.set()
    qtbot.waitUntil(packing.done)
    with pytest.raises(Withdrawn):
        packing.result()
    assert not recovery.file.exists()
    assert not list(recovery.folder.glob("*.part"))


def test_saved_work_leaves_no_recovery_file(recovery: Recovery, document: Document, tmp_path: Path) -> None:
    document.apply(edits.set_value(document.graph, "a", 7.0))
    recovery.write_now()
    document.save_as(tmp_path / "safe.nodegraph")
    assert not recovery.file.exists()


def test_undone_work_leaves_no_recovery_file(recovery: Recovery, document: Document) -> None:
    document.apply(edits.set_value(document.graph, "a", 7.0))
    recovery.write_now()
    document.stack.undo()
    assert not recovery.file.exists()


def test_a_clean_end_leaves_nothing_behind(recovery: Recovery, document: Document) -> None:
    document.apply(edits.set_value(document.graph, "a", 7.0))
    recovery.write_now()
    recovery.close()
    assert list(recovery.folder.iterdir()) == []


def test_a_large_table_is_written_in_another_thread(
    document: Document, recovery: Recovery, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = Table("", (("x", np.arange(MOST_CELLS_AT_ONCE + 1.0)),))
    document.apply(set_table(document.graph, table))
    threads: list[threading.Thread] = []
    written = native.pieces

    def pieces(contents: Contents) -> Iterator[bytes]:
        threads.append(threading.current_thread())
        yield from written(contents)

    monkeypatch.setattr(native, "pieces", pieces)
    qtbot.waitUntil(recovery.file.exists)
    kept = native.read(json.loads(recovery.file.read_bytes())["document"].encode())
    assert table_of(kept) == table
    assert threading.main_thread() not in threads


def test_a_damaged_recovery_file_is_set_aside_and_told_once(recovery: Recovery) -> None:
    damaged = recovery.folder / "1-x.json"
    damaged.write_text("{")
    assert recovery.left_over() == []
    assert recovery.damaged == [recovery.folder / "1-x.damaged"]
    assert recovery.damaged[0].read_text() == "{"
    later = Recovery(Document())
    assert later.left_over() == []
    assert later.damaged == []


def test_a_damaged_note_of_a_first_change_is_set_aside_and_told_once(recovery: Recovery) -> None:
    (recovery.folder / "1-x.soon").write_text("{")
    assert recovery.left_over() == []
    assert recovery.damaged == [recovery.folder / "1-x.damaged"]
    later = Recovery(Document())
    assert later.left_over() == []
    assert later.damaged == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no such pipes")
@pytest.mark.parametrize("name", ["1-x.json", "1-x.soon"])
def test_a_pipe_among_recovery_files_does_not_hold_the_start_up(recovery: Recovery, name: str) -> None:
    pipe = recovery.folder / name
    os.mkfifo(pipe)
    looking = threading.Thread(target=recovery.left_over)
    looking.start()
    looking.join(20)
    is_waiting = looking.is_alive()
    if is_waiting:
        os.close(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))  # which ends what it waits for
        looking.join()
    assert not is_waiting
    assert recovery.damaged == [recovery.folder / "1-x.damaged"]


def test_no_flipped_bit_is_restored_as_another_graph(recovery: Recovery, document: Document) -> None:
    document.apply(edits.set_value(document.graph, "a", 7.0))
    recovery.write_now()
    whole = recovery.file.read_bytes()
    rest = random.Random(1)
    file = recovery.folder / "1-00000000.json"
    for place in range(0, len(whole), 3):
        spoilt = bytearray(whole)
        spoilt[place] ^= 1 << rest.randrange(8)
        file.write_bytes(spoilt)
        for found in recovery.left_over():
            assert native.read(unpacked(found.file.read_bytes())["document"].encode()) == document.graph
            found.keep()


def test_a_recovery_file_of_before_checksums_is_read(recovery: Recovery, document: Document) -> None:
    old = {"title": "Old", "path": "", "document": native.write(document.graph).decode()}
    (recovery.folder / "1-00000000.json").write_text(json.dumps(old))
    (found,) = recovery.left_over()
    assert found.read() == document.graph


# --- locks
def no_locks(handle: int) -> None:
    raise OSError(errno.ENOLCK, "No locks available")


@needs_kill
def test_without_file_locks_work_of_a_killed_process_is_found_all_the_same(
    recovery: Recovery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "_lock", no_locks)
    run_and_kill("recovery.write_now()")
    (found,) = recovery.left_over()
    assert found.title == "Nearly lost"


@needs_kill
def test_without_file_locks_a_living_window_and_another_machine_keep_their_work(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "_lock", no_locks)
    alive = Recovery(document)
    document.apply(edits.set_value(document.graph, "a", 7.0))
    alive.write_now()
    elsewhere = alive.folder / "4194303-00000000.json"
    elsewhere.write_bytes(alive.file.read_bytes())
    elsewhere.with_suffix(".lock").write_text("4194303 another-machine 1")
    other = Recovery(Document())
    assert other.left_over() == []
    elsewhere.with_suffix(".lock").write_text(f"4194303 {platform.node()} 1")
    (found,) = other.left_over()
    assert found.file == elsewhere


def test_a_dead_lock_is_swept_and_a_living_one_stays(recovery: Recovery) -> None:
    dead = recovery.folder / "1-00000000.lock"
    foreign = recovery.folder / "mine.lock"
    dead.touch()
    foreign.touch()
    Recovery(Document()).close()
    assert not dead.exists()
    assert foreign.exists()
    assert recovery.lock.path.exists()


# --- a state folder that cannot be used
@pytest.fixture
def spoilt_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file in the place of the state folder."""
    path = tmp_path / "in-the-way"
    path.touch()
    monkeypatch.setenv("NODEGRAPH_STATE", str(path))
    return path


def test_without_a_state_folder_the_program_starts_and_says_what_it_cannot(
    spoilt_state: Path, qtbot: QtBot
) -> None:
    window = create_window()
    qtbot.addWidget(window)
    assert len(window.document.graph) == 7
    assert "cannot be kept against a crash" in window.stage.banner.text.text()
    border = CrashGuard()
    border.install()
    border.remove()


def test_once_the_state_folder_is_there_work_is_kept(
    spoilt_state: Path, document: Document, qtbot: QtBot
) -> None:
    recovery = Recovery(document)
    told: list[str] = []
    recovery.failed.connect(told.append)
    document.apply(edits.set_value(document.graph, "a", 7.0))
    recovery.write_now()
    assert len(told) == 1
    spoilt_state.unlink()
    recovery._retry_timer.setInterval(0)
    recovery._retry_timer.start()
    qtbot.waitUntil(recovery.file.exists)
    assert recovery.trouble == ""
    assert recovery.lock.is_held


def test_a_state_folder_that_is_removed_is_made_again(document: Document, tmp_path: Path) -> None:
    recovery = Recovery(document)
    document.apply(edits.set_title(document.graph, "Before"))
    recovery.write_now()
    shutil.rmtree(tmp_path / "state")
    document.apply(edits.set_title(document.graph, "After"))
    recovery.write_now()
    assert not recovery.trouble
    assert unpacked(recovery.file.read_bytes())["title"] == "After"
    assert not Recovery(Document()).left_over(), "a living window's work is taken for a dead one's"
    recovery.close()


def test_a_failure_that_goes_on_is_told_again_but_not_at_every_change(
    recovery: Recovery, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    recovery.failed.connect(told.append)
    recovery.file.mkdir()
    document.apply(edits.set_value(document.graph, "a", 7.0))
    recovery.write_now()
    recovery.write_now()
    assert len(told) == 1
    monkeypatch.setattr("nodegraph.app.document.recovery.TELL_AGAIN_S", 0.0)
    recovery.write_now()
    assert len(told) == 2


def test_a_disk_that_refuses_is_noted_and_does_no_harm(recovery: Recovery, document: Document) -> None:
    recovery.file.mkdir()
    document.apply(edits.set_value(document.graph, "a", 7.0))
    recovery.write_now()
    assert recovery.trouble
    assert document.graph.node("a").value == 7.0
