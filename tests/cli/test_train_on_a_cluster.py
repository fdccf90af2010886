"""`nodegraph train --engine dask`: the same numbers, tables that are read in parts, and what is refused."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from nodegraph.cli import training as command
from nodegraph.core.building.expression import parse
from nodegraph.core.errors import Refused
from nodegraph.formats import files
from nodegraph.formats.cluster import dask_cluster
from nodegraph.formats.cluster.spread import Lost
from nodegraph.formats.tables import table_parts
from tests.cli.conftest import Outcome
from tests.formats.cluster.test_spread import Here

Call = Callable[..., Outcome]
LINE = ("line.nodegraph", "--data", "points.csv", "--engine", "dask")
WORDS = ("--steps", "30", "--rate", "0.1")


class Parts(Here):
    """The rows of parts, in this process instead of on workers; lost, or interrupted, after some."""

    ends_after, ending = 10**9, Lost("The cluster does not answer any more.")

    def __init__(self, _client: Any, sources: Sequence[Any], columns: Sequence[str]) -> None:
        super().__init__([dask_cluster._numbers(each, columns) for each in sources])

    def ask(self, *words: Any, **more: Any) -> list[Any]:
        if self.asked >= self.ends_after:
            raise self.ending
        return super().ask(*words, **more)


@pytest.fixture
def line(seed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line to fit to 40 rows of a table; what would run on workers runs here."""

    @contextlib.contextmanager
    def connected(_address: str | None, workers: int) -> Iterator[None]:
        assert 1 <= workers <= (os.cpu_count() or 1)
        yield None

    monkeypatch.setattr(dask_cluster, "connected", connected)
    monkeypatch.setattr(dask_cluster, "DaskSpread", Parts)
    monkeypatch.setattr(dask_cluster, "parts_of", lambda _client, table: [table.arrays])
    monkeypatch.setattr(table_parts, "ROWS_EACH", 7)
    files.save(parse("e = (w*x + b - y)**2", w=0, b=0), seed.parent / "line.nodegraph")
    rows = "".join(f"{place / 40},{1 - place / 20}\n" for place in range(40))
    (seed.parent / "points.csv").write_text("x,y\n" + rows, encoding="utf-8")


@pytest.mark.usefixtures("line")
@pytest.mark.parametrize("whole_bytes", [10**9, 0])
def test_the_numbers_are_the_local_ones(
    nodegraph: Call, monkeypatch: pytest.MonkeyPatch, whole_bytes: int
) -> None:
    monkeypatch.setattr(command, "WHOLE_BYTES", whole_bytes)
    found = json.loads(nodegraph("train", *LINE, *WORDS, "--json").out)
    local = json.loads(nodegraph("train", *LINE[:3], *WORDS, "--json").out)
    assert found["values"] == pytest.approx(local["values"], rel=1e-12)
    assert found["loss"] == pytest.approx(local["loss"], rel=1e-12)
    assert (found["rows"], found["steps"]) == (40, 30)


@pytest.mark.usefixtures("line")
@pytest.mark.parametrize("whole_bytes", [10**9, 0])
def test_batches_held_out_rows_and_measures_are_the_local_ones(
    nodegraph: Call, monkeypatch: pytest.MonkeyPatch, whole_bytes: int
) -> None:
    monkeypatch.setattr(command, "WHOLE_BYTES", whole_bytes)
    more = ("--batch", "8", "--held-out", "0.2", "--measure", "r2", "--seed", "3", "--log", "run.csv")
    runs = []
    for words in (LINE, LINE[:3]):
        assert nodegraph("train", *words, *WORDS, *more).status == 0
        runs.append([line.split(",") for line in Path("run.csv").read_text().splitlines()])
    (names, *there), (same_names, *here) = runs
    assert names == same_names
    assert "held_out_r2" in names
    for found, expected in zip(there, here, strict=True):
        assert [cell == "" for cell in found] == [cell == "" for cell in expected]
        assert [float(cell or 0) for cell in found] == pytest.approx(
            [float(cell or 0) for cell in expected], rel=1e-11
        )


@pytest.mark.usefixtures("line")
@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--batch", "90", "A batch of 90 rows is more than the 40 rows of the data; take at most 40."),
        ("--held-out", "0.001", "A held-out share of 0.001 of 40 rows is no row;"),
    ],
)
@pytest.mark.parametrize("whole_bytes", [10**9, 0])
def test_an_option_that_does_not_suit_the_rows_is_named(
    nodegraph: Call, monkeypatch: pytest.MonkeyPatch, option: str, value: str, said: str, whole_bytes: int
) -> None:
    monkeypatch.setattr(command, "WHOLE_BYTES", whole_bytes)
    refused = nodegraph("train", *LINE, *WORDS, option, value)
    assert refused.status == 2
    assert refused.err.startswith(f"nodegraph: error: {option} {value}: {said}")


@pytest.mark.usefixtures("line")
def test_what_was_learnt_is_kept_when_the_cluster_is_lost(
    nodegraph: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Parts, "ends_after", 9)
    ended = nodegraph("train", *LINE, *WORDS, "-o", "t.nodegraph", "--log", "run.csv", "--json")
    told = json.loads(ended.out)
    assert ended.status == 1
    assert (told["steps"], told["stopped"]) == (7, "The cluster does not answer any more.")
    learnt = {node.name: node.value for node in files.graph_of(Path("t.nodegraph").read_bytes()).nodes()}
    assert {name: learnt[name] for name in ("w", "b")} == told["values"]
    assert len(Path("run.csv").read_text().splitlines()) == 1 + 8


@pytest.mark.usefixtures("line")
def test_what_was_learnt_is_kept_when_it_is_interrupted(
    nodegraph: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Parts, "ends_after", 9)
    monkeypatch.setattr(Parts, "ending", KeyboardInterrupt())
    ended = nodegraph("train", *LINE, *WORDS, "-o", "t.nodegraph")
    assert ended.status == 130
    assert "Interrupted; what was learnt until then is kept." in ended.out
    assert Path("t.nodegraph").exists()


@pytest.mark.usefixtures("line")
def test_a_cluster_that_is_lost_before_the_first_step_is_told(
    nodegraph: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Parts, "ends_after", 1)
    assert nodegraph("train", *LINE, *WORDS).complaint == "The cluster does not answer any more."


@pytest.mark.usefixtures("line")
def test_what_is_wrong_with_the_cluster_is_told_of_the_option(
    nodegraph: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise Refused("The workers are of another version.")

    monkeypatch.setattr(Parts, "__init__", fail)
    said = nodegraph("train", *LINE, *WORDS).complaint
    assert said == "--engine dask: The workers are of another version."


@pytest.mark.usefixtures("line")
@pytest.mark.parametrize("whole_bytes", [10**9, 0])
@pytest.mark.parametrize(
    ("option", "about"), [([], "points.csv"), (["--held-out", "split"], "--held-out split")]
)
def test_a_column_that_holds_rows_out_is_refused_and_not_said_to_be_taken(
    nodegraph: Call, monkeypatch: pytest.MonkeyPatch, option: list[str], about: str, whole_bytes: int
) -> None:
    monkeypatch.setattr(command, "WHOLE_BYTES", whole_bytes)
    rows = "".join(f"{place / 40},{place},{'test' if place % 4 else 'train'}\n" for place in range(40))
    Path("points.csv").write_text("x,y,split\n" + rows, encoding="utf-8")
    refused = nodegraph("train", *LINE, *WORDS, *option)
    assert refused.status == 2
    assert f"{about}: On a cluster rows are held out by a share, not by a column;" in refused.err
    assert "The rows for testing are held out" not in refused.err
    assert nodegraph("train", *LINE, *WORDS, "--held-out", "0").status == 0


@pytest.mark.usefixtures("line")
def test_what_is_taken_for_granted_in_parts_is_told(nodegraph: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "WHOLE_BYTES", 0)
    Path("points.csv").write_text("# made up\nx;y;kind\n" + "0,5;1;a\n1;2;b\n" * 5, encoding="utf-8")
    said = nodegraph("train", *LINE, "--steps", "2").err
    assert "points.csv: decimals have a comma; rows that begin with # are left out; the text in" in said


@pytest.mark.usefixtures("line")
def test_what_is_wrong_in_a_part_is_told_of_the_table(
    nodegraph: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "WHOLE_BYTES", 0)
    with Path("points.csv").open("a") as file:
        file.write("1,abc\n")
    said = nodegraph("train", *LINE).complaint
    assert said.startswith("points.csv: row 42, column “y”: expected a number, found “abc”")


@pytest.mark.usefixtures("line")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((*LINE[:3], "--scheduler", "tcp://x:1"), "--scheduler tcp://x:1: that is for --engine dask"),
        (("line.nodegraph", "--engine", "dask"), "--engine dask: there are no rows to spread"),
        ((*LINE, "--batch", "41"), "--batch 41: A batch of 41 rows is more than the 40 rows of the data"),
        ((*LINE[:4], "spark"), "argument --engine: invalid choice: 'spark'"),
    ],
)
def test_what_makes_no_sense_is_refused(nodegraph: Call, words: Sequence[str], said: str) -> None:
    assert nodegraph("train", *words).complaint.startswith(said)


def test_without_dask_one_sentence_says_so(
    nodegraph: Call, seed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.save(parse("e = (w*x - 1)**2", w=0), seed.parent / "line.nodegraph")
    Path("points.csv").write_text("x\n1\n2\n")
    monkeypatch.setattr(dask_cluster.importlib.util, "find_spec", lambda _name: None)
    said = nodegraph("train", *LINE).complaint
    assert said.startswith("--engine dask: Dask is not installed; add it with: ")
