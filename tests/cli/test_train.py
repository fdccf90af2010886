"""`nodegraph train`: the numbers of the window, what is written, what is told, and what is refused."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import nodegraph as ng
from nodegraph.cli import training as training_module
from nodegraph.core.building.expression import parse
from nodegraph.core.errors import DocumentError
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


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ({"optimizer": "lion"}, "There is no optimiser “lion”; there are sgd, momentum, "),
        ({"rate": "fast"}, "The learning rate must be a finite number. Try 0.1."),
        ({"clip": "short"}, "The clip must be a finite number. Try 0."),
    ],
)
def test_a_setup_of_the_document_that_this_version_cannot_do_is_refused_with_its_file(
    nodegraph: Call, line: Path, kept: dict[str, str], said: str
) -> None:
    graph = files.load(line)
    graph.properties["training"] = kept
    files.save(graph, line)
    assert nodegraph("train", *LINE).complaint.startswith(f"line.nodegraph: {said}")


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ({"rate": 0.1}, None),
        (
            {"learning_rate": 0.5},
            "“learning_rate” in graph.training means nothing here; known are aim, batch, ",
        ),
        ({"lr": 0.5, "epochs": 3}, "“lr” and “epochs” in graph.training mean nothing here; known are aim, "),
    ],
)
def test_settings_of_the_document_that_mean_nothing_are_noted(
    nodegraph: Call, line: Path, kept: dict[str, float], said: str | None
) -> None:
    graph = files.load(line)
    graph.properties["training"] = kept
    files.save(graph, line)
    done = nodegraph("train", *LINE)
    assert done.status == 0
    assert (f"note: line.nodegraph: {said}" in done.err) if said else ("graph.training" not in done.err)
    done = nodegraph("export", "line.nodegraph", "-o", "line.py", "--vectorised")
    assert (f"note: line.nodegraph: {said}" in done.err) if said else ("graph.training" not in done.err)
    assert "graph.training" not in nodegraph("export", "line.nodegraph", "-o", "plain.py").err


SPLIT = "x,y,split\n0,-1,train\n1,1,train\n2,30,test\n2,3,train\n"


def test_rows_that_a_table_marks_for_testing_are_held_out(nodegraph: Call, line: Path) -> None:
    (line.parent / "points.csv").write_text(SPLIT, encoding="utf-8")
    ended = nodegraph("train", *LINE, "--rate", "0.3", "--steps", "900")
    assert "over 3 rows" in ended.out
    assert "held-out loss" in ended.out
    assert "The rows for testing are held out; --held-out 0 trains on all of them." in ended.err
    assert "used by no input" not in ended.err
    same = json.loads(nodegraph("train", *LINE, "--held-out", "split", "--json").out)
    assert (same["rows"], same["held_out_rows"]) == (3, 1)
    every = nodegraph("train", *LINE, "--rate", "0.1", "--held-out", "0")
    assert "over 4 rows" in every.out
    assert "The column split is used by no input." in every.err
    refused = nodegraph("train", *LINE, "--held-out", "x")
    assert refused.status == 2
    assert "--held-out x: The rows are held out by the column “x”, which must be 0 or 1" in refused.err


def test_columns_are_standardised_by_the_rows_that_are_trained_on(nodegraph: Call, line: Path) -> None:
    (line.parent / "points.csv").write_text(SPLIT.replace("2,30,test", "20,30,test"), encoding="utf-8")
    split = nodegraph("train", *LINE, "--standardise", "x", "--json")
    assert "Standardised x (mean 1, deviation 0.816497), by the 3 rows that are trained on." in split.err
    assert json.loads(split.out)["standardised"]["x"]["mean"] == 1
    every = nodegraph("train", *LINE, "--standardise", "x", "--held-out", "0")
    assert "Standardised x (mean 5.75, deviation 8.25757)." in every.err


@pytest.mark.parametrize("column", ["_fold", "2024_test", "3rd fold"])
def test_a_column_that_holds_rows_out_may_begin_with_a_digit(
    nodegraph: Call, line: Path, column: str
) -> None:
    (line.parent / "points.csv").write_text(SPLIT.replace("split", column), encoding="utf-8")
    told = json.loads(nodegraph("train", *LINE, "--held-out", column, "--json").out)
    assert (told["rows"], told["held_out_rows"]) == (3, 1)


@pytest.mark.parametrize("share", ["0,2", "1e999", "nan"])
def test_a_share_that_cannot_be_taken_is_no_column(nodegraph: Call, line: Path, share: str) -> None:
    refused = nodegraph("train", *LINE, "--held-out", share)
    assert refused.status == 2
    assert f"--held-out: expected a number, found “{share}”" in refused.err


def test_what_is_to_become_large_is_called_no_loss(nodegraph: Call, line: Path) -> None:
    path = line.parent / "top.nodegraph"
    files.save(parse("s = 5 - (w - 2)**2", w=0), path)
    ended = nodegraph("train", path.name, "--aim", "maximise", "--rate", "0.3", "--steps", "400")
    assert " steps: output 1 → 5\n" in ended.out
    assert "it has arrived: " in ended.out
    assert "loss" not in ended.out
    ended = nodegraph("train", *LINE, "--aim", "maximise", "--rate", "1")
    assert " the output grew to " in ended.out
    assert "loss" not in ended.out


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


def test_batches_measures_and_an_early_stop_are_those_of_the_interface(nodegraph: Call, line: Path) -> None:
    rows = [(x / 10, 2 * x / 10 - 1 + (-1) ** x * 0.3) for x in range(20)]
    Path("points.csv").write_text("x,y\n" + "".join(f"{x},{y}\n" for x, y in rows), encoding="utf-8")
    words = ("--steps", "5000", "--batch", "4", "--seed", "6", "--held-out", "0.2", "--patience", "5",
             "--measure", "mae", "--clip", "2", "--decay", "0.01", "--log", "run.csv")  # fmt: skip
    told = json.loads(nodegraph("train", *LINE, *words, "--json").out)
    setup = ng.Setup(
        settings={"clip": 2.0, "decay": 0.01},
        steps=5000, batch=4, seed=6, held_out=0.2, patience=5, measures=("mae",),
    )  # fmt: skip
    table = {"x": [x for x, _ in rows], "y": [y for _, y in rows]}
    training = ng.Training(ng.load(line), setup, table)
    first = [training.loss(), *training.found()]
    while not training.is_done:
        training.step()
    assert told["values"] == dict(zip(training.names, training.parameters.tolist(), strict=True))
    assert (told["rows"], told["held_out_rows"], told["first_loss"]) == (16, 4, first[0])
    assert told["measures"] == {
        name: {"first": was, "last": now}
        for name, was, now in zip(training.columns, first[1:], training.found().tolist(), strict=True)
    }
    assert list(told["measures"]) == ["held_out_loss", "mae", "held_out_mae"]
    assert told["kept_step"] == training.kept_step is not None
    assert (told["stopped"], told["steps"]) == (training.stopped, training.steps_done)
    log = Path("run.csv").read_text(encoding="utf-8").splitlines()
    assert log[0] == "step,loss,held_out_loss,mae,held_out_mae,w,b"
    assert log[2].split(",")[2:5] == ["", "", ""]
    assert float(log[5].split(",")[2]) == training.history.column("held_out_loss")[4]


def test_an_early_stop_is_told_and_is_no_failure(nodegraph: Call, line: Path) -> None:
    ended = nodegraph(
        "train", *LINE, "--steps", "5000", "--patience", "1", "--rate", "0.2", "--measure", "r2"
    )
    assert ended.status == 0
    assert "\nr2 " in ended.out


def test_measures_of_the_document_are_replaced_or_taken_away(nodegraph: Call, line: Path) -> None:
    from nodegraph.core.training.bindings import set_training

    graph = ng.load(line)
    graph.apply(set_training(graph, ng.Setup(steps=2, measures=("r2",))))
    files.save(graph, line)
    for words, names in (
        ((), ["r2"]),
        (("--measure", "mae, rmse"), ["mae", "rmse"]),
        (("--measure", "none"), []),
    ):
        assert list(json.loads(nodegraph("train", *LINE, *words, "--json").out)["measures"]) == names


def test_a_seed_that_draws_nothing_is_told(nodegraph: Call, line: Path) -> None:
    said = nodegraph("train", *LINE, "--steps", "1", "--seed", "4").err
    why = "since there is no batch and no share of the rows is held out"
    assert said == f"nodegraph: note: --seed draws nothing, {why}.\n"


def test_a_full_disk_while_the_log_is_written_loses_nothing(
    nodegraph: Call, line: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = files.write_whole

    def full(path: str | Path, data: bytes, *rest: object, **words: object) -> None:
        if str(path).endswith("run.csv"):
            raise DocumentError(files.sentence_for(OSError(errno.ENOSPC, ""), writing=True))
        write(path, data, *rest, **words)  # type: ignore[arg-type]

    monkeypatch.setattr(files, "write_whole", full)
    ended = nodegraph("train", *LINE, "--steps", "50", "-o", "t.nodegraph", "--log", "run.csv")
    assert ended.status == 2
    assert ended.err.splitlines()[-1] == "nodegraph: error: run.csv: The disk is full."
    assert ended.out.startswith("50 steps over 3 rows: mean loss 3.66667 → ")
    assert ng.load("t.nodegraph").node("w").value > 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of the size of a file")
def test_a_file_that_the_system_cuts_off_is_not_written_at_all(line: Path) -> None:
    command = [sys.executable, "-m", "nodegraph", "train", *LINE, "--steps", "3000", "-o", "t.nodegraph"]
    whole = [*command, "--log", "run.csv"]

    def limit() -> None:
        import resource
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    root = Path(ng.__file__).parent.parent
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    ended = subprocess.run(
        whole,
        preexec_fn=limit,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 2
    said = "nodegraph: error: run.csv: The file would be too large for this disk. Nothing was written."
    assert ended.stderr.splitlines()[-1] == said
    assert not Path("run.csv").exists()
    assert ng.load("t.nodegraph").node("w").value == pytest.approx(2, abs=1e-3)


def test_a_column_that_becomes_text_half_way_is_told_with_its_place(nodegraph: Call, line: Path) -> None:
    rows = [f"{x},{2 * x - 1}" for x in range(50)]
    Path("points.csv").write_text("\n".join(["x,y", *rows, "much,1", *rows]), encoding="utf-8")
    said = nodegraph("train", *LINE, "-o", "t.nodegraph").complaint
    assert said.startswith("points.csv: row 52, column “x”: expected a number, found “much”;")
    assert not Path("t.nodegraph").exists()


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


TOLD_TO_END = """
import os, signal
signal.signal(signal.{name}, signal.SIG_DFL)
from nodegraph import cli
from nodegraph.core.training.descent import Training
step = Training.step
def told_to_end(training):
    if training.steps_done == 5:
        os.kill(os.getpid(), signal.{name})
    return step(training)
Training.step = told_to_end
raise SystemExit(cli.main({words!r}))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_whoever_tells_it_to_end_gets_what_was_learnt(line: Path, name: str) -> None:
    words = ["train", *LINE, "--steps", "100", "-o", "t.nodegraph", "--json"]
    ended = subprocess.run(
        [sys.executable, "-P", "-c", TOLD_TO_END.format(name=name, words=words)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 130
    assert json.loads(ended.stdout)["stopped"] == "Interrupted; what was learnt until then is kept."
    assert ng.load("t.nodegraph").node("w").value != 0


def test_progress_tells_time_loss_and_measures_on_one_line(
    nodegraph: Call, line: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training_module, "TELL_S", 0.0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    for columns in (200, 40):
        monkeypatch.setenv("COLUMNS", str(columns))
        shown = nodegraph("train", *LINE, "--steps", "30", "--held-out", "0.34", "--measure", "mae").err
        lines = [one.strip() for one in shown.split("\r") if one.strip()]
        assert len(lines) >= 29
        assert max(map(len, lines)) < columns
        assert re.match(r"step 4 of 30, \d+ s left, loss ", lines[3])
        if columns == 200:
            assert ", held-out loss " in lines[3]
            assert ", mae " in lines[3]
            assert ", held-out mae " in lines[3]


def test_a_run_that_diverges_says_which_rate_to_try(nodegraph: Call, line: Path) -> None:
    ended = nodegraph("train", *LINE, "--rate", "10")
    assert ended.status == 1
    assert "each step overshoots. Try a learning rate below 0.2." in ended.out


def test_where_the_document_cannot_be_written_what_was_learnt_is_told(
    nodegraph: Call, line: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_full(_path: object, _data: bytes) -> None:
        raise DocumentError("The disk is full.")

    monkeypatch.setattr(files, "write_whole", is_full)
    ended = nodegraph("train", *LINE, "-o", "t.nodegraph")
    assert ended.status == 2
    assert "t.nodegraph: The disk is full." in ended.err
    assert "w " in ended.out


@pytest.mark.parametrize("option", ["-o", "--log"])
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere/run", "nowhere/run: The folder for this file does not exist."),
        ("folder", "folder: This is a folder, not a file."),
        ("new/", "new/: This names a folder; add the name of a file to write."),
    ],
)
def test_a_place_where_nothing_could_be_written_is_refused_before_a_step(
    nodegraph: Call, line: Path, monkeypatch: pytest.MonkeyPatch, option: str, name: str, said: str
) -> None:
    Path("folder").mkdir()
    monkeypatch.setattr(Training, "step", lambda _training: pytest.fail("trained"))
    assert nodegraph("train", *LINE, option, name).complaint.startswith(said)


@pytest.mark.parametrize("option", ["-o", "--log"])
def test_a_folder_that_may_not_be_written_in_is_refused_before_a_step(
    nodegraph: Call, line: Path, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    folder = Path("theirs").resolve()
    folder.mkdir()
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != folder and may(path, mode))
    monkeypatch.setattr(Training, "step", lambda _training: pytest.fail("trained"))
    name = "x.csv" if option == "--log" else "x.nodegraph"
    said = nodegraph("train", *LINE, option, f"theirs/{name}").complaint
    assert said == f"theirs/{name}: You have no permission to write here. Nothing was written."


def test_a_run_is_not_written_over_another_document(nodegraph: Call, line: Path) -> None:
    Path("other.nodegraph").write_bytes(line.read_bytes())
    assert nodegraph("train", *LINE, "--log", "other.nodegraph").complaint == (
        "other.nodegraph: A table is written as CSV, so its name does not end in .nodegraph; take .csv."
    )


@pytest.mark.parametrize(
    "words", [["-o", "-", "--log", "-"], ["-o", "-", "--json"], ["--log", "-", "--json"]]
)
def test_standard_output_takes_one_thing(nodegraph: Call, line: Path, words: list[str]) -> None:
    assert "standard output takes one of them" in nodegraph("train", *LINE, *words).complaint


def test_an_input_takes_one_column(nodegraph: Call, line: Path) -> None:
    said = nodegraph("train", *LINE, "--bind", "x=y", "--bind", "x=x").complaint
    assert said == "--bind x=x: x takes the column y already"


def test_a_column_that_cannot_be_read_stops_no_training_where_no_input_takes_it(
    nodegraph: Call, line: Path
) -> None:
    Path("noted.csv").write_text("x,y,state\n1,2,1\n2,4,2+\n3,6,3\n")
    ended = nodegraph("train", "line.nodegraph", "--data", "noted.csv", "--steps", "1")
    assert "the column “state” is left out, as no input takes it and it cannot be read" in ended.err
    assert "(row 3, column “state”: expected a number, found “2+”)." in ended.err
    assert ended.status == 0
    for option in (("--bind", "x=state"), ("--one-hot", "state"), ("--standardise", "state")):
        refused = nodegraph("train", "line.nodegraph", "--data", "noted.csv", *option)
        assert refused.status == 2
        assert "row 3, column “state”: expected a number, found “2+”; mend it" in refused.err


def test_what_no_input_takes_is_told_before_what_cannot_be_measured(nodegraph: Call, line: Path) -> None:
    Path("spaces.csv").write_text("the x,the y\n1,2\n2,4\n")
    ended = nodegraph("train", "line.nodegraph", "--data", "spaces.csv", "--measure", "r2")
    assert ended.status == 2
    assert "The columns the x and the y are used by no input." in ended.err
    assert "A measure needs rows of data that inputs take;" in ended.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--steps", "0"], "--steps 0: The number of steps is a whole number from 1 to 1,000,000."),
        (["--steps", "many"], "argument --steps: expected a number, found “many”"),
        (
            ["--optimizer", "lbfgs"],
            "--optimizer lbfgs: There is no optimiser “lbfgs”; there are sgd, momentum, rmsprop, adam and",
        ),
        (["--rate", "0"], "--rate 0: A learning rate of 0 would change nothing. Try 0.1."),
        (
            ["--schedule", "1 - 2*k/n", "--steps", "10"],
            "--schedule 1 - 2*k/n: At step 7 (k = 6, n = 10) the schedule is −0.2;",
        ),
        (["--schedule", "1 -"], "--schedule 1 -: The schedule cannot be read at character 4:"),
        (
            ["--setting", "beta1=0.5"],
            "--setting beta1=0.5: Gradient descent has no setting “beta1”; it has rate, decay, clip.",
        ),
        (["--setting", "beta1"], "--setting beta1: write a name and a value, such as a=3"),
        (
            ["--batch", "4"],
            "--batch 4: A batch of 4 rows is more than the 3 rows of the data; take at most 3.",
        ),
        (["--batch", "1.5"], "--batch 1.5: A batch is a whole number of rows; 0 is all of them."),
        (
            ["--held-out", "0.1"],
            "--held-out 0.1: A held-out share of 0.1 of 3 rows is no row; take a larger share or more rows.",
        ),
        (["--held-out", "1"], "--held-out 1: The held-out share of the rows is from 0 to 0.9. Try 0.2."),
        (
            ["--measure", "f1"],
            "--measure f1: There is no measure “f1”; there are accuracy, mae, rmse and r2.",
        ),
        (
            ["--patience", "-1"],
            "--patience -1: The patience is a whole number of epochs to 1,000,000; 0 goes on to the last",
        ),
        (["--clip", "-1"], "--clip -1: The clip is from 0 to 1e9, not −1. Try 0."),
        (["--decay", "much"], "argument --decay: expected a number, found “much”"),
        (["--aim", "up"], "--aim up: The aim is to minimise or to maximise, not “up”."),
        (["--bind", "x=z"], "--bind x=z: x takes the column “z” of the data, but it has x, y."),
        (["--rate", "0.1", "--batch", "4"], "--batch 4: A batch of 4 rows is more than the 3 rows"),
        (["--rate", "0", "--steps", "0"], "A learning rate of 0 would change nothing. Try 0.1."),
    ],
)
def test_what_cannot_be_asked_is_refused_before_a_step(
    nodegraph: Call, line: Path, words: list[str], said: str
) -> None:
    assert nodegraph("train", *LINE, *words).complaint.startswith(said)


def test_a_table_that_nothing_can_be_learnt_from_is_named(nodegraph: Call, line: Path) -> None:
    Path("points.csv").write_text("x,y\n", encoding="utf-8")
    assert nodegraph("train", *LINE).complaint.startswith("points.csv: ")
    Path("points.csv").write_text("x,y,w,b\n0,1,2,3\n", encoding="utf-8")
    assert "error: points.csv: There is no input to train;" in nodegraph("train", *LINE).err


def test_a_table_that_is_none_and_a_graph_without_its_columns_are_told(nodegraph: Call, line: Path) -> None:
    assert (
        nodegraph("train", "line.nodegraph", "--data", "nope.csv").complaint
        == "nope.csv: There is no such file."
    )
    json_table = nodegraph("train", "line.nodegraph", "--data", "line.nodegraph")
    assert json_table.complaint == "line.nodegraph: This is JSON, not a table; save the numbers as CSV."


def test_the_classes_of_a_column_are_offered_to_a_softmax(nodegraph: Call) -> None:
    nodegraph("new", "--network", "2,3", "--loss", "softmax", "-o", "net.nodegraph")
    Path("kinds.csv").write_text("x1,x2,t\n0,0,A\n0,1,B\n1,0,C\n1,1,A\n1,2,B\n2,1,C\n", encoding="utf-8")
    said = nodegraph("train", "net.nodegraph", "--data", "kinds.csv", "--steps", "1").err
    assert "One-hot, the classes of t would be t1, t2 and t3. Use it with --one-hot t" in said
    said = nodegraph("train", "net.nodegraph", "--data", "kinds.csv", "--one-hot", "t", "--steps", "1").err
    assert "used by no input" not in said


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
    Path("points.csv").write_text("X,Y\n0,-1\n1,1\n", encoding="utf-8")
    said = nodegraph("train", *LINE, "--steps", "1").err
    assert said.rstrip().endswith("by no input. Use them with --bind x=X --bind y=Y")


def test_a_column_called_as_a_trained_input_is_told(nodegraph: Call, line: Path) -> None:
    Path("points.csv").write_text("x,w,y\n0,1,-1\n1,1,1\n", encoding="utf-8")
    said = nodegraph("train", *LINE, "--steps", "1").err
    assert "note: w takes the column of its name, and so is data and not trained. Rename the column" in said
    assert nodegraph("train", *LINE, "--steps", "1", "--bind", "w=w").err == ""


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


def test_a_decimal_sign_may_be_said_for_a_table(nodegraph: Call, line: Path) -> None:
    Path("points.csv").write_text("x;y\n1.000;1.000\n2.000;2.000\n", encoding="utf-8")
    told = nodegraph("train", *LINE, "--steps", "1")
    assert "1.000 is read as 1, not as 1000" in told.err
    told = nodegraph("train", *LINE, "--steps", "1", "--decimal", "comma", "--json")
    assert json.loads(told.out)["first_loss"] == pytest.approx(2.5e6)
    refused = nodegraph("train", "line.nodegraph", "--steps", "1", "--decimal", "comma")
    assert (refused.status, refused.err) == (2, "nodegraph: error: --decimal belongs to --data\n")


def test_of_a_table_in_parts_nothing_is_said_that_would_not_be_used(
    nodegraph: Call, line: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training_module, "WHOLE_BYTES", 10)
    for option, value in (("--decimal", "comma"), ("--encoding", "windows-1251")):
        refused = nodegraph("train", *LINE, "--steps", "1", option, value, "--engine", "dask")
        assert f"{option}: a table of this size is read in parts" in refused.complaint


def test_the_letters_of_a_table_that_is_no_unicode_may_be_said(nodegraph: Call, line: Path) -> None:
    Path("points.csv").write_bytes("x,y,Вес\n1,1,2\n2,2,3\n".encode("windows-1251"))
    told = nodegraph("train", *LINE, "--steps", "1")
    assert "its letters are taken for Western European (Windows-1252)" in told.err
    told = nodegraph("train", *LINE, "--steps", "1", "--encoding", "windows-1251")
    assert "its letters are taken for Cyrillic" in told.err
    assert "Вес" in told.err
    refused = nodegraph("train", "line.nodegraph", "--steps", "1", "--encoding", "windows-1250")
    assert (refused.status, refused.err) == (2, "nodegraph: error: --encoding belongs to --data\n")


def test_a_target_that_the_output_cannot_become_is_noted(nodegraph: Call, seed: Path) -> None:
    files.save(parse("y = w*x; L = relu(1 - t*y)", w=0.5), seed.parent / "hinge.nodegraph")
    (seed.parent / "bits.csv").write_text("x,t\n1,0\n2,1\n")
    ended = nodegraph("train", "hinge.nodegraph", "--data", "bits.csv", "--steps", "1")
    assert ended.status == 0
    assert "A hinge loss takes the classes −1 and 1, but t holds 0 and 1; write −1 for 0." in ended.err
    (seed.parent / "bits.csv").write_text("x,t\n1,-1\n2,1\n")
    assert "hinge" not in nodegraph("train", "hinge.nodegraph", "--data", "bits.csv", "--steps", "1").err


@pytest.fixture
def flowers(nodegraph: Call, seed: Path) -> None:
    """A softmax over three classes, and flowers of three kinds, of which one measure is in the thousands."""
    rows = [
        f"{2000 + 1000 * (k % 3)},{k % 3 - k / 90},{('iris', 'rose', 'tulip')[k % 3]}\n" for k in range(30)
    ]
    (seed.parent / "flowers.csv").write_text("x1,x2,t\n" + "".join(rows))
    words = ("--network", "2,4,3", "--loss", "softmax", "-o", "softmax.nodegraph")
    assert nodegraph("new", *words).status == 0


FLOWERS = ("train", "softmax.nodegraph", "--data", "flowers.csv", "--steps", "60", "--rate", "0.5")


@pytest.mark.usefixtures("flowers")
def test_classes_become_columns_and_measures_are_standardised(nodegraph: Call) -> None:
    words = ("--one-hot", "t", "--standardise", "x1", "--standardise", "x2", "--measure", "accuracy")
    ended = nodegraph(*FLOWERS, *words, "--json")
    assert ended.status == 0
    assert "note: t1 is t = 0, t2 is t = 1, t3 is t = 2." in ended.err
    assert "note: Standardised x1 (mean 3000, deviation 816.497), x2 (mean" in ended.err
    assert json.loads(ended.out)["measures"]["accuracy"]["last"] == 1
    assert (
        json.loads(nodegraph(*FLOWERS, "--one-hot", "t", "--standardise", "all", "--json").out)["rows"] == 30
    )


def test_what_each_of_many_columns_was_standardised_with_is_printed_since_new_data_need_it(
    nodegraph: Call, seed: Path
) -> None:
    files.save(parse("L = (w*x1 + b - x5)**2"), seed.parent / "five.nodegraph")
    names = [f"x{place}" for place in range(1, 6)]
    rows = [",".join(str(place * row) for place in range(1, 6)) for row in (1, 2, 3)]
    (seed.parent / "five.csv").write_text("\n".join((",".join(names), *rows)))
    ended = nodegraph(
        "train", "five.nodegraph", "--data", "five.csv", "--steps", "1", "--standardise", "all", "--json"
    )
    note = next(line for line in ended.err.splitlines() if "Standardised" in line)
    assert [f"{name} (mean {2 * place}, " in note for place, name in enumerate(names, 1)] == [True] * 5
    kept = json.loads(ended.out)["standardised"]
    assert list(kept) == names
    assert kept["x5"] == {"mean": 10, "deviation": pytest.approx(5 * (2 / 3) ** 0.5)}


@pytest.mark.usefixtures("flowers")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--one-hot", "kind"), "--one-hot kind: There is no column “kind” in the data."),
        (
            ("--standardise", "x1,x2"),
            "--standardise x1,x2: each has an option of its own: --standardise x1 --standardise x2",
        ),
        (
            ("--bind", "x1=t,x2=x1"),
            "--bind x1=t,x2=x1: each has an option of its own: --bind x1=t --bind x2=x1",
        ),
        (("--standardise", "x1", "--standardise", "x9"), "--standardise x1 x9: There is no column “x9”"),
        (("--one-hot", "t", "--one-hot", "t"), "--one-hot t: There is no column “t” in the data."),
    ],
)
def test_a_column_that_is_not_there_cannot_be_made_ready(
    nodegraph: Call, words: tuple[str, ...], said: str
) -> None:
    ended = nodegraph(*FLOWERS, *words)
    assert ended.status == 2
    assert f"nodegraph: error: {said}" in ended.err


@pytest.mark.usefixtures("flowers")
def test_only_a_table_that_is_read_whole_is_made_ready(
    nodegraph: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (
        nodegraph("train", "softmax.nodegraph", "--one-hot", "t").complaint
        == "--one-hot t: that is for --data"
    )
    monkeypatch.setattr(training_module, "WHOLE_BYTES", 0)
    said = nodegraph(*FLOWERS, "--engine", "dask", "--standardise", "x1").complaint
    assert said == "--standardise x1: that needs all rows, and this table is read in parts"


def test_of_a_table_that_is_too_large_it_is_said_what_reads_it(nodegraph: Call, seed: Path) -> None:
    files.save(parse("L = (w*x - 1)**2", w=0.5), seed.parent / "line.nodegraph")
    (seed.parent / "long.csv").write_text("x\n" + "1\n" * 100_001)
    said = nodegraph("train", "line.nodegraph", "--data", "long.csv").complaint
    assert said.startswith("long.csv: ")
    assert said.endswith("at most 100,000. With --engine dask it is read in parts.")
    (seed.parent / "long.csv").write_text("x\n" + "1\n" * 99_999 + "word\n")
    assert "dask" not in nodegraph("train", "line.nodegraph", "--data", "long.csv").complaint
    (seed.parent / "long.csv").write_text("x\n1\nword\n2\n")
    assert "dask" not in nodegraph("train", "line.nodegraph", "--data", "long.csv").complaint
