"""Marks: what is unhealthy about a node or an edge in a run: saturated, dead, vanishing, exploding.

Judges the numbers of a trace against stated bounds; computes nothing anew and knows no colour.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from nodegraph.core.graph import EdgeKey
from nodegraph.core.numbers import format_number
from nodegraph.core.trace import Frame, Trace

Kind = Literal["saturated", "dead", "vanishing", "exploding"]

STEEPEST = {"sigmoid": 0.25, "tanh": 1.0, "softplus": 1.0}
"""The steepest slope of each operation that flattens out."""
FLAT = 0.02
"""A slope below this share of the steepest one is saturated: a tanh beyond ±0.99."""
VANISHING, EXPLODING = 1e-4, 1e3
"""Gradients smaller or larger than this, beside the 1 the backward pass starts from."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: its word, and a sentence with the numbers that earned it."""

    kind: Kind
    sentence: str


def marks_of_node(frame: Frame, node_id: str) -> Iterator[Mark]:
    """What is unhealthy about a node, as far as the frame has got."""
    if frame.is_reached(node_id):
        yield from _flatness(frame.trace, (node_id, 0))
    gradient = frame.gradient(node_id)
    arrived, expected = frame.arrived(node_id)
    if gradient is not None and arrived == expected and node_id != frame.trace.seed:
        name = frame.trace.nodes[node_id].name
        yield from _size(gradient, f"The gradient of {name}")


def marks_of_edge(frame: Frame, key: EdgeKey) -> Iterator[Mark]:
    """What is unhealthy about what an edge has carried."""
    carried = frame.contribution(key)
    if carried is None:
        return
    found = list(_flatness(frame.trace, key)) or list(_size(carried[2], "What this edge carries"))
    yield from found


def _flatness(trace: Trace, key: EdgeKey) -> Iterator[Mark]:
    """Whether the operation at the edge's target lets hardly anything through."""
    node, local = trace.nodes[key[0]], trace.local(key)
    if local is None or node.muted or not math.isfinite(local):
        return
    if node.op == "relu" and local == 0:
        value = _number(trace.value(trace.source(key)))
        yield Mark("dead", f"{node.name} is dead: at {value} the relu is 0 and flat, so no gradient passes.")
    steepest = STEEPEST.get(node.op)
    if steepest is not None and abs(local) < FLAT * steepest:
        yield Mark(
            "saturated",
            f"{node.name} is saturated: its slope is {_number(local)} where the steepest is "
            f"{_number(steepest)}, so hardly any gradient passes.",
        )


def _size(gradient: float, what: str) -> Iterator[Mark]:
    if 0 < abs(gradient) < VANISHING:
        yield Mark("vanishing", f"{what} vanishes: {_number(gradient)} moves a weight hardly at all.")
    elif abs(gradient) > EXPLODING:
        yield Mark("exploding", f"{what} explodes: {_number(gradient)} throws a weight far off.")


def _number(value: float | None) -> str:
    return format_number(math.nan if value is None else value, 3)
