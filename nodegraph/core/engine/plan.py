"""A graph compiled to flat arrays in topological order, and what keeps the rest of it from running.

Nodes are numbered so that those of one operation within one generation are a consecutive run; a pass is then
one array expression per run. Knows no values: the same plan serves until the structure changes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import EdgeKey, Node
from nodegraph.core.graph.wiring import CODES, OPS, Wiring, can_run
from nodegraph.core.kernels import numbering
from nodegraph.core.kernels.numbering import Indices, Links
from nodegraph.core.kernels.plan_keys import EdgeNumbers, NodeIds, NodeNumbers
from nodegraph.core.kernels.runs import Runs
from nodegraph.core.operations.catalogue import OPERATIONS
from nodegraph.core.quoting import quoted

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
    has_cycle: bool = False
    """Whether some of the problems are that a node is part of a cycle."""
    reached: dict[int, NDArray[np.bool_]] = field(default_factory=dict, repr=False)
    """What `reaching` has found out, by output."""
    carrying: dict[int, NDArray[np.bool_]] = field(default_factory=dict, repr=False)
    """What `carried_back` has, by output."""
    steps: list[tuple[NDArray[np.bool_], Indices]] = field(default_factory=list, repr=False)
    """What `backward_steps` has found out last, and for which edges."""

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
        code = np.array([CODES.get(op, numbering.UNKNOWN) for op in ops], dtype=np.int32)[links.codes]
        wrong = np.flatnonzero(~can_run(code, links.counts, links.counts - 1))
        if len(wrong):
            op, count = ops[links.codes[wrong[0]]], links.counts[wrong[0]]
            raise ValueError(f"node {wrong[0]}: {op!r} cannot run with {count} inputs")
        found = numbering.numbered(links.with_codes(code), numbering.levels(links))
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

    @property
    def node_number(self) -> NodeNumbers:
        """The same as `number`, of the plan of a graph."""
        assert isinstance(self.number, NodeNumbers)
        return self.number

    @cached_property
    def edge_number(self) -> EdgeNumbers:
        """The number of each edge."""
        return EdgeNumbers(self.number, self.ids, self.table)

    @cached_property
    def edge_target(self) -> Indices:
        """The edges' targets."""
        return self._targets_and_ports[0]

    @cached_property
    def keys(self) -> tuple[EdgeKey, ...]:
        """The edges as (target, port)."""
        targets, ports = self._targets_and_ports
        return tuple(zip(map(self.ids.__getitem__, targets.tolist()), ports.tolist(), strict=True))

    def key(self, number: int) -> EdgeKey:
        """The edge of this number as (target, port)."""
        targets, ports = self._targets_and_ports
        return self.ids[targets.item(number)], ports.item(number)

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

    def carried_back(self, output: int, constant: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which edges carry derivatives back from the output: none to a constant. Kept as well."""
        if output not in self.carrying:
            self.carrying[output] = self.reaching(output)[self.edge_target] & ~constant[self.edge_source]
        return self.carrying[output]

    def backward_steps(self, carried: NDArray[np.bool_]) -> Indices:
        """The edges that carry, as the backward pass takes them; kept for those that were asked for last."""
        for known, steps in self.steps:
            if known is carried:
                return steps
        steps = self.backward_order[carried[self.backward_order]]
        self.steps[:] = [(carried, steps)]  # and return no others, which another thread may have put there
        return steps


def compile_plan(graph: Graph) -> Plan:
    """The plan of everything that can run; the rest is in `problems`, by node id, as sentences.

    A node that merely waits for one with a problem has none of its own and is left out. Of what arrives at a
    muted node only its first input is in the plan.
    """
    wiring = Wiring(graph)
    return _planned(graph, wiring, numbering.levels(wiring.links))


def _planned(graph: Graph, wiring: Wiring, reckoned: NDArray[np.int64]) -> Plan:
    problems: dict[str, str] = {}
    for place in wiring.unfit.tolist():
        said = _problem_of(graph, wiring.ids[place])
        if said:
            problems[wiring.ids[place]] = said
    links, absent = wiring.links, wiring.absent
    levels = reckoned.copy()
    is_tangled = bool((levels < 0).any())
    stopped = _stopped(graph, problems, wiring.muted)
    levels[absent] = -1
    levels[[wiring.places[node_id] for node_id in stopped]] = -1
    is_stopped = bool(((levels < 0) & ~absent).any())
    cycles = _cycles(graph, wiring.muted) if is_stopped and (wiring.muted or is_tangled) else {}
    if cycles:
        problems |= cycles
        stopped = _stopped(graph, problems, wiring.muted)
    waiting = {node_id: cause for node_id, cause in stopped.items() if node_id not in problems}
    found = numbering.numbered(links, levels)
    ids = NodeIds(wiring.ids, found.order)
    number = NodeNumbers(ids, wiring.places)
    table, sources = found.table, found.sources
    return Plan(ids, number, found.leaves, OPS, table, sources, problems, waiting, bool(cycles))


@dataclass(frozen=True, eq=False)
class Compiled:
    """What a graph keeps of its plan, which is that of its `structure` then."""

    structure: int
    plan: Plan
    wiring: Wiring
    levels: NDArray[np.int64]
    """Those of `wiring.links`, by place."""


def plan_of(graph: Graph) -> Plan:
    """The graph's plan, made again only when its structure has changed, and then from what of the graph has
    been touched since.
    """
    return _compiled(graph).plan


def leaves_of(graph: Graph) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Returns the values of the leaves of the graph's plan, and which of them are constants, both of shape
    (plan.leaves,).
    """
    kept = _compiled(graph)
    ids = kept.plan.ids
    assert isinstance(ids, NodeIds)
    places = ids.order[: kept.plan.leaves]
    return kept.wiring.values[places], kept.wiring.constant[places]


def leaf_counts(graph: Graph) -> tuple[int, int]:
    """How many inputs and constants there are, without a walk over the nodes of a graph that is compiled."""
    wiring = _compiled(graph).wiring
    leaves, constants = int((wiring.codes == numbering.LEAF).sum()), int(wiring.constant.sum())
    return leaves - constants, constants


def adopt_plan(graph: Graph, same: Graph) -> None:
    """Keep the plan of a graph of the same records as that of this one."""
    graph.compiled = replace(_compiled(same), structure=graph.structure)
    graph.touched.clear()


def _compiled(graph: Graph) -> Compiled:
    kept: Compiled | None = graph.compiled
    if kept is None or kept.structure != graph.structure:
        graph.compiled = kept = _compiled_again(graph, kept)
    elif graph.touched:
        kept.wiring.read(graph, graph.touched)
    graph.touched.clear()
    return kept


def _compiled_again(graph: Graph, kept: Compiled | None) -> Compiled:
    if kept is None or not kept.wiring.follow(graph, graph.touched):
        wiring = Wiring(graph)
        levels = numbering.levels(wiring.links)
        return Compiled(graph.structure, _planned(graph, wiring, levels), wiring, levels)
    wiring = kept.wiring
    places = (wiring.places[node_id] for node_id in graph.touched if node_id in wiring.places)
    again = numbering.levels_again(wiring.links, kept.levels, places, partial(_fed, graph, wiring))
    levels = numbering.levels(wiring.links) if again is None else again
    plan = _patched(graph, kept.plan) or _planned(graph, wiring, levels)
    return Compiled(graph.structure, plan, wiring, levels)


def _fed(graph: Graph, wiring: Wiring, place: int) -> Iterator[int]:
    """Yields the places of the nodes that take what the node at this place gives."""
    for target, parallel in graph.targets.get(wiring.ids[place], {}).items():
        if target not in wiring.muted or 0 in parallel:
            yield wiring.places[target]


def _patched(graph: Graph, plan: Plan) -> Plan | None:
    """Returns the same plan with other problems, where all that was touched could not run and cannot, and
    nothing waits for it: a node without its inputs was made or deleted. Else None.
    """
    problems = dict(plan.problems)
    for node_id in graph.touched:
        if node_id in plan.number or node_id in plan.waiting or plan.has_cycle:
            return None
        said = _problem_of(graph, node_id) if node_id in graph else None
        if (said is None and node_id in graph) or (said and graph.targets[node_id]):
            return None
        problems.pop(node_id, None)
        if said:
            problems[node_id] = said
    patched = copy(plan)  # with what it has worked out
    in_order = graph.nodes_of(problems.keys())
    vars(patched)["problems"] = {node.id: problems[node.id] for node in in_order}
    return patched


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


def _cycles(graph: Graph, muted: Collection[str]) -> dict[str, str]:
    """A sentence for every node of a cycle; what a muted node does not take makes none."""
    import networkx as nx

    given = (
        (source, target)
        for source, taking in graph.targets.items()
        for target, parallel in taking.items()
        if target not in muted or 0 in parallel
    )
    network, found = nx.DiGraph(given), dict[str, str]()
    for component in nx.strongly_connected_components(network):
        node_id = next(iter(component))
        if len(component) > 1 or network.has_edge(node_id, node_id):
            members = sorted((graph.node(member) for member in component), key=lambda node: node.rank)
            names = ", ".join(node.name for node in members[:8]) + (", …" if len(members) > 8 else "")
            said = f"This is part of a cycle ({names}); remove one of its edges."
            found.update((node.id, said) for node in members)
    return found


def _problem_of(graph: Graph, node_id: str) -> str | None:
    """The sentence for what keeps a node from running, other than a cycle or another node's problem."""
    node = graph.node(node_id)
    edges = [edge for edge in graph.edges_into(node_id) if not node.muted or edge.port == 0]
    return _own_problem(node, [edge.port for edge in edges])


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
