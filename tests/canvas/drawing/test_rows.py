"""Rows stay with their keys, whatever comes and goes."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from nodegraph.canvas.drawing.rows import Room, Rows
from nodegraph.core.kernels.plan_keys import Numbers

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
            before, closed = Room(np.array(rows.keys)), rows.drop(step)
            assert (closed is not None) == bool(step & expected.keys())
            if closed is not None:
                before.close(closed)
            assert before.rows.tolist() == rows.keys
            expected = {key: row for key, row in expected.items() if key not in step}
    assert {key: tuple(rows.values[rows.number[key]]) for key in rows.keys} == expected
    assert len(rows) == len(expected) == len(rows.values)
    assert [rows.number[key] for key in rows.keys] == list(range(len(rows)))


class Known(Numbers[int]):
    """The numbers of keys that have places: ten times these."""

    def places_of(self, keys: Collection[int]) -> NDArray[np.intp]:
        return np.array([self.places.get(str(key), -1) for key in keys], dtype=np.intp)

    def at(self, places: NDArray[np.intp]) -> NDArray[np.intp]:
        return np.where(places < 0, -1, 10 * places)

    def number(self, key: int) -> int:
        return int(self.at(self.places_of([key]))[0])

    def __iter__(self) -> Iterator[int]:
        return map(int, self.places)

    def __len__(self) -> int:
        return len(self.places)


@given(st.lists(st.one_of(st.tuples(st.booleans(), st.sets(KEYS)), KEYS, st.none())))
def test_numbers_are_found_for_keys_and_places_that_come_and_go(steps: list[object]) -> None:
    rows: Rows[int] = Rows(1)
    known = Known({})
    for step in steps:
        if step is None:
            known = Known(dict.fromkeys(known.places, 1))  # another graph, or one that was read anew
        elif isinstance(step, int):
            known.places.setdefault(str(step), len(known.places))  # type: ignore[attr-defined]
            known = Known(known.places)  # another plan
        elif isinstance(step, tuple) and step[0]:
            rows.put(dict.fromkeys(step[1], (0.0,)))
        elif isinstance(step, tuple):
            rows.drop(step[1])
        if step is None or isinstance(step, int):
            assert rows.numbers_in(known).tolist() == [known.number(key) for key in rows.keys]
    assert rows.numbers_in(known).tolist() == [known.number(key) for key in rows.keys]
    assert rows.numbers_in(None).tolist() == [-1] * len(rows)


def test_rows_know_which_have_come_to_lie_elsewhere_since() -> None:
    rows: Rows[str] = Rows(1)
    rows.put({"a": (0,), "b": (1,), "c": (2,)})
    begun = rows.moves
    assert not len(rows.moved_since(begun))
    rows.put({"b": (5,)})
    then = rows.moves
    rows.note_moved(np.array([2]))
    assert rows.moved_since(begun).tolist() == [1, 2]
    assert rows.moved_since(then).tolist() == [2]


@given(st.lists(st.one_of(st.lists(st.integers(0, 5), min_size=1, max_size=3, unique=True), st.just(None))))
def test_what_has_moved_since_is_told_whichever_moves_again_and_again(moves: list[list[int] | None]) -> None:
    rows: Rows[str] = Rows(1)
    rows.put(dict.fromkeys("abcdef", (0,)))
    moments: list[tuple[int, set[int]]] = [(rows.moves, set())]
    same = np.array([4, 1])
    for numbers in moves:
        rows.note_moved(same if numbers is None else np.array(numbers))
        for _, since in moments:
            since.update(same.tolist() if numbers is None else numbers)
        moments.append((rows.moves, set()))
        for begun, since in moments:
            assert rows.moved_since(begun).tolist() == sorted(since)


def test_rows_that_come_or_go_are_not_taken_for_those_that_moved_before() -> None:
    rows: Rows[str] = Rows(1)
    rows.put(dict.fromkeys("abc", (0,)))
    begun = rows.moves
    rows.note_moved(np.array([2]))
    rows.drop(["a"])
    rows.note_moved(np.array([1]))
    assert rows.moved_since(begun).tolist() == [1]
