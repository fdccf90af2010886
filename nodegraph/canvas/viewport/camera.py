"""The camera: which part of the scene is seen, and how near. Zoom, centre, fit, and the grid behind it all.

A view is what was chosen, seen through the room there is: the whole graph, or a place at a zoom. Where the
room changes, the same is seen through the new one. Knows the rectangle of what is drawn; no gesture, and no
key but those for pages.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QMargins, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QRegion, QResizeEvent, QTransform
from PySide6.QtWidgets import QFrame, QGraphicsView

from nodegraph.canvas.drawing.arrays import draw_points
from nodegraph.canvas.drawing.card_head import LABELLED_ZOOM
from nodegraph.canvas.drawing.directions import PAGES
from nodegraph.canvas.drawing.geometry import GRID, snapped
from nodegraph.canvas.drawing.theme import color, pen
from nodegraph.canvas.items.badges import ROOM as BADGE_ROOM
from nodegraph.canvas.items.edge_picture import FAR_SCALE
from nodegraph.canvas.items.node_item import MOST_DIRECT
from nodegraph.canvas.pictures.look import Look
from nodegraph.canvas.pictures.sight import Sight
from nodegraph.canvas.scene import hit_test
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.canvas.viewport.follow_ups import FollowUps
from nodegraph.canvas.viewport.in_motion import InMotion
from nodegraph.canvas.viewport.scrolling import MOST_PARTS, beyond, scroll, way_into
from nodegraph.canvas.viewport.turns import Turns

MIN_ZOOM, MAX_ZOOM = 0.02, 4.0
FIT_MARGIN, FIT_SHARE = 48.0, 0.03
"""What stays free round a graph that fits: so many pixels, but at most this share of a side."""
MOST_FIT_ZOOM = 1.5
FOCUS_LINE_PX = 3
"""How high the line at the top of the view is that shows the focus."""
AROUND_PX = 48
"""The room that is left around what is brought into view."""
DOT = 4.0
"""How far a dot of the grid may reach."""
REACH_PX = 2.0**29
"""Half the side of the plane round the last place, in pixels; Qt's scroll bars count them in 32 bits."""


class Camera(QGraphicsView):
    """A view of the scene that goes anywhere; places are in scene units."""

    zoom_changed = Signal(float)
    moved = Signal()
    """Another part of the scene is seen."""
    chosen = Signal()
    """Another part was asked for; where only the room has changed, it was not."""
    covered_changed = Signal()
    """Something else lies over the view."""
    _sight: Sight | None = None
    """How it lay on the scene when that was asked last; None where it may lie otherwise since."""

    def __init__(self, scene: GraphScene) -> None:
        super().__init__(scene)
        self.graph_scene = scene
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # Qt would paint a ground, too
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit_when_shown = True
        self._keeps_fitting = False
        self._look: Look | None = None
        """The place and zoom that were chosen; None where the whole graph was asked for."""
        self._reserved: dict[str, QMargins] = {}
        """What lies over the view at its edges, by name: a graph that is fitted keeps clear of it."""
        self.at_rest: Callable[[Callable[[], None]], None] = lambda act: act()
        """Does what moves the view by itself, not while a hand is on it."""
        self.covered: list[QRect] = []
        """Where something lies over the view, in pixels, that what stands in its corners keeps clear of."""
        self._scrolled: QPoint | None = None
        """By how much the view is scrolled in both directions together, while it is."""
        self._paints_all = False
        """Whether all of the view is painted next, so that there is nothing to be kept."""
        self._spread_plane(QPointF(0, 0))
        self.turns, self.follow_ups = Turns(scene), FollowUps(scene, self)
        self.in_motion = InMotion(self, scene, self.turns.rest_soon)
        self.turns.rested.connect(self._settle)

    def _settle(self) -> None:
        """All is at rest; a view that is gone by then hears no signal."""
        self.in_motion.settle()

    @property
    def sight(self) -> Sight:
        """How it lies on the scene: the same object for as long as it does."""
        if self._sight is None or not self.isVisible():  # a hidden view hears later that it has another size
            self._sight = Sight.of(self)
        return self._sight

    @property
    def zoom(self) -> float:
        """Pixels per scene unit."""
        return self.sight.zoom

    def center(self) -> QPointF:
        """The scene point in the middle of the view."""
        return self.seen().center()

    def place_of(self, event: QMouseEvent) -> QPointF:
        """Where in the scene the event is, finer than whole pixels."""
        return self.sight.to_scene.map(event.position())

    @property
    def is_fitted(self) -> bool:
        """Whether the whole graph was asked for, and nothing else since."""
        return self._look is None

    def set_center(self, place: QPointF) -> None:
        """Look at this point."""
        self._aim(place)
        self._choose()

    def turn_page(self, way: int) -> None:
        """Look as far below (1) what is seen, or above it (−1), as the view is high."""
        self.set_center(self.center() + QPointF(0, way * self.seen().height()))

    def _choose(self) -> None:
        """Take what is seen for what was chosen."""
        self._look = Look(self.center(), self.zoom, self.viewport().size())
        self.chosen.emit()

    def _aim(self, place: QPointF) -> None:
        reach = REACH_PX / self.zoom
        if not self.sceneRect().adjusted(reach / 2, reach / 2, -reach / 2, -reach / 2).contains(place):
            self._spread_plane(place)
        self._scrolled = QPoint()
        self.centerOn(place)
        by, self._scrolled = self._scrolled, None
        if not (by.isNull() or self._paints_all):
            scroll(self.viewport(), by, QRegion(0, 0, self.viewport().width(), FOCUS_LINE_PX))
        self.moved.emit()

    def _spread_plane(self, middle: QPointF) -> None:
        """Let the plane that can be scrolled over lie round this point."""
        reach = REACH_PX / self.zoom
        self.setSceneRect(middle.x() - reach, middle.y() - reach, 2 * reach, 2 * reach)
        self._sight = None

    def set_zoom(self, zoom: float, anchor: QPointF | None = None) -> None:
        """Zoom so that the point under `anchor` (viewport pixels; the middle by default) stays there."""
        self._zoom_to(zoom, anchor)
        self._choose()

    def _zoom_to(self, zoom: float, anchor: QPointF | None = None) -> None:
        zoom = min(MAX_ZOOM, max(MIN_ZOOM, zoom))
        pixel = QPointF(self.viewport().rect().center()) if anchor is None else anchor
        held = self.mapToScene(pixel.toPoint())
        middle = self.center()
        self._paints_all |= zoom != self.zoom
        self.setTransform(QTransform.fromScale(zoom, zoom))
        self._spread_plane(middle)
        self._aim(self.center() + held - self.mapToScene(pixel.toPoint()))
        self.graph_scene.set_far(zoom < FAR_SCALE)
        self.graph_scene.showing.chips.see_at(zoom)
        self.moved.emit()
        self.zoom_changed.emit(zoom)

    def zoom_in(self) -> None:
        """One step nearer."""
        self.set_zoom(self.zoom * 1.25)

    def zoom_out(self) -> None:
        """One step further away."""
        self.set_zoom(self.zoom / 1.25)

    def zoom_100(self) -> None:
        """Actual size."""
        self.set_zoom(1.0)

    def fit(self) -> None:
        """Bring the whole graph into view, and keep it there at every size until something else is chosen."""
        self._look = None
        self._show_rect(self.graph_scene.drawn_rect())
        self.chosen.emit()

    def keep_whole(self) -> None:
        """Fit a graph that was fitted once more, where not all of it is to be seen any more."""
        if self.is_fitted and not self.seen().contains(self.graph_scene.graph_rect()):
            self.fit()

    def fit_selection(self) -> None:
        """Bring the selected nodes and notes into view; without a selection, everything."""
        scene = self.graph_scene
        chosen = scene.graph_rect(scene.selected_nodes())
        for note_id in scene.selected_notes():
            chosen = chosen.united(scene.surroundings.notes[note_id].sceneBoundingRect())
        if not chosen.isNull():
            self._show_rect(chosen)
            self._choose()
        else:
            self.fit()

    def _show_rect(self, rect: QRectF) -> None:
        if rect.isNull():
            self._zoom_to(1.0)
            self._aim(QPointF(0, 0))
            return
        zoom = self.zoom_for(rect)
        self._zoom_to(zoom if self._keeps_fitting else min(zoom, MOST_FIT_ZOOM))
        beside = QRectF(self.viewport().rect()).center() - QRectF(self.room()).center()
        self._aim(rect.center() + beside / self.zoom)
        if zoom < MIN_ZOOM and not hit_test.is_any_card_in(self.graph_scene, self.seen()):
            cards = self.graph_scene.items_by_id  # too wide to be seen whole: rather one node than none
            self._aim(cards.card(next(iter(cards))).center())

    def zoom_for(self, rect: QRectF) -> float:
        """Returns the zoom at which a rectangle fills the room there is, but for a margin."""
        room = self.room()
        across, down = (side - 2 * min(FIT_MARGIN, FIT_SHARE * side) for side in room.size().toTuple())
        return min(max(across, 50) / rect.width(), max(down, 50) / rect.height())

    def room(self, but: str = "") -> QRect:
        """Returns the part of the view, in pixels, over which nothing reserved lies but by this name."""
        room = self.viewport().rect()
        for name, margins in self._reserved.items():
            if name != but:
                room = room.intersected(self.viewport().rect() - margins)
        return room if room.isValid() else self.viewport().rect()

    def reserve(self, name: str, margins: QMargins | None = None) -> None:
        """Keep a graph that is fitted clear of what lies over the edges of the view; None: no longer."""
        if margins == self._reserved.get(name):
            return
        if margins is None:
            del self._reserved[name]
        else:
            self._reserved[name] = margins
        self.at_rest(self._show_again)

    def cover(self, places: list[QRect]) -> None:
        """Keep the corners of the view clear of what lies over it at these places."""
        if places != self.covered:
            self.covered = places
            self.covered_changed.emit()

    def _show_again(self) -> None:
        """Show what was chosen through the room there is now. What was in view whole stays so, but rather in
        part than without its numbers.
        """
        if self._look is None or self._keeps_fitting:
            self._show_rect(self.graph_scene.drawn_rect())
            return
        look, size = self._look, self.viewport().size()
        drawn = self.graph_scene.drawn_rect()
        was_whole = not drawn.isNull() and look.seen(look.size).contains(drawn)
        is_cut = was_whole and not look.seen(size).contains(drawn)
        if is_cut and self.zoom_for(drawn) >= min(look.zoom, LABELLED_ZOOM):
            self._show_rect(drawn)
            return
        self._zoom_to(look.zoom)
        self._aim(look.center)

    def set_text_scale(self, scale: float, wish: float = 1.0) -> None:
        """Show cards in larger or smaller type; a graph that was fitted still is."""
        if (scale, wish) == (self.graph_scene.text_scale, self.graph_scene.type_wish):
            return
        is_close = scale > 1 and hit_test.overlaps(self.graph_scene, scale, BADGE_ROOM / 2) > 0
        self.graph_scene.set_text_scale(scale, wish, is_close=is_close)
        if self._look is None and not self._fit_when_shown:
            self._show_again()

    def in_view(self, card: QRectF) -> QPointF:
        """Returns the top left, on the grid, at which a card can be seen whole, as near to it as may be."""
        seen = self.mapToScene(self.room()).boundingRect().adjusted(GRID, GRID, -GRID, -GRID)
        left = max(seen.left(), min(card.left(), seen.right() - card.width()))
        top = max(seen.top(), min(card.top(), seen.bottom() - card.height()))
        return QPointF(snapped(left), snapped(top))

    def show_place(self, place: QRect) -> None:
        """Move the view as little as brings a place in it, in pixels, to where nothing lies over it; where
        there is too little room, the beginning of the place.
        """
        room = self.room()
        by = QPoint(
            way_into(place.left(), place.right(), room.left(), room.right()),
            way_into(place.top(), place.bottom(), room.top(), room.bottom()),
        )
        if not by.isNull():
            self.set_center(self.center() - QPointF(by) / self.zoom)

    def seen(self) -> QRectF:
        """The part of the plane that can be seen; not to be changed in place."""
        return self.sight.seen

    @property
    def aspect(self) -> float:
        """How much wider than high the canvas is."""
        return self.viewport().width() / max(self.viewport().height(), 1)

    def fit_soon(self) -> None:
        """Fit now, or once the view has its size."""
        self._fit_when_shown = not self.isVisible()
        if self.isVisible():
            self.fit()

    def keep_fitting(self, keeps: bool) -> None:
        """Keep the whole graph in view at every size, as near as may be; or show again what was chosen."""
        self._keeps_fitting = keeps
        self._show_again()

    def look_at(self, place: QPointF, zoom: float) -> None:
        """Take up a view again."""
        self._fit_when_shown = False
        self.set_zoom(zoom)
        self.set_center(place)

    def reveal(self, *node_ids: str) -> None:
        """Bring nodes into view together, if they are not: by no more than shows them with some room around,
        so that what was looked at stays in view. What is more than half a view away goes to the middle, and
        so do nodes that are too many.
        """
        cards = QRectF()
        for node_id in node_ids:
            cards |= self.graph_scene.card_of(node_id)
        seen = self.seen()
        if seen.contains(cards):
            return
        around = 2 * AROUND_PX / self.zoom
        away = cards.center() - seen.center()
        by_x = beyond(away.x(), (seen.width() - cards.width() - around) / 2)
        by_y = beyond(away.y(), (seen.height() - cards.height() - around) / 2)
        is_near = abs(by_x) <= seen.width() / 2 and abs(by_y) <= seen.height() / 2
        self.set_center(seen.center() + QPointF(by_x, by_y) if is_near else cards.center())

    # --- Qt
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in PAGES:
            self.turn_page(PAGES[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._sight = None
        super().resizeEvent(event)
        self.moved.emit()
        if self._fit_when_shown and self.isVisible():
            self._fit_when_shown = False
            self.fit()
        elif self.isVisible():
            self._show_again()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._sight = None
        if len(self.graph_scene.graph) <= MOST_DIRECT or self.graph_scene.pictures.exposed is not None:
            super().scrollContentsBy(dx, dy)
            return
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.NoViewportUpdate)
        super().scrollContentsBy(dx, dy)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        by = QPoint(dx, dy)
        if self._scrolled is not None:
            self._scrolled += by
        else:
            scroll(self.viewport(), by, QRegion(0, 0, self.viewport().width(), FOCUS_LINE_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        self._paints_all = False
        if self.graph_scene.items_by_id.any_waits:
            self.graph_scene.items_by_id.make_near(self.seen())
        if not self.in_motion.paint(event.region()):
            self.graph_scene.pictures.exposed = self.sight.to_scene.map(event.region())
            super().paintEvent(event)
            self.graph_scene.pictures.exposed = None
        self.turns.painted()

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        theme = self.graph_scene.theme
        painter.fillRect(rect, color(theme.background))
        pitch = 24.0 if self.zoom > 0.5 else 96.0
        if self.zoom < 0.2:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # smooth dots cost a third of a frame
        painter.setPen(pen(theme.grid, 2 / max(self.zoom, 0.5)))
        exposed = self.graph_scene.pictures.exposed
        is_whole = exposed is None or exposed.rectCount() > MOST_PARTS
        dots = [_dots(QRectF(part), pitch) for part in ([rect] if is_whole else exposed)]
        draw_points(painter, np.concatenate(dots))


def _dots(rect: QRectF, pitch: float) -> NDArray[np.float64]:
    """Returns the dots of a grid that reach into a rectangle, shape (n, 2)."""
    left, top, right, bottom = rect.adjusted(-DOT, -DOT, DOT, DOT).getCoords()
    columns = np.arange(left - left % pitch, right + 1, pitch)
    rows = np.arange(top - top % pitch, bottom + 1, pitch)
    found = np.empty((len(rows), len(columns), 2))
    found[:, :, 0], found[:, :, 1] = columns, rows[:, None]
    return found.reshape(-1, 2)
