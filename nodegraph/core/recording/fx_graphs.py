"""A torch.fx graph as a graph: what PyTorch's tracer saw, number by number. torch is not imported.

Placeholders are the inputs that whoever traces gives; parameters of the module keep their names.
"""

from __future__ import annotations

import importlib
import math
import operator
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from nodegraph.core.errors import Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.core.quoting import quoted
from nodegraph.core.recording import arrays
from nodegraph.core.recording.arrays import Objects, held, held_result
from nodegraph.core.recording.as_graph import graph_of
from nodegraph.core.recording.torch_functions import FUNCTIONS, SHAPES, mean
from nodegraph.core.recording.torch_layers import LAYERS

_RENAMED = {
    "truediv": "div", "true_divide": "div", "divide": "div", "subtract": "sub", "multiply": "mul",
    "negative": "neg", "maximum": "max", "minimum": "min", "absolute": "abs", "detach": "stop_gradient",
    "log_sigmoid": "logsigmoid", "linalg_norm": "norm", "linalg_vector_norm": "vector_norm", "swish": "silu",
}  # fmt: skip
_NO_ARRAYS = (int, float, bool, tuple, type(None), str)
_WRONG = (TypeError, ValueError, IndexError, AttributeError, KeyError)
"""What goes wrong where an array has another shape than an operation takes, or a setting nobody knows."""


def is_fx(what: object) -> bool:
    """Whether this is a `torch.fx.GraphModule`, as `torch.fx.symbolic_trace` returns."""
    return any(
        kind.__name__ == "GraphModule" and kind.__module__.startswith("torch.fx")
        for kind in type(what).__mro__
    )


def graph_of_fx(module: Any, inputs: Mapping[str, Any]) -> Graph:
    """Returns the graph of a torch.fx module, at these numbers. Raises Refused for what cannot be written
    out, with its name in the module.
    """
    if not hasattr(module, "graph"):
        module = _traced(module)
    wanted = [node.name for node in module.graph.nodes if node.op == "placeholder"]
    if len(wanted) == len(inputs) == 1:
        return graph_of(arrays.root_of(_Reading(module, {wanted[0]: next(iter(inputs.items()))}).run()), {})
    if set(wanted) != set(inputs):
        raise Refused(
            f"This module takes {', '.join(wanted) or 'no inputs'}; give each its numbers, by name."
        )
    named = {name: (name, numbers) for name, numbers in inputs.items()}
    return graph_of(arrays.root_of(_Reading(module, named).run()), {})


def is_module(what: object) -> bool:
    """Whether this is a layer or a network of PyTorch."""
    return any(
        f"{kind.__module__}.{kind.__name__}" == "torch.nn.modules.module.Module"
        for kind in type(what).__mro__
    )


def _traced(module: Any) -> Any:
    """What PyTorch's tracer sees of a module. Raises Refused where its program depends on its numbers."""
    try:
        return importlib.import_module("torch.fx").symbolic_trace(module)
    except Exception as error:  # whatever the module does to what the tracer hands it
        said = str(error).partition("\n")[0].rstrip(".")
        raise Refused(f"PyTorch's tracer cannot follow {type(module).__name__}: {said}.") from error


class _Reading:
    """Goes through the nodes in their order; what each gave is in `known`. `inputs` hold what each input is
    called, and its numbers.
    """

    def __init__(self, module: Any, inputs: Mapping[str, tuple[str, Any]]) -> None:
        self.module, self.inputs = module, inputs
        self.known: dict[Any, Any] = {}
        self.parameters: dict[str, Objects] = {}

    def run(self) -> Any:
        """Returns what the module returns."""
        for node in self.module.graph.nodes:
            if node.op == "output":
                return self._read(node.args[0])
            found = self._computed(node)
            if isinstance(found, np.ndarray):
                arrays.check_size(node.name, found.shape)
            self.known[node] = found
        raise Refused("This module returns nothing.")

    def _read(self, given: Any) -> Any:
        if isinstance(given, list | tuple):
            return tuple(self._read(one) for one in given)
        return self.known[given] if given.__hash__ is not None and given in self.known else given

    def _computed(self, node: Any) -> Any:
        args = [self._read(one) for one in node.args]
        named = {name: self._read(one) for name, one in node.kwargs.items() if one is not None}
        if node.op == "placeholder":
            return arrays.values_of(*self.inputs[node.name])
        if node.op == "get_attr":
            return self._parameter(node.target)
        if node.op == "call_module":
            return self._of_module(node, args, named)
        name = node.target if node.op == "call_method" else getattr(node.target, "__name__", str(node.target))
        return self._function(name, node.name, args, named)

    def _parameter(self, path: str) -> Objects:
        if path not in self.parameters:
            held_there = self.module
            for part in path.split("."):
                held_there = getattr(held_there, part)
            name = ("layer" if path[0].isdigit() else "") + path.replace(".", "_")
            self.parameters[path] = arrays.values_of(name, held_there.detach().tolist())
        return self.parameters[path]

    def _of_module(self, node: Any, args: list[Any], named: Mapping[str, Any]) -> Any:
        layer = self.module.get_submodule(node.target)
        kind = type(layer).__name__
        if kind not in LAYERS:
            raise arrays.unknown(kind, f"{node.name}: ")

        def parameter(name: str) -> Any:
            return None if getattr(layer, name, None) is None else self._parameter(f"{node.target}.{name}")

        return self._tried(node.name, LAYERS[kind], layer, parameter, *args, **named)

    def _tried(self, where: str, function: Callable[..., Any], *args: Any, **named: Any) -> Any:
        """Returns what a function gives; what it cannot take is named."""
        try:
            found = function(*args, **named)
        except Refused as refusal:
            raise Refused(f"{quoted(where)}: {refusal}") from None
        except _WRONG as error:
            raise Refused(f"{quoted(where)} cannot be written out: {str(error).rstrip('.')}.") from error
        return found if isinstance(found, _NO_ARRAYS) else held_result(found)

    def _function(self, name: str, where: str, args: list[Any], named: Mapping[str, Any]) -> Any:
        plain = _RENAMED.get(name.strip("_"), name.strip("_"))
        if plain == "getitem":
            place = args[1] if not isinstance(args[1], list) else tuple(args[1])
            return self._tried(where, operator.getitem, args[0], place)
        if plain == "getattr":
            return _read_off(_array(args[0]), args[1], where)
        if plain == "size":
            return args[0].shape if len(args) == 1 else args[0].shape[args[1]]
        if plain in _MADE:
            shape = args[0] if isinstance(args[0], tuple) else tuple(args)
            return np.full(shape, _MADE[plain], dtype=object)
        if plain in _OF_NUMBERS and not any(isinstance(one, np.ndarray) for one in args):
            return _OF_NUMBERS[plain](*args)
        if plain in SHAPES:
            return self._tried(where, SHAPES[plain], *args, **named)
        if plain in FUNCTIONS:
            words = {word: one for word, one in named.items() if word not in ("dtype", "_stacklevel")}
            return self._tried(where, FUNCTIONS[plain], _array(args[0]), *args[1:], **words)
        reducing = _REDUCED.get(plain)
        if reducing is not None and (len(args) == 1 or not isinstance(args[1], np.ndarray)):
            return self._tried(where, _along, reducing, args, named, where)
        is_told_more = named.keys() - {"inplace"}
        found = None if is_told_more else arrays.elementwise(plain, map(_array, args))
        if found is None:
            raise arrays.unknown(name, f"{quoted(where)}: ")
        return found


def _array(given: Any) -> Objects:
    return held(given)


def _along(function: Callable[..., Any], args: list[Any], named: Mapping[str, Any], where: str) -> Objects:
    dim = named.get("dim", args[1] if len(args) > 1 else None)
    if dim is not None and function in (arrays.larger, arrays.smaller):
        raise Refused(
            f"{where}: the largest along a dimension comes with its place, which is no number here."
        )
    axes = range(args[0].ndim) if dim is None else (dim,) if isinstance(dim, int) else dim
    found = arrays.reduced(function, args[0], axes)
    return np.expand_dims(found, tuple(axes)) if named.get("keepdim") else found


_REDUCED: Mapping[str, Callable[..., Any]] = {
    "sum": arrays.total, "mean": mean, "prod": arrays.product, "max": arrays.larger, "min": arrays.smaller,
    "amax": arrays.larger, "amin": arrays.smaller,
}  # fmt: skip
_OF_NUMBERS: Mapping[str, Callable[..., Any]] = {
    "add": operator.add, "sub": operator.sub, "mul": operator.mul, "div": operator.truediv,
    "floordiv": operator.floordiv, "pow": operator.pow, "neg": operator.neg, "sqrt": math.sqrt,
}  # fmt: skip
"""Arithmetic on sizes, which are no part of the graph."""
_MADE: Mapping[str, float] = {"ones": 1.0, "zeros": 0.0}


def _read_off(array: Objects, name: str, where: str) -> Any:
    """What x.shape, x.T and the like give."""
    if name == "shape":
        return array.shape
    if name in ("T", "mT"):
        return np.swapaxes(array, -1, -2) if array.ndim > 1 else array
    if name in ("data", "device", "dtype", "ndim"):
        return array if name == "data" else array.ndim if name == "ndim" else None
    raise arrays.unknown(name, f"{quoted(where)}: ")
