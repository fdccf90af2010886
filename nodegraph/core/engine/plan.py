"""A graph compiled to flat arrays in topological order, and what keeps the rest of it from running.

Nodes are numbered so that those of one operation within one generation are a consecutive run; a pass is then
one array expression per run. Knows no values: the same plan serves until the structure changes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, EdgeKey, Node
from nodegraph.core.kernels import numbering
from nodegraph.core.kernels.numbering import LEAF, Indices, Links
from nodegraph.core.kernels.runs import Runs
from nodegraph.core.operations.catalogue import OPERATIONS, PASS_THROUGH
from nodegraph.core.quoting import quoted

FEW_EDGES = 40
"""Edges per run up to which a plain loop over edges is faster than array expressions (0.3 µs each to 15)."""
OPS = (*OPERATIONS, PASS_THROUGH.name)
"""What the runs of a graph's plan do, by code."""
_CODES = {op: code for code, op in enumerate(OPS)} | {
    name: LEAF for name, o in OPERATIONS.items() if o.is_leaf
}
_LEAST = np.array([*(operation.least for operation in OPERATIONS.values()), 1])
_MOST = np.array([*(o.most if o.most is not None else np.iinfo(int).max for o in OPERATIONS.values()), 1])


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
    """`ids` by number; `leaves` is how many come first, a run without an operation ahead of all others.

    `table` holds a row for each run: its operation as a place in `ops`, how many inputs it takes, the numbers
    of its first node and of the one after its last, and its first edge. `edge_source` are the edges' sources.
    """

    ids: Sequence[str]
    number: Mapping[str, int]
    leaves: int
    ops: tuple[str, ...]
    table: Indices
    edge_source: Indices
    problems: Mapping[str, str] = field(default_factory=dict)
    waiting: Mapping[str, str] = field(default_factory=dict)
    """For each node that cannot run through no fault of its own, the id of a node with a problem above it."""
    reached: dict[int, NDArray[np.bool_]] = field(default_factory=dict, repr=False)
    """What `reaching` has found out, by output."""

    @classmethod
    def from_arrays(cls, ops: Sequence[str], codes: ArrayLike, starts: ArrayLike, sources: ArrayLike) -> Plan:
        """Returns the plan of a graph that is given as arrays, however large: no object is made for a node.

        Node i does `ops[codes[i]]` with the nodes `sources[starts[i]:starts[i + 1]]`, by port, which all come
        before it; its id is `str(i)`. Raises ValueError where the arrays do not make a graph that can run.

        >>> plan = Plan.from_arrays(("input", "multiply"), [0, 0, 1], [0, 0, 0, 2], [0, 1])
        >>> plan.leaves, [run.op for run in plan.runs], plan.keys
        (2, ['multiply'], (('2', 0), ('2', 1)))
        """
        links = Links.checked(codes, starts, sources, len(ops))
        code = np.array([_CODES.get(op, numbering.UNKNOWN) for op in ops], dtype=np.int32)[links.codes]
        wrong = np.flatnonzero(~_can_run(code, links.counts, links.counts - 1))
        if len(wrong):
            op, count = ops[links.codes[wrong[0]]], links.counts[wrong[0]]
            raise ValueError(f"node {wrong[0]}: {op!r} cannot run with {count} inputs")
        found = numbering.numbered(links.with_codes(code), numbering.levels_in_order(links))
        ids = numbering.Ids(found.order)
        return cls(ids, numbering.Numbers(found.order), found.leaves, OPS, found.table, found.sources)

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """The runs as objects, each with what it takes."""
        found = []
        for code, inputs, start, stop, first in self.table.tolist():
            count = stop - start
            sources = self.edge_source[first : first + inputs * count].reshape(inputs, count)
            found.append(Run(self.ops[code], start, stop, sources, first))
        return tuple(found)

    @cached_property
    def arrays(self) -> Runs:
        """The runs as arrays, with both passes over them."""
        return Runs(self.ops, self.table, self.edge_source)

    @property
    def coded(self) -> Indices:
        """The table as compiled passes read it."""
        return self.arrays.coded

    @cached_property
    def edge_number(self) -> Mapping[EdgeKey, int]:
        """The number of each edge."""
        return {key: number for number, key in enumerate(self.keys)}

    @cached_property
    def edge_target(self) -> Indices:
        """The edges' targets."""
        return self._targets_and_ports[0]

    @cached_property
    def keys(self) -> tuple[EdgeKey, ...]:
        """The edges as (target, port)."""
        targets, ports = self._targets_and_ports
        return tuple(zip(map(self.ids.__getitem__, targets.tolist()), ports.tolist(), strict=True))

    @cached_property
    def backward_order(self) -> Indices:
        """The edges as the backward pass takes them: the last target first, and its ports from 0."""
        targets, ports = self._targets_and_ports
        return np.lexsort((ports, -targets)).astype(np.int32)

    @cached_property
    def forward_order(self) -> Indices:
        """The edges as derivatives run forward: the first target first, and its ports from 0."""
        targets, ports = self._targets_and_ports
        return np.lexsort((ports, targets)).astype(np.int32)

    @cached_property
    def _targets_and_ports(self) -> tuple[Indices, Indices]:
        return numbering.targets_and_ports(self.table)

    def reached_from(self, numbers: int | NDArray[np.int_]) -> NDArray[np.bool_]:
        """Which nodes depend on this one, or on any of these, themselves included."""
        reached = np.zeros(len(self.ids), dtype=bool)
        reached[numbers] = True
        if len(self.table) * FEW_EDGES > len(self.edge_source):
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
    nodes = graph.nodes()
    muted = {node.id for node in nodes if node.muted}
    codes = [_code(node) for node in nodes]
    links, last_ports = _links(graph, nodes, codes)
    unset = [code == LEAF and node.value is None for code, node in zip(codes, nodes, strict=True)]
    unsure = np.flatnonzero(~_can_run(links.codes, links.counts, last_ports) | np.array(unset, dtype=bool))
    problems: dict[str, str] = {}
    for node in (nodes[place] for place in unsure):
        edges = [e for e in graph.edges_into(node.id) if not node.muted or e.port == 0]
        said = _own_problem(node, [edge.port for edge in edges])
        if said:
            problems[node.id] = said
    barred = np.isin(np.arange(len(nodes)), [p for p in unsure if nodes[p].id in problems])
    levels = numbering.levels(links, barred)
    waiting: dict[str, str] = {}
    if (levels < 0).any():
        if muted or (numbering.levels(links, np.zeros(len(nodes), dtype=bool)) < 0).any():
            problems |= _cycles(graph)
        stopped = _stopped(graph, problems, muted)
        waiting = {node_id: cause for node_id, cause in stopped.items() if node_id not in problems}
    found = numbering.numbered(links, levels)
    ids = tuple(nodes[place].id for place in found.order.tolist())
    number = {node_id: place for place, node_id in enumerate(ids)}
    return Plan(ids, number, found.leaves, OPS, found.table, found.sources, problems, waiting)


def _code(node: Node) -> int:
    """What a node does, as a place in `OPS`."""
    return (
        _CODES[PASS_THROUGH.name]
        if node.muted and not node.is_leaf
        else _CODES.get(node.op, numbering.UNKNOWN)
    )


def _links(graph: Graph, nodes: Sequence[Node], codes: Sequence[int]) -> tuple[Links, Indices]:
    """Returns the edges between nodes, as arrays, and the last port of each node that an edge fills, or −1.

    Of a muted node they are none but that into its first port.
    """
    index = {node.id: place for place, node in enumerate(nodes)}
    by_target = graph.sources
    into = [by_target[node.id] if not node.muted else _first_alone(by_target[node.id]) for node in nodes]
    sources = [index[source] for found in into for source, parallel in found.items() for _ in parallel]
    ports = np.array([port for found in into for parallel in found.values() for port in parallel], np.int64)
    counts = np.array([sum(map(len, found.values())) for found in into], dtype=np.int64)
    targets = np.repeat(np.arange(len(nodes)), counts)
    last_ports = np.full(len(nodes), -1)
    np.maximum.at(last_ports, targets, ports)
    order = np.lexsort((ports, targets))
    starts = np.concatenate([[0], np.cumsum(counts)])
    by_port = np.array(sources, dtype=np.int32)[order]
    return Links(np.array(codes, dtype=np.int32), starts, by_port), last_ports


def _first_alone(found: Mapping[str, Mapping[int, Edge]]) -> Mapping[str, Mapping[int, Edge]]:
    """What arrives at a muted node, by source: the edge into its first port, or none."""
    return {source: {0: parallel[0]} for source, parallel in found.items() if 0 in parallel}


def _can_run(codes: Indices, counts: Indices, last_ports: Indices) -> NDArray[np.bool_]:
    """Whether each node has as many inputs as its operation takes, and no port free among them."""
    is_leaf = (codes == LEAF) & (counts == 0)
    is_fed = (counts == last_ports + 1) & (counts >= _LEAST[codes]) & (counts <= _MOST[codes])
    can_run: NDArray[np.bool_] = is_leaf | (is_fed & (codes >= 0))
    return can_run


def patch_plan(graph: Graph, change: Change, structure: int) -> None:
    """Keep the plan that a graph had at this structure, where a change, just made, has only added or deleted
    nodes that cannot run and that no edge touches: then nothing but `problems` is otherwise.
    """
    if graph.compiled is None or graph.compiled[0] != structure or graph.structure == structure:
        return
    plan: Plan = graph.compiled[1]
    problems = dict(plan.problems)
    for patch in change.patches:
        if patch.kind != "node" or (patch.before is not None and patch.after is not None):
            if patch.is_structural:
                return
        elif patch.after is None:
            if patch.key in plan.number or problems.pop(patch.key, None) is None:
                return
        else:
            said = None if graph.sources[patch.key] else _own_problem(patch.after, ())
            if said is None or graph.targets[patch.key]:
                return
            problems[patch.key] = said
    patched = copy(plan)  # with what it has worked out
    vars(patched)["problems"] = problems
    graph.compiled = (graph.structure, patched)


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


def _own_problem(node: Node, found: Sequence[int]) -> str | None:
    """The sentence for what keeps a node from running whose ports `found` are filled, or None."""
    if node.muted and not node.is_leaf:
        return None if found else "Connect its first input, which it passes through while it is muted."
    operation = OPERATIONS.get(node.op)
    if operation is None:
        return f"The operation “{quoted(node.op)}” is not known here, so it cannot run."
    ports = set(found)
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
    if len(missing) > 3:
        return f"Connect {len(missing)} more of its inputs."
    listed = " and ".join(map(str, missing))
    return f"Connect input {listed}." if len(missing) == 1 else f"Connect inputs {listed}."
