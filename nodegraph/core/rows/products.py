"""Sums of products that are matrix products: y[j] = Σ w[j, k]·x[k] + …, where every row of data has its own x
and all rows share w. Found from the shape of a plan alone; no network is known here.

A term may stand in a sum of its own that only feeds this one, as programs write them: (w1*x1 + w2*x2) + b.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.kernels.runs import Runs

Flags: TypeAlias = NDArray[np.bool_]
Numbers: TypeAlias = NDArray[np.intp]

LEAST_PRODUCTS = 4
"""Products that a matrix stands for, at least; fewer are computed one by one."""


@dataclass(frozen=True, eq=False)
class Sums:
    """Sums over the same `inputs`. All are numbers of nodes: `targets` of shape (sums,), `factors` (sums,
    terms), `inputs` (terms,), and what else is added to each, the same for all rows or not, (terms, sums).
    """

    targets: Numbers
    factors: Numbers
    inputs: Numbers
    shared: Numbers
    varying: Numbers


@dataclass(eq=False)
class _Sum:
    """One sum: w and the product by each x, further terms, and the nodes that it stands for beside itself."""

    products: dict[int, tuple[int, int]] = field(default_factory=dict)
    shared: list[int] = field(default_factory=list)
    varying: list[int] = field(default_factory=list)
    inside: list[int] = field(default_factory=list)


def find(runs: Runs, kept: Flags, varies: Flags) -> tuple[dict[int, list[Sums]], Flags]:
    """Returns the sums among the nodes that are `kept`, by the place of the run that their targets are in,
    and which nodes are part of one, so that nobody else needs them. `varies` says what depends on the row.
    """
    uses = np.bincount(runs.sources[kept[runs.targets]], minlength=len(kept))
    once = kept & (uses == 1)
    factors, feeds_one, changes = _products(runs, once, varies), once.tolist(), varies.tolist()
    open_sums: dict[int, _Sum] = {}
    place_of: dict[int, int] = {}
    for place, (op, start, stop, sources) in enumerate(runs):
        if op == "add":
            here = kept[start:stop] & varies[start:stop]
            nodes = (start + np.flatnonzero(here)).tolist()
            place_of.update(dict.fromkeys(nodes, place))
            for node, terms in zip(nodes, sources[:, here].T.tolist(), strict=True):
                inner = {term: open_sums.pop(term) for term in terms if feeds_one[term] and term in open_sums}
                open_sums[node] = _joined(terms, inner, factors, changes)
    by_place: defaultdict[int, dict[int, _Sum]] = defaultdict(dict)
    for node, one in open_sums.items():
        by_place[place_of[node]][node] = one
    found: dict[int, list[Sums]] = {}
    absorbed = np.zeros(len(kept), dtype=bool)
    for place, several in by_place.items():
        for sums, gone in _grouped(several):
            found.setdefault(place, []).append(sums)
            absorbed[gone] = True
    return found, absorbed


def _products(runs: Runs, once: Flags, varies: Flags) -> dict[int, tuple[int, int]]:
    """Returns x and w of each product of two numbers that is used once, and where only x is the row's."""
    found: dict[int, tuple[int, int]] = {}
    for op, start, stop, sources in runs:
        if op == "multiply" and len(sources) == 2:
            first, second = sources
            fits = np.flatnonzero(once[start:stop] & (varies[first] != varies[second]))
            x = np.where(varies[first], first, second)[fits].tolist()
            w = np.where(varies[first], second, first)[fits].tolist()
            found.update(zip((start + fits).tolist(), zip(x, w, strict=True), strict=True))
    return found


def _joined(
    terms: Sequence[int],
    inner: Mapping[int, _Sum],
    factors: Mapping[int, tuple[int, int]],
    changes: Sequence[bool],
) -> _Sum:
    """Returns the sum of these terms, in which those that are sums themselves are taken apart."""
    whole = max(inner.values(), key=lambda one: len(one.inside), default=_Sum())  # long chains are moved once
    more: list[int] = []
    for term in terms:
        if term not in inner:
            more.append(term)
            continue
        whole.inside.append(term)
        if (one := inner[term]) is not whole:
            whole.inside.extend(node for node in one.inside if node not in factors)
            whole.shared.extend(one.shared)
            more.extend([*(product for _, product in one.products.values()), *one.varying])
    for node in more:
        x, w = factors.get(node, (-1, -1))
        if w >= 0 and x not in whole.products:
            whole.products[x] = w, node
            whole.inside.append(node)
        else:
            (whole.varying if changes[node] else whole.shared).append(node)
    return whole


def _grouped(several: Mapping[int, _Sum]) -> Iterator[tuple[Sums, list[int]]]:
    """Yields those of these sums, by target, that are over the same inputs, with the nodes that they stand
    for.
    """
    groups: defaultdict[tuple[tuple[int, ...], int, int], list[int]] = defaultdict(list)
    for target, one in several.items():
        groups[tuple(sorted(one.products)), len(one.shared), len(one.varying)].append(target)
    for (inputs, _, _), targets in groups.items():
        if len(inputs) > 1 and len(inputs) * len(targets) >= LEAST_PRODUCTS:
            members = [several[target] for target in targets]
            sums = Sums(
                np.array(targets, dtype=np.intp),
                np.array([[one.products[x][0] for x in inputs] for one in members], dtype=np.intp),
                np.array(inputs, dtype=np.intp),
                np.array([one.shared for one in members], dtype=np.intp).T,
                np.array([one.varying for one in members], dtype=np.intp).T,
            )
            yield sums, [node for one in members for node in one.inside]
