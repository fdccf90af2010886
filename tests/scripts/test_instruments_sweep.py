"""A slice of the sweep that reads random tables of instruments."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from instrument_forms import FORMS
from sweeps import instruments
from sweeps.tables import Made

from nodegraph.core.training.tables import Table
from nodegraph.formats.tables import csv_table


def made(count: int) -> list[Made]:
    return [instruments.make(random.Random(f"20 {number}")) for number in range(count)]


def test_tables_of_instruments_hold_the_numbers_that_were_written() -> None:
    counts = Counter(instruments.judge(one)[0] for one in made(100))

    assert counts["wrong"] == 0
    assert counts["right"] >= 90


def test_each_form_can_be_filled() -> None:
    names = [form.name for form in FORMS]

    assert len(set(names)) == len(names)
    assert all(instruments.make(random.Random(form.name), [form]).columns for form in FORMS)


def test_the_sweep_sees_a_number_that_is_another_one(monkeypatch: pytest.MonkeyPatch) -> None:
    read = csv_table.read_and_tell

    def spoilt(data: bytes) -> tuple[Table, list[str]]:
        columns = read(data)[0].columns
        return Table("", tuple((name, tuple(n * 1.001 + 1e-6 for n in ns)) for name, ns in columns)), []

    monkeypatch.setattr(csv_table, "read_and_tell", spoilt)
    counts = Counter(instruments.judge(one)[0] for one in made(30))
    assert counts["wrong"] >= 25
    assert not counts["right"]
