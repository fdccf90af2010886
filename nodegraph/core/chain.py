"""The pieces that formulas of the chain rule are made of, for one trace, in every dialect.

Reads a trace and computes nothing anew; every formula comes from the operation's record. What is said of
them, and in which order, is up to `explain` and `derivation`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from functools import partial as bind

import numpy as np

from nodegraph.core.formula import (
    Call,
    Dialect,
    Name,
    Number,
    Tree,
    evaluate,
    simplify,
    substitute,
    write,
    write_name,
    write_number,
)
from nodegraph.core.graph import EdgeKey
from nodegraph.core.numbers import format_number
from nodegraph.core.operations import NOTATIONS, OPERATIONS, VALUE_FUNCTIONS, rule_tree
from nodegraph.core.trace import Trace

MOST_OPERANDS = 10
"""Operands of one operation that are written out; of more, the middle ones are left out."""
LEFT_OUT = Name("…")


# --- values
def value_steps(trace: Trace, node_id: str, dialect: Dialect) -> list[str]:
    """e, a × b, 2 × 3, 6: what stands between the equals signs; some may repeat what was there before."""
    steps = [write_name(trace.nodes[node_id].name, dialect)]
    if trace.sources(node_id):
        steps.append(applied(trace, node_id, dialect))
        steps.append(write(_apply(trace, node_id, bind(_number, trace)), NOTATIONS, dialect))
    return [*steps, write_number(known(trace.value(node_id)), dialect)]


def applied(trace: Trace, node_id: str, dialect: Dialect) -> str:
    """a × b"""
    return write(_apply(trace, node_id, bind(_leaf, trace)), NOTATIONS, dialect)


def _apply(trace: Trace, node_id: str, leaf: Callable[[str], Tree]) -> Tree:
    """What the node does, to what `leaf` gives for its sources."""
    node, sources = trace.nodes[node_id], trace.sources(node_id)
    return leaf(sources[0]) if node.muted else Call(node.op, _few(sources, leaf))


# --- local derivatives
def rule_steps(trace: Trace, key: EdgeKey, dialect: Dialect) -> list[str]:
    """∂e/∂a, b, 3, 3: the local derivative in symbols, by its rule, in numbers, and what comes out.

    Some may repeat what was there before, or be empty.
    """
    steps = [local_symbol(trace, key, dialect)]
    if not tie(trace, key):
        steps.append(rule(trace, key, dialect))
        steps.append(_rule_in_numbers(trace, key, dialect))
    return [*steps, write_number(known(trace.local(key)), dialect)]


def local_symbol(trace: Trace, key: EdgeKey, dialect: Dialect) -> str:
    """∂e/∂a; with the port where the same node feeds several ports, as in x·x: ∂y/∂x[1]."""
    source = trace.source(key)
    symbol = partial(trace.nodes[key[0]].name, trace.nodes[source].name, dialect)
    if trace.sources(key[0]).count(source) < 2:
        return symbol
    return symbol[:-1] + f"^{{({key[1] + 1})}}}}" if dialect == "latex" else f"{symbol}[{key[1] + 1}]"


def rule(trace: Trace, key: EdgeKey, dialect: Dialect) -> str:
    """The local derivative along an edge, in names; constants stand as numbers."""
    return write(simplify(_rule(trace, key, bind(_leaf, trace))), NOTATIONS, dialect)


def _rule_in_numbers(trace: Trace, key: EdgeKey, dialect: Dialect) -> str:
    """The same in numbers; "" where it would not show the result, since the pass avoids a cancellation."""
    tree = _rule(trace, key, bind(_number, trace))
    if isinstance(tree, Number) or "if" in _calls(tree):
        return ""
    if LEFT_OUT not in _leaves(tree):
        with np.errstate(all="ignore"):
            shown = float(evaluate(tree, {}, VALUE_FUNCTIONS))
        if not math.isclose(shown, known(trace.local(key)), rel_tol=1e-6):
            return ""
    return write(simplify(tree), NOTATIONS, dialect)


def _rule(trace: Trace, key: EdgeKey, leaf: Callable[[str], Tree]) -> Tree:
    """The rule over what `leaf` gives for the node's sources and for the node itself."""
    node, sources = trace.nodes[key[0]], trace.sources(key[0])
    if node.muted:
        return Number(1.0)
    if node.op == "multiply" and len(sources) > 2:  # flat, since the rule of a long product is nested as deep
        others = [*sources[: key[1]], *sources[key[1] + 1 :]]
        return Call("multiply", _few(others, leaf))
    tree = rule_tree(node.op, key[1], len(sources))
    named = {name.name for name in _leaves(tree) if isinstance(name, Name)}
    operands = {name: leaf(key[0] if name == "y" else sources[int(name[1:])]) for name in named}
    return substitute(tree, operands)


def reason(trace: Trace, key: EdgeKey) -> str:
    """Which rule of calculus gives the local derivative along an edge, and why; no full stop."""
    node, source = trace.nodes[key[0]], trace.nodes[trace.source(key)]
    if node.muted:
        return f"{node.name} is muted and passes {source.name} through, one for one"
    return tie(trace, key) or OPERATIONS[node.op].why(key[1], len(trace.sources(key[0])))


def tie(trace: Trace, key: EdgeKey) -> str:
    """Why a tied maximum or minimum hands on only a share; "" where there is no tie."""
    node = trace.nodes[key[0]]
    if node.muted or node.op not in ("max", "min"):
        return ""
    values = [trace.value(source) for source in trace.sources(key[0])]
    result = trace.value(key[0])
    if values[key[1]] != result or values.count(result) < 2:
        return ""
    return f"{values.count(result)} inputs of {node.name} are tied and share the gradient evenly"


# --- the chain rule
def gradient_symbol(trace: Trace, node_id: str, dialect: Dialect) -> str:
    """∂L/∂e, or in forward mode ∂e/∂a."""
    seed, name = seed_name(trace), trace.nodes[node_id].name
    return partial(*((seed, name) if trace.mode == "reverse" else (name, seed)), dialect)


def term_symbol(trace: Trace, key: EdgeKey, dialect: Dialect) -> str:
    """∂L/∂e × ∂e/∂a, what one edge carries; in forward mode the other way round."""
    factors = [gradient_symbol(trace, trace.giver(key), dialect), local_symbol(trace, key, dialect)]
    return times(dialect).join(factors if trace.mode == "reverse" else reversed(factors))


def term_numbers(trace: Trace, key: EdgeKey, dialect: Dialect, follows: bool = False) -> str:
    """5 × 3; bracketed where it `follows` a plus sign and begins with a minus."""
    upstream = float(trace.node_gradients[trace.givers[trace.edge_number[key]]])
    factors = (upstream, known(trace.local(key)))
    return product(factors if trace.mode == "reverse" else factors[::-1], dialect, follows)


def product(factors: Iterable[float], dialect: Dialect, follows: bool = False) -> str:
    """Numbers with × between them, negative ones in brackets but for a first that `follows` nothing."""
    shown = [number(factor, dialect, follows or place > 0) for place, factor in enumerate(factors)]
    return times(dialect).join(shown)


def partial(of: str, by: str, dialect: Dialect) -> str:
    """∂L/∂a"""
    if dialect == "latex":
        return rf"\frac{{\partial {write_name(of, dialect)}}}{{\partial {write_name(by, dialect)}}}"
    return f"∂{of}/∂{by}"


def number(value: float, dialect: Dialect, follows: bool = False) -> str:
    """A number; in brackets where it `follows` a sign and is negative."""
    text = write_number(value, dialect)
    if not follows or not value < 0:
        return text
    return rf"\left({text}\right)" if dialect == "latex" else f"({text})"


def times(dialect: Dialect) -> str:
    """The sign between factors."""
    return r" \times " if dialect == "latex" else " × "


def seed_name(trace: Trace) -> str:
    """The name of the node at which derivatives start, or "" where there is none."""
    return trace.nodes[trace.seed].name if trace.seed is not None else ""


def muted_note(trace: Trace, node_id: str) -> str:
    """e is muted: it passes a through. Empty for a node at work."""
    node, sources = trace.nodes[node_id], trace.sources(node_id)
    if not node.muted:
        return ""
    passed = (
        f"it passes {trace.nodes[sources[0]].name} through." if sources else "its first input is missing."
    )
    return f"{node.name} is muted: {passed}"


# --- small things
def known(value: float | None) -> float:
    """NaN for what is not known."""
    return math.nan if value is None else value


def plain(value: float | None) -> str:
    """A number for a sentence."""
    return format_number(known(value))


def new_steps(steps: Sequence[str]) -> list[int]:
    """The places of the steps of an equation that say something that was not there before."""
    return [place for place, step in enumerate(steps) if step and step not in steps[:place]]


def _few(sources: Sequence[str], leaf: Callable[[str], Tree]) -> tuple[Tree, ...]:
    """The operands, of very many only the first and the last."""
    if len(sources) <= MOST_OPERANDS:
        return tuple(map(leaf, sources))
    return (*map(leaf, sources[: MOST_OPERANDS - 2]), LEFT_OUT, leaf(sources[-1]))


def _number(trace: Trace, node_id: str) -> Tree:
    return Number(known(trace.value(node_id)))


def _leaf(trace: Trace, node_id: str) -> Tree:
    node = trace.nodes[node_id]
    return Number(node.value) if node.op == "constant" and node.value is not None else Name(node.name)


def _calls(tree: Tree) -> set[str]:
    if not isinstance(tree, Call):
        return set()
    return {tree.op}.union(*map(_calls, tree.operands))


def _leaves(tree: Tree) -> list[Tree]:
    return [leaf for one in tree.operands for leaf in _leaves(one)] if isinstance(tree, Call) else [tree]
