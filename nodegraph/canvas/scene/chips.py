"""The chips of a scene: what they say, in full or shortened, and where they lie on their edges.

A chip lies where its edge is alone. Which texts it may have, the longest first, its `Wording` says: the whole
product, then the contribution alone, then fewer digits. Where there is no room for any of them, it shows only
while its edge is looked at.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF

from nodegraph.canvas.drawing import geometry
from nodegraph.canvas.drawing.card_head import type_scale
from nodegraph.canvas.drawing.chip_placement import ChipRooms, Taken, place_above, place_alone
from nodegraph.canvas.drawing.lettering import REMEMBERED
from nodegraph.canvas.drawing.wording import FEWEST_DIGITS, Wording
from nodegraph.canvas.scene import badge_rooms
from nodegraph.canvas.scene.extent import around
from nodegraph.core.engine.rounding import ABOUT_ZERO, is_rounding, may_be_asked
from nodegraph.core.engine.trace import Frame
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.numbers import format_number, format_signed
from nodegraph.core.operations.equations import product

if TYPE_CHECKING:
    from nodegraph.canvas.scene.board import Board

CHIP_DIGITS, SHORT_DIGITS = 4, 3
LONGEST_CHIP = 22
"""Characters of a product beyond which it is written with a digit less."""
PLAY = 24.0
"""By how much a text may outgrow the room of its chip before that is placed anew."""
MOST_AT_ONCE = 400
"""Edges up to which all chips are placed at once, so that they lie the same whichever is seen first."""
FAR = 1e9
MUCH_WIDER = 2.0
"""From so many times its width on a room is no longer that of a chip."""
REACH = 160.0
"""How far beyond its edge a chip may cover something."""


MOST_AT_REST = 1.5
"""From so far away that type grows by more only chips that are looked at have room."""
GROWTHS = (
    *((0.75, 1.0), (0.6, 1.25), (0.5, MOST_AT_REST), (0.375, 2.0)),
    *((0.3, 2.5), (0.25, 3.0), (0.2, 3.75), (0.0, 1.0)),
)
"""By how much the type of chips grows from each scale on: on the screen it is at least 9 pixels high wherever
there are chips.
"""


@dataclass(frozen=True, slots=True)
class Form:
    """A text that a chip may have: the whole product, or in short what the edge carries.

    `digits` is None for as many as usual.
    """

    is_short: bool = False
    digits: int | None = None


@cache
def forms_of(wording: Wording) -> tuple[Form, ...]:
    """Returns the forms of chips, the one that says most first."""
    most = wording.digits
    long = (Form(False, most), *(Form(False, fewer) for fewer in _fewer(most or CHIP_DIGITS)))
    short = (Form(True, most), *(Form(True, fewer) for fewer in _fewer(most or SHORT_DIGITS)))
    if wording.labels == "contribution":
        return short
    return (long[0], *short) if wording.labels == "automatic" else long


def _fewer(digits: int) -> range:
    return range(digits - 1, FEWEST_DIGITS - 1, -1)


def growth_at(scale: float) -> float:
    """Returns how much larger than usual the type of chips is in a scene that is seen at this scale."""
    return next(growth for least, growth in GROWTHS if scale >= least)


class Chips:
    """Where the chips of all edges lie, and in which form they are shown."""

    def __init__(self, scene: Board) -> None:
        self.scene = scene
        self._zoom = 1.0
        self._rooms = ChipRooms()
        self._bare: set[EdgeKey] = set()
        """The chips with no room for their badges."""
        self._badges: NDArray[np.float64] | None = None
        """Where badges will lie below cards."""
        self._forms: dict[EdgeKey, Form | None] = {}
        """The form of each chip; None where there is room for none."""
        self._whole: dict[EdgeKey, QRectF] = {}
        """Where chips lie that are looked at, in full."""
        self._said: tuple[Frame | None, dict[tuple[EdgeKey, Form], str | None]] = (None, {})
        self._along: dict[EdgeKey, tuple[float, QPointF]] = {}
        """At which share of its edge the room of a chip lies, and how far beside it."""

    def __len__(self) -> int:
        return len(self._forms)

    @property
    def scale(self) -> float:
        """How much larger than usual the type of chips is in the scene."""
        return self.scene.text_scale * self.growth

    @property
    def growth(self) -> float:
        """By how much of that it is because it is seen from far away."""
        return growth_at(type_scale(self._zoom * self.scene.text_scale, self.scene.type_wish))

    def see_at(self, zoom: float) -> None:
        """Let chips be seen at so many pixels for each unit: from further away their type is larger, and they
        are placed anew where it is.
        """
        before, self._zoom = self.scale, zoom
        if self.scale != before:
            self.clear()

    def clear(self) -> None:
        """All chips will be placed anew."""
        self._rooms.clear()
        self._forms.clear()
        self._whole.clear()
        self._bare.clear()
        self._along.clear()
        self._badges = None

    def forget(self, keys: Collection[EdgeKey], cards: Collection[QRectF] = ()) -> None:
        """The chips of these edges, and those near these cards, will be placed anew."""
        gone = set(keys)
        for card in cards:
            gone.update(self._rooms.near(card))
        self._rooms.forget(gone)
        for key in gone:
            self._forms.pop(key, None)
        self._whole.clear()
        self._badges = None

    def carry(self, keys: Collection[EdgeKey]) -> list[QRectF]:
        """Let the chips of these edges go along with them: they keep their share of the way. Returns where
        they were and where they are.
        """
        rooms: list[QRectF] = []
        for key in self.scene.edge_layer.rows.number.keys() & set(keys):
            room, whole = self._rooms.get(key), self._whole.get(key)
            if room is not None:
                rooms += [room, moved := self._carried(key, room)]
                self._rooms.put(key, moved)
            if whole is not None:
                self._whole[key] = self._carried(key, whole)
                rooms += [whole, self._whole[key]]
        return rooms

    def _carried(self, key: EdgeKey, room: QRectF) -> QRectF:
        share, aside = self._along[key]
        moved = QRectF(room)
        moved.moveCenter(geometry.point_on(self.scene.edge_layer.curve(key), share) + aside)
        return moved

    def rooms(self, key: EdgeKey) -> list[QRectF]:
        """Returns where the chip of an edge may lie; nothing where it has not been placed."""
        return [room for room in (self._rooms.get(key), self._whole.get(key)) if room is not None]

    def near(self, place: QPointF) -> list[EdgeKey]:
        """The edges whose chips have room here."""
        return [*self._rooms.at(place), *(key for key, rect in self._whole.items() if rect.contains(place))]

    def has_badges(self, frame: Frame, key: EdgeKey) -> bool:
        """Whether there is room for the badges below the chip of an edge; another trace may have others."""
        room, height = self._rooms.get(key), self._size("").height()
        if room is not None and key not in self._bare:
            below = badge_rooms.below_chip(self.scene, frame, key, QSizeF(room.width(), height))
            if room.height() < height + below.height() - 0.5:
                self._place(frame, key)
        return key not in self._bare

    def text(self, frame: Frame, key: EdgeKey, *, in_full: bool) -> str | None:
        """What the chip of an edge says, or None where it has nothing to say or no room to say it."""
        if in_full:
            return text_of(frame, key, Form(digits=self.scene.showing.wording.digits))
        is_shown = self.scene.showing.wording.labels not in ("step", "none") and self.growth <= MOST_AT_REST
        form = self._form(frame, key) if is_shown else None
        return None if form is None else self._text(frame, key, form)

    def _text(self, frame: Frame, key: EdgeKey, form: Form) -> str | None:
        """What an edge carries; kept while the same frame is shown."""
        if self._said[0] is not frame:
            self._said = (frame, {})
        said = self._said[1]
        if (key, form) not in said:
            said[key, form] = text_of(frame, key, form)
        return said[key, form]

    def rect(self, frame: Frame, key: EdgeKey, text: str, *, in_full: bool) -> QRectF:
        """Where a chip lies; its middle stays the same through all steps, so that nothing jumps."""
        size = self._size(text)
        form = self._form(frame, key) if self.growth <= MOST_AT_REST else None
        room = self._rooms.get(key)
        if form is None or room is None or (in_full and room.width() < size.width() - PLAY):
            room = self._whole.get(key)
            if room is None or not self._fits(size, room):
                room = self._whole[key] = self._above(frame, key, size)
                self._along[key] = geometry.share_at(self.scene.edge_layer.curve(key), room.center())
        return QRectF(QPointF(room.center().x() - size.width() / 2, room.top()), size)

    def _fits(self, size: QSizeF, room: QRectF) -> bool:
        """Whether a chip that is looked at stays in this room. From far away one that is much narrower, as
        the value of an edge is beside its product, has a place of its own, nearer to its edge.
        """
        is_near = self.growth <= MOST_AT_REST or room.width() < MUCH_WIDER * size.width()
        return is_near and room.width() >= size.width() - PLAY

    def at_rest(self, frame: Frame, key: EdgeKey) -> tuple[Form, QRectF] | None:
        """Returns the form of a chip that nobody looks at and the room it has; None where it has none."""
        form, room = self._form(frame, key), self._rooms.get(key)
        return None if form is None or room is None else (form, room)

    def _form(self, frame: Frame, key: EdgeKey) -> Form | None:
        if key not in self._forms:
            if len(self.scene.edge_layer.rows) > MOST_AT_ONCE:
                return self._place(frame, key)
            self._place_all(frame)
            return self._forms[key]
        form, room = self._forms[key], self._rooms.get(key)
        text = None if form is None or room is None else self._text(frame, key, form)
        if text is not None and room is not None and room.width() < self._size(text).width() - PLAY:
            return self._place(frame, key)
        return form

    def _place_all(self, frame: Frame) -> None:
        """Find room for all chips that have none, short edges first: they have the fewest places."""
        layer = self.scene.edge_layer
        ends = self.scene.graph.direction.turned_all(layer.rows.values)
        spans = np.abs(ends[:, 2] - ends[:, 0])
        for number in np.lexsort((*layer.rows.values.T, spans)).tolist():
            key = layer.rows.keys[number]
            if key not in self._forms:
                self._place(frame, key)

    def _place(self, frame: Frame, key: EdgeKey) -> Form | None:
        """Find room for a chip as it is once the backward pass is through."""
        forms = forms_of(self.scene.showing.wording)
        sizes = [self._size_as(form, frame, key) for form in forms]
        below = [badge_rooms.below_chip(self.scene, frame, key, size) for size in sizes]
        points, taken = self.scene.edge_layer.curve(key), self._taken(key, frame)
        found = place_alone(points, sizes, taken, below)
        self._bare.discard(key)
        if found is None and any(size != badge_rooms.NONE for size in below):
            self._bare.add(key)
            found = place_alone(points, sizes, taken)
        if found is None:
            self._rooms.forget([key])
            self._forms[key] = None
            return None
        number, room = found
        self._rooms.put(key, room)
        self._along[key] = geometry.share_at(points, room.center())
        self._forms[key] = forms[number]
        return forms[number]

    def _size_as(self, form: Form, frame: Frame, key: EdgeKey) -> QSizeF:
        """The room that a chip takes in a form, now and at the end."""
        now, last = text_of(frame, key, Form(True, form.digits)), text_of(frame.trace.last_frame, key, form)
        size = self._size(now or "")
        return size if last is None else self._size(last).expandedTo(size)

    def _above(self, frame: Frame, key: EdgeKey, size: QSizeF) -> QRectF:
        """Where a chip lies that is looked at: above all others, on as few cards as may be."""
        taken = self._taken(key, frame)
        within = replace(taken, cards=np.concatenate([taken.cards, _array(self._out_of_sight())]))
        is_far = self.growth > MOST_AT_REST
        return place_above(self.scene.edge_layer.curve(key), size, within, is_far=is_far)

    def _out_of_sight(self) -> list[tuple[float, float, float, float]]:
        """What lies beyond the view, while that shows the whole picture."""
        drawn = around(self.scene, self.scene.graph_rect())
        for view in self.scene.views():
            seen = view.mapToScene(view.viewport().rect()).boundingRect()
            if seen.contains(drawn):
                above, below = (-FAR, -FAR, FAR, seen.top()), (-FAR, seen.bottom(), FAR, FAR)
                return [above, below, *_beside(seen)]
        return []

    def _size(self, text: str) -> QSizeF:
        return geometry.chip_size(text, self.scale)

    def _walls(self) -> list[tuple[float, float, float, float]]:
        """What lies beyond both sides of the picture, which a wide chip on an edge that leads down must not
        reach out of.
        """
        if self.scene.graph.direction is Direction.RIGHT:
            return []
        return _beside(around(self.scene, self.scene.graph_rect()))

    def _taken(self, key: EdgeKey, frame: Frame) -> Taken:
        """What lies about an edge: cards and the badges below them, chips and other edges."""
        scene = self.scene
        layer, number = scene.edge_layer, scene.edge_layer.rows.number[key]
        left, top, right, bottom = layer.boxes[number].tolist()
        reach = REACH * self.scale
        around = QRectF(QPointF(left, top), QPointF(right, bottom)).adjusted(-reach, -reach, reach, reach)
        cards = scene.far_layer.rows.values[scene.far_layer.touches(around)]
        cards[:, 2:] += cards[:, :2]
        if self._badges is None:
            few = len(layer.rows) <= MOST_AT_ONCE
            below = badge_rooms.below_cards(scene, frame) if few else ()
            self._badges = _array([_sides(rect) for rect in below])
        groups = [_sides(group.rect) for group in scene.surroundings.collapsed()] + self._walls()
        chips = [
            _sides(room)
            for other in self._rooms.near(around)
            if (room := self._rooms.get(other)) and other != key
        ]
        seen = layer.visible(around)
        heads = layer.arrowhead_boxes(seen)
        points = layer.points[seen[seen != number]]
        lines = np.concatenate([points[:, :-1], points[:, 1:]], axis=2).reshape(-1, 4)
        return Taken(
            np.concatenate([cards, _array(groups), _near(self._badges, around)]),
            np.concatenate([_array(chips), heads]),
            lines,
            scene.graph.direction,
        )


def text_of(frame: Frame, key: EdgeKey, form: Form) -> str | None:
    """Returns what an edge carries at a frame: upstream × local = contribution, or in short that alone."""
    carried = frame.contribution(key)
    if carried is not None:
        is_nothing = is_carried_rounding(frame, key)
        if form.is_short:
            return ABOUT_ZERO if is_nothing else format_signed(carried[2], form.digits or SHORT_DIGITS)
        giver, local, sent = _factors(frame, carried)
        return _product_text((giver, local, 0.0 if is_nothing else sent), form.digits)
    value = frame.edge_value(key) if frame.phase == "forward" else None
    return None if value is None else format_number(value, form.digits or CHIP_DIGITS)


def is_carried_rounding(frame: Frame, key: EdgeKey) -> bool:
    """Whether what an edge carries back is 0 but for rounding."""
    trace = frame.trace
    return may_be_asked(trace) and is_rounding(trace, "contributions", trace.edge_number[key])


def _factors(frame: Frame, carried: tuple[float, float, float]) -> tuple[float, float, float]:
    """What a chip multiplies, in the order of the chain rule: ∂L/∂e × ∂e/∂a."""
    giver, local, sent = carried
    return (local, giver, sent) if frame.trace.mode == "forward" else carried


@lru_cache(maxsize=REMEMBERED)
def _product_text(carried: tuple[float, float, float], digits: int | None) -> str:
    """upstream × local = contribution"""
    if digits is not None:
        return _product(carried, digits)
    text = _product(carried, CHIP_DIGITS)
    return text if len(text) <= LONGEST_CHIP else _product(carried, CHIP_DIGITS - 1)


def _product(carried: tuple[float, float, float], digits: int) -> str:
    return product(carried[:2], carried[2], digits, signed=True, at_most=True)


def _beside(drawn: QRectF) -> list[tuple[float, float, float, float]]:
    """All that lies left and right of a rectangle."""
    return [(-FAR, -FAR, drawn.left(), FAR), (drawn.right(), -FAR, FAR, FAR)]


def _near(rects: NDArray[np.float64], place: QRectF) -> NDArray[np.float64]:
    """Those of these rectangles that touch a place."""
    left, top, right, bottom = rects.T
    near = (left <= place.right()) & (right >= place.left())
    return rects[near & (top <= place.bottom()) & (bottom >= place.top())]


def _sides(rect: QRectF) -> tuple[float, float, float, float]:
    return rect.left(), rect.top(), rect.right(), rect.bottom()


def _array(rects: list[tuple[float, float, float, float]]) -> NDArray[np.float64]:
    return np.array(rects, dtype=np.float64).reshape(-1, 4)
