"""Recovery: after a crash nothing a person did is gone, and nothing is deleted without their word."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from nodegraph.app.document import Document
from nodegraph.app.long_tasks import MOST_AT_ONCE
from nodegraph.app.recovery import Recovery
from nodegraph.core import edits
from nodegraph.core.expression import parse
from nodegraph.formats import native

CRASHES = """
import os, signal, sys
from PySide6.QtWidgets import QApplication
from nodegraph.app.document import Document
from nodegraph.app.recovery import Recovery
from nodegraph.core import edits
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
        cwd=Path(__file__).parents[2],
        timeout=60,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL


@pytest.fixture
def recovery(document: Document) -> Recovery:
    return Recovery(document)


needs_kill = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9")


@needs_kill
def test_work_of_a_killed_process_is_found_and_read(recovery: Recovery) -> None:
    run_and_kill(WAIT_FOR_THE_FILE)
    (found,) = recovery.left_over()
    assert found.title == "Nearly lost"
    assert found.path is None
    assert found.read().node("a").value == 42.0


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
    qtbot.waitUntil(recovery.file.exists, timeout=2000)


def test_a_large_document_is_written_as_it_stands_at_last(
    recovery: Recovery, document: Document, qtbot: QtBot
) -> None:
    """It is packed in another thread; what a later change makes stale is not written."""
    lines = "\n".join(f"n{i} = x*{i + 2}" for i in range(MOST_AT_ONCE))
    document.replace(parse(lines, x=1))
    document.apply(edits.set_value(document.graph, "x", 7.0))
    qtbot.waitUntil(lambda: recovery._packing is not None or recovery.file.exists(), timeout=3000)
    document.apply(edits.set_value(document.graph, "x", 8.0))

    def is_written() -> bool:
        written = json.loads(recovery.file.read_text())["document"] if recovery.file.exists() else ""
        return bool(written) and native.read(written.encode()) == document.graph

    qtbot.waitUntil(is_written, timeout=5000)


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


def test_a_damaged_recovery_file_is_left_alone(recovery: Recovery) -> None:
    damaged = recovery.folder / "1-x.json"
    damaged.write_text("{")
    assert recovery.left_over() == []
    assert damaged.exists()


def test_a_disk_that_refuses_is_noted_and_does_no_harm(recovery: Recovery, document: Document) -> None:
    recovery.file.mkdir()
    document.apply(edits.set_value(document.graph, "a", 7.0))
    recovery.write_now()
    assert recovery.trouble
    assert document.graph.node("a").value == 7.0
