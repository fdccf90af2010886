"""What a program gives names to beside numbers is left out where no formula uses it, and else refused."""

from __future__ import annotations

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.graph_text import to_text
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import TextError


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
