"""A copy that is taken in pieces is the graph as it was when the last of them was taken."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from nodegraph.app.document import graph_copy
from nodegraph.app.document.graph_copy import GraphCopy
from nodegraph.core.building.shapes import graph_of, random_shape
from nodegraph.core.graph import edits
from nodegraph.core.graph.contents import Contents

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
    assert copy.stop()
    assert not copy.stop()
    qtbot.wait(20)
    assert not made


def test_the_rest_of_a_copy_can_be_taken_at_once(copy: GraphCopy) -> None:
    graph, made = graph_of(random_shape(100, 1)), []
    copy.begin(graph, made.append)
    copy.finish()
    assert made[0].graph() == graph
    assert not copy.is_running


def test_a_copy_takes_in_what_happens_to_nodes_meanwhile(copy: GraphCopy) -> None:
    graph, made = graph_of(random_shape(100, 1)), []
    first = graph.nodes()[0]
    value, added = edits.set_value(graph, first.id, 7.0), edits.add_node(graph, "input", x=0.0, y=0.0)
    cut = edits.disconnect(graph, [next(graph.edges()).key])
    assert not copy.takes_in(value)
    copy.begin(graph, made.append)
    copy._go_on()
    for change in (value, added):
        graph.apply(change)
        assert copy.takes_in(change)
    assert not copy.takes_in(cut)
    copy.finish()
    assert made[0].graph() == graph
