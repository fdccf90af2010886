"""How edges are drawn: as curves, straight or right-angled, and with or without arrowheads.

Imports no Qt and no numpy, so that the command line can name the choices.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nodegraph.core.errors import Refused

if TYPE_CHECKING:
    from nodegraph.core.layout.shapes import EdgeKind

KINDS: Mapping[EdgeKind, str] = {"curved": "Curved", "straight": "Straight", "right-angled": "Right-angled"}
"""The kinds of edges, by the word on the command line and in files, with their titles in menus."""


@dataclass(frozen=True)
class EdgeStyle:
    """The kind of all edges, and whether an arrowhead points at the port that receives."""

    kind: EdgeKind = "curved"
    arrowheads: bool = False


ON_THE_CANVAS, IN_PICTURES = EdgeStyle(), EdgeStyle(arrowheads=True)
"""How edges are drawn where nobody has chosen."""


def style_of(kind: EdgeKind, arrowheads: bool) -> EdgeStyle:
    """Returns the style that a program asks for. Raises Refused with what would do where there is none.

    >>> style_of("straight", True)
    EdgeStyle(kind='straight', arrowheads=True)
    >>> style_of("wavy", True)
    Traceback (most recent call last):
    nodegraph.core.errors.Refused: Edges are curved, straight or right-angled, not “wavy”.
    """
    if kind not in KINDS:
        *others, last = KINDS
        raise Refused(f"Edges are {', '.join(others)} or {last}, not “{kind}”.")
    return EdgeStyle(kind, bool(arrowheads))
