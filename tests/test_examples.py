"""The shipped examples and the published cases behind them: exact, and as their sources print."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import make_examples
import pytest

from nodegraph import resources
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.explain.questions import judge, questions
from nodegraph.core.graph.grouping import corner, hidden_nodes
from nodegraph.core.numbers import format_number
from nodegraph.core.training import bindings
from nodegraph.core.training.descent import Training
from nodegraph.formats import files, native
from nodegraph.formats.examples import (
    Example,
    example_at,
    groups,
    matches_print,
    printed_digits,
    seed,
)

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "cases" / "published.json").read_text("utf-8")
)
EXAMPLES = [example for group in groups() for example in group.examples]


def by_name(record: Any) -> str:
    return record.name if isinstance(record, Example) else record["name"]


def example_of(case: dict[str, Any]) -> Example:
    return next(example for example in EXAMPLES if example.name == case["name"])


def agrees(ours: float | None, expected: float) -> bool:
    return ours is not None and math.isclose(ours, expected, rel_tol=1e-12, abs_tol=1e-300)


# --- the published cases
@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_a_published_case_comes_out_right_in_every_value_and_gradient(case: dict[str, Any]) -> None:
    trace = run(files.load(example_of(case).path))
    assert trace.problems == []
    assert trace.nodes[trace.output or ""].name == case["output"]
    for name, expected in case["nodes"].items():
        if "value" in expected:
            assert agrees(trace.values[name], expected["value"]), name
        assert agrees(trace.gradients[name], expected["gradient"]), name


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_a_published_case_in_one_line_comes_out_the_same(case: dict[str, Any]) -> None:
    trace = run(parse(f"{case['output']} = {case['formula']}", **case["inputs"]))
    assert agrees(trace.values[case["output"]], case["nodes"][case["output"]]["value"])
    for name in case["inputs"]:
        assert agrees(trace.gradients[name], case["nodes"][name]["gradient"]), name


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_an_example_computes_its_case_and_nothing_else(case: dict[str, Any]) -> None:
    example = example_of(case)
    assert (list(example.program), example.inputs) == (case["program"], case["inputs"])
    assert case["inputs"].keys() <= case["nodes"].keys()


def test_every_case_is_an_example_and_every_example_that_computes_is_a_case() -> None:
    computing = [example for example in EXAMPLES if not example.network]
    assert sorted(map(by_name, CASES)) == sorted(map(by_name, computing))
    assert len(CASES) == 27
    assert len(EXAMPLES) == 28


def test_the_network_of_xor_learns_its_four_rows_as_its_document_says() -> None:
    (example,) = (example for example in EXAMPLES if example.network)
    graph = files.load(example.path)
    table, setup = bindings.table_of(graph), bindings.setup_of(graph)
    assert table is not None
    assert table.rows == 4
    assert set(bindings.bound_inputs(graph).values()) == {"x1", "x2", "t"}
    training = Training(graph, setup, table.arrays)
    for _ in range(setup.steps):
        training.step()
    assert training.loss() < 0.01
    learnt = graph.with_values(training.values())
    for row in range(table.rows):
        values = bindings.row_values(graph, row)
        assert run(learnt.with_values(values)).values["y"] == pytest.approx(table.column("t")[row], abs=0.15)


@pytest.mark.parametrize("example", EXAMPLES, ids=by_name)
def test_our_numbers_match_the_digits_the_source_printed(example: Example) -> None:
    trace = run(files.load(example.path))
    for printed in printed_digits(example):
        ours = (trace.values if printed.kind == "value" else trace.gradients)[printed.node]
        assert matches_print(printed.text, ours), printed


def test_the_bias_rounded_to_32_bits_is_told_from_the_bias_itself() -> None:
    exact, rounded = (
        run(files.load(example.path)).values["o"]
        for example in EXAMPLES
        if example.name in ("karpathy-tanh-neuron", "karpathy-tanh-float32")
    )
    assert matches_print("0.7071066904", rounded)
    assert not matches_print("0.7071066904", exact)


# --- the documents
@pytest.mark.parametrize("example", EXAMPLES, ids=by_name)
def test_a_document_is_exactly_what_the_maker_makes(example: Example) -> None:
    made = native.write(make_examples.graph_of(example))
    assert example.path.read_bytes() == made, "run scripts/make_examples.py"


def test_no_document_lies_about_that_the_index_does_not_name() -> None:
    lying = set(resources.path("examples").rglob("*.nodegraph"))
    assert lying == {example.path for example in EXAMPLES}


@pytest.mark.parametrize("example", EXAMPLES, ids=by_name)
def test_a_document_carries_its_title_and_a_place_for_every_node(example: Example) -> None:
    graph = files.load(example.path)
    assert graph.title == example.title
    assert None not in {coordinate for node in graph.nodes() for coordinate in (node.x, node.y)}
    hidden = hidden_nodes(graph)
    shown = [(node.x, node.y) for node in graph.nodes() if node.id not in hidden]
    shown += [corner(graph, group.id) for group in graph.groups() if group.collapsed]
    assert len(set(shown)) == len(shown)


def test_the_seed_lies_where_the_docs_and_the_program_expect_it() -> None:
    assert seed().name == "seed-L"
    assert seed().path == resources.path("examples", "seed", "seed-L.nodegraph")


def test_the_seed_steps_down_to_the_right() -> None:
    graph = files.load(seed().path)
    places = {node.name: (node.x or 0, node.y or 0) for node in graph.nodes()}
    assert [places[name][0] for name in "abcf"] == [0, 0, 0, 0]
    assert places["e"] < places["d"] < places["L"]
    assert places["e"][1] < places["d"][1] < places["L"][1]


def test_every_example_says_what_it_teaches_in_one_line() -> None:
    for example in EXAMPLES:
        assert example.teaches.endswith(".")
        assert len(example.teaches) <= 120
        assert example.source
    assert len({example.title for example in EXAMPLES}) == len(EXAMPLES)


def test_an_example_is_known_by_its_file(tmp_path: Path) -> None:
    assert example_at(str(seed().path)) is seed()
    assert example_at(tmp_path / "seed-L.nodegraph") is None


def test_running_the_maker_again_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert make_examples.main() == 0
    assert capsys.readouterr().out == ""


# --- printed digits
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.8825", 0.88255018),  # cut off
        ("0.8808", 0.8807970779778824),  # rounded
        ("-0.53", -0.5344),  # from rounded numbers, one unit away
        ("0.5000001283844369", 0.5000001283844366),  # all digits of a double
        ("-20", -20.0),
        ("−20", -20.0),
        ("1e-3", 0.0014),
        ("0.00", -0.0),
    ],
)
def test_a_printed_number_matches_a_value_within_a_unit_of_its_last_digit(text: str, value: float) -> None:
    assert matches_print(text, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.8825", 0.8827),
        ("6", 6.6),
        ("6", -6.0),
        ("0.7071066904", 0.7071067811865475),
        ("0", math.nan),
        ("0", math.inf),
        ("0", None),
    ],
)
def test_a_printed_number_does_not_match_another_value(text: str, value: float | None) -> None:
    assert not matches_print(text, value)


@pytest.mark.parametrize("example", EXAMPLES, ids=by_name)
def test_every_question_an_example_raises_is_answered_right_as_its_numbers_are_shown(
    example: Example,
) -> None:
    for question in questions(run(files.load(example.path))):
        assert judge(question, format_number(question.answer)).is_right, question.prompt


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("backpropbuilder-neuron", {"w": "3.4", "b": "1.2"}),
        (
            "mazur-2-2-2",
            {
                "w1": "0.149780716",
                "w2": "0.19956143",
                "w3": "0.24975114",
                "w4": "0.29950229",
                "w5": "0.35891648",
                "w6": "0.408666186",
                "w7": "0.511301270",
                "w8": "0.561370121",
            },
        ),
    ],
)
def test_one_step_of_training_gives_what_the_source_prints(name: str, printed: dict[str, str]) -> None:
    graph = files.load(next(example for example in EXAMPLES if example.name == name).path)
    training = Training(graph, bindings.setup_of(graph))
    assert set(training.names) == printed.keys()
    training.step()
    trained = {graph.node(node_id).name: value for node_id, value in training.values().items()}
    assert all(matches_print(text, trained[one]) for one, text in printed.items())
