"""Brackets around the pieces of a formula that was LaTeX."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from nodegraph.core.latex.latex_signs import Piece, Token


def end_of(token: Token) -> Piece:
    """Returns a closing bracket that comes from a token."""
    return Piece(")", token.place, True)


def bracketed(inner: list[Piece], token: Token) -> list[Piece]:
    r"""Returns pieces in brackets that come from a token; of {\cdot} the sign alone."""
    if token.text == "{" and len(inner) == 1 and not inner[0].ends:
        return inner
    return [Piece("(", token.place, False, True), *inner, end_of(token)]


def opened(pieces: list[Piece]) -> list[Piece]:
    """Returns what stands in the brackets of a function; of (x)**(2), with the power behind them, x)**(2."""
    is_held = len(pieces) > 2 and pieces[0].text == "(" and pieces[-1].text == ")"
    return pieces[1:-1] if is_held else pieces


def is_in_brackets(pieces: Sequence[Piece]) -> bool:
    """Whether one pair of brackets stands around all pieces, as in (a b) and not in (a)(b)."""
    ends = [piece.text for piece in (*pieces[:1], *pieces[-1:])]
    return ends == ["(", ")"] and length_of_bracket(pieces) == len(pieces)


def length_of_bracket(pieces: Sequence[Piece]) -> int:
    """Returns how many pieces it takes to close the brackets that the first one opens; all if none does."""
    depths = accumulate(piece.text.count("(") - piece.text.count(")") for piece in pieces)
    return next((place for place, depth in enumerate(depths, 1) if depth == 0), len(pieces))
