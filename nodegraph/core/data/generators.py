"""Generated data: the small sets that playgrounds of neural networks train on, drawn from a seed.

Moons and circles are those of scikit-learn's `make_moons` and `make_circles` with the same seed, to the last
digit; the others have the shapes of the TensorFlow Playground. Nothing is downloaded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.data.kinds import KINDS
from nodegraph.core.errors import Refused
from nodegraph.core.numbers import format_number, is_finite
from nodegraph.core.training.tables import MOST_ROWS, Table

Array = NDArray[np.float64]
Random = np.random.RandomState
"""The generator of numpy whose numbers never change again (NEP 19), and that scikit-learn draws from."""

MOST_NOISE = 1_000.0
MOST_SEED = 2**32 - 1

CIRCLES_FACTOR = 0.8
"""The radius of the inner circle; that of the outer one is 1."""
SPIRAL_TURNS, SPIRAL_RADIUS = 1.75, 5.0
GAUSS_CENTRE, GAUSS_DEVIATION = 2.0, 0.5
XOR_WIDTH, XOR_GAP = 5.0, 0.3
LINE_SLOPE, LINE_START = 2.0, 1.0


def generate(name: str, rows: int = 100, noise: float = 0.0, seed: int = 0, *, signed: bool = False) -> Table:
    """Return a table of a kind of `KINDS`: the columns x1, x2 and t, of a line x and t.

    `noise` is the standard deviation of normal noise on both coordinates of each point, for a line on t.
    With `signed` the classes are −1 and 1, as a hinge loss takes them, in place of 0 and 1. Raises Refused
    for an unknown kind, and where rows, noise or seed are out of bounds.

    >>> generate("moons", 4, seed=1).column("t"), generate("xor", 4, seed=1, signed=True).column("t")
    (array([1., 1., 0., 0.]), array([ 1., -1., -1., -1.]))
    """
    refusal = why_not(name, rows, noise, seed)
    if refusal:
        raise Refused(refusal)
    kind = KINDS[name]
    points, targets = _DRAWN[name](rows, noise, Random(seed))
    if signed and kind.has_classes:
        targets = 2 * targets - 1
    names = ["x"] if points.shape[1] == 1 else [f"x{place}" for place in range(1, points.shape[1] + 1)]
    columns = zip(names, np.ascontiguousarray(points.T), strict=True)
    return Table(kind.title, (*columns, ("t", targets)))


def why_not(name: str, rows: int, noise: float, seed: int) -> str | None:
    """None where such data can be generated, else the sentence that says why not."""
    if name not in KINDS:
        *others, last = KINDS
        return f"There is no kind of data “{name}”; there are {', '.join(others)} and {last}."
    if not 1 <= rows <= MOST_ROWS:
        return f"A table has from 1 to {MOST_ROWS:,} rows, not {rows:,}."
    if not is_finite(noise) or not 0 <= noise <= MOST_NOISE:
        shown = format_number(noise)
        return f"The noise is a deviation from 0 to {format_number(MOST_NOISE)}, not {shown}. Try 0.1."
    if not 0 <= seed <= MOST_SEED:
        return f"A seed is a whole number from 0 to {MOST_SEED:,}, not {seed:,}."
    return None


# --- one function a kind
def _moons(rows: int, noise: float, random: Random) -> tuple[Array, Array]:
    """As `sklearn.datasets.make_moons`, step by step."""
    outer, inner = (np.linspace(0, np.pi, count) for count in _halves(rows))
    first = np.append(np.cos(outer), 1 - np.cos(inner))
    second = np.append(np.sin(outer), 1 - np.sin(inner) - 0.5)
    return _shuffled(np.column_stack([first, second]), noise, random)


def _circles(rows: int, noise: float, random: Random) -> tuple[Array, Array]:
    """As `sklearn.datasets.make_circles`, step by step."""
    outer, inner = (np.linspace(0, 2 * np.pi, count, endpoint=False) for count in _halves(rows))
    first = np.append(np.cos(outer), np.cos(inner) * CIRCLES_FACTOR)
    second = np.append(np.sin(outer), np.sin(inner) * CIRCLES_FACTOR)
    return _shuffled(np.column_stack([first, second]), noise, random)


def _spirals(rows: int, noise: float, random: Random) -> tuple[Array, Array]:
    arms = []
    for count, start in zip(_halves(rows), (np.pi, 0.0), strict=True):
        way = np.arange(count) / max(count, 1)
        angle = 2 * np.pi * SPIRAL_TURNS * way + start
        arms.append(SPIRAL_RADIUS * way[:, None] * np.column_stack([np.sin(angle), np.cos(angle)]))
    return _shuffled(np.concatenate(arms), noise, random)


def _gauss(rows: int, noise: float, random: Random) -> tuple[Array, Array]:
    centres = np.repeat([-GAUSS_CENTRE, GAUSS_CENTRE], _halves(rows))[:, None]
    return _shuffled(centres + random.normal(scale=GAUSS_DEVIATION, size=(rows, 2)), noise, random)


def _xor(rows: int, noise: float, random: Random) -> tuple[Array, Array]:
    """Points of a square without a strip along each axis; 1 where exactly one coordinate is above 0."""
    points = random.uniform(-XOR_WIDTH, XOR_WIDTH, (rows, 2))
    targets = ((points[:, 0] > 0) != (points[:, 1] > 0)).astype(np.float64)
    points += np.copysign(XOR_GAP, points)
    return points + random.normal(scale=noise, size=points.shape), targets


def _line(rows: int, noise: float, random: Random) -> tuple[Array, Array]:
    x = random.uniform(-1, 1, rows)
    return x[:, None], LINE_START + LINE_SLOPE * x + random.normal(scale=noise, size=rows)


def _halves(rows: int) -> tuple[int, int]:
    return rows // 2, rows - rows // 2


def _shuffled(points: Array, noise: float, random: Random) -> tuple[Array, Array]:
    """Points of two classes, those of class 0 first, in random order and with noise."""
    order = np.arange(len(points))
    random.shuffle(order)
    targets = np.repeat([0.0, 1.0], _halves(len(points)))[order]
    noises = random.normal(scale=noise, size=points.shape) if noise else 0.0
    return points[order] + noises, targets


_DRAWN: Mapping[str, Callable[[int, float, Random], tuple[Array, Array]]] = {
    "moons": _moons,
    "circles": _circles,
    "spirals": _spirals,
    "gauss": _gauss,
    "xor": _xor,
    "line": _line,
}
"""What draws so many rows with noise of this deviation: the points, of shape (rows, inputs), and the targets,
of shape (rows,).
"""
