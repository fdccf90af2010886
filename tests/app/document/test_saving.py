"""A large document is saved in turns, to the same bytes; stopped or refused, all is as it was."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox

from nodegraph.app.document import saving
from nodegraph.app.window.main_window import MainWindow
from nodegraph.core.building.shapes import graph_of, random_shape
from nodegraph.core.graph import edits
from nodegraph.core.training.bindings import set_table
from nodegraph.core.training.tables import Table
from nodegraph.formats import files, native, strict_json
from nodegraph.formats.disk.permit import Permit, Withdrawn
from nodegraph.formats.disk.seen import Seen


@pytest.fixture
def large(window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """A window with a document that takes long, and is not as its file has it."""
    monkeypatch.setattr(saving, "AT_ONCE", 20)
    monkeypatch.setattr(saving, "MOST_NODES", 50)
    document = window.document
    document.replace(graph_of(random_shape(120, 1), placed=True))
    document.save_as(tmp_path / "large.nodegraph")
    document.apply(edits.set_title(document.graph, "Later"))
    return window


def told(window: MainWindow) -> list[str]:
    said: list[str] = []
    window.workspace.files.failed.connect(said.append)
    window.workspace.files.done.connect(said.append)
    return said


def test_it_is_saved_as_it_would_be_at_once(large: MainWindow, tmp_path: Path) -> None:
    said, document = told(large), large.document
    assert large.workspace.files.save()
    assert (tmp_path / "large.nodegraph").read_bytes() == native.write(document.graph)
    assert not document.is_modified
    assert said == ["Saved as large.nodegraph."]
    document.apply(edits.set_title(document.graph, "Once more"))
    assert large.workspace.files.save(), "what was written is not taken for another program's"
    assert files.load(tmp_path / "large.nodegraph") == document.graph


@pytest.mark.parametrize("after", [0, 1, 3, 6])
def test_stopped_it_leaves_file_and_document_as_they_were(
    after: int, large: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, document, tasks = told(large), large.document, large.workspace.editor.tasks
    before, seen = (tmp_path / "large.nodegraph").read_bytes(), document.seen
    steps = 0
    step = tasks._step

    def counted() -> bool:
        nonlocal steps
        steps += 1
        if steps > after:
            QTimer.singleShot(0, tasks.stop)
            return False
        return step()

    monkeypatch.setattr(tasks, "_step", counted)
    assert not large.workspace.files.save()
    assert (tmp_path / "large.nodegraph").read_bytes() == before
    assert document.is_modified
    assert document.seen is seen
    assert said == ["Saving was stopped: large.nodegraph is as it was before."]
    assert not list(tmp_path.glob(".nodegraph-*"))


def test_what_is_in_place_already_is_not_taken_back(
    large: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped too late it is saved, and says so."""
    said, tasks, write = told(large), large.workspace.editor.tasks, saving._written
    is_put, may_end = threading.Event(), threading.Event()

    def written(path: Path, data: bytes, permit: Permit) -> Seen:
        seen = write(path, data, permit)
        is_put.set()
        may_end.wait(10)
        return seen

    def stop_late() -> None:
        if is_put.is_set():
            timer.stop()
            tasks.stop()
            may_end.set()

    monkeypatch.setattr(saving, "_written", written)
    timer = QTimer(interval=1)
    timer.timeout.connect(stop_late)
    timer.start()
    assert large.workspace.files.save()
    assert not large.document.is_modified
    assert files.load(tmp_path / "large.nodegraph") == large.document.graph
    assert said == ["Saved as large.nodegraph."]


def test_refused_it_says_why_and_nothing_is_written(large: MainWindow, tmp_path: Path) -> None:
    said, document = told(large), large.document
    before = document.path, document.seen
    assert not large.workspace.files._put(tmp_path / "nowhere" / "x.nodegraph")
    assert not large.workspace.files._put(tmp_path / "x.png")
    assert len(said) == 2
    assert "folder" in said[0]
    assert (document.path, document.seen) == before
    assert document.is_modified


def test_a_window_that_is_closed_waits_until_it_is_saved(
    large: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large.workspace.files, "ask_unsaved", lambda: QMessageBox.StandardButton.Save)
    assert large.workspace.files.may_close()
    assert files.load(tmp_path / "large.nodegraph").title == "Later"


def test_a_table_is_read_again_in_turns_as_strictly_as_at_once() -> None:
    graph = graph_of(random_shape(30, 1))
    table = Table("", tuple((name, np.linspace(-1e-3, 1e3, 4_000)) for name in "abc"))
    graph.apply(set_table(graph, table))
    data = native.write(graph)
    assert strict_json.parse(data, in_turns=True) == strict_json.parse(data)
    native.check(data, in_turns=True)
    for wrong in (data.replace(b"1000.0", b"1e999", 1), data.replace(b"1000.0", b"NaN", 1), data[:-9]):
        with pytest.raises(files.DocumentError) as at_once:
            native.check(wrong)
        with pytest.raises(files.DocumentError) as in_turns:
            native.check(wrong, in_turns=True)
        assert str(at_once.value) == str(in_turns.value)


def test_a_permit_that_is_withdrawn_lets_nothing_be_put_in_place(tmp_path: Path) -> None:
    permit, path = Permit(), tmp_path / "x.nodegraph"
    files.write_whole(path, b"one", permit)
    assert permit.was_used
    permit.withdraw()
    with pytest.raises(Withdrawn):
        files.write_whole(path, b"two", permit)
    assert path.read_bytes() == b"one"
