"""A graph as a program: run, it prints what the engine computes, at corners too."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

import nodegraph as ng
from nodegraph.core.building.expression import parse_with
from nodegraph.core.errors import Refused
from nodegraph.core.graph import edits
from nodegraph.core.graph.graph import Graph
from nodegraph.core.operations.catalogue import OPERATIONS
from nodegraph.formats.programs import names, targets
from nodegraph.formats.programs.program import to_program
from nodegraph.formats.programs.titles import TITLES

TESTS = Path(__file__).parents[2]
PUBLISHED = json.loads((TESTS / "cases" / "published.json").read_text("utf-8"))
LIBRARIES = {"python": "math", "numpy": "numpy", "torch": "torch", "jax": "jax", "micrograd": "micrograd"}
COMPUTED = {"micrograd": ("add", "subtract", "multiply", "divide", "negate", "power", "reciprocal", "square",
                          "sqrt", "abs", "relu", "mean", "input", "constant")}  # fmt: skip
"""What micrograd has of the catalogue; the others have all of it."""


def _library(to: str) -> None:
    if importlib.util.find_spec(LIBRARIES[to]) is None:
        pytest.skip(f"{LIBRARIES[to]} is not installed")


def _printed(source: str) -> dict[str, float]:
    """What a program prints, by the words before the last equals sign."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(source, "program", "exec"), {"__name__": "__main__"})
    lines = (line.rpartition(" = ") for line in out.getvalue().splitlines())
    return {words: float(number) for words, _, number in lines}


def _expected(graph: Graph) -> dict[str, float]:
    trace, said = ng.run(graph), graph.output_name
    inputs = [node.name for node in graph.nodes() if node.op == "input"]
    return {said: trace.values[said]} | {f"d{said}/d{name}": trace.gradients[name] or 0.0 for name in inputs}


def _demand_equal(printed: Mapping[str, float], expected: Mapping[str, float]) -> None:
    assert printed == pytest.approx(expected, rel=1e-12, abs=0.0, nan_ok=True)


def _formulas() -> dict[str, Graph]:
    found = {
        case["name"]: parse_with("\n".join(case["program"]), case["inputs"])
        for case in PUBLISHED
        if "program" in case
    }
    for path in sorted((TESTS / "graphs").glob("*.txt")):
        text, values = path.read_text("utf-8").split("\n")[:2]
        given = (part.split("=") for part in values.replace(",", " ").split())
        found[path.stem] = parse_with(text, {name: float(number) for name, number in given})
    return found


CORNERS = {
    "ties": ("y = max(a, b, c) * min(a, b) + mean(a, b, c)", {"a": 1, "b": 1, "c": 1}),
    "kinks": ("y = abs(z) + relu(z) + leaky_relu(z)", {"z": 0}),
    "below": ("y = abs(z) * relu(z) + leaky_relu(z)", {"z": -2}),
    "far out": ("y = sigmoid(a) + softplus(c) + 3*sigmoid(-a) + softplus(-c)", {"a": 40, "c": 700}),
    "a zero below": ("y = 1/w + x/w", {"w": 0, "x": 0}),
    "edges of domains": ("y = log(z) + sqrt(z)", {"z": 0}),
    "outside of domains": ("y = log(z) + sqrt(z)", {"z": -1}),
    "too large": ("y = exp(a)*b + a**200", {"a": 1000, "b": 1}),
    "over minus 0": ("y = 1/x + x**-3", {"x": -0.0}),
    "power of minus 0": ("y = x**-2 + x**-4", {"x": -0.0}),
    "power of 0": ("y = x**2 + x**0 + x**1", {"x": 0}),
    "negative base": ("y = x**3 + (-x)**2 + x**-1", {"x": -2}),
    "by the exponent": ("y = 2**x + b**x", {"x": 3, "b": 0.5}),
    "constants alone": ("k = 2*3\ny = exp(k)*x + k**2 - -x", {"x": 1}),
    "names of Python": ("y = lambda1*math + print + grad_y + np", {"lambda1": 2, "math": 3}),
    "one input": ("x", {"x": 3}),
    "no input": ("y = 2 + 3", {}),
    "beside the output": ("z = a*b\ny = a + 1\ny", {"a": 2}),
}


@pytest.mark.parametrize("to", TITLES)
@pytest.mark.parametrize("name", _formulas())
def test_a_program_prints_what_the_engine_computes(name: str, to: str) -> None:
    _library(to)
    graph = _formulas()[name]
    if _lacks_something(graph, to):
        with pytest.raises(Refused, match=r"micrograd (has no|raises to a number alone)"):
            to_program(graph, to)
    else:
        _demand_equal(_printed(to_program(graph, to)), _expected(graph))


def _lacks_something(graph: Graph, to: str) -> bool:
    if to == "micrograd":
        return any(
            graph.node(edge.source).op != "constant"
            for node in graph.nodes()
            if node.op == "power"
            for edge in graph.edges_into(node.id)
            if edge.port == 1
        ) or not {node.op for node in graph.nodes()} <= set(COMPUTED[to])
    return False


@pytest.mark.parametrize("to", ["python", "numpy", "torch", "jax"])
@pytest.mark.parametrize("name", CORNERS)
def test_corners_come_out_as_here(name: str, to: str) -> None:
    _library(to)
    text, values = CORNERS[name]
    graph = ng.parse(text, **values)
    _demand_equal(_printed(to_program(graph, to)), _expected(graph))


@pytest.mark.parametrize("to", ["torch", "jax"])
def test_a_slope_that_a_library_cannot_give_is_said_where_it_stands(to: str) -> None:
    lines = to_program(ng.parse("y = tanh(x) + tanh(z)", x=20, z=1), to).splitlines()
    told = [line for line in lines if "has lost its digits" in line]
    assert len(told) == 1
    assert "tanh(x)" in told[0]
    assert "takes another slope" in to_program(ng.parse("y = a**b", a=0, b=0), to)


@pytest.mark.parametrize("to", ["python", "numpy", "torch", "jax"])
def test_every_operation_of_the_catalogue_can_be_written(to: str) -> None:
    _library(to)
    for operation in OPERATIONS.values():
        for sample in operation.samples:
            inputs = [f"x{port}" for port in range(len(sample))]
            graph = parse_with(
                f"y = {operation.name}({', '.join(inputs)})", dict(zip(inputs, sample, strict=True))
            )
            _demand_equal(_printed(to_program(graph, to)), _expected(graph))


def test_an_operation_that_is_new_is_written_as_its_definition(monkeypatch: pytest.MonkeyPatch) -> None:
    without = {op: notation for op, notation in targets.PYTHON.notations.items() if op != "sigmoid"}
    monkeypatch.setattr(targets, "TARGETS", {})
    plain = replace(targets.PYTHON, notations=without)
    monkeypatch.setitem(to_program.__globals__["TARGETS"], "python", plain)
    graph = ng.parse("y = sigmoid(x)", x=0.5)
    source = to_program(graph)
    assert "y = 1 / (1 + math.exp(-x))" in source
    _demand_equal(_printed(source), _expected(graph))


def test_a_muted_node_passes_its_first_input_on() -> None:
    graph = ng.parse("e = a*b\ny = e + c", a=2, b=3, c=4)
    node = graph.named("e")
    assert node is not None
    graph.apply(edits.set_muted(graph, [node.id], True))
    source = to_program(graph)
    assert "e = a  # muted: passes its first input on" in source
    _demand_equal(_printed(source), _expected(graph))


def test_names_are_quoted_where_they_are_shown() -> None:
    graph = ng.parse("y = a*b", a=2, b=3)
    node = graph.named("a")
    assert node is not None
    graph.apply(edits.rename(graph, node.id, "x'); print('no"))
    printed = _printed(to_program(graph))
    assert printed["dy/dx'); print('no"] == 3.0


def test_identifiers_are_given_out_once() -> None:
    taken = names.Names({"np"})
    assert [taken.take(name) for name in ("np", "np_", "x", "x", "x_2", "∂", "")] == [
        "np_", "np__2", "x", "x_2", "x_2_2", "_", "__2",
    ]  # fmt: skip


def test_what_cannot_become_a_program_is_refused_in_one_sentence() -> None:
    with pytest.raises(Refused, match="There is no program for “cobol”"):
        to_program(ng.parse("y = -a"), "cobol")
    with pytest.raises(Refused, match="no output"):
        to_program(Graph())
    with pytest.raises(Refused, match="raises to a number alone"):
        to_program(ng.parse("y = 2**x"), "micrograd")
    with pytest.raises(Refused, match="takes too many inputs"):
        to_program(ng.parse(f"y = mean({', '.join(['x'] * 3000)})", x=1))
    assert list(targets.TARGETS) == list(TITLES)
    assert math.isnan(_printed(to_program(ng.parse("y = sqrt(x)", x=-1)))["y"])


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("y = mean(a, b)", {"a": 1e308, "b": 1.7e308}),
        ("y = a*b*c", {"a": 1e200, "b": 1e200, "c": 1e-300}),
        ("y = a*b*c", {"a": 1e-200, "b": 1e-200, "c": 1e300}),
    ],
)
def test_numbers_that_a_program_loses_on_the_way_are_told_where_they_stand(
    text: str, values: dict[str, float]
) -> None:
    told = "leave the range of a float on the way"
    assert told in to_program(ng.parse(text, **values))
    assert told not in to_program(ng.parse(text, **dict.fromkeys(values, 2.0)))
