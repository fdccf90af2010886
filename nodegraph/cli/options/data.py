"""What may be typed after `nodegraph data`."""

from __future__ import annotations

import argparse

from nodegraph.cli.options import numbers


def take_generator(parser: argparse.ArgumentParser) -> None:
    """Take what kind of data, how many rows, with how much noise, and the seed."""
    from nodegraph.core.data.kinds import KINDS

    kinds = "; ".join(f"{name}: {kind.summary}" for name, kind in KINDS.items())
    parser.add_argument("kind", metavar="KIND", choices=tuple(KINDS), help=kinds)
    parser.add_argument(
        "--rows", type=numbers.count, default=100, metavar="R", help="the number of points (100)"
    )
    parser.add_argument(
        "--noise",
        type=numbers.number,
        default=0.0,
        metavar="D",
        help="the standard deviation of normal noise on both coordinates, or on t for a line (0)",
    )
    parser.add_argument(
        "--seed",
        type=numbers.seed,
        default=0,
        metavar="S",
        help="the seed of the random numbers, from 0 (0)",
    )
    parser.add_argument(
        "--signed", action="store_true", help="classes −1 and 1, as for a hinge loss, instead of 0 and 1"
    )
    parser.add_argument(
        "-o", dest="out", metavar="OUT", required=True, help="the CSV file to write; - is standard output"
    )
