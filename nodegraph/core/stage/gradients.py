"""The mean gradients of a loss by its parameters over the rows of data, at any values: what is shown of
a step that was taken long ago. Takes no step.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.batch import Batch, Mean
from nodegraph.core.engine.plan import plan_of
from nodegraph.core.graph.graph import Graph
from nodegraph.core.training.landscape import Landscape
from nodegraph.core.training.readiness import trained_inputs

Array = NDArray[np.float64]


class Gradients:
    """Of the output of a graph whose inputs take these columns, by id; the graph needs an output that can be
    computed. Of very many rows the first are taken.

    >>> from nodegraph.core.building.expression import parse
    >>> found = Gradients(parse("L = (w*x - t)**2", w=1), {"x": np.array([1.0, 2]), "t": np.array([3.0, 4])})
    >>> found.ids, found.at({}).gradients.tolist(), found.at({"w": 2.0}).loss
    (('w',), [-6.0], 0.5)
    """

    def __init__(self, graph: Graph, columns: Mapping[str, Array]) -> None:
        plan = plan_of(graph)
        assert graph.output is not None
        self.ids = tuple(trained_inputs(graph, plan, dict.fromkeys(columns, "")))
        """The inputs that are trained; gradients are in this order."""
        trained = [plan.number[node_id] for node_id in self.ids]
        bound = [node_id for node_id in columns if node_id in plan.number]
        data = np.array([columns[node_id] for node_id in bound]) if bound else None
        leaves = np.array([graph.node(i).value for i in plan.ids[: plan.leaves]], dtype=np.float64)
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
