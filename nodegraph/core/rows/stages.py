"""Both passes over many rows by numpy: an array expression for each run of operations.

The rows stand side by side as columns of arrays. Backward, only the edges are followed that carry something.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.kernels.numbering import Indices
from nodegraph.core.kernels.runs import OwnRun, Runs
from nodegraph.core.operations.catalogue import VALUE_FUNCTIONS, operation_of_run, rule_tree
from nodegraph.core.operations.formula import Call, Name, Tree
from nodegraph.core.operations.formula import evaluate as evaluate_tree

Array = NDArray[np.float64]
Places: TypeAlias = "Indices | NDArray[np.intp] | slice"
"""Places of an array: a slice where they are consecutive, which is not copied."""

FEW_NUMBERS = 1_000
"""Contributions to a source up to which one numpy call for all is quicker (3 ns each) than one a source."""


@dataclass(frozen=True, eq=False)
class _Stage:
    """What is done for the run at `place`: forward always, backward along the `edges` that carry something.

    `edges` (places within the run's edges) are sorted by source; those of `carriers[i]` begin at `starts[i]`.
    `slopes`, of shape (edges, 1), are the local derivatives where they are the same everywhere, as of a sum.
    """

    place: int
    op: str
    start: int
    stop: int
    shape: tuple[int, int]
    sources: Places
    edges: Places
    targets: Places
    carriers: Places
    starts: NDArray[np.intp]
    slopes: Array | None


class Stages:
    """The runs that lead to an output, made ready.

    `reaching` says which nodes the output depends on, `follows` which of them depend on a leaf whose gradient
    is wanted, or are one. Runs at places `own` are computed by whoever asks for a pass.
    """

    def __init__(self, runs: Runs, reaching: NDArray[np.bool_], follows: NDArray[np.bool_]) -> None:
        self._stages = tuple(
            _stage(place, run, reaching, follows)
            for place, run in enumerate(runs)
            if reaching[run[1] : run[2]].any()
        )

    def forward(
        self, values: Array, own: Mapping[int, OwnRun] | None = None, *, slopes: bool = True
    ) -> list[Array | None]:
        """Fill in the values; return each stage's local derivatives along its edges, (edges, rows or 1)."""
        found: list[Array | None] = []
        for stage in self._stages:
            if own and stage.place in own:
                own[stage.place].forward(values)
                found.append(None)
                continue
            operation = operation_of_run(stage.op)
            inputs = values[stage.sources].reshape(stage.shape[0], -1)
            result = operation.value(inputs)
            values[stage.start : stage.stop] = result.reshape(stage.stop - stage.start, -1)
            if not slopes or not len(stage.starts) or stage.slopes is not None:
                found.append(stage.slopes)
                continue
            local = operation.local_derivatives(inputs, result).reshape(-1, values.shape[1])
            found.append(local[stage.edges])
        return found

    def backward(
        self,
        values: Array,
        gradients: Array,
        local: Sequence[Array | None],
        own: Mapping[int, OwnRun] | None = None,
    ) -> None:
        """Add up gradients from those that are set in them; `local` is what `forward` returned."""
        for stage, slopes in zip(reversed(self._stages), reversed(local), strict=True):
            if own and stage.place in own:
                own[stage.place].backward(values, gradients)
            elif slopes is not None:
                _hand_on(stage, slopes, gradients)


def _hand_on(stage: _Stage, slopes: Array, gradients: Array) -> None:
    sent = gradients[stage.targets] * slopes
    if len(stage.starts) == len(sent):
        gradients[stage.carriers] += sent
    elif sent.size < FEW_NUMBERS * len(stage.starts):
        gradients[stage.carriers] += np.add.reduceat(sent, stage.starts, axis=0)
    else:
        carriers = np.arange(len(gradients))[stage.carriers]
        for source, start, end in zip(carriers, stage.starts, [*stage.starts[1:], len(sent)], strict=True):
            gradients[source] += sent[start:end].sum(axis=0)


def as_slice(places: Indices | NDArray[np.intp]) -> Places:
    """Returns places, of shape (places,), as a slice where they are consecutive.

    >>> as_slice(np.array([3, 4, 5])), as_slice(np.array([3, 5]))
    (slice(3, 6, None), array([3, 5]))
    """
    if len(places) and (np.diff(places) == 1).all():
        return slice(int(places[0]), int(places[-1]) + 1)
    return places


def following(runs: Runs, leaves: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Returns which nodes depend on one of these leaves, or are one; both of shape (nodes,)."""
    found = leaves.copy()
    for _, start, stop, sources in runs:
        found[start:stop] = found[sources].any(axis=0)
    return found


def _stage(
    place: int,
    run: tuple[str, int, int, Indices],
    reaching: NDArray[np.bool_],
    follows: NDArray[np.bool_],
) -> _Stage:
    """The run with its edges that carry something: towards the output, and from a trained leaf."""
    op, start, stop, sources = run
    all_targets = np.tile(np.arange(start, stop, dtype=np.int32), len(sources))
    all_sources = sources.ravel()
    edges = np.flatnonzero(reaching[all_targets] & follows[all_sources])
    edges = edges[np.argsort(all_sources[edges], kind="stable")]
    carriers, starts = np.unique(all_sources[edges], return_index=True)
    slopes = _slopes(op, len(sources)) if len(sources) else None
    by_edge = None if slopes is None else slopes[edges // (stop - start), None]
    return _Stage(
        place, op, start, stop, sources.shape, as_slice(all_sources), as_slice(edges),
        as_slice(all_targets[edges]), as_slice(carriers), starts, by_edge,
    )  # fmt: skip


def _slopes(op: str, count: int) -> Array | None:
    """The local derivative by each port where it is a mere number, else None."""
    if operation_of_run(op).derivatives is not None:
        return None
    rules = [rule_tree(op, port, count) for port in range(count)]
    if any(map(_names_something, rules)):
        return None
    return np.array([evaluate_tree(rule, {}, VALUE_FUNCTIONS) for rule in rules], dtype=np.float64)


def _names_something(tree: Tree) -> bool:
    return isinstance(tree, Name) or (isinstance(tree, Call) and any(map(_names_something, tree.operands)))
