"""Gradient descent: published steps to their last digit, rows of data, what stops it, and what it leaves."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.networks import mlp
from nodegraph.core.engine import batch
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import Refused
from nodegraph.core.graph.edits import disconnect, move, remove, rename, set_trainable
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge
from nodegraph.core.training.descent import Training, Update
from nodegraph.core.training.matching import UnusedData
from nodegraph.core.training.readiness import why_not
from nodegraph.core.training.setup import Setup
from nodegraph.core.training.tables import Table

PUBLISHED = Path(__file__).parent.parent.parent / "cases" / "published.json"
CASES = {case["name"]: case for case in json.loads(PUBLISHED.read_text(encoding="utf-8"))}


def frozen(graph: Graph, *names: str) -> Graph:
    """The graph with these inputs marked as data."""
    for name in names:
        node = graph.named(name)
        assert node is not None
        graph.apply(set_trainable(graph, node.id, False))
    return graph


def published(name: str, *data: str) -> Graph:
    case = CASES[name]
    return frozen(parse("; ".join(case["program"]), **case["inputs"]), *data)


def line(rate: float = 0.05, steps: int = 200, **settings: float) -> Training:
    """y = w·x + b over three rows that lie on y = 2x − 1."""
    graph = parse("L = (w*x + b - y)**2", w=0, b=0)
    table = {"x": np.array([0.0, 1.0, 2.0]), "y": np.array([-1.0, 1.0, 3.0])}
    return Training(
        graph, Setup(settings={"rate": rate, **settings}, steps=steps), table, by_name(graph, table)
    )


def by_name(graph: Graph, table: dict[str, np.ndarray]) -> dict[str, str]:
    return {node.id: node.name for node in graph.nodes() if node.name in table}


def finish(training: Training) -> Training:
    while not training.is_done:
        training.step()
    return training


# --- published steps
def test_mazurs_weights_after_one_step_are_those_he_printed() -> None:
    graph = published("mazur-2-2-2", "i1", "i2", "t1", "t2", "b1", "b2")
    training = Training(graph, Setup(settings={"rate": 0.5}))
    update = training.step()
    printed = {
        "w1": "0.149780716",
        "w2": "0.19956143",
        "w3": "0.24975114",
        "w4": "0.29950229",
        "w5": "0.35891648",
        "w6": "0.408666186",
        "w7": "0.511301270",
        "w8": "0.561370121",
    }
    assert training.names == tuple(printed)
    found = dict(zip(training.names, training.parameters.tolist(), strict=True))
    assert {name: f"{found[name]:.{len(digits) - 2}f}" for name, digits in printed.items()} == printed
    gradients = {name: CASES["mazur-2-2-2"]["nodes"][name]["gradient"] for name in printed}
    begun = CASES["mazur-2-2-2"]["inputs"]
    assert found == pytest.approx({name: begun[name] - 0.5 * gradients[name] for name in printed}, rel=1e-12)
    assert f"{update.loss:.9f}" == "0.298371109"
    after = graph.copy()
    after.apply(training.change())
    assert f"{run(after).values['E']:.6f}" == "0.291028"


def test_mazurs_loss_in_round_ten_thousand_is_the_one_he_printed() -> None:
    graph = published("mazur-2-2-2", "i1", "i2", "t1", "t2", "b1", "b2")
    training = finish(Training(graph, Setup(settings={"rate": 0.5}, steps=10_000)))
    assert training.last is not None
    assert f"{training.last.loss:.10f}" == "0.0000351085"


def test_the_published_neuron_steps_to_its_published_values() -> None:
    graph = published("backpropbuilder-neuron", "x", "t")
    training = Training(graph, Setup(settings={"rate": 0.05}))
    update = training.step()
    assert update.loss == 4
    assert training.values() == pytest.approx({"w": 3.4, "b": 1.2}, abs=1e-12)
    assert training.loss() == pytest.approx(1, abs=1e-12)
    graph.apply(training.change())
    assert run(graph).values["p"] == pytest.approx(8, abs=1e-12)
    assert training.explain("w") == ("w ← 3 − 0.05 × (−8) = 3.4",)


XOR = {"x1": np.array([0.0, 0, 1, 1]), "x2": np.array([0.0, 1, 0, 1]), "t": np.array([0.0, 1, 1, 0])}


def xor(rate: float, steps: int) -> Training:
    """A network of two inputs, four hidden neurons and one output, over the four rows of XOR."""
    graph = Graph()
    graph.apply(mlp(graph, [2, 4, 1], "tanh", "sigmoid", "squared", seed=0))
    return Training(graph, Setup(settings={"rate": rate}, steps=steps), XOR, by_name(graph, XOR))


def test_xor_is_learnt_by_a_2_4_1_network() -> None:
    training = finish(xor(1.0, 300))
    assert len(training.ids) == 17
    assert training.loss() < 0.01
    graph = Graph()
    graph.apply(mlp(graph, [2, 4, 1], "tanh", "sigmoid", "squared", seed=0))
    graph.apply(training.change())
    ids = {name: node.id for name in XOR if (node := graph.named(name))}
    for x1, x2, t in zip(*(column.tolist() for column in XOR.values()), strict=True):
        assert round(run(graph, values={ids["x1"]: x1, ids["x2"]: x2}).values["y"]) == t


# --- rows
def test_a_line_is_found_through_its_points() -> None:
    training = finish(line(0.2, 400))
    assert dict(zip(training.names, training.parameters, strict=True)) == pytest.approx({"w": 2, "b": -1})
    assert training.rows == 3


def test_one_step_over_rows_is_the_step_along_the_mean_gradient() -> None:
    training = line(0.1)
    training.step()
    # by hand: the rows' residuals are 1, −1, −3; dL/dw = 2r·x and dL/db = 2r
    assert training.values() == pytest.approx({"w": 0.1 * (2 * 1 + 2 * 6) / 3, "b": 0.1 * 2 * 3 / 3})
    assert training.last is not None
    assert training.last.loss == pytest.approx(11 / 3)


def test_bound_inputs_and_data_are_not_trained() -> None:
    graph = frozen(parse("L = (w*x + b - y)**2", w=1, b=2, x=3, y=4), "b")
    training = Training(graph, Setup(), {"c": np.array([1.0])}, {"x": "c"})
    assert training.names == ("w", "y")
    training.step()
    assert {patch.key for patch in training.change().patches} == {"w", "y"}


def test_inputs_take_the_column_that_their_record_names() -> None:
    plain = parse("L = (w*x - y)**2", w=1)
    nodes = [
        replace(node, column={"x": "size", "y": "price"}.get(node.name)) if node.op == "input" else node
        for node in plain.nodes()
    ]
    graph = Graph.of(nodes, plain.edges(), plain.properties)
    table = {"price": np.array([2.0, 4.0]), "size": np.array([1.0, 2.0])}
    assert finish(Training(graph, Setup(), table)).values() == pytest.approx({"w": 2})
    assert why_not(graph) == "x takes the column “size” of the data, but there is none."


def test_a_step_in_parts_tells_how_far_it_is_and_can_be_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "LEAST_ROWS", 1)
    monkeypatch.setattr(batch, "NUMBERS_AT_ONCE", 0)
    training = line()
    stepping = training.stepping()
    assert [next(stepping), next(stepping)] == pytest.approx([1 / 3, 2 / 3])
    stepping.close()
    assert (training.steps_done, training.values(), len(training.history)) == (0, {"w": 0, "b": 0}, 0)
    assert list(training.stepping()) == pytest.approx([1 / 3, 2 / 3, 1])
    assert training.steps_done == 1


# --- aims and optimisers
def test_maximising_climbs_to_the_top() -> None:
    graph = parse("L = 5 - (w - 2)**2", w=0)
    training = finish(Training(graph, Setup("maximise", settings={"rate": 0.1})))
    assert training.values() == pytest.approx({"w": 2})
    assert training.history.losses[0] == 1
    assert training.loss() == pytest.approx(5)


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam"])
def test_every_optimizer_brings_the_loss_down(optimizer: str) -> None:
    graph = parse("L = (w*2 - 3)**2 + square(tanh(v) - 0.3)", w=0, v=0)
    training = finish(Training(graph, Setup(optimizer=optimizer, settings={"rate": 0.05}, steps=800)))
    assert training.loss() < 1e-6


def test_a_run_goes_on_where_it_stopped_with_its_memory() -> None:
    graph = parse("L = (w - 3)**2", w=0)
    whole = finish(Training(graph, Setup(optimizer="adam", steps=40)))
    halves = finish(Training(graph, Setup(optimizer="adam", steps=20)))
    halves.go_on(Setup(optimizer="adam", steps=20))
    assert not halves.is_done
    assert finish(halves).values() == whole.values()
    assert halves.history.table.tolist() == whole.history.table.tolist()
    assert halves.change().name == "Train 40 steps"


def test_going_on_with_another_optimizer_starts_its_memory_anew() -> None:
    training = finish(Training(parse("L = (w - 3)**2", w=0), Setup(optimizer="momentum", steps=3)))
    training.go_on(Setup(optimizer="adam", settings={"rate": 0.5}, steps=1))
    explained = training.explain("w")
    assert explained[0].startswith("v ← 0.9 × ")
    before = training.values()["w"]
    training.step()
    assert training.explain("w")[0].startswith("m ← 0.9 × 0 + ")
    assert abs(training.values()["w"] - before) == pytest.approx(0.5)  # Adam's first step is its rate


def test_going_on_with_a_setup_that_makes_no_sense_is_refused() -> None:
    training = line()
    with pytest.raises(Refused, match="would change nothing"):
        training.go_on(Setup(settings={"rate": 0}))


# --- what stops it
def test_a_loss_without_a_least_value_fell_and_did_not_grow() -> None:
    training = finish(Training(parse("L = 5 - (w - 2)**2", w=0), Setup(settings={"rate": 0.3}, steps=100)))
    assert training.stopped is not None
    assert " the loss fell to −" in training.stopped


def test_a_huge_rate_diverges_with_a_sentence() -> None:
    training = finish(line(1e9))
    assert training.stopped is not None
    assert training.stopped.startswith("At step 2 the loss grew to ")
    assert training.stopped.endswith(": each step overshoots. Try a learning rate below 0.2.")
    assert all(map(math.isfinite, training.values().values()))
    with pytest.raises(Refused, match="each step overshoots"):
        training.step()


def test_a_rate_somewhat_too_large_diverges_later_and_the_suggested_one_converges() -> None:
    training = finish(line(0.5))
    assert training.stopped is not None
    assert training.stopped.endswith("Try a learning rate below 0.05.")
    assert 5 < training.steps_done < 200
    assert finish(line(0.05, 2000)).loss() < 1e-6


def test_the_suggested_rate_fits_the_curvature_at_the_start() -> None:
    training = finish(Training(parse("L = w**4", w=3), Setup(settings={"rate": 1})))
    assert training.stopped is not None
    assert training.stopped.endswith("Try a learning rate below 0.009.")  # the curvature is 12·3² = 108
    calm = finish(Training(parse("L = w**4", w=3), Setup(settings={"rate": 0.009})))
    assert calm.stopped is None
    assert calm.loss() < 0.1


def test_a_loss_that_becomes_infinite_is_told_as_that() -> None:
    training = finish(Training(parse("L = exp(w*w)", w=1.5), Setup(settings={"rate": 2})))
    assert training.stopped == (
        "At step 2 the loss became infinite: each step overshoots. Try a learning rate below 0.009. "
        "L: exp(3072.09) is too large for a floating-point number, which ends at about 1.8e308, so it "
        "becomes ∞."
    )


def test_a_parameter_that_leaves_the_finite_numbers_is_named() -> None:
    training = Training(parse("L = w + exp(v*300)", w=1, v=2), Setup(settings={"rate": 1e9}))
    update = training.step()
    assert training.stopped is not None
    assert training.stopped.startswith("At step 1 the parameter v grew to −")
    assert training.values() == {"w": 1, "v": 2}
    assert isinstance(update, Update)
    assert update.parameters.tolist() == update.before.tolist()


@pytest.mark.parametrize(
    ("text", "value", "optimizer", "rate", "suggested"),
    [
        ("L = exp(exp(w)) - 5*w", 1.4, "momentum", 1.41, "Try a learning rate below 0.0008."),
        ("L = log(w) + 1/w", 0.71, "adam", 264.0, "Try a learning rate below 0.2."),
        ("L = log(w) + 1/w", 0.62, "rmsprop", 7.63, "Try a learning rate below 0.1."),
    ],
)
def test_a_rate_at_which_descent_settles_is_suggested_however_late_the_other_diverged(
    text: str, value: float, optimizer: str, rate: float, suggested: str
) -> None:
    graph = parse(text, w=value)
    training = Training(graph, Setup(steps=300, optimizer=optimizer, settings={"rate": rate}))
    while not training.is_done:
        training.step()
    assert suggested in training.stopped
    smaller = 0.9 * float(suggested.removesuffix(".").rpartition(" ")[2])
    training = Training(graph, Setup(steps=3000, optimizer=optimizer, settings={"rate": smaller}))
    before = training.loss()
    while not training.is_done:
        training.step()
    assert training.has_arrived or not training.stopped
    assert training.loss() < before


def test_what_is_infinite_from_the_start_is_no_fault_of_the_rate() -> None:
    graph = parse("L = w*log(x)", w=1)
    training = finish(Training(graph, Setup(), {"x": np.array([1.0, 2.0, 0.0])}, {"x": "x"}))
    assert training.stopped == (
        "At step 1 the loss became infinite, in row 3, before anything was changed. "
        "e: ln(0) is −∞. Log asks that the input is above 0. "
        "Change the inputs or the data so that it is finite."
    )
    assert training.change().patches == ()


def test_a_row_is_named_as_the_data_and_as_its_file_count_it() -> None:
    columns = (("x", (1.0, 3.0, 0.0)), ("t", (2.0, math.nan, 5.0)))
    table = Table("", columns, numbers=[2, 4, 6])
    graph = parse("L = w*log(x) - t", w=1)
    with pytest.warns(UnusedData):
        training = finish(Training(graph, Setup(), table, {"x": "x"}))
    assert training.stopped is not None
    assert "in row 3 of the data (row 6 of its file), before" in training.stopped
    said = "The column “t” has no finite number in row 2 of the data (row 4 of its file);"
    assert str(why_not(graph, table, {"x": "x", "t": "t"})).startswith(said)


def test_a_row_that_is_infinite_in_a_later_batch_is_no_fault_of_the_rate_either() -> None:
    graph = parse("L = (w*log(x) - t)**2", w=1)
    columns = {"x": np.array([1.0, 2.0, 0.0, 4.0]), "t": np.array([2.0, 4.0, 5.0, 2.0])}
    stopped = [
        finish(Training(graph, Setup(batch=1, seed=seed), columns, {"x": "x", "t": "t"})).stopped or ""
        for seed in range(6)
    ]
    advice = "Change the inputs or the data so that it is finite."
    assert all(", in row 3, " in said and said.endswith(advice) for said in stopped)
    assert any(", in row 3, as it does with the values from the start. " in said for said in stopped)


def test_a_gradient_that_is_infinite_from_the_start_names_its_parameter() -> None:
    training = finish(Training(parse("L = sqrt(w)", w=0), Setup()))
    assert training.stopped is not None
    assert training.stopped.startswith("At step 1 the gradient of w became infinite, before anything")


def test_a_loss_without_a_smallest_value_is_told_as_that() -> None:
    training = finish(Training(parse("L = w*v", w=1, v=-1.5), Setup(steps=5000)))
    assert training.stopped is not None
    assert "still goes the right way: perhaps it has no smallest value" in training.stopped


def test_where_every_gradient_is_0_it_stops() -> None:
    training = finish(Training(parse("L = (relu(w) - 1)**2", w=-1), Setup(optimizer="adam")))
    assert training.stopped == "At step 1 every gradient is 0, so nothing changes any more."


def test_a_huge_rate_that_lands_on_flat_ground_is_told_as_that() -> None:
    training = finish(xor(1e9, 200))
    assert training.stopped is not None
    assert "the steps overshot to where it is flat. Try a learning rate below" in training.stopped


def test_steps_too_small_to_tell_stop_it() -> None:
    training = finish(Training(parse("L = w*w", w=1e8), Setup(settings={"rate": 1e-20})))
    assert training.stopped is not None
    assert (
        training.stopped
        == "At step 1 no parameter changes any more: the steps are too small. Try a larger learning rate."
    )


def test_where_no_rate_makes_up_for_gradients_next_to_0_none_is_advised() -> None:
    training = finish(Training(parse("L = (sigmoid(w) - 0)**2", w=60), Setup(settings={"rate": 1e9})))
    assert training.stopped == (
        "At step 1 no parameter changes any more: no gradient is above 1.8e−26, which no learning rate makes "
        "up for. Start from other values."
    )


@pytest.mark.parametrize(
    ("optimizer", "rates"), [("momentum", ""), ("rmsprop", " usual"), ("adam", " usual")]
)
def test_an_optimizer_with_a_memory_says_so_too_where_a_saturated_unit_lets_nothing_move(
    optimizer: str, rates: str
) -> None:
    setup = Setup(optimizer=optimizer, settings={"rate": 1e-3}, steps=50)
    training = finish(Training(parse("L = sigmoid(w)**2", w=60), setup))
    nothing = f"no gradient is above 1.8e−26, which no{rates} learning rate makes up for"
    assert training.stopped == (
        f"At step 1 no parameter changes any more: {nothing}. Start from other values."
    )
    assert not training.has_arrived
    training = finish(Training(parse("L = sigmoid(w)**2", w=50), setup))
    assert (training.stopped or "").endswith(": the steps are too small. Try a larger learning rate.")


@pytest.mark.parametrize("settings", [{"rate": 1e-17, "momentum": 0.999}, {"rate": 1e-20, "momentum": 1.0}])
def test_a_speed_that_is_gathered_until_it_moves_something_goes_on(settings: dict[str, float]) -> None:
    training = Training(parse("L = 0.1*w", w=3), Setup(optimizer="momentum", settings=settings))
    for _ in range(20):
        training.step()
    assert training.stopped is None
    assert training.values() == {"w": 3}


def test_it_goes_on_after_a_divergence_with_a_smaller_rate() -> None:
    training = finish(line(0.5))
    assert training.loss() > 1e12
    training.go_on(Setup(settings={"rate": 0.1}, steps=2000))
    assert finish(training).loss() < 1e-3


# --- what it refuses
def test_a_graph_without_an_output_is_refused() -> None:
    with pytest.raises(Refused, match="There is no output to train"):
        Training(Graph(), Setup())


def test_an_output_with_a_problem_is_refused_with_the_problem() -> None:
    graph = parse("p = w*x; L = tanh(p)", w=1)
    graph.apply(disconnect(graph, [("p", 1)]))
    assert why_not(graph) == "L cannot be computed. p: Connect input 2."


def test_an_output_that_waits_for_a_problem_names_the_node_that_has_it() -> None:
    graph = parse("p = w*x; q = tanh(p); L = -q", w=1)
    graph.apply(remove(graph, ["w"]))
    assert why_not(graph) == "L cannot be computed. p: Connect input 1."


@pytest.mark.parametrize(
    ("graph", "said"),
    [
        (frozen(parse("L = w*x"), "w", "x"), "All inputs are data; mark at least one as trainable."),
        (parse("L = 2*3"), "There is no input to train; add one, or unbind one from its column."),
        (
            frozen(parse("p = -w; L = 2*x"), "x"),
            "No trainable input reaches L; connect one, or choose another output.",
        ),
    ],
)
def test_a_graph_with_nothing_to_train_is_refused(graph: Graph, said: str) -> None:
    assert why_not(graph) == said
    with pytest.raises(Refused):
        Training(graph, Setup())


@pytest.mark.parametrize(
    ("table", "bindings", "said"),
    [
        ({"a": [1.0], "b": [2.0]}, {"x": "c"}, "x takes the column “c” of the data, but it has a, b."),
        ({}, {"x": "c"}, "x takes the column “c” of the data, but there is none."),
        ({"a": [1.0], "b": [2.0, 3.0]}, {"x": "a", "w": "b"}, "The columns “a” and “b” have 1 and 2 rows."),
        ({"a": []}, {"x": "a"}, "The column “a” has no rows."),
        ({"a": [1.0, math.inf]}, {"x": "a"}, "The column “a” has no finite number in row 2."),
        (
            {"a": [1.0]},
            {"gone": "a"},
            "No node has the id “gone”, which is to take the column “a”; the inputs are w and x.",
        ),
        ({"a": [1.0]}, {"L": "a"}, "L cannot take the column “a”: it is computed, and only inputs can."),
    ],
)
def test_data_that_do_not_fit_are_refused(
    table: dict[str, list[float]], bindings: dict[str, str], said: str
) -> None:
    columns = {name: np.array(numbers) for name, numbers in table.items()}
    assert why_not(parse("L = w*x"), columns, bindings) == said


def test_an_input_that_is_bound_by_its_name_in_place_of_its_id_is_told_so() -> None:
    graph = parse("L = w*x*2")
    ids = {node.id: f"n{node.rank}" for node in graph.nodes()}
    named = Graph.of(
        [replace(node, id=ids[node.id]) for node in graph.nodes()],
        [Edge(ids[edge.source], ids[edge.target], edge.port) for edge in graph.edges()],
    )
    assert why_not(named, {"a": np.array([1.0])}, {"x": "a"}) == (
        "No node has the id “x”, which is to take the column “a”; "
        f"the input of that name has the id {ids['x']}."
    )
    constant = next(node for node in named.nodes() if node.op == "constant")
    assert why_not(named, {"a": np.array([1.0])}, {constant.id: "a"}) == (
        f"{constant.name} cannot take the column “a”: it is a constant, and only inputs can."
    )


def test_a_setup_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(Refused, match="would change nothing"):
        Training(parse("L = w*x"), Setup(settings={"rate": 0}))


# --- what it leaves
def test_training_leaves_the_graph_alone_until_its_change_is_applied() -> None:
    graph = published("backpropbuilder-neuron", "x", "t")
    before = graph.copy()
    training = finish(Training(graph, Setup(settings={"rate": 0.05}, steps=2)))
    assert graph == before
    change = training.change()
    assert change.name == "Train 2 steps"
    graph.apply(change)
    assert {node.id: node.value for node in graph.nodes() if node.id in training.ids} == training.values()
    graph.apply(change.inverse())
    assert graph == before


def test_the_change_fits_a_graph_that_was_edited_in_the_meantime() -> None:
    graph = parse("L = (w - v)**2", w=1, v=3)
    training = Training(graph, Setup())
    training.step()
    graph.apply(rename(graph, "w", "weight"))
    graph.apply(move(graph, {"w": (5.0, 5.0)}))
    graph.apply(remove(graph, ["v"]))
    graph.apply(training.change())
    assert graph.node("w").value == training.values()["w"]
    assert graph.node("w").name == "weight"


def test_the_course_is_kept_step_by_step() -> None:
    training = finish(line(0.1, 5))
    assert training.history.steps.tolist() == [0, 1, 2, 3, 4]
    assert training.history.trails[0].tolist() == [0, 0]
    names, table = training.history_table()
    assert names == ("step", "loss", "w", "b")
    assert table[:, 0].tolist() == [0, 1, 2, 3, 4, 5]
    assert table[-1].tolist() == [5, training.loss(), *training.parameters]
    assert (np.diff(table[:, 1]) < 0).all()


def test_the_columns_of_the_course_have_names_of_their_own() -> None:
    training = Training(parse("L = (loss - step)**2", loss=1, step=2), Setup())
    assert training.history_table()[0] == ("step_", "loss_", "loss", "step")
    assert training.history_table()[1].tolist() == [[0, 1, 1, 2]]


@pytest.mark.parametrize(
    ("text", "start", "rate", "better"),
    [("L = w*w", 3.0, 1.0, 0.1), ("L = abs(w)", 0.5, 0.3, 0.03), ("L = (w - 0.3)**2", 1.7, 1.0, 0.1)],
)
def test_a_descent_that_goes_to_and_fro_for_ever_stops_and_says_so(
    text: str, start: float, rate: float, better: float
) -> None:
    training = Training(parse(text, w=start), Setup(settings={"rate": rate}))
    while not training.is_done:
        training.step()
    assert training.steps_done < 20
    assert (training.stopped or "").endswith(
        f" nothing is gained any more: each step overshoots, and the next one comes back. "
        f"Try a learning rate below {better:g}."
    )
    assert not training.has_arrived


@pytest.mark.parametrize(
    ("values", "rate"), [({"w": 3, "x": 2, "b": 1, "t": 9}, 0.05), ({"w": 1, "x": 1, "b": 0, "t": 3}, 0.1)]
)
def test_a_last_digit_that_goes_to_and_fro_at_the_minimum_is_an_arrival(
    values: dict[str, float], rate: float
) -> None:
    training = Training(parse("L = (w*x + b - t)**2", **values), Setup(settings={"rate": rate}))
    while not training.is_done:
        training.step()
    assert training.has_arrived
    assert "has arrived: the loss is" in (training.stopped or "")


@pytest.mark.parametrize(
    "setup",
    [
        Setup(settings={"rate": 1.0}, schedule="cosine"),
        Setup(settings={"rate": 1.0}, optimizer="momentum"),
        Setup(settings={"rate": 1.0}, optimizer="adam"),
    ],
)
def test_what_goes_to_and_fro_only_for_some_time_goes_on(setup: Setup) -> None:
    training = Training(parse("L = w*w", w=3), setup)
    for _ in range(60):
        training.step()
    assert training.stopped is None


def test_before_the_first_step_there_is_nothing_to_explain() -> None:
    assert line().explain("w") == ()


def test_a_run_that_goes_on_where_there_is_no_number_is_sent_back_and_does_not_fail() -> None:
    training = Training(parse("L = log(w)", w=0.1), Setup(settings={"rate": 1.0}))
    while not training.is_done:
        training.step()
    training.go_on(Setup(settings={"rate": 5e-324}))
    training.step()
    assert (training.stopped or "").endswith(
        "before anything was changed. L: ln(−9.9) is not a number. Log asks that the input is above 0. "
        "Go back to the values from before, and try a smaller learning rate there."
    )
