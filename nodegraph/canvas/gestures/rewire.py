"""Taking an edge by one of its ends, or all edges of an output at once, to let them run elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from nodegraph.canvas.gestures.connect import SNAP, Aim, Connect
from nodegraph.canvas.gestures.gesture import has_moved, hints_of
from nodegraph.canvas.items.node_item import Mark
from nodegraph.canvas.items.ports import PortHit
from nodegraph.canvas.scene import hit_test
from nodegraph.core.graph import edits, grouping, rewiring

if TYPE_CHECKING:
    from nodegraph.canvas.gestures.hand import Hand
    from nodegraph.canvas.items.group_item import GroupItem
    from nodegraph.core.graph.records import Edge, EdgeKey


class EdgeEnd(Connect):
    """One end of an edge that is carried elsewhere; the other stays."""

    edge: Edge

    def why_not(self, source: str, target: str, port: int) -> str | None:
        upstream = self.upstream if source == self.edge.source else None
        return rewiring.why_not_reroute(self.scene.graph, self.edge.key, source, (target, port), upstream)

    def dropped_on(self, source: str, target: str, port: int) -> None:
        if (source, target, port) != (self.edge.source, self.edge.target, self.edge.port):
            self.view.intents.reroute_requested.emit(self.edge.key, source, (target, port))


class Reroute(EdgeEnd):
    """Carries one end of an edge; on the empty canvas it comes off. A press that never moves is a click."""

    hints = hints_of("Drop on another port", "On the empty canvas: take it off", "Esc cancels")

    def __init__(self, view: Hand, edge: Edge, place: QPointF, *, at_target: bool) -> None:
        self.edge = edge
        self.start = place
        self.moving = False
        super().__init__(view, PortHit(edge.source, None) if at_target else PortHit(edge.target, edge.port))

    def begin(self) -> None:
        """Wait: only a hand that moves takes the edge."""

    def move(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        way = place - self.start
        if not self.moving and not has_moved(way, self.view.zoom):
            return
        if not self.moving:
            self.moving = True
            super().begin()
            self.scene.showing.hold([self.edge.key])
        super().move(place, modifiers)

    def cancel(self) -> None:
        if self.moving:
            super().cancel()
            self.scene.showing.hold(())

    def dropped_on_nothing(self, place: QPointF) -> None:
        self.view.intents.disconnect_requested.emit([self.edge.key])

    def aimed(self, place: QPointF) -> Aim | None:
        if self.forward:
            hit = hit_test.port_at(self.scene, place, SNAP / self.view.zoom)
            if hit is not None and hit.port is None:  # an output: the port is fed from there instead
                self.card = None
                return hit.node_id, self.edge.target, self.edge.port
        return super().aimed(place)

    def aimed_at_group(self, card: GroupItem) -> Aim | None:
        if (self.edge.target if self.forward else self.edge.source) in card.members:
            return self.edge.source, self.edge.target, self.edge.port  # put back where it was
        return super().aimed_at_group(card)

    def sentence(self) -> str:
        if self.refusal is None and self.aim is None:
            return "Drop on a port to move the edge, or on the empty canvas to take it off"
        return super().sentence()


class MoveOutputs:
    """Carries all edges of an output to another node's output."""

    cursor = Qt.CursorShape.CrossCursor
    hints = hints_of("Drop on another output", "Esc cancels")

    def __init__(self, view: Hand, source: str) -> None:
        self.view = view
        self.scene = view.graph_scene
        self.source = source
        self.edges = self.scene.graph.edges_from(source)
        self.aim: str | None = None
        self.refusal: str | None = None
        self.scene.showing.hold([edge.key for edge in self.edges])
        self.scene.light(self._legal())

    def _legal(self) -> frozenset[str]:
        graph = self.scene.graph
        behind = [edits.descendants(graph, target) for target in {edge.target for edge in self.edges}]
        return frozenset(graph.node_ids) - frozenset.intersection(*map(frozenset, behind))

    def move(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        self._unaim()
        self.aim, self.refusal = self._aimed(place), None
        loose = place
        if self.aim is not None:
            self.refusal = rewiring.why_not_move_outputs(self.scene.graph, self.source, self.aim)
            loose = self.scene.output_place(self.aim)
            mark = Mark.REFUSED if self.refusal else Mark.TARGET
            self.scene.items_by_id[self.aim].set_mark(mark, True)
        refused = self.refusal is not None
        ends = [(loose, self.scene.input_place(edge.target, edge.port)) for edge in self.edges]
        self.scene.draft.draw(ends, refused=refused)
        self.view.say(self._sentence(), place, refused)

    def end(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        self.move(place, modifiers)
        aim, refusal = self.aim, self.refusal
        self.cancel()
        if refusal is not None:
            self.view.hint.emit(refusal)
        elif aim is not None:
            self.view.intents.outputs_move_requested.emit(self.source, aim)

    def cancel(self) -> None:
        self._unaim()
        self.scene.light(None)
        self.scene.showing.hold(())
        self.scene.draft.setVisible(False)
        self.view.say("", QPointF())

    def _aimed(self, place: QPointF) -> str | None:
        hit = hit_test.port_at(self.scene, place, SNAP / self.view.zoom)
        card = self.scene.surroundings.card_at(place)
        if hit is not None and hit.port is None:
            found = hit.node_id
        elif card is not None:
            found = next(iter(grouping.results(self.scene.graph, card.group.id)), None)
        else:
            found = hit_test.node_at(self.scene, place)
        return None if found == self.source else found

    def _sentence(self) -> str:
        if self.refusal is not None:
            return self.refusal
        name = self.scene.graph.node(self.source).name
        if self.aim is None:
            return f"Drop on the node that is to feed what {name} feeds"
        count = len(self.edges)
        what = "the edge" if count == 1 else f"the {count} edges"
        return f"Move {what} of {name} to {self.scene.graph.node(self.aim).name}"

    def _unaim(self) -> None:
        item = self.scene.items_by_id.get(self.aim) if self.aim is not None else None
        if item is not None:
            item.set_mark(Mark.TARGET | Mark.REFUSED, False)


def end_near(view: Hand, key: EdgeKey, place: QPointF, reach_px: float) -> bool | None:
    """Whether a place on an edge is near its target (True) or its source (False); None for neither."""
    points = view.graph_scene.edge_layer.curve(key)
    to_source, to_target = (
        ((points[i][0] - place.x()) ** 2 + (points[i][1] - place.y()) ** 2) ** 0.5 for i in (0, -1)
    )
    if min(to_source, to_target) * view.zoom > reach_px:
        return None
    return to_target <= to_source
