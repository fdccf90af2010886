"""Where a numerical derivative and a gradient may differ although no rule is wrong: an operation on the way
turns faster than any step can show, as b**1.1 does at 0, or a factor is too small for a number and is 0.

Looks at local derivatives and values of a trace only; what follows of it, `gradient_check` says.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.plan import Run
from nodegraph.core.engine.trace import Trace
from nodegraph.core.operations.catalogue import operation_of_run

Array = NDArray[np.float64]

FEW_PORTS = 2
"""Inputs of one node that are moved one by one; more of them move together."""
LEAST = float(np.finfo(float).tiny)
"""The smallest number that has all its digits."""


def turned_by(trace: Trace, step: float) -> Array:
    """Returns how much each gradient changes where an input of an operation on the way moves by this part of
    itself, or by the step where it is 0; shape (nodes,). Kinks are left out: there both sides are looked at.
    """
    return _gathered(trace, lambda part: _turn(trace, part, step))


def lost_to_underflow(trace: Trace) -> Array:
    """Returns how much each gradient may lack since factors, or products, were too small for a number, shape
    (nodes,).
    """
    return _gathered(trace, lambda part: _lost(trace, part))


def _gathered(trace: Trace, at_edges: Callable[[Run], Array]) -> Array:
    """Carry back what is found at the edges of each run, shape (ports, places), as gradients are."""
    found = np.zeros(len(trace.plan.ids))
    with np.errstate(all="ignore"):
        for part in reversed(trace.plan.runs):
            passed_on = np.nan_to_num(np.abs(_slopes(trace, part)) * found[part.start : part.stop])
            np.add.at(found, part.sources, passed_on + at_edges(part))
    return found


def _turn(trace: Trace, part: Run, step: float) -> Array:
    """How much else a run's edges may carry back, shape (ports, places)."""
    operation, inputs = operation_of_run(part.op), trace.node_values[part.sources]
    slopes, most = _slopes(trace, part), np.zeros(inputs.shape)
    if operation.kinks:
        return most
    by = step * np.where(inputs == 0, 1.0, np.abs(inputs))
    ports = (
        [slice(None)] if len(inputs) > FEW_PORTS else [slice(port, port + 1) for port in range(len(inputs))]
    )
    for moved in ports:
        for way in (-1.0, 1.0):
            near = inputs.copy()
            near[moved] += way * by[moved]
            there = operation.local_derivatives(near, operation.value(near))
            most = np.fmax(most, np.nan_to_num(np.abs(there - slopes), posinf=0.0))
    return most * np.abs(trace.node_gradients[part.start : part.stop])


def _lost(trace: Trace, part: Run) -> Array:
    """How much a run's edges may not carry back, shape (ports, places)."""
    inputs, slopes = trace.node_values[part.sources], _slopes(trace, part)
    above = np.abs(trace.node_gradients[part.start : part.stop])
    sent = trace.contributions[part.edges : part.edges + part.sources.size].reshape(inputs.shape)
    is_factor_lost = (np.abs(slopes) < LEAST) & (inputs != 0).all(axis=0) & np.isfinite(inputs).all(axis=0)
    if operation_of_run(part.op).kinks:
        is_factor_lost = np.zeros_like(is_factor_lost)
    is_product_lost = (np.abs(sent) < LEAST) & (slopes != 0) & (above != 0)
    return np.where(is_factor_lost, above * LEAST, np.where(is_product_lost, LEAST, 0.0))


def _slopes(trace: Trace, part: Run) -> Array:
    edges = slice(part.edges, part.edges + part.sources.size)
    slopes: Array = trace.local_derivatives[edges].reshape(part.sources.shape)
    return slopes
