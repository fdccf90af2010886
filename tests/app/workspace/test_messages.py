"""Messages over the canvas: no higher than a line, and gone with their cause."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from nodegraph.app import create_window
from nodegraph.app.platform import style
from nodegraph.app.widgets.dialog import Dialog
from nodegraph.app.window.main_window import MainWindow
from nodegraph.core.graph import edits

LONG = "A sentence that goes on and on about what could not be done here and why. " * 8


@pytest.mark.parametrize("sentence", ["Short.", LONG, "First line.\nSecond line.\nThird line."])
def test_a_banner_is_no_higher_than_a_line(window: MainWindow, sentence: str) -> None:
    window.resize(1024, 768)
    window.workspace.messages.tell_failure(sentence)
    banner = window.stage.banner
    assert banner.height() <= banner.fontMetrics().height() + style.px(26)
    assert banner.width() <= window.stage.width()
    assert banner.text.text() == sentence.strip() or banner.text.text() == sentence
    assert banner.accessibleName() == banner.text.text()


def test_a_message_is_whole_where_there_is_room_whenever_it_is_told(qtbot: QtBot) -> None:
    made = create_window()
    qtbot.addWidget(made)
    made.resize(1366, 768)
    buttons = [QPushButton(text) for text in ("&Restore", "&Keep for later", "&Delete")]
    style.set_role(buttons[0], "primary")
    made.workspace.messages.ask("“seed” was not saved when the program ended last time.", buttons)
    made.show()
    qtbot.waitExposed(made)
    QApplication.processEvents()
    banner = made.stage.banner
    assert banner.isVisible()
    assert banner.text.width() >= banner.text.line_width()
    assert banner.more.isHidden()


def test_the_end_of_a_long_message_is_asked_for(window: MainWindow) -> None:
    window.resize(1024, 768)
    banner = window.stage.banner
    window.workspace.messages.tell_failure(LONG)
    height = banner.height()
    QTest.mouseClick(banner.more, Qt.MouseButton.LeftButton)
    assert banner.height() > 2 * height
    QTest.mouseClick(banner.more, Qt.MouseButton.LeftButton)
    assert banner.height() == height
    window.workspace.messages.tell_failure("Short.")
    assert banner.more.isHidden()


def test_a_refusal_leaves_once_a_person_has_gone_on(window: MainWindow) -> None:
    graph = window.document.graph
    for go_on in (
        lambda: window.document.apply(edits.set_value(graph, graph.nodes()[0].id, 7.0)),
        lambda: window.scene.select([graph.nodes()[1].id]),
        lambda: window.commands.actions["view.fit"].trigger(),
    ):
        window.scene.select()
        window.workspace.messages.tell_refusal("That makes a cycle.")
        QApplication.processEvents()
        assert window.stage.banner.isVisible()
        go_on()
        assert not window.stage.banner.isVisible()


def test_what_a_person_did_when_the_refusal_came_is_no_going_on(window: MainWindow) -> None:
    window.workspace.messages.tell_refusal("That makes a cycle.")
    window.scene.select([window.document.graph.nodes()[1].id])
    assert window.stage.banner.isVisible()


def test_a_failure_stays_until_the_same_has_succeeded(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    places = [tmp_path / "nowhere" / "x.nodegraph", tmp_path / "x.nodegraph"]
    monkeypatch.setattr(window.workspace.files, "ask_save", lambda *_: places.pop(0))
    window.commands.actions["file.save_as"].trigger()
    QApplication.processEvents()
    window.commands.actions["view.fit"].trigger()
    assert window.stage.banner.isVisible()
    window.commands.actions["file.save_as"].trigger()
    qtbot.waitUntil(lambda: not window.stage.banner.isVisible())


def test_trouble_with_recovery_is_told_until_it_is_over(window: MainWindow) -> None:
    window.recovery.failed.emit("Unsaved work cannot be kept against a crash: no room.")
    assert window.stage.banner.isVisible()
    window.recovery.recovered.emit()
    assert not window.stage.banner.isVisible()


def test_a_question_stays(window: MainWindow) -> None:
    window.workspace.messages.ask("Open it?", [])
    QApplication.processEvents()
    window.commands.actions["view.fit"].trigger()
    assert window.stage.banner.isVisible()


def test_keys_go_to_the_canvas_once_a_question_has_its_answer(window: MainWindow) -> None:
    messages, restore = window.workspace.messages, QPushButton("&Restore")
    restore.clicked.connect(messages.settle)
    messages.ask("“seed” was not saved when the program ended last time.", [restore])
    restore.setFocus()
    QTest.keyClick(restore, Qt.Key.Key_Space)
    assert window.stage.banner.isHidden()
    assert window.focusWidget() is window.canvas


@pytest.mark.parametrize("command", ["file.export", "graph.insert_mlp", "help.about", "help.shortcuts"])
def test_what_is_said_while_a_dialog_lies_over_the_canvas_stands_in_the_dialog(
    window: MainWindow, command: str
) -> None:
    window.commands.run(command)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, Dialog)
    height = dialog.height()
    window.workspace.messages.tell_failure("The disk is full.")
    assert dialog.message is not None
    if command == "help.about":  # of a fixed size, with no room to spare
        assert dialog.height() >= height + dialog.message.height()
    assert dialog.message.isVisible()
    assert dialog.message.text() == "The disk is full."
    assert not dialog.message.visibleRegion().isEmpty()
    dialog.reject()
    assert window.stage.banner.isVisible()


@pytest.mark.parametrize("width", [420, 300, 260])
def test_no_button_of_a_question_is_cut_where_there_is_little_room(window: MainWindow, width: int) -> None:
    buttons = [QPushButton(text) for text in ("&Restore", "&Keep for later", "&Delete")]
    window.workspace.messages.ask("“seed” was not saved when the program ended last time.", buttons)
    window.show()
    banner = window.stage.banner
    for room in (900, width, 900, width):
        banner.take_room(room)
        QApplication.processEvents()
        assert banner.width() <= room
        for button in buttons:
            assert button.width() >= button.sizeHint().width(), (room, button.text())
            assert button.visibleRegion().boundingRect() == button.rect(), (room, button.text())
        assert banner.text.width() >= min(banner.text.line_width(), style.px(70))
