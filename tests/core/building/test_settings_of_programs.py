"""What a program gives names to beside numbers is left out where no formula uses it, and else refused."""

from __future__ import annotations

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.graph_text import to_text
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import TextError
from nodegraph.core.notation.program_arguments import UsedNames


@pytest.mark.parametrize(
    "text",
    [
        "import time\nt0 = time.time()\nx = 3.0\ny = x*2\nprint(time.time() - t0)",
        "start = time.time()\nx = 3.0\ny = x*2\nend = time.time()\nms = (end - start)*1000\nprint(ms)",
        "from time import perf_counter as clock\nt = clock()\nx = 3.0\ny = x*2\nprint(clock() - t)",
        "from datetime import datetime\nt = datetime.now()\nx = 3.0\ny = x*2",
        "device = 'cuda' if is_available() else 'cpu'\nx = torch.tensor(3.0, device=device)\ny = x*2",
        "device = torch.device('cpu')\nx = torch.tensor(3.0).to(device)\ny = x*2",
        "torch.set_default_device(0)\ndtype = torch.float64\nx = torch.tensor(3.0, dtype=dtype)\ny = x*2",
        "DEBUG = True\npath = 'run/1'\nx = None\nx = 3.0\ny = x*2",
        "rng = np.random.default_rng(0)\nkey = jax.random.PRNGKey(0)\nx = 3.0\ny = x*2",
        "x = 3.0\ny = x*2\ntext = 'y = ' + str(y)\nprint(text)",
    ],
)
def test_what_a_program_keeps_beside_its_numbers_is_left_out(text: str) -> None:
    assert run(parse(text)).values["y"] == 6
    assert len([node for node in parse(text).nodes() if node.op == "multiply"]) == 1


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("t = time.time()\ny = x*t", 1, "no function time"),
        ("t = time.time()\nd = time.time() - t\ny = x*d", 1, "no function time"),
        ("rng = np.random.default_rng(0)\nw = rng.normal()\ny = w*2", 1, "write the numbers that it drew"),
        ("t0 = time.time()\nd = 2*x - t0\ny = d*2", 1, "no function time"),
        ("debug = True\ny = x*debug", 1, "only plain numbers"),
        ("debug = 1\ndebug += True\ny = x*debug", 2, "only plain numbers"),
        ("a = 2\nL = True", 2, "only plain numbers"),
        ("device = 'cpu'", 1, "only plain numbers"),
        ("x = 2.0\nprint 'x is', x\ny = x*2", 2, "leave this line out: it computes nothing"),
        ("x = 2.0\nprint x\ny = x*2", 2, "leave this line out: it computes nothing"),
        ('x = 2.0\nprint "done"\ny = x*2', 2, "leave this line out: it computes nothing"),
    ],
)
def test_what_a_formula_uses_is_refused_where_it_stands(text: str, line: int, message: str) -> None:
    with pytest.raises(TextError, match=message) as caught:
        parse(text)
    assert caught.value.line == line


def test_names_of_clocks_are_names_where_they_have_numbers() -> None:
    assert to_text(parse("time = 3; now = 2; y = time*now*x")) == "time = 3\nnow = 2\ny = time * now * x"


def test_a_long_sum_beside_a_setting_is_read() -> None:
    assert len(list(parse("t0 = time.time()\ny = " + "+".join(["x"] * 400)).nodes())) > 1


@pytest.mark.parametrize(
    ("text", "line", "column", "name"),
    [
        ("from scipy.constants import c, h\nE = h*c/500e-9", 2, 5, "h is imported from scipy.constants"),
        ("from config import lr as rate\ny = x*rate", 2, 7, "rate is imported from config"),
        ("from math import pi as p\ny = p*r**2", 2, 5, "p is imported from math"),
        ("from .units import g\ny = -g*t", 2, 6, "g is imported from units"),
        ("from math import tau\ndef f(x):\n    return tau*x\ny = f(2.0)", 3, 12, "tau is imported from math"),
    ],
)
def test_a_number_that_is_imported_is_asked_for(text: str, line: int, column: int, name: str) -> None:
    with pytest.raises(TextError, match=f"{name}; write the number that it is on a line above") as caught:
        parse(text)
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize(
    "text",
    [
        "from math import pi, e, exp\ny = pi*e*x + exp(x)",
        "from scipy.constants import c\nc = 3e8\ny = c*x",
        "from torch import tensor\nx = tensor(2.0)\ny = x*2",
        "from math import *\ny = sin(x)*c",
        "from sympy.abc import x\ny = x**2",
    ],
)
def test_what_is_imported_and_known_is_read(text: str) -> None:
    assert parse(text).output == "y"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x = [1.0, 2.0, 6.0]\nm = sum(x)/len(x)\ny = m*2", 6.0),
        ("x = np.array([1.0, 2.0, 6.0])\nn = len(x)\ny = np.sum(x)*n", 27.0),
        ("def f(x):\n    return sum(x)/len(x)\nw = [1.0, 3.0]\ny = f(w)", 2.0),
    ],
)
def test_the_length_of_a_list_is_a_number(text: str, value: float) -> None:
    assert run(parse(text)).values["y"] == value


def test_names_of_what_functions_compute_are_looked_for_in_work_that_grows_with_the_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def looks(calls: int) -> int:
        asked: list[str] = []
        is_taken = UsedNames.__contains__

        def watched(names: UsedNames, name: str) -> bool:
            asked.append(name)
            return is_taken(names, name)

        with monkeypatch.context() as patch:
            patch.setattr(UsedNames, "__contains__", watched)
            lines = [f"y{number} = f(x + {number})" for number in range(calls)]
            parse("def f(u): return u*u + u\n" + "\n".join(lines))
        return len(asked)

    assert looks(200) < 2.5 * looks(100)
