"""Questions about random graphs, whose answers, and what each sentence about a wrong one claims, are computed
here once more, by rules and passes of their own.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run, run_forward_mode
from nodegraph.core.engine.trace import Trace
from nodegraph.core.explain.answers import Question
from nodegraph.core.graph.edits import set_muted
from nodegraph.core.graph.graph import Graph

Numbers = Sequence[float]


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x > -700 else 0.0


def _share(x: Numbers, p: int, best: float) -> float:
    return 1 / list(x).count(best) if x[p] == best else 0.0


VALUES: dict[str, Callable[[Numbers], float]] = {
    "add": lambda x: sum(x),
    "multiply": lambda x: math.prod(x),
    "mean": lambda x: sum(x) / len(x),
    "max": max,
    "min": min,
    "subtract": lambda x: x[0] - x[1],
    "divide": lambda x: x[0] / x[1],
    "power": lambda x: x[0] ** x[1],
    "reciprocal": lambda x: 1 / x[0],
    "square": lambda x: x[0] * x[0],
    "sqrt": lambda x: math.sqrt(x[0]),
    "exp": lambda x: math.exp(x[0]),
    "log": lambda x: math.log(x[0]),
    "sin": lambda x: math.sin(x[0]),
    "cos": lambda x: math.cos(x[0]),
    "tan": lambda x: math.tan(x[0]),
    "tanh": lambda x: math.tanh(x[0]),
    "sigmoid": lambda x: _sigmoid(x[0]),
    "relu": lambda x: max(x[0], 0.0),
    "leaky_relu": lambda x: x[0] if x[0] > 0 else 0.01 * x[0],
    "softplus": lambda x: math.log1p(math.exp(x[0])),
    "abs": lambda x: abs(x[0]),
    "negate": lambda x: -x[0],
}
SLOPES: dict[str, Callable[[Numbers, int], float]] = {
    "add": lambda x, p: 1.0,
    "multiply": lambda x, p: math.prod(v for place, v in enumerate(x) if place != p),
    "mean": lambda x, p: 1 / len(x),
    "max": lambda x, p: _share(x, p, max(x)),
    "min": lambda x, p: _share(x, p, min(x)),
    "subtract": lambda x, p: -1.0 if p else 1.0,
    "divide": lambda x, p: -x[0] / x[1] ** 2 if p else 1 / x[1],
    "power": lambda x, p: math.log(x[0]) * x[0] ** x[1] if p else x[1] * x[0] ** (x[1] - 1),
    "reciprocal": lambda x, p: -1 / x[0] ** 2,
    "square": lambda x, p: 2 * x[0],
    "sqrt": lambda x, p: 0.5 / math.sqrt(x[0]),
    "exp": lambda x, p: math.exp(x[0]),
    "log": lambda x, p: 1 / x[0],
    "sin": lambda x, p: math.cos(x[0]),
    "cos": lambda x, p: -math.sin(x[0]),
    "tan": lambda x, p: 1 / math.cos(x[0]) ** 2,
    "tanh": lambda x, p: 1 / math.cosh(x[0]) ** 2,
    "sigmoid": lambda x, p: _sigmoid(x[0]) * _sigmoid(-x[0]),
    "relu": lambda x, p: float(x[0] > 0),
    "leaky_relu": lambda x, p: 1.0 if x[0] > 0 else 0.01,
    "softplus": lambda x, p: _sigmoid(x[0]),
    "abs": lambda x, p: float(x[0] > 0) - float(x[0] < 0),
    "negate": lambda x, p: -1.0,
}
MANY = ("add", "multiply", "mean", "max", "min")
TWO = ("subtract", "divide", "power")
ONE = tuple(name for name in VALUES if name not in (*MANY, *TWO))


@dataclass
class Made:
    """A random graph as it was made, with its own numbers; `sources` are names, `worth` values by name."""

    ops: dict[str, str] = field(default_factory=dict)
    sources: dict[str, list[str]] = field(default_factory=dict)
    worth: dict[str, float] = field(default_factory=dict)
    muted: str = ""
    output: str = ""
    seed: str = ""
    left: dict[str, float] = field(default_factory=dict)
    gradients: dict[str, float] = field(default_factory=dict)
    slopes: dict[tuple[str, int], float] = field(default_factory=dict)
    """Local derivatives where the rules here know none, as the program has them."""
    graph: Graph = field(default_factory=Graph)

    @property
    def is_forward(self) -> bool:
        """Whether derivatives run forward, from an input."""
        return self.seed != self.output

    def operands(self, name: str) -> list[float]:
        """The values of a node's inputs."""
        return [self.worth[source] for source in self.sources[name]]

    def local(self, name: str, port: int) -> float:
        """The local derivative of a node by one of its inputs."""
        if name == self.muted:
            return float(port == 0)
        known = not any(map(math.isnan, self.operands(name)))
        found = _or_nan(lambda: SLOPES[self.ops[name]](self.operands(name), port)) if known else math.nan
        return self.slopes.get((name, port), found) if math.isnan(found) else found

    def parts(self, name: str) -> list[float]:
        """The contributions that arrive at a node, those that count in the order of the graph."""
        return [self.gradients[giver] * self.local(node, port) for node, port, giver in self.edges_to(name)]

    def edges_to(self, name: str) -> list[tuple[str, int, str]]:
        """The edges that carry derivatives to a node: node and port, and the node that hands on."""
        edges = [(node, p, source) for node, of in self.sources.items() for p, source in enumerate(of)]
        edges = [edge for edge in edges if edge[0] != self.muted or edge[1] == 0]
        if self.is_forward:
            return [(node, p, source) for node, p, source in edges if node == name and self._moves(source)]
        return [(node, p, node) for node, p, source in edges if source == name and self._counts(node)]

    def _moves(self, name: str) -> bool:
        return name == self.seed or any(map(self._moves, self.active(name)))

    def _counts(self, name: str) -> bool:
        return name == self.output or any(
            self._counts(node) for node in self.sources if name in self.active(node)
        )

    def active(self, name: str) -> list[str]:
        """The inputs of a node that count."""
        of = self.sources.get(name, [])
        return of[:1] if name == self.muted else of


def _or_nan(compute: Callable[[], float]) -> float:
    """A number, or NaN where there is none, or where what it is depends on conventions."""
    try:
        found = compute()
    except (ValueError, OverflowError, ZeroDivisionError):
        return math.nan
    return math.nan if isinstance(found, complex) else float(found)


INPUTS = ("a", "b", "c")


def random_graph(pick: random.Random) -> tuple[Made, Trace] | None:
    """Returns a graph with both passes, in either mode; None where numbers are very large, or often where one
    is none.
    """
    made, may_end = Made(), pick.random() < 0.5
    whole = pick.random() < 0.5
    for name in INPUTS:
        made.worth[name] = (
            float(pick.randint(-4, 5)) if whole else round(pick.uniform(-3, 4), pick.randint(1, 3))
        )
    for place in range(pick.randint(2, 6)):
        _add_node(made, f"v{place + 1}", pick)
    made.output = list(made.ops)[-1]
    if pick.random() < 0.1:
        made.muted = pick.choice(list(made.ops))
    for name, op in made.ops.items():
        made.worth[name] = _value(made, name, op)
        if abs(made.worth[name]) > 1e9 or (math.isnan(made.worth[name]) and not may_end):
            return None
    used = {source for of in made.sources.values() for source in of}
    made.seed = pick.choice(sorted(used & set(INPUTS)) or [""]) if pick.random() < 0.3 else made.output
    return (made, _trace(made, used, pick)) if made.seed else None


def _value(made: Made, name: str, op: str) -> float:
    if name == made.muted:
        return made.operands(name)[0]
    if any(map(math.isnan, made.operands(name))):
        return math.nan
    return _or_nan(lambda: VALUES[op](made.operands(name)))


def _add_node(made: Made, name: str, pick: random.Random) -> None:
    group = pick.choice((MANY, MANY, TWO, ONE, ONE))
    before = list(made.worth)
    recent = before[-3:] if pick.random() < 0.6 else before
    count = pick.choice((2, 2, 3)) if group is MANY else 2 if group is TWO else 1
    made.ops[name] = pick.choice(group)
    made.sources[name] = [pick.choice(recent) for _ in range(count)]
    made.worth[name] = 0.0


def _trace(made: Made, used: set[str], pick: random.Random) -> Trace:
    text = "\n".join(f"{name} = {op}({', '.join(made.sources[name])})" for name, op in made.ops.items())
    graph = parse(text, **{name: made.worth[name] for name in INPUTS if name in used})
    if made.muted:
        graph.apply(set_muted(graph, [graph.named(made.muted).id], True))  # type: ignore[union-attr]
    made.graph, order = graph, list(made.worth)
    if made.is_forward:
        trace = run_forward_mode(graph, graph.named(made.seed).id)  # type: ignore[union-attr]
    else:
        if pick.random() < 0.15:
            made.left = {pick.choice(sorted(made.ops)): pick.choice((-3.0, -1.0, 0.5, 2.0))}
        trace = run(graph, left={graph.named(name).id: x for name, x in made.left.items()})  # type: ignore[union-attr]
        order.reverse()
    _take_the_rest(made, trace)
    made.gradients = dict.fromkeys(order, 0.0)
    for name in order:
        made.gradients[name] = made.left.get(name, 0.0) + sum(made.parts(name))
        if name == made.seed:
            made.gradients[name] = 1.0
    return trace


def _take_the_rest(made: Made, trace: Trace) -> None:
    """Take numbers that none of the rules here knows as the program has them: so after a division by 0."""
    ids = {node.name: node_id for node_id, node in trace.nodes.items()}
    for name, of in made.sources.items():
        if math.isnan(made.worth[name]):
            made.worth[name] = trace.values.get(ids[name], math.nan)
        for port in range(len(of)):
            found = trace.local((ids[name], port))
            made.slopes[name, port] = math.nan if found is None else found


def truth(made: Made, trace: Trace, question: Question) -> float:
    """Returns the answer to a question, computed here."""
    name = trace.nodes[question.node].name
    if question.kind == "value":
        return made.worth[name]
    if question.kind == "gradient" or question.edge is None:
        return made.gradients[name]
    node, port = trace.nodes[question.edge[0]].name, question.edge[1]
    local = made.local(node, port)
    giver = made.sources[node][port] if made.is_forward else node
    return local if question.kind == "local" else made.gradients[giver] * local
