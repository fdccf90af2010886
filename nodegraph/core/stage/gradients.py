"""The mean gradients of a loss by its parameters over the rows of data, at any values: what is shown of
a step that was taken long ago. Takes no step.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.batch import Batch, Mean
from nodegraph.core.training.answers import Snapshot
from nodegraph.core.training.landscape import Landscape

Array = NDArray[np.float64]


class Gradients:
    """Of the output of a graph whose inputs take these columns, by id; the graph needs an output that can be
    computed. Of very many rows the first are taken.

    >>> from nodegraph.core.building.expression import parse
    >>> graph = Snapshot.of(parse("L = (w*x - t)**2", w=1))
    >>> found = Gradients(graph, {"x": np.array([1.0, 2]), "t": np.array([3.0, 4])})
    >>> found.ids, found.at({}).gradients.tolist(), found.at({"w": 2.0}).loss
    (('w',), [-6.0], 0.5)
    """

    def __init__(self, graph: Snapshot, columns: Mapping[str, Array]) -> None:
        plan = graph.plan
        assert graph.output is not None
        reaching = plan.reaching(plan.number[graph.output])
        inputs = [graph.nodes[node_id] for node_id in plan.ids[: plan.leaves]]
        learning = [n for n in inputs if n.learns and n.id not in columns and reaching[plan.number[n.id]]]
        self.ids = tuple(node.id for node in sorted(learning, key=lambda node: node.rank))
        """The inputs that are trained; gradients are in this order."""
        trained = [plan.number[node_id] for node_id in self.ids]
        bound = [node_id for node_id in columns if node_id in plan.number]
        data = np.array([columns[node_id] for node_id in bound]) if bound else None
        leaves = graph.leaves()
        self.plan = plan
        batch = Batch(plan, plan.number[graph.output], trained, [plan.number[i] for i in bound])
        self._landscape = Landscape.of(batch, leaves, data)
        self._values = leaves[trained]

    def parameters(self, values: Mapping[str, float]) -> Array:
        """Returns the parameters where these are their values, by id, and the others are as in the graph."""
        pairs = zip(self.ids, self._values.tolist(), strict=True)
        return np.array([values.get(node_id, own) for node_id, own in pairs])

    def at(self, values: Mapping[str, float]) -> Mean:
        """Returns the loss there, the mean over the rows, and its gradient by each parameter."""
        return self._landscape.at(self.parameters(values))
