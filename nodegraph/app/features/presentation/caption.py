"""The line below the canvas while one presents: the step's formula and its sentence, as large as the last row
of a room needs them. Paints one frame; knows no player.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, QTimer
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent, QTextDocument, QTextOption
from PySide6.QtWidgets import QFrame, QWidget

from nodegraph.app.features.presentation.formula_rows import (
    LEAST,
    ROW_GAP,
    Row,
    as_text,
    extent,
    in_text,
    largest,
    lines_of,
    longest_steps,
    rows_of,
    text_style,
    typeset_some_day,
)
from nodegraph.app.widgets.formula_line import ink_of
from nodegraph.app.widgets.text import Names, no_names, with_names
from nodegraph.app.widgets.typeset import Typeset, Typesetter
from nodegraph.canvas.drawing.lettering import cap_height, write_left
from nodegraph.canvas.drawing.theme import THEMES, Theme, color, font
from nodegraph.core.aloud import aloud
from nodegraph.core.engine.trace import Frame, Trace
from nodegraph.core.explain.derivation_lines import Line, Piece
from nodegraph.core.explain.explanation import step_sentence, step_title

HEIGHT = 0.23
"""All sizes are shares of the screen's height: of the line as a whole, ..."""
FORMULA, SENTENCE, TITLE = 0.052, 0.031, 0.02
"""... and of its letters."""
ALONE = 1.3
"""How much larger a formula is that needs no sentence."""
MARGIN = 0.018
"""Round all of it; above a sentence there is less."""
MOST_FOR_SENTENCE = 0.45
"""The share of the line's height that the sentence takes at most, below a formula."""
READABLE, GROWTH, MOST_HEIGHT = 0.03, 0.04, 0.4
"""Where letters of any step would be smaller than the first of these, the line is higher from the start, by
such pieces and no further.
"""
TRACED_MS = 150
"""How long numbers must stay as they are before the height is looked at again."""


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
        self._trace: Trace | None = None
        self._fit_soon = QTimer(self, singleShot=True)
        self._fit_soon.timeout.connect(self._fit)
        self.hide()

    def set_screen(self, height_px: float) -> None:
        """Take sizes that suit a screen of this height."""
        self._screen_px = height_px
        self.setFixedHeight(round(height_px * HEIGHT))
        self._fit()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours."""
        self.theme = theme
        self.update()

    def show_frame(self, frame: Frame) -> None:
        """Show the step that was taken last."""
        lines = lines_of(frame)
        self.title, self.sentence = step_title(frame), _beside(frame, lines)
        self.setAccessibleName(aloud(f"{self.title} {step_sentence(frame)}"))
        self.rows = rows_of(lines)
        self.typesetter.forget_waiting()
        self.typesetter.ask(_latex_of(lines))
        if frame.position < len(frame.trace.steps):  # the next one is ready as it comes
            self.typesetter.ask(_latex_of(lines_of(frame.trace.frame(frame.position + 1))))
        self._follow(frame.trace)
        self.update()

    # --- its height
    def _follow(self, trace: Trace) -> None:
        """Find room for the formulas of another run; of one with other numbers alone once they stay."""
        before, self._trace = self._trace, trace
        if before is not trace:
            is_same = before is not None and before.plan is trace.plan
            self._fit_soon.start(TRACED_MS if is_same else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find room for all formulas in another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_soon.start(0)

    def _fit(self) -> None:
        """Be as high as the longest formula of the run needs. It stays so, for the graph rests while one
        steps.
        """
        if self._trace is None:
            return
        height, most = self.height(), round(MOST_HEIGHT * self._screen_px)
        for frame in longest_steps(self._trace):
            lines = lines_of(frame)
            rows, sentence = rows_of(lines), _beside(frame, lines)
            while rows and height < most and not self._is_readable(rows, sentence, height):
                height = min(height + round(GROWTH * self._screen_px), most)
        self.setFixedHeight(height)

    def _is_readable(self, rows: Sequence[Row], sentence: str, height: float) -> bool:
        """Whether a formula is large enough above its sentence in a line of this height."""
        room = self._room(height)
        room.setHeight(room.height() - self._sentence_height(sentence, room))
        size, _rows = largest(rows, room, self._whole(sentence), typeset_some_day)
        return size >= READABLE * self._screen_px

    def _room(self, height: float) -> QRectF:
        """Returns the room for formula and sentence in a line of this height, below its title."""
        margin, title = self._screen_px * MARGIN, self._screen_px * TITLE * 1.5
        return QRectF(0, 0, self.width(), height).adjusted(2 * margin, margin + title, -2 * margin, -margin)

    def _whole(self, sentence: str) -> float:
        """Returns how large a formula is above a sentence, if it finds room."""
        return self._screen_px * FORMULA * (1.0 if sentence else ALONE)

    # --- painting
    def paintEvent(self, event: QPaintEvent) -> None:
        """Title above, then formula, then sentence."""
        super().paintEvent(event)
        unit, room = self._screen_px, self._room(self.height())
        with QPainter(self) as painter:
            painter.setRenderHints(
                QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
            )
            painter.setPen(color(self.theme.dim))
            painter.setFont(font(unit * TITLE, QFont.Weight.DemiBold))
            above = QRectF(room.left(), unit * MARGIN, room.width(), room.top())
            painter.drawText(above, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, self.title)
            if not self.rows:
                self._write_sentence(painter, room, SENTENCE * 1.2)
                return
            upper = QRectF(room)
            upper.setHeight(room.height() - self._sentence_height(self.sentence, room))
            self._write_rows(painter, upper)
            room.setTop(upper.bottom() + unit * MARGIN * 0.4)
            self._write_sentence(painter, room, SENTENCE)

    def _sentence_height(self, sentence: str, room: QRectF) -> float:
        """Returns what a sentence takes of the height, below the formula."""
        if not sentence:
            return 0.0
        written = self._written(sentence, self._screen_px * SENTENCE, room.width())
        needed = written.size().height() + self._screen_px * 0.01
        return float(min(needed, room.height() * MOST_FOR_SENTENCE))

    def _write_sentence(self, painter: QPainter, room: QRectF, share: float) -> None:
        size = self._screen_px * share
        written = self._written(self.sentence, size, room.width())
        while size > self._screen_px * share * LEAST and written.size().height() > room.height():
            size *= 0.93
            written = self._written(self.sentence, size, room.width())
        painter.save()
        painter.translate(room.left(), room.center().y() - written.size().height() / 2)
        written.drawContents(painter)
        painter.restore()

    def _written(self, sentence: str, size: float, width: float) -> QTextDocument:
        """Returns a sentence set in this size, its names typeset, in lines of this width."""
        made = QTextDocument()
        made.setDocumentMargin(0)
        made.setDefaultFont(font(size))
        option = QTextOption(Qt.AlignmentFlag.AlignHCenter)
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        made.setDefaultTextOption(option)
        said = with_names(escape(sentence), self.names)
        made.setHtml(f'<span style="color: {self.theme.text}">{said}</span>')
        made.setTextWidth(width)
        return made

    def _write_rows(self, painter: QPainter, room: QRectF) -> None:
        size, rows = largest(self.rows, room, self._whole(self.sentence), self._measure)
        top = room.center().y() - extent(rows, size, self._measure).height() / 2
        for row in rows:
            measured = [self._measure(piece, size) for piece, _ in row.pieces]
            ascent, sides = max(one[1] for one in measured), extent([row], size, self._measure)
            left = room.center().x() - sides.width() / 2
            for (piece, gap), (width, up, _) in zip(row.pieces, measured, strict=True):
                left += gap * size
                self._write(painter, piece, size, QPointF(left, top + ascent), up)
                left += width
            top += sides.height() + size * ROW_GAP

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
        style = text_style(size)
        box = QRectF(place, QSizeF()).translated(0, -cap_height(style) / 2)  # its capitals are centred in it
        write_left(painter, box, as_text(piece, self.names), style, ink_of(self.theme, piece))

    def _measure(self, piece: Piece, size: float) -> tuple[float, float, float]:
        """(width, ascent, descent) of a piece."""
        made = self._typeset(piece, size)
        if made is not None:
            return made.width, made.ascent, made.height - made.ascent
        return in_text(piece, size, self.names)


def _beside(frame: Frame, lines: Iterable[Line]) -> str:
    """Returns the sentence of a step, or "" where its formula says it already."""
    sentence = step_sentence(frame)
    return "" if sentence.rstrip(".") == " ".join(line.unicode for line in lines) else sentence


def _latex_of(lines: Iterable[Line]) -> Iterator[str]:
    return (piece.latex for line in lines for piece in line.pieces)
