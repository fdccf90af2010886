"""The minimap: the whole graph in a corner of the canvas, with the part that is seen; a press goes there.

Reads where cards lie; moves the view and nothing else. It hides while everything is in view, and where it
would cover a card in each corner.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from nodegraph.canvas.drawing.arrays import draw_rects
from nodegraph.canvas.drawing.directions import WAYS
from nodegraph.canvas.drawing.edge_styles import far_color
from nodegraph.canvas.drawing.theme import color, mixed, pen
from nodegraph.canvas.pictures.ground import Ground
from nodegraph.canvas.viewport.corners import free_corner
from nodegraph.canvas.viewport.map_of_edges import MapOfEdges
from nodegraph.core.graph.annotations import shade

if TYPE_CHECKING:
    from nodegraph.canvas.viewport.camera import Camera

SIZE = QSize(184, 124)
MARGIN_PX, ABOVE_PX, PADDING_PX = 12, 54, 8
"""How far from the corner, how far above its content, and the rim within."""
LEAST_CANVAS = QSize(480, 320)
"""On a smaller canvas there is no room for a minimap."""
DELAY_MS = 30
STEP = 0.2
_OWN_KEYS = {*WAYS, Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus, Qt.Key.Key_Home, Qt.Key.Key_Escape}
_MENU_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class Minimap(QWidget):
    """A small map; arrows, click and drag move the view, + and - zoom, Home shows everything."""

    def __init__(self, view: Camera) -> None:
        super().__init__(view)
        self.view = view
        self.is_wanted = True
        self.above_px = ABOVE_PX
        """How much room is left below it for what stands in the corner."""
        self.setObjectName("minimap")
        self.setAccessibleName("Minimap")
        self.setAccessibleDescription("Arrow keys move the view, plus and minus zoom, Home shows everything.")
        self.setToolTip("Click or drag to look elsewhere")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(SIZE)
        self._edges = MapOfEdges(self)
        self._rim = Ground(self)
        self._held: QRectF | None = None
        """What the map shows while the hand drags on it: it must not shift beneath the hand."""
        self._timer = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._timer.timeout.connect(partial(view.follow_ups.ask, self.follow))
        view.covered_changed.connect(self.follow_soon)
        self.hide()

    def set_wanted(self, wanted: bool) -> None:
        """Show it where there is something to find, or never."""
        self.is_wanted = wanted
        self.follow()

    def follow_soon(self) -> None:
        """The view or the graph has moved: follow within a moment, however often that happens."""
        if self.is_wanted and not self._timer.isActive():
            self._timer.start()

    def follow(self) -> None:
        """Show what is there now, in its corner; or hide, where all of it is in view."""
        room = self.view.viewport().size()
        drawn = self.view.graph_scene.graph_rect()
        fits = room.width() >= LEAST_CANVAS.width() and room.height() >= LEAST_CANVAS.height()
        shown = self.is_wanted and fits and not drawn.isNull() and not self.view.seen().contains(drawn)
        place = self._place(room) if shown else None
        if self._held is not None or (shown and place is None and self.hasFocus()):
            place = self.pos()  # it must not go from beneath the hand
        if place is None and self.hasFocus():
            self.view.setFocus()
        self.setVisible(place is not None)
        if place is not None:
            self.move(place)
            self.update()

    def _place(self, room: QSize) -> QPoint | None:
        """Where it covers nothing: where it is, if it can stay there."""
        low, far = room.height() - self.height() - self.above_px, room.width() - self.width() - MARGIN_PX
        places = (far, low), (far, MARGIN_PX), (MARGIN_PX, MARGIN_PX), (MARGIN_PX, low)
        corners = [QPoint(x, y) for x, y in places]
        if not self.isHidden() and self.pos() in corners:
            corners.insert(0, self.pos())
        legend = self.view.findChild(QWidget, "legend")
        taken = [legend.geometry()] if legend is not None and not legend.isHidden() else []
        return free_corner(self.view, self.size(), corners, taken)

    # --- measures
    def _whole(self) -> QRectF:
        """What the map shows: all that is drawn, and where the view is, within reason."""
        if self._held is not None:
            return self._held
        drawn = self.view.graph_scene.graph_rect()
        reach = max(drawn.width(), drawn.height())
        return drawn.united(self.view.seen().intersected(drawn.adjusted(-reach, -reach, reach, reach)))

    def _scale(self, whole: QRectF) -> float:
        width, height = self.width() - 2 * PADDING_PX, self.height() - 2 * PADDING_PX
        return min(width / max(whole.width(), 1.0), height / max(whole.height(), 1.0))

    def scene_place(self, pixel: QPointF) -> QPointF:
        """The place of the scene that a pixel of the map stands for."""
        whole = self._whole()
        return whole.center() + (pixel - QPointF(self.rect().center())) / self._scale(whole)

    # --- hand and keys
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = self._whole()
            self._look_at(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._look_at(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()  # else it goes on to the canvas beneath
        self._held = None
        self.follow()

    def _look_at(self, pixel: QPointF) -> None:
        """Look at what is under the hand, but not beyond the map's edge."""
        inside = QRectF(self.rect())
        x = min(max(pixel.x(), inside.left()), inside.right())
        y = min(max(pixel.y(), inside.top()), inside.bottom())
        self.view.set_center(self.scene_place(QPointF(x, y)))

    def event(self, event: QEvent) -> bool:
        overrides = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if overrides and event.key() in _OWN_KEYS and not event.modifiers() & _MENU_KEYS:
            event.accept()  # else an action with this shortcut takes the key
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        seen = self.view.seen()
        if event.key() in WAYS:
            way = WAYS[Qt.Key(event.key())]
            step = QPointF(way.x() * seen.width(), way.y() * seen.height()) * STEP
            self.view.set_center(self.view.center() + step)
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.view.zoom_in()
        elif event.key() == Qt.Key.Key_Minus:
            self.view.zoom_out()
        elif event.key() == Qt.Key.Key_Home:
            self.view.fit()
        elif event.key() == Qt.Key.Key_Escape:
            self.view.setFocus()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # --- painting
    def paintEvent(self, event: QPaintEvent) -> None:
        scene, whole = self.view.graph_scene, self._whole()
        theme, scale = scene.theme, self._scale(whole)
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._ground())
            painter.translate(QPointF(self.rect().center()))
            painter.scale(scale, scale)
            painter.translate(-whole.center())
            self._paint_graph(painter)
            painter.setBrush(color(theme.accent, 0.1))
            painter.setPen(pen(theme.accent, 1.5 / scale))
            painter.drawRect(self.view.seen().intersected(whole))

    def _ground(self) -> QPixmap:
        """The ground with its rim, drawn once: it takes longer than all that stands on it."""
        theme, has_focus = self.view.graph_scene.theme, self.hasFocus()

        def draw(painter: QPainter) -> None:
            painter.setBrush(color(theme.panel, 0.94))
            painter.setPen(pen(theme.accent, 2) if has_focus else pen(theme.line, 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)

        return self._rim.picture((theme, has_focus), draw)

    def _paint_edges(self, painter: QPainter) -> None:
        """Paint all edges, from a picture that is kept while they and the map's scale stay as they are."""
        usual = painter.worldTransform()
        picture = self._edges.picture(self.view.graph_scene, usual)
        painter.resetTransform()
        painter.drawPixmap(0, 0, picture)
        painter.setWorldTransform(usual)

    def _paint_graph(self, painter: QPainter) -> None:
        scene = self.view.graph_scene
        theme, around = scene.theme, scene.surroundings
        painter.setPen(Qt.PenStyle.NoPen)
        for item in around.groups.values():
            share = 0.6 if item.group.collapsed else 0.25
            painter.fillRect(item.rect, mixed(shade(item.group.colour), theme.panel, share))
        for note in around.notes.values():
            painter.fillRect(note.rect, mixed("#E0B400", theme.panel, 0.3))
        self._paint_edges(painter)
        painter.setPen(Qt.PenStyle.NoPen)
        looks = scene.showing.far_looks()
        for look in np.unique(looks):
            painter.setBrush(far_color(theme, int(look)))
            draw_rects(painter, scene.far_layer.rows.values[looks == look])
