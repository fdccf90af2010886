"""Writing over a file that must stay the same file, so that it is whole even where the program is killed
half-way: both versions are kept beside it until the new one is written, and the next reading puts in what was
cut off.

Where nothing can be made beside the file, they are kept in a folder the program has named, if it has.
"""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from nodegraph.formats.disk import leftovers, locks

_NAME = re.compile(r"\.nodegraph-[0-9a-f]{12}\.copy")
_BLOCK = 4096
_NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EROFS)
_BINARY = getattr(os, "O_BINARY", 0)
_elsewhere: list[Path] = []
"""The folder for copies that cannot lie beside their files."""


def keep_elsewhere(folder: Path) -> None:
    """Use this folder for copies that cannot lie beside their files."""
    _elsewhere[:] = [folder]


def write_over(target: Path, data: bytes) -> None:
    """Write over the bytes of a file. Should that fail, the old ones are put back; OSError then."""
    with open(os.open(target, os.O_RDWR | _BINARY), "r+b", buffering=0) as file:
        old = file.read()
        with _kept(target, old, data):
            try:
                _put(file, data)
            except BaseException:
                with contextlib.suppress(OSError):
                    _put(file, old)
                raise


def mend(target: Path) -> bool:
    """Put into a file what the writing of it was cut off from; returns whether there was such a thing."""
    is_mended = False
    for folder in (target.parent, *_elsewhere):
        copies: list[Path] = []
        with contextlib.suppress(OSError):
            copies = _copies_in(folder)
        for copy in copies:
            with contextlib.suppress(OSError):
                is_mended |= _mend_from(copy, target)
    return is_mended


# --- the copy
@contextlib.contextmanager
def _kept(target: Path, old: bytes, new: bytes) -> Iterator[None]:
    """Keep both versions of a file until it holds one of them whole; locked, as long as the writer lives."""
    made = _made(target.parent)
    if made is None:
        yield
        return
    path, file = made
    try:
        with file:
            locks.lock(file.fileno())
            _put(file, _packed(target, old, new))
            yield
    finally:
        with contextlib.suppress(OSError):
            if target.read_bytes() in (old, new):
                path.unlink()


def _made(beside: Path) -> tuple[Path, io.FileIO] | None:
    """Returns a new file for the copy, or None where nowhere one may be made."""
    import secrets

    for folder in (beside, *_elsewhere):
        path = folder / f".nodegraph-{secrets.token_hex(6)}.copy"
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
        except OSError as error:
            if error.errno not in _NOT_ALLOWED:
                raise
        else:
            return path, io.FileIO(descriptor, "wb")
    return None


class _Head(NamedTuple):
    """The first line of a copy: which file it is of, and what stands behind the line."""

    target: str
    file: tuple[int, int]
    """Device and number of the file, which it has under each of its names."""
    old: int
    """How many bytes the old version has; the rest is the new one."""
    digest: str


def _packed(target: Path, old: bytes, new: bytes) -> bytes:
    status = target.stat()
    head = _Head(str(target), (status.st_dev, status.st_ino), len(old), _digest(old + new))
    return json.dumps(head).encode() + b"\n" + old + new


def _digest(data: bytes) -> str:
    import hashlib  # it takes its time to load, and is hardly ever needed

    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _copies_in(folder: Path) -> list[Path]:
    with os.scandir(folder) as entries:
        return [Path(entry.path) for entry in entries if _NAME.fullmatch(entry.name)]


def _mend_from(copy: Path, target: Path) -> bool:
    """Put the new version into the file if this copy is of it, its writer is dead, and it is half-written."""
    if not leftovers.is_dead(copy, time.time() - copy.stat().st_mtime):
        return False
    line, _, data = copy.read_bytes().partition(b"\n")
    head = _head(line)
    if head is None or head.digest != _digest(data):
        copy.unlink()  # it was cut off itself, and then the file was not begun
        return False
    status = target.stat()
    if head.target != str(target) and head.file != (status.st_dev, status.st_ino):
        return False
    old, new = data[: head.old], data[head.old :]
    found = target.read_bytes()
    if found in (old, new):
        copy.unlink()
        return False
    if not _is_between(found, old, new):
        return False  # somebody else has written it since; nothing of either is thrown away
    with open(os.open(target, os.O_RDWR | _BINARY), "r+b", buffering=0) as file:
        _put(file, new)
    copy.unlink()
    return True


def _head(line: bytes) -> _Head | None:
    try:
        target, (device, number), old, digest = json.loads(line)
    except (ValueError, TypeError):
        return None
    return _Head(str(target), (device, number), int(old), str(digest))


def _is_between(found: bytes, old: bytes, new: bytes) -> bool:
    """Whether each part of these bytes is of one version or the other, or room that was made for it."""
    if not min(len(old), len(new)) <= len(found) <= max(len(old), len(new)):
        return False
    for start in range(0, len(found), _BLOCK):
        part = found[start : start + _BLOCK]
        before, after = (it[start : start + _BLOCK].ljust(len(part), b"\0") for it in (old, new))
        unlike = (place for place, pair in enumerate(zip(part, after, strict=True)) if pair[0] != pair[1])
        begun = next(unlike, len(part))
        if part[begun:] not in (before[begun:], bytes(len(part) - begun)):
            return False
    return True


def _put(file: io.FileIO, data: bytes) -> None:
    """Let these be all bytes of an open file. The room is there before the first of them is written over."""
    if hasattr(os, "posix_fallocate") and data:
        try:
            os.posix_fallocate(file.fileno(), 0, len(data))
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.EOPNOTSUPP, errno.ENOSYS):
                raise
    file.seek(0)
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]
    file.truncate()
    os.fsync(file.fileno())
