"""Several windows side by side, and the session that brings them back."""

from __future__ import annotations

import gc
import os
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPointF
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from nodegraph.app import application
from nodegraph.app.document.document import Document
from nodegraph.app.document.recovery import Recovery
from nodegraph.app.platform import settings
from nodegraph.app.platform.background_tasks import MOST_AT_ONCE
from nodegraph.app.window.main_window import MainWindow
from nodegraph.app.window.window_manager import Place, Windows
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.building.expression import parse
from nodegraph.core.graph import edits
from nodegraph.core.graph.graph import Graph
from nodegraph.core.training.bindings import bind_by_name, set_table, table_of
from nodegraph.core.training.tables import Table
from nodegraph.formats import files
from nodegraph.lessons import reader
from tests.opening import close_all


@pytest.fixture
def windows(qtbot: QtBot) -> Iterator[Windows]:
    application()
    made = Windows()
    yield made
    close_all(made)


@pytest.fixture
def two_files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "one.nodegraph", tmp_path / "two.nodegraph"]
    for path, text in zip(paths, ("L = a*b", "M = exp(x) + y"), strict=True):
        files.save(parse(text), path)
    return paths


def test_without_a_session_the_seed_example_opens(windows: Windows) -> None:
    windows.start()
    assert [window.document.title for window in windows.open_windows] == ["The seed example"]


def test_a_new_window_is_empty_and_leaves_the_first_alone(windows: Windows) -> None:
    windows.start()
    windows.open_windows[0].commands.run("file.new_window")
    first, second = windows.open_windows
    assert len(first.document.graph) == 7
    assert len(second.document.graph) == 0
    second.document.apply(edits.add_node(second.document.graph, "input", 0, 0))
    assert len(first.document.graph) == 7


def test_a_file_that_is_open_already_is_not_opened_twice(windows: Windows, two_files: list[Path]) -> None:
    windows.start(two_files[0])
    assert windows.open_path(two_files[0]) is windows.open_windows[0]
    windows.open_path(two_files[1])
    assert [window.document.path for window in windows.open_windows] == two_files


@pytest.mark.parametrize("name", ["link", "hard", "folder/../one.nodegraph", "linked/one.nodegraph"])
def test_a_file_is_not_opened_twice_by_whatever_name(
    windows: Windows, two_files: list[Path], tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(two_files[0])
    (tmp_path / "linked").symlink_to(tmp_path, target_is_directory=True)
    os.link(two_files[0], tmp_path / "hard")
    windows.start(two_files[0])
    assert windows.open_path(tmp_path / name) is windows.open_windows[0]
    other = windows.open_new()
    other.workspace.files.open_path(tmp_path / name)
    assert other.document.path is None
    monkeypatch.setattr(other.workspace.files, "ask_open", lambda: tmp_path / name)
    other.workspace.files.open()
    assert other.document.path is None


def test_a_file_that_is_open_here_can_be_opened_here_again(
    windows: Windows, two_files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    windows.start(two_files[0])
    window = windows.open_windows[0]
    window.document.apply(edits.set_value(window.document.graph, "a", 5))
    monkeypatch.setattr(QMessageBox, "exec", lambda box: QMessageBox.StandardButton.Discard)
    window.workspace.files.open_path(two_files[0])
    assert window.document.graph.node("a").value == 1


@pytest.mark.parametrize("others", [False, True])
def test_a_table_and_a_lesson_are_opened_as_what_they_are_however_they_come(
    windows: Windows, two_files: list[Path], tmp_path: Path, others: bool
) -> None:
    table, lesson = tmp_path / "rows.csv", tmp_path / "short.md"
    table.write_text("x,y\n1,2\n3,4\n")
    lesson.write_bytes(reader.shelf()[0].path.read_bytes())
    windows.start(two_files[0] if others else table)  # as the command line gives it, or dropped with another
    window = windows.open_path(table) if others else windows.open_windows[0]
    held = table_of(window.document.graph)
    assert held is not None
    assert held.names == ("x", "y")
    assert windows.open_path(lesson).features.lessons.lessons.lesson is not None


def test_a_document_is_not_saved_over_one_that_is_open_in_another_window(
    windows: Windows, two_files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    windows.start(two_files[0])
    other = windows.open_path(two_files[1])
    before = two_files[0].read_bytes()
    monkeypatch.setattr(other.workspace.files, "ask_save", lambda *_asked: two_files[0])
    assert not other.workspace.files.save_as()
    assert "open in another window" in other.stage.banner.text.text()
    assert two_files[0].read_bytes() == before
    assert other.document.path == two_files[1]


def test_what_is_saved_while_quitting_comes_back_too(
    windows: Windows, two_files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    windows.start(two_files[0])
    new = windows.open_new()
    new.document.apply(edits.add_node(new.document.graph, "input", 0, 0))
    monkeypatch.setattr(QMessageBox, "exec", lambda box: QMessageBox.StandardButton.Save)
    monkeypatch.setattr(new.workspace.files, "ask_save", lambda *_asked: tmp_path / "new.nodegraph")
    windows.quit()
    assert [Path(place.path).name for place in Windows().remembered()] == ["one.nodegraph", "new.nodegraph"]


def test_a_file_of_the_session_that_cannot_be_read_is_told(windows: Windows, two_files: list[Path]) -> None:
    windows.start(two_files[0])
    windows.open_path(two_files[1])
    windows.quit()
    two_files[1].write_text("{ nonsense")
    again = Windows()
    again.start()
    (window,) = again.open_windows
    assert window.document.path == two_files[0]
    assert "two.nodegraph: " in window.stage.banner.text.text()
    close_all(again)


def crash(path: Path | None, title: str) -> None:
    """Leave unsaved work behind, as a process that was killed does."""
    document = Document()
    if path is not None:
        document.open(path)
    document.apply(edits.set_title(document.graph, title))
    recovery = Recovery(document)
    recovery.write_now()
    recovery.lock.release()


def restore(window: MainWindow) -> None:
    buttons = window.stage.banner.findChildren(QPushButton)
    next(button for button in buttons if button.isVisible() and "Restore" in button.text()).click()


def test_unsaved_work_of_several_windows_is_restored_each_in_one(
    windows: Windows, two_files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QMessageBox, "exec", lambda box: pytest.fail(box.text()))
    windows.start(two_files[0])
    windows.open_path(two_files[1])
    windows.quit()
    for path, title in ((None, "New"), (two_files[0], "One"), (two_files[1], "Two")):
        crash(path, title)
    again = Windows()
    again.start()
    for _ in range(3):
        restore(again.open_windows[0])
    found = {(window.document.path, window.document.title) for window in again.open_windows}
    assert found == {(two_files[0], "One"), (two_files[1], "Two"), (None, "New")}
    assert len(again.open_windows) == 3
    assert all(window.recovery.file.exists() for window in again.open_windows)
    assert len(list(again.open_windows[0].recovery.folder.glob("*.json"))) == 3
    close_all(again)


def test_quitting_and_starting_again_brings_back_files_view_and_step(
    windows: Windows, two_files: list[Path]
) -> None:
    windows.start(two_files[0])
    second = windows.open_path(two_files[1])
    second.player.seek(3)
    second.canvas.look_at(QPointF(321, -45), 0.75)
    windows.quit()
    assert windows.open_windows == []
    again = Windows()
    again.start()
    assert [window.document.path for window in again.open_windows] == two_files
    window = again.open_windows[1]
    assert window.player.cursor == 3
    assert window.canvas.zoom == 0.75
    assert (window.canvas.center() - QPointF(321, -45)).manhattanLength() < 4
    close_all(again)


def test_the_view_of_a_large_document_comes_back_once_it_is_opened(
    windows: Windows, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "large.nodegraph"
    files.save(parse("\n".join(f"n{i} = x*{i + 2}" for i in range(MOST_AT_ONCE))), path)
    windows.start(path)
    window = windows.open_windows[0]
    qtbot.waitUntil(lambda: window.document.path == path)
    window.player.seek(3)
    window.canvas.look_at(QPointF(321, -45), 0.75)
    windows.quit()
    again = Windows()
    again.start()
    window = again.open_windows[0]
    qtbot.waitUntil(lambda: window.document.path == path)
    assert window.player.cursor == 3
    assert window.canvas.zoom == 0.75
    assert (window.canvas.center() - QPointF(321, -45)).manhattanLength() < 4
    close_all(again)


def test_work_is_kept_when_the_desktop_says_that_its_session_ends(
    windows: Windows, qapp: QApplication
) -> None:
    windows.start()
    window = windows.open_windows[0]
    window.document.apply(edits.set_title(window.document.graph, "Kept"))
    assert not window.recovery.file.exists()
    qapp.commitDataRequest.emit(None)
    assert window.recovery.file.exists()
    assert window.isVisible()
    window.document.stack.undo()


def test_closing_windows_one_by_one_brings_back_the_last(windows: Windows, two_files: list[Path]) -> None:
    windows.start(two_files[0])
    windows.open_path(two_files[1])
    windows.open_windows[1].close()
    windows.open_windows[0].close()
    assert [Path(place.path) for place in Windows().remembered()] == two_files[:1]


def test_cancel_in_one_window_stops_quitting(
    windows: Windows, two_files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    windows.start(two_files[0])
    window = windows.open_windows[0]
    window.document.apply(edits.set_value(window.document.graph, "a", 5))
    monkeypatch.setattr(QMessageBox, "exec", lambda box: QMessageBox.StandardButton.Cancel)
    windows.quit()
    assert windows.open_windows == [window]


def test_a_new_window_says_how_to_begin_and_is_no_work(windows: Windows) -> None:
    windows.start()
    windows.open_windows[0].new_window_wanted.emit()
    window = windows.open_windows[1]
    assert not window.stage.empty_note.isHidden()
    assert window.stage.empty_note.width() < 600, "it is seen whole in a narrow window"
    assert not window.workspace.files.unsaved.is_any()


def test_cancel_in_the_second_window_closes_none_and_gives_up_nothing(
    windows: Windows, two_files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    windows.start(two_files[0])
    windows.open_path(two_files[1])
    first, second = windows.open_windows
    first.document.apply(edits.set_value(first.document.graph, "a", 5))
    second.document.apply(edits.set_value(second.document.graph, "x", 5))
    asked: list[str] = []
    buttons = QMessageBox.StandardButton
    answers = {"one": buttons.Discard, "two": buttons.Cancel}

    def answer(box: QMessageBox) -> QMessageBox.StandardButton:
        asked.append(next(name for name in answers if name in box.text()))
        return answers[asked[-1]]

    monkeypatch.setattr(QMessageBox, "exec", answer)
    windows.quit()
    assert asked == ["one", "two"]
    assert windows.open_windows == [first, second]
    assert first.document.is_modified
    answers["one"] = buttons.Cancel
    assert not first.close(), "it is asked about again"
    answers |= {"one": buttons.Discard, "two": buttons.Discard}
    asked.clear()
    windows.quit()
    assert asked == ["one", "two"]
    assert windows.open_windows == []


def test_a_theme_chosen_in_one_window_holds_in_all(windows: Windows) -> None:
    windows.start()
    windows.open_new()
    first, second = windows.open_windows
    first.settings.set(settings.THEME, "dark")
    assert second.workspace.appearance.theme.name == "dark"
    assert second.scene.theme.name == "dark"


@pytest.mark.parametrize("text", ["", "[]", '{"path": 3}', "{" * 100, '{"path": "/gone", "zoom": NaN}'])
def test_a_spoilt_session_counts_as_none(windows: Windows, text: str) -> None:
    assert Place.from_text(text) is None
    windows.settings.set(settings.SESSION, [text])
    windows.start()
    assert len(windows.open_windows) == 1


def test_files_that_are_gone_do_not_come_back(windows: Windows, two_files: list[Path]) -> None:
    windows.start(two_files[0])
    windows.open_windows[0].close()
    two_files[0].unlink()
    again = Windows()
    again.start()
    assert [window.document.title for window in again.open_windows] == ["The seed example"]
    close_all(again)


def test_windows_opened_and_closed_leave_nothing_behind(windows: Windows, qtbot: QtBot) -> None:
    windows.start()
    open_and_close(windows)  # what is made once and stays
    settle()
    before = len(QApplication.allWidgets()), len(QApplication.topLevelWidgets())
    alive = documents_alive()
    gone: list[int] = []
    held = [weakref.ref(open_and_close(windows, lambda: gone.append(1))) for _ in range(6)]
    settle()
    assert len(gone) == 6
    assert [reference for reference in held if reference() is not None] == []
    assert (len(QApplication.allWidgets()), len(QApplication.topLevelWidgets())) == before
    assert documents_alive() <= alive


def test_a_window_whose_stage_was_drawn_leaves_nothing_behind(windows: Windows, qtbot: QtBot) -> None:
    windows.start()
    open_stage_and_close(windows, qtbot)  # what is made once and stays
    settle()
    before, alive = len(QApplication.allWidgets()), documents_alive()
    held = [weakref.ref(open_stage_and_close(windows, qtbot)) for _ in range(3)]
    qtbot.waitUntil(lambda: gc.isenabled())
    settle()
    assert [reference for reference in held if reference() is not None] == []
    assert len(QApplication.allWidgets()) == before
    assert documents_alive() <= alive


def open_stage_and_close(windows: Windows, qtbot: QtBot) -> MainWindow:
    """Open a window, take a step of training beside the stage, look back, and close it."""
    window = windows.open_new()
    graph = parse("y = sigmoid(w*x + v*z + b)\nL = (y - t)**2", w=1, v=2)
    table = (("x", (0.0, 1.0)), ("z", (1.0, 0.0)), ("t", (0.0, 1.0)))
    graph.apply(set_table(graph, Table("two", table)))
    graph.apply(bind_by_name(graph))
    window.document.replace(graph)
    window.workspace.dock.show_panel("stage")
    stage, trainer = window.features.stage, window.features.training.trainer
    qtbot.waitUntil(lambda: stage.feed.portrait is not None)
    trainer.step()
    qtbot.waitUntil(lambda: not trainer.is_running and bool(stage.travel.runs.kept))
    stage.travel.go(0)
    stage.place.panel.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: not stage.feed._is_busy)
    stage.travel.come_back()
    window.workspace.files.unsaved.parts.clear()
    window.document.stack.setClean()
    assert window.close()
    return window


def documents_alive() -> int:
    """How many documents, scenes and graphs there are, those of other tests included."""
    gc.collect()
    return sum(isinstance(one, Document | GraphScene | Graph) for one in gc.get_objects())


def open_and_close(windows: Windows, when_gone: Callable[[], None] = lambda: None) -> MainWindow:
    """Open a window, play a step and a training page in it, and close it."""
    window = windows.open_new()
    window.destroyed.connect(when_gone)
    window.document.replace(parse("L = a*b", a=2, b=3))
    window.player.seek(2)
    window.workspace.dock.show_page("training")
    QApplication.processEvents()
    assert window.close()
    return window


def settle() -> None:
    """Let Qt delete what is to be deleted, and Python look for garbage."""
    for _ in range(3):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


def test_a_new_window_lies_within_the_screen_and_is_maximised_beside_one_that_is(windows: Windows) -> None:
    windows.start()
    first = windows.open_windows[0]
    screen = first.screen().availableGeometry()
    first.setGeometry(screen.adjusted(200, 100, -10, -10))
    beside = windows.open_new()
    assert screen.contains(beside.geometry())
    assert beside.size() == first.size()
    beside.showMaximized()
    assert windows.open_new().isMaximized()


def test_a_session_opens_a_file_once_that_two_windows_had_after_crashes(
    windows: Windows, two_files: list[Path]
) -> None:
    first, other = (Place(str(path), "", 0.0, 0.0, 1.0, 0).to_text() for path in two_files)
    windows.settings.set(settings.SESSION, [first, other, first])
    windows.start()
    assert [window.document.path for window in windows.open_windows] == two_files
