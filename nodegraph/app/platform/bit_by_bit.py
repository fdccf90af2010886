"""Work that a dialog shows the outcome of, done bit by bit, so that the window has its turn between."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any

from PySide6.QtCore import QObject, QTimer

from nodegraph.core.bits import Bits
from nodegraph.core.errors import Refused

TURN_S = 0.01
FEW_EDGES = 60
"""Edges of a graph whose picture is made at once, before a dialog is shown."""


class BitByBit(QObject):
    """Does one piece of work, and hands on what that has found, or why it was refused."""

    def __init__(
        self, parent: QObject, done: Callable[[Any], object], refused: Callable[[str], object]
    ) -> None:
        super().__init__(parent)
        self._done, self._refused = done, refused
        self._work: Bits[Any] | None = None
        self._clock = QTimer(self, interval=0)
        self._clock.timeout.connect(self._go_on)

    def begin(self, work: Bits[Any]) -> None:
        """Do this from now on; what was being done is given up."""
        self._work = work
        self._clock.start()

    def finish(self) -> None:
        """Do all that is left at once."""
        while self._work is not None:
            self._do_bit()
        self._clock.stop()

    def stop(self) -> None:
        """Give up what is being done."""
        self._work = None
        self._clock.stop()

    def _go_on(self) -> None:
        """Do as much as there is time for in a turn."""
        end = monotonic() + TURN_S
        while self._work is not None and monotonic() < end:
            self._do_bit()
        if self._work is None:
            self._clock.stop()

    def _do_bit(self) -> None:
        work, self._work = self._work, None  # an error ends it, too
        assert work is not None
        try:
            next(work)
            self._work = work
        except StopIteration as end:
            self._done(end.value)
        except Refused as refused:
            self._refused(str(refused))
