"""Waits for files to change, until somebody stops it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence

PAUSE_S = 0.3
"""How often files are looked at."""


GONE_S = 1.5
"""How long a file is away before that is told: programs that save take it away for a moment."""


def changes(
    paths: Sequence[str],
    pause: Callable[[float], object] = time.sleep,
    tell: Callable[[str], object] = lambda sentence: None,
) -> Iterator[tuple[str, ...]]:
    """Yields those of the files that have changed since they were looked at last, each time some have. One
    that is being written, or is gone for a moment, counts once it stands still; one that stays away is told.
    """
    known, before = _looks(paths), _looks(paths)
    away = dict.fromkeys(paths, 0)
    while True:
        pause(PAUSE_S)
        now = _looks(paths)
        changed = tuple(
            path for path in paths if now[path] is not None and now[path] == before[path] != known[path]
        )
        before = now
        for path in paths:
            away[path] = 0 if now[path] is not None else away[path] + 1
            if away[path] == round(GONE_S / PAUSE_S):
                tell(f"{path} is not there any more; waiting for it to come back")
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
