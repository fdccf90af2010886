"""What the program does where a person lets it do a task of a lesson: one function for each condition, which
returns the deeds after which the condition stands, or None where there is no way. Does nothing itself.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from nodegraph.core.engine.passes import run
from nodegraph.core.engine.trace import Trace
from nodegraph.core.errors import Refused
from nodegraph.core.graph import edits
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import EdgeKey, Node
from nodegraph.lessons.records import EdgeName, NodeName, Wait
from nodegraph.lessons.situation import Situation

MOST_INPUTS, MOST_NODES = 8, 200
"""How many inputs are tried, and in how large a graph, where a computed number is wanted."""
STRIDES = (0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 100.0)
"""How far from its value an input is tried, on both sides."""
HALVINGS = 80


@dataclass(frozen=True)
class Edit:
    """Make a change, which can be undone."""

    change: Change


@dataclass(frozen=True)
class Add:
    """Add a node of this operation where there is room."""

    op: str


@dataclass(frozen=True)
class Seek:
    """Go to this step of the passes."""

    position: int


@dataclass(frozen=True)
class TakeSteps:
    """Take so many steps, one by one."""

    count: int


@dataclass(frozen=True)
class Choose:
    """Select these."""

    nodes: tuple[str, ...]
    edges: tuple[EdgeKey, ...] = ()


@dataclass(frozen=True)
class Run:
    """Do what a command does; not while another one can be done, which stands for its being under way."""

    command: str
    unless: str = ""


Deed: TypeAlias = Edit | Add | Seek | TakeSteps | Choose | Run
Way: TypeAlias = tuple[Deed, ...] | None
Reading: TypeAlias = Callable[[Trace], float | None]

COMPARE: dict[str, Callable[[float, float], bool]] = {
    "=": lambda a, b: abs(a - b) <= 1e-9 * max(1.0, abs(b)),
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}


def compares(wait: Wait, number: float | None) -> bool:
    """Whether a number stands as a wait wants it."""
    return number is not None and wait.relation is not None and COMPARE[wait.relation](number, wait.number)


def node_of(wait: Wait, now: Situation) -> Node | None:
    """Returns the node that a wait names."""
    return now.graph.named(wait.target.name) if isinstance(wait.target, NodeName) else None


# --- the passes, the selection, commands
def take_steps(wait: Wait, _now: Situation) -> Way:
    """As many as are waited for."""
    return (TakeSteps(wait.count),)


def go_there(wait: Wait, now: Situation) -> Way:
    """To the moment that is waited for, where the passes have it."""
    position = wait.moment.position(now.frame.trace) if wait.moment is not None else None
    return None if position is None else (Seek(position),)


def choose(wait: Wait, now: Situation) -> Way:
    """Select the node or the edge."""
    if isinstance(wait.target, EdgeName):
        keys = wait.target.keys(now.graph)
        return (Choose((), tuple(keys[:1])),) if keys else None
    node = node_of(wait, now)
    return None if node is None else (Choose((node.id,)),)


def run_command(command_id: str) -> Callable[[Wait, Situation], Way]:
    """Returns a way that is always this command."""
    return lambda _wait, _now: (Run(command_id),)


def run_action(wait: Wait, _now: Situation) -> Way:
    """The command that the lesson names."""
    return (Run(wait.word),)


# --- the graph
def _edit(change: Callable[[], Change]) -> Way:
    try:
        return (Edit(change()),)
    except Refused:
        return None


def connect(wait: Wait, now: Situation) -> Way:
    """Draw the edge, into the port that is named or the first that is free."""
    graph, named = now.graph, wait.target
    if not isinstance(named, EdgeName):
        return None
    source, target = graph.named(named.source), graph.named(named.target)
    if source is None or target is None:
        return None
    port = edits.free_port(graph, target.id) if named.port is None else named.port
    port = 0 if port is None and edits.port_count(graph, target.id) else port
    return None if port is None else _edit(lambda: edits.connect(graph, source.id, target.id, port))


def disconnect(wait: Wait, now: Situation) -> Way:
    """Take the edge off."""
    keys = wait.target.keys(now.graph) if isinstance(wait.target, EdgeName) else []
    return _edit(lambda: edits.disconnect(now.graph, keys))


def add(wait: Wait, _now: Situation) -> Way:
    """Add a node of the operation."""
    return (Add(wait.word),)


def make_output(wait: Wait, now: Situation) -> Way:
    """Make the node the output."""
    node = node_of(wait, now)
    return None if node is None else _edit(lambda: edits.set_output(now.graph, node.id))


# --- numbers
def give_value(wait: Wait, now: Situation) -> Way:
    """Set the input, or one that the wanted number is computed from."""
    node = node_of(wait, now)
    if node is None:
        return None
    if not node.is_leaf:
        return _by_an_input(wait, now, lambda trace: trace.value(node.id))
    value = (node.value or 0.0) + 1.0 if wait.relation is None else _inside(wait)
    return _edit(lambda: edits.set_value(now.graph, node.id, value))


def _inside(wait: Wait) -> float:
    """Returns a plain number that stands as the wait wants it."""
    far = max(1.0, abs(wait.number) / 4)
    return wait.number + {"<": -far, ">": far}.get(wait.relation or "", 0.0)


def give_gradient(wait: Wait, now: Situation) -> Way:
    """Go to the end of the passes, and set an input where that is not enough."""
    node = node_of(wait, now)
    if node is None:
        return None
    end = Seek(len(now.frame.trace.steps))
    if compares(wait, now.frame.trace.last_frame.gradient(node.id)):
        return (end,)
    found = _by_an_input(wait, now, lambda trace: trace.last_frame.gradient(node.id))
    return None if found is None else (*found, end)


def bring_loss(wait: Wait, now: Situation) -> Way:
    """Train while there is a training; else set an input."""
    if now.trained_loss() is not None:
        return (Run("train.run", unless="train.stop"),)
    output = now.graph.output
    return None if output is None else _by_an_input(wait, now, lambda trace: trace.value(output))


def _by_an_input(wait: Wait, now: Situation, reading: Reading) -> Way:
    """Set one input so that a computed number stands as wanted; None where no value that is tried does it."""
    graph = now.graph
    if len(graph) > MOST_NODES:
        return None
    inputs = [node for node in graph.nodes() if node.op == "input"]
    for node in sorted(inputs, key=lambda node: not node.trainable)[:MOST_INPUTS]:
        found = next(_values(wait, _read_with(graph, node.id, reading), node.value or 0.0), None)
        if found is not None:
            return (Edit(edits.set_value(graph, node.id, found)),)
    return None


def _read_with(graph: Graph, node_id: str, reading: Reading) -> Callable[[float], float | None]:
    other = graph.copy()

    def read(value: float) -> float | None:
        other.apply(edits.set_value(other, node_id, value))
        return reading(run(other))

    return read


def _values(wait: Wait, read: Callable[[float], float | None], before: float) -> Iterator[float]:
    """The values of an input at which the number that is read stands as wanted."""
    tried = sorted({0.0, -before, *(before + way * far for far in STRIDES for way in (-1, 1))})
    numbers = [read(value) for value in tried]
    near = sorted(zip(tried, numbers, strict=True), key=lambda pair: abs(pair[0] - before))
    yield from (value for value, number in near if compares(wait, number))
    for (low, under), (high, over) in pairwise(zip(tried, numbers, strict=True)):
        if under is not None and over is not None and (under < wait.number) != (over < wait.number):
            value = _between(read, low, high, wait.number)
            if compares(wait, read(value)):
                yield value


def _between(read: Callable[[float], float | None], low: float, high: float, wanted: float) -> float:
    """Returns where between two values the number that is read crosses what is wanted."""
    is_under = (read(low) or 0.0) < wanted
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        number = read(middle)
        if number == wanted:
            return middle
        low, high = (middle, high) if ((number or 0.0) < wanted) == is_under else (low, middle)
    return (low + high) / 2
