"""The mathematics of random programs: trees whose values and gradients are computed here, by numbers that
carry their derivatives along, so that what nodegraph reads can be held to them.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass, field

LARGEST, NEAREST = 1e4, 1e-2
"""The largest value that is computed, and how near to zero a kink or a divisor may come."""


@dataclass(frozen=True)
class Dual:
    """A number and its derivative by each leaf."""

    value: float
    slopes: Mapping[str, float] = field(default_factory=dict)

    def through(self, value: float, slope: float) -> Dual:
        """What a function makes of it whose value and local derivative are these."""
        return Dual(value, {name: slope * one for name, one in self.slopes.items()})


def joined(value: float, *parts: tuple[float, Dual]) -> Dual:
    """A value with the sum of some derivatives, each times its factor."""
    slopes: dict[str, float] = {}
    for factor, part in parts:
        for name, slope in part.slopes.items():
            slopes[name] = slopes.get(name, 0.0) + factor * slope
    return Dual(value, slopes)


@dataclass(frozen=True)
class Tree:
    """A number or name as it is written (`text`), or an operation on others."""

    op: str
    parts: tuple[Tree, ...] = ()
    text: str = ""

    @property
    def has_name(self) -> bool:
        """Whether a name stands in it, so that it is more than a number."""
        return self.op == "name" or any(part.has_name for part in self.parts)


class Unfit(Exception):
    """A value is too large, or stands at a kink or a pole."""


def computed(tree: Tree, known: Mapping[str, Dual]) -> Dual:
    """Returns the value of a tree and its derivatives. Raises Unfit."""
    if tree.op == "number":
        return Dual(float(tree.text))
    if tree.op == "name":
        return known[tree.text]
    if tree.op == "pi":
        return Dual(math.pi)
    found = _of_two(tree, known) if len(tree.parts) == 2 else _of_one(tree.op, computed(tree.parts[0], known))
    if not abs(found.value) < LARGEST:
        raise Unfit
    return found


def _of_two(tree: Tree, known: Mapping[str, Dual]) -> Dual:
    first, second = (computed(part, known) for part in tree.parts)
    a, b = first.value, second.value
    if tree.op == "+":
        return joined(a + b, (1.0, first), (1.0, second))
    if tree.op == "-":
        return joined(a - b, (1.0, first), (-1.0, second))
    if tree.op == "*":
        return joined(a * b, (b, first), (a, second))
    if tree.op == "/":
        _refuse_near(b)
        return joined(a / b, (1 / b, first), (-a / b / b, second))
    if tree.op == "max":
        _refuse_near(a - b)
        return first if a > b else second
    _refuse_near(a)  # a power, of which the index is a number
    if a < 0 and b != round(b):
        raise Unfit
    return first.through(a**b, b * a ** (b - 1))


def _of_one(op: str, one: Dual) -> Dual:
    x = one.value
    if op in ("relu", "abs"):
        _refuse_near(x)
        slope = (x > 0) if op == "relu" else math.copysign(1, x)
        return one.through(slope * x, float(slope))
    if (op in ("log", "sqrt") and x < NEAREST) or abs(x) > 20:
        raise Unfit
    if op == "sigmoid":
        y = 1 / (1 + math.exp(-x))
        return one.through(y, y * (1 - y))
    if op == "softplus":
        return one.through(math.log1p(math.exp(x)), 1 / (1 + math.exp(-x)))
    value = -x if op == "neg" else x * x if op == "square" else getattr(math, op)(x)
    slope = {
        "neg": -1.0,
        "square": 2 * x,
        "exp": value,
        "tanh": 1 - value * value,
        "log": 1 / (x or 1),
        "sqrt": 0.5 / (value or 1),
        "sin": math.cos(x),
        "cos": -math.sin(x),
    }[op]
    return one.through(value, slope)


def _refuse_near(x: float) -> None:
    if abs(x) < NEAREST:
        raise Unfit


# --- random formulas
FUNCTIONS = ("exp", "log", "tanh", "sin", "cos", "sqrt", "sigmoid", "relu", "abs", "square", "softplus")
NUMBERS = (
    *("2", "3", "0.5", "2.0", "1e-1", "10", "1.5", ".25", "4.", "0.1", "7", "1", "1.0", "1E2", "2.5e-1"),
    *("1_000.0", "100", "0.001"),
)


@dataclass
class Step:
    """A name, and the formula that is its value."""

    name: str
    tree: Tree


@dataclass
class Mathematics:
    """Leaves with the numbers as they are written, steps whose last is the output, and all values."""

    leaves: dict[str, str]
    steps: list[Step]
    known: dict[str, Dual]

    @property
    def output(self) -> Step:
        """The last step."""
        return self.steps[-1]


def make(pick: random.Random, names: tuple[list[str], list[str]], functions: tuple[str, ...]) -> Mathematics:
    """Returns random formulas over leaves and steps of these names."""
    leaves = {name: _leaf(pick) for name in names[0]}
    known = {name: Dual(float(text), {name: 1.0}) for name, text in leaves.items()}
    steps: list[Step] = []
    unused = list(leaves)
    pick.shuffle(unused)
    for place, name in enumerate(names[1]):
        is_last = place == len(names[1]) - 1
        needed = unused if is_last else [unused.pop() for _ in range(min(len(unused), pick.randint(1, 2)))]
        for _ in range(200):
            tree = _tree(pick, pick.randint(1, 3), list(known), functions)
            for one in needed:
                tree = Tree(pick.choice("++-*"), (tree, Tree("name", text=one)))
            try:
                found = computed(tree, known)
            except (Unfit, OverflowError):
                continue
            if found.slopes and tree.op not in ("name", "number"):
                break
        else:
            raise Unfit
        steps.append(Step(name, tree))
        known[name] = found
        unused = [one for one in unused if one not in needed] + [name]
    return Mathematics(leaves, steps, known)


def _leaf(pick: random.Random) -> str:
    value = (
        pick.choice(
            (round(pick.gauss(0, 2), pick.randint(1, 3)), pick.randint(-4, 5), pick.choice((0.5, 2e-2)))
        )
        or 2.0
    )
    return pick.choice((str(value), str(float(value)), f"{value:g}"))


def _tree(pick: random.Random, depth: int, names: list[str], functions: tuple[str, ...]) -> Tree:
    if depth == 0:
        return _end(pick, names)
    below = lambda: _tree(pick, depth - pick.randint(1, depth), names, functions)  # noqa: E731
    kind, inner = pick.random(), below()
    if not inner.has_name:
        inner = Tree("name", text=pick.choice(names))
    if kind < 0.3:
        return _function(pick.choice(functions), inner)
    if kind < 0.4:
        index = pick.choice(("2", "3", "-1", "0.5", "2.0"))
        return Tree("**", (inner, Tree("number", text=index)))
    if kind < 0.47:
        return Tree("neg", (below(),))
    if kind < 0.5:
        return Tree("max", (inner, Tree("name", text=pick.choice(names))))
    return Tree(pick.choice("++-**/"), (below(), below()))


def _function(name: str, inner: Tree) -> Tree:
    """A function of a tree; a logarithm or root of one that is above zero."""
    if name in ("log", "sqrt"):
        inner = Tree("+", (Tree("**", (inner, Tree("number", text="2"))), Tree("number", text="1")))
    return Tree(name, (inner,))


def _end(pick: random.Random, names: list[str]) -> Tree:
    if pick.random() < 0.25:
        return Tree("pi") if pick.random() < 0.1 else Tree("number", text=pick.choice(NUMBERS))
    return Tree("name", text=pick.choice(names))
