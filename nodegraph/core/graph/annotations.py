"""The colours that groups and nodes may have, and the shades they stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping

COLOURS: Mapping[str, str] = {
    "blue": "#0072b2",
    "orange": "#e69f00",
    "green": "#009e73",
    "purple": "#cc79a7",
    "sky": "#56b4e9",
    "vermilion": "#d55e00",
    "yellow": "#f0e442",
    "grey": "#7f7f7f",
}
"""The named colours, with the shade each stands for; a theme may soften them.

From M. Okabe & K. Ito, "Color Universal Design" (2008): distinguishable without full colour vision.
"""
DEFAULT_COLOUR = "blue"


def is_colour(text: str) -> bool:
    """Whether a group or a node may have this colour.

    >>> is_colour("green"), is_colour("#1a2B3c"), is_colour("#123"), is_colour("pink")
    (True, True, False, False)
    """
    return text in COLOURS or re.fullmatch(r"#[0-9a-fA-F]{6}", text) is not None


def shade(colour: str) -> str:
    """The `#rrggbb` that a colour stands for."""
    return COLOURS.get(colour, colour)
