"""A slice of the sweep that reads random programs."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import program_layouts
import pytest
from program_mathematics import Dual, Tree, computed
from program_styles import Program
from sweeps import programs

from nodegraph.core.building import expression
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Node


def made(count: int) -> list[Program]:
    return [programs.make(random.Random(f"20 {number}")) for number in range(count)]


def test_programs_of_many_libraries_are_the_graphs_of_what_they_compute() -> None:
    counts = Counter(programs.judge(one)[0] for one in made(150))

    assert counts["wrong"] == 0
    assert counts["right"] >= 130


@pytest.mark.parametrize("style", [program_layouts.plain, program_layouts.numpy])
def test_the_numbers_that_programs_are_held_to_are_those_of_python(style: object) -> None:
    for number in range(40):
        program = style(random.Random(f"21 {number}"))  # type: ignore[operator]
        if program.name.endswith(".py") and "def main" not in program.text:
            held: dict[str, float] = {"np": np}  # type: ignore[dict-item]
            exec(program.text.replace("import matplotlib.pyplot as plt", ""), held)
            output = program.mathematics.output.name
            assert math.isclose(held[output], program.mathematics.known[output].value, rel_tol=1e-9)


@pytest.mark.parametrize(
    "op", ["exp", "tanh", "sigmoid", "softplus", "sqrt", "log", "sin", "cos", "square", "abs"]
)
def test_the_gradients_that_programs_are_held_to_are_those_of_differences(op: str) -> None:
    tree = Tree(
        "/",
        (Tree(op, (Tree("name", text="x"),)), Tree("**", (Tree("name", text="y"), Tree("number", text="3")))),
    )

    def at(x: float, y: float) -> Dual:
        return computed(tree, {"x": Dual(x, {"x": 1.0}), "y": Dual(y, {"y": 1.0})})

    h = 1e-5
    assert at(1.3, 0.7).slopes["x"] == pytest.approx(
        (at(1.3 + h, 0.7).value - at(1.3 - h, 0.7).value) / (2 * h)
    )
    assert at(1.3, 0.7).slopes["y"] == pytest.approx(
        (at(1.3, 0.7 + h).value - at(1.3, 0.7 - h).value) / (2 * h)
    )


def spoilt(how: str) -> object:
    read = expression.parse_with

    def otherwise(text: str, values: Mapping[str, float]) -> Graph:
        graph = read(text, values)
        first = next((node for node in graph.nodes() if node.op == "input"), None)
        nodes = [_otherwise(node, how, is_first=node is first) for node in graph.nodes()]
        return Graph.of(nodes, graph.edges(), {"output": graph.output})

    return otherwise


def _otherwise(node: Node, how: str, *, is_first: bool) -> Node:
    if how == "values" and node.value is not None:
        return replace(node, value=node.value * (1 + 1e-6) + 1e-6)
    return replace(node, op="constant") if how == "leaves" and is_first else node


@pytest.mark.parametrize("how", ["values", "leaves"])
def test_the_sweep_sees_numbers_and_leaves_that_are_others(monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    monkeypatch.setattr(expression, "parse_with", spoilt(how))
    counts = Counter(programs.judge(one)[0] for one in made(40))
    assert counts["wrong"] >= (30 if how == "values" else 8)  # most derive by nothing, or by one leaf


def test_the_sweep_sees_an_internal_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expression, "parse_with", lambda text, values: text.nothing)

    assert programs.judge(made(1)[0])[0] == "wrong"
