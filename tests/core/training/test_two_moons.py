"""The demo that made micrograd known: two moons, a 2-16-16-1 network, hinge loss with L2, a falling rate.

Its notebook prints the loss of step 0 and of step 99; data and first weights come from the same seeds.
"""

from __future__ import annotations

import itertools
import random

import pytest

from nodegraph.core.building.networks import mlp
from nodegraph.core.data.generators import generate
from nodegraph.core.graph.graph import Graph
from nodegraph.core.training.descent import Training
from nodegraph.core.training.setup import Setup
from nodegraph.core.training.tables import Table

PRINTED = {0: 0.8958441028683222, 99: 0.010978370135492717}
SEED = 1337
SIZES = (2, 16, 16, 1)


def two_moons() -> Table:
    """The demo's data, as scikit-learn draws them."""
    return generate("moons", 100, 0.1, SEED, signed=True)


def network() -> Graph:
    """The network as Insert ▸ Network makes it of the notebook's seed, neuron by neuron."""
    graph = Graph()
    graph.apply(mlp(graph, SIZES, "relu", "linear", "hinge", penalty=1e-4, start="unit", seed=SEED))
    return graph


def test_the_first_weights_are_those_that_python_draws() -> None:
    drawn = random.Random(SEED)
    values = {node.name: node.value for node in network().nodes()}
    for layer, (before, neurons) in enumerate(itertools.pairwise(SIZES), 1):
        for neuron in range(1, neurons + 1):
            name = f"h{layer}_{neuron}" if layer < 3 else "y"
            for port in range(1, before + 1):
                assert values[f"{name}_w{port}"] == drawn.uniform(-1, 1)
            assert values[f"{name}_b"] == 0


def test_the_losses_are_those_that_the_notebook_prints() -> None:
    setup = Setup(settings={"rate": 1.0}, steps=100, schedule="1 - 0.9*k/n")
    training = Training(network(), setup, two_moons())
    assert len(training.ids) == 337
    losses = [training.step().loss for _ in range(100)]
    for step, loss in PRINTED.items():
        assert losses[step] == pytest.approx(loss, rel=1e-14)  # the last digit rests on the order of a sum
