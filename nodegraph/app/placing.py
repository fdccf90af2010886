"""Where a card floats over the canvas: at its lower edge, and clear of what the card is about. Knows places
on the screen, not what the card says.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize
from PySide6.QtWidgets import QWidget

from nodegraph.app import style
from nodegraph.app.panels.prediction_card import LEAST_PX, WIDTH_PX, PredictionCard
from nodegraph.app.panels.stage import MARGIN_PX, Stage
from nodegraph.canvas.view import CanvasView
from nodegraph.core.graph import EdgeKey

CLEAR, OVERLAY = 60, 20
"""How much worse than a plain card it is to cover what is asked about, or another overlay."""


class Placing(QObject):
    """Keeps the card where there is room."""

    def __init__(self, card: PredictionCard, stage: Stage, canvas: CanvasView) -> None:
        super().__init__(card)
        self.card, self.stage, self.canvas = card, stage, canvas
        self._nodes: tuple[str, ...] = ()
        self._edge: EdgeKey | None = None
        stage.installEventFilter(self)
        card.resized.connect(self.place)
        canvas.moved.connect(self.place)

    def keep_clear(self, node_ids: Iterable[str], edge: EdgeKey | None) -> None:
        """Cover none of these."""
        self._nodes, self._edge = tuple(node_ids), edge
        self.place()

    def place(self) -> None:
        """Put the card where it covers least, at its present place if that is as good as any."""
        if self.card.isHidden():
            return
        area = self._area()
        width = max(min(style.px(WIDTH_PX), area.width()), min(style.px(LEAST_PX), area.width()))
        self.card.setFixedWidth(width)
        height = self.card.layout().totalHeightForWidth(width)
        self.card.setFixedHeight(height)
        covered = self._to_keep_clear()
        spots = self._spots(area, QSize(width, height))
        self.card.move(min(spots, key=lambda spot: self._cost(QRect(spot, QSize(width, height)), covered)))

    # --- measures
    def _area(self) -> QRect:
        margin = style.px(MARGIN_PX)
        canvas = QRect(self.canvas.mapTo(self.stage, QPoint(0, 0)), self.canvas.size())
        return canvas.adjusted(margin, margin, -margin, -margin)

    def _spots(self, area: QRect, size: QSize) -> list[QPoint]:
        """The places it could have, best first."""
        low = area.bottom() + 1 - size.height()
        raised = low - self.stage.zoom.height() - style.px(6)
        middle, right = area.center().x() - size.width() // 2, area.right() + 1 - size.width()
        spots = [QPoint(x, low) for x in (middle, area.left())]
        spots += [QPoint(x, raised) for x in (middle, right, area.left())]
        spots += [QPoint(x, area.top()) for x in (middle, area.left(), right)]
        return [QPoint(max(spot.x(), area.left()), max(spot.y(), area.top())) for spot in spots]

    def _to_keep_clear(self) -> list[tuple[QRect, int]]:
        """(place on the stage, how bad it is to cover it), for all that lies there."""
        scene = self.canvas.graph_scene
        found = [
            (self._seen(scene.card_of(node_id).adjusted(-8, -8, 8, 8)), CLEAR)
            for node_id in self._nodes
            if node_id in scene.items_by_id
        ]
        chip = scene.showing.chip(self._edge) if self._edge is not None else None
        if self._edge is not None and chip is not None:
            found.append((self._seen(scene.showing.chip_rect(self._edge, chip[0])), CLEAR))
        overlays: tuple[QWidget, ...] = (self.stage.zoom, self.stage.banner, self.stage.find)
        found += [(widget.geometry(), OVERLAY) for widget in overlays if not widget.isHidden()]
        if self.canvas.minimap.isVisible():
            corner = self.canvas.minimap.mapTo(self.stage, QPoint(0, 0))
            found.append((QRect(corner, self.canvas.minimap.size()), OVERLAY))
        seen = scene.cards_in(self.canvas.seen())
        return found + [(self._seen(item.card), 1) for item in seen[:200]]

    def _seen(self, rect: QRectF) -> QRect:
        place = self.canvas.mapFromScene(rect).boundingRect()
        return place.translated(self.canvas.viewport().mapTo(self.stage, QPoint(0, 0)))

    def _cost(self, card: QRect, covered: list[tuple[QRect, int]]) -> int:
        return sum(weight * _area_of(card.intersected(rect)) for rect, weight in covered)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the stage in its size."""
        if event.type() == QEvent.Type.Resize:
            self.place()
        return super().eventFilter(watched, event)


def _area_of(rect: QRect) -> int:
    return rect.width() * rect.height() if rect.isValid() else 0
