"""The chain rule in words, in Unicode and in LaTeX: for a step of a trace, and for a node with all its paths.

Reads a trace and computes nothing anew. Every formula comes from the operation's record.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from nodegraph.core import chain
from nodegraph.core.chain import known, muted_note, plain
from nodegraph.core.formula import Dialect, write_number
from nodegraph.core.graph import EdgeKey
from nodegraph.core.operations import OPERATIONS
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
    edges: tuple[EdgeKey, ...] = ()


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
    phase = "Forward mode" if frame.phase == "tangent" else frame.phase.capitalize()
    return f"{phase}, step {frame.position} of {len(frame.trace.steps)}."


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
        said = f"{_equation(chain.value_steps(trace, step.node, 'unicode'))}."
        return f"{muted_note(trace, step.node)} {said}".lstrip()
    return f"{chain.gradient_symbol(trace, step.node, 'unicode')} = 1: {seed_reason(trace)}."


def seed_reason(trace: Trace) -> str:
    """Why the derivatives start with 1."""
    if trace.mode == "forward":
        return "forward mode starts at the chosen input, which moves one for one with itself"
    return "the backward pass starts at the output, which moves one for one with itself"


def _sentence_at_start(trace: Trace) -> str:
    if trace.steps:
        return "Press play, or step forward, to run values forward and gradients back."
    return "Nothing can be computed yet." if trace.nodes else "Add an input to begin."


def _sentence_for_inputs(trace: Trace) -> str:
    leaves = trace.plan.ids[: trace.plan.leaves]
    shown = [f"{trace.nodes[i].name} = {plain(trace.value(i))}" for i in leaves[:8]]
    more = f" and {len(leaves) - 8} more" if len(leaves) > 8 else ""
    return f"The inputs appear: {', '.join(shown)}{more}."


def _sentence_for_edge(frame: Frame, key: EdgeKey) -> str:
    trace, source = frame.trace, frame.trace.source(key)
    upstream, local, sent = frame.contribution(key) or (0.0, 0.0, 0.0)
    target_name, source_name = trace.nodes[key[0]].name, trace.nodes[source].name
    slope = chain.rule(trace, key, "unicode")
    slope += "" if slope == plain(local) else f" = {plain(local)}"
    applied = chain.applied(trace, key[0], "unicode")
    reason = (
        chain.tie(trace, key)
        or f"{target_name} = {applied} changes by {slope} for each unit of {source_name}"
    )
    if trace.nodes[key[0]].muted:
        reason = f"{target_name} is muted and passes {source_name} through"
    if trace.mode == "forward":
        said = f"{source_name} passes {chain.product((local, upstream), 'unicode')} = {plain(sent)} on to"
        said += f" {target_name}, because {reason}."
    else:
        said = f"{target_name} sends {chain.product((upstream, local), 'unicode')} = {plain(sent)} back to"
        said += f" {source_name}, because {reason}."
    return said + _sentence_for_sum(frame, trace.receiver(key))


def _sentence_for_sum(frame: Frame, node_id: str) -> str:
    arrived, expected = frame.arrived(node_id)
    if expected < 2:
        return ""
    far = (
        f"{arrived} of {expected} have arrived, so far"
        if arrived < expected
        else f"All {expected} have arrived:"
    )
    symbol = chain.gradient_symbol(frame.trace, node_id, "unicode")
    return f" {far} {symbol} = {plain(frame.gradient(node_id))}."


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
        value=_formula(lambda dialect: chain.value_steps(trace, node_id, dialect))
        if trace.value(node_id) is not None
        else None,
        problem=trace.node_problems.get(node_id),
        waits_for=[trace.nodes[cause].name] if cause else [],
        rules=[_rule(trace, (node_id, port)) for port in ports],
        terms=[_term(trace, key) for key in trace.edges_back_to(node_id)],
        gradient=_formula(lambda dialect: _gradient_steps(trace, node_id, dialect))
        if trace.gradient(node_id) is not None
        else None,
        paths=list(islice(paths_of(trace, node_id), MAX_PATHS)),
        path_count=trace.path_counts.get(node_id, 0),
        note=muted_note(trace, node_id),
    )


def _formula(steps: Callable[[Dialect], list[str]]) -> Formula:
    return Formula(_equation(steps("unicode")), _equation(steps("latex")))


def _equation(steps: Sequence[str]) -> str:
    return " = ".join(steps[place] for place in chain.new_steps(steps))


def _rule(trace: Trace, key: EdgeKey) -> Formula:
    return _formula(lambda dialect: chain.rule_steps(trace, key, dialect))


def _gradient_steps(trace: Trace, node_id: str, dialect: Dialect) -> list[str]:
    """∂L/∂a, ∂L/∂e × ∂e/∂a, 5 × 3, 15"""
    steps = [chain.gradient_symbol(trace, node_id, dialect)]
    keys = trace.edges_back_to(node_id)
    if keys:
        left = [chain.number(trace.left[node_id], dialect)] if trace.left.get(node_id) else []
        terms = [
            chain.term_numbers(trace, key, dialect, bool(left) or place > 0) for place, key in enumerate(keys)
        ]
        steps.append(" + ".join(chain.term_symbol(trace, key, dialect) for key in keys))
        steps.append(" + ".join(left + terms))
    return [*steps, write_number(known(trace.gradient(node_id)), dialect)]


def _term(trace: Trace, key: EdgeKey) -> Term:
    local = known(trace.local(key))
    derivative, tie = chain.local_symbol(trace, key, "unicode"), chain.tie(trace, key)
    rule = (
        f"{derivative} = {plain(local)}, because {tie}"
        if tie
        else f"{derivative} = {chain.rule(trace, key, 'unicode')}"
    )
    target = trace.nodes[key[0]]
    since = f"{target.name} = {chain.applied(trace, key[0], 'unicode')}"
    if target.muted:
        since = f"{target.name} is muted and passes {trace.nodes[trace.source(key)].name} through"
    return Term(
        edge=key,
        symbolic=chain.term_symbol(trace, key, "unicode"),
        because=f"since {since}, {rule}",
        numbers=chain.term_numbers(trace, key, "unicode"),
        contribution=float(trace.contributions[trace.edge_number[key]]),
    )


def paths_of(trace: Trace, node_id: str) -> Iterator[Path]:
    """The ways to the seed along edges that carry, one at a time, as far as they can be read."""
    waiting = [(node_id, Path((trace.nodes[node_id].name,), (), 1.0))]
    for _ in range(MOST_LOOKED_AT):
        if not waiting:
            return
        here, so_far = waiting.pop()
        if here == trace.seed:
            yield replace(so_far, product=math.prod(so_far.factors))
        for key in reversed(trace.edges_back_to(here) if len(so_far.names) < LONGEST_PATH else []):
            local, giver = float(trace.local_derivatives[trace.edge_number[key]]), trace.giver(key)
            names = (*so_far.names, trace.nodes[giver].name)
            way = Path(names, (*so_far.factors, local), 1.0, (*so_far.edges, key))
            waiting.append((giver, way))
