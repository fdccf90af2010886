"""The ids and numbers of a plan's nodes and edges, by each other.

A graph gives each node a place that it keeps while other nodes come and go. A plan numbers these places anew
each time the structure changes; what has looked up the places once finds all new numbers in one expression.
"""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.kernels.numbering import Indices, targets_and_ports

Key = TypeVar("Key")
EdgeKey = tuple[str, int]
"""A target and the port that the edge fills, as in `records`."""
Places = NDArray[np.intp]


class NodeIds(Sequence[str]):
    """The ids of a plan's nodes, by number: `order[number]` is the place of a node in `ids`."""

    def __init__(self, ids: Sequence[str], order: NDArray[np.int64]) -> None:
        self._ids = ids
        self.order = order

    def __len__(self) -> int:
        return len(self.order)

    def __iter__(self) -> Iterator[str]:
        return map(self._ids.__getitem__, self.order.tolist())

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self._ids[one] for one in self.order[place].tolist()]
        return self._ids[self.order.item(place)]


class Numbers(Mapping[Key, int]):
    """Numbers by key, found through the `places` of nodes, which all plans of one graph share."""

    def __init__(self, places: Mapping[str, int]) -> None:
        self.places = places
        """Grows, and otherwise stays as it is; a graph that is laid out in arrays anew has another one."""

    @abstractmethod
    def places_of(self, keys: Collection[Key]) -> Places:
        """Returns where these keys are, −1 for nodes that have no place, shape (keys,) or (keys, 2)."""

    @abstractmethod
    def at(self, places: Places) -> Places:
        """Returns the numbers of what is at these places, −1 where nothing is numbered, shape (keys,)."""

    @abstractmethod
    def number(self, key: Key) -> int:
        """Returns the number of a key, −1 where it has none."""

    def __getitem__(self, key: Key) -> int:
        number = self.number(key)
        if number < 0:
            raise KeyError(key)
        return number

    def __contains__(self, key: object) -> bool:
        return self.number(key) >= 0  # type: ignore[arg-type]

    def get(self, key: Key, default: int | None = None) -> int | None:  # type: ignore[override]
        number = self.number(key)
        return default if number < 0 else number


class NodeNumbers(Numbers[str]):
    """The numbers of nodes, by id."""

    def __init__(self, ids: NodeIds, places: Mapping[str, int]) -> None:
        super().__init__(places)
        self._ids = ids
        self._numbers = np.full(len(places) + 1, -1, dtype=np.int32)  # the last for what has no place
        self._numbers[ids.order] = np.arange(len(ids), dtype=np.int32)

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def places_of(self, keys: Collection[str]) -> Places:
        places = self.places
        return np.array([places.get(key, -1) for key in keys], dtype=np.intp)

    def at(self, places: Places) -> Places:
        last = len(self._numbers) - 1  # a node made later has a place beyond it
        return self._numbers[np.minimum(places, last)].astype(np.intp)

    def number(self, key: str) -> int:
        place = self.places.get(key, -1)
        return self._numbers.item(place) if place < len(self._numbers) else -1


class EdgeNumbers(Numbers[EdgeKey]):
    """The numbers of edges: those of a run are consecutive, port by port."""

    def __init__(self, nodes: Mapping[str, int], ids: Sequence[str], table: Indices) -> None:
        super().__init__(nodes.places if isinstance(nodes, NodeNumbers) else {})
        self._nodes, self._ids, self._table = nodes, ids, table
        self._starts = table[:, 2].tolist()

    def __len__(self) -> int:
        _, arities, begins, ends, _ = self._table.T
        return int((arities * (ends - begins)).sum())

    def __iter__(self) -> Iterator[EdgeKey]:
        targets, ports = targets_and_ports(self._table)
        return zip(map(self._ids.__getitem__, targets.tolist()), ports.tolist(), strict=True)

    def places_of(self, keys: Collection[EdgeKey]) -> Places:
        places = self.places
        found = [(places.get(target, -1), port) for target, port in keys]
        return np.array(found, dtype=np.intp).reshape(-1, 2)

    def at(self, places: Places) -> Places:
        assert isinstance(self._nodes, NodeNumbers)
        targets, ports = self._nodes.at(places[:, 0]), places[:, 1]
        found = np.full(len(places), -1, dtype=np.intp)
        if len(self._table):
            _, arities, begins, ends, edges = self._table[
                np.searchsorted(self._starts, targets, "right") - 1
            ].T
            known = (targets >= begins) & (ports < arities)
            found[known] = (edges + ports * (ends - begins) + targets - begins)[known]
        return found

    def number(self, key: EdgeKey) -> int:
        target, port = key
        number = self._nodes.get(target, -1)
        run = bisect_right(self._starts, number) - 1
        if run < 0:
            return -1
        _, arity, start, stop, edge = self._table[run].tolist()
        return edge + port * (stop - start) + number - start if 0 <= port < arity else -1
