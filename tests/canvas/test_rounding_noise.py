"""What is 0 but for rounding is shown as ≈ 0: on cards and edges, in the inspector, in Predict and in the
check, by one rule; what is exported as numbers stays exact.
"""

from __future__ import annotations

import pytest

from nodegraph.canvas.drawing.theme import LIGHT
from nodegraph.canvas.drawing.wording import Wording
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.cli import records
from nodegraph.core.building.expression import parse
from nodegraph.core.checks.gradient_check import check_trace
from nodegraph.core.engine.passes import run
from nodegraph.core.engine.rounding import is_noise, is_rounding
from nodegraph.core.explain.answers import judge
from nodegraph.core.explain.questions import questions
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout.placement import place

pytestmark = pytest.mark.usefixtures("qapp")

CANCELLED = "L = 0.1*x + 0.2*x - 0.3*x + y"
"""The gradient of x is 0.1 + 0.2 − 0.3, which comes to some 1e-17."""


def scene_of(graph: Graph) -> GraphScene:
    graph.apply(place(graph))
    scene = GraphScene(graph, LIGHT)
    scene.set_frame(run(graph).last_frame)
    scene.clear_highlight()
    return scene


@pytest.mark.parametrize(
    ("text", "values", "noisy", "real"),
    [
        (CANCELLED, {"x": 2.0, "y": 1.0}, ["x"], ["y"]),
        ("d = a + b - c; L = d*d", {"a": 0.1, "b": 0.2, "c": 0.3}, ["a", "b", "c", "d"], []),
        ("L = 1e-9*x + y", {"x": 2.0, "y": 1.0}, [], ["x", "y"]),
    ],
)
def test_one_rule_says_which_gradients_are_nothing(
    text: str, values: dict[str, float], noisy: list[str], real: list[str]
) -> None:
    graph = parse(text, **values)
    scene, trace = scene_of(graph), run(graph)
    checked = {found.name: found for found in check_trace(trace)}
    for name in (*noisy, *real):
        node = graph.named(name)
        assert node is not None
        expected = name in noisy
        number = trace.plan.number[node.id]
        assert is_rounding(trace, "gradients", number) is expected
        assert scene.showing.is_rounding(node.id) is expected
        assert checked[name].ok
        assert (checked[name].finding == "rounding") is expected


def test_edges_that_carry_nothing_but_rounding_say_so() -> None:
    scene = scene_of(parse("d = a + b - c; L = d*d", a=0.1, b=0.2, c=0.3))
    for labels, said in (("contribution", "≈ 0"), ("full", " ≈ 0")):
        scene.set_wording(Wording(labels))  # type: ignore[arg-type]
        for edge in scene.graph.edges():
            if edge.target == scene.graph.output:
                continue
            chip = scene.showing.chip(edge.key)
            assert chip is not None
            assert chip[0].endswith(said)
            assert chip[1] == LIGHT.dim


def test_a_sum_on_its_way_is_no_rounding() -> None:
    graph = parse(CANCELLED, x=2.0, y=1.0)
    scene, trace = scene_of(graph), run(graph)
    x = graph.named("x")
    assert x is not None
    told = []
    for k in range(len(trace.steps) + 1):
        scene.set_frame(trace.frame(k))
        told.append((scene.showing.gradient(x.id), scene.showing.is_rounding(x.id)))
    assert any(gradient and not is_nothing for gradient, is_nothing in told)
    assert told[-1][1]


def test_predict_takes_0_by_the_same_rule() -> None:
    graph = parse(CANCELLED, x=2.0, y=1.0)
    trace = run(graph)
    x = graph.named("x")
    assert x is not None
    asked = next(q for q in questions(trace) if q.kind == "gradient" and q.node == x.id)
    assert is_noise(asked.answer, asked.noise)
    assert judge(asked, "0").is_right


def test_exported_numbers_stay_exact() -> None:
    graph = parse(CANCELLED, x=2.0, y=1.0)
    gradient = run(graph).gradient("x")
    assert gradient is not None
    assert 0 < abs(gradient) < 1e-16
    assert f'"x": {gradient!r}' in records.passes(run(graph))
