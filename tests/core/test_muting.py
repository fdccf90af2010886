"""A muted operation passes its first input through: both passes, the check and the words hold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodegraph.core.building.expression import parse
from nodegraph.core.building.formulas import formula_of
from nodegraph.core.building.graph_text import to_text
from nodegraph.core.checks.gradient_check import check
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import Refused
from nodegraph.core.explain.explanation import explain_node, step_sentence
from nodegraph.core.graph import edits
from nodegraph.core.graph.changes import Change, Patch
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, Node
from nodegraph.core.operations.catalogue import OPERATIONS
from tests.strategies import graphs


def muted(graph: Graph, *names: str) -> Graph:
    """The graph with these nodes muted."""
    ids = [node.id for node in graph.nodes() if node.name in names]
    graph.apply(edits.set_muted(graph, ids, True))
    return graph


def test_a_muted_node_has_the_value_of_its_first_input_and_hands_its_gradient_on() -> None:
    trace = run(muted(parse("e = a*b; d = e + c; L = d*f", a=2, b=3, c=-10, f=5), "e"))
    assert trace.values["e"] == 2.0
    assert trace.values["L"] == -40.0
    assert trace.gradients == {"a": 5.0, "b": 0.0, "c": 5.0, "f": -8.0, "e": 5.0, "d": 5.0, "L": 1.0}
    assert trace.local(("e", 0)) == 1.0
    assert trace.local(("e", 1)) is None
    assert trace.last_frame.edge_value(("e", 1)) is None


def test_the_other_ports_need_not_be_connected() -> None:
    graph = parse("y = a*b", a=2)
    graph.apply(edits.disconnect(graph, [("y", 1)]))
    assert run(graph).problems
    assert run(muted(graph, "y")).values["y"] == 2.0


def test_a_problem_on_another_port_does_not_reach_through() -> None:
    graph = parse("e = sin(a); y = b*e", b=3)
    graph.apply(edits.disconnect(graph, [("e", 0)]))
    assert "y" not in run(graph).values
    trace = run(muted(graph, "y"))
    assert trace.values["y"] == 3.0
    assert [name for name, _ in trace.problems] == ["e"]


def test_what_a_muted_node_does_not_take_makes_no_cycle() -> None:
    graph = muted(parse("e = a*b; y = e + c; z = sin(c)", a=2), "e")
    into, again = Edge("y", "e", 1), Edge("z", "z", 0)
    for edge, name in ((into, "y"), (again, "z")):
        patch = Patch("edge", edge.key, graph.edge(edge.key), edge)
        graph.apply(Change(name, (patch,)))
        trace = run(graph)
        assert trace.values["e"] == 2.0
        assert [cause for cause, _ in trace.problems] == ([] if name == "y" else ["z"])


def test_a_muted_node_without_its_first_input_says_so() -> None:
    graph = muted(parse("y = a*b"), "y")
    graph.apply(edits.disconnect(graph, [("y", 0)]))
    assert run(graph).problems == [
        ("y", "Connect its first input, which it passes through while it is muted.")
    ]


def test_the_same_node_on_both_ports_counts_once() -> None:
    trace = run(muted(parse("y = x*x", x=3), "y"))
    assert (trace.values["y"], trace.gradients["x"]) == (3.0, 1.0)


def test_what_leaves_the_numbers_passes_through_without_a_problem_of_its_own() -> None:
    trace = run(muted(parse("e = log(x); y = e*2", x=-1), "y"))
    assert [name for name, _ in trace.problems] == ["e"]


def test_a_muted_placeholder_passes_through_too() -> None:
    nodes = [Node("a", "input", "a", 2.0), Node("y", "softmax", "y", rank=1, muted=True)]
    trace = run(Graph.of(nodes, [Edge("a", "y", 0)]))
    assert trace.values["y"] == 2.0
    assert explain_node(trace, "y").note == "y is muted: it passes a through."


def test_muting_is_taken_back_exactly_and_makes_a_new_plan() -> None:
    graph = parse("y = a*b", a=2, b=3)
    before = graph.copy()
    change = edits.set_muted(graph, ["y"])
    graph.apply(change)
    assert run(graph).values["y"] == 2.0
    graph.apply(change.inverse())
    assert graph == before
    assert run(graph).values["y"] == 6.0


def test_muting_toggles_and_leaves_inputs_out() -> None:
    graph = parse("e = a*b; L = e + 1")
    graph.apply(edits.set_muted(graph, ["a", "e"]))
    assert [node.name for node in graph.nodes() if node.muted] == ["e"]
    graph.apply(edits.set_muted(graph, ["e", "L"]))
    assert [node.name for node in graph.nodes() if node.muted] == ["e", "L"]
    change = edits.set_muted(graph, ["e", "L"])
    assert change.name == "Unmute 2 nodes"
    graph.apply(change)
    assert not any(node.muted for node in graph.nodes())
    with pytest.raises(Refused, match="Only operations can be muted"):
        edits.set_muted(graph, ["a"])


def test_the_words_say_what_it_does() -> None:
    trace = run(muted(parse("e = a*b; L = e*f", a=2, f=5), "e"))
    told = explain_node(trace, "e")
    assert told.note == "e is muted: it passes a through."
    assert told.value is not None
    assert told.value.unicode == "e = a = 2"
    assert [rule.unicode for rule in told.rules] == ["∂e/∂a = 1"]
    (term,) = explain_node(trace, "a").terms
    assert term.because == "since e is muted and passes a through, ∂e/∂a = 1"
    sentences = [step_sentence(trace.frame(k)) for k in range(len(trace.steps) + 1)]
    assert "e is muted: it passes a through. e = a = 2." in sentences
    assert "e sends 5 × 1 = 5 back to a, because e is muted and passes a through." in sentences


def test_a_formula_shows_what_is_computed_and_text_says_what_is_muted() -> None:
    graph = muted(parse("L = (a*b + c)*f"), "e")
    assert formula_of(graph) == "L = (a + c) × f"
    assert formula_of(muted(graph, "L")) == "L = a + c"
    twice = muted(parse("p = tanh(a*b); L = p*c + p"), "p")
    assert formula_of(twice) == "L = e × c + e"  # used twice, though a muted node hands it on
    assert to_text(graph) == "e = muted(a * b)\nd = e + c\nL = muted(d * f)"


@given(st.data())
def test_a_muted_graph_computes_as_one_in_which_consumers_take_the_first_input(data: st.DataObject) -> None:
    graph = data.draw(graphs(smooth=True))
    operations = [node.id for node in graph.nodes() if not node.is_leaf]
    chosen = data.draw(st.sets(st.sampled_from(operations))) if operations else set()
    quiet = Graph.of([replace(n, muted=n.id in chosen) for n in graph.nodes()], graph.edges())
    trace = run(quiet)
    assert not trace.plan.problems
    for node_id in chosen:
        (source,) = trace.sources(node_id)
        assert trace.value(node_id) == pytest.approx(trace.value(source), rel=0, abs=0, nan_ok=True)
    healed = Graph.of(
        [replace(n, op="add" if n.id in chosen else n.op) for n in graph.nodes()]
        + [Node("zero", "constant", "zero", 0.0, rank=-1)],
        [
            replace(edge, source="zero", port=1) if edge.target in chosen and edge.port == 1 else edge
            for edge in graph.edges()
            if edge.target not in chosen or edge.port < 2
        ]
        + [Edge("zero", i, 1) for i in chosen if OPERATIONS[graph.node(i).op].most == 1],
        {"output": quiet.output},
    )
    expected = run(healed)
    names = list(trace.values)
    np.testing.assert_array_equal([trace.values[n] for n in names], [expected.values[n] for n in names])
    slopes = [[one.gradients[n] for n in names] for one in (trace, expected)]
    np.testing.assert_array_equal(*np.array(slopes, dtype=float))


def test_the_check_holds_for_muted_nodes() -> None:
    found = check(muted(parse("e = a*b; d = tanh(e) + c; L = d*a", a=2, b=3, c=-10), "e", "d"))
    assert found
    assert all(one.ok for one in found)
