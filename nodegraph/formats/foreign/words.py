"""What nodes of other programs' graphs call themselves, and which operation of the catalogue that means."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from nodegraph.core.errors import Refused
from nodegraph.core.operations.catalogue import OPERATIONS, similar
from nodegraph.core.quoting import quoted

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
    if word in given:
        return given[word]
    plain = _TORCH.sub("", word.strip()).lower()
    if _OTHER_FUNCTIONS.match(plain):
        return None
    letters = re.sub(r"[\W\d_]+", "", plain)
    return _SIGNS.get(plain) or (_KNOWN.get(letters) if len(letters) > 1 else None)


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
    for key in (*SPOKEN, None):
        text = str(node if key is None else attributes.get(key, "")).strip().strip('"')
        said += [part.strip(" {}") for part in text.split("|")] if "|" in text and text != "|x|" else [text]
    return [word for word in said if word]


def only_names(attributes: Mapping[str, Any]) -> bool:
    """Whether a node that says no known operation names none at all, and so may be a name for its input."""
    said = (str(attributes.get(key, "")).strip().strip('"').lower() for key in _SURE)
    return all(word in _NO_OPERATION for word in said)


def number_in(attributes: Mapping[str, Any], said: list[str]) -> float | None:
    """Returns the number that a node holds, by an attribute or in its label, as `data 2.0`; None without."""
    for text in [attributes.get(key) for key in NUMBERS] + said:
        found = re.fullmatch(r"(?:(?:data|value)\s*[:=]?\s*)?([-+−]?[\d.]+(?:[eE][-+]?\d+)?)", _plain(text))
        if found:
            try:
                number = float(found[1].replace("−", "-"))
            except ValueError:
                continue
            return number if math.isfinite(number) else None
    return None


def _plain(text: Any) -> str:
    return "" if text is None or isinstance(text, bool) else str(text).strip().strip('"')
