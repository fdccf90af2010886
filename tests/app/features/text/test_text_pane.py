"""The text of the graph: what is typed changes the graph by the least, what changes elsewhere stands in it,
and nothing on the canvas is lost.
"""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nodegraph.app.features.text.editor import TextEditor
from nodegraph.app.features.text.session import TextSession
from nodegraph.app.features.text.words import marked_in, node_at, stated_in, words_of
from nodegraph.app.window.main_window import MainWindow
from nodegraph.core.building.expression import parse
from nodegraph.core.building.half_typed import HalfTyped
from nodegraph.core.graph import edits, grouping
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.notes import MAX_NOTE
from nodegraph.formats import native


class Pane:
    """The pane of a window, as a person has it."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        window.commands.run("view.text")
        found = window.findChild(TextEditor)
        assert found is not None
        self.editor: TextEditor = found
        session = window.findChild(TextSession)
        assert session is not None
        self.session: TextSession = session
        self.editor.setFocus()

    @property
    def graph(self) -> Graph:
        return self.window.document.graph

    @property
    def text(self) -> str:
        return self.editor.toPlainText()

    @property
    def said(self) -> str:
        return self.editor.accessibleDescription()

    def put_cursor(self, behind: str) -> None:
        """Put the text cursor behind the first place of some words."""
        cursor = self.editor.textCursor()
        cursor.setPosition(self.text.index(behind) + len(behind))
        self.editor.setTextCursor(cursor)

    def type(self, words: str) -> None:
        for character in words:
            if character == "\n":
                QTest.keyClick(self.editor, Qt.Key.Key_Return)
            else:
                QTest.keyClicks(self.editor, character)

    def replace(self, old: str, new: str) -> None:
        """Select words and type over them, and pause."""
        cursor = self.editor.textCursor()
        start = self.text.index(old)
        cursor.setPosition(start)
        cursor.setPosition(start + len(old), QTextCursor.MoveMode.KeepAnchor)
        self.editor.setTextCursor(cursor)
        if new:
            self.type(new)
        else:
            QTest.keyClick(self.editor, Qt.Key.Key_Delete)
        self.session.take()


@pytest.fixture
def pane(window: MainWindow, qtbot: QtBot) -> Pane:
    window.document.replace(parse("e = a*b; d = e + c; L = d*f", a=2, b=-3, c=10, f=-2))
    return Pane(window)


def places(graph: Graph) -> dict[str, tuple[float | None, float | None]]:
    return {node.id: (node.x, node.y) for node in graph.nodes()}


def test_the_pane_holds_inputs_with_values_and_a_statement_for_each_node(pane: Pane) -> None:
    assert pane.text.split("\n") == [
        "a = input(2)",
        "b = input(-3)",
        "c = input(10)",
        "f = input(-2)",
        "",
        "e = a * b",
        "d = e + c",
        "L = d * f",
    ]


def test_a_typed_value_and_operation_change_the_graph_and_undo_brings_text_and_graph_back(pane: Pane) -> None:
    before, text = pane.graph.copy(), pane.text
    pane.replace("input(2)", "input(7)")
    assert pane.graph.node("a").value == 7
    pane.replace("d = e + c", "d = tanh(e) + c")
    assert [node.op for node in pane.graph.nodes()].count("tanh") == 1
    assert all(places(pane.graph)[i] == place for i, place in places(before).items())
    assert pane.window.document.stack.count() == 2
    QTest.keyClick(pane.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "d = e + c" in pane.text
    QTest.keyClick(pane.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (pane.text, pane.graph) == (text, before)
    QTest.keyClick(pane.editor, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert "a = input(7)" in pane.text


def test_while_the_text_is_not_whole_the_graph_stays_and_the_mistake_is_underlined(pane: Pane) -> None:
    before = pane.graph.copy()
    pane.replace("d * f", "d * (f")
    assert pane.graph == before
    assert pane.said == "Line 8, column 9: a bracket is opened here and never closed"
    wavy = QTextCharFormat.UnderlineStyle.WaveUnderline
    marks = [mark for mark in pane.editor.extraSelections() if mark.format.underlineStyle() == wavy]
    assert [(mark.cursor.blockNumber(), mark.cursor.selectedText()) for mark in marks] == [(7, "(f")]
    assert pane.window.workspace.files.unsaved.pending() == ["what is typed into the text"]
    QTest.keyClick(pane.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert pane.text.endswith("L = d * f")
    assert (pane.said, pane.graph) == ("", before)


def test_a_text_that_is_not_whole_is_kept_against_a_crash_as_a_note(pane: Pane) -> None:
    recovery = pane.window.recovery
    pane.replace("d * f", "d * (f\n\tand a tab")
    kept = pane.session.pending_change()
    recovery.write_now()
    parts = json.loads(recovery.file.read_bytes())
    restored = native.read(parts["document"].encode())
    assert [note.text for note in restored.notes()] == [kept.note(pane.graph).patches[0].after.text]
    assert "L = d * (f\n" in restored.notes()[0].text
    assert restored.output == pane.graph.output, "the graph itself stays"
    assert not pane.graph.notes(), "nothing of it is in the open document"
    QTest.keyClick(pane.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert pane.session.pending_change() is None


def test_typing_is_told_to_what_keeps_unsaved_work(pane: Pane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.window.workspace.files.unsaved.changed, timeout=0):
        pane.type("x")


def test_a_very_long_text_is_kept_as_far_as_a_note_goes(pane: Pane) -> None:
    change = HalfTyped("z = (\x07 " * 40_000).note(pane.graph)
    pane.window.document.apply(change)
    assert len(pane.graph.notes()[0].text) == MAX_NOTE


def test_typing_pauses_make_one_step_each(pane: Pane, qtbot: QtBot) -> None:
    pane.put_cursor("L = d * f")
    pane.type(" + 1")
    assert pane.window.document.stack.count() == 0
    qtbot.waitUntil(lambda: pane.window.document.stack.count() == 1)
    assert not pane.session.is_typed


def test_a_node_keeps_its_place_while_its_name_is_typed_anew(pane: Pane) -> None:
    before = places(pane.graph)
    pane.replace("d = e + c", "total = e + c")
    pane.replace("d * f", "total * f")
    assert places(pane.graph) == before
    assert pane.graph.named("total") is not None


def test_groups_and_places_stay_when_lines_come_and_go(pane: Pane) -> None:
    pane.graph.apply(grouping.group(pane.graph, ["e", "d"], "Inner"))
    pane.put_cursor("d = e + c")
    pane.type("\nh = tanh(d)")
    pane.session.take()
    pane.replace("h = tanh(d)", "")
    assert [group.nodes for group in pane.graph.groups()] == [("e", "d")]
    assert "h" not in pane.graph


def test_what_changes_on_the_canvas_stands_in_the_text_and_own_lines_stay(pane: Pane) -> None:
    pane.replace("\ne = a * b", "\n# the product\ne = a*b")
    document = pane.window.document
    document.apply(edits.set_value(pane.graph, "c", 4.5))
    document.apply(edits.rename(pane.graph, "f", "factor"))
    QTest.qWait(20)
    assert "c = input(4.5)" in pane.text
    assert "L = d * factor" in pane.text
    assert "# the product\ne = a*b" in pane.text
    document.apply(edits.remove(pane.graph, ["L"]))
    QTest.qWait(20)
    assert "L =" not in pane.text


def test_half_typed_words_stay_while_the_canvas_changes(pane: Pane) -> None:
    pane.replace("d * f", "d * (f")
    pane.window.document.apply(edits.set_value(pane.graph, "c", 4.5))
    QTest.qWait(20)
    assert "L = d * (f" in pane.text
    assert "c = input(4.5)" in pane.text


def test_the_text_cursor_selects_on_the_canvas_and_a_selected_node_is_marked(pane: Pane) -> None:
    pane.put_cursor("d = e")
    assert pane.window.scene.selected_nodes() == ["e"]
    pane.put_cursor("L =")
    assert pane.window.scene.selected_nodes() == ["L"]
    pane.window.scene.select(["c"])
    marked = [mark.cursor.selectedText() for mark in pane.editor.extraSelections()]
    assert marked.count("c") == 2


def test_the_line_of_the_current_step_is_marked(pane: Pane) -> None:
    pane.window.player.seek(2)
    lines = [mark.cursor.block().text() for mark in pane.editor.extraSelections()]
    node = pane.window.player.frame.active_nodes[0]
    assert any(line.startswith(f"{pane.graph.node(node).name} = ") for line in lines)


def test_a_graph_that_cannot_be_text_says_why_and_cannot_be_typed_into(pane: Pane) -> None:
    pane.window.document.apply(edits.disconnect(pane.graph, [("L", 1)]))
    QTest.qWait(20)
    assert pane.editor.isReadOnly()
    assert pane.said.endswith("L waits for an input.")
    pane.window.commands.run("edit.undo")
    QTest.qWait(20)
    assert not pane.editor.isReadOnly()
    assert pane.text.endswith("L = d * f")


def test_the_pane_is_in_one_place_at_a_time(pane: Pane) -> None:
    pane.window.commands.run("view.text_beside")
    assert pane.window.workspace.dock.current_page is None
    assert pane.window.workspace.dock.named("text_beside").isAncestorOf(pane.editor)
    pane.window.commands.run("view.text")
    assert not pane.window.workspace.dock.named("text_beside").isAncestorOf(pane.editor)


def test_another_document_brings_its_own_text(pane: Pane) -> None:
    pane.replace("d * f", "d * (f")
    pane.window.document.replace(parse("y = x**2", x=3))
    QTest.qWait(20)
    assert pane.text == "x = input(3)\n\ny = x ** 2"
    assert not pane.session.pending_work()


def test_a_pasted_program_becomes_the_graph(pane: Pane) -> None:
    pane.window.document.replace(Graph())
    QTest.qWait(20)
    pane.editor.insertPlainText("a = Value(2.0, label='a')\nb = Value(3.0)\nL = (a*b).tanh()\nL.backward()")
    pane.session.take()
    assert {node.name: node.value for node in pane.graph.nodes() if node.op == "input"} == {"a": 2, "b": 3}
    assert all(node.x is not None for node in pane.graph.nodes())
    assert pane.text.endswith("L.backward()")


def test_a_large_graph_is_written_in_pieces(window: MainWindow, qtbot: QtBot) -> None:
    lines = ["n0 = x"] + [f"n{i} = tanh(n{i - 1})" for i in range(1, 1_500)]
    window.document.replace(parse("\n".join(lines[1:])))
    pane = Pane(window)
    qtbot.waitUntil(lambda: not pane.session.is_being_written)
    assert pane.text.endswith("n1499 = tanh(n1498)")
    pane.window.document.apply(edits.set_value(pane.graph, "n0", 3.5))
    qtbot.waitUntil(lambda: pane.text.startswith("n0 = input(3.5)"))
    pane.replace("input(3.5)", "input(-1)")
    qtbot.waitUntil(lambda: pane.graph.node("n0").value == -1)


def test_words_know_what_they_are() -> None:
    graph = parse("L = a*pi + 3*tanh(b)")
    line = "L = a * pi + 3 * tanh(b)  # a"
    kinds = {word.text: word.kind for word in words_of(line, graph)}
    assert (kinds["L"], kinds["a"], kinds["pi"], kinds["3"]) == ("name", "input", "constant", "number")
    assert (kinds["tanh"], kinds["# a"]) == ("function", "comment")
    assert node_at("L = a * 3", 9, parse("L = a*3")).value == 3
    assert node_at("x = 1; L = a * 3", 8, parse("x = 1; L = a*3")).name == "L"


def test_opened_by_its_key_the_pane_can_be_typed_into_at_once(window: MainWindow) -> None:
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_F4)
    editor = window.findChild(TextEditor)
    assert editor is not None
    assert editor.hasFocus()


def test_a_program_is_pasted_on_the_canvas_and_what_it_cannot_be_is_named(window: MainWindow) -> None:
    window.document.replace(Graph())
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("a = Value(2.0, label='a')\nL = (a * 3).tanh()\nL.backward()")
    window.commands.run("edit.paste")
    assert [node.op for node in window.document.graph.nodes()] == ["input", "constant", "multiply", "tanh"]
    clipboard.setText(r"$M = \frac{L}{2}$")
    window.commands.run("edit.paste")
    assert "M" in window.document.graph
    before = window.document.graph.copy()
    said: list[str] = []
    window.workspace.editor.refused.connect(said.append)
    clipboard.setText("for i in range(3):\n    s = s + i")
    window.commands.run("edit.paste")
    clipboard.setText("some words")
    window.commands.run("edit.paste")
    assert "a loop cannot stand in a graph" in said[0]
    assert "nothing in it to insert" in said[1]
    for text, reason in (
        ("=A1*B1 + C1", "a name stands before ="), ("x^2 + 2x", "write * between two factors"),
        ("sigmoid(x", "a bracket is opened here"), ("0,5", "a decimal has a point"),
        ("x\r\n1,5\r\n2,5\r\n", "This is a table"), ("x\n1\n2\n3\n", "This is a table"),
        ("https://example.org/a?b=1", "nothing in it to insert"),
        ("see you at 5 o'clock, all of you", "nothing in it to insert"),
    ):  # fmt: skip
        clipboard.setText(text)
        window.commands.run("edit.paste")
        assert reason in said[-1], text
    for text in ("digraph { a -> b }", '{"nodes": [], "links": []}', "<graphml><graph/></graphml>"):
        clipboard.setText(text)
        window.commands.run("edit.paste")
        assert said[-1].startswith("This is a graph of another program")
    assert window.document.graph == before


def test_what_is_added_by_text_is_in_sight_where_the_whole_graph_was(pane: Pane) -> None:
    pane.window.canvas.fit()
    pane.put_cursor("L = d * f")
    pane.type("\nM = 2*L")
    pane.session.take()
    card = pane.window.scene.items_by_id["M"].sceneBoundingRect()
    seen = pane.window.canvas.mapToScene(pane.window.canvas.viewport().rect()).boundingRect()
    assert seen.contains(card)


def test_a_book_on_the_clipboard_is_not_pasted(pane: Pane) -> None:
    said: list[str] = []
    pane.window.workspace.editor.refused.connect(said.append)
    text, held = pane.text, QMimeData()
    held.setText("a = 1\n" * 2_000_000)
    pane.editor.insertFromMimeData(held)
    assert said == ["The text on the clipboard is longer than 1,000,000 characters."]
    assert pane.text == text


def test_the_text_cursor_stays_in_sight_as_a_sentence_comes_below(pane: Pane) -> None:
    pane.window.document.replace(parse("\n".join(f"y{i} = x{i} * 2" for i in range(40))))
    QTest.qWait(20)
    pane.editor.moveCursor(QTextCursor.MoveOperation.End)
    pane.type(" + (")
    pane.session.take()
    QTest.qWait(20)
    assert pane.said
    assert pane.editor.viewport().rect().contains(pane.editor.cursorRect().center())


def test_a_long_text_is_coloured_where_it_is_seen(window: MainWindow, qtbot: QtBot) -> None:
    window.document.replace(parse("\n".join(f"n{i} = tanh(n{i - 1})" for i in range(1, 1_500))))
    pane = Pane(window)
    qtbot.waitUntil(lambda: not pane.session.is_being_written)
    document = pane.editor.document()

    def is_coloured(line: int) -> bool:
        return bool(document.findBlockByNumber(line).layout().formats())

    assert is_coloured(0)
    assert not is_coloured(1_400)
    pane.editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.waitUntil(lambda: is_coloured(document.blockCount() - 1))
    pane.type(" + 1")
    qtbot.waitUntil(lambda: is_coloured(document.blockCount() - 1))


def test_words_between_marks_are_names(window: MainWindow) -> None:
    graph = parse("L = a*b")
    graph.apply(edits.rename(graph, "a", "weight 1"))
    line = "L = `weight 1` * b"
    words = [(word.text, word.kind) for word in words_of(line, graph)]
    assert words[2] == ("weight 1", "input")
    assert list(marked_in(line, [graph.node("a")], graph)) == [(4, 14)]
    assert stated_in("`weight 1` = input(2)") == [(0, "weight 1")]
    assert node_at("`weight 1` = input(2)", 3, graph) == graph.node("a")


def test_what_is_taken_back_in_the_text_is_in_sight_as_large_as_it_was(pane: Pane) -> None:
    canvas = pane.window.canvas
    canvas.fit()
    zoom = canvas.zoom
    pane.replace("L = d * f", "L = d * f + tanh(a + b) * exp(c * sin(f * a)) - relu(b)")
    assert canvas.zoom < zoom
    pane.session.undo()
    assert canvas.zoom == pytest.approx(zoom)
    pane.session.redo()
    assert canvas.zoom < zoom
    pane.session.undo()
    pane.replace("a = input(2)", "a = input(7)")
    canvas.set_center(QPointF(40_000, 40_000))
    pane.session.undo()
    assert canvas.seen().contains(pane.window.scene.card_of("a"))
    canvas.set_center(canvas.center() + QPointF(20, 0))
    seen = canvas.center()
    pane.session.redo()
    assert canvas.center() == seen


def test_a_text_that_is_another_graph_is_in_sight(pane: Pane) -> None:
    canvas = pane.window.canvas
    canvas.set_center(QPointF(40_000, 40_000))
    pane.editor.selectAll()
    pane.type("def f(u, v=2):\n    return u*v\n")
    pane.session.take()
    assert pane.graph.node("v").value == 2
    assert any(canvas.seen().intersects(pane.window.scene.card_of(i)) for i in ("u", "v", "f"))


def test_a_formula_that_is_pasted_onto_an_empty_canvas_is_seen_as_a_whole(window: MainWindow) -> None:
    window.document.replace(Graph())
    QGuiApplication.clipboard().setText("; ".join(f"y{i + 1} = tanh(y{i}*w{i} + b{i})" for i in range(12)))
    window.commands.run("edit.paste")
    seen = window.canvas.seen()
    assert all(seen.contains(window.scene.card_of(node.id)) for node in window.document.graph.nodes())


def test_a_value_that_nothing_uses_is_told_where_another_name_got_none(pane: Pane) -> None:
    said: list[str] = []
    pane.window.workspace.editor.noted.connect(said.append)
    pane.put_cursor("L = d * f")
    QGuiApplication.clipboard().setText("\nw1 = 2\nz = w*x")
    pane.editor.paste()
    pane.session.take()
    assert said == ["Nothing uses w1, and w and x are inputs of 1."]
