"""How long frames of the canvas take in the window of one tree of this project: a process of its own each.

    python3 scripts/canvas_frames.py TREE FILE

opens a document with the nodegraph of that folder, today's or an earlier one, in a window of 1,600 × 900 with
everything on that is on by default, and prints one JSON object: the processor's time of each kind of frame in
milliseconds, the best tenth of many. `canvas_bench` starts it for each tree in turn. Does not import this
tree's nodegraph.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

FRAMES = 24
"""How many frames of each kind make one pass, after a few that warm up."""
WARM = 4
PASSES_S, PAUSE_S = 2.0, 0.3
"""For how long one pass after the other is begun, and how long all rests before each. A machine that others
use too goes slower for up to a second now and then, in which all of a pass of quick frames is over.
"""
SIZE = (1600, 900)
PATIENCE_S = 120.0
CARDS_IN_VIEW = 40
GRID = 8.0
"""How far apart the places are that a dragged card is put to, in units of the scene, in each tree."""
HOMES = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")


class Bench:
    """A window of the tree that was put in front of the search path, with one document."""

    def __init__(self, path: Path) -> None:
        from PySide6.QtWidgets import QApplication

        from nodegraph.app import create_window

        self.app = QApplication.instance() or QApplication([])
        self.window: Any = create_window()
        self.window.resize(*SIZE)
        self.window.show()
        self.scene, self.canvas, self.player = self.window.scene, self.window.canvas, self.window.player
        self.settle()
        self.figures = {"open": self.opened(path) * 1000}
        self.settle()

    def opened(self, path: Path) -> float:
        """Open a document in the window that is shown. Returns the seconds until it is painted."""
        from PySide6.QtCore import QEventLoop

        window, wanted = self.window, path.read_bytes().count(b'"op"')
        files = window.workspace.files if hasattr(window, "workspace") else window.filing  # as earlier trees
        waits, began = QEventLoop.ProcessEventsFlag.WaitForMoreEvents, time.process_time()
        files.load(path)
        end = time.monotonic() + PATIENCE_S
        while (len(window.document.graph) != wanted or files.tasks.is_running) and time.monotonic() < end:
            self.app.processEvents(waits)
        self.turn()
        return time.process_time() - began

    def turn(self) -> None:
        """Let the event loop do what is due."""
        self.app.processEvents()

    def settle(self, seconds: float = 1.0) -> None:
        """Let what is begun come to its end, timers too."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.turn()
            time.sleep(0.01)

    def rest(self) -> None:
        """Let all come to rest before another pass."""
        self.settle(PAUSE_S)

    def measure(
        self, kind: str, act: Callable[[int], object], begin: Callable[[], object] | None = None
    ) -> None:
        """Measure frames, each after an act, in passes that begin so; remember the best tenth of all."""
        times: list[float] = []
        end = time.monotonic() + PASSES_S
        while not times or time.monotonic() < end:
            (begin or self.rest)()
            times += self.times(act)[WARM:]
        times.sort()
        self.figures[kind] = times[len(times) // 10]

    def times(self, act: Callable[[int], object]) -> list[float]:
        """Returns how many milliseconds of the processor each frame of a pass takes."""
        times = []
        for number in range(WARM + FRAMES):
            began = time.process_time()
            act(number)
            self.turn()
            times.append((time.process_time() - began) * 1000)
        return times

    def run(self) -> dict[str, float]:
        """Measure each kind of frame. Returns milliseconds by kind."""
        canvas, player = self.canvas, self.player
        player.to_end()
        canvas.fit()
        self.settle()
        self.measure("fit", lambda _: canvas.viewport().update())
        self.measure("scrub_fitted", lambda n: player.seek(player.end - 1 - 37 * n % player.end))
        player.to_end()
        self.look_near()
        start = canvas.center()

        def go_back() -> None:
            canvas.set_center(start)
            self.rest()

        go = self.point(7.0, 3.0)
        self.measure("pan", lambda n: canvas.set_center(start + go * (n + 1)), go_back)
        canvas.set_center(start)
        self.settle()
        around = self.positions_in_view()
        self.measure("scrub_near", lambda n: player.seek(around[n % len(around)]))
        player.to_end()
        self.settle()
        self.drag()
        return self.figures

    @staticmethod
    def point(x: float, y: float) -> Any:
        """A place of the scene."""
        from PySide6.QtCore import QPointF

        return QPointF(x, y)

    def look_near(self) -> None:
        """Look at the middle of the graph at 100 %, then as near as shows so many cards."""
        cards = sorted(self.scene.items_by_id.values(), key=lambda item: item.card.center().x())
        middle = cards[len(cards) // 2].card.center()
        zoom = 1.0
        self.canvas.look_at(middle, zoom)
        while len(self.in_view()) < CARDS_IN_VIEW and zoom > 0.62:
            zoom *= 0.95
            self.canvas.look_at(middle, zoom)
        self.settle()
        self.figures["cards"] = len(self.in_view())
        self.figures["zoom"] = zoom

    def in_view(self) -> list[Any]:
        """The cards in view, those nearest to the middle first."""
        seen = self.canvas.mapToScene(self.canvas.viewport().rect()).boundingRect()
        cards = [item for item in self.scene.items_by_id.values() if item.card.intersects(seen)]
        middle = seen.center()
        return sorted(cards, key=lambda item: (item.card.center() - middle).manhattanLength())

    def positions_in_view(self) -> list[int]:
        """Steps that do something to cards in view, and some that do not."""
        shown = {item.node.id for item in self.in_view()}
        trace = self.player.trace
        near = [k for k in range(1, self.player.end) if shown & set(trace.frame(k).active_nodes)][:12]
        return [position for pair in zip(near, reversed(near), strict=True) for position in pair] or [1, 2]

    def drag(self) -> None:
        """Drag the card in the middle with the mouse, by one place of the grid each time."""
        from PySide6.QtCore import QEvent, QPointF, Qt
        from PySide6.QtGui import QMouseEvent

        viewport, item = self.canvas.viewport(), self.in_view()[0]
        card = item.card
        start = QPointF(self.canvas.mapFromScene(QPointF(card.center().x(), card.top() + 12)))
        button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

        def send(kind: QEvent.Type, place: QPointF, held: Qt.MouseButton) -> None:
            pressed = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else button
            event = QMouseEvent(kind, place, viewport.mapToGlobal(place), pressed, held, none)
            self.app.sendEvent(viewport, event)

        def press() -> None:
            self.canvas.cancel_gesture()
            self.rest()
            send(QEvent.Type.MouseButtonPress, start, button)

        way = QPointF(GRID, GRID) * self.figures["zoom"]  # the card moves in every event
        self.measure("drag", lambda n: send(QEvent.Type.MouseMove, start + way * (n + 3), button), press)
        self.canvas.cancel_gesture()
        self.turn()


def main(tree: str, file: str) -> None:
    """Measure a tree with a document, and print what was found."""
    sys.path.insert(0, tree)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        for name in HOMES:
            os.environ[name] = home
        figures = Bench(Path(file)).run()
        print(json.dumps(figures), flush=True)
        sys.stdout.flush()
    os._exit(0)  # a window of an earlier tree may ask what is to become of its document


if __name__ == "__main__":
    main(*sys.argv[1:3])
