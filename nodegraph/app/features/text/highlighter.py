"""Colours the words of the text by what they are. Reads a graph; edits nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextBlock, QTextCharFormat, QTextDocument

from nodegraph.app.features.text.words import Kind, words_of
from nodegraph.canvas.drawing.theme import Theme
from nodegraph.core.graph.graph import Graph

MOST_AT_ONCE = 400
"""Lines up to which a text is coloured in one go."""


class Highlighter(QSyntaxHighlighter):
    """Inputs, constants and numbers, functions and comments, each in a colour of the theme."""

    def __init__(self, document: QTextDocument, graph: Callable[[], Graph]) -> None:
        super().__init__(document)
        self._graph = graph
        self._formats: dict[Kind, QTextCharFormat] = {}
        self._is_seen = False
        """Whether the line that is coloured now is to be seen."""

    def set_theme(self, theme: Theme) -> None:
        """Colour in a theme."""
        inks: dict[Kind, str] = {
            "input": theme.forward, "constant": theme.positive, "number": theme.positive,
            "function": theme.negative, "comment": theme.dim, "sign": theme.dim, "name": theme.text,
        }  # fmt: skip
        self._formats = {kind: _format(ink, kind) for kind, ink in inks.items()}

    def colour(self, blocks: Iterable[QTextBlock], *, anew: bool = False) -> None:
        """Colour these lines, which are to be seen, where they have no colour yet, or `anew`."""
        if self._is_seen:
            return  # colouring a line tells that the text is another one, which asks for this again
        self._is_seen = True
        for block in list(blocks):
            if anew or (block.length() > 1 and not block.layout().formats()):
                self.rehighlightBlock(block)
        self._is_seen = False

    def highlightBlock(self, text: str) -> None:  # noqa: N802, as Qt calls it
        """Colour one line; in a long text, only where it is to be seen."""
        if not self._is_seen and self.document().blockCount() > MOST_AT_ONCE:
            return
        for word in words_of(text, self._graph()):
            form = self._formats.get(word.kind)
            if form is not None:
                self.setFormat(word.start, word.end - word.start, form)


def _format(ink: str, kind: Kind) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QColor(ink))
    if kind == "input":
        made.setFontWeight(QFont.Weight.DemiBold)
    made.setFontItalic(kind == "comment")
    return made
