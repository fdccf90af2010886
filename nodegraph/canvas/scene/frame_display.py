"""What the scene shows of a frame: numbers on cards and chips, looks of edges, and the pulse on its way.

Reads the frame and where the edges lie; paints nothing and knows no mouse.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QPointF, QRectF

from nodegraph.canvas.drawing import edge_styles, geometry
from nodegraph.canvas.drawing.edge_styles import AIMED, CUT, LIT, RETURNED, SELECTED, TRAVELLED, Looks
from nodegraph.canvas.drawing.geometry import CardFace
from nodegraph.canvas.drawing.theme import gradient_colors
from nodegraph.canvas.drawing.wording import FEW_TOLD, Wording
from nodegraph.canvas.items.badges import Badge, badge_of
from nodegraph.canvas.items.question_mark import Asked, CardLine
from nodegraph.canvas.scene.chips import Chips
from nodegraph.canvas.scene.frame_numbers import FrameNumbers
from nodegraph.core.engine.trace import Frame
from nodegraph.core.engine.trouble import Trouble
from nodegraph.core.explain.chain_rule import is_stored
from nodegraph.core.explain.edge_words import CHIP_DIGITS, is_carried_rounding
from nodegraph.core.graph.naming import shown_name, stands_as_number
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.numbers import format_signed, format_value
from nodegraph.core.training.bindings import bound_columns
from nodegraph.core.typeset import Line, joined

if TYPE_CHECKING:
    from nodegraph.canvas.scene.board import Board

OPENED, DEPARTED, LANDED = 0.22, 0.15, 0.8
"""Shares of a step's time: the chip is open; the pulse leaves; its number has landed in the sum."""
_EASING = QEasingCurve(QEasingCurve.Type.InOutCubic)


class FrameDisplay:
    """The frame that is shown, and how far its step has gone."""

    def __init__(self, scene: Board) -> None:
        self.scene = scene
        self.frame: Frame | None = None
        self.problems: Collection[str] = ()
        self.active_edges: frozenset[EdgeKey] = frozenset()
        self.held: frozenset[EdgeKey] = frozenset()
        """Edges the hand has taken off: not shown where they were."""
        self.cut: frozenset[EdgeKey] = frozenset()
        self.lit: frozenset[EdgeKey] = frozenset()
        """Edges that something beside the canvas points at."""
        self.aimed: EdgeKey | None = None
        self.asked: Asked | None = None
        """What somebody is to predict."""
        self._earlier: Frame | None = None
        self._progress, self.largest = 1.0, 0.0
        """The largest contribution of the trace; the shades of all others are beside it."""
        self.shows_chips = True
        """Whether edges carry chips; not while numbers change faster than anybody reads."""
        self.shows_marks = False
        """Whether what is saturated, dead, vanishing or exploding is marked."""
        self.hovered: EdgeKey | None = None
        """The edge beneath the pointer."""
        self.wording = Wording()
        """What labels edges carry, and in how many digits numbers stand."""
        self.chips = Chips(scene)
        self._numbers = FrameNumbers(None, shows_marks=False)
        self._looks: Looks | None = None
        """How the edges of the frame look, until it or they change."""
        self._plain_looks: Looks | None = None
        """The same but for what stands out of them."""
        self._edge_looks, self._node_looks = edge_styles.EdgeLooks(), edge_styles.NodeLooks()

    def clear(self) -> None:
        """Another graph is shown, of which there is no frame yet."""
        self.frame = self._earlier = self.aimed = self.asked = self.hovered = None
        self.problems = ()
        self.active_edges = self.held = self.cut = self.lit = frozenset()
        self.chips.clear()
        self.refresh_looks()

    # --- the step
    def begin(self, frame: Frame) -> None:
        """Begin the transition from what is shown to this frame."""
        traced = self.frame is not None and self.frame.trace is frame.trace
        was_guarded = self.frame is not None and self.frame.guarded
        self._earlier, self._progress = self.frame if traced else None, 0.0
        if not traced:
            self.largest = edge_styles.largest(frame.trace.contributions)
        self.frame = frame
        if not traced or frame.guarded or was_guarded:
            self.problems = {node_id for node_id in frame.trace.node_problems if frame.problem(node_id)}
        self.active_edges = frozenset(frame.active_edges)
        self.refresh_looks()

    def end_highlight(self) -> None:
        """No edge is active any more."""
        self.active_edges = frozenset()
        self.refresh_looks()

    def set_progress(self, progress: float) -> None:
        """How much of the step's time has gone, 0…1."""
        self._progress = progress

    @property
    def has_landed(self) -> bool:
        """Whether the step's numbers have arrived on the cards."""
        return self._progress >= LANDED

    @property
    def is_open(self) -> bool:
        """Whether the chips of the step have opened, so that their text can be read."""
        return self._progress >= OPENED

    @property
    def visible(self) -> Frame | None:
        """The frame whose numbers stand on the cards: the earlier one until the pulse has landed."""
        if self._earlier is not None and not self.has_landed:
            return self._earlier
        return self.frame

    def show_marks(self, shown: bool) -> None:
        """Mark trouble, or not."""
        self.shows_marks = shown
        self.chips.clear()
        self.scene.update()

    def show_chips(self, shown: bool) -> None:
        """Let edges carry chips, or only their colours."""
        if shown != self.shows_chips:
            self.shows_chips = shown
            self.scene.update()

    # --- what stands out
    def hold(self, keys: Iterable[EdgeKey]) -> None:
        """Show these edges no more where they are: the hand has them."""
        self.held = frozenset(keys)
        self.scene.update()

    def mark(self, *, cut: Iterable[EdgeKey] = (), aimed: EdgeKey | None = None) -> None:
        """Show which edges a knife would cut, and into which a node would be put."""
        before, marks = (self.cut, self.aimed), (frozenset(cut), aimed)
        if marks != before:
            self.cut, self.aimed = marks
            self._looks = None
            changed = {*(before[0] ^ self.cut), before[1], aimed}
            self.scene.edge_layer.repaint_along([key for key in changed if key is not None])

    def ask(self, asked: Asked | None) -> None:
        """Show a question mark where the number will stand that somebody is to predict."""
        if asked != self.asked:
            self.asked = asked
            self.refresh_looks()
            self.scene.update()

    def light(self, keys: Iterable[EdgeKey]) -> None:
        """Let these edges, and no others, stand out: something beside the canvas points at them."""
        lit = frozenset(keys)
        if lit != self.lit:
            self.lit = lit
            self._looks = None
            self.scene.edge_layer.update()

    # --- cards
    @property
    def numbers(self) -> FrameNumbers:
        """What stands on the cards."""
        frame, kept = self.visible, self._numbers
        if kept.frame is not frame or kept.shows_marks != self.shows_marks:
            kept = FrameNumbers(frame, self.shows_marks, partial(bound_columns, self.scene.graph))
            kept.take(self._numbers)
            self._numbers = kept
        return kept

    def value(self, node_id: str) -> float | None:
        """The value to show on a card."""
        return self.numbers.of(node_id).value

    def gradient(self, node_id: str) -> float | None:
        """The gradient, or the sum so far, to show on a card."""
        return self.numbers.of(node_id).gradient

    def is_stale(self, node_id: str) -> bool:
        """Whether the gradient on a card holds what an earlier pass has left."""
        return self.numbers.of(node_id).is_stale

    def label(self, name: str) -> Line:
        """A node's name as it is drawn."""
        return shown_name(self.scene.graph, name) if self.wording.typeset else name

    def name_in_text(self, word: str) -> Line | None:
        """Returns how a word is drawn that is the name of a node; None for any other word."""
        return self.label(word) if self.scene.graph.named(word) is not None else None

    def face(self, name: str) -> CardFace:
        """The words on the card of a node."""
        shown, said, graph = self.label(name), self.wording, self.scene.graph
        by_output = joined("∂", self.label(self.scene.output_name or "L"), "/∂", shown)
        is_bare = (node := graph.named(name)) is not None and stands_as_number(node, graph.named)
        numbers = said.card_digits, said.values, said.gradients
        return CardFace(shown, by_output, *numbers, graph.direction, is_bare)

    def derivative_names(self, name: str) -> tuple[Line, ...]:
        """What a card calls its gradient: ∂L/∂a, or in forward mode by the chosen input, ∂e/∂a."""
        return tuple(self.label(text) if is_name else text for text, is_name in self._derivative(name))

    def derivative_symbol(self, name: str) -> str:
        """The same as text, with names as they are typed."""
        return "".join(text for text, _ in self._derivative(name))

    def _derivative(self, name: str) -> tuple[tuple[str, bool], ...]:
        """The parts of what a gradient is called, and which of them are names."""
        trace = self.frame.trace if self.frame else None
        if trace is not None and is_stored(trace):
            return (name, True), (".grad", False)
        if trace is not None and trace.mode == "forward" and trace.seed in trace.nodes:
            return ("∂", False), (name, True), ("/∂", False), (trace.nodes[trace.seed].name, True)
        return ("∂", False), (self.scene.output_name or "L", True), ("/∂", False), (name, True)

    def phase_ink(self) -> str:
        """The colour of the step that is active."""
        theme = self.scene.theme
        if self.frame is None or self.frame.phase in ("start", "forward"):
            return theme.forward
        for key in self.active_edges:
            carried = self.frame.contribution(key)
            if carried and carried[2]:
                return gradient_colors(theme, carried[2])[0]
        return theme.positive

    def far_looks(self) -> Looks:
        """How each card looks from far away, in the order of the far layer's rows."""
        frame = self.visible
        numbers = self.scene.far_layer.rows.numbers_in(frame.trace.plan.node_number if frame else None)
        return self._node_looks.at(frame, numbers, self.largest)

    # --- what is asked
    def asks(self, node_id: str, line: CardLine | None = None) -> bool:
        """Whether this line of a card, or any line of it, is to be predicted."""
        asked = self.asked
        return asked is not None and asked.node_id == node_id and line in (None, asked.line)

    @property
    def asked_edge(self) -> EdgeKey | None:
        """The edge of which is to be predicted what it carries."""
        return None if self.asked is None else self.asked.edge

    def asks_edge(self, key: EdgeKey) -> bool:
        """Whether what this edge carries is to be predicted."""
        return self.asked is not None and self.asked.edge == key

    def asked_among(self, node_ids: Collection[str]) -> Line:
        """Returns what of these nodes and the edges between them is to be predicted, with a "?", or ""."""
        asked, graph = self.asked, self.scene.graph
        if asked is None:
            return ""
        if asked.node_id in node_ids:
            name = graph.node(asked.node_id).name
            names = (self.label(name),) if asked.line == "value" else self.derivative_names(name)
            return joined(*names, " = ?")
        edge = graph.edge(asked.edge) if asked.edge is not None else None
        is_inside = edge is not None and edge.source in node_ids and edge.target in node_ids
        return asked.text if is_inside else ""

    # --- edges
    def refresh_looks(self) -> None:
        """The edges look different now."""
        self._looks = self._plain_looks = None

    def edge_looks(self) -> Looks:
        """How each edge looks, in the order of the edge layer's rows."""
        if self._looks is None:
            self._looks, rows = self._looks_of_frame().copy(), self.scene.edge_layer.rows
            for keys, look in ((self.lit, LIT), ([self.aimed], AIMED), (self.cut, CUT)):
                self._looks[rows.numbers([key for key in keys if key in rows.number])] = look
        return self._looks

    def carried_looks(self) -> Looks:
        """The same, were none chosen, active or asked for."""
        numbers = self.scene.edge_layer.rows.numbers_in(self.frame.trace.edge_number if self.frame else None)
        return self._edge_looks.at(self.frame, numbers, self.largest)

    def _looks_of_frame(self) -> Looks:
        """The same, but for what stands out."""
        if self._plain_looks is not None:
            return self._plain_looks
        rows, found = self.scene.edge_layer.rows, self.carried_looks().copy()
        self._plain_looks = found
        now = rows.numbers([key for key in self.active_edges if key in rows.number])
        found[now] = TRAVELLED if self.frame and self.frame.phase == "forward" else found[now] + RETURNED
        chosen = self.scene.chosen_edges
        found[rows.numbers(chosen) if len(chosen) < len(rows) else slice(None)] = SELECTED
        if self.asked_edge in rows.number:
            found[rows.number[self.asked_edge]] = SELECTED
        return found

    def pulses(self) -> list[tuple[QPointF, str, str]]:
        """(place, text, ink) of each number that travels along an edge now."""
        if self._earlier is None or self.frame is None or not DEPARTED < self._progress < LANDED:
            return []
        share = _EASING.valueForProgress((self._progress - DEPARTED) / (LANDED - DEPARTED))
        there = self.scene.edge_layer.rows.number
        return [self._pulse(self.frame, key, share) for key in self.active_edges if key in there]

    def _pulse(self, frame: Frame, key: EdgeKey, share: float) -> tuple[QPointF, str, str]:
        points, theme = self.scene.edge_layer.curve(key), self.scene.theme
        carried, digits = frame.contribution(key), self.wording.digits or CHIP_DIGITS
        if carried is not None:
            text, ink = format_signed(carried[2], digits), gradient_colors(theme, carried[2])[0]
            # Back from the target in reverse mode; in forward mode on from the source.
            return geometry.point_on(points, share if frame.phase == "tangent" else 1 - share), text, ink
        value = frame.edge_value(key)
        text = "" if value is None else format_value(value, digits)
        return geometry.point_on(points, share), text, theme.forward

    # --- chips
    def chip(self, key: EdgeKey) -> tuple[str, str, str, float] | None:
        """(text, ink, ground, how far it is open) of an edge's chip, or None where it has none."""
        frame, theme = self.frame, self.scene.theme
        is_there = self.shows_chips and key in self.scene.edge_layer.rows.number
        if frame is None or key in self.held or not is_there:
            return None
        if self.asks_edge(key) and self.asked is not None:
            return self.asked.text, theme.accent, theme.card, 1.0
        is_opening = key in self.active_edges and self._earlier is not None
        opening = _EASING.valueForProgress(min(1.0, self._progress / OPENED)) if is_opening else 1.0
        text = self.chips.text(frame, key, in_full=self.is_looked_at(key))
        if text is None:
            return None
        carried = frame.contribution(key)
        sent = 0.0 if carried is None or is_carried_rounding(frame, key) else carried[2]
        inks = (theme.forward, theme.forward_back) if carried is None else gradient_colors(theme, sent)
        if carried is not None and self.edge_trouble(key).is_quiet:
            inks = inks[0], theme.danger_back
        return text, *inks, opening

    def chip_rect(self, key: EdgeKey, text: str) -> QRectF:
        """Where an edge's chip lies; its middle stays the same through all steps, so that nothing jumps."""
        frame, in_full = self.frame, self.is_looked_at(key)
        return QRectF() if frame is None else self.chips.rect(frame, key, text, in_full=in_full)

    def is_looked_at(self, key: EdgeKey) -> bool:
        """Whether the chip of an edge is shown in full, wherever there is room for it."""
        is_chosen = self.scene.is_selected(key) and len(self.scene.chosen_edges) <= FEW_TOLD
        if is_chosen or key == self.hovered or self.asks_edge(key):
            return True
        return self.wording.labels != "none" and (key in self.active_edges or key in self.lit)

    def hover(self, key: EdgeKey | None) -> None:
        """Show in full what the edge beneath the pointer carries."""
        if key != self.hovered:
            self.hovered = key
            self.scene.chip_layer.update()

    def chip_at(self, place: QPointF) -> EdgeKey | None:
        """The edge whose chip lies here."""
        for key in self.chips.near(place):
            chip = self.chip(key)
            if chip is not None and self.chip_rect(key, chip[0]).contains(place):
                return key
        return None

    def forget_chips(self, keys: Collection[EdgeKey], cards: Collection[QRectF] = ()) -> None:
        """The chips of these edges, and those near these cards, will be placed anew."""
        self.chips.forget(keys, cards)

    def carry_chips(self, keys: Collection[EdgeKey]) -> list[QRectF]:
        """Let the chips of these edges go along with them. Returns where they were and where they are."""
        return self.chips.carry(keys)

    def forget_all_chips(self) -> None:
        """All chips will be placed anew."""
        self.chips.place_anew()

    def is_rounding(self, node_id: str) -> bool:
        """Whether the gradient on a card, all of which has arrived, is 0 but for rounding."""
        return self.numbers.of(node_id).is_rounding

    # --- trouble
    def trouble(self, node_id: str) -> Trouble:
        """What is wrong with a node; to a learner who is to predict it, nothing."""
        return self.numbers.trouble_of_node(node_id)

    def edge_trouble(self, key: EdgeKey) -> Trouble:
        """What is wrong with what an edge has carried."""
        return self.numbers.trouble_of_edge(key)

    def edge_badges(self, key: EdgeKey) -> list[Badge]:
        """The causes of trouble on an edge, where there is room or one looks at it; what suffers from it is
        tinted.
        """
        marks = self.edge_trouble(key).marks
        if not marks or self.frame is None:
            return []
        is_shown = self.is_looked_at(key) or self.chips.has_badges(self.frame, key)
        return [badge_of(mark) for mark in marks] if is_shown else []
