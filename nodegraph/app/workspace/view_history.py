"""Where one has looked: places and zooms of the canvas, to go back and forth between. Every view in which the
canvas came to rest counts; small steps of the hand belong to one view.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, QTimer, Signal

from nodegraph.canvas.view.canvas_view import CanvasView

REST_MS = 350
"""How long a view must stay as it is to count."""
MOST_KEPT = 100
ANOTHER_ZOOM = 1.3
"""A view at this many times the zoom of the last one is another view."""
ANOTHER_PLACE = 0.3
"""So is one whose middle lies further away than this share of the canvas."""


@dataclass(frozen=True)
class Look:
    """One view: its middle in the scene, and its zoom; or the whole graph, however large it was then."""

    x: float
    y: float
    zoom: float
    is_fitted: bool


class ViewHistory(QObject):
    """The views, oldest first, and which of them is shown."""

    changed = Signal()

    def __init__(self, canvas: CanvasView) -> None:
        super().__init__(canvas)
        self.canvas = canvas
        self.looks: list[Look] = []
        self.place = -1
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.settle)
        canvas.zoom_changed.connect(self._stir)
        canvas.horizontalScrollBar().valueChanged.connect(self._stir)
        canvas.verticalScrollBar().valueChanged.connect(self._stir)
        canvas.graph_scene.replaced.connect(self.clear)

    def clear(self) -> None:
        """Another graph: its views are all new."""
        self.looks.clear()
        self.place = -1
        self.changed.emit()

    @property
    def can_go_back(self) -> bool:
        """Whether there is an earlier view."""
        return self.place > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a later view."""
        return self.place < len(self.looks) - 1

    def back(self) -> None:
        """The view before."""
        self.settle()
        self._go(-1)

    def forward(self) -> None:
        """The view after."""
        self.settle()
        self._go(1)

    def settle(self) -> None:
        """Take what is seen now for a view."""
        self._rest.stop()
        if not self.canvas.isVisible():
            return
        look = self._now()
        if self.place >= 0 and not self._is_another(look):
            return
        self.looks[self.place + 1 :] = [look]
        del self.looks[:-MOST_KEPT]
        self.place = len(self.looks) - 1
        self.changed.emit()

    def _stir(self, _value: object = None) -> None:
        self._rest.start()

    def _now(self) -> Look:
        center = self.canvas.center()
        return Look(center.x(), center.y(), self.canvas.zoom, self.canvas.is_fitted)

    def _is_another(self, look: Look) -> bool:
        last = self.looks[self.place]
        if look.is_fitted and last.is_fitted:
            return False
        ratio = max(look.zoom / last.zoom, last.zoom / look.zoom)
        size = self.canvas.viewport().size()
        across = abs(look.x - last.x) * look.zoom / max(size.width(), 1)
        down = abs(look.y - last.y) * look.zoom / max(size.height(), 1)
        return ratio > ANOTHER_ZOOM or max(across, down) > ANOTHER_PLACE

    def _go(self, by: int) -> None:
        if not 0 <= self.place + by < len(self.looks):
            return
        self.place += by
        look = self.looks[self.place]
        if look.is_fitted:
            self.canvas.fit()
        else:
            self.canvas.look_at(QPointF(look.x, look.y), look.zoom)
        self._rest.stop()
        self.changed.emit()
