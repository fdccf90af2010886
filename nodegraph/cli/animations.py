"""The options of `nodegraph export` that say how an animation runs, and what becomes of several moments."""

from __future__ import annotations

import argparse
from argparse import Namespace
from collections.abc import Callable

from nodegraph.canvas.animation.formats import ANIMATIONS, Moving
from nodegraph.canvas.animation.schedule import (
    LEAST_FPS,
    LEAST_SPEED,
    LONGEST_HOLD_S,
    MOST_FPS,
    MOST_LOOPS,
    MOST_SPEED,
)
from nodegraph.cli.figures import number_within

OPTIONS = {
    "fps": "--fps",
    "speed": "--speed",
    "hold_start": "--hold-start",
    "hold_end": "--hold-end",
    "loop": "--loop",
}
"""What means nothing for a picture that stands."""


def take_animation(parser: argparse.ArgumentParser) -> None:
    """Take how an animation runs."""
    usual, endings = Moving(), ", ".join(ANIMATIONS)
    parser.add_argument(
        "--fps",
        type=_whole_within(LEAST_FPS, MOST_FPS),
        metavar="N",
        help=f"frames per second of an animation ({endings}), from {LEAST_FPS} to {MOST_FPS}, in a GIF up to "
        f"50 ({usual.fps})",
    )
    parser.add_argument(
        "--speed",
        type=number_within(LEAST_SPEED, MOST_SPEED),
        metavar="X",
        help=f"its speed relative to the window at 1×, from {LEAST_SPEED:g} to {MOST_SPEED:g} (1)",
    )
    for end, word, seconds in (
        ("start", "first", usual.hold[0]),
        ("end", "last", usual.hold[1]),
    ):
        parser.add_argument(
            f"--hold-{end}",
            type=number_within(0.0, LONGEST_HOLD_S),
            metavar="S",
            help=f"seconds for which its {word} frame is held, up to {LONGEST_HOLD_S:g} ({seconds:g})",
        )
    parser.add_argument(
        "--loop",
        type=_whole_within(0, MOST_LOOPS),
        metavar="N",
        help="how many times a GIF, WebP or APNG plays; 0: for ever (0)",
    )
    parser.add_argument(
        "--training",
        action="store_true",
        help="show the training that the document is set up for instead of both passes, one frame per step",
    )


def take_repeats(parser: argparse.ArgumentParser) -> None:
    """Take whether there is a picture of each step, and whether it goes on."""
    parser.add_argument(
        "--pages",
        choices=("steps",),
        help="write a picture of each step of both passes instead of one: OUT is a PDF, or a folder such as "
        "steps/, whose files have the format of --format",
    )
    parser.add_argument(
        "--watch",
        action="store_true",
        help="export again whenever a file changes, until Ctrl+C",
    )


def moving_of(arguments: Namespace) -> Moving:
    """Returns how an animation runs, as it was typed."""
    usual = Moving()
    start, end = usual.hold
    return Moving(
        usual.fps if arguments.fps is None else arguments.fps,
        usual.speed if arguments.speed is None else arguments.speed,
        usual.loop if arguments.loop is None else arguments.loop,
        (
            start if arguments.hold_start is None else arguments.hold_start,
            end if arguments.hold_end is None else arguments.hold_end,
        ),
        training=arguments.training,
        is_sized=arguments.scale is not None or arguments.width is not None,
    )


def _whole_within(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(
                f"expected a whole number from {least} to {most}, found “{text}”"
            )
        return number

    return read
