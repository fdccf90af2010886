"""A line of text in which the names of nodes are typeset as on the canvas. Knows no graph; whoever shows
it says how a name is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from nodegraph.app.widgets.text import Names, no_names
from nodegraph.canvas.drawing.lettering import Style, text_width, write_left
from nodegraph.core.typeset import WORD, Line, joined

_PIECE = re.compile(rf"{WORD}|.", re.DOTALL)
_ENDS = "…"


class NamedLine(QLabel):
    """A line of text that ends in … where there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.names: Names = no_names
        """What words of it are names to be typeset."""
        self._shorter: tuple[str, ...] = ()

    def set_texts(self, texts: Sequence[str]) -> None:
        """Show the first of these texts that there is room for, which the label itself has as its text."""
        self._shorter = tuple(texts[1:])
        self.setText(texts[0] if texts else "")

    def line(self) -> Line:
        """Returns what is drawn, names typeset: a text that there is room for, or what fits of the last."""
        style, room = self._style(), float(self.width())
        for text in (self.text(), *self._shorter):
            pieces = [self.names(piece) or piece for piece in _PIECE.findall(text)]
            if text_width(joined(*pieces), style) <= room:
                return joined(*pieces)
        room -= text_width(_ENDS, style)
        kept = []
        for piece in pieces:
            room -= text_width(piece, style)
            if room < 0:
                break
            kept.append(piece)
        return joined(*kept, _ENDS)

    def _style(self) -> Style:
        return self.fontInfo().pixelSize(), self.font().weight()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as much as fits."""
        with QPainter(self) as painter:
            ink = self.palette().color(self.foregroundRole()).name()
            write_left(painter, QRectF(self.rect()), self.line(), self._style(), ink)
