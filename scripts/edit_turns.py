"""How long edits hold the window of one tree of this project: a process of its own each.

    python3 scripts/edit_turns.py TREE FILE

opens a document with the nodegraph of that folder, today's or an earlier one, as `canvas_frames` does, edits
it, and prints one JSON object: of each kind of edit the processor's milliseconds of the act itself, of the
longest turn of the event loop, the act included, and of all turns until nothing is left to do. The best of a
few counts. `edits_bench` starts it for each tree in turn. Does not import this tree's nodegraph.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.canvas_frames import HOMES, Bench

TIMES = 3
"""How often each edit is made; the first time warms up what is made once."""
QUIET_S, IDLE_MS = 0.7, 0.5
"""All is done once no turn has taken longer than this for so long, within which copies are begun."""
HAND_QUIET_S = 0.2
"""The same of what the hand does before it edits anything, of which no copy is made."""
PATIENCE_S = 10.0
"""How long that is waited for on a machine that is too busy ever to be idle for so long."""
OVER = 4
"""Over how many cards an edge is drawn."""
FURTHER = 8.0
"""How far nodes are moved, in units of the scene."""


class Edits(Bench):
    """A window with one document, all of which is in view, that is edited."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        load_kernels()
        window = self.window
        self.editor = window.workspace.editor if hasattr(window, "workspace") else window.editing
        self.turns: dict[str, list[float]] = {}
        self.canvas.fit()
        self.settle()
        self.turns_until_quiet()

    def time(self, kind: str, act: Callable[[], object], quiet_s: float = QUIET_S) -> None:
        """Measure an act and what follows it; remember the best."""
        began = time.process_time()
        act()
        first = (time.process_time() - began) * 1000
        turns = self.turns_until_quiet(quiet_s)
        found = [first, max(first, *turns), first + sum(turns)]
        self.turns[kind] = list(map(min, self.turns.get(kind, found), found))

    def turns_until_quiet(self, quiet_s: float = QUIET_S) -> list[float]:
        """Let what is begun come to its end. Returns the milliseconds of each turn of the event loop."""
        turns: list[float] = []
        quiet_from = time.monotonic()
        end = quiet_from + PATIENCE_S
        while self.editor.tasks.is_running or time.monotonic() < min(quiet_from + quiet_s, end):
            began = time.process_time()
            self.turn()
            turns.append((time.process_time() - began) * 1000)
            if turns[-1] > IDLE_MS:
                quiet_from = time.monotonic()
            time.sleep(0.002)
        return turns

    def edit(self) -> dict[str, list[float]]:
        """Make each edit a few times. Returns the milliseconds of each kind: act, longest turn, all turns."""
        graph = self.window.document.graph
        nodes, edges = graph.nodes(), list(graph.edges())
        node, edge = nodes[len(nodes) // 2], edges[len(edges) // 2]
        leaf = next(each for each in nodes if each.is_leaf)
        value, editor, scene = leaf.value or 0.0, self.editor, self.scene
        self.timed("value", lambda n: editor.set_value(leaf.id, value + 0.5 + n), undone=True)
        self.timed("add", lambda _: editor.add("add"), undone=True)
        self.timed("select_all", lambda _: editor.select_all(), scene.select)
        self.timed("cut", lambda _: editor.attempt(lambda: self.without_edge(edge)), undone=True)
        self.timed("delete", lambda _: editor.delete(), lambda: scene.select([node.id]), undone=True)
        scene.select()
        self.turns_until_quiet()
        self.timed("move_one", lambda n: editor.move(self.elsewhere([node], n)), undone=True)
        self.timed("move_all", lambda n: editor.move(self.elsewhere(nodes, n)), undone=True)
        self.find()
        self.draw_an_edge()
        return self.turns

    def timed(
        self,
        kind: str,
        act: Callable[[int], object],
        before: Callable[[], object] | None = None,
        *,
        undone: bool = False,
    ) -> None:
        """Measure an act a few times, each time after `before`, and taking it back where it is `undone`."""
        for number in range(TIMES):
            if before is not None:
                before()
                self.turns_until_quiet()
            self.time(kind, partial(act, number))
            if undone:
                self.time(f"{kind}_undo", self.editor.undo)

    def without_edge(self, edge: Any) -> Any:
        """The change that cuts an edge."""
        from nodegraph.core.graph import edits

        return edits.disconnect(self.window.document.graph, [edge.key])

    @staticmethod
    def elsewhere(nodes: list[Any], times: int) -> dict[str, tuple[float, float]]:
        """Places beside those of these nodes."""
        return {node.id: (node.x + FURTHER * (times + 1), node.y + FURTHER) for node in nodes}

    def find(self) -> None:
        """Type in the find bar."""
        find = self.window.stage.find
        self.window.stage.open_find()
        self.timed("find", lambda _: find.field.setText("n99"), find.field.clear)
        find.hide()
        self.scene.select()

    def draw_an_edge(self) -> None:
        """Draw an edge with the mouse from an early node over the cards in view, where it may end or not."""
        from PySide6.QtCore import QEvent, QPointF, Qt
        from PySide6.QtGui import QMouseEvent

        viewport, cards = self.canvas.viewport(), self.cards_in_the_middle()
        button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

        def send(kind: QEvent.Type, place: QPointF) -> None:
            pressed = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else button
            event = QMouseEvent(kind, place, viewport.mapToGlobal(place), pressed, button, none)
            self.app.sendEvent(viewport, event)

        start = QPointF(self.canvas.mapFromScene(cards[0].output_port()))
        time_it = partial(self.time, quiet_s=HAND_QUIET_S)
        for _ in range(TIMES):
            self.turns_until_quiet()
            time_it("draw_begin", lambda: send(QEvent.Type.MouseButtonPress, start))
            time_it("draw_first", lambda: send(QEvent.Type.MouseMove, start + QPointF(12.0, 12.0)))
            for other in cards[1:]:
                place = QPointF(self.canvas.mapFromScene(other.card.center()))
                time_it("draw_over", lambda: send(QEvent.Type.MouseMove, place))  # noqa: B023
            self.canvas.cancel_gesture()

    def cards_in_the_middle(self) -> list[Any]:
        """Look at the middle of the graph at 100 %. Returns some cards there, the one in the middle first."""
        nodes = sorted(self.window.document.graph.nodes(), key=lambda node: node.x)
        middle = nodes[len(nodes) // 2]
        self.canvas.look_at(self.point(middle.x, middle.y), 1.0)
        self.turns_until_quiet()
        nodes.sort(key=lambda node: abs(node.x - middle.x) + abs(node.y - middle.y))
        return [self.scene.items_by_id[node.id] for node in nodes[: 1 + OVER]]


def load_kernels() -> None:
    """Let passes be compiled, as they soon are in a window, where this tree compiles any."""
    if find_spec("nodegraph.formats.disk") is not None:
        import_module("nodegraph.formats.disk.compiled").load()


def main(tree: str, file: str) -> None:
    """Measure a tree with a document, and print what was found."""
    sys.path.insert(0, tree)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(dict.fromkeys(HOMES, home))
        print(json.dumps(Edits(Path(file)).edit()), flush=True)
        sys.stdout.flush()
    os._exit(0)  # a window of an earlier tree may ask what is to become of its document


if __name__ == "__main__":
    main(*sys.argv[1:3])
