"""What a file was when it was last read or written here, so that another program's version is noticed."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from dataclasses import dataclass
from enum import Enum
from pathlib import Path


class Found(Enum):
    """What became of a file since it was seen."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True)
class Seen:
    """A file's size in bytes, time of its last change in nanoseconds, and a hash of its bytes."""

    size: int
    changed_ns: int
    digest: str

    @classmethod
    def of(cls, path: Path, data: bytes) -> Seen:
        """What is known of a file that holds these bytes."""
        try:
            changed_ns = path.stat().st_mtime_ns
        except OSError:
            changed_ns = 0
        return cls(len(data), changed_ns, hashlib.blake2b(data, digest_size=16).hexdigest())

    def to_text(self) -> str:
        """One line, for a recovery file."""
        return json.dumps([self.size, self.changed_ns, self.digest])

    @classmethod
    def from_text(cls, text: str) -> Seen | None:
        """What `to_text` wrote, or None."""
        try:
            size, changed_ns, digest = json.loads(text)
        except (ValueError, TypeError):
            return None
        return cls(size, changed_ns, digest)


def look_again(path: Path, seen: Seen | None, *, trusts_time: bool = False) -> Found:
    """Returns what became of a file since it was seen; one that was never seen but is there has changed.

    `trusts_time` looks at size and time alone where both are the same. Copying programs can set a time, so
    before a file is written its bytes are compared. A file that cannot be looked at counts as the same.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a folder or a pipe has come in its place
            return Found.SAME if seen is None else Found.GONE
        if seen is None or status.st_size != seen.size:
            return Found.CHANGED
        if trusts_time and status.st_mtime_ns == seen.changed_ns:
            return Found.SAME
        return Found.SAME if _digest(path) == seen.digest else Found.CHANGED
    except (FileNotFoundError, NotADirectoryError):
        return Found.SAME if seen is None else Found.GONE
    except OSError:
        return Found.SAME


def _digest(path: Path) -> str:
    digest = hashlib.blake2b(digest_size=16)
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    with open(descriptor, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
