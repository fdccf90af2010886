"""How often something follows what comes in quick succession. Knows nothing of what comes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

PACE_MS = 33


class Pace(QObject):
    """Has something done at once, but while it is asked for again and again no more than 30 times a second:
    the last time always.
    """

    def __init__(self, act: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._act, self._waits = act, False
        self._timer = QTimer(self, singleShot=True, interval=PACE_MS)
        self._timer.timeout.connect(self._catch_up)

    def ask(self) -> None:
        """Do it now, or within a moment if it was asked for just now."""
        if self._timer.isActive():
            self._waits = True
        else:
            self._timer.start()
            self._act()

    def hurry(self) -> None:
        """Do it now."""
        self._waits = False
        self._timer.stop()
        self._act()

    def _catch_up(self) -> None:
        if self._waits:
            self._waits = False
            self.ask()
