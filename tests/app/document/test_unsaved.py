"""Whatever a person would miss is asked about before a window goes, and goes into the file with Save."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QPlainTextEdit
from pytestqt.qtbot import QtBot

from nodegraph.app import create_window
from nodegraph.app.document.document import Document
from nodegraph.app.document.pending import Unsaved, with_changes
from nodegraph.app.document.recovery import Recovery
from nodegraph.app.features.adding.popup import Wish
from nodegraph.app.features.text.editor import TextEditor
from nodegraph.app.window.main_window import MainWindow
from nodegraph.core.building.expression import parse
from nodegraph.core.building.half_typed import HalfTyped
from nodegraph.core.graph import edits
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.notes import add_note
from nodegraph.formats import files, native

Button = QMessageBox.StandardButton


@pytest.fixture
def saved(window: MainWindow, tmp_path: Path) -> MainWindow:
    """A window with a saved line to be fitted, and a note."""
    window.document.replace(parse("L = (w*2 - 6)**2", w=1))
    window.document.apply(add_note(window.document.graph, "", 300, 300))
    window.document.save_as(tmp_path / "line.nodegraph")
    assert not window.workspace.files.unsaved.is_any()
    return window


def ask(window: MainWindow, answer: Button, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Answer the question so; the list gets what it says."""
    said: list[str] = []

    def answered(box: QMessageBox) -> Button:
        said.append(box.informativeText())
        return answer

    monkeypatch.setattr(QMessageBox, "exec", answered)
    return said


def train_some_steps(window: MainWindow, qtbot: QtBot) -> None:
    window.features.training.trainer.steps.least_s = 60.0
    window.features.training.trainer.run()
    qtbot.waitUntil(lambda: window.features.training.trainer.pending > 0)
    window.features.training.trainer.stop()


def type_into_note(window: MainWindow, text: str) -> QPlainTextEdit:
    (note,) = window.document.graph.notes()
    window.canvas.edit_note(note.id)
    field = window.canvas.field
    assert isinstance(field, QPlainTextEdit)
    QTest.keyClicks(field, text)
    return field


# --- training
def test_what_a_stopped_training_has_learnt_is_asked_about_and_saved(
    saved: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    train_some_steps(saved, qtbot)
    qtbot.waitUntil(saved.isWindowModified)
    said = ask(saved, Button.Cancel, monkeypatch)
    assert not saved.close()
    assert said == ["Without saving, what the training has learnt is lost."]
    learnt = saved.features.training.trainer.training.values()["w"]
    ask(saved, Button.Save, monkeypatch)
    assert saved.close()
    assert files.load(saved.document.path).node("w").value == learnt != 1.0


def test_a_new_document_asks_about_what_was_learnt_too(
    saved: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    train_some_steps(saved, qtbot)
    said = ask(saved, Button.Cancel, monkeypatch)
    saved.workspace.files.new()
    assert len(said) == 1
    assert len(saved.document.graph) > 0


def test_what_was_restored_is_asked_about_no_more(
    saved: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    train_some_steps(saved, qtbot)
    saved.features.training.trainer.restore()
    monkeypatch.setattr(QMessageBox, "exec", lambda box: pytest.fail("asked"))
    assert not saved.isWindowModified()
    assert saved.close()


@pytest.mark.parametrize("place", ["card", "inspector"])
def test_a_title_says_no_longer_that_work_is_unsaved_once_a_half_typed_number_is_given_up(
    saved: MainWindow, qtbot: QtBot, place: str
) -> None:
    saved.workspace.commands.run("view.inspector")
    saved.document.apply(edits.set_value(saved.document.graph, "w", 5.0))
    saved.scene.select(["w"])
    if place == "card":
        saved.canvas.edit_value("w")
    field = saved.canvas.field or saved.features.inspector.panel.node_page.value
    field.selectAll()
    QTest.keyClicks(field, "1,")
    assert saved.workspace.files.save()
    assert saved.workspace.files.unsaved.pending() == [f"what is typed into “{field.accessibleName()}”"]
    qtbot.waitUntil(saved.isWindowModified)
    assert not saved.document.is_modified
    QTest.keyClick(field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not saved.isWindowModified())


LEARNS_AND_DIES = """
import os, signal, sys, json
from nodegraph.app import create_window
from nodegraph.core.building.expression import parse
window = create_window()
app = window.application
window.show()
window.document.replace(parse("L = (w*2 - 6)**2", w=1))
window.features.training.trainer.steps.least_s = 600.0
window.features.training.trainer.run()
while window.features.training.trainer.steps_done < 1 or not window.recovery.file.exists():
    app.processEvents()
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9")
def test_what_was_learnt_outlives_a_kill_in_the_middle_of_a_training(qapp: object) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LEARNS_AND_DIES],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).parents[3],
        timeout=120,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    (found,) = Recovery(Document()).left_over()
    value = found.read().node("w").value
    assert value is not None
    assert 1.0 < value <= 3.0


# --- fields
def test_the_text_of_an_open_note_is_asked_about_and_saved(
    saved: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_into_note(saved, "not to be lost")
    said = ask(saved, Button.Save, monkeypatch)
    assert saved.close()
    assert said == ["Without saving, the text of a note is lost."]
    (note,) = files.load(saved.document.path).notes()
    assert note.text == "not to be lost"


def test_the_text_of_an_open_note_is_kept_against_a_crash(saved: MainWindow, qtbot: QtBot) -> None:
    type_into_note(saved, "half a sent")
    qtbot.waitUntil(saved.recovery.file.exists)
    document = json.loads(saved.recovery.file.read_text())["document"]
    assert json.loads(document)["graph"]["notes"][0]["text"] == "half a sent"
    assert not saved.document.is_modified


def test_esc_in_a_note_keeps_the_text_and_undo_takes_it_back(saved: MainWindow) -> None:
    field = type_into_note(saved, "long thoughts")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert saved.canvas.field is None
    (note,) = saved.document.graph.notes()
    assert note.text == "long thoughts"
    saved.workspace.editor.undo()
    assert saved.document.graph.notes()[0].text == ""


def test_a_number_typed_on_a_card_is_asked_about_and_saved(
    saved: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved.canvas.edit_value("w")
    saved.canvas.field.setText("2.5")
    said = ask(saved, Button.Save, monkeypatch)
    assert saved.close()
    assert said == ["Without saving, what is typed into “Value of w” is lost."]
    assert files.load(saved.document.path).node("w").value == 2.5


def test_a_name_typed_into_the_inspector_goes_into_the_file(saved: MainWindow) -> None:
    title = saved.features.inspector.panel.document_page.title
    title.setFocus()
    QTest.keyClicks(title, "My line")
    assert saved.workspace.files.unsaved.is_any()
    assert saved.workspace.files.save()
    assert files.load(saved.document.path).title == "My line"


@pytest.mark.parametrize(
    ("selected", "line", "typed", "kept"),
    [
        (["w"], "node_page.name", "weight", lambda graph: graph.node("w").name == "weight"),
        (["w"], "node_page.value", "2.5", lambda graph: graph.node("w").value == 2.5),
        ([], "document_page.title", "A line", lambda graph: graph.title == "A line"),
    ],
)
def test_what_is_typed_into_the_inspector_is_kept_against_a_crash(
    saved: MainWindow, qtbot: QtBot, selected: list[str], line: str, typed: str, kept: Callable[[Graph], bool]
) -> None:
    saved.commands.run("view.inspector")
    saved.scene.select(selected)
    page, name = line.split(".")
    field = getattr(getattr(saved.features.inspector.panel, page), name)
    qtbot.waitUntil(field.isVisible)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, typed)
    qtbot.waitUntil(saved.recovery.file.exists)
    assert kept(native.read(json.loads(saved.recovery.file.read_text())["document"].encode()))
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not saved.workspace.files.unsaved.is_any()


@pytest.mark.parametrize(
    ("selected", "line", "typed"),
    [
        (["w"], "node_page.value", "2e"),
        (["w"], "node_page.value", "-"),
        (["w"], "node_page.name", "L"),
        (["w", "k2"], "several_page.value", "0.5e-"),
    ],
)
def test_what_cannot_be_taken_from_the_inspector_yet_is_kept_as_a_note(
    saved: MainWindow, qtbot: QtBot, selected: list[str], line: str, typed: str
) -> None:
    saved.commands.run("view.inspector")
    saved.scene.select(selected)
    page, name = line.split(".")
    field = getattr(getattr(saved.features.inspector.panel, page), name)
    qtbot.waitUntil(field.isVisible)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, typed)
    qtbot.waitUntil(saved.recovery.file.exists)
    kept = native.read(json.loads(saved.recovery.file.read_text())["document"].encode())
    note = kept.notes()[-1]
    assert note.text == f"Text that was being typed into “{field.accessibleName()}”:\n\n```\n{typed}\n```"
    assert kept.node("w").value == saved.document.graph.node("w").value
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not saved.workspace.files.unsaved.is_any()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2.5", lambda graph: graph.node("w").value == 2.5),
        ("2.5e", lambda graph: "“Value of w”:\n\n```\n2.5e\n```" in graph.notes()[-1].text),
    ],
)
def test_what_is_typed_on_a_card_is_kept_against_a_crash(
    saved: MainWindow, qtbot: QtBot, typed: str, kept: Callable[[Graph], bool]
) -> None:
    saved.canvas.edit_value("w")
    saved.canvas.field.selectAll()
    QTest.keyClicks(saved.canvas.field, typed)
    qtbot.waitUntil(saved.recovery.file.exists)
    assert kept(native.read(json.loads(saved.recovery.file.read_text())["document"].encode()))
    saved.canvas.field.escape()
    assert not saved.workspace.files.unsaved.is_any()


def test_what_is_typed_on_a_card_and_changes_nothing_is_no_note(saved: MainWindow) -> None:
    saved.canvas.edit_value("w")
    field = saved.canvas.field
    field.setText(f"{field.before}.0")
    assert saved.workspace.files.unsaved.pending()
    assert saved.workspace.files.unsaved.changes() == []
    saved.recovery.write_now()
    assert not saved.recovery.file.exists()


def test_two_texts_that_cannot_be_taken_yet_are_two_notes_beside_each_other(saved: MainWindow) -> None:
    saved.commands.run("view.training")
    rate = saved.workspace.dock.page("training").form.fields["rate"]
    saved.canvas.edit_value("w")
    for field, typed in ((saved.canvas.field, "2.5e"), (rate, "0.0")):
        field.selectAll()
        QTest.keyClicks(field, typed)
    saved.recovery.write_now()
    kept = native.read(json.loads(saved.recovery.file.read_text())["document"].encode())
    one, other = (note for note in kept.notes() if "being typed" in note.text)
    assert "2.5e" in one.text
    assert "0.0" in other.text
    assert other.y >= one.y + one.height


def test_a_learning_rate_that_is_being_typed_is_kept_against_a_crash(saved: MainWindow, qtbot: QtBot) -> None:
    saved.commands.run("view.training")
    field = saved.workspace.dock.page("training").form.fields["rate"]
    qtbot.waitUntil(field.isVisible)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "0.0")
    qtbot.waitUntil(saved.recovery.file.exists)
    kept = native.read(json.loads(saved.recovery.file.read_text())["document"].encode())
    assert "0.0" in kept.notes()[-1].text
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not saved.workspace.files.unsaved.is_any()


def test_what_cannot_be_saved_as_it_stands_keeps_the_window(
    saved: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved.canvas.edit_value("w")
    saved.canvas.field.setText("two and a half")
    ask(saved, Button.Save, monkeypatch)
    assert not saved.close()
    assert "Value of w" in saved.stage.banner.text.text()


def test_two_half_typed_changes_of_one_node_are_both_kept() -> None:
    graph = parse("L = a*b", a=2)
    a = graph.named("a")
    assert a is not None
    kept = with_changes(graph, [edits.rename(graph, a.id, "weight"), edits.set_value(graph, a.id, 7.0)])
    assert (kept.node(a.id).name, kept.node(a.id).value) == ("weight", 7.0)
    assert (graph.node(a.id).name, graph.node(a.id).value) == ("a", 2.0)


def test_a_half_typed_text_longer_than_a_note_is_kept_whole_in_several() -> None:
    text = "\n".join(f"a{n} = {n}" for n in range(9_000)) + "\nL = ("
    written = [note.text for note in with_changes(parse("y = -x"), [HalfTyped(text)]).notes()]
    assert len(written) > 5
    inside = [part.partition("```\n")[2].removesuffix("\n```") for part in written]
    assert "\n".join(inside) == text


def test_a_half_typed_line_longer_than_a_note_is_kept_whole() -> None:
    text = "L = " + "a + " * 9_000 + "("
    written = [note.text for note in with_changes(parse("y = -x"), [HalfTyped(text)]).notes()]
    assert "".join(part.partition("```\n")[2].removesuffix("\n```") for part in written) == text


def test_a_half_typed_formula_is_asked_about(saved: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    saved.start_page.show_from_text()
    QTest.keyClicks(saved.start_page.page.formula.field, "y = a*(b +")
    said = ask(saved, Button.Cancel, monkeypatch)
    assert not saved.close()
    assert said == ["A formula that is being typed cannot be saved before it is finished: cancel to do so."]
    saved.start_page.page.formula.field.clear()
    assert saved.close()


def test_a_formula_whose_graph_was_made_is_asked_about_no_more(saved: MainWindow) -> None:
    saved.start_page.show_from_text()
    saved.start_page.page.formula.field.setText("y = a*b")
    saved.start_page.page.formula.read()
    assert not saved.workspace.files.unsaved.pending()


def test_of_a_text_that_is_not_whole_it_is_said_that_it_cannot_be_saved(
    saved: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved.commands.run("view.text")
    text = saved.findChild(TextEditor)
    assert text is not None
    qtbot.waitUntil(lambda: bool(text.toPlainText()))
    text.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(text, "*")
    qtbot.waitUntil(lambda: bool(saved.workspace.files.unsaved.unfinished()))
    said = ask(saved, Button.Cancel, monkeypatch)
    assert not saved.close()
    assert said == ["What is typed into the text cannot be saved before it is finished: cancel to do so."]
    saved.start_page.show_from_text()
    QTest.keyClicks(saved.start_page.page.formula.field, "y = a*(b +")
    assert not saved.close()
    assert said[1].endswith(" cannot be saved before they are finished: cancel to do so.")


# --- a formula that is in no graph yet
TYPES_AND_DIES = """
import os, signal
from PySide6.QtTest import QTest
from PySide6.QtCore import QPoint, Qt
from nodegraph.app import create_window
from nodegraph.app.features.adding.popup import Wish
from PySide6.QtCore import QPointF
window = create_window()
window.show()
window.features.adding.popup.open_at(QPoint(40, 40), Wish(QPointF()))
QTest.keyClicks(window.features.adding.popup.field, "{typed}")
{then}
draft = window.recovery.folder.parent / "drafts" / "search.txt"
while not draft.exists():
    window.application.processEvents()
os.kill(os.getpid(), signal.SIGKILL)
"""


def next_start(qtbot: QtBot) -> MainWindow:
    """The window of a later start of the program."""
    window = create_window()
    qtbot.addWidget(window, before_close_func=lambda made: made.workspace.files.unsaved.parts.clear())
    window.show()
    return window


def search_opened(window: MainWindow) -> str:
    """What stands in the search at the cursor as it is opened."""
    window.features.adding.popup.open_at(QPoint(40, 40), Wish(QPointF()))
    return window.features.adding.popup.field.text()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9")
@pytest.mark.parametrize(
    ("typed", "then"),
    [
        ("y = x*w + b", ""),
        ("y = x*w + b", "QTest.keyClick(window.features.adding.popup.field, Qt.Key.Key_Escape)"),
        ("weight", ""),
        ("0.", ""),
    ],
    ids=["typing", "after Esc", "a word", "a number"],
)
def test_a_text_that_was_typed_outlives_a_kill(qtbot: QtBot, typed: str, then: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", TYPES_AND_DIES.format(typed=typed, then=then)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).parents[3],
        timeout=60,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    assert search_opened(next_start(qtbot)) == typed


def test_a_word_left_with_esc_does_not_come_back(window: MainWindow, qtbot: QtBot) -> None:
    search_opened(window)
    QTest.keyClicks(window.features.adding.popup.field, "weight")
    QTest.keyClick(window.features.adding.popup.field, Qt.Key.Key_Escape)
    assert search_opened(window) == ""
    assert window.close()
    assert search_opened(next_start(qtbot)) == ""


def test_a_formula_left_with_esc_is_there_at_the_next_start(window: MainWindow, qtbot: QtBot) -> None:
    search_opened(window)
    QTest.keyClicks(window.features.adding.popup.field, "y = x*w + b")
    QTest.keyClick(window.features.adding.popup.field, Qt.Key.Key_Escape)
    assert window.close()
    later = next_start(qtbot)
    assert search_opened(later) == "y = x*w + b"


def test_a_formula_that_was_given_up_or_taken_does_not_come_back(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    search_opened(window)
    QTest.keyClicks(window.features.adding.popup.field, "y = x*w + b")
    QTest.keyClick(window.features.adding.popup.field, Qt.Key.Key_Return)
    assert window.workspace.files.unsaved.pending() == []
    search_opened(window)
    QTest.keyClicks(window.features.adding.popup.field, "z = x*y")
    QTest.keyClicks(window.start_page.page.formula.field, "q = 2*")
    assert window.features.adding.popup.isVisible()
    ask(window, Button.Discard, monkeypatch)
    assert window.close()
    later = next_start(qtbot)
    assert search_opened(later) == ""
    assert later.start_page.page.formula.field.text() == ""


def test_a_half_typed_formula_of_the_welcome_page_is_kept(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClicks(window.start_page.page.formula.field, "q = 2*")
    qtbot.waitUntil(lambda: (window.recovery.folder.parent / "drafts" / "formula.txt").exists())
    later = next_start(qtbot)
    assert later.start_page.page.formula.field.text() == "q = 2*"
    assert not later.workspace.files.unsaved.is_any()
    assert later.close()
    assert next_start(qtbot).start_page.page.formula.field.text() == "q = 2*"


class Part:
    """Work that is put in, whereupon another part appears."""

    def __init__(self, unsaved: Unsaved, held: str) -> None:
        self.unsaved, self.held = unsaved, held

    def pending_work(self) -> str:
        return self.held

    def pending_change(self) -> None:
        return None

    def put_in(self) -> bool:
        self.held = ""
        self.unsaved.add(Part(self.unsaved, ""))
        return True


def test_what_is_put_in_may_bring_another_part_with_it(window: MainWindow) -> None:
    unsaved = window.workspace.files.unsaved
    unsaved.add(Part(unsaved, "one"))
    unsaved.add(Part(unsaved, "two"))
    assert unsaved.put_in() == []
