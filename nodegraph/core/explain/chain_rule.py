"""The pieces that formulas of the chain rule are made of, for one trace, in every dialect.

Reads a trace and computes nothing again; every formula comes from the operation's record. What is said of
them, and in which order, is up to `explain` and `derivation`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial as bind

from nodegraph.core.engine.trace import Trace
from nodegraph.core.explain import symbols
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.numbers import EVERY_DIGIT, format_number, is_negative_zero
from nodegraph.core.operations.cases import Case, case
from nodegraph.core.operations.catalogue import OPERATIONS, rule_tree
from nodegraph.core.operations.equations import (
    DIGITS,
    NEGATIVE_ZERO,
    Side,
    Sign,
    comes_to,
    digits_for,
    fixed,
    has_gap,
    in_names,
    in_numbers,
    joined,
    product,
    result_of,
    term,
    value_result,
)
from nodegraph.core.operations.formula import Call, Dialect, Name, Number, Tree, simplify, substitute
from nodegraph.core.typeset import in_formula

MOST_OPERANDS = 10
"""Operands of one operation that are written out; of more, the middle ones are left out."""
LEFT_OUT = Name("…")


# --- values
def value_sides(trace: Trace, node_id: str) -> list[Side]:
    """e, a × b, 2 × 3, 6: the sides of the equation; some may repeat what was there before."""
    name, value = symbols.name_side(trace, trace.nodes[node_id].name), known(trace.value(node_id))
    if not trace.sources(node_id):
        return [name, value_result(value)]
    *numbers, result = in_numbers(_apply(trace, node_id, bind(_number, trace)), value, noisy=True)
    if is_negative_zero(value):
        result = replace(NEGATIVE_ZERO, sign=result.sign)
    return [name, applied_side(trace, node_id), *numbers, result]


def applied_side(trace: Trace, node_id: str) -> Side:
    """a × b"""
    return in_names(_apply(trace, node_id, bind(_leaf, trace)))


def applied(trace: Trace, node_id: str) -> str:
    """The same as text."""
    return applied_side(trace, node_id).unicode


def definition(trace: Trace, node_id: str) -> str:
    """e = a × b"""
    return f"{label(trace, node_id)} = {applied(trace, node_id)}"


def _apply(trace: Trace, node_id: str, leaf: Callable[[str], Tree]) -> Tree:
    """The node's operation, applied to what `leaf` returns for its sources."""
    node, sources = trace.nodes[node_id], trace.sources(node_id)
    return leaf(sources[0]) if node.muted else Call(node.op, _few(sources, leaf))


# --- local derivatives
def rule_sides(trace: Trace, key: EdgeKey) -> list[Side]:
    """∂e/∂a, b, 3, 3: the local derivative in symbols, by its rule, in numbers, and what comes out.

    Some may repeat what was there before. Where one case of a rule holds, only what comes out is left.
    """
    symbol = Side(local_symbol(trace, key, "unicode"), local_symbol(trace, key, "latex"))
    local = known(trace.local(key))
    tree = _rule(trace, key, bind(_number, trace))
    if has_cases(trace, key):
        return [symbol, result_of(local)]
    if isinstance(tree, Number):
        return [symbol, rule_side(trace, key), result_of(local)]
    numbers = in_numbers(simplify(tree), local)
    if _is_of_rounded_value(trace, key):
        numbers[0] = replace(numbers[0], sign="≈")
    return [symbol, rule_side(trace, key), *numbers]


def has_cases(trace: Trace, key: EdgeKey) -> bool:
    """Whether only one case of the rule along an edge holds here, or a tie is shared, or the rule says
    nothing of what comes out, which is NaN.
    """
    if tie(trace, key) or case_of(trace, key) is not None:
        return True
    if trace.nodes[key[0]].op in WITH_CASES and not trace.nodes[key[0]].muted:
        return True
    local = known(trace.local(key))
    if not math.isnan(local):
        return False
    tree = _rule(trace, key, bind(_number, trace))
    return not has_gap(tree) and not comes_to(tree, local, EVERY_DIGIT)


def is_fixed(trace: Trace, key: EdgeKey) -> bool:
    """Whether the rule along an edge names nothing that could change: 1, or 1 / 2 for a mean."""
    return all(isinstance(leaf, Number) for leaf in _leaves(_rule(trace, key, bind(_leaf, trace))))


def slope(trace: Trace, key: EdgeKey) -> str:
    """b = 3: the rule along an edge and what comes out, or that alone where there is no more to say."""
    last = result_of(known(trace.local(key)))
    if has_cases(trace, key):
        return last.unicode
    if is_fixed(trace, key):
        return joined(fixed(simplify(_rule(trace, key, bind(_leaf, trace))), known(trace.local(key))))
    if last.sign == "=":
        last = replace(last, sign=_sign_of_slope(trace, key))
    return joined([rule_side(trace, key), last])


def _sign_of_slope(trace: Trace, key: EdgeKey) -> Sign:
    """The sign between a rule and what comes out: sigmoid(50) is not quite 1, and neither is the tanh(100)
    from which its slope is made.
    """
    sides = in_numbers(simplify(_rule(trace, key, bind(_number, trace))), known(trace.local(key)))
    if sides[-1].sign != "=":
        return sides[-1].sign
    return "≈" if _is_of_rounded_value(trace, key) else "="


def _is_of_rounded_value(trace: Trace, key: EdgeKey) -> bool:
    """Whether a local derivative is made from its node's value, and that is only about what is printed."""
    node = trace.nodes[key[0]]
    if node.muted or _leaf(trace, key[0]) not in _leaves(_rule(trace, key, bind(_leaf, trace))):
        return False
    value = in_numbers(_apply(trace, key[0], bind(_number, trace)), known(trace.value(key[0])))
    return value[-1].sign == "≈"


def local_symbol(trace: Trace, key: EdgeKey, dialect: Dialect) -> str:
    """∂e/∂a; with the number of the input where it has to be distinguished: ∂y/∂x[1]."""
    number = f"[{key[1] + 1}]" if is_numbered(trace, key) else ""
    of, by = trace.nodes[key[0]].name, trace.nodes[trace.source(key)].name
    return symbols.derivative(trace, of, by, dialect, number)


def is_numbered(trace: Trace, key: EdgeKey) -> bool:
    """Whether a local derivative is written with the number of its input: where one node feeds several, as in
    x·x, or where the plain symbol means a gradient with other ways in it, as ∂y/∂x in y = x·x·x.
    """
    if trace.sources(key[0]).count(trace.source(key)) > 1:
        return True
    meant = trace.giver(key) == trace.seed and not is_stored(trace)
    return meant and len(trace.edges_back_to(trace.receiver(key))) > 1


def rule_side(trace: Trace, key: EdgeKey) -> Side:
    """The local derivative along an edge, in names; constants stand as numbers."""
    return in_names(simplify(_rule(trace, key, bind(_leaf, trace))))


def rule(trace: Trace, key: EdgeKey) -> str:
    """The same as text."""
    return rule_side(trace, key).unicode


def _rule(trace: Trace, key: EdgeKey, leaf: Callable[[str], Tree]) -> Tree:
    """The rule over what `leaf` returns for the node's sources and for the node itself."""
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
    node = trace.nodes[key[0]]
    if node.muted:
        return f"{passed_on(trace, key)}, one for one"
    case = case_of(trace, key)
    general = case.reason if case is not None else OPERATIONS[node.op].why(key[1], len(trace.sources(key[0])))
    return tie(trace, key) or general


def tie(trace: Trace, key: EdgeKey) -> str:
    """Why a tied maximum or minimum hands on only a share; "" where there is no tie."""
    node = trace.nodes[key[0]]
    if node.muted or node.op not in ("max", "min"):
        return ""
    values = [trace.value(source) for source in trace.sources(key[0])]
    result = trace.value(key[0])
    if values[key[1]] != result or values.count(result) < 2:
        return ""
    return f"{values.count(result)} inputs of {label(trace, key[0])} are tied and share the gradient evenly"


WITH_CASES = ("relu", "leaky_relu", "abs", "max", "min")
"""Operations whose rule has cases."""
STRAIGHT = ("add", "subtract", "multiply", "negate", "mean")
"""Operations that change evenly with each of their inputs."""


def is_straight(trace: Trace, key: EdgeKey) -> bool:
    """Whether a node changes evenly with the input of an edge, however far that moves alone."""
    return trace.nodes[key[0]].op in STRAIGHT or (trace.nodes[key[0]].op == "divide" and key[1] == 0)


def moved(trace: Trace, key: EdgeKey) -> str:
    """What moves along an edge: the node it comes from, or one input alone where that node feeds several."""
    source = trace.source(key)
    name = label(trace, source)
    return f"{name} as input {key[1] + 1} alone" if trace.sources(key[0]).count(source) > 1 else name


def case_of(trace: Trace, key: EdgeKey) -> Case | None:
    """Which case of a rule with several holds along an edge; None where there is but one, or at a tie."""
    node, sources = trace.nodes[key[0]], trace.sources(key[0])
    if node.muted:
        return None
    values = [known(trace.value(source)) for source in sources]
    return case(node.op, key[1], values, label(trace, key[0]), label(trace, sources[key[1]]))


# --- the chain rule
def is_stored(trace: Trace) -> bool:
    """Whether gradients hold what earlier passes left: what is stored at a node is then no derivative."""
    return any(trace.left.values())


def gradient_symbol(trace: Trace, node_id: str, dialect: Dialect) -> str:
    """∂L/∂e, or in forward mode ∂e/∂a; e.grad where earlier passes have left something."""
    seed, name = seed_name(trace), trace.nodes[node_id].name
    if is_stored(trace):
        return symbols.stored(trace, name, dialect)
    of, by = (seed, name) if trace.mode == "reverse" else (name, seed)
    return symbols.derivative(trace, of, by, dialect)


def first_sign(trace: Trace) -> Sign:
    """The sign after a gradient's symbol: what is stored is not equal to what is computed of it."""
    return "←" if is_stored(trace) else "="


def term_symbol(trace: Trace, key: EdgeKey, dialect: Dialect) -> str:
    """∂L/∂e × ∂e/∂a, what one edge carries; in forward mode the other way round."""
    factors = [gradient_symbol(trace, trace.giver(key), dialect), local_symbol(trace, key, dialect)]
    return symbols.times(dialect).join(factors if trace.mode == "reverse" else reversed(factors))


def factors(trace: Trace, key: EdgeKey) -> tuple[float, float]:
    """What one edge multiplies, in the order in which it is written."""
    upstream = float(trace.node_gradients[trace.givers[trace.edge_number[key]]])
    local = known(trace.local(key))
    return (upstream, local) if trace.mode == "reverse" else (local, upstream)


def term_tree(trace: Trace, key: EdgeKey) -> Tree:
    """5 × 3 as a tree."""
    return Call("multiply", tuple(map(Number, factors(trace, key))))


def sent(trace: Trace, key: EdgeKey) -> float:
    """What one edge carries."""
    return float(trace.contributions[trace.edge_number[key]])


def term_numbers(trace: Trace, key: EdgeKey) -> str:
    """5 × 3, with as many digits as it takes to come to what the edge carries."""
    tree = term_tree(trace, key)
    return term(tree, "unicode", digits_for(tree, sent(trace, key)) or DIGITS[0])


def carried(trace: Trace, key: EdgeKey) -> str:
    """5 × 3 = 15, what one edge carries."""
    return product(factors(trace, key), sent(trace, key))


def seed_name(trace: Trace) -> str:
    """The name of the node at which derivatives start, or "" where there is none."""
    return trace.nodes[trace.seed].name if trace.seed is not None else ""


def muted_note(trace: Trace, node_id: str) -> str:
    """e is muted: it passes a through. Empty for a node at work."""
    node, sources = trace.nodes[node_id], trace.sources(node_id)
    if not node.muted:
        return ""
    passed = f"it passes {label(trace, sources[0])} through." if sources else "its first input is missing."
    return f"{label(trace, node_id)} is muted: {passed}"


def passed_on(trace: Trace, key: EdgeKey) -> str:
    """e is muted and passes a through"""
    return f"{label(trace, key[0])} is muted and passes {label(trace, trace.source(key))} through"


# --- small things
def label(trace: Trace, node_id: str) -> str:
    """What a node is called in a sentence: a constant without a name of its own by its number."""
    node = trace.nodes[node_id]
    return plain(node.value) if symbols.is_bare(trace, node) else in_formula(node.name)


def known(value: float | None) -> float:
    """NaN for what is not known."""
    return math.nan if value is None else value


def plain(value: float | None) -> str:
    """A number for a sentence."""
    return format_number(known(value))


def _few(sources: Sequence[str], leaf: Callable[[str], Tree]) -> tuple[Tree, ...]:
    """The operands, of very many only the first and the last."""
    if len(sources) <= MOST_OPERANDS:
        return tuple(map(leaf, sources))
    return (*map(leaf, sources[: MOST_OPERANDS - 2]), LEFT_OUT, leaf(sources[-1]))


def _number(trace: Trace, node_id: str) -> Tree:
    value = known(trace.value(node_id))
    return Call("negate", (Number(0.0),)) if is_negative_zero(value) else Number(value)


def _leaf(trace: Trace, node_id: str) -> Tree:
    node = trace.nodes[node_id]
    return Number(known(node.value)) if symbols.is_bare(trace, node) else symbols.name_of(trace, node.name)


def _leaves(tree: Tree) -> list[Tree]:
    return [leaf for one in tree.operands for leaf in _leaves(one)] if isinstance(tree, Call) else [tree]
