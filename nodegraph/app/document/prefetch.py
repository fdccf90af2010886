"""Precomputes cards, places and plans of large graphs and changes, so that showing or applying them is quick.

Each function is a long task (`background_tasks`) that changes nothing people see. Knows document and scene,
no file and no dialog.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from functools import partial
from typing import Any

from nodegraph.app.document.document import Document
from nodegraph.app.platform.background_tasks import Aside, Task
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.engine.passes import run
from nodegraph.core.graph.changes import Change, Patch
from nodegraph.core.graph.contents import graph_after
from nodegraph.core.graph.edits import port_counts
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout import placement
from nodegraph.core.layout.card_sizes import sizes_of

MOST_SHOWN_EACH = 4_000
"""Records that are shown one by one after a change; after one of more, all is laid out anew."""


def showing(scene: GraphScene, graph: Graph, start: float) -> Task:
    """Place, run and build a graph, from a share of the whole task to its end."""
    yield Aside(partial(_place, graph))
    yield start + 0.25
    yield Aside(partial(run, graph))
    pieces = scene.make_ready(graph)
    left = 0.7 - start
    while (share := (yield Aside(partial(next, pieces, None)))) is not None:
        yield 1 - left * (1 - share)


def _place(graph: Graph) -> None:
    if any(node.x is None or node.y is None for node in graph.nodes()):
        sizes = sizes_of(graph)
        graph.apply(placement.place_missing(graph, lambda _graph, node_id: sizes[node_id]))


def changing(document: Document, scene: GraphScene, change: Change) -> Generator[float | Aside, Any, Graph]:
    """Foresee a change of the open graph: all that it will hold, its plan, and the cards of the nodes that it
    makes. Where it but moves nodes no card is new, but all of these come to lie elsewhere. Returns
    the graph as it will be, which afterwards holds what was before.
    """
    beyond = yield Aside(partial(_beyond_places, change))
    later = yield Aside(partial(_later, document.graph, change))
    document.foresee(change, later)
    yield 0.3
    if not beyond:
        while (find := scene.placement.foreseeing(change)) is not None:
            yield Aside(find)  # and once more where edges were led elsewhere meanwhile
        return later
    is_much = Change("", tuple(beyond)).touches_more_than(MOST_SHOWN_EACH)
    if is_much and not any(group.collapsed for group in later.groups()):
        pieces = scene.make_ready(later, change)
        while (share := (yield Aside(partial(next, pieces, None)))) is not None:
            yield 0.3 + 0.7 * share
        return later
    nodes = [patch.after for patch in change.of("node") if patch.before is None]
    if not nodes:
        return later
    ports = yield Aside(partial(port_counts, later))
    for share in scene.make_cards_ready(nodes, ports, later.evident_output):
        yield 0.3 + 0.7 * share
    return later


def _beyond_places(change: Change) -> Sequence[Patch]:
    """Returns `change.beyond_places`; what else a change, and its undo, is asked is found and kept too."""
    for each in (change, change.inverse()):
        each.node_ids(), each.is_structural, each.takes_away
    return change.beyond_places


def _later(graph: Graph, change: Change) -> Graph:
    later = graph_after(graph, change)
    if change.is_more_than_looks:
        run(later)  # so that its plan holds what every run asks of it
    return later
