"""The inspector's page for one edge: what comes down it, the rule of its local derivative and why, the
product, the operation along this input, and what would change if that factor were 0. Edits nothing.
"""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from nodegraph.app.features.inspector.edge_plot import EdgePlot
from nodegraph.app.features.inspector.node_sentences import WAITING, stacked
from nodegraph.app.widgets.text import Text, column, formula_html, line, section
from nodegraph.canvas.drawing.theme import LIGHT, Theme, gradient_colors
from nodegraph.core.engine.operation_curve import OperationCurve, curve_along
from nodegraph.core.engine.passes import with_local_derivative
from nodegraph.core.engine.trace import Frame, Trace
from nodegraph.core.explain import chain_rule
from nodegraph.core.explain.edge_explanation import (
    EdgeExplanation,
    Shift,
    explain_edge,
    is_upstream_known,
    kind_of_edge,
    shifts,
    title_of_edge,
)
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.numbers import format_signed
from nodegraph.core.typeset import in_formula

MOST_SHIFTS = 12
"""Nodes that are listed with the gradient that they would have; the rest is counted."""
NOT_COME = "Not reached yet: step on, or press End to see both passes complete."
GUARDED = "Hidden while you predict: it would tell the answers."
NO_FINITE = "There is no curve to draw: what comes in here is not a finite number."


class EdgePage(QWidget):
    """Everything about one edge."""

    supposed = Signal(object)
    """The frame to show as if the local derivative were 0; None: what is so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.key: EdgeKey | None = None
        self.frame: Frame | None = None
        self._explained: tuple[Trace, EdgeKey] | None = None
        self.explanation: EdgeExplanation | None = None
        self._curve_of: tuple[Trace, EdgeKey] | None = None
        """What the curve was computed of: a step of the passes does not change it."""
        self._curve: OperationCurve | None = None
        self.name, self.kind = Text("name"), Text("dim")
        self.nothing, self.problem = Text("dim"), Text("refusal")
        self.upstream, self.rule, self.product = Text("formula"), Text("formula"), Text("formula")
        self.reason, self.moves = Text(), Text("dim")
        self.plot = EdgePlot()
        self.what_if = QCheckBox("If this factor were 0")
        self.what_if.setObjectName("inspector.what_if")
        self.what_if.setToolTip("Show what would change, here and on the canvas; the document stays as it is")
        self.why_no_what_if, self.changes = Text("dim"), Text()
        self._lay_out()
        self.what_if.toggled.connect(self._suppose)

    def _lay_out(self) -> None:
        head = QWidget()
        column(head, [self.name, self.kind, self.problem, self.nothing], 2)
        self.upstream_head = section("Upstream")
        self.upstream_part = _part(self.upstream_head, [self.upstream])
        self.rule_part = _part(section("Local derivative"), [self.rule, self.reason])
        self.product_head = section("What it sends back")
        self.product_part = _part(self.product_head, [self.product])
        self.plot_head = section("Along this input")
        self.plot_part = _part(self.plot_head, [self.plot, self.moves])
        self.what_if_part = _part(section("What if"), [self.what_if, self.why_no_what_if, self.changes])
        parts = (self.upstream_part, self.rule_part, self.product_part, self.what_if_part, self.plot_part)
        column(self, [head, *parts], 10).addStretch(1)

    # --- what is shown
    def show_edge(self, graph: Graph, key: EdgeKey, frame: Frame) -> None:
        """Show an edge of the graph as it is visible in this frame."""
        if (key, frame) != (self.key, self.frame):
            self.end_what_if()
        self.key, self.frame = key, frame
        self.name.say(title_of_edge(graph, key))
        self.kind.say(kind_of_edge(graph, key))
        self.problem.say(frame.problem(key[0]))
        if self._explained != (frame.trace, key) or self.explanation is None:
            self._explained = (frame.trace, key)
            self.explanation = explain_edge(frame.trace, graph, key)
        told = self.explanation
        is_forward = frame.trace.mode == "forward"
        self.product_head.setText("WHAT IT PASSES ON" if is_forward else "WHAT IT SENDS BACK")
        self._show_factors(told, frame)
        self._show_plot(told, frame)
        self._show_what_if(told, frame)

    def _show_factors(self, told: EdgeExplanation, frame: Frame) -> None:
        is_done, knows_upstream = frame.has_carried(told.key), is_upstream_known(frame, told.key)
        waits = not told.nothing and not is_done
        self.nothing.say(told.nothing or (NOT_COME if waits and not frame.guarded else ""))
        for part, formula in ((self.upstream_part, told.upstream), (self.product_part, told.product)):
            part.setVisible(formula is not None)
        if told.upstream is not None and told.product is not None:
            shown = told.upstream.unicode if knows_upstream else f"{told.upstream.head} = {WAITING}"
            self.upstream.say(shown, formula_html(shown))
            product = told.product.unicode if is_done else f"{told.product.head} = {WAITING}"
            ink = gradient_colors(self.theme, chain_rule.sent(frame.trace, told.key))[0] if is_done else ""
            self.product.say(product, formula_html(product, ink))
        self.rule_part.setVisible(told.rule is not None)
        if told.rule is not None:
            knows_rule = frame.tells_local(told.key)
            rule = told.rule.unicode if knows_rule else told.rule.symbols
            self.rule.say(rule, formula_html(rule))
            reason = told.reason if knows_rule else told.general
            self.reason.say(f"{reason}." if reason else "")

    def _show_plot(self, told: EdgeExplanation, frame: Frame) -> None:
        shows = told.rule is not None and frame.tells_local(told.key)
        self.plot_part.setVisible(shows)
        if not shows:
            return
        trace = frame.trace
        across, up = chain_rule.moved(trace, told.key), chain_rule.definition(trace, told.key[0])
        self.plot_head.setText(f"ALONG {across}")
        said = f"{told.moves}."
        if self._curve_of is None or self._curve_of[0] is not trace or self._curve_of[1] != told.key:
            self._curve_of, self._curve = (trace, told.key), curve_along(trace, told.key)
        curve = self._curve
        name = in_formula(trace.nodes[trace.source(told.key)].name)
        self.plot.theme = self.theme
        self.plot.setVisible(curve is not None)
        self.plot.show_curve(curve, (name, up), said)
        self.moves.say(said if curve is not None else f"{NO_FINITE} {said}")

    # --- what if
    def _show_what_if(self, told: EdgeExplanation, frame: Frame) -> None:
        why_not = GUARDED if frame.guarded else "" if frame.has_carried(told.key) else NOT_COME
        self.what_if_part.setVisible(not told.nothing)
        self.what_if.setEnabled(not why_not)
        self.why_no_what_if.say(why_not)

    def end_what_if(self) -> None:
        """Suppose nothing any more."""
        self.what_if.setChecked(False)

    def _suppose(self, supposed: bool) -> None:
        if not supposed or self.frame is None or self.key is None:
            self.changes.say("")
            self.supposed.emit(None)
            return
        trace = with_local_derivative(self.frame.trace, self.key, 0.0)
        other = trace.frame(self.frame.position)
        changed = list(shifts(self.frame, other))
        lines = [_line(shift) for shift in changed[:MOST_SHIFTS]]
        if len(changed) > MOST_SHIFTS:
            lines.append(f"And {len(changed) - MOST_SHIFTS:,} more.")
        if not changed:
            lines = ["Nothing would change: what it carries is 0 already."]
        html = "".join(_line_html(shift, self.theme) for shift in changed[:MOST_SHIFTS])
        self.changes.say("\n".join(lines), html + stacked(lines[min(len(changed), MOST_SHIFTS) :]))
        self.supposed.emit(other)

    def text(self) -> str:
        """All that is said, as plain text."""
        shown = (
            self.name, self.kind, self.problem, self.nothing, self.upstream, self.rule, self.reason,
            self.product, self.moves, self.changes,
        )  # fmt: skip
        return "\n".join(one.plain for one in shown if one.plain and one.isVisibleTo(self))


def _line(shift: Shift) -> str:
    return f"{shift.symbol}: {format_signed(shift.before)} → {format_signed(shift.after)}"


def _line_html(shift: Shift, theme: Theme) -> str:
    ink = gradient_colors(theme, shift.after)[0]
    after = f'<b style="color:{ink}">{escape(format_signed(shift.after))}</b>'
    told = f"{escape(shift.symbol)}: {escape(format_signed(shift.before))} → {after}"
    return f'<p style="margin-top:0px; margin-bottom:3px">{told}</p>'


def _part(head: QWidget, widgets: list[QWidget]) -> QWidget:
    part = QWidget()
    column(part, [line(), head, *widgets], 7)
    return part
