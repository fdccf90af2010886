"""Trace and frames: what is visible at every step, forwards, backwards and at the end."""

from __future__ import annotations

import gc
import math
import weakref

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodegraph.core.building.expression import parse
from nodegraph.core.engine.cost import path_count
from nodegraph.core.engine.passes import run, run_forward_mode
from nodegraph.core.engine.trace import Frame, Step, Trace
from nodegraph.core.errors import Refused
from nodegraph.core.graph import edits
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Node
from tests.strategies import graphs


def seen(frame: Frame) -> object:
    """Everything a frame shows."""
    plan = frame.trace.plan
    return (
        [(i, frame.value(i), frame.gradient(i), frame.arrived(i)) for i in plan.ids],
        [(key, frame.edge_value(key), frame.contribution(key)) for key in plan.keys],
        (frame.phase, frame.step, frame.active_nodes, frame.active_edges),
    )


def same(first: float | None, second: float | None) -> bool:
    """Bit for bit, NaN included."""
    if first is None or second is None:
        return first is second
    return first == second or (math.isnan(first) and math.isnan(second))


def test_the_seed_example_has_eleven_steps(seed_trace: Trace) -> None:
    assert [(step.kind, step.node or step.edge) for step in seed_trace.steps] == [
        ("inputs", None),
        ("evaluate", "e"),
        ("evaluate", "d"),
        ("evaluate", "L"),
        ("seed", "L"),
        ("contribution", ("L", 0)),
        ("contribution", ("L", 1)),
        ("contribution", ("d", 0)),
        ("contribution", ("d", 1)),
        ("contribution", ("e", 0)),
        ("contribution", ("e", 1)),
    ]
    assert seed_trace.forward_steps == 4


@pytest.mark.parametrize(
    ("position", "values", "gradients"),
    [
        (0, "", {}),
        (1, "abcf", {}),
        (2, "abcfe", {}),
        (3, "abcfed", {}),
        (4, "abcfedL", {}),
        (5, "abcfedL", {"L": 1}),
        (6, "abcfedL", {"L": 1, "d": 5}),
        (7, "abcfedL", {"L": 1, "d": 5, "f": -4}),
        (8, "abcfedL", {"L": 1, "d": 5, "f": -4, "e": 5}),
        (9, "abcfedL", {"L": 1, "d": 5, "f": -4, "e": 5, "c": 5}),
        (10, "abcfedL", {"L": 1, "d": 5, "f": -4, "e": 5, "c": 5, "a": 15}),
        (11, "abcfedL", {"L": 1, "d": 5, "f": -4, "e": 5, "c": 5, "a": 15, "b": 10}),
    ],
)
def test_each_frame_shows_what_was_reached_and_nothing_more(
    seed_trace: Trace, position: int, values: str, gradients: dict[str, float]
) -> None:
    frame = seed_trace.frame(position)
    assert {n for n in seed_trace.order if frame.value(n) is not None} == set(values)
    assert {n: frame.gradient(n) for n in seed_trace.order if frame.gradient(n) is not None} == gradients


def test_the_phase_follows_the_step(seed_trace: Trace) -> None:
    phases = [seed_trace.frame(position).phase for position in range(12)]
    assert phases == ["start"] + ["forward"] * 4 + ["backward"] * 7


def test_the_active_parts_are_those_the_step_is_about(seed_trace: Trace) -> None:
    frames = [seed_trace.frame(position) for position in (0, 1, 2, 5, 10)]
    assert [set(frame.active_nodes) for frame in frames] == [set(), set(), {"e"}, {"L"}, {"e", "a"}]
    assert [frame.active_edges for frame in frames] == [(), (), (("e", 0), ("e", 1)), (), (("e", 0),)]


def test_the_step_of_a_frame_is_made_once(seed_trace: Trace) -> None:
    frame = seed_trace.frame(5)
    assert frame.step is frame.step


def test_an_edge_shows_its_value_once_its_target_has_taken_it(seed_trace: Trace) -> None:
    assert [seed_trace.frame(position).edge_value(("e", 0)) for position in (0, 1, 2, 11)] == [
        None,
        None,
        2,
        2,
    ]


def test_an_edge_shows_upstream_times_local_once_it_has_carried(seed_trace: Trace) -> None:
    assert seed_trace.frame(9).contribution(("e", 0)) is None
    assert seed_trace.frame(10).contribution(("e", 0)) == (5, 3, 15)


def test_sums_grow_visibly_at_a_fork() -> None:
    trace = run(parse("p = x*2; q = x*3; y = p*q", x=5))
    grown = [trace.frame(position).gradient("x") for position in range(len(trace.steps) + 1)]
    assert [value for value in dict.fromkeys(grown) if value is not None] == [30, 60]
    assert sorted({trace.frame(p).arrived("x") for p in range(len(trace.steps) + 1)}) == [
        (0, 2),
        (1, 2),
        (2, 2),
    ]


def test_both_edges_of_x_times_x_carry_in_steps_of_their_own() -> None:
    trace = run(parse("y = x*x", x=3))
    shown = [trace.frame(position).gradient("x") for position in range(len(trace.steps) + 1)]
    assert shown == [None, None, None, None, 3, 6]


def test_what_the_output_does_not_use_shows_its_zero_only_at_the_end() -> None:
    trace = run(parse("z; y = 2*x"))
    last = len(trace.steps)
    assert (trace.frame(last - 1).gradient("z"), trace.frame(last).gradient("z")) == (None, 0)


def test_positions_beyond_the_ends_are_the_ends(seed_trace: Trace) -> None:
    assert seed_trace.frame(-5).position == 0
    assert seed_trace.frame(99).position == 11
    assert seed_trace.last_frame.position == 11


def test_a_step_is_found_again_after_a_value_changed(seed_graph: Graph) -> None:
    step = run(seed_graph).frame(7).step
    seed_graph.apply(edits.set_value(seed_graph, "a", -3.0))
    assert step is not None
    assert run(seed_graph).position_of(step) == 7
    assert run(seed_graph).position_of(Step("evaluate", node="ghost")) is None


def test_a_graph_without_anything_to_run_has_one_frame() -> None:
    trace = run(Graph.of([Node("s", "add", "s")]))
    assert list(trace.steps) == []
    assert trace.frame(0).step is None
    assert trace.frame(0).value("s") is None


@given(graphs())
def test_the_steps_of_any_graph_are_counted_by_its_parts(graph: Graph) -> None:
    trace = run(graph)
    leaves = sum(node.is_leaf for node in graph.nodes())
    computed = len(graph) - leaves
    assert trace.forward_steps == computed + 1
    assert len(trace.steps) == computed + 2 + int(trace.carried.sum())
    assert len(set(trace.steps)) == len(trace.steps)


@given(graphs())
def test_what_a_frame_shows_stays_and_only_sums_change(graph: Graph) -> None:
    trace = run(graph)
    before = trace.frame(0)
    for position in range(1, len(trace.steps) + 1):
        frame = trace.frame(position)
        for node_id in trace.plan.ids:
            if before.value(node_id) is not None:
                assert frame.value(node_id) == before.value(node_id)
            if before.gradient(node_id) is not None:
                assert frame.gradient(node_id) is not None
            assert frame.arrived(node_id) >= before.arrived(node_id)
        for key in trace.plan.keys:
            if before.contribution(key) is not None:
                assert frame.contribution(key) == before.contribution(key)
        before = frame


@given(graphs())
def test_the_last_frame_shows_the_totals_bit_for_bit(graph: Graph) -> None:
    trace = run(graph)
    last, almost = trace.last_frame, trace.frame(len(trace.steps) - 1)
    for node_id in trace.plan.ids:
        assert same(last.value(node_id), trace.value(node_id))
        assert same(last.gradient(node_id), trace.gradient(node_id))
        arrived, expected = almost.arrived(node_id)
        if arrived == expected > 0:
            assert same(almost.gradient(node_id), trace.gradient(node_id))


@given(graphs(), st.data())
def test_a_frame_is_the_same_whichever_way_one_came(graph: Graph, data: st.DataObject) -> None:
    trace = run(graph)
    forwards = [seen(trace.frame(position)) for position in range(len(trace.steps) + 1)]
    for position in data.draw(st.permutations(range(len(trace.steps) + 1))):
        assert seen(trace.frame(position)) == forwards[position]


@given(graphs())
def test_a_contribution_is_carried_only_when_its_upstream_gradient_is_whole(graph: Graph) -> None:
    trace = run(graph)
    for position, step in enumerate(trace.steps):
        if step.edge is not None:
            arrived, expected = trace.frame(position).arrived(step.edge[0])
            assert arrived == expected
            shown = trace.frame(position + 1).contribution(step.edge)
            assert shown is not None
            assert shown[0] * shown[1] == shown[2]


# --- forward mode
def test_forward_mode_carries_the_derivative_by_one_input_to_every_node() -> None:
    trace = run_forward_mode(parse("L = (a*b + c)*f", a=2, b=3, c=-10, f=5), "a")
    assert trace.gradients == {"a": 1.0, "b": 0.0, "c": 0.0, "f": 0.0, "e": 3.0, "d": 3.0, "L": 15.0}
    assert [step.kind for step in trace.steps][4:] == ["seed", *["contribution"] * 3]
    assert [step.edge for step in trace.steps][5:] == [("e", 0), ("d", 0), ("L", 0)]
    assert [trace.frame(position).phase for position in (0, 4, 5)] == ["start", "forward", "tangent"]


def test_in_forward_mode_an_edge_gives_from_its_source_to_its_target() -> None:
    trace = run_forward_mode(parse("L = (a*b + c)*f", a=2, b=3, c=-10, f=5), "a")
    assert (trace.giver(("e", 0)), trace.receiver(("e", 0))) == ("a", "e")
    frame = trace.frame(6)
    assert frame.contribution(("e", 0)) == (1.0, 3.0, 3.0)
    assert (frame.gradient("e"), frame.gradient("d")) == (3.0, None)


def test_forward_mode_by_an_input_that_cannot_run_has_no_derivatives() -> None:
    graph = Graph.of([Node("a", "input", "a"), Node("y", "negate", "y", rank=1)])
    trace = run_forward_mode(graph, "a")
    assert not trace.has_derivatives
    assert trace.frame(len(trace.steps)).gradient("a") is None


@given(graphs())
def test_forward_mode_by_each_input_agrees_with_reverse_mode(graph: Graph) -> None:
    back = run(graph)
    for node in graph.nodes():
        if node.op == "input":
            forth = run_forward_mode(graph, node.id)
            # A constant as output has no derivative to tell: nothing reaches it.
            arrived = forth.gradient(graph.output or "") or 0.0
            assert arrived == pytest.approx(back.gradient(node.id), rel=1e-9, abs=1e-12)
            assert forth.path_counts[graph.output or ""] == back.path_counts[node.id]


@given(graphs())
def test_what_is_asked_of_one_node_is_what_is_counted_for_all(graph: Graph) -> None:
    trace = run(graph)
    for node in graph.nodes():
        arriving = [trace.plan.keys[edge] for edge in trace.carried_order.tolist()]
        assert trace.edges_back_to(node.id) == [key for key in arriving if trace.receiver(key) == node.id]
        assert path_count(trace, node.id) == trace.path_counts.get(node.id, 0)


# --- gradients that nobody has set to zero
def test_a_second_backward_pass_adds_to_the_first_as_micrograd_does() -> None:
    graph = parse("c = a + b; f = c*d", a=2, b=3, d=1)
    once = run(graph)
    assert [once.gradients[name] for name in "abcd"] == [1, 1, 1, 5]
    left = {node_id: once.gradient(node_id) or 0.0 for node_id in once.plan.ids}
    twice = run(graph, left=left)
    assert [twice.gradients[name] for name in "abcdf"] == [3, 3, 2, 10, 1]


def test_what_was_left_is_shown_as_stale_until_the_end() -> None:
    graph = parse("c = a + b; f = c*d", a=2, b=3, d=1)
    trace = run(graph, left={"a": 1.0, "c": 1.0, "f": 1.0})
    start, seeded, end = (trace.frame(position) for position in (0, 4, len(trace.steps)))
    assert [start.gradient(node_id) for node_id in ("a", "b", "c", "f")] == [1.0, None, 1.0, 1.0]
    assert [frame.is_stale("a") for frame in (start, seeded, end)] == [True, True, True]
    assert [frame.is_stale("f") for frame in (start, seeded, end)] == [True, False, False]
    assert not end.is_stale("b")
    assert [end.gradient(node_id) for node_id in ("a", "b", "c", "d")] == [3.0, 2.0, 2.0, 5.0]


@given(graphs())
def test_frames_of_a_second_pass_grow_from_what_was_left(graph: Graph) -> None:
    once = run(graph)
    left = {i: once.gradient(i) or 0.0 for i in once.plan.ids if graph.node(i).op == "input"}
    twice = run(graph, left=left)
    for node_id in left:
        if node_id != graph.output:
            assert twice.gradient(node_id) == pytest.approx(2 * left[node_id], rel=1e-9, abs=1e-300)
        frame = twice.frame(len(twice.steps))
        assert float(frame.sums[twice.plan.number[node_id]]) == pytest.approx(twice.gradient(node_id))


def test_forward_mode_starts_from_a_node_of_the_graph() -> None:
    with pytest.raises(Refused, match="No node has the id “weight”"):
        run_forward_mode(parse("L = a*b", a=2, b=3), "weight")


def test_other_values_stand_in_for_the_inputs_own() -> None:
    graph = parse("L = (a*b + c)*f", a=2, b=3, c=-10, f=5)
    assert run(graph, values={"a": 3.0}).values["L"] == -5.0
    assert run(graph).values["L"] == -20.0
    assert run_forward_mode(graph, "b", values={"a": 3.0}).gradients["L"] == 15.0


@pytest.mark.parametrize(
    ("handed", "sentence"),
    [
        ({"values": {"zz": 3}}, "No node has the id “zz”"),
        ({"left": {"zz": 3}}, "No node has the id “zz”"),
        ({"values": {"weight": 3}}, "the node of this name has the id “a”"),
        ({"values": {"L": 3}}, "L is computed by multiply, and so is given no value"),
        ({"values": {"b": "three"}}, "The value of b must be a number"),
        ({"values": {"b": "3"}}, "The value of b must be a number"),
        ({"values": {"b": 10**400}}, "The value of b must be a number"),
        ({"values": {3: 3.0}}, "No node has the id “3”"),
        ({"left": {"b": "x"}}, "The gradient of b must be a number"),
    ],
)
def test_what_is_given_to_a_run_and_fits_no_node_is_refused(
    handed: dict[str, dict[str, float]], sentence: str
) -> None:
    graph = parse("L = a*b", a=2, b=3)
    graph.apply(edits.rename(graph, "a", "weight"))
    with pytest.raises(Refused, match=sentence):
        run(graph, **handed)


def test_a_guarded_frame_tells_a_local_derivative_only_once_its_edge_has_carried(seed_trace: Trace) -> None:
    key = ("e", 0)
    assert seed_trace.frame(2).tells_local(key)
    assert not seed_trace.frame(2, guarded=True).tells_local(key)
    assert not seed_trace.frame(9, guarded=True).tells_local(key)
    assert seed_trace.frame(10, guarded=True).tells_local(key)


def test_a_guarded_frame_tells_of_a_number_gone_wrong_only_once_it_is_shown() -> None:
    trace = run(parse("y = log(x)", x=-1))
    assert trace.frame(1).problem("y")
    assert not trace.frame(1, guarded=True).problem("y")
    assert trace.frame(2, guarded=True).problem("y") == trace.node_problems["y"]


def test_a_guarded_frame_still_tells_what_is_missing() -> None:
    graph = parse("y = x + 1")
    graph.apply(edits.add_node(graph, "negate"))
    trace = run(graph)
    (missing,) = trace.node_problems
    assert trace.frame(0, guarded=True).problem(missing)


def test_a_trace_is_gone_with_its_last_reference() -> None:
    trace = run(parse("x*y", x=2.0, y=3.0))
    assert trace.last_frame.step is not None
    assert len(trace.steps) == trace.step_count
    gone = weakref.ref(trace)
    gc.disable()
    try:
        del trace
        assert gone() is None
    finally:
        gc.enable()
