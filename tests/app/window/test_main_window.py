"""The window: files and the question before work would be lost, messages, themes, recovery and names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QSlider,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from nodegraph.app import create_window
from nodegraph.app.document import files as document_files
from nodegraph.app.document.document import Document
from nodegraph.app.document.files import MOST_BYTES_AT_ONCE
from nodegraph.app.document.recovery import Recovery
from nodegraph.app.platform import settings
from nodegraph.app.platform.crash_guard import CrashGuard
from nodegraph.app.window.main_window import MainWindow
from nodegraph.core.building.expression import parse
from nodegraph.core.graph import edits
from nodegraph.core.training.bindings import table_of
from nodegraph.formats import examples, files

Button = QMessageBox.StandardButton


def give_up_changes(window: MainWindow) -> None:
    """Let a window close without asking about unsaved work."""
    window.workspace.files.unsaved.parts.clear()
    window.document.stack.setClean()


def change(window: MainWindow) -> None:
    """Make the document modified."""
    window.document.apply(edits.set_value(window.document.graph, "a", 7.0))


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A document in a file."""
    path = tmp_path / "lesson.nodegraph"
    files.save(parse("y = x*x", x=3), path)
    return path


# --- starting
def test_the_first_start_shows_the_seed_example_at_its_start(window: MainWindow) -> None:
    assert window.document.graph.title == "The seed example"
    assert window.document.path is None
    assert window.player.cursor == 0
    assert not window.isWindowModified()


def test_a_file_is_opened_when_it_is_given(qtbot: QtBot, saved: Path) -> None:
    window = create_window(saved)
    qtbot.addWidget(window)
    assert window.document.path == saved
    assert window.windowTitle() == "lesson[*] — nodegraph"
    window.close()


def test_a_file_that_cannot_be_read_is_told_and_ways_to_start_are_shown(qtbot: QtBot, tmp_path: Path) -> None:
    window = create_window(tmp_path / "nowhere.nodegraph")
    qtbot.addWidget(window)
    assert "nowhere.nodegraph: There is no such file." in window.stage.banner.text.text()
    assert not window.stage.shows_canvas
    window.close()


def test_the_main_parts_are_found_by_the_names_of_the_contract(window: MainWindow) -> None:
    for name in ("canvas", "timeline", "speed", "palette", "inspector"):
        assert window.findChild(QWidget, name) is not None, name


def test_every_control_has_a_name_for_those_who_cannot_see_it(window: MainWindow) -> None:
    window.start_page.show()
    kinds = (QAbstractButton, QLineEdit, QComboBox, QSlider, QSpinBox)
    for kind in kinds:
        for control in window.findChildren(kind):
            if control.isVisible():
                text = control.text() if isinstance(control, QAbstractButton) else ""
                assert control.accessibleName() or text, control


# --- the question
def test_closing_without_changes_asks_nothing(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window.workspace.files, "ask_unsaved", lambda: pytest.fail("asked"))
    assert window.close()


@pytest.mark.parametrize(("answer", "closes"), [(Button.Cancel, False), (Button.Discard, True)])
def test_closing_with_changes_asks_and_obeys(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, answer: Button, closes: bool
) -> None:
    change(window)
    monkeypatch.setattr(window.workspace.files, "ask_unsaved", lambda: answer)
    assert window.close() is closes
    assert window.document.is_modified


def test_closing_saves_when_asked_to(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    change(window)
    monkeypatch.setattr(window.workspace.files, "ask_unsaved", lambda: Button.Save)
    monkeypatch.setattr(window.workspace.files, "ask_save", lambda *_: tmp_path / "kept.nodegraph")
    assert window.close()
    assert files.load(tmp_path / "kept.nodegraph").named("a").value == 7.0


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        (["net 2026.11"], "net 2026.11.nodegraph"),
        (["net v1.2"], "net v1.2.nodegraph"),
        (["net.json"], "net.json"),
        (["there 1.5", "there 1.6"], "there 1.6.nodegraph"),
    ],
)
def test_a_number_behind_a_point_is_no_ending_of_a_name_to_save_under(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, names: list[str], kept: str
) -> None:
    (tmp_path / "there 1.5.nodegraph").write_text("another", encoding="utf-8")
    answers = iter(names)
    monkeypatch.setattr(document_files, "_chosen", lambda _dialog: tmp_path / next(answers))
    assert window.workspace.files.save_as()
    assert (tmp_path / kept).is_file()
    assert (tmp_path / "there 1.5.nodegraph").read_text(encoding="utf-8") == "another"


def test_a_save_that_is_called_off_keeps_the_window(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(window)
    monkeypatch.setattr(window.workspace.files, "ask_unsaved", lambda: Button.Save)
    monkeypatch.setattr(window.workspace.files, "ask_save", lambda *_: None)
    assert not window.close()


def test_an_error_in_the_question_keeps_the_window(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> bool:
        raise RuntimeError("no dialog today")

    event = QCloseEvent()
    with monkeypatch.context() as patched:
        patched.setattr(window.workspace.files, "may_close", fail)
        with pytest.raises(RuntimeError):
            window.closeEvent(event)
    assert not event.isAccepted()


def test_cancel_before_opening_keeps_what_is_open(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, saved: Path
) -> None:
    change(window)
    monkeypatch.setattr(window.workspace.files, "ask_unsaved", lambda: Button.Cancel)
    window.workspace.files.open_path(saved)
    window.workspace.files.new()
    assert window.document.graph.node("a").value == 7.0


def test_the_question_can_be_answered_with_the_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    change(window)
    from PySide6.QtCore import QTimer

    def answer() -> None:
        box = window.findChild(QMessageBox, "unsaved")
        assert "The seed example" in box.text()
        QTest.keyClick(box, Qt.Key.Key_Escape)

    QTimer.singleShot(0, answer)
    assert not window.workspace.files.may_close()


# --- files
def test_the_title_tells_of_unsaved_work_in_a_turn_after_the_edit(qtbot: QtBot, window: MainWindow) -> None:
    graph = window.document.graph
    window.document.apply(edits.set_value(graph, graph.named("a").id, 4.0))
    assert window.scene.items_by_id[graph.named("a").id].node.value == 4.0
    assert not window.isWindowModified(), "an edit waits for what only tells of it"
    qtbot.waitUntil(window.isWindowModified)
    assert window.top_bar.title.accessibleName().endswith(", not saved")
    window.document.stack.undo()
    qtbot.waitUntil(lambda: not window.isWindowModified())


def test_saving_names_the_window_after_the_file_and_remembers_it(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window.document.replace(parse("y = x*x", x=3))
    window.document.apply(edits.set_value(window.document.graph, window.document.graph.named("x").id, 4.0))
    qtbot.waitUntil(window.isWindowModified)
    monkeypatch.setattr(window.workspace.files, "ask_save", lambda *_: tmp_path / "square.nodegraph")
    window.commands.actions["file.save"].trigger()
    assert window.windowTitle() == "square[*] — nodegraph"
    assert not window.isWindowModified()
    assert window.settings.recent_files() == [tmp_path / "square.nodegraph"]


def test_a_save_that_fails_is_told_without_a_dialog(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(window.workspace.files, "ask_save", lambda *_: tmp_path / "nowhere" / "x.nodegraph")
    window.commands.actions["file.save_as"].trigger()
    assert "x.nodegraph: The folder for this file does not exist." in window.stage.banner.text.text()
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    window.stage.banner.close_button.click()
    assert not window.stage.banner.isVisible()


def test_a_file_dropped_anywhere_is_opened(window: MainWindow, qtbot: QtBot, saved: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(saved))])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(5, 5), copy, data, Qt.MouseButton.LeftButton, none))
    qtbot.waitUntil(lambda: window.document.path == saved)


def drop_on_canvas(window: MainWindow, data: QMimeData, action: Qt.DropAction) -> QDropEvent:
    """Let another program that offers this action drop something in the middle of the canvas."""
    middle, actions = QPointF(window.canvas.viewport().rect().center()), Qt.DropAction.CopyAction | action
    event = QDropEvent(middle, actions, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    event.setDropAction(action)
    window.canvas.dropEvent(event)
    return event


def test_a_file_dropped_on_the_canvas_is_opened(window: MainWindow, qtbot: QtBot, saved: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(saved))])
    event = drop_on_canvas(window, data, Qt.DropAction.MoveAction)
    assert event.dropAction() == Qt.DropAction.CopyAction  # else a file manager takes its file away
    qtbot.waitUntil(lambda: window.document.path == saved)


def test_a_file_without_a_graph_is_told_before_anything_is_asked_about_unsaved_work(
    window: MainWindow, saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window.workspace.files, "ask_unsaved", lambda: pytest.fail("asked for nothing"))
    window.workspace.editor.set_value("a", 7.0)
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.save(str(tmp_path / "plain.png"))
    whole = saved.read_text(encoding="utf-8")
    broken = {
        "cut.nodegraph": re.sub(r'"value": *[0-9.]+', '"value": "two"', whole),
        "loop.nodegraph": re.sub(r'"target": *"[^"]*"', '"target": "a"', whole),
        "half.py": "L = a*",
        "half.tex": r"\frac{a",
        "cells.ipynb": '{"cells": []}',
        "half.dot": "digraph { a -> ",
        "half.json": '{"nodes": [{"id": 1}], "links": [{"source": 1, "target": 2}]}',
    }
    assert whole not in broken.values()
    broken["large.nodegraph"] = whole[: whole.index('"nodes"')] + " " * MOST_BYTES_AT_ONCE + '"nodes": [{'
    for name, text in broken.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    for name in ("plain.png", "", "gone.nodegraph", *broken):
        path = tmp_path / name
        window.workspace.files.open_path(path)
        assert path.name in window.stage.banner.text.text()
    assert window.document.graph.node("a").value == 7.0


def test_a_table_dropped_together_with_a_graph_is_that_graphs(
    window: MainWindow, qtbot: QtBot, saved: Path, tmp_path: Path
) -> None:
    table = tmp_path / "rows.csv"
    table.write_text("x,y\n1,2\n3,4\n")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(table)), QUrl.fromLocalFile(str(saved))])
    drop_on_canvas(window, data, Qt.DropAction.CopyAction)
    qtbot.waitUntil(lambda: table_of(window.document.graph) is not None)
    assert window.document.path == saved


def test_a_text_dropped_on_the_canvas_is_inserted_there_or_refused_in_words(window: MainWindow) -> None:
    before = window.document.graph.copy()
    data = QMimeData()
    data.setText("y = q*r + s")
    drop_on_canvas(window, data, Qt.DropAction.MoveAction)
    assert window.document.graph.named("y") is not None
    window.commands.run("edit.undo")
    assert window.document.graph == before
    data.setText("hello world, this is prose")
    drop_on_canvas(window, data, Qt.DropAction.CopyAction)
    assert window.document.graph == before
    assert not window.stage.banner.isHidden()


def test_a_shipped_example_is_never_saved_over(window: MainWindow) -> None:
    window.start_page.open_example(examples.groups()[1].examples[0])
    assert window.document.path is None
    assert window.settings.recent_files() == []


def test_a_recent_file_that_is_gone_is_forgotten(window: MainWindow, saved: Path) -> None:
    window.workspace.files.open_path(saved)
    saved.unlink()
    window.workspace.files.open_path(saved)
    assert window.settings.recent_files() == []
    assert "no such file" in window.stage.banner.text.text()


def test_recent_files_and_examples_are_in_the_file_menu(window: MainWindow, saved: Path) -> None:
    window.workspace.files.open_path(saved)
    menu = window.menus.submenus["file.open_recent"]
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["lesson.nodegraph"]
    window.document.new()
    menu.actions()[0].trigger()
    assert window.document.path == saved
    parts = window.menus.submenus["file.examples"].actions()
    assert [part.text() for part in parts] == [group.title for group in examples.groups()]
    parts[1].menu().actions()[0].trigger()
    assert window.document.title == examples.groups()[1].examples[0].title


# --- the welcome page
def test_a_formula_becomes_the_document(window: MainWindow) -> None:
    window.start_page.show_from_text()
    field = window.start_page.page.formula.field
    QTest.keyClicks(field, "y = relu(w*x + b)")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.stage.shows_canvas
    assert window.document.graph.named("y").op == "relu"


def test_a_wrong_formula_is_refused_with_its_place_marked(window: MainWindow) -> None:
    window.start_page.show_from_text()
    field = window.start_page.page.formula.field
    QTest.keyClicks(field, "y = (a + ")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.start_page.page.formula.problem.isVisible()
    assert "^" in window.start_page.page.formula.marked.text()
    assert field.text() == "y = (a + "
    assert not window.stage.shows_canvas


def test_of_a_long_wrong_formula_the_part_around_the_mistake_is_shown(window: MainWindow) -> None:
    window.start_page.show_from_text()
    formula = window.start_page.page.formula
    terms = " + ".join(f"w{place}*x{place}" for place in range(1, 60))
    formula.field.setText(f"L = {terms} + a b + {terms}")
    QTest.keyClick(formula.field, Qt.Key.Key_Return)
    shown, caret = formula.marked.text().split("\n")
    assert shown[caret.index("^") - 2 :].startswith("a b + w1*x1")
    assert formula.marked.fontMetrics().horizontalAdvance(shown) <= formula.marked.width()
    assert formula.marked.width() == formula.width()


def test_in_a_low_window_the_line_for_a_formula_and_what_is_said_of_it_are_brought_into_sight(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(1000, 480)
    window.start_page.show_from_text()
    page = window.start_page.page

    def is_seen(widget: QWidget) -> bool:
        return page.viewport().rect().contains(QRect(widget.mapTo(page.viewport(), QPoint()), widget.size()))

    qtbot.waitUntil(lambda: is_seen(page.formula.field))
    QTest.keyClicks(page.formula.field, "y = a b")
    QTest.keyClick(page.formula.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: is_seen(page.formula.problem))


def test_escape_leaves_the_welcome_page(window: MainWindow) -> None:
    window.start_page.show()
    QTest.keyClick(window.start_page.page.seed, Qt.Key.Key_Escape)
    assert window.stage.shows_canvas


def test_an_empty_graph_says_how_to_begin_until_something_is_there(window: MainWindow) -> None:
    window.workspace.files.new()
    assert window.stage.empty_note.isVisible()
    window.workspace.editor.add("input")
    assert not window.stage.empty_note.isVisible()


@pytest.mark.parametrize("command", ["graph.add", "help.commands"])
def test_the_word_of_an_empty_graph_gives_way_to_a_search(window: MainWindow, command: str) -> None:
    window.workspace.files.new()
    window.commands.run(command)
    assert window.stage.empty_note.isHidden()
    window.workspace.document.replaced.emit()
    window.commands.run(command)
    assert window.stage.empty_note.isHidden()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Escape)
    assert window.stage.empty_note.isVisible()


# --- themes, motion, sizes
def test_the_theme_is_switched_everywhere_and_remembered(window: MainWindow) -> None:
    before = window.workspace.appearance.theme.name
    window.commands.actions["view.theme"].trigger()
    assert window.workspace.appearance.theme.name != before
    assert window.scene.theme is window.workspace.appearance.theme
    assert window.features.passes.transport.timeline.theme is window.scene.theme
    assert window.settings.value(settings.THEME) == window.workspace.appearance.theme.name


def test_reduced_motion_reaches_the_canvas(window: MainWindow) -> None:
    window.commands.actions["view.reduced_motion"].setChecked(True)
    window.player.step()
    assert not window.canvas.is_moving
    window.commands.actions["view.reduced_motion"].setChecked(False)
    window.player.step()
    assert window.canvas.is_moving


def test_stepping_back_appears_at_once(window: MainWindow) -> None:
    window.player.seek(5)
    window.player.step_back()
    assert not window.canvas.is_moving


def test_sizes_are_remembered(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(790, 640)
    for panel in ("palette", "inspector"):
        window.workspace.dock.sides.pin(panel)
    window.arrangement.splitter.setSizes([200, 330, 260])
    sizes = window.arrangement.splitter.sizes()
    window.close()
    again = create_window()
    qtbot.addWidget(again)
    again.show()
    assert (again.width(), again.height()) == (790, 640)
    assert again.arrangement.splitter.sizes() == sizes
    assert min(sizes[:3]) > 100
    again.close()


def test_the_window_fits_a_small_screen(window: MainWindow) -> None:
    window.resize(1024, 700)
    assert (window.width(), window.height()) == (1024, 700)
    assert window.minimumSizeHint().width() <= 1024


# --- messages and recovery
def test_an_escaped_exception_is_told_and_the_work_is_kept(qtbot: QtBot) -> None:
    border = CrashGuard()
    window = create_window(border=border)
    qtbot.addWidget(window, before_close_func=give_up_changes)
    change(window)
    border.escaped.emit("RuntimeError: the ceiling came down", "Traceback…")
    assert "your work is still here" in window.stage.banner.text.text()
    assert window.recovery.file.exists()
    give_up_changes(window)
    window.close()


def left_behind(tmp_path: Path) -> None:
    """Unsaved work whose process is gone."""
    document = Document()
    recovery = Recovery(document)
    document.replace(parse("y = x*x", x=42), suggested_name="Nearly lost", modified=True)
    recovery.write_now()
    kept = recovery.file.read_bytes()
    recovery.close()
    recovery.file.write_bytes(kept)


def banner_button(window: MainWindow, text: str) -> QAbstractButton:
    buttons = window.stage.banner.findChildren(QAbstractButton)
    return next(button for button in buttons if button.text().replace("&", "") == text)


def test_unsaved_work_is_offered_and_restored_as_unsaved(qtbot: QtBot, tmp_path: Path) -> None:
    left_behind(tmp_path)
    window = create_window()
    qtbot.addWidget(window, before_close_func=give_up_changes)
    assert "Nearly lost" in window.stage.banner.text.text()
    banner_button(window, "Restore").click()
    assert window.document.graph.named("x").value == 42.0
    assert window.document.is_modified
    assert [file.suffix for file in window.recovery.folder.iterdir()].count(".json") == 1
    give_up_changes(window)
    window.close()


def test_what_was_being_typed_is_told_to_be_in_a_note_until_one_goes_on(qtbot: QtBot) -> None:
    window = create_window()
    qtbot.addWidget(window, before_close_func=give_up_changes)
    window.show()
    window.canvas.edit_value("a")
    window.canvas.field.selectAll()
    QTest.keyClicks(window.canvas.field, "2e")
    window.recovery.write_now()
    kept = window.recovery.file.read_bytes()
    give_up_changes(window)
    window.close()
    window.recovery.file.write_bytes(kept)
    again = create_window()
    qtbot.addWidget(again, before_close_func=give_up_changes)
    again.show()
    banner = again.stage.banner
    banner_button(again, "Restore").click()
    QApplication.processEvents()
    said = "What is typed into “Value of a” could not be taken as it stood: it is in a note on the canvas."
    assert banner.text.text() == said
    assert banner.isVisible()
    (note,) = again.scene.surroundings.notes.values()
    seen = (
        again.canvas.mapFromScene(note.rect)
        .boundingRect()
        .translated(again.canvas.mapTo(again.stage, QPoint()))
    )
    assert not seen.intersects(banner.geometry())
    assert again.canvas.is_fitted
    assert again.document.graph.notes()[-1].text.startswith("Text that was being typed into “Value of a”")
    change(again)
    assert banner.isHidden()


def test_unsaved_work_that_is_not_wanted_now_is_offered_again(qtbot: QtBot, tmp_path: Path) -> None:
    left_behind(tmp_path)
    for button in ("Keep for later", "", "Delete"):
        window = create_window()
        qtbot.addWidget(window)
        assert "Nearly lost" in window.stage.banner.text.text()
        if button:
            banner_button(window, button).click()
        window.close()
    window = create_window()
    qtbot.addWidget(window)
    assert not window.stage.banner.isVisibleTo(window)
    window.close()


def test_an_offer_of_unsaved_work_outlasts_edits_and_other_messages(qtbot: QtBot, tmp_path: Path) -> None:
    left_behind(tmp_path)
    window = create_window()
    qtbot.addWidget(window, before_close_func=give_up_changes)
    change(window)
    assert "Nearly lost" in window.stage.banner.text.text()
    window.canvas.intents.connect_requested.emit("L", "e", 0)
    assert "cycle" in window.stage.banner.text.text()
    window.stage.banner.close_button.click()
    assert "Nearly lost" in window.stage.banner.text.text()
    window.stage.banner.close_button.click()
    assert window.stage.banner.isHidden()
    give_up_changes(window)
    window.close()
    (kept,) = Recovery(Document()).left_over()
    assert kept.title == "Nearly lost"


@pytest.mark.parametrize("name", ["broken.nodegraph", "class.py"])
def test_why_a_file_was_not_opened_is_told_before_unsaved_work_is_offered(
    qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    left_behind(tmp_path)
    broken = tmp_path / name
    broken.write_text("class Net:\n    pass\n" if name.endswith(".py") else "{")
    window = create_window(broken)
    qtbot.addWidget(window, before_close_func=give_up_changes)
    banner = window.stage.banner
    assert banner.text.text().startswith(f"{name}: ")
    banner.close_button.click()
    assert "Nearly lost" in banner.text.text()


def test_the_shortcut_sheet_and_about_close_with_escape(window: MainWindow, qtbot: QtBot) -> None:
    for name in ("help.shortcuts", "help.about"):
        window.commands.actions[name].trigger()
        dialog = window.findChild(QWidget, name.partition(".")[2])
        assert dialog.isVisible()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_context_menu_offers_what_can_be_done(window: MainWindow) -> None:
    window.scene.select(["a"])
    window.canvas.context_menu_requested.emit(QPoint(100, 100))
    from PySide6.QtWidgets import QApplication

    menu = QApplication.activePopupWidget()
    assert "edit.rename" in {action.objectName() for action in menu.actions()}
    menu.close()


def test_a_title_that_would_turn_the_line_round_is_shown_with_an_escape(window: MainWindow) -> None:
    change = edits.set_title(window.document.graph, "loss\u202egnp.exe")
    window.document.apply(change)
    assert window.windowTitle() == r"loss\u202egnp.exe[*] — nodegraph"
    assert window.top_bar.title.accessibleName().startswith(r"loss\u202egnp.exe")
    assert window.document.graph.title == "loss\u202egnp.exe"


def test_the_ways_to_start_say_nothing_of_the_document_behind_them(window: MainWindow) -> None:
    top, hints = window.top_bar, window.stage.hint_line
    window.canvas.setFocus()
    window.commands.action("file.from_text").trigger()
    assert not top.title.isVisible()
    assert not top.formula.isVisible()
    places = [button.x() for button in top.buttons]
    QApplication.processEvents()
    assert hints.text() == ""
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert top.title.isVisible()
    assert top.formula.isVisible()
    assert [button.x() for button in top.buttons] == places


def test_a_question_over_a_fitted_graph_covers_no_card_and_gives_its_room_back(window: MainWindow) -> None:
    window.resize(1000, 640)
    QApplication.processEvents()
    canvas, stage = window.canvas, window.workspace.stage
    canvas.fit()
    before = canvas.zoom
    stage.tell("Something was not saved.", buttons=[QPushButton("Restore")])
    QApplication.processEvents()
    banner = stage.banner.geometry()
    top = canvas.mapTo(stage, canvas.mapFromScene(canvas.graph_scene.drawn_rect().topLeft())).y()
    assert top > banner.bottom()
    stage.banner.dismiss()
    QApplication.processEvents()
    assert canvas.zoom == pytest.approx(before)


def test_a_message_covers_no_card_of_a_low_canvas(window: MainWindow) -> None:
    window.resize(1366, 744)
    window.commands.run("view.training")
    QApplication.processEvents()
    canvas, stage = window.canvas, window.workspace.stage
    canvas.fit()

    def covered() -> bool:
        QApplication.processEvents()
        at = stage.banner.geometry().translated(-canvas.mapTo(stage, QPoint(0, 0)))
        cards = [item.card for item in window.scene.items_by_id.values()]
        return any(at.intersects(canvas.mapFromScene(card).boundingRect()) for card in cards)

    for sentence in (
        "Short.",
        "lesson.nodegraph was changed by another program since it was opened here. " * 2,
    ):
        stage.tell(sentence)
        assert not covered()
        stage.tell(sentence)  # once more, where the graph has made room
        assert not covered()
        stage.banner.dismiss()
    before = canvas.zoom
    stage.tell("Long. " * 60)
    stage.banner.dismiss()
    assert canvas.zoom == pytest.approx(before)


def test_no_key_acts_on_a_graph_that_the_welcome_page_hides(window: MainWindow) -> None:
    """With what was selected before, Delete on the page deleted it, and M muted it."""
    window.scene.select(["a", "e"])
    window.commands.run("file.from_text")
    window.commands.refresh()
    for command in ("edit.delete", "graph.mute", "edit.cut"):
        assert not window.commands.actions[command].isEnabled(), command
    assert window.scene.selected_nodes() == []
