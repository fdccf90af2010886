"""The inspector's page for one node: what it is, its numbers, and where its gradient comes from, all as far
as the passes have got. Offers what the person types; edits nothing itself."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from html import escape

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QPushButton, QWidget

from nodegraph.app.document.document import next_gesture
from nodegraph.app.features.inspector.colour_choice import ColourChoice, label_of
from nodegraph.app.features.inspector.node_sentences import (
    MAX_TERMS,
    WAITING,
    gradient_so_far,
    has_all,
    kind_of,
    nudge_of,
    path_line,
    problem_of,
    product_of,
    reason_of,
    rules_of,
    sentence,
    stacked,
    verdict_of,
)
from nodegraph.app.platform import style
from nodegraph.app.widgets.text import Field, Text, column, formula_html, line, section
from nodegraph.canvas.drawing.theme import LIGHT, Theme, gradient_colors
from nodegraph.core.checks.gradient_check import Check, check_trace
from nodegraph.core.engine.rounding import ABOUT_ZERO, is_rounding
from nodegraph.core.engine.trace import Frame, Trace
from nodegraph.core.engine.trouble import trouble_of_node
from nodegraph.core.errors import Refused
from nodegraph.core.explain.explanation import NodeExplanation, explain_node
from nodegraph.core.explain.typed_value import read_value
from nodegraph.core.graph import naming
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Node
from nodegraph.core.numbers import (
    format_count,
    format_exact,
    format_signed,
    format_value,
)
from nodegraph.core.operations.catalogue import OPERATIONS
from nodegraph.core.training.bindings import bound_columns
from nodegraph.core.typeset import in_formula

NOT_REACHED = "Not reached yet: step on, or press End."
NOT_REACHED_GUARDED = "Not reached yet: it is yours to predict first."
CHECK_DELAY_MS = 250
"""How long a gradient must rest before it is checked against a numerical derivative."""
LARGEST_CHECKED = 300
"""Nodes up to which a graph is checked; a check runs the forward pass several times for every node."""
_INDENTED = "margin: 1px 0px 7px 12px"


class NodePage(QWidget):
    """Everything about one node."""

    rename_requested = Signal(str, str)
    value_requested = Signal(str, float, int)
    trainable_requested = Signal(str, bool)
    output_requested = Signal(str)
    colour_requested = Signal(object, str)
    """The ids of nodes, and the colour they are to have."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.node_id = ""
        self.graph = Graph()
        self.explanation: NodeExplanation | None = None
        self._explained: tuple[Trace, str] | None = None
        self._gesture = 0
        self._checks: dict[str, Check] = {}
        self._checked: Trace | None = None
        self._check_soon = QTimer(self, singleShot=True, interval=CHECK_DELAY_MS)
        self._check_soon.timeout.connect(self._check)
        self._frame: Frame | None = None
        self.name = Field("name", "Name")
        self.name.setObjectName("inspector.name")
        self.kind = Text("dim")
        self.problem = Text("refusal")
        self.value = Field("value", "Value")
        self.value.setObjectName("inspector.value")
        self.value_text = Text("value")
        self.gradient_text = Text("value")
        self.gradient_note = Text("dim")
        self.trouble = Text("refusal")
        self.trainable = QCheckBox("Trainable")
        self.trainable.setObjectName("inspector.trainable")
        self.trainable.setToolTip("Whether training may change this input; data stays as it is")
        self.colour = ColourChoice("inspector.colour")
        self.computed = Text("formula")
        self.rules = Text()
        self.chain = Text("formula")
        self.because = Text()
        self.nudge = Text("dim")
        self.paths = Text()
        self.make_output = QPushButton("Make this the output")
        self.make_output.setObjectName("inspector.make_output")
        self.make_output.setToolTip("Let the backward pass start from this node")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        facts = QGridLayout()
        facts.setContentsMargins(0, style.px(4), 0, style.px(4))
        facts.setHorizontalSpacing(style.px(12))
        facts.setVerticalSpacing(style.px(6))
        facts.setColumnStretch(1, 1)
        for row, (text, widget) in enumerate(
            (("Value", self._value_cell()), ("Gradient", self._gradient_cell()))
        ):
            label = label_of(text)
            facts.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            facts.addWidget(widget, row, 1)
            label.setContentsMargins(0, style.px(2), 0, 0)
            if row == 0:
                self.value_label = label
        facts.addWidget(self.trainable, 2, 1)
        facts.addWidget(label_of("Colour"), 3, 0)
        facts.addWidget(self.colour, 3, 1, Qt.AlignmentFlag.AlignLeft)
        head = QWidget()
        column(head, [self.name, self.name.refusal, self.kind, self.problem], 2)
        self.how = _part("How it is computed", [self.computed, self.rules])
        self.where = _part("Where it comes from", [self.chain, self.because, self.nudge])
        self.ways = _part("Paths to the output", [self.paths])
        buttons = QHBoxLayout()
        buttons.addWidget(self.make_output)
        buttons.addStretch(1)
        layout = column(self, [head], 10)
        layout.addLayout(facts)
        for part in (self.how, self.where, self.ways):
            layout.addWidget(part)
        layout.addLayout(buttons)
        layout.addStretch(1)

    def _value_cell(self) -> QWidget:
        cell = QWidget()
        column(cell, [self.value, self.value.refusal, self.value_text], 3)
        return cell

    def _gradient_cell(self) -> QWidget:
        cell = QWidget()
        column(cell, [self.gradient_text, self.gradient_note, self.trouble], 1)
        return cell

    def _connect(self) -> None:
        self.name.offered.connect(self._offer_name)
        self.value.offered.connect(self._offer_value)
        self.value.stepped.connect(self._step_value)
        self.trainable.clicked.connect(self._offer_trainable)
        self.make_output.clicked.connect(self._offer_output)
        self.colour.chosen.connect(self._offer_colour)

    # --- what the person types
    def _offer_name(self, text: str) -> None:
        refusal = naming.why_not_name(self.graph, text.strip(), self.node_id)
        if refusal:
            self.name.refuse(refusal)
        else:
            self.name.setModified(False)
            self.rename_requested.emit(self.node_id, text.strip())

    def _offer_value(self, text: str) -> None:
        try:
            value = read_value(text)
        except Refused as refusal:
            self.value.refuse(str(refusal))
            return
        self.value.setModified(False)
        self.value_requested.emit(self.node_id, value, 0)
        self._show_numbers_of(self.graph.node(self.node_id))

    def _step_value(self, units: int) -> None:
        node = self.graph.node(self.node_id)
        if node.value is not None:
            self._gesture = self._gesture or next_gesture()
            self.value.setModified(False)
            self.value_requested.emit(self.node_id, node.value + units, self._gesture)

    def _offer_trainable(self, trainable: bool) -> None:
        self.trainable_requested.emit(self.node_id, trainable)

    def _offer_output(self) -> None:
        self.output_requested.emit(self.node_id)

    def _offer_colour(self, colour: str) -> None:
        self.colour_requested.emit([self.node_id], colour)

    # --- what is shown
    def show_node(self, graph: Graph, node_id: str, frame: Frame) -> None:
        """Show a node of the graph as it is visible in this frame."""
        is_other = node_id != self.node_id or graph is not self.graph
        self.graph, self.node_id, self._frame = graph, node_id, frame
        if is_other:
            self._gesture = 0
        node = graph.node(node_id)
        self.name.show_value(node.name, forced=is_other)
        self._show_numbers_of(node, forced=is_other)
        if self._explained != (frame.trace, node_id):
            self._explained = (frame.trace, node_id)
            self.explanation = explain_node(frame.trace, node_id) if node_id in frame.trace.nodes else None
        if self.explanation is not None:
            self._show_explanation(node, self.explanation, frame)

    def _show_numbers_of(self, node: Node, *, forced: bool = False) -> None:
        self.value.setVisible(node.is_leaf)
        self.value_label.setContentsMargins(0, style.px(6 if node.is_leaf else 2), 0, 0)
        if not node.is_leaf:
            self.value.refusal.say("")
        elif node.value is not None:
            self.value.show_value(format_exact(node.value), forced=forced)
        self.trainable.setVisible(node.op == "input")
        self.trainable.setChecked(node.trainable)
        self.colour.show_colours({node.colour})

    def _show_explanation(self, node: Node, told: NodeExplanation, frame: Frame) -> None:
        self.kind.say(kind_of(node, told))
        self.problem.say(problem_of(told, frame))
        self.make_output.setVisible(not told.is_output and node.op in OPERATIONS)
        self._show_value(node, told, frame)
        self._show_gradient(node, told, frame)
        self._show_chain(node, told, frame)
        self._show_paths(told, frame)

    def _show_value(self, node: Node, told: NodeExplanation, frame: Frame) -> None:
        value = frame.value(node.id)
        if node.is_leaf:
            self.value_text.say("")
        else:
            self.value_text.say(WAITING if value is None else format_value(value))
        if node.is_leaf or told.value is None:
            self.how.hide()
            return
        reached = value is not None
        formula = told.value.unicode if reached else told.value.symbols
        self.computed.say(formula, formula_html(formula, self.theme.forward if reached else ""))
        rules = rules_of(told, frame, reached)
        self.rules.say("; ".join(rules), stacked(rules, "Local derivatives"))
        self.how.show()

    def _show_gradient(self, node: Node, told: NodeExplanation, frame: Frame) -> None:
        gradient = frame.gradient(node.id)
        text, note = (WAITING if gradient is None else format_signed(gradient)), ""
        arrived, expected = frame.arrived(node.id)
        if node.op == "constant":
            text, note = "none", "No gradient is asked for at a constant."
        elif told.gradient is None:
            text, note = "none", "" if told.problem or told.waits_for else "There is no output to start from."
        elif gradient is None:
            note = NOT_REACHED_GUARDED if frame.guarded else NOT_REACHED
        elif arrived < expected:
            note = f"So far: {arrived} of {expected} contributions have arrived."
        elif told.is_output or frame.trace.mode == "forward":
            pass
        elif frame.trace is self._checked:
            note = verdict_of(self._checks.get(node.id), stale=frame.is_stale(node.id))
        elif len(frame.trace.nodes) <= LARGEST_CHECKED:
            self._check_soon.start()
        ink = self.theme.dim if gradient is None else gradient_colors(self.theme, gradient)[0]
        number = frame.trace.plan.number.get(node.id)  # a node that cannot be computed yet has none
        is_whole = number is not None and bool(gradient) and arrived == expected
        if is_whole and is_rounding(frame.trace, "gradients", number):
            text, note, ink = ABOUT_ZERO, f"{text} is no more than rounding. {note}".rstrip(), self.theme.dim
        self.gradient_text.say(text, f'<span style="color:{ink}">{text}</span>')
        self.gradient_note.say(note)
        data = partial(bound_columns, self.graph)
        self.trouble.say("" if frame.guarded else trouble_of_node(frame, node.id, data).sentences)

    def _check(self) -> None:
        """Compare every gradient with its numerical derivative, once per trace."""
        if self._frame is None or not self.isVisible() or self.node_id not in self.graph:
            return
        self._checks = {found.node_id: found for found in check_trace(self._frame.trace)}
        self._checked = self._frame.trace
        self.show_node(self.graph, self.node_id, self._frame)

    def _show_chain(self, node: Node, told: NodeExplanation, frame: Frame) -> None:
        if told.gradient is None or node.op == "constant":
            self.where.hide()
            return
        gradient = frame.gradient(node.id)
        formula = gradient_so_far(told, frame)
        complete = formula == told.gradient.unicode and gradient is not None
        ink = gradient_colors(self.theme, gradient or 0.0)[0] if complete else ""
        self.chain.say(formula, formula_html(formula, ink))
        terms = [term for term in told.terms if not frame.guarded or frame.has_carried(term.edge)]
        reasons = [sentence(reason_of(term, frame)) for term in terms[:MAX_TERMS]]
        if len(terms) > MAX_TERMS:
            reasons.append(f"And {len(terms) - MAX_TERMS} more.")
        trace = frame.trace
        is_seed, is_forward = node.id == trace.seed, trace.mode == "forward"
        if is_seed and not (frame.guarded and gradient is None):
            what = "the chosen input" if is_forward else "the output"
            reasons.insert(0, f"{in_formula(told.name)} is {what}: it moves one for one with itself.")
        elif not is_seed and not told.terms and trace.seed in trace.nodes:
            ends = (in_formula(told.name), in_formula(trace.nodes[trace.seed].name))
            depends, on = ends if is_forward else ends[::-1]
            reasons.append(f"{depends} does not depend on {on}.")
        self.because.say(" ".join(reasons), stacked(reasons))
        self.nudge.say(nudge_of(node, gradient, frame) if complete else "")
        self.where.show()

    def _show_paths(self, told: NodeExplanation, frame: Frame) -> None:
        complete = frame.gradient(told.node_id) is not None and has_all(told, frame)
        worth_it = told.path_count > 0 and told.node_id != frame.trace.seed
        self.ways.setVisible(worth_it)
        if worth_it:
            self.paths.say(
                "; ".join(path_line(path, complete) for path in told.paths),
                self._paths_html(told, complete),
            )

    def _paths_html(self, told: NodeExplanation, complete: bool) -> str:
        rows = []
        for path in told.paths:
            ink = gradient_colors(self.theme, path.product)[0]
            product = f'<b style="color:{ink}">{escape(product_of(path))}</b>' if complete else WAITING
            rows.append(
                f"{escape(' → '.join(map(in_formula, path.names)))}</p><p style='{_INDENTED}'>{product}"
            )
        if told.path_count > len(told.paths):
            more = f"and {format_count(told.path_count - len(told.paths))} more paths"
            rows.append(more if told.paths else f"{format_count(told.path_count)} paths, too long to list")
        if told.path_count > 1 and complete and told.gradient is not None:
            total = told.gradient.sides[-1].unicode
            rows.append(f"All {format_count(told.path_count)} paths together: <b>{escape(total)}</b>")
        return "".join(f'<p style="margin-top:0px; margin-bottom:0px">{row}</p>' for row in rows)

    def text(self) -> str:
        """All that is said, as plain text."""
        shown: Iterable[Text] = (
            self.kind, self.problem, self.value_text, self.gradient_text, self.gradient_note, self.trouble,
            self.computed,
            self.rules, self.chain, self.because, self.nudge, self.paths,
        )  # fmt: skip
        return "\n".join(
            [self.name.text(), *(one.plain for one in shown if one.plain and not one.isHidden())]
        )


def _part(title: str, widgets: list[Text]) -> QWidget:
    part = QWidget()
    column(part, [line(), section(title), *widgets], 7)
    return part
