"""Python's collector of garbage, which takes as long as making many records while it looks among them.

Several may want at once that it does not look, each from a thread of its own; the last of them wakes it.
"""

from __future__ import annotations

import contextlib
import gc
import threading
from collections.abc import Iterator

_lock = threading.RLock()  # what is destroyed as garbage may itself be one of those who paused
_pauses: set[object] = set()
"""Whoever wants that nobody looks for garbage now."""
_was_on = False


def pause(by: object) -> None:
    """Look for no garbage until `by` and all others have called `resume`."""
    global _was_on
    with _lock:
        if not _pauses:
            _was_on = gc.isenabled()
            gc.disable()
        _pauses.add(by)


def resume(by: object) -> None:
    """`by` has no longer anything against it."""
    with _lock:
        if by in _pauses:
            _pauses.discard(by)
            if not _pauses and _was_on:
                gc.enable()


def is_paused() -> bool:
    """Whether anybody wants that nobody looks."""
    return bool(_pauses)


@contextlib.contextmanager
def collector_paused() -> Iterator[None]:
    """Keep it from looking for garbage meanwhile."""
    by = object()
    pause(by)
    try:
        yield
    finally:
        resume(by)
