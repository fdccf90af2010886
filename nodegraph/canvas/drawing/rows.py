"""Rows of numbers found by key: what the layers know of every edge and card, ready for numpy.

Rows come and go at the cost of those rows: new ones stand at the end, where there is room for some more, and
the last ones move into the gaps that others leave.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.kernels.plan_keys import Numbers

Key = TypeVar("Key", bound=Hashable)
SPARE = 8
"""One row in so many is spare where room is made."""


@dataclass(frozen=True)
class Closed:
    """How gaps among rows are closed: row `fillers[i]` moves to `gaps[i]`, and `count` rows are left."""

    gaps: list[int]
    fillers: list[int]
    count: int

    @classmethod
    def of(cls, gone: Collection[int], count: int) -> Closed:
        """How to close the gaps that these of so many rows leave.

        >>> Closed.of({1, 3}, 5)
        Closed(gaps=[1], fillers=[4], count=3)
        """
        left = count - len(gone)
        gaps = sorted(row for row in gone if row < left)
        return cls(gaps, [row for row in range(left, count) if row not in gone], left)

    def among(self, rows: NDArray[Any]) -> NDArray[Any]:
        """Returns what is left of such rows, without a change of them."""
        left = rows[: self.count].copy()
        left[self.gaps] = rows[self.fillers]
        return left


class Room:
    """`rows` are the rows of an array; they are other ones after each call."""

    def __init__(self, rows: NDArray[Any]) -> None:
        self._all = self.rows = rows

    def append(self, rows: NDArray[Any]) -> None:
        """Put rows behind the others."""
        before, count = len(self.rows), len(self.rows) + len(rows)
        if count > len(self._all):
            self._all = np.empty((count + count // SPARE, *self.rows.shape[1:]), self.rows.dtype)
            self._all[:before] = self.rows
        self._all[before:count] = rows
        self.rows = self._all[:count]

    def close(self, closed: Closed) -> None:
        """Close gaps."""
        self._all[closed.gaps] = self._all[closed.fillers]
        self.rows = self._all[: closed.count]


class Rows(Generic[Key]):
    """`values[number[key]]` is the row of a key, and `keys[i]` the key of row i."""

    def __init__(self, width: int) -> None:
        self.keys: list[Key] = []
        self.number: dict[Key, int] = {}
        self._values = Room(np.empty((0, width)))
        self.turnover = 0
        """Counts how often keys have come or gone."""
        self.moves = 0
        """Counts how often rows have come to lie elsewhere."""
        self._moved = np.empty(0, dtype=np.intp)
        """At which of these each row last has."""
        self._latest: tuple[NDArray[np.intp], NDArray[np.intp], int] | None = None
        """Which rows have last, also in order, and how often any had before none but these did: they are the
        same each time while something is dragged.
        """
        self._places: tuple[Mapping[str, int], int, Room] | None = None
        """Where the keys are in a graph, which has these places, and had so many then."""
        self._found: tuple[Numbers[Key], NDArray[np.intp]] | None = None
        """The numbers found last, until keys come or go."""

    @classmethod
    def of(cls, keys: list[Key], values: NDArray[np.float64]) -> Rows[Key]:
        """These rows, made at once: `values` has one for each key."""
        made: Rows[Key] = cls(values.shape[1])
        made.keys, made._values = keys, Room(values)
        made.number = dict(zip(keys, range(len(keys)), strict=True))
        return made

    @property
    def values(self) -> NDArray[np.float64]:
        """The rows, shape (keys, width)."""
        return self._values.rows

    def __len__(self) -> int:
        return len(self.keys)

    def drop(self, keys: Collection[Key]) -> Closed | None:
        """Forget these keys; the last rows move to where theirs were. Returns how, for what else is kept by
        row; None where there was none of these keys.
        """
        gone = {self.number[key] for key in keys if key in self.number}
        if not gone:
            return None
        for number in gone:
            del self.number[self.keys[number]]
        closed = Closed.of(gone, len(self.keys))
        for gap, filler in zip(closed.gaps, closed.fillers, strict=True):
            self.keys[gap] = key = self.keys[filler]
            self.number[key] = gap
        del self.keys[closed.count :]
        self._values.close(closed)
        self.turnover += 1
        self._found = self._latest = None
        if self._places is not None:
            whose, count, places = self._places
            fresh = len(self.keys) + len(gone) - len(places.rows)
            if fresh:  # not looked up yet: as if they had no place then
                places.append(np.full((fresh, *places.rows.shape[1:]), -1))
            places.close(closed)
            self._places = whose, -1 if fresh else count, places
        return closed

    def put(self, rows: Mapping[Key, Sequence[float]]) -> bool:
        """Take over rows, new ones at the end. Returns whether there was a new one."""
        new = [key for key in rows if key not in self.number]
        if new:
            self.turnover += 1
            self._found = self._latest = None
            self.number.update((key, len(self.keys) + place) for place, key in enumerate(new))
            self.keys += new
            self._values.append(np.empty((len(new), self.values.shape[1])))
        if rows:
            numbers = self.numbers(rows)
            self.values[numbers] = list(rows.values())
            self.note_moved(numbers)
        return bool(new)

    def note_moved(self, numbers: NDArray[np.intp]) -> None:
        """What these rows stand for lies elsewhere now."""
        if len(self._moved) != len(self.keys):
            self._moved = np.zeros(len(self.keys), dtype=np.intp)
        latest = self._latest
        if latest is None or latest[0] is not numbers:
            are_same = latest is not None and np.array_equal(latest[0], numbers)
            self._latest = numbers, *(latest[1:] if latest and are_same else (np.sort(numbers), self.moves))
        self.moves += 1
        self._moved[numbers] = self.moves

    def moved_since(self, moves: int) -> NDArray[np.intp]:
        """Returns the rows that have come to lie elsewhere since so many `moves`, while none came or went."""
        if moves >= self.moves:
            return np.empty(0, dtype=np.intp)
        latest = self._latest
        return (self._moved > moves).nonzero()[0] if latest is None or moves < latest[2] else latest[1]

    def numbers_in(self, known: Numbers[Key] | None) -> NDArray[np.intp]:
        """Returns which number each key has there, −1 for none or for all where nothing is known."""
        if known is None:
            return np.full(len(self.keys), -1, dtype=np.intp)
        if self._found is None or self._found[0] is not known:
            self._found = known, known.at(self._places_in(known).rows)
        return self._found[1]

    def _places_in(self, known: Numbers[Key]) -> Room:
        """Returns where each key is in the graph; looked up once, and for new keys and new places."""
        if self._places is None or self._places[0] is not known.places:
            places = Room(known.places_of(self.keys))
        else:
            _, count, places = self._places
            places.append(known.places_of(self.keys[len(places.rows) :]))
            if count != len(known.places):
                of_nodes = places.rows if places.rows.ndim == 1 else places.rows[:, 0]
                lost = np.flatnonzero(of_nodes < 0)
                places.rows[lost] = known.places_of([self.keys[row] for row in lost.tolist()])
        self._places = known.places, len(known.places), places
        return places

    def numbers(self, keys: Collection[Key]) -> NDArray[np.intp]:
        """The rows of these keys, which must all be there."""
        return np.fromiter(map(self.number.__getitem__, keys), dtype=np.intp, count=len(keys))
