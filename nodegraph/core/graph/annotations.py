"""Group and Note: what is drawn around a graph to explain it; they compute nothing and change no pass.

Knows the records and the colours they may have; `grouping` and `notes` say what a person may do with them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

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
"""The named colours of groups, with the shade each stands for; a theme may soften them.

From M. Okabe & K. Ito, "Color Universal Design" (2008): told apart without full colour vision.
"""
DEFAULT_COLOUR = "blue"


@dataclass(frozen=True, slots=True)
class Group:
    """A titled box that carries its nodes; `collapsed`, it is drawn as one node. A node is in one at most.

    `colour` is a name of `COLOURS` or `#rrggbb`. `rank` and `extra` as a node's.
    """

    id: str
    title: str = ""
    colour: str = DEFAULT_COLOUR
    nodes: tuple[str, ...] = ()
    collapsed: bool = False
    rank: int = 0
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """Text (simple Markdown) on the canvas; `x`, `y` its top left, in scene units as its size."""

    id: str
    text: str = ""
    x: float = 0.0
    y: float = 0.0
    width: float = 240.0
    height: float = 120.0
    rank: int = 0
    extra: Mapping[str, Any] = field(default_factory=dict)


def is_colour(text: str) -> bool:
    """Whether a group may have this colour.

    >>> is_colour("green"), is_colour("#1a2B3c"), is_colour("#123"), is_colour("pink")
    (True, True, False, False)
    """
    return text in COLOURS or re.fullmatch(r"#[0-9a-fA-F]{6}", text) is not None


def shade(colour: str) -> str:
    """The `#rrggbb` that a group's colour stands for."""
    return COLOURS.get(colour, colour)
