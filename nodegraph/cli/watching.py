"""Waits for files to change, until somebody stops it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence

PAUSE_S = 0.3
"""How often files are looked at."""


def changes(paths: Sequence[str], pause: Callable[[float], object] = time.sleep) -> Iterator[tuple[str, ...]]:
    """Yields those of the files that have changed since they were looked at last, each time some have. One
    that is being written, or is gone for a moment, counts once it stands still.
    """
    known, before = _looks(paths), _looks(paths)
    while True:
        pause(PAUSE_S)
        now = _looks(paths)
        changed = tuple(
            path for path in paths if now[path] is not None and now[path] == before[path] != known[path]
        )
        before = now
        if changed:
            known |= {path: now[path] for path in changed}
            yield changed


def _looks(paths: Sequence[str]) -> dict[str, tuple[int, int, int] | None]:
    return {path: _look(path) for path in paths}


def _look(path: str) -> tuple[int, int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
