"""The camera: which part of the scene is seen, and how near. Zoom, centre, fit, and the grid behind it all.

Knows the rectangle of what is drawn; no gesture, no key.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QResizeEvent, QTransform
from PySide6.QtWidgets import QFrame, QGraphicsView

from nodegraph.canvas.drawing.arrays import draw_points
from nodegraph.canvas.drawing.theme import color, pen
from nodegraph.canvas.items.edge_layers import FAR_SCALE
from nodegraph.canvas.scene import hit_test
from nodegraph.canvas.scene.scene import GraphScene

MIN_ZOOM, MAX_ZOOM = 0.02, 4.0
FIT_MARGIN, FIT_SHARE = 48.0, 0.03
"""What stays free round a graph that fits: so many pixels, but in a small view only this share of it."""
MOST_FIT_ZOOM = 1.5
REACH_PX = 2.0**29
"""Half the side of the plane round the last place, in pixels; Qt's scroll bars count them in 32 bits."""


class Camera(QGraphicsView):
    """A view of the scene that goes anywhere; places are in scene units."""

    zoom_changed = Signal(float)
    moved = Signal()
    """Another part of the scene is seen."""

    def __init__(self, scene: GraphScene) -> None:
        super().__init__(scene)
        self.graph_scene = scene
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit_when_shown = True
        self._keeps_fitting = False
        self._spread_plane(QPointF(0, 0))

    @property
    def zoom(self) -> float:
        """Pixels per scene unit."""
        return self.transform().m11()

    def center(self) -> QPointF:
        """The scene point in the middle of the view."""
        return self.seen().center()

    def place_of(self, event: QMouseEvent) -> QPointF:
        """Where in the scene the event is, finer than whole pixels."""
        back, _ = self.viewportTransform().inverted()
        return back.map(event.position())

    def set_center(self, place: QPointF) -> None:
        """Look at this point."""
        reach = REACH_PX / self.zoom
        if not self.sceneRect().adjusted(reach / 2, reach / 2, -reach / 2, -reach / 2).contains(place):
            self._spread_plane(place)
        self.centerOn(place)
        self.moved.emit()

    def _spread_plane(self, middle: QPointF) -> None:
        """Let the plane that can be scrolled over lie round this point."""
        reach = REACH_PX / self.zoom
        self.setSceneRect(middle.x() - reach, middle.y() - reach, 2 * reach, 2 * reach)

    def set_zoom(self, zoom: float, anchor: QPointF | None = None) -> None:
        """Zoom so that the point under `anchor` (viewport pixels; the middle by default) stays there."""
        zoom = min(MAX_ZOOM, max(MIN_ZOOM, zoom))
        pixel = QPointF(self.viewport().rect().center()) if anchor is None else anchor
        held = self.mapToScene(pixel.toPoint())
        middle = self.center()
        self.setTransform(QTransform.fromScale(zoom, zoom))
        self._spread_plane(middle)
        self.set_center(self.center() + held - self.mapToScene(pixel.toPoint()))
        self.graph_scene.set_far(zoom < FAR_SCALE)
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
        """Bring the whole graph into view."""
        self._fit_rect(self.graph_scene.drawn_rect())

    def fit_selection(self) -> None:
        """Bring the selected nodes into view; without a selection, everything."""
        chosen = self.graph_scene.selected_nodes()
        self._fit_rect(self.graph_scene.graph_rect(chosen) if chosen else self.graph_scene.drawn_rect())

    def _fit_rect(self, rect: QRectF) -> None:
        if rect.isNull():
            self.set_zoom(1.0)
            self.set_center(QPointF(0, 0))
            return
        view = QRectF(self.viewport().rect())
        margin = min(FIT_MARGIN, FIT_SHARE * view.width())
        room = view.adjusted(margin, margin, -margin, -margin)
        zoom = min(max(room.width(), 50) / rect.width(), max(room.height(), 50) / rect.height())
        self.set_zoom(zoom if self._keeps_fitting else min(zoom, MOST_FIT_ZOOM))
        self.set_center(rect.center())
        if zoom < MIN_ZOOM and not hit_test.cards_in(self.graph_scene, self.seen()):
            first = next(iter(self.graph_scene.items_by_id.values()))
            self.set_center(first.card.center())  # too wide to be seen whole: rather one node than none
        self.moved.emit()

    def seen(self) -> QRectF:
        """The part of the plane that can be seen."""
        return self.mapToScene(self.viewport().rect()).boundingRect()

    @property
    def aspect(self) -> float:
        """How much wider than high the canvas is."""
        return self.viewport().width() / max(self.viewport().height(), 1)

    def fit_soon(self) -> None:
        """Fit now, or once the view has its size."""
        self._fit_when_shown = True
        if self.isVisible():
            self._fit_when_shown = False
            self.fit()

    def keep_fitting(self, keeps: bool) -> None:
        """Keep the whole graph in view at every size, as near as may be; or let the hand choose again."""
        self._keeps_fitting = keeps
        self.fit()

    def look_at(self, place: QPointF, zoom: float) -> None:
        """Take up a view again."""
        self._fit_when_shown = False
        self.set_zoom(zoom)
        self.set_center(place)

    def reveal(self, *node_ids: str) -> None:
        """Bring nodes into view together, if they are not; the middle of them, where they are too many."""
        cards = QRectF()
        for node_id in node_ids:
            cards |= self.graph_scene.card_of(node_id)
        if not self.seen().contains(cards):
            self.set_center(cards.center())

    # --- Qt
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.moved.emit()
        if (self._fit_when_shown or self._keeps_fitting) and self.isVisible():
            self._fit_when_shown = False
            self.fit()

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        theme = self.graph_scene.theme
        painter.fillRect(rect, color(theme.background))
        pitch = 24.0 if self.zoom > 0.5 else 96.0
        if self.zoom < 0.2:
            return
        columns = np.arange(rect.left() - rect.left() % pitch, rect.right() + 1, pitch)
        rows = np.arange(rect.top() - rect.top() % pitch, rect.bottom() + 1, pitch)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # smooth dots cost a third of a frame
        painter.setPen(pen(theme.grid, 2 / max(self.zoom, 0.5)))
        draw_points(painter, np.stack(np.meshgrid(columns, rows), axis=-1))
