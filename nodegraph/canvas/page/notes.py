"""A note on the canvas as SVG: its paper, and its lines of text where the canvas has them."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QTextBlock

from nodegraph.canvas.drawing.theme import LIGHT
from nodegraph.canvas.items.note_item import PADDING, RADIUS, NoteItem
from nodegraph.canvas.page.markup import element, number, plain_text, rectangle


def note(item: NoteItem) -> str:
    """Returns a note; what finds no room on its paper is left out, as on the canvas."""
    place, scale = item.pos(), item.scale()
    moved = f"translate({number(place.x())} {number(place.y())})"
    return element(
        "g",
        rectangle(item.rect.translated(-place), RADIUS, class_="paper"),
        *_lines(item),
        class_="note",
        transform=moved if scale == 1.0 else f"{moved} scale({number(scale)})",
    )


def _lines(item: NoteItem) -> Iterator[str]:
    words = item.words(LIGHT.accent)
    block, layout = words.begin(), words.documentLayout()
    while block.isValid():
        corner = layout.blockBoundingRect(block).topLeft() + QPointF(PADDING, PADDING - 2)
        for place in range(block.layout().lineCount()):
            drawn = block.layout().lineAt(place)
            if corner.y() + drawn.y() + drawn.height() > item.size.height() - 2:
                return
            baseline = corner.y() + drawn.y() + drawn.ascent()
            first = "• " if block.textList() is not None and place == 0 else ""
            yield from _runs(
                block, drawn.textStart(), drawn.textLength(), corner.x() + drawn.x(), baseline, first
            )
        block = block.next()


def _runs(
    block: QTextBlock, start: int, length: int, left: float, baseline: float, first: str
) -> Iterator[str]:
    """The pieces of one line that have one typeface each."""
    pieces, found = block.begin(), []
    while not pieces.atEnd():
        fragment = pieces.fragment()
        begin = fragment.position() - block.position()
        low, high = max(begin, start), min(begin + fragment.length(), start + length)
        if low < high:
            shown = block.text()[low:high].rstrip("\u2028")
            font = fragment.charFormat().font()
            found.append(
                element(
                    "tspan",
                    plain_text(shown),
                    font_weight=700 if font.weight() >= QFont.Weight.DemiBold else None,
                    font_style="italic" if font.italic() else None,
                    class_="link" if fragment.charFormat().isAnchor() else None,
                )
            )
        pieces += 1
    size = block.charFormat().property(block.charFormat().Property.FontSizeAdjustment) or 0
    if found:
        yield element(
            "text", plain_text(first) + "".join(found), x=left - (10 if first else 0), y=baseline,
            font_size=(14 + 2.5 * int(size)) if size else 14, class_="words",
        )  # fmt: skip
