"""Several nodes edited at once: one change, for those nodes that it concerns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import Refused
from nodegraph.core.graph import together
from nodegraph.core.graph.changes import Change, patch_of
from nodegraph.core.graph.graph import Graph


@pytest.fixture
def graph() -> Graph:
    """y = a*b + 3"""
    return parse("u = a*b; y = u + 3", a=1, b=2)


def test_a_value_is_set_on_leaves_alone_and_only_where_it_differs(graph: Graph) -> None:
    change = together.set_value(graph, ["a", "b", "u"], 2.0)
    assert change.node_ids() == {"a"}
    graph.apply(change)
    assert [graph.node(i).value for i in "abu"] == [2.0, 2.0, None]
    graph.apply(change.inverse())
    assert graph.node("a").value == 1.0


def test_inputs_are_marked_as_data_together(graph: Graph) -> None:
    graph.apply(together.set_trainable(graph, ["a", "b", "u"], False))
    assert [graph.node(i).trainable for i in "abu"] == [False, False, True]


def test_constants_become_inputs_with_their_values_and_inputs_constants() -> None:
    graph = parse("w = 0.5; y = w*x", x=2)
    change = together.exchange_leaves(graph, ["w", "x", "y"])
    graph.apply(change)
    assert change.name == "Make w an input"
    assert (graph.node("w").op, graph.node("w").value, graph.node("x").op) == ("input", 0.5, "input")
    assert run(graph).gradients == {"y": 1.0, "w": 2.0, "x": 0.5}
    bound = replace(graph.node("x"), trainable=False, column="x")
    graph.apply(Change("Bind", (patch_of(graph.node("x"), bound),)))
    graph.apply(together.exchange_leaves(graph, ["w", "x"]))
    assert [graph.node(i).op for i in "wx"] == ["constant", "constant"]
    assert graph.node("x") == replace(bound, op="constant", trainable=True, column=None)
    with pytest.raises(Refused, match="Only an input can become a constant"):
        together.exchange_leaves(graph, ["y"])


def test_any_node_takes_a_colour_and_loses_it(graph: Graph) -> None:
    graph.apply(together.set_colour(graph, ["a", "u"], "green"))
    assert [graph.node(i).colour for i in "abu"] == ["green", "", "green"]
    graph.apply(together.set_colour(graph, ["a", "b", "u"], ""))
    assert not any(graph.node(i).colour for i in "abu")


def test_what_cannot_be_done_to_any_of_them_is_refused(graph: Graph) -> None:
    with pytest.raises(Refused, match="Only inputs and constants"):
        together.set_value(graph, ["u", "y"], 1.0)
    with pytest.raises(Refused, match="finite"):
        together.set_value(graph, ["a"], float("nan"))
    with pytest.raises(Refused, match="Only inputs are trainable"):
        together.set_trainable(graph, ["u"], True)
    with pytest.raises(Refused, match="no colour “pink”"):
        together.set_colour(graph, ["u"], "pink")
    with pytest.raises(Refused, match="no longer there"):
        together.set_colour(graph, ["gone"], "green")


def test_what_nodes_have_in_common_is_found_so_many_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "AT_ONCE", 2)
    graph = parse("u = a*b; y = u + 3", a=1, b=2)
    looked = together.common(graph.nodes())
    for pieces in range(3):
        assert next(looked) is None, pieces
    with pytest.raises(StopIteration) as end:
        next(looked)
    found: together.Common = end.value.value
    assert found.values == {1.0, 2.0, 3.0}
    assert (len(found.leaves), found.muted) == (3, {False})
