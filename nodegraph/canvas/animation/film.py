"""What an animation shows at each moment: the passes, as on the canvas, drawn by the same painter.

Draws into one image; knows no format and no file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage

from nodegraph.canvas import picture
from nodegraph.canvas.animation import schedule
from nodegraph.canvas.animation.schedule import Moment, Pace, Schedule
from nodegraph.canvas.figure import PictureOptions
from nodegraph.canvas.items.edge_layers import CHIP_REACH
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.engine.trace import Trace
from nodegraph.core.errors import Refused
from nodegraph.core.graph.graph import Graph

USUAL_SIDE, LARGE_SIDE = 960, 1920
"""Pixels of the longer side, where nobody wishes another size: usually, and at most."""
LEAST_SCALE, MOST_SCALE = 0.6, 2.0
"""Pixels for each scene unit then: of a large graph, whose type could not be read with fewer, and of a small.
"""
BAND_PIXELS = 600_000
"""How much of a picture is drawn in one go."""
MOST_SAMPLES = 12
RIM_PX = 3
"""How far soft edges reach beyond what is painted."""


def evened(size: tuple[int, int]) -> tuple[int, int]:
    """Returns a size with a pixel more where a side is odd."""
    width, height = size
    return width + width % 2, height + height % 2


class Film:
    """Moments of one scene. `show` puts the scene into a moment, `drawing` draws it."""

    def __init__(self, scene: GraphScene, area: QRectF, options: PictureOptions, timing: Schedule) -> None:
        self.scene, self.options, self.timing = scene, options, timing
        self.size = picture.pixels(area, options)
        self.area = area
        self.image = QImage()

    def show(self, moment: Moment) -> QRect:
        """Put the scene into this moment. Returns the part of the image that may look different now."""
        raise NotImplementedError

    def samples(self) -> Iterator[Moment]:
        """Yields some moments in which all colours are seen."""
        raise NotImplementedError

    def make_even(self) -> None:
        """Let both sides have an even number of pixels, with a strip of the background where needed."""
        (width, height), area = self.size, self.area
        self.size = evened(self.size)
        across, down = self.size[0] / width, self.size[1] / height
        self.area = QRectF(area.topLeft(), area.bottomRight())
        self.area.setSize(QRectF(0, 0, area.width() * across, area.height() * down).size())

    def drawing(self, moment: Moment) -> Iterator[None]:
        """Draw a moment into `image`, piece by piece."""
        if self.image.isNull():
            self.image = self._blank()
        region = self.show(moment)
        for _chip in self.scene.chip_layer.settle(1.0):
            yield
        ground = QColor(
            Qt.GlobalColor.transparent if self.options.transparent else self.scene.theme.background
        )
        rows = max(1, BAND_PIXELS // max(region.width(), 1))
        for top in range(region.top(), region.bottom() + 1, rows):
            band = QRect(region.left(), top, region.width(), min(rows, region.bottom() + 1 - top))
            picture.draw_band(self.image, self.scene, self.area, ground, band)
            yield

    def pixels_of(self, rect: QRectF) -> QRect:
        """Returns the pixels of the image that show a rectangle of the scene."""
        across, down = self.size[0] / self.area.width(), self.size[1] / self.area.height()
        shown = rect.translated(-self.area.topLeft())
        left, top = int(shown.left() * across) - RIM_PX, int(shown.top() * down) - RIM_PX
        right, bottom = int(shown.right() * across) + RIM_PX, int(shown.bottom() * down) + RIM_PX
        return QRect(QPoint(left, top), QPoint(right, bottom)).intersected(self.image.rect())

    def _blank(self) -> QImage:
        kind = QImage.Format.Format_ARGB32 if self.options.transparent else QImage.Format.Format_RGB32
        image = QImage(*self.size, kind)
        if image.isNull():
            raise Refused("There is not enough memory for a picture of this size; make it smaller.")
        return image


class PassesFilm(Film):
    """Both passes of a trace, from nothing to the last gradient."""

    def __init__(
        self, graph: Graph, trace: Trace, options: PictureOptions, pace: Pace, scene: GraphScene | None = None
    ) -> None:
        """`scene` is one of `picture.making`, where somebody has made it bit by bit."""
        scene = picture.scene_of(graph, options, trace) if scene is None else scene
        picture.show_frame(scene, trace.frame(0), options)
        area = picture.area_of(scene, options)
        refusal = picture.refusal_of(scene, area, options)
        if refusal:
            raise Refused(refusal)
        super().__init__(scene, area, options, schedule.of_passes(len(trace.steps), pace))
        self.trace = trace
        self._position = -1

    def show(self, moment: Moment) -> QRect:
        """Put the scene into this moment: a step begins where the one before it has ended. While its numbers
        travel only they change, and the chips that open.
        """
        position, progress = moment.position, moment.progress
        showing, goes_on = self.scene.showing, position == self._position
        if not goes_on:
            if position:
                self.scene.set_frame(self.trace.frame(position - 1))
            self.scene.begin_step(self.trace.frame(position))
            self._position = position
        self.scene.set_progress(progress)
        if not goes_on or showing.has_landed:
            return self.image.rect()
        return self.pixels_of(_moving_rect(self.scene))

    def samples(self) -> Iterator[Moment]:
        """Yields some moments in which all colours are seen: steps here and there, with their numbers on the
        way.
        """
        last = len(self.trace.steps)
        for position in sorted({last * number // MOST_SAMPLES for number in range(MOST_SAMPLES)}):
            yield Moment(self.timing.total, position, 0.5)
        yield Moment(self.timing.total, last, 1.0)


def _moving_rect(scene: GraphScene) -> QRectF:
    """The rectangle round all that changes while the numbers of a step travel."""
    showing = scene.showing
    reach = scene.edge_layer.reach(showing.active_edges)
    rect = reach.adjusted(-CHIP_REACH, -CHIP_REACH, CHIP_REACH, CHIP_REACH)
    active = showing.frame.active_nodes if showing.frame else ()
    return rect.united(scene.graph_rect(node_id for node_id in active if node_id in scene.items_by_id))


def fitting(graph: Graph, options: PictureOptions, trace: Trace | None = None) -> PictureOptions:
    """Returns the options with a scale at which an animation, of this trace, has a usual size."""
    return fitted(picture.scene_of(graph, options, trace), options)


def fitted(scene: GraphScene, options: PictureOptions) -> PictureOptions:
    """The same for a scene of `picture.making`."""
    area = picture.area_of(scene, options)
    longest = max(area.width(), area.height())
    if not longest > 0:
        return options
    scale = max(USUAL_SIDE / longest, min(LEAST_SCALE, LARGE_SIDE / longest))
    return replace(options, scale=min(scale, MOST_SCALE))
