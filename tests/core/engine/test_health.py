"""Marks: saturated, dead, vanishing and exploding where the numbers say so, and nowhere else."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given

from nodegraph.core.building.expression import parse
from nodegraph.core.engine.health import marks_of_edge, marks_of_node
from nodegraph.core.engine.passes import run, run_forward_mode
from nodegraph.core.engine.trace import Frame
from nodegraph.core.engine.trouble import trouble_of_edge, trouble_of_node
from nodegraph.core.graph.graph import Graph
from tests.strategies import graphs


def frame(text: str, **values: float) -> Frame:
    return run(parse(text, **values)).last_frame


def kinds(found: Frame, node_id: str) -> list[str]:
    return [mark.kind for mark in marks_of_node(found, node_id)]


@pytest.mark.parametrize(
    ("text", "x", "expected"),
    [
        ("y = sigmoid(x)", 0, []),
        ("y = sigmoid(x)", 40, ["saturated"]),
        ("y = sigmoid(x)", -40, ["saturated"]),
        ("y = tanh(x)", 2.6, []),
        ("y = tanh(x)", 2.7, ["saturated"]),
        ("y = softplus(x)", -9, ["saturated"]),
        ("y = softplus(x)", 9, []),
        ("y = relu(x)", 3, []),
        ("y = relu(x)", 0, ["off"]),
        ("y = relu(x)", -2, ["off"]),
        ("y = leaky_relu(x)", -2, []),
        ("y = x*x", 0, []),
    ],
)
def test_an_operation_that_is_flat_here_is_marked(text: str, x: float, expected: list[str]) -> None:
    assert kinds(frame(text, x=x), "y") == expected


def test_a_mark_says_the_numbers_that_earned_it() -> None:
    (off,) = marks_of_node(frame("y = relu(x)", x=-2), "y")
    assert off.sentence == "y is off: at −2 the relu is 0 and flat, so no gradient passes here."


@pytest.mark.parametrize(
    ("rows", "kind"), [([-1.0, -2.0], "dead"), ([-1.0, 2.0], "off"), ([-1.0], "off"), (None, "off")]
)
def test_a_relu_is_dead_only_where_no_row_opens_it(rows: list[float] | None, kind: str) -> None:
    found = frame("p = w*x; y = relu(p); L = (y - t)**2", w=1, x=-1, t=1)
    data = {"x": np.array(rows)} if rows is not None else {}
    assert [mark.kind for mark in marks_of_node(found, "y", lambda: data)] == [kind]
    assert [mark.kind for mark in marks_of_edge(found, ("y", 0), lambda: data)] == [kind]


@pytest.mark.parametrize("op", ["sigmoid", "tanh", "softplus"])
@pytest.mark.parametrize(
    ("rows", "expected"), [([-9.0, -8.0], ["saturated"]), ([-9.0, 0.5], []), ([-9.0], ["saturated"])]
)
def test_an_operation_is_saturated_only_where_it_is_flat_in_every_row(
    op: str, rows: list[float], expected: list[str]
) -> None:
    found = frame(f"p = w*x; y = {op}(p); L = (y - t)**2", w=1, x=-9, t=1)
    data = {"x": np.array(rows)}
    assert [mark.kind for mark in marks_of_node(found, "y", lambda: data)] == expected
    assert [mark.kind for mark in marks_of_edge(found, ("y", 0), lambda: data)] == expected


def test_what_no_gradient_arrives_at_is_not_saturated() -> None:
    found = frame("y = sigmoid(z); p = softplus(-z); q = softplus(z); L = t*p + (1 - t)*q", z=9, t=0)
    assert [kinds(found, name) for name in ("y", "p", "q")] == [[], [], []]
    right = frame("y = sigmoid(z); p = softplus(-z); q = softplus(z); L = t*p + (1 - t)*q", z=9, t=1)
    assert [kinds(right, name) for name in ("y", "p", "q")] == [[], [], []]


@pytest.mark.parametrize("factor", [1e-5, 2.0, 2000.0, 1e9, 0.0])
def test_one_factor_alone_neither_vanishes_nor_explodes(factor: float) -> None:
    found = frame("y = w*x", w=factor, x=1)
    assert kinds(found, "x") == []
    assert list(marks_of_edge(found, ("y", 1))) == []


@pytest.mark.parametrize(("factor", "expected"), [(30.0, "exploding"), (0.02, "vanishing"), (1.1, "")])
@pytest.mark.parametrize("scale", [1e-12, 1.0, 1e12])
def test_what_builds_up_over_several_nodes_is_marked_whatever_the_scale_of_the_output(
    factor: float, expected: str, scale: float
) -> None:
    text = "a1 = w*x; a2 = w*a1; a3 = w*a2; a4 = w*a3; a5 = w*a4; a6 = w*a5; y = s*a6"
    found = frame(text, w=factor, x=1, s=scale)
    assert kinds(found, "x") == ([expected] if expected else [])
    assert [mark.kind for mark in marks_of_edge(found, ("a1", 1))] == ([expected] if expected else [])


def test_sigmoids_in_a_row_make_a_gradient_vanish() -> None:
    text = "; ".join(f"s{n} = sigmoid({f's{n - 1}' if n else 'x'})" for n in range(9))
    found = frame(f"{text}; L = (s8 - 0.2)**2", x=0.3)
    assert kinds(found, "x") == ["vanishing"]
    assert kinds(found, "s7") == []


@pytest.mark.parametrize("error", [0.0, 1e-15, 1e-9, 1e-5, 0.01])
def test_a_fit_whose_error_is_small_is_healthy(error: float) -> None:
    found = frame("p = w*x + b; L = (p - t)**2", w=2, x=3, b=1, t=7 + error)
    assert [kinds(found, node_id) for node_id in found.trace.plan.ids if kinds(found, node_id)] == []
    assert [key for key in found.trace.plan.keys if list(marks_of_edge(found, key))] == []


def test_a_mean_over_many_shares_out_and_vanishes_not() -> None:
    terms = ", ".join(f"(w*{n} - {2 * n})**2" for n in range(1, 40))
    assert kinds(frame(f"L = mean({terms})", w=1.99), "w") == []


def test_an_edge_through_a_flat_operation_carries_its_mark() -> None:
    found = frame("y = sigmoid(x)*3", x=40)
    (edge,) = [key for key in found.trace.plan.keys if found.trace.source(key) == "x"]
    assert [mark.kind for mark in marks_of_edge(found, edge)] == ["saturated"]


def test_nothing_is_marked_before_it_is_reached() -> None:
    trace = run(parse("y = relu(x)*w", x=-2, w=1e4))
    relu = next(node_id for node_id, node in trace.nodes.items() if node.op == "relu")
    assert kinds(trace.frame(1), relu) == []
    assert kinds(trace.frame(2), relu) == ["off"]
    assert kinds(trace.frame(trace.forward_steps), relu) == ["off"]
    assert kinds(trace.last_frame, relu) == ["off"]


def test_the_output_and_what_it_does_not_depend_on_are_not_marked() -> None:
    found = frame("y = a*b; z = c*2", a=1e9, b=1e9, c=1)
    assert kinds(found, found.trace.output or "") == []


def test_a_sum_is_judged_only_when_it_is_complete() -> None:
    trace = run(parse("y = a*x - a*x", a=1e5, x=1))
    seen = [kinds(trace.frame(position), "x") for position in range(len(trace.steps) + 1)]
    assert all(found == [] for found in seen)


@given(graphs())
def test_marks_of_any_graph_agree_with_its_gradients(graph: Graph) -> None:
    found = run(graph).last_frame
    for node_id in found.trace.plan.ids:
        gradient = found.gradient(node_id)
        said = set(kinds(found, node_id))
        assert len(said & {"vanishing", "exploding"}) < 2
        if not gradient or node_id == found.trace.seed:
            assert not said & {"vanishing", "exploding"}


CHAIN = "a1 = w*x; a2 = w*a1; a3 = w*a2; a4 = w*a3; a5 = w*a4; a6 = w*a5; p = v*a6; L = (p - t)**2"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([0.02, 0.03, 0.01], "vanishing"),
        ([0.02, 1.0, 0.01], ""),
        ([30.0, 40.0], "exploding"),
        ([30.0, 1.0], ""),
        ([30.0, 0.02], ""),
    ],
)
def test_what_vanishes_or_explodes_does_so_in_every_row(rows: list[float], expected: str) -> None:
    found = frame(CHAIN, w=rows[0], x=1, v=1, t=0.5)
    data = {"w": np.array(rows)}
    marks = list(marks_of_node(found, "x", lambda: data))
    assert [mark.kind for mark in marks] == ([expected] if expected else [])
    on_edge = [mark.kind for mark in marks_of_edge(found, ("a1", 1), lambda: data)]
    assert on_edge == ([expected] if expected else [])
    assert all(f"So it is in each of {len(rows)} rows." in mark.sentence for mark in marks)


def test_one_row_is_no_more_than_an_input() -> None:
    found = frame(CHAIN, w=0.02, x=1, v=1, t=0.5)
    (mark,) = marks_of_node(found, "x", lambda: {"w": np.array([1.0])})
    assert "rows" not in mark.sentence


def test_rows_at_which_nothing_arrives_have_no_say_in_what_explodes() -> None:
    found = frame(CHAIN, w=30, x=1, v=1, t=0.5)
    data = {"w": np.array([30.0, 30.0, 30.0]), "v": np.array([1.0, 0.0, 1.0])}
    assert [mark.kind for mark in marks_of_node(found, "x", lambda: data)] == ["exploding"]


def test_forward_mode_judges_over_the_rows_too() -> None:
    graph = parse(CHAIN, w=0.02, x=1, v=1, t=0.5)
    for rows, expected in (([0.02, 0.01], ["vanishing"]), ([0.02, 1.0], [])):
        found, data = run_forward_mode(graph, "x").last_frame, {"w": np.array(rows)}
        assert [mark.kind for mark in marks_of_node(found, "p", lambda data=data: data)] == expected


LOSSES = {
    "squared error": "L = (y - t)**2",
    "absolute error": "L = abs(y - t)",
    "cross-entropy": "L = -(t*log(y) + (1 - t)*log(1 - y))",
}


@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
@pytest.mark.parametrize("t", [0.0, 1.0])
def test_a_fit_of_one_row_that_has_arrived_is_healthy_and_a_wrong_one_is_saturated(
    loss: str, t: float
) -> None:
    text = f"h = tanh(3*x); g = tanh(3*h); z = w*g; y = sigmoid(z); {loss}"
    right = frame(text, x=2, w=8 if t else -8, t=t)
    assert [node_id for node_id in right.trace.plan.ids if kinds(right, node_id)] == []
    assert [key for key in right.trace.plan.keys if list(marks_of_edge(right, key))] == []
    wrong = frame(text, x=2, w=-8 if t else 8, t=t)
    assert kinds(wrong, "y") == ["saturated"]
    assert kinds(wrong, "g") == ["saturated"]


def test_a_fit_that_is_as_good_as_it_gets_but_not_near_its_target_is_saturated() -> None:
    found = frame("y = sigmoid(w*x); L = (y - t)**2", w=9, x=1, t=0.7)
    assert kinds(found, "y") == ["saturated"]


def test_where_nothing_is_judged_what_is_flat_is_saturated() -> None:
    for x in (-40, 40):
        assert kinds(frame("s = sigmoid(x); y = s*3", x=x), "s") == ["saturated"]


@pytest.mark.parametrize(
    ("text", "values", "node_id"),
    [
        ("L = log(x)*k", {"x": -0.23, "k": 2}, "k"),
        ("m = sqrt(x)*k; L = m**2", {"x": -1, "k": 2}, "k"),
        ("L = log(v)*sigmoid(w)", {"v": -1, "w": 40}, "w"),
        ("L = 0.01*(0.01*(0.01*(0.01*(0.01*x))))/z", {"x": 1, "z": 0}, "x"),
    ],
)
def test_a_gradient_that_is_no_number_is_not_called_small(
    text: str, values: dict[str, float], node_id: str
) -> None:
    found = frame(text, **values)
    gradient = found.trace.gradient(node_id)
    assert gradient is not None
    assert not math.isfinite(gradient)
    assert "vanishing" not in kinds(found, node_id)
    said = [trouble_of_node(found, node_id).sentences]
    for key in found.trace.edges_back_to(node_id):
        assert "vanishing" not in [mark.kind for mark in marks_of_edge(found, key)]
        said.append(trouble_of_edge(found, key).sentences)
    assert not [one for one in said if "anish" in one or "Hardly" in one]
