"""What is drawn on the stage: the answers over the data, and the loss of one run or two. Draws what it is
given; knows no training. Import it late, as `plot`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPen

from nodegraph.app.features.training_stage import inks
from nodegraph.app.features.training_stage.portrait import Portrait, Sketch
from nodegraph.app.platform import style
from nodegraph.app.widgets.plot import FARTHEST, LowPlot, is_near, line_pen
from nodegraph.canvas.drawing.theme import LIGHT, Theme, color
from nodegraph.core.stage.boundary import middles, span_of

Array = NDArray[np.float64]

MOST_POINTS = 2_000
"""Rows that are drawn as points; of more, so many evenly."""
POINT_PX, BOUNDARY_PX, OTHER_PX = 8.0, 2.5, 2.0
LOW_PX = 200
"""Below this height a plot has no title below it."""
MOST_OF_CURVE = (0.05, 0.95)
"""The shares of a curve between which most of it lies, whatever it does at a pole among the data."""
FARTHEST_OFF = 8.0
"""How far a curve may go and be shown, in heights of the data and of the curve near them."""
MOST_OF_COURSE = 600
"""Points of a curve; a longer one is thinned evenly."""


def places_shown(rows: int) -> NDArray[np.intp]:
    """Returns which rows are drawn: all of few, of many an even choice.

    >>> places_shown(3).tolist(), len(places_shown(100_000))
    ([0, 1, 2], 2000)
    """
    return np.unique(np.linspace(0, rows - 1, min(rows, MOST_POINTS)).astype(np.intp))


def with_gaps(across: Array, heights: Array, breaks: NDArray[np.bool_] | None) -> tuple[Array, Array]:
    """Returns a curve with gaps behind these of its places.

    >>> x, y = with_gaps(np.array([0.0, 1.0]), np.array([9.0, -9.0]), np.array([True]))
    >>> x.tolist(), y.tolist()
    ([0.0, 1.0, 1.0], [9.0, nan, -9.0])
    """
    behind = np.flatnonzero(breaks) + 1 if breaks is not None else np.zeros(0, np.intp)
    return np.insert(across, behind, across[behind]), np.insert(heights, behind, np.nan)


def heights_shown(near: Array, all_of_it: Array) -> tuple[float, float]:
    """Returns from where to where upwards: all of a curve, or where it goes far off, as at a pole, the data
    and the curve near them.

    >>> heights_shown(np.array([0.0, 1.0]), np.array([0.0, 5.0]))
    (-0.6, 5.6)
    >>> heights_shown(np.array([0.0, 1.0]), np.array([-3000.0, 1.0]))
    (-0.12, 1.12)
    """
    goes_off = len(near) > 1 and 0 < FARTHEST_OFF * np.ptp(near) < np.ptp(all_of_it)
    return span_of(near if goes_off else all_of_it)


class StagePlot(LowPlot):
    """The answers over two features as a map, or over one as a curve, with the data and the boundary."""

    low_px = LOW_PX

    def __init__(self, name: str) -> None:
        super().__init__(name, "", "")
        self.theme: Theme = LIGHT
        self.portrait: Portrait | None = None
        self.image = pyqtgraph.ImageItem(axisOrder="col-major")
        self.image.setZValue(-10)
        self.addItem(self.image)
        self.boundary = self.plot(connect="pairs", antialias=True)
        self.other = self.plot(connect="finite", antialias=True)
        """The boundary of what is compared with."""
        self.points: list[pyqtgraph.ScatterPlotItem] = []
        self._drawn: object = None
        """What the points that are there were drawn from."""
        self.setMinimumHeight(style.px(92))

    def set_theme(self, theme: Theme) -> None:
        """Everything in these colours."""
        super().set_theme(theme)
        self.theme, self._drawn = theme, None
        if self.portrait is not None:
            self.show_portrait(self.portrait, (self.titles["bottom"], self.titles["left"]))

    def show_portrait(self, portrait: Portrait, titles: tuple[str, str]) -> None:
        """Draw it; `titles` say what runs to the right and what upwards."""
        self.portrait = portrait
        if titles != (self.titles["bottom"], self.titles["left"]):
            self.titles = {"bottom": titles[0], "left": titles[1]}
            for side, title in self.titles.items():
                self.plotItem.getAxis(side).setLabel(title, color=self.theme.dim)
            self._show_title()
        sketch = portrait.sketch
        if sketch is None or portrait.field is None:
            return
        is_map = len(sketch.axes) == 2
        self.image.setVisible(is_map)
        if is_map:
            self._draw_map(portrait)
        else:
            self._draw_curves(portrait)
        self._draw_points(sketch)

    # --- a map
    def _draw_map(self, portrait: Portrait) -> None:
        sketch, field = portrait.sketch, portrait.field
        assert sketch is not None
        assert field is not None
        self.erase()
        if sketch.subject.kind == "classes":
            pixels = inks.classes_map_of(self.theme, field)
        else:
            pixels = inks.map_of(self.theme, field.values[0], sketch.subject.limits(sketch.answers[0]))
        (left, right), (low, high) = field.spans
        self.image.setImage(pixels, levels=None, autoLevels=False)
        self.image.setRect(QRectF(left, low, right - left, high - low))
        pen = line_pen(self.theme.text, BOUNDARY_PX, self.devicePixelRatioF())
        self.boundary.setData(portrait.boundary[:, 0], portrait.boundary[:, 1], pen=pen)
        other = portrait.compared.lines if portrait.compared is not None else np.zeros((0, 2))
        dashes = line_pen(self.theme.text, OTHER_PX, self.devicePixelRatioF(), Qt.PenStyle.DashLine)
        self.other.setData(other[:, 0], other[:, 1], pen=dashes)
        self._look_at((left, right), (low, high))

    # --- curves
    def _draw_curves(self, portrait: Portrait) -> None:
        sketch, field = portrait.sketch, portrait.field
        assert sketch is not None
        assert field is not None
        span, ratio = field.spans[0], self.devicePixelRatioF()
        across = middles(*span, field.values.shape[1])
        self.erase([name for name in self.lines if not name.startswith("answer")])  # others come anew
        for place, (answer, heights) in enumerate(zip(sketch.answers, field.values, strict=True)):
            many = len(sketch.answers) > 1
            ink = inks.ink_of(self.theme, place) if many else self.theme.text
            curve = with_gaps(across, heights, None if field.breaks is None else field.breaks[place])
            self.draw(f"answer {place}", *curve, line_pen(ink, BOUNDARY_PX, ratio))
            if answer.level is not None:
                pen = line_pen(self.theme.dim, 1.0, ratio, Qt.PenStyle.DotLine)
                self.draw("level", [*span], [answer.level, answer.level], pen)
        self.other.setData([], [])
        rival = portrait.compared.field if portrait.compared is not None else None
        for place, heights in enumerate(rival.values if rival is not None else []):
            assert rival is not None
            ink = inks.ink_of(self.theme, place) if len(sketch.answers) > 1 else self.theme.positive
            curve = with_gaps(across, heights, None if rival.breaks is None else rival.breaks[place])
            self.draw(f"other {place}", *curve, line_pen(ink, OTHER_PX, ratio, Qt.PenStyle.DashLine))
        heights = self._heights(portrait)
        ends = np.column_stack(
            [np.repeat(portrait.boundary[:, 0], 2), np.tile(heights, len(portrait.boundary))]
        )
        self.boundary.setData(
            ends[:, 0], ends[:, 1], pen=line_pen(self.theme.text, 1.5, ratio, Qt.PenStyle.DashLine)
        )
        self._look_at(span, heights)

    def _heights(self, portrait: Portrait) -> tuple[float, float]:
        """From where to where upwards: of the targets and the curves, whatever of them can be drawn."""
        sketch, field = portrait.sketch, portrait.field
        assert sketch is not None
        assert field is not None
        found = [sketch.subject.targets(answer) for answer in sketch.answers]
        targets = [_drawable(it) for it in found if it is not None]
        whole = np.concatenate([_drawable(field.values.ravel()), *targets])
        if not len(whole):
            return -1.0, 1.0
        data = sketch.subject.data(sketch.axes[0])
        across = middles(*field.spans[0], field.values.shape[1])
        beside = field.values[:, (across >= data.min()) & (across <= data.max())]
        most = [np.quantile(it, MOST_OF_CURVE) for it in map(_drawable, beside) if len(it)]
        return heights_shown(np.concatenate([*targets, *most]), whole) if targets or most else span_of(whole)

    # --- the data
    def _draw_points(self, sketch: Sketch) -> None:
        if self._drawn is sketch:
            return
        self._drawn = sketch
        for item in self.points:
            self.removeItem(item)
        self.points = [self._scatter(sketch, group, look) for group, look in self._groups(sketch)]
        for item in self.points:
            self.addItem(item)

    def _groups(self, sketch: Sketch) -> list[tuple[NDArray[np.intp], dict[str, object]]]:
        """Returns the rows that look alike, with how they look."""
        subject, rows = sketch.subject, places_shown(sketch.subject.rows)
        if subject.classes is not None:
            classes = subject.classes[rows]
            return [(rows[classes == i], self._look(i)) for i in range(len(subject.class_values))]
        targets = subject.targets(sketch.answers[0])
        brush: object = color(self.theme.forward)
        if targets is not None and len(sketch.axes) == 2:
            brush = inks.number_inks(
                self.theme, inks.shares_of(targets[rows], subject.limits(sketch.answers[0]))
            )
        return [(rows, {"symbol": "o", "brush": brush})]

    def _look(self, place: int) -> dict[str, object]:
        """How the points of a class look."""
        shape = inks.SHAPES[place % len(inks.SHAPES)]
        return {"symbol": shape, "brush": color(inks.ink_of(self.theme, place))}

    def _scatter(
        self, sketch: Sketch, rows: NDArray[np.intp], look: dict[str, object]
    ) -> pyqtgraph.ScatterPlotItem:
        subject = sketch.subject
        across = subject.data(sketch.axes[0])[rows]
        up = subject.data(sketch.axes[1]) if len(sketch.axes) == 2 else subject.targets(sketch.answers[0])
        heights = up[rows] if up is not None else np.zeros(len(rows))
        near = is_near(across) & is_near(heights)
        rim = self.theme.background
        if isinstance(look["brush"], list):
            look = {**look, "brush": [ink for ink, shown in zip(look["brush"], near, strict=True) if shown]}
            rim = self.theme.text  # where the answer is right, the ground has the point's colour
        edge = QPen(color(rim), 1.0)
        edge.setCosmetic(True)
        return pyqtgraph.ScatterPlotItem(
            across[near], heights[near], size=style.px(POINT_PX), pen=edge, antialias=True, **look
        )

    def _look_at(self, across: tuple[float, float], up: tuple[float, float]) -> None:
        wanted = [list(across), list(up)]
        if self.plotItem.viewRange() != wanted and max(map(abs, (*across, *up))) <= FARTHEST:
            self.setRange(xRange=across, yRange=up, padding=0)


@dataclass(frozen=True, eq=False)
class Curve:
    """The loss of a run: its title, its steps (counted from where the first run began) and losses."""

    title: str
    steps: Array
    losses: Array


class CoursePlot(LowPlot):
    """The loss by step: of a run, of its held-out rows, and of another run, with a mark at a step."""

    low_px = LOW_PX

    def __init__(self, name: str) -> None:
        super().__init__(name, "Step", "Loss")
        self.theme: Theme = LIGHT
        self._shown: tuple[Mapping[str, Curve], float | None, bool] = ({}, None, False)
        self.legend = self.addLegend(offset=(-4, 4))
        self._titles: list[str] = []
        self.setMinimumHeight(style.px(52))

    def set_theme(self, theme: Theme) -> None:
        """Everything in these colours."""
        super().set_theme(theme)
        self.theme = theme
        self.legend.setLabelTextColor(color(theme.text))
        self.legend.setLabelTextSize(f"{style.px(12)}px")
        self.legend.setBrush(QColor(Qt.GlobalColor.transparent))  # a low plot has its curve behind it
        self.show_curves(*self._shown, anew=True)

    def show_curves(
        self, curves: Mapping[str, Curve], at: float | None, is_past: bool, *, anew: bool = False
    ) -> None:
        """Draw these by their pens: `run` whole, `held out` dotted and `other` dashed. Mark this step of the
        run, None for the newest; where it is past, by a line too.
        """
        self._shown = curves, at, is_past
        pens = self._pens()
        self.erase([name for name in self.lines if name not in curves])
        for name, curve in curves.items():
            self.draw(name, *_thinned(curve), pens[name])
        if "run" in curves:
            self._mark(curves["run"], at, is_past)
        titles = [curve.title for curve in curves.values()] if len(curves) > 1 else []
        if titles != self._titles or anew:
            self._titles = titles
            self.legend.clear()
            for name, title in zip(curves, titles, strict=False):
                self.legend.addItem(self.lines[name], title)
        self.legend.setVisible(bool(titles))

    def _pens(self) -> dict[str, QPen]:
        ratio = self.devicePixelRatioF()
        return {
            "run": line_pen(self.theme.accent, 2, ratio),
            "held out": line_pen(self.theme.negative, 2, ratio, Qt.PenStyle.DotLine),
            "other": line_pen(self.theme.positive, 2, ratio, Qt.PenStyle.DashLine),
        }

    def _mark(self, curve: Curve, at: float | None, is_past: bool) -> None:
        if not len(curve.steps):
            return
        step = float(curve.steps[-1]) if at is None else at
        place = min(int(np.searchsorted(curve.steps, step)), len(curve.steps) - 1)
        self.mark("here", step, float(curve.losses[place]), self.theme.accent, 8)
        near = curve.losses[np.isfinite(curve.losses) & is_near(curve.losses)]
        if is_past and len(near):
            pen = line_pen(self.theme.dim, 1.0, self.devicePixelRatioF(), Qt.PenStyle.DotLine)
            self.draw("at", [step, step], [float(near.min()), float(near.max())], pen)


def _drawable(numbers: Array) -> Array:
    return numbers[np.isfinite(numbers) & is_near(numbers)]


def _thinned(curve: Curve) -> tuple[Array, Array]:
    places = np.arange(len(curve.steps))
    if len(places) > MOST_OF_COURSE:
        places = np.unique(np.linspace(0, len(places) - 1, MOST_OF_COURSE).astype(np.intp))
    return curve.steps[places], curve.losses[places]
