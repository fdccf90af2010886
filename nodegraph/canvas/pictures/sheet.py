"""A sheet: one picture of a whole layer as a view shows it, which goes along when the view is panned.

It reaches beyond the view, so that most pans draw nothing. Only what has come into it, and what whoever
paints the layer says is stale, is drawn again. What is new as a whole is painted directly, and becomes a
picture when it is painted the second time: what changes all the time costs no more than without one. Knows
neither edges nor cards.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap, QRegion, QTransform

from nodegraph.canvas.pictures.kept import BYTES_A_PIXEL
from nodegraph.canvas.pictures.pixels import Grid, draw_at, empty_picture

MOST_BYTES = 96 * 2**20
"""What a sheet takes at most; a larger view is painted directly."""
MOST_RECTS = 200
"""With more stale rectangles than these, all between them is drawn again too."""
MOST_PARTS = 8
"""Stale rectangles that are drawn one by one, each with what lies in it; more are drawn together."""
MOST_EXPOSED, EXPOSED_SHARE = 16, 0.3
"""In so few rectangles, and on so small a share of the view, a layer is drawn directly where it can be."""
BEYOND = 64
"""By how many pixels a sheet is wider than its view at each side, and higher."""
NEAR_PIXEL = 1 / 64
"""A pan by whole pixels is one to within so much."""

Draw = Callable[[QPainter, QRectF], None]
"""Draws the part of the layer that lies in a rectangle of the scene."""


class Turns(NamedTuple):
    """Draws very much a part at a time."""

    begin: Callable[[QRectF], bool]
    """Whether what lies in a rectangle of the scene is so much; then it waits to be drawn."""
    draw: Draw
    """Draws another part of what waits."""
    waits: Callable[[], bool]


@dataclass(slots=True)
class _Shown:
    """What a sheet holds: its picture, None where all was painted directly; the device's pixel that is its
    first, the grid, and the look.
    """

    picture: QPixmap | None
    first: QPoint
    grid: Grid
    look: Hashable


class _Place(NamedTuple):
    """Where a picture lies on the device: the grid, the pixel that is its first, and how many pixels of the
    device make one of the view.
    """

    grid: Grid
    first: QPoint
    ratio: float

    def scene_of(self, pixels: QRect) -> QRectF:
        """Returns the rectangle of the scene that some pixels of the picture show."""
        back, _ = self.grid.seen_from(*self.first.toTuple()).inverted()
        return back.mapRect(QRectF(pixels))


class Sheet:
    """The picture of a layer, of the size of the view; where that leaves nothing free (`is_opaque`), one
    through which nothing shines, which is copied in half the time.
    """

    def __init__(self, *, is_opaque: bool = False) -> None:
        self.is_opaque = is_opaque
        self._shown: _Shown | None = None
        self._lay: tuple[QTransform, QTransform, QSize] | None = None
        """How the device and the view lay, and how large it was, when it was brought up to date last."""
        self._coming: tuple[QPixmap, QRegion] | None = None
        """The next picture, of which this part is being drawn anew; or the one that is shown, into which that
        part has come.
        """
        self.revision = 0
        """Counts how often something in the picture has come to look otherwise."""

    @property
    def bytes(self) -> int:
        """What the picture takes."""
        picture = None if self._shown is None else self._shown.picture
        return 0 if picture is None else picture.width() * picture.height() * BYTES_A_PIXEL

    def clear(self) -> None:
        """Forget what the layer looks like."""
        self._shown = self._coming = None

    def paint(
        self,
        painter: QPainter,
        view: tuple[QSize, QRectF],
        look: Hashable,
        stale: Collection[QRectF] | None,
        draw: Draw,
        turns: Turns | None = None,
    ) -> None:
        """Paint the layer on a view of this size, of which this rectangle of the scene is exposed, mending
        first what is stale: these rectangles of the scene; all of it where they are None or the `look` is
        another.

        With `turns`, what is new becomes a picture at once, though `draw` draws but a part of it: they draw
        another part each time, also of what has come into the picture. Where they mend what is stale, it is
        shown as it was until all is drawn.
        """
        size, exposed = view
        if self.bring(painter, size, look, stale, draw, turns):
            self.show(painter)
        else:
            draw(painter, exposed)

    def show(self, painter: QPainter) -> None:
        """Draw the picture where it belongs, also into another picture of the same view."""
        grid = Grid.of(painter)
        placed = None if grid is None else self.placed(grid)
        if grid is not None and placed is not None:
            draw_at(painter, grid, *placed[0].toTuple(), placed[1])

    def placed(self, grid: Grid) -> tuple[QPoint, QPixmap] | None:
        """Returns the picture, if there is one, and where its first pixel is of a painter with this grid."""
        shown = self._shown
        if shown is None or shown.picture is None:
            return None
        return shown.first + _way(shown.grid, grid), shown.picture

    def bring(
        self,
        painter: QPainter,
        size: QSize,
        look: Hashable,
        stale: Collection[QRectF] | None,
        draw: Draw,
        turns: Turns | None = None,
        over: Sheet | None = None,
    ) -> bool:
        """Bring the picture up to date, as to `paint` it. Returns whether there is one now. It covers the
        same as that of another sheet where it is drawn `over` that.
        """
        lies, shown = (painter.deviceTransform(), painter.worldTransform(), size), self._shown
        if (is_plain := turns is None and stale is not None and not stale) and self._is_as_it_was(lies, look):
            return True
        grid, ratio = Grid.of(painter), lies[0].m11() / lies[1].m11()
        there, self._lay = _pixels_of(painter, size, ratio), lies
        if grid is None or there.width() * there.height() * BYTES_A_PIXEL > MOST_BYTES:
            self.clear()
            return False
        kept, first = None, over._shown.first if over is not None and over._shown is not None else None
        if is_plain and self._is_right(grid, there, first, look):
            return True
        if stale is not None and shown is not None and (shown.look, shown.grid.scale) == (look, grid.scale):
            kept = self._moved(shown, grid, there, first)
        elif turns is None:
            self._shown = _Shown(None, there.topLeft(), grid, look)
            return False
        if kept is None or shown is None or not self._goes_on(shown, grid, *kept):
            kept = self._coming = turns = None  # what was being drawn may have been scrolled away
            stale = ()
        picture, first, come = kept or _empty_round(there, first, is_opaque=self.is_opaque)
        dirty = _pixels(stale or (), grid, first)
        if kept is None or turns is not None or not dirty.isEmpty():
            self.revision += 1
        dirty, place = (come | dirty).intersected(picture.rect()), _Place(grid, first, ratio)
        picture = self._brought_up(picture, dirty, not come.isEmpty(), place, draw, turns)
        self._shown = _Shown(picture, first, grid, look)
        return True

    def _is_as_it_was(self, lies: tuple[QTransform, QTransform, QSize], look: Hashable) -> bool:
        """Whether there is nothing to be done, as in each frame while something moves over the picture."""
        shown = self._shown
        return shown is not None and shown.picture is not None and (shown.look, self._lay) == (look, lies)

    def _is_right(self, grid: Grid, view: QRect, first: QPoint | None, look: Hashable) -> bool:
        """Whether the picture shows all of a view, in pixels of the device, as it is to be."""
        shown = self._shown
        if shown is None or shown.picture is None or (shown.grid, shown.look) != (grid, look):
            return False
        around = view.size() + QSize(2 * BEYOND, 2 * BEYOND)
        there = QRect(shown.first, shown.picture.size())
        return first in (None, shown.first) and there.size() == around and there.contains(view)

    def _brought_up(
        self,
        picture: QPixmap,
        dirty: QRegion,
        is_scrolled: bool,
        place: _Place,
        draw: Draw,
        turns: Turns | None,
    ) -> QPixmap:
        """Draw another part of what waits, and what is dirty. Returns the picture to be shown."""
        if turns is not None and is_scrolled:
            dirty = self._left_to_mend(picture, dirty, place, turns)
        if turns is not None:
            picture = self._drawn_on(picture, place, turns)
        if is_scrolled or turns is None or not self._begins(picture, dirty, place, turns):
            _mend(picture, dirty, place, draw)
            if self._coming is not None and self._coming[0] is not picture:
                _mend(self._coming[0], dirty, place, draw)
        return picture

    def _drawn_on(self, picture: QPixmap, place: _Place, turns: Turns) -> QPixmap:
        """Draw another part. Returns the picture to be shown: the next one once all of it is drawn."""
        if self._coming is None:
            _add(picture, place, turns.draw)
            return picture
        coming, part = self._coming
        _add(coming, place, turns.draw, part)
        if turns.waits():
            return picture
        self._coming = None
        return coming

    def _begins(self, picture: QPixmap, dirty: QRegion, place: _Place, turns: Turns) -> bool:
        """Begin to mend this in turns, in a copy of the picture, if they want to and do nothing else. They
        draw from the next time on: to find what waits, and to copy, is enough for one.
        """
        if dirty.isEmpty() or self._coming is not None or turns.waits():
            return False
        part = dirty if dirty.rectCount() <= MOST_PARTS else QRegion(dirty.boundingRect())
        if not turns.begin(place.scene_of(part.boundingRect())):
            return False
        coming = picture.copy()
        self._coming = coming, part
        with place.grid.painter_on(coming, place.first, place.ratio, part, anew=True):
            pass  # nothing is left of what was there
        return True

    def _goes_on(self, shown: _Shown, grid: Grid, picture: QPixmap, first: QPoint, come: QRegion) -> bool:
        """Whether what is being drawn still serves, now that the picture has been scrolled so."""
        if self._coming is None or come.isEmpty():
            return True
        self._coming[1].translate(shown.first + _way(shown.grid, grid) - first)
        return self._coming[0] is picture

    def _left_to_mend(self, picture: QPixmap, come: QRegion, place: _Place, turns: Turns) -> QRegion:
        """Begin to draw those parts of what has come into a picture in which the turns want to, and return
        the others.
        """
        left, part = QRegion(), QRegion() if self._coming is None else self._coming[1]
        waits_for_all = self._coming is None and turns.waits()
        for rect in come:
            if turns.begin(place.scene_of(rect)):
                part |= QRegion(rect)
                with place.grid.painter_on(picture, place.first, place.ratio, QRegion(rect), anew=True):
                    pass  # where edges come one after the other, nothing of another place is left
            else:
                left |= QRegion(rect)
        if not part.isEmpty() and not waits_for_all:
            self._coming = picture, part
        return left

    @staticmethod
    def _moved(
        shown: _Shown, grid: Grid, view: QRect, wanted: QPoint | None
    ) -> tuple[QPixmap, QPoint, QRegion] | None:
        """Returns the picture, the device's pixel that is its first now that the view, in such pixels, has
        moved, if it may choose, and what has come into the picture; None where there is none that serves,
        since the view is another size or lies elsewhere between pixels.
        """
        x, y, way = grid.left - shown.grid.left, grid.top - shown.grid.top, _way(shown.grid, grid)
        if shown.picture is None or max(abs(x - way.x()), abs(y - way.y())) > NEAR_PIXEL:
            return None
        there = shown.picture.rect().translated(shown.first + way)
        if there.size() != view.size() + QSize(2 * BEYOND, 2 * BEYOND):
            return None
        if wanted is None:
            x = _ahead(there.left(), there.right(), view.left(), view.right())
            wanted = QPoint(x, _ahead(there.top(), there.bottom(), view.top(), view.bottom()))
        by, come = there.topLeft() - wanted, QRegion()
        if abs(by.x()) >= there.width() or abs(by.y()) >= there.height():
            return None
        if not by.isNull():
            shown.picture.scroll(by.x(), by.y(), shown.picture.rect(), come)
        return shown.picture, wanted, come


def _way(before: Grid, now: Grid) -> QPoint:
    """By how many whole pixels a view has moved."""
    return QPoint(round(now.left - before.left), round(now.top - before.top))


def held_of(painter: QPainter, size: QSize) -> QRectF:
    """Returns the rectangle of the scene that a sheet may hold on a view of this size."""
    more = 2 * BEYOND / painter.deviceTransform().m11()
    return seen_of(painter, size).adjusted(-more, -more, more, more)


def _empty_round(view: QRect, first: QPoint | None, *, is_opaque: bool) -> tuple[QPixmap, QPoint, QRegion]:
    """Returns an empty picture round a view, the device's pixel that is its first, if it may choose, and all
    of it.
    """
    around = view.adjusted(-BEYOND, -BEYOND, BEYOND, BEYOND)
    picture = empty_picture(around.width(), around.height(), is_opaque=is_opaque)
    return picture, around.topLeft() if first is None else first, QRegion(picture.rect())


def _ahead(first: int, last: int, start: int, end: int) -> int:
    """Returns where a picture is to begin, for a view to lie within it: where it does if it can stay there,
    else with all that is spare on the side to which the view goes.
    """
    if first > start:
        return start - 2 * BEYOND
    return start if last < end else first


def _pixels_of(painter: QPainter, size: QSize, ratio: float) -> QRect:
    """The pixels of the device in which a view of this size lies."""
    usual = painter.worldTransform()
    painter.resetTransform()
    there = painter.deviceTransform()
    painter.setWorldTransform(usual)
    first = QPoint(math.floor(there.dx()), math.floor(there.dy()))
    return QRect(first, QSize(math.ceil(size.width() * ratio) + 1, math.ceil(size.height() * ratio) + 1))


def seen_of(painter: QPainter, size: QSize) -> QRectF:
    """Returns the rectangle of the scene that a view of this size shows."""
    back, _ = painter.worldTransform().inverted()
    return back.mapRect(QRectF(QPointF(0, 0), size.toSizeF()))


def few_parts(exposed: QRegion | None, whole: QRectF) -> list[QRectF] | None:
    """Returns the rectangles that are exposed, where they are so few and small that what lies in them is
    drawn faster than a picture of the view is copied; else None.
    """
    if exposed is None or exposed.rectCount() > MOST_EXPOSED:
        return None
    rects = [QRectF(rect) for rect in exposed]
    area = sum(rect.width() * rect.height() for rect in rects)
    return rects if area < EXPOSED_SHARE * whole.width() * whole.height() else None


def _pixels(rects: Iterable[QRectF], grid: Grid, first: QPoint) -> QRegion:
    boxes = [QRect(*grid.box(rect)).translated(-first) for rect in rects]
    if len(boxes) > MOST_RECTS:
        whole = QRect()
        for box in boxes:
            whole |= box
        boxes = [whole]
    region = QRegion()
    for box in boxes:
        region |= QRegion(box.adjusted(-1, -1, 1, 1))
    return region


def _add(picture: QPixmap, place: _Place, draw: Draw, part: QRegion | None = None) -> None:
    with place.grid.painter_on(picture, place.first, place.ratio, part) as painter:
        draw(painter, place.scene_of(picture.rect()))


def _mend(picture: QPixmap, dirty: QRegion, place: _Place, draw: Draw) -> None:
    is_few = dirty.rectCount() <= MOST_PARTS  # with many, clipping takes longer than drawing between them
    for part in [QRegion(rect) for rect in dirty] if is_few else [QRegion(dirty.boundingRect())]:
        with place.grid.painter_on(picture, place.first, place.ratio, part, anew=True) as painter:
            draw(painter, place.scene_of(part.boundingRect()))
