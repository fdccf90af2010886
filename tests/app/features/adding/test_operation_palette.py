"""The palette: every operation is there, and the search forgives."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nodegraph.app.features.adding.operation_palette import OPERATION_ROLE, OperationPalette
from nodegraph.app.widgets import operation_text
from nodegraph.core.operations.catalogue import OPERATIONS


@pytest.fixture
def palette(qtbot: QtBot) -> OperationPalette:
    made = OperationPalette()
    qtbot.addWidget(made)
    return made


def test_every_operation_of_the_catalogue_is_there_once(palette: OperationPalette) -> None:
    assert sorted(palette.found()) == sorted(OPERATIONS)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("mult", "multiply"),
        ("times", "multiply"),
        ("*", "multiply"),
        ("×", "multiply"),
        ("LOG", "log"),
        ("ln", "log"),
        ("-", "subtract"),
        ("^", "power"),
        ("sgm", "sigmoid"),
        ("logistic", "sigmoid"),
        ("average", "mean"),
        ("  max ", "max"),
    ],
)
def test_the_search_finds_by_name_symbol_synonym_and_gaps(
    palette: OperationPalette, typed: str, first: str
) -> None:
    palette.search.setText(typed)
    assert palette.found()[0] == first


def test_a_search_for_nothing_known_says_so(palette: OperationPalette) -> None:
    palette.search.setText("quaternion")
    assert palette.found() == []
    assert not palette.nothing.isHidden()


def test_enter_in_an_empty_search_adds_nothing(palette: OperationPalette) -> None:
    asked: list[str] = []
    palette.add_requested.connect(asked.append)
    palette.search.returnPressed.emit()
    palette.search.setText("relu")
    palette.search.returnPressed.emit()
    assert asked == ["relu"]


@pytest.mark.parametrize("name", [name for name, operation in OPERATIONS.items() if not operation.is_leaf])
def test_every_tooltip_has_the_rule_and_an_example_in_numbers(palette: OperationPalette, name: str) -> None:
    tip = operation_text.tooltip(OPERATIONS[name])
    assert "∂y/∂a = " in tip
    assert "Example: " in tip
    assert "nan" not in tip.lower()


def test_the_example_of_multiply_reads_as_one_would_write_it() -> None:
    assert operation_text.example(OPERATIONS["multiply"]) == "2 × 3 = 6, with slopes 3 and 2"


def test_rows_carry_their_operation_for_a_drag(palette: OperationPalette) -> None:
    rows = [palette.model.index(row, 0) for row in range(palette.model.rowCount())]
    drags = Qt.ItemFlag.ItemIsDragEnabled
    assert all((drags in row.flags()) == bool(row.data(OPERATION_ROLE)) for row in rows)
