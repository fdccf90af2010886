"""A jaxpr as a graph: what JAX says a function computes, written out number by number. JAX is not imported.

A jaxpr has no numbers and no names; whoever traces one gives both, in the order of the function's arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from nodegraph.core.errors import Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.core.quoting import quoted
from nodegraph.core.recording import arrays
from nodegraph.core.recording.arrays import Objects, held, held_result
from nodegraph.core.recording.as_graph import graph_of

_NAMED = ("relu", "softplus")
"""Functions of JAX that are operations of the catalogue, with slopes of their own at kinks."""
_PLAIN = ("convert_element_type", "copy", "copy_p", "reduce_precision", "optimization_barrier")


def is_jaxpr(what: object) -> bool:
    """Whether this is what `jax.make_jaxpr` returns."""
    return type(what).__name__ == "ClosedJaxpr" and type(what).__module__.partition(".")[0] == "jax"


def graph_of_jaxpr(closed: Any, inputs: Mapping[str, Any]) -> Graph:
    """Returns the graph of a jaxpr, at these numbers. Raises Refused for what cannot be written out."""
    jaxpr = closed.jaxpr
    inputs = dict(pair for name, given in inputs.items() for pair in _leaves(name, given))
    if len(inputs) != len(jaxpr.invars):
        raise Refused(
            f"This jaxpr takes {len(jaxpr.invars)} arrays, and {len(inputs)} are given; "
            "name them in order, as in trace(jaxpr, w=w, x=x)."
        )
    given = [arrays.values_of(name, numbers) for name, numbers in inputs.items()]
    for name, array, variable in zip(inputs, given, jaxpr.invars, strict=True):
        if array.shape != tuple(variable.aval.shape):
            raise Refused(
                f"{name} has the shape {array.shape}; the jaxpr takes {tuple(variable.aval.shape)}."
            )
    found = _run(jaxpr, closed.consts, given)
    if len(found) != 1:
        raise Refused(f"This jaxpr returns {len(found)} things, and a graph has one output.")
    return graph_of(arrays.root_of(found[0]), {})


def _leaves(name: str, given: Any) -> Iterator[tuple[str, Any]]:
    """Yields the arrays of an input, named by their keys and places, in the order in which JAX takes them."""
    if isinstance(given, dict):
        for key in sorted(given):
            yield from _leaves(f"{name}_{key}", given[key])
    elif isinstance(given, list | tuple) and any(isinstance(one, dict | list | tuple) for one in given):
        try:
            np.asarray(given, dtype=float)
        except (TypeError, ValueError):  # no array, but several
            for place, one in enumerate(given):
                yield from _leaves(f"{name}{place}", one)
            return
        yield name, given
    else:
        yield name, given


def _run(jaxpr: Any, consts: Sequence[Any], given: Sequence[Objects]) -> list[Objects]:
    known: dict[Any, Objects] = {}
    known.update(zip(jaxpr.constvars, map(held, consts), strict=True))
    known.update(zip(jaxpr.invars, given, strict=True))

    def read(variable: Any) -> Objects:
        return held(variable.val) if hasattr(variable, "val") else known[variable]

    for equation in jaxpr.eqns:
        name = equation.primitive.name
        for variable in equation.outvars:
            arrays.check_size(f"What {name} gives", variable.aval.shape)
        taken = [read(variable) for variable in equation.invars]
        try:
            found = _applied(name, equation.params, taken)
        except (ArithmeticError, ValueError) as error:
            said = str(error).partition("\n")[0].rstrip(".")
            raise Refused(f"jax: “{quoted(name)}” has no finite result at these numbers: {said}.") from None
        known.update(zip(equation.outvars, found, strict=True))
    return [read(variable) for variable in jaxpr.outvars]


def _applied(name: str, params: Mapping[str, Any], given: list[Objects]) -> list[Objects]:
    if params.get("name") in _NAMED and len(given) == 1:
        return [_demand(arrays.elementwise(params["name"], given), name)]
    inner = next((params[key] for key in ("jaxpr", "call_jaxpr", "fun_jaxpr") if key in params), None)
    if inner is not None and name not in ("scan", "while", "cond"):
        jaxpr, consts = (inner.jaxpr, inner.consts) if hasattr(inner, "jaxpr") else (inner, ())
        return _run(jaxpr, consts, given)
    if name in _PLAIN:
        return given
    if name in _SHAPED:
        return [held_result(_SHAPED[name](params, *given))]
    return [_demand(arrays.elementwise(name, given), name)]


def _demand(found: Objects | None, name: str) -> Objects:
    if found is None:
        raise arrays.unknown(name, "jax: ")
    return found


def _broadcast(params: Mapping[str, Any], x: Objects, *_: Any) -> Objects:
    shape = tuple(params["shape"])
    aligned = [1] * len(shape)
    for axis, into in enumerate(params["broadcast_dimensions"]):
        aligned[into] = x.shape[axis]
    return np.broadcast_to(x.reshape(aligned), shape)


def _slice(params: Mapping[str, Any], x: Objects) -> Objects:
    steps = params["strides"] or (1,) * x.ndim
    return x[tuple(map(slice, params["start_indices"], params["limit_indices"], steps))]


def _dynamic_slice(params: Mapping[str, Any], x: Objects, *starts: Objects) -> Objects:
    sizes = params["slice_sizes"]
    begins = [
        min(max(int(arrays.number(start.item())), 0), length - size)
        for start, size, length in zip(starts, sizes, x.shape, strict=True)
    ]
    return x[tuple(slice(begin, begin + size) for begin, size in zip(begins, sizes, strict=True))]


def _dot(params: Mapping[str, Any], x: Objects, y: Objects) -> Any:
    (along_x, along_y), (batch_x, _) = params["dimension_numbers"]
    if batch_x:
        raise Refused("jax: a product over a batch of matrices cannot be written out; take one at a time.")
    return np.tensordot(x, y, axes=(along_x, along_y))


def _select(params: Mapping[str, Any], which: Objects, *cases: Objects) -> Any:
    cases = tuple(np.broadcast_arrays(*cases))
    return np.frompyfunc(lambda place, *those: those[int(arrays.number(place))], len(cases) + 1, 1)(
        which, *cases
    )


def _counted(params: Mapping[str, Any]) -> Objects:
    """0, 1, 2, … along a dimension."""
    return held(np.indices(params["shape"])[params["dimension"]])


def _summed_up(params: Mapping[str, Any], x: Objects) -> Any:
    """Each number with all before it, or behind it, added."""
    axis = params["axis"]
    turned = np.flip(x, axis) if params["reverse"] else x
    found = np.add.accumulate(turned, axis)
    return np.flip(found, axis) if params["reverse"] else found


def _padded(params: Mapping[str, Any], x: Objects, around: Objects) -> Objects:
    config = params["padding_config"]
    if any(min(sides) < 0 for sides in config):
        raise Refused("jax: padding that cuts off cannot be written out; take a slice.")
    shape = [low + high + size + max(size - 1, 0) * between
             for size, (low, high, between) in zip(x.shape, config, strict=True)]  # fmt: skip
    found = np.full(shape, around.item(), dtype=object)
    placed = [slice(low, size - high, between + 1)
              for size, (low, high, between) in zip(shape, config, strict=True)]  # fmt: skip
    found[tuple(placed)] = x
    return found


def _place_of(extreme: Callable[..., Any]) -> Callable[..., Any]:
    """Where the largest or smallest of some known numbers stands."""

    def found(params: Mapping[str, Any], x: Objects) -> Any:
        return held(extreme(np.frompyfunc(arrays.number, 1, 1)(x).astype(float), axis=params["axes"][0]))

    return found


def _reduced(function: Callable[..., Any]) -> Callable[..., Objects]:
    return lambda params, x: arrays.reduced(function, x, params["axes"])


_SHAPED: Mapping[str, Callable[..., Any]] = {
    "iota": _counted,
    "stack": lambda params, *parts: np.stack(parts, params["axis"]),
    "pad": _padded,
    "cumsum": _summed_up,
    "argmax": _place_of(np.argmax),
    "argmin": _place_of(np.argmin),
    "add_any": lambda params, x, y: x + y,
    "integer_pow": lambda params, x: np.frompyfunc(lambda one: one ** params["y"], 1, 1)(x),
    "broadcast_in_dim": _broadcast,
    "reshape": lambda params, x: x.reshape(params["new_sizes"]),
    "squeeze": lambda params, x: np.squeeze(x, tuple(params["dimensions"])),
    "expand_dims": lambda params, x: np.expand_dims(x, tuple(params["dimensions"])),
    "transpose": lambda params, x: x.transpose(params["permutation"]),
    "rev": lambda params, x: np.flip(x, tuple(params["dimensions"])),
    "slice": _slice,
    "dynamic_slice": _dynamic_slice,
    "concatenate": lambda params, *parts: np.concatenate(parts, params["dimension"]),
    "dot_general": _dot,
    "select_n": _select,
    "reduce_sum": _reduced(arrays.total),
    "reduce_prod": _reduced(arrays.product),
    "reduce_max": _reduced(arrays.larger),
    "reduce_min": _reduced(arrays.smaller),
}
"""What changes or reads shapes, by JAX's name."""
