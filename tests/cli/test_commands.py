"""Each command does what the contract says, and says what it did in its exit status."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.graph_text import to_text
from nodegraph.core.engine import moments
from nodegraph.core.engine.passes import run
from nodegraph.core.graph.direction import Direction
from nodegraph.core.training.bindings import bind, set_table
from nodegraph.core.training.tables import Table
from nodegraph.formats import files

Call = Callable[..., Any]


def document(path: Path, nodes: list[dict[str, Any]], edges: list[tuple[str, str, int]]) -> str:
    record = {
        "graph": {"format": "nodegraph", "version": 1},
        "nodes": nodes,
        "edges": [{"source": source, "target": target, "key": key} for source, target, key in edges],
    }
    path.write_text(json.dumps(record), "utf-8")
    return path.name


# --- run
def test_run_prints_both_passes_as_a_table(nodegraph: Call) -> None:
    done = nodegraph("run", "seed.nodegraph")
    assert done.status == 0
    assert done.out == (
        "The seed example\n"
        "L = (a × b + c) × f\n"
        "\n"
        "node  operation  formula  value  ∂L/∂node\n"
        "a     input                   2       +15\n"
        "b     input                   3       +10\n"
        "c     input                 −10        +5\n"
        "f     input                   5        −4\n"
        "e     multiply   a × b        6        +5\n"
        "d     add        e + c       −4        +5\n"
        "L     multiply   d × f      −20        +1\n"
        "\n"
        "output: L = −20\n"
    )


def test_run_as_json_prints_one_object_as_the_contract_says(nodegraph: Call) -> None:
    done = nodegraph("run", "seed.nodegraph", "--json")
    assert done.status == 0
    assert json.loads(done.out) == {
        "output": "L",
        "order": ["a", "b", "c", "f", "e", "d", "L"],
        "values": {"a": 2, "b": 3, "c": -10, "f": 5, "e": 6, "d": -4, "L": -20},
        "gradients": {"a": 15, "b": 10, "c": 5, "f": -4, "e": 5, "d": 5, "L": 1},
        "problems": [],
    }


def test_values_can_be_set_more_than_once(nodegraph: Call) -> None:
    record = json.loads(nodegraph("run", "seed.nodegraph", "--set", "a=3", "--set", "f=-1e-3", "--json").out)
    assert record["values"]["L"] == -0.001 * (3 * 3 - 10)
    assert record["gradients"]["a"] == -0.003


def test_setting_a_value_leaves_the_file_as_it_was(nodegraph: Call, seed: Path) -> None:
    before = seed.read_bytes()
    nodegraph("run", "seed.nodegraph", "--set", "a=3")
    assert seed.read_bytes() == before


def test_another_output_can_be_chosen(nodegraph: Call) -> None:
    record = json.loads(nodegraph("run", "seed.nodegraph", "--output", "d", "--json").out)
    assert record["output"] == "d"
    assert record["gradients"] == {"a": 3, "b": 2, "c": 1, "f": 0, "e": 1, "d": 1, "L": 0}


def test_constants_have_no_gradient_and_names_may_differ_from_ids(nodegraph: Call, tmp_path: Path) -> None:
    nodes = [
        {"id": "1", "name": "x", "op": "input", "value": 3},
        {"id": "2", "name": "two", "op": "constant", "value": 2},
        {"id": "3", "name": "y = x·2", "op": "multiply"},
    ]
    name = document(tmp_path / "named", nodes, [("1", "3", 0), ("2", "3", 1)])
    record = json.loads(nodegraph("run", name, "--json", "--set", "x=4", "--output", "y = x·2").out)
    assert record["values"] == {"x": 4, "two": 2, "y = x·2": 8}
    assert record["gradients"] == {"x": 2, "two": None, "y = x·2": 1}


def test_numbers_that_are_not_finite_are_told_as_text_and_as_problems(
    nodegraph: Call, tmp_path: Path
) -> None:
    nodes = [
        {"id": "x", "op": "input", "value": -1},
        {"id": "y", "op": "log"},
        {"id": "z", "op": "input", "value": 0},
        {"id": "w", "op": "reciprocal"},
        {"id": "v", "op": "log"},
    ]
    name = document(tmp_path / "odd", nodes, [("x", "y", 0), ("z", "w", 0), ("z", "v", 0)])
    done = nodegraph("run", name, "--json", "--output", "w")
    record = json.loads(done.out)
    assert done.status == 1
    assert (record["values"]["y"], record["values"]["w"], record["values"]["v"]) == (
        "NaN",
        "Infinity",
        "-Infinity",
    )
    assert record["gradients"]["z"] == "-Infinity"
    assert [problem["node"] for problem in record["problems"]] == ["y", "v", "w"]
    assert "NaN" in nodegraph("run", name).out


def test_an_unfinished_graph_runs_as_far_as_it_can_and_says_what_is_missing(
    nodegraph: Call, tmp_path: Path
) -> None:
    nodes = [
        {"id": "x", "op": "input", "value": 2},
        {"id": "p", "op": "multiply"},
        {"id": "y", "op": "later"},
    ]
    name = document(tmp_path / "unfinished", nodes, [("x", "p", 1), ("p", "y", 0)])
    done = nodegraph("run", name)
    assert done.status == 1
    assert "p     multiply   … × x        –         –\n" in done.out
    assert "problems:\n  p: Connect input 1.\n  y: The operation “later” is not known here" in done.out
    record = json.loads(nodegraph("run", name, "--json").out)
    assert record["values"] == {"x": 2}
    assert record["gradients"] == {"x": None}


def test_an_empty_graph_runs(nodegraph: Call, tmp_path: Path) -> None:
    name = document(tmp_path / "empty", [], [])
    assert json.loads(nodegraph("run", name, "--json").out)["output"] is None
    for command in ("run", "explain", "check"):
        assert nodegraph(command, name).status == 0


# --- explain
def test_explain_tells_every_step(nodegraph: Call) -> None:
    done = nodegraph("explain", "seed.nodegraph")
    lines = done.out.splitlines()
    assert done.status == 0
    assert lines[3] == "Forward, step 1 of 11.  The inputs appear: a = 2, b = 3, c = −10, f = 5."
    assert lines[12].startswith("Backward, step 10 of 11.  e sends 5 × 3 = 15 back to a, because e = a × b")
    assert len(lines) == 14


def test_explain_tells_the_first_steps_of_each_pass_and_what_it_left_out(
    nodegraph: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "not told" not in nodegraph("explain", "seed.nodegraph").out
    lines = nodegraph("explain", "seed.nodegraph", "--most", "5").out.splitlines()
    left_out = [line for line in lines if "not told" in line]
    assert left_out[0].startswith("… 1 step is not told of the forward pass; --most N sets their number")
    assert left_out[1].startswith("… 5 steps are not told of the backward pass")
    assert lines.index(left_out[1]) - lines.index(left_out[0]) == 3
    told = json.loads(nodegraph("explain", "seed.nodegraph", "--most", "5", "--json").out)
    assert (len(told["steps"]), told["left_out"]) == (5, 6)
    monkeypatch.setattr(moments, "TOLD_STEPS", 4)
    assert json.loads(nodegraph("explain", "seed.nodegraph", "--json").out)["left_out"] == 7


def test_explain_tells_all_about_one_node(nodegraph: Call) -> None:
    done = nodegraph("explain", "seed.nodegraph", "a", "--set", "b=4")
    assert done.status == 0
    assert "∂L/∂a = ∂L/∂e × ∂e/∂a = 5 × 4 = 20\n" in done.out
    assert "since e = a × b, ∂e/∂a = b\n" in done.out
    assert "a → e → d → L  4 × 1 × 5 = +20\n" in done.out


def test_explain_tells_what_a_node_waits_for(nodegraph: Call, tmp_path: Path) -> None:
    nodes = [{"id": "p", "op": "exp"}, {"id": "y", "op": "log"}]
    name = document(tmp_path / "unfinished", nodes, [("p", "y", 0)])
    assert "Connect its input." in nodegraph("explain", name, "p").out
    done = nodegraph("explain", name, "y")
    assert done.status == 1
    assert "This waits for p." in done.out


def test_explain_writes_a_sheet_in_the_format_its_name_asks_for(nodegraph: Call, tmp_path: Path) -> None:
    for name, sign in (("a.md", "$$"), ("a.tex", r"\documentclass"), ("a.html", "<math"), ("a.txt", "∂L/∂a")):
        out = tmp_path / name
        done = nodegraph("explain", "seed.nodegraph", "a", "-o", str(out))
        assert (done.status, done.out) == (0, "")
        assert sign in out.read_text(encoding="utf-8")


def test_explain_prints_a_sheet_where_a_format_is_said(nodegraph: Call) -> None:
    assert "$$" in nodegraph("explain", "seed.nodegraph", "--format", "markdown").out
    plain = nodegraph("explain", "seed.nodegraph").out
    assert nodegraph("explain", "seed.nodegraph", "--format", "text").out == plain


def test_explain_writes_whole_or_not_at_all(nodegraph: Call, tmp_path: Path) -> None:
    done = nodegraph("explain", "seed.nodegraph", "-o", str(tmp_path / "none" / "a.md"))
    assert done.status == 2
    assert done.err.startswith("nodegraph: error: ")
    assert "let its name end in .txt" in nodegraph("explain", "seed.nodegraph", "-o", "a.pdf").err


# --- check
def test_check_compares_every_gradient(nodegraph: Call) -> None:
    done = nodegraph("check", "seed.nodegraph")
    assert done.status == 0
    assert done.out.count("✓") == 7
    assert done.out.endswith("All 7 gradients agree with their numerical derivatives.\n")


def test_check_speaks_of_one_gradient_as_one(nodegraph: Call) -> None:
    assert nodegraph("new", "y = 2*3", "-o", "one.nodegraph").status == 0
    said = nodegraph("check", "one.nodegraph").out
    assert said.endswith("The only gradient agrees with its numerical derivative.\n")
    assert nodegraph("new", "y = -x", "-o", "two.nodegraph").status == 0
    assert nodegraph("check", "two.nodegraph").out.endswith(
        "Both gradients agree with their numerical derivatives.\n"
    )
    assert nodegraph("new", "y = tan(x)", "--set", "x=1.5707963267948966", "-o", "two.nodegraph").status == 0
    assert (
        "1 of 2 gradients agrees with its numerical derivative.\n" in nodegraph("check", "two.nodegraph").out
    )


def test_check_fails_where_a_gradient_is_wrong(nodegraph: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    from nodegraph.core.checks import gradient_check
    from nodegraph.core.checks.gradient_check import Check

    wrong = Check("a", "a", 15.0, 14.0, 0.07, False, "")
    monkeypatch.setattr(gradient_check, "check_most", lambda trace, most: [wrong])
    done = nodegraph("check", "seed.nodegraph")
    assert done.status == 1
    assert "The only gradient that was compared differs: a." in done.out


def test_check_says_what_it_left_out(nodegraph: Call) -> None:
    done = nodegraph("check", "seed.nodegraph", "--most", "4")
    assert (done.status, done.out.count("✓")) == (0, 4)
    assert done.out.endswith(
        "All 4 gradients that were compared agree with their numerical derivatives.\n"
        "3 of 7 gradients were not compared; --most 7 compares all, however long it takes.\n"
    )
    assert json.loads(nodegraph("check", "seed.nodegraph", "--most", "4", "--json").out)["left_out"] == 3
    assert json.loads(nodegraph("check", "seed.nodegraph", "--json").out)["left_out"] == 0
    assert "a whole number from 1" in nodegraph("check", "seed.nodegraph", "--most", "0").complaint


def test_check_passes_at_a_minimum_and_at_a_kink(nodegraph: Call) -> None:
    for text, values in (
        ("p = w*x + b; L = (p - t)**2", ("w=3.1", "x=2", "b=1.7", "t=7.9")),
        ("L = relu(x) + x**2", ("x=0",)),
        ("L = max(a, b, c)*3 + 1", ("a=1e-4", "b=2e-4", "c=0")),
    ):
        settings = [part for value in values for part in ("--set", value)]
        nodegraph("new", text, *settings, "-o", "new.nodegraph")
        done = nodegraph("check", "new.nodegraph")
        assert done.status == 0
        assert "gradients agree with their numerical derivatives.\n" in done.out
        assert "✗" not in done.out


def test_check_says_last_which_gradients_stand_at_a_kink(nodegraph: Call) -> None:
    nodegraph("new", "y = relu(x)", "--set", "x=0", "-o", "new.nodegraph")
    done = nodegraph("check", "new.nodegraph")
    assert done.status == 0
    (row,) = (line for line in done.out.splitlines() if line.lstrip().startswith("x "))
    assert "⚠" in row
    assert "✓" not in row
    assert done.out.endswith(
        "1 of 2 gradients agrees with its numerical derivative.\n"
        "At a kink, where any slope between those of its two sides will do: x.\n"
    )


def test_check_says_what_numbers_cannot_tell(nodegraph: Call) -> None:
    nodegraph("new", "L = a + b", "--set", "a=1e20", "-o", "new.nodegraph")
    done = nodegraph("check", "new.nodegraph")
    assert done.status == 0
    assert done.out.endswith(
        "2 of 3 gradients agree with their numerical derivatives.\nNumbers cannot tell here: b.\n"
    )


def test_check_does_not_call_different_what_cannot_be_compared(nodegraph: Call) -> None:
    nodegraph("new", "L = log(x) + b", "--set", "x=-1", "-o", "new.nodegraph")
    done = nodegraph("check", "new.nodegraph")
    assert done.status == 1, "the graph has a problem"
    assert "differ" not in done.out
    assert "Nothing to compare: x, b, " in done.out


@pytest.mark.parametrize("command", ["run", "check"])
def test_a_column_that_no_input_takes_is_noted_once(nodegraph: Call, command: str) -> None:
    graph = parse("L = (w*x - t)**2", w=1, x=2, t=3)
    graph.apply(set_table(graph, Table("", (("x", (1.0, 2.0)), ("y", (2.0, 4.0))))))
    x, t = graph.named("x"), graph.named("t")
    assert x is not None
    assert t is not None
    graph.apply(bind(graph, x.id, "x"))
    files.save(graph, "data.nodegraph")
    done = nodegraph(command, "data.nodegraph", "--json")
    assert (done.status, done.err) == (0, "nodegraph: note: The column y is used by no input.\n")
    graph.apply(bind(graph, t.id, "y"))
    files.save(graph, "data.nodegraph")
    assert nodegraph(command, "data.nodegraph").err == ""


# --- new
def test_new_makes_a_document_from_text(nodegraph: Call, tmp_path: Path) -> None:
    text = "e = a*b; d = e + c\nL = d*f"
    assert nodegraph("new", text, "--set", "a=2", "--set", "c=-10", "-o", "new.nodegraph").status == 0
    graph = files.load("new.nodegraph")
    assert to_text(graph) == "e = a * b\nd = e + c\nL = d * f"
    assert run(graph).values["L"] == -8.0
    assert None not in {node.x for node in graph.nodes()}


def test_new_says_once_which_names_it_read_as_constants(nodegraph: Call) -> None:
    done = nodegraph("new", "y = sin(pi*x) + pi/(1 + e**(-x))", "-o", "new.nodegraph")
    assert (done.status, done.out) == (0, "")
    assert done.err == (
        "nodegraph: note: pi is the constant 3.14159 and e is the constant 2.71828 here; "
        "for inputs of these names, begin with “pi; e;”.\n"
    )
    assert nodegraph("new", "y = e*x", "--set", "e=4", "-o", "new.nodegraph").err == ""


def test_a_text_may_begin_with_a_minus(nodegraph: Call) -> None:
    assert nodegraph("new", "-a*b", "-o", "minus.nodegraph").status == 0
    assert run(files.load("minus.nodegraph")).values["a"] == 1.0
    assert nodegraph("new", "--set", "a=-3", "-o", "minus.nodegraph", "--", "-a").status == 0
    assert sorted(run(files.load("minus.nodegraph")).values.values()) == [-3.0, 3.0]


# --- export
def test_export_writes_a_picture_that_opens_again(nodegraph: Call, tmp_path: Path) -> None:
    done = nodegraph("export", "seed.nodegraph", "-o", "seed.png", "--set", "a=7")
    assert (done.status, done.out, done.err) == (0, "", "")
    assert files.load("seed.png").node("a").value == 7.0
    assert nodegraph("run", "seed.png").status == 0


def test_export_takes_scale_margin_theme_and_moment(nodegraph: Call, tmp_path: Path) -> None:
    def size(*options: str) -> tuple[int, int]:
        assert nodegraph("export", "seed.nodegraph", "-o", "seed.png", *options).status == 0
        width, height = struct.unpack(">II", Path("seed.png").read_bytes()[16:24])
        return width, height

    width, height = size("--scale", "1")
    assert size() == (2 * width, 2 * height)
    assert size("--scale", "1", "--margin", "34") == (width + 20, height + 20)
    pictures = set()
    for options in (
        [],
        ["--theme", "dark"],
        ["--transparent"],
        ["--after", "none"],
        ["--after", "forward"],
        ["--step", "6"],
    ):
        size(*options)
        pictures.add(Path("seed.png").read_bytes())
    assert len(pictures) == 6


def test_a_node_without_a_place_is_drawn_all_the_same(nodegraph: Call, tmp_path: Path) -> None:
    name = document(tmp_path / "placeless", [{"id": "x", "op": "input", "value": 2}], [])
    assert nodegraph("export", name, "-o", "x.png").status == 0
    assert files.load("x.png").node("x").x is None


# --- layout
def test_layout_prints_cards_edges_and_labels(nodegraph: Call) -> None:
    done = nodegraph("layout", "seed.nodegraph", "--json")
    assert (done.status, done.err) == (0, "")
    picture = json.loads(done.out)
    assert list(picture) == ["size", "cards", "edges", "labels"]
    assert set(picture["cards"]) == set("abcdefL")
    assert all(len(rect) == 4 for rect in picture["cards"].values())
    edge = picture["edges"][0]
    assert list(edge) == ["source", "target", "port", "points"]
    assert edge["points"][0][0] == sum(picture["cards"][edge["source"]][::2])
    assert {tuple(label["edge"]) for label in picture["labels"]} == {
        (edge["source"], edge["target"], edge["port"]) for edge in picture["edges"]
    }
    assert all(label["text"] and len(label["rect"]) == 4 for label in picture["labels"])


def test_layout_takes_a_moment_and_a_zoom(nodegraph: Call) -> None:
    def labels(*options: str) -> int:
        return len(json.loads(nodegraph("layout", "seed.nodegraph", "--json", *options).out)["labels"])

    assert labels("--after", "none") == labels("--step", "0") == labels("--zoom", "0.1") == 0
    assert labels("--after", "forward") == labels() == 6
    assert 0 < labels("--step", "9") < 6


def test_layout_words_labels_as_is_asked(nodegraph: Call) -> None:
    def labels(*options: str) -> list[str]:
        found = json.loads(nodegraph("layout", "seed.nodegraph", "--json", *options).out)["labels"]
        return [label["text"] for label in found]

    contributions = labels("--labels", "contribution", "--digits", "3", "--set", "a=2.123456")
    assert len(contributions) == 6
    assert not any("×" in text for text in contributions)
    assert any(text.lstrip("+−") == "10.6" for text in contributions), contributions
    assert all("×" in text for text in labels("--labels", "full"))
    assert labels("--labels", "none") == labels("--labels", "step") == []


def test_edges_are_drawn_as_is_asked(nodegraph: Call) -> None:
    def lines(*options: str) -> list[list[list[float]]]:
        found = json.loads(nodegraph("layout", "seed.nodegraph", "--json", *options).out)["edges"]
        return [edge["points"] for edge in found]

    assert all(len(line) == 2 for line in lines("--edges", "straight"))
    assert all(len(line) > 4 for line in lines("--edges", "right-angled"))
    assert lines() == lines("--edges", "curved", "--arrowheads")
    pictures = set()
    for options in (["--edges", "straight"], ["--edges", "right-angled"], ["--no-arrowheads"], []):
        assert nodegraph("export", "seed.nodegraph", "-o", "seed.png", *options).status == 0
        pictures.add(Path("seed.png").read_bytes())
    assert len(pictures) == 4
    wrong = nodegraph("export", "seed.nodegraph", "-o", "seed.png", "--edges", "wavy")
    assert wrong.status == 2
    assert "'wavy'" in wrong.err


def test_export_words_labels_as_is_asked(nodegraph: Call) -> None:
    for kind in ("automatic", "contribution", "none"):
        done = nodegraph("export", "seed.nodegraph", "-o", f"{kind}.png", "--labels", kind, "--digits", "3")
        assert done.status == 0
    assert len({Path(f"{kind}.png").read_bytes() for kind in ("automatic", "contribution", "none")}) == 3
    refused = nodegraph("export", "seed.nodegraph", "-o", "bad.png", "--digits", "12")
    assert "expected a whole number from 2 to 8, found “12”" in refused.complaint
    assert not Path("bad.png").exists()


def test_layout_tells_people_what_is_counted(nodegraph: Call) -> None:
    done = nodegraph("layout", "seed.nodegraph")
    assert done.out.startswith("7 cards and 6 edges on ")
    assert "edges beneath cards" in done.out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--zoom", "0"], "expected a number from 0.02 to 8, found “0”"),
        (["--zoom", "nan"], "expected a number from 0.02 to 8, found “nan”"),
        (["--step", "99"], "seed.nodegraph: There is no step 99; the two passes have the steps 0 to "),
        (["--step", "-1"], "seed.nodegraph: There is no step -1;"),
        (["--after", "tea"], "invalid choice: 'tea'"),
        (["--labels", "some"], "argument --labels: invalid choice: 'some'"),
        (["--digits", "1"], "expected a whole number from 2 to 8, found “1”"),
        (["--digits", "9"], "expected a whole number from 2 to 8, found “9”"),
        (["--digits", "3.5"], "expected a whole number from 2 to 8, found “3.5”"),
        (["--digits", "٣"], "expected a whole number from 2 to 8, found “٣”"),
    ],
)
def test_layout_refuses_what_there_is_not(nodegraph: Call, options: list[str], said: str) -> None:
    assert said in nodegraph("layout", "seed.nodegraph", "--json", *options).complaint


# --- layout
def test_layout_counts_one_of_a_kind_as_one(nodegraph: Call) -> None:
    nodegraph("new", "y = -a", "-o", "one.nodegraph")
    assert nodegraph("layout", "one.nodegraph").out.startswith("2 cards and 1 edge on ")


def test_run_says_what_a_muted_node_passes_on(nodegraph: Call, tmp_path: Path) -> None:
    nodes = [
        {"id": "a", "op": "input", "value": 2.0},
        {"id": "b", "op": "input", "value": 3.0},
        {"id": "y", "op": "multiply", "muted": True},
    ]
    name = document(tmp_path / "muted.nodegraph", nodes, [("a", "y", 0), ("b", "y", 1)])
    done = nodegraph("run", name)
    assert "y     multiply   a (muted)      2" in done.out


# --- the direction
def test_a_document_made_from_top_to_bottom_is_drawn_so_and_in_the_other_direction_where_asked(
    nodegraph: Call, tmp_path: Path
) -> None:
    down = "down.nodegraph"
    assert nodegraph("new", "L = a*b", "--direction", "top-to-bottom", "-o", down).status == 0
    own, turned = (
        json.loads(nodegraph("layout", down, "--json", *more).out)["size"]
        for more in ([], ["--direction", "left-to-right"])
    )
    assert own[0] < turned[0]
    assert own[1] > turned[1]
    assert nodegraph("export", down, "-o", "down.dot").status == 0
    assert nodegraph("export", down, "-o", "right.dot", "--direction", "left-to-right").status == 0
    assert nodegraph("export", down, "-o", "down.mmd").status == 0
    assert "rankdir=TB" in Path("down.dot").read_text("utf-8")
    assert "rankdir=LR" in Path("right.dot").read_text("utf-8")
    assert "flowchart TD" in Path("down.mmd").read_text("utf-8")
    assert (
        nodegraph("new", "--wide", "2500", "--direction", "top-to-bottom", "-o", "wide.nodegraph").status == 0
    )
    assert files.load("wide.nodegraph").direction is Direction.DOWN


def test_a_graph_of_another_program_becomes_a_document_and_its_words_are_shown(nodegraph: Call) -> None:
    Path("g.json").write_text(
        '{"directed": true, "nodes": [{"id": "a", "value": 2}, {"id": "y", "op": "MatMul"}, {"id": "b"}],'
        ' "links": [{"source": "a", "target": "y"}, {"source": "b", "target": "y"}]}',
        encoding="utf-8",
    )
    refused = nodegraph("new", "--from", "g.json", "-o", "g.nodegraph")
    assert refused.complaint == (
        "g.json: Nobody here knows what “MatMul” means; map it to an operation, as in --map MatMul=multiply."
    )
    assert not Path("g.nodegraph").exists()
    done = nodegraph("new", "--from", "g.json", "--map", "MatMul=multiply", "-o", "g.nodegraph")
    assert done.status == 0
    assert "MatMul → multiply  (1 node)" in done.err
    for words in (("--map", "MatMul"), ("--random", "9"), ("--set", "a=3"), ("a*b",)):
        assert nodegraph("new", "--from", "g.json", *words, "-o", "h.nodegraph").status == 2
    assert nodegraph("new", "a*b", "--map", "a=add", "-o", "h.nodegraph").status == 2
    assert files.load("g.nodegraph").node("y").op == "multiply"


def test_a_program_a_notebook_and_a_paper_become_documents_by_their_files(nodegraph: Call) -> None:
    Path("loss.py").write_text(
        "import math\n\n\ndef loss(w, x=2.0):\n    return math.tanh(w*x)**2\n", "utf-8"
    )
    cells = [
        {"cell_type": "markdown", "source": ["# $L$"]},
        {"cell_type": "code", "source": ["%matplotlib inline\n", "x = 2.0\n", "y = x*3"]},
        {"cell_type": "code", "source": "%%bash\npip list"},
        {"cell_type": "code", "source": "L = y + x"},
    ]
    Path("demo.ipynb").write_text(json.dumps({"cells": cells, "nbformat": 4}), "utf-8")
    Path("paper.tex").write_text("It is $L = (y - t)^2$, where $y = w x$.\n", "utf-8")
    for name, op in (("loss.py", "square"), ("demo.ipynb", "add"), ("paper.tex", "square")):
        assert nodegraph("new", "--from", name, "-o", "made.nodegraph").status == 0
        graph = files.load("made.nodegraph")
        assert graph.output is not None
        assert graph.node(graph.output).op == op
    assert nodegraph("new", "--from", "loss.py", "--set", "w=3", "-o", "made.nodegraph").status == 0
    assert files.load("made.nodegraph").node("w").value == 3
    assert nodegraph("new", "--from", "loss.py", "--map", "a=add", "-o", "h.nodegraph").status == 2
    Path("bad.py").write_text("x = 1\n\ny = x % 2\n", "utf-8")
    refused = nodegraph("new", "--from", "bad.py", "-o", "h.nodegraph")
    assert (refused.status, refused.err.split(": ")[2]) == (2, "bad.py, line 3, column 7")
    Path("none.ipynb").write_text('{"cells": []}', "utf-8")
    assert "no cells of code" in nodegraph("new", "--from", "none.ipynb", "-o", "h.nodegraph").complaint
    assert not Path("h.nodegraph").exists()


def test_minus_zero_has_its_sign_where_that_decides(nodegraph: Call) -> None:
    nodegraph("new", "y = -x; L = 1/y", "--set", "x=0", "-o", "one.nodegraph")
    rows = {
        line.split()[0]: line.split()[1:]
        for line in nodegraph("run", "one.nodegraph").out.splitlines()
        if line
    }
    assert rows["y"][:3] == ["negate", "−x", "−0"]
    nodegraph("new", "y = -x; L = y + 1", "--set", "x=0", "-o", "two.nodegraph")
    assert "−0" not in nodegraph("run", "two.nodegraph").out
