"""The forward and the backward pass over a plan.

Each node's value and local derivatives are written together; the backward pass is then one rule for all
operations: upstream gradient × local derivative, summed at the source.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.formula import Number, Tree, substitute, write
from nodegraph.core.graph import Graph
from nodegraph.core.numbers import format_number
from nodegraph.core.operations import NOTATIONS, OPERATIONS, application, operation_of_run
from nodegraph.core.plan import Plan, Run, plan_of
from nodegraph.core.trace import Trace

Array = NDArray[np.float64]
FEW_EDGES = 40
"""Edges per run up to which a plain loop over edges is faster than array expressions (0.3 µs each to 15)."""


def run(graph: Graph) -> Trace:
    """Both passes of a graph as it stands, as an immutable trace.

    Never raises for what a graph holds: what cannot be computed is left out and told in `trace.problems`.

    >>> from nodegraph.core.expression import parse
    >>> trace = run(parse("L = (a*b + c)*f", a=2, b=3, c=-10, f=5))
    >>> trace.values["L"], trace.gradients["a"], len(trace.steps)
    (-20.0, 15.0, 11)
    """
    plan = plan_of(graph)
    nodes = {node.id: node for node in graph.nodes()}
    values, local = forward(
        plan, np.array([nodes[i].value for i in plan.ids[: plan.leaves]], dtype=np.float64)
    )
    constant = np.array([nodes[i].op == "constant" for i in plan.ids], dtype=bool)
    output = graph.output
    carried = np.zeros(len(plan.keys), dtype=bool)
    contributions = np.zeros(len(plan.keys))
    gradients = np.zeros(len(plan.ids))
    if output is not None and output in plan.number:
        carried = plan.reaching(plan.number[output])[plan.edge_target] & ~constant[plan.edge_source]
        gradients, contributions = backward(plan, plan.number[output], local, carried)
    return Trace(
        nodes=nodes,
        plan=plan,
        output=output,
        node_values=values,
        local_derivatives=local,
        contributions=contributions,
        node_gradients=gradients,
        carried=carried,
        node_problems=dict(plan.problems) | _numeric_problems(plan, values, local, carried),
    )


def forward(plan: Plan, leaf_values: Array) -> tuple[Array, Array]:
    """Values of shape (nodes,) and local derivatives of shape (edges,), both in the plan's numbering.

    `leaf_values` has shape (plan.leaves,). What leaves the real numbers becomes NaN or ±∞ as IEEE 754 says.
    """
    values = np.empty(len(plan.ids))
    local = np.empty(len(plan.keys))
    values[: plan.leaves] = leaf_values
    with np.errstate(all="ignore"):
        for part in plan.runs:
            operation = operation_of_run(part.op)
            inputs = values[part.sources]
            result = operation.value(inputs)
            values[part.start : part.stop] = result
            local[_edges(part)] = operation.local_derivatives(inputs, result).ravel()
    return values, local


def backward(plan: Plan, output: int, local: Array, carried: NDArray[np.bool_]) -> tuple[Array, Array]:
    """Gradients of shape (nodes,) and contributions of shape (edges,), from ∂output/∂output = 1.

    Only `carried` edges hand anything on; sums at forks grow in the plan's backward order.
    """
    if len(plan.runs) * FEW_EDGES > len(plan.keys):
        return _backward_by_edge(plan, output, local, carried)
    gradients = np.zeros(len(plan.ids))
    gradients[output] = 1.0
    contributions = np.zeros(len(plan.keys))
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


def _backward_by_edge(
    plan: Plan, output: int, local: Array, carried: NDArray[np.bool_]
) -> tuple[Array, Array]:
    """The same, bit for bit, edge by edge: far faster where the runs are short, as in a deep chain."""
    gradients, contributions = [0.0] * len(plan.ids), [0.0] * len(plan.keys)
    gradients[output] = 1.0
    sources, targets, slopes = plan.edge_source.tolist(), plan.edge_target.tolist(), local.tolist()
    for edge in plan.backward_order[carried[plan.backward_order]].tolist():
        sent = contributions[edge] = gradients[targets[edge]] * slopes[edge]
        gradients[sources[edge]] += sent
    return np.array(gradients), np.array(contributions)


def _edges(part: Run) -> slice:
    return slice(part.edges, part.edges + part.sources.size)


def _numeric_problems(plan: Plan, values: Array, local: Array, carried: NDArray[np.bool_]) -> dict[str, str]:
    """A sentence for each node that leaves the finite numbers first; what follows from it stays silent.

    Local derivatives count only on `carried` edges: (−2)² has none by its constant exponent, and needs none.
    """
    found: dict[str, str] = {}
    if np.isfinite(values).all() and np.isfinite(local[carried]).all():
        return found
    for part in plan.runs:
        inputs = values[part.sources]
        fed = np.isfinite(inputs).all(axis=0)
        fine = np.isfinite(local[_edges(part)]) | ~carried[_edges(part)]
        slopes = fine.reshape(inputs.shape).all(axis=0)
        for place in np.flatnonzero(fed & ~(slopes & np.isfinite(values[part.start : part.stop]))):
            result = float(values[part.start + place])
            found[plan.ids[part.start + place]] = _numeric_problem(
                part.op, [float(x) for x in inputs[:, place]], result
            )
    return found


def _numeric_problem(op: str, inputs: list[float], result: float) -> str:
    operation = OPERATIONS[op]
    numbers: dict[str, Tree] = {f"x{port}": Number(value) for port, value in enumerate(inputs)}
    applied = write(substitute(application(op, len(inputs)), numbers), NOTATIONS, "unicode")
    asked = f" {operation.title} asks that {operation.domain}." if operation.domain else ""
    if np.isnan(result):
        return f"{applied} is not a number.{asked}"
    if np.isinf(result):
        return (
            f"{applied} is {format_number(result)}.{asked or ' It is too large for a floating-point number.'}"
        )
    return f"The local derivative of {applied} is not finite here.{asked}"
