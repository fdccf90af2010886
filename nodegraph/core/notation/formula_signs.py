"""Signs of formulas as people write them: what they are in Python's, and what no formula can say."""

from __future__ import annotations

import re
from collections.abc import Mapping

from nodegraph.core.notation.not_arithmetic import GRADIENT
from nodegraph.core.numbers import MINUS

DERIVATIVE = "a derivative cannot stand in a graph; it is what the backward pass computes"
DOTS = "write out what the dots stand for"

SIGMAS = "σ𝛔𝜎𝝈𝞂𝞼"
"""The letter of the sigmoid, as it is typed and as mathematics is printed."""
SIGNS: Mapping[str, str] = {
    **dict.fromkeys("×·⋅∙∗•✕✖⨯⊙‧・\u2062", "*"),
    **dict.fromkeys("÷∕⁄", "/"),
    "←": "=",
    **dict.fromkeys((MINUS, "–", "\u2010", "\u2011"), "-"),
    "\u2064": "+",
    **dict(zip("＋－＊／＝（），；", "+-*/=(),;", strict=True)),
    "^": "**",
    "‖": "|",
    "′": "'",
}

_ROOTS = {"∛": "x**(1/3)", "∜": "x**(1/4)"}
NO_UNIT = "write the number alone, without a unit"
NO_MEANING = "this character has no meaning in a formula; leave it out"
REFUSED: Mapping[str, str] = {
    **dict.fromkeys("∂″‴", DERIVATIVE),
    "∇": GRADIENT,
    "∫": "an integral cannot stand in a graph",
    "∑": r"write the terms of the sum out: a + b + c, or \sum_{i=1}^{3} x_i",
    "∏": "write the factors of the product out: a*b*c",
    "∞": "infinity is no number that a graph can hold",
    "…": DOTS,
    "±": "± means two formulas; write one of them",
    "∘": "∘ may be a product or a function of a function; write *, or f(g(x))",
    **dict.fromkeys(
        "⊗⊕⊖∧∨¬",
        "this operator is of vectors or of truth values; write + - * / between numbers, one for each",
    ),
    **dict.fromkeys(
        "≈≃≅∼∝≡", "this is no equation; write = between a name and its formula, not what it comes to"
    ),
    **dict.fromkeys("→⇒↦", "an arrow cannot stand in a formula; write each formula on a line of its own"),
    **dict.fromkeys("≤≥≠", "a comparison cannot stand in a graph; leave it out"),
    **dict.fromkeys("∀∃∈∉", "leave out for which values this holds; a graph has one value of each name"),
    **dict.fromkeys("℃℉€£¥₹", NO_UNIT),
    "°": "angles are in radians; write x*pi/180 for x in degrees, and E0 for a name such as E°",
    **{root: f"there is no such root; write {power}" for root, power in _ROOTS.items()},
}
"""Signs of what no formula can say."""
_UNIT = re.compile(r"°[ \t]*[CF]\b|\$[ \t]*\d|(?<=\d)\$|(?<=\d[ \t])\$")
_PLACE = re.compile(r"\$?[A-Za-z]{1,3}\$\d+|\$[A-Za-z]{1,3}\d+")
"""A cell of a spreadsheet."""


def why_refused(text: str, place: int) -> str:
    """Returns what to say of the sign at a place of a text, which is one of those refused.

    >>> why_refused("T = 20 °C", 7)
    'write the number alone, without a unit'
    >>> why_refused("=$A$1*B1", 1)
    'leave out the $: A1'
    """
    if found := _PLACE.search(text) if text[place] == "$" else None:
        return f"leave out the $: {found[0].replace('$', '')}"
    return NO_UNIT if _UNIT.match(text, place) else REFUSED.get(text[place], NO_MEANING)
