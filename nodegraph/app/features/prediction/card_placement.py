"""Where a card floats over the canvas: at its lower edge, and clear of what the card is about. Knows places
on the screen, not what the card says.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize
from PySide6.QtWidgets import QWidget

from nodegraph.app.features.prediction.card import LEAST_PX, WIDTH_PX, PredictionCard
from nodegraph.app.platform import style
from nodegraph.app.workspace.stage import MARGIN_PX, Stage
from nodegraph.canvas.view.canvas_view import CanvasView
from nodegraph.core.graph.records import EdgeKey

ASKED, OVERLAY, NEEDED = 60, 20, 10
"""How much worse it is to cover this than any card: what is asked about, another overlay, its operands."""
STEADY = 1.2
"""The card stays where it is while no place is better by more than this."""
ABOVE_PX = 20
"""Room above a graph that makes way."""


class CardPlacement(QObject):
    """Keeps the card where there is room."""

    def __init__(self, card: PredictionCard, stage: Stage, canvas: CanvasView) -> None:
        super().__init__(card)
        self.card, self.stage, self.canvas = card, stage, canvas
        self._asked: tuple[str, ...] = ()
        self._needed: tuple[str, ...] = ()
        self._edge: EdgeKey | None = None
        self._spot = 0
        self._moved: tuple[QPointF, QPointF] | None = None
        """From where to where the view was moved to make room."""
        stage.installEventFilter(self)
        card.resized.connect(self.place)
        canvas.moved.connect(self.place)

    def keep_clear(
        self, asked: Iterable[str] = (), needed: Iterable[str] = (), edge: EdgeKey | None = None
    ) -> None:
        """Cover none of the nodes and the chip that are asked about, and rather none that are needed."""
        self._asked, self._needed, self._edge = tuple(asked), tuple(needed), edge
        self.place()

    def place(self) -> None:
        """Put the card where it covers least."""
        if self.card.isHidden():
            return
        area = self._area()
        width = max(min(style.px(WIDTH_PX), area.width()), min(style.px(LEAST_PX), area.width()))
        size = QSize(width, self.card.layout().totalHeightForWidth(width))
        self.card.setFixedSize(size)
        heavy = self._heavy()
        spots = self._spots(area, size)
        costs = [self._cost(QRect(spot, size), heavy) for spot in spots]
        if costs[self._spot] > STEADY * min(costs):
            self._spot = costs.index(min(costs))
        self.card.move(spots[self._spot])

    # --- the view makes room
    def make_room(self) -> None:
        """Move a graph up that is wholly in view, where the card would lie on it."""
        canvas, drawn = self.canvas, self.canvas.graph_scene.graph_rect()
        if not canvas.seen().contains(drawn) or not self.card.geometry().intersects(self._on_stage(drawn)):
            return
        before = canvas.center()
        spare = drawn.top() - canvas.seen().top() - ABOVE_PX / canvas.zoom
        if spare > 0:
            canvas.set_center(before + QPointF(0, spare))
            self._moved = before, canvas.center()

    def give_back(self) -> None:
        """Look again where one looked before, unless the view was moved by hand since."""
        if self._moved is not None and self.canvas.center() == self._moved[1]:
            self.canvas.set_center(self._moved[0])
        self._moved, self._spot = None, 0

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

    def _heavy(self) -> list[tuple[QRect, int]]:
        """(place on the stage, how bad it is to cover it)."""
        scene = self.canvas.graph_scene
        found = [
            (self._on_stage(scene.card_of(node_id).adjusted(-8, -8, 8, 8)), weight)
            for node_ids, weight in ((self._asked, ASKED), (self._needed, NEEDED))
            for node_id in node_ids
            if node_id in scene.items_by_id
        ]
        chip = scene.showing.chip(self._edge) if self._edge is not None else None
        if self._edge is not None and chip is not None:
            found.append((self._on_stage(scene.showing.chip_rect(self._edge, chip[0])), ASKED))
        canvas, stage = self.canvas, self.stage
        over: tuple[QWidget, ...] = (stage.zoom, stage.banner, stage.find)
        found += [(widget.geometry(), OVERLAY) for widget in over if not widget.isHidden()]
        corner = canvas.viewport().mapTo(stage, QPoint(0, 0))
        inside: tuple[QWidget, ...] = (canvas.minimap, canvas.legend)
        return found + [(w.geometry().translated(corner), 1) for w in inside if not w.isHidden()]

    def _cost(self, card: QRect, heavy: list[tuple[QRect, int]]) -> float:
        return sum(weight * _area_of(card & rect) for rect, weight in heavy) + self._covered(card)

    def _covered(self, card: QRect) -> float:
        """How much of all cards of the graph it would cover, in pixels."""
        viewport = self.canvas.viewport()
        corner = viewport.mapFrom(self.stage, card.topLeft())
        there = self.canvas.mapToScene(QRect(corner, card.size())).boundingRect()
        left, top, width, height = self.canvas.graph_scene.far_layer.rows.values.T
        across = np.minimum(left + width, there.right()) - np.maximum(left, there.left())
        down = np.minimum(top + height, there.bottom()) - np.maximum(top, there.top())
        covered = np.clip(across, 0, None) * np.clip(down, 0, None)
        return float(covered.sum()) * self.canvas.zoom**2

    def _on_stage(self, rect: QRectF) -> QRect:
        place = self.canvas.mapFromScene(rect).boundingRect()
        return place.translated(self.canvas.viewport().mapTo(self.stage, QPoint(0, 0)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the stage in its size."""
        if event.type() == QEvent.Type.Resize:
            self.place()
        return super().eventFilter(watched, event)


def _area_of(rect: QRect) -> int:
    return rect.width() * rect.height() if rect.isValid() else 0
