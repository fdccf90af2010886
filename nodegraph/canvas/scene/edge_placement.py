"""Keeps edges, their chips and the far layer's rectangles where the cards are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from nodegraph.canvas.drawing.edge_kinds import EdgeStyle
from nodegraph.canvas.drawing.rows import Rows
from nodegraph.canvas.items.edge_layers import CHIP_REACH
from nodegraph.canvas.scene import hit_test
from nodegraph.canvas.scene.card_builder import Ground, Shift, places_of
from nodegraph.canvas.scene.edge_bends import EdgeBends
from nodegraph.canvas.scene.edge_routes import EdgeRoutes
from nodegraph.core.bits import Bits
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.records import Edge, EdgeKey, Node, Point

if TYPE_CHECKING:
    from nodegraph.canvas.scene.board import Board

FEW = 30
"""Edges up to which all are led and their chips placed at once, also while cards are on their way."""
FEW_OPENED = 60
"""Edges up to which those of another graph are led before it is painted first: in some 15 ms."""
MOST_MARKED = 40
"""Cards of which each asks for a repaint where it was; of more, all is repainted."""
MANY = 500
"""Cards that are taken one by one; beyond, all edges are looked at."""


class EdgePlacement:
    """Places what hangs on the cards of a board."""

    def __init__(self, board: Board, later: Callable[[], object] | None = None) -> None:
        self.board = board
        self.routes = EdgeRoutes(board)
        self.later = later
        """Asks for a call of `lead_on` soon, in a window, where many edges are to be led."""
        self._leading: Bits[list[EdgeKey]] | None = None
        self._settled: tuple[Rows[EdgeKey], int, int] | None = None
        """The edges beside each other of which chips were placed, and how often edges and cards had come or
        gone then, while nothing has moved since.
        """
        self._carried: CarriedEdges | None = None
        """The cards that are on their way, and their edges, until something else happens to any."""
        self._foreseen: tuple[Change, Ground, Shift] | None = None
        """A change that is going to be shown, and where it takes cards that lie so."""

    @property
    def bends(self) -> EdgeBends:
        """The points through which people lead edges."""
        return self.routes.bends

    def set_style(self, style: EdgeStyle) -> None:
        """Draw edges as another kind, or with other ends."""
        if style != self.board.edge_layer.style:
            self.board.edge_layer.set_style(style)
            if self.waits:
                self._begin_again()
            else:
                self.lead_around()
            self.board.showing.forget_all_chips()
            self.board.update()
            self.board.arranged.emit()

    def gone(self, change: Change) -> list[EdgeKey]:
        """The edges that a change takes away; or all, to be placed anew, where they lead another way now."""
        if any(patch.key == "direction" for patch in change.of("property")):
            return list(self.board.edge_layer.rows.keys)
        return [patch.key for patch in change.of("edge") if patch.after is None]

    def show_bent(self, key: EdgeKey, points: Sequence[Point] | None) -> None:
        """Show an edge through these points while the hand bends it; None: as it is."""
        self.bends.hold(key, points)
        changed = self.lead_around({key})
        self.board.showing.forget_chips({key, *changed})
        self._settled = None
        self.board.arranged.emit()

    def follow(
        self, node_ids: Iterable[str], *, is_passing: bool = False, lifted: Collection[str] = ()
    ) -> None:
        """Let the edges at these nodes follow their cards, wherever those are now.

        Where they are only `passing`, edges that they do not touch keep their ways; those that are `lifted`
        lie above edges, which do not give way to them.
        """
        board = self.board
        shown = {node_id: None for node_id in node_ids if node_id in board.items_by_id}
        shown.update(dict.fromkeys(board.surroundings.follow(shown)))
        carried, self._carried = self._carried, None
        if is_passing:
            self._pass(shown, carried, lifted)
            board.arranged.emit()
            return
        ends, is_moved = self._ends_at(shown)
        is_moved |= not all(map(self.is_there, shown))
        self._follow_cards(shown)
        reach = board.edge_layer.reach(ends)
        is_moved |= board.edge_layer.place(ends)
        is_moved |= self._settled != self.there()
        if is_moved:
            self._settle(ends, reach.united(board.edge_layer.reach(ends)))
        board.arranged.emit()

    def _ends_at(self, node_ids: Collection[str]) -> tuple[dict[EdgeKey, tuple[QPointF, QPointF]], bool]:
        """Take away the edges at these nodes that are not to be seen. Returns where the others end, and
        whether the points that any is led through are others.
        """
        edges = self._edges_at(node_ids)
        ends = {key: self._ends(edge) for key, edge in edges.items() if self._shows(edge)}
        if self.board.surroundings.groups:
            self.board.edge_layer.drop([key for key in edges if key not in ends])
        return ends, self.bends.notice(edges)

    def _settle(self, moved: Collection[EdgeKey], reach: QRectF) -> None:
        """Repaint the chips of edges that lie elsewhere now, all within this rectangle, and lead all."""
        self.board.showing.refresh_looks()
        self._update_chips(reach)
        self._lead_soon(moved)
        self._settled = self.there()

    def there(self) -> tuple[Rows[EdgeKey], int, int]:
        """The edges beside each other, and how often edges and cards have come or gone."""
        rows = self.board.edge_layer.rows
        return rows, rows.turnover, self.board.far_layer.rows.turnover

    def _pass(self, shown: Collection[str], carried: CarriedEdges | None, lifted: Collection[str]) -> None:
        """Let edges and chips go along with cards that are on their way, those that were `carried` before if
        they are the same.
        """
        board, showing = self.board, self.board.showing
        few = len(board.edge_layer.rows) <= FEW
        cards = [card for i in shown for card in (self._followed(i), board.card_of(i))] if few else []
        with board.repainting_together() if board.edge_layer.picture.moving else nullcontext():
            keys = self._carry(shown, carried, lifted)
            self._settled = None
            self._begin_again()
            board.chip_layer.prepare()
            if few:
                showing.forget_chips(keys, cards)
                self._update_chips(board.edge_layer.reach(keys))
            else:
                board.chip_layer.repaint_rooms(showing.carry_chips(keys), carried=True)

    def _carry(
        self, shown: Collection[str], carried: CarriedEdges | None, lifted: Collection[str]
    ) -> set[EdgeKey]:
        """Let edges go along with these cards. Returns those that lie elsewhere now."""
        board = self.board
        if carried is not None and carried.serves(shown):
            carried.go_on()
            keys = carried.keys
        else:
            self._follow_cards(shown)
            ends, _ = self._ends_at(shown)
            board.edge_layer.place(ends)
            edges, keys = {key: board.graph.edge(key) for key in ends}, ends.keys()
            carried = None if board.surroundings.collapsed() else CarriedEdges(board, shown, edges)
        self._carried = carried
        return {*keys, *self.routes.lead(keys, lifted)}

    def lead_around(
        self, touched: Collection[EdgeKey] | None = None, lifted: Collection[str] = ()
    ) -> list[EdgeKey]:
        """Lead edges around the cards that lie between their ends: all of them, or while cards are on their
        way those that are touched and those that are covered now. Returns those that lie elsewhere for it.
        """
        if touched is None:
            self._leading = None
        changed = self.routes.lead(touched, lifted)
        self._update_chips(self.board.edge_layer.reach(changed))
        self._begin_again()
        return changed

    def begin(self) -> None:
        """Lead the edges of another graph around cards; where these are many, when there is time, and until
        then directly.
        """
        self._leading = self._carried = self._settled = None
        self.routes.forget()
        if self.later is None or len(self.board.edge_layer.rows) <= FEW_OPENED:
            self.lead_around()
        else:
            self._leading = self.routes.leading()
            self.later()

    def _lead_soon(self, moved: Collection[EdgeKey]) -> None:
        """Lead all edges around cards and place their chips; where these are many, when there is time. Until
        then the chips of edges that have moved go along with them.
        """
        if self.later is None or len(self.board.edge_layer.rows) <= FEW:
            self.lead_around()
            self.board.showing.forget_all_chips()
            return
        self.board.showing.carry_chips(moved)
        self._leading = self.routes.leading()
        self.later()

    def _begin_again(self) -> None:
        """Where edges are still to be led, do it beside what lies elsewhere now."""
        if self._leading is not None:
            self._leading = self.routes.leading()

    @property
    def waits(self) -> bool:
        """Whether edges are still to be led around cards."""
        return self._leading is not None

    def lead_on(self, while_time: Callable[[], bool]) -> None:
        """Go on with leading edges as long as there is time."""
        try:
            while self._leading is not None and while_time():
                next(self._leading)
        except StopIteration:
            self._leading = None
            self.board.showing.forget_all_chips()
            self.board.chip_layer.update()  # whatever is painted asks for its place

    def leading(self) -> Bits[None]:
        """Lead all of them, bit by bit; from now on nobody needs to be asked."""
        while self.waits:
            yield
            self.lead_on(iter((True, False)).__next__)
        self.later = None

    def place_all(self) -> None:
        """Place every card in the far layer, and every edge, from scratch."""
        self._follow_cards(self.board.items_by_id)
        shown = (edge for edge in self.board.graph.edges() if self._shows(edge))
        self.board.edge_layer.place({edge.key: self._ends(edge) for edge in shown})

    def _shows(self, edge: Edge) -> bool:
        cards = self.board.items_by_id
        there = edge.source in cards and edge.target in cards
        return there and not self.board.surroundings.is_inner(edge)

    def _ends(self, edge: Edge) -> tuple[QPointF, QPointF]:
        return self.board.output_place(edge.source), self.board.input_place(edge.target, edge.port)

    def _edges_at(self, node_ids: Collection[str]) -> dict[EdgeKey, Edge]:
        graph = self.board.graph
        if len(node_ids) > MANY:  # then looking at every edge is quicker than asking node by node
            return {e.key: e for e in graph.edges() if e.target in node_ids or e.source in node_ids}
        edges = {edge.key: edge for node_id in node_ids for edge in graph.edges_into(node_id)}
        edges.update((e.key, e) for i in node_ids for e in graph.edges_from(i) if e.target not in node_ids)
        return edges

    def elsewhere(self, nodes: Sequence[Node]) -> list[Node]:
        """Those of these nodes, whose cards look as before, that are not where edges and chips were last
        placed at them.
        """
        cards = self.board.far_layer.rows
        if len(nodes) <= MANY or not self._is_plain:
            return [node for node in nodes if not self.is_there(node.id)]
        differs = cards.values[cards.numbers([node.id for node in nodes]), :2] != places_of(nodes)
        return [nodes[number] for number in np.flatnonzero(differs.any(axis=1)).tolist()]

    def shift(self, nodes: Sequence[Node], change: Change | None = None) -> bool:
        """Let many cards, which look as before, and what hangs on them go where their nodes are now, if they
        are elsewhere. Returns False where nothing was done, for that is to be found out card by card.
        """
        (known, self._foreseen), ground = (self._foreseen, None), self._ground(len(nodes))
        if ground is None:
            return False
        is_foreseen = known is not None and known[0] is change and known[1].is_as(ground)
        shift = known[2] if known is not None and is_foreseen else ground.shift(nodes)
        if not len(shift.cards):
            return True
        layer, rows, gone = self.board.edge_layer, ground.edges, shift.edges
        are_all = len(gone) == len(rows)
        keys = rows.number if are_all else {rows.keys[number] for number in gone.tolist()}
        self._carried = None
        self.board.far_layer.move(shift.cards, shift.places)
        self.board.items_by_id.look_again()
        if self.board.surroundings.groups:
            self.board.surroundings.settle(ground.cards.keys[number] for number in shift.cards.tolist())
        reach = layer.extent if are_all else layer.reach_of(gone)
        layer.move(gone, shift.ends, (shift.points, shift.boxes))
        self._settle(keys, reach.united(layer.extent if are_all else layer.reach_of(gone)))
        self.board.arranged.emit()
        return True

    def foreseeing(self, change: Change) -> Callable[[], object] | None:
        """Returns work for another thread that finds where a change that only moves nodes will take all, so
        that `shift` need not; None where that is known, or is to be found out card by card.
        """
        ground, known = self._ground(len(change.patches)), self._foreseen
        if ground is None or (known is not None and known[0] is change and known[1].is_as(ground)):
            return None

        def find() -> None:
            self._foreseen = change, ground, ground.shift(list(change.moved.values()))

        return find

    def forget_foreseen(self) -> None:
        """What was foreseen will not be shown."""
        self._foreseen = None

    def _ground(self, count: int) -> Ground | None:
        """Where all lies, if so many cards are many, and edges go along with cards in no other way."""
        if count <= MANY or not self._is_plain or self.bends.all():
            return None
        ground = Ground(self.board)
        return ground if ground.is_known else None

    @property
    def _is_plain(self) -> bool:
        """Whether every node has a card of its own to be seen."""
        board = self.board
        return not board.surroundings.collapsed() and len(board.far_layer.rows) == len(board.graph)

    def is_there(self, node_id: str) -> bool:
        """Whether edges and chips were last placed at a card where it is now."""
        return self._followed(node_id) == self.board.card_of(node_id)

    def _followed(self, node_id: str) -> QRectF:
        """Where a card was when edges and chips were last placed."""
        rows = self.board.far_layer.rows
        number = rows.number.get(node_id)
        return QRectF() if number is None else QRectF(*rows.values[number].tolist())

    def _follow_cards(self, node_ids: Iterable[str]) -> None:
        around, cards = self.board.surroundings, self.board.items_by_id
        is_any = bool(around.groups)
        seen = {i: cards.card(i) for i in node_ids if not (is_any and around.hides(i))}
        if len(seen) <= MOST_MARKED:
            were = [self._followed(i) for i in seen if i in self.board.far_layer.rows.number]
            # a view knows only where it has painted a card as Qt does
            self.board.repaint([hit_test.drawn(self.board, card) for card in (*were, *seen.values())])
        self.board.far_layer.place(seen)
        cards.look_again()

    def _update_chips(self, reach: QRectF) -> None:
        """Repaint the chips of edges within this rectangle."""
        self.board.chip_layer.prepare()
        self.board.chip_layer.update(reach.adjusted(-CHIP_REACH, -CHIP_REACH, CHIP_REACH, CHIP_REACH))


class CarriedEdges:
    """Cards that are on their way and the edges at them, which their layers have placed where those are now:
    which they are, and which ends go along, is found once for as long as the same cards go on.
    """

    def __init__(self, board: Board, node_ids: Collection[str], edges: Mapping[EdgeKey, Edge]) -> None:
        self.board, self.node_ids, self.keys = board, list(node_ids), edges.keys()
        self._cards, self._rows = board.far_layer.rows, board.edge_layer.rows
        self._turnovers = self._cards.turnover, self._rows.turnover
        self._card_numbers, self._numbers = self._cards.numbers(self.node_ids), self._rows.numbers(self.keys)
        self._ends, self._places = self._rows.values[self._numbers], self._placed()
        few = self.node_ids if len(self.node_ids) <= MOST_MARKED else ()
        self._drawn = [hit_test.drawn(board, board.items_by_id.card(node_id)) for node_id in few]
        """What was drawn of each card when they were found, where each is to be painted again."""
        self._were = self._drawn
        """The same where they were last."""
        place = {node_id: number for number, node_id in enumerate(self.node_ids)}
        self._goes = np.array(
            [(place.get(edge.source, -1), place.get(edge.target, -1)) for edge in edges.values()],
            dtype=np.intp,
        ).reshape(-1, 2)
        """Which of the cards each end goes along with, −1 for none."""

    def serves(self, node_ids: Collection[str]) -> bool:
        """Whether these are the cards, and each has edges of its own at it."""
        cards, edges = self.board.far_layer.rows, self.board.edge_layer.rows
        is_same = self._cards is cards and self._rows is edges
        is_same &= self._turnovers == (cards.turnover, edges.turnover)
        return is_same and self.node_ids == list(node_ids) and not self.board.surroundings.collapsed()

    def go_on(self) -> None:
        """Place all where the cards are now."""
        board, placed = self.board, self._placed()
        pairs = zip(placed, self._places, strict=True)
        ways = [(x - left, y - top) for (x, y), (left, top) in pairs]
        drawn = [rect.translated(*way) for rect, way in zip(self._drawn, ways, strict=False)]
        board.repaint(self._were + drawn)  # a view knows only where it has painted a card as Qt does
        self._were = drawn
        board.far_layer.move(self._card_numbers, placed)
        board.items_by_id.look_again()
        go = np.array([*ways, (0.0, 0.0)]).take(self._goes, axis=0)
        board.edge_layer.move(self._numbers, self._ends + go.reshape(-1, 4))

    def _placed(self) -> list[tuple[float, float]]:
        """Where the cards lie now."""
        return list(map(self.board.items_by_id.spot, self.node_ids))
