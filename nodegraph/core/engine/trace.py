"""Trace: everything a run computed, once and for good; and Frame: what of it is visible at one step.

A run evaluates the nodes and then carries derivatives along the edges: back from the output (reverse mode,
the backward pass) or forward from one input (forward mode). Playing, stepping back and scrubbing only ask for
another frame. Knows nothing of time or paint.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from nodegraph.core import shown
from nodegraph.core.engine.plan import Plan
from nodegraph.core.engine.rounding import Noise, deciding_zeros, noise_of
from nodegraph.core.graph.records import EdgeKey, Node
from nodegraph.core.kernels.numbering import ByEnd
from nodegraph.core.kernels.plan_keys import EdgeNumbers

StepKind = Literal["inputs", "evaluate", "seed", "contribution"]
Phase = Literal["start", "forward", "backward", "tangent"]
"""Values run forward; derivatives run back from the output, or forward from an input."""
Mode = Literal["reverse", "forward"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the inputs appear; `node` is evaluated; `node` is seeded with 1; or `edge` carries on."""

    kind: StepKind
    node: str | None = None
    edge: EdgeKey | None = None


@dataclass(frozen=True, eq=False)
class Trace:
    """A run of one graph. Arrays are in the plan's numbering, shapes (nodes,) or (edges,).

    `output` is an id, or None in an empty graph. Derivatives start with 1 at `seed`: the output in reverse
    mode, where `node_gradients` are ∂output/∂node; an input in forward mode, where they are ∂node/∂input.
    `carried` marks the edges that carry a contribution: those on a way from the seed, none to a constant.
    `left` are gradients that earlier backward passes left on nodes, by id; this one has added to them.
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
    mode: Mode = "reverse"
    seed: str | None = None
    left: Mapping[str, float] = field(default_factory=dict)

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, Any]:
        return shown.bundle(self, include, exclude)

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
        """∂output/∂node by name: 0 where the output does not depend on it, None for constants.

        In forward mode ∂node/∂input: 0 where the node does not depend on it.
        """
        return {self.nodes[node_id].name: self.gradient(node_id) for node_id in self.plan.ids}

    @cached_property
    def problems(self) -> list[tuple[str, str]]:
        """(name, sentence) of each node with a problem."""
        return [(self.nodes[node_id].name, message) for node_id, message in self.node_problems.items()]

    # --- by id
    @property
    def has_derivatives(self) -> bool:
        """Whether there is a seed that could be computed, and so derivatives that start from it."""
        return self.seed in self.plan.number

    def value(self, node_id: str) -> float | None:
        """The node's value, None where it has none; −0 only where its sign decides another number, else 0."""
        number = self.plan.number.get(node_id)
        value = None if number is None else float(self.node_values[number])
        return 0.0 if value == 0 and number not in self._deciding_zeros else value

    @cached_property
    def _deciding_zeros(self) -> frozenset[int]:
        return deciding_zeros(self.plan, self.node_values)

    def gradient(self, node_id: str) -> float | None:
        """The node's gradient; None for a constant, an uncomputed node or a graph without a seed."""
        number = self.plan.number.get(node_id)
        if number is None or not self.has_derivatives or self.nodes[node_id].op == "constant":
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

    def inputs(self, node_id: str) -> list[EdgeKey]:
        """The edges into a computed node, by port."""
        found: list[EdgeKey] = []
        while (node_id, len(found)) in self.edge_number:
            found.append((node_id, len(found)))
        return found

    def sources(self, node_id: str) -> list[str]:
        """The ids a computed node is computed from, by port."""
        return [self.source(key) for key in self.inputs(node_id)]

    def giver(self, key: EdgeKey) -> str:
        """The end of a computed edge whose derivative it carries on."""
        return key[0] if self.mode == "reverse" else self.source(key)

    def receiver(self, key: EdgeKey) -> str:
        """The end of a computed edge at which its contribution arrives."""
        return self.source(key) if self.mode == "reverse" else key[0]

    def edges_back_to(self, node_id: str) -> list[EdgeKey]:
        """The edges that carry a contribution to this node, in the order in which they do."""
        number = self.plan.number.get(node_id)
        return [] if number is None else [self.plan.key(edge) for edge in self.arrivals.at(number).tolist()]

    @property
    def edge_number(self) -> EdgeNumbers:
        """The plan's number of each computed edge."""
        return self.plan.edge_number

    @cached_property
    def path_counts(self) -> Mapping[str, int]:
        """In how many ways each node is joined to the seed, along edges that carry."""
        counts, order = [0] * len(self.plan.ids), self.carried_order
        if self.has_derivatives and self.seed is not None:
            counts[self.plan.number[self.seed]] = 1
            for giver, receiver in np.stack([self.givers[order], self.receivers[order]], axis=1).tolist():
                counts[receiver] += counts[giver]
        return dict(zip(self.plan.ids, counts, strict=True))

    # --- edges as derivatives take them
    @property
    def givers(self) -> NDArray[np.int32]:
        """The number of each edge's giver, shape (edges,)."""
        return self.plan.edge_target if self.mode == "reverse" else self.plan.edge_source

    @property
    def receivers(self) -> NDArray[np.int32]:
        """The number of each edge's receiver, shape (edges,)."""
        return self.plan.edge_source if self.mode == "reverse" else self.plan.edge_target

    @cached_property
    def carried_order(self) -> NDArray[np.int32]:
        """The numbers of the carrying edges, in step order."""
        order = self.plan.backward_order if self.mode == "reverse" else self.plan.forward_order
        return order[self.carried[order]]

    @cached_property
    def start(self) -> NDArray[np.float64]:
        """The gradients before this run's own, shape (nodes,): what `left` holds, else 0."""
        start = np.zeros(len(self.plan.ids))
        for node_id, gradient in self.left.items():
            start[self.plan.number[node_id]] = gradient
        return start

    @cached_property
    def noise(self) -> Noise:
        """The size up to which each number may be mere rounding, and so is no different from 0."""
        return noise_of(self)

    # --- steps
    @property
    def steps(self) -> Sequence[Step]:
        """The inputs; one step per evaluated node; the seed; one step per edge that carries."""
        return _Steps(self)  # not kept: the two would keep each other alive

    @cached_property
    def step_count(self) -> int:
        """How many steps there are."""
        return self.forward_steps + (1 + len(self.carried_order) if self.has_derivatives else 0)

    @cached_property
    def forward_steps(self) -> int:
        """How many steps evaluate nodes: the place where derivatives begin."""
        return len(self.plan.ids) - self.plan.leaves + (self.plan.leaves > 0)

    @cached_property
    def edge_step(self) -> NDArray[np.int64]:
        """The step (from 1) in which each edge carries, 0 for those that never do."""
        steps = np.zeros(len(self.plan.edge_source), dtype=np.int64)
        steps[self.carried_order] = np.arange(len(self.carried_order)) + self.forward_steps + 2
        return steps

    def position_of(self, step: Step) -> int | None:
        """The cursor just after this step, or None where this trace has no such step."""
        return self._positions.get(step)

    def frame(self, position: int, *, guarded: bool = False) -> Frame:
        """What is visible after `position` steps, from 0 (nothing yet) to len(steps)."""
        return Frame(self, max(0, min(position, self.step_count)), guarded)

    @property
    def last_frame(self) -> Frame:
        """Everything."""
        return self.frame(self.step_count)

    @cached_property
    def _positions(self) -> dict[Step, int]:
        return {step: index + 1 for index, step in enumerate(self.steps)}

    @cached_property
    def arrivals(self) -> ByEnd:
        """The carrying edges by the node at which they arrive, in step order."""
        return ByEnd(self.carried_order, self.receivers, len(self.plan.ids))


@dataclass(frozen=True)
class _Steps(Sequence[Step]):
    """The steps of a trace, each made when it is asked for: a large graph has more than anybody looks at."""

    trace: Trace

    def __len__(self) -> int:
        return self.trace.step_count

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        trace, place = self.trace, place % len(self)
        forward, leaves = trace.forward_steps, trace.plan.leaves
        if place > forward:
            return Step("contribution", edge=trace.plan.key(int(trace.carried_order[place - forward - 1])))
        if place == forward:
            return Step("seed", node=trace.seed)
        if place == 0 and leaves:
            return Step("inputs")
        return Step("evaluate", node=trace.plan.ids[leaves + place - (leaves > 0)])


@dataclass(frozen=True)
class Frame:
    """What is visible after `position` steps of a trace. None means: not reached yet, or never.

    In a `guarded` frame a learner is to predict what comes: nothing that comes later may be shown in any way.
    """

    trace: Trace
    position: int
    guarded: bool = False

    @cached_property
    def step(self) -> Step | None:
        """The step that was taken last, or None at the very start."""
        return self.trace.steps[self.position - 1] if self.position else None

    @property
    def phase(self) -> Phase:
        """Whether the step taken last evaluates, or carries derivatives back or (tangent) forward."""
        if not self.position:
            return "start"
        if self.position <= self.trace.forward_steps:
            return "forward"
        return "backward" if self.trace.mode == "reverse" else "tangent"

    @property
    def active_nodes(self) -> tuple[str, ...]:
        """The ids the last step is about: the node evaluated or seeded, or both ends of the carrying edge."""
        step = self.step
        if step is not None and step.edge is not None:
            return (step.edge[0], self.trace.source(step.edge))
        return () if step is None or step.node is None else (step.node,)

    @property
    def active_edges(self) -> tuple[EdgeKey, ...]:
        """The edges the last step runs along: into the evaluated node, or the one that carries."""
        step = self.step
        if step is None or step.node is None:
            return () if step is None or step.edge is None else (step.edge,)
        return tuple(self.trace.inputs(step.node)) if step.kind == "evaluate" else ()

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
        """Whether the edge has carried its contribution."""
        number = self.trace.edge_number.get(key)
        return number is not None and bool(0 < self.trace.edge_step[number] <= self.position)

    def contribution(self, key: EdgeKey) -> tuple[float, float, float] | None:
        """(giver's gradient, local derivative, contribution), once the edge has carried it."""
        if not self.has_carried(key):
            return None
        trace, number = self.trace, self.trace.edge_number[key]
        upstream = float(trace.node_gradients[trace.givers[number]])
        return upstream, float(trace.local_derivatives[number]), float(trace.contributions[number])

    def tells_local(self, key: EdgeKey) -> bool:
        """Whether the local derivative along an edge may be shown with its numbers."""
        at_end = self.position == self.trace.step_count
        return self.has_carried(key) or at_end if self.guarded else self.is_reached(key[0])

    def problem(self, node_id: str) -> str:
        """What is wrong with a node, or ""; in a guarded frame no sentence that gives a number away."""
        value = self.trace.value(node_id)
        is_shown = self.is_reached(node_id) and not (value is not None and math.isfinite(value))
        if self.guarded and value is not None and not is_shown and self.position < self.trace.step_count:
            return ""
        return self.trace.node_problems.get(node_id, "")

    def arrived(self, node_id: str) -> tuple[int, int]:
        """(how many contributions have arrived, how many will)."""
        number = self.trace.plan.number.get(node_id)
        if number is None:
            return 0, 0
        steps = self.trace.edge_step[self.trace.arrivals.at(number)].tolist()
        return sum(step <= self.position for step in steps), len(steps)

    def gradient(self, node_id: str) -> float | None:
        """The sum of what has arrived at the node so far, upon what an earlier pass left; 1 at the seed."""
        trace = self.trace
        number = trace.plan.number.get(node_id)
        if self.position <= trace.forward_steps:
            return trace.left.get(node_id)
        if number is None or self.position == trace.step_count:
            return trace.gradient(node_id)
        total = float(self.sums[number])
        is_still = not total and node_id != trace.seed and node_id not in trace.left
        return None if is_still and not self.arrived(node_id)[0] else total

    def is_stale(self, node_id: str) -> bool:
        """Whether the gradient that is shown holds something an earlier pass has left."""
        seeded = node_id == self.trace.seed and self.position > self.trace.forward_steps
        return bool(self.trace.left.get(node_id)) and not seeded

    # --- for all at once, in the plan's numbering
    @cached_property
    def reached(self) -> NDArray[np.bool_]:
        """Which nodes' values are visible, shape (nodes,)."""
        leaves, numbers = self.trace.plan.leaves, np.arange(len(self.trace.plan.ids))
        return (self.position > 0) & ((numbers < leaves) | (numbers - leaves + 1 < self.position))

    @cached_property
    def carried(self) -> NDArray[np.bool_]:
        """Which edges have carried their contribution, shape (edges,)."""
        steps = self.trace.edge_step
        return (steps > 0) & (steps <= self.position)

    @cached_property
    def sums(self) -> NDArray[np.float64]:
        """What has arrived at each node so far, upon what was left there, else 0; shape (nodes,)."""
        trace = self.trace
        sums = trace.start.copy()
        if self.position > trace.forward_steps and trace.has_derivatives and trace.seed is not None:
            sums[trace.plan.number[trace.seed]] = 1.0
            sent = trace.carried_order[: self.position - trace.forward_steps - 1]
            with np.errstate(all="ignore"):
                np.add.at(sums, trace.receivers[sent], trace.contributions[sent])
        return sums
