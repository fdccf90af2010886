"""Answers: what a learner is asked, and the verdict on what was typed.

Knows numbers and sentences; which questions there are and which mistakes are likely, others say.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from nodegraph.core.engine.rounding import is_noise
from nodegraph.core.errors import Refused
from nodegraph.core.explain.typed_numbers import Typed, read_answer
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.numbers import WIDEST_EXACT, format_number
from nodegraph.core.typeset import WORD

Kind = Literal["value", "local", "contribution", "gradient"]
KINDS: tuple[Kind, ...] = ("value", "local", "contribution", "gradient")

TOLERANCE = 1e-3
"""The relative error up to which an answer is right where the result has many digits."""
PRINTED_DIGITS = 6
"""The digits of a result that people see."""
FEW_DIGITS = 4
"""A result that is printed with no more digits than these must be met exactly."""
ROUNDING = 1e-12
"""What arithmetic may leave of a result that has few digits, as a part of it."""
ENOUGH_DIGITS = 3
"""With so many significant digits an answer is right if it is the result rounded to them."""
WRITTEN_WHOLE = 10_000
"""A whole result below is written with all its digits."""
CLOSE = 0.05
"""The relative error up to which a wrong answer is called close."""
OF_EULER = "The e of e^… is read as Euler's number, not as the node e."
SIGN = "The size is right, but the sign is not."


@dataclass(frozen=True)
class Mistake:
    """A wrong number that a typical mistake leads to, and what to say about it."""

    value: float
    sentence: str


@dataclass(frozen=True)
class Question:
    """One thing to predict. The frame at `position` reveals it; `node` or `edge` is where it will stand.

    `solution` is the whole equation, `check` what to look at where no mistake is recognised. A result that is
    no larger than `noise` cannot be told from 0.
    """

    kind: Kind
    position: int
    node: str
    edge: EdgeKey | None
    prompt: str
    answer: float
    solution: str
    hints: tuple[str, ...]
    check: str
    mistakes: tuple[Mistake, ...] = ()
    noise: float = 0.0


@dataclass(frozen=True)
class Verdict:
    """Whether an answer is right, and what to say; a close one needs only more care or one more digit."""

    is_right: bool
    sentence: str
    is_close: bool = False


def judge(
    question: Question, answer: str | float, is_node: Callable[[str], object] = lambda name: False
) -> Verdict:
    """Whether this answers the question; if not, which mistake it looks like. `is_node` says whether a name
    is that of a node, which the question need not speak of.

    A number is right with three or more digits that are the result rounded, or where it is what is printed. A
    result with more digits than are printed may be missed by a thousandth of it. Refused for text that is no
    number, which is no wrong answer.

    >>> asked = Question("value", 2, "e", None, "What is e?", 2 / 3, "e = 0.666667", (), "It is 2 / 3.")
    >>> [judge(asked, text).is_right for text in ("0.667", "2/3", "0.6", "0.7")]
    [True, True, False, False]
    >>> judge(asked, "0.7").is_close
    True
    """
    typed = _read(answer, _names(question), is_node) if isinstance(answer, str) else Typed(float(answer))
    verdict = _judged(question, typed)
    if verdict.is_right or not typed.is_of_euler:
        return verdict
    return replace(verdict, sentence=f"{verdict.sentence} {OF_EULER}")


def _read(answer: str, names: set[str], is_node: Callable[[str], object]) -> Typed:
    """Returns the number in an answer; Refused for none, with more to say where it speaks of other nodes."""
    try:
        return read_answer(answer, names)
    except Refused:
        others = {word for word in re.findall(rf"(?!\d){WORD}", answer) if is_node(word)} - names
        if not others:
            raise
        return read_answer(answer, names | others)


def _judged(question: Question, typed: Typed) -> Verdict:
    """Whether a number answers the question, and what to say."""
    if is_same(typed, question.answer, question.noise):
        but = ", which is 0 but for rounding" if is_noise(question.answer, question.noise) else ""
        return Verdict(True, f"Right: {question.solution}{but}.")
    if typed.value == 0 and 0 < abs(question.answer) < TOLERANCE:
        return Verdict(False, "Small, but not 0: type it with an exponent, such as 1e-9.", is_close=True)
    for mistake in question.mistakes:
        if _is_mistake(typed, mistake.value):
            return Verdict(False, mistake.sentence)
    if is_same(replace(typed, value=-typed.value), question.answer):
        return Verdict(False, SIGN)
    return _close(typed, question.answer) or Verdict(False, _direction(typed.value, question))


def _is_mistake(typed: Typed, wrong: float) -> bool:
    """Whether a typed number is this wrong one; with few digits it must be all of it, since it may be the
    right one rounded.
    """
    return is_same(typed, wrong) and (
        typed.digits >= ENOUGH_DIGITS or format_number(typed.value) == format_number(wrong)
    )


def _names(question: Question) -> set[str]:
    """The names that a question speaks of and that are no numbers, as π is one wherever it stands."""
    return set(re.findall(rf"(?!\d){WORD}", f"{question.prompt} {question.check}")) - {"pi", "π"}


def is_same(typed: Typed, answer: float, noise: float = 0.0) -> bool:
    """Whether a typed number is meant to be this one."""
    if not (math.isfinite(typed.value) and math.isfinite(answer)):
        return typed.value == answer or (math.isnan(typed.value) and math.isnan(answer))
    off = abs(typed.value - answer)
    if off <= max(_tolerance(answer), noise, 0.0 if answer else typed.rounding):
        return True
    if typed.digits < ENOUGH_DIGITS:
        return False
    return off <= typed.unit / 2 * (1 + 1e-9) or _is_filled_with_zeros(typed.value, answer)


def _is_filled_with_zeros(value: float, answer: float) -> bool:
    """Whether a number is a long result rounded, with zeros for the other digits, as 163000 for 162754.79."""
    if answer == int(answer) and abs(answer) < WRITTEN_WHOLE:
        return False
    before_point = len(str(abs(int(answer))))
    rounded = range(ENOUGH_DIGITS, min(before_point, PRINTED_DIGITS + 1))
    return any(value == float(f"{answer:.{digits}g}") for digits in rounded)


def _tolerance(answer: float) -> float:
    """How far a number that is not the result rounded may be from it: less than can be seen where the printed
    digits are all there are, or are few; else a thousandth of it.
    """
    if answer == int(answer) and abs(answer) < WIDEST_EXACT:
        return min(0.4, 10.0**-PRINTED_DIGITS * abs(answer))
    unseen = 10.0 ** (math.floor(math.log10(abs(answer))) - PRINTED_DIGITS + 1) / 2
    is_short = abs(answer - float(f"{answer:.{FEW_DIGITS}g}")) <= unseen
    is_whole = abs(answer - float(f"{answer:.{PRINTED_DIGITS}g}")) <= ROUNDING * abs(answer)
    return unseen if is_short or is_whole else TOLERANCE * abs(answer)


def _close(typed: Typed, answer: float) -> Verdict | None:
    if not (math.isfinite(typed.value) and math.isfinite(answer)):
        return None
    off = abs(typed.value - answer)
    is_near = off <= CLOSE * abs(answer)
    has_first_digit = 0 < typed.unit <= 10.0 ** math.floor(math.log10(abs(answer) or 1.0)) * (1 + 1e-9)
    is_rounded = typed.digits < ENOUGH_DIGITS and off <= typed.unit / 2 and (has_first_digit or is_near)
    if typed.value and (is_near or is_rounded):
        sentence = (
            "Close: give one more digit." if is_rounded else "Close, but not quite: calculate it again."
        )
        return Verdict(False, sentence, is_close=True)
    return None


def _direction(value: float, question: Question) -> str:
    """Where to look for the answer, without giving it away."""
    answer = question.answer
    if math.isnan(answer) and math.isinf(value):
        return f"It is not infinite: it is no number at all, NaN. {question.check}"
    if math.isinf(answer) and math.isnan(value):
        return f"It is not NaN, but infinite: type inf or -inf. {question.check}"
    if not math.isfinite(answer):
        return f"It is no ordinary number: type nan, inf or -inf. {question.check}"
    if not math.isfinite(value):
        return f"It is an ordinary, finite number. {question.check}"
    if value == 0:
        return f"It is not 0. {question.check}"
    if value * answer < 0:
        is_near = abs(value + answer) <= CLOSE * abs(answer)
        return f"The sign is wrong{'' if is_near else ', and so is the size'}. {question.check}"
    if answer == 0 or abs(value) > abs(answer):
        in_size = " in size" if value < 0 else ""
        return f"Too large{in_size}. {question.check}"
    return f"Too small{' in size' if value < 0 else ''}. {question.check}"


def same_number(one: float, other: float) -> bool:
    """Whether an answer cannot distinguish two results."""
    return is_same(Typed(one), other) or format_number(one) == format_number(other)
