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
from nodegraph.canvas.drawing.lettering import Style, text_width, write_centred
from nodegraph.canvas.drawing.theme import Theme, color, pen
from nodegraph.core.engine import trouble
from nodegraph.core.engine.health import Data, Kind, Mark
from nodegraph.core.graph.direction import Direction

if TYPE_CHECKING:
    from nodegraph.canvas.items.look_protocols import CardLook
    from nodegraph.core.engine.trace import Frame

STYLE = (10.5, QFont.Weight.DemiBold)
HEIGHT, GAP, INSIDE, OVERHANG = 17.0, 4.0, 7.0, 40.0
BESIDE_OUTPUT = 12.0
"""How far from an output at the foot of its card a badge is."""
MOST_HIGH = 22.0
"""How high a badge is at most: between cards there is no more room."""
ROOM = GAP + MOST_HIGH
"""How far below a card a row of them reaches at most."""
REACH = GAP + 2 * MOST_HIGH + 3
"""How far below a card its badges reach, in at most two rows as a rule."""
ON_RIM = 0.0
"""The growth of badges that have no room below their cards: they are small, and lie on the rims of these."""
RIM_STYLE = (10.0, QFont.Weight.DemiBold)
RIM_HEIGHT, RIM_GAP = 14.0, -6.5
"""How high badges on a rim are, and how far below it they begin: what stands on the card ends above that."""
SMALLER = 12.0 / STYLE[0]
"""By how much more badges grow than chips do, to be as large as those from further away."""


@dataclass(frozen=True, slots=True)
class Badge:
    """A word, and the names of the theme's colours for its ink and its ground."""

    text: str
    ink: str
    ground: str


STALE = Badge("stale: not zeroed", "stale", "stale_back")
STALE_BESIDE = Badge("stale", "stale", "stale_back")
"""The same below a circle, where neighbours are near."""
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
        yield STALE


def health(scene: CardLook, node_id: str) -> Iterator[Badge]:
    """What is the cause of trouble; what suffers from it is tinted."""
    yield from map(badge_of, scene.showing.trouble(node_id).marks)


def to_come(frame: Frame, node_id: str, data: Data, *, shows_marks: bool) -> list[Badge]:
    """Returns the badges that a node has once all contributions to it have arrived."""
    return [*counted(frame.arrived(node_id)[1]), *lasting(frame, node_id, data, shows_marks=shows_marks)]


def counted(expected: int) -> list[Badge]:
    """Returns what is said below a node as the last of several contributions arrives."""
    return [Badge(f"{expected} of {expected} arrived", "text", "head")] if expected > 1 else []


def lasting(frame: Frame, node_id: str, data: Data, *, shows_marks: bool) -> list[Badge]:
    """Returns the badges of a node that stay, once both passes are through."""
    last = frame.trace.last_frame
    stale = [STALE] if last.is_stale(node_id) else []
    marks = trouble.trouble_of_node(last, node_id, data).marks if shows_marks else ()
    return [*stale, *map(badge_of, marks)]


def badge_of(mark: Mark) -> Badge:
    """A mark as a badge: its icon and its word."""
    return Badge(f"{ICONS[mark.kind]} {mark.kind}", "danger", "danger_back")


def paint(painter: QPainter, scene: CardLook, node_id: str, shape: CardShape, growth: float = 1.0) -> None:
    """The node's badges below its card, in rows that are hardly wider than it."""
    for badge, rect in placed_round(patch_of(scene, node_id), shape, growth):
        paint_badge(painter, scene.theme, badge, rect, growth)


def patch_of(scene: CardLook, node_id: str) -> list[Badge]:
    """Returns the badges of a node now."""
    return [badge for source in scene.badge_sources for badge in source(scene, node_id)]


def paint_below(painter: QPainter, theme: Theme, badges: list[Badge], box: QRectF, gap: float = GAP) -> None:
    """Badges below a box, centred."""
    for badge, rect in placed_below(badges, box, gap):
        paint_badge(painter, theme, badge, rect)


def placed_round(
    badges: list[Badge], shape: CardShape, growth: float = 1.0
) -> Iterator[tuple[Badge, QRectF]]:
    """Yield each badge of a card with its place below it: to the right of an output that is there, else
    centred. With `growth` above 1 their type is so much larger, beside that of chips which grow so.
    """
    gap = RIM_GAP if growth == ON_RIM else GAP
    if shape.direction is Direction.RIGHT:
        yield from placed_below(badges, shape.rect, gap, growth)
        return
    high = _height(growth)
    left, top = shape.output.x() + BESIDE_OUTPUT, shape.height + gap
    for row in _rows(badges, shape.width - left + OVERHANG, growth):
        widths = [_width(badge, growth) for badge in row]
        right = max(-OVERHANG, min(left, shape.width + OVERHANG - sum(widths) - GAP * (len(row) - 1)))
        for badge, width in zip(row, widths, strict=True):
            yield badge, QRectF(right, top, width, high)
            right += width + GAP
        top += high + 2


def placed_below(
    badges: list[Badge], box: QRectF, gap: float = GAP, growth: float = 1.0, overhang: float = OVERHANG
) -> Iterator[tuple[Badge, QRectF]]:
    """Yield each badge with its place below a box, centred, in rows that are wider by an overhang."""
    top, high = box.bottom() + gap, _height(growth)
    for row in _rows(badges, box.width() + 2 * overhang, growth):
        widths = [_width(badge, growth) for badge in row]
        left = box.center().x() - (sum(widths) + GAP * (len(row) - 1)) / 2
        for badge, width in zip(row, widths, strict=True):
            yield badge, QRectF(left, top, width, high)
            left += width + GAP
        top += high + 2


def _rows(badges: list[Badge], room: float, growth: float = 1.0) -> list[list[Badge]]:
    rows: list[list[Badge]] = []
    for badge in badges:
        across = sum(_width(one, growth) + GAP for one in rows[-1]) if rows else 0.0
        if rows and across + _width(badge, growth) <= room:
            rows[-1].append(badge)
        else:
            rows.append([badge])
    return rows


def _style(growth: float) -> Style:
    if growth == ON_RIM:
        return RIM_STYLE
    return STYLE if growth <= 1 else (STYLE[0] * SMALLER * growth, STYLE[1])


def _height(growth: float) -> float:
    if growth == ON_RIM:
        return RIM_HEIGHT
    return HEIGHT if growth <= 1 else min(MOST_HIGH, HEIGHT * SMALLER * growth)


def _width(badge: Badge, growth: float) -> float:
    return text_width(badge.text, _style(growth)) + 2 * INSIDE


def paint_badge(painter: QPainter, theme: Theme, badge: Badge, box: QRectF, growth: float = 1.0) -> None:
    """Paint a badge in its place."""
    ink: str = getattr(theme, badge.ink)
    painter.setPen(pen(ink, 1, alpha=0.6))
    painter.setBrush(color(getattr(theme, badge.ground)))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    write_centred(painter, box, badge.text, _style(growth), ink)
