"""A plan that follows a graph's changes is the plan that would be compiled anew."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodegraph.core.building import shapes
from nodegraph.core.building.expression import parse
from nodegraph.core.engine import plan
from nodegraph.core.engine.passes import run
from nodegraph.core.graph import edits
from nodegraph.core.graph.changes import Change, Patch
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, Node
from nodegraph.core.kernels import numbering
from nodegraph.core.kernels.plan_keys import NodeNumbers

OPS = ("input", "constant", "add", "multiply", "tanh", "subtract", "unheard of")


def told(found: plan.Plan) -> dict[str, object]:
    return {
        "ids": list(found.ids),
        "numbers": {node_id: found.number[node_id] for node_id in found.ids},
        "leaves": found.leaves,
        "runs": [(run.op, run.start, run.stop, run.sources.tolist(), run.edges) for run in found.runs],
        "keys": found.keys,
        "edges": {key: found.edge_number[key] for key in found.keys},
        "problems": list(found.problems.items()),
        "waiting": dict(found.waiting),
    }


def any_edit(graph: Graph, chance: random.Random) -> Change:
    """Any change that fits, sensible or not: cycles, edges into leaves, leaves without a value."""
    nodes, edges = graph.nodes(), list(graph.edges())
    kind = chance.choice(("make", "make", "edge", "edge", "edge", "cut", "delete", "op", "value", "mute"))
    if kind == "make" or not nodes:
        op, rank = chance.choice(OPS), graph.next_rank
        node_id = f"n{rank}.{chance.randrange(3)}"
        value = chance.choice((None, 1.0, 2.5)) if op in OPS[:2] else None
        return Change(kind, (Patch("node", node_id, None, Node(node_id, op, node_id, value, rank=rank)),))
    node = chance.choice(nodes)
    if kind == "edge":
        key = (node.id, chance.randrange(3))
        return Change(kind, (Patch("edge", key, graph.edge(key), Edge(chance.choice(nodes).id, *key)),))
    if kind == "cut":
        gone = chance.sample(edges, min(len(edges), chance.randrange(3)))
        return Change(kind, tuple(Patch("edge", edge.key, edge, None) for edge in gone))
    if kind == "delete":
        gone = [edge for edge in edges if node.id in (edge.source, edge.target)]
        patches = [Patch("edge", edge.key, edge, None) for edge in gone]
        return Change(kind, (*patches, Patch("node", node.id, node, None)))
    after = {
        "op": replace(node, op=chance.choice(OPS)),
        "value": replace(node, value=chance.choice((None, 3.0, 0.5)) if node.is_leaf else None),
        "mute": replace(node, muted=not node.muted),
    }[kind]
    return Change(kind, (Patch("node", node.id, node, after),) if after != node else ())


@given(st.randoms(use_true_random=False), st.integers(1, 40), st.floats(0.2, 1.0))
def test_whatever_is_changed_the_plan_is_that_which_would_be_compiled(
    chance: random.Random, steps: int, asked: float
) -> None:
    graph = parse("L = tanh(a*b + c) - a", a=1, b=2, c=3)
    done: list[Change] = []
    for _ in range(steps):
        if done and chance.random() < 0.3:
            graph.apply(done.pop().inverse())
        else:
            done.append(any_edit(graph, chance))
            graph.apply(done[-1])
        if chance.random() < asked:
            assert told(plan.plan_of(graph)) == told(plan.compile_plan(graph))
            assert graph.output == graph.copy().output
            fresh = run(graph.copy())
            assert np.array_equal(run(graph).node_values, fresh.node_values, equal_nan=True)
            assert np.array_equal(run(graph).carried, fresh.carried)


def count_read(monkeypatch: pytest.MonkeyPatch) -> list[Graph]:
    read: list[Graph] = []
    whole = plan.Wiring
    monkeypatch.setattr(plan, "Wiring", lambda graph: (read.append(graph), whole(graph))[1])
    return read


def test_no_edit_of_a_few_nodes_reads_the_graph_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = shapes.graph_of(shapes.random_shape(300, 1))
    plan.plan_of(graph)
    read = count_read(monkeypatch)
    output = graph.node(graph.output)
    made = [
        edits.add_node(graph, "add", x=0.0, y=0.0),
        edits.remove(graph, [], [graph.edges_into(output.id)[0].key]),
        edits.remove(graph, [output.id]),
        edits.set_muted(graph, [output.id]),
        edits.set_value(graph, graph.nodes()[0].id, 7.0),
    ]
    for change in made:
        for one in (change, change.inverse()):
            graph.apply(one)
            found = told(plan.plan_of(graph))
            assert not read, one.name
            assert found == told(plan.compile_plan(graph)), one.name
            read.clear()
    graph.apply(edits.set_value(graph, graph.nodes()[0].id, 7.0))
    assert run(graph).values[graph.nodes()[0].name] == 7.0


def test_a_node_without_inputs_comes_and_goes_and_the_plan_keeps_what_it_worked_out() -> None:
    graph = parse("L = a*b + c; m = log(d)", a=1, b=2, c=3, d=4)
    before = plan.plan_of(graph).runs
    added = edits.add_node(graph, "add", x=0.0, y=0.0)
    for change in (added, added.inverse()):
        graph.apply(change)
        assert plan.plan_of(graph).runs is before
        assert told(plan.plan_of(graph)) == told(plan.compile_plan(graph))
    assert not plan.plan_of(graph).problems


def test_places_looked_up_once_find_the_numbers_in_every_later_plan() -> None:
    graph = parse("L = tanh(a*b + c) - a", a=1, b=2, c=3)
    numbers = plan.plan_of(graph).number
    assert isinstance(numbers, NodeNumbers)
    ids = [node.id for node in graph.nodes()]
    keys = [edge.key for edge in graph.edges()]
    places, edge_places = numbers.places_of(ids), plan.plan_of(graph).edge_number.places_of(keys)
    graph.apply(edits.remove(graph, [], [graph.edges_into("L")[0].key]))
    graph.apply(edits.add_node(graph, "input", x=0.0, y=0.0, value=1.0))
    found = plan.plan_of(graph)
    assert found.number.places is numbers.places
    assert found.number.at(places).tolist() == [found.number.get(node_id, -1) for node_id in ids]
    assert found.edge_number.at(edge_places).tolist() == [found.edge_number.get(key, -1) for key in keys]
    assert -1 in found.number.at(places)
    made = graph.nodes()[-1].id
    assert numbers.get(made) is None
    assert numbers.at(numbers.places_of([made])).tolist() == [-1]


@pytest.mark.parametrize("kind", shapes.SHAPES)
def test_levels_are_the_same_level_by_level_and_node_by_node(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shape = shapes.SHAPES[kind](900, 3)
    links = numbering.Links.checked(shape.codes, shape.starts, shape.sources, len(shapes.OPS))
    found = numbering.levels(links)
    monkeypatch.setattr(numbering, "MANY", 10**9)
    assert (found == numbering.levels(links)).all()
    assert (found == numbering._node_by_node(links)).all()


def test_what_a_cycle_holds_or_feeds_has_no_level_in_a_large_graph() -> None:
    count = 2 * numbering.MANY
    starts = np.concatenate([np.zeros(count - 2, dtype=np.int64), [0, 2, 3, 4]])
    links = numbering.Links(
        np.zeros(count + 1, np.int32), starts, np.array([0, count - 1, count - 2, count - 1])
    )
    assert numbering.levels(links)[-4:].tolist() == [0, -1, -1, -1]


def test_unfinished_nodes_without_a_cycle_ask_for_no_search_of_cycles(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    graph = parse("L = a*b + c", a=1, b=2, c=3)
    graph.apply(edits.remove(graph, ["b"]))
    monkeypatch.setattr(plan, "_cycles", lambda _graph: pytest.fail("looked for a cycle"))
    assert plan.compile_plan(graph).problems


@given(st.integers(0, 10_000), st.lists(st.integers(0, 10_000), min_size=1, max_size=12))
def test_levels_reckoned_again_are_those_of_all_nodes(seed: int, cuts: list[int]) -> None:
    """After edges were cut, drawn elsewhere, and drawn again."""
    graph, chance = shapes.graph_of(shapes.random_shape(60, seed % 50)), random.Random(seed)
    plan.plan_of(graph)
    done = []
    for cut in cuts:
        edges = list(graph.edges())
        edge = edges[cut % len(edges)]
        before = graph.nodes()[: graph.nodes().index(graph.node(edge.target))]
        again = replace(edge, source=chance.choice(before).id) if before and cut % 2 else None
        done.append(Change("Edge", (Patch("edge", edge.key, edge, again),)))
        graph.apply(done[-1])
        assert told(plan.plan_of(graph)) == told(plan.compile_plan(graph))
    for change in reversed(done):
        graph.apply(change.inverse())
        assert told(plan.plan_of(graph)) == told(plan.compile_plan(graph))


def test_of_a_large_graph_only_levels_below_a_change_are_reckoned_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    graph = shapes.graph_of(shapes.random_shape(2_000, 1))
    plan.plan_of(graph)
    whole, asked = numbering.levels, []
    monkeypatch.setattr(numbering, "levels", lambda links: (asked.append(links), whole(links))[1])
    cut = edits.remove(graph, [], [next(graph.edges()).key])
    for change in (cut, cut.inverse()):
        graph.apply(change)
        found = told(plan.plan_of(graph))
        assert not asked
        assert found == told(plan.compile_plan(graph))
        asked.clear()


def test_leaves_are_counted_after_every_edit() -> None:
    graph, chance = parse("L = tanh(a*b + c) - a", a=1, b=2, c=3), random.Random(3)
    for _ in range(200):
        graph.apply(any_edit(graph, chance))
        ops = [node.op for node in graph.nodes()]
        assert plan.leaf_counts(graph) == (ops.count("input"), ops.count("constant"))


@pytest.mark.parametrize("count", [0, 1, 7, 30_000])
def test_edges_are_sorted_by_their_ends_as_they_stand(count: int) -> None:
    chance = np.random.default_rng(count)
    for most in (1, 3, 100_000):
        ends = chance.integers(0, most, count).astype(np.int32)
        assert np.array_equal(numbering.stable_order(ends), np.argsort(ends, kind="stable"))


@pytest.mark.parametrize("most", [2**15, 2**17, 2**62])
def test_numbers_of_any_size_are_sorted_as_they_stand(most: int) -> None:
    chance = np.random.default_rng(most)
    numbers = most - chance.integers(0, 30, 1_000)
    assert np.array_equal(numbering._in_order(numbers), np.argsort(numbers, kind="stable"))
