"""Measures of how well a graph predicts, beside its loss: one record each, with its definition.

A prediction is the node called y (y1, y2…) and its target the input of data called t (t1, t2…), as networks
are made; in another graph it is the answer that `answers` finds, as p in (p − t)². Knows no training.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.errors import Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.core.training.answers import Flows, Snapshot, level_of

Array = NDArray[np.float64]
Sums = Callable[[Array, Array, "Reference"], Array]

MOST_CLASSES = 100
"""Different targets up to which a column tells classes."""


@dataclass(frozen=True)
class Reference:
    """What is known of the targets of all rows: their means, of shape (outputs,), and where one output
    passes from each class to the next.
    """

    means: Array
    edges: Array


@dataclass(frozen=True)
class Measure:
    """A measure, in two parts, so that rows may lie in several places: `sums` over rows, from predictions
    and targets of shape (outputs, rows), are added up, and `end` makes the measure of them and the number
    of predictions.

    `definition` says what it is, with y for predictions and t for targets.
    """

    name: str
    title: str
    definition: str
    sums: Sums
    end: Callable[[Array, int], float]
    needs_classes: bool = False

    def value(self, predictions: Array, targets: Array, edges: Array) -> float:
        """Returns the measure of all rows at once."""
        reference = Reference(targets.mean(axis=1), edges)
        return self.end(self.sums(predictions, targets, reference), predictions.size)


def right(predictions: Array, targets: Array, reference: Reference) -> Array:
    """Returns in how many rows the class is right, that of the largest of several outputs or the one between
    two edges in which a single output lies; a prediction that is not finite is wrong. Of shape (outputs,).

    >>> known = Reference(np.zeros(1), edges=np.array([0.0]))
    >>> right(np.array([[0.3, -2.0, 0.0]]), np.array([[1.0, -1.0, 1.0]]), known)
    array([2.])
    """
    finite = np.isfinite(predictions).all(axis=0)
    if len(predictions) > 1:
        found = predictions.argmax(axis=0) == targets.argmax(axis=0)
    else:
        found = np.searchsorted(reference.edges, predictions[0]) == np.searchsorted(
            reference.edges, targets[0]
        )
    return np.full(len(predictions), float(np.count_nonzero(found & finite)))


def _absolute(predictions: Array, targets: Array, _reference: Reference) -> Array:
    found: Array = np.abs(predictions - targets).sum(axis=1)
    return found


def _squared(predictions: Array, targets: Array, _reference: Reference) -> Array:
    found: Array = np.square(predictions - targets).sum(axis=1)
    return found


def _determined(predictions: Array, targets: Array, reference: Reference) -> Array:
    rest = np.square(targets - predictions).sum(axis=1)
    return np.stack([rest, np.square(targets - reference.means[:, None]).sum(axis=1)])


def _mean(sums: Array, count: int) -> float:
    return float(sums.sum() / count)


def _root_of_mean(sums: Array, count: int) -> float:
    return float(np.sqrt(sums.sum() / count))


def _determination(sums: Array, _count: int) -> float:
    rest, spread = sums
    return float((1 - rest / spread).mean())


MEASURES: Mapping[str, Measure] = {
    measure.name: measure
    for measure in (
        Measure(
            "accuracy",
            "Accuracy",
            "The share of rows whose class is right: the class is that of the largest of several outputs, "
            "and for one output the target nearest to it, so that −1 and 1 part at 0, and 0 and 1 at ½, or "
            "at 0 where the output is a logit.",
            right,
            _mean,
            needs_classes=True,
        ),
        Measure("mae", "Mean absolute error", "The mean of |y − t| over rows and outputs.", _absolute, _mean),
        Measure(
            "rmse",
            "Root-mean-square error",
            "The root of the mean of (y − t)² over rows and outputs.",
            _squared,
            _root_of_mean,
        ),
        Measure(
            "r2",
            "R²",
            "1 − Σ(y − t)² / Σ(t − mean t)² over rows, the mean over the outputs: 1 where all is right, 0 "
            "where the mean of the targets would be as good.",
            _determined,
            _determination,
        ),
    )
}


def why_not_names(names: object) -> str | None:
    """None where these name measures, each once, else the sentence that says which there are."""
    if not isinstance(names, tuple) or not all(isinstance(name, str) for name in names):
        return (
            f'Measures are a list of names, such as ["{names if names in list(MEASURES) else "accuracy"}"].'
        )
    for place, name in enumerate(names):
        if name not in MEASURES:
            *others, last = MEASURES
            return f"There is no measure “{name}”; there are {', '.join(others)} and {last}."
        if name in names[:place]:
            return f"The measure {name} is asked for twice."
    return None


def need_classes(names: Sequence[str]) -> bool:
    """Whether one of these measures tells classes apart."""
    return any(MEASURES[name].needs_classes for name in names)


def pairs(graph: Graph, data: Collection[str]) -> tuple[tuple[str, str], ...]:
    """Returns the ids of each prediction and its target, of which the inputs `data` take a column.

    Raises Refused where there are none to be found.

    >>> from nodegraph.core.building.expression import parse
    >>> graph = parse("L = (w*x - goal)**2", w=1, x=2, goal=3)
    >>> [(graph.node(one).name, other) for one, other in pairs(graph, ["x", "goal"])]
    [('e', 'goal')]
    """
    found = _by_name(graph, data) or _by_flow(graph, data)
    if not found:
        raise Refused(
            "Which node predicts which column cannot be told; call the prediction y and its target t."
        )
    return tuple(found)


def edges_between(graph: Graph, data: Collection[str], pair: tuple[str, str], targets: Array) -> Array:
    """Returns where a prediction passes from each class of its target to the next: half way, but of two
    classes where `answers.level_of` says, which for a logit is 0.
    """
    classes = np.unique(targets)
    if len(classes) != 2:
        return (classes[1:] + classes[:-1]) / 2
    flows, (prediction, target) = Flows.of(Snapshot.of(graph), data), pair
    return np.array([level_of(flows, target, flows.plan.number[prediction], classes.tolist())])


def takes_signs(graph: Graph) -> bool:
    """Whether the targets of a graph, its inputs t or t1, t2, …, are to be −1 and 1: it has a hinge loss,
    relu(1 − t·y) or max(0, 1 − t·y), or what it compares with them is a tanh.

    >>> from nodegraph.core.building.expression import parse
    >>> takes_signs(parse("y = w*x; L = relu(1 - t*y)")), takes_signs(parse("y = w*x; L = (y - t)**2"))
    (True, False)
    """
    targets = [node.id for node in graph.nodes() if node.op == "input" and re.fullmatch(r"t\d*", node.name)]
    return any(_meets_tanh(graph, target) or is_in_hinge(graph, target) for target in targets)


def _meets_tanh(graph: Graph, target: str) -> bool:
    """Whether the difference of a target and a tanh is taken."""
    users = {edge.target for edge in graph.edges_from(target)}
    met = (
        edge.source for user in users for edge in graph.edges_into(user) if graph.node(user).op == "subtract"
    )
    return any(graph.node(source).op == "tanh" for source in met)


def is_in_hinge(graph: Graph, target: str) -> bool:
    """Whether a target, by id, is the t of a hinge loss, relu(1 − t·y) or max(0, 1 − t·y)."""
    ops = []
    for _ in range(3):
        users = graph.edges_from(target)
        if len(users) != 1:
            return False
        target = users[0].target
        ops.append(graph.node(target).op)
    return ops[:2] == ["multiply", "subtract"] and ops[2] in ("relu", "max")


def why_not_targets(
    names: Sequence[str], targets: Sequence[tuple[str, Array]], which: str = ""
) -> str | None:
    """None where these targets, with their names, can be measured so, else the sentence that says why not;
    `which` says of which rows they are, if not of all.
    """
    if "r2" in names:
        for name, column in targets:
            if len(column) and column.min() == column.max():
                return (
                    "R² compares with the mean of the targets, but all values of "
                    f"{name}{which} are the same; take mae or rmse instead."
                )
    if len(targets) > 1 or not need_classes(names):
        return None
    name, column = targets[0]
    if len(np.unique(column)) <= MOST_CLASSES:
        return None
    return (
        f"Accuracy counts classes, but the target {name} has more than {MOST_CLASSES} different values; take "
        "mae, rmse or r2 instead."
    )


def _by_name(graph: Graph, data: Collection[str]) -> list[tuple[str, str]]:
    found = []
    for node_id in data:
        number = re.fullmatch(r"t(\d*)", graph.node(node_id).name)
        prediction = graph.named(f"y{number[1]}") if number is not None else None
        if prediction is not None:
            found.append((prediction.id, node_id))
    return found


def _by_flow(graph: Graph, data: Collection[str]) -> list[tuple[str, str]]:
    flows = Flows.of(Snapshot.of(graph), data)
    _, targets = flows.features_and_targets()
    answers = ((flows.answer_of(target), target) for target in targets if target in data)
    return [(flows.plan.ids[node], target) for node, target in answers if node is not None]
