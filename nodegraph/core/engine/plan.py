"""A graph compiled to flat arrays in topological order, and what keeps the rest of it from running.

Nodes are numbered so that those of one operation within one generation are a consecutive run; a pass is then
one array expression per run. Knows no values: the same plan serves until the structure changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, EdgeKey, Node
from nodegraph.core.operations.catalogue import OPERATIONS, PASS_THROUGH
from nodegraph.core.quoting import quoted

Indices = NDArray[np.int32]
LEAF_RUN = "leaf"
"""Inputs and constants make one run without an operation, ahead of all others."""

FEW_EDGES = 40
"""Edges per run up to which a plain loop over edges is faster than array expressions (0.3 µs each to 15)."""


@dataclass(frozen=True, eq=False)
class Run:
    """Nodes start…stop of one operation; `sources` holds, per port, each node's input.

    Their edges are consecutive too, port by port: `edges` is the first, then `len(sources) * (stop - start)`.
    """

    op: str
    start: int
    stop: int
    sources: Indices
    edges: int


@dataclass(frozen=True, eq=False)
class Plan:
    """`ids` by number; `leaves` is how many come first; `keys` the edges, with their ends in two arrays."""

    ids: tuple[str, ...]
    number: Mapping[str, int]
    leaves: int
    runs: tuple[Run, ...]
    keys: tuple[EdgeKey, ...]
    edge_source: Indices
    edge_target: Indices
    backward_order: Indices
    """The edges as the backward pass takes them: the last target first, and its ports from 0."""
    problems: Mapping[str, str]
    waiting: Mapping[str, str]
    """For each node that cannot run through no fault of its own, the id of a node with a problem above it."""
    reached: dict[int, NDArray[np.bool_]] = field(default_factory=dict, repr=False)
    """What `reaching` has found out, by output."""

    @cached_property
    def forward_order(self) -> Indices:
        """The edges as derivatives run forward: the first target first, and its ports from 0."""
        ports = np.array([port for _, port in self.keys], dtype=np.int32)
        return np.lexsort((ports, self.edge_target)).astype(np.int32)

    def reached_from(self, numbers: int | NDArray[np.int_]) -> NDArray[np.bool_]:
        """Which nodes depend on this one, or on any of these, themselves included."""
        reached = np.zeros(len(self.ids), dtype=bool)
        reached[numbers] = True
        if len(self.runs) * FEW_EDGES > len(self.keys):
            flags = reached.tolist()
            for source, target in zip(self.edge_source.tolist(), self.edge_target.tolist(), strict=True):
                if flags[source]:
                    flags[target] = True
            return np.array(flags)
        for run in self.runs:
            reached[run.start : run.stop] |= reached[run.sources].any(axis=0)
        return reached

    def reaching(self, output: int) -> NDArray[np.bool_]:
        """Which nodes the output depends on, itself included; kept, as values change oftener than plans."""
        if output not in self.reached:
            reached = np.zeros(len(self.ids), dtype=bool)
            reached[output] = True
            for run in reversed(self.runs):
                reached[run.sources[:, reached[run.start : run.stop]]] = True
            self.reached[output] = reached
        return self.reached[output]


def compile_plan(graph: Graph) -> Plan:
    """The plan of everything that can run; the rest is in `problems`, by node id, as sentences.

    A node that merely waits for one with a problem has none of its own and is left out. Of what arrives at a
    muted node only its first input is in the plan.
    """
    records = {node.id: node for node in graph.nodes()}
    arrivals = graph.arrivals()
    muted = {node_id for node_id, node in records.items() if node.muted}
    for node_id in muted:
        arrivals[node_id] = [edge for edge in arrivals[node_id] if edge.port == 0]
    problems = {i: said for i, node in records.items() if (said := _own_problem(node, arrivals[i]))}
    generations = _generations(graph, arrivals, problems, muted)
    if sum(map(len, generations)) < len(records):
        problems = {**problems, **_cycles(graph)}
    stopped = _stopped(graph, problems, muted)
    waiting = {node_id: cause for node_id, cause in stopped.items() if node_id not in problems}
    groups = [group for generation in generations for group in _grouped(generation, records, arrivals)]
    ids = tuple(node_id for _, nodes in groups for node_id in nodes)
    number = {node_id: place for place, node_id in enumerate(ids)}
    leaves = sum(len(nodes) for op, nodes in groups if op == LEAF_RUN)
    runs, keys = _lowered(groups, number, arrivals)
    return Plan(ids, number, leaves, runs, keys, *_packed(runs, keys), problems, waiting)


def _grouped(
    generation: Sequence[str], records: Mapping[str, Node], arrivals: Mapping[str, list[Edge]]
) -> list[tuple[str, list[str]]]:
    """Gather the nodes of a generation, in the order of their making, by operation and number of inputs."""
    members: dict[tuple[str, int], list[str]] = defaultdict(list)
    for node_id in sorted(generation, key=lambda node_id: records[node_id].rank):
        node = records[node_id]
        op = LEAF_RUN if node.is_leaf else PASS_THROUGH.name if node.muted else node.op
        members[op, len(arrivals[node_id])].append(node_id)
    return [(op, nodes) for (op, _arity), nodes in members.items()]


def _lowered(
    groups: Sequence[tuple[str, list[str]]], number: Mapping[str, int], arrivals: Mapping[str, list[Edge]]
) -> tuple[tuple[Run, ...], tuple[EdgeKey, ...]]:
    """Make a run of each group but the leaves. Returns the runs, and their edges in order."""
    runs: list[Run] = []
    keys: list[EdgeKey] = []
    for op, nodes in groups:
        if op == LEAF_RUN:
            continue
        start, ports = number[nodes[0]], range(len(arrivals[nodes[0]]))
        sources = [[number[arrivals[node_id][port].source] for node_id in nodes] for port in ports]
        runs.append(Run(op, start, start + len(nodes), np.array(sources, dtype=np.int32), len(keys)))
        keys += [(node_id, port) for port in ports for node_id in nodes]
    return tuple(runs), tuple(keys)


def _packed(runs: Sequence[Run], keys: Sequence[EdgeKey]) -> tuple[Indices, Indices, Indices]:
    """Pack the edges into arrays. Returns sources, targets, and their order in the backward pass."""
    nothing = np.empty(0, np.int32)
    edge_source = np.concatenate([run.sources.ravel() for run in runs] or [nothing])
    spans = [np.tile(np.arange(run.start, run.stop, dtype=np.int32), len(run.sources)) for run in runs]
    edge_target = np.concatenate(spans or [nothing])
    ports = np.array([port for _, port in keys], dtype=np.int32)
    return edge_source, edge_target, np.lexsort((ports, -edge_target)).astype(np.int32)


def plan_of(graph: Graph) -> Plan:
    """The graph's plan, compiled again only when its structure has changed."""
    if graph.compiled is None or graph.compiled[0] != graph.structure:
        graph.compiled = (graph.structure, compile_plan(graph))
    plan: Plan = graph.compiled[1]
    return plan


def _stopped(graph: Graph, problems: Mapping[str, str], muted: Collection[str]) -> dict[str, str]:
    """Every node that cannot run, with the id of a node whose problem is the cause."""
    stopped = {node_id: node_id for node_id in problems}
    spreading = list(problems)
    for node_id in spreading:
        for target, parallel in graph.targets[node_id].items():
            if target not in stopped and (target not in muted or 0 in parallel):
                stopped[target] = stopped[node_id]
                spreading.append(target)
    return stopped


def _generations(
    graph: Graph,
    arrivals: Mapping[str, list[Edge]],
    problems: Mapping[str, str],
    muted: Collection[str],
) -> list[list[str]]:
    """What can run, by how far it is from the leaves: each generation needs only earlier ones.

    Kahn's algorithm, as `networkx.topological_generations`, at a third of its cost and with no node beyond a
    problem; what a cycle holds is left out too.
    """
    targets = graph.targets
    waits_for = {node_id: len(edges) for node_id, edges in arrivals.items()}
    generation = [node_id for node_id, count in waits_for.items() if not count and node_id not in problems]
    found = []
    while generation:
        found.append(generation)
        following = []
        for node_id in generation:
            for target, parallel in targets[node_id].items():
                if target in muted and 0 not in parallel:
                    continue
                waits_for[target] -= 1 if target in muted else len(parallel)
                if not waits_for[target] and target not in problems:
                    following.append(target)
        generation = following
    return found


def _cycles(graph: Graph) -> dict[str, str]:
    """A sentence for every node of a cycle."""
    import networkx as nx

    found: dict[str, str] = {}
    for component in nx.strongly_connected_components(graph.network):
        node_id = next(iter(component))
        if len(component) > 1 or node_id in graph.targets[node_id]:
            members = sorted((graph.node(member) for member in component), key=lambda node: node.rank)
            names = ", ".join(node.name for node in members[:8]) + (", …" if len(members) > 8 else "")
            said = f"This is part of a cycle ({names}); remove one of its edges."
            found.update((node.id, said) for node in members)
    return found


def _own_problem(node: Node, edges: Sequence[Edge]) -> str | None:
    if node.muted and not node.is_leaf:
        return None if edges else "Connect its first input, which it passes through while it is muted."
    operation = OPERATIONS.get(node.op)
    if operation is None:
        return f"The operation “{quoted(node.op)}” is not known here, so it cannot run."
    ports = {edge.port for edge in edges}
    if operation.is_leaf:
        if ports:
            return f"{operation.title} takes no edges; remove the one that arrives here."
        return "Give it a value." if node.value is None else None
    count = max(operation.least, max(ports, default=-1) + 1)
    if operation.most is not None and count > operation.most:
        return f"{operation.title} takes {operation.most} inputs; here are {count}."
    missing = [port + 1 for port in range(count) if port not in ports]
    if not missing:
        return None
    if count == 1:
        return "Connect its input."
    listed = " and ".join(map(str, missing)) if len(missing) < 4 else f"{len(missing)} of its inputs"
    return f"Connect input {listed}." if len(missing) == 1 else f"Connect inputs {listed}."
