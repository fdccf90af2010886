"""Open and save one large document, for `files_bench`, which starts this once for each way.

    large_file.py networkx FILE     as anybody would do it in Python
    large_file.py window FILE       in our window, to the painted canvas, with some edits
    large_file.py make FILE N       make the document first: N nodes at random

Prints one JSON object: processor seconds, megabytes that came to the process, longest turns of the window.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

SIZE = (1600, 900)


def make(path: Path, nodes: int) -> None:
    """Write a document with so many nodes."""
    from nodegraph.core.building.shapes import graph_of, random_shape
    from nodegraph.formats import files

    files.save(graph_of(random_shape(nodes, seed=1), placed=True), path)


def in_networkx(path: Path) -> dict[str, float]:
    """Read the document as a networkx graph, and write it."""
    import networkx as nx

    before, began = megabytes(), time.process_time()
    with path.open(encoding="utf-8") as file:
        graph = nx.node_link_graph(json.load(file), edges="edges")
    opened, grown = time.process_time() - began, megabytes() - before
    began = time.process_time()
    with path.with_suffix(".json").open("w", encoding="utf-8") as file:
        json.dump(nx.node_link_data(graph, edges="edges"), file)
    return {"open": opened, "save": time.process_time() - began, "memory": grown}


def in_window(path: Path) -> dict[str, float]:
    """Open the document in a window until it is painted, search in it, select all of it, save it."""
    from PySide6.QtCore import QEventLoop

    from nodegraph.app import create_window

    window: Any = create_window()
    window.resize(*SIZE)
    window.show()
    settle(window)
    wanted = path.read_bytes().count(b'"op"')
    before, began = megabytes(), time.process_time()
    window.workspace.files.load(path)
    waits = QEventLoop.ProcessEventsFlag.WaitForMoreEvents  # as a program's loop does between two events
    while len(window.document.graph) < wanted or window.workspace.editor.tasks.is_running:
        window.application.processEvents(waits)
    window.application.processEvents()
    found = {"open": time.process_time() - began, "memory": megabytes() - before}
    settle(window)
    actions, field = window.commands.actions, window.stage.find.field
    actions["edit.find"].trigger()
    settle(window)
    found["find"] = longest_turn(window, lambda: field.setText("n99"))
    field.clear()
    window.stage.find.leave()
    settle(window)
    found["select"] = longest_turn(window, actions["edit.select_all"].trigger)
    found |= in_edits(window)
    began = time.thread_time()  # what is kept against a crash is written in another thread meanwhile
    window.document.save_as(path.with_suffix(".saved.nodegraph"))
    return found | {"save": time.thread_time() - began}


def in_edits(window: Any) -> dict[str, float]:
    """Set a value, add a node, undo that, cut an edge."""
    from nodegraph.core.graph import edits

    editor, graph = window.workspace.editor, window.document.graph
    window.scene.select()
    leaf, key = next(node for node in graph.nodes() if node.is_leaf), next(graph.edges()).key
    acts: dict[str, Callable[[], object]] = {
        "value": lambda: editor.set_value(leaf.id, (leaf.value or 0.0) + 0.5),
        "add": lambda: editor.add("add"),
        "undo": editor.undo,
        "cut": lambda: editor.attempt(lambda: edits.remove(graph, [], [key])),
    }
    return {kind: longest_turn(window, act) for kind, act in acts.items()}


def longest_turn(window: Any, act: Callable[[], object]) -> float:
    """The processor seconds of the longest turn of the window's loop from an act on, the act included."""
    began = time.process_time()
    act()
    longest, end = time.process_time() - began, time.monotonic() + 1.0
    while time.monotonic() < end:
        began = time.process_time()
        window.application.processEvents()
        longest = max(longest, time.process_time() - began)
        time.sleep(0.001)
    return longest


def settle(window: Any) -> None:
    """Let what is begun come to its end."""
    end = time.monotonic() + 1.0
    while time.monotonic() < end:
        window.application.processEvents()
        time.sleep(0.01)


def megabytes() -> float:
    """How much memory the process holds."""
    import resource

    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * resource.getpagesize() / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        ways = {"networkx": in_networkx, "window": in_window}
        print(json.dumps(ways[sys.argv[1]](Path(sys.argv[2]))), flush=True)
    os._exit(0)  # a window of this size takes its time to be cleared up
