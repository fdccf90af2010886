"""What JAX says a function computes, as a graph."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

import nodegraph as ng
from nodegraph.core.errors import Refused
from nodegraph.core.recording.trace import trace

jax = pytest.importorskip("jax", reason="JAX is not installed")


@pytest.fixture(autouse=True)
def in_64_bits() -> Iterator[None]:
    before = jax.config.jax_enable_x64
    jax.config.update("jax_enable_x64", True)
    yield
    jax.config.update("jax_enable_x64", before)


def functions() -> dict[str, Callable[..., Any]]:
    jnp, nn = jax.numpy, jax.nn
    return {
        "layer": lambda w, x, b: jnp.mean((jnp.tanh(w @ x + b) - 1.0) ** 2) + jnp.sum(nn.sigmoid(w)),
        "softmax": lambda w, x, b: -jnp.log(nn.softmax(w @ x)[1]) + nn.logsumexp(b),
        "choices": lambda w, x, b: (
            jnp.where(w > 0, w, -2 * w).sum() + jnp.max(b) + nn.relu(x).sum() * b.min()
        ),
        "softplus": lambda w, x, b: nn.softplus(x).sum() / jnp.sqrt(jnp.abs(b)).sum() + w.T[0, 1] * b[-1],
        "shapes": lambda w, x, b: jnp.concatenate([w.reshape(-1), x * 2, b[::-1]]).prod() + jnp.dot(x, x),
        "elements": lambda w, x, b: (
            (jnp.exp(x[0]) * jnp.sin(x[1]) - jnp.log1p(b[0] ** 2)) / jnp.cosh(b[1]) * w[0, 0]
        ),
        "counted": lambda w, x, b: (
            jnp.sum(jnp.arange(3.0) * b) + jnp.trace(jnp.eye(2) * x) + jnp.sum(jnp.tril(w) * nn.one_hot(1, 2))
        ),
        "stacked": lambda w, x, b: jnp.sum(jnp.stack([x, x * x], axis=1) * w[:2]) + jnp.diag(b)[2, 2],
        "summed up": lambda w, x, b: (
            jnp.sum(jnp.cumsum(b) ** 2) + jnp.sum(jax.lax.cumsum(w, axis=0, reverse=True) ** 2)
        ),
        "padded": lambda w, x, b: (
            jnp.prod(jax.lax.pad(x, 3.0, [(1, 2, 1)])) + w[jnp.argmax(b), jnp.argmin(x)]
        ),
        "empty": lambda w, x, b: jnp.sum(x[:0]) + jnp.prod(b[3:]) * jnp.sum(w * w),
    }


NAMES = (
    *("layer", "softmax", "choices", "softplus", "shapes", "elements"),
    *("counted", "stacked", "summed up", "padded", "empty"),
)


@pytest.mark.parametrize("name", NAMES)
def test_values_and_gradients_are_jax_s(name: str) -> None:
    function = functions()[name]
    pick = np.random.default_rng(3)
    given = {"w": pick.normal(size=(3, 2)), "x": pick.normal(size=2), "b": pick.normal(size=3)}
    graph = trace(jax.make_jaxpr(function)(*given.values()), **given)
    run = ng.run(graph)
    value, gradients = jax.value_and_grad(function, (0, 1, 2))(*given.values())
    assert run.values[graph.node(graph.output).name] == pytest.approx(float(value), rel=1e-12)  # type: ignore[arg-type]
    for named, array in zip(given, gradients, strict=True):
        for place in np.ndindex(array.shape):
            node = named + "_".join(map(str, place))
            if graph.named(node) is not None:
                assert run.gradients[node] == pytest.approx(float(array[place]), rel=1e-11, abs=1e-13)
            else:
                assert float(array[place]) == 0.0


@pytest.mark.parametrize(
    ("function", "given", "said"),
    [
        (lambda x: x * 2, {"x": [1.0, 2.0]}, "The result has 2 numbers, and a graph has one output"),
        (
            lambda x: jax.scipy.special.erf(x),
            {"x": 1.0},
            "jax: “erf” is no operation that can be written out",
        ),
        (lambda x: jax.numpy.sum(x), {"x": np.ones(5000)}, "x has 5,000 numbers; arrays of up to 1,000"),
        (lambda x: (x, x), {"x": 1.0}, "returns 2 things"),
        (
            lambda x: jax.lax.fori_loop(0, 3, lambda i, y: y * x, 1.0),
            {"x": 1.0},
            "“(scan|while)” is no operation",
        ),
        (
            lambda x: x * jax.random.normal(jax.random.PRNGKey(0)),
            {"x": 1.0},
            "“random_seed” is no operation that can be written out",
        ),
        (
            lambda x: jax.numpy.sum(jax.lax.pad(x, 0.0, [(-1, 0, 0)])),
            {"x": [1.0, 2.0]},
            "padding that cuts off",
        ),
        (lambda x: x * 0 + 1, {"x": 1.0, "y": 2.0}, "takes 1 arrays, and 2 are given"),
        (lambda x: jax.numpy.ones(()), {"x": 1.0}, "the plain number 1.0: no input leads to it"),
    ],
)
def test_what_cannot_be_written_out_is_named(function: Any, given: dict[str, Any], said: str) -> None:
    first = next(iter(given.values()))
    with pytest.raises(Refused, match=said):
        trace(jax.make_jaxpr(function)(jax.numpy.asarray(first)), **given)


def test_parameters_in_dicts_and_lists_are_named_by_their_keys_and_places() -> None:
    jnp = jax.numpy
    layers = [{"w": [[0.1, 0.2], [0.3, 0.4]], "b": [0.5, 0.6]}, {"w": [[0.7, -0.8]], "b": [0.9]}]

    def loss(layers: Any, x: Any) -> Any:
        for layer in layers:
            x = jnp.tanh(jnp.asarray(layer["w"]) @ x + jnp.asarray(layer["b"]))
        return x.sum()

    held = jax.tree.map(
        jnp.asarray, layers, is_leaf=lambda one: isinstance(one, list) and not isinstance(one[0], dict)
    )
    graph = trace(jax.make_jaxpr(loss)(held, jnp.array([1.0, 2.0])), layers=layers, x=[1.0, 2.0])
    run = ng.run(graph)
    value, gradients = jax.value_and_grad(loss)(held, jnp.array([1.0, 2.0]))
    assert run.output is not None
    assert run.values[run.output] == pytest.approx(float(value), rel=1e-12)
    assert run.gradients["layers0_w1_0"] == pytest.approx(float(gradients[0]["w"][1, 0]), rel=1e-11)
    assert run.gradients["layers1_b0"] == pytest.approx(float(gradients[1]["b"][0]), rel=1e-11)


def test_a_function_of_jax_is_told_how_it_is_traced() -> None:
    with pytest.raises(Refused, match=r"trace jax\.make_jaxpr\(f\)\(x\), x=x"):
        trace(lambda x: jax.numpy.tanh(x), x=0.5)


@pytest.mark.parametrize("name", ["log1p", "expm1", "sinh"])
def test_functions_that_keep_digits_near_0_keep_them(name: str) -> None:
    run = ng.run(trace(jax.make_jaxpr(getattr(jax.numpy, name))(jax.numpy.asarray(0.0)), x=1e-12))
    assert run.values[run.output or ""] == pytest.approx(getattr(math, name)(1e-12), rel=1e-9, abs=0.0)
