"""Changes: exact inverses, honest merges, and nothing half applied."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodegraph.core.graph import edits
from nodegraph.core.graph.changes import Change, Patch, patch_of, patches_of
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, Node
from tests.strategies import edited, graphs


def snapshot(graph: Graph) -> object:
    """Everything a graph holds, order included, as seen by the rest of the program."""
    ids = [node.id for node in graph.nodes()]
    return (
        graph.nodes(),
        [(graph.edges_into(i), graph.edges_from(i), graph.named(graph.node(i).name)) for i in ids],
        dict(graph.properties),
        graph.output,
    )


@given(graphs(most=6), st.data())
def test_a_change_and_its_inverse_leave_everything_as_it_was(graph: Graph, data: st.DataObject) -> None:
    before, copy = snapshot(graph), graph.copy()
    change = data.draw(edited(graph))
    graph.apply(change)
    graph.apply(change.inverse())
    assert snapshot(graph) == before
    assert graph == copy


def test_a_move_from_where_a_node_no_longer_is_is_refused_and_moves_none(seed_graph: Graph) -> None:
    a, b = seed_graph.named("a"), seed_graph.named("b")
    assert a is not None
    assert b is not None
    late = edits.move(seed_graph, {a.id: (1.0, 2.0), b.id: (3.0, 4.0)})
    seed_graph.apply(edits.move(seed_graph, {b.id: (5.0, 6.0)}))
    before = snapshot(seed_graph)
    with pytest.raises(ValueError, match="is not as the change expects"):
        seed_graph.apply(late)
    assert snapshot(seed_graph) == before
    b = seed_graph.node(b.id)
    seed_graph.apply(Change("", tuple(patches_of([replace(b)], [replace(b, x=7.0)]))))  # equal, not the same
    assert seed_graph.node(b.id).x == 7.0


@given(graphs(most=6), st.data())
def test_many_edits_undo_and_redo_exactly(graph: Graph, data: st.DataObject) -> None:
    states, done = [snapshot(graph)], []
    for _ in range(6):
        done.append(data.draw(edited(graph)))
        graph.apply(done[-1])
        states.append(snapshot(graph))
    for change, state in zip(reversed(done), reversed(states[:-1]), strict=True):
        graph.apply(change.inverse())
        assert snapshot(graph) == state
    for change, state in zip(done, states[1:], strict=True):
        graph.apply(change)
        assert snapshot(graph) == state


@given(graphs(most=6), st.data())
def test_two_changes_merged_do_what_they_do_one_after_the_other(graph: Graph, data: st.DataObject) -> None:
    step_by_step, at_once = graph.copy(), graph.copy()
    first = data.draw(edited(step_by_step))
    step_by_step.apply(first)
    second = data.draw(edited(step_by_step))
    step_by_step.apply(second)
    merged = first.then(second)
    at_once.apply(merged)
    assert at_once == step_by_step
    assert at_once.output == step_by_step.output
    at_once.apply(merged.inverse())
    assert at_once == graph


def test_a_change_that_is_taken_back_within_a_gesture_does_nothing() -> None:
    graph = Graph.of([Node("a", "input", "a", 1.0)])
    there = edits.set_value(graph, "a", 5.0)
    graph.apply(there)
    assert not there.then(edits.set_value(graph, "a", 1.0))


def test_a_merged_change_keeps_the_first_name_unless_it_gets_another() -> None:
    first, second = Change("Move a"), Change("Move b")
    assert first.then(second).name == "Move a"
    assert first.then(second, "Arrange").name == "Arrange"


def test_a_change_from_another_state_is_refused_and_changes_nothing() -> None:
    graph = Graph.of([Node("a", "input", "a", 1.0)])
    before = snapshot(graph)
    stale = Node("a", "input", "a", 2.0)
    change = Change("Set a", (patch_of(None, Node("b", "input", "b", 1.0)), patch_of(stale, None)))
    with pytest.raises(ValueError, match="Set a"):
        graph.apply(change)
    assert snapshot(graph) == before


def test_an_edge_to_nowhere_is_refused_and_changes_nothing() -> None:
    """networkx would invent the missing node."""
    graph = Graph.of([Node("a", "input", "a", 1.0)])
    before = snapshot(graph)
    for edge in (Edge("a", "ghost", 0), Edge("ghost", "a", 0)):
        with pytest.raises(ValueError, match="ghost"):
            graph.apply(Change("Connect", (patch_of(None, edge),)))
        assert snapshot(graph) == before


def test_a_node_that_goes_takes_no_edge_along_unasked() -> None:
    graph = Graph.of([Node("a", "input", "a", 1.0), Node("n", "negate", "n", rank=1)], [Edge("a", "n", 0)])
    before = snapshot(graph)
    with pytest.raises(ValueError, match="a"):
        graph.apply(Change("Delete a", (patch_of(graph.node("a"), None),)))
    assert snapshot(graph) == before


def test_names_can_be_swapped_in_one_change() -> None:
    a, b = Node("a", "input", "a", 1.0), Node("b", "input", "b", 2.0, rank=1)
    graph = Graph.of([a, b])
    graph.apply(
        Change(
            "Swap",
            (patch_of(a, Node("a", "input", "b", 1.0)), patch_of(b, Node("b", "input", "a", 2.0, rank=1))),
        )
    )
    named = graph.named("a"), graph.named("b")
    assert [node.id for node in named if node is not None] == ["b", "a"]


@pytest.mark.parametrize(
    ("patch", "structural"),
    [
        (Patch("node", "a", Node("a", "input", "a", 1.0), Node("a", "input", "a", 2.0)), False),
        (Patch("node", "a", Node("a", "input", "a", 1.0), Node("a", "input", "z", 1.0, x=3.0)), False),
        (Patch("node", "a", Node("a", "input", "a", 1.0), Node("a", "constant", "a", 1.0)), True),
        (Patch("node", "a", Node("a", "input", "a"), Node("a", "input", "a", 1.0)), True),
        (Patch("node", "a", None, Node("a", "input", "a", 1.0)), True),
        (Patch("edge", ("n", 0), None, Edge("a", "n", 0)), True),
        (Patch("property", "title", None, "T"), False),
    ],
)
def test_only_what_changes_the_structure_asks_for_a_new_plan(patch: Patch, structural: bool) -> None:
    assert patch.is_structural == structural


def test_of_nodes_that_only_moved_nobody_asks_one_by_one_what_else_becomes_of_them(
    seed_graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_patch: Patch) -> bool:
        raise AssertionError("asked")

    moved = edits.move(seed_graph, {node.id: (7.0 * n, 8.0) for n, node in enumerate(seed_graph.nodes())})
    named = edits.rename(seed_graph, seed_graph.nodes()[0].id, "other")
    assert len(moved.patches) == len(seed_graph)
    assert (moved.places, moved.beyond_places) == (moved.patches, ())
    both = moved.then(named)
    assert (both.beyond_places, both.places) == (both.patches[:1], both.patches[1:])
    for question in ("is_structural", "touched", "keeps_formulas", "is_place_or_value"):
        monkeypatch.setattr(Patch, question, property(refuse))
    before = snapshot(seed_graph)
    seed_graph.apply(moved)
    assert not moved.is_structural
    assert moved.inverse() is moved.inverse()
    seed_graph.apply(moved.inverse())
    assert snapshot(seed_graph) == before
