"""The legend: which colour and width stand for which contribution, on a logarithmic scale, in a corner of the
canvas while derivatives are shown, as large as the type of the cards; it hides where it would cover a card or
a number in each.

Reads the frame that is shown; takes no mouse.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nodegraph.canvas.drawing import legend_bars
from nodegraph.canvas.drawing.theme import color, pen
from nodegraph.canvas.pictures.ground import Ground
from nodegraph.canvas.viewport.corners import free_corner

if TYPE_CHECKING:
    from nodegraph.canvas.viewport.camera import Camera
    from nodegraph.core.engine.trace import Frame

SIZE = legend_bars.SIZE.toSize()
"""With type of usual size."""
MARGIN_PX, ABOVE_PX = 12, 54
"""How far from the corner, and how far above what a gesture says in it."""
ZOOM_PX = 120
"""The room that the zoom takes at the right."""
LEAST_CANVAS = QSize(620, 420)
"""On a smaller canvas there is no room for it."""
DELAY_MS = 30


class Legend(QWidget):
    """Violet shades for negative contributions, orange ones for positive, from strong to pale and back."""

    def __init__(self, view: Camera) -> None:
        super().__init__(view)
        self.view = view
        self.is_wanted = True
        self.setObjectName("legend")
        self.setAccessibleName("Legend of contributions")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(SIZE)
        self._ground = Ground(self)
        self.hide()
        self._timer = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._timer.timeout.connect(partial(view.follow_ups.ask, self.follow))
        view.covered_changed.connect(self.follow)
        view.graph_scene.arranged.connect(self.follow_soon)

    def set_wanted(self, wanted: bool) -> None:
        """Show it while there are derivatives, or never."""
        self.is_wanted = wanted
        self.follow()

    def follow_soon(self) -> None:
        """The view, a card or a number has moved: follow within a moment, however often that happens."""
        if not self._timer.isActive():
            self._timer.start()

    def follow_frame(self, frame: Frame) -> None:
        """Another frame is shown: follow at once; within a moment where frames may follow each other, in a
        view in motion or from far away, for a free corner is looked for each time.
        """
        may_wait = self.view.graph_scene.far_layer.isVisible() or self.view.in_motion.has_begun
        (self.follow_soon if may_wait and not frame.guarded else self.follow)()

    def follow(self) -> None:
        """Show what the present frame's shades stand for, where that covers nothing."""
        self._timer.stop()
        room, frame = self.view.viewport().size(), self.view.graph_scene.frame
        self.setFixedSize(SIZE * self.view.graph_scene.text_scale)
        fits = room.width() >= LEAST_CANVAS.width() and room.height() >= LEAST_CANVAS.height()
        largest = self.view.graph_scene.showing.largest
        # What a learner is to predict must not be shown, and the largest contribution may be that.
        told = frame is not None and not frame.guarded and frame.phase in ("backward", "tangent")
        place = self._place(room) if self.is_wanted and fits and told and largest > 0 else None
        was_hidden = self.isHidden()
        self.setVisible(place is not None)
        if place is not None:
            self.move(place)
            told = f"From {self.words()[0]} to {self.words()[-1]}, on a logarithmic scale"
            if was_hidden or told != self.accessibleDescription():
                self.setAccessibleDescription(told)
                self.update()

    def _place(self, room: QSize) -> QPoint | None:
        """Where it covers nothing: where it is, if it can stay there."""
        low, far = room.height() - self.height() - ABOVE_PX, room.width() - self.width() - MARGIN_PX
        corners = [
            QPoint(MARGIN_PX, low),
            QPoint(MARGIN_PX, MARGIN_PX),
            QPoint(far, MARGIN_PX),
            QPoint(far - round(ZOOM_PX * self.view.graph_scene.text_scale), low + ABOVE_PX - MARGIN_PX),
        ]
        if not self.isHidden() and self.pos() in corners:
            corners.insert(0, self.pos())
        minimap = self.view.findChild(QWidget, "minimap")
        taken = [minimap.geometry()] if minimap is not None and not minimap.isHidden() else []
        return free_corner(self.view, self.size(), corners, taken)

    def words(self) -> list[str]:
        """What the strong end, the pale ends and the other strong end stand for."""
        return legend_bars.words_for(self.view.graph_scene.showing.largest)[1:]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Two bars of shades with their numbers."""
        theme = self.view.graph_scene.theme
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._ground.picture(theme, self._draw_ground))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(self.width() / SIZE.width(), self.height() / SIZE.height())
            legend_bars.write(painter, theme, [legend_bars.ABOUT, *self.words()])

    def _draw_ground(self, painter: QPainter) -> None:
        """The panel with the bars, drawn once: it takes longer than the words, and every frame paints it."""
        theme = self.view.graph_scene.theme
        painter.scale(self.width() / SIZE.width(), self.height() / SIZE.height())
        painter.setPen(pen(theme.line, 1))
        painter.setBrush(color(theme.panel, 0.92))
        painter.drawRoundedRect(QRectF(0.5, 0.5, SIZE.width() - 1, SIZE.height() - 1), 8, 8)
        legend_bars.paint_bars(painter, theme)
