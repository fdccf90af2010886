"""The clipboard: text and picture at once, at the cursor, across windows, and large parts piece by piece."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QCursor, QGuiApplication, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QProgressBar, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from nodegraph.app.document import picture_clipboard
from nodegraph.app.platform.background_tasks import MOST_AT_ONCE
from nodegraph.app.widgets.text import JOINER, MAY_BREAK, Text, formula_html
from nodegraph.app.window.main_window import MainWindow
from nodegraph.canvas import picture
from nodegraph.core.building.expression import parse
from nodegraph.core.graph import edits, grouping
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.notes import add_note
from nodegraph.formats import fragment, native, png
from tests.opening import names


def long_text(nodes: int) -> str:
    """A chain of so many operations on one input."""
    return "\n".join(f"n{i} = exp({'x' if i == 0 else f'n{i - 1}'})" for i in range(nodes))


def held() -> QMimeData:
    return QGuiApplication.clipboard().mimeData()


def is_pictured() -> bool:
    return held().hasFormat("image/png")


def pictured() -> Graph:
    return native.read(png.extract(held().data("image/png").data()))


def test_a_copy_is_text_at_once_and_soon_a_picture_that_carries_the_same_nodes(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.scene.select(["a", "b", "e"])
    window.features.edit.copying.copy()
    text = held().text()
    assert [node.name for node in fragment.from_text(text)[0].nodes()] == ["a", "b", "e"]
    assert not is_pictured()
    qtbot.waitUntil(is_pictured)
    assert held().text() == text
    assert {"a", "b", "e"} <= {node.name for node in pictured().nodes()}


def test_what_was_cut_is_in_the_picture(window: MainWindow, qtbot: QtBot) -> None:
    window.scene.select(["a", "b", "e"])
    window.features.edit.copying.copy()
    qtbot.waitUntil(is_pictured)
    image = QImage.fromData(held().data("image/png").data())
    QGuiApplication.clipboard().clear()
    window.features.edit.copying.cut()
    assert names(window) == ["c", "d", "f", "L"]
    qtbot.waitUntil(is_pictured)
    assert QImage.fromData(held().data("image/png").data()) == image
    assert "e" in {node.name for node in pictured().nodes()}


@pytest.mark.parametrize("by", ["edit.paste", "edit.duplicate"])
def test_copies_are_seen_though_there_is_room_for_them_only_below_the_view(
    window: MainWindow, by: str
) -> None:
    window.scene.select_all()
    window.features.edit.copying.copy()
    window.commands.run(by)
    made = window.scene.selected_nodes()
    assert len(made) == 7
    assert any(window.canvas.seen().contains(window.scene.card_of(node_id)) for node_id in made)


NOTEBOOK = {"cells": [{"cell_type": "code", "source": ["p = 2\n", "y = p*q"]}]}
FILES: dict[str, Callable[[Graph], bytes]] = {
    ".nodegraph": native.write,
    ".png": partial(picture.packed, QImage(8, 8, QImage.Format.Format_RGB32)),
    ".txt": lambda _: b"y = p*q",
    ".py": lambda _: "y = p*q  # größer".encode("utf-8-sig"),
    ".ipynb": lambda _: json.dumps(NOTEBOOK).encode(),
}


@pytest.mark.parametrize("suffix", FILES)
def test_a_file_that_was_copied_is_pasted_with_what_it_holds(
    window: MainWindow, tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"other{suffix}"
    path.write_bytes(FILES[suffix](parse("y = p*q")))
    copy_files(path)
    window.commands.run("edit.paste")
    assert set(names(window)[-3:]) == {"p", "q", "y"}


def test_a_long_file_that_was_copied_is_read_piece_by_piece(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "long.py"
    path.write_text("y0 = p*q\n" + "".join(f"y{n + 1} = y{n} + p\n" for n in range(900)))
    copy_files(path)
    window.commands.run("edit.paste")
    assert window.workspace.editor.tasks.is_running
    qtbot.waitUntil(lambda: window.document.graph.named("y900") is not None)


def test_of_a_document_that_was_copied_nothing_is_told_as_of_a_text(
    window: MainWindow, tmp_path: Path
) -> None:
    said: list[str] = []
    window.workspace.editor.noted.connect(said.append)
    for name, data, count in (("c.nodegraph", native.write(parse("L = 3*pi")), 0), ("c.py", b"L = 3*pi", 1)):
        window.document.replace(Graph())
        (tmp_path / name).write_bytes(data)
        copy_files(tmp_path / name)
        window.commands.run("edit.paste")
        assert len(said) == count, name


def test_of_a_copied_file_that_cannot_be_pasted_it_is_said_why(window: MainWindow, tmp_path: Path) -> None:
    cases: tuple[tuple[str, bytes | None, str], ...] = (
        ("picture.jpg", b"\xff\xd8\xff\xe0" + bytes(40), "This is a JPEG picture"),
        ("loss.py", "größe = 2".encode("latin-1"), "This is no text in UTF-8"),
        ("slip.py", b"L = a*", "line 1, column 7: expected a number"),
        ("net.dot", b"digraph { a -> b }", "This is a graph of another program; drop it onto"),
        ("gone.py", None, "There is no such file."),
    )
    told: list[str] = []
    window.workspace.editor.refused.connect(told.append)
    for name, data, said in cases:
        if data is not None:
            (tmp_path / name).write_bytes(data)
        copy_files(tmp_path / name)
        told.clear()
        window.commands.run("edit.paste")
        assert told[0].startswith(f"{name}: {said}")


def test_of_several_files_that_were_copied_one_is_asked_for(window: MainWindow, tmp_path: Path) -> None:
    told: list[str] = []
    window.workspace.editor.refused.connect(told.append)
    copy_files(tmp_path / "a.py", tmp_path / "b.py")
    window.commands.run("edit.paste")
    assert told == ["Several files are on the clipboard; copy one of them."]


def copy_files(*paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    data.setText("\n".join(map(str, paths)))
    QGuiApplication.clipboard().setMimeData(data)


@pytest.mark.parametrize("by", ["edit.copy", "file.copy_picture"])
def test_a_picture_leaves_alone_what_came_to_the_clipboard_after_it_was_asked_for(
    window: MainWindow, qtbot: QtBot, by: str
) -> None:
    window.scene.select(["a", "b", "e"])
    window.commands.run(by)
    copied = picture_clipboard._latest
    assert copied is not None
    with qtbot.waitSignal(copied.destroyed):
        QGuiApplication.clipboard().setText("mine")
    assert held().text() == "mine"
    assert not is_pictured()


def test_of_two_pictures_the_one_asked_for_last_arrives(window: MainWindow, qtbot: QtBot) -> None:
    window.scene.select(["a", "b", "e"])
    window.features.edit.copying.copy()
    window.features.export.copy()
    qtbot.waitUntil(is_pictured)
    assert not held().hasText()
    assert picture_clipboard._latest is None


def test_closing_the_window_leaves_its_picture_to_arrive(qtbot: QtBot) -> None:
    window = MainWindow()  # not given to qtbot, which could not close it any more
    window.document.replace(parse("y = a*b", a=2, b=3))
    window.scene.select([node.id for node in window.document.graph.nodes()])
    window.features.export.copy()
    window.close()
    shiboken6.delete(window)
    qtbot.waitUntil(is_pictured)


def test_nodes_too_far_apart_for_a_picture_are_copied_as_text(window: MainWindow) -> None:
    window.document.apply(edits.move(window.document.graph, {"L": (1e8, 0.0)}))
    window.scene.select(["a", "L"])
    window.features.edit.copying.copy()
    assert [node.name for node in fragment.from_text(held().text())[0].nodes()] == ["a", "L"]
    assert picture_clipboard._latest is None


@pytest.mark.parametrize("symbol", ["∂L/∂a", "∂Gesamtkosten_pro_Jahr/∂Temperatur_aussen"])
def test_text_selected_in_a_label_is_copied_as_it_reads(
    window: MainWindow, qtbot: QtBot, symbol: str
) -> None:
    label = Text()
    label.say(f"{symbol} = 15", formula_html(f"{symbol} = 15"))
    qtbot.addWidget(label)
    unseen = label.text().count(JOINER) + label.text().count(MAY_BREAK)
    label.setSelection(0, len(symbol) + unseen)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(QApplication, "focusWidget", lambda: label)
        window.features.edit.copying.copy()
    assert unseen > 0
    assert QGuiApplication.clipboard().text() == symbol


@pytest.mark.parametrize("count", [3, MOST_AT_ONCE], ids=["at once", "in pieces"])
def test_what_is_pasted_onto_an_empty_canvas_is_seen_whole(
    window: MainWindow, qtbot: QtBot, count: int
) -> None:
    window.document.new()
    text = "\n".join(f"n{place}=x*2" for place in range(count))
    QGuiApplication.clipboard().setText(text)
    window.features.edit.copying.paste()
    qtbot.waitUntil(lambda: not window.workspace.editor.tasks.is_running)
    assert len(window.document.graph) > count
    shown = window.canvas.zoom, window.canvas.center()
    window.canvas.fit()
    assert (window.canvas.zoom, window.canvas.center()) == shown


def test_an_empty_clipboard_is_told_and_changes_nothing(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = names(window)
    monkeypatch.setattr(type(QGuiApplication.clipboard()), "mimeData", lambda _self: None)
    window.features.edit.copying.paste()
    assert names(window) == before
    assert window.stage.banner.isVisibleTo(window.stage)


def test_paste_lands_under_the_cursor_and_cascades_there(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    cursor = QPoint(400, 300)
    window.canvas.set_center(QPointF(3000, 3000))
    view = window.canvas.viewport()
    monkeypatch.setattr(view, "underMouse", lambda: True)
    monkeypatch.setattr(QCursor, "pos", lambda: view.mapToGlobal(cursor))
    window.scene.select(["a"])
    window.features.edit.copying.copy()
    window.features.edit.copying.paste()
    first = window.scene.items_by_id[window.scene.selected_nodes()[0]].card.center()
    window.features.edit.copying.paste()
    second = window.scene.items_by_id[window.scene.selected_nodes()[0]].card.center()
    assert (first - window.canvas.mapToScene(cursor)).manhattanLength() < 12
    assert second.x() == first.x() + 40
    assert second.y() >= first.y() + window.scene.items_by_id["a"].card.height()  # and not on the first


def test_what_is_copied_in_one_window_is_pasted_in_another(window: MainWindow, qtbot: QtBot) -> None:
    other = MainWindow()
    qtbot.addWidget(other, before_close_func=lambda w: w.document.stack.setClean())
    window.scene.select(["a", "b", "e"])
    window.features.edit.copying.copy()
    other.features.edit.copying.paste()
    assert names(other) == ["a", "b", "e"]
    assert other.document.graph.edge((other.document.graph.named("e").id, 1)) is not None


def test_duplicating_with_incoming_edges_feeds_the_copy_as_the_original(window: MainWindow) -> None:
    window.scene.select(["e"])
    window.features.edit.copying.duplicate_connected()
    copy = window.document.graph.named("e2")
    assert [edge.source for edge in window.document.graph.edges_into(copy.id)] == ["a", "b"]
    window.workspace.editor.undo()
    assert "e2" not in names(window)


def test_a_large_part_goes_in_piece_by_piece_as_one_undo_step(window: MainWindow, qtbot: QtBot) -> None:
    before = window.document.graph.copy()
    QGuiApplication.clipboard().setText(long_text(MOST_AT_ONCE))
    window.features.edit.copying.paste()
    assert len(window.document.graph) < MOST_AT_ONCE
    qtbot.waitUntil(lambda: not window.features.edit.copying.tasks.is_running)
    assert len(window.document.graph) == 7 + MOST_AT_ONCE + 1
    assert len(window.scene.selected_nodes()) == MOST_AT_ONCE + 1
    window.workspace.editor.undo()
    qtbot.waitUntil(lambda: not window.features.edit.copying.tasks.is_running)
    assert window.document.graph == before
    window.workspace.editor.redo()
    qtbot.waitUntil(lambda: not window.features.edit.copying.tasks.is_running)
    assert len(window.document.graph) == 7 + MOST_AT_ONCE + 1


def test_stopping_a_large_paste_takes_all_of_it_back(window: MainWindow, qtbot: QtBot) -> None:
    before = window.document.graph.copy()
    QGuiApplication.clipboard().setText(long_text(4 * MOST_AT_ONCE))
    window.features.edit.copying.paste()
    qtbot.waitUntil(lambda: window.findChild(QProgressBar).value() > 0)
    window.findChild(QWidget, "long_task").findChild(QPushButton).click()
    assert not window.features.edit.copying.tasks.is_running
    assert window.document.graph == before
    assert not window.document.is_modified


def test_nodes_dragged_onto_another_windows_canvas_are_copied_there(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = MainWindow()
    qtbot.addWidget(other, before_close_func=lambda w: w.document.stack.setClean())
    other.show()
    other.canvas.zoom_100()
    monkeypatch.setattr(QApplication, "widgetAt", lambda _place: other.canvas.viewport())
    before = window.document.graph.copy()
    card = window.scene.items_by_id["a"].card
    view = window.canvas.viewport()
    start = window.canvas.mapFromScene(card.topLeft() + QPointF(20, 12))
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for pixel in (start + QPoint(30, 30), QPoint(-40, 80), QPoint(-60, 90)):
        there = QPointF(view.mapToGlobal(pixel))
        none, left = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
        keys = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(
            view, QMouseEvent(QEvent.Type.MouseMove, QPointF(pixel), there, none, left, keys)
        )
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(-60, 90))
    assert names(other) == ["a"]
    assert window.document.graph == before
    dropped = other.scene.items_by_id["a"].card.center()
    wanted = other.canvas.mapToScene(other.canvas.viewport().mapFromGlobal(view.mapToGlobal(QPoint(-60, 90))))
    assert (dropped - wanted).manhattanLength() < 12


def test_groups_and_notes_are_copied_with_their_nodes(window: MainWindow) -> None:
    window.document.apply(grouping.group(window.document.graph, ["a", "b"], "Factors"))
    window.document.apply(add_note(window.document.graph, "Look *here*", 0, 400))
    window.scene.select(["a", "b"], notes=[note.id for note in window.document.graph.notes()])
    window.features.edit.copying.copy()
    window.features.edit.copying.paste()
    assert [group.title for group in window.document.graph.groups()] == ["Factors", "Factors"]
    assert [note.text for note in window.document.graph.notes()] == ["Look *here*", "Look *here*"]


def test_a_note_alone_can_be_duplicated(window: MainWindow) -> None:
    window.document.apply(add_note(window.document.graph, "Look", 0, 400))
    window.scene.select(notes=[window.document.graph.notes()[0].id])
    assert window.commands.actions["edit.duplicate"].isEnabled()
    window.features.edit.copying.duplicate()
    assert len(window.document.graph.notes()) == 2
    assert len(window.document.graph) == 7


def test_a_whole_text_of_constants_tells_that_none_gets_a_gradient_when_it_is_pasted(
    window: MainWindow,
) -> None:
    said: list[str] = []
    window.workspace.editor.noted.connect(said.append)
    window.document.replace(Graph())
    QGuiApplication.clipboard().setText("w = 0.5\nx = 2\nL = w*x")
    window.features.edit.copying.paste()
    assert len(said) == 1
    assert said[0].startswith("w and x are constants, which get no gradient")
    window.features.edit.copying.paste()
    assert len(said) == 1, "a part goes with inputs that are there"


def test_a_pasted_value_that_nothing_uses_is_told_but_not_a_name_of_the_canvas(window: MainWindow) -> None:
    said: list[str] = []
    window.workspace.editor.noted.connect(said.append)
    window.document.replace(parse("L = w*w"))
    QGuiApplication.clipboard().setText("w1 = 2\nz = w*x")
    window.features.edit.copying.paste()
    assert said == ["Nothing uses w1, and x is an input of 1."]


def test_the_copy_of_a_group_lies_on_no_other_group_and_no_card(window: MainWindow) -> None:
    graph = window.document.graph
    window.document.apply(grouping.group(graph, ["e", "d"], "Sum"))
    window.scene.select(["e", "d"], groups=[group.id for group in graph.groups()])
    window.features.edit.copying.duplicate()
    first, second = (item.rect for item in window.scene.surroundings.groups.values())
    assert not first.intersects(second)
    others = [node.id for node in graph.nodes() if node.name not in ("e2", "d2")]
    assert not any(window.scene.card_of(node_id).intersects(second) for node_id in others)
