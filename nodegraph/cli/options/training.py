"""What may be typed after `nodegraph train`."""

from __future__ import annotations

import argparse

from nodegraph.core.errors import NodegraphError
from nodegraph.core.numbers import read_number


def take_training(parser: argparse.ArgumentParser) -> None:
    """Take what a training is asked to do; what is left out is as the document has it."""
    parser.add_argument(
        "--data",
        metavar="TABLE",
        help="a CSV table, whose columns bind to inputs of the same name; - reads it from standard input "
        "(the document's own)",
    )
    parser.add_argument(
        "--bind",
        action="append",
        default=[],
        metavar="INPUT=COLUMN",
        help="let an input take a column of another name; may be repeated",
    )
    parser.add_argument("--steps", type=number, metavar="N", help="how many steps are taken")
    parser.add_argument("--optimizer", metavar="NAME", help="sgd, momentum, rmsprop, adam or adamw")
    parser.add_argument("--rate", type=number, metavar="RATE", help="the learning rate")
    parser.add_argument(
        "--schedule",
        metavar="TEXT",
        help="a factor on the rate for each step: constant, step, linear, cosine, warm-up, or an expression "
        'in k, the step counted from 0, and n, the number of steps, such as "1 - 0.9*k/n"',
    )
    parser.add_argument(
        "--setting",
        dest="more",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a number of the optimiser: momentum, smoothing, beta1, beta2, eps or decay; may be repeated",
    )
    parser.add_argument("--aim", metavar="AIM", help="minimise or maximise the output")
    parser.add_argument("-o", dest="out", metavar="OUT", help="write the document with what was learnt")
    parser.add_argument(
        "--log", metavar="RUN", help="write the loss and every parameter step by step, as CSV"
    )


def number(text: str) -> float:
    """Returns the number that was typed."""
    try:
        return read_number(text)
    except NodegraphError as refusal:
        raise argparse.ArgumentTypeError(f"expected a number, found “{text}” ({refusal})") from None
