"""A recorded value computed again by the engine: its plan, made once, and both passes over it.

What is read and written are the values' own numbers; compiled passes do the rest where they are loaded.
Without them, and for few values, Python goes from value to value, as it did at first.
"""

from __future__ import annotations

from operator import attrgetter
from typing import Any

import numpy as np

from nodegraph.core.engine.plan import Plan
from nodegraph.core.engine.program import Program
from nodegraph.core.graph.wiring import OPS
from nodegraph.core.kernels import kernels
from nodegraph.core.values.known import operation_of
from nodegraph.core.values.rules import PAIR, inputs_of

LEAST = 200
"""Values from which arrays pay."""
_gradient = attrgetter("grad")
_CODES = {op: code for code, op in enumerate(OPS)}


class Replay:
    """Everything below a value, ready for further passes; it does not hold the value itself, which holds it.

    `below` are the values that were computed, in an order in which they can be, without the last.
    """

    def __init__(self, order: list[Any]) -> None:
        computed = [value for value in order if value._rule is not PAIR]
        inputs = [tuple(inputs_of(value)) for value in computed]
        leaves = list({id(value): value for taken in inputs for value in taken if value._a is None}.values())
        place = {id(value): number for number, value in enumerate((*leaves, *computed))}
        sources = [place[id(value)] for taken in inputs for value in taken]
        counts = [0] * len(leaves) + [len(taken) for taken in inputs]
        codes = [_CODES["input"]] * len(leaves) + [_CODES[operation_of(value)] for value in computed]
        plan = Plan.from_arrays(OPS, codes, np.concatenate([[0], np.cumsum(counts)]), sources)
        self.program = Program(plan, plan.number[str(len(place) - 1)])
        by_number = [int(plan.ids[number]) for number in self.program.numbers.tolist()]
        count = self.program.leaves
        self.leaves = [leaves[number] for number in by_number[:count]]
        computed = [computed[number - count] for number in by_number[count:]]
        self.inputs = [tuple(inputs_of(value)) for value in computed]
        self.below = [value for value in computed if value is not order[-1]]
        self._values = np.zeros(len(place))
        self.has_arrays = False
        """Whether the numbers of the last pass forward are in arrays too."""

    def forward(self, root: Any) -> None:
        """Compute anew; what was computed before has a gradient of 0 again, as what is new has."""
        self.has_arrays = len(self._values) >= LEAST and kernels.wanted() is not None
        if not self.has_arrays:
            for out, taken in zip((*self.below, root), self.inputs, strict=True):
                out.data = out._rule.value(*[value.data for value in taken])
                out.grad = 0
            return
        values, count = self._values, len(self.leaves)
        values[:count] = [leaf.data for leaf in self.leaves]
        self.program.forward(values)
        for out, number in zip(self.below, values[count:].tolist(), strict=False):
            out.data = number
            out.grad = 0
        root.data = float(values[-1])
        root.grad = 0

    def backward(self, root: Any) -> bool:
        """Add gradients by the engine, at the numbers of the last pass forward. Returns False, with nothing
        done, where they are not in arrays or a gradient was left on what was computed.
        """
        if not self.has_arrays or any(map(_gradient, self.below)):
            return False
        gradients = np.zeros_like(self._values)
        gradients[-1] = 1.0
        self.program.backward(self._values, gradients)
        found = iter(gradients.tolist())
        for leaf, gradient in zip(self.leaves, found, strict=False):
            leaf.grad += gradient
        for out, gradient in zip(self.below, found, strict=False):
            out.grad = gradient
        root.grad = 1
        return True
