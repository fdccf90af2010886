"""The kinds of data that can be generated, in words: what help and menus offer. Loads no mathematics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of data: its title, what its points look like, and whether its targets are 0 and 1."""

    title: str
    summary: str
    has_classes: bool = True


KINDS: Mapping[str, Kind] = {
    "moons": Kind("Moons", "two half circles that reach into each other"),
    "circles": Kind("Circles", "a circle inside another"),
    "spirals": Kind("Spirals", "two arms around each other"),
    "gauss": Kind("Gauss", "two clouds apart from each other"),
    "xor": Kind("XOR", "four squares, of which opposite ones belong together"),
    "line": Kind("Line", "t = 2x + 1, for a regression", has_classes=False),
}
"""All kinds, in the order in which they are offered."""
