"""How things stand in a window while a lesson waits: by this, conditions are judged and ways are found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nodegraph.core.engine.trace import Frame
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import EdgeKey


@dataclass(frozen=True, eq=False)
class Situation:
    """How things stand in a window."""

    graph: Graph
    at_first: Graph
    """The graph as it was when the step began."""
    frame: Frame
    nodes: frozenset[str]
    edges: frozenset[EdgeKey]
    """What is selected."""
    trained_loss: Callable[[], float | None]
    """The loss over all rows, while there is a training."""
