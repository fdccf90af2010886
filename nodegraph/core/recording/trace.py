"""`nodegraph.trace`: what a program computes, as a graph."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from typing import Any

from nodegraph.core.errors import Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import article
from nodegraph.core.quoting import quoted
from nodegraph.core.recording.as_graph import graph_of
from nodegraph.core.recording.functions import graph_of_function
from nodegraph.core.recording.fx_graphs import graph_of_fx, is_fx, is_module
from nodegraph.core.recording.jaxprs import graph_of_jaxpr, is_jaxpr
from nodegraph.core.recording.variables import names_in
from nodegraph.core.values.value import Value


def trace(what: Value | Callable[..., Any], /, *numbers: Any, **inputs: Any) -> Graph:
    """Returns the graph of what a program computes, with the result for its output.

    Of a `Value`: all that it was computed from, named by labels, else by the variables of whoever calls. Of a
    function: what it computes of `inputs`, which are numbers, or lists, dicts, named tuples, dataclasses or
    SimpleNamespaces of them, or arrays of numpy, of which those of whole numbers stay as they are, to be
    indices; `math`'s functions take them too, loops and branches run on the numbers. Of what
    `jax.make_jaxpr` returns: its arrays, named and given in order, written out number by number; likewise of
    a PyTorch module, or of what `torch.fx` saw of one, by its names.
    Raises Refused, with the place, for what is none of the catalogue's operations.

    >>> graph = trace(lambda a, b: a * b + 1, a=2, b=3)
    >>> [(node.name, node.op) for node in graph.nodes()]
    [('a', 'input'), ('b', 'input'), ('e', 'multiply'), ('k', 'constant'), ('L', 'add')]
    """
    if numbers:
        raise Refused(f"trace takes each number by the name of its input, as in {_by_name(what)}.")
    if isinstance(what, Value):
        if inputs:
            raise Refused("A value has its inputs already; set their data instead.")
        caller = sys._getframe(1)
        return graph_of(what, names_in(caller.f_locals, caller.f_globals))
    if is_jaxpr(what):
        return graph_of_jaxpr(what, inputs)
    if is_fx(what) or is_module(what):
        return graph_of_fx(what, inputs)
    if callable(what):
        return graph_of_function(what, inputs)
    kind = "None" if what is None else article(quoted(type(what).__name__))
    hint = "nodegraph.parse reads text" if isinstance(what, str) else "compute with nodegraph.Value"
    raise Refused(f"trace takes a Value or a function, not {kind}; {hint}.")


def _by_name(what: Any) -> str:
    """How a function is traced, with its own name and its first input."""
    code = getattr(inspect.unwrap(what), "__code__", None) if callable(what) else None
    names = code.co_varnames[: code.co_argcount] if code is not None else ()
    called = getattr(what, "__name__", "f")
    return f"trace({called if called.isidentifier() else 'f'}, {names[0] if names else 'x'}=2)"
