"""What a derivation is written in: pieces that never break, lines of them, parts under a heading. Plain
records.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.operations.equations import LATEX_SIGNS, Side, Sign

Kind = Literal["value", "local", "gradient", "paths"]
Tone = Literal["plain", "value", "gradient", "sign", "words"]
"""What a piece is: part of a formula, a value, a gradient, a sign between pieces, or words."""


@dataclass(frozen=True)
class Piece:
    """What stands together in a line and never breaks; with edges, it is what they carry."""

    unicode: str
    latex: str
    tone: Tone = "plain"
    edges: tuple[EdgeKey, ...] = ()
    number: float | None = None
    """What it comes to, where that is known: gradients are coloured by its sign."""


@dataclass(frozen=True)
class Line:
    """One equation, or a further = of the one above; `why` is a sentence that gives its reason, or empty."""

    pieces: tuple[Piece, ...]
    why: str = ""
    continues: bool = False

    @property
    def unicode(self) -> str:
        """The line as plain text."""
        return " ".join(piece.unicode for piece in self.pieces)

    @property
    def latex(self) -> str:
        """The line as LaTeX, for mathematics mode."""
        return " ".join(piece.latex for piece in self.pieces)


@dataclass(frozen=True)
class Part:
    """The lines about one thing, under a heading."""

    kind: Kind
    heading: str
    lines: tuple[Line, ...]
    note: str = ""


@dataclass(frozen=True)
class Derivation:
    """What there is to write down; `active` is the edge that the step is about, `subject` the formula or name
    that the title begins with.
    """

    title: str
    parts: tuple[Part, ...]
    active: EdgeKey | None = None
    note: str = ""
    subject: Side | None = None

    @property
    def lines(self) -> list[Line]:
        """All lines, in order."""
        return [line for part in self.parts for line in part.lines]


WAITING, WAITING_LATEX = "…", r"\ldots"
WAITING_SIDE = Side(WAITING, WAITING_LATEX)
SIGNS: Mapping[Sign, Piece] = {sign: Piece(sign, latex, "sign") for sign, latex in LATEX_SIGNS.items()}
EQUALS, PLUS = SIGNS["="], Piece("+", "+", "sign")
