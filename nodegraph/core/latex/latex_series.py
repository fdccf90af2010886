"""Sums and products of LaTeX over an index, written out."""

from __future__ import annotations

from abc import ABC, abstractmethod

from nodegraph.core.latex.latex_brackets import bracketed, end_of
from nodegraph.core.latex.latex_names import IndexReader
from nodegraph.core.latex.latex_signs import Piece, Token
from nodegraph.core.notation.formula_tokens import NotationError

_ENDS = frozenset((
    "+", "-", "−", "=", ",", ")", "}", "]", "$", "&", "right", "rvert", "rVert", "rbrace", "rbrack",
    "\\", ";",
))  # fmt: skip


class SeriesReader(IndexReader, ABC):
    """Reads what stands behind a sum or a product, once for each number of its index."""

    @abstractmethod
    def piece(self) -> list[Piece]:
        """Returns the next operand, sign or end of a statement."""

    @abstractmethod
    def join(self, made: list[Piece], pieces: list[Piece]) -> None:
        """Add pieces to those that were made."""

    def series(self, token: Token) -> list[Piece]:
        """Returns a sum or a product over an index from one number to another, written out."""
        index, first, last = self.range(token)
        start = self.here
        terms: list[list[Piece]] = []
        outer = self.bound
        for number in range(first, last + 1):
            self.here, self.bound = start, outer | {index: number}
            terms.append(self._term(token))
        self.bound = outer
        sign = " + " if token.text == "sum" else "*"
        made = [Piece("(", token.place, False, True)]
        for place, term in enumerate(terms):
            made += [Piece(sign, token.place)] if place else []
            made += bracketed(term, token)
        return [*made, end_of(token)]

    def _term(self, token: Token) -> list[Piece]:
        """Returns the product behind a sum: up to the next + or − outside of brackets."""
        made: list[Piece] = []
        while self.now.kind not in ("stop", "end") and self.now.text not in _ENDS:
            if made and self.bars[-1:] == [(self.now.kind, self.now.text)]:
                break
            self.join(made, self.piece())
        if not made:
            raise NotationError(f"\\{token.text} lacks what it is of", token.place)
        return made
