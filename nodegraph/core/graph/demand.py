"""What functions that take a graph, or the name of a file, say of anything else."""

from __future__ import annotations

from collections.abc import Iterable

from nodegraph.core.errors import Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import article
from nodegraph.core.graph.records import Node
from nodegraph.core.quoting import quoted


def demand_graph(given: object, function: str) -> None:
    """Raise Refused where what a function was given is no graph.

    >>> demand_graph("L = a*b", "run")
    Traceback (most recent call last):
    nodegraph.core.errors.Refused: run takes a Graph, not a str; parse makes one of text, load of a file.
    """
    if isinstance(given, Graph):
        return
    how = {"str": "; parse makes one of text, load of a file", "Value": "; trace makes one of it"}.get(
        type(given).__name__, ""
    )
    raise Refused(f"{function} takes a Graph, not {kind_of(given)}{how}.")


def demand_id(given: object, function: str) -> None:
    """Raise Refused where what a function was given is no id of a node.

    >>> demand_id(1, "run_forward_mode")
    Traceback (most recent call last):
    nodegraph.core.errors.Refused: run_forward_mode takes the id of a node, not an int.
    """
    if not isinstance(given, str):
        how = f"; that of this one is “{quoted(given.id)}”" if isinstance(given, Node) else ""
        raise Refused(f"{function} takes the id of a node, not {kind_of(given)}{how}.")


def demand_target(given: object, function: str, targets: Iterable[str]) -> None:
    """Raise Refused where what a function was given names none of these targets.

    >>> demand_target(None, "to_program", ["numpy"])
    Traceback (most recent call last):
    nodegraph.core.errors.Refused: to_program takes the name of a target, not None; there is numpy.
    """
    if not isinstance(given, str):
        there = f"there is {', '.join(targets)}"
        raise Refused(f"{function} takes the name of a target, not {kind_of(given)}; {there}.")


def demand_path(given: object, function: str) -> None:
    """Raise Refused where what a function was given is no name of a file.

    >>> demand_path(None, "load")
    Traceback (most recent call last):
    nodegraph.core.errors.Refused: load takes the name of a file, not None.
    """
    if isinstance(given, str) or hasattr(given, "__fspath__"):
        return
    is_open = hasattr(given, "read") or hasattr(given, "write")
    raise Refused(
        f"{function} takes the name of a file, not {'an open file' if is_open else kind_of(given)}."
    )


def kind_of(given: object) -> str:
    """Returns what something is, within a sentence: a str, an int, None."""
    return "None" if given is None else article(quoted(type(given).__name__))
