"""Where the card of predict mode lies over the canvas: always in the same place, so that one types where
one typed before. That is at the lower edge, or at the left where the canvas is low for the size of text. The
graph is fitted above or beside it, or shown in part where it could not be read so; what is asked about is
brought there. Knows places on the screen, not what the card says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, QPointF, QRect, QRectF, QSize, QTimer

from nodegraph.app.features.prediction.card import BESIDE_PX, PredictionCard
from nodegraph.app.platform import style
from nodegraph.app.workspace.stage import MARGIN_PX, Stage
from nodegraph.canvas.drawing.card_head import LABELLED_ZOOM
from nodegraph.canvas.items.node_item import TEXT_SCALE
from nodegraph.canvas.view.canvas_view import CanvasView
from nodegraph.canvas.viewport.scrolling import way_into
from nodegraph.core.graph.records import EdgeKey

RESERVED = "prediction"
GAP_PX, SPARE = 10, 0.95
"""Room between the card and what is asked about, and the share of the room that this takes at most."""
LOW_PX = 280
"""A canvas that is lower has the card at its side, if that leaves room for what is asked about."""
GRAPH_PX = 110
"""How wide the room beside it is at least: a node at the least zoom with numbers takes so much."""


@dataclass(frozen=True)
class View:
    """A view to come back to."""

    center: QPointF
    zoom: float
    is_fitted: bool


class CardPlacement(QObject):
    """Keeps the card in its place, and the graph above it."""

    def __init__(self, card: PredictionCard, stage: Stage, canvas: CanvasView) -> None:
        super().__init__(card)
        self.card, self.stage, self.canvas = card, stage, canvas
        self._asked: tuple[str, ...] = ()
        self._needed: tuple[str, ...] = ()
        self._edge: EdgeKey | None = None
        self._before: View | None = None
        """The view before it was moved to make room."""
        self._is_ours = True
        """Whether the view has not been moved by hand since the card is there."""
        self._reserved = QMargins()
        self._is_placing = self._is_by_hand = False
        self._placed_in = QRect()
        """The room for it when the card was placed last."""
        self._anew = QTimer(self, singleShot=True, interval=0)
        self._anew.timeout.connect(self._place_anew)
        stage.installEventFilter(self)
        card.resized.connect(self.place)
        canvas.moved.connect(self._follow_view)
        canvas.chosen.connect(self._follow_hand)
        stage.placed.connect(self._follow_stage)

    def keep_clear(
        self, asked: Iterable[str] = (), needed: Iterable[str] = (), edge: EdgeKey | None = None
    ) -> None:
        """Show the nodes and the chip that are asked about, and where there is room those that are needed."""
        self._asked, self._needed, self._edge = tuple(asked), tuple(needed), edge
        self._is_by_hand = False
        self.place()

    def place(self) -> None:
        """Put the card in its place, what is asked about clear of it; the view makes room, not the card."""
        if self.card.isHidden() or self._is_placing:
            return
        self._is_placing = True
        try:
            self._settle()
            if not self._is_by_hand:
                self._reserve()
                self._bring_clear()
            self._step_aside()
            self._placed_in = self._area()
        finally:
            self._is_placing = False

    def _follow_hand(self) -> None:
        """The hand moves the view, which stays so until the next question."""
        if not self.card.isHidden() and not self._is_placing:
            self._is_by_hand, self._is_ours = True, False

    def _follow_view(self) -> None:
        """The view has moved: where that brings what is asked about beneath the card, it steps aside; in
        another room, such as a panel over the canvas leaves, it is placed anew.
        """
        if self.card.isHidden() or self._is_placing:
            return
        if self._area() != self._placed_in:
            self._anew.start()  # a view that is still taking its size shows nothing by which to place it
        self._settle()
        self._step_aside()

    def _place_anew(self) -> None:
        """Keep no room for what was larger in a window of another size."""
        self._reserved = QMargins()
        self.place()

    def _follow_stage(self) -> None:
        """Something else over the canvas has moved, such as the zoom where a panel came: make way for it."""
        if not self.card.isHidden() and not self._is_placing:
            self._is_placing = True
            self._settle()
            self._step_aside()
            self._is_placing = False
            if self._area() != self._placed_in:
                self._anew.start()

    # --- the card
    @property
    def is_cramped(self) -> bool:
        """Whether panels over the canvas leave too little for the card and what it asks about."""
        return self._is_low() and self._area().width() < style.px(BESIDE_PX + 2 * GRAPH_PX)

    def _is_low(self) -> bool:
        return self._area().height() < style.px(LOW_PX)

    def _settle(self) -> None:
        """Give the card its size, and its place beside the graph or below it."""
        area = self._area()
        is_beside = self._is_low() and area.width() >= style.px(BESIDE_PX + GRAPH_PX)
        if self.card.stand(is_beside, area.size()):
            self._reserved = QMargins()
        width, zoom = self.card.width_in(area.width()), self.stage.zoom
        room = area.height()
        if self.card.is_beside and not zoom.isHidden() and area.left() + width > zoom.x():
            room = zoom.y() - style.px(GAP_PX) - area.top()
        self.card.setFixedSize(QSize(width, min(self.card.height_at(width), room)))
        self.card.move(self._home(area))

    def _home(self, area: QRect) -> QPoint:
        """At the left; or below, in the middle, or further left where the zoom is, and above that where there
        is no room beside it.
        """
        if self.card.is_beside:
            return area.topLeft()
        size, gap = self.card.size(), style.px(GAP_PX)
        left = area.center().x() - size.width() // 2
        top = max(area.top(), area.bottom() + 1 - size.height())
        zoom = self.stage.zoom
        if zoom.isHidden() or left + size.width() + gap <= zoom.x():
            return QPoint(left, top)
        beside = zoom.x() - gap - size.width()
        if beside >= area.left():
            return QPoint(beside, top)
        return QPoint(max(left, area.left()), max(area.top(), zoom.y() - gap - size.height()))

    def _step_aside(self) -> None:
        """Leave the usual place where the view could not be moved away from it: least of all the card covers
        what is asked for, which is the last of what is asked about.
        """
        asked = self._asked_rects()
        if not any(self.card.geometry().intersects(rect) for rect in asked):
            return
        area, size = self._area(), self.card.size()
        places = {spot: QRect(QPoint(*spot), size) for spot in self._spots(area, size)}
        costs = {spot: (_covered(at, asked[-1:]), _covered(at, asked)) for spot, at in places.items()}
        self.card.move(QPoint(*min(costs, key=costs.__getitem__)))

    # --- the view makes room
    def _reserve(self) -> None:
        """Fit the graph beside the card; where it could not be read there, show it near enough in part."""
        canvas = self.canvas
        corner, gap = canvas.mapTo(self.stage, QPoint(0, 0)), style.px(GAP_PX)
        if self.card.is_beside:
            left = self.card.geometry().right() + 1 - corner.x() + gap
            self._reserved.setLeft(max(self._reserved.left(), left))
        else:
            needed = corner.y() + canvas.height() - self.card.y() + gap
            most = canvas.height() * 3 // 4
            self._reserved.setBottom(max(self._reserved.bottom(), min(needed, most)))
        canvas.reserve(RESERVED, QMargins(self._reserved))
        was_fitted = self._before is not None and self._before.is_fitted and self._is_ours
        if was_fitted and (not self._asked or self._can_be_read_whole()):
            canvas.fit()
        elif canvas.is_fitted and canvas.zoom < TEXT_SCALE:
            canvas.set_zoom(LABELLED_ZOOM)

    def _can_be_read_whole(self) -> bool:
        """Whether the graph has numbers in the room that is left."""
        return self.canvas.zoom_for(self.canvas.graph_scene.drawn_rect()) >= TEXT_SCALE

    def _bring_clear(self) -> None:
        """Move the view as little as brings clear of the card what is asked about, with what is needed if
        there is room for it; zoom out only where that has no room else, and not so far that no number is
        shown.
        """
        canvas, area = self.canvas, self._area()
        over = [part for part in (self.stage.banner, self.stage.find) if not part.isHidden()]
        if canvas.is_fitted and not over:
            return  # all is seen
        if self.card.is_beside:
            area.setLeft(self.card.geometry().right() + 1 + style.px(GAP_PX))
        else:
            area.setBottom(self.card.y() - style.px(GAP_PX))
        for part in over:
            area.setTop(max(area.top(), part.geometry().bottom() + style.px(GAP_PX)))
        wanted = _united(self._asked_rects())
        if wanted.isNull():
            return
        if not _fits(wanted, area):
            share = min(area.width() / wanted.width(), max(area.height(), 1) / wanted.height())
            least = min(canvas.zoom, TEXT_SCALE / canvas.graph_scene.text_scale)
            canvas.set_zoom(max(least, canvas.zoom * share * SPARE))
        asked = self._asked_rects()
        wholes = [*asked, *self._rects(self._needed)], asked, asked[-1:]
        wanted = next((whole for rects in wholes if _fits(whole := _united(rects), area)), wanted)
        by = QPoint(way_into(wanted.left(), wanted.right(), area.left(), area.right()),
                    way_into(wanted.top(), wanted.bottom(), area.top(), area.bottom()))  # fmt: skip
        if not by.isNull():
            canvas.set_center(canvas.center() - QPointF(by) / canvas.zoom)

    def begin(self) -> None:
        """Remember how one looks now, to look so again."""
        canvas = self.canvas
        self._before = View(canvas.center(), canvas.zoom, canvas.is_fitted)
        self._is_by_hand, self._is_ours = False, True

    def give_back(self) -> None:
        """Look again where one looked before, unless the view was moved by hand since."""
        canvas, before = self.canvas, self._before
        canvas.reserve(RESERVED)
        if before is not None and self._is_ours:
            if before.is_fitted:
                canvas.fit()
            else:
                canvas.look_at(before.center, before.zoom)
        self._before, self._reserved = None, QMargins()

    # --- measures
    def _area(self) -> QRect:
        margin = style.px(MARGIN_PX)
        room = self.canvas.room(but=RESERVED)
        return room.translated(self.canvas.mapTo(self.stage, QPoint(0, 0))) - QMargins(*[margin] * 4)

    def _spots(self, area: QRect, size: QSize) -> list[tuple[int, int]]:
        """The places to step aside to, best first."""
        low = self._home(area).y()
        middle, right = area.center().x() - size.width() // 2, area.right() + 1 - size.width()
        spots = [(x, y) for y in (low, area.top()) for x in (middle, area.left(), right)]
        return [(max(x, area.left()), max(y, area.top())) for x, y in spots]

    def _asked_rects(self) -> list[QRect]:
        """Where on the stage what is asked about is: nodes and the chip of an edge."""
        scene, found = self.canvas.graph_scene, self._rects(self._asked)
        chip = scene.showing.chip(self._edge) if self._edge is not None else None
        if self._edge is not None and chip is not None:
            found.append(self._on_stage(scene.showing.chip_rect(self._edge, chip[0])))
        return found

    def _rects(self, node_ids: Iterable[str]) -> list[QRect]:
        scene = self.canvas.graph_scene
        cards = (scene.card_of(node_id) for node_id in node_ids if node_id in scene.items_by_id)
        return [self._on_stage(card.adjusted(-8, -8, 8, 8)) for card in cards]

    def _on_stage(self, rect: QRectF) -> QRect:
        place = self.canvas.mapFromScene(rect).boundingRect()
        return place.translated(self.canvas.viewport().mapTo(self.stage, QPoint(0, 0)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the stage in its size."""
        if event.type() == QEvent.Type.Resize and not self.card.isHidden():
            self._settle()
            self._anew.start()
        return super().eventFilter(watched, event)


def _united(rects: list[QRect]) -> QRect:
    found = QRect()
    for rect in rects:
        found = found.united(rect)
    return found


def _fits(rect: QRect, area: QRect) -> bool:
    return rect.width() <= area.width() and rect.height() <= area.height()


def _covered(card: QRect, rects: Iterable[QRect]) -> int:
    """Returns how much of these a card covers, in pixels."""
    shared = (card & rect for rect in rects)
    return sum(rect.width() * rect.height() for rect in shared if rect.isValid())
