"""Measures of predictions beside the numbers of scikit-learn, and which node predicts which column."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.networks import mlp
from nodegraph.core.errors import Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.core.training.descent import Training
from nodegraph.core.training.measures import MEASURES, edges_between, pairs, why_not_targets
from nodegraph.core.training.setup import Setup

Y = np.array([[0.2, 1.7, -0.4, 3.1, 2.2], [1.0, 0.5, 0.0, -1.5, 2.5]])
T = np.array([[0.0, 2.0, 0.0, 3.0, 1.0], [1.0, 1.0, 0.0, -1.0, 2.0]])


@pytest.mark.parametrize(
    ("name", "expected"),
    [("mae", 0.37), ("rmse", 0.498998997994986), ("r2", 0.7999434389140272)],
)
def test_errors_are_those_of_scikit_learn(name: str, expected: float) -> None:
    """What scikit-learn 1.9.1 gave: mean_absolute_error, the root of mean_squared_error, r2_score."""
    assert MEASURES[name].value(Y, T, np.zeros(0)) == pytest.approx(expected, rel=1e-12)


def test_accuracy_counts_the_side_of_the_middle_between_two_targets() -> None:
    accuracy = MEASURES["accuracy"].value
    signs, bits = np.array([0.0]), np.array([0.5])
    assert accuracy(np.array([[-0.1, 0.1, 5.0, -3.0]]), np.array([[-1.0, 1.0, -1.0, -1.0]]), signs) == 0.75
    assert accuracy(np.array([[0.49, 0.51, 0.1, 0.9]]), np.array([[0.0, 1.0, 1.0, 1.0]]), bits) == 0.75
    assert accuracy(np.array([[math.nan, math.inf]]), np.array([[0.0, 1.0]]), bits) == 0


@pytest.mark.parametrize(
    ("text", "targets", "edges"),
    [
        ("y = sigmoid(w*x); L = (y - t)**2", [0, 1], [0.5]),
        ("y = w*x; L = relu(1 - t*y)", [-1, 1], [0]),
        ("y = w*x; L = softplus(y) - t*y", [0, 1], [0]),
        ("p = sigmoid(w*x); L = -t*log(p) - (1 - t)*log(1 - p)", [0, 1], [0.5]),
        ("y = w*x; L = (y - t)**2", [1, 2, 5], [1.5, 3.5]),
    ],
)
def test_classes_meet_where_the_boundary_is_drawn(text: str, targets: list[int], edges: list[float]) -> None:
    graph = parse(text, w=1)
    ids = [node.id for name in ("x", "t") if (node := graph.named(name)) is not None]
    (pair,) = pairs(graph, ids)
    assert edges_between(graph, ids, pair, np.array(targets, dtype=float)).tolist() == edges


def test_accuracy_of_several_outputs_counts_the_largest() -> None:
    found = np.array([[0.7, 0.2, 0.1], [0.2, 0.5, 0.4], [0.1, 0.3, 0.5]])
    wanted = np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 0.0], [0.0, 0.0, 0.0]])
    assert MEASURES["accuracy"].value(found, wanted, np.zeros(0)) == pytest.approx(2 / 3)


def names(graph: Graph, *data: str) -> list[tuple[str, str]]:
    ids = [node.id for name in data if (node := graph.named(name)) is not None]
    return [(graph.node(one).name, graph.node(other).name) for one, other in pairs(graph, ids)]


@pytest.mark.parametrize("loss", ["squared", "cross_entropy", "hinge"])
def test_networks_predict_with_their_outputs(loss: str) -> None:
    graph = Graph()
    graph.apply(mlp(graph, [2, 3, 1], "tanh", "linear" if loss == "hinge" else "sigmoid", loss))
    assert names(graph, "x1", "x2", "t") == [("y", "t")]


def test_a_softmax_predicts_with_its_shares() -> None:
    graph = Graph()
    graph.apply(mlp(graph, [2, 3, 3], "tanh", "linear", "softmax", penalty=0.01))
    assert names(graph, "x1", "x2", "t1", "t2", "t3") == [("y1", "t1"), ("y2", "t2"), ("y3", "t3")]


def test_elsewhere_what_a_target_is_compared_with_predicts() -> None:
    assert names(parse("p = w*x + b; L = (p - goal)**2", w=1, b=0), "x", "goal") == [("p", "goal")]
    assert names(parse("p = w*x + b; L = relu(1 - side*p)", w=1, b=0), "x", "side") == [("p", "side")]


def test_a_handwritten_cross_entropy_predicts_with_its_probability() -> None:
    text = "p = sigmoid(w*x + b); L = -side*log(p) - (1 - side)*log(1 - p)"
    assert names(parse(text, w=1, b=0), "x", "side") == [("p", "side")]


def test_where_it_cannot_be_told_the_sentence_says_how_to_name_them() -> None:
    with pytest.raises(Refused, match="call the prediction y and its target t"):
        names(parse("L = exp(w*x)", w=1), "x")


def test_a_target_with_hundreds_of_values_tells_no_classes() -> None:
    column = np.arange(500.0)
    said = (
        "Accuracy counts classes, but the target t has more than 100 different values; take mae, rmse or r2 "
        "instead."
    )
    assert why_not_targets(["accuracy"], [("t", column)]) == said
    assert why_not_targets(["r2"], [("t", column)]) is None
    assert why_not_targets(["accuracy"], [("t1", column), ("t2", column)]) is None


def test_a_target_that_never_differs_has_no_r2() -> None:
    targets = [("t1", np.array([0.0, 1.0])), ("t2", np.zeros(2))]
    said = "R² compares with the mean of the targets, but all values of t2 are the same; take mae or rmse"
    assert why_not_targets(["mae", "r2"], targets) == f"{said} instead."
    assert why_not_targets(["mae", "rmse"], targets) is None


def test_targets_that_never_differ_in_the_rows_held_out_have_no_r2_either() -> None:
    graph, columns = parse("y = w*x; L = (y - t)**2", w=1), {"x": [1, 2, 3, 4, 5], "t": [1, 2, 3, 4, 4]}
    said = "R² compares with the mean of the targets, but all values of t that are {} are the same; take"
    with pytest.raises(Refused, match=re.escape(said.format("held out"))):
        Training(graph, Setup(measures=("r2",), held_out=0.2), columns)
    marked = columns | {"t": [2, 2, 2, 3, 4], "h": [0, 0, 0, 1, 1]}
    with pytest.raises(Refused, match=re.escape(said.format("trained on"))):
        Training(graph, Setup(measures=("r2",), held_by="h"), marked)
    Training(graph, Setup(measures=("r2",), held_out=0.4, seed=1), {"x": columns["x"], "t": columns["x"]})


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_says_what_it_is(name: str) -> None:
    assert MEASURES[name].definition.endswith(".")
    assert MEASURES[name].title
