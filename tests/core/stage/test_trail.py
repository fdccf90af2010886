"""The steps of a run that are kept, and the runs of a document in bounded memory."""

from __future__ import annotations

import numpy as np
import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.errors import Refused
from nodegraph.core.graph.edits import remove, set_value
from nodegraph.core.stage.trail import MOST_RUNS, Runs, Trail
from nodegraph.core.training.descent import Training
from nodegraph.core.training.setup import Setup


def trained(steps: int) -> Training:
    training = Training(parse("L = (w*2 + b - 9)**2", w=3, b=1), Setup(settings={"rate": 0.05}))
    for _ in range(steps):
        training.step()
    return training


def made_up(kept: int, parameters: int = 1) -> Trail:
    steps = np.arange(kept)
    ids = tuple(f"w{place}" for place in range(parameters))
    numbers = np.repeat(steps[:, None] * 1.0, parameters, axis=1)
    return Trail(ids, Setup(), steps, steps * 1.0, numbers, kept - 1)


def test_a_trail_holds_every_step_with_its_loss_and_the_newest() -> None:
    training = Training(parse("L = (w*2 + b - 9)**2", w=3, b=1), Setup(settings={"rate": 0.05}))
    seen = [(training.steps_done, training.loss(), training.values())]
    for _ in range(5):
        training.step()
        seen.append((training.steps_done, training.loss(), training.values()))
    trail = Trail.of(training)
    assert [
        (s, loss, trail.values(i)) for i, (s, loss) in enumerate(zip(trail.steps, trail.losses, strict=True))
    ] == seen


def test_a_trail_stays_as_it_was_while_the_training_goes_on() -> None:
    training = trained(3)
    trail = Trail.of(training)
    before = trail.parameters.copy()
    for _ in range(40):
        training.step()
    assert (trail.parameters == before).all()
    assert trail.steps.tolist() == [0, 1, 2, 3]


def test_a_training_that_has_taken_no_step_has_a_trail_of_one() -> None:
    trail = Trail.of(trained(0))
    assert (trail.steps.tolist(), trail.losses.tolist(), trail.values(0)) == (
        [0],
        [4.0],
        {"w": 3.0, "b": 1.0},
    )


def test_thinned_the_first_and_the_newest_stay() -> None:
    assert made_up(8).thinned().steps.tolist() == [0, 2, 4, 6, 7]
    assert made_up(9).thinned().steps.tolist() == [0, 2, 4, 6, 8]


def test_measures_are_kept_with_their_steps_and_told_where_they_were_found_last() -> None:
    graph = parse("y = w*x + b\nL = (y - t)**2", w=1, b=0)
    table = {"x": np.array([0.0, 1, 2, 3]), "t": np.array([1.0, 3, 5, 7])}
    training = Training(graph, Setup(settings={"rate": 0.05}, measures=("mae",), batch=2), table)
    for _ in range(3):
        training.step()
    trail = Trail.of(training, found={"mae": 0.25})
    (name,) = trail.found
    assert np.isnan(trail.found[name]).tolist() == [False, True, False, False]
    first = float(trail.found[name][0])
    assert [trail.found_at(place)[name] for place in (0, 1)] == [first, first]
    assert trail.found_at(3) == {"mae": 0.25}


def test_a_training_that_stopped_early_is_now_where_its_best_values_are() -> None:
    graph = parse("y = w*x\nL = (y - t)**2", w=1)
    table = {"x": np.array([1.0, 2, 3, 4]), "t": np.array([1.0, 2, 3.5, 4])}
    setup = Setup(settings={"rate": 0.1}, steps=50, held_out=0.5, seed=1, patience=3)
    training = Training(graph, setup, table)
    while not training.is_done:
        training.step()
    assert training.kept_step is not None
    trail = Trail.of(training)
    assert trail.steps[trail.now] == training.kept_step < trail.steps[-1]
    assert trail.values(trail.now) == training.values()
    thin = trail.thinned()
    assert thin.steps[thin.now] == training.kept_step


def test_runs_are_numbered_and_the_longest_is_thinned_until_all_fit() -> None:
    runs = Runs(most_bytes=20 * 1024)
    first = runs.add(made_up(20, 10))
    runs.add(made_up(400, 10))
    assert [run.title for run in runs.kept] == ["Run 1", "Run 2"]
    assert runs.kept[0] is first
    long = runs.kept[1].trail
    assert (long.steps[0], long.steps[-1]) == (0, 399)
    assert len(set(np.diff(long.steps[:-1]).tolist())) == 1
    assert sum(run.trail.bytes for run in runs.kept) <= 20 * 1024


def test_where_thinning_is_not_enough_the_oldest_goes_and_the_newest_stays() -> None:
    runs = Runs(most_bytes=1000)
    for _ in range(4):
        runs.add(made_up(3, 100))
    assert [run.number for run in runs.kept] == [4]
    assert runs.get(4) is runs.kept[0]
    assert runs.get(1) is None


def test_only_so_many_runs_are_kept_and_a_new_document_begins_at_1() -> None:
    runs = Runs()
    for _ in range(MOST_RUNS + 3):
        runs.add(made_up(4))
    assert [run.number for run in runs.kept] == list(range(4, MOST_RUNS + 4))
    runs.clear()
    assert (len(runs), runs.add(made_up(4)).number) == (0, 1)


def test_the_newest_run_may_go_on_under_its_number() -> None:
    runs = Runs()
    runs.add(made_up(2))
    runs.add(made_up(4))
    assert runs.renew(made_up(6)) is runs.get(2)
    assert [len(run.trail) for run in runs.kept] == [2, 6]


def test_the_values_of_a_step_are_taken_by_one_change_that_can_be_taken_back() -> None:
    graph = parse("L = (w*2 + b - 9)**2", w=3, b=1)
    training = Training(graph, Setup(settings={"rate": 0.05}))
    for _ in range(3):
        training.step()
    trail = Trail.of(training)
    change = trail.change(graph, 2)
    graph.apply(change)
    assert change.name == "Take the values of step 2"
    assert {i: graph.node(i).value for i in trail.ids} == trail.values(2)
    graph.apply(change.inverse())
    assert {i: graph.node(i).value for i in trail.ids} == {"w": 3, "b": 1}
    with pytest.raises(Refused, match="already"):
        trail.change(graph, 0)
    graph.apply(remove(graph, ["w", "b"]))
    with pytest.raises(Refused, match="no longer there"):
        trail.change(graph, 0)


def test_the_place_of_a_graph_is_that_of_its_values_and_the_newest_before_any_other() -> None:
    graph = parse("L = (w*2 + b - 9)**2", w=3, b=1)
    training = Training(graph, Setup(settings={"rate": 0.05}))
    for _ in range(3):
        training.step()
    trail = Trail.of(training)
    assert trail.place_of(graph) == 0
    graph.apply(trail.change(graph, 2))
    assert trail.place_of(graph) == 2
    graph.apply(set_value(graph, graph.named("b").id, 7.0))
    assert trail.place_of(graph) is None
    graph.apply(remove(graph, [graph.named("w").id]))
    assert trail.place_of(graph) is None
    standing = Trail(("a",), Setup(), np.arange(3), np.zeros(3), np.full((3, 1), 2.0), 1)
    assert standing.place_of(parse("L = a + 1", a=2)) == 1
