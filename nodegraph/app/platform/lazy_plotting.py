"""The plotting library, loaded while nobody waits: to import pyqtgraph takes a third of a second.

Knows no plot; whoever wants one asks with `when_ready`, which may call back at once.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QObject, QTimer

from nodegraph.app.platform.background_tasks import ASK_MS, begin_aside, politely

NAME = "pyqtgraph"
PIECE_S = 0.004
REST_MS = 150
"""How long what asks for it has time to be painted first: a thread that imports slows that down."""


class Loading(QObject):
    """Waits for the library on behalf of one widget, its parent; without it the call never comes."""

    def __init__(self, parent: QObject, then: Callable[[], None]) -> None:
        super().__init__(parent)
        self._then = then
        self._awaited: Future[Any] | None = None
        self._unmade = names_of_types()
        self._clock = QTimer(self, interval=REST_MS)
        self._clock.timeout.connect(self._look)
        self._clock.start()

    def _look(self) -> None:
        if self._awaited is None:
            self._clock.setInterval(ASK_MS)
            if not _made(self._unmade):
                return
            self._awaited = begin_aside(politely(_load))
        elif self._awaited.done():
            self._clock.stop()
            self._awaited.result()
            self._then()
            self.deleteLater()


def names_of_types() -> Iterator[tuple[object, str]]:
    """Returns each module of Qt of which the library takes all names, with such a name.

    PySide makes a type when its name is first asked for. The library asks for all of them, and where it did
    so in another thread while the window's made one too, the program ended once in a segmentation fault.
    """
    return ((module, name) for module in (QtCore, QtGui, QtWidgets) for name in dir(module))


def _made(names: Iterator[tuple[object, str]]) -> bool:
    """Create the next types in this thread, without a visible pause. Returns whether all are made."""
    until = time.monotonic() + PIECE_S
    for module, name in names:
        getattr(module, name)
        if time.monotonic() > until:
            return False
    return True


def _load() -> Any:
    return importlib.import_module(NAME)


def is_ready() -> bool:
    """Whether it can be imported in no time."""
    return getattr(sys.modules.get(NAME), "PlotWidget", None) is not None


def when_ready(parent: QObject, then: Callable[[], None]) -> None:
    """Call this once the library is there: now, or after another thread has imported it."""
    if is_ready():
        then()
    else:
        Loading(parent, then)
