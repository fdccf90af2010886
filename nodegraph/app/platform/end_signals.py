"""What the system, a terminal or a person sends to a program that is to end: SIGTERM, SIGHUP, Ctrl+C. Heard
in Qt's own loop, so that work can be kept first. Knows no window.
"""

from __future__ import annotations

import signal
import socket

from PySide6.QtCore import QObject, QSocketNotifier, Signal

NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
"""Those of them that a system has."""


class EndSignals(QObject):
    """Reports the first such signal, from `install` until `remove`; a second one ends the program at once."""

    received = Signal(int)
    """The number of the signal."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ends = socket.socketpair()
        for end in self._ends:
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._ends[0].fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        self._before: dict[int, signal.Handlers | object] = {}
        self._wakeup_before = -1

    def install(self) -> None:
        """Begin to listen. Signals that are ignored, as under nohup, stay so."""
        self._wakeup_before = signal.set_wakeup_fd(self._ends[1].fileno(), warn_on_full_buffer=False)
        for number in (getattr(signal, name) for name in NAMES if hasattr(signal, name)):
            if signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, _leave_to_the_loop)

    def remove(self) -> None:
        """Stop listening, and put back what was there before."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before.clear()
        signal.set_wakeup_fd(self._wakeup_before)
        self._notifier.setEnabled(False)
        for end in self._ends:
            end.close()

    def _read(self) -> None:
        numbers = [number for number in self._ends[0].recv(64) if number in self._before]
        if numbers:
            for number in self._before:
                signal.signal(number, signal.SIG_DFL)
            self.received.emit(numbers[0])


def _leave_to_the_loop(_number: int, _frame: object) -> None:
    """Python writes the number where the loop reads it; nothing else is to be done amid whatever runs."""
