"""The classic mistakes with a question of a pass: which number each of them leads to, and what to say of it.

Reads a trace. A sentence names the factor that is wrong and never the result.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.trace import Trace
from nodegraph.core.explain import chain_rule
from nodegraph.core.explain.answers import SIGN, Mistake, same_number
from nodegraph.core.graph.records import EdgeKey

Array = NDArray[np.float64]
Slip = tuple[Callable[[Array, float], Any], str]
"""A wrong number, from the operands and the result; and what to say of it."""
LocalSlip = tuple[Callable[[Array, float, int], Any], str]
"""The same for a local derivative, by an input port."""

MOST_TRIED = 60
"""Mistakes that are tried for one question; a node may have thousands of inputs."""
COMBINING = ("add", "subtract", "multiply", "divide", "power")
"""Where a slip leads to an operand by chance alone, as a + b to a for b = 0."""
OF_THE_EDGE = "the question is what this edge alone adds."
OPEN = "The gate is open: a positive input passes unchanged."
CLOSED = "The gate is closed: only a positive input passes."
_MULTIPLIED = "You multiplied; this node adds."
_DEGREES = "That is for an angle in degrees; the input is in radians."

OF_VALUE: Mapping[str, tuple[Slip, ...]] = {
    "add": (
        (lambda x, y: np.prod(x), _MULTIPLIED),
        (lambda x, y: x[0] - x[1], "You subtracted; this node adds."),
    ),
    "subtract": (
        (lambda x, y: x[1] - x[0], "The order counts: it is the first input less the second."),
        (lambda x, y: x[0] + x[1], "You added; this node subtracts."),
    ),
    "multiply": ((lambda x, y: np.sum(x), "You added; this node multiplies."),),
    "divide": (
        (lambda x, y: x[1] / x[0], "Upside down: it is the first input over the second."),
        (lambda x, y: x[0] * x[1], "You multiplied; this node divides."),
    ),
    "power": (
        (lambda x, y: x[0] * x[1], "You multiplied; the second input is an exponent."),
        (lambda x, y: np.power(x[1], x[0]), "Base and exponent have changed places."),
    ),
    "reciprocal": ((lambda x, y: -x[0], "It is 1 over the input, not its negative."),),
    "square": ((lambda x, y: 2 * x[0], "You doubled it; a square is a number times itself."),),
    "sqrt": (
        (lambda x, y: x[0] / 2, "You halved it; the root times itself gives the input."),
        (lambda x, y: x[0] ** 2, "You squared it; the root undoes a square."),
    ),
    "exp": (
        (
            lambda x, y: math.e * x[0],
            "That is Euler's number times the input; here the input is its exponent.",
        ),
        (lambda x, y: np.log(x[0]), "That is the logarithm, which undoes exp."),
    ),
    "log": (
        (lambda x, y: np.exp(x[0]), "That is exp, which undoes the logarithm."),
        (lambda x, y: np.log10(x[0]), "That is the logarithm to base 10; this one is the natural one."),
    ),
    "sin": (
        (lambda x, y: np.cos(x[0]), "That is the cosine."),
        (lambda x, y: np.sin(np.radians(x[0])), _DEGREES),
    ),
    "cos": (
        (lambda x, y: np.sin(x[0]), "That is the sine."),
        (lambda x, y: np.cos(np.radians(x[0])), _DEGREES),
    ),
    "tan": ((lambda x, y: np.tan(np.radians(x[0])), _DEGREES),),
    "sigmoid": (
        (lambda x, y: 1 / (1 + np.exp(x[0])), "The exponent has the wrong sign: it is minus the input."),
        (lambda x, y: np.tanh(x[0]), "That is tanh; the sigmoid lies between 0 and 1."),
    ),
    "tanh": ((lambda x, y: 1 / (1 + np.exp(-x[0])), "That is the sigmoid; tanh lies between −1 and 1."),),
    "relu": ((lambda x, y: x[0], CLOSED), (lambda x, y: 0.0, OPEN)),
    "leaky_relu": (
        (lambda x, y: x[0], "The gate leaks only a hundredth of a negative input."),
        (lambda x, y: 0.0, "That is plain relu; the leaky one lets a hundredth of a negative input through."),
    ),
    "softplus": (
        (
            lambda x, y: max(x[0], 0.0),
            "That is relu; softplus is smooth, the logarithm of 1 plus exp of the input.",
        ),
    ),
    "max": ((lambda x, y: np.min(x), "That is the smallest input; max takes the largest."),),
    "min": ((lambda x, y: np.max(x), "That is the largest input; min takes the smallest."),),
    "mean": (
        (lambda x, y: np.sum(x), "That is the sum; divide it by the number of inputs."),
        (lambda x, y: np.median(x), "That is the median; the mean counts every input."),
    ),
}

_WINS = "Only the input that is taken moves the result; the others may move without any effect."
OF_LOCAL: Mapping[str, tuple[LocalSlip, ...]] = {
    "divide": (
        (lambda x, y, p: -1 / x[1] ** 2 if p else 1 / x[1] ** 2, "One factor is missing or too many."),
        (lambda x, y, p: -x[0] / x[1] if p else x[1], "Look at the power of the divisor again."),
    ),
    "power": (
        (lambda x, y, p: y if p else x[0] ** (x[1] - 1), "A factor is missing in front of the power."),
        (lambda x, y, p: math.nan if p else x[1] * y, "The exponent goes down by one."),
    ),
    "reciprocal": ((lambda x, y, p: -y, "The input is squared in the derivative of 1/x."),),
    "square": (
        (lambda x, y, p: x[0], "The factor 2 is missing: the exponent comes down in front."),
        (lambda x, y, p: 2.0, "The slope of a square is not the same everywhere: the input belongs in it."),
    ),
    "sqrt": (
        (lambda x, y, p: 1 / y, "The factor ½ is missing."),
        (lambda x, y, p: 1 / (2 * x[0]), "Below the line stands the root, not the input itself."),
    ),
    "exp": ((lambda x, y, p: x[0] * np.exp(x[0] - 1), "That is the rule for powers; exp grows by itself."),),
    "log": ((lambda x, y, p: np.exp(x[0]), "That is the derivative of exp."),),
    "sin": ((lambda x, y, p: -np.cos(x[0]), "The sign turns for the cosine, not for the sine."),),
    "cos": ((lambda x, y, p: np.sin(x[0]), "The sign turns when one takes the derivative of a cosine."),),
    "tan": ((lambda x, y, p: 1 - y**2, "A plus belongs between 1 and the square; the minus is tanh's."),),
    "sigmoid": (
        (lambda x, y, p: 1 / (1 + np.exp(x[0])), "A factor is missing: the value itself."),
        (lambda x, y, p: 1 - y**2, "That is the rule of tanh."),
    ),
    "tanh": (
        (lambda x, y, p: 1 - y, "The value is squared in it."),
        (lambda x, y, p: 1 - x[0] ** 2, "Square the value, not the input."),
        (lambda x, y, p: y * (1 - y), "That is the rule of the sigmoid."),
    ),
    "relu": ((lambda x, y, p: 1.0, CLOSED), (lambda x, y, p: 0.0, OPEN)),
    "leaky_relu": (
        (lambda x, y, p: 1.0, "The input is negative, so only a hundredth gets through."),
        (lambda x, y, p: 0.0, "The gate leaks: it is never quite closed."),
        (lambda x, y, p: 0.01, OPEN),
    ),
    "softplus": ((lambda x, y, p: 1 / (1 + np.exp(x[0])), "The exponent has the wrong sign."),),
    "max": ((lambda x, y, p: 1.0, _WINS), (lambda x, y, p: 0.0, "This input is one that is taken.")),
    "min": ((lambda x, y, p: 1.0, _WINS), (lambda x, y, p: 0.0, "This input is one that is taken.")),
    "mean": (
        (lambda x, y, p: 1.0, "The mean divides: each input counts only by its share."),
        (lambda x, y, p: float(len(x)), "The mean divides by the number of inputs."),
    ),
}


# --- values
def of_value(trace: Trace, node_id: str) -> list[Mistake]:
    """With the value of a node."""
    node, value = trace.nodes[node_id], chain_rule.known(trace.value(node_id))
    operands = _operands(trace, node_id)
    found = [] if node.muted else _slips(OF_VALUE.get(node.op, ()), operands, value)
    if node.op in COMBINING:
        known = operands.tolist()
        found = [slip for slip in found if not any(same_number(slip.value, number) for number in known)]
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


def _slips(slips: Iterable[Slip], operands: Array, value: float) -> list[Mistake]:
    with np.errstate(all="ignore"):
        result = np.float64(value)  # of which 1 / 0 is inf
        return [Mistake(float(wrong(operands, result)), sentence) for wrong, sentence in slips]


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
    operands, value = _operands(trace, key[0]), np.float64(chain_rule.known(trace.value(key[0])))
    tie = chain_rule.tie(trace, key)
    found = [Mistake(1.0, f"{tie[:1].upper()}{tie[1:]}.")] if tie else []
    found += _edges_together(trace, key, 1.0)
    if not node.muted:
        found += _others(trace, key)
        with np.errstate(all="ignore"):
            found += [
                Mistake(float(wrong(operands, value, key[1])), sentence)
                for wrong, sentence in OF_LOCAL.get(node.op, ())
            ]
    found.append(Mistake(-local, SIGN))
    name, source = chain_rule.label(trace, key[0]), chain_rule.label(trace, trace.source(key))
    asked = f"the question is how fast {name} changes."
    taken = [(float(value), f"the value of {name}")]
    taken += [
        (operand, _value_of(trace, one))
        for one, operand in zip(trace.sources(key[0]), operands.tolist(), strict=True)
    ]
    found += [Mistake(number, f"That is {what}; {asked}") for number, what in taken if number]
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
