"""`scripts/bench.py engine` and `canvas`: what may not be asked of it, and that it measures what it says."""

from __future__ import annotations

import importlib.util
import json
from types import SimpleNamespace

import numpy as np
import pytest

from nodegraph.canvas.figure import PictureOptions
from nodegraph.core.building import shapes
from scripts import (
    bench,
    canvas_bench,
    canvas_frames,
    data_bench,
    edit_turns,
    edits_bench,
    engine_bench,
    files_bench,
    peers,
    picture_bench,
    start_bench,
    training_bench,
)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["engine", "--sizes", "0"], "expected a whole number from 1 to 10,000,000, found “0”"),
        (["engine", "--sizes", "1e12"], "found “1e12”"),
        (["engine", "--sizes", "1000000000000"], "found “1000000000000”"),
        (["engine", "--sizes", "two"], "found “two”"),
        (["engine", "--shapes", "round"], "invalid choice: 'round'"),
        (["canvas", "--sizes", "7"], "a canvas is measured with 100 to 100,000 nodes"),
        (["canvas", "--base", "tests"], "there is no tree of this project in tests"),
        (["canvas", "--rounds", "0"], "found “0”"),
        (["files", "--sizes", "1000000"], "a document is measured with up to 100,000 nodes"),
        (["data", "--rounds", "none"], "found “none”"),
        (["motor"], "invalid choice: 'motor'"),
    ],
)
def test_what_makes_no_sense_gives_one_line(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        bench.main(words)
    complaint = capsys.readouterr().err
    assert ended.value.code == 2
    assert said in complaint
    assert complaint.count("\n") == 1


def test_without_its_peers_it_says_so_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(engine_bench, "missing_peers", lambda: ["casadi"])
    with pytest.raises(SystemExit) as ended:
        bench.main(["engine"])
    complaint = capsys.readouterr().err
    assert ended.value.code == 2
    assert complaint.startswith("bench.py: casadi must be installed to measure beside: ")
    assert complaint.count("\n") == 1


def test_without_pandas_no_table_is_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(data_bench, "missing_peers", lambda: ["pandas"])
    with pytest.raises(SystemExit) as ended:
        bench.main(["data"])
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("bench.py: pandas must be installed to measure beside: ")


def test_a_table_is_measured_beside_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas", reason="pandas, of the extra `bench`, is not installed")
    monkeypatch.setattr(data_bench, "ROWS", 50)
    found = data_bench.measured(1, lambda figure: None)
    assert {figure.name.partition(":")[0] for figure in found} >= {"CSV, 17 digits, by numpy"}
    assert all(figure.value > 0 for figure in found)


def test_a_goal_is_reached_from_the_right_side() -> None:
    assert engine_bench.Figure("a", 2.0, goal=1.4).is_reached
    assert not engine_bench.Figure("a", 2.0, goal=1.4, at_least=False).is_reached
    assert engine_bench.Figure("a", 2.0).is_reached is None
    assert "NOT reached" in engine_bench.Figure("a", 2.0, goal=3.0).line


def test_a_picture_beside_its_png_says_whether_its_goal_is_reached() -> None:
    assert "NOT" not in picture_bench.Figure("a", 2.0, 10, ratio=1.0, goal=1.0).line
    assert "NOT reached" in picture_bench.Figure("a", 2.0, 10, ratio=1.01, goal=1.0).line
    assert "NOT" not in picture_bench.Figure("a", 2.0, 10, ratio=9.0).line


def test_each_kind_of_picture_is_measured_beside_the_png(qapp: object) -> None:
    graph = shapes.graph_of(shapes.random_shape(12, 3), placed=True)
    figures = picture_bench._of_graph("x", graph, {".svg": 1.0}, PictureOptions(), rounds=1)
    assert [figure.title for figure in figures] == ["x, png", "x, svg"]
    assert figures[0].ratio == 1.0
    assert all(figure.milliseconds > 0 and figure.size > 1000 for figure in figures)


def test_a_network_of_a_size_is_about_that_size() -> None:
    for size in (1_000, 10_000, 100_000):
        assert abs(len(engine_bench.shape_of("mlp", size)) - size) < 750


@pytest.mark.parametrize("peer", peers.NAMES)
def test_a_peer_computes_the_same_graph(peer: str) -> None:
    if importlib.util.find_spec(peer) is None:
        pytest.skip(f"{peer}, of the extra `bench`, is not installed")
    shape = shapes.random_shape(60, 1)
    kept = peers.STEPS[peer](shape)()
    if peer == "casadi":
        program, leaves, plan = engine_bench.program_of(shape)
        value, gradients = program.step(leaves)
        order = [int(node_id) for node_id in plan.ids[: plan.leaves]]
        np.testing.assert_allclose(kept[3][0], value, rtol=1e-9)
        np.testing.assert_allclose(kept[4][order], gradients, rtol=1e-9)


def test_a_step_of_training_is_the_step_of_numpy_by_hand_and_of_jax() -> None:
    training = training_bench.training_of()
    peers_there = training_bench.peers_of(training)
    assert set(peers_there) >= {"numpy by hand"}
    training_bench.demand_agreement([training_bench.our_step(training), *peers_there.values()], count=20)
    with pytest.raises(AssertionError, match="the losses differ"):
        training_bench.demand_agreement([lambda: 1.0, lambda: 1.1])


def test_a_step_of_training_is_told_beside_each_peer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training_bench.kernels, "_loaded", None)
    monkeypatch.setattr(training_bench.compiled, "load", lambda: None)
    monkeypatch.setattr(training_bench, "peers_of", lambda _: {"numpy by hand": lambda: 0.0})
    monkeypatch.setattr(training_bench, "demand_agreement", lambda _: None)
    monkeypatch.setattr(training_bench, "side_by_side", lambda steps, *_: [3e-4, 1e-4][: len(steps)])
    told: list[engine_bench.Figure] = []
    assert training_bench.measured(told.append) == told
    assert [(figure.value, figure.goal) for figure in told] == [
        (pytest.approx(300), None), (pytest.approx(3), None),
    ]  # fmt: skip


def test_ratios_of_the_canvas_say_how_many_times_as_fast_this_tree_is() -> None:
    best = {
        "this": dict.fromkeys(canvas_bench.KINDS, 2.0),
        "the other tree": dict.fromkeys(canvas_bench.KINDS, 30.0),
        canvas_bench.PEER: {"fit": 100.0},
    }
    figures = canvas_bench._figures(1_000, best)
    by_kind = {(figure.kind, figure.beside): figure for figure in figures}
    assert len(figures) == len(canvas_bench.KINDS) + 1
    assert by_kind["pan", "the other tree"].ratio == 15.0
    assert by_kind["pan", "the other tree"].goal == 10.0
    assert by_kind["fit", canvas_bench.PEER].ratio == 50.0
    assert "15.00 times as fast as the other tree   goal 10×" in by_kind["pan", "the other tree"].line


@pytest.mark.parametrize(("cost", "passes", "best"), [(0.0015, 46, 1.5), (0.1, 1, 300.0)])
def test_quick_frames_are_measured_for_as_long_as_slow_ones_pass_after_pass(
    monkeypatch: pytest.MonkeyPatch, cost: float, passes: int, best: float
) -> None:
    clock, begun, acts = [0.0], [], []

    def act(number: int) -> None:
        acts.append(number)
        clock[0] += cost * (3 if len(begun) == 1 else 1)  # a machine that is slow at first

    now = SimpleNamespace(monotonic=lambda: clock[0], process_time=lambda: clock[0])
    monkeypatch.setattr(canvas_frames, "time", now)
    window = object.__new__(canvas_frames.Bench)
    window.app, window.figures = SimpleNamespace(processEvents=lambda: None), {}
    window.measure("drag", act, lambda: begun.append(len(acts)))
    frames = canvas_frames.WARM + canvas_frames.FRAMES
    assert begun == [number * frames for number in range(passes)]
    assert acts == [*range(frames)] * passes
    assert window.figures["drag"] == pytest.approx(best)


def test_ratios_of_edits_say_how_many_times_as_fast_each_part_of_them_is() -> None:
    mine = {kind: [2.0, 4.0, 10.0] for kind in edits_bench.KINDS}
    others = {kind: [60.0, 60.0, 70.0] for kind in edits_bench.KINDS}
    figures = {figure.kind: figure for figure in edits_bench.figures_of(10_000, mine, others)}
    assert list(figures) == list(edits_bench.KINDS)
    assert figures["value"].ratios == [30.0, 15.0, 7.0]
    assert figures["value"].line.endswith("2.0 /     4.0 /    10.0 ms   30.0×   15.0×    7.0×   goal 20×")
    assert figures["move_all"].goal is None
    (alone, *_) = edits_bench.figures_of(100_000, mine, None)
    assert alone.line.endswith("2.0 /     4.0 /    10.0 ms")
    (record, *_) = edits_bench.as_record([figures["value"]])["edits"]  # type: ignore[misc]
    assert record["ratios"] == {"the act": 30.0, "longest turn": 15.0, "all turns": 7.0}


def test_edits_are_measured_on_a_machine_that_is_never_idle_too(monkeypatch: pytest.MonkeyPatch) -> None:
    class Busy(edit_turns.Edits):
        def __init__(self) -> None:
            self.editor = SimpleNamespace(tasks=SimpleNamespace(is_running=False))

        def turn(self) -> None:
            pass

    monkeypatch.setattr(edit_turns, "IDLE_MS", -1.0)  # no turn is as short
    monkeypatch.setattr(edit_turns, "PATIENCE_S", 0.05)
    assert Busy().turns_until_quiet()


def test_ratios_of_files_say_how_many_times_theirs_ours_takes() -> None:
    theirs = {"open": 2.0, "save": 1.0, "memory": 100.0}
    turns = {"find": 0.02, "select": 0.07, "value": 0.01, "add": 0.03, "undo": 0.04, "cut": 0.2}
    ours = {"open": 5.0, "save": 1.25, "memory": 300.0, **turns}
    figures = {figure.kind: figure for figure in files_bench.figures_of(10, theirs, ours)}
    assert {kind: figure.value for kind, figure in figures.items()} == {
        "open": 2.5, "save": 1.25, "memory": 3.0, "find": 20.0, "select": pytest.approx(70.0),
        "value": 10.0, "add": 30.0, "undo": 40.0, "cut": 200.0,
    }  # fmt: skip
    assert "2.50 times node_link_graph(json.load(f))   goal 3×" in figures["open"].line
    assert figures["select"].line.endswith("70.0 ms   goal 50 ms")


def test_ratios_of_starts_are_those_of_medians() -> None:
    times = {kind: [(1.0, 2.0), (9.0, 9.0), (2.0, 4.0)] for kind in start_bench.STARTS}
    times |= {"bare": [(1.0, 2.0)], "numpy": [(4.0, 2.0)]}
    ratios = {one.kind: (one.ratio, one.clock_ratio) for one in start_bench.figures_of(times)}
    assert ratios == {"paint": (2, 2), "shown": (2, 2), "run": (0.5, 2), "help": (1, 1)}


def test_all_is_one_record_with_the_machine(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for module in (start_bench, files_bench, canvas_bench, edits_bench):
        monkeypatch.setattr(module, "measured", lambda *_: [])
    monkeypatch.setattr(engine_bench, "missing_peers", lambda: ["casadi"])
    assert bench.main(["all", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"start", "files", "canvas", "edits", "machine", "versions", "figures"}


def test_a_tree_that_cannot_be_measured_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise canvas_bench.CannotMeasure("old could not be measured: no window")

    monkeypatch.setattr(canvas_bench, "measured", fail)
    with pytest.raises(SystemExit) as ended:
        bench.main(["canvas"])
    assert ended.value.code == 2
    assert capsys.readouterr().err == "bench.py: old could not be measured: no window\n"
