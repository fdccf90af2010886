"""Test graphs of any size."""

from __future__ import annotations

import numpy as np
import pytest

from nodegraph.core.building import shapes
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import Refused


@pytest.mark.parametrize("kind", shapes.SHAPES)
def test_a_shape_has_exactly_the_nodes_asked_for_and_all_lead_to_the_output(kind: str) -> None:
    for count in (*range(1, 30), 500):
        shape = shapes.SHAPES[kind](count, 1)
        trace = run(shapes.graph_of(shape))
        assert len(shape) == len(trace.plan.ids) == count
        assert not trace.problems
        assert trace.plan.reaching(trace.plan.number[trace.output]).all()


def test_the_seed_decides_all_of_a_random_graph() -> None:
    first, again, other = (shapes.graph_of(shapes.random_shape(200, seed)) for seed in (3, 3, 4))
    assert first == again
    assert first != other


def test_a_chain_is_as_deep_as_it_is_large() -> None:
    assert len(run(shapes.graph_of(shapes.chain_shape(300))).plan.runs) == 298


def test_numbers_of_a_large_random_graph_stay_small() -> None:
    shape = shapes.random_shape(20_000, 5)
    trace = run(shapes.graph_of(shape))
    assert np.isfinite(trace.node_gradients).all()
    is_sum = np.array([trace.nodes[i].op == "add" for i in trace.plan.ids])
    assert np.abs(trace.node_values[~is_sum]).max() <= shapes.LARGEST_VALUE


@pytest.mark.parametrize(("sizes", "rows"), [((2, 1), 1), ((2, 16, 16, 1), 8), ((3, 2, 2), 5)])
def test_a_network_is_counted_before_it_is_made(sizes: tuple[int, ...], rows: int) -> None:
    shape = shapes.mlp_shape(sizes, rows)
    assert shapes.count_mlp_shape(sizes, rows) == (len(shape), len(shape.sources))


def test_the_rows_of_a_network_share_its_weights_and_its_output_is_their_squared_error() -> None:
    graph = shapes.graph_of(shapes.mlp_shape((2, 1), rows=3))
    values = run(graph).values
    weights = [values[f"w{number}"] for number in (1, 2, 3)]
    data = np.array([values[f"x{number}"] for number in range(1, 10)]).reshape(3, 3)
    outputs = np.tanh(weights[:2] @ data[:2] + weights[2])
    assert values["L"] == pytest.approx(((outputs - data[2]) ** 2).sum())
    assert [node.name for node in graph.nodes() if node.learns] == ["w1", "w2", "w3"]


def test_a_network_needs_an_input_and_an_output() -> None:
    with pytest.raises(Refused, match="at least its inputs and its outputs"):
        shapes.count_mlp_shape((2,), 1)


def test_cards_of_a_placed_shape_stand_apart_and_edges_run_to_the_right() -> None:
    graph = shapes.graph_of(shapes.random_shape(400, 1), placed=True)
    places = {(node.x, node.y) for node in graph.nodes()}
    assert len(places) == 400
    assert all((graph.node(e.source).x or 0.0) < (graph.node(e.target).x or 0.0) for e in graph.edges())
