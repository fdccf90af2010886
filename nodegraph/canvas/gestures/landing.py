"""What dropping moved cards where they are would do beyond moving: into an edge, into a group, out of one."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from nodegraph.canvas.drawing import geometry
from nodegraph.canvas.drawing.nearby import Nearby
from nodegraph.canvas.scene import hit_test
from nodegraph.core.graph import edits, rewiring

if TYPE_CHECKING:
    from nodegraph.canvas.scene.scene import GraphScene
    from nodegraph.core.graph.records import EdgeKey

REACH = 22.0
"""How near an edge must pass by the middle of a card, in scene units."""
MOST_SHARED = 0.25
"""How much of either card another may cover before it lies on that card rather than on an edge beside it."""


def _shared(card: QRectF, other: QRectF) -> float:
    both = card.intersected(other)
    area = both.width() * both.height()
    return max(area / (one.width() * one.height()) for one in (card, other))


class EdgeLanding:
    """Finds the edge under one card that is being dragged. `key` is the edge it would be put into."""

    def __init__(self, scene: GraphScene, node_id: str) -> None:
        self.scene = scene
        self.node_id = node_id
        self.key: EdgeKey | None = None
        self.refusal: str | None = None
        cards, layer, graph = scene.far_layer, scene.edge_layer, scene.graph
        own = (*graph.edges_into(node_id), *graph.edges_from(node_id)) if node_id in graph else ()
        self._edges = Nearby(layer.rows, layer.passing, [edge.key for edge in own])
        self._cards = Nearby(cards.rows, cards.in_rect, [node_id])
        self._looked: tuple[object, ...] = ()
        """Where the card was and when others had moved last, as it was looked at."""

    @cached_property
    def may_land(self) -> bool:
        """Whether the node could be put into some edge: then edges do not give way to it."""
        graph = self.scene.graph
        is_there = self.node_id in graph and not graph.node(self.node_id).is_leaf
        return is_there and edits.free_port(graph, self.node_id) is not None

    @cached_property
    def _above(self) -> frozenset[str]:
        return frozenset(edits.ancestors(self.scene.graph, self.node_id))

    @cached_property
    def _below(self) -> frozenset[str]:
        return frozenset(edits.descendants(self.scene.graph, self.node_id))

    def look(self, card: QRectF) -> None:
        """Aim at the edge under the card, and mark it; a leaf takes no edges and aims at none."""
        graph, rows = self.scene.graph, (self.scene.edge_layer.rows, self.scene.far_layer.rows)
        looked = card.getRect(), *(count for kind in rows for count in (kind.turnover, kind.moves))
        if looked == self._looked:
            return
        self._looked = looked
        self.key = self.refusal = None
        if self.node_id in graph and not graph.node(self.node_id).is_leaf:
            found = self._visible_edge(card)
            if found is not None:
                self.refusal = rewiring.why_not_insert(graph, self.node_id, found, self._above, self._below)
                self.key = found if self.refusal is None else None
        self.scene.showing.mark(aimed=self.key)

    def _visible_edge(self, card: QRectF) -> EdgeKey | None:
        """The edge nearest to the middle of the card that can be seen there; none where the card lies on
        another.
        """
        layer, about = self.scene.edge_layer, card.adjusted(-REACH, -REACH, REACH, REACH)
        others = self._cards_about(about)
        if any(_shared(card, other) > MOST_SHARED for other in others):
            return None
        for key in layer.all_at(card.center(), REACH, self._edges.at(about)):
            _, there = geometry.nearest_on(layer.curve(key), card.center())
            if not any(other.contains(there) for other in others):
                return key
        return None

    def _cards_about(self, rect: QRectF) -> list[QRectF]:
        """The other cards, of nodes and of collapsed groups, that touch a rectangle."""
        cards = hit_test.cards_in(self.scene, rect, self._cards.at(hit_test.grown(self.scene, rect)))
        groups = [group.rect for group in self.scene.surroundings.collapsed() if group.rect.intersects(rect)]
        return [item.card for item in cards] + groups

    def clear(self) -> None:
        """Aim at nothing."""
        self.key = self.refusal = None
        self._looked = ()
        self.scene.showing.mark()

    def sentence(self) -> str:
        """What a drop would do, or why not."""
        if self.key is None:
            return self.refusal or ""
        graph = self.scene.graph
        edge = graph.edge(self.key)
        assert edge is not None
        names = [graph.node(node_id).name for node_id in (self.node_id, edge.source, edge.target)]
        return "Drop to put {} between {} and {}; Alt or Ctrl: just move".format(*names)


class GroupLanding:
    """Finds the group that dragged nodes would join, or leave; the boxes of `homes` stay still meanwhile.

    Nodes of a group that is dragged whole stay in it, wherever they go.
    """

    def __init__(self, scene: GraphScene, node_ids: Collection[str]) -> None:
        self.scene = scene
        around = scene.surroundings
        dragged = set(node_ids)
        self._whole = {i for i, item in around.groups.items() if item.members <= dragged}
        self._loose = [node_id for node_id in node_ids if around.home.get(node_id) not in self._whole]
        self.homes = {around.home[node_id] for node_id in self._loose if node_id in around.home}
        self.group_id = ""
        """The group they would join; "" with `nodes` means that these would leave theirs."""
        self.nodes: list[str] = []

    def look(self, place: QPointF) -> None:
        """Aim at the group under the pointer, and mark it."""
        around = self.scene.surroundings
        box = around.box_at(place)
        aimed = box.group.id if box is not None and box.group.id not in self._whole else ""
        homes = ((node_id, around.home.get(node_id, "")) for node_id in self._loose)
        self.nodes = [node_id for node_id, home in homes if home != aimed]
        self.group_id = aimed
        around.aim(aimed if self.nodes else None)

    def clear(self) -> None:
        """Aim at nothing; boxes follow their nodes again."""
        self.group_id, self.nodes = "", []
        self.scene.surroundings.aim(None)
        self.scene.surroundings.hold_still(())

    def sentence(self) -> str:
        """What a drop would do."""
        if not self.nodes:
            return ""
        graph, around = self.scene.graph, self.scene.surroundings
        what = graph.node(self.nodes[0]).name if len(self.nodes) == 1 else f"{len(self.nodes)} nodes"
        if self.group_id:
            return f"Drop to put {what} into “{around.groups[self.group_id].title}”; Alt or Ctrl: just move"
        homes = {
            around.groups[around.home[node_id]].title for node_id in self.nodes if node_id in around.home
        }
        where = f"“{homes.pop()}”" if len(homes) == 1 else "their groups"
        return f"Drop to take {what} out of {where}; Alt or Ctrl: keep it in"
