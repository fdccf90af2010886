"""A sum of products with the numbers of one step in it, as the matrix product that it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.rows.products import Numbers, Sums
from nodegraph.core.rows.stages import Places, as_slice

Array = NDArray[np.float64]

SINGLE_VECTOR, SINGLE_MATRIX = 9_216, 262_144
"""Multiplications up to which OpenBLAS, which numpy brings, takes one thread: with a vector, and a matrix."""
PIECE = 8_192
"""Numbers whose squares are summed in one call, with one thread."""
MOST_SQUARED = 1e300
"""The sum of squares up to which neither a product of two numbers nor a sum of such overflows on the way."""
LEAST_ROWS = 32
"""Rows below which the calls cost more than threads would."""


@dataclass(frozen=True, eq=False)
class Block:
    """Sums whose targets are the nodes start…stop of the rows' own numbering, in which `inputs` and `varying`
    are too. `factors` and `shared` count among what all rows share. `carries` says whether the gradient by
    the inputs is wanted, and the last two whether a factor, or a shared term, occurs more than once.
    """

    start: int
    stop: int
    factors: Numbers
    inputs: Places
    shared: Numbers
    varying: Numbers
    carries: bool
    factors_repeat: bool
    shared_repeat: bool

    @property
    def most_rows(self) -> int:
        """Rows up to which a product with it is quick and begins no threads, which would wait for each other
        where the processors are busy.
        """
        sums, terms = self.factors.shape
        most = int(SINGLE_VECTOR // terms if sums == 1 else SINGLE_MATRIX // (sums * terms))
        return max(LEAST_ROWS, most)

    @classmethod
    def of(cls, sums: Sums, start: int, shared: Numbers, row: Numbers, carries: bool) -> Block:
        """Returns the block of these sums, from where each node is among the shared ones, or the rows'."""
        return cls(
            start,
            start + len(sums.targets),
            shared[sums.factors],
            as_slice(row[sums.inputs]),
            shared[sums.shared],
            row[sums.varying],
            carries,
            _repeats(sums.factors),
            _repeats(sums.shared),
        )


class Matrix:
    """A block in one step: `shared` are the values of what all rows share, and their gradients are added to
    `given`, both of shape (shared nodes,). Values and gradients of the rows have shape (nodes, rows).
    """

    def __init__(self, block: Block, shared: Array, given: Array) -> None:
        self._block, self._given = block, given
        self._factors = shared[block.factors]
        self._offset = shared[block.shared].sum(axis=0)[:, None] if len(block.shared) else None
        self.was_modest = True
        """Whether what entered the last pass was such that the sums are those of the plain passes."""

    def forward(self, values: Array) -> None:
        """Fill in the sums."""
        block = self._block
        sums, inputs = values[block.start : block.stop], values[block.inputs]
        np.matmul(self._factors, inputs, out=sums)
        self.was_modest = is_modest(inputs)
        if self._offset is not None:
            sums += self._offset
        for further in block.varying:
            terms = values[further]
            sums += terms
            self.was_modest = self.was_modest and is_modest(terms)

    def backward(self, values: Array, gradients: Array) -> None:
        """Hand the gradients of the sums on, to their terms and to what all rows share."""
        block = self._block
        upstream = gradients[block.start : block.stop]
        self.was_modest = is_modest(upstream)
        by_factor = upstream @ values[block.inputs].T
        _add(self._given, block.factors, by_factor, block.factors_repeat)
        if len(block.shared):
            _add(self._given, block.shared, np.add.reduce(upstream, axis=1), block.shared_repeat)
        if block.carries:
            gradients[block.inputs] += self._factors.T @ upstream
        for further in block.varying:
            np.add.at(gradients, further, upstream)


def is_modest(values: Array) -> bool:
    """Whether all are finite, and no sum of products of them overflows."""
    numbers = values.ravel()
    if len(numbers) <= PIECE:
        return bool(np.dot(numbers, numbers) < MOST_SQUARED)
    pieces = [numbers[start : start + PIECE] for start in range(0, len(numbers), PIECE)]
    return sum(float(np.dot(piece, piece)) for piece in pieces) < MOST_SQUARED


def _repeats(numbers: Numbers) -> bool:
    return np.unique(numbers).size < numbers.size


def _add(sums: Array, places: Numbers, numbers: Array, repeat: bool) -> None:
    if repeat:
        np.add.at(sums, places, np.broadcast_to(numbers, places.shape))  # numpy 2.4 drops some else
    else:
        sums[places] += numbers
