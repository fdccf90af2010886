"""How a graph or a trace shows itself in a notebook: whoever can draw offers to, the mathematics asks."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from nodegraph.core.quoting import quoted

Draw = Callable[[object, Callable[[str], bool]], dict[str, Any]]
"""Draws something in the media types, by name, of which the second argument says that they are wanted."""

_draw: Draw | None = None


def offer(draw: Draw) -> None:
    """Sets what draws; it is called when a notebook asks, and not before."""
    global _draw
    _draw = draw


def bundle(
    shown: object, include: Collection[str] | None = None, exclude: Collection[str] | None = None
) -> dict[str, Any]:
    """Returns something by media type, as IPython's `_repr_mimebundle_` does; nothing where nobody draws."""
    if _draw is None:
        return {}
    return _draw(shown, lambda kind: (not include or kind in include) and kind not in (exclude or ()))


def graph_in_a_line(graph: Any) -> str:
    """Returns how a graph is printed: how large it is, and what it computes."""
    sizes = [(len(graph), "node"), (graph.edge_count, "edge")]
    parts = [f"{count:,} {noun}{'s' * (count != 1)}" for count, noun in sizes]
    if graph.output is not None:
        parts.append(f"output {quoted(graph.node(graph.output).name)}")
    return f"<Graph: {', '.join(parts)}>"
