"""Trouble: the marks of `health`, one for each cause.

What a flat operation starves, and what is too small or large where it came from already, is no cause of its
own: it is only tinted. Knows no colour.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

import numpy as np

from nodegraph.core.engine.health import Data, Kind, Mark, flatness, growth_of, marks_of_edge
from nodegraph.core.engine.tempered import STEEPEST, is_flat
from nodegraph.core.engine.trace import Frame, Trace
from nodegraph.core.graph.naming import listed
from nodegraph.core.graph.records import EdgeKey
from nodegraph.core.typeset import in_formula

FLAT: frozenset[Kind] = frozenset(("saturated", "off", "dead"))
"""What a flat operation is called; it marks itself."""
MOST_EDGES = 50_000
"""Edges up to which is looked what each flat operation starves, as fast as a card is painted."""


@dataclass(frozen=True)
class Trouble:
    """What is wrong here: marks of causes, and a sentence where another place is the cause."""

    marks: tuple[Mark, ...] = ()
    because: str = ""

    @property
    def is_quiet(self) -> bool:
        """Whether it suffers from what is marked elsewhere."""
        return bool(self.because)

    @property
    def sentences(self) -> str:
        """All that is to be said of it."""
        return " ".join([*(mark.sentence for mark in self.marks), *([self.because] if self.because else [])])


NONE = Trouble()


def trouble_of_node(frame: Frame, node_id: str, data: Data = dict) -> Trouble:
    """Returns what is wrong with a node, as far as the frame has got."""
    if node_id not in frame.trace.plan.number:
        return NONE
    is_reached, has_gradient = frame.is_reached(node_id), frame.gradient(node_id) is not None
    if has_gradient:
        arrived, expected = frame.arrived(node_id)
        has_gradient = arrived == expected
    if not is_reached and not has_gradient:  # a graph that is opened is not searched before it is painted
        return NONE
    flat, behind = _of_node(frame.trace, node_id, data)
    if not has_gradient:
        behind = NONE
    return Trouble((*(flat.marks if is_reached else ()), *behind.marks), behind.because)


def trouble_of_edge(frame: Frame, key: EdgeKey, data: Data = dict) -> Trouble:
    """Returns what is wrong with what an edge has carried: a mark only where no node at its ends has one."""
    if frame.contribution(key) is None:
        return NONE
    found = _edges.setdefault(frame.trace, {})
    if key not in found:
        found[key] = _of_edge(frame, key, data)
    return found[key]


# --- once for each trace
_nodes: WeakKeyDictionary[Trace, dict[str, tuple[Trouble, Trouble]]] = WeakKeyDictionary()
_edges: WeakKeyDictionary[Trace, dict[EdgeKey, Trouble]] = WeakKeyDictionary()
_flat_nodes: WeakKeyDictionary[Trace, Mapping[str, Kind]] = WeakKeyDictionary()
_starved_nodes: WeakKeyDictionary[Trace, Mapping[str, frozenset[str]]] = WeakKeyDictionary()
_starving_nodes: WeakKeyDictionary[Trace, Mapping[str, list[str]]] = WeakKeyDictionary()


def _of_node(trace: Trace, node_id: str, data: Data) -> tuple[Trouble, Trouble]:
    """What is wrong with a node itself, and with the gradient that gets to it."""
    found = _nodes.setdefault(trace, {})
    if node_id not in found:
        starves = len(_starving(trace, data).get(node_id, ()))
        flat = tuple(_with_starved(mark, starves) for mark in flatness(trace, (node_id, 0), data))
        found[node_id] = Trouble(flat), _of_gradient(trace, node_id, data)
    return found[node_id]


def _of_gradient(trace: Trace, node_id: str, data: Data) -> Trouble:
    causes, gradient = _starved(trace, data).get(node_id, frozenset()), trace.gradient(node_id)
    if causes and gradient is not None and math.isfinite(gradient):
        return Trouble(because=_starved_by(trace, node_id, causes, data))
    growth = growth_of(trace, node_id, data)
    if growth is None:
        return NONE
    is_first = not _came_so(trace, node_id, growth.kind, data)
    return Trouble((growth,)) if is_first else Trouble(because=growth.sentence)


def _of_edge(frame: Frame, key: EdgeKey, data: Data) -> Trouble:
    trace, found = frame.trace, list(marks_of_edge(frame, key, data))
    if not found:
        return NONE
    mark, giver = found[0], trace.giver(key)
    is_marked = mark.kind in FLAT or giver in _starved(trace, data)
    if is_marked or growth_of(trace, giver, data) or growth_of(trace, trace.receiver(key), data):
        return Trouble(because=mark.sentence)
    return Trouble((mark,))


def _with_starved(mark: Mark, count: int) -> Mark:
    if not count:
        return mark
    told = "the node" if count == 1 else f"the {count:,} nodes"
    return replace(mark, sentence=f"{mark.sentence} It starves {told} behind it.")


def _starved_by(trace: Trace, node_id: str, causes: Set[str], data: Data) -> str:
    flat, names = _flat(trace, data), listed([in_formula(trace.nodes[i].name) for i in sorted(causes)])
    kinds = " or ".join(sorted({flat[cause] for cause in causes}))
    verb = "is" if len(causes) == 1 else "are"
    starved = in_formula(trace.nodes[node_id].name)
    return f"Hardly any gradient gets to {starved}, because {names} {verb} {kinds}."


def _came_so(trace: Trace, node_id: str, kind: Kind, data: Data) -> bool:
    """Whether a gradient was as small or large already where it came from."""
    givers = {trace.giver(key) for key in trace.edges_back_to(node_id)} - {trace.seed}
    grown = [growth_of(trace, giver, data) for giver in givers]
    return any(growth is not None and growth.kind == kind for growth in grown)


# --- what starves what
def _flat(trace: Trace, data: Data) -> Mapping[str, Kind]:
    """Returns the flat operations, each with the kind of its mark."""
    if trace not in _flat_nodes:
        found: dict[str, Kind] = {}
        for run in trace.plan.runs if len(trace.plan.edge_source) <= MOST_EDGES else ():
            if run.op != "relu" and run.op not in STEEPEST:
                continue
            slopes = trace.local_derivatives[run.edges : run.edges + run.stop - run.start]
            flat = slopes == 0 if run.op == "relu" else is_flat(run.op, slopes)
            for place in np.flatnonzero(flat).tolist():
                node_id = trace.plan.ids[run.start + place]
                for mark in flatness(trace, (node_id, 0), data):
                    found[node_id] = mark.kind
        _flat_nodes[trace] = found
    return _flat_nodes[trace]


def _starved(trace: Trace, data: Data) -> Mapping[str, frozenset[str]]:
    """Returns, for each node to which gradients come only through flat operations, which ones these are."""
    if trace not in _starved_nodes:
        ids, flat = trace.plan.ids, _flat(trace, data)
        others = {ids[node]: found - {ids[node]} for node, found in _causes(trace, flat).items()}
        _starved_nodes[trace] = {
            i: found for i, found in others.items() if found and trace.nodes[i].op != "constant"
        }
    return _starved_nodes[trace]


def _causes(trace: Trace, flat: Collection[str]) -> Mapping[int, frozenset[str]]:
    """Returns, by number, the nodes that no gradient reaches but through flat ones, with those.

    It walks numbers, and a node that is fed is done with: this runs at each typed value.
    """
    plan, order = trace.plan, trace.carried_order
    is_fed, is_flat_one = bytearray(len(plan.ids)), bytearray(len(plan.ids))
    for node_id in flat:
        is_flat_one[plan.number[node_id]] = True
    if trace.seed is not None and trace.seed in plan.number:
        is_fed[plan.number[trace.seed]] = True
    causes: dict[int, frozenset[str]] = {}
    ends = (trace.givers[order], trace.receivers[order], plan.edge_target[order])
    for giver, receiver, target in zip(*(end.tolist() for end in ends), strict=True) if flat else ():
        if is_fed[receiver]:
            continue
        if is_flat_one[target]:
            causes[receiver] = causes.get(receiver, frozenset()) | {plan.ids[target]}
        elif giver in causes and not is_fed[giver]:
            causes[receiver] = causes.get(receiver, frozenset()) | causes[giver]
        else:
            is_fed[receiver] = True
            causes.pop(receiver, None)
    return causes


def _starving(trace: Trace, data: Data) -> Mapping[str, list[str]]:
    """Returns the nodes that each flat operation starves."""
    if trace not in _starving_nodes:
        found: dict[str, list[str]] = defaultdict(list)
        for node_id, causes in _starved(trace, data).items():
            for cause in causes:
                found[cause].append(node_id)
        _starving_nodes[trace] = found
    return _starving_nodes[trace]
