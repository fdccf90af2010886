"""The edges on the minimap, as a picture that is kept while they lie as they do. That of very many is drawn a
part at a time, between what else a window has to do; until then the one before is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QPainter, QPixmap, QTransform
from PySide6.QtWidgets import QWidget

from nodegraph.canvas.drawing.arrays import draw_lines
from nodegraph.canvas.drawing.theme import pen

if TYPE_CHECKING:
    from nodegraph.canvas.scene.scene import GraphScene

AT_ONCE = 30_000
"""Edges that are drawn in one turn."""


class MapOfEdges(QObject):
    """The picture of all edges for a widget, which is painted anew once more of it is drawn."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.widget = widget
        self._whole, self._coming = QPixmap(), QPixmap()
        self._shown: tuple[object, object] | None = None
        """The revision of the edges that the coming picture shows, and how it shows them."""
        self._shown_whole: tuple[object, object] | None = None
        self._scene: GraphScene | None = None
        self._place = QTransform()
        self._drawn = 0
        """How many of the edges are in it, by number."""
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._go_on)

    def picture(self, scene: GraphScene, place: QTransform) -> QPixmap:
        """Returns the edges of a scene that is painted with this transform, or as many as are drawn."""
        ratio = self.widget.devicePixelRatioF()
        shown = scene.edge_layer.picture.revision, (scene.theme, place, self.widget.size(), ratio)
        if (scene, shown) != (self._scene, self._shown):
            self._scene, self._shown, self._place, self._drawn = scene, shown, place, 0
            self._coming = QPixmap(self.widget.size() * ratio)
            self._coming.setDevicePixelRatio(ratio)
            self._coming.fill(Qt.GlobalColor.transparent)
            self._draw()
        serves = self._shown_whole is not None and self._shown_whole[1] == shown[1]
        return self._whole if serves else self._coming

    def _go_on(self) -> None:
        scene, shown = self._scene, self._shown
        if scene is None or shown is None or shown[0] != scene.edge_layer.picture.revision:
            self.widget.update()  # they lie elsewhere by now
            return
        self._draw()
        if not self._next.isActive():
            self.widget.update()

    def _draw(self) -> None:
        assert self._scene is not None
        layer, end = self._scene.edge_layer, self._drawn + AT_ONCE
        numbers = np.arange(self._drawn, min(end, len(layer.rows)))
        with QPainter(self._coming) as brush:
            brush.setWorldTransform(self._place)
            brush.setPen(pen(self._scene.theme.line, 0))
            draw_lines(brush, layer.far_lines(numbers))
        self._drawn = end
        if end < len(layer.rows):
            self._next.start()
        else:
            self._whole, self._shown_whole = self._coming.copy(), self._shown
