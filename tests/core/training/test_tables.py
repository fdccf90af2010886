"""Tables: columns of numbers, compared by what they hold, and names that a column may have."""

from __future__ import annotations

import numpy as np
import pytest

from nodegraph.core.training.tables import Table, why_not_column_name, why_not_columns


def a_table() -> Table:
    return Table("XOR", (("x1", (0.0, 1.0, 2.5)), ("t", (1.0, 0.0, -1.0))))


def test_a_table_knows_its_rows_names_and_columns() -> None:
    table = a_table()
    assert (table.rows, table.names) == (3, ("x1", "t"))
    assert table.column("t").tolist() == [1.0, 0.0, -1.0]


def test_a_column_is_one_array_that_nobody_can_write() -> None:
    table = a_table()
    assert table.column("t") is table.column("t")
    with pytest.raises(ValueError, match="read-only"):
        table.column("t")[0] = 5.0


def test_a_column_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        a_table().column("y")


def test_tables_are_equal_by_what_they_hold() -> None:
    assert a_table() == a_table()
    assert hash(a_table()) == hash(a_table())
    assert a_table() != Table("XOR", (("x1", (0.0, 1.0, 2.5)), ("t", (1.0, 0.0, 1.0))))
    assert a_table() != Table("AND", a_table().columns)


def test_looking_at_a_column_changes_no_equality() -> None:
    table = a_table()
    assert np.all(table.column("x1") >= 0)
    assert table == a_table()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "A column needs a name"),
        (" x", "A column needs a name"),
        ("a\nb", "A column's name cannot hold control characters."),
        ("x" * 101, "A column's name has at most 100 characters; this one has 101."),
        ("2", "Expected the name of a column, found the number 2."),
        ("-1e3", "Expected the name of a column, found the number -1e3."),
        ("t", "Two columns are called “t”."),
    ],
)
def test_a_name_no_column_may_have_is_refused(name: str, said: str) -> None:
    assert (why_not_column_name(name, ["t"]) or "").startswith(said)


@pytest.mark.parametrize("name", ["x1", "größe", "petal length (cm)", "inf", "nan", "1st"])
def test_other_names_will_do(name: str) -> None:
    assert why_not_column_name(name, ["t"]) is None


def test_columns_must_be_whole() -> None:
    assert why_not_columns([("x", (1.0,)), ("y", (2.0,))]) is None
    assert why_not_columns([("x", (1.0,)), ("y", (2.0, 3.0))]) == "The columns differ in length."
    assert why_not_columns([("x", (float("inf"),))]) == "Column “x” holds a number that is not finite."
    assert why_not_columns([("x", (float("nan"), 1.0))]) is None, "a missing cell"
    for nothing in ([], [("x", ())]):
        assert why_not_columns(nothing) == "A table needs at least one column and one row."


def test_tables_are_the_same_where_their_numbers_are_however_they_are_kept() -> None:
    table = Table("a", (("x", (1.0, float("nan"))), ("t", (2.0, 3.0))))
    assert table == Table("a", (("x", np.array([1.0, np.nan])), ("t", np.array([2.0, 3.0]))))
    assert hash(table) == hash(Table("a", table.columns))
    assert table != Table("b", table.columns)
    assert table != Table("a", table.columns[:1])
    assert table != Table("a", (("x", (1.0, 1.0)), table.columns[1]))
    assert table != Table("a", table.columns, {"more": 1})
    assert table != "a"


def test_an_array_is_neither_copied_nor_changed() -> None:
    numbers = np.arange(5.0)
    table = Table("", (("x", numbers),))
    assert np.shares_memory(table.column("x"), numbers)
    with pytest.raises(ValueError, match="read-only"):
        table.column("x")[0] = 7
    assert numbers.flags.writeable
