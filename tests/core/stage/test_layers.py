"""Which parameters make a layer, and how numbers are spread."""

from __future__ import annotations

import numpy as np
import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.engine.plan import plan_of
from nodegraph.core.graph.graph import Graph
from nodegraph.core.stage.layers import histogram, layers_of, spread
from tests.core.training.test_two_moons import network


def layers(graph: Graph, features: list[str]) -> dict[str, list[str]]:
    """The names in each layer, by its title."""
    trained = [node.id for node in graph.nodes() if node.learns]
    found = layers_of(plan_of(graph), trained, [graph.named(name).id for name in features])
    return {layer.title: [graph.node(trained[place]).name for place in layer.places] for layer in found}


def test_the_demo_has_three_layers_also_with_its_penalty_on_all_weights() -> None:
    found = layers(network(), ["x1", "x2"])
    assert {title: len(names) for title, names in found.items()} == {
        "Layer 1": 48,
        "Layer 2": 272,
        "Layer 3": 17,
    }
    assert all(name.startswith("h1_") for name in found["Layer 1"])
    assert all(name.startswith("y_") for name in found["Layer 3"])


def test_a_function_of_a_parameter_acts_where_it_meets_the_data() -> None:
    graph = parse("h = tanh(exp(s)*x + a)\ny = v*h\nL = (y - t)**2")
    for name in ("x", "t"):
        node = graph.named(name)
        graph = graph.with_values({node.id: 1.0})
    trained = [graph.named(name).id for name in ("s", "a", "v")]
    found = layers_of(plan_of(graph), trained, [graph.named("x").id])
    assert [[trained[place] for place in layer.places] for layer in found] == [trained[:2], trained[2:]]


def test_without_features_all_parameters_are_one_layer() -> None:
    assert layers(parse("L = (w*2 + b - 9)**2"), []) == {"Parameters": ["w", "b"]}


@pytest.mark.parametrize(
    "numbers", [[0.0], [3.0, 3.0], [-1e308, 1e308], [1e-320, 5e-321], [2.0, np.nan, np.inf], [np.nan], []]
)
def test_a_histogram_counts_every_finite_number_once(numbers: list[float]) -> None:
    found = histogram(np.array(numbers), bins=7)
    finite = np.isfinite(numbers)
    assert (found.counts.sum(), found.not_finite) == (finite.sum(), (~finite).sum())
    assert (np.diff(found.edges) >= 0).all()
    inside = np.array(numbers)[finite]
    if len(inside):
        assert found.edges[0] <= inside.min()
        assert found.edges[-1] >= inside.max()


def test_each_layer_has_a_histogram_of_its_own() -> None:
    graph = network()
    trained = [node.id for node in graph.nodes() if node.learns]
    found = layers_of(plan_of(graph), trained, ["x1", "x2"])
    numbers = np.zeros(len(trained))
    numbers[found[1].places] = 2.0
    shown = spread(found, numbers)
    assert list(shown) == ["Layer 1", "Layer 2", "Layer 3"]
    assert shown["Layer 2"].edges.mean() == pytest.approx(2.0)
    assert shown["Layer 1"].edges.mean() == pytest.approx(0.0)
