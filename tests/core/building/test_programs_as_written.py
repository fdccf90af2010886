"""What stands around formulas in programs as people write them: prints, words, blocks, a main, names."""

from __future__ import annotations

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.text_notes import whole_text_note
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import TextError


@pytest.mark.parametrize(
    "made",
    [
        "torch.tensor(3.0).requires_grad_()",
        "torch.tensor(3.0).double().requires_grad_()",
        "torch.tensor([3.0]).to('cpu').requires_grad_(True)",
    ],
)
def test_a_leaf_behind_which_it_is_said_that_it_learns_is_an_input(made: str) -> None:
    graph = parse(f"import torch\nx = {made}\nc = torch.tensor(2.0)\ny = x*c\ny.backward()")
    assert (graph.node("x").op, graph.node("x").trainable) == ("input", True)
    assert run(graph).gradients["x"] == 2
    assert not graph.node("c").trainable


@pytest.mark.parametrize(
    "lines",
    [
        "    y = x**2\n    y.backward()\n    with torch.no_grad():\n        x -= 0.1*x.grad",
        "    with tf.GradientTape() as tape:\n        y = x**2\n    print(tape.gradient(y, x))",
        "    t0 = time.time()\n    y = x**2\n    print(time.time() - t0)",
        "    plt.plot([1, 2])\n    y = x**2\n    plt.show()",
    ],
)
def test_a_main_is_read_as_the_lines_in_it(lines: str) -> None:
    graph = parse(
        f"def main():\n    x = torch.tensor(3.0)\n{lines}\n\nif __name__ == '__main__':\n    main()"
    )
    assert (graph.output, run(graph).values["y"]) == ("y", 9)


def test_a_function_within_a_main_is_called_where_its_value_is_printed() -> None:
    text = "def main():\n    f = lambda x, y: x*y + x\n    x = 2.0\n    y = 3.0\n    print(f(x, y))\nmain()"
    graph = parse(text)
    assert run(graph).values[graph.output or ""] == 8


def test_names_of_a_main_are_those_of_the_program() -> None:
    for above in ("", "def f(x):\n    z = 2*x\n    return z\n"):
        graph = parse(f"{above}def main():\n    x = 2.0\n    z = x*3\n    z += x\n    print(z)\n\nmain()")
        assert graph.output == "z"
        assert run(graph).values["z"] == 8


@pytest.mark.parametrize(
    "text",
    [
        "x = 2.0\ndef f(w):\n    return w*x\ndef main():\n    x = 3.0\n    print(f(x))\nmain()",
        "def f(w):\n    return w*2\ndef main():\n    y = f(3.0)\n    return y\ny = main()",
    ],
)
def test_names_that_a_main_has_for_itself_are_no_others(text: str) -> None:
    graph = parse(text)
    assert run(graph).values[graph.output or ""] == 6


def test_words_in_a_function_are_passed_over() -> None:
    assert run(parse("def f(x):\n    name = 'run'\n    return 2*x\ny = f(3.0)")).values["y"] == 6


@pytest.mark.parametrize(
    "lines",
    [
        "name = 'run 1'\nprint(y)",
        "tf.print(y)",
        "for p in (x,):\n    print(p)",
        "with torch.no_grad():\n    print(y)",
        "with torch.no_grad():\n    '''an update'''\n    x -= 0.1*x.grad",
        "DEBUG = False",
        "with torch.no_grad():\n    import random\n    x -= 0.1*x.grad",
        "config = {'name': 'run', 'epochs': 10}\nprint(config)",
        "config = dict(epochs=10)\nsettings = SimpleNamespace(rate=0.1)",
    ],
)
def test_lines_that_compute_nothing_are_passed_over(lines: str) -> None:
    graph = parse(f"x = torch.tensor(3.0, requires_grad=True)\ny = x**2\n{lines}")
    assert (graph.output, len(graph)) == ("y", 2)


def test_numbers_in_a_dictionary_that_are_used_are_asked_for() -> None:
    with pytest.raises(
        TextError, match="a dictionary cannot stand in a graph; give each number in it"
    ) as told:
        parse("p = {'w': 2.0}\ny = f(p)")
    assert told.value.line == 1


@pytest.mark.parametrize(
    "lines",
    [
        "point = {x: 2, y: 3}\nprint(f.subs(point))",
        "point = {x: 2, y: 3}\nfor s in (x, y):\n    print(s, diff(f, s).subs(point))",
        "point = {'x': 2, 'y': 3}\nprint(f.evalf(subs=point))",
    ],
)
def test_numbers_of_a_named_point_are_those_of_the_inputs(lines: str) -> None:
    graph = parse(f"x, y = sp.symbols('x y')\nf = sp.Pow(x, 2)*y\n{lines}")
    assert (graph.node("x").value, graph.node("y").value, run(graph).values["f"]) == (2, 3, 12)


def test_a_node_without_a_name_has_none_that_the_program_gives_to_something_else() -> None:
    text = (
        "def f(k, h):\n    c = k*h + k\n    g = (c - h*c)*k\n    return g\ne = 2.0\nd = 3.0\nvalue = f(e, d)"
    )
    names = {node.name for node in parse(text).nodes()}
    assert {"value", "c", "e", "d"} <= names
    assert names.isdisjoint({"g", "k", "h", "f"})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x = Decimal('1.5')\ny = x*2", 3),
        ("x = Fraction(3, 2)\ny = x*2", 3),
        ("x = Fraction('3/2')\ny = x*2", 3),
        ("x = sp.Rational('3/2')\ny = x*2", 3),
        ("x = float('1.5')\ny = x*2", 3),
        ("y = Decimal('1.5') + Decimal('.5')*x", 2),
        ("x = jnp.array(2.0)\nw = 3.0\ny = jnp.dot(x, w)", 6),
        ("x = 2.0\nw = 3.0\ny = w.dot(x)", 6),
        ("def f(w, x):\n    return np.dot(w, x) + 1\ny = f(2.0, 3.0)", 7),
        ("def dot(w, x):\n    return w*x + 1\ny = dot(2.0, 3.0)", 7),
        ("x = 2.0\ny = x*3\nsys.exit(0)", 6),
        ("init_printing()\nx = 2.0\ny = x*3\nseed(1)", 6),
        ("from autograd import grad\ndef f(x, grad):\n    return x*grad + grad\nprint(f(2.0, 3.0))", 9),
        ("x = 2.0\ny = x*3\ninput('press Enter')", 6),
        ("x = 2.0\ny = x*3\nwith open('out.txt', 'w') as file:\n    file.write(str(y))", 6),
    ],
)
def test_numbers_as_python_has_them_are_read(text: str, value: float) -> None:
    graph = parse(text)
    assert run(graph).values[graph.output or ""] == value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("y = x*math.tau", r"math\.tau is not known here; write the number that it is: 2\*pi"),
        ("y = x*np.inf", r"np\.inf is no number that can be computed with; leave it out"),
        ("x = float(input('x? '))\ny = x*2", "this asks for a number; write the one that you would type"),
        ("t = True\ny = (x - t)**2", "only plain numbers can stand here; write 1"),
        ("x = float('inf')\ny = x*2", "only plain numbers can stand here$"),
        ("y = np.dot(w, x)", r"there is no function np\.dot; write a1\*b1 \+ a2\*b2"),
    ],
)
def test_what_is_no_number_here_is_refused_with_what_to_write(text: str, said: str) -> None:
    with pytest.raises(TextError, match=said):
        parse(text)


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("import math\nx = 3\ny = x^2", True),
        ("x = 3\ny = x^2\nprint(y)", True),
        ("y = np.exp(-x^2)", True),
        ("y = x^2", False),
        ("import math\ny = x**2  # x^2", False),
        ("y = x**2\nprint('x^2 =', y)", False),
    ],
)
def test_a_caret_in_a_program_is_told_to_be_a_power(text: str, is_told: bool) -> None:
    assert whole_text_note(parse(text)).startswith("^ is a power here, as ** is; in Python it is") is is_told


def test_a_leaf_that_is_shown_last_is_told_to_be_the_output() -> None:
    assert whole_text_note(parse("x = 2.0\ny = x*3\nx")).startswith("The output is x; y is no part of it.")


def test_a_second_value_in_a_function_has_no_name_of_another_one() -> None:
    graph = parse("def f(a):\n    a = a + 1\n    a2 = a*3\n    return a2 + a\ny = f(2.0)")
    assert [run(graph).values[name] for name in ("a", "a2", "y")] == [2, 9, 12]
