"""Files that a crash has left beside documents: half-written ones of ours, whose writer is dead. Removes
those and nothing else: what has another kind of name, another owner, or a writer that may be alive stays.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import time
from pathlib import Path

from nodegraph.formats.disk import locks
from nodegraph.formats.disk.locks import Taken

LEAST_AGE_S = 60.0
"""How old a file is before its lock is asked for: some time passes between making a file and locking it."""
UNLOCKED_AGE_S = 86_400.0
"""How old it is before it counts as dead where there are no locks. Nothing takes a day to be written."""
_NAME = re.compile(r"\.nodegraph-[0-9a-f]{12}\.part")


def part_name() -> str:
    """A name for a file that is being written, and will have another name once it is whole."""
    import secrets  # with all of cryptography; reading files needs none

    return f".nodegraph-{secrets.token_hex(6)}.part"


def sweep_parts(folder: Path) -> None:
    """Remove the dead half-written files in a folder. What cannot be looked at or removed stays."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _NAME.fullmatch(entry.name):
                with contextlib.suppress(OSError):
                    _sweep(Path(entry.path), entry.stat(follow_symlinks=False))


def _sweep(path: Path, status: os.stat_result) -> None:
    age = time.time() - status.st_mtime
    is_own = not hasattr(os, "geteuid") or status.st_uid == os.geteuid()
    if stat.S_ISREG(status.st_mode) and is_own and age > LEAST_AGE_S and is_dead(path, age):
        os.unlink(path)


def is_dead(path: Path, age: float) -> bool:
    """Whether the program that was writing a file, so many seconds ago, has ended."""
    handle = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    try:
        taken = locks.lock(handle)
    finally:
        os.close(handle)
    return taken is Taken.YES or (taken is Taken.UNSUPPORTED and age > UNLOCKED_AGE_S)
