"""Trace: everything both passes computed, once and for good; and Frame: what of it is visible at one step.

Playing, stepping back and scrubbing only ask for another frame. Knows nothing of time or paint.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.graph import EdgeKey, Node
from nodegraph.core.plan import Plan

StepKind = Literal["inputs", "evaluate", "seed", "contribution"]
Phase = Literal["start", "forward", "backward"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the inputs appear; `node` is evaluated; `node` is seeded with 1; or `edge` carries back."""

    kind: StepKind
    node: str | None = None
    edge: EdgeKey | None = None


@dataclass(frozen=True, eq=False)
class Trace:
    """Both passes of one graph. Arrays are in the plan's numbering, shapes (nodes,) or (edges,).

    `carried` marks the edges that carry a contribution back: those on a way to the output whose source is no
    constant. `output` is an id, or None in an empty graph.
    """

    nodes: Mapping[str, Node]
    plan: Plan
    output: str | None
    node_values: NDArray[np.float64]
    local_derivatives: NDArray[np.float64]
    contributions: NDArray[np.float64]
    node_gradients: NDArray[np.float64]
    carried: NDArray[np.bool_]
    node_problems: Mapping[str, str]

    # --- by name, for people and programs
    @cached_property
    def order(self) -> list[str]:
        """The names of the computed nodes in execution order, inputs and constants first."""
        return [self.nodes[node_id].name for node_id in self.plan.ids]

    @cached_property
    def values(self) -> dict[str, float]:
        """The value of each computed node, by name."""
        return dict(zip(self.order, self.node_values.tolist(), strict=True))

    @cached_property
    def gradients(self) -> dict[str, float | None]:
        """∂output/∂node by name: 0 where the output does not depend on it, None for constants."""
        return {self.nodes[node_id].name: self.gradient(node_id) for node_id in self.plan.ids}

    @cached_property
    def problems(self) -> list[tuple[str, str]]:
        """(name, sentence) of each node with a problem."""
        return [(self.nodes[node_id].name, message) for node_id, message in self.node_problems.items()]

    # --- by id
    @property
    def has_backward(self) -> bool:
        """Whether there is an output that could be computed, and so a backward pass."""
        return self.output in self.plan.number

    def value(self, node_id: str) -> float | None:
        """The node's value, or None where it could not be computed."""
        number = self.plan.number.get(node_id)
        return None if number is None else float(self.node_values[number])

    def gradient(self, node_id: str) -> float | None:
        """The node's gradient; None for a constant, an uncomputed node or a graph without output."""
        number = self.plan.number.get(node_id)
        if number is None or not self.has_backward or self.nodes[node_id].op == "constant":
            return None
        return float(self.node_gradients[number])

    def local(self, key: EdgeKey) -> float | None:
        """∂target/∂source along this edge, or None where it was not computed."""
        number = self.edge_number.get(key)
        return None if number is None else float(self.local_derivatives[number])

    def source(self, key: EdgeKey) -> str:
        """The id of the node this computed edge comes from."""
        source: str = self.plan.ids[self.plan.edge_source[self.edge_number[key]]]
        return source

    def sources(self, node_id: str) -> list[str]:
        """The ids a computed node is computed from, by port."""
        found, port = [], 0
        while (node_id, port) in self.edge_number:
            found.append(self.source((node_id, port)))
            port += 1
        return found

    def edges_back_to(self, node_id: str) -> list[EdgeKey]:
        """The edges that carry a contribution back to this node, in the order in which they do."""
        return self._arrivals.get(node_id, [])

    @cached_property
    def edge_number(self) -> Mapping[EdgeKey, int]:
        """The plan's number of each computed edge."""
        return {key: number for number, key in enumerate(self.plan.keys)}

    @cached_property
    def path_counts(self) -> Mapping[str, int]:
        """In how many ways the output is reached from each node, along edges that carry back."""
        counts = dict.fromkeys(self.plan.ids, 0)
        if self.has_backward and self.output is not None:
            counts[self.output] = 1
            for number in self.carried_order:
                source = self.plan.ids[self.plan.edge_source[number]]
                counts[source] += counts[self.plan.keys[number][0]]
        return counts

    # --- steps
    @cached_property
    def carried_order(self) -> NDArray[np.int32]:
        """The numbers of the carrying edges, in step order."""
        order = self.plan.backward_order
        return order[self.carried[order]]

    @cached_property
    def steps(self) -> Sequence[Step]:
        """The inputs; one step per evaluated node; the seed; one step per edge that carries back."""
        ids, leaves = self.plan.ids, self.plan.leaves
        steps = [Step("inputs")] if leaves else []
        steps += [Step("evaluate", node=node_id) for node_id in ids[leaves:]]
        if self.has_backward:
            steps.append(Step("seed", node=self.output))
            steps += [Step("contribution", edge=self.plan.keys[number]) for number in self.carried_order]
        return steps

    @property
    def forward_steps(self) -> int:
        """How many steps the forward pass has: the place where backward begins."""
        return len(self.plan.ids) - self.plan.leaves + (self.plan.leaves > 0)

    @cached_property
    def edge_step(self) -> NDArray[np.int64]:
        """The step (from 1) in which each edge carries back, 0 for those that never do."""
        steps = np.zeros(len(self.plan.keys), dtype=np.int64)
        steps[self.carried_order] = np.arange(len(self.carried_order)) + self.forward_steps + 2
        return steps

    def position_of(self, step: Step) -> int | None:
        """The cursor just after this step, or None where this trace has no such step."""
        return self._positions.get(step)

    def frame(self, position: int) -> Frame:
        """What is visible after `position` steps, from 0 (nothing yet) to len(steps)."""
        return Frame(self, max(0, min(position, len(self.steps))))

    @property
    def last_frame(self) -> Frame:
        """Everything."""
        return self.frame(len(self.steps))

    @cached_property
    def _positions(self) -> dict[Step, int]:
        return {step: index + 1 for index, step in enumerate(self.steps)}

    @cached_property
    def _arrivals(self) -> dict[str, list[EdgeKey]]:
        found: dict[str, list[EdgeKey]] = {}
        for number in self.carried_order:
            found.setdefault(self.plan.ids[self.plan.edge_source[number]], []).append(self.plan.keys[number])
        return found


@dataclass(frozen=True)
class Frame:
    """What is visible after `position` steps of a trace. None means: not reached yet, or never."""

    trace: Trace
    position: int

    @property
    def step(self) -> Step | None:
        """The step that was taken last, or None at the very start."""
        return self.trace.steps[self.position - 1] if self.position else None

    @property
    def phase(self) -> Phase:
        """Whether the step taken last belongs to the forward or the backward pass."""
        if not self.position:
            return "start"
        return "forward" if self.position <= self.trace.forward_steps else "backward"

    @property
    def active_nodes(self) -> tuple[str, ...]:
        """The ids the last step is about: the node evaluated or seeded, or both ends of the carrying edge."""
        step = self.step
        if step is None or step.kind == "inputs":
            return ()
        if step.edge is not None:
            return (step.edge[0], self.trace.source(step.edge))
        return (step.node,) if step.node is not None else ()

    @property
    def active_edges(self) -> tuple[EdgeKey, ...]:
        """The edges the last step runs along: into the evaluated node, or the one that carries back."""
        step = self.step
        if step is None:
            return ()
        if step.edge is not None:
            return (step.edge,)
        if step.kind != "evaluate" or step.node is None:
            return ()
        return tuple((step.node, port) for port in range(len(self.trace.sources(step.node))))

    def is_reached(self, node_id: str) -> bool:
        """Whether the node's value is visible."""
        number = self.trace.plan.number.get(node_id)
        if number is None or not self.position:
            return False
        leaves = self.trace.plan.leaves
        return number < leaves or number - leaves + 1 < self.position

    def value(self, node_id: str) -> float | None:
        """The node's value, once it is reached."""
        return self.trace.value(node_id) if self.is_reached(node_id) else None

    def edge_value(self, key: EdgeKey) -> float | None:
        """What the edge has carried forward: its source's value, once its target has taken it."""
        if key not in self.trace.edge_number or not self.is_reached(key[0]):
            return None
        return self.trace.value(self.trace.source(key))

    def has_carried(self, key: EdgeKey) -> bool:
        """Whether the edge has carried its contribution back."""
        number = self.trace.edge_number.get(key)
        return number is not None and 0 < self.trace.edge_step[number] <= self.position

    def contribution(self, key: EdgeKey) -> tuple[float, float, float] | None:
        """(upstream gradient, local derivative, contribution), once the edge has carried it back."""
        if not self.has_carried(key):
            return None
        trace = self.trace
        number = trace.edge_number[key]
        upstream = float(trace.node_gradients[trace.plan.number[key[0]]])
        return upstream, float(trace.local_derivatives[number]), float(trace.contributions[number])

    def arrived(self, node_id: str) -> tuple[int, int]:
        """(how many contributions have arrived, how many will)."""
        keys = self.trace.edges_back_to(node_id)
        return sum(self.has_carried(key) for key in keys), len(keys)

    def gradient(self, node_id: str) -> float | None:
        """The sum of what has arrived at the node so far; the seed's 1 at the output."""
        number = self.trace.plan.number.get(node_id)
        if number is None or self.position <= self.trace.forward_steps:
            return None
        if self.position == len(self.trace.steps):
            return self.trace.gradient(node_id)
        if node_id != self.trace.output and not self.arrived(node_id)[0]:
            return None
        return float(self.sums[number])

    # --- for all at once, in the plan's numbering
    @cached_property
    def reached(self) -> NDArray[np.bool_]:
        """Which nodes' values are visible, shape (nodes,)."""
        leaves, numbers = self.trace.plan.leaves, np.arange(len(self.trace.plan.ids))
        return (self.position > 0) & ((numbers < leaves) | (numbers - leaves + 1 < self.position))

    @cached_property
    def carried(self) -> NDArray[np.bool_]:
        """Which edges have carried their contribution back, shape (edges,)."""
        steps = self.trace.edge_step
        return (steps > 0) & (steps <= self.position)

    @cached_property
    def sums(self) -> NDArray[np.float64]:
        """What has arrived at each node so far, 0 where nothing has, shape (nodes,)."""
        trace = self.trace
        sums = np.zeros(len(trace.plan.ids))
        if self.position > trace.forward_steps and trace.output is not None:
            sums[trace.plan.number[trace.output]] = 1.0
            sent = trace.carried_order[: self.position - trace.forward_steps - 1]
            with np.errstate(all="ignore"):
                np.add.at(sums, trace.plan.edge_source[sent], trace.contributions[sent])
        return sums
