"""What people write before a formula to say what it is: it never takes the place of the formula's name."""

from __future__ import annotations

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.errors import TextError
from nodegraph.core.notation.labels import BEHIND, LABEL, PROSE

LABELLED = [
    "Forward: z = w*x + b\nLoss: L = (z - t)**2",
    "Forward: z = w*x + b; Loss: L = (z - t)**2",
    "hidden: h = tanh(w*x)",
    "L: Loss = (y - t)**2",
    "Verlust: L = (y − t)²",
    "Backpropagation: dL/dw = dL/dy * dy/dw",
    "Hypothesis: h(x) = w*x + b",
    "Update: w -= 0.1*w",
    "Forward:\nz = w*x + b",
    "**Forward:** z = w*x + b",
    "Forward pass: z = w*x + b",
    "Step 1: z = w*x + b",
    "Loss (MSE): L = (y - t)**2",
    "Eq. (1): z = w*x",
    "Given: x = 2, y = 3",
    "1. z = w*x",
    "1) z = w*x",
    "(a) z = w*x",
    "- z = w*x",
    "* z = w*x",
    "• z = w*x",
    r"Forward: z = \frac{w x}{b}",
]
TYPED = [
    "x: float = 2.0",
    "x: 'float' = 2.0",
    "x: Final = 2.0",
    "x: Final[float] = 2.0",
    "x: float | None = 2.0",
    "x: torch.Tensor = torch.tensor(2.0, requires_grad=True)",
    "x: np.ndarray = np.array(2.0)",
    "x: npt.NDArray[np.float64] = np.array(2.0)",
    "x: Value = Value(2.0)",
]


@pytest.mark.parametrize("text", LABELLED)
def test_what_stands_before_a_formula_is_refused_at_its_place_and_takes_no_name(text):
    with pytest.raises(TextError) as refused:
        parse(text)
    assert (refused.value.message, refused.value.line, refused.value.column) == (LABEL, 1, 1)


def test_a_label_further_down_is_refused_there():
    with pytest.raises(TextError) as refused:
        parse("z = w*x\n  Step 2: L = (z - t)**2")
    assert (refused.value.message, refused.value.line, refused.value.column) == (LABEL, 2, 3)


def test_a_label_in_a_function_is_refused_as_well():
    with pytest.raises(TextError) as refused:
        parse("def f(x):\n    Forward: z = x**2\n    return z + 1\ny = f(3.0)")
    assert (refused.value.message, refused.value.line, refused.value.column) == (LABEL, 2, 5)


@pytest.mark.parametrize("typed", TYPED)
def test_the_type_of_a_value_is_no_label(typed):
    graph = parse(f"{typed}\ny = x**2")
    assert [node.name for node in graph.nodes()] == ["x", "y"]


@pytest.mark.parametrize(
    "typed", [*TYPED, "if a > b: x = a", "print('Loss: L = 2')", '"""\nLoss: L = 2\n"""']
)
def test_another_mistake_beside_a_type_is_not_put_down_to_a_label(typed):
    with pytest.raises(TextError) as refused:
        parse(f"{typed}\ny = 2 x")
    assert refused.value.message != LABEL


def test_a_list_with_types_is_read():
    graph = parse("x: list[float] = [1.0, 2.0]\ny = x[0]*x[1]")
    assert [node.name for node in graph.nodes()] == ["x0", "x1", "y"]


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("The loss is L = (y - t)^2", 1),
        ("z = w x + b, where w is the weight", 14),
        ("Suppose that z = w*x + b and L = (z - t)^2", 1),
        ("a neuron computes y = w x + b", 1),
        ("It belongs to a class [1] – so y = w x", 1),
        ("Der Fehler ist groß wo y = w x", 1),
    ],
)
def test_a_sentence_around_a_formula_is_named_as_one(text, column):
    with pytest.raises(TextError) as refused:
        parse(text)
    assert (refused.value.message, refused.value.column) == (PROSE, column)


@pytest.mark.parametrize(
    "text",
    [
        "L = weight input bias",
        "my loss = (y - t)**2",
        "y = sin a cos b",
        "import numpy as np; y = w x",
        "y = sum(v for v in values); z = 2 x",
        "y = w x  # this is the output of the neuron",
        'y = w x; print("this is the output of the neuron")',
    ],
)
def test_names_and_words_of_a_program_side_by_side_are_no_sentence(text):
    with pytest.raises(TextError) as refused:
        parse(text)
    assert refused.value.message != PROSE


def test_a_sentence_around_latex_is_still_passed_over():
    graph = parse("The loss is $L = (y - t)^2$ where y is the output.")
    assert [node.name for node in graph.nodes()] == ["y", "t", "e", "L"]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("z = w*x + b  (forward)", 1, 14),
        ("a = x*2; z = w*x + b (hidden layer 1)", 1, 22),
        ("z = w*x + b  (Eq. 3)", 1, 14),
        ("z = w*x + b   % loss", 1, 15),
        ("z = w*x\nL = z**2 -- the loss", 2, 10),
        ("z = w*x -- forward; L = z**2", 1, 9),
        ("z = w*x // forward pass", 1, 9),
        ("z = w*x <- forward", 1, 9),
    ],
)
def test_words_behind_a_formula_are_refused_at_their_place(text, line, column):
    with pytest.raises(TextError) as refused:
        parse(text)
    assert refused.value.message.startswith(BEHIND)
    assert (refused.value.line, refused.value.column) == (line, column)


@pytest.mark.parametrize(
    "text", ["y = tanh (total)", "y = a - -total", "y = a --b", "y = a*2 # so -- as said", "y = a*(total)"]
)
def test_a_bracket_or_two_signs_of_a_formula_are_no_words_behind_it(text):
    assert parse(text).output == "y"


@pytest.mark.parametrize("imported", ["Money", "Number as Money"])
def test_a_name_that_is_imported_may_be_a_type(imported):
    assert parse(f"from values import {imported}\nx: Money = 2.0\ny = 3*x").output == "y"


def test_a_type_without_a_value_is_passed_over() -> None:
    assert parse("x: float = 2.0\ny: float\ny = x*3").node("y").op == "multiply"
