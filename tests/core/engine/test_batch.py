"""Many rows at once: the same numbers as one pass after another, whatever the rows, parts and graphs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodegraph.core.building.expression import parse
from nodegraph.core.engine import batch as module
from nodegraph.core.engine.batch import Batch, evaluate, mean_of
from nodegraph.core.engine.passes import run
from nodegraph.core.engine.plan import plan_of
from nodegraph.core.graph.edits import set_muted
from nodegraph.core.graph.graph import Graph
from nodegraph.core.rows import stages
from tests.strategies import graphs, numbers

Rows = dict[str, list[float]]


def prepared(graph: Graph, rows: Rows) -> tuple[Batch, np.ndarray, np.ndarray | None, list[str]]:
    """A batch of this graph in which the inputs of `rows` are data and all others are trained."""
    plan = plan_of(graph)
    assert graph.output is not None
    trained = [n.id for n in graph.nodes() if n.op == "input" and n.id not in rows]
    batch = Batch(
        plan, plan.number[graph.output], [plan.number[i] for i in trained], [plan.number[i] for i in rows]
    )
    leaves = np.array([graph.node(i).value for i in plan.ids[: plan.leaves]], dtype=float)
    return batch, leaves, np.array(list(rows.values())) if rows else None, trained


def one_by_one(graph: Graph, rows: Rows, trained: list[str]) -> tuple[float, list[float]]:
    """The mean loss and gradients of single passes, a row each."""
    count = len(next(iter(rows.values()))) if rows else 1
    traces = [run(graph.with_values({i: x[row] for i, x in rows.items()})) for row in range(count)]
    loss = sum(trace.value(graph.output or "") or 0.0 for trace in traces) / count
    return loss, [sum(trace.gradient(i) or 0.0 for trace in traces) / count for i in trained]


@st.composite
def problems(draw: st.DrawFn, smooth: bool = False) -> tuple[Graph, Rows]:
    graph = draw(graphs(smooth=smooth))
    inputs = [node.id for node in graph.nodes() if node.op == "input"]
    bound = [node_id for node_id in inputs if draw(st.booleans())]
    count = draw(st.integers(1, 6))
    column = st.lists(numbers, min_size=count, max_size=count)
    return graph, {node_id: draw(column) for node_id in bound}


@given(problems(), st.integers(1, 4), st.sampled_from([0, stages.FEW_NUMBERS]))
def test_the_gradient_of_a_batch_is_the_mean_of_single_passes(
    problem: tuple[Graph, Rows], width: int, few: int
) -> None:
    graph, rows = problem
    batch, leaves, data, trained = prepared(graph, rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "NUMBERS_AT_ONCE", 0)
        patch.setattr(module, "LEAST_ROWS", width)
        patch.setattr(stages, "FEW_NUMBERS", few)  # either way of summing where edges fork
        mean = mean_of(batch.parts(leaves, data))
    loss, gradients = one_by_one(graph, rows, trained)
    assert mean.loss == pytest.approx(loss, rel=1e-9, abs=1e-12)
    assert mean.gradients.tolist() == pytest.approx(gradients, rel=1e-9, abs=1e-12)
    assert mean.bad_row is None


@given(problems(smooth=True))
def test_the_gradient_of_a_batch_is_what_finite_differences_say(problem: tuple[Graph, Rows]) -> None:
    graph, rows = problem
    batch, leaves, data, trained = prepared(graph, rows)

    def loss_at(number: int, offset: float) -> float:
        moved = leaves.copy()
        moved[number] += offset
        return mean_of(batch.parts(moved, data, slopes=False)).loss

    mean = mean_of(batch.parts(leaves, data))
    h = 1e-3
    for place, node_id in enumerate(trained):
        number = batch.plan.number[node_id]
        wide = (loss_at(number, h) - loss_at(number, -h)) / (2 * h)
        narrow = (loss_at(number, h / 2) - loss_at(number, -h / 2)) / h
        slope = (4 * narrow - wide) / 3
        doubt = abs(slope - narrow) + 1e-10 * max(1.0, abs(mean.loss))
        assert abs(slope - mean.gradients[place]) <= 1e-6 * max(1.0, abs(slope)) + 4 * doubt


@given(problems())
def test_evaluating_all_nodes_gives_what_single_passes_give(problem: tuple[Graph, Rows]) -> None:
    graph, rows = problem
    _, leaves, _, _ = prepared(graph, rows)
    plan = plan_of(graph)
    count = len(next(iter(rows.values()))) if rows else 2
    table = np.repeat(leaves[:, None], count, axis=1)
    for node_id, column in rows.items():
        table[plan.number[node_id]] = column
    found = evaluate(plan, table)
    for row in range(count):
        trace = run(graph.with_values({i: x[row] for i, x in rows.items()}))
        assert found[:, row].tolist() == pytest.approx(trace.node_values.tolist(), rel=1e-12, abs=1e-15)


def test_an_input_used_many_times_gets_the_sum_of_all_its_contributions() -> None:
    graph = parse("L = w*x + w*x*w + w", w=3)
    batch, leaves, data, _ = prepared(graph, {"x": [1.0, 2.0, 6.0]})
    mean = mean_of(batch.parts(leaves, data))
    assert mean.gradients.tolist() == [pytest.approx(3 + 6 * 3 + 1)]


def test_an_output_that_is_an_input_has_the_gradient_one() -> None:
    graph = parse("w", w=3)
    batch, leaves, _, _ = prepared(graph, {})
    mean = mean_of(batch.parts(leaves))
    assert (mean.loss, mean.gradients.tolist(), mean.rows) == (3.0, [1.0], 1)


def test_what_does_not_reach_the_output_has_no_say_even_where_it_is_not_finite() -> None:
    graph = parse("p = log(z); y = 2*x", x=1, z=-3)
    batch, leaves, _, trained = prepared(graph, {})
    mean = mean_of(batch.parts(leaves))
    assert dict(zip(trained, mean.gradients.tolist(), strict=True)) == {"z": 0.0, "x": 2.0}
    assert mean.bad_row is None


def test_a_muted_node_passes_its_first_input_through() -> None:
    graph = parse("s = tanh(w*x); L = s*w", w=0.5)
    graph.apply(set_muted(graph, ["s"]))
    rows = {"x": [1.0, -2.0]}
    batch, leaves, data, trained = prepared(graph, rows)
    mean = mean_of(batch.parts(leaves, data))
    loss, gradients = one_by_one(graph, rows, trained)
    assert mean.loss == pytest.approx(loss)
    assert mean.gradients.tolist() == pytest.approx(gradients) == [-0.5]


@pytest.mark.parametrize("rows", [1, 7, 64, 100, 1000])
def test_every_row_is_in_exactly_one_part(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "NUMBERS_AT_ONCE", 1)
    batch, leaves, data, _ = prepared(parse("L = w*x", w=2), {"x": [float(row) for row in range(rows)]})
    parts = list(batch.parts(leaves, data))
    assert [x for part in parts for x in part.outputs] == [2.0 * row for row in range(rows)]
    assert [part.start for part in parts] == [0, *(part.stop for part in parts[:-1])]
    assert len(parts) == -(-rows // 64)


def test_a_part_that_is_kept_does_not_change_when_the_next_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "LEAST_ROWS", 1)
    monkeypatch.setattr(module, "NUMBERS_AT_ONCE", 0)
    batch, leaves, data, _ = prepared(parse("L = w*x", w=2), {"x": [1.0, 5.0]})
    first, second = batch.parts(leaves, data)
    assert (first.outputs.tolist(), second.outputs.tolist()) == ([2.0], [10.0])
    assert (first.gradients.tolist(), second.gradients.tolist()) == ([1.0], [5.0])


def test_numbers_that_are_not_finite_are_reported_by_row_without_a_warning() -> None:
    batch, leaves, data, _ = prepared(parse("L = w*log(x)", w=1), {"x": [1.0, 2.0, -1.0, 0.0]})
    mean = mean_of(batch.parts(leaves, data))
    assert np.isnan(mean.loss)
    assert mean.bad_row == 2


def test_no_rows_have_no_mean() -> None:
    batch, leaves, _, _ = prepared(parse("L = w*x", w=2), {"x": [1.0]})
    with pytest.raises(ValueError, match="no row"):
        mean_of(batch.parts(leaves, np.zeros((1, 0))))
