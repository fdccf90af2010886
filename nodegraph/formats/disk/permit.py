"""Whether another thread may still put the file that it has written in its place."""

from __future__ import annotations

import threading


class Withdrawn(Exception):
    """What another thread was writing is not wanted any more."""


class Permit:
    """Lets another thread put its file in place, as a context, until it is withdrawn."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_given = True
        self.was_used = False
        """Whether a file was put in place."""

    def withdraw(self) -> None:
        """From now on nothing is put in place; what is just being put there is there when this returns."""
        with self._lock:
            self._is_given = False

    def __enter__(self) -> None:
        self._lock.acquire()
        if not self._is_given:
            self._lock.release()
            raise Withdrawn

    def __exit__(self, kind: object, *_: object) -> None:
        self.was_used = kind is None
        self._lock.release()
