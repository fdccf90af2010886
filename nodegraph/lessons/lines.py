"""One line of a lesson's blocks, and the pieces that its value is read into: names, moments and numbers. What
cannot be read is a DocumentError that names the line, says what is expected, and the nearest word there is.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection
from dataclasses import dataclass

from nodegraph.core.errors import DocumentError, Refused
from nodegraph.core.numbers import read_number
from nodegraph.core.quoting import shortened
from nodegraph.lessons.records import EdgeName, Moment, NodeName

MAX_MESSAGE = 300
_EDGE = re.compile(r"(.+?)\s*(?:->|→)\s*(.+?)(?:\s+port\s+(\d+))?$")


def error_at(line: int, message: str) -> DocumentError:
    """What is wrong on a line, however long the line is."""
    return DocumentError(shortened(message, MAX_MESSAGE), f"line {line}")


@dataclass(frozen=True)
class Words:
    """The actions and panels there are, for whoever knows them; None accepts any."""

    actions: Collection[str] | None = None
    panels: Collection[str] | None = None


@dataclass(frozen=True)
class Line:
    """One `key: value` line of a block; `column` is where its value begins, from 1."""

    number: int
    key: str
    value: str
    column: int
    words: Words = Words()

    def error(self, message: str) -> DocumentError:
        """What is wrong here."""
        return error_at(self.number, message)

    def unknown(self, word: str, kind: str, known: Collection[str]) -> DocumentError:
        """A word that is none of those there are, with the nearest of them."""
        return self.error(f"“{word}” is no {kind}{nearest(word, known)}")


def nearest(word: str, known: Collection[str]) -> str:
    """The end of a sentence about an unknown word: what may be meant, or what there is.

    >>> nearest("opne", ["open", "wait"]), nearest("?", ["open", "wait"])
    ('; did you mean “open”?', '; there are open and wait')
    """
    found = difflib.get_close_matches(word, list(known), 1, 0.55)
    if found:
        return f"; did you mean “{found[0]}”?"
    listed = sorted(known)
    if not listed or len(listed) > 16:
        return ""
    return (
        f"; there are {', '.join(listed[:-1])} and {listed[-1]}" if listed[1:] else f"; there is {listed[0]}"
    )


# --- pieces of a value
def read_target(line: Line, text: str) -> NodeName | EdgeName:
    """Read the name of a node, or an edge as `a -> e` or `a -> e port 2`."""
    if not text:
        raise line.error("expected a node, such as “e”, or an edge, such as “a -> e”")
    edge = _EDGE.match(text)
    if edge is None:
        if "->" in text or "→" in text:
            raise line.error("expected an edge as “a -> e”")
        return NodeName(text)
    port = int(edge[3]) - 1 if edge[3] and len(edge[3]) < 6 else None
    if edge[3] and (port is None or port < 0):
        raise line.error("ports are counted from 1, from the top")
    return EdgeName(edge[1], edge[2], port)


_MOMENTS = ("start", "inputs", "forward", "backward", "end")


def read_moment(line: Line, text: str) -> Moment:
    """Read a moment of the passes."""
    word, _, rest = text.partition(" ")
    if word == "after" and rest.strip():
        return Moment("after", after=read_target(line, rest.strip()))
    if text == "end":
        return Moment("backward")
    if text in _MOMENTS:
        return Moment(text)  # type: ignore[arg-type]
    if text.isascii() and text.isdigit() and len(text) < 8:
        return Moment("number", int(text))
    if difflib.get_close_matches(word, _MOMENTS, 1, 0.55):
        raise line.unknown(word, "moment of the passes", _MOMENTS)
    expected = "start, inputs, forward, backward, a number of steps, “after e” or “after a -> e”"
    raise line.error(f"“{text}” is no moment of the passes; write {expected}")


def number_in(line: Line, text: str) -> float:
    """Read a number."""
    try:
        return read_number(text)
    except Refused as error:
        raise line.error(str(error)) from None


def check_action(line: Line, action: str) -> None:
    """Refuse the id of an action that there is not."""
    if line.words.actions is not None and action not in line.words.actions:
        raise line.unknown(action, "action", line.words.actions)


def check_panel(line: Line, panel: str) -> None:
    """Refuse the name of a panel that there is not."""
    if line.words.panels is not None and panel not in line.words.panels:
        raise line.unknown(panel, "panel", line.words.panels)
