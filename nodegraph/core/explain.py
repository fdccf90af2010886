"""The chain rule in words, in Unicode and in LaTeX: for a step of a trace, and for a node with all its paths.

Reads a trace and computes nothing anew. Every formula comes from the operation's record.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

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
from nodegraph.core.operations import NOTATIONS, OPERATIONS, VALUE_FUNCTIONS, application, rule_tree
from nodegraph.core.trace import Frame, Trace

MAX_PATHS = 12
"""Paths that are listed for a node; further ones are only counted."""
LONGEST_PATH, MOST_LOOKED_AT = 120, 4000
"""Nodes on a path that is listed, and the work of looking for one: in a deep graph they are only counted."""


@dataclass(frozen=True)
class Formula:
    """One formula, ready to show."""

    unicode: str
    latex: str


@dataclass(frozen=True)
class Term:
    """What one edge adds to a node's gradient."""

    edge: EdgeKey
    symbolic: str
    because: str
    numbers: str
    contribution: float


@dataclass(frozen=True)
class Path:
    """One way from a node to the output: names along it, the local derivatives, and their product."""

    names: tuple[str, ...]
    factors: tuple[float, ...]
    product: float


@dataclass(frozen=True)
class NodeExplanation:
    """Everything there is to say about one node; None or empty where it does not apply."""

    node_id: str
    name: str
    title: str
    is_output: bool
    value: Formula | None
    problem: str | None
    waits_for: list[str]
    rules: list[Formula]
    terms: list[Term]
    gradient: Formula | None
    paths: list[Path]
    path_count: int
    note: str = ""
    """What is special about it: that it is muted, and what it passes through."""


# --- one step
def step_title(frame: Frame) -> str:
    """Which step this is: "Backward, step 10 of 11."."""
    if frame.step is None:
        return "Start."
    return f"{frame.phase.capitalize()}, step {frame.position} of {len(frame.trace.steps)}."


def step_sentence(frame: Frame) -> str:
    """What happens in the last step, in one or two plain sentences."""
    step, trace = frame.step, frame.trace
    if step is None:
        return _sentence_at_start(trace)
    if step.kind == "inputs":
        return _sentence_for_inputs(trace)
    if step.edge is not None:
        return _sentence_for_edge(frame, step.edge)
    assert step.node is not None
    if step.kind == "evaluate":
        said = f"{_value_formula(trace, step.node, 'unicode')}."
        return f"{_muted_note(trace, step.node)} {said}".lstrip()
    name = trace.nodes[step.node].name
    return (
        f"∂{name}/∂{name} = 1: the backward pass starts at the output, which moves one for one with itself."
    )


def _sentence_at_start(trace: Trace) -> str:
    if trace.steps:
        return "Press play, or step forward, to run values forward and gradients back."
    return "Nothing can be computed yet." if trace.nodes else "Add an input to begin."


def _sentence_for_inputs(trace: Trace) -> str:
    leaves = trace.plan.ids[: trace.plan.leaves]
    shown = [f"{trace.nodes[i].name} = {_number(trace.value(i))}" for i in leaves[:8]]
    more = f" and {len(leaves) - 8} more" if len(leaves) > 8 else ""
    return f"The inputs appear: {', '.join(shown)}{more}."


def _sentence_for_edge(frame: Frame, key: EdgeKey) -> str:
    trace, source = frame.trace, frame.trace.source(key)
    upstream, local, sent = frame.contribution(key) or (0.0, 0.0, 0.0)
    target_name, source_name = trace.nodes[key[0]].name, trace.nodes[source].name
    slope = _rule(trace, key, "unicode")
    slope += "" if slope == _number(local) else f" = {_number(local)}"
    applied = _applied(trace, key[0], "unicode")
    reason = (
        _tie(trace, key) or f"{target_name} = {applied} changes by {slope} for each unit of {source_name}"
    )
    if trace.nodes[key[0]].muted:
        reason = f"{target_name} is muted and passes {source_name} through"
    product = f"{_number(upstream)} × {_bracketed(local)} = {_number(sent)}"
    said = f"{target_name} sends {product} back to {source_name}, because {reason}."
    arrived, expected = frame.arrived(source)
    if expected > 1:
        far = (
            f"{arrived} of {expected} have arrived, so far"
            if arrived < expected
            else f"All {expected} have arrived:"
        )
        said += f" {far} ∂{_output_name(trace)}/∂{source_name} = {_number(frame.gradient(source))}."
    return said


# --- one node
def explain_node(trace: Trace, node_id: str) -> NodeExplanation:
    """The value, the local derivatives, and the chain rule for one node with all its terms and paths."""
    node = trace.nodes[node_id]
    operation = OPERATIONS.get(node.op)
    cause = trace.plan.waiting.get(node_id)
    # By a constant nothing is asked; its slope may not even be a number, as in (−2)² by the exponent.
    ports = [
        port for port, source in enumerate(trace.sources(node_id)) if trace.nodes[source].op != "constant"
    ]
    return NodeExplanation(
        node_id=node_id,
        name=node.name,
        title=operation.title if operation else node.op,
        is_output=node_id == trace.output,
        value=_both(partial(_value_formula, trace, node_id)) if trace.value(node_id) is not None else None,
        problem=trace.node_problems.get(node_id),
        waits_for=[trace.nodes[cause].name] if cause else [],
        rules=[_both(partial(_rule_formula, trace, (node_id, port))) for port in ports],
        terms=[_term(trace, key) for key in trace.edges_back_to(node_id)],
        gradient=_both(partial(_gradient_formula, trace, node_id))
        if trace.gradient(node_id) is not None
        else None,
        paths=list(islice(_paths(trace, node_id), MAX_PATHS)),
        path_count=trace.path_counts.get(node_id, 0),
        note=_muted_note(trace, node_id),
    )


def _muted_note(trace: Trace, node_id: str) -> str:
    """e is muted: it passes a through. Empty for a node at work."""
    node, sources = trace.nodes[node_id], trace.sources(node_id)
    if not node.muted:
        return ""
    passed = (
        f"it passes {trace.nodes[sources[0]].name} through." if sources else "its first input is missing."
    )
    return f"{node.name} is muted: {passed}"


def _both(formula: Callable[[Dialect], str]) -> Formula:
    return Formula(formula("unicode"), formula("latex"))


def _term(trace: Trace, key: EdgeKey) -> Term:
    number = trace.edge_number[key]
    upstream, local = trace.node_gradients[trace.plan.number[key[0]]], trace.local_derivatives[number]
    derivative = _local_symbol(trace, key, "unicode")
    tie = _tie(trace, key)
    rule = (
        f"{derivative} = {_number(local)}, because {tie}"
        if tie
        else f"{derivative} = {_rule(trace, key, 'unicode')}"
    )
    target = trace.nodes[key[0]]
    since = f"{target.name} = {_applied(trace, key[0], 'unicode')}"
    if target.muted:
        since = f"{target.name} is muted and passes {trace.nodes[trace.source(key)].name} through"
    return Term(
        edge=key,
        symbolic=_term_symbol(trace, key, "unicode"),
        because=f"since {since}, {rule}",
        numbers=f"{_number(upstream)} × {_bracketed(local)}",
        contribution=float(trace.contributions[number]),
    )


def _paths(trace: Trace, node_id: str) -> Iterator[Path]:
    """The ways to the output along edges that carry back, one at a time, as far as they can be read."""
    waiting: list[tuple[str, tuple[str, ...], tuple[float, ...]]] = [
        (node_id, (trace.nodes[node_id].name,), ())
    ]
    for _ in range(MOST_LOOKED_AT):
        if not waiting:
            return
        here, names, factors = waiting.pop()
        if here == trace.output:
            yield Path(names, factors, math.prod(factors))
        for key in reversed(trace.edges_back_to(here) if len(names) < LONGEST_PATH else []):
            local = float(trace.local_derivatives[trace.edge_number[key]])
            waiting.append((key[0], (*names, trace.nodes[key[0]].name), (*factors, local)))


# --- formulas
def _value_formula(trace: Trace, node_id: str, dialect: Dialect) -> str:
    """e = a × b = 2 × 3 = 6"""
    steps = [write_name(trace.nodes[node_id].name, dialect)]
    sources = trace.sources(node_id)
    if sources:
        numbers = [Number(trace.value(source) or 0.0) for source in sources]
        tree = _application(trace, node_id)
        steps.append(_applied(trace, node_id, dialect))
        steps.append(write(_with(tree, numbers), NOTATIONS, dialect))
    steps.append(write_number(_known(trace.value(node_id)), dialect))
    return " = ".join(_without_repeats(steps))


def _rule_formula(trace: Trace, key: EdgeKey, dialect: Dialect) -> str:
    """∂e/∂a = b = 3"""
    local = _known(trace.local(key))
    steps = [_local_symbol(trace, key, dialect)]
    if not _tie(trace, key):
        steps.append(_rule(trace, key, dialect))
        steps.append(_rule_in_numbers(trace, key, dialect))
    steps.append(write_number(local, dialect))
    return " = ".join(_without_repeats(steps))


def _gradient_formula(trace: Trace, node_id: str, dialect: Dialect) -> str:
    """∂L/∂a = ∂L/∂e × ∂e/∂a = 5 × 3 = 15"""
    steps = [_partial(_output_name(trace), trace.nodes[node_id].name, dialect)]
    keys = trace.edges_back_to(node_id)
    if keys:
        steps.append(" + ".join(_term_symbol(trace, key, dialect) for key in keys))
        steps.append(
            " + ".join(_term_numbers(trace, key, dialect, place > 0) for place, key in enumerate(keys))
        )
    steps.append(write_number(_known(trace.gradient(node_id)), dialect))
    return " = ".join(_without_repeats(steps))


def _term_symbol(trace: Trace, key: EdgeKey, dialect: Dialect) -> str:
    times = r" \times " if dialect == "latex" else " × "
    upstream = _partial(_output_name(trace), trace.nodes[key[0]].name, dialect)
    return upstream + times + _local_symbol(trace, key, dialect)


def _term_numbers(trace: Trace, key: EdgeKey, dialect: Dialect, follows: bool) -> str:
    upstream = float(trace.node_gradients[trace.plan.number[key[0]]])
    factors = [Number(upstream), Number(_known(trace.local(key)))]
    text = write(_with(application("multiply", 2), factors), NOTATIONS, dialect)
    if follows and upstream < 0:
        first, rest = write_number(upstream, dialect), text[len(write_number(upstream, dialect)) :]
        return (rf"\left({first}\right)" if dialect == "latex" else f"({first})") + rest
    return text


def _partial(of: str, by: str, dialect: Dialect) -> str:
    if dialect == "latex":
        return rf"\frac{{\partial {write_name(of, dialect)}}}{{\partial {write_name(by, dialect)}}}"
    return f"∂{of}/∂{by}"


def _local_symbol(trace: Trace, key: EdgeKey, dialect: Dialect) -> str:
    """∂e/∂a; with the port where the same node feeds several ports, as in x·x: ∂y/∂x[1]."""
    source = trace.source(key)
    name = trace.nodes[source].name
    symbol = _partial(trace.nodes[key[0]].name, name, dialect)
    if trace.sources(key[0]).count(source) < 2:
        return symbol
    return symbol[:-1] + f"^{{({key[1] + 1})}}}}" if dialect == "latex" else f"{symbol}[{key[1] + 1}]"


def _applied(trace: Trace, node_id: str, dialect: Dialect) -> str:
    """a × b"""
    sources = trace.sources(node_id)
    tree = _application(trace, node_id)
    return write(_with(tree, [_leaf(trace, source) for source in sources]), NOTATIONS, dialect)


def _application(trace: Trace, node_id: str) -> Tree:
    """What the node does, over the names x0, x1…"""
    node = trace.nodes[node_id]
    return Name("x0") if node.muted else application(node.op, len(trace.sources(node_id)))


def _rule(trace: Trace, key: EdgeKey, dialect: Dialect) -> str:
    """The local derivative along an edge, in names; constants stand as numbers."""
    operands = [_leaf(trace, source) for source in trace.sources(key[0])]
    return write(simplify(_with(_rule_tree(trace, key), operands, _leaf(trace, key[0]))), NOTATIONS, dialect)


def _rule_in_numbers(trace: Trace, key: EdgeKey, dialect: Dialect) -> str:
    """The same in numbers; "" where it would not show the result, since the pass avoids a cancellation."""
    operands = [Number(_known(trace.value(source))) for source in trace.sources(key[0])]
    result = Number(_known(trace.value(key[0])))
    tree = _with(_rule_tree(trace, key), operands, result)
    if isinstance(tree, Number) or "if" in _calls(tree):
        return ""
    with np.errstate(all="ignore"):
        shown = float(evaluate(tree, {}, VALUE_FUNCTIONS))
    agrees = math.isclose(shown, _known(trace.local(key)), rel_tol=1e-6)
    return write(simplify(tree), NOTATIONS, dialect) if agrees else ""


def _rule_tree(trace: Trace, key: EdgeKey) -> Tree:
    node = trace.nodes[key[0]]
    return Number(1.0) if node.muted else rule_tree(node.op, key[1], len(trace.sources(key[0])))


def _calls(tree: Tree) -> set[str]:
    if not isinstance(tree, Call):
        return set()
    return {tree.op}.union(*map(_calls, tree.operands))


def _with(tree: Tree, operands: Sequence[Tree], result: Tree | None = None) -> Tree:
    names = {f"x{port}": operand for port, operand in enumerate(operands)}
    return substitute(tree, names if result is None else names | {"y": result})


def _leaf(trace: Trace, node_id: str) -> Tree:
    node = trace.nodes[node_id]
    return Number(node.value) if node.op == "constant" and node.value is not None else Name(node.name)


def _tie(trace: Trace, key: EdgeKey) -> str:
    """Why a tied maximum or minimum hands on only a share; "" where there is no tie."""
    node = trace.nodes[key[0]]
    if node.muted or node.op not in ("max", "min"):
        return ""
    values = [trace.value(source) for source in trace.sources(key[0])]
    result = trace.value(key[0])
    if values[key[1]] != result or values.count(result) < 2:
        return ""
    return f"{values.count(result)} inputs of {node.name} are tied and share the gradient evenly"


def _output_name(trace: Trace) -> str:
    return trace.nodes[trace.output].name if trace.output is not None else ""


def _without_repeats(steps: list[str]) -> list[str]:
    return [step for place, step in enumerate(steps) if step and step not in steps[:place]]


def _known(value: float | None) -> float:
    return math.nan if value is None else value


def _number(value: float | None) -> str:
    return format_number(_known(value))


def _bracketed(value: float) -> str:
    return f"({format_number(value)})" if value < 0 else format_number(value)
