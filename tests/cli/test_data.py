"""`nodegraph data`: tables to train on, and what may not be asked of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nodegraph.core.data.generators import generate
from nodegraph.core.data.kinds import KINDS
from nodegraph.formats.tables import csv_table, parquet_table

Call = Callable[..., Any]


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_is_written_that_reads_back_the_same(kind: str, nodegraph: Call) -> None:
    done = nodegraph("data", kind, "--rows", "50", "--noise", "0.1", "--seed", "3", "-o", "t.csv")
    assert (done.status, done.out, done.err) == (0, "", "")
    wanted = generate(kind, 50, 0.1, 3)
    assert csv_table.read(Path("t.csv"), wanted.title) == wanted


def test_a_network_is_trained_on_the_moons_that_were_generated(nodegraph: Call) -> None:
    assert nodegraph("new", "L = (w1*x1 + w2*x2 + b - t)**2", "-o", "model.nodegraph").status == 0
    assert nodegraph("data", "moons", "--signed", "-o", "moons.csv").status == 0
    done = nodegraph("train", "model.nodegraph", "--data", "moons.csv", "--steps", "3", "-o", "out.nodegraph")
    assert done.status == 0
    assert "3 steps over 100 rows" in done.out


def test_standard_output_and_classes_of_both_signs(nodegraph: Call) -> None:
    done = nodegraph("data", "moons", "--rows", "3", "--signed", "-o", "-")
    head, *rows = done.out.splitlines()
    assert head == "x1,x2,t"
    assert sorted(row.rpartition(",")[2] for row in rows) == ["-1", "1", "1"]


def test_classes_of_a_line_mean_nothing(nodegraph: Call) -> None:
    done = nodegraph("data", "line", "--signed", "-o", "line.csv")
    assert (done.status, done.err.count("\n")) == (0, 1)
    assert "--signed means nothing for a line" in done.err


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["moons", "--rows", "0"], "argument --rows: expected a whole number from 1, found “0”"),
        (["moons", "--rows", "1e12"], "argument --rows: expected a whole number from 1, found “1e12”"),
        (["moons", "--rows", str(10**12)], "data moons: A table has from 1 to 100,000 rows, not 1,"),
        (["moons", "--rows", "many"], "argument --rows: expected a whole number from 1, found “many”"),
        (["moons", "--noise", "-1"], "data moons: The noise is a deviation from 0 to 1000, not −1. Try 0.1."),
        (["moons", "--noise", "much"], "argument --noise: expected a number, found “much”"),
        (["moons", "--seed", "9" * 11], "data moons: A seed is a whole number from 0 to 4,294,967,295, not"),
        (["moon"], "argument KIND: invalid choice: 'moon'"),
        ([], "the following arguments are required: KIND"),
    ],
)  # fmt: skip
def test_what_cannot_be_generated_is_one_sentence_and_writes_nothing(
    words: list[str], complaint: str, nodegraph: Call
) -> None:
    assert nodegraph("data", *words, "-o", "x.csv").complaint.startswith(complaint)
    assert not Path("x.csv").exists()


def test_a_folder_is_no_place_for_a_table(nodegraph: Call) -> None:
    Path("folder").mkdir()
    assert nodegraph("data", "moons", "-o", "folder").complaint.startswith("folder: ")


@pytest.fixture
def line(nodegraph: Call) -> Path:
    """A line to fit, and its points as Parquet, where the test stands."""
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow, of the extra `parquet`, is not installed")
    from pyarrow import parquet

    nodegraph("new", "e = (w*x + b - y)**2", "-o", "line.nodegraph")
    table = pyarrow.table({"x": [0.0, 1.0, None, 2.0], "length": [-1.0, 1.0, 7.0, 3.0]})
    parquet.write_table(table, "points.parquet")
    return Path("points.parquet")


def test_a_parquet_file_is_trained_on(line: Path, nodegraph: Call) -> None:
    done = nodegraph(
        "train", "line.nodegraph", "--data", str(line), "--bind", "y=length", "--steps", "5", "--json"
    )
    assert (done.status, json.loads(done.out)["rows"]) == (0, 3)
    assert "points.parquet: 1 row with a gap is left out: row 3." in done.err


def test_a_column_that_a_parquet_file_does_not_have_is_one_sentence(line: Path, nodegraph: Call) -> None:
    words = ("train", "line.nodegraph", "--data", str(line), "--bind", "y=height")
    done = nodegraph(*words)
    said = "nodegraph: error: line.nodegraph: y takes the column “height” of the data, but it has x, length."
    assert (done.status, done.err.splitlines()[-1]) == (2, said)


def test_a_parquet_file_without_pyarrow_is_one_sentence(
    nodegraph: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_table, "find_spec", lambda name: None)
    nodegraph("new", "e = (w*x - 1)**2", "-o", "line.nodegraph")
    Path("points.parquet").write_bytes(b"PAR1\0\0PAR1")
    complaint = nodegraph("train", "line.nodegraph", "--data", "points.parquet").complaint
    assert complaint == "points.parquet: Reading Parquet needs pyarrow; install it with: pip install pyarrow"


@pytest.mark.parametrize("name", ["line.nodegraph", "points.parquet", "figure.PNG"])
def test_a_table_is_not_written_as_another_kind_of_file(nodegraph: Call, name: str) -> None:
    Path(name).write_bytes(b"somebody's work")
    said = nodegraph("data", "moons", "-o", name).complaint
    ending = Path(name).suffix.lower()
    assert said == (f"{name}: A table is written as CSV, so its name does not end in {ending}; take .csv.")
    assert Path(name).read_bytes() == b"somebody's work"
