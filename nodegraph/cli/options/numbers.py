"""Numbers as they are typed on the command line: any, how many, how large, which seed."""

from __future__ import annotations

import argparse

from nodegraph.core.errors import NodegraphError, Refused
from nodegraph.core.numbers import read_number

LONGEST_COUNT = 18
"""Digits of a whole number that counts something."""


def number(text: str) -> float:
    """Returns the number that was typed."""
    try:
        return read_number(text)
    except NodegraphError as refusal:
        raise argparse.ArgumentTypeError(f"expected a number, found “{text}” ({refusal})") from None


def digits(text: str) -> int:
    """Returns how many digits were asked for."""
    from nodegraph.canvas.drawing.wording import FEWEST_DIGITS, MOST_DIGITS

    found = _whole(text)
    if found is None or not FEWEST_DIGITS <= found <= MOST_DIGITS:
        raise argparse.ArgumentTypeError(
            f"expected a whole number from {FEWEST_DIGITS} to {MOST_DIGITS}, found “{text}”"
        )
    return found


def count(text: str) -> int:
    """Returns a whole number from 1."""
    found = _whole(text)
    if not found:
        raise argparse.ArgumentTypeError(f"expected a whole number from 1, found “{text.strip()}”")
    return found


def seed(text: str) -> int:
    """Returns a whole number from 0."""
    found = _whole(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"expected a whole number from 0, found “{text.strip()}”")
    return found


def step(text: str) -> int:
    """Returns the step that was typed, which the passes may or may not have."""
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected a whole number from 0, found “{text.strip()}”") from None


def sizes(text: str) -> tuple[int, ...]:
    """Returns the sizes of a network's layers, such as 2,16,16,1 or 2-16-16-1, as the window reads them."""
    from nodegraph.core.building.networks import read_sizes

    try:
        return read_sizes(text)
    except Refused as refusal:
        said = str(refusal).rstrip(".")
        raise argparse.ArgumentTypeError(f"{said[0].lower()}{said[1:]}; found “{text.strip()}”") from None


def _whole(text: str) -> int | None:
    """Returns the whole number that stands there in digits; None where anything else does, or too many."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_COUNT else None
