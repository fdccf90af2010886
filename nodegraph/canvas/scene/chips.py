"""The chips of a scene: in which form they are shown, and where they lie on their edges.

A chip lies where its edge is alone. Which forms it may have, the longest first, its `Wording` says: the whole
product, then the contribution alone, then fewer digits. Where there is no room for any of them, it shows only
while its edge is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache, reduce
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF

from nodegraph.canvas.drawing import geometry
from nodegraph.canvas.drawing.card_head import type_scale
from nodegraph.canvas.drawing.chip_placement import Taken, place_above, place_alone
from nodegraph.canvas.drawing.placed_chips import PlacedChips, WholeChips
from nodegraph.canvas.drawing.wording import FEWEST_DIGITS, Wording
from nodegraph.canvas.items.badges import ON_RIM
from nodegraph.canvas.scene import chip_obstacles as obstacles
from nodegraph.core.engine.trace import Frame
from nodegraph.core.explain.edge_words import CHIP_DIGITS, SHORT_DIGITS, Form, text_of
from nodegraph.core.graph.records import EdgeKey

if TYPE_CHECKING:
    from nodegraph.canvas.scene.board import Board

PLAY = 24.0
"""By how much a text may outgrow the room of its chip before that is placed anew."""
MOST_AT_ONCE = 400
"""Edges up to which all chips are placed at once, so that they lie the same whichever is seen first."""
AT_ONCE = 1000
"""So many chips times edges are placed at once where they are asked for in a window; more wait."""
MUCH_WIDER = 2.0
"""From so many times its width on a room is no longer that of a chip."""
MOST_AT_REST = 1.5
"""From so far away that type grows by more only chips that are looked at have room."""
GROWTHS = (
    *((obstacles.NEAR, 1.0), (0.6, 1.25), (0.5, MOST_AT_REST), (0.375, 2.0)),
    *((0.3, 2.5), (0.25, 3.0), (0.2, 3.75), (0.0, 1.0)),
)
"""By how much the type of chips grows from each scale on: on the screen it is at least 9 pixels high wherever
there are chips.
"""


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


@lru_cache(maxsize=64)
def growth_at(scale: float) -> float:
    """Returns how much larger than usual the type of chips is in a scene that is seen at this scale."""
    return next(growth for least, growth in GROWTHS if scale >= least)


class Chips:
    """Where the chips of all edges lie, and in which form they are shown.

    Whoever sets `later` lets many wait: it is called where some do, and `place_waiting` then places a few.
    Until a chip is placed anew it lies where it did.
    """

    def __init__(self, scene: Board) -> None:
        self.scene = scene
        self.later: Callable[[], object] | None = None
        self._zoom = 1.0
        self._placed, self._before = PlacedChips[Form](), PlacedChips[Form]()
        self._waiting: dict[EdgeKey, None] = {}
        """The edges whose chips are to be placed, in this order."""
        self._moved: list[QRectF] = []
        """Where chips were and are that were placed when they were asked for, as in the midst of painting."""
        self._at_once = 0
        """How many have been placed since some could wait."""
        self._badges: NDArray[np.float64] | None = None
        """Where badges will lie below cards, and titles of groups are written."""
        self._whole = WholeChips()
        self._said: tuple[Frame | None, dict[tuple[EdgeKey, Form], str | None]] = (None, {})

    def __len__(self) -> int:
        return len(self._placed.forms)

    @property
    def scale(self) -> float:
        """How much larger than usual the type of chips is in the scene."""
        return self.scene.text_scale * self.growth

    @property
    def growth(self) -> float:
        """By how much of that it is because it is seen from far away."""
        return growth_at(type_scale(self._zoom * self.scene.text_scale, self.scene.type_wish))

    @property
    def badge_growth(self) -> float:
        """The same for badges below cards, or that these have no room there."""
        return ON_RIM if self.scene.is_close else self.growth

    def see_at(self, zoom: float) -> None:
        """Let chips be seen at so many pixels for each unit: from further away their type is larger, and they
        are placed anew where it is.
        """
        before, self._zoom = self.scale, zoom
        if self.scale != before:
            self.place_anew()

    def place_anew(self) -> None:
        """All chips will be placed anew; until they are, they lie where they do, if many may wait."""
        if self.later is not None:
            self._before.take(self._placed)
        before = self._before
        self.clear()
        self._before = before

    def clear(self) -> None:
        """All chips will be placed anew, and are gone until then."""
        self._placed, self._before = PlacedChips[Form](), PlacedChips[Form]()
        self._waiting = {}
        self._forget_whole()

    def forget(self, keys: Collection[EdgeKey], cards: Collection[QRectF] = ()) -> None:
        """The chips of these edges, and those near these cards, will be placed anew."""
        gone = set(keys)
        for card in cards:
            gone.update(self._placed.rooms.near(card))
        self._placed.forget(gone)
        self._before.forget(gone)
        self._forget_whole()

    def _forget_whole(self) -> None:
        """Chips that are looked at will be placed anew."""
        self._whole, self._badges = WholeChips(), None

    def carry(self, keys: Collection[EdgeKey]) -> list[QRectF]:
        """Let the chips of these edges go along with them: they keep their share of the way. Returns where
        they were and where they are.
        """
        moved: list[QRectF] = []
        now, before, there = self._placed.along, self._before.along, self.scene.edge_layer.rows.number
        for key in keys:
            if key in there and (key in now or key in before or key in self._whole.rooms):
                curve = self.scene.edge_layer.curve(key)
                for chips in (self._placed, self._before, self._whole):
                    moved += chips.carry(key, curve)
        return moved

    def rooms(self, key: EdgeKey) -> list[QRectF]:
        """Returns where the chip of an edge may lie; nothing where it has not been placed."""
        return [room for room in (self._room(key), self._whole.rooms.get(key)) if room is not None]

    def near(self, place: QPointF) -> list[EdgeKey]:
        """The edges whose chips have room here."""
        earlier = (key for key in self._before.rooms.at(place) if key not in self._placed.forms)
        whole = (key for key, rect in self._whole.rooms.items() if rect.contains(place))
        return [*self._placed.rooms.at(place), *earlier, *whole]

    def has_badges(self, frame: Frame, key: EdgeKey) -> bool:
        """Whether there is room for the badges below the chip of an edge; another trace may have others."""
        room, height = self._room(key), self._size("").height()
        if room is not None and key not in self._shown(key).bare:
            below = obstacles.below_chip(self.scene, frame, key, QSizeF(room.width(), height))
            if room.height() < height + below.height() - 0.5:
                self._place_soon(frame, key)
        return key not in self._shown(key).bare

    def text(self, frame: Frame, key: EdgeKey, *, in_full: bool) -> str | None:
        """What the chip of an edge says, or None where it has nothing to say or no room to say it."""
        if in_full:
            return self._text(frame, key, Form(digits=self.scene.showing.wording.digits))
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
        size, form, room = self._size(text), None, self._room(key)
        is_alone = in_full and room is None and len(self.scene.edge_layer.rows) > MOST_AT_ONCE
        if self.growth <= MOST_AT_REST and not is_alone:  # a place at rest is not looked for in vain
            form = self._form(frame, key)
            room = self._room(key)
        if form is None or room is None or (in_full and room.width() < size.width() - PLAY):
            if in_full:
                self._part(frame)
            room = self._whole.rooms.get(key)
            if room is None or not self._fits(size, room):
                room = self._put_above(frame, key, size, [])
        return QRectF(QPointF(room.center().x() - size.width() / 2, room.top()), size)

    def _fits(self, size: QSizeF, room: QRectF) -> bool:
        """Whether a chip that is looked at stays in this room. From far away one that is much narrower, as
        the value of an edge is beside its product, has a place of its own, nearer to its edge.
        """
        is_near = self.growth <= MOST_AT_REST or room.width() < MUCH_WIDER * size.width()
        return is_near and room.width() >= size.width() - PLAY

    def at_rest(self, frame: Frame, key: EdgeKey) -> tuple[Form, QRectF] | None:
        """Returns the form of a chip that nobody looks at and the room it has; None where it has none."""
        form, room = self._form(frame, key), self._room(key)
        return None if form is None or room is None else (form, room)

    def _shown(self, key: EdgeKey) -> PlacedChips[Form]:
        """What holds a chip now."""
        return self._placed if key in self._placed.forms else self._before

    def _room(self, key: EdgeKey) -> QRectF | None:
        return self._shown(key).rooms.get(key)

    def _form(self, frame: Frame, key: EdgeKey) -> Form | None:
        if key not in self._placed.forms:
            if len(self.scene.edge_layer.rows) > MOST_AT_ONCE:
                self._place_soon(frame, key)
            else:
                self._place_all_soon(frame)
            return self._shown(key).forms.get(key)
        form, room = self._placed.forms[key], self._placed.rooms.get(key)
        text = None if form is None or room is None else self._text(frame, key, form)
        if text is not None and room is not None and room.width() < self._size(text).width() - PLAY:
            self._place_soon(frame, key)
        return self._placed.forms[key]

    # --- placing
    def _place_soon(self, frame: Frame, key: EdgeKey) -> None:
        """Place a chip, or let it wait where many have been placed already."""
        if self.later is None:
            self._place(frame, key)
            return
        if not self._waiting and self._at_once <= AT_ONCE // len(self.scene.edge_layer.rows):
            self._at_once += 1
            self._moved += self._placed_together(frame, [key])
        else:
            self._waiting.setdefault(key)
        self.later()

    def _place_all_soon(self, frame: Frame) -> None:
        """Place all chips that are not, short edges first: they have the fewest places."""
        rows, placed = self.scene.edge_layer.rows, self._placed.forms
        if self._waiting and not self._are_due(len(self._waiting), frame):
            return
        ends = self.scene.graph.direction.turned_all(rows.values)
        order = np.lexsort((*rows.values.T, np.abs(ends[:, 2] - ends[:, 0]))).tolist()
        missing = [key for number in order if (key := rows.keys[number]) not in placed]
        if self._are_due(len(missing), frame):
            self._waiting = {}  # what of them lies beyond the part that is being painted is painted, too
            self._moved += self._placed_together(frame, missing)
        elif self.later is not None:
            self._waiting = dict.fromkeys(missing)
        if self.later is not None and self.waits:
            self.later()

    def _are_due(self, count: int, frame: Frame) -> bool:
        """Whether so many chips are placed before the next painting; at the start none says anything yet."""
        is_quick = count * len(self.scene.edge_layer.rows) <= AT_ONCE
        return self.later is None or (is_quick and frame.phase != "start")

    def place_waiting(self, frame: Frame, while_time: Callable[[], bool]) -> list[QRectF]:
        """Place chips that wait as long as there is time. Returns where they were and where they are, of
        those that lie elsewhere or say another thing now.
        """
        self._at_once = 0
        changed, self._moved = self._moved, []
        return changed + self._placed_together(frame, self._next_waiting(while_time))

    def _next_waiting(self, while_time: Callable[[], bool]) -> Iterator[EdgeKey]:
        while self._waiting and while_time():
            key = next(iter(self._waiting))
            del self._waiting[key]
            if key in self.scene.edge_layer.rows.number:
                yield key

    @property
    def waits(self) -> bool:
        """Whether chips are still to be placed, or to be painted where they were placed."""
        return bool(self._waiting or self._moved)

    def _placed_together(self, frame: Frame, keys: Iterable[EdgeKey]) -> list[QRectF]:
        """Place chips, and then anew those that are looked at: one of the others may lie where they did."""
        changed: list[QRectF] = []
        placed: list[EdgeKey] = []
        for key in keys:
            changed += self._placed_anew(frame, key)
            placed.append(key)
        if not placed:
            return changed
        before, self._whole = self._whole.rooms, WholeChips()
        for key in filter(self.scene.showing.is_looked_at, dict.fromkeys([*before, *placed])):
            text, was = self.text(frame, key, in_full=True), before.get(key)
            if text is not None and (now := self.rect(frame, key, text, in_full=True)) != was:
                changed += [now] if was is None else [was, now]
        return changed

    def _placed_anew(self, frame: Frame, key: EdgeKey) -> list[QRectF]:
        """Place a chip. Returns where it was and where it is, if it lies elsewhere or says another thing."""
        was, rooms = (self._shown(key).forms.get(key), self._room(key)), self.rooms(key)
        self._place(frame, key)
        is_silent = frame.phase == "start" and not self.scene.showing.asks_edge(key)
        if is_silent or was == (self._placed.forms[key], self._placed.rooms.get(key)):
            return []
        return rooms + self.rooms(key)

    def _place(self, frame: Frame, key: EdgeKey) -> None:
        """Find room for a chip as it is once the backward pass is through."""
        forms, placed = forms_of(self.scene.showing.wording), self._placed
        sizes = [self._size_as(form, frame, key) for form in forms]
        below = [obstacles.below_chip(self.scene, frame, key, size) for size in sizes]
        points, taken = self.scene.edge_layer.curve(key), self._taken(key, frame)
        found = place_alone(points, sizes, taken, below)
        placed.bare.discard(key)
        if found is None and any(size != obstacles.NONE for size in below):
            placed.bare.add(key)
            found = place_alone(points, sizes, taken)
        if found is None:
            placed.rooms.forget([key])
            placed.forms[key] = None
            return
        number, room = found
        placed.rooms.put(key, room)
        placed.along[key] = geometry.share_at(points, room.center())
        placed.forms[key] = forms[number]

    def _size_as(self, form: Form, frame: Frame, key: EdgeKey) -> QSizeF:
        """The room that a chip takes in a form: now, once values are there, and at the end."""
        trace, short = frame.trace, Form(True, form.digits)
        values = trace.frame(trace.forward_steps)
        texts = text_of(frame, key, short), text_of(values, key, short), text_of(trace.last_frame, key, form)
        return reduce(QSizeF.expandedTo, map(self._size, filter(None, texts)), self._size(""))

    def _part(self, frame: Frame) -> None:
        """Let chips that are looked at make way for each other."""
        whole, eyes = self._whole, obstacles.eyes_on(self.scene)
        if whole.parted[0] is frame and whole.parted[1] == eyes:
            return
        whole.parted, looked = (frame, eyes), obstacles.looked_at(self.scene)
        was, rects = {key: whole.rooms.get(key) for key in looked}, dict[EdgeKey, QRectF]()
        for key in looked:
            text = self.text(frame, key, in_full=True)
            if text is not None:
                rects[key] = self.rect(frame, key, text, in_full=True)
                self._make_way(frame, key, rects)
        moved = [
            (there, whole.rooms[key]) for key, there in was.items() if there and there != whole.rooms[key]
        ]
        self._moved += chain.from_iterable(moved)
        if moved and self.later is not None:
            self.later()

    def _make_way(self, frame: Frame, last: EdgeKey, rects: dict[EdgeKey, QRectF]) -> None:
        """Place the last of these chips anew if it lies on another one, then those that it still lies on."""
        for key in (last, *(key for key in rects if key != last)):
            others = [rect for other, rect in rects.items() if other != key]
            near = others if key == last else [rects[last]]
            if key in self._whole.rooms and any(map(rects[key].intersects, near)):
                rects[key] = self._put_above(frame, key, rects[key].size(), others)

    def _put_above(self, frame: Frame, key: EdgeKey, size: QSizeF, first: Sequence[QRectF]) -> QRectF:
        """Place a chip that is looked at: above all others but the first, on as few cards as may be."""
        taken, curve = self._taken(key, frame, with_lines=False), self.scene.edge_layer.curve(key)
        beyond = obstacles.as_array(obstacles.out_of_sight(self.scene))
        before = obstacles.as_array([obstacles.sides(rect) for rect in first])
        cards, chips = np.concatenate([taken.cards, beyond]), np.concatenate([taken.chips, before])
        within, is_far = replace(taken, cards=cards, chips=chips), self.growth > MOST_AT_REST
        room = place_above(curve, size, within, is_far=is_far)
        self._whole.put(key, curve, room)
        return room

    def _size(self, text: str) -> QSizeF:
        return geometry.chip_size(text, self.scale)

    def _taken(self, key: EdgeKey, frame: Frame, *, with_lines: bool = True) -> Taken:
        if self._badges is None:
            is_small = len(self.scene.edge_layer.rows) <= MOST_AT_ONCE
            self._badges = obstacles.beneath(self.scene, frame if is_small else None, self.growth)
        rooms = self._placed.rooms
        return obstacles.about(self.scene, key, rooms, self._badges, self.scale, with_lines=with_lines)
