"""A copy that is taken in pieces is the graph as it was when the last of them was taken."""

from __future__ import annotations

import gc
import random

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nodegraph.app.document import graph_copy
from nodegraph.app.document.graph_copy import GraphCopy
from nodegraph.core.building.shapes import graph_of, random_shape
from nodegraph.core.collector import collector_paused
from nodegraph.core.graph import edits, rewiring
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.contents import Arrivals, Contents
from nodegraph.core.graph.graph import Graph
from nodegraph.formats import native

Made = list[Contents]


@pytest.fixture
def copy(qapp: object, monkeypatch: pytest.MonkeyPatch) -> GraphCopy:
    monkeypatch.setattr(graph_copy, "AT_ONCE", 30)
    parent = QObject()
    taken = GraphCopy(parent)
    taken.destroyed_with = parent  # type: ignore[attr-defined]
    return taken


def test_a_copy_is_the_graph_as_it_was_then(copy: GraphCopy, qtbot: QtBot) -> None:
    graph, made = graph_of(random_shape(100, 1)), []
    copy.begin(graph, made.append)
    assert copy.is_running
    qtbot.waitUntil(lambda: not copy.is_running)
    expected = graph.copy()
    graph.apply(edits.remove(graph, [graph.nodes()[0].id]))
    (kept,) = made
    assert kept.graph() == expected != graph


def test_a_copy_that_is_stopped_is_never_given(copy: GraphCopy, qtbot: QtBot) -> None:
    made: Made = []
    copy.begin(graph_of(random_shape(100, 1)), made.append)
    copy.stop()
    qtbot.wait(20)
    assert not made


def test_a_copy_takes_in_what_happens_meanwhile(copy: GraphCopy) -> None:
    """Edges that were noted already or not, nodes with edges that come and go, and what is undone."""
    for seed in range(20):
        graph, made, chance = graph_of(random_shape(100, seed)), Made(), random.Random(seed)
        assert not copy.take_in(edits.set_value(graph, graph.nodes()[0].id, 7.0))
        copy.begin(graph, made.append)
        done: list[Change] = []
        while copy.is_running:
            if done and chance.random() < 0.3:
                change = done.pop().inverse()
            else:
                change = any_edit(graph, chance)
                done.append(change)
            graph.apply(change)
            assert copy.take_in(change)
            if chance.random() < 0.4:
                copy._go_on()
        assert made[0].graph() == graph
        assert native.write(made[0].graph()) == native.write(graph)


def test_a_copy_rests_after_a_change_which_is_shown_meanwhile(
    copy: GraphCopy, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph, made = graph_of(random_shape(100, 1)), Made()
    monkeypatch.setattr(graph_copy, "AFTER_A_CHANGE_MS", 60_000)
    copy.begin(graph, made.append)
    copy.take_in(edits.set_value(graph, graph.nodes()[0].id, 7.0))
    for _ in range(20):
        QApplication.processEvents()
    assert copy.is_running
    monkeypatch.setattr(graph_copy, "AFTER_A_CHANGE_MS", 1)
    copy.begin(graph, made.append)
    copy.take_in(edits.set_value(graph, graph.nodes()[0].id, 7.0))
    qtbot.waitUntil(lambda: not copy.is_running)
    assert len(made) == 1


def any_edit(graph: Graph, chance: random.Random) -> Change:
    node = chance.choice(graph.nodes())
    edge = chance.choice(list(graph.edges()))
    kind = chance.randrange(5)
    if kind == 0:
        return edits.set_value(graph, next(n.id for n in graph.nodes() if n.is_leaf), chance.random())
    if kind == 1:
        return edits.remove(graph, [node.id])
    if kind == 2:
        return edits.remove(graph, [], [edge.key])
    if kind == 3:
        return rewiring.add_between(graph, "tanh", edge.key, 0.0, 0.0)
    return edits.add_node(graph, "input", x=0.0, y=0.0)


def test_a_copy_leaves_the_window_a_turn_after_every_few_hundred_nodes(qapp: object) -> None:
    parent, made = QObject(), Made()
    graph, taken, turns = graph_of(random_shape(2_400, 1)), GraphCopy(parent), 0
    taken.begin(graph, made.append)
    while taken.is_running:
        taken._timer.timeout.emit()
        turns += 1
    assert len(made) == 1
    assert turns > 4


def test_a_copy_holds_no_list_for_each_node_that_would_be_looked_through_for_garbage() -> None:
    graph, arrivals = graph_of(random_shape(3_000, 1)), Arrivals()
    gc.collect()
    with collector_paused():
        before = gc.get_count()[0]
        arrivals.note(graph, graph.sources)
        assert gc.get_count()[0] - before < 100
    assert all(arrivals.into(node.id) == graph.edges_into(node.id) for node in graph.nodes())


def test_while_a_copy_is_taken_and_handed_on_nobody_looks_for_garbage(copy: GraphCopy, qtbot: QtBot) -> None:
    graph, was_on = graph_of(random_shape(100, 1)), []
    qtbot.waitUntil(gc.isenabled)
    copy.begin(graph, lambda _copy: was_on.append(gc.isenabled()))
    assert not gc.isenabled()
    qtbot.waitUntil(lambda: bool(was_on))
    assert was_on == [False]
    assert gc.isenabled()
    copy.begin(graph, lambda _copy: None)
    copy.begin(graph, lambda _copy: None)
    copy.stop()
    assert gc.isenabled()


def test_the_collector_is_on_again_where_a_copy_could_not_be_handed_on(copy: GraphCopy, qtbot: QtBot) -> None:
    def refuse(_copy: Contents) -> None:
        raise OSError("no folder")

    qtbot.waitUntil(gc.isenabled)
    copy.begin(graph_of(random_shape(10, 1)), refuse)
    copy._timer.stop()
    copy._go_on()
    with pytest.raises(OSError, match="no folder"):
        copy._go_on()
    assert gc.isenabled()
