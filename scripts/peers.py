"""The peers that the engine is measured beside: each takes a shape and returns a step, forward and backward.

Used as people use them: casadi builds once, micrograd and torch anew at every step. They are imported late.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from nodegraph.core.building.shapes import OPS, Shape

Step = Callable[[], object]
NAMES = ("casadi", "micrograd", "torch")
NEEDED = ("casadi", "micrograd")
"""Without these a comparison says nothing; torch is taken where it happens to be."""
LARGEST = {"casadi": 1_000_000, "micrograd": 10_000, "torch": 10_000}
"""Nodes up to which a peer is asked: beyond, building or a single step takes minutes."""


def applied(shape: Shape, leaves: Sequence[Any], functions: dict[str, Callable[[Any], Any]]) -> list[Any]:
    """Every node computed on a peer's own numbers."""
    sources, given = shape.sources.tolist(), iter(leaves)
    values: list[Any] = []
    for code, (start, stop) in zip(shape.codes.tolist(), pairwise(shape.starts.tolist()), strict=True):
        op, operands = OPS[code], [values[source] for source in sources[start:stop]]
        if op == "input":
            values.append(next(given))
        elif op in functions:
            values.append(functions[op](operands[0]))
        elif op == "square":
            values.append(operands[0] * operands[0])
        else:
            values.append(_joined(op, operands))
    return values


def _joined(op: str, operands: Sequence[Any]) -> Any:
    result = operands[0]
    for operand in operands[1:]:
        result = (
            result + operand if op == "add" else result * operand if op == "multiply" else result - operand
        )
    return result


def casadi_step(shape: Shape) -> Step:
    """The value and its gradient by casadi, written into buffers of ours."""
    function, count = _casadi_function(shape)
    leaves, value, gradient = shape.values.copy(), np.zeros(1), np.zeros(count)
    buffer, evaluate = function.buffer()
    buffer.set_arg(0, memoryview(leaves))
    buffer.set_res(0, memoryview(value))
    buffer.set_res(1, memoryview(gradient))
    kept = (function, buffer, leaves, value, gradient)  # casadi holds bare pointers into these

    def step() -> object:
        evaluate()
        return kept

    return step


def casadi_rows(shape: Shape, data: np.ndarray) -> Step:
    """The same for each column of `data`, shape (inputs, rows), by casadi's map."""
    function, count = _casadi_function(shape)
    rows = data.shape[1]
    mapped = function.map(rows)
    leaves, value, gradient = np.asfortranarray(data), np.zeros(rows), np.zeros((count, rows), order="F")
    buffer, evaluate = mapped.buffer()
    buffer.set_arg(0, memoryview(leaves.ravel(order="K")))
    buffer.set_res(0, memoryview(value))
    buffer.set_res(1, memoryview(gradient.ravel(order="K")))
    kept = (mapped, buffer, leaves, value, gradient)

    def step() -> object:
        evaluate()
        return kept

    return step


def _casadi_function(shape: Shape) -> tuple[Any, int]:
    import casadi

    symbols = casadi.SX.sym("x", len(shape.values))
    functions = {"tanh": casadi.tanh, "exp": casadi.exp, "relu": lambda x: casadi.fmax(x, 0)}
    output = applied(shape, casadi.vertsplit(symbols), functions)[-1]
    return casadi.Function("step", [symbols], [output, casadi.gradient(output, symbols)]), len(shape.values)


def micrograd_step(shape: Shape) -> Step:
    """A step by micrograd; its 0.1.0 has no tanh and no exp, and relu is the nearest in cost."""
    from micrograd.engine import Value

    def relu(x: Any) -> Any:
        return x.relu()

    def step() -> None:
        leaves = [Value(value) for value in shape.values.tolist()]
        applied(shape, leaves, dict.fromkeys(("tanh", "exp", "relu"), relu))[-1].backward()

    return step


def torch_step(shape: Shape) -> Step:
    """A step by torch, a tensor of one number for each node."""
    import torch

    functions = {"tanh": torch.tanh, "exp": torch.exp, "relu": torch.relu}

    def step() -> None:
        leaves = [torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in shape.values.tolist()]
        applied(shape, leaves, functions)[-1].backward()

    return step


STEPS: dict[str, Callable[[Shape], Step]] = {
    "casadi": casadi_step,
    "micrograd": micrograd_step,
    "torch": torch_step,
}
