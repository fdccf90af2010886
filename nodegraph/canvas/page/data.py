"""What a page knows of a graph: its records, its plan and what is to be shown first, as plain data.

Values and gradients are not among it: the page computes them.
"""

from __future__ import annotations

import math
from typing import Any

from nodegraph.canvas.page.drawing import Numbering
from nodegraph.core.engine.plan import Plan
from nodegraph.core.engine.trace import Frame, Trace
from nodegraph.core.explain import symbols
from nodegraph.core.graph.records import Node
from nodegraph.core.operations.catalogue import OPERATIONS, PASS_THROUGH, rule_tree
from nodegraph.core.operations.formula import Call, Name, Number, Tree


def numbering_of(trace: Trace) -> Numbering:
    """Returns the places of nodes and edges in the lists of the data."""
    return Numbering({node_id: place for place, node_id in enumerate(trace.nodes)}, trace.edge_number)


def graph_data(trace: Trace) -> dict[str, Any]:
    """Returns what is computed, and in which order; nodes by id, edges as target, port and source."""
    plan = trace.plan
    return {
        "nodes": [_node(trace, node) for node in trace.nodes.values()],
        "ids": list(plan.ids),
        "leaves": plan.leaves,
        "values": trace.node_values[: plan.leaves].tolist(),
        "edges": [
            [target, key[1], source]
            for target, key, source in zip(
                plan.edge_target.tolist(), plan.keys, plan.edge_source.tolist(), strict=True
            )
        ],
        "runs": [[run.op, run.start, run.stop, run.edges, len(run.sources)] for run in plan.runs],
        "backward": plan.backward_order.tolist(),
        "forward": plan.forward_order.tolist(),
        "carried": trace.carried.astype(int).tolist(),
        "problems": [list(pair) for pair in plan.problems.items()],
        "waiting": [list(pair) for pair in plan.waiting.items()],
        "left": [[node_id, _told(gradient)] for node_id, gradient in trace.left.items()],
        "mode": trace.mode,
        "seed": trace.seed,
        "output": trace.output,
    }


def _told(number: float) -> float | str:
    """A number as JSON has it: what is no finite one as its word in JavaScript."""
    if math.isfinite(number):
        return number
    return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"


def _node(trace: Trace, node: Node) -> list[Any]:
    """A node, with a last element where its number stands for it."""
    return [node.id, node.name, node.op, node.value, node.muted, *[1] * symbols.is_bare(trace, node)]


def rules_of(plan: Plan) -> dict[str, dict[str, list[Any]]]:
    """Returns the rules of local derivatives that are needed: by operation, by how many inputs, by port."""
    found: dict[str, dict[str, list[Any]]] = {}
    kinds = {(run.op, len(run.sources)) for run in plan.runs if run.op != PASS_THROUGH.name}
    for op, count in sorted(kinds):
        if op == "multiply" and count > 2:  # of a long product nobody asks for the rule: it is nested as deep
            continue
        trees = [rule_tree(op, port, count) for port in range(count)]
        found.setdefault(op, {})[str(count)] = [_plain(tree) for tree in trees]
    return found


def operations_of(frame: Frame, rules: dict[str, dict[str, list[Any]]]) -> set[str]:
    """Returns the operations whose records a page needs: those of its nodes, and those that rules name."""
    found = {"add", "multiply"}  # the chain rule itself is written with them
    found |= {node.op for node in frame.trace.nodes.values()}
    waiting: list[Any] = [tree for counts in rules.values() for trees in counts.values() for tree in trees]
    while waiting:
        tree = waiting.pop()
        if isinstance(tree, list):
            found.add(tree[0])
            waiting.extend(tree[1:])
    return found & OPERATIONS.keys()


def _plain(tree: Tree) -> float | str | list[Any]:
    """A number, a name, or an operation with what it is applied to."""
    if isinstance(tree, Number):
        return tree.value
    if isinstance(tree, Name):
        return tree.name
    assert isinstance(tree, Call)
    return [tree.op, *map(_plain, tree.operands)]
