"""Where a card floats over the canvas: at its lower edge, and clear of what the card is about. Where no place
is, the view makes room. Knows places on the screen, not what the card says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, QPointF, QRect, QRectF, QSize
from PySide6.QtWidgets import QWidget

from nodegraph.app.features.prediction.card import LEAST_PX, WIDTH_PX, PredictionCard
from nodegraph.app.platform import style
from nodegraph.app.workspace.stage import MARGIN_PX, Stage
from nodegraph.canvas.items.node_item import LABEL_SCALE
from nodegraph.canvas.view.canvas_view import CanvasView
from nodegraph.core.graph.records import EdgeKey

ASKED, OVERLAY, NEEDED = 60, 20, 10
"""How much worse it is to cover this than any card: what is asked about, another overlay, its operands."""
STEADY = 1.2
"""The card stays where it is while no place is better by more than this."""
RESERVED = "prediction"
GAP_PX, SPARE = 10, 0.95
"""Room between the card and what is asked about, and the share of the room that this takes at most."""


@dataclass(frozen=True)
class View:
    """A view to come back to."""

    center: QPointF
    zoom: float
    is_fitted: bool


class CardPlacement(QObject):
    """Keeps the card where there is room."""

    def __init__(self, card: PredictionCard, stage: Stage, canvas: CanvasView) -> None:
        super().__init__(card)
        self.card, self.stage, self.canvas = card, stage, canvas
        self._asked: tuple[str, ...] = ()
        self._needed: tuple[str, ...] = ()
        self._edge: EdgeKey | None = None
        self._spot = 0
        self._before: View | None = None
        self._moved: QPointF | None = None
        """The view before it was moved to make room, and where to."""
        self._reserved_px = 0
        self._is_placing = False
        stage.installEventFilter(self)
        card.resized.connect(self.place)
        canvas.moved.connect(self._follow_view)

    def keep_clear(
        self, asked: Iterable[str] = (), needed: Iterable[str] = (), edge: EdgeKey | None = None
    ) -> None:
        """Cover none of the nodes and the chip that are asked about, and rather none that are needed."""
        self._asked, self._needed, self._edge = tuple(asked), tuple(needed), edge
        self.place()

    def place(self) -> None:
        """Put the card where it covers least, and never what is asked about: rather the view makes room."""
        if self.card.isHidden() or self._is_placing:
            return
        self._is_placing = True
        try:
            self._settle()
            if self.canvas.is_fitted and self._covers_cards():
                self._shrink()
            if self._covers_asked():
                self._move_view()
        finally:
            self._is_placing = False

    def _follow_view(self) -> None:
        """Move the card out of the way, if possible, when the view is moved by hand."""
        if not self.card.isHidden() and not self._is_placing:
            self._settle()

    def _settle(self) -> None:
        """The best of the places there are, as the view is now."""
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
    def _covers_cards(self) -> bool:
        return self._covered(self.card.geometry()) > 0 or self._covers_asked()

    def _covers_asked(self) -> bool:
        return any(self.card.geometry().intersects(rect) for rect in self._asked_rects())

    def _asked_rects(self) -> list[QRect]:
        return [rect for rect, weight in self._heavy() if weight == ASKED]

    def _shrink(self) -> None:
        """Fit the graph above the card, where it can still be read there."""
        was_ours = self._is_ours()
        self._reserved_px = max(self._reserved_px, self.card.height() + 2 * style.px(MARGIN_PX))
        self.canvas.reserve(RESERVED, QMargins(0, 0, 0, self._reserved_px))
        if self.canvas.zoom < LABEL_SCALE:
            self._reserved_px = 0
            self.canvas.reserve(RESERVED)
        self._take(was_ours)
        self._settle()

    def _move_view(self) -> None:
        """Bring what is asked about above the card, nearer or further away only where it needs that."""
        canvas, area = self.canvas, self._area()
        was_ours = self._is_ours()
        self._spot = 0
        self.card.move(self._spots(area, self.card.size())[0])
        area.setBottom(self.card.y() - style.px(GAP_PX))
        wanted = _united(self._asked_rects())
        if wanted.width() > area.width() or wanted.height() > area.height():
            share = min(area.width() / wanted.width(), max(area.height(), 1) / wanted.height())
            canvas.set_zoom(canvas.zoom * share * SPARE)
            wanted = _united(self._asked_rects())
        by = QPoint(_into(wanted.left(), wanted.right(), area.left(), area.right()),
                    _into(wanted.top(), wanted.bottom(), area.top(), area.bottom()))  # fmt: skip
        canvas.set_center(canvas.center() - QPointF(by) / canvas.zoom)
        self._take(was_ours)

    def begin(self) -> None:
        """Remember how one looks now, to look so again."""
        canvas = self.canvas
        self._before, self._moved = View(canvas.center(), canvas.zoom, canvas.is_fitted), canvas.center()

    def reveal(self, *node_ids: str) -> None:
        """Bring nodes into view."""
        was_ours = self._is_ours()
        self.canvas.reveal(*node_ids)
        self._take(was_ours)

    def _is_ours(self) -> bool:
        """Whether the view has not been moved by hand since this class moved it."""
        return self._moved == self.canvas.center()

    def _take(self, was_ours: bool) -> None:
        if was_ours:
            self._moved = self.canvas.center()

    def give_back(self) -> None:
        """Look again where one looked before, unless the view was moved by hand since."""
        canvas, before = self.canvas, self._before
        is_ours = self._is_ours()
        canvas.reserve(RESERVED)
        if before is not None and is_ours:
            if before.is_fitted:
                canvas.fit()
            else:
                canvas.look_at(before.center, before.zoom)
        self._before, self._moved, self._spot, self._reserved_px = None, None, 0, 0

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


def _united(rects: list[QRect]) -> QRect:
    found = QRect()
    for rect in rects:
        found = found.united(rect)
    return found


def _into(low: int, high: int, least: int, most: int) -> int:
    """Returns by how much an interval must move to lie within another one."""
    return max(least - low, min(0, most - high)) if low < least or high > most else 0


def _area_of(rect: QRect) -> int:
    return rect.width() * rect.height() if rect.isValid() else 0
