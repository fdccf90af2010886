"""What the shipped lessons and examples say in words and numbers is what the engine computes."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import pytest

from nodegraph.core.engine.passes import run
from nodegraph.core.graph.graph import Graph
from nodegraph.core.numbers import format_number
from nodegraph.core.training import bindings
from nodegraph.core.training.descent import Training
from nodegraph.formats import examples, files
from nodegraph.lessons import reader
from nodegraph.lessons.records import Lesson

LESSONS = {entry.name: reader.load(entry.path) for entry in reader.shelf()}
EXAMPLES = {example.name: example for group in examples.groups() for example in group.examples}


def graph_at(lesson: str, title: str) -> Graph:
    """The graph that stands at a step of a lesson, with the inputs that were set up to there."""
    found = LESSONS[lesson]
    number = next(place for place, step in enumerate(found.steps) if step.title == title)
    scene = found.scene(number)
    assert scene.opened is not None
    return with_inputs(scene.opened.graph, scene.values)


def with_inputs(graph: Graph, inputs: Mapping[str, float]) -> Graph:
    return graph.with_values({graph.node(name).id: number for name, number in inputs.items()})


def value(graph: Graph, name: str, **inputs: float) -> float:
    return run(with_inputs(graph, inputs)).values[name]


def gradient(graph: Graph, name: str, **inputs: float) -> float:
    found = run(with_inputs(graph, inputs)).gradients[name]
    assert found is not None
    return found


def trained(graph: Graph, steps: int | None = None) -> Training:
    table, setup = bindings.table_of(graph), bindings.setup_of(graph)
    training = Training(graph, setup, table.arrays if table is not None else None)
    for _ in range(setup.steps if steps is None else steps):
        training.step()
    return training


def answers_of_xor() -> list[float]:
    graph = graph_at("7-xor", "Train")
    learnt = graph.with_values(trained(graph).values())
    rows = [bindings.row_values(graph, row) for row in range(4)]
    return [run(learnt.with_values(row)).values["y"] for row in rows]


def paths(graph: Graph, name: str) -> int:
    """How many ways lead from a node to the output."""
    if name == graph.output:
        return 1
    return sum(paths(graph, edge.target) for edge in graph.edges_from(name))


def text_of(lesson: Lesson) -> str:
    """All that a lesson says, in one line."""
    assert lesson.path is not None
    return " ".join(lesson.path.read_text("utf-8").split())


LINE = "6-a-line"
GENTLE = graph_at("4-saturation", "A gentle slope")
DEAD = graph_at("4-saturation", "Dead")
NEURON = graph_at("3-a-neuron", "Turn a weight")
ONE_POINT = graph_at(LINE, "Let the program do it")


@pytest.mark.parametrize(
    ("lesson", "said", "holds"),
    [
        (
            "1-the-seed",
            "−20 + 1.5 = −18.5",
            lambda: value(graph_at("1-the-seed", "Is it true?"), "L", a=2.1) == pytest.approx(-18.5),
        ),
        ("3-a-neuron", "tanh(0.881374) = 0.707107", lambda: format_number(math.tanh(0.881374)) == "0.707107"),
        (
            "3-a-neuron",
            "from 0.707 to about 0.807",
            lambda: round(value(NEURON, "o") + gradient(NEURON, "w1") / 10, 3) == 0.807,
        ),
        ("3-a-neuron", "A little less than 0.807", lambda: 0.79 < value(NEURON, "o", w1=-2.9) < 0.807),
        ("3-a-neuron", "o is nearer to 1", lambda: value(NEURON, "o") < value(NEURON, "o", x2=1.0) < 1),
        ("3-a-neuron", "the gradient of b is 0.5", lambda: round(gradient(NEURON, "b"), 5) == 0.5),
        (
            "4-saturation",
            "has shrunk almost forty times",
            lambda: 35 < gradient(GENTLE, "w") / gradient(GENTLE, "w", w=5.0) < 40,
        ),
        (
            "4-saturation",
            "w is 10 now, and y is 0.999955",
            lambda: format_number(value(GENTLE, "y", w=10.0)) == "0.999955",
        ),
        ("4-saturation", "4.54e−5", lambda: format_number(gradient(GENTLE, "w", w=10.0), 3) == "4.54e−5"),
        (
            "4-saturation",
            "Under two per cent, after three layers; ten would leave a millionth",
            lambda: 0.25**3 < 0.02 and round(0.25**10, 6) == 1e-6,
        ),
        ("4-saturation", "so the loss is 1", lambda: value(DEAD, "L") == 1.0),
        (
            "4-saturation",
            "for x = 2.5, z = 2.5 − 2 = 0.5, and the gradient of b is −1",
            lambda: (value(DEAD, "z", x=2.5), gradient(DEAD, "b", x=2.5)) == (0.5, -1.0),
        ),
        (
            "4-saturation",
            "about 4 × 10⁻¹⁸",
            lambda: round(gradient(graph_at("4-saturation", "What to keep"), "x") * 1e18) == 4,
        ),
        (
            "6-a-line",
            "From 4 to 1 in one step",
            lambda: (value(ONE_POINT, "L"), round(value(ONE_POINT, "L", w=3.4, b=1.2), 12)) == (4.0, 1.0),
        ),
        (
            "6-a-line",
            "p jumps from 7 to 11",
            lambda: value(ONE_POINT, "p", w=3 + 0.2 * 8, b=1 + 0.2 * 4) == pytest.approx(11),
        ),
        (
            "6-a-line",
            "p would jump from 7 to 13",
            lambda: value(ONE_POINT, "p", w=3 + 0.3 * 8, b=1 + 0.3 * 4) == pytest.approx(13),
        ),
        (
            "6-a-line",
            "See the loss climb above 100",
            lambda: trained(graph_at(LINE, "Too large a rate")).loss() > 100,
        ),
        (
            "6-a-line",
            "See the loss fall below 0.001",
            lambda: trained(graph_at(LINE, "Run it")).loss() < 0.001,
        ),
        (
            "7-xor",
            "about 0.04, 0.94, 0.94 and 0.07",
            lambda: [round(y, 2) for y in answers_of_xor()] == [0.04, 0.94, 0.94, 0.07],
        ),
        ("7-xor", "12 + 5.", lambda: len(trained(graph_at("7-xor", "Train"), 0).values()) == 17),
    ],
)
def test_a_lesson_says_what_is_so(lesson: str, said: str, holds: Callable[[], bool]) -> None:
    assert said in text_of(LESSONS[lesson])
    assert holds()


@pytest.mark.parametrize(
    ("example", "said", "holds"),
    [
        ("jax-cubic", "three uses of x", lambda graph: len(graph.edges_from("x")) == 3),
        ("karpathy-a-plus-a", "two edges from a", lambda graph: len(graph.edges_from("a")) == 2),
        ("micrograd-readme-g", "24 paths lead from a to g", lambda graph: paths(graph, "a") == 24),
        (
            "cs231n-staged",
            "x reaches the output by three ways, y by two",
            lambda graph: (paths(graph, "x"), paths(graph, "y")) == (3, 2),
        ),
        (
            "cs231n-staged",
            "eight easy stages",
            lambda graph: sum(not node.is_leaf for node in graph.nodes()) == 8,
        ),
        ("colah-e", "Two paths lead from b to e", lambda graph: paths(graph, "b") == 2),
    ],
)
def test_an_example_teaches_what_is_so(example: str, said: str, holds: Callable[[Graph], bool]) -> None:
    found = EXAMPLES[example]
    assert said in found.teaches
    assert holds(files.load(found.path))


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS.keys())
def test_a_lesson_ends_with_what_to_read_next(lesson: Lesson) -> None:
    last = lesson.steps[-1]
    assert (last.title, last.directives) == ("Further reading", ())
    entries = [line for line in last.text.splitlines() if line.startswith("- ")]
    assert len(entries) >= 3
    assert all(entry.startswith("- *") for entry in entries), "each begins with its title"
