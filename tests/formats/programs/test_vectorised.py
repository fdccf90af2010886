"""A graph as a program on whole arrays: run, it prints the losses and trained values of the engine."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

import nodegraph as ng
from nodegraph.core.building import shapes
from nodegraph.core.data import steps
from nodegraph.core.errors import Refused
from nodegraph.core.graph import edits
from nodegraph.core.graph.graph import Graph
from nodegraph.core.operations.catalogue import OPERATIONS
from nodegraph.core.training import bindings
from nodegraph.core.training.optimizers import OPTIMIZERS
from nodegraph.core.training.setup import Setup
from nodegraph.core.training.tables import Table
from nodegraph.formats.programs import vectorised
from nodegraph.formats.programs.vectorised import to_vectorised
from tests.formats.programs.test_program import CORNERS, _formulas, _library, _printed

TARGETS = ("numpy", "torch", "jax")
STEPS = 20
STOPS = ("trap-x-minus-x", "trap-saturated-sigmoid", "adam-step")
"""Cases of which a training ends before that, as nothing is to be learnt or a root leaves the numbers."""
ODD = "max(0, 1 - k, min(k, 3, n))*sigmoid(k) + e/pi"
SMALL = Setup(settings={"rate": 1e-4}, steps=STEPS)


def _trained(graph: Graph) -> dict[str, float]:
    """What a program prints of a training, by the engine."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        training = ng.Training(graph, bindings.setup_of(graph))
    said, steps = graph.output_name, training.setup.steps
    first = training.step()
    found = {said: first.loss} | {
        f"d{said}/d{name}": slope
        for name, slope in zip(training.names, first.gradients.tolist(), strict=True)
    }
    for k in range(1, steps):
        if training.step().step == k:
            break  # it stopped early, and took no step
        assert training.last is not None
        loss = training.last.loss
        if k % max(steps // 10, 1) == 0:
            found[f"step {k}: {said}"] = loss
    if training.kept_step is not None:
        found[f"stopped early after {training.steps_done} steps, best after"] = training.kept_step
    found[f"trained: {said}"] = training.loss()
    if training.setup.held_out or training.setup.held_by:
        found[f"held out: {said}"] = float(training.found()[0])
    measures = list(zip(training.columns[-len(training.found()) :], training.found().tolist(), strict=True))
    for part in ("trained", "held out"):
        for name, value in measures:
            is_held = name.startswith("held_out_")
            plain = name.removeprefix("held_out_")
            if plain != "loss" and is_held == (part == "held out"):
                found[f"{part}: {plain}"] = value
    return found | dict(zip(training.names, training.parameters.tolist(), strict=True))


def _prepared(graph: Graph, setup: Setup = SMALL, **columns: tuple[float, ...]) -> Graph:
    if columns:
        graph.apply(bindings.set_table(graph, Table("data", tuple(columns.items()))))
        graph.apply(bindings.bind_by_name(graph))
    graph.apply(bindings.set_training(graph, setup))
    return graph


def _demand_same(graph: Graph, to: str) -> None:
    printed, expected = _printed(to_vectorised(graph, to)), _trained(graph)
    assert list(printed) == list(expected)
    assert printed == pytest.approx(expected, rel=1e-12, abs=1e-300)


@pytest.fixture(autouse=True)
def _without_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program takes a file of data as its argument; the tests' own arguments are none."""
    monkeypatch.setattr("sys.argv", ["model.py"])


@pytest.mark.parametrize("to", TARGETS)
@pytest.mark.parametrize("name", _formulas())
def test_a_program_trains_as_the_engine_does(name: str, to: str) -> None:
    _library(to)
    (_demand_first if name in STOPS else _demand_same)(_prepared(_formulas()[name]), to)


@pytest.mark.parametrize("to", TARGETS)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("aim", ["minimise", "maximise"])
def test_every_optimiser_comes_to_the_same_weights(optimizer: str, aim: str, to: str) -> None:
    _library(to)
    setup = Setup(aim, optimizer, {"rate": 0.01}, STEPS, "warm-up" if aim == "maximise" else "1 - 0.9*k/n")
    graph = ng.parse("L = -sin(w*x + b)**2 + w**2/9 + t*b", w=0.5, b=0.1)
    _demand_same(_prepared(graph, setup, x=(1.0, 2.0, 3.0, 0.25, -2.0), t=(0.0, 1.0, -1.0, 0.5, 0.0)), to)


ROWS = {"x": (1.0, 2.0, 3.0, 0.25, -2.0, 0.5, 1.5), "t": (0.0, 1.0, -1.0, 0.5, 0.0, 2.0, -0.5)}


@pytest.mark.parametrize("to", TARGETS)
@pytest.mark.parametrize(
    "setup",
    [
        Setup("minimise", "momentum", {"rate": 0.01, "clip": 0.25, "decay": 0.1}, STEPS, batch=3, seed=7),
        Setup("maximise", "adam", {"rate": 0.01, "clip": 9, "decay": 0.1}, STEPS, held_out=0.3, seed=1),
        Setup("minimise", "sgd", {"rate": 0.1}, 60, batch=2, held_out=0.3, patience=2),
        Setup("minimise", "rmsprop", {"rate": 0.1}, 60, batch=2, patience=3),
        Setup("minimise", "adamw", {"rate": 0.5}, 60, patience=2),
    ],
)
def test_batches_held_out_rows_and_patience_are_those_of_the_setup(setup: Setup, to: str) -> None:
    _library(to)
    graph = _prepared(ng.parse("L = (w*x + b - t)**2", w=0.5, b=0.1), setup, **ROWS)
    assert ("stopped early" in str(_trained(graph))) == bool(setup.patience)
    _demand_same(graph, to)


@pytest.mark.parametrize("to", TARGETS)
@pytest.mark.parametrize("name", ["split", "is_train"])
def test_rows_that_a_column_holds_out_are_held_out(name: str, to: str) -> None:
    _library(to)
    setup = Setup(settings={"rate": 0.1}, steps=40, batch=2, patience=2, held_by=name)
    marks = {name: (0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0)}
    _demand_same(_prepared(ng.parse("L = (w*x + b - t)**2", w=0.5, b=0.1), setup, **ROWS, **marks), to)


def test_a_program_says_what_its_columns_were_standardised_with() -> None:
    setup = Setup(settings={"rate": 0.1}, steps=40, held_by="split")
    marks = {"split": (0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0)}
    graph = _prepared(ng.parse("L = (w*x + b - t)**2", w=0.5, b=0.1), setup, **ROWS, **marks)
    graph.apply(steps.standardise(graph, ["x"]).change)
    mean, deviation = steps.standardised_with(graph.properties["data"])["x"]
    said = f"# x is standardised: {mean!r} was subtracted, then divided by {deviation!r}"
    assert said in to_vectorised(graph, "numpy").splitlines()
    _demand_same(graph, "numpy")


MEASURED = {
    "a line": (ng.parse("L = (w*x + b - t)**2", w=0.5, b=0.1), ROWS, ("mae", "rmse", "r2")),
    "a class of two": (
        ng.parse("z = w*x + b; p = sigmoid(z); L = softplus(z) - t*z", w=0.5, b=0.1),
        {"x": ROWS["x"], "t": (0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0)},
        ("accuracy", "mae"),
    ),
    "the largest of three": (
        ng.parse(
            "y1 = exp(a*x); y2 = exp(b*x - 1); y3 = c*c; L = (y1 - t1)**2 + (y2 - t2)**2 + (y3 - t3)**2",
            a=0.1, b=0.3, c=0.4,
        ),
        {
            "x": ROWS["x"],
            "t1": (0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0),
            "t2": (1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0),
            "t3": (0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0),
        },
        ("accuracy", "rmse", "r2"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("to", TARGETS)
@pytest.mark.parametrize("held_out", [0.0, 0.4])
@pytest.mark.parametrize("name", MEASURED)
def test_measures_are_printed_at_the_end(name: str, held_out: float, to: str) -> None:
    _library(to)
    graph, rows, measures = MEASURED[name]
    setup = Setup(settings={"rate": 0.05}, steps=STEPS, held_out=held_out, batch=2, measures=measures)
    prepared = _prepared(graph.copy(), setup, **rows)
    expected = _trained(prepared)
    assert {f"trained: {one}" for one in measures} <= set(expected)
    assert (f"held out: {measures[0]}" in expected) == bool(held_out)
    _demand_same(prepared, to)


@pytest.mark.parametrize("to", TARGETS)
@pytest.mark.parametrize("schedule", ["step", "linear", "cosine", ODD])
def test_every_schedule_is_written(schedule: str, to: str) -> None:
    _library(to)
    _demand_same(_prepared(ng.parse("L = (w - 3)**2", w=1), Setup(steps=STEPS, schedule=schedule)), to)


@pytest.mark.parametrize("to", TARGETS)
@pytest.mark.parametrize("seed", range(6))
def test_graphs_of_any_shape_come_to_the_same_numbers(seed: int, to: str) -> None:
    _library(to)
    graph = _prepared(shapes.graph_of(shapes.random_shape(60, seed)))
    muted = next(node for node in reversed(graph.nodes()) if not node.is_leaf)
    graph.apply(edits.set_muted(graph, [muted.id], True))
    _demand_first(graph, to)


def _demand_first(graph: Graph, to: str) -> None:
    """The loss and its gradients before the first step are those of the engine."""
    trace, said = ng.run(graph), graph.output_name
    printed = _printed(to_vectorised(graph, to))
    assert printed[said] == pytest.approx(trace.values[said], rel=1e-12, nan_ok=True)
    for name in (words.partition("/d")[2] for words in printed if words.startswith(f"d{said}/d")):
        assert printed[f"d{said}/d{name}"] == pytest.approx(
            trace.gradients[name] or 0.0, rel=1e-12, nan_ok=True
        )


@pytest.mark.parametrize("to", TARGETS)
@pytest.mark.parametrize("name", sorted({*CORNERS} - {"no input", "one input"}))
def test_corners_come_out_as_here(name: str, to: str) -> None:
    _library(to)
    text, values = CORNERS[name]
    _demand_first(_prepared(ng.parse(text, **values), Setup(steps=1)), to)


@pytest.mark.parametrize("to", TARGETS)
def test_every_operation_of_the_catalogue_can_be_written_on_any_number_of_inputs(to: str) -> None:
    _library(to)
    for operation in OPERATIONS.values():
        for sample in operation.samples:
            inputs = [f"x{port}" for port in range(len(sample))]
            there, back = ", ".join(inputs), ", ".join(inputs[::-1])
            text = f"y = {operation.name}({there})\nz = {operation.name}({back})\ny*z"
            _demand_first(_prepared(ng.parse(text, **dict(zip(inputs, sample, strict=True)))), to)


@pytest.mark.parametrize("to", TARGETS)
def test_a_network_on_rows_of_data_is_one_operation_for_each_run(to: str) -> None:
    _library(to)
    graph = shapes.graph_of(shapes.mlp_shape([2, 4, 4, 1], rows=3, seed=1))
    source = to_vectorised(_prepared(graph, Setup("minimise", "adam", {"rate": 0.01}, STEPS)), to)
    runs = sum(1 for line in source.splitlines() if line.startswith("    ") and " … " in line)
    assert runs > 3
    _demand_same(graph, to)


def test_data_come_from_a_file_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = _prepared(ng.parse("L = (w*x - t)**2", w=1), x=(1.0, 2.0), t=(3.0, 4.0))
    (tmp_path / "more.csv").write_text("t, other ,x\n1,9,0.5\n2,8,1.5\n-1,7,2.5\n", "utf-8-sig")
    source = to_vectorised(graph)
    monkeypatch.setattr("sys.argv", ["model.py", str(tmp_path / "more.csv")])
    there = _prepared(ng.parse("L = (w*x - t)**2", w=1), x=(0.5, 1.5, 2.5), t=(1.0, 2.0, -1.0))
    assert _printed(source) == pytest.approx(_trained(there), rel=1e-12)


def test_data_that_are_many_are_not_written_into_a_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectorised, "MOST_NUMBERS", 3)
    source = to_vectorised(_prepared(ng.parse("L = (w*x - t)**2", w=1), x=(1.0, 2.0), t=(3.0, 4.0)))
    assert "DATA = " not in source
    assert "python model.py DATA.csv" in source
    with pytest.raises(SystemExit, match=r"Name a CSV file with the columns x, t"):
        _printed(source)


@pytest.mark.parametrize(
    ("to", "starts", "environment"),
    [
        ("torch", ("-m", "torch.distributed.run", "--nproc_per_node", "2"), {}),
        ("jax", (), {"XLA_FLAGS": "--xla_force_host_platform_device_count=2"}),
    ],
)
def test_rows_are_shared_by_processes_and_devices(
    to: str, starts: tuple[str, ...], environment: dict[str, str], tmp_path: Path
) -> None:
    _library(to)
    graph = _prepared(
        ng.parse("L = (tanh(w*x + b) - t)**2", w=0.5, b=0.1), x=(1.0, 2.0, 3.0), t=(0.0, 1.0, -1.0)
    )
    (tmp_path / "model.py").write_text(to_vectorised(graph, to), "utf-8")
    command = [sys.executable, *starts, "model.py"]
    done = subprocess.run(
        command, cwd=tmp_path, env=os.environ | environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    printed = {
        line.rpartition(" = ")[0]: float(line.rpartition(" = ")[2]) for line in done.stdout.splitlines()
    }
    assert printed == pytest.approx(_trained(graph), rel=1e-12)


def test_names_that_are_no_identifiers_stay_names_of_what_is_printed() -> None:
    graph = _prepared(ng.parse("L = (w*x - 3)**2", w=1, x=2))
    for name, other in (("w", "w  1' {b}"), ("x", "numpy"), ("L", "update")):
        node = graph.named(name)
        assert node is not None
        graph.apply(edits.rename(graph, node.id, other))
    _demand_same(graph, "numpy")


def test_what_cannot_be_trained_is_refused_in_one_sentence() -> None:
    with pytest.raises(Refused, match="for numpy, torch and jax, not for “micrograd”"):
        to_vectorised(ng.parse("y = a*b"), "micrograd")
    with pytest.raises(Refused, match="There is no input to train"):
        to_vectorised(ng.parse("y = 2 + 3"))
    with pytest.raises(Refused, match="no output"):
        to_vectorised(Graph())
