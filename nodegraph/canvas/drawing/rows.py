"""Rows of numbers found by key: what the layers know of every edge and card, ready for numpy."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Key = TypeVar("Key", bound=Hashable)


class Rows(Generic[Key]):
    """`values[number[key]]` is the row of a key, and `keys[i]` the key of row i."""

    def __init__(self, width: int) -> None:
        self.keys: list[Key] = []
        self.number: dict[Key, int] = {}
        self.values: NDArray[np.float64] = np.empty((0, width))
        self.turnover = 0
        """Counts how often keys have come or gone."""
        self._found: tuple[Mapping[Key, int], int, NDArray[np.intp]] | None = None

    @classmethod
    def of(cls, keys: list[Key], values: NDArray[np.float64]) -> Rows[Key]:
        """These rows, made at once: `values` has one for each key."""
        made: Rows[Key] = cls(values.shape[1])
        made.keys, made.values = keys, values
        made.number = dict(zip(keys, range(len(keys)), strict=True))
        return made

    def __len__(self) -> int:
        return len(self.keys)

    def drop(self, keys: Collection[Key]) -> NDArray[np.intp] | None:
        """Forget these keys, so that later rows move up. Returns which numbers the rows had that are left;
        None where there was none of these keys.
        """
        gone = {self.number[key] for key in keys if key in self.number}
        if not gone:
            return None
        first, kept = min(gone), np.delete(np.arange(len(self.keys)), list(gone))
        for number in gone:
            del self.number[self.keys[number]]
        later = [self.keys[number] for number in kept[first:].tolist()]
        self.keys = self.keys[:first] + later
        self.number.update(zip(later, range(first, len(self.keys)), strict=True))
        self.values = self.values[kept]
        self.turnover += 1
        if self._found is not None:
            self._found = (*self._found[:2], self._found[2][kept])
        return kept

    def put(self, rows: Mapping[Key, Sequence[float]]) -> bool:
        """Take over rows, new ones at the end. Returns whether there was a new one."""
        new = [key for key in rows if key not in self.number]
        if new:
            self.turnover += 1
            if self._found is not None:
                known, count, found = self._found
                self._found = known, count, np.append(found, [known.get(key, -1) for key in new])
            self.number.update((key, len(self.keys) + place) for place, key in enumerate(new))
            self.keys += new
            room = np.empty((len(new), self.values.shape[1]))
            self.values = np.concatenate([self.values, room])
        if rows:
            self.values[self.numbers(rows)] = list(rows.values())
        return bool(new)

    def numbers_in(self, known: Mapping[Key, int]) -> NDArray[np.intp]:
        """Returns which number each key has there, -1 for none; kept while rows and that mapping are the same
        objects, which grows by no key.
        """
        if self._found is None or self._found[0] is not known or self._found[1] != len(known):
            found = np.array([known.get(key, -1) for key in self.keys], dtype=np.intp)
            self._found = known, len(known), found
        return self._found[2]

    def numbers(self, keys: Collection[Key]) -> NDArray[np.intp]:
        """The rows of these keys, which must all be there."""
        return np.array([self.number[key] for key in keys], dtype=np.intp)
