"""Everything there is to say about one edge: what comes down it, the rule of its local derivative and why,
the product it carries, and what would change if that factor were 0. Reads traces; computes nothing again.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from nodegraph.core.engine.trace import Frame, Trace
from nodegraph.core.explain import chain_rule
from nodegraph.core.explain.chain_rule import known
from nodegraph.core.explain.explanation import Formula, change_sentence
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, EdgeKey
from nodegraph.core.numbers import format_number, format_value
from nodegraph.core.operations.catalogue import OPERATIONS, title_of
from nodegraph.core.operations.equations import Side, in_numbers, product, result_of
from nodegraph.core.typeset import in_formula


@dataclass(frozen=True)
class EdgeExplanation:
    """What one edge carries and why. `upstream` and `product` are there where it carries anything; else
    `nothing` says why not. `rule` is None where its end was not computed.
    """

    key: EdgeKey
    upstream: Formula | None
    rule: Formula | None
    general: str
    """Why the rule holds, before any number is known."""
    reason: str
    """Why it holds here."""
    moves: str
    product: Formula | None
    nothing: str


@dataclass(frozen=True)
class Shift:
    """The gradient of one node, as it is and as it would be."""

    node_id: str
    symbol: str
    before: float
    after: float


def title_of_edge(graph: Graph, key: EdgeKey) -> str:
    """Returns a → e, or "" where there is no such edge."""
    edge = graph.edge(key)
    return "" if edge is None else f"{graph.node(edge.source).name} → {graph.node(edge.target).name}"


def kind_of_edge(graph: Graph, key: EdgeKey) -> str:
    """Returns which input of what it is: Input 1 of e, which is Multiply."""
    node = graph.node(key[0])
    return f"Input {key[1] + 1} of {node.name}, which is {title_of(node.op)}"


def spoken_edge(graph: Graph, key: EdgeKey) -> str:
    """Returns what a screen reader calls an edge: Edge from a to e, input 1; "" where it is not there."""
    edge = graph.edge(key)
    if edge is None:
        return ""
    source, target = graph.node(edge.source).name, graph.node(edge.target).name
    bends = "" if not edge.via else ", 1 bend" if len(edge.via) == 1 else f", {len(edge.via)} bends"
    return f"Edge from {source} to {target}, input {edge.port + 1}{bends}"


def spoken_bends(graph: Graph, before: Edge, after: Edge) -> str:
    """Returns what has become of an edge's bends: Bend 1 of 2 added to the edge from a to e, at 120, 40."""
    edge = f"the edge from {graph.node(after.source).name} to {graph.node(after.target).name}"
    were, are = before.via, after.via
    if not are:
        return f"No bend is left on {edge}"
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(were, are, strict=False)))
    if len(are) < len(were):
        return f"Bend {same + 1} of {len(were)} removed from {edge}"
    place = ", ".join(format_number(round(value)) for value in are[min(same, len(are) - 1)])
    bend = f"Bend {min(same, len(are) - 1) + 1} of {len(are)}"
    return f"{bend} added to {edge}, at {place}" if len(are) > len(were) else f"{bend} moved to {place}"


def spoken_bend(edge: Edge, number: int) -> str:
    """Returns which bend of an edge is chosen: Bend 1 of 2, at 120, 40."""
    place = ", ".join(format_number(round(value)) for value in edge.via[number])
    return f"Bend {number + 1} of {len(edge.via)}, at {place}"


def spoken_load(frame: Frame, key: EdgeKey) -> str:
    """Returns what an edge has carried so far: sends back 5 × 3 = +15."""
    carried, value = frame.contribution(key), frame.edge_value(key)
    if carried is not None:
        is_forward = frame.trace.mode == "forward"
        factors = carried[1::-1] if is_forward else carried[:2]
        said = product(factors, carried[2], signed=True)
        return f"{'passes on' if is_forward else 'sends back'} {said}"
    return "nothing carried yet" if value is None else f"carries {format_value(value)}"


def explain_edge(trace: Trace, graph: Graph, key: EdgeKey) -> EdgeExplanation:
    """Explain one edge of the graph that was run."""
    nothing = why_nothing(trace, graph, key)
    if key not in trace.edge_number:
        return EdgeExplanation(key, None, None, "", "", "", None, nothing)
    rule = Formula(tuple(chain_rule.rule_sides(trace, key)), chain_rule.rule_side(trace, key))
    upstream = None if nothing else Formula(tuple(_upstream_sides(trace, key)))
    product = None if nothing else Formula(tuple(_product_sides(trace, key)))
    node, reason = trace.nodes[key[0]], chain_rule.reason(trace, key)
    general = reason if node.muted else OPERATIONS[node.op].why(key[1], len(trace.sources(key[0])))
    moves = change_sentence(trace, key)
    return EdgeExplanation(key, upstream, rule, general, reason, moves, product, nothing)


def _upstream_sides(trace: Trace, key: EdgeKey) -> list[Side]:
    """∂L/∂e, 5"""
    giver = trace.giver(key)
    symbol = Side(
        chain_rule.gradient_symbol(trace, giver, "unicode"), chain_rule.gradient_symbol(trace, giver, "latex")
    )
    return [symbol, result_of(known(trace.gradient(giver)))]


def _product_sides(trace: Trace, key: EdgeKey) -> list[Side]:
    """∂L/∂e × ∂e/∂a, 5 × 3, 15"""
    symbols = Side(chain_rule.term_symbol(trace, key, "unicode"), chain_rule.term_symbol(trace, key, "latex"))
    return [symbols, *in_numbers(chain_rule.term_tree(trace, key), chain_rule.sent(trace, key))]


def why_nothing(trace: Trace, graph: Graph, key: EdgeKey) -> str:
    """Returns why an edge carries no derivative, or ""."""
    target = in_formula(graph.node(key[0]).name)
    if key not in trace.edge_number:
        cause = trace.plan.waiting.get(key[0])
        if cause is not None and cause in trace.nodes:
            return f"{target} waits for {chain_rule.label(trace, cause)}, so nothing was computed here."
        if graph.node(key[0]).muted and key[0] in trace.plan.number:
            return f"{chain_rule.passed_on(trace, (key[0], 0))}; its other inputs have no part in it."
        return trace.node_problems.get(key[0]) or f"{target} was not computed."
    if trace.carried[trace.edge_number[key]]:
        return ""
    source = trace.source(key)
    if trace.seed is None or not trace.has_derivatives:
        return "There is no output to start from."
    if trace.nodes[source].op == "constant":
        return f"{chain_rule.label(trace, source)} is a constant: no gradient is asked for there."
    seed = in_formula(chain_rule.seed_name(trace))
    if trace.mode == "forward":
        return f"{chain_rule.label(trace, source)} does not depend on {seed}, so nothing is passed on."
    return f"{seed} does not depend on {target}, so nothing is sent back."


def is_upstream_known(frame: Frame, key: EdgeKey) -> bool:
    """Whether the gradient that an edge is going to carry on is complete and may be shown."""
    if frame.guarded:
        return frame.has_carried(key)
    giver = frame.trace.giver(key)
    arrived, expected = frame.arrived(giver)
    return frame.gradient(giver) is not None and arrived == expected


def shifts(before: Frame, after: Frame) -> Iterator[Shift]:
    """The nodes whose gradients, as far as they are shown, differ between two runs of one graph, from the
    seed on.
    """
    trace = before.trace
    for node_id in reversed(trace.plan.ids) if trace.mode == "reverse" else trace.plan.ids:
        old, new = before.gradient(node_id), after.gradient(node_id)
        if old is None or new is None or old == new or (math.isnan(old) and math.isnan(new)):
            continue
        yield Shift(node_id, chain_rule.gradient_symbol(trace, node_id, "unicode"), old, new)
