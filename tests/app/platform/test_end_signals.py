"""A program that is told to end keeps the work of a person first, whoever tells it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from nodegraph.app.document.document import Document
from nodegraph.app.document.recovery import Recovery
from nodegraph.app.platform import settings
from nodegraph.app.platform.settings import Settings
from nodegraph.app.window.window_manager import Place
from nodegraph.core.building.expression import parse
from nodegraph.formats import files

ENDS = """
import os, signal
signal.signal(signal.{name}, signal.SIG_DFL)  # whoever runs the tests in the background ignores some
from PySide6.QtCore import QTimer
from nodegraph import app
from nodegraph.app.window.window_manager import Windows
from nodegraph.core.graph import edits
start = Windows.start
def begin(windows, path):
    start(windows, path)
    document = windows.open_windows[0].document
    def end():
        if {typed!r}:
            canvas = windows.open_windows[0].canvas
            canvas.edit_value(document.graph.named("a").id)
            canvas.field.setText({typed!r})
        if {edits}:
            document.apply(edits.set_title(document.graph, "Nearly lost"))
        os.kill(os.getpid(), signal.{name})
    QTimer.singleShot(300 if {typed!r} else 0, end)
Windows.start = begin
raise SystemExit(app.main({path!r}))
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signals")


def end_by(name: str, path: Path, *, edited: bool) -> int:
    """The exit status of a program that gets a signal, right after an edit where there is to be one."""
    return ended(name, path, edited=edited).returncode


def ended(
    name: str, path: Path, *, edited: bool = False, typed: str = ""
) -> subprocess.CompletedProcess[str]:
    """The same program when it has ended, with what it said; `typed` stands in a field that is open."""
    script = ENDS.format(name=name, path=str(path), edits=edited, typed=typed)
    return subprocess.run(
        [sys.executable, "-P", "-c", script],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path(__file__).parents[3])},
        timeout=60,
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "line.nodegraph"
    files.save(parse("L = a*b"), path)
    return path


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_work_of_the_last_moment_is_kept_and_the_session_too(qapp: object, saved: Path, name: str) -> None:
    assert end_by(name, saved, edited=True) == 128 + getattr(signal, name)
    recovery = Recovery(Document())
    (left,) = recovery.left_over()
    assert left.read().title == "Nearly lost"
    left.delete()
    recovery.close()
    (place,) = map(Place.from_text, Settings().value(settings.SESSION))
    assert place is not None
    assert place.path == str(saved)


def test_nothing_is_left_behind_where_nothing_is_unsaved(qapp: object, saved: Path, tmp_path: Path) -> None:
    assert end_by("SIGTERM", saved, edited=False) == 128 + signal.SIGTERM
    assert list((tmp_path / "state" / "recovery").iterdir()) == []


def test_a_number_that_is_being_typed_is_kept(qapp: object, saved: Path) -> None:
    end = ended("SIGTERM", saved, typed="7.25")
    assert (end.returncode, end.stderr) == (128 + signal.SIGTERM, "")
    recovery = Recovery(Document())
    (left,) = recovery.left_over()
    node = left.read().named("a")
    assert node is not None
    assert node.value == 7.25
    left.delete()
    recovery.close()
