"""One note on the canvas: text in simple Markdown, on paper of its own behind the edges.

Paints what the scene tells it; takes no mouse or key itself. Pictures and links of its text lead nowhere.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QPainter,
    QPainterPath,
    QPalette,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from nodegraph.canvas.drawing.clipping import clipped
from nodegraph.canvas.drawing.geometry import GRID
from nodegraph.canvas.drawing.theme import LIGHT, Theme, color, font, mixed, own_color, pen
from nodegraph.canvas.items.note_markdown import escaped_products, kept_lines
from nodegraph.canvas.pictures.text_lines import text_lines
from nodegraph.core.graph.records import Note
from nodegraph.core.quoting import quoted

if TYPE_CHECKING:
    from nodegraph.canvas.items.look_protocols import CardLook

PADDING, RADIUS, TEXT_PX = 12.0, 6.0, 14.0
PAPER = "#E0B400"
CORNER = 16.0
"""Side of the corner that resizes a note, in scene units."""
READABLE_SCALE = 0.3
"""Below this scale a note is plain paper."""
EMPTY = "*Double-click to write*"
CUT, CUT_ROOM = "…", 16.0
"""What stands below the last whole line of a text that is longer than its paper, and the room for it."""
LARGER = (2, 1, 0)
"""By how many of Qt's steps a heading of each level is larger than the text."""


class Text(QTextDocument):
    """Markdown that fetches nothing: a picture named in a note is not loaded."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        return None


class NoteItem(QGraphicsItem):
    """The paper of one note."""

    def __init__(self, note: Note, text_scale: float = 1.0) -> None:
        super().__init__()
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setScale(text_scale)
        self.setZValue(-1.5)
        self.note = note
        self.size = QSizeF(note.width, note.height)
        """In usual type; larger type takes more room on the canvas."""
        self._text = Text()
        self._text.setDefaultFont(font(TEXT_PX))
        self._text.setDocumentMargin(0)
        self._text.setIndentWidth(18)
        self._inked = ""
        """The colour links have now."""
        self.show_note(note)

    def show_note(self, note: Note) -> None:
        """Take over a changed record."""
        self.note = note
        text = kept_lines(escaped_products(quoted(note.text, keep="\n\t"))) or EMPTY
        self._text.setMarkdown(text, QTextDocument.MarkdownFeature.MarkdownNoHTML)
        self._inked = ""
        self.setPos(note.x, note.y)
        self.resize(QSizeF(note.width, note.height))

    def resize(self, size: QSizeF) -> None:
        """Show it at this size; the text is laid out again."""
        self.prepareGeometryChange()
        self.size = size
        self._text.setTextWidth(max(1.0, size.width() - 2 * PADDING))
        self.update()

    def reset_type(self, change: Callable[[QFont], QFont]) -> None:
        """Have its text in another variety of its typeface."""
        self._text.setDefaultFont(change(self._text.defaultFont()))

    # --- places, in the scene
    @property
    def rect(self) -> QRectF:
        """The paper."""
        return QRectF(self.pos(), self.size * self.scale())

    @property
    def corner(self) -> QRectF:
        """Where a drag resizes it."""
        end = self.rect.bottomRight()
        return QRectF(end - QPointF(CORNER, CORNER) * self.scale(), end)

    @property
    def text_corner(self) -> QPointF:
        """Where the text begins on the paper, in usual type."""
        return QPointF(PADDING, PADDING - 2)

    def paper_inks(self, theme: Theme) -> tuple[QColor, QColor]:
        """Returns the colours of the paper and of its rim."""
        tint = own_color(theme, PAPER)
        return mixed(tint, theme.panel, 0.12), mixed(tint, theme.background, 0.45)

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands on the paper: an empty note asks for text only where some can be written."""
        return not self.note.text and (self.scene() is None or not self.scene().views())

    def words(self, accent: str) -> QTextDocument:
        """Returns the text as it is laid out on the paper."""
        if self.is_blank:
            return Text()
        self._ink(accent)
        return self._text

    def height_for(self, text: str) -> float:
        """Returns how high the paper must be to hold all of this text, on the grid."""
        words = NoteItem(replace(self.note, text=text)).words(LIGHT.accent)
        return math.ceil((words.size().height() + 2 * PADDING) / GRID) * GRID

    def cut(self, accent: str) -> float | None:
        """Returns where the last whole line ends of a text that is longer than the paper, from where the text
        begins; None where all of it has room.
        """
        room = self.size.height() - 2 - self.text_corner.y()
        words = self.words(accent)
        if words.size().height() <= room:
            return None
        whole = 0.0
        for line in text_lines(words):
            if line.bottom > room:
                return whole
            whole = line.bottom if line.bottom <= room - CUT_ROOM else whole
        return None

    # --- Qt
    def boundingRect(self) -> QRectF:
        return QRectF(QPointF(0, 0), self.size).adjusted(-4, -4, 4, 4)

    def update(self, *rect: QRectF) -> None:
        """Have it painted again: it may look different."""
        if (scene := self.scene()) is not None:
            scene.box_revision += 1  # type: ignore[attr-defined]
        super().update(*rect)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        scene: CardLook = self.scene()  # type: ignore[assignment]
        theme = scene.theme
        scale = option.levelOfDetailFromTransform(painter.worldTransform())
        chosen = scene.is_selected_note(self.note.id)
        paper = QRectF(QPointF(0, 0), self.size)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, scale >= READABLE_SCALE)
        ground, rim = self.paper_inks(theme)
        painter.setPen(pen(theme.accent, 2.5) if chosen else pen(rim.name(), 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(paper, RADIUS, RADIUS)
        if scale >= READABLE_SCALE and not self.is_blank:
            self._paint_text(painter, theme, paper)
        if chosen and scale >= READABLE_SCALE:
            self._paint_corner(painter, theme.accent)

    def _ink(self, accent: str) -> None:
        """Links in the theme's accent, headings a little larger than the text, and air between paragraphs."""
        if self._inked == accent:
            return
        self._inked = accent
        cursor, block = QTextCursor(self._text), self._text.begin()
        while block.isValid():
            level = block.blockFormat().headingLevel()
            shape = block.blockFormat()
            shape.setBottomMargin(2 if block.textList() else 6)
            shape.setTopMargin(0)
            cursor.setPosition(block.position())
            cursor.setBlockFormat(shape)
            if level:
                cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
                large = QTextCharFormat()
                large.setProperty(QTextFormat.Property.FontSizeAdjustment, LARGER[min(level, 3) - 1])
                cursor.mergeCharFormat(large)
            for start, length in _links(block):
                cursor.setPosition(start)
                cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
                link = QTextCharFormat()
                link.setForeground(color(accent))
                cursor.mergeCharFormat(link)
            block = block.next()

    def _paint_text(self, painter: QPainter, theme: Theme, paper: QRectF) -> None:
        """The lines that the paper holds, and a sign below where there are more."""
        context = QAbstractTextDocumentLayout.PaintContext()
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, color(theme.text if self.note.text else theme.dim))
        context.palette = palette
        seen, cut = paper.adjusted(2, 2, -2, -2), self.cut(theme.accent)
        if cut is not None:
            seen.setBottom(self.text_corner.y() + cut)
            painter.setPen(color(theme.text))
            painter.setFont(font(TEXT_PX, QFont.Weight.Bold))
            painter.drawText(self.cut_sign(cut), CUT)
        within = QPainterPath()
        within.addRect(seen)
        with clipped(painter, within):
            painter.translate(self.text_corner)
            self._text.documentLayout().draw(painter, context)

    def cut_sign(self, cut: float) -> QPointF:
        """Returns where the sign that a text goes on begins, on its base line."""
        return self.text_corner + QPointF(0, cut + CUT_ROOM - 6)

    def _paint_corner(self, painter: QPainter, ink: str) -> None:
        end = QPointF(self.size.width(), self.size.height())
        painter.setPen(pen(ink, 2))
        for reach in (6.0, 11.0):
            painter.drawLine(end - QPointF(reach, 3), end - QPointF(3, reach))


def _links(block: QTextBlock) -> list[tuple[int, int]]:
    """(position, length) of each link in a paragraph."""
    found, pieces = [], block.begin()
    while not pieces.atEnd():
        fragment = pieces.fragment()
        if fragment.charFormat().isAnchor():
            found.append((fragment.position(), fragment.length()))
        pieces += 1
    return found
