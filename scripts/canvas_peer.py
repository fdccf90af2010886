"""How long frames of NodeGraphQt's canvas take, where it is installed (the extra `bench`).

    python3 scripts/canvas_peer.py NODES

makes a graph of so many nodes, each taking one or two of those before it, in a window of 1,600 × 900, and
prints one JSON object as `canvas_frames` does. Its search for cycles at every connection is switched off, as
it takes longer than a minute at 1,000 nodes.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections.abc import Callable
from typing import Any

FRAMES, WARM = 24, 4
COLUMNS = 40
PITCH = (260.0, 150.0)


def best_of(app: Any, act: Callable[[int], object]) -> float:
    """Returns the best tenth of many frames, in milliseconds."""
    times = []
    for number in range(WARM + FRAMES):
        began = time.process_time()
        act(number)
        app.processEvents()
        times.append((time.process_time() - began) * 1000)
    return sorted(times[WARM:])[FRAMES // 10]


def node_type() -> type:
    """Returns a kind of node with two inputs and an output."""
    from NodeGraphQt import BaseNode

    class Sum(BaseNode):  # type: ignore[misc]
        """A node of a graph at random."""

        __identifier__ = "bench"
        NODE_NAME = "sum"

        def __init__(self) -> None:
            super().__init__()
            self.add_input("a")
            self.add_input("b")
            self.add_output("out")

    return Sum


def shown(app: Any) -> Any:
    """Show an empty graph in a window; returns the graph."""
    from NodeGraphQt import NodeGraph

    graph = NodeGraph()
    graph.set_acyclic(False)
    graph.register_node(node_type())
    graph.widget.resize(1600, 900)
    graph.widget.show()
    app.processEvents()
    return graph


def build(graph: Any, count: int) -> list[Any]:
    """Put so many nodes into a graph; returns them."""
    made: list[Any] = []
    chance = random.Random(1)
    for number in range(count):
        place = [PITCH[0] * (number // COLUMNS), PITCH[1] * (number % COLUMNS)]
        node = graph.create_node("bench.Sum", name=f"n{number}", pos=place, push_undo=False)
        for port in range(2 if number else 0):
            node.set_input(port, chance.choice(made).output(0))
        made.append(node)
    return made


def opened(app: Any, count: int) -> tuple[Any, list[Any], float]:
    """Put so many nodes into a window that is shown; returns the graph, them, and the milliseconds until they
    were painted.
    """
    graph = shown(app)
    began = time.process_time()
    made = build(graph, count)
    graph.fit_to_selection()
    app.processEvents()
    return graph, made, (time.process_time() - began) * 1000


def look_at(graph: Any, nodes: list[Any], *, near: bool) -> None:
    """Bring these nodes into view, and leave none selected."""
    for node in nodes:
        node.set_selected(True)
    graph.fit_to_selection()
    if near:
        graph.reset_zoom()
    graph.clear_selection()


def main(count: int) -> None:
    """Measure a graph of so many nodes, and print what was found."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_API", "pyside6")
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance() or QApplication([])
    graph, made, open_ms = opened(app, count)
    figures, view = {"open": open_ms}, graph.viewer()
    look_at(graph, made, near=False)
    app.processEvents()
    figures["fit"] = best_of(app, lambda _: view.viewport().update())
    look_at(graph, made[count // 2 : count // 2 + 1], near=True)
    app.processEvents()
    bar = view.horizontalScrollBar()
    figures["pan"] = best_of(app, lambda n: (bar.setValue(bar.value() + 7), view.viewport().update()))
    print(json.dumps(figures), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]))
