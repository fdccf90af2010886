"""The chain rule in words, in Unicode and in LaTeX: for a step of a trace, and for a node with all its paths.

Reads a trace and computes nothing again. Every formula comes from the operation's record.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from nodegraph.core.engine.cost import path_count
from nodegraph.core.engine.trace import Frame, Trace
from nodegraph.core.explain import chain_rule
from nodegraph.core.explain.chain_rule import known, muted_note, plain
from nodegraph.core.explain.gradient_sums import gradient_sum
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.operations.catalogue import title_of
from nodegraph.core.operations.equations import Side, both, is_told_whole, joined, result_of, value_result

MAX_PATHS = 12
"""Paths that are listed for a node; further ones are only counted."""
MOST_LEAVES = 8
"""Inputs, and constants, that the first step names."""
LONGEST_PATH, MOST_LOOKED_AT = 120, 4000
"""Nodes on a path that is listed, and the work of looking for one: in a deep graph they are only counted."""


@dataclass(frozen=True)
class Formula:
    """One formula, ready to show."""

    sides: tuple[Side, ...]
    general: Side | None = None
    """The second side before any number is known, where that is another one."""

    @property
    def unicode(self) -> str:
        """The formula as plain text."""
        return joined(self.sides)

    @property
    def latex(self) -> str:
        """The formula as LaTeX."""
        return joined(self.sides, "latex")

    @property
    def symbols(self) -> str:
        """Its first two sides, which hold no numbers but constants."""
        return joined([self.sides[0], self.general or self.sides[1]])

    @property
    def head(self) -> str:
        """What it is an equation for."""
        return self.sides[0].unicode


@dataclass(frozen=True)
class Term:
    """What one edge adds to a node's gradient. `general` is the reason before any number is known, `because`
    the reason here, and `known` the same with the local derivative as a number.
    """

    edge: EdgeKey
    symbolic: str
    general: str
    because: str
    known: str
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
        said = f"{joined(chain_rule.value_sides(trace, step.node))}."
        return f"{muted_note(trace, step.node)} {said}".lstrip()
    symbol = chain_rule.gradient_symbol(trace, step.node, "unicode")
    return f"{symbol} {chain_rule.first_sign(trace)} 1: {seed_reason(trace)}."


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
    told: dict[str, list[str]] = {"input": [], "constant": []}
    for leaf in leaves:
        side = value_result(known(trace.value(leaf)))
        sides = [Side(chain_rule.label(trace, leaf), ""), side]
        told[trace.nodes[leaf].op].append(joined(sides))
    return " ".join(_appear(noun, texts) for noun, texts in told.items() if texts)


def _appear(noun: str, told: Sequence[str]) -> str:
    """The inputs appear: a = 2, b = 3."""
    more = f" and {len(told) - MOST_LEAVES} more" if len(told) > MOST_LEAVES else ""
    start = f"The {noun} appears" if len(told) == 1 else f"The {noun}s appear"
    return f"{start}: {', '.join(told[:MOST_LEAVES])}{more}."


def _sentence_for_edge(frame: Frame, key: EdgeKey) -> str:
    trace, source = frame.trace, frame.trace.source(key)
    target_name, source_name = chain_rule.label(trace, key[0]), chain_rule.label(trace, source)
    said, reason = chain_rule.carried(trace, key), change_sentence(trace, key)
    if trace.mode == "forward":
        told = f"{source_name} passes {said} on to {target_name}, because {reason}."
    else:
        told = f"{target_name} sends {said} back to {source_name}, because {reason}."
    return told + _sentence_for_sum(frame, trace.receiver(key))


def change_sentence(trace: Trace, key: EdgeKey) -> str:
    """How a node moves with one of its inputs: e = a × b changes by b = 3 for each unit of a. Where it
    curves this holds only here, and where its rule has cases the one that holds is said.
    """
    node, source = trace.nodes[key[0]], chain_rule.label(trace, trace.source(key))
    if node.muted:
        return chain_rule.passed_on(trace, key)
    if tie := chain_rule.tie(trace, key):
        return tie
    local, found = known(trace.local(key)), chain_rule.case_of(trace, key)
    moves, slope = chain_rule.definition(trace, key[0]), chain_rule.slope(trace, key)
    if not math.isfinite(local):
        return f"the slope of {moves} by {chain_rule.moved(trace, key)} is {slope} here"
    if found is not None and found.is_kink:
        return f"{moves} has its kink at {found.condition}, where the slope is taken as {plain(local)}"
    if found is not None and not local:
        return f"{moves} does not change with {source} while {found.condition}"
    if found is not None:
        return f"{moves} changes by {slope} for each unit of {source} while {found.condition}"
    if not math.isfinite(trace.value(key[0]) or 0.0):  # what is NaN or infinite does not move
        return f"the slope of {moves} by {chain_rule.moved(trace, key)} is {slope} here"
    if chain_rule.is_straight(trace, key):
        return f"{moves} changes by {slope} for each unit of {chain_rule.moved(trace, key)}"
    return f"{moves} moves {slope} times as fast as {chain_rule.moved(trace, key)} here"


def _sentence_for_sum(frame: Frame, node_id: str) -> str:
    arrived, expected = frame.arrived(node_id)
    trace, left = frame.trace, frame.trace.left.get(node_id, 0.0)
    if expected < 2 and not left:
        return ""
    so_far = known(frame.gradient(node_id))
    kept = f"With the {plain(left)} that an earlier pass left" if left else ""
    if arrived < expected:
        has = "has" if arrived == 1 else "have"
        begin = f"{kept}, {arrived}" if kept else f"{arrived}"
        return f" {begin} of {expected} {has} arrived, so far the sum is {plain(so_far)}."
    begin = kept or ("Both have arrived" if expected == 2 else f"All {expected} have arrived")
    return f" {begin}: {_comes_to(trace, node_id, so_far)}."


def _comes_to(trace: Trace, node_id: str, so_far: float) -> str:
    sign = chain_rule.first_sign(trace)
    if sign == "=" and not is_told_whole(so_far):
        sign = "≈"
    return f"{chain_rule.gradient_symbol(trace, node_id, 'unicode')} {sign} {plain(so_far)}"


# --- one node
def explain_node(trace: Trace, node_id: str) -> NodeExplanation:
    """The value, the local derivatives, and the chain rule for one node with all its terms and paths."""
    node = trace.nodes[node_id]
    cause = trace.plan.waiting.get(node_id)
    # By a constant nothing is asked; its slope may not even be a number, as in (−2)² by the exponent.
    ports = [
        port for port, source in enumerate(trace.sources(node_id)) if trace.nodes[source].op != "constant"
    ]
    return NodeExplanation(
        node_id=node_id,
        name=node.name,
        title=title_of(node.op),
        is_output=node_id == trace.output,
        value=Formula(tuple(chain_rule.value_sides(trace, node_id)))
        if trace.value(node_id) is not None
        else None,
        problem=trace.node_problems.get(node_id),
        waits_for=[chain_rule.label(trace, cause)] if cause else [],
        rules=[_rule(trace, (node_id, port)) for port in ports],
        terms=[_term(trace, key) for key in trace.edges_back_to(node_id)],
        gradient=Formula(tuple(gradient_sides(trace, node_id)))
        if trace.gradient(node_id) is not None
        else None,
        paths=list(islice(paths_of(trace, node_id), MAX_PATHS)),
        path_count=path_count(trace, node_id),
        note=muted_note(trace, node_id),
    )


def _rule(trace: Trace, key: EdgeKey) -> Formula:
    return Formula(tuple(chain_rule.rule_sides(trace, key)), chain_rule.rule_side(trace, key))


def gradient_sides(trace: Trace, node_id: str) -> list[Side]:
    """∂L/∂a, ∂L/∂e × ∂e/∂a, 5 × 3, 15"""
    head = Side(*both(partial(chain_rule.gradient_symbol, trace, node_id)))
    first = chain_rule.first_sign(trace)
    if not trace.edges_back_to(node_id):
        result = result_of(known(trace.gradient(node_id)))
        return [head, replace(result, sign=first) if node_id == trace.seed else result]
    found = gradient_sum(trace, node_id)
    symbols = Side(*both(found.in_symbols), sign=first)
    numbers = Side(*both(found.in_factors), sign=found.before_factors)
    return [head, symbols, numbers, replace(result_of(found.total), sign=found.from_factors)]


def _term(trace: Trace, key: EdgeKey) -> Term:
    sides, tie, found = (
        chain_rule.rule_sides(trace, key),
        chain_rule.tie(trace, key),
        chain_rule.case_of(trace, key),
    )
    target, since = trace.nodes[key[0]], chain_rule.definition(trace, key[0])
    if target.muted:
        since = chain_rule.passed_on(trace, key)
    general = f"since {since}, {joined([sides[0], chain_rule.rule_side(trace, key)])}"
    if tie:
        because = told = f"since {since}, {joined(sides)}, because {tie}"
    elif found is not None:
        because = told = f"since {since} and {found.condition}, {joined(sides)}"
        general = because if target.op == "power" else general
    elif chain_rule.has_cases(trace, key):
        because = told = f"since {since}, {joined(sides)}"
    else:
        because = f"since {since}, {joined(sides[:2])}"
        told = f"since {since}, {sides[0].unicode} = {chain_rule.slope(trace, key)}"
    return Term(
        edge=key,
        symbolic=chain_rule.term_symbol(trace, key, "unicode"),
        general=general,
        because=because,
        known=told,
        numbers=chain_rule.term_numbers(trace, key),
        contribution=chain_rule.sent(trace, key),
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
