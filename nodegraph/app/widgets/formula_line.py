"""One line of a derivation: its formulas typeset side by side on one baseline, broken where there is no room.

Terms that belong to an edge can be pointed at, come to by keys and chosen. Knows lines, not graphs.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from nodegraph.app.platform import style
from nodegraph.app.platform.key_claims import keeps_plain_keys
from nodegraph.app.widgets.typeset import Typeset, Typesetter
from nodegraph.canvas.drawing.theme import Theme, color, font, gradient_colors, metrics
from nodegraph.core.aloud import aloud
from nodegraph.core.explain.derivation_lines import Line, Piece
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.operations.equations import LATEX_SIGNS

FORMULA_PX, TEXT_PX = 19.0, 16.0
"""The size of typeset letters, and of the text that stands in for them."""
GAP = 0.7
"""The space on both sides of a sign, as a share of the size."""
MARGIN_PX, ROW_GAP_PX = 7, 2
"""Room round a term for its frame, and between rows."""

Edges = tuple[EdgeKey, ...]
Size = tuple[float, float, float, Typeset | None]
WITHOUT_END = 1_000_000
"""A width at which no line is broken."""


def ink_of(theme: Theme, piece: Piece) -> str:
    """The colour of one piece of a formula: of its number where it stands for one."""
    if piece.tone == "value" and piece.number is not None:
        return theme.forward
    if piece.tone == "gradient" and piece.number is not None:
        return gradient_colors(theme, piece.number)[0]
    return theme.dim if piece.tone in ("sign", "words") else theme.text


@dataclass(frozen=True)
class Placed:
    """A piece at its place: left end and baseline, with what to draw."""

    piece: Piece
    left: float
    baseline: float
    box: QRectF
    typeset: Typeset | None


@dataclass(frozen=True)
class Span:
    """A term as it is pointed at: the edges it belongs to, its rectangle, and its text."""

    edges: Edges
    box: QRectF
    text: str


@keeps_plain_keys
class Term(QAbstractButton):
    """What can be pointed at: an empty button above a term, which its line paints."""

    pointed = Signal(object)
    """The edges pointed at, or () where the pointer or the focus has gone."""
    moved = Signal(object, int)
    """A key asks for the term so many places on."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.edges: Edges = ()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line below paints everything."""

    def enterEvent(self, event: QEnterEvent) -> None:
        self.pointed.emit(self.edges)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(())
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.pointed.emit(self.edges)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.pointed.emit(())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from term to term; Enter and Space choose one."""
        keys = Qt.Key
        by = {keys.Key_Right: 1, keys.Key_Down: 1, keys.Key_Left: -1, keys.Key_Up: -1}.get(keys(event.key()))
        if by is not None:
            self.moved.emit(self, by)
        elif event.key() in (keys.Key_Return, keys.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class FormulaLine(QWidget):
    """A line, as wide as its room and as high as it then has to be."""

    pointed = Signal(object)
    moved = Signal(object, int)
    chosen = Signal(object)

    def __init__(self, line: Line, typesetter: Typesetter, theme: Theme, lead: FormulaLine | None) -> None:
        super().__init__()
        self.line = line
        self.typesetter = typesetter
        self.theme = theme
        self.lead = lead
        """The line that this one continues: its = stands below that one's."""
        self.active: EdgeKey | None = None
        self.active_colors = (theme.border, theme.head)
        self.lit: frozenset[EdgeKey] = frozenset()
        self.terms: list[Term] = []
        self._placed: list[Placed] = []
        self._ratio = self.devicePixelRatioF()
        self._sizes: dict[Piece, Size] = {}
        self._layouts: dict[int, tuple[list[Placed], float]] = {}
        self._is_typeset = False
        self.setAccessibleName(aloud(line.unicode))
        self.setAccessibleDescription(aloud(line.why))
        self._take_typeset()

    # --- what is drawn
    def refresh(self) -> bool:
        """Take over formulas that are ready now. Returns whether the line has to be laid out again."""
        return not self._is_typeset and self._take_typeset()

    def lay_out_again(self) -> None:
        """Measure everything again."""
        self._sizes.clear()
        self._layouts.clear()
        self._place_terms()
        self.update()

    def _take_typeset(self) -> bool:
        """A line is typeset as a whole or not at all, so that it has one face."""
        self._is_typeset = all(self.typesetter.can_draw(piece.latex) for piece in self.line.pieces)
        return self._is_typeset

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours."""
        self.theme = theme
        self.lay_out_again()

    def light(self, edges: Iterable[EdgeKey]) -> None:
        """Frame the terms of these edges."""
        lit = frozenset(edges)
        if lit != self.lit:
            self.lit = lit
            self.update()

    def set_active(self, key: EdgeKey | None, ink: str, ground: str) -> None:
        """Set off the terms of the edge that the step is about, in the colours of its chip on the canvas."""
        self.active, self.active_colors = key, (ink, ground)
        self.update()

    # --- where things stand
    def head_width(self) -> float:
        """How far right the first = stands; of a line that continues another, as far as that one's."""
        if self.line.continues:
            return self.lead.head_width() if self.lead is not None else 0.0
        pieces = self.line.pieces
        return self._size(pieces[0])[0] if len(pieces) > 1 and pieces[1].unicode in LATEX_SIGNS else 0.0

    def least_width(self) -> int:
        """What the widest piece that cannot be broken needs, with a sign before it."""
        widest = max(self._size(piece)[0] for piece in self.line.pieces)
        signs = max((self._size(piece)[0] for piece in self.line.pieces if piece.tone == "sign"), default=0.0)
        gaps = 2 * GAP * style.px(FORMULA_PX) if signs else 0.0
        head = self.head_width() if signs else 0.0
        return math.ceil(head + signs + gaps + widest + 2 * style.px(MARGIN_PX)) + 1

    def _size(self, piece: Piece) -> Size:
        """(width, ascent, descent, picture) of a piece."""
        size = self._sizes.get(piece)
        if size is None:
            size = self._sizes[piece] = self._measured(piece)
        return size

    def _measured(self, piece: Piece) -> Size:
        if self._is_typeset:
            ink, size = ink_of(self.theme, piece), style.px(FORMULA_PX)
            made = self.typesetter.get(piece.latex, size, ink, self._ratio)
            if made is not None:
                return made.width, made.ascent, made.height - made.ascent, made
        measures = metrics(style.px(TEXT_PX))
        return measures.horizontalAdvance(piece.unicode), measures.ascent(), measures.descent(), None

    def _rows(self, width: float) -> list[list[tuple[Piece, float]]]:
        """The pieces with their left ends, row by row; a sign begins a row, and never ends one."""
        gap, margin = GAP * style.px(FORMULA_PX), style.px(MARGIN_PX)
        indent = margin + self.head_width()
        rows: list[list[tuple[Piece, float]]] = [[]]
        left = indent if self.line.continues else float(margin)
        pieces = list(self.line.pieces)
        place = 0
        while place < len(pieces):
            unit = pieces[place : place + 2] if pieces[place].tone == "sign" else pieces[place : place + 1]
            space = gap if rows[-1] or self.line.continues else 0.0
            needed = space + sum(self._size(piece)[0] for piece in unit) + gap * (len(unit) - 1)
            if rows[-1] and left + needed > width - margin:
                rows.append([])
                left, space = indent, gap
            left += space
            for piece in unit:
                rows[-1].append((piece, left))
                left += self._size(piece)[0] + gap
            left -= gap
            place += len(unit)
        return rows

    def _place(self, width: int) -> tuple[list[Placed], float]:
        """All pieces at their places, and the height they take."""
        if width not in self._layouts:
            self._layouts[width] = self._laid_out(width)
        return self._layouts[width]

    def _laid_out(self, width: int) -> tuple[list[Placed], float]:
        placed: list[Placed] = []
        top, margin = 0.0, style.px(MARGIN_PX)
        rows = self._rows(width)
        for row in rows:
            sizes = [self._size(piece) for piece, _ in row]
            ascent, descent = max(s[1] for s in sizes), max(s[2] for s in sizes)
            baseline = top + margin + ascent
            for (piece, left), (wide, up, down, made) in zip(row, sizes, strict=True):
                box = QRectF(left, baseline - up, wide, up + down)
                placed.append(Placed(piece, left, baseline, box, made))
            top = baseline + descent + margin
            top += style.px(ROW_GAP_PX) if row is not rows[-1] else 0
        return placed, top

    def _spans(self) -> list[Span]:
        """What belongs to the same edges, side by side with at most an = between, is one."""
        spans: list[Span] = []
        may_join = False
        margin = style.px(MARGIN_PX)
        for one in self._placed:
            if not one.piece.edges:
                may_join = may_join and one.piece.unicode in LATEX_SIGNS
                continue
            box = one.box.adjusted(-margin, -margin + 2, margin, margin - 2)
            last = spans[-1] if spans and may_join and spans[-1].edges == one.piece.edges else None
            if last is not None and last.box.top() < box.center().y() < last.box.bottom():
                spans[-1] = Span(last.edges, last.box.united(box), f"{last.text} = {one.piece.unicode}")
            else:
                spans.append(Span(one.piece.edges, box, one.piece.unicode))
            may_join = True
        return spans

    def _place_terms(self) -> None:
        self._ratio = self.devicePixelRatioF()
        self._placed = self._place(self.width())[0]
        spans = self._spans()
        while len(self.terms) < len(spans):
            term = Term(self)
            term.pointed.connect(self.pointed)
            term.moved.connect(self.moved)
            term.clicked.connect(partial(self._choose, term))
            self.terms.append(term)
        for term in self.terms[len(spans) :]:
            term.hide()
        for term, span in zip(self.terms, spans, strict=False):
            term.edges = span.edges
            term.setAccessibleName(aloud(span.text))
            term.setGeometry(span.box.toAlignedRect())
            term.show()

    def _choose(self, term: Term, _checked: bool = False) -> None:
        self.chosen.emit(term.edges)

    # --- Qt
    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self._place(width)[1])

    def sizeHint(self) -> QSize:
        """On one row."""
        placed, height = self._place(WITHOUT_END)
        right = max(one.box.right() for one in placed)
        return QSize(round(right + style.px(MARGIN_PX) + 1), round(height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_terms()
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._ratio != self.devicePixelRatioF():  # it has come to another screen
            self.lay_out_again()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for span in self._spans():
                self._paint_ground(painter, span)
            for one in self._placed:
                if one.typeset is not None:
                    painter.drawPixmap(one.box.topLeft(), one.typeset.pixmap)
                else:
                    painter.setFont(font(style.px(TEXT_PX)))
                    painter.setPen(color(ink_of(self.theme, one.piece)))
                    painter.drawText(QPointF(one.left, one.baseline), one.piece.unicode)

    def _paint_ground(self, painter: QPainter, span: Span) -> None:
        """The active term has a ground of its own, the one that is pointed at a frame."""
        is_active, is_lit = self.active in span.edges, not self.lit.isdisjoint(span.edges)
        if not (is_active or is_lit):
            return
        ink, ground = self.active_colors
        painter.setBrush(color(ground if is_active else self.theme.forward_back))
        painter.setPen(QPen(color(self.theme.accent), 2) if is_lit else QPen(color(ink), 1))
        painter.drawRoundedRect(span.box.adjusted(1, 1, -1, -1), style.px(6), style.px(6))
