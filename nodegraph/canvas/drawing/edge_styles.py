"""How edges, and cards seen from far away, look at a frame: one small number for each, for all at once.

A look stands for what there is to show; `edge_pen` and `far_color` turn it into paint of a theme.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from nodegraph.canvas.drawing.theme import DECADES, Theme, color, mixed, patterned
from nodegraph.core.engine.trace import Frame, Trace

Looks = NDArray[np.int8]

SHADES = 8
STILL, FORWARD, ZERO, POSITIVE = range(4)
"""Not reached; carried a value; carried back a zero; from here on, positive gradients from pale to strong."""
NEGATIVE = POSITIVE + SHADES + 1
UNBOUNDED = NEGATIVE + SHADES + 1
"""NaN or an infinity came back."""
TRAVELLED, SELECTED, LIT, AIMED, CUT = range(UNBOUNDED + 1, UNBOUNDED + 6)
"""Carries the value of the step that is active; chosen by the person; pointed at from elsewhere; a node would
be put into it; the knife crosses it. The higher look is on top."""
RETURNED = CUT + 1
"""Added to the look of an edge that carries back what the active step computes: a band in its colour lies
beneath it, so that it is found among many, however pale and thin it is."""
BAND, BAND_STRENGTH = 9.0, 0.3
"""How wide the band is, and how little it hides of what crosses it."""
_ALL = range(RETURNED + UNBOUNDED + 1)


class EdgeLooks:
    """How edges look at one frame after another: what all frames of a trace share is found once."""

    def __init__(self) -> None:
        self._given: tuple[Trace, NDArray[np.intp], float] | None = None
        self._forward: NDArray[np.int64] | None = None
        """After how many steps each edge has carried a value."""
        self._back: tuple[NDArray[np.int64], Looks] | None = None
        """After how many it has carried something back, and how it then looks."""
        self._latest: tuple[Frame | None, Looks] | None = None
        """The frame that was asked for last, and how edges look at it."""

    def at(self, frame: Frame | None, numbers: NDArray[np.intp], largest: float) -> Looks:
        """Returns the looks of edges, given their numbers in the plan (-1: never computed), shape (n,): the
        same array, not to be written to, while nothing is another.
        """
        given = self._given
        if self._latest is None or self._latest[0] is not frame or given is None or given[1] is not numbers:
            self._latest = frame, self._found(frame, numbers, largest)
        return self._latest[1]

    def _found(self, frame: Frame | None, numbers: NDArray[np.intp], largest: float) -> Looks:
        if frame is None or not len(frame.trace.plan.edge_source):
            return np.full(len(numbers), STILL, dtype=np.int8)
        trace, position = frame.trace, frame.position
        if (
            self._given is None
            or self._given[0] is not trace
            or self._given[1] is not numbers
            or self._given[2] != largest
        ):
            self._given, self._forward, self._back = (trace, numbers, largest), None, None
        never = trace.step_count + 1
        if position <= trace.forward_steps:
            if self._forward is None:
                taken = trace.plan.edge_target[numbers] - trace.plan.leaves + 2
                self._forward = np.where(numbers >= 0, taken, never)
            return np.where(self._forward <= position, np.int8(FORWARD), np.int8(STILL))
        if self._back is None:
            steps = trace.edge_step[numbers]
            steps = np.where((numbers >= 0) & (steps > 0), steps, never)
            self._back = steps, of_gradients(trace.contributions[numbers], largest)
        steps, sent = self._back
        return np.where(steps <= position, sent, np.int8(STILL))


def of_edges(frame: Frame | None, numbers: NDArray[np.intp], largest: float) -> Looks:
    """The looks of edges at a frame."""
    return EdgeLooks().at(frame, numbers, largest)


class NodeLooks:
    """How cards seen from far away look at the latest frame, which is found once."""

    def __init__(self) -> None:
        self._latest: tuple[Frame | None, NDArray[np.intp], float, Looks] | None = None

    def at(self, frame: Frame | None, numbers: NDArray[np.intp], largest: float) -> Looks:
        """Returns what `of_nodes` does, the same array, not to be written to, while nothing is another."""
        latest = self._latest
        if latest is None or not (latest[0] is frame and latest[1] is numbers and latest[2] == largest):
            self._latest = latest = frame, numbers, largest, of_nodes(frame, numbers, largest)
        return latest[3]


def of_nodes(frame: Frame | None, numbers: NDArray[np.intp], largest: float) -> Looks:
    """The looks of far cards, given the nodes' numbers in the plan (-1: not computed), shape (n,)."""
    looks = np.full(len(numbers), STILL, dtype=np.int8)
    if frame is None or not len(frame.trace.plan.ids):
        return looks
    known = numbers >= 0
    looks[known & frame.reached[numbers]] = FORWARD
    sent = known & (frame.sums[numbers] != 0)
    looks[sent] = of_gradients(frame.sums[numbers[sent]], largest)
    return looks


def largest(contributions: NDArray[np.float64]) -> float:
    """How large the largest of these is that is a finite number; edges that carry none hold 0."""
    found = max(float(contributions.max(initial=0.0)), -float(contributions.min(initial=0.0)))
    if np.isfinite(found):
        return found
    sizes = np.abs(contributions)
    return float(sizes[np.isfinite(sizes)].max(initial=0.0))


def of_gradients(values: NDArray[np.float64], largest: float) -> Looks:
    """The looks of gradients: by sign, and by size on a logarithmic scale up to the largest of the graph."""
    with np.errstate(all="ignore"):
        share = np.clip(1 + np.log10(np.abs(values) / (largest or 1.0)) / DECADES, 0.0, 1.0)
        shade = np.nan_to_num(np.rint(share * SHADES)).astype(np.int8)
    looks = np.where(values > 0, np.int8(POSITIVE), np.int8(NEGATIVE)) + shade
    looks[values == 0] = ZERO
    looks[~np.isfinite(values)] = UNBOUNDED
    return looks


@cache
def edge_pen(theme: Theme, look: int) -> QPen:
    """The pen of an edge."""
    plain: dict[int, tuple[QColor, float] | tuple[QColor, float, Qt.PenStyle]] = {
        STILL: (color(theme.edge), 1.75),
        FORWARD: (mixed(theme.forward, theme.background, 0.75), 2.0),
        TRAVELLED: (color(theme.forward), 3.0),
        SELECTED: (color(theme.accent), 4.0),
        LIT: (color(theme.accent), 6.0),
        AIMED: (color(theme.accent), 5.0),
        CUT: (color(theme.danger), 3.0, Qt.PenStyle.DashLine),
    }
    if look in plain:
        return _pen(*plain[look])
    look %= RETURNED
    ink, share = _ink(theme, look)
    style = Qt.PenStyle.DashLine if look == ZERO else Qt.PenStyle.SolidLine
    made = _pen(mixed(ink, theme.background, 0.6 + 0.4 * share), 1.5 + 2.5 * share, style)
    return patterned(theme, ink, made)


@cache
def band_pen(theme: Theme, look: int) -> QPen | None:
    """The pen of the band beneath an edge of the active step, None beneath all others."""
    if look < RETURNED:
        return None
    ink, _share = _ink(theme, look - RETURNED)
    return _pen(color(ink, BAND_STRENGTH), BAND)


@cache
def dashed_looks(theme: Theme) -> frozenset[int]:
    """Which looks edges have that are drawn in dashes."""
    solid = Qt.PenStyle.SolidLine
    return frozenset(look for look in _ALL if edge_pen(theme, look).style() != solid)


@cache
def edge_widths(theme: Theme) -> NDArray[np.float64]:
    """How thick edges are, by their looks."""
    return np.array([(band_pen(theme, look) or edge_pen(theme, look)).widthF() for look in _ALL])


@cache
def far_color(theme: Theme, look: int) -> QColor:
    """The colour of a card seen from far away."""
    ink, share = _ink(theme, look)
    if look in (STILL, FORWARD):
        return mixed(ink, theme.background, 0.5)
    return mixed(ink, theme.background, 0.25 + 0.75 * share)


def _ink(theme: Theme, look: int) -> tuple[str, float]:
    """(colour, strength 0…1) of a look."""
    if look >= UNBOUNDED:
        return theme.danger, 1.0
    if look >= NEGATIVE:
        return theme.negative, (look - NEGATIVE) / SHADES
    if look >= POSITIVE:
        return theme.positive, (look - POSITIVE) / SHADES
    return {STILL: theme.edge, FORWARD: theme.forward, ZERO: theme.dim}[look], 0.0


def _pen(ink: QColor, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    return QPen(ink, width, style, Qt.PenCapStyle.FlatCap)
