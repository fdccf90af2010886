"""Rows of lists and small tables: plain values that one side owns."""

from __future__ import annotations

import ast
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

import nodegraph
from nodegraph.app.widgets.rows import CHOOSABLE, INERT, Cell, Rows

ROLE = Qt.ItemDataRole.UserRole
SOURCES = sorted(Path(nodegraph.__file__).parent.rglob("*.py"))
TWO_OWNERS = {"QStandardItem", "QStandardItemModel", "QListWidgetItem"}
"""Items of Qt that Python and Qt both delete."""


def test_the_model_keeps_what_qt_asks_of_one(qtbot: QtBot) -> None:
    rows = Rows(headings=("Name", "Value"))
    tester = QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows.show([(Cell("a"), Cell("2")), (Cell("b"), Cell("3"))])
    rows.show([(Cell("c"), Cell("4"))])
    rows.show([])
    assert tester.model() is rows


def test_a_cell_shows_its_text_and_holds_what_it_was_given(qtbot: QtBot) -> None:
    rows = Rows()
    rows.show_list([Cell("Heading", {}, INERT), Cell("Add", {ROLE: "add"})])
    heading, add = (rows.index(row, 0) for row in range(2))
    assert (heading.data(), heading.data(ROLE), heading.flags()) == ("Heading", None, INERT)
    assert (add.data(), add.data(ROLE), add.flags()) == ("Add", "add", CHOOSABLE)
    assert rows.column_of(ROLE) == [None, "add"]
    assert rows.data(QModelIndex()) is None


def test_views_are_told_of_other_cells_in_a_row_and_nothing_of_the_same(qtbot: QtBot) -> None:
    rows = Rows(headings=("Name", "Keys"))
    rows.show([(Cell("Fit", {ROLE: "fit"}), Cell("F")), (Cell("Undo", {ROLE: "undo"}), Cell("Ctrl+Z"))])
    with qtbot.assertNotEmitted(rows.dataChanged):
        rows.put(0, (Cell("Fit", {ROLE: "fit"}), Cell("F")))
    with qtbot.waitSignal(rows.dataChanged):
        rows.put(0, (Cell("Fit", {ROLE: "fit"}), Cell("J")))
    assert [row[1].text for row in rows.rows] == ["J", "Ctrl+Z"]


def test_no_item_has_two_owners() -> None:
    assert len(SOURCES) > 500
    for source in SOURCES:
        text = source.read_text(encoding="utf-8")
        if any(name in text for name in TWO_OWNERS):  # as a rule no file does
            names = {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
            assert not names & TWO_OWNERS, source
