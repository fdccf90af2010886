"""A plain Python function recorded: called once with values, in which `math`'s functions take them too.

Loops and branches run as they are written, on the numbers; what is recorded is what was computed.
"""

from __future__ import annotations

import inspect
import re
import sys
import sysconfig
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import CodeType, FrameType
from typing import Any

from nodegraph.core.errors import Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import article
from nodegraph.core.quoting import quoted
from nodegraph.core.recording.as_graph import graph_of
from nodegraph.core.recording.inputs import TROUBLE, as_values
from nodegraph.core.recording.mathematics import math_of_values
from nodegraph.core.recording.variables import names_in
from nodegraph.core.values.not_recorded import PLAIN_NUMBER, public_name
from nodegraph.core.values.value import Value

_PACKAGE = __file__.rpartition("core")[0]
"""Where the package lies, as the names of its files begin."""
_OF_PYTHON = tuple(sysconfig.get_path(kind) for kind in ("stdlib", "platstdlib"))
_OF_LIBRARIES = re.compile(r"[/\\](site|dist)-packages[/\\]|^<(frozen|__array_function__)|\.pyx$")
_COMPOSE = "compose it of operations, or hand it the number x.data in place of x"
_PLAIN_NUMBERS_ALONE = (
    "a plain number is asked for, and what is computed of that is not recorded: leave float() out, keep "
    "values in a list or an array with dtype=object, or write x.data where the number alone is meant"
)


def graph_of_function(function: Callable[..., Any], inputs: Mapping[str, Any]) -> Graph:
    """Returns the graph of what a function computes of these inputs: numbers and what holds them.

    Parameters name the inputs, and its variables what it computes. Raises Refused, with the line, for what
    cannot be recorded.
    """
    name = getattr(function, "__name__", type(function).__name__)
    parameters = _parameters_of(function, name)
    try:
        args, words = _in_places(parameters, inputs)
        parameters.bind(*args, **words)
    except TypeError as error:
        called = name if name.isidentifier() else "f"  # <lambda>
        instead = f"give each of its inputs a number, as in trace({called}, {_first_of(parameters)})"
        raise Refused(f"{name}: {error}; {instead}.") from None
    code = getattr(inspect.unwrap(function), "__code__", None)
    scope: dict[str, Any] = {}
    with math_of_values(getattr(inspect.unwrap(function), "__globals__", {})):
        given = {key: _as_values(key, value) for key, value in inputs.items()}
        with _variables_of(code, scope):
            result = _called(function, name, given)
    if not isinstance(result, Value):
        raise Refused(
            f"{name} returned {_said(result)}; a graph has one output, which is computed of inputs"
            f"{_not_recorded(given)}."
        )
    return graph_of(result, names_in(given, scope))


def _as_values(name: str, given: Any) -> Any:
    try:
        return as_values(name, given)
    except RecursionError:
        raise Refused(
            f"{name} holds itself, or lists in lists without end; give its numbers alone."
        ) from None


def _parameters_of(function: Callable[..., Any], name: str) -> inspect.Signature:
    try:
        return inspect.signature(function)
    except (TypeError, ValueError):
        raise Refused(
            f"{name} does not say what it takes; call it in a function of your own, as in "
            "trace(lambda x: f(x), x=2)."
        ) from None


def _in_places(parameters: inspect.Signature, given: Mapping[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    """Returns what a function takes by place, and the rest by name: what stands before a / in its parameters,
    and a list in place of *xs, which all before that are handed by place for.
    """
    held = parameters.parameters.values()
    spread = next((one.name for one in held if one.kind is one.VAR_POSITIONAL and one.name in given), "")
    args: list[Any] = []
    words = dict(given)
    for one in held:
        by_place = spread or one.kind is one.POSITIONAL_ONLY
        if one.name not in words and by_place:
            break
        if one.name == spread and isinstance(words[spread], Iterable):
            args += words.pop(spread)
        elif by_place and one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD):
            args.append(words.pop(one.name))
    return args, words


def _first_of(parameters: inspect.Signature) -> str:
    """How the first input of a function is given, by its name: x=2, or xs=[2, 3] of *xs."""
    first = next(iter(parameters.parameters.values()), None)
    if first is None:
        return "x=2"
    return f"{first.name}=[2, 3]" if first.kind is first.VAR_POSITIONAL else f"{first.name}=2"


def _called(function: Callable[..., Any], name: str, given: Mapping[str, Any]) -> Any:
    args, words = _in_places(inspect.signature(function), given)
    try:
        return function(*args, **words)
    except TROUBLE as error:
        code = getattr(inspect.unwrap(function), "__code__", None)
        place, library = _place_of(error, code.co_filename if code else "")
        said = _said_of(error, library)
        raise Refused(f"{place}, in {name}: {said}{_not_recorded(given)}.") from error


def _said_of(error: BaseException, library: str) -> str:
    """Says what went wrong, and what to write instead; `library` is the function of another package in which
    it did, or "".
    """
    said = str(error).rstrip(".")
    if isinstance(error, KeyError):
        return f"there is no key {quoted(said)}"
    if isinstance(error, ZeroDivisionError):
        return "something is divided by 0"
    if other := _of_a_library(said):
        return other
    if said == PLAIN_NUMBER:
        return _PLAIN_NUMBERS_ALONE if not library else f"{library} takes plain numbers alone: {_COMPOSE}"
    if library and isinstance(error, AttributeError | TypeError):
        return f"{library} does not take what is recorded (“{quoted(said)}”): {_COMPOSE}"
    return said or type(error).__name__


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


def _place_of(error: BaseException, file: str) -> tuple[str, str]:
    """Returns the file and line of the program in which an error arose, and the function of a library that
    it called there; what lies in `file`, as the traced function does, is the program's own.
    """
    steps = [
        (frame, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if not frame.f_code.co_filename.startswith(_PACKAGE)
    ]
    if not steps:
        return "here", ""
    own = [i for i, (frame, _) in enumerate(steps) if _is_own(frame.f_code.co_filename, file)]
    last = own[-1] if own else len(steps) - 1
    frame, line = steps[last]
    name = re.split(r"[/\\]", frame.f_code.co_filename)[-1]
    return f"{name}, line {line}", _called_in(steps[last + 1][0]) if steps[last + 1 :] else ""


def _is_own(path: str, file: str) -> bool:
    """Whether code is a person's own: no library's, and nothing that Python made by itself."""
    if path == file:
        return True
    return not path.startswith(_OF_PYTHON) and not _OF_LIBRARIES.search(path)


def _called_in(frame: FrameType) -> str:
    """Returns a function of a library by its name there."""
    module = str(frame.f_globals.get("__name__", ""))
    name = frame.f_code.co_name.rpartition(".")[2].strip("_")
    package = module.partition(".")[0] or "a library"
    return public_name(name, module) if name.isidentifier() else package


def _said(result: Any) -> str:
    if result is None:
        return "nothing"
    if isinstance(result, int | float):
        text = str(result) if isinstance(result, float) or abs(result) < 10**40 else "of many digits"
        return f"the plain number {text}"
    if isinstance(result, list | tuple) and len(result) == 1:
        return (
            f"{article(quoted(type(result).__name__))} of one thing, which is returned without brackets here"
        )
    if isinstance(result, list | tuple):
        return f"{len(result)} things"
    kind = quoted(type(result).__name__)
    return "an array" if kind == "ndarray" else article(kind)


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
