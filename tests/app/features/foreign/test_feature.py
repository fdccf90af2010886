"""Graphs of other programs in the window: what their words are taken for is shown first, changeable."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from nodegraph.app.document.files import OPEN_FILTER
from nodegraph.app.features.foreign.feature import LONG_BYTES, ForeignFeature
from nodegraph.app.features.foreign.mapping_dialog import MOST_ROWS, MappingDialog
from nodegraph.app.window.main_window import MainWindow
from nodegraph.core.building.graph_text import to_text
from nodegraph.formats.foreign import formula_files

DOT = 'digraph net { a [value=2]; b; m [op="MatMul"]; s [label="+"]; a -> m; b -> m; m -> s; a -> s }'


def _feature(window: MainWindow) -> ForeignFeature:
    return next(one for one in window.features.in_order if isinstance(one, ForeignFeature))


def _opened(window: MainWindow, path: Path) -> MappingDialog:
    window._open_dropped([str(path)])
    dialog = _feature(window).dialog
    assert dialog is not None
    return dialog


def _choose(dialog: MappingDialog, word: str, op: str) -> None:
    choice = dialog.choices[word]
    choice.setCurrentIndex(choice.findData(op))


@pytest.fixture
def net(tmp_path: Path) -> Path:
    path = tmp_path / "net.dot"
    path.write_text(DOT)
    return path


def test_a_dropped_graph_of_another_program_is_shown_before_it_is_taken(
    window: MainWindow, net: Path
) -> None:
    before = window.document.graph
    dialog = _opened(window, net)
    rows = [[dialog.table.item(row, column) for column in (0, 1)] for row in range(dialog.table.rowCount())]
    assert [[cell.text() for cell in cells if cell] for cells in rows] == [
        ["MatMul", "1"], ["nodes without inputs", "2"], ["+", "1"],
    ]  # fmt: skip
    assert dialog.sentence.text() == "Choose which operation “MatMul” means."
    assert not dialog.open_button.isEnabled()
    assert dialog.choices["+"].currentText() == "Add"
    assert window.document.graph is before
    _choose(dialog, "MatMul", "multiply")
    assert dialog.sentence.text() == "4 nodes, 4 edges; b has no value and starts at 1."
    dialog.open_button.click()
    assert to_text(window.document.graph) == "m = a * b\ns = m + a"
    assert window.document.graph.node("a").value == 2.0
    assert window.document.path is None
    assert window.document.file_name.startswith("net")
    assert _feature(window).dialog is None


def test_a_word_that_is_known_can_mean_another_operation_and_is_read_anew(
    window: MainWindow, net: Path
) -> None:
    dialog = _opened(window, net)
    _choose(dialog, "MatMul", "max")
    _choose(dialog, "+", "subtract")
    assert dialog.given() == {"MatMul": "max", "+": "subtract"}
    dialog.reset_button.click()
    assert dialog.given() == {}
    assert not dialog.reset_button.isEnabled()
    _choose(dialog, "MatMul", "sqrt")
    assert dialog.sentence.text() == "m has 2 inputs, and Square root takes 1."
    assert not dialog.insert_button.isEnabled()


def test_a_cancelled_dialog_leaves_what_is_open(window: MainWindow, net: Path) -> None:
    before = window.document.graph
    _opened(window, net).cancel_button.click()
    assert window.document.graph is before
    assert _feature(window).dialog is None


def test_what_is_inserted_is_one_step_of_undo(window: MainWindow, net: Path) -> None:
    before = to_text(window.document.graph)
    count = len(window.document.graph)
    lowest = max(node.y or 0.0 for node in window.document.graph.nodes())
    dialog = _opened(window, net)
    _choose(dialog, "MatMul", "multiply")
    dialog.insert_button.click()
    made = list(window.document.graph.nodes())[count:]
    assert len(made) == 4
    assert all((node.y or 0.0) > lowest for node in made)
    window.document.stack.undo()
    assert to_text(window.document.graph) == before


def test_nothing_can_be_inserted_into_an_empty_graph(window: MainWindow, net: Path) -> None:
    window.document.new()
    assert not _opened(window, net).insert_button.isVisible()


@pytest.mark.parametrize("kind", ["json", "graphml"])
def test_files_of_networkx_are_opened_from_the_menu(
    window: MainWindow, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = nx.DiGraph([("a", "y"), ("b", "y")])
    nx.set_node_attributes(network, {"a": "input", "b": "input", "y": "mul"}, "op")
    path = tmp_path / f"net.{kind}"
    if kind == "json":
        path.write_text(json.dumps(nx.node_link_data(network, edges="links")))
    else:
        nx.write_graphml(network, path)

    def answer(dialog: QFileDialog) -> bool:
        assert any("*.graphml" in kinds for kinds in dialog.nameFilters())
        dialog.selectFile(str(path))
        return True

    monkeypatch.setattr(QFileDialog, "exec", answer)
    window.commands.action("file.open").trigger()
    dialog = _feature(window).dialog
    assert dialog is not None
    dialog.open_button.click()
    assert to_text(window.document.graph) == "y = a * b"


def test_a_file_that_cannot_be_read_is_told(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "net.dot"
    path.write_text("digraph { a -> b; b -> a }")
    window._open_dropped([str(path)])
    assert window.stage.banner.text.text() == "net.dot: This network has a cycle: a → b → a."
    assert _feature(window).dialog is None


def test_a_document_that_is_broken_is_told_as_before(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_text('{"graph": {"format": "nodegraph", "version": 1}, "nodes": [{"id": 1}], "edges": []}')
    window._open_dropped([str(path)])
    assert "nodes[0]" in window.stage.banner.text.text()


def test_a_large_graph_is_read_by_another_thread(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    lines = [
        f'n{i} [label="MulBackward0"]; n{i - 1} -> n{i}; n{max(i - 2, 0)} -> n{i};' for i in range(1, 900)
    ]
    path = tmp_path / "large.dot"
    path.write_text(f"digraph {{ {' '.join(lines)} }}")
    assert path.stat().st_size > LONG_BYTES
    tasks = window.workspace.editor.tasks
    with qtbot.waitSignal(tasks.ended):
        window._open_dropped([str(path)])
        assert tasks.is_running
    dialog = _feature(window).dialog
    assert dialog is not None
    assert dialog.sentence.text() == "900 nodes, 1,798 edges."
    with qtbot.waitSignal(tasks.ended):
        dialog.open_button.click()
    assert len(window.document.graph) == 900


def test_of_many_words_those_that_nobody_knows_stand_first(window: MainWindow, tmp_path: Path) -> None:
    words = " ".join(f'n{i} [op="word {i}"]; a -> n{i};' for i in range(MOST_ROWS + 5))
    path = tmp_path / "many.dot"
    path.write_text(f"digraph {{ b [label=neg]; a -> b; {words} }}")
    dialog = _opened(window, path)
    assert dialog.table.rowCount() == MOST_ROWS
    assert "and 61 more mean" in dialog.sentence.text()
    dialog.reject()


def test_the_dialog_is_used_by_keys_alone(window: MainWindow, net: Path, qtbot: QtBot) -> None:
    dialog = _opened(window, net)
    QApplication.processEvents()
    reached = set()
    widget = dialog.focusWidget() or dialog
    for _ in range(30):
        widget = widget.nextInFocusChain()
        reached.add(widget.objectName())
    assert {"foreign.MatMul", "foreign.+", "foreign.open", "foreign.cancel"} <= reached
    assert dialog.choices["MatMul"].accessibleName() == "MatMul is taken for"
    qtbot.keyClick(dialog, "\x1b")
    assert not dialog.isVisible()


# --- text
NOTEBOOK = {
    "cells": [{"cell_type": "markdown", "source": "words"}, {"cell_type": "code", "source": ["L = a*b + c"]}]
}
FORMULAS = {
    "loss.py": "import math\n\ndef loss(a, b):\n    return a * b + 1\n\nL = loss(2.0, 3.0)\n",
    "loss.ipynb": json.dumps(NOTEBOOK),
    "loss.tex": r"The loss is $L = \frac{a b}{c}$.",
    "loss.txt": "L = a*b + c\n",
}


@pytest.mark.parametrize("name", FORMULAS)
def test_a_dropped_program_or_formula_becomes_the_open_graph(
    window: MainWindow, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_text(FORMULAS[name])
    window._open_dropped([str(path)])
    assert to_text(window.document.graph).splitlines()[-1].startswith("L = ")
    assert window.document.path is None  # saving does not write over the program
    assert window.document.file_name == "loss.nodegraph"


def test_a_program_is_chosen_in_the_dialog_and_read_aside_where_it_is_long(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    path = tmp_path / "long.py"
    path.write_text("# a remark\n" * (LONG_BYTES // 10) + "L = a*b\n")
    monkeypatch.setattr(window.workspace.files, "ask_open", lambda: path)
    window.workspace.files.open()
    qtbot.waitUntil(lambda: to_text(window.document.graph) == "L = a * b")


def test_each_file_that_is_read_is_offered_in_the_dialog() -> None:
    first, *_others, programs, _all = OPEN_FILTER.split(";;")
    assert all(f"*{suffix}" in first and f"*{suffix}" in programs for suffix in formula_files.SUFFIXES)


def test_a_program_that_cannot_be_read_leaves_all_as_it_was_and_says_where(
    window: MainWindow, tmp_path: Path
) -> None:
    path, before = tmp_path / "loss.py", window.document.graph
    for text, said in (
        ("L = a *\n", "loss.py: line 1, column 8"),
        ("import math\n", "loss.py: line 1, column 1: write a formula"),
    ):
        path.write_text(text)
        window._open_dropped([str(path)])
        assert window.stage.banner.text.text().startswith(said)
    assert window.document.graph is before


def test_a_table_called_txt_is_no_program(window: MainWindow, tmp_path: Path) -> None:
    path, before = tmp_path / "rows.txt", window.document.graph
    path.write_text("x,y\n1,2\n3,4\n")
    window._open_dropped([str(path)])
    assert "This is a table" in window.stage.banner.text.text()
    assert window.document.graph is before


def test_a_table_that_is_chosen_in_the_dialog_is_data_and_nothing_open_has_to_go(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, opened = tmp_path / "rows.csv", []
    path.write_text("x,y\n1,2\n3,4\n")
    window.workspace.editor.add("input")
    monkeypatch.setattr(window.workspace.files, "ask_open", lambda: path)
    monkeypatch.setattr(window.workspace.files, "ask_unsaved", lambda: pytest.fail("it asked"))
    assert window.workspace.files.opener_of(path) == window.features.training.table.load_path
    before = window.document.graph
    monkeypatch.setattr(window.workspace.files, "opener_of", lambda _path: opened.append)
    window.workspace.files.open()
    assert opened == [path]
    assert window.document.graph is before
