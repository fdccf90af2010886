"""A second engine, written differently on purpose: plain numbers, plain recursion, derivatives by hand.

The gradient of a node is asked of whoever uses it, down to the output; nothing here is shared with the
program but the records of the graph.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from nodegraph.core.graph.graph import Graph

Numbers = Sequence[float]


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x > 0 else math.exp(x) / (1 + math.exp(x))


def others(x: Numbers, port: int) -> float:
    return math.prod(value for place, value in enumerate(x) if place != port)


VALUE: dict[str, Callable[[Numbers], float]] = {
    "add": lambda x: sum(x),
    "subtract": lambda x: x[0] - x[1],
    "multiply": lambda x: math.prod(x),
    "divide": lambda x: x[0] / x[1],
    "negate": lambda x: -x[0],
    "power": lambda x: x[0] ** x[1],
    "reciprocal": lambda x: 1 / x[0],
    "square": lambda x: x[0] ** 2,
    "sqrt": lambda x: math.sqrt(x[0]),
    "exp": lambda x: math.exp(x[0]),
    "log": lambda x: math.log(x[0]),
    "sin": lambda x: math.sin(x[0]),
    "cos": lambda x: math.cos(x[0]),
    "tan": lambda x: math.tan(x[0]),
    "tanh": lambda x: math.tanh(x[0]),
    "sigmoid": lambda x: sigmoid(x[0]),
    "relu": lambda x: max(x[0], 0.0),
    "leaky_relu": lambda x: x[0] if x[0] > 0 else 0.01 * x[0],
    "softplus": lambda x: math.log1p(math.exp(-abs(x[0]))) + max(x[0], 0.0),
    "abs": lambda x: abs(x[0]),
    "max": lambda x: max(x),
    "min": lambda x: min(x),
    "mean": lambda x: sum(x) / len(x),
}

SLOPE: dict[str, Callable[[Numbers, int], float]] = {
    "add": lambda x, port: 1.0,
    "subtract": lambda x, port: 1.0 - 2.0 * port,
    "multiply": others,
    "divide": lambda x, port: 1 / x[1] if port == 0 else -x[0] / x[1] ** 2,
    "negate": lambda x, port: -1.0,
    "power": lambda x, port: x[1] * x[0] ** (x[1] - 1) if port == 0 else x[0] ** x[1] * math.log(x[0]),
    "reciprocal": lambda x, port: -(x[0] ** -2),
    "square": lambda x, port: 2 * x[0],
    "sqrt": lambda x, port: 0.5 * x[0] ** -0.5,
    "exp": lambda x, port: math.exp(x[0]),
    "log": lambda x, port: 1 / x[0],
    "sin": lambda x, port: math.cos(x[0]),
    "cos": lambda x, port: -math.sin(x[0]),
    "tan": lambda x, port: 1 / math.cos(x[0]) ** 2,
    "tanh": lambda x, port: 1 / math.cosh(x[0]) ** 2,
    "sigmoid": lambda x, port: sigmoid(x[0]) * sigmoid(-x[0]),
    "relu": lambda x, port: float(x[0] > 0),
    "leaky_relu": lambda x, port: 1.0 if x[0] > 0 else 0.01,
    "softplus": lambda x, port: sigmoid(x[0]),
    "abs": lambda x, port: math.copysign(1.0, x[0]) if x[0] else 0.0,
    "max": lambda x, port: float(x[port] == max(x)) / list(x).count(max(x)),
    "min": lambda x, port: float(x[port] == min(x)) / list(x).count(min(x)),
    "mean": lambda x, port: 1 / len(x),
}


class Oracle:
    """Values and gradients of a complete graph of modest depth, one node at a time."""

    def __init__(self, graph: Graph, output: str) -> None:
        self.nodes = {node.id: node for node in graph.nodes()}
        self.inputs: dict[str, dict[int, str]] = {node_id: {} for node_id in self.nodes}
        for edge in graph.edges():
            self.inputs[edge.target][edge.port] = edge.source
        self.output = output
        self._values: dict[str, float] = {}
        self._gradients: dict[str, float] = {}

    def operands(self, node_id: str) -> list[float]:
        return [self.value(source) for _, source in sorted(self.inputs[node_id].items())]

    def value(self, node_id: str) -> float:
        if node_id not in self._values:
            node = self.nodes[node_id]
            leaf = node.op in ("input", "constant")
            self._values[node_id] = (
                float(node.value or 0.0) if leaf else VALUE[node.op](self.operands(node_id))
            )
        return self._values[node_id]

    def gradient(self, node_id: str) -> float:
        if node_id not in self._gradients:
            total = 1.0 if node_id == self.output else 0.0
            for user, ports in self.inputs.items():
                for port, source in ports.items():
                    if source == node_id and (share := self.gradient(user)):
                        total += share * SLOPE[self.nodes[user].op](self.operands(user), port)
            self._gradients[node_id] = total
        return self._gradients[node_id]
