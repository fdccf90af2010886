"""Cycles among edges that are no graph yet, such as those of a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from nodegraph.core.graph.records import Edge


def find_cycle(node_ids: Iterable[str], edges: Sequence[Edge]) -> list[str]:
    """Find a cycle. Returns the ids of its nodes, the first one again at the end; empty where there is none.

    >>> find_cycle("abc", [Edge("a", "b", 0), Edge("b", "c", 0)])
    []
    >>> find_cycle("abc", [Edge("a", "b", 0), Edge("b", "c", 0), Edge("c", "b", 1)])
    ['b', 'c', 'b']
    """
    waiting = dict.fromkeys(node_ids, 0)
    targets: dict[str, list[str]] = {}
    for edge in edges:
        waiting[edge.target] += 1
    ready = [node_id for node_id, count in waiting.items() if count == 0]
    if ready:
        for edge in edges:
            targets.setdefault(edge.source, []).append(edge.target)
    # Take away what waits for nothing until all is gone; what stays behind is on a cycle or after one.
    while ready:
        done = ready.pop()
        del waiting[done]
        for target in targets.get(done, ()):
            waiting[target] -= 1
            if waiting[target] == 0:
                ready.append(target)
    return _cycle(waiting, edges) if waiting else []


def _cycle(stuck: Mapping[str, int], edges: Sequence[Edge]) -> list[str]:
    """The ids of one cycle, its first node again at the end. Each stuck node has a stuck source."""
    source_of: dict[str, str] = {}
    for edge in edges:
        if edge.source in stuck and edge.target in stuck:
            source_of.setdefault(edge.target, edge.source)
    met: dict[str, None] = {}
    here = next(iter(stuck))
    while here not in met:
        met[here] = None
        here = source_of[here]
    walked = list(met)
    loop = walked[walked.index(here) :][::-1]
    members = set(loop)
    first = loop.index(next(node_id for node_id in stuck if node_id in members))
    loop = loop[first:] + loop[:first]
    return [*loop, loop[0]]
