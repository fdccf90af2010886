"""The lines of a text that Qt has laid out, for pictures that write text themselves: what each says, where it
lies, and in which type.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
    QTextLine,
    QTextListFormat,
)

BULLET = "•"
_LARGER = (1.0, 1.2, 1.5, 2.0)
"""How many times as large as the text Qt draws type that is larger by so many of its steps."""
_NO_WORDS = dict.fromkeys(map(ord, "\u2028\ufffc"))
"""What stands for a broken line and for a picture."""


@dataclass(frozen=True)
class Run:
    """A piece of a line in one typeface."""

    text: str
    is_bold: bool
    is_italic: bool
    is_code: bool
    is_link: bool


@dataclass(frozen=True)
class TextLine:
    """One line; `baseline` is where it begins, `size` how many times as large as the text its type is, and
    `mark` what a list has before it.
    """

    baseline: QPointF
    top: float
    bottom: float
    size: float
    mark: str
    runs: tuple[Run, ...]


def text_lines(words: QTextDocument) -> Iterator[TextLine]:
    """Returns the lines that say something, as far as they lie from the text's upper left corner."""
    block, layout = words.begin(), words.documentLayout()
    while block.isValid():
        corner = layout.blockBoundingRect(block).topLeft()
        pieces = list(_pieces(block))
        for place in range(block.layout().lineCount()):
            line = block.layout().lineAt(place)
            runs = tuple(_runs(block, pieces, line))
            if runs:
                top = corner.y() + line.y()
                yield TextLine(
                    QPointF(corner.x() + line.x(), top + line.ascent()),
                    top,
                    top + line.height(),
                    _size(pieces),
                    _mark(block) if place == 0 else "",
                    runs,
                )
        block = block.next()


def _pieces(block: QTextBlock) -> Iterator[tuple[int, int, QTextCharFormat]]:
    """Where each piece of a paragraph that has one typeface begins and ends."""
    pieces = block.begin()
    while not pieces.atEnd():
        fragment = pieces.fragment()
        begin = fragment.position() - block.position()
        yield begin, begin + fragment.length(), fragment.charFormat()
        pieces += 1


def _runs(
    block: QTextBlock, pieces: list[tuple[int, int, QTextCharFormat]], line: QTextLine
) -> Iterator[Run]:
    start, stop = line.textStart(), line.textStart() + line.textLength()
    for begin, end, look in pieces:
        text = block.text()[max(begin, start) : max(0, min(end, stop))].translate(_NO_WORDS)
        if text:
            font = look.font()
            is_bold = font.weight() >= QFont.Weight.DemiBold
            is_code = "monospace" in (look.fontFamilies() or ())
            yield Run(text, is_bold, font.italic(), is_code, look.isAnchor())


def _size(pieces: list[tuple[int, int, QTextCharFormat]]) -> float:
    steps = [look.intProperty(QTextFormat.Property.FontSizeAdjustment) for *_ends, look in pieces]
    return _LARGER[max(0, min(max(steps, default=0), len(_LARGER) - 1))]


def _mark(block: QTextBlock) -> str:
    items = block.textList()
    if items is None:
        return ""
    is_numbered = items.format().style().value <= QTextListFormat.Style.ListDecimal.value
    return items.itemText(block) if is_numbered else BULLET
