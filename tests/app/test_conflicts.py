"""Another program's version of a file is never overwritten unasked, and a file that is gone is told."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from nodegraph.app.document import earlier
from nodegraph.app.document.conflict import ANSWER, KEEP_MINE, LOAD_THEIRS, SAVE_AS, conflict_box
from nodegraph.app.platform.settings import state_folder
from nodegraph.app.window.main_window import MainWindow
from nodegraph.core.building.expression import parse
from nodegraph.core.graph import edits
from nodegraph.formats import files
from nodegraph.formats.disk.seen import Found, Seen, look_again

MINE, THEIRS = 7.0, 99.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "shared.nodegraph"


@pytest.fixture
def edited(window: MainWindow, path: Path) -> MainWindow:
    """A window with a file open in which a is 7, not saved yet."""
    files.save(parse("L = a*b", a=2, b=3), path)
    assert window.workspace.files.load(path)
    window.document.apply(edits.set_value(window.document.graph, "a", MINE))
    return window


def write_theirs(path: Path) -> None:
    files.save(parse("L = a*b", a=THEIRS, b=3), path)


def value_in(path: Path) -> float | None:
    return files.load(path).node("a").value


def answering(window: MainWindow, monkeypatch: pytest.MonkeyPatch, answer: str) -> list[Found]:
    asked: list[Found] = []
    monkeypatch.setattr(
        window.workspace.files, "ask_conflict", lambda path, found, kept: asked.append(found) or answer
    )
    return asked


def test_saving_asks_nothing_where_nobody_else_wrote(
    edited: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answering(edited, monkeypatch, "")
    os.utime(path)  # a copying program may touch a file without changing it
    assert edited.workspace.files.save()
    edited.document.apply(edits.set_value(edited.document.graph, "a", 8.0))
    assert edited.workspace.files.save()
    assert asked == []
    assert value_in(path) == 8.0


def test_cancelling_leaves_both_versions(
    edited: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_theirs(path)
    assert answering(edited, monkeypatch, "") == []
    assert not edited.workspace.files.save()
    assert value_in(path) == THEIRS
    assert edited.document.is_modified
    assert edited.document.graph.node("a").value == MINE


def test_a_change_of_the_same_size_and_time_is_noticed(
    edited: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"2", b"4", 1))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    asked = answering(edited, monkeypatch, "")
    assert not edited.workspace.files.save()
    assert asked == [Found.CHANGED]


def test_keep_mine_replaces_theirs_which_is_kept_elsewhere(
    edited: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_theirs(path)
    answering(edited, monkeypatch, KEEP_MINE)
    assert edited.workspace.files.save()
    assert value_in(path) == MINE
    assert not edited.document.is_modified
    assert value_in(state_folder(earlier.FOLDER) / earlier.name_for(path)) == THEIRS


def test_load_theirs_shows_it_and_keeps_mine_elsewhere(
    edited: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_theirs(path)
    answering(edited, monkeypatch, LOAD_THEIRS)
    assert not edited.workspace.files.save()
    assert edited.document.graph.node("a").value == THEIRS
    assert not edited.document.is_modified
    assert value_in(state_folder(earlier.FOLDER) / earlier.name_for(path, "mine-")) == MINE


def test_save_as_leaves_theirs_alone(
    edited: MainWindow, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_theirs(path)
    answering(edited, monkeypatch, SAVE_AS)
    other = tmp_path / "mine.nodegraph"
    monkeypatch.setattr(edited.workspace.files, "ask_save", lambda *_: other)
    assert edited.workspace.files.save()
    assert (value_in(path), value_in(other)) == (THEIRS, MINE)


def test_a_file_that_is_gone_is_told_before_it_is_written_anew(
    edited: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.unlink()
    asked = answering(edited, monkeypatch, "")
    assert not edited.workspace.files.save()
    assert asked == [Found.GONE]
    assert not path.exists()
    answering(edited, monkeypatch, KEEP_MINE)
    assert edited.workspace.files.save()
    assert value_in(path) == MINE


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo] if hasattr(os, "mkfifo") else [Path.mkdir])
def test_a_folder_or_pipe_in_its_place_is_no_version_of_the_file(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    path = tmp_path / "line.nodegraph"
    path.write_bytes(b"{}")
    seen = Seen.of(path, b"{}")
    path.unlink()
    make(path)
    assert look_again(path, seen) is look_again(path, seen, trusts_time=True) is Found.GONE


def test_closing_with_save_asks_too_and_cancel_keeps_the_window(
    edited: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_theirs(path)
    monkeypatch.setattr(edited.workspace.files, "ask_unsaved", lambda: QMessageBox.StandardButton.Save)
    answering(edited, monkeypatch, "")
    assert not edited.close()
    assert edited.isVisible()


@pytest.mark.parametrize(
    ("button", "value"), [("mine", MINE), ("theirs", THEIRS)], ids=["keep mine", "load theirs"]
)
def test_the_question_is_answered_by_its_buttons(
    edited: MainWindow, path: Path, qtbot: QtBot, button: str, value: float
) -> None:
    write_theirs(path)
    said: list[str] = []

    def answer() -> None:
        box = edited.findChild(QMessageBox, "conflict")
        assert box is not None
        said.append(f"{box.text()} {box.informativeText()}")
        box.findChild(QPushButton, f"conflict.{button}").click()

    QTimer.singleShot(0, answer)
    assert edited.workspace.files.save() == (button == "mine")
    assert "Another program has changed “shared.nodegraph” at " in said[0]
    assert str(state_folder(earlier.FOLDER)) in said[0]
    assert edited.document.graph.node("a").value == value


def test_coming_back_to_the_window_tells_what_happened_to_the_file_once(
    edited: MainWindow, path: Path
) -> None:
    told: list[str] = []
    edited.workspace.files.noted.connect(told.append)
    edited.workspace.files.notice()
    write_theirs(path)
    edited.workspace.files.notice()
    edited.workspace.files.notice()
    path.unlink()
    edited.workspace.files.notice()
    assert [sentence.partition(" since")[0] for sentence in told] == [
        "shared.nodegraph was changed by another program",
        "shared.nodegraph was deleted or moved",
    ]


def test_work_restored_after_a_crash_does_not_overwrite_what_was_changed_since(
    edited: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = edited.document.seen
    assert seen is not None
    write_theirs(path)
    edited.document.replace(
        edited.document.graph, path=path, modified=True, seen=Seen.from_text(seen.to_text())
    )
    asked = answering(edited, monkeypatch, "")
    assert not edited.workspace.files.save()
    assert asked == [Found.CHANGED]


def test_one_earlier_version_is_kept_of_each_document(edited: MainWindow, path: Path) -> None:
    assert edited.workspace.files.save()
    edited.document.apply(edits.set_value(edited.document.graph, "a", 8.0))
    assert edited.workspace.files.save()
    assert edited.workspace.files.save()
    (kept,) = state_folder(earlier.FOLDER).iterdir()
    assert value_in(kept) == MINE


def test_an_earlier_version_that_cannot_be_kept_stops_no_saving(
    edited: MainWindow, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("NODEGRAPH_STATE", str(tmp_path / "file"))
    assert edited.workspace.files.save()
    assert value_in(path) == MINE


def test_only_so_many_earlier_versions_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(earlier, "MOST_KEPT", 3)
    for number in range(5):
        kept = earlier.keep(tmp_path / f"{number}.nodegraph", b"1")
        assert kept is not None
        os.utime(kept, (number, number))
    last = earlier.keep(tmp_path / "last.nodegraph", b"1")
    assert last is not None
    names = sorted(path.name.partition("-")[2] for path in last.parent.iterdir())
    assert names == ["3.nodegraph", "4.nodegraph", "last.nodegraph"]


def test_a_read_only_file_is_told_when_it_is_opened(
    window: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.save(parse("L = a*b", a=2, b=3), path)
    monkeypatch.setattr(files, "may_write", lambda path: False)
    assert window.workspace.files.load(path)
    assert window.stage.banner.text.text().startswith("shared.nodegraph is read-only")


def test_looking_again_at_what_cannot_be_seen_stands_in_nobodys_way(tmp_path: Path) -> None:
    seen = Seen.of(tmp_path / "none", b"")
    assert look_again(tmp_path / "none", seen) is Found.GONE
    assert look_again(tmp_path / "none", None) is Found.SAME
    assert look_again(tmp_path / ("x" * 300), seen) is Found.SAME
    assert Seen.from_text("{") is None


def test_saving_as_another_file_keeps_what_was_there_though_nothing_was_changed(
    window: MainWindow, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.save(parse("L = a*b", a=2, b=3), path)
    assert window.workspace.files.load(path)
    other = tmp_path / "other.nodegraph"
    write_theirs(other)
    monkeypatch.setattr(window.workspace.files, "ask_save", lambda *_: other)
    assert window.workspace.files.save_as()
    assert value_in(other) == 2.0
    assert value_in(state_folder(earlier.FOLDER) / earlier.name_for(other)) == THEIRS


@pytest.mark.parametrize("answer", [KEEP_MINE, LOAD_THEIRS])
def test_why_it_failed_is_not_hidden_when_the_window_looks_again(
    edited: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    path.write_bytes(b"{")
    said = "shared.nodegraph: line 1"
    if answer == KEEP_MINE:
        shutil.rmtree(path.parent)
        said = "The folder for this file does not exist. Nothing was written."
    answering(edited, monkeypatch, answer)
    assert not edited.workspace.files.save()
    edited.workspace.files.notice()  # the window is the active one again, once the question has gone
    assert said in edited.stage.banner.text.text()


def test_a_file_whose_folder_is_gone_is_not_offered_to_be_written_there(
    edited: MainWindow, path: Path
) -> None:
    path.unlink()
    box = conflict_box(path, Found.GONE, None, edited)
    assert KEEP_MINE in [button.property(ANSWER) for button in box.buttons()]
    shutil.rmtree(path.parent)
    box = conflict_box(path, Found.GONE, None, edited)
    assert {button.property(ANSWER) for button in box.buttons()} == {SAVE_AS, None}
    assert "not there any more either" in box.informativeText()


def test_theirs_is_not_loaded_where_no_copy_of_mine_can_be_kept(
    edited: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_theirs(path)
    monkeypatch.setattr(earlier, "keep", lambda *_: None)
    answering(edited, monkeypatch, LOAD_THEIRS)
    assert not edited.workspace.files.save()
    assert edited.document.graph.node("a").value == MINE
    assert edited.document.is_modified
    assert "Save yours under another name first" in edited.stage.banner.text.text()
