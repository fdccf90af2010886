"""A note on the canvas as SVG: its paper, and its lines of text where the canvas has them."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QFont

from nodegraph.canvas.drawing.lettering import text_width
from nodegraph.canvas.drawing.theme import LIGHT
from nodegraph.canvas.items.note_item import CUT, RADIUS, TEXT_PX, NoteItem
from nodegraph.canvas.page.markup import element, number, plain_text, rectangle
from nodegraph.canvas.pictures.text_lines import Run, TextLine, text_lines


def note(item: NoteItem) -> str:
    """Returns a note; for what finds no room on its paper a sign stands there, as on the canvas."""
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
    cut = item.cut(LIGHT.accent)
    for line in text_lines(item.words(LIGHT.accent)):
        if cut is not None and line.bottom > cut:
            place = item.cut_sign(cut)
            yield element(
                "text",
                CUT,
                x=place.x(),
                y=place.y(),
                font_size=number(TEXT_PX),
                font_weight=700,
                class_="words",
            )
            return
        yield _line(item, line)


def _line(item: NoteItem, line: TextLine) -> str:
    """A line, with what a list has before it standing out to the left."""
    place = item.text_corner + line.baseline
    mark = f"{line.mark} " if line.mark else ""
    return element(
        "text", plain_text(mark) + "".join(map(_run, line.runs)),
        x=place.x() - text_width(mark, (TEXT_PX, QFont.Weight.Normal)), y=place.y(),
        font_size=number(TEXT_PX * line.size), class_="words",
    )  # fmt: skip


def _run(run: Run) -> str:
    return element(
        "tspan",
        plain_text(run.text),
        font_weight=700 if run.is_bold else None,
        font_style="italic" if run.is_italic else None,
        class_="link" if run.is_link else None,
    )
