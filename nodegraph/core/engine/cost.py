"""Cost: what all the gradients of one graph cost by each of the ways to find them, counted and not timed.

Why the backward pass is worth it: its cost does not grow with the number of inputs (A. Griewank and
A. Walther, "Evaluating Derivatives", 2nd ed., §3.2 and §3.3), where that of every other way does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.trace import Trace
from nodegraph.core.numbers import format_count


@dataclass(frozen=True, slots=True)
class Way:
    """One way to the gradients of all inputs: how often it goes through the graph, and with what arithmetic.

    `operations` counts operations on two numbers; one on a single number, such as tanh, counts as one too.
    """

    title: str
    passes: int
    operations: int
    how: str


@dataclass(frozen=True, slots=True)
class Cost:
    """What one graph costs. `paths` holds the id of each input that reaches the output and its number of
    paths there; `edges` counts the edges on such paths: reverse mode crosses each of them once.
    """

    paths: tuple[tuple[str, int], ...]
    edges: int
    ways: tuple[Way, ...]


def path_count(trace: Trace, node_id: str) -> int:
    """Returns in how many ways a node is joined to the seed; where none leads to it, without counting any."""
    is_seed = trace.has_derivatives and node_id == trace.seed
    if not trace.edges_back_to(node_id) or trace.seed is None:
        return int(is_seed)
    (edges, starts), givers = trace.arrivals.sorted, trace.givers
    counts, waiting = {trace.plan.number[trace.seed]: 1}, [trace.plan.number[node_id]]
    while waiting:
        node = waiting[-1]
        before = givers[edges[starts[node] : starts[node + 1]]].tolist()
        missing = [] if node in counts else [giver for giver in before if giver not in counts]
        if missing:
            waiting += missing
        else:
            counts.setdefault(waiting.pop(), sum(counts[one] for one in before))
    return counts[trace.plan.number[node_id]]


def cost_of(trace: Trace) -> Cost | None:
    """Count for a trace of reverse mode; None where no input reaches an output.

    The values, and but for nudging the local derivatives, are there beforehand and not counted.

    >>> from nodegraph.core.building.expression import parse
    >>> from nodegraph.core.engine.passes import run
    >>> cost = cost_of(run(parse("L = (a*b + c)*f", a=2, b=3, c=-10, f=5)))
    >>> [(way.title, way.passes, way.operations) for way in cost.ways]
    [('Nudge each input', 5, 23), ('Every path', 4, 5), ('Forward mode', 4, 9), ('Reverse mode', 1, 6)]
    """
    paths = _paths(trace)
    if not paths:
        return None
    ways = (
        _nudging(trace, len(paths)),
        _every_path(trace, paths),
        _forward_mode(trace, paths),
        _reverse_mode(trace, len(paths)),
    )
    return Cost(tuple(paths.items()), int(trace.carried.sum()), ways)


def _paths(trace: Trace) -> dict[str, int]:
    counts = trace.path_counts
    leaves = trace.plan.ids[: trace.plan.leaves]
    return {i: counts[i] for i in leaves if trace.nodes[i].op == "input" and counts[i] and i != trace.seed}


def _nudging(trace: Trace, inputs: int) -> Way:
    """One forward pass as it is, one for each input moved a little, and a difference quotient each."""
    forward = _evaluations(trace)
    more = "one more for the input" if inputs == 1 else f"one more for each of {format_count(inputs)} inputs"
    how = f"One forward pass, and {more}; only nearly right."
    return Way("Nudge each input", inputs + 1, (inputs + 1) * forward + 2 * inputs, how)


def _every_path(trace: Trace, paths: dict[str, int]) -> Way:
    """The product of the local derivatives along every path, and their sum at each input."""
    lengths = _path_lengths(trace)
    multiplications = sum(lengths[i] - count for i, count in paths.items())
    additions = sum(count - 1 for count in paths.values())
    total = sum(paths.values())
    each = f"each of {format_count(total)} paths on its own, and add them up"
    how = f"Multiply along {'the one path there is' if total == 1 else each}."
    return Way("Every path", total, multiplications + additions, how)


def _forward_mode(trace: Trace, paths: Collection[str]) -> Way:
    """One run of derivatives from each input, along the edges between it and the output."""
    inputs = _inputs_above(trace, paths)
    receivers = {trace.plan.keys[edge][0] for edge in trace.carried_order.tolist()}
    multiplications = sum(
        inputs[trace.source(trace.plan.keys[edge])].bit_count() for edge in trace.carried_order.tolist()
    )
    arrivals = sum(inputs[node_id].bit_count() for node_id in receivers)
    each = f"each of {format_count(len(paths))} inputs in turn"
    how = f"Run derivatives forward from {'the input' if len(paths) == 1 else each}."
    return Way("Forward mode", len(paths), 2 * multiplications - arrivals, how)


def _reverse_mode(trace: Trace, inputs: int) -> Way:
    """One run of derivatives back from the output."""
    edges = _counted(int(trace.carried.sum()), "edge")
    together = ", for all inputs together" if inputs > 1 else ""
    how = f"Run derivatives back from the output once, across {edges}{together}."
    return Way("Reverse mode", 1, _carrying(trace.plan.edge_source[trace.carried]), how)


def _evaluations(trace: Trace) -> int:
    """The arithmetic of one forward pass: a node of n inputs takes n − 1 operations, at least 1."""
    if trace.output is None:
        return 0
    reached = trace.plan.reaching(trace.plan.number[trace.output])
    arities = Counter(trace.plan.edge_target[reached[trace.plan.edge_target]].tolist())
    return sum(max(1, arity - 1) for arity in arities.values())


def _carrying(receivers: NDArray[np.int32]) -> int:
    """A multiplication for each edge that carries, and an addition wherever a further one arrives."""
    return 2 * len(receivers) - len(set(receivers.tolist()))


def _inputs_above(trace: Trace, paths: Iterable[str]) -> dict[str, int]:
    """Which of the inputs each node is computed from, itself included: a bit for each."""
    found = dict.fromkeys(trace.plan.ids, 0)
    found.update((node_id, 1 << place) for place, node_id in enumerate(paths))
    for edge in trace.carried_order[::-1].tolist():
        target = trace.plan.keys[edge][0]
        found[target] |= found[trace.plan.ids[trace.plan.edge_source[edge]]]
    return found


def _path_lengths(trace: Trace) -> dict[str, int]:
    """The edges of all paths from each node to the output, added up."""
    counts, lengths = trace.path_counts, dict.fromkeys(trace.plan.ids, 0)
    for edge in trace.carried_order.tolist():
        source, target = trace.plan.ids[trace.plan.edge_source[edge]], trace.plan.keys[edge][0]
        lengths[source] += lengths[target] + counts[target]
    return lengths


def _counted(count: int, noun: str) -> str:
    return f"{format_count(count)} {noun}" if count == 1 else f"{format_count(count)} {noun}s"
