"""What nodes of other programs' graphs call themselves, and which operation of the catalogue that means."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from nodegraph.core.errors import Refused
from nodegraph.core.numbers import plain_digits
from nodegraph.core.operations.catalogue import OPERATIONS, similar
from nodegraph.core.quoting import quoted
from nodegraph.formats.limits import MAX_DIGITS

SPOKEN = ("op", "operation", "op_type", "type", "kind", "target", "label", "name", "title")
"""Attributes that may say what a node does, the surest first."""
_SURE = ("op", "operation", "op_type")
"""Those that say nothing else."""
_NO_OPERATION = {
    "", "identity", "output", "result", "return", "copy", "clone", "data", "value", "tensor", "variable",
    "input", "constant", "const", "parameter", "leaf", "placeholder", "accumulategrad",
}  # fmt: skip
NUMBERS = ("value", "data", "val")
"""Attributes that may hold the number of a leaf."""
PORTS = ("port", "key", "index", "arg", "order", "dst_port", "headport")
"""Attributes of edges that may say which input they fill."""
_SIGNS = {
    "+": "add", "-": "subtract", "−": "subtract", "*": "multiply", "×": "multiply", "·": "multiply",
    "/": "divide", "÷": "divide", "^": "power", "**": "power", "**2": "square", "**-1": "reciprocal",
    "x²": "square", "√": "sqrt", "σ": "sigmoid", "|x|": "abs", "placeholder": "input",
    "accumulategrad": "input",
    "truediv": "divide", "rdiv": "divide", "reducemean": "mean", "reducesum": "add", "lrelu": "leaky_relu",
}  # fmt: skip
_AMBIGUOUS = ("minus",)
_KNOWN: Mapping[str, str] = {
    **{
        "".join(filter(str.isalpha, word.lower())): name
        for name, operation in OPERATIONS.items()
        for word in (name, operation.title, *operation.synonyms)
        if word not in _AMBIGUOUS
    },
    **_SIGNS,
}
_NUMBER = re.compile(r"(?:(?:data|value|val)\s*[:=]?\s*)?([-+−]?[\d.]+(?:[eE][-+]?\d+)?)")
_TORCH = re.compile(r"Backward\d*$")
_OTHER_FUNCTIONS = re.compile(r"(relu6|log2|log10|exp2|exp10)(?![^\W_])")
"""Functions of their own, whose last digits do not number them: relu6 ends at 6, log2 has another base."""


def meaning(word: str, given: Mapping[str, str]) -> str | None:
    """Returns the operation that a word means: what is `given` for it, else what the catalogue knows.

    >>> meaning("MulBackward0", {}), meaning("add_12", {}), meaning("MatMul", {"MatMul": "multiply"})
    ('multiply', 'add', 'multiply')
    >>> meaning("h1", {}) is None, meaning("ReLU6", {}) is None
    (True, True)
    """
    return given[word] if word in given else _known_meaning(word)


@lru_cache(maxsize=4_096)
def _known_meaning(word: str) -> str | None:
    plain = without_torch(word).lower()
    if _OTHER_FUNCTIONS.match(plain):
        return None
    letters = re.sub(r"[\W\d_]+", "", plain)
    return _SIGNS.get(plain) or (_KNOWN.get(letters) if len(letters) > 1 else None)


def is_of_torch(word: str) -> bool:
    """Whether a word is one by which torch calls a step of its own backward pass, such as MulBackward0."""
    return _TORCH.search(word) is not None


def without_torch(word: str) -> str:
    """Returns a word without what torch adds for a step of its backward pass."""
    return _TORCH.sub("", word.strip())


def check_given(given: Mapping[str, str]) -> None:
    """Raise Refused where a word is mapped to what is no operation."""
    for word, op in given.items():
        if op not in OPERATIONS:
            near = similar(op)
            hint = f"; did you mean {near}?" if near else "."
            raise Refused(f"“{quoted(word)}” cannot mean {quoted(op)}, which is no operation{hint}")


def said_by(attributes: Mapping[str, Any], node: object) -> list[str]:
    """Returns all that a node says of itself, the surest first, without the parts of a record's label."""
    said = []
    for held in (*(attributes[key] for key in SPOKEN if key in attributes), node):
        text = _text(held)
        said += [part.strip(" {}") for part in text.split("|")] if "|" in text and text != "|x|" else [text]
    return [word for word in said if word]


def only_names(attributes: Mapping[str, Any]) -> bool:
    """Whether a node that says no known operation names none at all, and so may be a name for its input."""
    return all(_text(attributes.get(key)).lower() in _NO_OPERATION for key in _SURE)


def is_of_no_operation(word: str) -> bool:
    """Whether a word says only that a node is fed, holds or passes on something, such as result."""
    return word.lower() in _NO_OPERATION


def claimed_by(attributes: Mapping[str, Any], given: Mapping[str, str]) -> tuple[str, str]:
    """Returns what a node without inputs says that it does, by attributes that speak of nothing else, and the
    operation that this means, "" where nobody knows; two "" where it says nothing.
    """
    said = {key: _text(attributes[key]) for key in SPOKEN if key in attributes}
    for key, word in said.items():
        op = meaning(word, given) or ""
        if key in _SURE and word.lower() not in _NO_OPERATION:
            return word, op
        if op and (key in ("type", "kind", "target") or not any(map(str.isalpha, word))):
            return word, op
    return "", ""


def number_of(name: str, attributes: Mapping[str, Any], said: list[str]) -> float | None:
    """Returns the number that a node holds, by an attribute or in its label, as `data 2.0`; None without.

    Raises Refused, with the node's `name`, for an attribute that should hold a number and holds none.

    >>> number_of("a", {"value": "2.5"}, []), number_of("a", {}, ["a", "data -1"]), number_of("a", {}, ["a"])
    (2.5, -1.0, None)
    """
    for key in NUMBERS:
        held = attributes.get(key)
        if held is None or held == "":
            continue
        number = to_number(held)
        if number is None:
            raise Refused(f"{quoted(name)}: its {key} is {shown(held)}, which is no finite number.")
        return number
    found = (to_number(word) for word in said)
    return next((number for number in found if number is not None), None)


def is_so(name: str, attributes: Mapping[str, Any], key: str, *, usually: bool) -> bool:
    """Returns what an attribute says, as true or as a word such as no; `usually` where it says nothing.

    Raises Refused, with the node's `name`, where it says something else.
    """
    held = attributes.get(key)
    if held is None or held == "":
        return usually
    word = _text(held).lower()
    if word in _YES or word in _NO:
        return word in _YES
    raise Refused(f"{quoted(name)}: its {key} is {shown(held)}, which is neither true nor false.")


_YES, _NO = ("true", "yes", "1"), ("false", "no", "0")


def is_number(word: str) -> bool:
    """Whether a word is a number, such as 2.5; whole ones are mostly what a node is called, and `data 2.5` is
    what a leaf holds that may be trained.
    """
    return not word.isdecimal() and not word[:1].isalpha() and to_number(word) is not None


def said_of_numbers(attributes: Mapping[str, Any], node: object) -> list[str]:
    """Returns what a node says that may be its number: all but a name that only counts the nodes."""
    said = said_by(attributes, node)
    return said[:-1] if _text(node).isdecimal() else said


def _text(held: object) -> str:
    """What an attribute says, without the quotation marks that DOT leaves around it."""
    return "" if held is None else str(held).strip().strip('"')


def to_number(held: Any) -> float | None:
    """Returns the finite number that something is, or that its text is; None where it is none."""
    try:
        if isinstance(held, str):
            found = _NUMBER.fullmatch(plain_digits(_text(held)))
            number = float(found[1].replace("−", "-")) if found else math.nan
        else:
            number = math.nan if isinstance(held, bool) else float(held)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def whole_number(held: Any) -> int | None:
    """Returns the whole number that something is, or that its text is; None where it is none.

    >>> whole_number(2), whole_number("2"), whole_number("two"), whole_number(2.0) is None
    (2, 2, None, True)
    """
    if isinstance(held, str):
        digits = _text(held)
        return int(digits) if digits.isdecimal() and len(digits) <= MAX_DIGITS else None
    return held if isinstance(held, int) else None


def shown(held: Any) -> str:
    """Returns what an attribute holds, for a sentence."""
    text = str(held)[:41]
    return f"“{quoted(text[:40])}{'…' * (len(text) > 40)}”"
