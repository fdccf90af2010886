"""One cause, one mark: what suffers from a marked place is tinted and says so, and has no mark of its own."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from nodegraph.core.building.expression import parse
from nodegraph.core.engine import trouble
from nodegraph.core.engine.health import marks_of_node
from nodegraph.core.engine.passes import run, run_forward_mode
from nodegraph.core.engine.trace import Frame
from nodegraph.core.engine.trouble import trouble_of_edge, trouble_of_node
from nodegraph.core.graph.graph import Graph
from tests.strategies import graphs


def frame(text: str, **values: float) -> Frame:
    return run(parse(text, **values)).last_frame


def marked(found: Frame) -> dict[str, list[str]]:
    """The kinds of all marks, by node and by edge."""
    nodes = {i: [mark.kind for mark in trouble_of_node(found, i).marks] for i in found.trace.plan.ids}
    edges = {
        str(key): [mark.kind for mark in trouble_of_edge(found, key).marks] for key in found.trace.plan.keys
    }
    return {place: kinds for place, kinds in (nodes | edges).items() if kinds}


def quiet(found: Frame) -> set[str]:
    return {i for i in found.trace.plan.ids if trouble_of_node(found, i).is_quiet}


@pytest.mark.parametrize(
    ("op", "z", "t", "kind"),
    [("sigmoid", 40, 0, "saturated"), ("tanh", -9, 1, "saturated"), ("relu", -2, 5, "off")],
)
def test_a_flat_unit_marks_itself_alone_and_counts_what_it_starves(
    op: str, z: float, t: float, kind: str
) -> None:
    found = frame(f"z = w*x + b; y = {op}(z); L = (y - t)**2", w=1, x=z, b=0, t=t)
    assert marked(found) == {"y": [kind]}
    (mark,) = trouble_of_node(found, "y").marks
    assert mark.sentence.endswith(" It starves the 5 nodes behind it.")
    starved = {node.id for node in found.trace.nodes.values() if node.name in ("z", "w", "x", "b")}
    assert starved < quiet(found)
    assert len(quiet(found)) == 5
    assert trouble_of_node(found, "w").because == (f"Hardly any gradient gets to w, because y is {kind}.")


def test_a_node_that_another_way_feeds_is_not_starved() -> None:
    found = frame("y = sigmoid(x); L = (y + x*w - t)**2", x=40, w=1, t=1)
    assert marked(found) == {"y": ["saturated"]}
    assert quiet(found) == set()
    assert "starves" not in trouble_of_node(found, "y").sentences


def test_two_causes_are_both_named() -> None:
    found = frame("a = sigmoid(x); b = relu(-x); L = (a + b - t)**2", x=40, t=3)
    assert set(marked(found)) == {"a", "b"}
    assert trouble_of_node(found, "x").because == (
        "Hardly any gradient gets to x, because a and b are off or saturated."
    )


def test_only_the_first_node_of_a_vanishing_gradient_is_marked() -> None:
    text = "; ".join(f"s{n} = sigmoid({f's{n - 1}' if n else 'x'})" for n in range(12))
    found = frame(f"{text}; L = (s11 - 0.2)**2", x=0.3)
    assert list(marked(found).values()) == [["vanishing"]]
    (first,) = marked(found)
    behind = {"x", *(f"s{n}" for n in range(int(first[1:])))}
    assert quiet(found) == behind
    assert all("vanishes" in trouble_of_node(found, name).because for name in behind)


def test_only_the_first_node_of_an_exploding_gradient_is_marked() -> None:
    text = "; ".join(f"a{n} = w*{f'a{n - 1}' if n else 'x'}" for n in range(9))
    found = frame(f"{text}; y = a8*s", w=30, x=1, s=1)
    kinds = marked(found)
    assert [place for place in kinds if place.startswith("(")] == []
    assert set(map(tuple, kinds.values())) == {("exploding",)}
    assert "x" in quiet(found)


def test_forward_mode_tints_what_lies_ahead_of_a_flat_unit() -> None:
    graph = parse("y = sigmoid(x); z = y*3; L = z + 1", x=40)
    found = run_forward_mode(graph, "x").last_frame
    assert marked(found) == {"y": ["saturated"]}
    assert "z" in quiet(found)


def test_nothing_is_said_before_it_is_reached() -> None:
    trace = run(parse("z = w*x; y = sigmoid(z); L = y*2", w=1, x=40))
    said = [trouble_of_node(trace.frame(k), "w").is_quiet for k in range(len(trace.steps) + 1)]
    assert said == sorted(said)
    assert said[0] is False
    assert said[-1] is True


def test_rows_of_data_have_a_say_in_what_is_flat() -> None:
    found = frame("p = w*x; y = sigmoid(p); L = (y - t)**2", w=1, x=-9, t=1)
    data = {"x": np.array([-9.0, 0.5])}
    assert trouble_of_node(found, "y", lambda: data).marks == ()
    assert not trouble_of_node(found, "w", lambda: data).is_quiet


@given(graphs())
def test_whatever_is_marked_was_found_by_the_rules_of_health(graph: Graph) -> None:
    found = run(graph).last_frame
    for node_id in found.trace.plan.ids:
        kinds = {mark.kind for mark in marks_of_node(found, node_id)}
        assert {mark.kind for mark in trouble_of_node(found, node_id).marks} <= kinds


def test_nothing_is_looked_for_before_anything_is_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(trouble, "flatness", lambda trace, place, data: asked.append(place[0]) or ())
    trace = run(parse("tanh(w)", w=20.0))
    assert {trouble_of_node(trace.frame(0), i) for i in trace.plan.ids} == {trouble.NONE}
    assert not asked
    trouble_of_node(trace.last_frame, trace.plan.ids[0])
    assert asked
