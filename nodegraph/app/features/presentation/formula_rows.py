"""A formula in as many rows as its room asks for, and the height that the longest formula of a run needs.

Measures pieces as it is told to, or guesses how large they will be once they are typeset; paints nothing.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QFont

from nodegraph.app.widgets.text import Names, no_names
from nodegraph.canvas.drawing.lettering import Style, text_width
from nodegraph.canvas.drawing.theme import metrics
from nodegraph.core.engine.trace import Frame, Step, Trace
from nodegraph.core.explain.derivation import MOST_TERMS, derive_step
from nodegraph.core.explain.derivation_lines import Line, Piece
from nodegraph.core.typeset import WORD, joined
from nodegraph.core.typeset import Line as Text

ROW_GAP = 0.25
"""Between rows, as a share of the size."""
GAP, WIDE_GAP = 0.3, 1.4
"""Between pieces of one equation, and between equations; shares of the size."""
LEAST = 0.3
"""What finds no room is set smaller, down to this share of its size."""
TEXT = 0.85
"""How large text is that stands in for a formula, beside typeset letters."""
WIDER, FRACTION = 1.12, (0.8, 2.25)
"""How much wider formulas are than such text, as a rule, and how wide and high those with a fraction."""
TRIED, LOOKED_AT = 12, 4000
"""How many steps are measured, the longest by their names, and among how many these are looked for."""

_WORDS = re.compile(f"({WORD})")
Measure = Callable[[Piece, float], tuple[float, float, float]]
"""Returns (width, ascent, descent) of a piece in a size."""


@dataclass(frozen=True)
class Row:
    """Pieces side by side, each with the gap before it as a share of the size."""

    pieces: tuple[tuple[Piece, float], ...]


def lines_of(frame: Frame) -> tuple[Line, ...]:
    """Returns what is to be read from afar: the gradient that the step gives, else the value."""
    parts = {part.kind: part.lines for part in derive_step(frame).parts}
    return parts.get("gradient") or parts.get("value") or ()


def rows_of(lines: Sequence[Line]) -> tuple[Row, ...]:
    """A sum is written above its numbers; everything else on one row."""
    if len(lines) > 1 and lines[1].continues:
        return _row(lines[:1]), _row(lines[1:])
    return (_row(lines),) if lines else ()


def _row(lines: Sequence[Line]) -> Row:
    pieces: list[tuple[Piece, float]] = []
    for line in lines:
        for place, piece in enumerate(line.pieces):
            gap = WIDE_GAP if place == 0 and not line.continues else GAP
            pieces.append((piece, gap if pieces else 0.0))
    return Row(tuple(pieces))


def largest(rows: Sequence[Row], room: QRectF, whole: float, measure: Measure) -> tuple[float, list[Row]]:
    """Returns the largest size up to the whole at which the rows find room, and the rows that there are then:
    they are wrapped before they are set smaller, and set much smaller only where wrapping does not help.
    """
    size, wrapped = whole, list(rows)
    while size > whole * LEAST:
        wrapped = _wrap(rows, size, room.width(), measure)
        needed = extent(wrapped, size, measure)
        if needed.width() <= room.width() and needed.height() <= room.height():
            break
        size *= 0.95
    return size, wrapped


def _wrap(rows: Sequence[Row], size: float, width: float, measure: Measure) -> list[Row]:
    """Returns the rows, each broken between pieces where it is too wide."""
    wrapped = []
    for row in rows:
        line: list[tuple[Piece, float]] = []
        for piece, gap in row.pieces:
            longer = Row((*line, (piece, gap if line else 0.0)))
            if line and extent([longer], size, measure).width() > width:
                wrapped.append(Row(tuple(line)))
                line = [(piece, 0.0)]
            else:
                line = list(longer.pieces)
        wrapped.append(Row(tuple(line)))
    return wrapped


def extent(rows: Sequence[Row], size: float, measure: Measure) -> QSizeF:
    """Returns how wide and high rows are."""
    widths, height = [0.0], -size * ROW_GAP
    for row in rows:
        measured = [measure(piece, size) for piece, _ in row.pieces]
        gaps = sum(gap for _, gap in row.pieces) * size
        widths.append(sum(one[0] for one in measured) + gaps)
        height += max(one[1] for one in measured) + max(one[2] for one in measured) + size * ROW_GAP
    return QSizeF(max(widths), height)


def in_text(piece: Piece, size: float, names: Names = no_names) -> tuple[float, float, float]:
    """Returns how large a piece is as text, with names as these are drawn."""
    style = text_style(size)
    found = metrics(*style)
    return text_width(as_text(piece, names), style), found.ascent(), found.descent()


def as_text(piece: Piece, names: Names) -> Text:
    """Returns a piece as a line of text, the names in it typeset."""
    parts = _WORDS.split(piece.unicode)  # a word, what is between it and the next, and so on
    return joined(*(part if (name := names(part)) is None else name for part in parts))


def text_style(size: float) -> Style:
    """Returns the type of text that stands in for a formula of this size."""
    return float(round(size * TEXT)), QFont.Weight.Normal


def typeset_some_day(piece: Piece, size: float) -> tuple[float, float, float]:
    """Returns about how large a piece will be once it is typeset."""
    width, ascent, descent = in_text(piece, size)
    if r"\frac" not in piece.latex:
        return width * WIDER, ascent, descent
    wide, high = FRACTION
    return width * wide, (ascent + descent) * high / 2, (ascent + descent) * high / 2


def longest_steps(trace: Trace) -> list[Frame]:
    """Returns the frames of the steps that are likely to have the longest formulas."""
    arrived = np.bincount(trace.receivers[trace.carried_order], minlength=len(trace.plan.ids))

    def weight(place: int, step: Step) -> tuple[int, int]:
        if step.edge is not None:
            receiver = trace.receiver(step.edge)
            terms = min(int(arrived[trace.plan.number[receiver]]), MOST_TERMS)
            names = len(trace.nodes[receiver].name) + len(trace.nodes[trace.giver(step.edge)].name)
            return terms * (8 + names), place  # the later, the more terms have arrived
        if step.node is None:
            return 1_000_000, place
        sources = trace.sources(step.node)[: MOST_TERMS + 1]
        return sum(8 + len(trace.nodes[source].name) for source in sources), place

    steps = enumerate(islice(trace.steps, LOOKED_AT), start=1)
    weighed = (weight(place, step) for place, step in steps)
    return [trace.frame(place) for _weight, place in heapq.nlargest(TRIED, weighed)]
