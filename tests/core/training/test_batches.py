"""Training in batches, with rows held out, measures and patience: what is taken, found, and what stops it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.networks import mlp
from nodegraph.core.errors import Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.core.training.descent import Training
from nodegraph.core.training.setup import Setup

GENERATOR = np.random.default_rng(1)
X = GENERATOR.normal(size=40)
POINTS = {"x": X, "t": 3 * X - 1 + 0.1 * GENERATOR.normal(size=40)}


def line(**asked: object) -> Training:
    """y = w·x + b over forty points near 3x − 1."""
    graph = parse("y = w*x + b; L = (y - t)**2", w=0.5, b=0)
    setup = Setup(settings={"rate": 0.05}, steps=30)
    return Training(graph, replace(setup, **asked), POINTS)  # type: ignore[arg-type]


def finish(training: Training) -> Training:
    while not training.is_done:
        training.step()
    return training


# --- batches
def test_a_step_takes_the_mean_over_its_batch() -> None:
    training = line(batch=8, seed=4)
    order = np.random.default_rng([4, 1]).permutation(40)
    w, b = 0.5, 0.0
    for k in range(5):
        rows = order[8 * k : 8 * k + 8]
        rest = w * X[rows] + b - POINTS["t"][rows]
        update = training.step()
        assert update.rows is not None
        assert update.rows.tolist() == rows.tolist()
        assert update.loss == pytest.approx(np.square(rest).mean(), rel=1e-12)
        w, b = w - 0.05 * (2 * rest * X[rows]).mean(), b - 0.05 * (2 * rest).mean()
        assert training.values() == pytest.approx({"w": w, "b": b}, rel=1e-12)


def test_a_batch_of_all_rows_takes_the_same_steps_as_no_batch() -> None:
    whole, batched = finish(line()), finish(line(batch=40))
    assert batched.history.table.tolist() == whole.history.table.tolist()
    assert batched.last is not None
    assert batched.last.rows is None


def test_a_run_in_batches_can_be_repeated() -> None:
    one, other, third = (finish(line(batch=7, seed=seed)).values() for seed in (3, 3, 4))
    assert one == other
    assert one != third


def test_one_batch_that_changes_nothing_is_no_arrival() -> None:
    graph = parse("y = w*x; L = relu(1 - t*y)", w=1.0)
    table = {"x": np.array([2.0, 2.0, 2.0, 0.5]), "t": np.ones(4)}
    training = Training(graph, Setup(settings={"rate": 0.2}, steps=200, batch=1), table)
    finish(training)
    assert training.values()["w"] >= 2
    assert training.has_arrived
    assert training.stopped is not None
    assert "the loss is 0, the least it can be" in training.stopped


def test_the_row_that_left_the_numbers_is_that_of_the_table() -> None:
    table = {"x": np.array([1.0, 2.0, -3.0, 4.0]), "t": np.ones(4)}
    training = Training(parse("L = (log(x) + w - t)**2", w=1), Setup(steps=4, batch=2, seed=1), table)
    finish(training)
    assert training.stopped is not None
    assert "in row 3" in training.stopped


# --- what is found
def test_rows_that_are_held_out_are_not_trained_on_and_have_a_loss_of_their_own() -> None:
    training = line(held_out=0.25, seed=2)
    held = training.division.held
    assert (training.rows, len(held), training.columns) == (30, 10, ("held_out_loss",))
    changed = {name: numbers.copy() for name, numbers in POINTS.items()}
    changed["t"][held] += 100
    graph = parse("y = w*x + b; L = (y - t)**2", w=0.5, b=0)
    other = Training(graph, training.setup, changed)
    finish(training), finish(other)
    assert training.values() == other.values()
    w, b = training.values()["w"], training.values()["b"]
    expected = np.square(w * X[held] + b - POINTS["t"][held]).mean()
    assert training.found().tolist() == pytest.approx([expected], rel=1e-12)
    assert other.found()[0] > 1000


def test_measures_are_found_once_an_epoch_over_all_rows() -> None:
    training = finish(line(batch=10, held_out=0.5, measures=("mae", "r2"), steps=6))
    names, table = training.history_table()
    assert names == (
        "step",
        "loss",
        "held_out_loss",
        "mae",
        "held_out_mae",
        "r2",
        "held_out_r2",
        "w",
        "b",
    )
    assert np.isfinite(table[:, 2]).tolist() == [True, False, True, False, True, False, True]
    w, b = table[2, 7:]
    rest = w * X + b - POINTS["t"]
    assert table[2, 3] == pytest.approx(np.abs(rest[training.division.kept]).mean(), rel=1e-12)
    assert table[2, 4] == pytest.approx(np.abs(rest[training.division.held]).mean(), rel=1e-12)


def test_accuracy_of_a_network_rises() -> None:
    points = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    table = {"x1": points[:, 0], "x2": points[:, 1], "t": np.array([0.0, 1, 1, 0])}
    graph = Graph()
    graph.apply(mlp(graph, [2, 4, 1], "tanh", "sigmoid", "cross_entropy", seed=0))
    setup = Setup(settings={"rate": 0.5}, steps=300, measures=("accuracy",))
    training = finish(Training(graph, setup, table))
    course = training.history.column("accuracy")
    assert course[0] < 1
    assert training.found().tolist() == [1.0]


# --- patience
def overfitting(**asked: object) -> Training:
    """A polynomial that fits four points exactly, with other points held out."""
    generator = np.random.default_rng(0)
    x = np.linspace(-1, 1, 12)
    table = {"x": x, "t": x + 0.4 * generator.normal(size=12)}
    graph = parse(
        "y = a + b*x + c*x**2 + d*x**3 + e*x**4 + f*x**5; L = (y - t)**2", a=0, b=0, c=0, d=0, e=0, f=0
    )
    setup = Setup("minimise", "adam", {"rate": 0.05}, 2000, held_out=0.5, seed=0)
    return Training(graph, replace(setup, **asked), table)  # type: ignore[arg-type]


def test_patience_stops_and_keeps_the_best_step() -> None:
    training = finish(overfitting(patience=20))
    losses = training.history.column("held_out_loss")
    best = int(np.argmin(losses))
    assert training.kept_step == best
    assert training.steps_done == best + 20 == len(losses) - 1
    assert training.parameters.tolist() == training.history.trails[best].tolist()
    assert training.loss() == pytest.approx(training.history.losses[best], rel=1e-12)
    assert training.found()[0] == pytest.approx(losses[best], rel=1e-12)
    assert training.has_arrived
    assert training.stopped is not None
    assert training.stopped.startswith(
        f"Stopped early after {best + 20} steps: the held-out loss has not become better for 20 epochs. "
        f"Kept are the values after {best} steps, where it was "
    )
    assert training.course().tolist() == training.history.table.tolist()


def test_without_patience_it_goes_on() -> None:
    assert finish(overfitting(steps=300)).steps_done == 300


def test_without_held_out_rows_the_loss_over_all_rows_is_looked_at() -> None:
    training = finish(line(settings={"rate": 0.05}, batch=5, patience=4, steps=5000, seed=1))
    assert training.kept_step is not None
    assert training.stopped is not None
    assert "the loss has not become better for 4 epochs" in training.stopped
    assert training.steps_done % training.division.steps_in_epoch == 0
    assert f"where it was {training.loss():.4g}".rstrip("0") in training.stopped


def test_after_an_early_stop_it_can_go_on() -> None:
    training = finish(overfitting(patience=5))
    steps, best = training.steps_done, training.parameters
    training.go_on(replace(training.setup, patience=0, steps=10))
    assert (training.kept_step, training.stopped) == (None, None)
    update = training.step()
    assert update.before.tolist() == best.tolist()
    assert training.steps_done == steps + 1


def test_a_nan_on_the_held_out_rows_is_no_better_loss() -> None:
    table = {"x": np.array([1.0, 2.0, -1.0, 3.0]), "t": np.ones(4)}
    graph = parse("L = (log(x)*w - t)**2", w=1)
    setup = Setup(settings={"rate": 0.01}, steps=50, held_out=0.25, patience=3)
    seed = next(s for s in range(99) if 2 in Training(graph, replace(setup, seed=s), table).division.held)
    training = finish(Training(graph, replace(setup, seed=seed), table))
    assert math.isnan(training.history.column("held_out_loss")[0])
    assert training.kept_step == 0


# --- going on, and what is refused
def test_going_on_with_other_rows_keeps_the_course() -> None:
    training = finish(line(steps=4))
    training.go_on(replace(training.setup, batch=10, held_out=0.5, measures=("r2",)))
    finish(training)
    names, table = training.history_table()
    assert names[:5] == ("step", "loss", "held_out_loss", "r2", "held_out_r2")
    assert table[:, 0].tolist() == list(range(9))
    assert np.isnan(table[:4, 2]).all()
    assert np.isfinite(table[4, 2])


def test_a_measure_of_what_cannot_be_told_is_refused() -> None:
    graph = parse("L = exp(w*x)", w=1)
    with pytest.raises(Refused, match="call the prediction y and its target t"):
        Training(graph, Setup(measures=("r2",)), {"x": X})
    training = Training(graph, Setup(), {"x": X})
    with pytest.raises(Refused, match="call the prediction y and its target t"):
        training.go_on(Setup(measures=("r2",)))
    with pytest.raises(Refused, match="A batch of 41 rows is more than the 40 rows of the data"):
        training.go_on(Setup(batch=41))


def test_stopping_in_the_middle_of_a_step_changes_nothing_in_batches_too() -> None:
    training = overfitting(patience=2, batch=3, measures=("mae",))
    for _ in range(6):
        training.step()
    before = repr((training.values(), training.history_table()[1].tolist()))  # it holds NaN
    for cut in range(1, 4):
        parts = training.stepping()
        for _ in range(cut):
            if next(parts) == 1:
                raise AssertionError("the step is over")
    assert repr((training.values(), training.history_table()[1].tolist())) == before
