"""Rows stay with their keys, whatever comes and goes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nodegraph.canvas.drawing.rows import Rows

KEYS = st.integers(0, 8)


@given(st.lists(st.one_of(st.dictionaries(KEYS, st.tuples(KEYS, KEYS)), st.sets(KEYS))))
def test_rows_hold_what_was_put_last_for_every_key_that_was_not_dropped(steps: list[object]) -> None:
    rows: Rows[int] = Rows(2)
    expected: dict[int, tuple[int, int]] = {}
    for step in steps:
        if isinstance(step, dict):
            assert rows.put(step) == bool(step.keys() - expected.keys())
            expected |= step
        else:
            assert isinstance(step, set)
            before, kept = list(rows.keys), rows.drop(step)
            assert (kept is not None) == bool(step & expected.keys())
            assert kept is None or [before[number] for number in kept] == rows.keys
            expected = {key: row for key, row in expected.items() if key not in step}
    assert {key: tuple(rows.values[rows.number[key]]) for key in rows.keys} == expected
    assert len(rows) == len(expected) == len(rows.values)
    assert [rows.number[key] for key in rows.keys] == list(range(len(rows)))
