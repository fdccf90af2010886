"""What may be typed after `nodegraph train`."""

from __future__ import annotations

import argparse

from nodegraph.core.data.letters import ENCODINGS
from nodegraph.core.errors import NodegraphError
from nodegraph.core.numbers import read_number


def take_training(parser: argparse.ArgumentParser) -> None:
    """Take what a training is asked to do; what is left out is as the document has it."""
    _take_table(parser)
    _take_columns(parser)
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
        help="a number of the optimiser: momentum, smoothing, beta1, beta2 or eps; may be repeated",
    )
    _take_rows(parser)
    _take_engine(parser)
    parser.add_argument("--aim", metavar="AIM", help="minimise or maximise the output")
    parser.add_argument("-o", dest="out", metavar="OUT", help="write the document with what was learnt")
    parser.add_argument(
        "--log", metavar="RUN", help="write the loss, measures and every parameter step by step, as CSV"
    )


def _take_table(parser: argparse.ArgumentParser) -> None:
    """Take the table that is trained on, and how it is read."""
    parser.add_argument(
        "--data",
        metavar="TABLE",
        help="a table as CSV or Parquet, whose columns bind to inputs of the same name; - reads it from "
        "standard input (the document's own)",
    )
    parser.add_argument(
        "--decimal",
        choices=("point", "comma"),
        help="the sign before the decimals of the table, where its numbers may be read in two ways",
    )
    parser.add_argument(
        "--encoding",
        choices=tuple(ENCODINGS),
        help="the letters of the table, where it is no Unicode (windows-1252)",
    )


def _take_columns(parser: argparse.ArgumentParser) -> None:
    """Take what is made of the table's columns, and which inputs take them."""
    parser.add_argument(
        "--one-hot",
        dest="one_hot",
        action="append",
        default=[],
        metavar="COLUMN",
        help="put columns t1, t2, … of 0 and 1 in place of the classes of a column t; may be repeated",
    )
    parser.add_argument(
        "--standardise",
        action="append",
        default=[],
        metavar="COLUMN",
        help="subtract the mean of a column and divide by its deviation, which are told; all takes each with "
        "more than two different numbers; may be repeated",
    )
    parser.add_argument(
        "--bind",
        action="append",
        default=[],
        metavar="INPUT=COLUMN",
        help="let an input take a column of another name; may be repeated",
    )


def _take_rows(parser: argparse.ArgumentParser) -> None:
    """Take which rows a step has, what is found of them, and what holds the parameters back."""
    parser.add_argument(
        "--batch", type=number, metavar="ROWS", help="how many rows a step takes; 0 is all of them"
    )
    parser.add_argument(
        "--seed", type=number, metavar="S", help="shuffles the rows for batches, and draws those held out"
    )
    parser.add_argument(
        "--held-out",
        type=number,
        metavar="SHARE",
        help="a share of the rows that is not trained on, such as 0.2, and has a loss of its own",
    )
    parser.add_argument(
        "--measure",
        dest="measures",
        action="append",
        default=[],
        metavar="NAME",
        help="find accuracy, mae, rmse or r2 once an epoch, or none of those that the document names; may be "
        "repeated",
    )
    parser.add_argument(
        "--patience",
        type=number,
        metavar="EPOCHS",
        help="stop after so many epochs without a better loss, the held-out one where there is one, and keep "
        "the best step",
    )
    parser.add_argument(
        "--clip", type=number, metavar="LENGTH", help="how long the gradient by all inputs may be; 0: any"
    )
    parser.add_argument("--decay", type=number, metavar="RATE", help="weight decay")


def _take_engine(parser: argparse.ArgumentParser) -> None:
    """Take where the rows are gone over."""
    parser.add_argument(
        "--engine",
        choices=("local", "dask"),
        default="local",
        help="dask goes over parts of the rows on the workers of a Dask cluster (extra dask), and reads "
        "tables of more than 16 MB or 100,000 rows in parts",
    )
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="the scheduler of that cluster, such as tcp://10.0.0.5:8786 (one on this machine)",
    )


def number(text: str) -> float:
    """Returns the number that was typed."""
    try:
        return read_number(text)
    except NodegraphError as refusal:
        raise argparse.ArgumentTypeError(f"expected a number, found “{text}” ({refusal})") from None
