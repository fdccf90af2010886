"""The lines of a text that Qt has laid out, for pictures that write text themselves: what each says, where it
lies, and in which type.
"""

from __future__ import annotations

from bisect import bisect_right
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
        paragraph = _Paragraph(block)
        for place in range(block.layout().lineCount()):
            line = block.layout().lineAt(place)
            runs = tuple(paragraph.runs(line))
            if runs:
                top = corner.y() + line.y()
                yield TextLine(
                    QPointF(corner.x() + line.x(), top + line.ascent()),
                    top,
                    top + line.height(),
                    paragraph.size,
                    _mark(block) if place == 0 else "",
                    runs,
                )
        block = block.next()


class _Paragraph:
    """A paragraph's text and the pieces of it that have one typeface each."""

    def __init__(self, block: QTextBlock) -> None:
        self._text = block.text().encode("utf-16-le")
        """As Qt counts it: a sign such as 😀 has two places."""
        self._ends: list[int] = []
        self._looks: list[QTextCharFormat] = []
        pieces = block.begin()
        while not pieces.atEnd():
            fragment = pieces.fragment()
            self._ends.append(fragment.position() - block.position() + fragment.length())
            self._looks.append(fragment.charFormat())
            pieces += 1

    @property
    def size(self) -> float:
        """How many times as large as the text its type is."""
        steps = [look.intProperty(QTextFormat.Property.FontSizeAdjustment) for look in self._looks]
        return _LARGER[max(0, min(max(steps, default=0), len(_LARGER) - 1))]

    def runs(self, line: QTextLine) -> Iterator[Run]:
        """Returns what stands on a line."""
        begin, stop = line.textStart(), line.textStart() + line.textLength()
        for number in range(bisect_right(self._ends, begin), len(self._ends)):
            if begin >= stop:
                return
            end = min(self._ends[number], stop)
            text = self._text[2 * begin : 2 * end].decode("utf-16-le", "replace").translate(_NO_WORDS)
            begin = end
            if text:
                yield _run(text, self._looks[number])


def _run(text: str, look: QTextCharFormat) -> Run:
    font = look.font()
    is_bold = font.weight() >= QFont.Weight.DemiBold
    is_code = "monospace" in (look.fontFamilies() or ())
    return Run(text, is_bold, font.italic(), is_code, look.isAnchor())


def _mark(block: QTextBlock) -> str:
    items = block.textList()
    if items is None:
        return ""
    is_numbered = items.format().style().value <= QTextListFormat.Style.ListDecimal.value
    return items.itemText(block) if is_numbered else BULLET
