"""Where Qt's own parts lie, told in a way that survives every folder name. Imports no Qt: it must come first.

PySide hands Qt a list of settings that holds the path of its folder (a built-in `qt.conf`), and Qt reads it
as settings are read: a semicolon ends the path, a comma parts it; a backslash, a quotation mark and `$(NAME)`
mean something else. In such a folder no window opens ("no Qt platform plugin could be initialized"). Without
the list Qt looks beside its own libraries, which is the same place.
"""

from __future__ import annotations

import os
import sys
from collections.abc import MutableMapping
from importlib.machinery import PathFinder
from os.path import dirname, join

MISREAD = frozenset(',;"$' if os.name == "nt" else ',;"$\\')
"""What may stand in a path and means something else in a list of settings."""
SWITCH = "PYSIDE_DISABLE_INTERNAL_QT_CONF"


def keep_path_whole(folder: str | None = None, environment: MutableMapping[str, str] = os.environ) -> None:
    """Let Qt find its parts by itself where PySide's folder has a name that its list of settings breaks.

    Without effect once Qt is loaded.
    """
    folder = pyside_folder() if folder is None else folder
    if not MISREAD.intersection(folder) or SWITCH in environment:
        return
    environment[SWITCH] = "1"
    if sys.platform == "win32":  # there the plugins do not lie where Qt looks from its libraries
        paths = [join(folder, "plugins"), *filter(None, [environment.get("QT_PLUGIN_PATH")])]
        environment["QT_PLUGIN_PATH"] = os.pathsep.join(paths)


def pyside_folder() -> str:
    """Returns the folder of the PySide that would be imported, or nothing where there is none."""
    spec = PathFinder.find_spec("PySide6")
    return dirname(spec.origin) if spec and spec.origin else ""
