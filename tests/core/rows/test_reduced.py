"""Rows without what need not be done for each: the numbers are those of the plain passes, and fewer."""

from __future__ import annotations

import itertools
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodegraph.core.building.expression import parse
from nodegraph.core.building.networks import mlp
from nodegraph.core.engine import batch as module
from nodegraph.core.engine.batch import Batch, Mean, mean_of
from nodegraph.core.engine.plan import plan_of
from nodegraph.core.graph.graph import Graph
from nodegraph.core.rows.reduced import Reduced
from tests.core.training.test_two_moons import network, two_moons
from tests.strategies import graphs

CORNERS = (0.0, -0.0, 1.0, -2.5, 1e-320, 1e154, -1e155, 1e200, 1.7e308, np.inf, -np.inf, np.nan)


def batch_of(graph: Graph, bound: list[str]) -> tuple[Batch, np.ndarray]:
    """A batch in which these inputs are data and all others are trained; and the values of the leaves."""
    plan = plan_of(graph)
    assert graph.output is not None
    trained = [plan.number[n.id] for n in graph.nodes() if n.op == "input" and n.id not in bound]
    leaves = np.array([graph.node(i).value for i in plan.ids[: plan.leaves]], dtype=float)
    return Batch(plan, plan.number[graph.output], trained, [plan.number[i] for i in bound]), leaves


def read(text: str, values: dict[str, float]) -> Graph:
    """The graph of this text; values of names that are not in it are left out."""
    return parse(text, **{name: value for name, value in values.items() if re.search(rf"\b{name}\b", text)})


def both_ways(batch: Batch, leaves: np.ndarray, data: np.ndarray, width: int = 1000) -> tuple[Mean, Mean]:
    """The mean of the plain passes, and of the reduced ones, in parts of so many rows."""
    found = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "WORTH_TAKING", 0)
        patch.setattr(Batch, "_width", lambda self, nodes, rows: min(width, rows))
        patch.setattr(module, "_tile", lambda nodes, rows: min(width, rows))
        for reduces in (False, True):
            is_there = batch._reduced.cut.row[batch.output] >= 0
            patch.setattr(Reduced, "is_worth_it", lambda *_, use=reduces and is_there, **__: use)
            found.append(mean_of(list(batch.parts(leaves, data))))
    return found[0], found[1]


def assert_same(plain: Mean, reduced: Mean) -> None:
    scale = max(1.0, float(np.abs(plain.gradients).max(initial=0.0, where=np.isfinite(plain.gradients))))
    np.testing.assert_allclose(reduced.loss, plain.loss, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(reduced.gradients, plain.gradients, rtol=1e-12, atol=1e-12 * scale)
    assert (plain.rows, plain.bad_row) == (reduced.rows, reduced.bad_row)


@pytest.mark.usefixtures("engine")
@given(graphs(most=24), st.data())
def test_random_graphs_give_what_plain_passes_give(graph: Graph, data: st.DataObject) -> None:
    inputs = [node.id for node in graph.nodes() if node.op == "input"]
    bound = [node_id for node_id in inputs if data.draw(st.booleans())]
    batch, leaves = batch_of(graph, bound)
    rows = np.random.default_rng(1).normal(size=(len(bound), 7))
    assert_same(*both_ways(batch, leaves, rows, width=data.draw(st.integers(1, 8))))


@st.composite
def sums(draw: st.DrawFn) -> tuple[Graph, list[str]]:
    """Sums of products, in one or nested, over the same inputs or not, with numbers used twice."""
    x = [f"x{number}" for number in range(draw(st.integers(2, 4)))]
    w = [f"w{number}" for number in range(6)]
    lines, known = [], list(x)
    for layer in range(draw(st.integers(1, 3))):
        made = []
        for number in range(draw(st.integers(1, 4))):
            terms = [
                f"{draw(st.sampled_from(w))}*{draw(st.sampled_from(known))}"
                for _ in range(draw(st.integers(2, 6)))
            ]
            terms += draw(st.lists(st.sampled_from([*w, *known]), max_size=2))
            if draw(st.booleans()):
                terms = [f"({' + '.join(terms[:2])})", *terms[2:], f"({' + '.join(terms[-2:])})"]
            made.append(f"h{layer}_{number}")
            lines.append(f"{made[-1]} = tanh({' + '.join(draw(st.permutations(terms)))})")
        known = [*made, *draw(st.lists(st.sampled_from(known), max_size=2))]
    lines.append(f"L = {' + '.join(f'{name}*{name}' for name in [*made, *x])} + w0*w1 + w2*x0")
    return read("; ".join(lines), dict.fromkeys([*w, *x], 0.5)), x


@pytest.mark.usefixtures("engine")
@given(sums(), st.integers(1, 8))
def test_sums_of_products_give_what_plain_passes_give(problem: tuple[Graph, list[str]], width: int) -> None:
    graph, bound = problem
    ids = [node.id for node in graph.nodes() if node.name in bound]
    batch, leaves = batch_of(graph, ids)
    pick = np.random.default_rng(2)
    leaves = leaves + 0.3 * pick.normal(size=leaves.shape)
    assert_same(*both_ways(batch, leaves, pick.normal(size=(len(ids), 7)), width))


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("loss", ["squared", "cross_entropy", "softmax", "hinge"])
@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid", "leaky_relu"])
@pytest.mark.parametrize("penalty", [0.0, 1e-3])
def test_networks_give_what_plain_passes_give(loss: str, activation: str, penalty: float) -> None:
    graph = Graph()
    last = "sigmoid" if loss == "cross_entropy" else "linear"
    graph.apply(mlp(graph, [3, 5, 4, 2], activation, last, loss, penalty=penalty))
    bound = [node.id for node in graph.nodes() if node.op == "input" and not node.trainable]
    batch, leaves = batch_of(graph, bound)
    rows = np.random.default_rng(3).normal(size=(len(bound), 50))
    assert_same(*both_ways(batch, leaves, rows, width=17))


@pytest.mark.usefixtures("engine")
@given(st.data())
def test_what_is_not_finite_or_huge_comes_out_the_same(data: st.DataObject) -> None:
    graph = Graph()
    graph.apply(mlp(graph, [2, 3, 2], "relu", "linear", "squared", penalty=1e-3))
    bound = [node.id for node in graph.nodes() if node.op == "input" and not node.trainable]
    batch, leaves = batch_of(graph, bound)
    leaves = leaves.copy()
    rows = np.random.default_rng(4).normal(size=(len(bound), 6))
    for _ in range(data.draw(st.integers(0, 2))):
        leaves[data.draw(st.integers(0, len(leaves) - 1))] = data.draw(st.sampled_from(CORNERS))
    for _ in range(data.draw(st.integers(0, 2))):
        place = data.draw(st.integers(0, len(bound) - 1)), data.draw(st.integers(0, 5))
        rows[place] = data.draw(st.sampled_from(CORNERS))
    assert_same(*both_ways(batch, leaves, rows, width=2))


def test_of_the_known_demo_three_layers_are_matrices_and_the_penalty_is_computed_once() -> None:
    graph = network()
    names = {node.name: node.id for node in graph.nodes()}
    batch, _ = batch_of(graph, [names[name] for name in two_moons().names])
    reduced = batch._reduced
    shapes = [block.factors.shape for block in reduced.cut.blocks.values()]
    assert shapes == [(16, 2), (16, 16), (1, 16)]
    sums_and_activations, data_and_loss = 2 * (16 + 16) + 1, 3 + 1 + 1 + 4
    assert reduced.nodes == sums_and_activations + data_and_loss


@pytest.mark.parametrize(
    ("text", "shapes"),
    [
        ("L = a*x + b*y + c*z + d*t", [(1, 4)]),
        ("L = ((a*x + b*y) + c*z) + d*t", [(1, 4)]),
        ("h = a*x + b*y; k = b*x + a*y + c; L = tanh(h)*k", []),  # they add different numbers of terms
        ("h = a*x + b*y + c; k = b*x + a*y + c; L = tanh(h)*k", [(2, 2)]),
        ("p = a*x; L = p + b*y + c*z + d*t + p*p", []),  # p is used elsewhere, and three are too few
        ("L = a*x + b*x + c*y + d*z", []),  # two are by the same x
        ("L = a*b + c*d + a*d + b*c + x", []),  # nothing is the row's
        ("L = x*y + y*z + z*t + t*x", []),  # all is the row's
        ("L = a*x + b*y + c*z + d*t + t", [(1, 4)]),
        ("L = a*x + a*y + a*z + a*t", [(1, 4)]),
    ],
)
def test_a_matrix_is_what_sums_up_products_of_the_rows_numbers_and_shared_ones(
    text: str, shapes: list[tuple[int, int]]
) -> None:
    values = dict(zip("abcd", (1.5, -2.0, 0.25, 3.0), strict=True))
    graph = read(text, {**values, "x": 1.0, "y": 2.0, "z": 3.0, "t": 4.0})
    bound = [node.id for node in graph.nodes() if node.name in "xyzt"]
    batch, leaves = batch_of(graph, bound)
    assert [block.factors.shape for block in batch._reduced.cut.blocks.values()] == shapes
    assert_same(*both_ways(batch, leaves, np.random.default_rng(5).normal(size=(len(bound), 9))))


def test_a_long_chain_of_sums_is_one_sum() -> None:
    names = [f"s{number}" for number in range(1000)]
    lines = [
        f"{name} = {before} + w{number % 7}*x{number}"
        for number, (before, name) in enumerate(itertools.pairwise(["w0*x", *names]))
    ]
    values = {f"w{number}": 0.1 for number in range(7)} | {f"x{number}": 1.0 for number in range(1000)}
    nested = parse("; ".join(lines), **values, x=1)
    bound = [node.id for node in nested.nodes() if node.name.startswith("x")]
    batch, leaves = batch_of(nested, bound)
    assert [block.factors.shape for block in batch._reduced.cut.blocks.values()] == [(1, 1001)]
    assert_same(*both_ways(batch, leaves, np.random.default_rng(6).normal(size=(1001, 4))))


def test_a_term_that_sums_share_several_times_gets_all_its_contributions() -> None:
    graph = parse("h = a*x + b*y + c + c; k = b*x + a*y + c + c; L = tanh(h)*k", a=1, b=2, c=3, x=4, y=5)
    bound = [node.id for node in graph.nodes() if node.name in "xy"]
    batch, leaves = batch_of(graph, bound)
    assert [block.factors.shape for block in batch._reduced.cut.blocks.values()] == [(2, 2)]
    assert_same(*both_ways(batch, leaves, np.random.default_rng(7).normal(size=(2, 9))))


def test_parts_are_so_small_that_no_product_begins_threads() -> None:
    graph = network()
    names = {node.name: node.id for node in graph.nodes()}
    bound = [names[name] for name in two_moons().names]
    batch, leaves = batch_of(graph, bound)
    data = np.random.default_rng(8).normal(size=(3, 5000))
    most = {block.factors.shape: block.most_rows for block in batch._reduced.cut.blocks.values()}
    assert most == {(16, 2): 8192, (16, 16): 1024, (1, 16): 576}
    sizes = [part.stop - part.start for part in batch.parts(leaves, data)]
    assert 500 < max(sizes) <= 576
    assert max(sizes) - min(sizes) < len(
        sizes
    )  # and all of about one size, as memory is kept from one to the next
    assert sum(sizes) == 5000


def test_few_rows_are_not_worth_the_calls() -> None:
    graph = network()
    names = {node.name: node.id for node in graph.nodes()}
    batch, _ = batch_of(graph, [names[name] for name in two_moons().names])
    wanted = list(itertools.product((1, 100), (False, True)))
    runs = len(batch.plan.table)
    found = [batch._reduced.is_worth_it(rows, runs, compiled=compiled) for rows, compiled in wanted]
    assert found == [True, False, True, True]


def test_a_part_that_is_kept_does_not_change_when_the_next_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Reduced, "is_worth_it", lambda *_, **__: True)
    monkeypatch.setattr(Batch, "_width", lambda self, nodes, rows: 1)
    graph = parse("L = w*x", w=2, x=1)
    batch, leaves = batch_of(graph, [node.id for node in graph.nodes() if node.name == "x"])
    first, second = batch.parts(leaves, np.array([[1.0, 5.0]]))
    assert (first.outputs.tolist(), second.outputs.tolist()) == ([2.0], [10.0])
    assert (first.gradients.tolist(), second.gradients.tolist()) == ([1.0], [5.0])
