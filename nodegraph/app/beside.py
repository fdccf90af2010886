"""`nodegraph.show`: the editor beside a running program. Loads no Qt: the editor is a process of its own.

A graph is handed over in a file of its own, which the editor deletes once it has read it; where an editor is
open on this display already, that one opens a further window.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from nodegraph.core.errors import Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import article
from nodegraph.core.quoting import quoted
from nodegraph.core.recording.as_graph import graph_of
from nodegraph.core.recording.variables import names_in
from nodegraph.core.values.value import Value
from nodegraph.formats import files

FOLDER = "nodegraph-"
"""How the names of folders begin that hold a graph which is handed over."""
_NO_NAME = str.maketrans(dict.fromkeys('/\\:*?"<>|', "-"))
_started: list[subprocess.Popen[bytes]] = []
"""Processes that may still run: Python warns of those that it forgets."""


def show(what: Graph | Value) -> None:
    """Open a graph, or that of a value, in the editor, and return at once: it is a process of its own, or a
    new window of the editor that is open. Names come from labels, else from the variables of whoever calls.

    What is shown is a copy as things stand, without a file yet. Raises Refused for what is no graph, and
    where there is no display.
    """
    caller = sys._getframe(1)
    if isinstance(what, Value):
        graph = graph_of(what, names_in(caller.f_locals, caller.f_globals))
    elif isinstance(what, Graph):
        graph = what
    else:
        raise Refused(f"show takes a Graph or a Value, not {article(quoted(type(what).__name__))}.")
    _demand_display()
    output = graph.node(graph.output).name if graph.output is not None else ""
    name = (graph.title or output or "graph").translate(_NO_NAME).strip(" .")[:80] or "graph"
    path = Path(tempfile.mkdtemp(prefix=FOLDER)) / f"{name}{files.SUFFIX}"
    files.save(graph, path)
    _start(path)


def is_handed_over(path: Path) -> bool:
    """Whether a file was written by `show` to be read once; anybody's own document is not."""
    folder = path.parent
    return folder.name.startswith(FOLDER) and os.path.realpath(folder.parent) == os.path.realpath(
        tempfile.gettempdir()
    )


def _demand_display() -> None:
    chosen = [os.environ.get(name) for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")]
    if sys.platform == "linux" and not any(chosen):
        raise Refused("There is no display to open a window on; nodegraph.export draws without one.")


def _start(path: Path) -> None:
    """Let another process hand the file over or be the editor, whatever becomes of this one."""
    _started[:] = [process for process in _started if process.poll() is None]
    root = str(Path(__file__).resolve().parents[2])
    known = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    flags = getattr(subprocess, "DETACHED_PROCESS", 0) | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
    _started.append(
        subprocess.Popen(
            [sys.executable, "-P", "-m", "nodegraph", "--beside", str(path)],
            env={**os.environ, "PYTHONPATH": known},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            creationflags=flags,
            start_new_session=True,
        )
    )


def socket_name(environment: Any = os.environ) -> str:
    """Returns where the editor of this user on this display listens."""
    import getpass
    import hashlib

    places = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    whose = "|".join([getpass.getuser(), *(environment.get(name, "") for name in places)])
    name = f"nodegraph-{hashlib.sha256(whose.encode()).hexdigest()[:12]}"
    if sys.platform == "win32":
        return name
    return str(Path(environment.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / name)
