"""The scene: one item per node, one layer of edges, one of chips, kept in step with a graph and a frame.

It is told of every change and frame, and answers what lies where; it edits nothing and runs nothing.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QEasingCurve, QPointF, QRectF, Signal
from PySide6.QtWidgets import QGraphicsScene

from nodegraph.canvas import geometry, looks
from nodegraph.canvas.chip_rooms import ChipRooms
from nodegraph.canvas.draft import DraftEdge
from nodegraph.canvas.edge_layer import CHIP_REACH, ChipLayer, EdgeLayer, FarLayer
from nodegraph.canvas.lettering import REMEMBERED
from nodegraph.canvas.looks import Looks
from nodegraph.canvas.node_item import Mark, NodeItem
from nodegraph.canvas.theme import Theme, gradient_colors
from nodegraph.core import edits
from nodegraph.core.changes import Change
from nodegraph.core.graph import Edge, EdgeKey, Graph, Node
from nodegraph.core.numbers import format_number, format_signed
from nodegraph.core.trace import Frame

CHIP_DIGITS = 4
LONGEST_CHIP = 22
"""Characters of a product beyond which it is written with a digit less."""
OPENED, DEPARTED, LANDED = 0.22, 0.15, 0.8
"""Shares of a step's time: the chip is open; the pulse leaves; its number has landed in the sum."""
_EASING = QEasingCurve(QEasingCurve.Type.InOutCubic)


@dataclass(frozen=True)
class PortHit:
    """A port under the cursor: `port` is None for the output."""

    node_id: str
    port: int | None


class GraphScene(QGraphicsScene):
    """Shows one graph in one theme at one frame."""

    selection_changed = Signal()
    structure_changed = Signal()
    """Nodes or edges came or went: a gesture beneath which that happens has lost its ground."""
    replaced = Signal()
    """Another graph is shown."""

    def __init__(self, graph: Graph, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.graph = graph
        self.frame: Frame | None = None
        self.problems: Collection[str] = ()
        self.output_name = ""
        self.active_edges: frozenset[EdgeKey] = frozenset()
        self.items_by_id: dict[str, NodeItem] = {}
        self.lit: frozenset[str] | None = None
        """While an edge is drawn: the nodes at which it may end; the others step back."""
        self._output: str | None = None
        self._selected_nodes: set[str] = set()
        self._selected_edges: dict[EdgeKey, None] = {}
        self._earlier: Frame | None = None
        self._progress = 1.0
        self._largest = 0.0
        self._chip_rooms = ChipRooms()
        self._raised: str | None = None
        self._edge_looks: Looks | None = None
        """How the edges of the frame look, until it or they change."""
        self.edge_layer = EdgeLayer(self)
        self.far_layer = FarLayer(self)
        self.chip_layer = ChipLayer(self)
        self.draft = DraftEdge(self)
        for item in (self.edge_layer, self.far_layer, self.chip_layer, self.draft):
            self.addItem(item)
        self.set_graph(graph)

    def show_only(self, node_ids: Collection[str]) -> None:
        """Leave out all other nodes and the edges at them, for a picture of a selection."""
        gone = [node_id for node_id in self.items_by_id if node_id not in node_ids]
        for node_id in gone:
            self._drop(node_id)
        self.far_layer.drop(gone)
        self.edge_layer.drop([edge.key for edge in self.graph.edges() if not self._shows(edge)])

    def _shows(self, edge: Edge) -> bool:
        return edge.source in self.items_by_id and edge.target in self.items_by_id

    # --- keeping in step
    def set_graph(self, graph: Graph) -> None:
        """Show another graph from scratch."""
        for node_id in list(self.items_by_id):
            self._drop(node_id)
        self.edge_layer.drop(self.edge_layer.rows.keys)
        self.far_layer.drop(self.far_layer.rows.keys)
        self._chip_rooms.clear()
        self._selected_nodes, self._selected_edges = set(), {}
        self.frame = self._earlier = None
        self._edge_looks = None
        self.active_edges = frozenset()
        self.lit = None
        self.draft.setVisible(False)
        self.problems = ()
        self.graph = graph
        self._output = graph.output
        self.output_name = graph.node(self._output).name if self._output else ""
        for node in graph.nodes():
            self._add(node)
        self._follow_cards(self.items_by_id)
        self.edge_layer.place({edge.key: self._ends(edge) for edge in graph.edges()})
        self.chip_layer.prepare()
        self.update()
        self.replaced.emit()
        self.selection_changed.emit()

    def apply(self, change: Change) -> None:
        """Touch what a change, already in the graph, has touched."""
        structural = any(patch.is_structural for patch in change.patches)
        stale = change.node_ids()
        stale |= {patch.key[0] for patch in change.patches if patch.kind == "edge"}
        if structural:
            self.edge_layer.drop([p.key for p in change.patches if p.kind == "edge" and p.after is None])
        if structural or self._output in stale or any(p.kind == "property" for p in change.patches):
            stale |= self._take_output()
        for node_id in stale:
            self._refresh(node_id)
        self.far_layer.drop([node_id for node_id in stale if node_id not in self.graph])
        self.place_edges(stale)
        if structural:
            self._drop_from_selection()
            self.structure_changed.emit()

    def _take_output(self) -> set[str]:
        """Read anew which node is the output; gives the nodes that look different for it."""
        before, self._output = self._output, self.graph.output
        name = self.graph.node(self._output).name if self._output else ""
        if name != self.output_name:
            self.output_name = name
            self.update()
        return {node_id for node_id in (before, self._output) if node_id in self.items_by_id}

    def _drop_from_selection(self) -> None:
        """Select no longer what is gone."""
        nodes = {node_id for node_id in self._selected_nodes if node_id in self.graph}
        edges = {key: None for key in self._selected_edges if self.graph.edge(key)}
        if nodes != self._selected_nodes or edges != self._selected_edges:
            self._selected_nodes, self._selected_edges = nodes, edges
            self.selection_changed.emit()

    def set_frame(self, frame: Frame) -> None:
        """Show this frame at once."""
        self.begin_step(frame)
        self.set_progress(1.0)

    def begin_step(self, frame: Frame) -> None:
        """Start the way from what is shown to this frame; `set_progress` goes it."""
        traced = self.frame is not None and self.frame.trace is frame.trace
        self._earlier = self.frame if traced else None
        self._progress = 0.0
        if not traced:
            self.problems = frame.trace.node_problems.keys()
            sent = np.abs(frame.trace.contributions[frame.trace.carried])
            self._largest = float(sent[np.isfinite(sent)].max(initial=0.0))
        self.clear_highlight()
        self.frame = frame
        self._edge_looks = None
        self.active_edges = frozenset(frame.active_edges)
        for node_id in frame.active_nodes:
            if node_id in self.items_by_id:
                self.items_by_id[node_id].set_mark(Mark.ACTIVE, True)

    def clear_highlight(self) -> None:
        """Show no step as the active one."""
        for node_id in self.frame.active_nodes if self.frame else ():
            if node_id in self.items_by_id:
                self.items_by_id[node_id].set_mark(Mark.ACTIVE, False)
        self.active_edges = frozenset()
        self._edge_looks = None

    def set_progress(self, progress: float) -> None:
        """How much of the step's time has gone, 0…1. The view repaints."""
        self._progress = progress
        if not self.views():
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Show the same in other colours."""
        self.theme = theme
        self.update()

    def _add(self, node: Node) -> None:
        ports = edits.port_count(self.graph, node.id)
        item = NodeItem(node, ports, node.id == self._output)
        item.setVisible(not self.far_layer.isVisible())
        self.items_by_id[node.id] = item
        self.addItem(item)

    def _drop(self, node_id: str) -> None:
        self.removeItem(self.items_by_id.pop(node_id))
        if self._raised == node_id:
            self._raised = None

    def _refresh(self, node_id: str) -> None:
        item = self.items_by_id.get(node_id)
        if node_id not in self.graph:
            if item is not None:
                self._drop(node_id)
        elif item is None:
            self._add(self.graph.node(node_id))
        else:
            ports = edits.port_count(self.graph, node_id)
            item.show_node(self.graph.node(node_id), ports, node_id == self._output)

    def place_edges(self, node_ids: Iterable[str]) -> None:
        """Let the edges at these nodes follow their cards, wherever those are now."""
        shown = [node_id for node_id in node_ids if node_id in self.items_by_id]
        ends = {
            edge.key: self._ends(edge)
            for node_id in shown
            for edge in self.graph.edges_into(node_id) + self.graph.edges_from(node_id)
            if self._shows(edge)
        }
        for node_id in shown:
            for card in (self._followed(node_id), self.items_by_id[node_id].card):
                self._chip_rooms.forget(self._chip_rooms.near(card))
        self._chip_rooms.forget(ends)
        self._follow_cards(shown)
        self._edge_looks = None
        self._update_chips(ends)
        self.edge_layer.place(ends)
        self._update_chips(ends)

    def _followed(self, node_id: str) -> QRectF:
        """Where a card lay when edges and chips were last told."""
        number = self.far_layer.rows.number.get(node_id)
        return QRectF() if number is None else QRectF(*self.far_layer.rows.values[number].tolist())

    def _follow_cards(self, node_ids: Iterable[str]) -> None:
        self.far_layer.place({node_id: self.items_by_id[node_id].card for node_id in node_ids})

    def _update_chips(self, keys: Collection[EdgeKey]) -> None:
        self.chip_layer.prepare()
        reach = self.edge_layer.reach(keys)
        self.chip_layer.update(reach.adjusted(-CHIP_REACH, -CHIP_REACH, CHIP_REACH, CHIP_REACH))

    def _ends(self, edge: Edge) -> tuple[QPointF, QPointF]:
        return self.items_by_id[edge.source].output_port(), self.items_by_id[edge.target].input_port(
            edge.port
        )

    # --- what lies where
    def graph_rect(self, node_ids: Iterable[str] | None = None) -> QRectF:
        """The rectangle round all cards, or round these."""
        if node_ids is None:
            return self.far_layer.extent
        rect = QRectF()
        for node_id in node_ids:
            rect = rect.united(self.items_by_id[node_id].card)
        return rect

    def drawn_rect(self) -> QRectF:
        """The rectangle round all that is drawn: cards with their rims, and edges that reach out."""
        cards = self.graph_rect()
        if cards.isNull():
            return cards
        edges = self.edge_layer.extent.adjusted(-4, -4, 4, 4)
        return cards.adjusted(-6, -6, 6, 6).united(edges)

    def node_at(self, place: QPointF) -> str | None:
        """The node whose card lies topmost here."""
        for item in self.cards_in(QRectF(place, place).adjusted(-1, -1, 1, 1)):
            if item.card.contains(place):
                return item.node.id
        return None

    def cards_in(self, rect: QRectF) -> list[NodeItem]:
        """The cards that touch a rectangle, topmost first; from far away, too, where Qt holds them hidden."""
        if self.far_layer.isVisible():
            return [self.items_by_id[node_id] for node_id in self.far_layer.touched(rect)]
        return [item for item in self.items(rect) if isinstance(item, NodeItem)]

    def port_at(self, place: QPointF, reach: float) -> PortHit | None:
        """The port nearest to a place, if it is within reach."""
        best, nearest = None, reach
        around = QRectF(place.x() - reach, place.y() - reach, 2 * reach, 2 * reach)
        for item in self.cards_in(around):
            for hit, center in self._ports(item):
                distance = math.dist((center.x(), center.y()), (place.x(), place.y()))
                if distance < nearest:
                    best, nearest = hit, distance
        return best

    def _ports(self, item: NodeItem) -> list[tuple[PortHit, QPointF]]:
        ports = len(item.shape_of_card.inputs)
        found = [(PortHit(item.node.id, port), item.input_port(port)) for port in range(ports)]
        return [*found, (PortHit(item.node.id, None), item.output_port())]

    def edge_at(self, place: QPointF, reach: float) -> EdgeKey | None:
        """The edge, or the edge whose chip, lies here."""
        for key in self._chip_rooms.at(place):
            chip = self.chip(key)
            if chip is not None and self.chip_rect(key, chip[0]).contains(place):
                return key
        return self.edge_layer.at(place, reach)

    def tip_at(self, place: QPointF) -> str:
        """What there is to say about this place beyond what is drawn: a problem, or a name cut short."""
        node_id = self.node_at(place)
        if node_id is None or self.frame is None:
            return ""
        return self.frame.trace.node_problems.get(node_id, "")

    def raise_card(self, node_id: str) -> None:
        """Lay this card above the others."""
        if self._raised is not None:
            self.items_by_id[self._raised].setZValue(0)
        self._raised = node_id
        self.items_by_id[node_id].setZValue(0.5)

    # --- the selection
    def selected_nodes(self) -> list[str]:
        """The selected nodes, in the order of their making."""
        return sorted(self._selected_nodes, key=lambda node_id: self.graph.node(node_id).rank)

    def selected_edges(self) -> list[EdgeKey]:
        """The selected edges."""
        return list(self._selected_edges)

    def is_selected(self, what: str | EdgeKey) -> bool:
        """Whether this node (by id) or edge (by key) is selected."""
        return what in self._selected_nodes or what in self._selected_edges

    def select(self, nodes: Iterable[str] = (), edges: Iterable[EdgeKey] = ()) -> None:
        """Select exactly these."""
        chosen = {node_id for node_id in nodes if node_id in self.items_by_id}
        chosen_edges = {key: None for key in edges if key in self.edge_layer.rows.number}
        if chosen == self._selected_nodes and chosen_edges == self._selected_edges:
            return
        for node_id in chosen ^ self._selected_nodes:
            if node_id in self.items_by_id:
                self.items_by_id[node_id].update()
        self._selected_nodes, self._selected_edges = chosen, chosen_edges
        self._edge_looks = None
        self.edge_layer.update()
        self.far_layer.update()
        self.selection_changed.emit()

    def light(self, node_ids: frozenset[str] | None) -> None:
        """Light these nodes and let the others step back; None ends it."""
        self.lit = node_ids
        self.update()

    # --- what is shown of the frame
    @property
    def _visible(self) -> Frame | None:
        """The frame whose numbers stand on the cards: the earlier one until the pulse has landed."""
        if self._earlier is not None and not self.has_landed:
            return self._earlier
        return self.frame

    def shown_value(self, node_id: str) -> float | None:
        """The value to show on a card."""
        return self._visible.value(node_id) if self._visible else None

    def shown_gradient(self, node_id: str) -> float | None:
        """The gradient, or the sum so far, to show on a card."""
        return self._visible.gradient(node_id) if self._visible else None

    def phase_ink(self) -> str:
        """The colour of the step that is active."""
        if self.frame is None or self.frame.phase != "backward":
            return self.theme.forward
        for key in self.active_edges:
            carried = self.frame.contribution(key)
            if carried and carried[2]:
                return gradient_colors(self.theme, carried[2])[0]
        return self.theme.positive

    def edge_looks(self) -> Looks:
        """How each edge looks, in the order of the edge layer's rows."""
        if self._edge_looks is None:
            rows = self.edge_layer.rows
            known = self.frame.trace.edge_number if self.frame else {}
            numbers = np.array([known.get(key, -1) for key in rows.keys], dtype=np.intp)
            found = looks.of_edges(self.frame, numbers, self._largest)
            if self.frame is not None and self.frame.phase == "forward":
                active = [key for key in self.active_edges if key in rows.number]
                found[rows.numbers(active)] = looks.TRAVELLED
            found[rows.numbers(self._selected_edges)] = looks.SELECTED
            self._edge_looks = found
        return self._edge_looks

    def far_looks(self) -> Looks:
        """How each card looks from far away, in the order of the far layer's rows."""
        frame = self._visible
        known = frame.trace.plan.number if frame else {}
        numbers = np.array([known.get(key, -1) for key in self.far_layer.rows.keys], dtype=np.intp)
        return looks.of_nodes(frame, numbers, self._largest)

    def chip(self, key: EdgeKey) -> tuple[str, str, str, float] | None:
        """(text, ink, ground, how far it is open) of an edge's chip, or None where it has none."""
        frame = self.frame
        if frame is None or key not in self.edge_layer.rows.number:
            return None
        opening = 1.0
        if key in self.active_edges and self._earlier is not None:
            opening = _EASING.valueForProgress(min(1.0, self._progress / OPENED))
        carried = frame.contribution(key)
        if carried is not None:
            return _product_text(carried), *gradient_colors(self.theme, carried[2]), opening
        value = frame.edge_value(key) if frame.phase == "forward" else None
        if value is None:
            return None
        return format_number(value, CHIP_DIGITS), self.theme.forward, self.theme.forward_back, opening

    def chip_rect(self, key: EdgeKey, text: str) -> QRectF:
        """Where an edge's chip lies; its middle stays the same through all steps, so that nothing jumps."""
        width = geometry.chip_width(text)
        room = self._chip_rooms.get(key)
        if room is None or room.width() < width - 24:
            room = self._chip_room(key, max(width, self._last_chip_width(key)))
            self._chip_rooms.put(key, room)
        return QRectF(room.center().x() - width / 2, room.top(), width, geometry.CHIP_HEIGHT)

    def _chip_room(self, key: EdgeKey, width: float) -> QRectF:
        """Room for a chip near the middle of its edge, clear of cards and of chips placed before it."""

        def taken(rect: QRectF) -> list[QRectF]:
            cards = [item.card.adjusted(-4, -4, 4, 4) for item in self.cards_in(rect.adjusted(-4, -4, 4, 4))]
            others = (self._chip_rooms.get(other) for other in self._chip_rooms.near(rect) if other != key)
            return cards + [room for room in others if room is not None]

        return geometry.place_chip(self.edge_layer.curve(key), width, taken)

    def _last_chip_width(self, key: EdgeKey) -> float:
        """How wide the chip is once the backward pass is through."""
        carried = self.frame.trace.last_frame.contribution(key) if self.frame else None
        return geometry.chip_width(_product_text(carried)) if carried else 0.0

    @property
    def has_landed(self) -> bool:
        """Whether the step's numbers have arrived on the cards."""
        return self._progress >= LANDED

    def moving_rect(self) -> QRectF:
        """The rectangle round all that changes while the step's numbers travel."""
        reach = self.edge_layer.reach(self.active_edges)
        rect = reach.adjusted(-CHIP_REACH, -CHIP_REACH, CHIP_REACH, CHIP_REACH)
        active = self.frame.active_nodes if self.frame else ()
        return rect.united(self.graph_rect(node_id for node_id in active if node_id in self.items_by_id))

    def pulses(self) -> list[tuple[QPointF, str, str]]:
        """(place, text, ink) of each number that travels along an edge now."""
        if self._earlier is None or self.frame is None or not DEPARTED < self._progress < LANDED:
            return []
        share = _EASING.valueForProgress((self._progress - DEPARTED) / (LANDED - DEPARTED))
        found = []
        for key in self.active_edges:
            if key not in self.edge_layer.rows.number:
                continue
            points = self.edge_layer.curve(key)
            carried = self.frame.contribution(key)
            if carried is not None:
                ink = gradient_colors(self.theme, carried[2])[0]
                found.append(
                    (geometry.point_on(points, 1 - share), format_signed(carried[2], CHIP_DIGITS), ink)
                )
            else:
                value = self.frame.edge_value(key)
                text = "" if value is None else format_number(value, CHIP_DIGITS)
                found.append((geometry.point_on(points, share), text, self.theme.forward))
        return found

    def set_far(self, far: bool) -> None:
        """Switch between cards and flat rectangles."""
        if self.far_layer.isVisible() != far:
            self.far_layer.setVisible(far)
            for item in self.items_by_id.values():
                item.setVisible(not far)


@lru_cache(maxsize=REMEMBERED)
def _product_text(carried: tuple[float, float, float]) -> str:
    """upstream × local = contribution"""
    text = _product(carried, CHIP_DIGITS)
    return text if len(text) <= LONGEST_CHIP else _product(carried, CHIP_DIGITS - 1)


def _product(carried: tuple[float, float, float], digits: int) -> str:
    upstream, local, sent = carried
    factors = f"{format_number(upstream, digits)} × {format_number(local, digits)}"
    return f"{factors} = {format_signed(sent, digits)}"
