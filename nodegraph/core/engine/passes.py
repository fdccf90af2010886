"""The passes over a plan: values forward; then derivatives, back from the output or forward from an input.

Each node's value and local derivatives are written together; carrying derivatives is then one rule for all
operations: gradient at one end × local derivative, summed at the other end. In reverse mode that is upstream
gradient × local derivative, summed at the source (A. Griewank and A. Walther, "Evaluating Derivatives", 2nd
ed., §3.2); in forward mode the derivative of the source × local derivative, summed at the target (§3.1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.plan import FEW_EDGES, Plan, Run, leaves_of, plan_of
from nodegraph.core.engine.trace import Mode, Trace
from nodegraph.core.errors import Refused
from nodegraph.core.graph.demand import demand_graph, demand_id
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.leaf_values import demand_known, demand_leaves
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.kernels import kernels
from nodegraph.core.kernels.numbering import Indices
from nodegraph.core.operations.catalogue import operation_of_run
from nodegraph.core.operations.domains import why_not_finite
from nodegraph.core.quoting import quoted

Array = NDArray[np.float64]

WORTH_COMPILING = 2_000
"""Nodes from which compiled passes are taken where they are ready: below, all numbers are numpy's to the last
bit, ready or not.
"""


def run(
    graph: Graph, *, values: Mapping[str, float] | None = None, left: Mapping[str, float] | None = None
) -> Trace:
    """Both passes of a graph as it stands, as an immutable trace: reverse mode.

    `values` stand in for the inputs' own, by id. `left` are gradients, by id, that earlier passes left and
    nobody has set to zero: as in micrograd, this pass adds to them, and hands on what it finds at a node. The
    output starts from 1 all the same. Never raises for what a graph holds: what cannot be computed is left
    out and reported in `trace.problems`. Refused where an id is that of no node, or a value is no number or
    that of a node that is computed.

    >>> from nodegraph.core.building.expression import parse
    >>> trace = run(parse("L = (a*b + c)*f", a=2, b=3, c=-10, f=5))
    >>> trace.values["L"], trace.gradients["a"], len(trace.steps)
    (-20.0, 15.0, 11)
    >>> graph = parse("c = a + b; f = c*d", a=2, b=3, d=5)
    >>> again = run(graph, left={"a": 5.0, "c": 5.0})
    >>> again.gradients["a"], again.gradients["b"]
    (15.0, 10.0)
    """
    demand_graph(graph, "run")
    demand_leaves(graph, values or {})
    demand_known(graph, left or {}, "gradient")
    plan = plan_of(graph)
    return _trace(graph, plan, values or {}, graph.output, "reverse", _known(plan, left or {}))


def run_forward_mode(graph: Graph, input_id: str, *, values: Mapping[str, float] | None = None) -> Trace:
    """Values forward, then the derivative of every node by one input forward: forward mode.

    Refused where no node has this id, or one that `values` holds, as in `run`.

    >>> from nodegraph.core.building.expression import parse
    >>> trace = run_forward_mode(parse("L = (a*b + c)*f", a=2, b=3, c=-10, f=5), "a")
    >>> trace.gradients["d"], trace.gradients["L"]
    (3.0, 15.0)
    """
    demand_graph(graph, "run_forward_mode")
    demand_id(input_id, "run_forward_mode")
    if input_id not in graph:
        raise Refused(f"No node has the id “{quoted(input_id)}”.")
    demand_leaves(graph, values or {})
    return _trace(graph, plan_of(graph), values or {}, input_id, "forward", {})


def with_local_derivative(trace: Trace, key: EdgeKey, local: float) -> Trace:
    """The same run as if the local derivative along one edge were another number: derivatives are carried
    once more, values stay. The trace itself where the edge was not computed, or nothing starts.

    >>> from nodegraph.core.building.expression import parse
    >>> trace = run(parse("L = (a*b + c)*f", a=2, b=3, c=-10, f=5))
    >>> with_local_derivative(trace, ("e", 0), 0.0).gradients["a"]
    0.0
    """
    if key not in trace.edge_number or not trace.has_derivatives or trace.seed is None:
        return trace
    locals_ = trace.local_derivatives.copy()
    locals_[trace.edge_number[key]] = local
    seed = trace.plan.number[trace.seed]
    if trace.mode == "reverse":
        gradients, contributions = backward(trace.plan, seed, locals_, trace.carried, trace.start)
    else:
        gradients, contributions = tangents(trace.plan, seed, locals_, trace.carried)
    return replace(trace, local_derivatives=locals_, node_gradients=gradients, contributions=contributions)


def _known(plan: Plan, left: Mapping[str, float]) -> dict[str, float]:
    """What was left on nodes that can still run."""
    return {node_id: gradient for node_id, gradient in left.items() if node_id in plan.number}


def _trace(
    graph: Graph,
    plan: Plan,
    set_values: Mapping[str, float],
    seed: str | None,
    mode: Mode,
    left: Mapping[str, float],
) -> Trace:
    """Run, with derivatives that start at the seed."""
    leaves, constant = _leaves(graph, plan, set_values)
    values, local = forward(plan, leaves)
    carried = np.zeros(len(plan.edge_source), dtype=bool)
    contributions = np.zeros(len(plan.edge_source))
    gradients = np.zeros(len(plan.ids))
    for node_id, gradient in left.items():
        gradients[plan.number[node_id]] = gradient
    if seed is not None and seed in plan.number:
        number = plan.number[seed]
        if mode == "reverse":
            carried = plan.carried_back(number, constant)
            gradients, contributions = backward(plan, number, local, carried, gradients)
        else:
            carried = plan.reached_from(number)[plan.edge_source]
            gradients, contributions = tangents(plan, number, local, carried)
    return Trace(
        nodes=graph.records(),
        plan=plan,
        output=graph.output,
        node_values=values,
        local_derivatives=local,
        contributions=contributions,
        node_gradients=gradients,
        carried=carried,
        node_problems=dict(plan.problems) | _numeric_problems(plan, values, local, carried),
        mode=mode,
        seed=seed,
        left=left,
    )


def _leaves(graph: Graph, plan: Plan, set_values: Mapping[str, float]) -> tuple[Array, NDArray[np.bool_]]:
    """Returns the values of the leaves, and which of all nodes are constants."""
    leaves, is_constant = leaves_of(graph)
    for node_id, value in set_values.items():
        number = plan.number.get(node_id, plan.leaves)
        if number < plan.leaves:
            leaves[number] = value
    return leaves, np.append(is_constant, np.zeros(len(plan.ids) - plan.leaves, dtype=bool))


def forward(plan: Plan, leaf_values: Array) -> tuple[Array, Array]:
    """Values of shape (nodes,) and local derivatives of shape (edges,), both in the plan's numbering.

    `leaf_values` has shape (plan.leaves,). What leaves the real numbers becomes NaN or ±∞ as IEEE 754 says.
    """
    values = np.empty(len(plan.ids))
    local = np.empty(len(plan.edge_source))
    values[: plan.leaves] = leaf_values
    ready = _kernels(plan)
    place = 0
    with np.errstate(all="ignore"):
        while place < len(plan.table):
            if ready is not None:
                place = ready.slopes(plan.coded, plan.edge_source, values, local, place)
            if place < len(plan.table):
                part = plan.runs[place]
                operation = operation_of_run(part.op)
                inputs = values[part.sources]
                result = operation.value(inputs)
                values[part.start : part.stop] = result
                local[_edges(part)] = operation.local_derivatives(inputs, result).ravel()
                place += 1
    return values, local


def _kernels(plan: Plan) -> kernels.Kernels | None:
    """Returns the compiled passes where they are ready and worth it."""
    return kernels.wanted() if len(plan.ids) >= WORTH_COMPILING else None


def backward(
    plan: Plan, output: int, local: Array, carried: NDArray[np.bool_], left: Array | None = None
) -> tuple[Array, Array]:
    """Gradients of shape (nodes,) and contributions of shape (edges,), from ∂output/∂output = 1.

    Only `carried` edges hand anything on; sums at forks grow in the plan's backward order, upon what is
    `left` there, shape (nodes,).
    """
    start = np.zeros(len(plan.ids)) if left is None else left.copy()
    start[output] = 1.0
    ready = _kernels(plan)
    if ready is not None or len(plan.table) * FEW_EDGES > len(plan.edge_source):
        order = plan.backward_steps(carried)
        return _edge_by_edge(order, plan.edge_target, plan.edge_source, local, start, ready)
    gradients = start
    contributions = np.zeros(len(plan.edge_source))
    taken = 0
    with np.errstate(all="ignore"):
        for part in reversed(plan.runs):
            count = part.sources.size
            order = plan.backward_order[taken : taken + count]
            taken += count
            order = order[carried[order]]
            sent = gradients[plan.edge_target[order]] * local[order]
            contributions[order] = sent
            np.add.at(gradients, plan.edge_source[order], sent)
    return gradients, contributions


def tangents(plan: Plan, source: int, local: Array, carried: NDArray[np.bool_]) -> tuple[Array, Array]:
    """Derivatives of every node by the node `source`, shape (nodes,), and contributions, shape (edges,)."""
    start = np.zeros(len(plan.ids))
    start[source] = 1.0
    order = plan.forward_order[carried[plan.forward_order]]
    return _edge_by_edge(order, plan.edge_source, plan.edge_target, local, start, _kernels(plan))


def _edge_by_edge(
    order: Indices,
    givers: Indices,
    receivers: Indices,
    local: Array,
    start: Array,
    ready: kernels.Kernels | None,
) -> tuple[Array, Array]:
    """Carry derivatives edge by edge in this order: far faster than arrays where runs are short, as in a
    deep chain, and the same bit for bit.
    """
    if ready is not None:
        sent_along = np.zeros(len(local))
        ready.carry(order, givers, receivers, local, start, sent_along)
        return start, sent_along
    gradients, contributions = start.tolist(), [0.0] * len(local)
    gives, receives, slopes = givers.tolist(), receivers.tolist(), local.tolist()
    for edge in order.tolist():
        sent = contributions[edge] = gradients[gives[edge]] * slopes[edge]
        gradients[receives[edge]] += sent
    return np.array(gradients), np.array(contributions)


def _edges(part: Run) -> slice:
    return slice(part.edges, part.edges + part.sources.size)


def _numeric_problems(plan: Plan, values: Array, local: Array, carried: NDArray[np.bool_]) -> dict[str, str]:
    """A sentence for each node that leaves the finite numbers first; what follows from it stays silent.

    Local derivatives count only on `carried` edges: (−2)² has none by its constant exponent, and needs none.
    """
    found: dict[str, str] = {}
    if np.isfinite(values).all() and (np.isfinite(local).all() or np.isfinite(local[carried]).all()):
        return found
    for part in plan.runs:
        inputs = values[part.sources]
        fed = np.isfinite(inputs).all(axis=0)
        fine = np.isfinite(local[_edges(part)]) | ~carried[_edges(part)]
        slopes = fine.reshape(inputs.shape).all(axis=0)
        for place in np.flatnonzero(fed & ~(slopes & np.isfinite(values[part.start : part.stop]))):
            result = float(values[part.start + place])
            found[plan.ids[part.start + int(place)]] = why_not_finite(
                part.op, [float(x) for x in inputs[:, place]], result
            )
    return found
