"""Curves of a training: the loss by step, and the trails of its parameters. Draws what it is given in the
colours of the theme; knows no training. Import it late, as `plot`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from nodegraph.app.platform import style
from nodegraph.app.widgets.plot import FARTHEST, LowPlot, line_pen
from nodegraph.app.widgets.scrolling import ScrollArea
from nodegraph.app.widgets.text import Text
from nodegraph.canvas.drawing.theme import LIGHT, Theme

Array = NDArray[np.float64]

LEAST_PX = 62
"""How high a plot of the page is at least."""
MOST_POINTS = 600
"""Of a curve; a longer one is thinned evenly."""
DASHES = (
    Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine,
)  # fmt: skip
MOST_TRAILS = 2 * len(DASHES)
"""As many lines as can be told apart without colour: four dashes, thin and thick."""


def drawable(x: Array, y: Array, *, log: bool = False) -> tuple[Array, Array]:
    """The points that can be drawn, thinned to what a screen can show; the last one stays.

    >>> drawable(np.array([0.0, 1, 2]), np.array([10.0, np.nan, 1000]), log=True)
    (array([0., 2.]), array([1., 3.]))
    """
    shown = np.isfinite(y) & (y > 0 if log else True)
    x, y = x[shown], np.clip(y[shown], -FARTHEST, FARTHEST)
    if log:
        y = np.log10(y)
    if len(x) > MOST_POINTS:
        places = np.unique(np.linspace(0, len(x) - 1, MOST_POINTS).astype(np.intp))
        x, y = x[places], y[places]
    return x, y


def left_out(y: Array, *, log: bool = False) -> str:
    """Return how many of the points a plot does not draw, and why; "" where it draws all.

    >>> left_out(np.array([4.0, 0.0, -5.0]), log=True), left_out(np.array([1.0, np.nan]))
    ('2 of 3 points are at 0 or below, where a log scale ends', '1 of 2 points is not finite')
    """
    shown = np.isfinite(y)
    parts = []
    for count, why in (
        (int((shown & (y <= 0)).sum()) if log else 0, "at 0 or below, where a log scale ends"),
        (int((~shown).sum()), "not finite"),
    ):
        if count:
            of = "" if parts else f" of {len(y):,} point{'s' if len(y) != 1 else ''}"
            parts.append(f"{count:,}{of} {'is' if count == 1 else 'are'} {why}")
    return ", ".join(parts)


def passes(lines: Sequence[tuple[Array, Array]], box: QRect) -> bool:
    """Whether a line from point to point passes through a box.

    >>> passes([(np.array([0.0, 10]), np.array([0.0, 10]))], QRect(4, 4, 2, 2))
    True
    """
    across = np.linspace(box.left(), box.right(), 50)
    for x, y in lines:
        there = across[(across >= x[0]) & (across <= x[-1])]
        height = np.interp(there, x, y)
        if len(there) and height.max() >= box.top() and height.min() <= box.bottom():
            return True
    return False


class LivePlot(LowPlot):
    """A plot of the training page, over steps."""

    def __init__(self, name: str, title: str, vertical: str) -> None:
        super().__init__(name, "Step", vertical)
        self.setAccessibleName(title)
        self.setMinimumSize(style.px(140), style.px(LEAST_PX))


class LossPlot(LivePlot):
    """The loss by step, with a dot where it is now if that can be drawn, and where only one point can be."""

    def __init__(self) -> None:
        super().__init__("training.loss", "Loss by step", "Loss")
        self.theme: Theme = LIGHT
        self.is_log = False
        self._points: tuple[Array, Array] = (np.zeros(0), np.zeros(0))
        self._held_out: tuple[Array, Array] | None = None
        self._other: tuple[Array, Array] | None = None
        self._at: int | None = None
        self.note = QLabel(self)
        self.note.setObjectName("training.loss.left_out")
        style.set_role(self.note, "stale")
        self.note.hide()

    def set_log(self, log: bool) -> None:
        """Draw powers of ten at equal distances, or not."""
        self.is_log = log
        self.plotItem.getAxis("left").setLogMode(log)
        self.show_losses(*self._points, self._held_out, self._at, self._other)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.theme = theme
        self.show_losses(*self._points, self._held_out, self._at, self._other)

    def show_losses(
        self,
        steps: Array,
        losses: Array,
        held_out: tuple[Array, Array] | None = None,
        at: int | None = None,
        other: tuple[Array, Array] | None = None,
    ) -> None:
        """Draw these, those of held-out rows as a dashed line, those of another run in dashes and dots, and a
        dot at a step, None: the last one.

        Numbers that are not finite, and on a log scale those not above 0, are left out and counted in a note.
        """
        self._points, self._held_out, self._at, self._other = (steps, losses), held_out, at, other
        self._show_note(left_out(losses, log=self.is_log))
        x, y = drawable(steps, losses, log=self.is_log)
        self.draw("loss", x, y, line_pen(self.theme.accent, 2, self.devicePixelRatioF()))
        self._draw_beside("held_out", held_out, self.theme.negative, Qt.PenStyle.DashLine)
        self._draw_beside("other", other, self.theme.positive, Qt.PenStyle.DashDotLine)
        if len(x) == 1:
            self.mark("alone", float(x[0]), float(y[0]), self.theme.accent, 5)  # a line needs two points
        else:
            self.erase(["alone"])
        place = np.flatnonzero(x == (steps[-1] if at is None else at)) if len(steps) else np.zeros(0, np.intp)
        if len(place):
            self.mark("now", float(x[place[0]]), float(y[place[0]]), self.theme.accent, 8)
        else:
            self.erase(["now"])
        self._place_note()

    def _draw_beside(
        self, name: str, curve: tuple[Array, Array] | None, ink: str, dashes: Qt.PenStyle
    ) -> None:
        if curve is None:
            self.erase([name])
        else:
            pen = line_pen(ink, 2, self.devicePixelRatioF(), dashes)
            self.draw(name, *drawable(*curve, log=self.is_log), pen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The note stays in its corner."""
        super().resizeEvent(event)
        if hasattr(self, "note"):  # a view is resized while it is being made
            self._place_note()

    def _show_note(self, text: str) -> None:
        if text != self.note.text():
            self.note.setText(text)
            self.note.setVisible(bool(text))

    def _place_note(self) -> None:
        """Put the note into the first corner that no line passes through, else at the top right."""
        if not self.note.text():
            return
        self.note.adjustSize()
        room, size = self.plotItem.vb.sceneBoundingRect(), self.note.size()
        left, right = round(room.left()) + style.px(4), self.width() - size.width() - style.px(8)
        top, bottom = style.px(4), round(room.bottom()) - size.height() - style.px(4)
        corners = [
            QPoint(max(0, x), y) for x, y in ((right, top), (left, bottom), (left, top), (right, bottom))
        ]
        drawn = self._drawn(room)
        free = (corner for corner in corners if not passes(drawn, QRect(corner, size)))
        self.note.move(next(free, corners[0]))

    def _drawn(self, room: QRectF) -> list[tuple[Array, Array]]:
        """Where the lines lie in this room, which they fill."""
        lines = [self.lines[name].getData() for name in ("loss", "held_out", "other") if name in self.lines]
        lines = [(x, y) for x, y in lines if x is not None and len(x)]
        if not lines:
            return []
        across, up = (np.concatenate(sides) for sides in zip(*lines, strict=True))
        (x0, y0), (x1, y1) = (across.min(), up.min()), (across.max(), up.max())
        wide, high = room.width() / ((x1 - x0) or 1), room.height() / ((y1 - y0) or 1)
        return [(room.left() + (x - x0) * wide, room.bottom() - (y - y0) * high) for x, y in lines]


@dataclass(frozen=True)
class Trail:
    """A parameter: its name, where it was after so many steps, and its value now."""

    name: str
    steps: Array
    values: Array
    now: str


class Sample(QWidget):
    """A short piece of a line, for the legend."""

    def __init__(self) -> None:
        super().__init__()
        self.pen = QPen()
        self.setFixedSize(style.px(30), style.px(16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The piece."""
        with QPainter(self) as painter:
            painter.setPen(self.pen)
            middle = self.height() / 2
            painter.drawLine(QPointF(1, middle), QPointF(self.width() - 1, middle))


class Trails(QWidget):
    """The parameters by step, each line with its name and its value now."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("training.trails")
        self.setAccessibleName("Parameters by step")
        self.plot = LivePlot("training.trails.plot", "Parameters by step", "Value")
        self.pens = [QPen()] * MOST_TRAILS
        self.samples = [Sample() for _ in range(MOST_TRAILS)]
        self.labels = [Text() for _ in range(MOST_TRAILS)]
        self._trails: Sequence[Trail] = ()
        self._more = 0
        self.more = QLabel(wordWrap=True)
        style.set_role(self.more, "dim")
        self._lay_out()

    def _lay_out(self) -> None:
        inside = QWidget()
        rows = QGridLayout(inside)
        rows.setContentsMargins(0, 0, style.px(4), 0)
        rows.setVerticalSpacing(style.px(1))
        rows.setHorizontalSpacing(style.px(8))
        for row, (sample, label) in enumerate(zip(self.samples, self.labels, strict=True)):
            rows.addWidget(sample, row, 0)
            rows.addWidget(label, row, 1)
        rows.addWidget(self.more, MOST_TRAILS, 0, 1, 2)
        rows.setRowStretch(MOST_TRAILS + 1, 1)
        rows.setColumnStretch(1, 1)
        self.legend = ScrollArea(inside)
        self.legend.setFixedWidth(style.px(150))
        self.plot.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.plot, 0, 0)
        layout.addWidget(self.legend, 0, 1)
        layout.setColumnStretch(0, 1)

    def set_theme(self, theme: Theme) -> None:
        """Every line in its own colour, dash and width."""
        self.plot.set_theme(theme)
        inks = (theme.forward, theme.positive, theme.negative, theme.pointer)
        for place, sample in enumerate(self.samples):
            round_, dash = divmod(place, len(DASHES))
            ink, width = inks[(place + round_) % len(inks)], (1.6, 3.4)[round_]
            self.pens[place] = line_pen(ink, width, self.devicePixelRatioF(), DASHES[dash])
            sample.pen = self.pens[place]
            sample.update()
        self.show_trails(self._trails, self._more)

    def show_trails(self, trails: Sequence[Trail], more: int) -> None:
        """Draw these, at most MOST_TRAILS; `more` are not shown."""
        self._trails, self._more = trails, more
        for place, (sample, label) in enumerate(zip(self.samples, self.labels, strict=True)):
            is_shown = place < len(trails)
            sample.setVisible(is_shown)
            label.setVisible(is_shown)
            if is_shown:
                trail = trails[place]
                self.plot.draw(str(place), *drawable(trail.steps, trail.values), self.pens[place])
                label.say(f"{trail.name} = {trail.now}")
            else:
                self.plot.erase([str(place)])
        self.more.setText(f"and {more:,} more; select nodes to see theirs" if more else "")
        self.more.setVisible(bool(more))
