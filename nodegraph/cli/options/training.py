"""What may be typed after `nodegraph train`."""

from __future__ import annotations

import argparse

from nodegraph.cli.options.numbers import number
from nodegraph.core.data.letters import ENCODINGS


def take_training(parser: argparse.ArgumentParser) -> None:
    """Take what a training is asked to do; what is left out is as the document has it."""
    _take_table(parser)
    _take_columns(parser)
    parser.add_argument("--steps", type=number, metavar="N", help="the number of steps")
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
        help="a number of the optimiser: momentum, smoothing, beta1, beta2 or eps; repeatable",
    )
    _take_rows(parser)
    _take_engine(parser)
    parser.add_argument("--aim", metavar="AIM", help="minimise or maximise the output")
    parser.add_argument("-o", dest="out", metavar="OUT", help="write the document with the learnt values")
    parser.add_argument(
        "--log", metavar="RUN", help="write the loss, measures and every parameter step by step, as CSV"
    )


def _take_table(parser: argparse.ArgumentParser) -> None:
    """Take the table that is trained on, and how it is read."""
    parser.add_argument(
        "--data",
        metavar="TABLE",
        help="a table as CSV or Parquet, of at most 1,000 columns and 100,000 rows, whose columns bind to "
        "inputs of the same name; - reads it from standard input (the document's own)",
    )
    parser.add_argument(
        "--decimal",
        choices=("point", "comma"),
        help="the decimal separator of the table, if its numbers can be read in two ways",
    )
    parser.add_argument(
        "--encoding",
        choices=tuple(ENCODINGS),
        help="the character encoding of the table, if it is not Unicode (windows-1252)",
    )


def _take_columns(parser: argparse.ArgumentParser) -> None:
    """Take what is made of the table's columns, and which inputs take them."""
    parser.add_argument(
        "--one-hot",
        dest="one_hot",
        action="append",
        default=[],
        metavar="COLUMN",
        help="replace a column t of classes by columns t1, t2, … of 0 and 1; repeatable",
    )
    parser.add_argument(
        "--standardise",
        action="append",
        default=[],
        metavar="COLUMN",
        help="subtract the mean of a column and divide by its standard deviation, and print both; all: each "
        "column with more than two different numbers; repeatable",
    )
    parser.add_argument(
        "--bind",
        action="append",
        default=[],
        metavar="INPUT=COLUMN",
        help="let an input take a column of another name; repeatable",
    )


def _take_rows(parser: argparse.ArgumentParser) -> None:
    """Take which rows a step has, what is found of them, and what holds the parameters back."""
    parser.add_argument("--batch", type=number, metavar="ROWS", help="rows per step; 0: all of them")
    parser.add_argument(
        "--seed",
        type=number,
        metavar="S",
        help="seed that shuffles the rows for batches and draws those held out",
    )
    parser.add_argument(
        "--held-out",
        type=_share_or_column,
        metavar="SHARE|COLUMN",
        help="share of the rows that is not trained on but has a loss of its own, such as 0.2; or the column "
        "in which those rows are 1 (one such as split, of the words train and test)",
    )
    parser.add_argument(
        "--measure",
        dest="measures",
        action="append",
        default=[],
        metavar="NAME",
        help="compute accuracy, mae, rmse or r2 once per epoch, or none of those that the document names; "
        "repeatable",
    )
    parser.add_argument(
        "--patience",
        type=number,
        metavar="EPOCHS",
        help="stop after this many epochs without a better loss (the held-out one if there is one) and keep "
        "the best step",
    )
    parser.add_argument(
        "--clip",
        type=number,
        metavar="LENGTH",
        help="the greatest length of the gradient by all inputs; 0: any",
    )
    parser.add_argument("--decay", type=number, metavar="RATE", help="weight decay")


def _take_engine(parser: argparse.ArgumentParser) -> None:
    """Take where the rows are gone over."""
    parser.add_argument(
        "--engine",
        choices=("local", "dask"),
        default="local",
        help="dask processes parts of the rows on the workers of a Dask cluster (extra dask), and reads "
        "tables of more than 16 MB or 100,000 rows in parts",
    )
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="the scheduler of that cluster, such as tcp://10.0.0.5:8786 (a cluster on this machine)",
    )


def _share_or_column(text: str) -> float | str:
    """Returns the number that was typed, or else the name of a column."""
    from nodegraph.core.errors import Refused
    from nodegraph.core.training.setup import read_held_out

    try:
        return read_held_out(text)
    except Refused:
        return number(text)
