"""Arithmetic in a typed answer: numbers, constants and functions as people and calculators write them, also
products without a sign. Knows no question.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from nodegraph.core.building.free_names import CONSTANTS
from nodegraph.core.errors import Refused, TextError
from nodegraph.core.operations.catalogue import ARITIES, VALUE_FUNCTIONS
from nodegraph.core.operations.formula import Call, Name, Tree, evaluate
from nodegraph.core.operations.formula_reader import Reader

TOO_LARGE = "is larger than any number here. Type inf or -inf for what is infinite."
_NAME = "name_"
"""What marks a name of the question."""
_OTHER_NAMES = {
    "ln": "log",
    "σ": "sigmoid",
    "sigma": "sigmoid",
    "logistic": "sigmoid",
    "leaky": "leaky_relu",
    "lg": "log10",
    "ld": "log2",
    "lb": "log2",
    "tg": "tan",
    "arctan": "atan",
    "arcsin": "asin",
    "arccos": "acos",
    "sum": "add",
    "prod": "multiply",
    "product": "multiply",
    "pow": "power",
    "avg": "mean",
    "average": "mean",
}
"""How the program, or a calculator, writes functions, where that is not the name of the operation."""


_ROOTS = {"√": "sqrt", "∛": "cbrt", "∜": "root4"}
_OF_ONE_NUMBER: Mapping[str, Callable[[Any], Any]] = {
    "cbrt": np.cbrt,
    "root4": lambda number: np.sqrt(np.sqrt(number)),
    "log10": np.log10,
    "log2": np.log2,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "sech": lambda number: 1 / np.cosh(number),
    "asin": np.arcsin,
    "acos": np.arccos,
    "atan": np.arctan,
}
"""What calculators have and the catalogue has not."""


def _first_row(function: Callable[[Any], Any], rows: Any) -> Any:
    """Apply a function of one number to operands stacked along the first axis, as the catalogue's are."""
    return function(rows[0])


_MORE_FUNCTIONS = {name: partial(_first_row, function) for name, function in _OF_ONE_NUMBER.items()}
_FUNCTIONS: Mapping[str, Callable[[Any], Any]] = {**VALUE_FUNCTIONS, **_MORE_FUNCTIONS}
_ARITIES = {**ARITIES, **dict.fromkeys(_MORE_FUNCTIONS, (1, 1))}
_TOKEN = re.compile(
    r"(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?: ?%)?)|(?P<word>[^\W\d]\w*)|(?P<sign>\*\*|\S)"
)


_INFINITE = re.compile(r"∞|\b(?:inf|infinity)\b", re.IGNORECASE)


def is_function(name: str) -> bool:
    """Whether a name is that of a function here, in small letters or large ones."""
    return name.lower() in _ARITIES or name.lower() in _OTHER_NAMES


def takes_one_number(name: str) -> bool:
    """Whether a function here is one of a single number."""
    return _ARITIES.get(_OTHER_NAMES.get(name.lower(), name.lower())) == (1, 1)


def calculated(text: str, names: Collection[str], told: str) -> tuple[float, bool] | None:
    """Returns what simple arithmetic comes to, and whether its e was read as Euler's number although one of
    the `names` is e; None for anything else. Refused for a formula of names, and for what overflows, which is
    quoted as it was `told`.

    >>> calculated("2*sqrt(16)", (), ""), calculated("e**(-0)", {"e"}, ""), calculated("two", (), "")
    ((8.0, False), (1.0, True), None)
    """
    if re.search(r"\blog ?\([^()]*\d,\d", text):  # log(8,2) may be the logarithm of 8.2
        return None
    text = _INFINITE.sub(lambda match: match[0] if match[0] in names else "(1/0)", text)
    text = re.sub(r"\) ?%", ")/100", text)
    tokens = _with_names(typed := [match[0] for match in _TOKEN.finditer(text)], names)
    is_of_euler = "e" in names and ("e", "E") in zip(typed, tokens, strict=True)
    tokens = [part for token in tokens for part in _apart(token)]
    tokens = _with_powers(_with_roots(_with_bars(tokens)))
    try:
        statements = Reader(_joined(tokens, names), _ARITIES).statements()
    except TextError:
        return None
    if len(statements) != 1 or statements[0].name is not None:
        return None
    tree = statements[0].tree
    if found := sorted({name.removeprefix(_NAME) for name in _names_in(tree)}):
        if all(name in names for name in found):
            is_power = re.search(r"\be ?(?:\*\*|\^)", text) is not None
            raise Refused(_why_no_formula(found, is_name=isinstance(tree, Name), is_power=is_power))
        return None
    overflows: list[str] = []
    with np.errstate(all="ignore", over="call"), np.errstate(call=lambda kind, _: overflows.append(kind)):
        value = float(evaluate(tree, {}, _FUNCTIONS))
    if overflows and not math.isfinite(value):  # as 1/0 is infinite, and this only larger than all numbers
        raise Refused(f"“{told}” {TOO_LARGE}")
    return value, is_of_euler


def _why_no_formula(names: Sequence[str], *, is_name: bool, is_power: bool) -> str:
    if is_name:
        return f"Type a number, not a name: the value of {names[0]}."
    *others, last = names
    if not others:
        of_euler = "; a power of Euler's number is written exp(…)" if is_power and last == "e" else ""
        return f"Type a number, not a formula: put in the value of {last}{of_euler}."
    return f"Type a number, not a formula: put in the values of {', '.join(others)} and {last}."


def _with_names(tokens: list[str], names: Collection[str]) -> list[str]:
    """The tokens with a mark before names that are called as a function but are none here, as in max*2. The e
    of e^(-1) is Euler's number though a node is called e; e^2 may be the square of that node.
    """
    made = list(tokens)
    for place, token in enumerate(tokens):
        behind = tokens[place + 1] if place + 1 < len(tokens) else ""
        power = "".join(tokens[place + 2 : place + 4]).lstrip("(") if behind in ("^", "**") else ""
        if token == "e" and power and not power[0].isdigit():
            made[place] = "E"  # which is a constant, too
        elif token in names and token[0].isalpha() and behind != "(" and not behind[:1].isdigit():
            made[place] = _NAME + token
    return made


def _apart(token: str) -> list[str]:
    """A word as the function and the number that it is made of, such as ln2; else the word as it is."""
    name = token.rstrip("0123456789")
    if name == token or not is_function(name) or token.lower() in _ARITIES:
        return [token]
    return [name, token[len(name) :]]


def _with_powers(tokens: list[str]) -> list[str]:
    """The tokens with sin²(1) as (sin(1))²; sin⁻¹ may mean two things and stays."""
    made = list(tokens)
    for place in reversed(range(len(made) - 5)):
        raised = made[place + 1 : place + 6]
        if made[place][0].isalpha() and raised[:2] == ["**", "("] and raised[3:] == [")", "("]:
            end = _end_of_operand(made, place + 5)
            made[place:end] = ["(", made[place], *made[place + 5 : end], ")", *raised[:4]]
    return made


def _with_bars(tokens: list[str]) -> list[str]:
    """The tokens with |x| as abs(x)."""
    made: list[str] = []
    is_open = 0
    for token in tokens:
        if token != "|":
            made.append(token)
        elif is_open and made and _ends_operand(made[-1]):
            made.append(")")
            is_open -= 1
        else:
            made += ["abs", "("]
            is_open += 1
    return made


def _with_roots(tokens: list[str]) -> list[str]:
    """The tokens with √ as sqrt( ) round the number, bracket or call behind it, and ln 2 as ln(2)."""
    made = list(tokens)
    for place in reversed(range(len(made))):
        if made[place] in _ROOTS or _is_without_bracket(made, place):
            end = _end_of_operand(made, place + 1)
            name = _ROOTS.get(made[place], made[place])
            made[place:end] = [name, "(", *made[place + 1 : end], ")"]
    return made


def _is_without_bracket(tokens: list[str], place: int) -> bool:
    """Whether a function of one number stands before a plain number, with nothing behind it that might belong
    to its operand, as in sin 2 / 3.
    """
    behind = tokens[place + 1 : place + 4]
    if behind[:1] in (["-"], ["+"]):
        del behind[0]
    behind = behind[:2]
    if not takes_one_number(tokens[place]) or not behind or not behind[0][0].isdigit():
        return False
    return len(behind) == 1 or behind[1] in ("+", "-", ")")


def _end_of_operand(tokens: list[str], place: int) -> int:
    """Where the number, constant, bracket or call that begins at a place, maybe with a sign, has ended."""
    while tokens[place : place + 1] in (["-"], ["+"]):
        place += 1
    if tokens[place + 1 : place + 2] == ["("] and tokens[place][:1].isalpha():
        place += 1
    depth = 0
    for end in range(place, len(tokens)):
        depth += (tokens[end] == "(") - (tokens[end] == ")")
        if depth <= 0:
            return end + 1
    return len(tokens)


def _joined(tokens: list[str], names: Collection[str]) -> str:
    """The tokens as expression text: constants and percentages as numbers, * where a product has no sign."""
    made: list[str] = []
    for token in tokens:
        before = made[-1] if made else ""
        if token[0].isalpha() or token == "(":
            is_called = token == "(" and before in _ARITIES
            if _ends_operand(before) and not is_called:
                made.append("*")
        made.append(_meant(token, names))
    return " ".join(made)


def _meant(token: str, names: Collection[str]) -> str:
    if token.endswith("%") and token != "%":
        return f"({token[:-1]}/100)"
    if not token[0].isalpha():
        return token
    known = next((word for word in (token, token.lower()) if word in CONSTANTS), "")
    if known and token not in names:
        return f"({CONSTANTS[known]!r})"
    return _OTHER_NAMES.get(token.lower(), token.lower() if token.lower() in _ARITIES else token)


def _ends_operand(token: str) -> bool:
    """Whether a product may go on behind this token without a sign."""
    return bool(token) and token not in _ARITIES and (token[-1].isalnum() or token[-1] in ")%.")


def _names_in(tree: Tree) -> Iterator[str]:
    """The names that a tree leaves open."""
    if isinstance(tree, Name):
        yield tree.name
    elif isinstance(tree, Call):
        for operand in tree.operands:
            yield from _names_in(operand)
