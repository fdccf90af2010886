"""micrograd beside ours: the package's own networks run on our values, and give the same bits.

micrograd keeps the inputs of a value in a set, which hands them out by their places in memory: it adds up the
gradients of one graph in another order from run to run, and their last digits differ. It is held to the order
in which inputs are written; ours is that order.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any

import pytest

from nodegraph.core.values.value import Value

engine = pytest.importorskip("micrograd.engine", reason="micrograd is not installed: the extra bench has it")
nn = pytest.importorskip("micrograd.nn", reason="micrograd is not installed: the extra bench has it")


class InOrder(dict[Any, None]):
    """A set that hands out what it holds in the order in which that came."""

    def __init__(self, items: Iterable[Any] = ()) -> None:
        super().__init__(dict.fromkeys(items))

    def add(self, item: Any) -> None:
        """Put one more in."""
        self[item] = None


@pytest.fixture
def by_turns(
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[Callable[[Any, ModuleType], Any]], tuple[Any, Any]]:
    """Returns what does some work on micrograd's values, then on ours."""
    monkeypatch.setattr(engine, "set", InOrder, raising=False)

    def both(work: Callable[[Any, ModuleType], Any]) -> tuple[Any, Any]:
        found = []
        for kind in (engine.Value, Value):
            monkeypatch.setattr(nn, "Value", kind)
            found.append(work(kind, nn))
        return found[0], found[1]

    return both


def readme(V: Any, nn: ModuleType) -> list[float]:
    """The example of micrograd's README."""
    a, b = V(-4.0), V(2.0)
    c = a + b
    d = a * b + b**3
    c += c + 1
    c += 1 + c + (-a)
    d += d * 2 + (b + a).relu()
    d += 3 * d + (b - a).relu()
    e = c - d
    f = e**2
    g = f / 2.0
    g += 10.0 / f
    g.backward()
    return [g.data, a.grad, b.grad, *(one.grad for one in (c, d, e, f))]


def moons(count: int) -> tuple[list[tuple[float, float]], list[int]]:
    """Points and their kinds, as the demo's."""
    pick = random.Random(1337)
    kinds = [pick.choice((-1, 1)) for _ in range(count)]
    return [(pick.gauss(kind, 0.7), pick.gauss(-kind, 0.7)) for kind in kinds], kinds


def demo(V: Any, nn: ModuleType) -> list[float]:
    """The network and the loss of micrograd's demo, trained over some steps."""
    random.seed(1337)
    model = nn.MLP(2, [16, 16, 1])
    points, kinds = moons(12)
    seen = []
    for step in range(4):
        inputs = [list(map(V, point)) for point in points]
        scores = list(map(model, inputs))
        losses = [(1 + -kind * score).relu() for kind, score in zip(kinds, scores, strict=True)]
        data_loss = sum(losses) * (1.0 / len(losses))
        reg_loss = 1e-4 * sum(p * p for p in model.parameters())
        total = data_loss + reg_loss
        model.zero_grad()
        total.backward()
        rate = 1.0 - 0.9 * step / 100
        for p in model.parameters():
            p.data -= rate * p.grad
        seen += [total.data, *(p.grad for p in model.parameters())]
    return seen


def lecture(V: Any, nn: ModuleType) -> list[float]:
    """Passes that add up, over a graph whose leaves were changed meanwhile."""
    x, w = V(1.5), V(-0.5)
    h = x * w - w / x + (x - 2) ** 3
    y = h * h + h.relu()
    y.backward()
    w.data -= 0.1 * w.grad
    y.backward()
    x.data += 0.25
    h.data = -1.0
    h.backward()
    return [y.data, h.data, x.grad, w.grad, h.grad, y.grad]


@pytest.mark.parametrize("work", [readme, demo, lecture])
def test_numbers_are_micrograd_s_bit_for_bit(by_turns: Any, work: Callable[..., Any]) -> None:
    theirs, ours = by_turns(work)
    assert ours == theirs


def test_the_printed_forms_of_values_and_networks_are_micrograd_s(by_turns: Any) -> None:
    def printed(V: Any, nn: ModuleType) -> list[str]:
        random.seed(3)
        x = V(2)
        y = (x * 3 - 1) ** 2 / 4.0 + x.relu()
        return [repr(x), repr(y), y._op, repr(nn.MLP(2, [3, 1])), repr(nn.MLP(2, [3, 1])([x, 1.0]))]

    theirs, ours = by_turns(printed)
    assert ours == theirs


def test_random_formulas_give_the_same_bits(by_turns: Any) -> None:
    def random_formula(V: Any, nn: ModuleType) -> list[float]:
        pick = random.Random(7)
        leaves = [V(pick.uniform(-2, 2)) for _ in range(8)]
        values = list(leaves)
        for _ in range(300):
            a, b = pick.choice(values), pick.choice(values[-12:])
            values.append(
                pick.choice((a + b, a * b, a - b, (a - b).relu(), a**2 + b, 0.5 * b - 1, b / (a**2 + 1)))
            )
            if abs(values[-1].data) > 1e3:
                values[-1] = values[-1] / values[-1].data
        values[-1].backward()
        return [values[-1].data, *(leaf.grad for leaf in leaves)]

    theirs, ours = by_turns(random_formula)
    assert ours == theirs
