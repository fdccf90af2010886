"""Everything this program raises on purpose.

    NodegraphError            a sentence for the person, in `str(error)`
    ├── Refused               an edit or a text that cannot be accepted as it stands
    │   └── TextError         expression text that cannot be read; knows its line and column
    └── DocumentError         a file that cannot be read or written; knows the place in it

Expected states are values instead: see `Trace.problems` and `edits.why_not`.
"""

from __future__ import annotations

from nodegraph.core.quoting import quoted


class NodegraphError(Exception):
    """The root of the family; its text is a whole sentence for the person, fit for any terminal or window."""

    def __init__(self, message: str = "") -> None:
        super().__init__(quoted(message))


class Refused(NodegraphError):
    """An edit that would break the graph, or an argument that makes no sense."""


class TextError(Refused):
    """Expression text that cannot be read.

    `line` and `column` count from 1; `marked` shows the offending line with a caret under the place.
    """

    def __init__(self, message: str, line: int, column: int, source_line: str = "") -> None:
        super().__init__(f"line {line}, column {column}: {message}")
        self.line = line
        self.column = column
        self.message = message
        self.source_line = source_line

    @property
    def marked(self) -> str:
        """The line of text and, below it, a caret at the place."""
        return self.marked_in(len(self.source_line))

    def marked_in(self, most: int) -> str:
        """The part of the line around the place that has so many characters, and the caret below it.

        >>> print(TextError("write *", 1, 11, "L = a + b c + d*e + f").marked_in(11))
        …+ b c + d…
             ^
        """
        line, place = self.source_line, self.column - 1
        start = max(0, min(place - most // 2, len(line) - most))
        end = start + most
        if start:
            line = f"{line[:start]}…{line[start + 1 :]}"
        if end < len(line):
            line = f"{line[: end - 1]}…"
        return f"{quoted(line[start:end])}\n{' ' * len(quoted(line[start:place]))}^"


class DocumentError(NodegraphError):
    """A document that cannot be read or written; `place` names where in it (may be empty)."""

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(f"{place}: {message}" if place else message)
        self.place = place
