"""Files that other programs are handed by dragging: each window has a folder of its own for them, made when
the first is dragged. It goes with the window or at the program's end; what a killed program left, at the next
start.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import uuid
import weakref
from pathlib import Path

from nodegraph.app.document.ownership import Lock
from nodegraph.app.platform.settings import state_folder, state_path

FOLDER = "dragged"


class Outbox:
    """A place for such files, which the system's lock shows to be in use as long as this program lives."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        _sweep(state_path() / FOLDER)

    def folder(self) -> Path:
        """Returns the folder, made where it is not there. OSError where it cannot be."""
        if self._folder is None or not self._folder.is_dir():
            folder = state_folder(FOLDER) / f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
            lock = Lock(folder.with_suffix(".lock"))
            lock.take()
            folder.mkdir(mode=0o700)
            self._folder = folder
            weakref.finalize(self, _remove, folder, lock)
        return self._folder


def _sweep(folder: Path) -> None:
    """Remove what programs that died have left there."""
    for path in folder.glob("*.lock"):
        with contextlib.suppress(OSError):
            lock = Lock(path)
            if lock.take():
                _remove(path.with_suffix(""), lock)


def _remove(folder: Path, lock: Lock) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    lock.release()
