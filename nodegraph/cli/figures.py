"""The options of `nodegraph export` that say what a figure is like."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable

from nodegraph.canvas.animation.formats import ANIMATIONS
from nodegraph.canvas.exporters import EXPORTERS
from nodegraph.canvas.figure import (
    LEAST_DPI,
    MOST_DPI,
    NOTATIONS,
    PARTS,
    SCREEN_DPI,
    THEMES,
    USUAL_DPI,
    width_of,
)
from nodegraph.core.errors import Refused
from nodegraph.formats.programs.titles import SUFFIX

SMALLEST_SCALE, LARGEST_SCALE = 1.0, 8.0
LARGEST_MARGIN = 1000.0


def take_size(parser: argparse.ArgumentParser) -> None:
    """Take how large the picture is, and in which format it goes to standard output."""
    parser.add_argument(
        "--format",
        choices=tuple(suffix.removeprefix(".") for suffix in (*EXPORTERS, *ANIMATIONS, SUFFIX)),
        default="png",
        help="format for standard output, a pipe or a device (png)",
    )
    parser.add_argument(
        "--width",
        type=_width,
        metavar="W",
        help="width of the picture, such as 8.5cm, 3.35in or 960px, or single (one column, 8.5 cm), double "
        "(two columns, 17.5 cm) or slide (1920 × 1080 pixels); a note warns of type below 6 pt",
    )
    parser.add_argument(
        "--dpi",
        type=_dpi,
        metavar="N",
        help=f"pixels per inch of a PNG ({USUAL_DPI}; {SCREEN_DPI} if the width is in pixels)",
    )
    parser.add_argument(
        "--scale",
        type=number_within(SMALLEST_SCALE, LARGEST_SCALE),
        help="without a width: pixels per unit of the canvas, which is 1/96 inch, from 1 to 8 (2)",
    )
    parser.add_argument(
        "--margin",
        type=number_within(0.0, LARGEST_MARGIN),
        help="empty space around the graph, in units of the canvas (24)",
    )


def take_looks(parser: argparse.ArgumentParser) -> None:
    """Take its colours, its notation and what it shows."""
    parser.add_argument(
        "--theme",
        choices=tuple(THEMES),
        default="light",
        help="the colours; print is black, grey and patterns (light)",
    )
    parser.add_argument("--transparent", action="store_true", help="leave out the background")
    parser.add_argument(
        "--notation",
        choices=tuple(NOTATIONS),
        help="how nodes are drawn: as cards, or compact, as circles with values above the edges and "
        "gradients below (cards)",
    )
    names = ", ".join(PARTS)
    for option, does in (("--show", "show"), ("--hide", "hide")):
        parser.add_argument(
            option, type=_parts, action="append", default=[], metavar="PARTS",
            help=f"{does} these parts of the picture, separated by commas: {names}",
        )  # fmt: skip


def number_within(least: float, most: float) -> Callable[[str], float]:
    """Returns what reads a number between these two."""

    def read(text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(f"expected a number from {least:g} to {most:g}, found “{text}”")
        return number

    return read


def _width(text: str) -> str:
    try:
        width_of(text)
    except Refused as refusal:
        raise argparse.ArgumentTypeError(str(refusal)) from None
    return text


def _dpi(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 9 and LEAST_DPI <= int(text) <= MOST_DPI):
        raise argparse.ArgumentTypeError(
            f"expected a whole number from {LEAST_DPI} to {MOST_DPI}, found “{text}”"
        )
    return int(text)


def _parts(text: str) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in text.split(",") if part.strip())
    for part in parts:
        if part not in PARTS:
            raise argparse.ArgumentTypeError(f"there is no “{part}”; there are {', '.join(PARTS)}")
    return parts
