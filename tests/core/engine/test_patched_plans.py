"""A plan that is patched after a change is the plan that would be compiled anew."""

from __future__ import annotations

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.engine import plan
from nodegraph.core.graph import edits
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph


def make(graph: Graph, change: Change) -> None:
    """As the document does."""
    structure = graph.structure
    graph.apply(change)
    plan.patch_plan(graph, change, structure)


def count_compiled(monkeypatch: pytest.MonkeyPatch) -> list[Graph]:
    compiled: list[Graph] = []
    whole = plan.compile_plan
    monkeypatch.setattr(plan, "compile_plan", lambda graph: (compiled.append(graph), whole(graph))[1])
    return compiled


def told(found: plan.Plan) -> list[object]:
    runs = [(run.op, run.start, run.stop, run.sources.tolist()) for run in found.runs]
    return [list(found.ids), found.leaves, runs, dict(found.problems), dict(found.waiting)]


def test_a_node_without_inputs_comes_and_goes_without_a_new_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = parse("L = a*b + c; m = log(d)", a=1, b=2, c=3, d=4)
    plan.plan_of(graph)
    compiled = count_compiled(monkeypatch)
    added = edits.add_node(graph, "add", x=0.0, y=0.0)
    make(graph, added)
    assert told(plan.plan_of(graph)) == told(plan.compile_plan(graph))
    assert len(compiled) == 1  # just now, by this test
    make(graph, added.inverse())
    assert told(plan.plan_of(graph)) == told(plan.compile_plan(graph))
    assert len(compiled) == 2
    assert not plan.plan_of(graph).problems


def test_every_other_change_of_the_structure_has_its_plan_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = parse("L = a*b + c", a=1, b=2, c=3)
    make(graph, edits.add_node(graph, "tanh", x=0.0, y=0.0))
    (waiting,) = (node for node in graph.nodes() if node.op == "tanh")
    made = [
        edits.add_node(graph, "input", x=0.0, y=0.0),
        edits.connect(graph, "a", waiting.id, 0),
    ]
    for change in (*made, *(one.inverse() for one in reversed(made)), edits.set_muted(graph, ["L"])):
        plan.plan_of(graph)
        make(graph, change)
        assert told(plan.plan_of(graph)) == told(plan.compile_plan(graph)), change.name


def test_unfinished_nodes_without_a_cycle_ask_for_no_search_of_cycles(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    graph = parse("L = a*b + c", a=1, b=2, c=3)
    graph.apply(edits.remove(graph, ["b"]))
    monkeypatch.setattr(plan, "_cycles", lambda _graph: pytest.fail("looked for a cycle"))
    assert plan.compile_plan(graph).problems
