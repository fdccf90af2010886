"""Both passes of a graph for many rows of data at once; the loss is the mean of the output over the rows.

The rows stand side by side as columns of arrays and are taken in parts small enough for the processor's
cache, so that a caller may stop between two parts. Knows no table, no optimiser and no history.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.plan import Plan, Run
from nodegraph.core.engine.program import Program
from nodegraph.core.kernels import kernels
from nodegraph.core.kernels.numbering import Indices
from nodegraph.core.operations.catalogue import VALUE_FUNCTIONS, operation_of_run, rule_tree
from nodegraph.core.operations.formula import Call, Name, Tree
from nodegraph.core.operations.formula import evaluate as evaluate_tree

Array = NDArray[np.float64]

NUMBERS_AT_ONCE = 200_000
"""Values of nodes that a part holds, about: 1.6 MB, which with their slopes stay in a processor's cache."""
LEAST_ROWS = 64
"""Rows below which the cost of calling numpy outweighs the cache."""
RUN_COST = 2_000
"""What the calls for a run of operations in one part take, in numbers computed meanwhile."""
MOST_AT_ONCE, MANY_RUNS = 500_000, 2_000
"""Values that a part holds at most, for whoever waits for its end; unless the calls cost more still."""
FEW_NUMBERS = 1_000
"""Contributions to a source up to which one numpy call for all is quicker (3 ns each) than one a source."""
WORTH_TAKING, WORTH_LOADING = 10_000, 1_000_000
"""Values over all rows from which compiled passes are taken where they are ready, and from which they are
loaded in the background where they are not.
"""
TILE_BYTES, LEAST_TILE, LARGEST_TILE = 1_000_000, 8, 1_024
"""What values and gradients of a compiled part take, and the rows that it has at least and at most."""


@dataclass(frozen=True, eq=False)
class Part:
    """Rows start…stop: the output of each, and the sum of their gradients by each trained input."""

    start: int
    stop: int
    outputs: Array
    gradients: Array


@dataclass(frozen=True, eq=False)
class Mean:
    """The mean over all rows: the loss, and its gradient by each trained input.

    `bad_row` is the first row (from 0) whose output is not finite, or None.
    """

    rows: int
    loss: float
    gradients: Array
    bad_row: int | None


@dataclass(frozen=True, eq=False)
class _Stage:
    """What is done for one run: forward always, backward along the `edges` that lead to trained inputs.

    `edges` (places within the run's edges) are sorted by source; those of `sources[i]` begin at `starts[i]`.
    `slopes`, of shape (edges, 1), are the local derivatives where they are the same everywhere, as of a sum.
    """

    run: Run
    edges: NDArray[np.intp]
    targets: Indices
    sources: Indices
    starts: NDArray[np.intp]
    slopes: Array | None


class Batch:
    """A plan made ready for rows: from `output` back to the leaves `trained`, with data in those `bound`.

    All three count in the plan's numbering. It holds no values, so one serves for a whole training.

    >>> from nodegraph.core.building.expression import parse
    >>> from nodegraph.core.engine.plan import plan_of
    >>> plan = plan_of(parse("L = (w*x - y)**2", w=1))
    >>> w, x, y, L = (plan.number[name] for name in ("w", "x", "y", "L"))
    >>> batch = Batch(plan, L, trained=[w], bound=[x, y])
    >>> mean = mean_of(batch.parts(np.array([1.0, 0, 0]), np.array([[1.0, 2], [3, 4]])))
    >>> mean.loss, mean.gradients.tolist()
    (4.0, [-6.0])
    """

    def __init__(self, plan: Plan, output: int, trained: Sequence[int], bound: Sequence[int] = ()) -> None:
        self.plan = plan
        self.output = output
        self.trained = np.array(trained, dtype=np.intp)
        self.bound = np.array(bound, dtype=np.intp)
        reaching = plan.reaching(output)
        follows = np.zeros(len(plan.ids), dtype=bool)
        follows[self.trained] = True
        stages = []
        for run in plan.runs:
            follows[run.start : run.stop] = follows[run.sources].any(axis=0)
            if reaching[run.start : run.stop].any():
                stages.append(_stage(run, reaching, follows))
        self._stages = tuple(stages)

    def width(self, rows: int) -> int:
        """How many rows a part holds."""
        nodes = len(self.plan.ids)
        least = LEAST_ROWS if len(self.plan.runs) > MANY_RUNS else min(LEAST_ROWS, MOST_AT_ONCE // nodes)
        return min(rows, max(least, NUMBERS_AT_ONCE // nodes, 1))

    def cost(self, rows: int) -> int:
        """Return about how many numbers a pass over all rows computes, the time for calls included."""
        calls = len(self.plan.runs) * -(-rows // max(1, self.width(rows)))
        return RUN_COST * calls + rows * len(self.plan.ids)

    def parts(self, leaves: Array, data: Array | None = None, *, slopes: bool = True) -> Iterator[Part]:
        """Every row, part by part; stop early by asking for no more.

        `leaves` of shape (plan.leaves,) are the values that all rows share, `data` of shape (bound, rows)
        what the bound leaves hold instead; without data there is one row. Without `slopes` only the forward
        pass is run and the gradients are zeros. What is not finite stays in the numbers, in silence.
        """
        rows = 1 if data is None else data.shape[1]
        work = rows * len(self.plan.ids)
        ready = kernels.wanted() if work >= WORTH_LOADING else kernels.loaded()
        if work >= WORTH_TAKING and ready is not None:
            yield from self._compiled_parts(leaves, data, rows, slopes)
            return
        width = self.width(rows)
        values = np.empty((len(self.plan.ids), width))
        values[: self.plan.leaves] = leaves[:, None]
        gradients = np.empty_like(values) if slopes else values
        for start in range(0, rows, max(width, 1)):
            stop = min(start + width, rows)
            shown, summed = values[:, : stop - start], gradients[:, : stop - start]
            if data is not None:
                shown[self.bound] = data[:, start:stop]
            with np.errstate(all="ignore"):
                local = self._forward(shown, slopes)
                sums = self._backward(summed, local) if slopes else np.zeros(len(self.trained))
            yield Part(start, stop, shown[self.output].copy(), sums)

    @cached_property
    def _program(self) -> Program:
        return Program(self.plan, self.output)

    def _compiled_parts(self, leaves: Array, data: Array | None, rows: int, slopes: bool) -> Iterator[Part]:
        """Do the same by compiled passes, in parts that stay in the nearer cache."""
        program = self._program
        held = program.numbers[: program.leaves]
        bound, trained = program.places_of(self.bound), program.places_of(self.trained)
        bound_here, trained_here = bound >= 0, trained >= 0
        width = min(rows, max(LEAST_TILE, min(LARGEST_TILE, TILE_BYTES // (16 * len(program)) & ~7)))
        for start in range(0, rows, width):
            stop = min(start + width, rows)
            if start == 0 or stop - start < width:
                values = np.empty((len(program), stop - start))
                values[: program.leaves] = leaves[held, None]
                gradients = np.empty_like(values) if slopes else values
            if data is not None:
                values[bound[bound_here]] = data[bound_here, start:stop]
            program.forward(values)
            sums = np.zeros(len(self.trained))
            if slopes:
                gradients.fill(0.0)
                gradients[program.output] = 1.0
                program.backward(values, gradients)
                sums[trained_here] = gradients[: program.leaves].sum(axis=1)[trained[trained_here]]
            yield Part(start, stop, values[program.output].copy(), sums)

    def _forward(self, values: Array, slopes: bool) -> list[Array | None]:
        """Fill in the values; the local derivatives along the edges of each stage, (edges, rows or 1)."""
        found: list[Array | None] = []
        for stage in self._stages:
            run = stage.run
            operation = operation_of_run(run.op)
            inputs = values[run.sources].reshape(len(run.sources), -1)
            result = operation.value(inputs)
            values[run.start : run.stop] = result.reshape(run.stop - run.start, -1)
            if not slopes or not len(stage.edges) or stage.slopes is not None:
                found.append(stage.slopes)
                continue
            local = operation.local_derivatives(inputs, result).reshape(run.sources.size, -1)
            found.append(local[stage.edges])
        return found

    def _backward(self, gradients: Array, local: Sequence[Array | None]) -> Array:
        """The gradient by each trained leaf, summed over the rows."""
        gradients[:] = 0.0
        gradients[self.output] = 1.0
        for stage, slopes in zip(reversed(self._stages), reversed(local), strict=True):
            if slopes is None:
                continue
            sent = gradients[stage.targets]
            sent *= slopes
            if len(stage.starts) == len(sent):
                gradients[stage.sources] += sent
            elif sent.size < FEW_NUMBERS * len(stage.starts):
                gradients[stage.sources] += np.add.reduceat(sent, stage.starts, axis=0)
            else:
                ends = [*stage.starts[1:], len(sent)]
                for source, start, end in zip(stage.sources, stage.starts, ends, strict=True):
                    gradients[source] += sent[start:end].sum(axis=0)
        summed: Array = gradients[self.trained].sum(axis=1)
        return summed


def mean_of(parts: Iterable[Part]) -> Mean:
    """The loss and its gradients, from all parts in order."""
    rows, total, gradients, bad_row = 0, 0.0, np.zeros(0), None
    with np.errstate(all="ignore"):
        for part in parts:
            if bad_row is None and not np.isfinite(part.outputs).all():
                bad_row = part.start + int(np.flatnonzero(~np.isfinite(part.outputs))[0])
            total += float(part.outputs.sum())
            gradients = part.gradients if rows == 0 else gradients + part.gradients
            rows = part.stop
        if rows == 0:
            raise ValueError("there is no row to take a mean of")
        return Mean(rows, total / rows, gradients / rows, bad_row)


def evaluate(plan: Plan, leaves: Array) -> Array:
    """The values of all nodes, of shape (nodes, rows), for leaves of shape (plan.leaves, rows)."""
    values = np.empty((len(plan.ids), leaves.shape[1]))
    values[: plan.leaves] = leaves
    with np.errstate(all="ignore"):
        for run in plan.runs:
            inputs = values[run.sources].reshape(len(run.sources), -1)
            result = operation_of_run(run.op).value(inputs)
            values[run.start : run.stop] = result.reshape(run.stop - run.start, -1)
    return values


def _stage(run: Run, reaching: NDArray[np.bool_], follows: NDArray[np.bool_]) -> _Stage:
    """The run with its edges that carry something: towards the output, and from a trained leaf."""
    all_targets = np.tile(np.arange(run.start, run.stop, dtype=np.int32), len(run.sources))
    all_sources = run.sources.ravel()
    edges = np.flatnonzero(reaching[all_targets] & follows[all_sources])
    edges = edges[np.argsort(all_sources[edges], kind="stable")]
    sources, starts = np.unique(all_sources[edges], return_index=True)
    slopes = _slopes(run)
    by_edge = None if slopes is None else slopes[edges // (run.stop - run.start), None]
    return _Stage(run, edges, all_targets[edges], sources, starts, by_edge)


def _slopes(run: Run) -> Array | None:
    """The local derivative by each port where it is a mere number, else None."""
    if operation_of_run(run.op).derivatives is not None:
        return None
    count = len(run.sources)
    rules = [rule_tree(run.op, port, count) for port in range(count)]
    if any(map(_names_something, rules)):
        return None
    return np.array([evaluate_tree(rule, {}, VALUE_FUNCTIONS) for rule in rules], dtype=np.float64)


def _names_something(tree: Tree) -> bool:
    return isinstance(tree, Name) or (isinstance(tree, Call) and any(map(_names_something, tree.operands)))
