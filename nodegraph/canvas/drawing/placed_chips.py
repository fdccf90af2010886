"""Chips that have been placed: the room of each, its form, and how both go along with an edge."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from nodegraph.canvas.drawing import geometry
from nodegraph.canvas.drawing.chip_placement import ChipRooms
from nodegraph.core.graph.records import EdgeKey

F = TypeVar("F")


@dataclass(slots=True)
class PlacedChips(Generic[F]):
    """Where chips lie, and in which form."""

    rooms: ChipRooms = field(default_factory=ChipRooms)
    forms: dict[EdgeKey, F | None] = field(default_factory=dict)
    """The form of each; None where there is room for none."""
    bare: set[EdgeKey] = field(default_factory=set)
    """Those with no room for their badges."""
    along: dict[EdgeKey, tuple[float, QPointF]] = field(default_factory=dict)
    """At which share of its edge the room of each lies, and how far beside it."""

    def take(self, other: PlacedChips[F]) -> None:
        """Let chips lie as in another."""
        self.forget(other.forms)
        for key in other.forms:
            room = other.rooms.get(key)
            if room is not None:
                self.rooms.put(key, room)
        self.forms.update(other.forms)
        self.bare |= other.bare
        self.along.update(other.along)

    def forget(self, keys: Collection[EdgeKey]) -> None:
        """These chips are not placed any more."""
        self.rooms.forget(keys)
        for key in keys:
            self.forms.pop(key, None)
        self.bare.difference_update(keys)

    def carry(self, key: EdgeKey, curve: NDArray[np.float64]) -> list[QRectF]:
        """Let a chip go along with its edge: it keeps its share of the way. Returns where it was and is."""
        room = self.rooms.get(key)
        if room is None:
            return []
        there = carried(curve, room, self.along[key])
        self.rooms.put(key, there)
        return [room, there]


@dataclass(slots=True)
class WholeChips:
    """Where chips lie that are looked at, in full."""

    rooms: dict[EdgeKey, QRectF] = field(default_factory=dict)
    along: dict[EdgeKey, tuple[float, QPointF]] = field(default_factory=dict)
    parted: tuple[object, tuple[object, ...]] = (None, ())
    """What was shown, and what was looked at, when chips last made way for each other."""

    def put(self, key: EdgeKey, curve: NDArray[np.float64], room: QRectF) -> None:
        """Give an edge's chip this room, for as long as it stays."""
        self.rooms[key] = room
        self.along[key] = geometry.share_at(curve, room.center())

    def carry(self, key: EdgeKey, curve: NDArray[np.float64]) -> list[QRectF]:
        """Let a chip go along with its edge. Returns where it was and is."""
        room = self.rooms.get(key)
        if room is None:
            return []
        self.rooms[key] = carried(curve, room, self.along[key])
        return [room, self.rooms[key]]


def carried(curve: NDArray[np.float64], room: QRectF, along: tuple[float, QPointF]) -> QRectF:
    """Returns where a room lies on its edge, shape (n, 2), which has come to lie elsewhere."""
    share, aside = along
    moved = QRectF(room)
    moved.moveCenter(geometry.point_on(curve, share) + aside)
    return moved
