"""Which running program a file in the state folder belongs to. A lock of the operating system tells; where
the file system has none, the process that signed the lock file does. Knows nothing of what the files hold.
"""

from __future__ import annotations

import contextlib
import os
import platform
import sys
from pathlib import Path

from nodegraph.formats.disk import locks
from nodegraph.formats.disk.locks import Taken


class Lock:
    """A lock on a file for as long as this process lives or until `release`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle = -1

    @property
    def is_held(self) -> bool:
        """Whether this program holds it."""
        return self._handle >= 0

    @property
    def is_in_place(self) -> bool:
        """Whether this program holds it, and its file was not removed since."""
        return self.is_held and _is_still_at(self.path, self._handle)

    def take(self) -> bool:
        """Take the lock if it is free. Raises OSError if its file cannot be made or opened."""
        handle, is_new = _opened(self.path)
        try:
            taken = locks.lock(handle)
            is_free = taken is Taken.YES or (taken is Taken.UNSUPPORTED and (is_new or _is_orphan(handle)))
            if is_free and _is_still_at(self.path, handle):
                _sign(handle)
                self._handle = handle
        finally:
            if not self.is_held:
                os.close(handle)
        return self.is_held

    def release(self) -> None:
        """Release the lock and remove its file."""
        if self.is_held:
            with contextlib.suppress(OSError):  # on Windows an open file cannot be removed: then close first
                self.path.unlink()
            os.close(self._handle)
            self._handle = -1
            with contextlib.suppress(OSError):
                self.path.unlink(missing_ok=True)


def _opened(path: Path) -> tuple[int, bool]:
    """The open lock file, and whether it was made just now."""
    with contextlib.suppress(FileExistsError):
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), True
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600), False


def _is_still_at(path: Path, handle: int) -> bool:
    """Whether the file still exists under its name, and was not removed between opening and locking."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


# --- where the file system has no locks
def _sign(handle: int) -> None:
    os.lseek(handle, 0, os.SEEK_SET)
    os.truncate(handle, 0)
    os.write(handle, signature(os.getpid()).encode())


def _is_orphan(handle: int) -> bool:
    """Whether the process that signed a lock file has ended; False for a process of another machine."""
    signed = os.read(handle, 1000).decode(errors="replace")
    pid, _, rest = signed.partition(" ")
    if not pid.isdecimal() or rest.partition(" ")[0] != platform.node() or sys.platform == "win32":
        return False
    return not _is_alive(int(pid)) or signature(int(pid)) != signed


def signature(pid: int) -> str:
    """Returns what identifies this process: its number, the machine and, where known, its start time."""
    began = ""
    with contextlib.suppress(OSError, IndexError):
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        began = f"{boot}/{Path(f'/proc/{pid}/stat').read_text().rpartition(')')[2].split()[19]}"
    return f"{pid} {platform.node()} {began}"


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
