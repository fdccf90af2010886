"""Where the command line writes what nobody expected. Needs no Qt; the window keeps its log in the same
folder.
"""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from datetime import datetime
from pathlib import Path

NAME = "command-line.log"


def folder() -> Path:
    """The folder for logs; `NODEGRAPH_STATE` puts it elsewhere."""
    chosen = os.environ.get("NODEGRAPH_STATE")
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "nodegraph"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Preferences" / "State" / "nodegraph"
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "nodegraph"


def sentence_for(error: Exception) -> str:
    """One line about an error nobody expected, once its traceback is in the log; one about the folder in
    which the command runs, where that has been removed.
    """
    if isinstance(error, FileNotFoundError) and not _is_folder_there():
        return "the folder in which this runs has been removed; change to another one"
    said = f"an internal error ({type(error).__name__}); this is a mistake in nodegraph"
    with contextlib.suppress(OSError, RuntimeError):  # no home, no space, no permission: then there is no log
        folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder() / NAME
        with open(path, "a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"--- {datetime.now().isoformat(timespec='seconds')} {' '.join(sys.argv)}\n")
            file.write("".join(traceback.format_exception(error)))
        said += f". It was written to {path}"
    return said


def _is_folder_there() -> bool:
    try:
        os.getcwd()
    except OSError:
        return False
    return True
