"""Where the environment lies: in the checkout, or, where that cannot be, in the person's cache folder."""

import hashlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path

FOLDER = ".venv"


def environment_folder(root: Path) -> Path:
    """Returns the folder for the environment of a checkout: `.venv` inside it, where that is possible.

    Another person's checkout may not let us write, and Python makes no environment in a path that holds the
    sign between two paths; then it lies in the cache folder, under a name made from the path of the checkout.
    """
    beside = root / FOLDER
    if can_lie_in(root):
        return beside
    name = hashlib.sha256(os.fsencode(root)).hexdigest()[:16]
    return cache_folder() / f"venv-{name}"


def can_lie_in(root: Path) -> bool:
    """Whether an environment can be made, or made anew, in this checkout."""
    if os.pathsep in str(root) or not may_write(root):
        return False
    folder, lock = root / FOLDER, root / f"{FOLDER}.lock"
    return (not folder.exists() or may_write(folder)) and (not lock.exists() or os.access(lock, os.W_OK))


def may_write(folder: Path) -> bool:
    """Whether we may make files in this folder; also says no on a file system that is mounted read-only."""
    return os.access(folder, os.W_OK | os.X_OK)


def cache_folder(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """Returns the folder in which this system keeps what a program can make again."""
    if platform == "win32":
        above = Path(environment.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif platform == "darwin":
        above = Path.home() / "Library" / "Caches"
    else:
        wanted = environment.get("XDG_CACHE_HOME", "")
        above = Path(wanted) if os.path.isabs(wanted) else Path("~").expanduser() / ".cache"
    return above / "nodegraph"
