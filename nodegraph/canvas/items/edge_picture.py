"""How the layer of edges is painted: directly where there are few or a file is made, else as a picture that
is kept, and mended where edges lie or look otherwise. Few that have come to are loose: painted over the
picture until they rest, for mending it takes drawing all that cross them.

Reads where edges lie and how they look at the frame; knows no mouse.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from nodegraph.canvas.drawing.cells import cells_along, near_any, one_for_all
from nodegraph.canvas.drawing.edge_styles import STILL, Looks, edge_widths
from nodegraph.canvas.drawing.rows import Closed, Room
from nodegraph.canvas.items.edge_lines import MOST_ARROWHEADS, MOST_PATHS, MOST_WHOLE, REACH, EdgeLines
from nodegraph.canvas.pictures import pieces
from nodegraph.canvas.pictures.sheet import BEYOND, Draw, Sheet, Turns, few_parts, held_of, seen_of

if TYPE_CHECKING:
    from nodegraph.canvas.items.look_protocols import PaintedEdges

FAR_SCALE = 0.2
"""Below this scale edges are straight thin lines and cards flat rectangles."""
FAR_STEP = 4
"""Every how many points along an edge one is kept from far away; a piece that is no curve has no more."""
MOST_DIRECT = 40
"""Visible edges up to which drawing them costs less than copying a picture of the view."""
MOST_LOOSE, LOOSE_SHARE = 150, 0.25
"""Edges that may be loose, or be mended, and the share of those in view; with more, all are drawn again."""
SHARE_OF_MANY, MOST_CLEAN = 0.02, 3_000
"""Of very many so large a share may be loose; with more in view nobody sees a thicker look beneath one."""
MOST_IN_PARTS = 300
"""With more edges in view also a small part of it is shown from the picture."""
REACH_PX = 2.0
"""How far beyond the middle of its line an edge is drawn at least, in pixels."""
MOST_MENDED = 12_000
"""Edges that are drawn at once where the picture is mended; of others fewer are."""
CELL_PX = 32.0
"""The side of the cells in which edges are mended."""


class EdgePicture:
    """Paints an edge layer. Whoever sets `later` lets edges be loose: it is called while some are, and calls
    `settle` once they rest. With `soon` very many seen from far away are drawn in turns: it is called while
    some wait, and has the layer painted again.
    """

    def __init__(self, layer: PaintedEdges) -> None:
        self.layer = layer
        self.later: Callable[[], object] | None = None
        self.soon: Callable[[], object] | None = None
        self.sheet, self._lines = Sheet(), EdgeLines(layer)
        self._looks: Looks | None = None
        """How the edges in the sheet look; None where none of it serves any more."""
        self._given: Looks | None = None
        """How they were to look when it was brought up to date last."""
        self._is_far = False
        """Whether that is how they look from far away."""
        self.moving: set[int] = set()
        """The numbers of edges that have moved or become thinner of late: they are not in the sheet."""
        self._loose: set[int] = set()
        """Those, and those in view that look otherwise than in the sheet."""
        self._listed: tuple[set[int], NDArray[np.intp]] = set(), np.empty(0, dtype=np.intp)
        """All that were loose when their numbers were asked for last, and these."""
        self._over: set[int] = set()
        """The numbers of all that were loose since edges rested last: what lay beneath shines through, and
        they are painted again once they rest, loose or not."""
        self._settling: set[int] = set()
        """Those that are being drawn into it, and are painted over it until they are."""
        self._rests = False
        """Whether what is loose is to be drawn into the sheet."""
        self._waiting = pieces.Pieces()
        """The numbers of edges that are still to be drawn into it, seen from far away, turn by turn."""
        self._counted: tuple[object, ...] = ()
        self.in_view = 0
        """How many edges may show in the view, and what it showed when they were counted."""
        self.revision = 0
        """Counts how often edges have come to lie elsewhere."""
        self.renewals = 0
        """Counts how often none of the picture has served any more."""
        self._stale: list[NDArray[np.float64]] = []
        """The points along which edges were or came to lie since, each of shape (n, p, 2)."""

    def forget(self) -> None:
        """All edges lie elsewhere, or are others."""
        self.revision += 1
        self._looks, self._stale = None, []
        self._waiting.clear()
        for numbers in (self.moving, self._loose, self._settling):
            numbers.clear()

    @property
    def waits(self) -> bool:
        """Whether edges are still to be drawn."""
        return bool(self._waiting)

    def move(self, numbers: NDArray[np.intp], points: NDArray[np.float64]) -> None:
        """Edges with these numbers are about to lie along these points, shape (n, p, 2)."""
        self.revision += 1
        if self._looks is None:
            return
        if len(numbers) > MOST_LOOSE:
            self.forget()
            return
        in_sheet = [number for number in numbers.tolist() if number not in self.moving]
        if len(in_sheet) + len(self.moving) > MOST_LOOSE:
            self.forget()
            return
        if self.later is None:
            self._mend_along(points)
        else:
            self.moving.update(in_sheet)
        if in_sheet:
            self._mend_along(self.layer.points[in_sheet])

    def leave(self, numbers: Sequence[int]) -> None:
        """Edges with these numbers are about to be taken away."""
        self.revision += 1
        if self._looks is not None:
            self._mend_along(self.layer.points[[n for n in numbers if n not in self.moving]])

    def close(self, closed: Closed) -> None:
        """The gaps that they have left are closed."""
        moved = dict(zip(closed.fillers, closed.gaps, strict=True))
        kept = [n for n in self.moving if n not in closed.gaps]
        self.moving = {moved.get(n, n) for n in kept if n < closed.count or n in moved}
        self._loose.clear()
        self._over.clear()
        if self._looks is not None:
            looks = Room(self._looks.copy())
            looks.close(closed)
            self._looks = looks.rows

    def come(self, points: NDArray[np.float64]) -> None:
        """New edges come to lie along these points, behind the others."""
        self.revision += 1
        if self._looks is None:
            return
        count, self._looks = len(self._looks), np.append(self._looks, np.full(len(points), STILL))
        if self.later is not None and len(self.moving) + len(points) <= MOST_LOOSE:
            self.moving.update(range(count, count + len(points)))
        else:
            self._mend_along(points)

    def _mend_along(self, points: NDArray[np.float64]) -> None:
        if not len(points):
            return
        self._stale.append(points)
        if self.waits or sum(map(len, self._stale)) > MOST_LOOSE:
            self.forget()

    def settle(self) -> None:
        """Nothing has moved or looked otherwise for a while: have what is loose drawn into the picture."""
        self._rests = True
        again, self._over = self._over | self._loose, set()
        self.layer.repaint_along([self.layer.rows.keys[n] for n in again if n < len(self.layer.rows)])

    def rim(self, scale: float) -> float:
        """How far beyond the middle of its line an edge is drawn at most, at so many pixels a unit."""
        return REACH * max(1.0, self.layer.graph_scene.text_scale) + REACH_PX / scale

    def reached(self, points: NDArray[np.float64], within: QRectF, scale: float) -> list[QRectF]:
        """Returns rectangles that hold all that is drawn within a rectangle of edges along these points,
        shape (n, p, 2), at so many pixels a unit.
        """
        rim = self.rim(scale)
        found = cells_along(points, CELL_PX / scale, within.adjusted(-rim, -rim, rim, rim))
        return [rect.adjusted(-rim, -rim, rim, rim) for rect in found]

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint what is to be seen; a widget is the view itself, without one a file is made."""
        scale, exposed = option.levelOfDetailFromTransform(painter.worldTransform()), option.exposedRect
        if len(self.layer.rows) <= MOST_DIRECT:
            self._draw(painter, [exposed], scale, np.arange(len(self.layer.rows)))
            return
        whole = exposed if widget is None else seen_of(painter, widget.size())
        seen = self.layer.visible(whole.adjusted(-8, -8, 8, 8))
        self.in_view, of_view = len(seen), self.layer.graph_scene.pictures.exposed
        if widget is not None:
            self._goes_in_turns(scale, self.in_view)
        if widget is None or self.in_view <= MOST_DIRECT:
            self._draw(painter, [exposed], scale, seen)
        elif self.in_view <= MOST_IN_PARTS and (parts := few_parts(of_view, whole)) is not None:
            self._draw(painter, parts, scale, seen)
        else:
            self._paint_sheet(painter, widget.size(), exposed, scale, self.in_view)

    def bring(self, painter: QPainter, size: QSize) -> bool:
        """Bring the picture of a view of this size up to date. Returns whether there is one."""
        scale, count = painter.worldTransform().m11(), self.count(painter, size)
        return count > MOST_DIRECT and self._brought(painter, size, scale, count) is None

    def serves(self, seen: QRectF, scale: float) -> bool:
        """Whether there is a picture that serves now, in a view of this rectangle and pixels a unit."""
        shown, looks, more = self._looks, self._looks_at(scale), 2 * BEYOND / scale
        if shown is None or len(shown) != len(looks) or not self.sheet.bytes:
            return False
        held = self.layer.visible(seen.adjusted(-more, -more, more, more))
        return int(np.count_nonzero(shown[held] != looks[held])) <= _most_loose(len(held))

    def is_steady(self, scale: float) -> bool:
        """Whether nothing has happened to edges since, but that those on their way have gone on."""
        return not (self._stale or self._rests or self._settling) and self._given is self._looks_at(scale)

    def loose_points(self) -> NDArray[np.float64]:
        """Returns the points along what is loose, shape (n, p, 2)."""
        return self.layer.points.take(self._loose_numbers(), axis=0)

    def _loose_numbers(self) -> NDArray[np.intp]:
        """Returns the numbers of what is painted over the picture, the same array while they are the same."""
        loose = self._loose | self._settling
        if loose != self._listed[0]:
            self._listed = loose, np.array(sorted(loose), dtype=np.intp)
        return self._listed[1]

    def count(self, painter: QPainter, size: QSize) -> int:
        """Returns how many edges may show in a view; while some are on their way, how many could before."""
        seen, turnover = seen_of(painter, size), self.layer.rows.turnover
        if not self.moving or self._counted != (seen, turnover):
            self._counted = seen, turnover
            self.in_view = len(self.layer.visible(seen.adjusted(-8, -8, 8, 8)))
        return self.in_view

    def _paint_sheet(self, painter: QPainter, size: QSize, exposed: QRectF, scale: float, count: int) -> None:
        """Paint the picture of a view of this size, mended, and what is loose over it."""
        draw = self._brought(painter, size, scale, count)
        if draw is None:
            self.sheet.show(painter)
        else:
            draw(painter, exposed)
        self.paint_loose(painter, exposed, scale)

    def _brought(self, painter: QPainter, size: QSize, scale: float, count: int) -> Draw | None:
        """Bring the picture of a view of this size up to date. Returns what draws it where there is none."""
        scene, is_far, whole = self.layer.graph_scene, scale < FAR_SCALE, seen_of(painter, size)
        crowd = count <= MOST_PATHS, count <= MOST_ARROWHEADS
        look = scene.theme, scene.text_scale, frozenset(scene.showing.held), self.layer.style, is_far, crowd
        in_turns = self._goes_in_turns(scale, count)
        stale = self._changed(held_of(painter, size), scale)
        self.renewals += stale is None

        def draw(brush: QPainter, part: QRectF) -> None:
            self._draw_still(brush, part, scale, count, begins=in_turns and part.contains(whole))

        def more(brush: QPainter, part: QRectF) -> None:
            self._draw_waiting(brush, part, scale, count)

        turns = Turns(lambda rect: self._begin(rect, scale), more, lambda: self.waits) if in_turns else None
        has_picture = self.sheet.bring(painter, size, look, stale, draw, turns)
        if not self.waits:
            self._settling.clear()
        return None if has_picture else draw

    def _goes_in_turns(self, scale: float, count: int) -> bool:
        """Whether so many edges in view are drawn in turns. Where not, those of another view wait no more."""
        goes = scale < FAR_SCALE and count > pieces.MOST_AT_A_TIME and self.soon is not None
        if self.waits and not goes:
            self.forget()
        return goes

    def paint_loose(self, painter: QPainter, exposed: QRectF, scale: float) -> None:
        """Paint what is loose in a rectangle of the scene over the picture, which was shown, at so many
        pixels a unit.
        """
        shown = self._loose_numbers()
        if len(shown) > MOST_WHOLE:
            shown = self.layer.visible(exposed.adjusted(-8, -8, 8, 8), shown)
        if len(shown):
            self._draw_edges(painter, shown, self._looks_at(scale), [exposed], scale, self.in_view)
        self._over |= self._loose
        if self._over and self.later is not None:
            self.later()
        if (self.waits or self._rests) and self.soon is not None:
            self.soon()

    def _changed(self, held: QRectF, scale: float) -> list[QRectF] | None:
        """Where the sheet is stale that may hold this rectangle of the scene; None where all of it is."""
        shown, looks = self._looks, self._looks_at(scale)
        self._given = looks
        was_far, self._is_far = self._is_far, scale < FAR_SCALE
        stale, self._stale = self._stale, []
        rests = self.later is None or (self._rests and not self.waits)  # both at once would be a long turn
        self._rests = self._rests and not rests
        if rests:
            stale.append(self.layer.points[list(self.moving)])
            self._settling |= self.moving
            self.moving.clear()
        self._looks, self._loose = looks, set(self.moving)
        if shown is None or len(shown) != len(looks) or was_far is not self._is_far:
            return None
        if shown is not looks and not self._is_far:
            seen = self.layer.visible(held)
            differing = seen[shown[seen] != looks[seen]]
            if len(differing) > _most_loose(len(seen)):
                return None
            if rests:
                stale.append(self.layer.points[differing])
            elif len(differing):
                self._looks = looks.copy()
                self._looks[differing] = shown[differing]
                self._loose.update(differing.tolist())
                if len(seen) <= MOST_CLEAN and len(taken := self._take_out(differing, shown, looks)):
                    stale.append(self.layer.points[taken])
        found = self.reached(np.concatenate(stale), held, scale) if stale else []
        return one_for_all(found) if self._is_far else found

    def _take_out(self, numbers: NDArray[np.intp], shown: Looks, looks: Looks) -> NDArray[np.intp]:
        """Take those of these edges out of the sheet, until all rest, that are thinner than they are there:
        they would show beside what is painted over them. Returns their numbers.
        """
        theme = self.layer.graph_scene.theme
        thinner = numbers[edge_widths(theme)[looks[numbers]] < edge_widths(theme)[shown[numbers]]]
        found = [number for number in thinner.tolist() if number not in self.moving]
        self.moving.update(found)
        return np.array(found, dtype=np.intp)

    # --- drawing
    def _draw(self, painter: QPainter, rects: Sequence[QRectF], scale: float, seen: NDArray[np.intp]) -> None:
        """Draw what lies in some rectangles of the edges in view, as they look now."""
        near = near_any(self.layer.boxes[seen], rects, 8)
        self._draw_edges(painter, seen[near], self._looks_at(scale), rects, scale, len(seen))

    def _looks_at(self, scale: float) -> Looks:
        """How edges look at a scale: from far away all alike, and the frame is not asked for each."""
        if scale < FAR_SCALE:
            return np.full(len(self.layer.rows), STILL, dtype=np.int8)
        return self.layer.graph_scene.showing.edge_looks()

    def _draw_still(self, painter: QPainter, rect: QRectF, scale: float, count: int, *, begins: bool) -> None:
        """Draw the edges in a rectangle that rest, as in the sheet; but some where this `begins` many."""
        seen = self.layer.visible(rect.adjusted(-8, -8, 8, 8))
        if self.moving:
            seen = np.setdiff1d(seen, list(self.moving), assume_unique=True)
        if begins:
            self._waiting.begin(seen, self.layer.boxes, scale)
            self._draw_waiting(painter, rect, scale, count)
        elif self._looks is not None:
            self._draw_edges(painter, seen, self._looks, [rect], scale, count)

    def _begin(self, rect: QRectF, scale: float) -> bool:
        """Let the edges in a rectangle wait, if they are very many. Returns whether they are."""
        seen, waits = self.layer.visible(rect.adjusted(-8, -8, 8, 8)), np.zeros(len(self.layer.rows), bool)
        if is_many := len(seen) > MOST_MENDED:
            waits[np.concatenate([seen, *self._waiting.left])] = True
            waits[list(self.moving)] = False
            self._waiting.begin(np.flatnonzero(waits), self.layer.boxes, scale)
        return is_many

    def _draw_waiting(self, painter: QPainter, rect: QRectF, scale: float, count: int) -> None:
        """Draw some of the edges that wait."""
        if (looks := self._looks) is not None:
            self._waiting.draw(lambda some: self._draw_edges(painter, some, looks, [rect], scale, count))

    def _draw_edges(
        self,
        painter: QPainter,
        numbers: NDArray[np.intp],
        looks: Looks,
        rects: Sequence[QRectF],
        scale: float,
        count: int,
    ) -> None:
        """Draw what lies in some rectangles of these edges, which look so, while so many are in view."""
        layer, scene = self.layer, self.layer.graph_scene
        if held := [key for key in scene.showing.held if key in layer.rows.number]:
            numbers = np.setdiff1d(numbers, layer.rows.numbers(held))
        if scale < FAR_SCALE:
            self._lines.draw_far(painter, numbers)
        else:
            self._lines.draw(painter, numbers, looks, rects, scale, count)


def _most_loose(count: int) -> float:
    """How many of so many edges in view may look otherwise than in the picture."""
    return max(min(MOST_LOOSE, LOOSE_SHARE * count), SHARE_OF_MANY * count)
