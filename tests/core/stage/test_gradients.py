"""Mean gradients at any values, beside those that a training finds."""

from __future__ import annotations

import pytest

from nodegraph.core.stage.gradients import Gradients
from nodegraph.core.training.answers import Snapshot
from nodegraph.core.training.descent import Training
from nodegraph.core.training.setup import Setup
from tests.core.training.test_two_moons import network, two_moons


def test_the_gradients_of_a_step_are_found_again_from_its_values() -> None:
    graph, table = network(), two_moons()
    training = Training(graph, Setup(settings={"rate": 0.5}), table)
    updates = [training.step() for _ in range(3)]
    found = Gradients(
        Snapshot.of(graph), {graph.named(name).id: numbers for name, numbers in table.arrays.items()}
    )
    assert found.ids == training.ids
    for update in updates:
        values = dict(zip(training.ids, update.before.tolist(), strict=True))
        mean = found.at(values)
        assert mean.loss == pytest.approx(update.loss, rel=1e-12)
        assert mean.gradients == pytest.approx(update.gradients, rel=1e-9, abs=1e-15)


def test_values_that_are_left_out_are_those_of_the_graph() -> None:
    graph, table = network(), two_moons()
    found = Gradients(
        Snapshot.of(graph), {graph.named(name).id: numbers for name, numbers in table.arrays.items()}
    )
    first = found.ids[0]
    assert found.parameters({}).tolist() == [graph.node(i).value for i in found.ids]
    assert found.parameters({first: 0.25})[0] == 0.25
