"""What steps change: whatever differs in two frames is named, and far fewer than all."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run, run_forward_mode
from nodegraph.core.engine.steps_between import MOST_STEPS, differing_nodes, edges_between, nodes_between
from nodegraph.core.engine.trace import Frame, Trace
from nodegraph.core.engine.trouble import trouble_of_edge, trouble_of_node
from nodegraph.core.graph.records import EdgeKey

TEXTS = (
    "e = a*b; d = e + e*c; L = tanh(d*f) + e",
    "u = log(a); v = 1/b; L = u*v + sqrt(c); alone = c*c + f",
    "h = relu(-a*a); g = sigmoid(b*b*900); L = h*g*c + h*f",
)
TRACES = [
    made
    for text in TEXTS
    for graph in (parse(text, a=0.5, b=-1.5, c=2.0, f=3.0),)
    for made in (run(graph), run_forward_mode(graph, "a"))
]


def card(frame: Frame, node_id: str) -> tuple[object, ...]:
    """What a card shows of a frame, but for which node is active."""
    shown = frame.value(node_id), frame.gradient(node_id), frame.is_stale(node_id), frame.arrived(node_id)
    return *shown, trouble_of_node(frame, node_id)


def edge(frame: Frame, key: EdgeKey) -> tuple[object, ...]:
    """What an edge and its chip show of a frame."""
    forward = frame.edge_value(key) if frame.phase == "forward" else None
    return forward, frame.contribution(key), key in frame.active_edges, trouble_of_edge(frame, key)


@pytest.mark.parametrize("trace", TRACES)
def test_whatever_differs_in_two_frames_is_named(trace: Trace) -> None:
    frames = [trace.frame(position) for position in range(len(trace.steps) + 1)]
    pairs = [*combinations(frames, 2), *((one, one) for one in frames)]
    for before, after in [*pairs, *((after, before) for before, after in pairs)]:
        nodes, edges = nodes_between(before, after), edges_between(before, after)
        if nodes is not None:
            assert {i for i in trace.plan.ids if card(before, i) != card(after, i)} <= nodes
        differs = differing_nodes(before, after)
        if differs is not None:
            assert {i for i in trace.plan.ids if card(before, i) != card(after, i)} <= {
                trace.plan.ids[number] for number in np.flatnonzero(differs)
            }
        else:
            assert len(trace.steps) in (before.position, after.position)
        if edges is not None:
            assert {key for key in trace.plan.keys if edge(before, key) != edge(after, key)} <= edges


@pytest.mark.parametrize("trace", TRACES)
def test_one_step_touches_few(trace: Trace) -> None:
    for position in range(1, len(trace.steps) - 1):
        before, after = trace.frame(position), trace.frame(position + 1)
        nodes, edges = nodes_between(before, after), edges_between(before, after)
        assert nodes is not None
        assert len(nodes) <= 2
        assert (edges is None) == (position == trace.forward_steps)


def test_far_frames_other_runs_and_what_was_left_may_differ_anywhere() -> None:
    graph = parse(TEXTS[0], a=0.5, b=-1.5, c=2.0, f=3.0)
    trace = run(graph)
    left = run(graph, left={"a": 2.0})
    for before, after in (
        (trace.frame(0), trace.frame(MOST_STEPS + 1)),
        (trace.frame(3), run(graph).frame(4)),
        (trace.frame(3), trace.frame(4, guarded=True)),
        (left.frame(3), left.frame(4)),
    ):
        assert nodes_between(before, after) is None
        assert edges_between(before, after) is None
