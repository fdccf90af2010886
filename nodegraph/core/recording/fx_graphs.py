"""A torch.fx graph as a graph: what PyTorch's tracer saw, number by number. torch is not imported.

Placeholders are the inputs that whoever traces gives; parameters of the module keep their names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from nodegraph.core.errors import Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.core.quoting import quoted
from nodegraph.core.recording import arrays
from nodegraph.core.recording.arrays import Objects, held, held_result
from nodegraph.core.recording.as_graph import graph_of

_RENAMED = {
    "truediv": "div", "true_divide": "div", "divide": "div", "subtract": "sub", "multiply": "mul",
    "negative": "neg", "maximum": "max", "minimum": "min", "absolute": "abs", "detach": "stop_gradient",
}  # fmt: skip
_MODULES = ("ReLU", "Tanh", "Sigmoid", "Softplus", "Identity", "Linear", "MSELoss")


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
    wanted = [node.name for node in module.graph.nodes if node.op == "placeholder"]
    if set(wanted) != set(inputs):
        raise Refused(
            f"This module takes {', '.join(wanted) or 'no inputs'}; give each its numbers, by name."
        )
    return graph_of(arrays.root_of(_Reading(module, inputs).run()), {})


class _Reading:
    """Goes through the nodes in their order; what each gave is in `known`."""

    def __init__(self, module: Any, inputs: Mapping[str, Any]) -> None:
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
            return arrays.values_of(node.name, self.inputs[node.name])
        if node.op == "get_attr":
            return self._parameter(node.target)
        if node.op == "call_module":
            return self._of_module(node, args)
        name = node.target if node.op == "call_method" else getattr(node.target, "__name__", str(node.target))
        return self._function(name, node.name, args, named)

    def _parameter(self, path: str) -> Objects:
        if path not in self.parameters:
            held_there = self.module
            for part in path.split("."):
                held_there = getattr(held_there, part)
            self.parameters[path] = arrays.values_of(path.replace(".", "_"), held_there.detach().tolist())
        return self.parameters[path]

    def _of_module(self, node: Any, args: list[Any]) -> Any:
        inner = self.module.get_submodule(node.target)
        kind = type(inner).__name__
        if kind not in _MODULES:
            raise arrays.unknown(kind, f"{node.name}: ")
        if kind == "Identity":
            return args[0]
        if kind == "Linear":
            product = args[0] @ self._parameter(f"{node.target}.weight").T
            return held_result(
                product if inner.bias is None else product + self._parameter(f"{node.target}.bias")
            )
        if kind == "MSELoss":
            return _mse(args[0], args[1], inner.reduction)
        if getattr(inner, "beta", 1) != 1:
            raise arrays.unknown(f"{kind} with beta", f"{node.name}: ")
        return self._function(kind.lower(), node.name, args, {})

    def _function(self, name: str, where: str, args: list[Any], named: Mapping[str, Any]) -> Any:
        plain = _RENAMED.get(name.strip("_"), name.strip("_"))
        if plain == "getitem":
            return held_result(args[0][args[1]])
        if plain in _SHAPED:
            return held_result(_SHAPED[plain](*map(_array, args[:1]), *args[1:], **named))
        reducing = _REDUCED.get(plain)
        if reducing is not None and (len(args) == 1 or not isinstance(args[1], np.ndarray)):
            return _along(reducing, args, named, where)
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


def _mean(*numbers: Any) -> Any:
    return arrays.total(*numbers) / len(numbers)


def _mse(found: Objects, wanted: Any, reduction: str = "mean", **rest: Any) -> Any:
    squares = (found - _array(wanted)) ** 2
    if reduction == "none":
        return squares
    return arrays.reduced(_mean if reduction == "mean" else arrays.total, squares, range(squares.ndim))


_REDUCED: Mapping[str, Callable[..., Any]] = {
    "sum": arrays.total, "mean": _mean, "prod": arrays.product, "max": arrays.larger, "min": arrays.smaller,
    "amax": arrays.larger, "amin": arrays.smaller,
}  # fmt: skip
_SHAPED: Mapping[str, Callable[..., Any]] = {
    "matmul": lambda x, y: x @ y,
    "mm": lambda x, y: x @ y,
    "dot": lambda x, y: x @ y,
    "mv": lambda x, y: x @ y,
    "linear": lambda x, weight, bias=None: x @ weight.T if bias is None else x @ weight.T + bias,
    "mse_loss": _mse,
    "t": lambda x: x.T,
    "reshape": lambda x, *shape: x.reshape(*shape),
    "view": lambda x, *shape: x.reshape(*shape),
    "flatten": lambda x: x.reshape(-1),
    "squeeze": lambda x, *dim: np.squeeze(x, *dim),
    "unsqueeze": lambda x, dim: np.expand_dims(x, dim),
    "clone": lambda x: x,
    "contiguous": lambda x: x,
    "double": lambda x: x,
    "float": lambda x: x,
}
