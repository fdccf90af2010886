"""Badges: short words below a card that say what is special about its node at this step.

Each source of badges is asked for one node at a time, when the card is painted. Knows no mouse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QPainter

from nodegraph.canvas.drawing.geometry import CardShape
from nodegraph.canvas.drawing.lettering import text_width, write_centred
from nodegraph.canvas.drawing.theme import Theme, color, pen
from nodegraph.core.engine.health import Kind, Mark
from nodegraph.core.graph.direction import Direction

if TYPE_CHECKING:
    from nodegraph.canvas.items.look_protocols import CardLook

STYLE = (10.5, QFont.Weight.DemiBold)
HEIGHT, GAP, INSIDE, OVERHANG = 17.0, 4.0, 7.0, 40.0
BESIDE_OUTPUT = 12.0
"""How far from an output at the foot of its card a badge is."""
REACH = GAP + 2 * HEIGHT + 3
"""How far below a card its badges reach, in at most two rows as a rule."""


@dataclass(frozen=True, slots=True)
class Badge:
    """A word, and the names of the theme's colours for its ink and its ground."""

    text: str
    ink: str
    ground: str


ICONS: Mapping[Kind, str] = {"saturated": "≈", "off": "∅", "dead": "∅", "vanishing": "▼", "exploding": "▲"}

BadgeSource = Callable[["CardLook", str], Iterable[Badge]]
"""Answers with the badges of the node with this id."""


def arrivals(scene: CardLook, node_id: str) -> Iterator[Badge]:
    """How many of several contributions have arrived, while they do."""
    frame = scene.showing.visible
    if frame is None or frame.position <= frame.trace.forward_steps:
        return
    arrived, expected = scene.showing.numbers.of(node_id).arrived
    if expected > 1 and arrived and (arrived < expected or node_id in scene.active_nodes):
        yield Badge(f"{arrived} of {expected} arrived", "text", "head")


def leftovers(scene: CardLook, node_id: str) -> Iterator[Badge]:
    """That a gradient holds what an earlier pass has left."""
    frame = scene.showing.visible
    if frame is not None and scene.showing.is_stale(node_id):
        yield Badge("stale: not zeroed", "stale", "stale_back")


def health(scene: CardLook, node_id: str) -> Iterator[Badge]:
    """What is the cause of trouble; what suffers from it is tinted."""
    yield from map(badge_of, scene.showing.trouble(node_id).marks)


def badge_of(mark: Mark) -> Badge:
    """A mark as a badge: its icon and its word."""
    return Badge(f"{ICONS[mark.kind]} {mark.kind}", "danger", "danger_back")


def paint(painter: QPainter, scene: CardLook, node_id: str, shape: CardShape) -> None:
    """The node's badges below its card, in rows that are hardly wider than it."""
    for badge, rect in placed_round(patch_of(scene, node_id), shape):
        _paint(painter, scene.theme, badge, rect)


def patch_of(scene: CardLook, node_id: str) -> list[Badge]:
    """Returns the badges of a node now."""
    return [badge for source in scene.badge_sources for badge in source(scene, node_id)]


def paint_below(painter: QPainter, theme: Theme, badges: list[Badge], box: QRectF, gap: float = GAP) -> None:
    """Badges below a box, centred."""
    for badge, rect in placed_below(badges, box, gap):
        _paint(painter, theme, badge, rect)


def placed_round(badges: list[Badge], shape: CardShape) -> Iterator[tuple[Badge, QRectF]]:
    """Yield each badge of a card with its place below it: to the right of an output that is there, else
    centred.
    """
    if shape.direction is Direction.RIGHT:
        yield from placed_below(badges, shape.rect)
        return
    left, top = shape.output.x() + BESIDE_OUTPUT, shape.height + GAP
    for row in _rows(badges, shape.width - left + OVERHANG):
        across = sum(map(_width, row)) + GAP * (len(row) - 1)
        right = max(-OVERHANG, min(left, shape.width + OVERHANG - across))
        for badge in row:
            yield badge, QRectF(right, top, _width(badge), HEIGHT)
            right += _width(badge) + GAP
        top += HEIGHT + 2


def placed_below(badges: list[Badge], box: QRectF, gap: float = GAP) -> Iterator[tuple[Badge, QRectF]]:
    """Yield each badge with its place below a box, centred."""
    top = box.bottom() + gap
    for row in _rows(badges, box.width() + 2 * OVERHANG):
        left = box.center().x() - (sum(map(_width, row)) + GAP * (len(row) - 1)) / 2
        for badge in row:
            yield badge, QRectF(left, top, _width(badge), HEIGHT)
            left += _width(badge) + GAP
        top += HEIGHT + 2


def _rows(badges: list[Badge], room: float) -> list[list[Badge]]:
    rows: list[list[Badge]] = []
    for badge in badges:
        if rows and sum(map(_width, rows[-1])) + _width(badge) + GAP * len(rows[-1]) <= room:
            rows[-1].append(badge)
        else:
            rows.append([badge])
    return rows


def _width(badge: Badge) -> float:
    return text_width(badge.text, STYLE) + 2 * INSIDE


def _paint(painter: QPainter, theme: Theme, badge: Badge, box: QRectF) -> None:
    ink: str = getattr(theme, badge.ink)
    painter.setPen(pen(ink, 1, alpha=0.6))
    painter.setBrush(color(getattr(theme, badge.ground)))
    painter.drawRoundedRect(box, HEIGHT / 2, HEIGHT / 2)
    write_centred(painter, box, badge.text, STYLE, ink)
