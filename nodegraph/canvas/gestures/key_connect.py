"""Drawing an edge by keys alone: the arrows go from one legal port to the next, Enter makes the edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt

from nodegraph.canvas.gestures.connect import Connect
from nodegraph.canvas.gestures.gesture import hints_of
from nodegraph.canvas.gestures.keyboard_walk import cost
from nodegraph.canvas.items.ports import PortHit
from nodegraph.core.graph import edits

if TYPE_CHECKING:
    from nodegraph.canvas.gestures.hand import Hand

Aim = tuple[str, str, int]
"""(source, target, port)"""


class KeyConnect(Connect):
    """Starts from a node's output, or from one of its inputs; `aims` are the edges that are legal."""

    cursor = Qt.CursorShape.ArrowCursor
    hints = hints_of("Arrows choose the port", "Enter connects", "Esc leaves it")

    def __init__(self, view: Hand, hit: PortHit) -> None:
        super().__init__(view, hit)
        self.aims = self._legal_aims()
        if self.aims:
            self._aim_at(min(self.aims, key=self._order))

    def go(self, way: QPoint) -> None:
        """Aim at the nearest legal port in a direction; stay where there is none."""
        if self.aim is None:
            return
        here = self._end_of(self.aim)
        others = [(cost(self._end_of(aim) - here, way), aim) for aim in self.aims if aim != self.aim]
        nearest = min(others, key=lambda found: found[0], default=None)
        if nearest is not None and nearest[0] < float("inf"):
            self._aim_at(nearest[1])

    def take(self) -> None:
        """Make the edge that is shown."""
        aim = self.aim
        self.cancel()
        if aim is not None:
            self.view.intents.connect_requested.emit(*aim)

    # --- the mouse has no part in it
    def move(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """The hand on the mouse changes nothing."""

    def end(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """A click ends it without effect."""
        self.cancel()

    # --- where it may end
    def _legal_aims(self) -> list[Aim]:
        graph, here = self.scene.graph, self.fixed.node_id
        if self.forward:
            tried = [
                (here, target, port) for target in self.scene.items_by_id for port in self._ports(target)
            ]
            return [aim for aim in tried if edits.why_not(graph, *aim, self.upstream) is None]
        # One walk from the target finds all sources behind it.
        behind = edits.descendants(graph, here)
        sources = [source for source in self.scene.items_by_id if source not in behind]
        tried = [(source, here, self.fixed.port or 0) for source in sources]
        return [aim for aim in tried if edits.why_not(graph, *aim, frozenset()) is None]

    def _ports(self, node_id: str) -> list[int]:
        ports = list(range(edits.port_count(self.scene.graph, node_id)))
        free = edits.free_port(self.scene.graph, node_id)
        return ports if free is None or free in ports else [*ports, free]

    def _order(self, aim: Aim) -> tuple[bool, bool, float]:
        """Free ports first, of them those that a node waits for before those that it may have besides, then
        near ones, those on the usual side before those behind.
        """
        graph, way = self.scene.graph, self._end_of(aim) - self._fixed_place()
        onward, across = graph.direction.turned(way.toTuple())
        along = onward if self.forward else -onward
        taken = graph.edge((aim[1], aim[2])) is not None
        is_more = aim[2] >= edits.port_count(graph, aim[1])
        return taken, is_more, abs(along) * (1 if along > 0 else 4) + 2 * abs(across)

    def _end_of(self, aim: Aim) -> QPointF:
        return self.scene.input_place(*aim[1:]) if self.forward else self.scene.output_place(aim[0])

    # --- showing it
    def _aim_at(self, aim: Aim) -> None:
        self._unaim()
        self.aim = aim
        end = self._end_of(aim)
        self._mark_aim()
        start, loose = (self._fixed_place(), end) if self.forward else (end, self._fixed_place())
        self.scene.draft.draw([(start, loose)], refused=False)
        self.view.reveal(aim[1] if self.forward else aim[0])
        self.view.say(self.sentence(), end)
