"""The plotting library, loaded while nobody waits: to import pyqtgraph takes a third of a second.

Knows no plot; whoever wants one asks with `when_ready`, which may call back at once.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QObject, QTimer

from nodegraph.app.platform.background_tasks import ASK_MS, begin_aside, politely

NAME = "pyqtgraph"
REST_MS = 150
"""How long what asks for it has time to be painted first: a thread that imports slows that down."""


class Loading(QObject):
    """Waits for the library on behalf of one widget, its parent; without it the call never comes."""

    def __init__(self, parent: QObject, then: Callable[[], None]) -> None:
        super().__init__(parent)
        self._then = then
        self._awaited: Future[Any] | None = None
        self._clock = QTimer(self, interval=REST_MS)
        self._clock.timeout.connect(self._look)
        self._clock.start()

    def _look(self) -> None:
        if self._awaited is None:
            self._awaited = begin_aside(politely(_load))
            self._clock.setInterval(ASK_MS)
        elif self._awaited.done():
            self._clock.stop()
            self._awaited.result()
            self._then()
            self.deleteLater()


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
