"""What a frame says of each node and edge: found out when it is first asked for, and kept as long as the
frame is shown, for a card or chip that is painted asks several times.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine import trouble
from nodegraph.core.engine.health import Data
from nodegraph.core.engine.rounding import is_rounding, may_be_asked
from nodegraph.core.engine.steps_between import differing_nodes
from nodegraph.core.engine.trace import Frame
from nodegraph.core.engine.trouble import Trouble
from nodegraph.core.graph.records import EdgeKey


class NodeNumbers(NamedTuple):
    """What stands on a card at a frame."""

    value: float | None = None
    gradient: float | None = None
    """The gradient, or the sum so far."""
    is_stale: bool = False
    """Whether the gradient holds what an earlier pass has left."""
    is_rounding: bool = False
    """Whether the gradient, all of which has arrived, is 0 but for rounding."""
    arrived: tuple[int, int] = (0, 0)
    """How many contributions have arrived, and how many will."""

    @property
    def seen(self) -> tuple[object, ...]:
        """What is seen of it, to be compared."""
        return exactly(self.value), exactly(self.gradient), self.is_stale, self.is_rounding


class FrameNumbers:
    """What one frame says, None where there is none; `shows_marks`: also what is wrong, judged by `data`."""

    def __init__(self, frame: Frame | None, shows_marks: bool, data: Data = dict) -> None:
        self.frame, self.shows_marks, self._data = frame, shows_marks, data
        self._nodes: dict[str, NodeNumbers] = {}
        self._seen: dict[str, tuple[object, ...]] = {}
        self._troubles: dict[str, Trouble] = {}
        self._edges: dict[EdgeKey, Trouble] = {}
        self._differing: tuple[Frame | None, NDArray[np.bool_] | None] = None, None
        """The frame that was compared with last, and what differs."""

    def differing_from(self, earlier: Frame | None) -> NDArray[np.bool_] | None:
        """Returns which nodes' numbers may be others than in an earlier frame, shape (nodes,); None where it
        could be any. Several ask in turn.
        """
        if self.frame is None or earlier is None or earlier.trace is not self.frame.trace:
            return None
        if self._differing[0] is not earlier:
            self._differing = earlier, differing_nodes(earlier, self.frame)
        return self._differing[1]

    def take(self, earlier: FrameNumbers) -> None:
        """Take over what was found out of another frame, which nobody asks any more, and is the same in this
        one.
        """
        differs = self.differing_from(earlier.frame)
        if self.frame is None or differs is None or earlier.shows_marks != self.shows_marks:
            return
        self._nodes, self._seen, self._troubles = earlier._nodes, earlier._seen, earlier._troubles
        changed, plan = np.flatnonzero(differs), self.frame.trace.plan
        if len(changed) > len(self._nodes):  # rather look up those that were asked for
            asked = plan.node_number.at(plan.node_number.places_of({*self._nodes, *self._troubles}))
            changed = asked[(asked >= 0) & differs[asked]]
        for number in changed.tolist():
            node_id = plan.ids[number]
            for kept in (self._nodes, self._seen, self._troubles):
                kept.pop(node_id, None)

    def of(self, node_id: str) -> NodeNumbers:
        """Returns what stands on the card of a node."""
        found = self._nodes.get(node_id)
        if found is None:
            found = self._nodes[node_id] = self._found(node_id)
        return found

    def seen_small(self, node_id: str) -> tuple[object, ...]:
        """Returns what is seen of that on a small card: the same object while the frame is the same."""
        found = self._seen.get(node_id)
        if found is None:
            found = self._seen[node_id] = self.of(node_id).seen
        return found

    def seen(self, node_id: str) -> tuple[object, ...]:
        """Returns what is seen of that on any card."""
        return (*self.seen_small(node_id), self.trouble_of_node(node_id).is_quiet)

    def trouble_of_node(self, node_id: str) -> Trouble:
        """Returns what is wrong with a node."""
        if not self._judges or self.frame is None or node_id not in self.frame.trace.nodes:
            return trouble.NONE
        found = self._troubles.get(node_id)
        if found is None:
            found = self._troubles[node_id] = trouble.trouble_of_node(self.frame, node_id, self._data)
        return found

    def trouble_of_edge(self, key: EdgeKey) -> Trouble:
        """Returns what is wrong with what an edge has carried."""
        if self.frame is None or not self._judges:
            return trouble.NONE
        found = self._edges.get(key)
        if found is None:
            found = self._edges[key] = trouble.trouble_of_edge(self.frame, key, self._data)
        return found

    @property
    def _judges(self) -> bool:
        return self.shows_marks and self.frame is not None and not self.frame.guarded

    def _found(self, node_id: str) -> NodeNumbers:
        frame = self.frame
        if frame is None:
            return NodeNumbers()
        gradient, arrived, is_nothing = frame.gradient(node_id), frame.arrived(node_id), False
        if gradient and arrived[0] == arrived[1] and may_be_asked(frame.trace):
            is_nothing = is_rounding(frame.trace, "gradients", frame.trace.plan.number[node_id])
        return NodeNumbers(frame.value(node_id), gradient, frame.is_stale(node_id), is_nothing, arrived)


def exactly(number: float | None) -> object:
    """Returns what stands for a number where looks are compared: 0 is not −0, and NaN is NaN."""
    return number if number and number == number else repr(number)
