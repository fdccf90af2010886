"""Start a program up to a moment, then end at once, for `start_bench`, which measures the process.

    start_window.py bare | paint | shown

A window of PySide6 with three docks that is painted; ours, painted first; ours with the seed example in it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def bare() -> None:
    """Show an empty view with three docks."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import (
        QApplication,
        QDockWidget,
        QGraphicsScene,
        QGraphicsView,
        QLabel,
        QMainWindow,
    )

    app = QApplication(["bare"])
    window, scene = QMainWindow(), QGraphicsScene()
    window.setCentralWidget(QGraphicsView(scene))
    areas = Qt.DockWidgetArea
    for area in (areas.LeftDockWidgetArea, areas.RightDockWidgetArea, areas.BottomDockWidgetArea):
        dock = QDockWidget("dock")
        dock.setWidget(QLabel("dock"))
        window.addDockWidget(area, dock)
    window.show()
    while not window.windowHandle().isExposed():
        app.processEvents()
    app.processEvents()
    leave()


def paint() -> None:
    """Start the editor until its window is painted first."""
    load_qt()

    from nodegraph.app.platform import first_look

    show_empty = first_look.show_empty

    def show(*given: object) -> None:
        show_empty(*given)  # type: ignore[arg-type]
        leave()

    first_look.show_empty = show
    start()


def shown() -> None:
    """Start the editor until the seed example is painted."""
    load_qt()

    from nodegraph.app.window.window_manager import Windows

    fill = Windows.start

    def filled(windows: Windows, path: Path | None = None) -> None:
        from PySide6.QtWidgets import QApplication

        fill(windows, path)
        QApplication.processEvents()
        leave()

    Windows.start = filled  # type: ignore[method-assign]
    start()


def start() -> None:
    """What the command `nodegraph` does."""
    from nodegraph.cli import main

    main([])


def load_qt() -> None:
    """What the editor does first of all; here others come before it."""
    from nodegraph import app

    app.load_qt()


def leave() -> None:
    """End without clearing up, which is no part of starting."""
    os._exit(0)


if __name__ == "__main__":
    {"bare": bare, "paint": paint, "shown": shown}[sys.argv[1]]()
    sys.exit(1)
