"""Locks of the operating system on open files. The system lets go of one when its process ends, however that
comes. Some file systems have none.
"""

from __future__ import annotations

import errno
import sys
from enum import Enum

_HELD = (errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)


class Taken(Enum):
    """What came of asking for a lock."""

    YES = "yes"
    HELD = "another holds it"
    UNSUPPORTED = "there are no locks here"


def lock(handle: int) -> Taken:
    """Take the lock on an open file if nobody holds it; it goes when the file is closed."""
    try:
        _lock(handle)
    except OSError as error:
        return Taken.HELD if error.errno in _HELD else Taken.UNSUPPORTED
    return Taken.YES


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
