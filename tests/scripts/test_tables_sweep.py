"""A slice of the sweep that reads random tables."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from sweeps import tables

from nodegraph.core.training.tables import Table
from nodegraph.formats.tables import csv_table


def made(count: int) -> list[tables.Made]:
    return [tables.make(random.Random(f"20 {number}")) for number in range(count)]


def test_tables_in_many_locales_hold_the_numbers_that_were_written() -> None:
    counts = Counter(tables.judge(one)[0] for one in made(150))

    assert counts["wrong"] == 0
    assert counts["right"] >= 145


@pytest.mark.parametrize("factor", [1 + 1e-9, 1000])
def test_the_sweep_sees_a_number_that_is_another_one(monkeypatch: pytest.MonkeyPatch, factor: float) -> None:
    read = csv_table.read_and_tell

    def spoilt(data: bytes) -> tuple[Table, list[str]]:
        columns = read(data)[0].columns
        return Table(
            "", tuple((name, tuple(n * factor + 1e-9 for n in numbers)) for name, numbers in columns)
        ), []

    monkeypatch.setattr(csv_table, "read_and_tell", spoilt)
    counts = Counter(tables.judge(one)[0] for one in made(20))
    assert counts["wrong"] >= 18  # one is refused, and one holds words alone


def test_the_sweep_sees_an_internal_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_table, "read_and_tell", lambda data: data.nothing)

    assert tables.judge(made(1)[0])[0] == "wrong"
