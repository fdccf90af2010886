"""Compiled passes: for every operation what numpy computes, at corners too; and how they come to be there."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

import nodegraph
from nodegraph.core.building import shapes
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.batch import Batch, mean_of
from nodegraph.core.engine.passes import WORTH_COMPILING, run, run_forward_mode
from nodegraph.core.engine.plan import Plan, plan_of
from nodegraph.core.engine.program import Program
from nodegraph.core.graph.graph import Graph
from nodegraph.core.kernels import kernels
from nodegraph.core.kernels.kernel_source import NUMPY, WAYS, code_of
from nodegraph.core.operations.catalogue import OPERATIONS
from tests.strategies import graphs

CORNERS = (0.0, -0.0, 1.0, -1.0, 0.5, 2.0, 3.0, -2.5, 1e-9, 20.0, -40.0, 709.0, 710.0, -746.0, 1e-320, 1e-160,
           1e200, -1e200, 1.7e308, np.inf, -np.inf, np.nan)  # fmt: skip
COMPUTED = [name for name, operation in OPERATIONS.items() if not operation.is_leaf]


def program_of_many(op: str, places: np.ndarray) -> tuple[Program, np.ndarray]:
    """A program with a node of this operation for each row of `places`, each with inputs of its own, and the
    values that these have.
    """
    many, count = places.shape
    codes = np.concatenate([np.zeros(many * count, int), np.ones(many, int), [2]])
    counts = np.concatenate([np.zeros(many * count, int), np.full(many, count), [many + 1]])
    sources = np.concatenate([np.arange(many * count), np.arange(many * count, many * count + many), [0]])
    starts = np.concatenate([[0], np.cumsum(counts)])
    plan = Plan.from_arrays(("input", op, "add"), codes, starts, sources)
    return Program(plan, len(plan.ids) - 1), places.ravel()


def both_passes(program: Program, leaves: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The values, and gradients that start at all nodes of the operation, for a row or for several."""
    values = np.zeros((len(program), *leaves.shape[1:]))
    values[: program.leaves] = leaves
    program.forward(values)
    gradients = np.zeros_like(values)
    nodes = slice(program.leaves, len(program) - 1)
    gradients[nodes] = np.linspace(-2.0, 3.0, len(program) - 1 - program.leaves).reshape(
        -1, *[1] * (values.ndim - 1)
    )
    program.backward(values, gradients)
    return values[:-1], gradients[:-1]


@pytest.mark.parametrize("op", COMPUTED)
@pytest.mark.parametrize("rows", [0, 3])
def test_every_operation_is_as_numpy_computes_it(
    op: str, rows: int, compiled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    least, most = OPERATIONS[op].least, OPERATIONS[op].most
    pick = np.random.default_rng(1)
    for count in {least, 3 if most is None else least, 5 if most is None else least}:
        corners = np.array(list(itertools.islice(itertools.product(CORNERS, repeat=count), 3_000)))
        smooth = pick.normal(size=(300, count)) * 10.0 ** pick.integers(-3, 3, (300, count))
        alike = np.repeat(pick.normal(size=(50, 1)), count, axis=1)
        for places in (corners, smooth, alike, smooth[:1], *np.array_split(corners, min(40, len(corners)))):
            program, leaves = program_of_many(op, places)
            if rows:
                leaves = np.stack([np.roll(leaves, row) for row in range(rows)], axis=1)
            fast = both_passes(program, leaves)
            with monkeypatch.context() as without:
                without.setattr(kernels, "_loaded", None)
                slow = both_passes(program, leaves)
            for one, other in zip(fast, slow, strict=True):
                np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-300)


@pytest.mark.usefixtures("engine")
def test_a_program_finds_what_the_passes_find() -> None:
    _compare_with_passes()


@given(graph=graphs())
def _compare_with_passes(graph: Graph) -> None:
    trace = run(graph)
    if trace.output is None or trace.output not in trace.plan.number:
        return
    plan, output = trace.plan, trace.plan.number[trace.output]
    value, gradients = Program(plan, output).step(trace.node_values[: plan.leaves])
    np.testing.assert_allclose(value, trace.node_values[output], rtol=1e-12)
    is_input = [graph.node(node_id).op == "input" for node_id in plan.ids[: plan.leaves]]
    expected = trace.node_gradients[: plan.leaves]
    np.testing.assert_allclose(gradients[is_input], expected[is_input], rtol=1e-9, atol=1e-12)


def test_a_step_in_float64_does_not_ask_numba_what_its_arrays_are(
    compiled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = Plan.from_arrays(("input", "multiply"), [0, 0, 1], [0, 0, 0, 2], [0, 1])
    ready, asked = kernels.loaded(), []
    assert ready is not None
    noting = replace(ready, both=lambda *given: asked.append(given) or ready.both(*given))
    monkeypatch.setattr(kernels, "_loaded", noting)
    for dtype, count in ((np.float64, 0), (np.float32, 1)):
        value, gradients = Program(plan, plan.number["2"], dtype=dtype).step([3.0, 5.0])
        assert (value, gradients.tolist(), len(asked)) == (15.0, [5.0, 3.0], count)
    assert not hasattr(ready.both_of_doubles, "overloads")


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("kind", shapes.SHAPES)
def test_a_program_of_a_large_shape_finds_what_the_passes_find(kind: str) -> None:
    shape = shapes.SHAPES[kind](3_000, 1)
    trace = run(shapes.graph_of(shape))
    plan = trace.plan
    _, gradients = Program(plan, plan.number["L"]).step(trace.node_values[: plan.leaves])
    np.testing.assert_allclose(gradients, trace.node_gradients[: plan.leaves], rtol=1e-9, atol=1e-12)


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("takers", [1, 3])
@pytest.mark.parametrize("op", COMPUTED)
def test_nodes_take_what_was_computed_just_before(
    op: str, takers: int, dtype: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, program = program_of_takers(op, takers, dtype)
    leaves = np.random.default_rng(2).uniform(0.5, 1.5, plan.leaves)
    fast = program.step(leaves)
    monkeypatch.setattr(kernels, "_loaded", None)
    slow = program.step(leaves)
    exact = 1e-12 if dtype is np.float64 else 1e-4
    np.testing.assert_allclose(fast[0], slow[0], rtol=exact)
    np.testing.assert_allclose(fast[1], slow[1], rtol=exact, atol=exact)


def program_of_takers(op: str, takers: int, dtype: type) -> tuple[Plan, Program]:
    """Rounds of two leaves' sum and some nodes of this operation, each of which takes the sum at another of
    its inputs and leaves at the others; the next round adds what the last of them computed, made small.
    """
    names = ("input", "add", "multiply", "tanh", op)
    ports = max(OPERATIONS[op].least, 2 if OPERATIONS[op].most is None else 0)
    codes, inputs = [0] * 4, [[] for _ in range(4)]
    last = 0

    def node(name: int, sources: list[int]) -> int:
        codes.append(name)
        inputs.append(sources)
        return len(codes) - 1

    for _ in range(4):
        total = node(1, [last, 1])
        made = [
            node(4, [total if port == taker % ports else 2 + port % 2 for port in range(ports)])
            for taker in range(takers)
        ]
        for one in made:
            last = node(1, [node(3, [one]), last])
    starts = np.cumsum([0, *map(len, inputs)])
    plan = Plan.from_arrays(names, codes, starts, [source for taken in inputs for source in taken])
    return plan, Program(plan, plan.number[str(last)], dtype=dtype)


@pytest.mark.usefixtures("engine")
def test_leaves_that_lead_nowhere_have_no_gradient_and_no_say() -> None:
    plan = plan_of(parse("u = log(z); L = a*b", a=2, b=3, z=-1))
    value, gradients = Program(plan, plan.number["L"]).step(
        [{"a": 2.0, "b": 3.0, "z": -1.0}[i] for i in plan.ids[:3]]
    )
    assert value == 6.0
    assert dict(zip(plan.ids[:3], gradients.tolist(), strict=True)) == {"a": 3.0, "b": 2.0, "z": 0.0}


@pytest.mark.usefixtures("engine")
def test_numbers_may_be_of_half_the_width() -> None:
    shape = shapes.random_shape(500, 1)
    plan = Plan.from_arrays(shapes.OPS, shape.codes, shape.starts, shape.sources)
    output = plan.number["499"]
    leaves = shape.values[[int(i) for i in plan.ids[: plan.leaves]]]
    value, gradients = Program(plan, output).step(leaves)
    rough, half = Program(plan, output, dtype=np.float32).step(leaves)
    assert half.dtype == np.float32
    assert rough == pytest.approx(value, rel=1e-3)
    np.testing.assert_allclose(half, gradients, rtol=1e-2, atol=1e-3 * np.abs(gradients).max())


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize("rows", [1, 3, 700, 5_000])
def test_rows_of_data_have_the_same_mean_either_way(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = plan_of(parse("h = tanh(w*x + b); g = relu(h*v - x); L = (h*v + g - y)**2 + 0*unused", w=1, v=-2))
    trained = [plan.number[name] for name in ("w", "b", "v", "unused")]
    batch = Batch(plan, plan.number["L"], trained, [plan.number["x"], plan.number["y"]])
    data = np.random.default_rng(1).normal(size=(2, rows))
    leaves = np.linspace(-1.0, 1.0, plan.leaves)
    slow = mean_of(batch.parts(leaves, data))
    monkeypatch.setattr("nodegraph.core.engine.batch.WORTH_TAKING", 1)
    fast = mean_of(batch.parts(leaves, data))
    assert fast.loss == pytest.approx(slow.loss, rel=1e-12)
    np.testing.assert_allclose(fast.gradients, slow.gradients, rtol=1e-11, atol=1e-14)
    assert mean_of(batch.parts(leaves, data, slopes=False)).loss == fast.loss


@pytest.mark.usefixtures("compiled")
def test_a_row_that_leaves_the_numbers_is_told_either_way(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = plan_of(parse("L = w*log(x) + a*b*c", w=1))
    batch = Batch(plan, plan.number["L"], [plan.number["w"]], [plan.number["x"]])
    monkeypatch.setattr("nodegraph.core.engine.batch.WORTH_TAKING", 1)
    mean = mean_of(batch.parts(np.ones(plan.leaves), np.array([[1.0, 2.0, 0.0, -1.0]])))
    assert mean.bad_row == 2
    assert np.isnan(mean.gradients).all()


def test_an_operation_without_an_element_is_left_to_numpy() -> None:
    assert code_of("multiply", 2) != NUMPY
    assert code_of("multiply", 3) == NUMPY
    assert len({(way.operation.name, way.count) for way in WAYS}) == len(WAYS)


def test_the_program_runs_without_importing_numba() -> None:
    modules = "nodegraph.formats.disk.compiled, nodegraph.core.engine.batch"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, {modules}; print('numba' in sys.modules)"],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(nodegraph.__file__).parents[1])},
        check=True,
    )
    assert done.stdout.strip() == "False"


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize("kind", shapes.SHAPES)
def test_a_trace_of_a_large_graph_is_the_same_either_way(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = shapes.graph_of(shapes.SHAPES[kind](WORTH_COMPILING, 3))
    fast, forward = run(graph), run_forward_mode(graph, "x1")
    monkeypatch.setattr(kernels, "_loaded", None)
    for one, other in ((fast, run(graph)), (forward, run_forward_mode(graph, "x1"))):
        for name in ("node_values", "local_derivatives", "contributions", "node_gradients"):
            np.testing.assert_allclose(getattr(one, name), getattr(other, name), rtol=1e-9, atol=1e-14)
