"""Numbering: in which order the nodes of a graph run, from arrays alone.

What it is handed is in the order of making. Knows no operation and no record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from heapq import heappop, heappush
from itertools import pairwise
from typing import overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

Indices = NDArray[np.int32]
Places = NDArray[np.intp] | Indices
Mask = NDArray[np.bool_]
LEAF, UNKNOWN = -1, -2
"""The codes of a leaf, and of what nobody knows."""
MOST_AGAIN = 2_000
"""Nodes whose levels are reckoned again one by one; where more may have other ones, all are."""
MANY_EDGES, FEW_ASKED = 20_000, 6
"""Edges that are sorted by one end only once more than so many nodes are asked for."""
MANY, FEW, MOST_NARROW = 500, 64, 200
"""Nodes from which levels are found level by level; nodes up to which that is slower than node by node; and
how many levels of so few there may be.
"""


@dataclass(frozen=True, eq=False)
class Links:
    """Node i does what `codes[i]` says with the nodes `sources[starts[i]:starts[i + 1]]`, by port."""

    codes: Indices
    starts: NDArray[np.int64]
    sources: Indices

    @classmethod
    def checked(cls, codes: ArrayLike, starts: ArrayLike, sources: ArrayLike, ops: int) -> Links:
        """Returns links from arrays that anybody may have made; ValueError says what is wrong with them."""
        code, start, source = (np.asarray(given) for given in (codes, starts, sources))
        for name, array in (("codes", code), ("starts", start), ("sources", source)):
            if array.ndim != 1 or (array.size and array.dtype.kind not in "iu"):
                raise ValueError(f"{name} must be a row of whole numbers")
        if (
            len(start) != len(code) + 1
            or start[0] != 0
            or start[-1] != len(source)
            or (np.diff(start) < 0).any()
        ):
            raise ValueError(
                "starts must rise from 0 to the number of sources, one more than there are nodes"
            )
        if len(code) and not 0 <= code.min() <= code.max() < ops:
            raise ValueError("codes must be places in ops")
        if max(len(code), len(source)) > np.iinfo(np.int32).max:
            raise ValueError("there may be at most 2,147,483,647 nodes, and edges")
        links = cls(code.astype(np.int32), start.astype(np.int64), source.astype(np.int32))
        late = np.flatnonzero((source < 0) | (source >= links.targets))
        if len(late):
            raise ValueError(f"node {links.targets[late[0]]} takes node {source[late[0]]}, not one before it")
        return links

    @property
    def counts(self) -> Indices:
        """How many inputs each node has."""
        return np.diff(self.starts).astype(np.int32)

    @cached_property
    def targets(self) -> Indices:
        """The target of each edge."""
        return np.repeat(np.arange(len(self.codes), dtype=np.int32), self.counts)

    @property
    def by_source(self) -> tuple[Indices, NDArray[np.int64]]:
        """The targets of the edges by source, and where those of each node begin, shape (nodes + 1,)."""
        targets = self.targets[stable_order(self.sources)]
        counts = np.bincount(self.sources, minlength=len(self.codes))
        return targets, np.concatenate([[0], np.cumsum(counts)])

    def with_codes(self, codes: Indices) -> Links:
        """Returns the same links of nodes that do something else."""
        return replace(self, codes=codes)


@dataclass(frozen=True, eq=False)
class Numbered:
    """`order[k]` is the node that is number k; `table` and `sources` are a plan's."""

    order: NDArray[np.int64]
    leaves: int
    table: Indices
    sources: Indices


def levels(links: Links) -> NDArray[np.int64]:
    """Returns how far each node is from the leaves: each needs only nodes of lower levels.

    −1 for what a cycle holds or feeds.
    """
    found = _level_by_level(links) if len(links.codes) > MANY else None
    if found is not None:
        return found
    return levels_in_order(links) if (links.sources < links.targets).all() else _node_by_node(links)


def levels_again(
    links: Links, before: NDArray[np.int64], places: Iterable[int], targets: Callable[[int], Iterable[int]]
) -> NDArray[np.int64] | None:
    """Returns `levels(links)` from what they were before other links came to the nodes at these places; new
    nodes stand last. `targets` returns the places that a node feeds.

    None where that is no quicker: on from a cycle, or where very many nodes are elsewhere now.
    """
    if (before < 0).any():
        return None
    found = np.append(before, np.zeros(len(links.codes) - len(before), dtype=np.int64))
    waiting = [(0, place) for place in places]  # the lowest first, so that hardly any is reckoned twice
    for _ in range(MOST_AGAIN):
        if not waiting:
            return found
        place = heappop(waiting)[1]
        taken = links.sources[links.starts[place] : links.starts[place + 1]]
        level = found[taken].max() + 1 if len(taken) else 0
        if level != found[place]:
            found[place] = level
            for target in targets(place):
                heappush(waiting, (found.item(target), target))
    return None


def _level_by_level(links: Links) -> NDArray[np.int64] | None:
    """Returns the same where levels hold many nodes; None where a great many hold few, as in a chain."""
    targets, first = links.by_source
    waits_for, found = links.counts, np.full(len(links.codes), -1, dtype=np.int64)
    places = np.empty(len(links.codes), dtype=np.int64)
    level, narrow, nodes = 0, 0, np.flatnonzero(waits_for == 0)
    while len(nodes):
        narrow += len(nodes) < FEW
        if narrow > MOST_NARROW:
            return None
        found[nodes] = level
        fed = _neighbours_of(nodes, targets, first)
        np.subtract.at(waits_for, fed, 1)
        ready = fed[waits_for[fed] == 0]
        places[ready] = np.arange(len(ready))
        nodes, level = ready[places[ready] == np.arange(len(ready))], level + 1  # each of them once
    return found


def reached(neighbours: Indices, first: NDArray[np.int64], nodes: Places) -> Mask | None:
    """Returns which nodes can be reached from these, themselves included, where node i has the neighbours
    `neighbours[first[i]:first[i + 1]]`; None where that takes a great many steps of few nodes.
    """
    found, places = np.zeros(len(first) - 1, dtype=bool), np.empty(len(first) - 1, dtype=np.int64)
    found[nodes] = True
    narrow = 0
    while len(nodes):
        narrow += len(nodes) < FEW
        if narrow > MOST_NARROW:
            return None
        fresh = _neighbours_of(nodes, neighbours, first)
        fresh = fresh[~found[fresh]]
        found[fresh] = True
        places[fresh] = np.arange(len(fresh))
        nodes = fresh[places[fresh] == np.arange(len(fresh))]  # each of them once
    return found


def _neighbours_of(nodes: Places, neighbours: Indices, first: NDArray[np.int64]) -> Indices:
    """Returns the neighbours of all these nodes, one after the other."""
    starts, counts = first[nodes], first[nodes + 1] - first[nodes]
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    found: Indices = neighbours[np.repeat(starts, counts) + within]
    return found


def _node_by_node(links: Links) -> NDArray[np.int64]:
    by_source, starts = links.by_source
    targets, first = by_source.tolist(), starts.tolist()
    waits_for, found = links.counts.tolist(), [-1] * len(links.codes)
    generation = [node for node, count in enumerate(waits_for) if not count]
    level = 0
    while generation:
        following = []
        for node in generation:
            found[node] = level
            for target in targets[first[node] : first[node + 1]]:
                waits_for[target] -= 1
                if not waits_for[target]:
                    following.append(target)
        generation, level = following, level + 1
    return np.array(found, dtype=np.int64)


def levels_in_order(links: Links) -> NDArray[np.int64]:
    """Returns the same where every node comes after what it takes."""
    starts, sources = links.starts.tolist(), links.sources.tolist()
    found: list[int] = []
    for start, stop in pairwise(starts):
        found.append(max([found[source] for source in sources[start:stop]]) + 1 if stop > start else 0)
    return np.array(found, dtype=np.int64)


def numbered(links: Links, level: NDArray[np.int64]) -> Numbered:
    """Numbers the nodes of level 0 and above: by level, within one by operation and number of inputs, within
    those in the order of making. Leaves come first.
    """
    runnable = np.flatnonzero(level >= 0)
    levels_of, codes, counts = level[runnable], links.codes[runnable], links.counts[runnable]
    kinds = (levels_of * (codes.max(initial=0) + 2) + codes + 1) * (int(counts.max(initial=0)) + 1) + counts
    by_kind = _in_order(kinds)
    first = np.flatnonzero(np.diff(kinds[by_kind], prepend=-1))  # of each kind
    sizes = np.diff(first, append=len(by_kind))
    settled = np.lexsort((by_kind[first], levels_of[by_kind[first]]))
    begins, ends = _in_a_row(sizes[settled])
    within = np.arange(len(by_kind)) + np.repeat(first[settled] - begins, sizes[settled])
    order = runnable[by_kind[within]]
    leaves = int((codes == LEAF).sum())
    begins, ends = begins[begins >= leaves], ends[begins >= leaves]
    members = order[begins]
    arities = links.counts[members]
    edges, _ = _in_a_row(arities.astype(np.int64) * (ends - begins))
    table = np.stack([links.codes[members], arities, begins, ends, edges], axis=1).astype(np.int32)
    number = np.zeros(len(links.codes), dtype=np.int32)
    number[order] = np.arange(len(order), dtype=np.int32)
    targets, ports = targets_and_ports(table)
    taken = links.starts[order].take(targets)
    taken += ports
    return Numbered(order, leaves, table, number.take(links.sources.take(taken)))


def _in_order(numbers: NDArray[np.int64]) -> NDArray[np.intp]:
    """Returns what `stable_order` does, of numbers that may be few or very large."""
    most = numbers.max(initial=0)
    if most < 2**16:
        return np.argsort(numbers.astype(np.uint16), kind="stable")  # which numpy sorts by counting
    if most < 2**31:
        return stable_order(numbers.astype(np.int32))
    return np.argsort(numbers, kind="stable")


def _in_a_row(sizes: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Returns where each of so many things begins and ends, one kind after the other."""
    ends = np.cumsum(sizes)
    return ends - sizes, ends


def targets_and_ports(table: Indices) -> tuple[Indices, Indices]:
    """Returns, for each edge of the runs of a plan's table, its target and the port that it fills."""
    _, arities, begins, ends, edges = table.T
    first = np.repeat(np.cumsum(arities, dtype=np.int32) - arities, arities)
    port = np.arange(len(first), dtype=np.int32) - first  # of each run
    many = np.repeat(ends - begins, arities)
    ports = np.repeat(port, many)
    targets = np.arange(len(ports), dtype=np.int32)
    targets += np.repeat(np.repeat(begins - edges, arities) - port * many, many)
    return targets, ports


class Ids(Sequence[str]):
    """The ids of nodes that have none but their place in the arrays, by number."""

    def __init__(self, order: NDArray[np.int64]) -> None:
        self._order = order

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [str(node) for node in self._order[place].tolist()]
        return str(self._order[place])


class Numbers(Mapping[str, int]):
    """The numbers of nodes that have no id but their place in the arrays, by that."""

    def __init__(self, order: NDArray[np.int64]) -> None:
        self._number = np.empty(len(order), dtype=np.int64)
        self._number[order] = np.arange(len(order))

    def __len__(self) -> int:
        return len(self._number)

    def __iter__(self) -> Iterator[str]:
        return map(str, range(len(self._number)))

    def __getitem__(self, node_id: str) -> int:
        if not (isinstance(node_id, str) and node_id.isdecimal() and int(node_id) < len(self._number)):
            raise KeyError(node_id)
        return int(self._number[int(node_id)])


class ByEnd:
    """These edges by the node at one end, `ends[edge]`, otherwise in the order in which they stand. They are
    sorted for it once many nodes are asked for.
    """

    def __init__(self, edges: Indices, ends: Indices, nodes: int) -> None:
        self._edges, self._ends, self._nodes = edges, ends, nodes
        self._singly = FEW_ASKED if len(edges) > MANY_EDGES else 0

    def at(self, node: int) -> Indices:
        """Returns those of a node."""
        if self._singly and "sorted" not in vars(self):
            self._singly -= 1
            found: Indices = self._edges[self._ends[self._edges] == node]
            return found
        edges, starts = self.sorted
        return edges[starts[node] : starts[node + 1]]

    @cached_property
    def sorted(self) -> tuple[Indices, NDArray[np.int64]]:
        """All edges by their nodes, and where those of each begin, shape (nodes + 1,).

        >>> ByEnd(np.array([2, 0, 1]), np.array([0, 1, 1]), 2).sorted
        (array([0, 2, 1]), array([0, 1, 3]))
        """
        taken = self._ends[self._edges]
        starts = np.concatenate([[0], np.cumsum(np.bincount(taken, minlength=self._nodes))])
        return self._edges[stable_order(taken)], starts


def stable_order(numbers: Indices) -> NDArray[np.int64]:
    """Returns in which order these numbers, none of them below 0, are sorted, those alike as they stand:
    what `np.argsort` does five times as slowly.

    >>> stable_order(np.array([2, 0, 2, 1], dtype=np.int32))
    array([1, 3, 0, 2])
    """
    order = numbers.astype(np.int64) * len(numbers) + np.arange(len(numbers))
    order.sort()
    return order % max(len(numbers), 1)
