"""What there is to say about an operation in a few lines: its formula, its local derivatives, an example.
Reads the catalogue's record and writes HTML for tooltips; knows no widget."""

from __future__ import annotations

from functools import cache
from html import escape

import numpy as np

from nodegraph.core.numbers import format_number
from nodegraph.core.operations.catalogue import NOTATIONS, Operation, application, rule_tree
from nodegraph.core.operations.formula import Name, Number, Tree, simplify, substitute
from nodegraph.core.operations.formula_writer import write

LETTERS = "abcdef"


def applied(operation: Operation) -> str:
    """The operation applied to letters: y = a × b."""
    tree = substitute(application(operation.name, operation.least), _letters(operation.least))
    return f"y = {write(tree, NOTATIONS, 'unicode')}"


def rules(operation: Operation) -> list[str]:
    """Its local derivatives: ∂y/∂a = b, ∂y/∂b = a."""
    names = _letters(operation.least)
    return [
        f"∂y/∂{LETTERS[port]} = "
        + write(
            simplify(substitute(rule_tree(operation.name, port, operation.least), names)),
            NOTATIONS,
            "unicode",
        )
        for port in range(operation.least)
    ]


def example(operation: Operation) -> str:
    """One application in numbers, with the slopes there: 2 × 3 = 6, with slopes 3 and 2."""
    sample = operation.samples[0]
    inputs = np.array(sample, dtype=float)[:, None]
    result = operation.value(inputs)
    slopes = operation.local_derivatives(inputs, result)[:, 0]
    numbers: dict[str, Tree] = {f"x{port}": Number(value) for port, value in enumerate(sample)}
    text = write(substitute(application(operation.name, len(sample)), numbers), NOTATIONS, "unicode")
    told = " and ".join(format_number(float(slope), 4) for slope in slopes)
    return f"{text} = {format_number(float(result[0]), 4)}, with slope{'s' * (len(slopes) > 1)} {told}"


@cache  # each window, and the search at each letter, asks for many
def tooltip(operation: Operation) -> str:
    """All of it, for the palette."""
    lines = [f"<b>{escape(operation.title)}</b>", escape(operation.doc)]
    if not operation.is_leaf:
        lines += ["", escape(applied(operation)), escape(", ".join(rules(operation)))]
        lines.append(f"Example: {escape(example(operation))}")
    if operation.domain:
        lines.append(f"Domain: {escape(operation.domain)}.")
    if operation.kinks:
        lines.append(f"Not differentiable {escape(operation.kinks)}.")
    return f"<div style='max-width:320px'>{'<br>'.join(lines)}</div>"


def _letters(count: int) -> dict[str, Tree]:
    return {f"x{port}": Name(LETTERS[port]) for port in range(count)} | {"y": Name("y")}
