"""Cycles among edges that are no graph yet, such as those of a file."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


def find_cycle(count: int, sources: Sequence[int], targets: Sequence[int]) -> list[int]:
    """Find a cycle among nodes that are numbered from 0; each edge has a source and a target in the lists.

    Returns the numbers of its nodes, the lowest first and again at the end; empty where there is none.

    >>> find_cycle(3, [0, 1], [1, 2])
    []
    >>> find_cycle(3, [0, 1, 2], [1, 2, 1])
    [1, 2, 1]
    """
    tails, heads = np.array(sources, np.int64), np.array(targets, np.int64)
    if (tails < heads).all():  # they are listed in an order in which all can be computed
        return []
    is_stuck = _stuck(count, tails, heads)
    return _cycle(is_stuck, tails, heads) if is_stuck.any() else []


def _stuck(count: int, tails: Numbers, heads: Numbers) -> NDArray[np.bool_]:
    """Which nodes are on a cycle or after one: what is left once all is taken away that waits for nothing."""
    waiting: list[int] = np.bincount(heads, minlength=count).tolist()
    by_tail = np.argsort(tails, kind="stable")
    leads_to = heads[by_tail].tolist()
    starts = np.searchsorted(tails[by_tail], np.arange(count + 1)).tolist()
    ready = [node for node, sources in enumerate(waiting) if not sources]
    while ready:
        node = ready.pop()
        for target in leads_to[starts[node] : starts[node + 1]]:
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return np.array(waiting) > 0


def _cycle(is_stuck: NDArray[np.bool_], tails: Numbers, heads: Numbers) -> list[int]:
    """The numbers of one cycle, its lowest again at the end. Each stuck node has a stuck source."""
    between = is_stuck[tails] & is_stuck[heads]
    source_of = np.zeros(len(is_stuck), np.int64)
    source_of[heads[between]] = tails[between]
    leads_from = source_of.tolist()
    met: dict[int, None] = {}
    here = int(np.argmax(is_stuck))
    while here not in met:
        met[here] = None
        here = leads_from[here]
    walked = list(met)
    loop = walked[walked.index(here) :][::-1]
    first = loop.index(min(loop))
    loop = loop[first:] + loop[:first]
    return [*loop, loop[0]]
