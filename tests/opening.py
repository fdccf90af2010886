"""A graph from text in a window, as several tests open it."""

from __future__ import annotations

from typing import Any

from nodegraph.core.building.expression import parse
from nodegraph.core.layout.placement import place_missing


def open_text(window: Any, text: str, **values: float) -> None:
    """Show the graph of an expression, laid out, in place of what was open."""
    graph = parse(text, **values)
    graph.apply(place_missing(graph))
    window.document.replace(graph)
