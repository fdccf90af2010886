"""What the program prints of a formula is read back as the same numbers."""

from __future__ import annotations

import random

import numpy as np
import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.errors import TextError
from nodegraph.core.operations.catalogue import ARITIES, NOTATIONS, VALUE_FUNCTIONS
from nodegraph.core.operations.formula import Call, Name, Number, Tree, evaluate
from nodegraph.core.operations.formula_reader import Reader
from nodegraph.core.operations.formula_writer import write

VALUES = {"x": np.float64(1.3), "w1": np.float64(-0.7), "θ": np.float64(2.5)}
LEAVES = (*map(Name, VALUES), *map(Number, (2.0, -3.0, 0.5, 1e-6, 1e20, -1.5e-7)))


def random_tree(chance: random.Random, depth: int) -> Tree:
    if depth == 0 or chance.random() < 0.15:
        return chance.choice(LEAVES)
    op = chance.choice(list(ARITIES))
    least, most = ARITIES[op]
    count = least if most else chance.choice([2, 3])
    return Call(op, tuple(random_tree(chance, depth - 1) for _ in range(count)))


@pytest.mark.parametrize("seed", range(5))
def test_every_formula_as_it_is_printed_is_read_back(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(60):
        tree = random_tree(chance, chance.randint(1, 4))
        text = write(tree, NOTATIONS, "unicode")
        (statement,) = Reader(f"y = {text}", ARITIES).statements()
        with np.errstate(all="ignore"):
            expected = evaluate(tree, VALUES, VALUE_FUNCTIONS)
            found = evaluate(statement.tree, VALUES, VALUE_FUNCTIONS)
        assert found == pytest.approx(expected, rel=1e-9, nan_ok=True), text


@pytest.mark.parametrize(
    ("text", "word", "column"),
    [
        ("lambda = 3; y = lambda*x", "lambda", 1),
        ("y = class*2", "class", 5),
        ("y = in*x", "in", 5),
        ("is = 3; y = is*x", "is", 1),
        ("y = x + not*w", "not", 9),
    ],
)
def test_a_word_of_python_is_named_where_it_stands_for_a_name(text: str, word: str, column: int) -> None:
    with pytest.raises(TextError, match=f"“{word}” is a word of Python.*backticks: `{word}`") as refusal:
        parse(text)
    assert refusal.value.column == column
    assert parse(text.replace(word, f"`{word}`")).named(word) is not None


@pytest.mark.parametrize("name", ["größe", "é1", "Δxy", "x_größe", "Δ", "вес", "אב"])
def test_names_of_other_letters_are_read_back_from_their_latex(name: str) -> None:
    from nodegraph.core.notation.formula_latex import from_latex
    from nodegraph.core.operations.formula_writer import write_name

    assert from_latex(f"L = {write_name(name, 'latex')}").text == f"L = {name}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("L = " + "√" * 20_000 + "2", "this is nested too deeply"),
        (r"\sum_{i=1}^{200}" * 6 + " x_i", "sums and products are written out to 10,000 terms in all"),
    ],
)
def test_what_would_take_very_long_to_write_out_is_refused_at_once(text: str, said: str) -> None:
    with pytest.raises(TextError, match=said):
        parse(text)
