"""Names of programs that are changed in place, f -= 1: of a number it is read, of all else the true reason is
told.
"""

from __future__ import annotations

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import TextError

LISTS = "is a list, and a node is one number; write a line for each element, under a new name"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("f = np.array([3.2, 5.1, -1.7])\nf -= np.max(f)\nL = f[0]", 2, f"f {LISTS}: f_new0 = f[0] - …"),
        ("w = [1, 2]\nw *= 2\nL = w[0]*w[1]", 2, f"w {LISTS}: w_new0 = w[0] * …"),
        ("s = [a, b]\ns += [c, d][0]\nL = s[0]", 2, f"s {LISTS}: s_new0 = s[0] + …"),
        ("w = [1, 2]\nw += [3]\nL = w[0]*w[1]", 2, "write this element where the list is made: w = […]"),
        (
            "w = [1, 2]\nw[0] += 2\nL = w[0]*w[1]",
            2,
            "an element has its value where the list is made, w = […]",
        ),
        (
            "w = [1, 2]\nw[0] = 2\nL = w[0]*w[1]",
            2,
            "an element has its value where the list is made, w = […]",
        ),
        ("def f(x):\n    return x*x\nf += 1\nL = f(3.0)", 3, "f is a function, and no value"),
        (
            "def f(x):\n    return x*x\ng = jax.grad(f)(3.0)\ng += 1\nL = 2*x",
            4,
            "a gradient cannot stand in a graph",
        ),
        (
            "x = torch.tensor(2.0, requires_grad=True)\ny = x.detach()\ny += 1\nL = y*x",
            3,
            r"what .detach() gives has no gradient",
        ),
    ],
)
def test_what_is_no_number_and_is_changed_in_place_is_told_as_what_it_is(
    text: str, line: int, said: str
) -> None:
    with pytest.raises(TextError) as told:
        parse(text)
    assert said in told.value.message
    assert told.value.line == line


def test_a_value_that_comes_with_its_gradient_can_be_changed_in_place() -> None:
    graph = parse("def f(x):\n    return x*x\nL, g = jax.value_and_grad(f)(3.0)\nL += 1\nM = L*2")
    assert run(graph).values["M"] == 20.0


def test_a_list_to_which_a_program_appends_what_it_shows_may_grow_by_a_list() -> None:
    graph = parse("losses = []\nL = x*x\nlosses += [L]\nlosses.append(L)")
    assert [node.id for node in graph.nodes()] == ["x", "L"]
