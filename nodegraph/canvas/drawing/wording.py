"""How what the canvas shows is worded: which edges carry a label, and in how many digits numbers stand.

Changes nothing of the numbers themselves. Imports no Qt, so that the command line can name the choices.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Integral
from typing import Literal

from nodegraph.core.errors import Refused

Labels = Literal["automatic", "full", "contribution", "step", "none"]
LABELS: Mapping[Labels, str] = {
    "automatic": "Automatic",
    "full": "Full (upstream × local = contribution)",
    "contribution": "Contribution",
    "step": "Current step only",
    "none": "None",
}
"""What edges carry, by the word on the command line and in files, with its title in menus."""
FEWEST_DIGITS, MOST_DIGITS = 2, 8
FEW_TOLD = 4
"""Edges of a step, and selected ones, whose labels are shown where cards have hardly room themselves; of more
selected ones no label is shown in full, for then they would cover each other.
"""
CARD_DIGITS = 6
"""Significant digits on cards where nobody has chosen; edges have fewer."""


@dataclass(frozen=True)
class Wording:
    """What labels there are, and the most significant digits of a number on the canvas.

    `digits` is None where nobody has chosen: then cards and edges have as many as usual.
    """

    labels: Labels = "automatic"
    digits: int | None = None
    typeset: bool = True
    """Whether names stand as w₁₁ and σ, not as w11 and sigma."""
    values: bool = True
    """Whether cards show values; `gradients` the same of gradients."""
    gradients: bool = True

    @property
    def card_digits(self) -> int:
        """The most digits of a number on a card."""
        return self.digits or CARD_DIGITS


USUAL = Wording()


def wording_of(labels: Labels, digits: int | None, plain_names: bool = False) -> Wording:
    """Returns the wording that a program asks for. Raises Refused with what would do where there is none.

    >>> wording_of("full", 3)
    Wording(labels='full', digits=3, typeset=True, values=True, gradients=True)
    >>> wording_of("full", 9)
    Traceback (most recent call last):
    nodegraph.core.errors.Refused: Numbers have 2 to 8 digits, not 9.
    """
    if labels not in LABELS:
        *others, last = LABELS
        raise Refused(f"There are no labels “{labels}”; there are {', '.join(others)} and {last}.")
    is_count = isinstance(digits, Integral) and not isinstance(digits, bool)
    if digits is not None and not (is_count and FEWEST_DIGITS <= digits <= MOST_DIGITS):
        raise Refused(f"Numbers have {FEWEST_DIGITS} to {MOST_DIGITS} digits, not {digits}.")
    return Wording(labels, digits, not plain_names)
