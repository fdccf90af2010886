"""The classic mistakes with a question of a pass: which number each of them leads to, and what to say of it.

Reads a trace. A sentence names the factor that is wrong and never the result.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.trace import Trace
from nodegraph.core.explain import chain_rule, slips
from nodegraph.core.explain.answers import SIGN, Mistake, same_number
from nodegraph.core.graph.records import EdgeKey

Array = NDArray[np.float64]

MOST_TRIED = 60
"""Mistakes that are tried for one question; a node may have thousands of inputs."""
COMBINING = ("add", "subtract", "multiply", "divide", "power")
"""Where a slip leads to an operand by chance alone, as a + b to a for b = 0."""
OF_THE_EDGE = "the question is what this edge alone adds."


# --- values
def of_value(trace: Trace, node_id: str) -> list[Mistake]:
    """With the value of a node."""
    node, value = trace.nodes[node_id], chain_rule.known(trace.value(node_id))
    operands = _operands(trace, node_id)
    found = [] if node.muted else [Mistake(*slip) for slip in slips.of_value(node.op, operands, value)]
    if node.op in COMBINING:
        known = operands.tolist()
        found = [one for one in found if not any(same_number(one.value, number) for number in known)]
    found.append(Mistake(-value, SIGN))
    for source, operand in zip(trace.sources(node_id), operands.tolist(), strict=True):
        what = _value_of(trace, source)
        sentence = f"That is {what}; {chain_rule.label(trace, node_id)} still has to be computed."
        found.append(Mistake(operand, sentence))
    if not node.muted and node.op in ("add", "multiply", "mean") and len(operands) > 2:
        found += [Mistake(part, "One input is missing.") for part in _without_one(node.op, operands)]
    locals_ = [trace.local((node_id, port)) for port in range(len(operands))]
    found += [
        Mistake(chain_rule.known(slope), "That is a derivative; the question is the value.")
        for slope in locals_
    ]
    return _worth_saying(found, value)


def _without_one(op: str, operands: Array) -> list[float]:
    combines: dict[str, Callable[[Array], Any]] = {"add": np.sum, "multiply": np.prod, "mean": np.mean}
    combine = combines[op]
    with np.errstate(all="ignore"):
        return [float(combine(np.delete(operands, place))) for place in range(min(len(operands), 12))]


# --- local derivatives
def of_local(trace: Trace, key: EdgeKey) -> list[Mistake]:
    """With the local derivative along an edge."""
    local = chain_rule.known(trace.local(key))
    target, giver = chain_rule.label(trace, key[0]), trace.giver(key)
    gradient = chain_rule.gradient_symbol(trace, giver, "unicode")
    number = trace.edge_number[key]
    found = _of_factor(trace, key)
    found += [
        Mistake(
            float(trace.node_gradients[trace.givers[number]]),
            f"That is {gradient}; the local derivative is about {target} and its inputs alone.",
        ),
        Mistake(
            float(trace.contributions[number]),
            f"That is the whole contribution; leave {gradient} out of it.",
        ),
    ]
    return _worth_saying(found, local)


def _of_factor(trace: Trace, key: EdgeKey) -> list[Mistake]:
    """With a local derivative, where it stands alone or is a factor."""
    node, local = trace.nodes[key[0]], chain_rule.known(trace.local(key))
    operands, value = _operands(trace, key[0]), chain_rule.known(trace.value(key[0]))
    tie = chain_rule.tie(trace, key)
    found = [Mistake(1.0, f"{tie[:1].upper()}{tie[1:]}.")] if tie else []
    found += _edges_together(trace, key, 1.0)
    if not node.muted:
        found += _others(trace, key)
        found += [Mistake(*slip) for slip in slips.of_local(node.op, operands, value, key[1])]
    found.append(Mistake(-local, SIGN))
    name, source = chain_rule.label(trace, key[0]), chain_rule.label(trace, trace.source(key))
    asked = f"the question is how fast {name} changes."
    taken = [(value, f"the value of {name}")]
    taken += [
        (operand, _value_of(trace, one))
        for one, operand in zip(trace.sources(key[0]), operands.tolist(), strict=True)
    ]
    found += [Mistake(number, f"That is {what}; {asked}") for number, what in taken if number]
    if local and not math.isnan(local):
        found.append(Mistake(0.0, f"{name} does change when {source} does."))
    return _worth_saying(found, local)


def _edges_together(trace: Trace, key: EdgeKey, upstream: float) -> list[Mistake]:
    """What all the edges between two nodes come to, taken for one of them, as 2x in x·x."""
    node, source = trace.nodes[key[0]], trace.source(key)
    ports = [port for port, other in enumerate(trace.sources(key[0])) if other == source]
    if len(ports) < 2 or node.muted:
        return []
    together = sum(chain_rule.known(trace.local((key[0], port))) for port in ports)
    count = "both edges" if len(ports) == 2 else f"all {len(ports)} edges"
    sentence = (
        f"That is {count} from {chain_rule.label(trace, source)} together; the question is about one of them."
    )
    return [Mistake(upstream * together, sentence)]


def _others(trace: Trace, key: EdgeKey) -> list[Mistake]:
    """The derivatives by the other inputs, taken for this one."""
    node, source = trace.nodes[key[0]], chain_rule.label(trace, trace.source(key))
    found = []
    for port in range(min(len(trace.sources(key[0])), 12)):
        other = (key[0], port)
        symbol = chain_rule.local_symbol(trace, other, "unicode")
        if trace.nodes[trace.source(other)].op == "constant":
            symbol = f"the derivative by the constant {chain_rule.label(trace, trace.source(other))}"
        several = len(trace.sources(key[0])) > 2
        sentence = f"That is {symbol}, the derivative by {'another' if several else 'the other'} input."
        if symbol.startswith("the"):
            sentence = f"That is {symbol}, which does not move."
        if node.op == "multiply":
            sentence = f"That is {symbol}: by {source}, what stays is what {source} is multiplied by."
        found.append(Mistake(chain_rule.known(trace.local(other)), sentence))
    return found


# --- contributions
def of_contribution(trace: Trace, key: EdgeKey) -> list[Mistake]:
    """With what one edge carries: one factor alone, or one of the two wrong."""
    number = trace.edge_number[key]
    upstream, local = float(trace.node_gradients[trace.givers[number]]), chain_rule.known(trace.local(key))
    sent = float(trace.contributions[number])
    gradient = chain_rule.gradient_symbol(trace, trace.giver(key), "unicode")
    slope = chain_rule.local_symbol(trace, key, "unicode")
    word = f"The {'upstream ' if trace.mode == 'reverse' else ''}gradient {gradient}"
    found = [
        Mistake(upstream, f"{word} is right, but it stands alone: multiply it by the local derivative."),
        Mistake(
            local, f"The local derivative {slope} is right, but it stands alone: multiply by {gradient}."
        ),
        Mistake(upstream + local, "You added the two factors; the chain rule multiplies them."),
    ]
    found += _edges_together(trace, key, upstream)
    found += _sums(trace, key) + _values_beside(trace, key)
    found += [
        Mistake(upstream * slip.value, f"{word} is right, the local derivative is not. {slip.sentence}")
        for slip in _of_factor(trace, key)
        if slip.sentence != SIGN
    ]
    found += [
        Mistake(local * wrong, f"The local derivative {slope} is right, {gradient} is not: {why}")
        for wrong, why in _wrong_upstreams(trace, trace.giver(key))
    ]
    found.append(Mistake(-sent, f"{SIGN} Look at the signs of both factors."))
    if local:
        found.append(Mistake(upstream / local, "You divided; the chain rule multiplies."))
    if sent and not math.isnan(sent):
        found.append(Mistake(0.0, "Neither of the two factors is 0."))
    return _worth_saying(found, sent)


def _values_beside(trace: Trace, key: EdgeKey) -> list[Mistake]:
    """The values that stand at both ends of the edge, of which one may have been copied."""
    beside = [(chain_rule.known(trace.value(one)), one) for one in (trace.source(key), key[0])]
    return [
        Mistake(value, f"That is {_value_of(trace, one)}; {OF_THE_EDGE}") for value, one in beside if value
    ]


def _sums(trace: Trace, key: EdgeKey) -> list[Mistake]:
    """What the receiver has together with this contribution, and what it has in the end."""
    receiver = trace.receiver(key)
    keys = trace.edges_back_to(receiver)
    before = [chain_rule.sent(trace, other) for other in keys[: keys.index(key)]]
    total = trace.left.get(receiver, 0.0) + sum(before) + chain_rule.sent(trace, key)
    name = chain_rule.label(trace, receiver)
    whole = chain_rule.known(trace.gradient(receiver))
    return [
        Mistake(total, f"That is the sum at {name}; {OF_THE_EDGE}"),
        Mistake(whole, f"That is the whole gradient of {name}; {OF_THE_EDGE}"),
    ]


def _wrong_upstreams(trace: Trace, giver: str) -> list[tuple[float, str]]:
    """What is often taken for the gradient of the node that hands it on."""
    name = chain_rule.label(trace, giver)
    found = [(chain_rule.known(trace.value(giver)), f"you took the value of {name}.")]
    keys = trace.edges_back_to(giver)
    if len(keys) > 1:
        found += [
            (chain_rule.sent(trace, key), "you took one contribution instead of their sum.") for key in keys
        ]
    for further in dict.fromkeys(trace.giver(key) for key in keys):
        symbol = chain_rule.gradient_symbol(trace, further, "unicode")
        found.append(
            (chain_rule.known(trace.gradient(further)), f"you took {symbol}, which is one node too far.")
        )
    return found


# --- gradients
def of_gradient(trace: Trace, node_id: str) -> list[Mistake]:
    """With a sum of contributions."""
    parts = [chain_rule.sent(trace, key) for key in trace.edges_back_to(node_id)]
    left, total = trace.left.get(node_id, 0.0), chain_rule.known(trace.gradient(node_id))
    name = chain_rule.label(trace, node_id)
    found = [Mistake(parts[-1], "That is the last contribution alone; gradients add up.")]
    if left:
        found.insert(0, Mistake(sum(parts), f"{name} still holds what the earlier pass left: add it."))
    found += [Mistake(part, "That is one contribution alone; gradients add up.") for part in parts[:-1]]
    if len(parts) > 1:
        found += [
            Mistake(left + sum(parts[:-1]), "The last contribution is missing."),
            Mistake(math.prod(parts), "You multiplied; contributions are added."),
            Mistake(sum(parts) / len(parts), "That is the average; contributions are added."),
            Mistake(parts[0] - sum(parts[1:]), "You subtracted; contributions are added, signs and all."),
            Mistake(sum(map(abs, parts)), "Contributions are added with their signs."),
        ]
    found.append(Mistake(-total, SIGN))
    found.append(Mistake(chain_rule.known(trace.value(node_id)), f"That is the value of {name}."))
    return _worth_saying(found, total)


def of_seed(trace: Trace, node_id: str) -> list[Mistake]:
    """With the derivative of a node by itself."""
    name = chain_rule.label(trace, node_id)
    found = [
        Mistake(0.0, f"0 would mean that {name} does not move when {name} moves."),
        Mistake(-1.0, f"{name} moves with itself, not against itself."),
        Mistake(
            chain_rule.known(trace.value(node_id)), f"That is the value of {name}; how fast does it move?"
        ),
    ]
    return _worth_saying(found, 1.0)


# --- small things
def _value_of(trace: Trace, node_id: str) -> str:
    """What a number is in a sentence; the name of a constant is shown nowhere."""
    label = chain_rule.label(trace, node_id)
    return f"the constant {label}" if trace.nodes[node_id].op == "constant" else f"the value of {label}"


def _operands(trace: Trace, node_id: str) -> Array:
    return np.array([chain_rule.known(trace.value(source)) for source in trace.sources(node_id)])


def _worth_saying(found: Sequence[Mistake], answer: float) -> list[Mistake]:
    """Those that lead to another number than the answer, the first of each number only."""
    kept: list[Mistake] = []
    for mistake in found[:MOST_TRIED]:
        is_new = not any(same_number(mistake.value, other.value) for other in kept)
        if math.isfinite(mistake.value) and not same_number(mistake.value, answer) and is_new:
            kept.append(mistake)
    return kept
