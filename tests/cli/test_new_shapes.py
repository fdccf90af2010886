"""`nodegraph new --random`, `--mlp`, `--chain`, `--wide`: test graphs, and what may not be asked of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import nodegraph as ng

Call = Callable[..., Any]


@pytest.mark.parametrize(
    ("words", "nodes"),
    [
        (["--random", "60", "--seed", "1"], 60),
        (["--chain", "20"], 20),
        (["--wide", "31"], 31),
        (["--mlp", "2,3,1", "--rows", "2"], 58),
        (["--mlp", "2, 3, 1", "--rows", "2"], 58),
        (["--network", "2,3,1"], 35),
        (["--network", "2,3,1", "--direction", "top-to-bottom"], 35),
        (["--network", "2,3,3", "--loss", "softmax", "--activation", "relu", "--start", "normal"], 67),
        (["--random", "2500"], 2500),
    ],
)
def test_new_makes_a_test_graph_that_runs_and_has_places(
    words: list[str], nodes: int, nodegraph: Call
) -> None:
    assert nodegraph("new", *words, "-o", "x.nodegraph").status == 0
    graph = ng.load(Path("x.nodegraph"))
    assert len(graph) == nodes
    assert not ng.run(graph).problems
    assert all(node.x is not None for node in graph.nodes())


@pytest.mark.parametrize("sizes", ["2-4-1", "2,4,1", "2 4 1", "2→4→1", " 2, 4, 1 "])
def test_sizes_are_written_as_in_the_window(nodegraph: Call, sizes: str) -> None:
    for option in ("--network", "--mlp"):
        assert nodegraph("new", option, sizes, "-o", "found.nodegraph").status == 0
        assert nodegraph("new", option, "2,4,1", "-o", "expected.nodegraph").status == 0
        assert Path("found.nodegraph").read_bytes() == Path("expected.nodegraph").read_bytes()


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--random", "0"], "argument --random: expected a whole number from 1, found “0”"),
        (["--random", "1e12"], "argument --random: expected a whole number from 1, found “1e12”"),
        (["--random", "1000000000000"], "--random 1000000000000: a document has at most 200,000 nodes"),
        (["--chain", "9" * 50], "argument --chain: expected a whole number from 1, found “999"),
        (["--wide", "two"], "argument --wide: expected a whole number from 1, found “two”"),
        (["--chain", "-5"], "argument --chain: expected a whole number from 1, found “-5”"),
        (["--chain", "5", "--seed", "x"], "argument --seed: expected a whole number from 0, found “x”"),
        (["--mlp", "2"], "argument --mlp: write the sizes as 2-4-1: inputs,"),
        (["--mlp", "2,0,1"], "argument --mlp: each layer needs at least one neuron, and"),
        (["--mlp", "2,2,1", "--rows", "999999999"], "--mlp 2,2,1 --rows 999999999: a document has at most"),
        (["--mlp", "20000,1"], "--mlp 20000,1: a neuron takes fewer than 10,000 inputs"),
        (["--chain", "5", "--rows", "2"], "--rows belongs to --mlp"),
        (["--network", "2"], "argument --network: write the sizes as 2-4-1: inputs,"),
        (["--network", "2,1", "--loss", "huber"], "argument --loss: invalid choice: 'huber'"),
        (["--network", "2,1", "--activation", "tan"], "--network 2,1: There is no activation “tan”;"),
        (["--network", "2,1", "--penalty", "-1"], "--network 2,1: The L2 penalty is a number from 0,"),
        (["--network", "2,1", "--penalty", "x"], "argument --penalty: expected a number, found “x”"),
        (["--network", "2,1", "--loss", "softmax"], "--network 2,1: A softmax needs two outputs or more"),
        (["--network", "90,90,1"], "--network 90,90,1: That would be 16,"),
        (["--network", "2,1", "--rows", "3"], "--rows belongs to --mlp"),
        (["--chain", "5", "--loss", "hinge"], "--loss belongs to --network"),
        (["a*b", "--output-activation", "relu"], "--output-activation belongs to --network"),
        (["--chain", "5", "--set", "x1=2"], "--set belongs to a text"),
        (["--chain", "5", "--binary"], "--binary belongs to a text"),
        (["a*b", "--seed", "2"], "--seed belongs to a test graph"),
        (["a*b", "--chain", "5"], "write a text or --chain, not both"),
        (["--wide", "5", "--chain", "5"], "argument --chain: not allowed with argument --wide"),
        ([], "write a text, - for one on standard input, or a test graph such as --random 100"),
    ],
)  # fmt: skip
def test_a_size_that_makes_no_sense_gives_one_line_and_writes_nothing(
    words: list[str], complaint: str, nodegraph: Call
) -> None:
    assert nodegraph("new", *words, "-o", "x.nodegraph").complaint.startswith(complaint)
    assert not Path("x.nodegraph").exists()


def test_a_network_is_the_one_that_the_window_inserts(nodegraph: Call) -> None:
    from nodegraph.core.building.networks import mlp

    words = ["--activation", "relu", "--loss", "hinge", "--penalty", "1e-4", "--start", "unit", "--seed", "7"]
    assert nodegraph("new", "--network", "2,4,1", *words, "-o", "x.nodegraph").status == 0
    graph = ng.Graph()
    graph.apply(mlp(graph, [2, 4, 1], "relu", "linear", "hinge", seed=7, start="unit", penalty=1e-4))
    assert ng.load(Path("x.nodegraph")) == graph


def test_the_demo_of_micrograd_is_three_lines(nodegraph: Call) -> None:
    moons = ["--rows", "100", "--noise", "0.1", "--seed", "1337", "--signed", "-o", "moons.csv"]
    assert nodegraph("data", "moons", *moons).status == 0
    words = ["--activation", "relu", "--loss", "hinge", "--penalty", "0.0001", "--start", "unit"]
    assert (
        nodegraph("new", "--network", "2,16,16,1", *words, "--seed", "1337", "-o", "m.nodegraph").status == 0
    )
    asked = ["--steps", "100", "--rate", "1", "--schedule", "1 - 0.9*k/n", "--measure", "accuracy"]
    assert nodegraph("train", "m.nodegraph", "--data", "moons.csv", *asked, "--log", "run.csv").status == 0
    rows = [row.split(",")[:3] for row in Path("run.csv").read_text(encoding="utf-8").splitlines()]
    assert rows[0] == ["step", "loss", "accuracy"]
    assert float(rows[1][1]) == pytest.approx(0.8958441028683222, rel=1e-13)  # as its notebook prints them
    assert float(rows[100][1]) == pytest.approx(0.010978370135492717, rel=1e-13)
    assert rows[100][2] == "1"
