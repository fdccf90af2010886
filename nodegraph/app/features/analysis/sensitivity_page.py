"""Sensitivity by hand: drag an input and see the output move beside the tangent line its gradient predicts.

Shows the player's trace and offers values; edits nothing itself.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QElapsedTimer, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from nodegraph.app.document.document import next_gesture
from nodegraph.app.platform import style
from nodegraph.app.widgets.choice import Choice
from nodegraph.app.widgets.plot import FARTHEST, Plot, line_pen
from nodegraph.app.widgets.scrolling import Compact, ScrollArea
from nodegraph.app.widgets.text import Field, Names, Text
from nodegraph.canvas.drawing.theme import LIGHT, Theme
from nodegraph.core.engine.sensitivity import Tangent, curve, prediction, reach_of, tangent_of, verdict
from nodegraph.core.engine.trace import Frame, Trace
from nodegraph.core.errors import Refused
from nodegraph.core.explain.chain_rule import is_stored
from nodegraph.core.explain.typed_value import read_value
from nodegraph.core.numbers import format_number
from nodegraph.core.operations.equations import Side, joined, result_of

SIDE_PX = (300, 460)
"""How wide what is said is, at least and at most."""
REST_MS = 900
"""A change after such a rest begins a new drag: the tangent touches where it began."""
MOST_NODES = 20_000
"""Nodes up to which the curve is drawn; each costs a value at every point."""
KEY = "Solid: the output. Dashed: the line its gradient predicts."
STALE = "Gradients were left by an earlier pass, so the line is off: set them to zero."
EMPTY = "Add an input that reaches the output, and see here how the output moves with it."
GUARDED = "Not shown while you predict: the curve would tell the answers."
TOO_FAR = "This value is too large to be drawn; type a smaller one."


class SensitivityPage(QWidget):
    """An input to choose and to change, the plot, and the numbers in words."""

    value_wanted = Signal(str, float, int)
    """The input's id, its value, and the gesture it belongs to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sensitivity")
        self.setAccessibleName("Sensitivity")
        self.theme: Theme = LIGHT
        self.input_id: str | None = None
        self.tangent: Tangent | None = None
        """Where the present drag began, with the gradient there."""
        self._trace: Trace | None = None
        self._is_guarded = False
        """Whether a learner is to predict what the plot would show."""
        self._latest: Tangent | None = None
        self._range = (0.0, 1.0)
        self._gesture = 0
        self._since = QElapsedTimer()
        self.choice = Choice()
        self.choice.setObjectName("sensitivity.input")
        self.choice.setAccessibleName("Input to move")
        self.field = Field("value", "Value of the input")
        self.field.setObjectName("sensitivity.value")
        self.field.setToolTip("Type a value, or press Up and Down; or drag in the plot")
        self.moved, self.predicted, self.off = Text("value"), Text(), Text("dim")
        self.note = Text("dim")
        self.plot = Plot("sensitivity.plot", "", "")
        self.plot.setToolTip("Drag to move the input")
        self.plot.setCursor(Qt.CursorShape.SizeHorCursor)
        self.plot.viewport().installEventFilter(self)
        self._lay_out()
        self.choice.activated.connect(self._choose)
        self.field.offered.connect(self._offer)
        self.field.stepped.connect(self._step)

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(style.px(6))
        row = QHBoxLayout()
        for widget in (self.choice, QLabel("="), self.field):
            row.addWidget(widget)
        side.addLayout(row)
        for text in (self.field.refusal, self.moved, self.predicted, self.off, self.note):
            side.addWidget(text)
        side.addStretch(1)
        side.setContentsMargins(0, 0, style.px(6), 0)
        said = Compact()
        said.setLayout(side)
        # As high as its lines are at this width, not as it would have to be where it is narrow.
        said.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.side = ScrollArea(said)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(style.px(18), style.px(10), style.px(12), style.px(8))
        layout.setSpacing(style.px(16))
        layout.addWidget(self.side)
        layout.addWidget(self.plot, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A third of the page is for what is said, within bounds, so that it takes few lines."""
        super().resizeEvent(event)
        narrowest, widest = map(style.px, SIDE_PX)
        self.side.setFixedWidth(min(max(narrowest, self.width() // 3), widest))

    def set_names(self, names: Names) -> None:
        """Typeset the words that are names of nodes in what is said."""
        for text in (self.moved, self.predicted, self.off):
            text.names = names

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours."""
        self.theme = theme
        self.plot.set_theme(theme)
        self._draw()

    # --- following
    def follow(self, frame: Frame, selection: list[str]) -> None:
        """Show the curve of the selected input, or of the one that was looked at last."""
        trace = frame.trace
        inputs = [i for i in trace.plan.ids[: trace.plan.leaves] if trace.nodes[i].op == "input"]
        chosen = [node_id for node_id in selection if node_id in inputs]
        wanted = (
            chosen[0] if chosen else self.input_id if self.input_id in inputs else next(iter(inputs), None)
        )
        if wanted == self.input_id and trace is self._trace and not frame.guarded:
            return
        if wanted != self.input_id:
            self.field.setModified(False)  # what was typed was for another input
        self._is_guarded = frame.guarded
        self._list(trace, inputs, wanted)
        is_other = wanted != self.input_id or self._trace is None or trace.plan is not self._trace.plan
        self.input_id, self._trace = wanted, None if frame.guarded else trace
        latest = tangent_of(trace, wanted) if wanted is not None and not frame.guarded else None
        self._anchor(latest, anew=is_other)
        self._latest = latest
        self._draw()

    def _anchor(self, latest: Tangent | None, *, anew: bool) -> None:
        """Let the tangent stay where a drag began; after a rest it begins where the input stood."""
        rested = not self._since.isValid() or self._since.hasExpired(REST_MS)
        if anew or latest is None or self.tangent is None:
            self.tangent = latest
        elif rested and self._latest is not None:
            self.tangent = self._latest
        if latest is not None and (anew or not self._range[0] <= latest.at <= self._range[1]):
            reach = reach_of(latest.at)
            self._range = (latest.at - reach, latest.at + reach)
        if not anew:
            self._since.start()

    def _list(self, trace: Trace, inputs: list[str], wanted: str | None) -> None:
        names = [(trace.nodes[node_id].name, node_id) for node_id in inputs]
        places = range(self.choice.count())
        if names != [(self.choice.itemText(place), self.choice.itemData(place)) for place in places]:
            self.choice.clear()
            for name, node_id in names:
                self.choice.addItem(name, node_id)
        self.choice.setEnabled(bool(inputs))
        self.choice.setCurrentIndex(self.choice.findData(wanted))

    # --- showing
    def _draw(self) -> None:
        trace, latest, tangent = self._trace, self._latest, self.tangent
        self.field.setEnabled(latest is not None)
        if (
            trace is None
            or latest is None
            or tangent is None
            or self.input_id is None
            or trace.output is None
        ):
            self.plot.erase()
            for text in (self.moved, self.predicted, self.off):
                text.say("")
            self.note.say(GUARDED if self._is_guarded else EMPTY)
            return
        name, output = trace.nodes[self.input_id].name, trace.nodes[trace.output].name
        self.field.show_value(format_number(latest.at))
        self._say(name, output, tangent, latest)
        self.note.say(STALE if trace.left else KEY)
        low, high = self._range
        if self._is_too_far:
            self.plot.erase()
            self.note.say(TOO_FAR)
            return
        self.plot.titles = {"bottom": name, "left": output}
        self.plot.set_theme(self.theme)
        if len(trace.plan.ids) <= MOST_NODES:
            self.plot.draw(
                "curve", *curve(trace, self.input_id, low, high), line_pen(self.theme.forward, 2.5)
            )
        ends = [low, high]
        dashes = line_pen(self.theme.positive, 2.0, dash=Qt.PenStyle.DashLine)
        self.plot.draw("tangent", ends, [tangent.predicted(x) for x in ends], dashes)
        self.plot.draw("gap", [latest.at] * 2, [latest.value, tangent.predicted(latest.at)],
                       line_pen(self.theme.danger, 2.0))  # fmt: skip
        self.plot.mark("start", tangent.at, tangent.value, self.theme.positive, 9.0)
        self.plot.mark("now", latest.at, latest.value, self.theme.forward, 13.0)
        self.plot.setXRange(low, high, padding=0.0)

    def _say(self, name: str, output: str, tangent: Tangent, latest: Tangent) -> None:
        moved = latest.value - tangent.value
        stored = self._trace is not None and is_stored(self._trace)
        symbol = f"{name}.grad" if stored else f"∂{output}/∂{name}"
        slope = joined([Side(symbol, ""), result_of(tangent.gradient)])
        now = joined([Side(output, ""), result_of(latest.value)])
        at_start = latest.at == tangent.at
        self.moved.say(f"{now}, moved by {_short(moved)}" if math.isfinite(moved) and not at_start else now)
        if not tangent.is_there:
            self.predicted.say(
                f"{'Here' if at_start else 'It began where'} {slope}: no line touches the curve."
            )
            self.off.say("")
        elif at_start:
            self.predicted.say(
                f"Here {slope}: drag {name} in the plot, and see how well the line foretells {output}."
            )
            self.off.say("")
        else:
            line = prediction(tangent, latest.at)
            self.predicted.say(f"The line predicts {line}, with the slope {slope}.")
            self.off.say(verdict(tangent, latest))

    def text(self) -> str:
        """All that is said, as plain text."""
        said = (self.moved, self.predicted, self.off, self.note)
        return "\n".join(text.plain for text in said if text.plain)

    # --- what the hand wants
    def eventFilter(self, watched: QWidget, event: object) -> bool:
        """A drag in the plot moves the input."""
        if isinstance(event, QMouseEvent) and self._latest is not None and not self._is_too_far:
            kind = event.type()
            if kind == event.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
                self._gesture = next_gesture()
                self._want_at(event.position())
                return True
            if kind == event.Type.MouseMove and self._gesture:
                self._want_at(event.position())
                return True
            if kind == event.Type.MouseButtonRelease and self._gesture:
                self._gesture = 0
                return True
        return super().eventFilter(watched, event)

    @property
    def _is_too_far(self) -> bool:
        return max(map(abs, self._range)) > FARTHEST

    def _want_at(self, pixel: QPointF) -> None:
        x = self.plot.plotItem.vb.mapSceneToView(self.plot.mapToScene(pixel.toPoint())).x()
        low, high = self._range
        digits = max(0, 2 - math.floor(math.log10(high - low)))
        self._want(round(min(max(x, low), high), digits), self._gesture)

    def _want(self, value: float, gesture: int) -> None:
        """Ask for a value, which takes the place of what stands in the field."""
        if self.input_id is not None:
            self.field.setModified(False)
            self.value_wanted.emit(self.input_id, value, gesture)
        if self._latest is not None:
            self.field.show_value(format_number(self._latest.at))  # where it is as before, nothing follows

    def _choose(self, place: int) -> None:
        if self._trace is not None:
            trace, self._trace = self._trace, None
            self.follow(trace.last_frame, [self.choice.itemData(place)])

    def _offer(self, text: str) -> None:
        try:
            self._want(read_value(text), 0)
        except Refused as refusal:
            self.field.refuse(str(refusal))

    def _step(self, by: int) -> None:
        if self._latest is not None:
            size = (self._range[1] - self._range[0]) / 40
            self._want(round(self._latest.at + by * size, 9), 0)


def _short(value: float) -> str:
    return format_number(value, 5)
