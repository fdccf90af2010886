"""Answers: what a learner is asked, how a typed answer is read, and the verdict on it.

Knows numbers and sentences; which questions there are and which mistakes are likely, others say.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

import numpy as np

from nodegraph.core.errors import Refused, TextError
from nodegraph.core.formula import Call, Name, Reader, Tree, evaluate
from nodegraph.core.graph import EdgeKey
from nodegraph.core.numbers import MINUS, format_number, read_number
from nodegraph.core.operations import ARITIES, VALUE_FUNCTIONS

Kind = Literal["value", "local", "contribution", "gradient"]
KINDS: tuple[Kind, ...] = ("value", "local", "contribution", "gradient")

TOLERANCE = 1e-3
"""The relative error up to which an answer is right."""
ENOUGH_DIGITS = 3
"""With so many significant digits an answer is right if it is the result rounded to them."""
CLOSE = 0.05
"""The relative error up to which a wrong answer is called close."""
LONGEST_ANSWER = 200
EXACT = 17
"""The digits that arithmetic has, of which nobody typed a result."""
_WORDS = {"nan": math.nan, "inf": math.inf, "infinity": math.inf, "∞": math.inf}


@dataclass(frozen=True)
class Mistake:
    """A wrong number that a typical mistake leads to, and what to say about it."""

    value: float
    sentence: str


@dataclass(frozen=True)
class Question:
    """One thing to predict. The frame at `position` reveals it; `node` or `edge` is where it will stand.

    `solution` is the whole equation, `check` what to look at where no mistake is recognised. Rounding may
    leave `noise` where the result should be smaller.
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


@dataclass(frozen=True)
class Typed:
    """A number as it was typed: how many significant digits it has, and what its last one counts."""

    value: float
    digits: int = EXACT
    unit: float = 0.0


def judge(question: Question, answer: str | float) -> Verdict:
    """Whether this answers the question; if not, which mistake it looks like.

    A number is right within a relative error of 1e-3, or with three or more digits that are the result
    rounded. Refused for text that is no number, which is no wrong answer.

    >>> asked = Question("value", 2, "e", None, "What is e?", 2 / 3, "e = 0.666667", (), "It is 2 / 3.")
    >>> [judge(asked, text).is_right for text in ("0.667", "2/3", "0.6", "0.7")]
    [True, True, False, False]
    >>> judge(asked, "0.7").is_close
    True
    """
    typed = read_answer(answer) if isinstance(answer, str) else Typed(float(answer))
    if is_same(typed, question.answer, question.noise):
        return Verdict(True, f"Right: {question.solution}.")
    for mistake in question.mistakes:
        if is_same(typed, mistake.value):
            return Verdict(False, mistake.sentence)
    return _close(typed, question.answer) or Verdict(False, _direction(typed.value, question))


def is_same(typed: Typed, answer: float, noise: float = 0.0) -> bool:
    """Whether a typed number stands for this one."""
    if not (math.isfinite(typed.value) and math.isfinite(answer)):
        return typed.value == answer or (math.isnan(typed.value) and math.isnan(answer))
    off = abs(typed.value - answer)
    if off <= max(TOLERANCE * abs(answer), noise):
        return True
    return typed.digits >= ENOUGH_DIGITS and off <= typed.unit / 2 * (1 + 1e-9)


def _close(typed: Typed, answer: float) -> Verdict | None:
    if not (math.isfinite(typed.value) and math.isfinite(answer)):
        return None
    off = abs(typed.value - answer)
    if typed.value and (off <= CLOSE * abs(answer) or off <= typed.unit / 2 < abs(answer)):
        rounded = typed.digits < ENOUGH_DIGITS and off <= typed.unit / 2
        sentence = "Close: give one more digit." if rounded else "Close, but not quite: calculate it again."
        return Verdict(False, sentence, is_close=True)
    if typed.value == 0 and abs(answer) < TOLERANCE:
        return Verdict(False, "Small, but not 0: type it with an exponent, such as 1e-9.", is_close=True)
    return None


def _direction(value: float, question: Question) -> str:
    """Where the answer lies, without giving it away."""
    answer = question.answer
    if not math.isfinite(answer):
        return f"It is no ordinary number: type nan, inf or -inf. {question.check}"
    if not math.isfinite(value):
        return f"It is an ordinary, finite number. {question.check}"
    if value * answer < 0:
        return f"The sign is wrong, and so is the size. {question.check}"
    if answer == 0 or abs(value) > abs(answer):
        in_size = " in size" if value < 0 else ""
        return f"Too large{in_size}. {question.check}"
    return f"Too small{' in size' if value < 0 else ''}. {question.check}"


# --- reading
def read_answer(text: str) -> Typed:
    """A number as people write it: 0.5, −1e-3, 1/3, 5*3, nan, inf. Refused with a sentence otherwise.

    >>> read_answer("5 × 3").value, read_answer("0.707").digits, read_answer("= −∞").value
    (15.0, 3, -inf)
    """
    cleaned = text.strip().removeprefix("=").strip().replace(MINUS, "-")
    if len(cleaned) > LONGEST_ANSWER:
        raise Refused("That is too long for a number. Type one such as 3, -0.5 or 1/3.")
    word = cleaned.lower().lstrip("+-")
    if word in _WORDS:
        return Typed(-_WORDS[word] if cleaned.startswith("-") else _WORDS[word])
    try:
        return _with_digits(read_number(cleaned), cleaned)
    except Refused as refusal:
        number = _calculated(cleaned) if "," not in cleaned else None
        if number is None:
            raise Refused(_why_not(cleaned, str(refusal))) from None
        return Typed(number)


def _why_not(text: str, refusal: str) -> str:
    if not text or "," in text:
        return refusal
    return f"“{text}” is not a number. Type one such as 3, -0.5, 1e-3 or 1/3."


def _with_digits(value: float, text: str) -> Typed:
    try:
        number = Decimal(text).as_tuple()
    except InvalidOperation:  # its exponent is longer than Decimal takes: it is 0 to whoever calculates
        return Typed(value)
    exponent = number.exponent
    unit = 10.0**exponent if isinstance(exponent, int) and -300 < exponent < 300 else 0.0
    return Typed(value, len(number.digits), unit)


def _calculated(text: str) -> float | None:
    """What simple arithmetic comes to; None for anything else."""
    try:
        statements = Reader(text, ARITIES).statements()
    except TextError:
        return None
    if len(statements) != 1 or _has_names(statements[0].tree):
        return None
    with np.errstate(all="ignore"):
        return float(evaluate(statements[0].tree, {}, VALUE_FUNCTIONS))


def _has_names(tree: Tree) -> bool:
    return isinstance(tree, Name) or (isinstance(tree, Call) and any(map(_has_names, tree.operands)))


def same_number(one: float, other: float) -> bool:
    """Whether two results cannot be told apart by an answer."""
    return is_same(Typed(one), other) or format_number(one) == format_number(other)
