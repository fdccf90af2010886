"""The cards in view, each as its picture at its pixels, while the view moves or frames follow each other: Qt
goes from card to card and asks each what it looks like, and that takes longer than to paint them.

One rule says when a picture is stale: where its card was asked for an update or, at another frame than the
one it was made for, is active or shows numbers that differ, which arrays of the trace tell. Whoever paints
clears all where anything else has changed.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QPainter, QPixmap, QRegion

from nodegraph.canvas.items.node_item import Mark, NodeItem
from nodegraph.canvas.pictures.pixels import Grid, draw_each
from nodegraph.canvas.pictures.sheet import NEAR_PIXEL
from nodegraph.canvas.scene import hit_test

if TYPE_CHECKING:
    from nodegraph.canvas.pictures.sight import SightedView
    from nodegraph.canvas.scene.scene import GraphScene
    from nodegraph.core.engine.trace import Frame

AHEAD = 64.0
"""How far beside what is seen cards are looked for, in scene units: the view is panned a little at a time."""


class _Made(NamedTuple):
    """A picture, the pixels it covers while the view lies as it did first, and the revision of its card."""

    picture: QPixmap
    box: QRect
    revision: int


class _Found(NamedTuple):
    """The cards that touch a rectangle, topmost last, but for the loose ones; and their rows."""

    rect: QRectF
    told: tuple[object, ...] = ()
    cards: tuple[tuple[str, NodeItem, QRect], ...] = ()
    """The node of each, and the pixels while the view lies as it did first, and some more."""
    rows: NDArray[np.intp] = np.empty(0, dtype=np.intp)


class CardPictures:
    """The pictures of the cards of a view that is not seen from far away."""

    def __init__(self, view: SightedView, scene: GraphScene) -> None:
        self.view, self.scene = view, scene
        self.clear()

    def clear(self) -> None:
        """Forget all: cards are others, or lie or look otherwise for a reason that is not heard of here."""
        self._made: dict[str, _Made] = {}
        self._shown: tuple[Frame | None, int] = None, -1
        """The frame for which they were made, and the revision of all cards."""
        self._first: Grid | None = None
        """How the view lay on the pixels of the device when the first was made."""
        self._found = _Found(QRectF())

    def paint(self, painter: QPainter, loose: Collection[str]) -> list[NodeItem]:
        """Paint what of the cards, but for the loose ones, is exposed, by a painter of the view. Returns
        those of which there can be no picture.
        """
        missing = self.bring(painter, loose)
        grid = Grid.of(painter)
        assert grid is not None
        draw_each(painter, grid, self.pictures(), self.way(grid))
        return missing

    def bring(
        self, painter: QPainter, loose: Collection[str], within: QRectF | None = None
    ) -> list[NodeItem]:
        """Bring up to date the pictures of the cards, but for the loose ones, that are exposed, or of all
        that touch a rectangle of the scene. Returns those of which there can be none.
        """
        grid = Grid.of(painter)
        assert grid is not None
        way = self.way(grid)
        seen = self.view.seen()
        self._find(seen if within is None else within, loose)
        self.drop_stale()
        if within is None:
            return self._make(painter, painter.paintEngine().systemClip(), way)
        return self._make(painter, QRegion(QRect(*grid.box(within))), way)

    def pictures(self) -> list[tuple[QRect, QPixmap]]:
        """Returns the pictures, topmost last, each with its pixels while the view lies as it did first."""
        there = (self._made.get(key) for key, _, _ in self._found.cards)
        return [(made.box, made.picture) for made in there if made is not None]

    def way(self, grid: Grid) -> QPoint:
        """Returns by how many pixels the view has been panned since the first picture was made; where it lies
        elsewhere between pixels now, none serves.
        """
        first = self._first or grid
        x, y = grid.left - first.left, grid.top - first.top
        way = QPoint(round(x), round(y))
        if grid.scale != first.scale or max(abs(x - way.x()), abs(y - way.y())) > NEAR_PIXEL:
            self.clear()
            first, way = grid, QPoint()
        self._first = first
        return way

    def _find(self, rect: QRectF, loose: Collection[str]) -> None:
        """Find the cards that touch a rectangle, but for the loose ones: all that have moved are of these."""
        rows = self.scene.far_layer.rows
        told = rows.turnover, *loose
        if self._found.told == told and self._found.rect.contains(rect):
            return
        first = self._first
        assert first is not None
        rect = rect.adjusted(-AHEAD, -AHEAD, AHEAD, AHEAD)
        found = (card for card in hit_test.cards_in(self.scene, rect) if card.node.id not in loose)
        items = sorted(found, key=NodeItem.zValue)
        boxes = (QRect(*first.box(card.sceneBoundingRect())).adjusted(-1, -1, 1, 1) for card in items)
        keys = [card.node.id for card in items]
        self._found = _Found(rect, told, tuple(zip(keys, items, boxes, strict=True)), rows.numbers(keys))
        for key in self._made.keys() - set(keys):
            del self._made[key]

    def covers(self, rect: QRectF) -> bool:
        """Whether all cards that touch a rectangle of the scene are known."""
        return self._found.told[:1] == (self.scene.far_layer.rows.turnover,) and self._found.rect.contains(
            rect
        )

    def drop_stale(self) -> list[NodeItem] | None:
        """Drop the pictures that are stale by now. Returns their cards; None where that may be any."""
        frame, revision = self.scene.showing.visible, self.scene.card_revision
        (before, was), self._shown = self._shown, (frame, revision)
        if frame is before and revision == was:
            return []
        found, is_same = self._found, frame is before
        if is_same:
            changed = [False] * len(found.cards)
        else:
            differs = self.scene.showing.numbers.differing_from(before)
            if differs is None or frame is None:
                self._made.clear()
                return None
            there = self.scene.far_layer.rows.numbers_in(frame.trace.plan.number)[found.rows]
            changed = (differs[there] | (there < 0)).tolist()
        other = []
        for (key, card, _), differs_now in zip(found.cards, changed, strict=True):
            made = self._made.get(key)
            if (
                differs_now
                or (made is not None and made.revision != card.revision)
                or (card.mark & Mark.ACTIVE and not is_same)
            ):
                self._made.pop(key, None)
                other.append(card)
        return other

    def _make(self, painter: QPainter, exposed: QRegion, way: QPoint) -> list[NodeItem]:
        """Make or find the pictures of the cards that touch a part of the device, or of all where that is
        empty, and have none. Returns those of which there can be none.
        """
        grid, scale, missing = Grid.of(painter), painter.worldTransform().m11(), []
        assert grid is not None
        exposed.translate(-way)
        for key, card, place in self._found.cards:
            if key in self._made or not (exposed.isEmpty() or exposed.intersects(place)):
                continue
            found = card.picture(grid, scale)
            if found is None:
                missing.append(card)
            else:
                x, y, picture = found
                box = QRect(QPoint(x, y) - way, picture.size())
                self._made[key] = _Made(picture, box, card.revision)
        return missing
