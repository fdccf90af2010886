"""A graph from text in a window, as several tests open it, and all windows closed."""

from __future__ import annotations

from typing import Any

from nodegraph.core.building.expression import parse
from nodegraph.core.layout.placement import place_missing


def open_text(window: Any, text: str, **values: float) -> None:
    """Show the graph of an expression, laid out, in place of what was open."""
    graph = parse(text, **values)
    graph.apply(place_missing(graph))
    window.document.replace(graph)


def names(window: Any) -> list[str]:
    """The names of all nodes of the graph in a window."""
    return [node.name for node in window.document.graph.nodes()]


def close_all(windows: Any) -> None:
    """Close all windows without a question."""
    for window in list(windows.open_windows):
        window.workspace.files.unsaved.parts.clear()
        window.document.stack.setClean()
        window.close()
        window.deleteLater()
