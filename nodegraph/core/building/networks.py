"""Networks: a neuron, a layer or a multi-layer perceptron as the scalar graph it is, made as one Change.

Every neuron is Σ wᵢ·xᵢ + b through an activation, in a collapsed group of its own (a large layer in one). As
`edits`: each function returns the Change, or raises Refused with a sentence. Trains nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from nodegraph.core.building.network_draft import (
    CROSS_ENTROPY,
    HINGE,
    LINEAR,
    NO_LOSS,
    NORMAL,
    SOFTMAX,
    SQUARED,
    UNIFORM,
    UNIT,
    Draft,
    numbered,
)
from nodegraph.core.building.network_losses import add_loss
from nodegraph.core.errors import Refused
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.grouping import hidden_nodes
from nodegraph.core.layout.layered import Position
from nodegraph.core.operations.catalogue import ACTIVATION, OPERATIONS

ACTIVATIONS: Mapping[str, str] = {
    **{name: operation.title for name, operation in OPERATIONS.items() if operation.group == ACTIVATION},
    LINEAR: "None (linear)",
}
"""What a neuron may do with its weighted sum, and what people call it."""
LOSSES: Mapping[str, str] = {
    SQUARED: "Squared error",
    CROSS_ENTROPY: "Cross-entropy",
    SOFTMAX: "Cross-entropy of a softmax",
    HINGE: "Hinge",
    NO_LOSS: "None",
}
STARTS: Mapping[str, str] = {
    UNIFORM: "Uniform, by fan-in and fan-out",
    NORMAL: "Normal, by fan-in and fan-out",
    UNIT: "Uniform from −1 to 1, biases 0",
}
"""How weights start, and what people call it."""
MOST_NODES = 2_000
"""Nodes that are made in one go: beyond, nobody reads a scalar graph."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many weights and biases something has, and how many nodes it is made of."""

    parameters: int
    nodes: int


def read_sizes(text: str) -> tuple[int, ...]:
    """The sizes a person typed: inputs, the neurons of each layer, outputs. Refused with a sentence.

    >>> read_sizes("2-4-1"), read_sizes(" 3, 8, 8, 2 ")
    ((2, 4, 1), (3, 8, 8, 2))
    """
    parts = re.split(r"\s*[-–,;x×→]\s*|\s+", text.strip())
    if len(parts) < 2 or not all(part.isdecimal() and part.isascii() for part in parts):
        raise Refused("Write the sizes as 2-4-1: inputs, neurons of each hidden layer, outputs.")
    if any(len(part) > 6 for part in parts):
        raise Refused(f"That is too large; at most {MOST_NODES:,} nodes are made in one go.")
    return _sizes([int(part) for part in parts])


# --- asking, before anything is made
def count_layer(inputs: Sequence[str] | int, neurons: int, activation: str) -> Count:
    """Of a layer that takes these nodes, or as many new inputs; Refused where it cannot be."""
    _demand_known("activation", activation, ACTIVATIONS)
    fan_in = inputs if isinstance(inputs, int) else len(set(inputs))
    _sizes([fan_in, neurons])
    count = _count_neurons(fan_in, neurons, activation)
    return _demand_room(replace(count, nodes=count.nodes + (fan_in if isinstance(inputs, int) else 0)))


def count_mlp(
    sizes: Sequence[int], activation: str, output_activation: str, loss: str, penalty: float = 0.0
) -> Count:
    """Of an MLP with its inputs, targets, loss and L2 penalty; Refused where it cannot be."""
    sizes = _sizes(sizes)
    _demand_known("activation", activation, ACTIVATIONS)
    _demand_known("activation", output_activation, ACTIVATIONS)
    _demand_known("loss", loss, LOSSES)
    suits = output_for(loss, output_activation) == output_activation
    if loss == CROSS_ENTROPY and not suits:
        raise Refused("Cross-entropy needs outputs between 0 and 1; take sigmoid as their activation.")
    if not suits:
        raise Refused(f"{LOSSES[loss]} needs outputs of both signs; take None (linear) as their activation.")
    if loss == SOFTMAX and sizes[-1] < 2:
        raise Refused("A softmax needs two outputs or more, one for each class, as in 2-4-3.")
    if not (math.isfinite(penalty) and penalty >= 0):
        raise Refused("The L2 penalty is a number from 0, such as 0.0001.")
    if penalty and loss == NO_LOSS:
        raise Refused("An L2 penalty is added to a loss; choose one.")
    kinds = [activation] * (len(sizes) - 2) + [output_activation]
    layers = [_count_neurons(*fans, kind) for fans, kind in zip(pairwise(sizes), kinds, strict=True)]
    outputs = sizes[-1]
    several = outputs > 1
    extra = {
        NO_LOSS: 0,
        SQUARED: 3 * outputs + several,
        CROSS_ENTROPY: 9 * outputs + several,
        HINGE: 5 * outputs + several,
        SOFTMAX: 5 * outputs + 5,
    }[loss]
    nodes = sizes[0] + sum(layer.nodes for layer in layers) + extra
    parameters = sum(layer.parameters for layer in layers)
    return _demand_room(Count(parameters, nodes + (parameters + 4 if penalty else 0)))


def output_for(loss: str, activation: str = "sigmoid") -> str:
    """The activation of outputs that a loss takes: this one, or the usual one where it cannot be.

    >>> output_for(HINGE), output_for(HINGE, "tanh"), output_for(CROSS_ENTROPY, "tanh")
    ('linear', 'tanh', 'sigmoid')
    """
    if loss == CROSS_ENTROPY:
        return "sigmoid"
    return LINEAR if loss in (SOFTMAX, HINGE) and activation not in (LINEAR, "tanh") else activation


def neurons_of(activation: str, neurons: int) -> str:
    """So many neurons of an activation, in words.

    >>> neurons_of("tanh", 4), neurons_of("leaky_relu", 1), neurons_of(LINEAR, 2)
    ('4 tanh neurons', '1 Leaky ReLU neuron', '2 linear neurons')
    """
    title = LINEAR if activation == LINEAR else ACTIVATIONS[activation]
    word = title.lower() if title.istitle() else title
    return f"{neurons} {word} neuron{'s' if neurons != 1 else ''}"


def _count_neurons(fan_in: int, neurons: int, activation: str) -> Count:
    return Count((fan_in + 1) * neurons, (2 * fan_in + 2 + (activation != LINEAR)) * neurons)


def ends(graph: Graph, node_ids: Iterable[str]) -> list[str]:
    """Returns what a selection feeds into a new neuron: its nodes, of a collapsed group only its results.

    >>> graph = Graph()
    >>> graph.apply(neuron(graph, 2, "tanh"))
    >>> ends(graph, graph.groups()[0].nodes)
    ['h']
    """
    chosen = sorted(set(node_ids), key=lambda node_id: graph.node(node_id).rank)
    hidden = hidden_nodes(graph)

    def is_end(node_id: str) -> bool:
        inside = hidden.get(node_id)
        return inside is None or all(hidden.get(e.target) != inside for e in graph.edges_from(node_id))

    return [node_id for node_id in chosen if is_end(node_id)]


# --- making
def neuron(
    graph: Graph, inputs: Sequence[str] | int, activation: str, *, seed: int = 0, at: Position | None = None
) -> Change:
    """Make a neuron that takes these nodes, or as many new inputs."""
    return layer(graph, inputs, 1, activation, seed=seed, at=at)


def layer(
    graph: Graph,
    inputs: Sequence[str] | int,
    neurons: int,
    activation: str,
    *,
    seed: int = 0,
    start: str = UNIFORM,
    at: Position | None = None,
) -> Change:
    """Make a layer of neurons, each of which takes all these nodes, or as many new inputs.

    Without `at` its top left is to the right of what feeds it, or beneath everything.
    """
    count_layer(inputs, neurons, activation)
    _demand_known("start", start, STARTS)
    draft = Draft(graph, seed, start)
    given = [] if isinstance(inputs, int) else list(dict.fromkeys(inputs))
    if any(node_id not in graph for node_id in given):
        raise Refused("That node is no longer there.")
    sources = draft.inputs("x", inputs) if isinstance(inputs, int) else given
    names = [f"h{number}" for number in range(1, neurons + 1)] if neurons > 1 else ["h"]
    draft.layer(names, sources, activation, f"Layer: {neurons_of(activation, neurons)}", "blue")
    what = f"a layer of {neurons} neurons" if neurons > 1 else "a neuron"
    return draft.change(f"Insert {what}", at, fed_by=given)


def mlp(
    graph: Graph,
    sizes: Sequence[int],
    activation: str = "tanh",
    output_activation: str = "sigmoid",
    loss: str = SQUARED,
    *,
    seed: int = 0,
    start: str = UNIFORM,
    penalty: float = 0.0,
    at: Position | None = None,
) -> Change:
    """Make a fully connected network of these sizes, its inputs and targets as data, and its loss as output.

    `penalty` is the α of an L2 penalty α·Σ p² over all weights and biases, which is added to the loss.

    >>> graph = Graph()
    >>> graph.apply(mlp(graph, [2, 1], loss=NO_LOSS))
    >>> [node.name for node in graph.nodes()]
    ['x1', 'x2', 'y_w1', 'y_w2', 'y_b', 'y_p1', 'y_p2', 'y_z', 'y']
    """
    count_mlp(sizes, activation, output_activation, loss, penalty)
    _demand_known("start", start, STARTS)
    draft = Draft(graph, seed, start)
    values = draft.inputs("x", sizes[0])
    for number, neurons in enumerate(sizes[1:-1], 1):
        several = len(sizes) > 3
        prefix = f"h{number}_" if several else "h"
        names = [f"{prefix}{place}" for place in range(1, neurons + 1)]
        title = f"Hidden layer{f' {number}' if several else ''}: {neurons_of(activation, neurons)}"
        values = draft.layer(names, values, activation, title, "blue")
    title = f"Output layer: {neurons_of(output_activation, sizes[-1])}"
    names = numbered("z" if loss == SOFTMAX else "y", sizes[-1])
    values = draft.layer(names, values, output_activation, title, "green", ends_apart=loss == CROSS_ENTROPY)
    end = add_loss(draft, values, loss, penalty) if loss != NO_LOSS else None
    return draft.change(f"Insert MLP {'-'.join(map(str, sizes))}", at, end=end)


# --- checks
def _sizes(sizes: Sequence[int]) -> tuple[int, ...]:
    if len(sizes) < 2:
        raise Refused("A network needs at least its inputs and its outputs, such as 2-1.")
    if min(sizes) < 1:
        raise Refused("Each layer needs at least one neuron, and the first at least one input.")
    return tuple(sizes)


def _demand_known(kind: str, name: str, known: Mapping[str, str]) -> None:
    if name not in known:
        raise Refused(f"There is no {kind} “{name}”; there are {', '.join(known)}.")


def _demand_room(count: Count) -> Count:
    if count.nodes > MOST_NODES:
        raise Refused(f"That would be {count.nodes:,} nodes; at most {MOST_NODES:,} are made in one go.")
    return count
