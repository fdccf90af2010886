"""How well a picture of a graph can be read: what it holds, and what is counted in it.

Knows rectangles and lines only, nothing of paint; the scene says where they lie (`canvas/picture_record.py`).
Two things touch where they share more than `SLACK` of a scene unit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

SLACK = 0.5
HIDDEN = 0.6
"""An edge of which labels cover more than this share of its length is hidden."""

Rect: TypeAlias = tuple[float, float, float, float]
"""Left, top, width, height."""


@dataclass(frozen=True)
class DrawnEdge:
    """One edge, from a node to a port of another, and the line that is drawn for it, shape (n, 2)."""

    source: str
    target: str
    port: int
    points: NDArray[np.float64]


@dataclass(frozen=True)
class DrawnLabel:
    """A chip or a badge, and the edge (source, target, port) that it belongs to."""

    edge: tuple[str, str, int]
    text: str
    rect: Rect


@dataclass(frozen=True)
class Picture:
    """All that lies in a picture, in scene units; cards by the names of their nodes."""

    size: tuple[float, float]
    cards: dict[str, Rect]
    edges: list[DrawnEdge]
    labels: list[DrawnLabel] = field(default_factory=list)


@dataclass(frozen=True)
class Legibility:
    """What is counted; the fewer of each, the better a picture can be read."""

    edges_beneath_cards: int
    """Pairs of an edge and a card at neither of its ends which it runs beneath."""
    labels: int
    labels_on_cards: int
    """Labels that cover a part of any card."""
    labels_on_labels: int
    """Pairs of labels that cover each other."""
    labels_on_edges: int
    """Labels that cover a part of an edge which is not theirs."""
    hidden_edges: int
    """Edges of which labels, their own or others, cover more than `HIDDEN`."""
    crossings: int
    """Pairs of edges that cross, each as often as it does; where they part or join does not count."""
    area: float

    def __add__(self, other: Legibility) -> Legibility:
        return Legibility(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))


def legibility_of(picture: Picture) -> Legibility:
    """Count what stands in the way of reading a picture."""
    return Legibility(
        len(edges_beneath_cards(picture)),
        len(picture.labels),
        len(labels_on_cards(picture)),
        len(labels_on_labels(picture)),
        len(labels_on_edges(picture)),
        len(hidden_edges(picture)),
        crossings(picture),
        picture.size[0] * picture.size[1],
    )


def edges_beneath_cards(picture: Picture) -> list[tuple[DrawnEdge, str]]:
    """Returns each edge with each card, at neither of its ends, that it runs beneath."""
    names, cards = list(picture.cards), _sides(list(picture.cards.values()))
    found = []
    for edge in picture.edges:
        ends = (edge.source, edge.target)
        near = _about(edge.points, cards)
        met = near[(shares_within(edge.points, cards[near]) > 0).any(axis=0)]
        found += [(edge, names[number]) for number in met if names[number] not in ends]
    return found


def labels_on_cards(picture: Picture) -> list[DrawnLabel]:
    """Returns the labels that cover a part of any card."""
    covered = overlaps(_rects_of(picture), _sides(list(picture.cards.values())))
    return [picture.labels[number] for number in np.unique(np.nonzero(covered)[0])]


def labels_on_labels(picture: Picture) -> list[tuple[DrawnLabel, DrawnLabel]]:
    """Returns the pairs of labels that cover each other."""
    rects = _rects_of(picture)
    first, second = np.nonzero(np.triu(overlaps(rects, rects), k=1))
    return [(picture.labels[a], picture.labels[b]) for a, b in zip(first, second, strict=True)]


def labels_on_edges(picture: Picture) -> list[DrawnLabel]:
    """Returns the labels that cover a part of an edge which is not theirs."""
    rects, covers = _rects_of(picture), np.zeros(len(picture.labels), dtype=bool)
    for edge in picture.edges:
        owner, near = (edge.source, edge.target, edge.port), _about(edge.points, rects)
        met = near[(shares_within(edge.points, rects[near]) > 0).any(axis=0)]
        covers[[number for number in met if picture.labels[number].edge != owner]] = True
    return [label for label, met in zip(picture.labels, covers, strict=True) if met]


def hidden_edges(picture: Picture) -> list[DrawnEdge]:
    """Returns the edges of which labels cover more than `HIDDEN`; labels that overlap count twice."""
    rects = _rects_of(picture)
    found = []
    for edge in picture.edges:
        lengths = np.hypot(*np.diff(edge.points, axis=0).T)
        near = rects[_about(edge.points, rects)]
        covered = float((shares_within(edge.points, near).sum(axis=1).clip(max=1.0) * lengths).sum())
        if covered > HIDDEN * lengths.sum() > 0:
            found.append(edge)
    return found


def crossings(picture: Picture) -> int:
    """Returns how often edges cross each other; where two part or join does not count."""
    lines = [edge.points for edge in picture.edges if len(edge.points) > 1]
    boxes = np.array([[*line.min(axis=0), *line.max(axis=0)] for line in lines]).reshape(-1, 4)
    met = overlaps(boxes, boxes, -SLACK)
    return sum(_crossed(lines[a], lines[b]) for a, b in zip(*np.nonzero(np.triu(met, k=1)), strict=True))


# --- measuring
def _sides(rects: Sequence[Rect]) -> NDArray[np.float64]:
    """Rectangles as left, top, right, bottom, shape (n, 4)."""
    sides = np.array(rects, dtype=np.float64).reshape(-1, 4)
    sides[:, 2:] += sides[:, :2]
    return sides


def _rects_of(picture: Picture) -> NDArray[np.float64]:
    return _sides([label.rect for label in picture.labels])


def _about(points: NDArray[np.float64], sides: NDArray[np.float64]) -> NDArray[np.intp]:
    """Returns the numbers of the rectangles that touch the box of a line: no other can it run beneath."""
    if not len(points):
        return np.empty(0, dtype=np.intp)
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    apart = (sides[:, 0] > right) | (sides[:, 2] < left) | (sides[:, 1] > bottom) | (sides[:, 3] < top)
    return np.flatnonzero(~apart)


def overlaps(
    some: NDArray[np.float64], others: NDArray[np.float64], slack: float = SLACK
) -> NDArray[np.bool_]:
    """Returns which rectangles, as left, top, right, bottom, share more than the slack, shape (n, m)."""
    shared = np.ones((len(some), len(others)), dtype=bool)
    for low, high in ((0, 2), (1, 3)):  # each axis by itself: numpy is slow along an axis of two
        nearer = np.minimum(some[:, None, high], others[None, :, high])
        shared &= nearer - np.maximum(some[:, None, low], others[None, :, low]) > slack
    return shared


def shares_within(points: NDArray[np.float64], sides: NDArray[np.float64]) -> NDArray[np.float64]:
    """Returns how much of each piece of a line, points of shape (n, 2), or of each of several pieces, shape
    (n, 2, 2), lies within each rectangle, 0…1, shape (pieces, rectangles).
    """
    pieces = points if points.ndim == 3 else np.stack([points[:-1], points[1:]], axis=1)
    enters, leaves = np.zeros((len(pieces), len(sides))), np.ones((len(pieces), len(sides)))
    for axis in (0, 1):  # each by itself: numpy is slow along an axis of two
        start = pieces[:, 0, axis, None]
        way = pieces[:, 1, axis, None] - start
        low, high = sides[None, :, axis] + SLACK, sides[None, :, axis + 2] - SLACK
        with np.errstate(divide="ignore", invalid="ignore"):
            first, second = (low - start) / way, (high - start) / way
        begin, end = np.minimum(first, second), np.maximum(first, second)
        level = np.flatnonzero(way[:, 0] == 0)
        if len(level):
            beside = (start[level] <= low) | (start[level] >= high)
            begin[level], end[level] = np.where(beside, 2.0, -np.inf), np.inf
        np.maximum(enters, begin, out=enters)
        np.minimum(leaves, end, out=leaves)
    shares: NDArray[np.float64] = np.clip(leaves - enters, 0.0, 1.0)
    return shares


def _crossed(one: NDArray[np.float64], other: NDArray[np.float64]) -> int:
    """How often one line passes from one side of another to the other side."""
    start, end, begin, stop = one[:-1, None], one[1:, None], other[None, :-1], other[None, 1:]
    above = _turn(begin, stop, start) * _turn(begin, stop, end) < 0
    across = _turn(start, end, begin) * _turn(start, end, stop) < 0
    return int((above & across).sum())


def _turn(
    start: NDArray[np.float64], end: NDArray[np.float64], place: NDArray[np.float64]
) -> NDArray[np.float64]:
    """On which side of a line a place lies: the sign of twice the triangle's area."""
    way, off = end - start, place - start
    turn: NDArray[np.float64] = way[..., 0] * off[..., 1] - way[..., 1] * off[..., 0]
    return turn


MEASURES: dict[str, Callable[[Legibility], float]] = {
    "edges beneath cards": lambda found: found.edges_beneath_cards,
    "labels": lambda found: found.labels,
    "labels on cards": lambda found: found.labels_on_cards,
    "labels on labels": lambda found: found.labels_on_labels,
    "labels on edges": lambda found: found.labels_on_edges,
    "edges hidden": lambda found: found.hidden_edges,
    "crossings": lambda found: found.crossings,
}
"""What a table shows, by the heading it stands under."""
