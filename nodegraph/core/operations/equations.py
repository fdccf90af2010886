"""Equations with numbers in them: which sign is true between two sides, and with how many digits.

A side that is equal to the one before it has `=`; one that was rounded has `≈`; what is stored has `←`. One
that is ∞ for want of room in a floating-point number has `→`.
Numbers are judged as they are printed. Knows trees of formulas and no graph.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, reduce
from typing import Literal

import numpy as np

from nodegraph.core.numbers import EVERY_DIGIT, MINUS, format_number, format_signed, is_negative_zero
from nodegraph.core.operations.catalogue import LEAKY_SLOPE, NOTATIONS, VALUE_FUNCTIONS
from nodegraph.core.operations.formula import PRODUCT, Call, Dialect, Name, Number, Tree, evaluate
from nodegraph.core.operations.formula_writer import write, write_operand

Sign = Literal["=", "≈", "→", "←"]
LATEX_SIGNS: Mapping[Sign, str] = {"=": "=", "≈": r"\approx", "→": r"\to", "←": r"\leftarrow"}

REMEMBERED = 4096
"""Numbers and trees whose exact values are kept: each step of a pass shows many of the last one's again."""
DIGITS = (6, 9, 12, EVERY_DIGIT)
"""With how many digits numbers are tried, until what is printed comes to the result that is printed."""
AGREES = 1e-5
"""How far the two may be apart, as a part of the result: five digits are the same."""
SAME = 1e-14
"""Numbers that differ by no more than this part are one number: arithmetic leaves such a rest."""
LARGEST = Fraction(np.finfo(float).max)
NOISE = 1e-12
"""What rounding may leave of a sum, as a part of its largest term."""
MOST_BITS, MOST_EXPONENT = 40_000, 64
"""Beyond this size of a fraction, or of an exponent, exactness is not looked into."""


@dataclass(frozen=True)
class Side:
    """One side of an equation, and the sign that stands before it."""

    unicode: str
    latex: str
    sign: Sign = "="


NEGATIVE_ZERO = Side(f"{MINUS}0", "-0")


@lru_cache(maxsize=REMEMBERED)
def told(tree: Tree, digits: int = 6, sign: Sign = "=") -> Side:
    """A tree as a side."""
    return Side(write(tree, NOTATIONS, "unicode", digits), write(tree, NOTATIONS, "latex", digits), sign)


def both(written: Callable[[Dialect], str]) -> tuple[str, str]:
    """Returns the same in Unicode and in LaTeX."""
    return written("unicode"), written("latex")


def joined(sides: Sequence[Side], dialect: Dialect = "unicode") -> str:
    """The equation in one line, without sides that were there before."""
    text = ""
    for side in distinct(sides):
        sign = side.sign if dialect == "unicode" else LATEX_SIGNS[side.sign]
        text += f" {sign} {getattr(side, dialect)}" if text else getattr(side, dialect)
    return text


def distinct(sides: Sequence[Side]) -> list[Side]:
    """The sides that say something that was not there before."""
    found: list[Side] = []
    for side in sides:
        if side.unicode and all(side.unicode != other.unicode for other in found):
            found.append(side)
    return found


# --- what is printed
@lru_cache(maxsize=REMEMBERED)
def printed(value: float, digits: int = 6) -> Fraction | None:
    """The number that is read where this one is printed; None for what is not finite."""
    if not math.isfinite(value):
        return None
    return Fraction(format_number(value, digits).replace(MINUS, "-"))


@lru_cache(maxsize=REMEMBERED)
def is_told_whole(value: float, digits: int = 6) -> bool:
    """Whether printing a number does not round it.

    >>> is_told_whole(0.1 + 0.2), is_told_whole(2 / 3), is_told_whole(1e300)
    (True, False, True)
    """
    if not math.isfinite(value):
        return True
    return abs(float(format_number(value, digits).replace(MINUS, "-")) - value) <= SAME * abs(value)


def sign_of(tree: Tree, result: float, digits: int = 6, result_digits: int = 6) -> Sign:
    """The sign between a tree of printed numbers and its printed result.

    >>> third = Call("divide", (Number(2.0), Number(3.0)))
    >>> sign_of(third, 2 / 3), sign_of(Call("multiply", (Number(1001.0), Number(1001.0))), 1002001.0)
    ('≈', '=')
    """
    if not all(math.isfinite(number) for number in numbers_of(tree)):
        return "="
    if math.isnan(result):
        return "="
    found = exact(tree, digits)
    if math.isinf(result):
        return "=" if found is None and _is_pole(tree) else "→"
    return "=" if found is not None and found == printed(result, result_digits) else "≈"


def numbers_of(tree: Tree) -> list[float]:
    """Every number in a tree."""
    if isinstance(tree, Number):
        return [tree.value]
    return [x for operand in tree.operands for x in numbers_of(operand)] if isinstance(tree, Call) else []


def sign_of_numbers(tree: Tree, digits: int = 6) -> Sign:
    """The sign before a tree of numbers that stand for what was named before them."""
    return "=" if all(is_told_whole(number, digits) for number in numbers_of(tree)) else "≈"


# --- numbers that come to a result
def digits_for(tree: Tree, result: float, *, noisy: bool = False) -> int | None:
    """With how many digits the numbers of a tree come to the result; None where not even all of them do,
    since the result was computed in a way that loses less.

    `noisy` results may hold what rounding leaves of a sum: then so many digits stand that the numbers do not
    look as if they cancelled.

    >>> difference = Call("subtract", (Number(0.1 + 0.7), Number(0.8)))
    >>> digits_for(difference, 0.1 + 0.7 - 0.8, noisy=True)
    17
    """
    enough = None
    for digits in DIGITS:
        if comes_to(tree, result, digits, noisy=noisy):
            enough = enough or digits
            if not noisy or not result or exact(tree, digits) != 0:
                return digits
    return enough


def comes_to(tree: Tree, result: float, digits: int, *, noisy: bool = False) -> bool:
    """Whether the tree, with its numbers as they are printed, comes to the result."""
    found = exact(tree, digits)
    if found is not None and abs(found) < LARGEST:
        close = float(found)
    else:
        with np.errstate(all="ignore"):
            close = float(evaluate(_rounded(tree, digits), {}, VALUE_FUNCTIONS))
    if not (math.isfinite(close) and math.isfinite(result)):
        return close == result or (math.isnan(close) and math.isnan(result))
    noise = NOISE * _largest_term(tree) if noisy else 0.0
    return abs(close - result) <= max(AGREES * abs(result), noise)


def _largest_term(tree: Tree) -> float:
    if not isinstance(tree, Call) or tree.op not in ("add", "subtract", "mean"):
        return 0.0
    with np.errstate(all="ignore"):
        terms = [abs(float(evaluate(operand, {}, VALUE_FUNCTIONS))) for operand in tree.operands]
    return max((term for term in terms if math.isfinite(term)), default=0.0)


def _rounded(tree: Tree, digits: int) -> Tree:
    if isinstance(tree, Number) and tree.value == 0:
        return tree  # −0 stays −0, where the writer writes it too
    if isinstance(tree, Number):
        return Number(float(format_number(tree.value, digits).replace(MINUS, "-").replace("∞", "inf")))
    if isinstance(tree, Call):
        return Call(tree.op, tuple(_rounded(operand, digits) for operand in tree.operands))
    return tree


def has_gap(tree: Tree) -> bool:
    """Whether something is left out of a tree, for which … stands."""
    if isinstance(tree, Call):
        return any(map(has_gap, tree.operands))
    return isinstance(tree, Name)


def result_of(result: float) -> Side:
    """A number that something named before is."""
    return told(Number(result), sign=sign_of_numbers(Number(result)))


def value_result(value: float) -> Side:
    """The same for the value of a node, where −0 has its sign."""
    return NEGATIVE_ZERO if is_negative_zero(value) else result_of(value)


def in_numbers(tree: Tree, result: float, *, noisy: bool = False) -> list[Side]:
    """A tree of numbers, and its result: 2 × 3, 6. Only the result where the numbers would not show it."""
    gap = has_gap(tree)
    digits = DIGITS[0] if gap else digits_for(tree, result, noisy=noisy)
    if digits is None:
        return [result_of(result)]
    shown = told(tree, digits, sign_of_numbers(tree, digits))
    if gap:
        return [shown, result_of(result)]
    if shown.unicode == NEGATIVE_ZERO.unicode and is_negative_zero(result):
        return [shown]
    return [shown, told(Number(result), sign=sign_of(tree, result, digits))]


def in_names(tree: Tree) -> Side:
    """A tree of names, its constants with as many digits as they have."""
    return told(tree, _name_digits(tree))


def fixed(tree: Tree, result: float) -> list[Side]:
    """A rule of nothing but constants, and what comes out: 1 / 2, 0.5."""
    digits = _name_digits(tree)
    return [told(tree, digits), told(Number(result), sign=sign_of(tree, result, digits))]


def _name_digits(tree: Tree) -> int:
    return next((digits for digits in DIGITS if sign_of_numbers(tree, digits) == "="), EVERY_DIGIT)


def product(
    factors: Sequence[float], result: float, digits: int = 6, *, signed: bool = False, at_most: bool = False
) -> str:
    """Factors with × between them and their product, in one line; `at_most` in so many digits even where more
    would come to the product.

    >>> product((5.0, -3.0), -15.0), product((1 / 3, 1 / 3), 1 / 9, 4)
    ('5 × (−3) = −15', '0.3333 × 0.3333 ≈ 0.1111')
    """
    last = format_signed(result, digits) if signed else format_number(result, digits)
    if len(factors) < 2:
        return last
    tree = Call("multiply", tuple(map(Number, factors)))
    enough = digits if at_most or digits < DIGITS[0] else digits_for(tree, result) or digits
    sign = sign_of(tree, result, enough, digits)
    return f"{write(tree, NOTATIONS, 'unicode', enough)} {sign} {last}"


def term(tree: Tree, dialect: Dialect, digits: int = 6, *, follows: bool = False) -> str:
    """A tree of numbers as the term of a sum; in brackets where it `follows` a sign and begins with one."""
    return write_operand(tree, NOTATIONS, dialect, digits, needs=PRODUCT, follows=follows)


# --- exactly
@lru_cache(maxsize=REMEMBERED)
def exact(tree: Tree, digits: int = 6) -> Fraction | None:
    """What a tree of printed numbers comes to without any rounding; None where that is no fraction, or a
    function's value that is not known to be one.
    """
    if isinstance(tree, Number):
        return printed(tree.value, digits)
    if isinstance(tree, Name):
        return None
    operands = [exact(operand, digits) for operand in tree.operands]
    known = [operand for operand in operands if operand is not None]
    if len(known) < len(operands) or any(_is_long(operand) for operand in known):
        return None
    rule = _EXACT.get(tree.op)
    if rule is not None:
        return rule(known)
    return Fraction(_AT_POINTS[tree.op][known[0]]) if known[0] in _AT_POINTS.get(tree.op, {}) else None


def _is_long(number: Fraction) -> bool:
    return number.numerator.bit_length() + number.denominator.bit_length() > MOST_BITS


def _is_pole(tree: Tree) -> bool:
    """Whether the tree is infinite by its rule, and not for want of room: 1 / 0, ln(0), 0⁻¹."""
    if not isinstance(tree, Call):
        return False
    if any(_is_pole(operand) for operand in tree.operands):
        return True
    operands = [exact(operand) for operand in tree.operands]
    if tree.op == "divide":
        return operands[1] == 0
    return tree.op in ("reciprocal", "log", "power") and operands[0] == 0


def _power(operands: list[Fraction]) -> Fraction | None:
    base, exponent = operands
    if exponent.denominator == 2:
        root = _root(base)
        return None if root is None else _power([root, exponent * 2])
    whole = exponent.denominator == 1 and abs(exponent) <= MOST_EXPONENT
    if not whole or (base == 0 and exponent < 0):
        return None
    return base ** int(exponent)


def _root(number: Fraction) -> Fraction | None:
    """The square root of a fraction that has one."""
    if number < 0:
        return None
    above, below = math.isqrt(number.numerator), math.isqrt(number.denominator)
    return Fraction(above, below) if Fraction(above, below) ** 2 == number else None


def _divided(above: Fraction, below: Fraction) -> Fraction | None:
    return above / below if below else None


def _product(operands: list[Fraction]) -> Fraction:
    return reduce(lambda one, other: one * other, operands)


_EXACT: Mapping[str, Callable[[list[Fraction]], Fraction | None]] = {
    "add": lambda x: sum(x[1:], x[0]),
    "subtract": lambda x: x[0] - x[1],
    "multiply": _product,
    "divide": lambda x: _divided(x[0], x[1]),
    "negate": lambda x: -x[0],
    "power": _power,
    "reciprocal": lambda x: _divided(Fraction(1), x[0]),
    "square": lambda x: x[0] * x[0],
    "sqrt": lambda x: _root(x[0]),
    "abs": lambda x: abs(x[0]),
    "relu": lambda x: max(x[0], Fraction(0)),
    "leaky_relu": lambda x: x[0] if x[0] > 0 else x[0] * Fraction(str(LEAKY_SLOPE)),
    "max": max,
    "min": min,
    "mean": lambda x: sum(x[1:], x[0]) / len(x),
}
_AT_POINTS: Mapping[str, Mapping[Fraction, Fraction]] = {
    name: {Fraction(place): Fraction(value)}
    for name, place, value in (
        ("exp", 0, "1"),
        ("log", 1, "0"),
        ("sin", 0, "0"),
        ("cos", 0, "1"),
        ("tan", 0, "0"),
        ("tanh", 0, "0"),
        ("sigmoid", 0, "1/2"),
    )
}
"""The one place at which each of these functions has a value that is a fraction."""
