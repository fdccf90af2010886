"""A graph that takes over what was made beforehand is the graph after the change."""

from __future__ import annotations

import random

import pytest

from nodegraph.core.building.shapes import graph_of, random_shape
from nodegraph.core.engine.passes import run
from nodegraph.core.engine.plan import plan_of
from nodegraph.core.graph import edits, grouping, notes, together
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.contents import HELD, OWN, become, graph_after
from nodegraph.core.graph.graph import Graph

KINDS = range(8)


def change_of(graph: Graph, kind: int, chance: random.Random) -> Change:
    nodes = graph.nodes()
    ids = [node.id for node in chance.sample(nodes, len(nodes) // 2)]
    return (
        lambda: edits.move(graph, {node.id: (node.x + 8.0, node.y) for node in nodes}),
        lambda: edits.remove(graph, ids),
        lambda: edits.remove(graph, [node.id for node in nodes]),
        lambda: edits.set_muted(graph, ids),
        lambda: together.set_value(graph, [node.id for node in nodes], 3.0),
        lambda: together.set_colour(graph, ids, "green"),
        lambda: grouping.group(graph, ids, "half"),
        lambda: notes.add_note(graph, "a note", 0.0, 0.0),
    )[kind]()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("is_run", [False, True])
def test_it_is_the_graph_that_the_change_makes(kind: int, is_run: bool) -> None:
    graph = graph_of(random_shape(60, seed=kind), placed=True)
    graph.remark = "as it was read"
    if is_run:
        run(graph)
    before, made = graph.copy(), graph.copy()
    change = change_of(graph, kind, random.Random(kind))
    for step in (change, change.inverse(), change):
        structure = graph.structure
        later = graph_after(graph, step)
        assert graph != later
        become(graph, later)
        made.apply(step)
        assert graph == made
        assert graph.structure == structure + step.is_structural
        assert graph.remark == "as it was read"
        assert [node.id for node in graph.nodes()] == [node.id for node in made.nodes()]
        assert (graph.output, graph.next_rank, graph.edge_count) == (
            made.output,
            made.next_rank,
            made.edge_count,
        )
        assert dict(run(graph).values) == dict(run(made).values)
        assert list(plan_of(graph).ids) == list(plan_of(made).ids)
    graph.apply(change.inverse())
    assert graph == before


def test_what_does_not_fit_is_refused_and_leaves_the_graph_as_it_was() -> None:
    graph = graph_of(random_shape(60, seed=1), placed=True)
    change = edits.move(graph, {node.id: (0.0, -1.0) for node in graph.nodes()})
    graph.apply(change)
    before = graph.copy()
    with pytest.raises(ValueError, match="not as the change expects"):
        graph_after(graph, change)
    assert graph == before


def test_all_that_a_graph_keeps_is_exchanged_or_its_own() -> None:
    kept = set(vars(Graph()))
    assert {*HELD, *OWN} == kept
    assert not set(HELD) & set(OWN)


@pytest.mark.parametrize("kind", KINDS)
def test_a_graph_that_has_changed_since_is_left_as_it_is(kind: int) -> None:
    graph = graph_of(random_shape(60, seed=kind), placed=True)
    later = graph_after(graph, change_of(graph, kind, random.Random(kind)))
    graph.apply(edits.set_title(graph, "changed meanwhile"))
    before = graph.copy()
    with pytest.raises(ValueError, match="has changed since"):
        become(graph, later)
    assert graph == before


def test_of_a_change_of_groups_and_notes_no_edge_is_looked_at() -> None:
    graph = graph_of(random_shape(60, seed=2), placed=True)
    ids = [node.id for node in graph.nodes()]
    for make in (
        lambda: grouping.group(graph, ids, "all"),
        lambda: notes.add_note(graph, "a note", 0.0, 0.0),
        lambda: grouping.ungroup(graph, [graph.groups()[0].id]),
    ):
        later = graph_after(graph, make())
        assert later.targets is graph.targets
        groups = graph.groups()
        become(graph, later)
        assert later.groups() == groups
