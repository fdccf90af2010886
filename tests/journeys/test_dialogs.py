"""Dialogs: the question before work goes, Alt keys, and what a document is called."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QMessageBox,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from nodegraph.core.building.expression import parse
from nodegraph.core.graph import edits
from nodegraph.formats import examples, files
from tests.journeys.hand import Hand

ALT = Qt.KeyboardModifier.AltModifier
MENUS = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
"""What the platform without a screen says when a dialog opens."""
pytestmark = MENUS


def asked(hand: Hand, qtbot: QtBot, key: Qt.Key) -> tuple[str, str, list[str], bool]:
    """Returns the question at closing, what stands below it, its buttons, and whether Alt+key lets go."""
    found: list[tuple[str, str, list[str]]] = []

    def answer() -> None:
        box = hand.window.findChild(QMessageBox, "unsaved")
        found.append((box.text(), box.informativeText(), [one.text() for one in box.buttons()]))
        qtbot.waitUntil(lambda: QApplication.activeWindow() is box)
        QTest.keyClick(box, key, ALT)
        try:
            qtbot.waitUntil(lambda: not box.isVisible())
        except qtbot.TimeoutError:  # no such key
            found.clear()
            box.reject()

    QTimer.singleShot(0, answer)
    may_close = hand.window.workspace.files.may_close()
    return (*found[0], may_close)


def change_a(hand: Hand) -> None:
    hand.window.document.apply(edits.set_value(hand.graph, "a", 4.0))


def test_a_changed_example_is_asked_about_as_a_copy_of_an_example(hand: Hand, qtbot: QtBot) -> None:
    change_a(hand)
    question, otherwise, buttons, may_close = asked(hand, qtbot, Qt.Key.Key_D)
    assert "Keep your copy of the example “The seed example”?" in question
    assert "the example itself stays as it is" in otherwise
    assert "last saved" not in otherwise
    assert sorted(buttons) == ["&Cancel", "&Discard", "&Save As…"]
    assert may_close


def test_what_was_never_saved_is_not_asked_about_as_if_it_had_been(hand: Hand, qtbot: QtBot) -> None:
    hand.window.document.replace(parse("y = x*x", x=3))
    hand.window.document.apply(edits.set_value(hand.graph, "x", 4.0))
    question, otherwise, buttons, may_close = asked(hand, qtbot, Qt.Key.Key_C)
    assert "Save “Untitled” to a file?" in question
    assert "It is in no file yet." in otherwise
    assert "&Save As…" in buttons
    assert not may_close


def test_what_has_a_file_is_asked_about_as_changes_since_it_was_saved(
    hand: Hand, qtbot: QtBot, tmp_path: Path
) -> None:
    files.save(parse("y = x*x", x=3), tmp_path / "a <b>.nodegraph")
    hand.window.workspace.files.load(tmp_path / "a <b>.nodegraph")
    hand.window.document.apply(edits.set_value(hand.graph, "x", 4.0))
    question, otherwise, buttons, may_close = asked(hand, qtbot, Qt.Key.Key_S)
    assert "Save the changes to “a &lt;b&gt;”?" in question
    assert "since it was last saved" in otherwise
    assert "&Save" in buttons
    assert may_close
    assert files.load(tmp_path / "a <b>.nodegraph").node("x").value == 4.0


# --- Alt keys
DIALOGS = ("file.export", "file.export_animation", "graph.insert_neuron", "graph.insert_layer",
           "graph.insert_mlp", "train.generate_data", "help.shortcuts", "help.about")  # fmt: skip


def alt_keys(dialog: QDialog) -> list[str]:
    """The Alt keys of what can be pressed, ticked or gone to in a dialog; "" for a button without one."""
    buttons = [one for one in dialog.findChildren(QAbstractButton) if one.isVisibleTo(dialog) and one.text()]
    labels = [
        one for one in dialog.findChildren(QLabel) if one.buddy() is not None and one.isVisibleTo(dialog)
    ]
    needed = [one.text() for one in buttons if isinstance(one, QPushButton)]
    others = [one.text() for one in (*buttons, *labels) if not isinstance(one, QPushButton)]
    told = [QKeySequence.mnemonic(text).toString() for text in needed]
    return told + [key for text in others if (key := QKeySequence.mnemonic(text).toString())]


def test_every_button_of_a_dialog_has_an_alt_key_of_its_own(hand: Hand, qtbot: QtBot) -> None:
    seen: list[list[str]] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget() or next(
            one for one in hand.window.findChildren(QDialog) if one.isVisible()
        )
        seen.append(alt_keys(dialog))
        dialog.reject()

    for action_id in DIALOGS:
        QTimer.singleShot(50, look)
        hand.do(action_id)
        qtbot.waitUntil(lambda: bool(seen))
        keys = seen.pop()
        assert keys
        assert "" not in keys, action_id
        assert len(set(keys)) == len(keys), action_id


# --- what a document is called
def names(hand: Hand) -> set[str]:
    """What the header, the window's frame and the inspector call the document."""
    hand.scene.select()
    field = hand.window.features.inspector.panel.document_page.title
    return {
        hand.window.top_bar.title.text().partition(" <span")[0],
        hand.window.windowTitle().removesuffix("[*] — nodegraph"),
        field.text() or field.placeholderText(),
    }


def open_file(hand: Hand, folder: Path) -> None:
    files.save(parse("y = x*x", x=3), folder / "homework 3.nodegraph")
    hand.window.workspace.files.load(folder / "homework 3.nodegraph")


def open_untitled(hand: Hand, _folder: Path) -> None:
    hand.window.document.replace(parse("y = x*x", x=3))


def open_example(hand: Hand, _folder: Path) -> None:
    hand.window.workspace.files.load(examples.groups()[1].examples[0].path)


def open_restored(hand: Hand, _folder: Path) -> None:
    hand.window.document.replace(parse("y = x*x", x=3), suggested_name="from a picture")


def save_elsewhere(hand: Hand, folder: Path) -> None:
    open_untitled(hand, folder)
    hand.window.document.save_as(folder / "saved now.nodegraph")


@pytest.mark.parametrize("come_by", [open_file, open_untitled, open_example, open_restored, save_elsewhere])
def test_a_document_has_one_name_everywhere(
    hand: Hand, tmp_path: Path, come_by: Callable[[Hand, Path], None]
) -> None:
    come_by(hand, tmp_path)
    assert names(hand) == {hand.window.document.title}
    hand.window.workspace.editor.set_title("Called so")
    assert names(hand) == {"Called so"}
    hand.window.workspace.editor.set_title("")
    assert names(hand) == {hand.window.document.title}


# --- words
def test_the_inspector_tells_a_learner_who_predicts_to_predict_and_not_to_press_end(hand: Hand) -> None:
    hand.scene.select(["a"])
    assert "step on, or press End" in hand.window.features.inspector.panel.text()
    hand.do("pass.predict")
    hand.scene.select(["a"])
    said = hand.window.features.inspector.panel.text()
    assert "End" not in said
    assert "it is yours to predict first" in said


def test_the_sources_of_examples_are_told_in_words_a_student_knows() -> None:
    assert not [
        one.source for group in examples.groups() for one in group.examples if "founding" in one.source
    ]


# --- lists
def lists_of(root: QWidget) -> list[QComboBox]:
    return [one for one in root.findChildren(QComboBox) if one.isVisible()]


def fits(box: QComboBox) -> bool:
    """Whether its list opens with whole rows and nothing to scroll by, as many as it may show."""
    box.showPopup()
    rows = min(box.count(), box.maxVisibleItems())
    view = box.view()
    room, wanted = view.viewport().height(), sum(view.sizeHintForRow(row) for row in range(rows))
    scrolls = view.verticalScrollBar().maximum() > view.verticalScrollBar().minimum()
    has_strips = bool(strips(view.window()))
    box.hidePopup()
    return room == wanted and scrolls == (box.count() > rows) and not has_strips


def strips(popup: QWidget) -> list[QWidget]:
    """Qt's own strips for scrolling, which know no theme."""
    found = [one for one in popup.findChildren(QWidget) if "Scroller" in one.metaObject().className()]
    return [one for one in found if one.isVisible()]


@pytest.mark.parametrize("theme", ["view.theme", ""])
def test_every_list_opens_with_whole_rows_in_both_themes(hand: Hand, qtbot: QtBot, theme: str) -> None:
    if theme:
        hand.do(theme)
    hand.window.document.replace(parse("y = " + " + ".join(f"a{i}*a{i}" for i in range(30))))
    checked: dict[str, bool] = {}

    def look(root: QWidget) -> None:
        checked.update((box.accessibleName(), fits(box)) for box in lists_of(root))

    def look_and_close() -> None:
        dialog = next(one for one in hand.window.findChildren(QDialog) if one.isVisible())
        look(dialog)
        dialog.reject()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    for action_id in ("file.export", "graph.insert_mlp"):
        before = len(checked)
        QTimer.singleShot(50, look_and_close)
        hand.do(action_id)
        qtbot.waitUntil(lambda before=before: len(checked) > before)
    for action_id in ("view.training", "view.cost", "view.sensitivity", "pass.predict"):
        hand.do(action_id)
        look(hand.window)
    assert {"Output", "Part", "Activation", "Optimiser", "Speed", "Ask about"} <= checked.keys()
    assert all(checked.values()), checked
