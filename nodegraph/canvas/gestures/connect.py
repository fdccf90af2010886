"""Drawing an edge from port to port, either way round, with the reason shown wherever it cannot end."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QPoint, QPointF, Qt

from nodegraph.canvas.gestures.gesture import hints_of
from nodegraph.canvas.items.node_item import Mark
from nodegraph.canvas.scene import hit_test
from nodegraph.core.graph import edits, grouping

if TYPE_CHECKING:
    from nodegraph.canvas.gestures.hand import Hand
    from nodegraph.canvas.items.group_item import GroupItem
    from nodegraph.canvas.items.ports import PortHit

Aim: TypeAlias = tuple[str, str, int]
"""An edge there might be: source, target, port."""
SNAP = 18.0
"""Pixels within which a port draws the edge's end to itself."""
SHORTEST = 32.0
"""Pixels an edge must be drawn before dropping it on the empty canvas means something."""


class Connect:
    """One end is fixed where the press was; the other looks for a port. `aim` is (source, target, port)."""

    cursor = Qt.CursorShape.CrossCursor
    hints = hints_of(
        "Drop on a port, a card or a collapsed group", "On the empty canvas: add there", "Esc cancels"
    )

    def __init__(self, view: Hand, hit: PortHit) -> None:
        self.view = view
        self.scene = view.graph_scene
        self.fixed = hit
        self.aim: Aim | None = None
        self.refusal: str | None = None
        self.card: GroupItem | None = None
        """The collapsed group on whose card the loose end is, away from its ports."""
        self._choices: dict[str, list[Aim]] = {}
        forward = hit.port is None
        self.upstream = edits.ancestors(self.scene.graph, hit.node_id) if forward else None
        self.begin()

    def begin(self) -> None:
        """Show where the edge may end."""
        self.scene.light(self._legal())

    @property
    def forward(self) -> bool:
        """Whether the press was on an output, so that an input is looked for."""
        return self.fixed.port is None

    def move(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        self._unaim()
        self.aim = self.aimed(place)
        self.refusal = None
        if self.aim is None and self.card is not None:
            self.refusal = self._why_no_choice(self.card)
        if self.aim is not None:
            source, target, port = self.aim
            self.refusal = self.why_not(source, target, port)
            self._mark_aim()
            ends = (self.scene.output_place(source), self.scene.input_place(target, port))
        else:
            ends = (self._fixed_place(), place) if self.forward else (place, self._fixed_place())
        self.scene.draft.draw([ends], refused=self.refusal is not None)
        self.view.say(self.sentence(), place, refused=self.refusal is not None)

    def end(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        self.move(place, modifiers)
        aim, refusal, shown = self.aim, self.refusal, self.scene.draft.isVisible()
        choices = self.choices()
        self.cancel()
        if refusal is not None:
            self.view.hint.emit(refusal)
        elif len(choices) > 1:
            self.view.intents.choice_offered.emit(choices, self.dropped_on, self._spot(place))
        elif aim is not None:
            self.dropped_on(*aim)
        elif shown and hit_test.node_at(self.scene, place) is None:
            self.dropped_on_nothing(place)

    def why_not(self, source: str, target: str, port: int) -> str | None:
        """None where the edge may be made, else the sentence."""
        return edits.why_not(self.scene.graph, source, target, port, self.upstream)

    def dropped_on(self, source: str, target: str, port: int) -> None:
        """Ask for the edge."""
        self.view.intents.connect_requested.emit(source, target, port)

    def dropped_on_nothing(self, place: QPointF) -> None:
        """Ask what is to be at the loose end, unless the hand hardly moved."""
        way = (place - self._fixed_place()) * self.view.zoom
        if abs(way.x()) + abs(way.y()) < SHORTEST:
            return
        port = -1 if self.fixed.port is None else self.fixed.port
        ends = (self.fixed.node_id, "") if self.forward else ("", self.fixed.node_id)
        self.view.intents.edge_dropped.emit(*ends, port, place, self._spot(place))

    def _spot(self, place: QPointF) -> QPoint:
        """Where on the screen a place of the scene is."""
        return self.view.viewport().mapToGlobal(self.view.mapFromScene(place))

    def cancel(self) -> None:
        self._unaim()
        self.scene.light(None)
        self.scene.draft.setVisible(False)
        self.view.say("", QPointF())

    # --- finding the other end
    def _legal(self) -> frozenset[str]:
        """The nodes at which this edge may end, with the one it starts from."""
        graph = self.scene.graph
        if self.upstream is not None:
            open_ones = (
                node.id for node in graph.nodes() if not node.is_leaf and node.id not in self.upstream
            )
            return frozenset(open_ones) | {self.fixed.node_id}
        return frozenset(graph.node_ids) - edits.descendants(graph, self.fixed.node_id) | {self.fixed.node_id}

    def aimed(self, place: QPointF) -> Aim | None:
        """The edge that a drop here would make; on a collapsed group the first of those it may."""
        self.card = None
        hit = hit_test.port_at(self.scene, place, SNAP / self.view.zoom)
        if hit is not None and (hit.port is None) is self.forward:
            hit = None  # an output looks for an input, and the other way round
        if hit is None and (card := self.scene.surroundings.card_at(place)) is not None:
            return self.aimed_at_group(card)
        if hit is None:
            node_id = hit_test.node_at(self.scene, place)
            if node_id is None or (node_id == self.fixed.node_id and not self.forward):
                return None
            return self._aimed_at_card(node_id, place)
        if self.forward:
            return (self.fixed.node_id, hit.node_id, hit.port or 0)
        return (hit.node_id, self.fixed.node_id, self.fixed.port or 0)

    def aimed_at_group(self, card: GroupItem) -> Aim | None:
        """The first edge that may end inside a collapsed group, or begin there."""
        self.card = card
        return next(iter(self.choices()), None)

    def choices(self) -> list[Aim]:
        """The edges a drop on the card of the collapsed group leaves to choose from, in execution order."""
        if self.card is None:
            return []
        group_id = self.card.group.id
        if group_id not in self._choices:
            graph, here = self.scene.graph, self.fixed.node_id
            if self.forward:
                tried = [(here, *key) for key in grouping.free_inputs(graph, group_id)]
            else:
                tried = [(member, here, self.fixed.port or 0) for member in grouping.results(graph, group_id)]
            self._choices[group_id] = [aim for aim in tried if self.why_not(*aim) is None]
        return self._choices[group_id]

    def _why_no_choice(self, card: GroupItem) -> str:
        name = self.scene.graph.node(self.fixed.node_id).name
        if self.forward:
            return f"No input in “{card.title}” is free for {name}; expand the group to replace an edge."
        return f"Nothing in “{card.title}” can feed {name}: it would make a cycle."

    def _aimed_at_card(self, node_id: str, place: QPointF) -> Aim:
        """Anywhere on a card will do: its first free port, else the nearest, which is then replaced."""
        if not self.forward:
            return (node_id, self.fixed.node_id, self.fixed.port or 0)
        port = edits.free_port(self.scene.graph, node_id)
        if port is None:
            item = self.scene.items_by_id[node_id]
            ports = range(len(item.shape_of_card.inputs))
            port = min(ports, key=lambda p: (item.input_port(p) - place).manhattanLength(), default=0)
        return (self.fixed.node_id, node_id, port)

    def _fixed_place(self) -> QPointF:
        if self.fixed.port is None:
            return self.scene.output_place(self.fixed.node_id)
        return self.scene.input_place(self.fixed.node_id, self.fixed.port)

    # --- showing it
    def sentence(self) -> str:
        """What a drop here would do, or why it would do nothing."""
        if self.refusal is not None:
            return self.refusal
        if self.aim is None:
            return "Drop on an input port" if self.forward else "Drop on a node to take its output"
        source, target, port = self.aim
        graph = self.scene.graph
        if self.card is not None and len(self.choices()) > 1:
            if self.forward:
                return f"Drop to choose the input in “{self.card.title}” that {graph.node(source).name} feeds"
            return f"Drop to choose what in “{self.card.title}” feeds {graph.node(target).name}"
        held = graph.edge((target, port))
        names = f"{graph.node(source).name} to {graph.node(target).name}, input {port + 1}"
        if held is not None:
            return f"Connect {names}, in place of {graph.node(held.source).name}"
        return f"Connect {names}"

    def _mark_aim(self) -> None:
        assert self.aim is not None
        source, target, port = self.aim
        looks_for_input = source == self.fixed.node_id and self.forward
        item = self.scene.items_by_id[target if looks_for_input else source]
        item.set_mark(Mark.REFUSED if self.refusal else Mark.TARGET, True)
        if looks_for_input:
            item.aimed_port = port
            item.update()
        self.scene.surroundings.aim(self.card.group.id if self.card is not None else None)

    def _unaim(self) -> None:
        if self.aim is None:
            return
        self.scene.surroundings.aim(None)
        for node_id in self.aim[:2]:
            item = self.scene.items_by_id.get(node_id)
            if item is not None:
                item.aimed_port = None
                item.set_mark(Mark.TARGET | Mark.REFUSED, False)
                item.update()
