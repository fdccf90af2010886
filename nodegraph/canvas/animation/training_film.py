"""A training as an animation: what each step has learnt stands on the cards, and below the graph the loss
with its course so far.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Generator, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QFont, QPainter, QPainterPath
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from nodegraph.canvas import picture
from nodegraph.canvas.animation import schedule
from nodegraph.canvas.animation.film import Film
from nodegraph.canvas.animation.schedule import Moment, Pace
from nodegraph.canvas.drawing.lettering import Style, text_width, write_left
from nodegraph.canvas.drawing.theme import color, pen
from nodegraph.canvas.figure import PictureOptions
from nodegraph.canvas.items.figure_parts import FigurePart
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.core.numbers import format_number
from nodegraph.core.training.bindings import bound_inputs, setup_of, table_of
from nodegraph.core.training.columns import Columns
from nodegraph.core.training.descent import Training
from nodegraph.core.training.matching import UnusedData

STRIP_HEIGHT, STRIP_GAP, LEAST_STRIP = 56.0, 16.0, 480.0
WORDS: Style = (15.0, QFont.Weight.DemiBold)
_ROOM = 20.0
"""Between the words and the curve."""
_LOG_FROM = 20.0
"""From how many times the smallest loss the largest one is shown by powers of ten."""


@dataclass(frozen=True, eq=False)
class Course:
    """What a training has gone through: for each step kept, how many were done, the loss, and what was learnt
    by then.
    """

    ids: tuple[str, ...]
    steps: NDArray[np.float64]
    losses: NDArray[np.float64]
    learnt: NDArray[np.float64]
    measured: str = "loss"
    """What the output is called: one that is to become large is no loss."""

    def values(self, number: int) -> dict[str, float]:
        """Returns the learnt inputs' values at a row, by id."""
        return dict(zip(self.ids, self.learnt[number].tolist(), strict=True))


def training_course(graph: Graph) -> Generator[float, None, Course]:
    """Train a graph as its document says; yields the share that is done. Raises Refused where that cannot be
    done.
    """
    setup = setup_of(graph)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnusedData)  # who asks for it tells of it
        training = Training(graph, setup, Columns(table_of(graph)), bound_inputs(graph))
    while not training.is_done:
        for _part in training.stepping():
            yield training.steps_done / training.goal
    if not training.steps_done:
        raise Refused(training.stopped or "There is no step of a training to show.")
    table = training.course()
    if training.kept_step is not None:
        table = table[table[:, 0] <= training.kept_step]
    learnt = table[:, training.history.first_parameter :]
    return Course(training.ids, table[:, 0], table[:, 1], learnt, setup.measured)


def course_of(graph: Graph) -> Course:
    """Train a graph as its document says. Raises Refused where it cannot be."""
    task = training_course(graph)
    while True:
        try:
            next(task)
        except StopIteration as done:
            course: Course = done.value
            return course


class TrainingFilm(Film):
    """The steps of a training, each with both passes done. Edges have no labels on the way, for nobody could
    read them; the first picture and the last one have.
    """

    def __init__(
        self,
        graph: Graph,
        course: Course,
        options: PictureOptions,
        pace: Pace,
        scene: GraphScene | None = None,
    ) -> None:
        """`scene` is one of `picture.making`, where somebody has made it bit by bit."""
        scene = picture.scene_of(graph, options) if scene is None else scene
        picture.show_frame(scene, run(graph).last_frame, options)
        self.strip = LossStrip(scene, course)
        scene.addItem(self.strip)
        area = picture.area_of(scene, options)
        refusal = picture.refusal_of(scene, area, options)
        if refusal:
            raise Refused(refusal)
        super().__init__(scene, area, options, schedule.of_training(len(course.steps) - 1, pace))
        self.graph, self.course = graph, course

    def show(self, moment: Moment) -> QRect:
        """Put the scene into the state after this step, which may change everything."""
        number = moment.position
        self.scene.showing.show_chips(number in (0, len(self.course.steps) - 1))
        self.scene.set_frame(run(self.graph, values=self.course.values(number)).last_frame)
        self.scene.clear_highlight()
        self.strip.number = number
        return self.image.rect()

    def samples(self) -> Iterator[Moment]:
        """Yields some moments in which all colours are seen."""
        last = len(self.course.steps) - 1
        for number in sorted({0, last // 2, last}):
            yield Moment(self.timing.total, number, 1.0)


def strip_below(scene: GraphScene) -> QRectF:
    """Returns the rectangle below all that a picture holds in which the loss is shown."""
    above, large = picture.content_of(scene), scene.text_scale
    width = max(above.width(), LEAST_STRIP * large)
    return QRectF(above.left(), above.bottom() + STRIP_GAP * large, width, STRIP_HEIGHT * large)


class LossStrip(FigurePart):
    """How many steps are done, the loss by now, and its course beside that."""

    def __init__(self, scene: GraphScene, course: Course) -> None:
        super().__init__(scene, strip_below(scene))
        self.course, self.number, large = course, 0, scene.text_scale
        self.style: Style = (WORDS[0] * large, WORDS[1])
        longest = max((self._words(at) for at in (0, len(course.steps) - 1)), key=len)
        self.words_width = text_width(longest, self.style) + _ROOM * large
        self.heights = heights(course.losses)

    def _words(self, number: int) -> str:
        steps, last = int(self.course.steps[number]), int(self.course.steps[-1])
        loss = format_number(float(self.course.losses[number]))
        return f"Step {steps:,} of {last:,}   {self.course.measured} {loss}"

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        theme = self.graph_scene.theme
        write_left(painter, self.rect, self._words(self.number), self.style, theme.text)
        plot = self.rect.adjusted(self.words_width, 6, -4, -6)
        if plot.width() < STRIP_HEIGHT:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen(theme.line, 1))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        painter.setPen(pen(theme.accent, 2))
        curve = self._curve(plot)
        painter.drawPath(curve)
        painter.setBrush(color(theme.accent))
        painter.drawEllipse(curve.currentPosition(), 3.5, 3.5)

    def _curve(self, plot: QRectF) -> QPainterPath:
        """The loss up to now; of many steps, as many as there are places for."""
        every = max(1, round(len(self.heights) / max(plot.width(), 1.0)))
        numbers = sorted({*range(0, self.number + 1, every), self.number})
        last = max(len(self.heights) - 1, 1)
        points = [
            QPointF(plot.left() + plot.width() * at / last, plot.bottom() - plot.height() * self.heights[at])
            for at in numbers
        ]
        path = QPainterPath(points[0])
        for point in points[1:]:
            path.lineTo(point)
        return path


def heights(losses: NDArray[np.float64]) -> list[float]:
    """Returns how high each loss stands in its curve, from 0 to 1: by powers of ten where they lie far apart,
    and at the top where one is not finite.
    """
    finite = losses[np.isfinite(losses)]
    if not len(finite):
        return [1.0] * len(losses)
    low, high = float(finite.min()), float(finite.max())
    scale = math.log10 if low > 0 and high / low > _LOG_FROM else float
    bottom, top = scale(low), scale(high)
    span = (top - bottom) or 1.0
    return [
        min(max((scale(loss) - bottom) / span, 0.0), 1.0) if math.isfinite(loss) else 1.0
        for loss in losses.tolist()
    ]
