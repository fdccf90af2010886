"""Learning-rate schedules: a factor on the rate for each step of a run, as an expression in k and n.

k is the step, counted from 0, and n how many steps the run has. Knows no optimiser and no graph.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.errors import Refused, TextError
from nodegraph.core.numbers import format_number
from nodegraph.core.operations.catalogue import ARITIES, VALUE_FUNCTIONS
from nodegraph.core.operations.formula import Tree, evaluate, names_in
from nodegraph.core.operations.formula_reader import Reader

Array = NDArray[np.float64]

STEP, STEPS = "k", "n"
"""What every schedule calls the step, from 0, and the number of steps."""
CONSTANTS: Mapping[str, float] = {"pi": np.pi, "π": np.pi, "e": np.e}
_FUNCTIONS: Mapping[str, Callable[[Any], Any]] = {
    **VALUE_FUNCTIONS,
    "floor": lambda operands: np.floor(operands[0]),
}
_ARITIES: Mapping[str, tuple[int, int | None]] = {**ARITIES, "floor": (1, 1)}


@dataclass(frozen=True)
class Schedule:
    """A schedule that has a name: `text` is its expression."""

    name: str
    title: str
    text: str
    doc: str


CONSTANT = "constant"
SCHEDULES: Mapping[str, Schedule] = {
    schedule.name: schedule
    for schedule in (
        Schedule(CONSTANT, "Constant", "1", "The rate stays as it is."),
        Schedule("step", "Step", "0.5**floor(4*k/n)", "The rate halves after each quarter of the steps."),
        Schedule(
            "linear", "Linear", "1 - k/n", "The rate falls in a straight line, to 0 after the last step."
        ),
        Schedule(
            "cosine",
            "Cosine",
            "(1 + cos(pi*k/n))/2",
            "The rate falls slowly at first and at the end (I. Loshchilov and F. Hutter, “SGDR”, 2017).",
        ),
        Schedule(
            "warm-up", "Warm-up", "min(1, 10*(k + 1)/n)", "The rate rises over the first tenth of the steps."
        ),
    )
}


def text_of(schedule: str) -> str:
    """Returns the expression of a schedule: of one that has a name, or the text itself."""
    return SCHEDULES[schedule].text if schedule in SCHEDULES else schedule


@lru_cache(maxsize=8)
def factors(schedule: str, steps: int) -> Array:
    """Returns the factor on the rate for each step, of shape (steps,), from 0 on; all finite and at least 0.

    `schedule` is a name of SCHEDULES or an expression. Raises Refused with a sentence for text that cannot be
    read, and where a factor is negative, no finite number, or all of them are 0.

    >>> factors("1 - 0.9*k/n", 3).round(6).tolist(), factors("step", 4).tolist()
    ([1.0, 0.7, 0.4], [1.0, 0.5, 0.25, 0.125])
    """
    tree = tree_of(schedule)
    names = {STEP: np.arange(steps, dtype=np.float64), STEPS: np.float64(steps), **CONSTANTS}
    with np.errstate(all="ignore"):
        found = np.array(np.broadcast_to(evaluate(tree, names, _FUNCTIONS), (steps,)), dtype=np.float64)
    wrong = np.flatnonzero(~(np.isfinite(found) & (found >= 0)))
    if len(wrong):
        k = int(wrong[0])
        raise Refused(
            f"At step {k + 1} (k = {k}, n = {steps}) the schedule is {format_number(float(found[k]))}; "
            "a factor on the learning rate is a number from 0."
        )
    if not found.any():
        raise Refused("The schedule is 0 at every step, which would change nothing. Try 1 - k/n.")
    found.setflags(write=False)
    return found


def tree_of(schedule: str) -> Tree:
    """Returns the expression of a schedule as a tree in k and n. Raises Refused where it cannot be read."""
    return _tree_of(text_of(schedule))


def why_not(schedule: object, steps: int) -> str | None:
    """None where this is a schedule for so many steps, else the sentence that says what would do."""
    if not isinstance(schedule, str):
        return f"A schedule is text, such as {SCHEDULES['linear'].text}."
    try:
        factors(schedule, steps)
    except Refused as refusal:
        return str(refusal)
    return None


@lru_cache(maxsize=8)
def _tree_of(text: str) -> Tree:
    """Returns the tree of one expression in k and n; Refused with the place where there is none."""
    try:
        statements = Reader(text, _ARITIES).statements()
    except TextError as error:
        raise Refused(f"The schedule cannot be read at character {error.column}: {error.message}.") from None
    if len(statements) != 1 or statements[0].name is not None:
        raise Refused("A schedule is one expression in k and n, such as 1 - 0.9*k/n.")
    tree = statements[0].tree
    unknown = sorted(names_in(tree) - {STEP, STEPS, *CONSTANTS})
    if unknown:
        raise Refused(
            f"A schedule knows k, the step counted from 0, and n, the number of steps, but no {unknown[0]}; "
            f"the named ones are {', '.join(SCHEDULES)}."
        )
    return tree
