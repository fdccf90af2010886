"""The line below the canvas while one presents: the step's formula and its sentence, as large as the last row
of a room needs them. Paints one frame; knows no player.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, QTimer
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QTextDocument, QTextOption
from PySide6.QtWidgets import QFrame, QWidget

from nodegraph.app.widgets.formula_line import ink_of
from nodegraph.app.widgets.text import Names, no_names, with_names
from nodegraph.app.widgets.typeset import Typeset, Typesetter
from nodegraph.canvas.drawing.theme import THEMES, Theme, color, font, metrics
from nodegraph.core.engine.trace import Frame
from nodegraph.core.explain.derivation import derive_step
from nodegraph.core.explain.derivation_lines import Line, Piece
from nodegraph.core.explain.explanation import step_sentence, step_title

HEIGHT = 0.23
"""All sizes are shares of the screen's height: of the line as a whole, ..."""
FORMULA, SENTENCE, TITLE = 0.052, 0.031, 0.02
"""... and of its letters."""
ALONE = 1.3
"""How much larger a formula is that needs no sentence."""
MOST_FOR_SENTENCE = 0.45
"""The share of the line's height that the sentence takes at most, below a formula."""
ROW_GAP = 0.25
"""Between rows, as a share of the size."""
READABLE, GROWTH, MOST_HEIGHT = 0.03, 0.04, 0.4
"""Where letters would be smaller than the first of these, the line grows, by such pieces and no further."""
LEAST = 0.3
"""A formula or a sentence that finds no room is set smaller, down to this share of its size."""
GAP, WIDE_GAP = 0.3, 1.4
"""Between pieces of one equation, and between equations; shares of the size."""


@dataclass(frozen=True)
class Row:
    """Pieces side by side, each with the gap before it as a share of the size."""

    pieces: tuple[tuple[Piece, float], ...]


class Caption(QFrame):
    """Formula and sentence in the middle, the step's number small above them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("caption")
        self.theme: Theme = THEMES["light"]
        self.title = self.sentence = ""
        self.names: Names = no_names
        """What words of the sentence are names to be typeset."""
        self.rows: tuple[Row, ...] = ()
        self.typesetter = Typesetter(self)
        self.typesetter.drawn.connect(self.update)
        self._screen_px = 1080.0
        self._grow_soon = QTimer(self, singleShot=True, interval=0)
        """A height must not change while it is painted in."""
        self._grow_soon.timeout.connect(self._grow)
        self.hide()

    def set_screen(self, height_px: float) -> None:
        """Take sizes that suit a screen of this height."""
        self._screen_px = height_px
        self.setFixedHeight(round(height_px * HEIGHT))
        self._grow_soon.stop()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours."""
        self.theme = theme
        self.update()

    def show_frame(self, frame: Frame) -> None:
        """Show the step that was taken last."""
        lines = _lines(frame)
        self.title, self.sentence = step_title(frame), step_sentence(frame)
        self.setAccessibleName(f"{self.title} {self.sentence}")
        written = " ".join(line.unicode for line in lines)
        if self.sentence.rstrip(".") == written:
            self.sentence = ""  # the formula says it already
        self.rows = _rows(lines)
        self.typesetter.forget_waiting()
        self.typesetter.ask(_latex_of(lines))
        if frame.position < len(frame.trace.steps):  # the next one is ready as it comes
            self.typesetter.ask(_latex_of(_lines(frame.trace.frame(frame.position + 1))))
        self.update()

    # --- painting
    def paintEvent(self, event: QPaintEvent) -> None:
        """Title above, then formula, then sentence."""
        super().paintEvent(event)
        unit = self._screen_px
        margin = unit * 0.018
        room = QRectF(self.rect()).adjusted(2 * margin, margin, -2 * margin, -margin)
        with QPainter(self) as painter:
            painter.setRenderHints(
                QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
            )
            painter.setPen(color(self.theme.dim))
            painter.setFont(font(unit * TITLE, QFont.Weight.DemiBold))
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, self.title)
            room.setTop(room.top() + unit * TITLE * 1.5)
            if not self.rows:
                self._write_sentence(painter, room, SENTENCE * 1.2)
                return
            upper = QRectF(room)
            upper.setHeight(room.height() - self._sentence_height(room))
            self._write_rows(painter, upper)
            room.setTop(upper.bottom() + margin * 0.4)
            self._write_sentence(painter, room, SENTENCE)

    def _sentence_height(self, room: QRectF) -> float:
        """Returns what the sentence takes of the height, below the formula."""
        if not self.sentence:
            return 0.0
        written = self._written(self._screen_px * SENTENCE, room.width())
        needed = written.size().height() + self._screen_px * 0.01
        return float(min(needed, room.height() * MOST_FOR_SENTENCE))

    def _write_sentence(self, painter: QPainter, room: QRectF, share: float) -> None:
        size = self._screen_px * share
        written = self._written(size, room.width())
        while size > self._screen_px * share * LEAST and written.size().height() > room.height():
            size *= 0.93
            written = self._written(size, room.width())
        painter.save()
        painter.translate(room.left(), room.center().y() - written.size().height() / 2)
        written.drawContents(painter)
        painter.restore()

    def _written(self, size: float, width: float) -> QTextDocument:
        """Returns the sentence set in this size, its names typeset, in lines of this width."""
        made = QTextDocument()
        made.setDocumentMargin(0)
        made.setDefaultFont(font(size))
        option = QTextOption(Qt.AlignmentFlag.AlignHCenter)
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        made.setDefaultTextOption(option)
        said = with_names(escape(self.sentence), self.names)
        made.setHtml(f'<span style="color: {self.theme.text}">{said}</span>')
        made.setTextWidth(width)
        return made

    def _write_rows(self, painter: QPainter, room: QRectF) -> None:
        size, rows = self._wrapped(room)
        is_small = size < READABLE * self._screen_px and self.height() < MOST_HEIGHT * self._screen_px
        if is_small and self._is_settled:
            self._grow_soon.start()
        top = room.center().y() - self._extent(rows, size).height() / 2
        for row in rows:
            measured = [self._measure(piece, size) for piece, _ in row.pieces]
            ascent = max(one[1] for one in measured)
            left = room.center().x() - self._extent([row], size).width() / 2
            for (piece, gap), (width, up, _) in zip(row.pieces, measured, strict=True):
                left += gap * size
                self._write(painter, piece, size, QPointF(left, top + ascent), up)
                left += width
            top += self._extent([row], size).height() + size * ROW_GAP

    def _grow(self) -> None:
        """Take more height for a formula that would be hard to read; it stays, so that the graph rests."""
        most = round(MOST_HEIGHT * self._screen_px)
        self.setFixedHeight(min(self.height() + round(GROWTH * self._screen_px), most))

    def _wrapped(self, room: QRectF) -> tuple[float, list[Row]]:
        """Returns the largest size at which the formula finds room, and the rows that it then has: it is
        wrapped before it is set smaller, and set much smaller only where wrapping does not help.
        """
        whole = self._screen_px * FORMULA * (1.0 if self.sentence else ALONE)
        size, rows = whole, list(self.rows)
        while size > whole * LEAST:
            rows = self._wrap(size, room.width())
            extent = self._extent(rows, size)
            if extent.width() <= room.width() and extent.height() <= room.height():
                break
            size *= 0.95
        return size, rows

    def _wrap(self, size: float, width: float) -> list[Row]:
        """Returns the rows, each broken between pieces where it is too wide."""
        wrapped = []
        for row in self.rows:
            line: list[tuple[Piece, float]] = []
            for piece, gap in row.pieces:
                longer = Row((*line, (piece, gap if line else 0.0)))
                if line and self._extent([longer], size).width() > width:
                    wrapped.append(Row(tuple(line)))
                    line = [(piece, 0.0)]
                else:
                    line = list(longer.pieces)
            wrapped.append(Row(tuple(line)))
        return wrapped

    @property
    def _is_settled(self) -> bool:
        """Whether all pieces are typeset, or cannot be: until then all are text, so that none stands out."""
        return all(self.typesetter.is_ready(piece.latex) for row in self.rows for piece, _ in row.pieces)

    def _typeset(self, piece: Piece, size: float) -> Typeset | None:
        if not self._is_settled:
            return None
        return self.typesetter.get(piece.latex, size, ink_of(self.theme, piece), self.devicePixelRatioF())

    def _write(self, painter: QPainter, piece: Piece, size: float, place: QPointF, ascent: float) -> None:
        made = self._typeset(piece, size)
        if made is not None:
            painter.drawPixmap(QPointF(place.x(), place.y() - ascent), made.pixmap)
            return
        painter.setFont(font(size * 0.85))
        painter.setPen(color(ink_of(self.theme, piece)))
        painter.drawText(place, piece.unicode)

    def _measure(self, piece: Piece, size: float) -> tuple[float, float, float]:
        """(width, ascent, descent) of a piece."""
        made = self._typeset(piece, size)
        if made is not None:
            return made.width, made.ascent, made.height - made.ascent
        found = metrics(round(size * 0.85))
        return found.horizontalAdvance(piece.unicode), found.ascent(), found.descent()

    def _extent(self, rows: Sequence[Row], size: float) -> QSizeF:
        widths, height = [0.0], -size * ROW_GAP
        for row in rows:
            measured = [self._measure(piece, size) for piece, _ in row.pieces]
            gaps = sum(gap for _, gap in row.pieces) * size
            widths.append(sum(one[0] for one in measured) + gaps)
            height += max(one[1] for one in measured) + max(one[2] for one in measured) + size * ROW_GAP
        return QSizeF(max(widths), height)


def _lines(frame: Frame) -> tuple[Line, ...]:
    """What is to be read from afar: the gradient that the step gives, else the value."""
    parts = {part.kind: part.lines for part in derive_step(frame).parts}
    return parts.get("gradient") or parts.get("value") or ()


def _latex_of(lines: Iterable[Line]) -> Iterator[str]:
    return (piece.latex for line in lines for piece in line.pieces)


def _rows(lines: Sequence[Line]) -> tuple[Row, ...]:
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
