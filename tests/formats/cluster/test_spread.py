"""A training on rows that lie elsewhere: without a cluster, on parts in this process."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.networks import mlp
from nodegraph.core.data.generators import generate
from nodegraph.core.errors import Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.core.training.descent import Training
from nodegraph.core.training.setup import Setup
from nodegraph.core.training.tables import Table
from nodegraph.formats.cluster.spread import Lost, SpreadTraining
from tests.core.training.test_two_moons import network, two_moons

SETUP = Setup(settings={"rate": 1.0}, steps=100, schedule="1 - 0.9*k/n")


class Here:
    """Rows in parts in this process; lost after so many questions."""

    def __init__(self, parts: Sequence[np.ndarray], last: float = math.inf) -> None:
        self.parts, self.held, self.last, self.asked = list(parts), [], last, 0
        self.sizes = [part.shape[1] for part in parts]

    def set_apart(self, held: Sequence[np.ndarray]) -> None:
        self.held = [part[:, rows] for part, rows in zip(self.parts, held, strict=True)]
        self.parts = [np.delete(part, rows, axis=1) for part, rows in zip(self.parts, held, strict=True)]

    def hold(self, thing: Any) -> Any:
        return thing

    def ask(
        self,
        task: Callable[..., Any],
        *given: Any,
        chosen: Sequence[np.ndarray] | None = None,
        held: bool = False,
    ) -> list[Any]:
        self.asked += 1
        if self.asked > self.last:
            raise Lost("They are gone.")
        parts = self.held if held else self.parts
        if chosen is not None:
            parts = [part[:, rows] for part, rows in zip(parts, chosen, strict=True)]
        return [task(part, *given) for part in parts if part.shape[1]]


def spread(
    sizes: Sequence[int],
    table: Table | None = None,
    last: float = math.inf,
    setup: Setup = SETUP,
    graph: Graph | None = None,
    known: int = 5,
) -> SpreadTraining:
    """A training, of the demo where no other graph is given, on parts of these sizes."""
    table = two_moons() if table is None else table

    def spreading(columns: Sequence[str]) -> Here:
        data = np.array([table.column(name) for name in columns])
        return Here(np.split(data, np.cumsum(sizes)[:-1], axis=1), last)

    first = Table("", tuple((name, tuple(table.column(name)[:known])) for name in table.names))
    return SpreadTraining(network() if graph is None else graph, setup, first, None, spreading)


@pytest.mark.parametrize("sizes", [[100], [50, 50], [1, 60, 7, 32]])
def test_losses_and_gradients_are_those_of_a_training_here(sizes: list[int]) -> None:
    here, there = Training(network(), SETUP, two_moons()), spread(sizes)
    assert there.rows == 100
    assert there.loss() == pytest.approx(here.loss(), rel=1e-12)
    for _ in range(20):
        expected, found = here.step(), there.step()
        assert found.loss == pytest.approx(expected.loss, rel=1e-12)
        np.testing.assert_allclose(found.gradients, expected.gradients, rtol=1e-12, atol=1e-12)


def test_it_ends_at_the_parameters_whose_loss_is_known_when_the_rows_are_lost() -> None:
    training = spread([40, 60], last=3)
    for _ in range(3):
        training.step()
    before = training.last.before if training.last is not None else None
    with pytest.raises(Lost):
        training.step()
    training.end("They are gone.")
    assert (training.steps_done, training.stopped, training.is_done) == (2, "They are gone.", True)
    assert training.parameters is before
    assert training.loss() == training.history.losses[2]
    assert training.course()[:, 0].tolist() == [0, 1, 2]


def test_a_row_that_is_not_finite_is_told_by_its_place_among_all() -> None:
    table = two_moons()
    x1 = table.column("x1").copy()
    x1[77] = np.inf
    table = Table("", (("x1", tuple(x1)), ("x2", table.columns[1][1]), ("t", table.columns[2][1])))
    training = spread([40, 60], table)
    training.step()
    assert training.stopped is not None
    assert "in row 78" in training.stopped


@pytest.mark.parametrize("sizes", [[100], [1, 60, 7, 32], [0, 99, 1]])
@pytest.mark.parametrize(
    "setup",
    [
        replace(SETUP, batch=16, seed=3),
        replace(SETUP, held_out=0.2, seed=1),
        replace(SETUP, measures=("accuracy", "mae", "rmse", "r2")),
        replace(SETUP, batch=7, held_out=0.3, seed=5, patience=4, measures=("accuracy",)),
    ],
)
def test_batches_held_out_rows_and_measures_are_those_of_a_training_here(
    setup: Setup, sizes: list[int]
) -> None:
    setup = replace(setup, steps=60)
    here, there = Training(network(), setup, two_moons()), spread(sizes, setup=setup)
    while not here.is_done:
        expected, found = here.step(), there.step()
        assert found.loss == pytest.approx(expected.loss, rel=1e-12)
        np.testing.assert_allclose(found.gradients, expected.gradients, rtol=1e-12, atol=1e-12)
        assert (found.rows is None) == (expected.rows is None)
        assert found.rows is None or found.rows.tolist() == expected.rows.tolist()
    assert there.is_done
    assert (there.rows, there.columns, there.kept_step) == (here.rows, here.columns, here.kept_step)
    assert there.history_table()[0] == here.history_table()[0]
    np.testing.assert_allclose(there.course(), here.course(), rtol=1e-11, atol=1e-12)


def test_measures_of_several_outputs_are_those_here() -> None:
    graph, table = Graph(), generate("gauss", 60, 0.4, 2)
    t = table.column("t")
    table = Table("", (*((n, table.column(n)) for n in ("x1", "x2")), ("t1", 1 - t), ("t2", t)))
    graph.apply(mlp(graph, [2, 3, 2], "tanh", "linear", "softmax"))
    setup = Setup(steps=5, held_out=0.25, seed=2, measures=("accuracy", "r2"))
    here, there = Training(graph, setup, table), spread([20, 40], table, setup=setup, graph=graph)
    for _ in range(5):
        here.step(), there.step()
    np.testing.assert_allclose(there.course(), here.course(), rtol=1e-12, atol=1e-12)


def test_a_batch_or_a_share_is_held_to_all_the_rows() -> None:
    setup = replace(SETUP, batch=80, held_out=0.2)
    assert spread([50, 50], setup=setup).rows == 80  # of which 5 are known here
    with pytest.raises(Refused, match="A batch of 81 rows is more than the 80 rows that are not held out"):
        spread([50, 50], setup=replace(setup, batch=81))


def test_measures_that_cannot_be_are_refused() -> None:
    table = Table("", (("x", tuple(range(300))), ("t", tuple(range(300)))))
    graph = parse("y = w*x; L = (y - t)**2", w=1)
    with pytest.raises(Refused, match="the target t has more than 100 different values"):
        spread([100, 200], table, setup=Setup(measures=("accuracy",)), graph=graph)
    assert spread([100, 200], table, setup=Setup(measures=("mae",)), graph=graph).found().tolist() == [0.0]
    one = Table("", (("x", (1.0, 2.0)),))
    with pytest.raises(Refused, match="call the prediction y and its target t"):
        spread([2], one, setup=Setup(measures=("mae",)), graph=parse("L = exp(w*x)", w=1))


@pytest.mark.filterwarnings("ignore::nodegraph.core.training.matching.UnusedData")
def test_no_bound_input_is_no_row_to_go_over() -> None:
    with pytest.raises(Refused, match="No input takes a column of the data"):
        spread([2], Table("", (("z", (1.0, 2.0)),)), graph=parse("L = (w*3 - 1)**2", w=1))


def test_a_row_of_a_batch_that_is_not_finite_is_told_as_here() -> None:
    table = two_moons()
    x1 = table.column("x1").copy()
    x1[[55, 77]] = 1e200, 1e160
    table = Table("", (("x1", tuple(x1)), ("x2", table.columns[1][1]), ("t", table.columns[2][1])))
    graph = parse("y = (x1*x1)*w + x2*w; L = (y - t)**2", w=1)
    setup = Setup(batch=100, seed=1, held_out=0.0)
    for seed in range(4):
        setup = Setup(batch=90, seed=seed)
        here, there = Training(graph, setup, table), spread([40, 60], table, setup=setup, graph=graph)
        here.step(), there.step()
        assert here.stopped is not None
        assert "in row" in here.stopped
        assert there.stopped == here.stopped


def test_when_the_rows_are_lost_between_batches_the_loss_over_all_is_not_known() -> None:
    training = spread([40, 60], last=8, setup=replace(SETUP, batch=10))
    with pytest.raises(Lost):
        list(iter(training.step, None))
    training.end("They are gone.")
    assert training.stopped == "They are gone. What the loss over all rows is now is not known."
    assert math.isnan(training.loss())
    assert len(training.course()) == training.steps_done + 1
