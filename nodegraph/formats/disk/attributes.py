"""What belongs to a file beside its bytes and its name: permissions, owner, extended attributes."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

_NONE_THERE = (errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)


def take_over(old: Path, new: Path, status: os.stat_result) -> bool:
    """Give a new file the owner, extended attributes and permissions of the old one.

    Returns whether it has them all.
    """
    try:
        _take_owner(new, status)
        _take_extended(old, new)
        os.chmod(new, stat.S_IMODE(status.st_mode))
    except OSError:
        return False
    return True


def _take_owner(new: Path, status: os.stat_result) -> None:
    own = new.stat()
    if hasattr(os, "chown") and (own.st_uid, own.st_gid) != (status.st_uid, status.st_gid):
        os.chown(new, status.st_uid, status.st_gid)


def _take_extended(old: Path, new: Path) -> None:
    """Copy what Linux calls extended attributes, access control lists among them."""
    if not hasattr(os, "listxattr"):
        return
    there = _extended(new)
    for name, value in _extended(old).items():
        if there.get(name) != value:
            os.setxattr(new, name, value)


def _extended(path: Path) -> dict[str, bytes]:
    try:
        return {name: os.getxattr(path, name) for name in os.listxattr(path)}
    except OSError as error:
        if error.errno in _NONE_THERE:
            return {}
        raise
