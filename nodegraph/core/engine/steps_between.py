"""What the steps between two frames of a trace change, for all else looks the same in both; and where the
steps of one level of a graph end. Knows no paint.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.trace import Frame, Trace
from nodegraph.core.graph.records import EdgeKey

MOST_STEPS = 8
"""Steps between two frames up to which it is worthwhile to ask what each of them changes."""


def nodes_between(before: Frame, after: Frame) -> set[str] | None:
    """Returns the nodes whose numbers may differ in two frames; None where it could be any.

    >>> from nodegraph.core.building.expression import parse
    >>> from nodegraph.core.engine.passes import run
    >>> trace = run(parse("d = a + b; L = d*a"))
    >>> sorted(nodes_between(trace.frame(1), trace.frame(2)))
    ['d']
    """
    if not _are_near(before, after):
        return None
    trace, found = after.trace, set[str]()
    first, last = sorted((before.position, after.position))
    for position in range(first + 1, last + 1):
        found.update(trace.frame(position).active_nodes)
    if first == 0 < last:
        found.update(trace.plan.ids[: trace.plan.leaves])
    if first < last == len(trace.steps):
        found.update(_told_at_the_end(trace))
    return found


def differing_nodes(before: Frame, after: Frame) -> NDArray[np.bool_] | None:
    """Returns which nodes' numbers may differ in two frames however far apart, shape (nodes,); None where it
    could be any.
    """
    trace, (first, last) = after.trace, sorted((before.position, after.position))
    if not _are_plain(before, after) or first < last == len(trace.steps):
        return None
    differs = np.zeros(len(trace.plan.ids), dtype=np.bool_)
    differs[_reached_until(trace, first) : _reached_until(trace, last)] = True
    sent = [max(0, position - trace.forward_steps - 1) for position in (first, last)]
    differs[trace.receivers[trace.carried_order[slice(*sent)]]] = True
    if first <= trace.forward_steps < last and trace.has_derivatives and trace.seed is not None:
        differs[trace.plan.number[trace.seed]] = True
    return differs


def _reached_until(trace: Trace, position: int) -> int:
    """Returns the number before which all nodes' values are visible at a position, and no others'."""
    return trace.plan.leaves + position - 1 if position else 0


def edges_between(before: Frame, after: Frame) -> set[EdgeKey] | None:
    """Returns the edges that look different in two frames, the active ones of both among them; None where it
    could be any.
    """
    first, last = sorted((before.position, after.position))
    if not _are_near(before, after) or first <= after.trace.forward_steps < last:
        return None  # once derivatives are carried, no edge shows what it carried forward
    frames = (after.trace.frame(position) for position in range(first, last + 1))
    return {key for frame in frames for key in frame.active_edges}


def level_ends(trace: Trace) -> NDArray[np.intp]:
    """Returns the positions at which all of a level is through: all nodes that need none of the same or a
    later one, or all contributions that leave such nodes. The inputs are one, the seed and the end too.

    >>> from nodegraph.core.building.expression import parse
    >>> from nodegraph.core.engine.passes import run
    >>> trace = run(parse("d = a + b; e = a*b; L = d*e"))
    >>> level_ends(trace).tolist(), [trace.steps[place - 1].node for place in (3, 4)]
    ([1, 3, 4, 5, 7, 11], ['e', 'L'])
    """
    plan, levels = trace.plan, np.zeros(len(trace.plan.ids), dtype=np.intp)
    for run in plan.runs:
        if run.sources.size:
            levels[run.start : run.stop] = levels[run.sources].max() + 1
    evaluated = levels[plan.leaves :]
    forward = int(plan.leaves > 0) + 1 + np.flatnonzero(np.diff(evaluated))
    carrying = levels[plan.edge_target[trace.carried_order]]
    backward = trace.forward_steps + 2 + np.flatnonzero(np.diff(carrying))
    others = [int(plan.leaves > 0), trace.forward_steps, trace.forward_steps + 1, len(trace.steps)]
    found = np.unique(np.concatenate([forward, backward, others]))
    return found[(found > 0) & (found <= len(trace.steps))]


def _are_near(before: Frame, after: Frame) -> bool:
    """Whether the steps between two frames tell all that differs in them, and are few."""
    return _are_plain(before, after) and abs(after.position - before.position) <= MOST_STEPS


def _are_plain(before: Frame, after: Frame) -> bool:
    """Whether two frames are of one trace, of which nothing is hidden and upon which nothing was left."""
    return before.trace is after.trace and not (before.guarded or after.guarded or after.trace.left)


def _told_at_the_end(trace: Trace) -> Sequence[str]:
    """The nodes to which nothing is carried: that their gradient is 0 is known only at the end."""
    waits = np.ones(len(trace.plan.ids), dtype=np.bool_)
    waits[trace.receivers[trace.carried_order]] = False
    return [trace.plan.ids[number] for number in np.flatnonzero(waits).tolist()]
