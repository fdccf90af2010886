"""Targets that no prediction can become are told, and no others."""

from __future__ import annotations

import numpy as np
import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.networks import mlp
from nodegraph.core.data import suitability
from nodegraph.core.data.suitability import unsuitable
from nodegraph.core.graph.graph import Graph


def told(graph: Graph, targets: list[float], name: str = "t") -> list[str]:
    target = graph.named(name)
    assert target is not None
    names = ("x", "x1", "x2")
    bindings = {node.id: "x" for node in graph.nodes() if node.name in names} | {target.id: "goal"}
    return unsuitable(graph, {"x": np.ones(len(targets)), "goal": np.array(targets)}, bindings)


def network(output: str, loss: str) -> Graph:
    graph = Graph()
    graph.apply(mlp(graph, [2, 3, 1], "tanh", output, loss))
    return graph


@pytest.mark.parametrize(
    ("output", "loss", "fitting", "not_fitting"),
    [
        ("sigmoid", "squared", [0, 0.3, 1], [0, 0.3, 2.5]),
        ("sigmoid", "cross_entropy", [0, 1, 1], [-1, 1, 1]),
        ("tanh", "squared", [-1, 0, 1], [-1, 0, 1.5]),
        ("relu", "squared", [0, 7, 1e9], [0, 7, -1]),
        ("linear", "hinge", [-1, 1, 1], [0, 1, 1]),
    ],
)
def test_what_an_output_cannot_become_is_told(
    output: str, loss: str, fitting: list[float], not_fitting: list[float]
) -> None:
    graph = network(output, loss)
    assert told(graph, fitting) == []
    assert len(told(graph, not_fitting)) == 1
    assert told(network("linear", "squared"), not_fitting) == []


@pytest.mark.parametrize(
    ("text", "targets", "said"),
    [
        (
            "y = sigmoid(w*x); L = (y - t)**2",
            [0, 1, 7.25],
            "The sigmoid y lies between 0 and 1, but its target t holds 7.25; make the output linear, with a "
            "squared loss.",
        ),
        (
            "y = sigmoid(w*x); L = (y - t)**2",
            [50, 70, 50],
            "The sigmoid y lies between 0 and 1, but its target t holds 70; make the output linear, with a "
            "squared loss.",
        ),
        (
            "y = tanh(w*x); L = (y - t)**2",
            [0, 2, 2],
            "The tanh y lies between −1 and 1, but its target t holds 2; write its classes as −1 and 1.",
        ),
        (
            "y = relu(w*x); L = (y - t)**2",
            [-1, 1, 1],
            "The relu y lies from 0 on, but its target t holds −1; write its classes as 0 and 1.",
        ),
        (
            "y = w*x; L = softplus(y) - t*y",
            [-1, 1, 1],
            "A cross-entropy takes the classes 0 and 1, but t holds −1.",
        ),
        (
            "y = w*x; L = relu(1 - t*y)",
            [0, 1, 1],
            "A hinge loss takes the classes −1 and 1, but t holds 0 and 1; write −1 for 0.",
        ),
    ],
)
def test_the_sentence_says_what_to_do(text: str, targets: list[float], said: str) -> None:
    assert told(parse(text, w=1), targets) == [said]


def test_gaps_are_no_numbers_and_wrong_bindings_are_told_elsewhere() -> None:
    graph = parse("y = sigmoid(w*x); L = (y - t)**2", w=1)
    assert told(graph, [np.nan, 0, 1]) == []
    assert told(graph, [np.nan, np.nan]) == []
    x, t = (node.id for node in graph.nodes() if node.name in ("x", "t"))
    assert unsuitable(graph, {"x": np.ones(2)}, {x: "x", t: "none", "nobody": "x"}) == []
    assert unsuitable(parse("L = exp(w*x)", w=1), {"x": np.ones(2)}, {}) == []


def test_a_very_large_graph_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = network("sigmoid", "squared")
    assert told(graph, [5.0, 6.0])
    monkeypatch.setattr(suitability, "MOST_NODES", 5)
    assert told(graph, [5.0, 6.0]) == []


def test_an_output_that_is_muted_passes_any_number() -> None:
    assert told(parse("y = muted(sigmoid(w*x)); L = (y - t)**2", w=1), [5, 6]) == []
