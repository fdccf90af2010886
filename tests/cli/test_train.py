"""`nodegraph train`: the numbers of the window, what is written, what is told, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import nodegraph as ng
from nodegraph.core.building.expression import parse
from nodegraph.core.training.descent import Training, Update
from nodegraph.formats import files
from tests.cli.conftest import Outcome

Call = Callable[..., Outcome]
LINE = ("line.nodegraph", "--data", "points.csv")


@pytest.fixture
def line(seed: Path) -> Path:
    """y = w·x + b and three rows that lie on y = 2x − 1, in the folder where the test stands."""
    path = seed.parent / "line.nodegraph"
    files.save(parse("e = (w*x + b - y)**2", w=0, b=0), path)
    (seed.parent / "points.csv").write_text("x,y\n0,-1\n1,1\n2,3\n", encoding="utf-8")
    return path


def test_the_numbers_are_those_of_the_interface(nodegraph: Call, line: Path) -> None:
    words = ("--steps", "50", "--optimizer", "adam", "--rate", "0.05", "--schedule", "1 - 0.9*k/n", "--json")
    told = json.loads(nodegraph("train", *LINE, *words).out)
    setup = ng.Setup(optimizer="adam", settings={"rate": 0.05}, steps=50, schedule="1 - 0.9*k/n")
    training = ng.Training(ng.load(line), setup, {"x": [0, 1, 2], "y": [-1, 1, 3]})
    while not training.is_done:
        training.step()
    assert told["values"] == dict(zip(training.names, training.parameters.tolist(), strict=True))
    assert (told["steps"], told["rows"], told["loss"]) == (50, 3, training.loss())
    assert told["first_loss"] == pytest.approx(11 / 3)
    assert (told["stopped"], told["arrived"]) == (None, False)


def test_what_was_learnt_and_the_run_are_written(nodegraph: Call, line: Path) -> None:
    ended = nodegraph("train", *LINE, "--steps", "200", "-o", "t.nodegraph", "--log", "run.csv")
    assert ended.status == 0
    assert ended.out.startswith("200 steps over 3 rows: mean loss 3.66667 → ")
    learnt = ng.load("t.nodegraph")
    assert learnt.node("w").value == pytest.approx(2, abs=1e-4)
    assert learnt.node("b").value == pytest.approx(-1, abs=1e-4)
    rows = Path("run.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0] == "step,loss,w,b"
    assert len(rows) == 202
    assert rows[-1].endswith(f",{learnt.node('w').value!r},{learnt.node('b').value!r}")
    assert ng.load(line).node("w").value == 0


def test_what_is_not_typed_is_as_the_document_has_it(nodegraph: Call, line: Path) -> None:
    from nodegraph.core.training.bindings import set_training

    graph = ng.load(line)
    graph.apply(set_training(graph, ng.Setup(settings={"rate": 0.01}, steps=7)))
    files.save(graph, line)
    assert json.loads(nodegraph("train", *LINE, "--json").out)["steps"] == 7
    assert json.loads(nodegraph("train", *LINE, "--steps", "3", "--json").out)["steps"] == 3


def test_ctrl_c_keeps_what_was_learnt(nodegraph: Call, line: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    step = Training.step

    def interrupted(training: Training) -> Update:
        if training.steps_done == 5:
            raise KeyboardInterrupt
        return step(training)

    monkeypatch.setattr(Training, "step", interrupted)
    ended = nodegraph("train", *LINE, "--steps", "100", "-o", "t.nodegraph", "--json")
    told = json.loads(ended.out)
    assert ended.status == 130
    assert (told["steps"], told["stopped"]) == (5, "Interrupted; what was learnt until then is kept.")
    assert ng.load("t.nodegraph").node("w").value == told["values"]["w"] != 0


def test_a_run_that_diverges_says_which_rate_to_try(nodegraph: Call, line: Path) -> None:
    ended = nodegraph("train", *LINE, "--rate", "10")
    assert ended.status == 1
    assert "each step overshoots. Try a learning rate below 0.2." in ended.out


def test_where_the_document_cannot_be_written_what_was_learnt_is_told(nodegraph: Call, line: Path) -> None:
    ended = nodegraph("train", *LINE, "-o", "nowhere/t.nodegraph")
    assert ended.status == 2
    assert "nowhere/t.nodegraph: " in ended.err
    assert "w " in ended.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--steps", "0"], "The number of steps is a whole number from 1 to 1,000,000."),
        (["--steps", "many"], "argument --steps: expected a number, found “many”"),
        (
            ["--optimizer", "lbfgs"],
            "There is no optimiser “lbfgs”; there are sgd, momentum, rmsprop, adam and adamw.",
        ),
        (["--rate", "0"], "A learning rate of 0 would change nothing. Try 0.1."),
        (["--schedule", "1 - 2*k/n", "--steps", "10"], "At step 7 (k = 6, n = 10) the schedule is −0.2;"),
        (["--schedule", "1 -"], "The schedule cannot be read at character 4:"),
        (["--setting", "beta1=0.5"], "Gradient descent has no setting “beta1”."),
        (["--setting", "beta1"], "--setting beta1: write a name and a value, such as a=3"),
        (["--aim", "up"], "The aim is to minimise or to maximise, not “up”."),
    ],
)
def test_what_cannot_be_asked_is_refused_before_a_step(
    nodegraph: Call, line: Path, words: list[str], said: str
) -> None:
    assert nodegraph("train", *LINE, *words).complaint.startswith(said)


def test_a_table_that_is_none_and_a_graph_without_its_columns_are_told(nodegraph: Call, line: Path) -> None:
    assert (
        nodegraph("train", "line.nodegraph", "--data", "nope.csv").complaint
        == "nope.csv: There is no such file."
    )
    json_table = nodegraph("train", "line.nodegraph", "--data", "line.nodegraph")
    assert json_table.complaint == "line.nodegraph: This is JSON, not a table; save the numbers as CSV."


def test_a_column_of_another_name_is_bound_as_it_is_told(nodegraph: Call, line: Path) -> None:
    Path("points.csv").write_text("x (m),y\n0,-1\n1,1\n", encoding="utf-8")
    said = nodegraph("train", *LINE, "--steps", "1").err
    assert said.startswith("nodegraph: note: The column x (m) is used by no input.")
    assert said.rstrip().endswith("Use it with --bind 'x=x (m)'")
    bound = nodegraph("train", *LINE, "--steps", "1", "--bind", "x=x (m)", "--json")
    assert bound.err == ""
    assert list(json.loads(bound.out)["values"]) == ["w", "b"]
    assert nodegraph("train", *LINE, "--bind", "q=y").complaint.startswith("--bind q=y: There is no node q;")
    assert nodegraph("train", *LINE, "--bind", "x").complaint.startswith("--bind x: write an input and a col")
    assert "the column “z” of the data, but it has" in nodegraph("train", *LINE, "--bind", "x=z").complaint


@pytest.mark.parametrize("log", ["line.nodegraph", "./line.nodegraph", "points.csv", "t.nodegraph"])
def test_the_run_never_replaces_the_document_or_the_table(nodegraph: Call, line: Path, log: str) -> None:
    before = line.read_bytes()
    said = nodegraph("train", *LINE, "--steps", "2", "-o", "t.nodegraph", "--log", log).complaint
    assert said.startswith(f"--log {log}: that is the ")
    assert line.read_bytes() == before
    assert not Path("t.nodegraph").exists()


def test_a_name_that_no_document_has_is_refused_before_the_training(
    nodegraph: Call, line: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Training, "step", lambda _training: pytest.fail("trained"))
    said = nodegraph("train", *LINE, "-o", "out.png").complaint
    assert said.startswith("out.png: A document does not end in .png; save it as .nodegraph")


def test_the_document_is_not_written_over_its_table(nodegraph: Call, line: Path) -> None:
    before = Path("points.csv").read_bytes()
    assert nodegraph("train", *LINE, "-o", "./points.csv").complaint == (
        "-o ./points.csv: that is the table; write the document to another file"
    )
    assert Path("points.csv").read_bytes() == before
