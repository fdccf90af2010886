"""Columns: data in any shape in which programs have them, and sentences for what is none."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.errors import Refused
from nodegraph.core.training.columns import Columns
from nodegraph.core.training.descent import Training
from nodegraph.core.training.readiness import why_not
from nodegraph.core.training.setup import Setup
from nodegraph.core.training.tables import Table
from tests.core.applying import refusal


class Series:
    """A column as a data frame hands it out: neither a list nor an array, but an array can be had."""

    def __init__(self, *cells: Any) -> None:
        self.cells = cells

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return np.array(self.cells, dtype=dtype)


class Frame:
    """A data frame by what pandas' and polars' have in common; whether it is true is not to be asked."""

    def __init__(self, **columns: Series) -> None:
        self._columns = columns

    @property
    def columns(self) -> list[str]:
        return list(self._columns)

    def __getitem__(self, name: str) -> Series:
        return self._columns[name]

    def __len__(self) -> int:
        return 2

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __bool__(self) -> bool:
        raise ValueError("The truth value of a DataFrame is ambiguous.")


class Indexed(Frame):
    """A frame of pandas whose index has these names."""

    def __init__(self, *index: str | None, **columns: Series) -> None:
        super().__init__(**columns)
        self.index = SimpleNamespace(names=index)

    def reset_index(self, level: Sequence[str]) -> Frame:
        return Frame(**{name: Series(1.0, 2.0) for name in level}, **self._columns)


class ArrowTable:
    """What is special about pyarrow's: `columns` are the columns themselves."""

    column_names = ("x", "t")
    columns = (Series(1.0, 2.0), Series(3.0, 5.0))

    def __getitem__(self, name: str) -> Series:
        return self.columns[self.column_names.index(name)]


class LazyFrame:
    """A query that knows the names of its columns, and has no numbers before it is run: polars' own."""

    columns = ("x", "t")

    def __getitem__(self, name: str) -> Series:
        raise TypeError("LazyFrame is not subscriptable (aside from slicing)")


TABLES = {
    "dict of lists": {"x": [1, 2], "t": [3, 5]},
    "dict of tuples": OrderedDict(x=(1, 2), t=(3, 5)),
    "dict of arrays": {"x": np.array([1, 2], dtype=np.int8), "t": np.array([3, 5], dtype=np.float32)},
    "text of numbers": {"x": ["1", "2"], "t": ["3", "5.0"]},
    "data frame": Frame(x=Series(1, 2), t=Series(3, 5), label=Series("a", "b")),
    "arrow table": ArrowTable(),
    "structured array": np.array([(1, 3.0), (2, 5.0)], dtype=[("x", "i4"), ("t", "f8")]),
    "record array": np.rec.fromarrays([[1, 2], [3, 5]], names="x,t"),
    "Table": Table("", (("x", (1.0, 2.0)), ("t", (3.0, 5.0)))),
}


@pytest.mark.filterwarnings("ignore::nodegraph.core.training.matching.UnusedData")
@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_a_training_takes_a_table_of_any_kind(table: Any) -> None:
    graph = parse("L = (w*x + b - t)**2", w=0, b=0)
    training = Training(graph, Setup(settings={"rate": 0.1}, steps=2000), table)
    while not training.is_done:
        training.step()
    assert training.rows == 2
    assert training.values() == pytest.approx({"w": 2, "b": 1})


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (np.eye(3), "found an array of 3 × 3 numbers, which has no names for its columns."),
        (np.arange(4), "found an array of 4 numbers, which has no names for its columns."),
        ([{"x": 1}], "found a list."),
        (5, "found an int."),
        ("data.csv", "found a str."),
    ],
)
def test_what_has_no_columns_by_name_is_refused_with_a_sentence(table: Any, said: str) -> None:
    for asked in (lambda: Columns(table), lambda: Training(parse("L = w*x"), Setup(), table)):
        assert refusal(asked) == (
            f'Expected columns by name, such as {{"x": [0, 1], "t": [1, 0]}} or a data frame; {said}'
        )
    assert said in (why_not(parse("L = w*x"), table) or "")


def test_a_frame_that_gives_no_column_by_its_name_is_refused_with_a_sentence() -> None:
    said = why_not(parse("L = (w*x - t)**2", w=1), LazyFrame()) or ""
    assert said.endswith("or a data frame; found a LazyFrame, which gives no column by its name.")


def test_text_in_a_column_may_have_a_minus_as_it_is_printed() -> None:
    row = Training(parse("L = w*x", w=3), Setup(), {"x": ["−2", "+1"]}).step()
    assert row.loss == pytest.approx(-1.5)


@pytest.mark.parametrize(
    ("column", "said"),
    [
        (3, "The column “x” is a single value, not a sequence of numbers."),
        ({1, 2}, "The column “x” is a set, not a sequence of numbers."),
        ({0: 1, 1: 2}, "The column “x” is a dict, not a sequence of numbers."),
        (
            [1, 10**5000],
            "The column “x” holds a number in row 2 that is too large for a floating-point number.",
        ),
        ([[1, 2], [3, 4]], "The column “x” is an array of 2 dimensions, not a sequence of numbers."),
        ([[1, 2], [3]], "The column “x” is no sequence of numbers."),
        ([1, "setosa"], "The column “x” holds 'setosa' in row 2, which is no number."),
        (np.array([1j, 2]), "The column “x” holds complex128 values; it must hold numbers."),
        (
            np.array(["2024-01-01"], dtype="M8[D]"),
            "The column “x” holds datetime64[D] values; it must hold numbers.",
        ),
        ([1, None], "The column “x” has no finite number in row 2; leave rows with gaps out."),
        (
            np.ma.array([1.0, 2.0], mask=[False, True]),
            "The column “x” has no finite number in row 2; leave rows with gaps out.",
        ),
    ],
)
def test_a_column_of_anything_but_numbers_is_refused_with_a_sentence(column: Any, said: str) -> None:
    assert why_not(parse("L = w*x"), {"x": column}) == said


def test_a_column_that_nobody_uses_may_hold_anything() -> None:
    columns = Columns({"x": [1.0], "name": ["setosa"], 3: object()})
    assert list(columns) == ["x", "name", "3"]
    assert why_not(parse("L = w*x"), columns) is None


def test_two_columns_of_one_name_are_refused() -> None:
    with pytest.raises(Refused, match="Two columns are called “1”"):
        Columns({1: [1.0], "1": [2.0]})


def test_a_training_cannot_reach_the_arrays_it_was_given() -> None:
    given = np.array([1.0, 2.0])
    assert not np.shares_memory(Columns({"x": given})["x"], given)


@pytest.mark.parametrize(
    ("index", "names"), [(("x",), ["x", "t"]), ((None,), ["t"]), (("t",), ["t"]), (("x", None), ["x", "t"])]
)
def test_the_index_of_a_frame_that_has_a_name_is_a_column(index: tuple[str | None], names: list[str]) -> None:
    assert list(Columns(Indexed(*index, t=Series(3.0, 5.0)))) == names
