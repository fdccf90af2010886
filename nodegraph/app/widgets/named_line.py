"""A line of text in which the names of nodes are typeset as on the canvas. Knows no graph; whoever shows
it says how a name is drawn.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from nodegraph.app.widgets.text import Names, no_names
from nodegraph.canvas.drawing.lettering import Style, text_width, write_left
from nodegraph.core.typeset import Line, joined

_PIECE = re.compile(r"\w+|\W")
_ENDS = "…"


class NamedLine(QLabel):
    """A line of text that ends in … where there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.names: Names = no_names
        """What words of it are names to be typeset."""

    def line(self) -> Line:
        """Returns what is drawn: as much of the text as there is room for, its names typeset."""
        style, room = self._style(), float(self.width())
        pieces = [self.names(piece) or piece for piece in _PIECE.findall(self.text())]
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
