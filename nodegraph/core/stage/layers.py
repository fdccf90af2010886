"""Layers: which parameters act at which depth of a network, and how numbers are spread. Draws nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.plan import Plan

Array = NDArray[np.float64]

BINS = 21
NOWHERE = np.iinfo(np.int64).max
WEIGHING = "multiply"


@dataclass(frozen=True, eq=False)
class Layer:
    """Parameters that act at one depth: its title, and their places among the trained inputs."""

    title: str
    places: NDArray[np.intp]


def layers_of(plan: Plan, trained: Sequence[str], features: Sequence[str]) -> tuple[Layer, ...]:
    """Returns the trained inputs, by id, layer by layer from the features on.

    A layer begins where what depends on the features is multiplied by parameters; what is added to that, such
    as a bias, is of the same layer. A parameter that acts several times is of the first of its layers.

    >>> from nodegraph.core.building.networks import mlp
    >>> from nodegraph.core.engine.plan import plan_of
    >>> from nodegraph.core.graph.graph import Graph
    >>> graph = Graph()
    >>> graph.apply(mlp(graph, [2, 4, 1]))
    >>> trained = [node.id for node in graph.nodes() if node.learns]
    >>> [(it.title, len(it.places)) for it in layers_of(plan_of(graph), trained, ["x1", "x2"])]
    [('Layer 1', 12), ('Layer 2', 5)]
    """
    depths = _depths(plan, [plan.number[i] for i in trained], [plan.number[i] for i in features])
    found = np.unique(depths)
    if len(found) <= 1:
        return (Layer("Parameters", np.arange(len(trained), dtype=np.intp)),) if len(trained) else ()
    return tuple(
        Layer(f"Layer {number}", np.flatnonzero(depths == depth)) for number, depth in enumerate(found, 1)
    )


def _depths(plan: Plan, trained: Sequence[int], features: Sequence[int]) -> NDArray[np.int64]:
    """The depth at which each trained input first acts, from 1; 0 where nothing of the features arrives."""
    learns = plan.reached_from(np.array(trained, dtype=np.intp))
    fed = plan.reached_from(np.array(features, dtype=np.intp))
    depth = np.zeros(len(plan.ids), dtype=np.int64)
    acts = np.full(len(plan.ids), NOWHERE)
    for run in plan.runs:
        here, sources = slice(run.start, run.stop), run.sources
        bare = learns[sources] & ~fed[sources]
        depth[here] = np.where(fed[sources], depth[sources], 0).max(axis=0, initial=0)
        depth[here] += (bare.any(axis=0) & fed[here]) if run.op == WEIGHING else 0
        joins = bare & fed[here]
        at = np.broadcast_to(np.maximum(depth[here], 1), joins.shape)
        np.minimum.at(acts, sources[joins], at[joins])
    for run in reversed(plan.runs):
        bare = ~fed[run.start : run.stop] & learns[run.start : run.stop]
        sources = run.sources[:, bare]
        at = np.broadcast_to(acts[run.start : run.stop][bare], sources.shape)
        np.minimum.at(acts, sources, at)
    found = acts[np.array(trained, dtype=np.intp)]
    return np.where(found == NOWHERE, 0, found)


@dataclass(frozen=True, eq=False)
class Histogram:
    """How numbers are spread: `counts` of shape (bins,) between `edges` of shape (bins + 1,), and how many
    are not finite.
    """

    edges: Array
    counts: NDArray[np.intp]
    not_finite: int


def histogram(numbers: Array, bins: int = BINS) -> Histogram:
    """Returns how these numbers are spread between the least and the largest that is finite.

    >>> found = histogram(np.array([-1.0, 0.0, 0.5, 1.0, np.nan]), bins=2)
    >>> found.edges.tolist(), found.counts.tolist(), found.not_finite
    ([-1.0, 0.0, 1.0], [1, 3], 1)
    """
    finite = numbers[np.isfinite(numbers)]
    lost = len(numbers) - len(finite)
    if not len(finite):
        return Histogram(np.linspace(-1.0, 1.0, bins + 1), np.zeros(bins, dtype=np.intp), lost)
    scale = float(np.abs(finite).max()) or 1.0  # the width between the largest numbers is none
    shares = finite / scale
    low, high = float(shares.min()), float(shares.max())
    if low == high:
        low, high = low - 0.5, high + 0.5
    counts, edges = np.histogram(shares, bins=bins, range=(low, high))
    with np.errstate(over="ignore"):
        return Histogram(edges * scale, counts, lost)


def spread(layers: Sequence[Layer], numbers: Array) -> Mapping[str, Histogram]:
    """Returns the histogram of each layer, by its title, of numbers of shape (parameters,)."""
    return {layer.title: histogram(numbers[layer.places]) for layer in layers}
