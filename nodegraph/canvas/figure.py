"""What a figure is like: one value that the export dialog, its presets, the command line, `nodegraph.export`
and every format share. Imports no Qt, so that the command line can name the choices; draws nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from numbers import Integral
from typing import Any, Literal

from nodegraph.canvas.drawing.edge_kinds import IN_PICTURES, EdgeStyle, style_of
from nodegraph.canvas.drawing.wording import USUAL, Wording, wording_of
from nodegraph.core.errors import Refused
from nodegraph.core.graph.direction import Direction, direction_of
from nodegraph.core.numbers import format_number, is_finite

__all__ = ["PictureOptions", "Width", "figure", "style_of", "width_of", "with_parts", "wording_of"]
"""What is needed to make them from words."""

Notation = Literal["cards", "compact"]
NOTATIONS: Mapping[Notation, str] = {"cards": "Cards", "compact": "Compact (circles)"}
"""How nodes are drawn, by the word on the command line and in files, with its title in menus."""
THEMES: Mapping[str, str] = {
    "light": "Light",
    "dark": "Dark",
    "contrast": "High contrast",
    "print": "Print (black and grey)",
}
"""The themes of figures, in the same manner."""
PARTS: Mapping[str, str] = {
    "values": "Values",
    "gradients": "Gradients",
    "labels": "Edge labels",
    "badges": "Badges",
    "highlight": "Current step",
    "legend": "Legend",
    "title": "Title",
    "grid": "Grid",
}
"""What a figure shows or hides, in the same manner."""

Unit = Literal["cm", "mm", "in", "pt", "px"]
UNITS: Mapping[Unit, float] = {"cm": 1 / 2.54, "mm": 1 / 25.4, "in": 1.0, "pt": 1 / 72, "px": 0.0}
"""Inches of each unit; how large a pixel is the resolution decides."""
WIDEST = 200.0
"""Inches: readers of PDF show no larger page."""
USUAL_DPI, SCREEN_DPI = 300, 96
LEAST_DPI, MOST_DPI = 10, 2400
READABLE_POINTS = 6.0
"""Type below this size is hard to read in print; journals ask for at least as much."""
LEAST_POINTS = 1.0
"""Type below this size is no type any more."""


@dataclass(frozen=True)
class Width:
    """How wide a figure is, with its margin; with an `aspect`, the page has these sides (width : height)."""

    amount: float
    unit: Unit
    aspect: tuple[int, int] | None = None

    def inches(self, dpi: int | None) -> float:
        """Returns the width in inches; pixels are those of a screen where there is no resolution."""
        return self.amount * UNITS[self.unit] if self.unit != "px" else self.amount / (dpi or SCREEN_DPI)

    def __str__(self) -> str:
        return f"{self.amount:g}{self.unit}"


WIDTHS: Mapping[str, Width] = {
    "single": Width(8.5, "cm"),
    "double": Width(17.5, "cm"),
    "slide": Width(1920, "px", (16, 9)),
}
"""Widths that have a name: one and two columns of a paper, and a slide."""


@dataclass(frozen=True)
class PictureOptions:
    """How a picture is made; `nodes` limits it to these, `margin` is in scene units.

    `width` decides how large it is, and where there is none, `scale` (pixels of a PNG for each scene unit,
    which is 1/96 inch). `dpi` is how many pixels a PNG has in each inch; None for as many as usual. `wording`
    says which numbers and labels there are, `highlight` shows which step was taken last.
    """

    scale: float = 2.0
    theme: str = "light"
    transparent: bool = False
    margin: float = 24.0
    nodes: frozenset[str] | None = None
    highlight: bool = True
    text_scale: float = 1.0
    wording: Wording = USUAL
    edges: EdgeStyle = IN_PICTURES
    width: Width | None = None
    dpi: int | None = None
    notation: Notation = "cards"
    badges: bool = True
    legend: bool = False
    title: bool = False
    grid: bool = False
    direction: Direction | None = None
    """Where edges lead in the picture; None as in the document."""

    def shows(self, part: str) -> bool:
        """Whether one of `PARTS` is shown."""
        if part == "labels":
            return self.wording.labels != "none"
        found: bool = getattr(self.wording if part in ("values", "gradients") else self, part)
        return found

    def showing(self, part: str, shown: bool) -> PictureOptions:
        """Returns the same options, with one of `PARTS` shown or hidden."""
        if part == "labels":
            labels = self.wording.labels
            kind = ("automatic" if labels == "none" else labels) if shown else "none"
            return replace(self, wording=replace(self.wording, labels=kind))
        if part in ("values", "gradients"):
            return replace(self, wording=replace(self.wording, **{part: shown}))
        changed: dict[str, Any] = {part: shown}
        return replace(self, **changed)

    @property
    def pixels_per_inch(self) -> float:
        """How many pixels of a PNG lie in an inch."""
        if self.width is not None:
            return self.dpi or (SCREEN_DPI if self.width.unit == "px" else USUAL_DPI)
        return self.dpi or SCREEN_DPI * self.scale


def width_of(text: str) -> Width:
    """Returns the width that somebody has typed. Raises Refused with what would do where it is none.

    >>> width_of("8.5cm"), str(width_of("960 px")), width_of("single") == width_of("8.5 cm")
    (Width(amount=8.5, unit='cm', aspect=None), '960px', True)
    >>> width_of("0cm")
    Traceback (most recent call last):
    nodegraph.core.errors.Refused: A width is more than 0, not 0cm.
    >>> width_of("wide")
    Traceback (most recent call last):
    nodegraph.core.errors.Refused: A width is such as 8.5cm, 3.35in or 960px, or single, double or slide.
    """
    if not isinstance(text, str):
        raise Refused(f'A width is words with their unit, such as "8.5cm" or "single", not {text!r}.')
    text = text.strip()
    if text in WIDTHS:
        return WIDTHS[text]
    found = re.fullmatch(rf"(-?\d{{0,9}}\.?\d{{0,9}})\s*({'|'.join(UNITS)})", text, re.ASCII)
    if found is None or not any(sign.isdigit() for sign in found[1]):
        raise Refused(f"A width is such as 8.5cm, 3.35in or 960px, or {_words(WIDTHS, 'or')}.")
    return checked_width(Width(float(found[1]), next(unit for unit in UNITS if unit == found[2])))


def checked_width(width: Width) -> Width:
    """Returns a width that a page can have; Refused where it is none or far too large."""
    if not (is_finite(width.amount) and width.amount > 0):
        raise Refused(f"A width is more than 0, not {format_number(width.amount)}{width.unit}.")
    if width.inches(SCREEN_DPI) > (WIDEST if width.unit != "px" else WIDEST * 10):
        raise Refused(f"A width of {width} is too large; a page is at most {WIDEST:.0f}in wide.")
    return width


def with_parts(options: PictureOptions, show: Collection[str], hide: Collection[str]) -> PictureOptions:
    """Returns the options with these parts shown and those hidden. Raises Refused where one is unknown, or is
    both.
    """
    for name, parts in (("show", show), ("hide", hide)):
        if isinstance(parts, str):
            raise Refused(f"What to {name} is a list, as in {name}=[{parts!r}].")
    for part in (*show, *hide):
        if part not in PARTS:
            raise Refused(f"A figure has no “{part}”; it has {_words(PARTS)}.")
        if part in show and part in hide:
            raise Refused(f"A figure cannot both show and hide {part}.")
    for part in show:
        options = options.showing(part, True)
    for part in hide:
        options = options.showing(part, False)
    return options


def figure(
    *,
    scale: float = 2.0,
    theme: str = "light",
    transparent: bool = False,
    margin: float = 24.0,
    highlight: bool = False,
    wording: Wording = USUAL,
    edges: EdgeStyle = IN_PICTURES,
    width: str | None = None,
    dpi: int | None = None,
    notation: str = "cards",
    show: Collection[str] = (),
    hide: Collection[str] = (),
    direction: str | None = None,
) -> PictureOptions:
    """Returns the options that a program or a person asks for in words. Raises Refused with what would do
    where a word means nothing.

    >>> figure(width="8.5cm", theme="print", hide=["labels"]).wording.labels
    'none'
    >>> figure(theme="pink")
    Traceback (most recent call last):
    nodegraph.core.errors.Refused: There is no theme “pink”; there are light, dark, contrast and print.
    """
    if theme not in THEMES:
        raise Refused(f"There is no theme “{theme}”; there are {_words(THEMES)}.")
    if notation not in NOTATIONS:
        raise Refused(f"There is no notation “{notation}”; there are {_words(NOTATIONS)}.")
    whole = isinstance(dpi, Integral) and not isinstance(dpi, bool)
    if dpi is not None and not (whole and LEAST_DPI <= dpi <= MOST_DPI):
        raise Refused(f"A picture has {LEAST_DPI} to {MOST_DPI} pixels in an inch, not {dpi}.")
    options = PictureOptions(
        scale=scale, theme=theme, transparent=transparent, margin=margin, highlight=highlight,
        wording=wording, edges=edges, width=None if width is None else width_of(width), dpi=dpi,
        notation=next(known for known in NOTATIONS if known == notation),
        direction=None if direction is None else direction_of(direction),
    )  # fmt: skip
    return with_parts(options, show, hide)


def _words(names: Collection[str], last_word: str = "and") -> str:
    *others, last = names
    return f"{', '.join(others)} {last_word} {last}"
