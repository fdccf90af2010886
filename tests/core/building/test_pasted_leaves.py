"""What programs give to what makes a leaf, and to functions by name: no argument is dropped in silence."""

from __future__ import annotations

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.graph_text import to_text
from nodegraph.core.building.text_notes import whole_text_note
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import TextError

ALONE = "an input is written with its value alone, and a decimal with a point: a = input(2.5)"


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ('a = Value(2,5, label="a")', 13),
        ("a = torch.tensor(2,5)", 20),
        ("a = torch.tensor(0,5, requires_grad=True)", 20),
        ("a = np.float64(2, -5)", 19),
        ("a = float(2,5)", 13),
        ("a = np.array(2,5)", 16),
        ("a = np.array([2],[5])", 18),
        ("a = nn.Parameter(1,5)", 20),
        ("a = nn.Parameter(torch.tensor(1,5))", 33),
        ('a = Value(2.0, "a", 5)', 21),
        ("a = Value(2, data=5)", 19),
        ("x = 5.0; a = Value(2, x); y = a*x", 23),
        ("a = Value(x=2)", 5),
        ("y = 3*Value(2,5)", 15),
        ("a = input(2,5)", 5),
    ],
)
def test_a_second_number_for_a_leaf_is_refused_at_its_place(text: str, column: int) -> None:
    with pytest.raises(TextError) as told:
        parse(text)
    assert (told.value.message, told.value.column) == (ALONE, column)


@pytest.mark.parametrize(
    "text",
    [
        "a = Value(2.0, (), 'a')",
        "a = Value(2.0, (b, c), '+', label='a')",
        "a = Value(2.0, set())",
        "a = np.array(2.0, np.float32)",
        "a = np.array(2.0, float)",
        "a = tf.constant(2.0, tf.float32)",
        "a = torch.tensor(2.0, dtype=torch.float64)",
        "a = Value(value=2.0)",
        "a = tf.Variable(initial_value=2.0)",
        "a = Variable(torch.tensor([2.0]), True)",
    ],
)
def test_the_number_of_a_leaf_is_read_beside_its_type_its_label_and_its_children(text: str) -> None:
    assert [(node.name, node.op, node.value) for node in parse(text).nodes()] == [("a", "input", 2.0)]


def test_a_number_that_is_made_a_float_by_its_method_stays_what_it_is() -> None:
    graph = parse("x = torch.tensor(2.0); y = x.float()*3")
    assert run(graph).values["y"] == 6.0


@pytest.mark.parametrize(
    ("text", "trainable"),
    [
        ("b = nn.Parameter(torch.tensor(1.0), False)", False),
        ("b = nn.Parameter(torch.tensor(1.0), requires_grad=False)", False),
        ("b = tf.Variable(1.0, trainable=False)", False),
        ("b = torch.tensor(1.0, requires_grad=True); b.requires_grad = False", False),
        ("b = nn.Parameter(torch.tensor(1.0)); b.requires_grad_(False)", False),
        ("b = torch.tensor(1.0); b.requires_grad_(True)", True),
        ("b = nn.Parameter(torch.tensor(1.0)); x = torch.tensor(2.0, requires_grad=False)", True),
    ],
)
def test_a_leaf_learns_as_what_makes_it_says(text: str, trainable: bool) -> None:
    assert parse(text).node("b").trainable is trainable


@pytest.mark.parametrize(
    ("text", "column", "argument"),
    [
        ("w = [1, 2]; y = sum(w, start=5)", 24, "start"),
        ("w = [1, 2]; y = np.sum(w, initial=5)", 27, "initial"),
        ("w = [1, 2]; y = np.average(w, weights=[3, 4])", 31, "weights"),
        ("w = [1, -2]; y = max(w, key=abs)", 25, "key"),
        ("y = np.sum(x, initial=5)", 15, "initial"),
        ("y = nn.Tanh()(x, slope=5)", 18, "slope"),
        ("y = np.sum([x, 2], axis=1)", 20, "axis"),
        ("y = np.exp(x, out=z)", 15, "out"),
        ("y = torch.add(x, z, alpha=2)", 21, "alpha"),
        ("y = x.sum(initial=5) + 1", 11, "initial"),
    ],
)
def test_an_argument_by_name_that_changes_a_number_is_refused(text: str, column: int, argument: str) -> None:
    with pytest.raises(TextError, match=f"the argument {argument}= cannot stand in a graph") as told:
        parse(text)
    assert told.value.column == column


@pytest.mark.parametrize(
    "seed", ["L.backward(2)", "L.backward(torch.tensor(2.))", "torch.autograd.backward(L, grad_tensors=g)"]
)
def test_a_seed_of_the_backward_pass_is_refused_unless_it_is_one(seed: str) -> None:
    with pytest.raises(TextError, match="the backward pass begins with 1 here"):
        parse(f"a = Value(2.0); L = 3*a; {seed}")
    for usual in ("L.backward()", "L.backward(torch.ones_like(L), retain_graph=True)", "L.backward(None)"):
        assert run(parse(f"a = Value(2.0); L = 3*a; {usual}")).gradients["a"] == 3.0


@pytest.mark.parametrize(
    ("text", "python"),
    [
        ("y = np.sum([x, 2], axis=0)", "y = x + 2"),
        (
            "y = torch.max(torch.stack([x, z]), dim=0, keepdim=True) + sum([x, 2], 0)",
            "y = max(x, z) + (x + 2)",
        ),
        ("y = np.exp(x, dtype=np.float64, out=None)", "y = exp(x)"),
        ("y = 2*x.view(1, -1).reshape((1,)).clone().to(torch.float64)", "y = 2*x"),
        ("y = x.pow(exponent=3) + torch.sub(x, other=z)", "y = x**3 + (x - z)"),
        (
            "y = F.leaky_relu(x, 0.2) + F.leaky_relu(x*z, negative_slope=0.01)",
            "y = max(x, 0.2*x) + leaky_relu(x*z)",
        ),
    ],
)
def test_arguments_that_change_nothing_or_stand_by_name_are_read(text: str, python: str) -> None:
    assert to_text(parse(text)) == to_text(parse(python))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("y = x.view(2, 3)*2", "has no shape"),
        ("y = x.reshape((2,))*2", "has no shape"),
        ("y = x.astype(int)*2", "cuts off decimals"),
        ("y = x.to(dtype=torch.int64)*2", "cuts off decimals"),
        ("y = F.leaky_relu(x*z, 0.2)", r"name the operand .* max\(z, 0.2\*z\)"),
    ],
)
def test_what_a_method_would_do_to_a_number_is_not_dropped(text: str, said: str) -> None:
    with pytest.raises(TextError, match=said):
        parse(text)


def test_the_axis_of_a_list_is_no_number_to_add() -> None:
    for total in ("np.sum(w, 0)", "np.sum(w, axis=0)", "torch.sum(w, dim=0, keepdim=True)"):
        graph = parse(f"w = [1, 2]; y = {total}")
        assert (run(graph).values["y"], len(graph.nodes())) == (3.0, 3)
    with pytest.raises(TextError):
        parse("w = [1, 2]; y = np.sum(w, 1)")


def test_constants_beside_inputs_of_numpy_are_told() -> None:
    graph = parse("import numpy as np\nx = np.float64(2.0)\nw = 3.0\nb = 1.0\ny = w*x + b")
    assert whole_text_note(graph) == (
        "w and b are constants here, which get no gradient; "
        "np.float64(…) around a number makes an input of it."
    )
    derived = "import torch\nx = torch.tensor(2.0, requires_grad=True)\nw = 3.0\ny = w*x\ny.backward()"
    assert whole_text_note(parse(derived)) == ""
