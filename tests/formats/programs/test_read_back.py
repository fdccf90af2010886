"""Programs that were exported become the graph again, by whichever way their text comes in."""

from __future__ import annotations

import pytest

import nodegraph as ng
from nodegraph.core.building.expression import parse_with
from nodegraph.core.errors import Refused, TextError
from nodegraph.core.graph.graph import Graph
from nodegraph.core.operations.catalogue import LEAKY_SLOPE, OPERATIONS
from nodegraph.formats.programs.program import to_program
from nodegraph.formats.programs.titles import TITLES, VECTORISED
from tests.formats.programs.test_program import CORNERS, _formulas, _lacks_something


def _demand_same_numbers(graph: Graph, source: str) -> Graph:
    """The program's graph has the output and the inputs of this one, with their values and gradients."""
    again = ng.parse(source)
    before, after = ng.run(graph), ng.run(again)
    assert after.values[again.output_name] == pytest.approx(
        before.values[graph.output_name], rel=1e-12, nan_ok=True
    )
    inputs = [node.name for node in graph.nodes() if node.op == "input"]
    assert [node.name for node in again.nodes() if node.op == "input" and node.trainable] == inputs
    for name in inputs:
        assert after.gradients[name] == pytest.approx(before.gradients[name], rel=1e-12, nan_ok=True)
    return again


@pytest.mark.parametrize("to", TITLES)
@pytest.mark.parametrize("name", _formulas())
def test_every_program_is_read_back(name: str, to: str) -> None:
    graph = _formulas()[name]
    if not _lacks_something(graph, to):
        _demand_same_numbers(graph, to_program(graph, to))


@pytest.mark.parametrize("to", ["python", "numpy", "torch", "jax"])
def test_every_operation_comes_back_as_itself(to: str) -> None:
    for operation in OPERATIONS.values():
        for sample in operation.samples:
            inputs = [f"x{port}" for port in range(len(sample))]
            values = dict(zip(inputs, sample, strict=True))
            graph = parse_with(f"y = {operation.name}({', '.join(inputs)})", values)
            again = _demand_same_numbers(graph, to_program(graph, to))
            if operation.name not in ("mean", "reciprocal", "square") and len(sample) < 3:
                assert [node.op for node in again.nodes()] == [node.op for node in graph.nodes()]


@pytest.mark.parametrize("to", ["python", "numpy", "torch", "jax"])
@pytest.mark.parametrize("name", sorted({*CORNERS} - {"names of Python"}))
def test_corners_are_read_back(name: str, to: str) -> None:
    text, values = CORNERS[name]
    graph = ng.parse(text, **values)
    _demand_same_numbers(graph, to_program(graph, to))


@pytest.mark.parametrize("to", TITLES)
def test_constants_stay_constants(to: str) -> None:
    graph = ng.parse("k = 3\nh = k*relu(x) + k\ny = h/2 + x", x=2)
    again = _demand_same_numbers(graph, to_program(graph, to))
    assert [node.value for node in again.nodes() if node.op == "constant"].count(3.0) == 1


@pytest.mark.parametrize("to", TITLES)
def test_what_a_muted_node_passes_on_is_read_back(to: str) -> None:
    graph = ng.parse("h = muted(a*b)\ny = h**2 + a", a=2, b=3)
    again = _demand_same_numbers(graph, to_program(graph, to).replace("dy/db", "dy/da"))
    assert [node.name for node in again.nodes() if node.muted] == ["h"]


@pytest.mark.parametrize(
    ("text", "op"),
    [
        ("torch.where(x > 0, x, 0.01 * x)", "leaky_relu"),
        ("np.where(x > 0, x, 0)", "relu"),
        ("jnp.where(x > 0, x, x*0.01)", "leaky_relu"),
        ("x if x > 0 else 0.0", "relu"),
        ("torch.logaddexp(x, torch.zeros_like(x))", "softplus"),
        ("np.logaddexp(x, 0)", "softplus"),
        ("torch.exp(-torch.logaddexp(-x, torch.zeros_like(x)))", "sigmoid"),
        ("torch.stack([x, w]).amax()", "max"),
        ("torch.stack((x, w)).min()", "min"),
        ("torch.stack([x, w]).mean()", "mean"),
        ("jnp.sum(jnp.stack([x, w]))", "add"),
        ("x * np.sign(x)", "abs"),
    ],
)
def test_what_libraries_write_for_an_operation_is_that_operation(text: str, op: str) -> None:
    graph = ng.parse(f"y = {text}")
    assert graph.node(graph.output or "").op == op
    assert LEAKY_SLOPE == 0.01


@pytest.mark.parametrize(
    "text", ["np.where(x > 1, x, 0)", "np.where(x > 0, x, 0.2*x)", "x if w > 0 else 0", "np.logaddexp(x, w)"]
)
def test_other_choices_are_refused_at_their_place(text: str) -> None:
    with pytest.raises(TextError) as refused:
        ng.parse(f"y = {text}")
    assert refused.value.line == 1


def test_a_mistake_in_a_program_is_told_where_it_stands() -> None:
    source = to_program(ng.parse("y = tanh(a*b)", a=2, b=3), "jax").replace("a * b", "a @ b")
    with pytest.raises(TextError) as refused:
        ng.parse(source)
    lines = source.splitlines()
    assert "@" in lines[refused.value.line - 1]
    assert lines[refused.value.line - 1][refused.value.column - 1] == "a"


@pytest.mark.parametrize("to", VECTORISED)
def test_a_vectorised_program_is_no_graph(to: str) -> None:
    with pytest.raises(Refused, match="holds no single nodes"):
        ng.parse(to_program(ng.parse("y = a*b"), to, vectorised=True))
