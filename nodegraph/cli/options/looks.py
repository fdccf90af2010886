"""What a picture of a graph, or its layout, may be asked to show."""

from __future__ import annotations

import argparse

from nodegraph.cli.options import numbers
from nodegraph.core.graph.direction import Direction


def take_moment(parser: argparse.ArgumentParser) -> None:
    """Take the moment of both passes that is shown."""
    moment = parser.add_mutually_exclusive_group()
    moment.add_argument(
        "--after",
        choices=("none", "forward", "backward"),
        default="backward",
        help="the moment after a pass (backward)",
    )
    moment.add_argument(
        "--step", type=numbers.step, metavar="K", help="the moment after step K of both passes, from 0"
    )


def take_wording(parser: argparse.ArgumentParser) -> None:
    """Take how names and numbers are written, and what edges say."""
    from nodegraph.canvas.drawing.wording import FEWEST_DIGITS, LABELS, MOST_DIGITS

    parser.add_argument(
        "--labels",
        choices=tuple(LABELS),
        default="automatic",
        help="what edges show: as much as there is room for, upstream × local = contribution, the "
        "contribution alone, the same as full but only on the edges of the current step, or nothing "
        "(automatic)",
    )
    parser.add_argument(
        "--digits",
        type=numbers.digits,
        metavar="N",
        help=f"significant digits of the numbers in the picture, from {FEWEST_DIGITS} to {MOST_DIGITS} "
        "(as many as usual)",
    )
    parser.add_argument(
        "--plain-names",
        action="store_true",
        help="show names as they are typed: w11 and sigma, not w with an index and σ",
    )


def take_edge_style(parser: argparse.ArgumentParser) -> None:
    """Take the shape of the edges."""
    from nodegraph.canvas.drawing.edge_kinds import KINDS

    parser.add_argument(
        "--edges", choices=tuple(KINDS), default="curved", help="the shape of the edges (curved)"
    )
    parser.add_argument(
        "--arrowheads",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="whether edges have arrowheads at the inputs they lead to (yes)",
    )


def take_direction(parser: argparse.ArgumentParser, usual: str | None = None) -> None:
    """Take the way in which edges lead; `usual` is the one of a graph that has none yet."""
    parser.add_argument(
        "--direction",
        choices=[each.value for each in Direction],
        default=usual,
        help="the direction of the edges"
        + (f" ({usual})" if usual else "; if it is not the document's, the graph is laid out anew"),
    )
