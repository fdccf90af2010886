"""Shapes: test graphs of any size as flat arrays: random ones, networks over rows, chains and wide sums.

As large as memory allows, for nothing here is an object per node; `graph_of` makes a graph of one. Computes
values only to keep them small. Knows no plan.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.errors import Refused
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.edits import set_direction
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, Node
from nodegraph.core.layout.columns import GAPS
from nodegraph.core.layout.heights import ROW_GAP
from nodegraph.core.layout.layered import HEIGHT, WIDTH
from nodegraph.core.operations.catalogue import OPERATIONS

Array = NDArray[np.float64]
Numbers = NDArray[np.int64]

OPS = ("input", "add", "multiply", "tanh", "relu", "exp", "subtract", "square")
"""What nodes of shapes do, by code."""
INPUT, ADD, MULTIPLY, TANH, RELU, EXP = range(6)
SHARES = {ADD: 0.58, MULTIPLY: 0.33, TANH: 0.03, RELU: 0.03, EXP: 0.03}
"""How often an operation stands in a random graph, as a part of all."""
INPUTS_SHARE = 10
"""One in so many nodes of a random graph is an input."""
LARGEST_VALUE = 2.0
"""Beyond it a random graph squeezes a value by tanh, or products of products would leave the numbers."""
BLOCK_SHARE = 8
"""Random nodes are made by the block, an eighth of those there are, and take none of their own block."""


@dataclass(frozen=True, eq=False)
class Shape:
    """Node i does `OPS[codes[i]]` with the nodes `sources[starts[i]:starts[i + 1]]`, by port, all before it.

    The last node is the output. `values` are the inputs' in their order; `data` marks those that hold data.
    """

    codes: NDArray[np.int8]
    starts: Numbers
    sources: NDArray[np.int32]
    values: Array
    data: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.codes)


def random_shape(count: int, seed: int = 0) -> Shape:
    """Operations with one or two inputs from anywhere before; each node leads to the output.

    >>> shape = random_shape(50, seed=1)
    >>> len(shape), int((shape.codes == INPUT).sum())
    (50, 5)
    """
    pick = np.random.default_rng(seed)
    draft = _Draft(pick.uniform(-1.0, 1.0, min(max(2, count // INPUTS_SHARE), (count + 1) // 2)))
    values, used = np.empty(count), np.zeros(count, dtype=bool)
    values[: draft.count] = draft.leaves
    unused = draft.count
    while (room := count - draft.count - (unused - 1)) > 0:
        before = draft.count
        many = min(room // 2, max(1, before // BLOCK_SHARE))
        if many:
            _random_block(draft, values, pick, many, used)
        else:
            alone = np.flatnonzero(~used[:before])[-1:]
            used[alone] = True
            values[draft.add(TANH, alone[None])] = np.tanh(values[alone])
        unused = draft.count - int(used[: draft.count].sum())
    draft.sum_up(np.flatnonzero(~used[: draft.count]))
    return draft.shape()


def mlp_shape(sizes: Sequence[int], rows: int = 1, seed: int = 0) -> Shape:
    """A network of tanh neurons of these sizes, once for each row of data; the output is the sum of the
    squared errors over all rows.
    """
    pick = np.random.default_rng(seed)
    weights = sum((fan_in + 1) * fan_out for fan_in, fan_out in pairwise(sizes))
    data = pick.normal(size=rows * (sizes[0] + sizes[-1]))
    draft = _Draft(np.concatenate([pick.uniform(-1.0, 1.0, weights), data]), weights)
    place = weights + rows * sizes[0]
    layer, targets = np.arange(weights, place).reshape(sizes[0], rows), np.arange(place, draft.count)
    first = 0
    for fan_in, fan_out in pairwise(sizes):
        own = np.arange(first, first + (fan_in + 1) * fan_out).reshape(fan_out, fan_in + 1)
        first += own.size
        mine, theirs = np.broadcast_arrays(own[:, :-1, None], layer[None])
        products = draft.add(MULTIPLY, [mine.ravel(), theirs.ravel()]).reshape(fan_out, fan_in, rows)
        biases = np.broadcast_to(own[:, -1, None], (fan_out, rows))
        sums = draft.add(ADD, [*products.transpose(1, 0, 2).reshape(fan_in, -1), biases.ravel()])
        layer = draft.add(TANH, [sums]).reshape(fan_out, rows)
    errors = draft.add(OPS.index("subtract"), [layer.ravel(), targets])
    draft.sum_up(draft.add(OPS.index("square"), [errors]))
    return draft.shape()


def chain_shape(count: int, seed: int = 0) -> Shape:
    """One operation after the other, as deep as it is large, with a tanh at every tenth place."""
    pick = np.random.default_rng(seed)
    leaves = min(2, (count + 1) // 2)
    codes = np.full(count, ADD, dtype=np.int8)
    codes[1::2] = MULTIPLY
    codes[leaves + 5 :: 10] = TANH
    codes[:leaves] = INPUT
    is_double = codes[leaves:] != TANH
    starts = np.concatenate([np.zeros(leaves + 1, np.int64), np.cumsum(1 + is_double)])
    sources = np.zeros(int(starts[-1]), dtype=np.int32)
    sources[starts[leaves:-1]] = np.arange(leaves - 1, count - 1)
    return Shape(codes, starts, sources, pick.uniform(-1.0, 1.0, leaves), np.zeros(leaves, dtype=bool))


def wide_shape(count: int, seed: int = 0) -> Shape:
    """A sum of products of two inputs each, added up as a balanced tree; half of the nodes are inputs."""
    pairs = (count + 1) // 4
    pick = np.random.default_rng(seed)
    draft = _Draft(pick.uniform(-1.0, 1.0, max(1, 2 * pairs)))
    if pairs:
        draft.sum_up(draft.add(MULTIPLY, np.arange(2 * pairs).reshape(pairs, 2).T))
    while draft.count < count:
        draft.add(TANH, [[draft.count - 1]])
    return draft.shape()


SHAPES: dict[str, Callable[[int, int], Shape]] = {
    "random": random_shape,
    "chain": chain_shape,
    "wide": wide_shape,
}
"""Shapes of a given number of nodes."""


def count_mlp_shape(sizes: Sequence[int], rows: int) -> tuple[int, int]:
    """Returns how many nodes and edges `mlp_shape` makes of this, without making it. Refused where a network
    cannot have these sizes.
    """
    if len(sizes) < 2:
        raise Refused("A network needs at least its inputs and its outputs, such as 2,1.")
    fans = list(pairwise(sizes))
    weights = sum((fan_in + 1) * fan_out for fan_in, fan_out in fans)
    products = rows * sum(fan_in * fan_out for fan_in, fan_out in fans)
    neurons, errors = rows * sum(sizes[1:]), rows * sizes[-1]
    nodes = weights + rows * sizes[0] + products + 2 * neurons + errors + 3 * errors - 1
    return nodes, 3 * products + 2 * neurons + 3 * errors + 2 * (errors - 1)


def graph_of(shape: Shape, direction: Direction = Direction.RIGHT, *, placed: bool = False) -> Graph:
    """Makes the graph of a shape: inputs are named x1, x2…, or w1, w2… in a network, the output L. It is
    `placed` in columns by how far each node is from the inputs, which takes no time, or nowhere.
    """
    network = bool(shape.data.any())
    names, counted = [], dict.fromkeys("xwn", 0)
    for number, code in enumerate(shape.codes.tolist()):
        kind = "n" if code != INPUT else "w" if network and not shape.data[number] else "x"
        counted[kind] += 1
        names.append(f"{kind}{counted[kind]}")
    if len(names) > len(shape.values):
        names[-1] = "L"
    values = dict(enumerate(shape.values.tolist()))
    data = set(np.flatnonzero(shape.data).tolist())
    codes = shape.codes.tolist()
    places = _places(shape, direction) if placed else []
    nodes = []
    for i, name in enumerate(names):
        x, y = places[i] if placed else (None, None)
        nodes.append(Node(name, OPS[codes[i]], name, values.get(i), i not in data, x, y, i))
    sources, starts = shape.sources.tolist(), shape.starts.tolist()
    edges = [
        Edge(names[source], names[i], port)
        for i, (start, stop) in enumerate(pairwise(starts))
        for port, source in enumerate(sources[start:stop])
    ]
    graph = Graph.of(nodes, edges, {"output": names[-1]})
    graph.apply(set_direction(graph, direction))
    return graph


def _places(shape: Shape, direction: Direction) -> list[tuple[float, float]]:
    """Returns a place for each node: in columns about as high as there are of them; turned, in rows."""
    depths = [0] * len(shape)
    sources, starts = shape.sources.tolist(), shape.starts.tolist()
    for number, (start, stop) in enumerate(pairwise(starts)):
        if stop > start:
            depths[number] = 1 + max(depths[source] for source in sources[start:stop])
    rows = max(8, round(len(shape) ** 0.5))
    wide, tall = direction.turned((WIDTH, HEIGHT))
    found, column = np.empty((len(shape), 2)), 0
    order = np.argsort(depths, kind="stable")
    for generation in np.split(order, np.cumsum(np.bincount(depths))[:-1]):
        place = np.arange(len(generation))
        found[generation, 0] = (column + place // rows) * (wide + GAPS[direction].wide)
        found[generation, 1] = place % rows * (tall + ROW_GAP)
        column += -(-len(generation) // rows)
    return [direction.turned((x, y)) for x, y in found.tolist()]


def _random_block(
    draft: _Draft, values: Array, pick: np.random.Generator, many: int, used: NDArray[np.bool_]
) -> None:
    """Adds `many` random nodes, marks what they take as used, and writes their values."""
    before = draft.count
    chosen = pick.choice(list(SHARES), many, p=list(SHARES.values()))
    pairs = pick.integers(0, before, (2, many))
    found = np.empty(many)
    for code in SHARES:
        mine = chosen == code
        inputs = values[pairs[: 2 if code in (ADD, MULTIPLY) else 1, mine]]
        found[mine] = OPERATIONS[OPS[code]].value(inputs)
    too_large = np.abs(found) > LARGEST_VALUE
    chosen[too_large] = TANH
    for code in SHARES:
        mine = chosen == code
        sources = pairs[: 2 if code in (ADD, MULTIPLY) else 1, mine]
        used[sources.ravel()] = True
        made = draft.add(code, sources)
        values[made] = OPERATIONS[OPS[code]].value(values[sources])


class _Draft:
    """A shape in the making: leaves first, then block by block of one operation."""

    def __init__(self, leaves: Array, weights: int | None = None) -> None:
        self.leaves = leaves
        self.data = np.arange(len(leaves)) >= (len(leaves) if weights is None else weights)
        self.count = len(leaves)
        self._codes = [np.full(len(leaves), INPUT, dtype=np.int8)]
        self._arities = [np.zeros(len(leaves), dtype=np.int64)]
        self._sources: list[NDArray[np.int32]] = []

    def add(self, code: int, sources: Sequence[Sequence[int] | Numbers] | Numbers) -> Numbers:
        """Adds nodes of one operation, `sources` of shape (ports, nodes). Returns their numbers."""
        taken = np.asarray(sources, dtype=np.int32)
        arity, many = taken.shape
        self._codes.append(np.full(many, code, dtype=np.int8))
        self._arities.append(np.full(many, arity, dtype=np.int64))
        self._sources.append(taken.T.ravel())
        self.count += many
        return np.arange(self.count - many, self.count)

    def sum_up(self, level: Numbers) -> None:
        """Adds these nodes up in pairs, and the sums again, until one is left."""
        while len(level) > 1:
            odd = level[len(level) & ~1 :]
            level = np.concatenate([self.add(ADD, level[: len(level) & ~1].reshape(-1, 2).T), odd])

    def shape(self) -> Shape:
        """Returns what was made."""
        starts = np.concatenate([[0], np.cumsum(np.concatenate(self._arities))])
        sources = np.concatenate([*self._sources, np.zeros(0, np.int32)])
        return Shape(np.concatenate(self._codes), starts, sources, self.leaves, self.data)
