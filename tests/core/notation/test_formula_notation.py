"""What the program prints of a formula is read back as the same numbers."""

from __future__ import annotations

import random

import numpy as np
import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.errors import TextError
from nodegraph.core.notation import formula_notation, formula_tokens
from nodegraph.core.operations import typed_text
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


@pytest.mark.parametrize(
    "above",
    [
        "import numpy as np",
        "from a.b import (\n  c as d,\n  e,\n)\nfrom .z import *",
        "def f(x, w=None):\n    return -x",
        "for i in range(3):\n    pass\nelse:\n    x = 2",
        "if not a:\n    b = 2\nelif -a:\n    b = 3\nelse:\n    b = 4",
        "try:\n    import z\nexcept (A, B) as e:\n    raise C from e",
        "async def f():\n    async with a as b:\n        yield b",
        "square = lambda v: v*v\nc = [i for i in square]",
        "assert x == 2; x = True",
    ],
)
@pytest.mark.parametrize(
    ("slip", "said", "column"),
    [("y = 2x + 1", r"write \* between two factors", 6), ("y = class*2", "“class” is a word", 5)],
)
def test_a_slip_below_lines_of_a_program_is_told_where_it_stands(
    above: str, slip: str, said: str, column: int
) -> None:
    with pytest.raises(TextError, match=said) as refusal:
        parse(f"{above}\n{slip}")
    assert (refusal.value.line, refusal.value.column) == (above.count("\n") + 2, column)


@pytest.mark.parametrize("text", ["import = 2", "with*2 = y", "y = a as b", "y = 2 lambda x", "y = 2*for"])
def test_a_word_that_begins_no_statement_is_taken_for_a_name(text: str) -> None:
    with pytest.raises(TextError, match="is a word of Python"):
        parse(text)


@pytest.mark.parametrize("name", ["größe", "é1", "Δxy", "x_größe", "Δ", "вес", "אב"])
def test_names_of_other_letters_are_read_back_from_their_latex(name: str) -> None:
    from nodegraph.core.latex.formula_latex import from_latex
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


@pytest.mark.parametrize(
    ("line", "said", "column"),
    [
        ("y = a*b. z = c", "on a line of its own or behind a semicolon", 8),
        ("y = √a b", r"write \* between two factors", 8),
        ("y = is*x", "“is” is a word of Python", 5),
        ("y = a\0", "this character has no meaning", 6),
        ("let y = a", "leave out let", 1),
    ],
)
@pytest.mark.parametrize("begin", ["", ">>> "])
def test_the_cause_of_a_mistake_is_found_far_down_in_a_long_text(
    line: str, said: str, column: int, begin: str
) -> None:
    before = [f"{begin}n{number} = √x{number}×2" for number in range(3_000)]
    text = "\n".join([*before, f"{begin}{line}", f"{begin}z = 1"])
    with pytest.raises(TextError, match=said) as refusal:
        parse(text)
    assert (refusal.value.line, refusal.value.column) == (3_001, column + len(begin))


def test_of_a_long_text_only_what_is_about_a_mistake_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []
    tokens_of = formula_tokens.tokens_of
    monkeypatch.setattr(
        formula_tokens, "tokens_of", lambda text: looked_at.append(len(text)) or tokens_of(text)
    )
    with pytest.raises(TextError, match="line 2, column 1: expected a number"):
        parse("L = x \\\n" * 19_000)
    assert sum(looked_at) < 40_000


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", ";"])
def test_a_text_of_very_many_statements_is_refused_before_it_is_read(
    end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typed_text, "without_prompts", lambda _text: pytest.fail("this was read"))
    with pytest.raises(TextError, match="the text has more than 20,000 lines and semicolons"):
        parse(f"x{end}" * 20_001)
    with pytest.raises(TextError, match="the text has more than 100,000 commas"):
        parse("L = (" + "x," * 100_001)
    for sign in "=<>":
        with pytest.raises(TextError, match=f"the text has more than 200,000 signs {sign}"):
            parse(f"a{sign}" * 200_001)


def test_more_braces_than_pythons_parser_reads_quickly_are_refused() -> None:
    with pytest.raises(TextError, match=r"the text has more than 20,000 braces \{"):
        parse("x = 2\ny = f'" + "{x}" * 20_001 + "'")


def test_a_name_between_marks_is_no_word_that_the_text_has_already() -> None:
    graph = parse("`_name_1_` = `a b` + _name_1_x; L = `a b` * _name_2_")
    assert {node.name for node in graph.nodes()} == {"_name_1_", "a b", "_name_1_x", "L", "_name_2_"}


def test_roots_and_raised_powers_within_each_other_are_read_from_within() -> None:
    text = "√√(1 + sin²(√(x)+cos³(y))) + √-√2 + np.tanh²(x) + sin²(x"
    made = formula_notation.in_python(text).text
    assert made == (
        "sqrt(sqrt((1 + sin**2(sqrt((x))+cos**3(y))))) + sqrt(-sqrt(2)) + np.tanh**2(x) + sin**2(x"
    )
