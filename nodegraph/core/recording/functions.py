"""A plain Python function recorded: called once with values, in which `math`'s functions take them too.

Loops and branches run as they are written, on the numbers; what is recorded is what was computed.
"""

from __future__ import annotations

import inspect
import re
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from numbers import Real
from types import CodeType, FrameType
from typing import Any

from nodegraph.core.errors import Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import article
from nodegraph.core.quoting import quoted
from nodegraph.core.recording.as_graph import graph_of
from nodegraph.core.recording.mathematics import math_of_values
from nodegraph.core.recording.value import Value
from nodegraph.core.recording.variables import names_in

_PACKAGE = __file__.rpartition("core")[0]
"""Where the package lies, as the names of its files begin."""
_TROUBLE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    NameError,
    Refused,
    TypeError,
    ValueError,
    RecursionError,
)


def graph_of_function(function: Callable[..., Any], inputs: Mapping[str, Any]) -> Graph:
    """Returns the graph of what a function computes of these inputs: numbers, lists and dicts of them.

    Parameters name the inputs, and its variables what it computes. Raises Refused, with the line, for what
    cannot be recorded.
    """
    name = getattr(function, "__name__", type(function).__name__)
    given = {key: _as_values(key, value) for key, value in inputs.items()}
    try:
        inspect.signature(function).bind(**given)
    except TypeError as error:
        raise Refused(
            f"{name}: {error}; give each of its inputs a number, as in trace({name}, x=2)."
        ) from None
    code = getattr(inspect.unwrap(function), "__code__", None)
    scope: dict[str, Any] = {}
    with math_of_values(getattr(inspect.unwrap(function), "__globals__", {})), _variables_of(code, scope):
        result = _called(function, name, given)
    if not isinstance(result, Value):
        raise Refused(
            f"{name} returned {_said(result)}; a graph has one output, which is computed of inputs"
            f"{_not_recorded(given)}."
        )
    return graph_of(result, names_in(given, scope))


def _as_values(name: str, given: Any) -> Any:
    """Returns numbers as values with their places or keys for labels; what is no number stays as it is."""
    if isinstance(given, list | tuple):
        return [
            _as_values(f"{name}{'_' if name[-1:].isdigit() else ''}{i}", one) for i, one in enumerate(given)
        ]
    if isinstance(given, dict):
        return {key: _as_values(f"{name}_{key}", one) for key, one in given.items()}
    is_of_numpy = type(given).__module__ == "numpy"
    if is_of_numpy and isinstance(given, Real):
        return Value(float(given), label=name)
    if isinstance(given, int | float) and not isinstance(given, bool):
        return Value(given, label=name)
    if is_of_numpy and hasattr(given, "dtype") and given.dtype.kind == "f" and given.ndim:
        import numpy as np

        return np.array(_as_values(name, given.tolist()), dtype=object)
    return given


def _called(function: Callable[..., Any], name: str, given: Mapping[str, Any]) -> Any:
    try:
        return function(**given)
    except _TROUBLE as error:
        said = _of_a_library(str(error)) or str(error).rstrip(".") or type(error).__name__
        raise Refused(f"{_place_of(error)}, in {name}: {said}{_not_recorded(given)}.") from error


def _of_a_library(message: str) -> str:
    """Says what to trace where a function hands a value to PyTorch or JAX; "" for another mistake."""
    if "Tensor" in message and "Value" in message:
        return "PyTorch's functions take no Value; trace a module, or torch.fx.symbolic_trace of the function"
    if "abstract array" in message and "Value" in message:
        return "JAX's functions take no Value; trace jax.make_jaxpr(f)(x), x=x"
    return ""


def _not_recorded(given: Mapping[str, Any]) -> str:
    """Says which inputs are no single numbers, as what a program does with one is not recorded."""
    others = [f"{key} is {_kind_of(one)}" for key, one in given.items() if not isinstance(one, Value)]
    return f" ({', '.join(others[:3])}; what is recorded is numbers)" if others else ""


def _kind_of(given: Any) -> str:
    return str(given) if given is None or isinstance(given, bool) else article(quoted(type(given).__name__))


def _place_of(error: BaseException) -> str:
    """Returns the file and line of the program in which an error arose."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if not f.filename.startswith(_PACKAGE)]
    if not frames:
        return "here"
    name = re.split(r"[/\\]", frames[-1].filename)[-1]
    return f"{name}, line {frames[-1].lineno}"


def _said(result: Any) -> str:
    if result is None:
        return "nothing"
    if isinstance(result, int | float):
        text = str(result) if isinstance(result, float) or abs(result) < 10**40 else "of many digits"
        return f"the plain number {text}"
    if isinstance(result, list | tuple):
        return f"{len(result)} things"
    return article(quoted(type(result).__name__))


@contextmanager
def _variables_of(code: CodeType | None, scope: dict[str, Any]) -> Iterator[None]:
    """Keep what the variables of a function hold when it returns."""
    before = sys.getprofile()

    def look(frame: FrameType, event: str, argument: Any) -> None:
        if event == "return" and frame.f_code is code:
            scope.update(frame.f_locals)

    sys.setprofile(look)
    try:
        yield
    finally:
        sys.setprofile(before)
