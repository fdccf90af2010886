"""What functions that take a graph say of anything else."""

from __future__ import annotations

from nodegraph.core.errors import Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import article
from nodegraph.core.quoting import quoted


def demand_graph(given: object, function: str) -> None:
    """Raise Refused where what a function was given is no graph.

    >>> demand_graph("L = a*b", "run")
    Traceback (most recent call last):
    nodegraph.core.errors.Refused: run takes a Graph, not a str; parse makes one of text, load of a file.
    """
    if isinstance(given, Graph):
        return
    kind = quoted(type(given).__name__)
    how = {"str": "; parse makes one of text, load of a file", "Value": "; trace makes one of it"}.get(
        kind, ""
    )
    raise Refused(f"{function} takes a Graph, not {article(kind)}{how}.")
