"""The passes compiled by numba, where the extra `fast` is installed; without it all goes on by numpy.

Compiling takes some ten seconds, once: another process does it and leaves the result in a cache on disk, from
which a thread of this one loads it. A cache that was damaged since is told by its sum, and compiled anew.
Nothing here is imported with the program, and nobody waits who did not ask for it.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

from nodegraph.core.kernels import kernel_source, kernels
from nodegraph.core.kernels.kernels import Kernel, Kernels

SWITCH = "NODEGRAPH_KERNELS"
"""The environment variable that keeps them away, where it says off."""
KEPT_IN = "NODEGRAPH_CACHE"
"""The environment variable that says where they are kept."""
COMPILING = "from nodegraph.formats.disk import compiled; compiled.be_nice(); compiled.load()"

Start: TypeAlias = Callable[[threading.Thread], None]
_start: Start = threading.Thread.start
_thread: threading.Thread | None = None
_lock = threading.Lock()


def can_compile() -> bool:
    """Whether numba is installed and nobody has switched it off; it is not imported for that."""
    return os.environ.get(SWITCH) != "off" and importlib.util.find_spec("numba") is not None


def offer(start: Start | None = None) -> None:
    """Let passes over large graphs have the kernels loaded in the background when there are such. Whoever has
    something to see to before another thread begins says how it is started, from whichever thread.
    """
    global _start
    _start = start or _start
    kernels.offer(warm)


def warm() -> None:
    """Begin to load the kernels in the background, if there are any and nobody has yet."""
    global _thread
    with _lock:
        if _thread is None and kernels.loaded() is None and can_compile():
            _thread = threading.Thread(target=_load_in_background, name="kernels", daemon=True)
            _start(_thread)


def load() -> Kernels | None:
    """Load the kernels, compiled first where they never were, and return them; None where there are none."""
    if kernels.loaded() is None and can_compile():
        path = _cached_source()
        is_whole = path is not None and is_kept_whole(path)
        if path is not None and not is_whole:
            forget_kept(path)  # numba would stumble over it, or the process with it
        module = _module(path)
        signatures = _signatures()
        made = {name: getattr(module, name) for name in signatures}
        for name, kinds in signatures.items():
            made[name].compile(kinds)
        if path is not None and not is_whole:
            seal_kept(path)
        both_of_doubles = _without_asking(made["both"], signatures["both"])
        kernels.take(Kernels(**made, both_of_doubles=both_of_doubles))
    return kernels.loaded()


def _load_in_background() -> None:
    path = _cached_source()
    if getattr(sys, "frozen", False) or path is None or is_kept_whole(path):
        load()
        return
    root = str(Path(__file__).resolve().parents[3])
    paths = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    subprocess.run(
        [sys.executable, "-P", "-c", COMPILING],
        env={**os.environ, "PYTHONPATH": paths},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0)
        | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
        check=False,
    )
    load()


def be_nice() -> None:
    """Let everybody else go first. The process that compiles does it itself: nothing of ours may run between
    fork and exec while there are other threads.
    """
    if os.name == "posix":
        os.nice(10)


def _without_asking(kernel: Any, kinds: tuple[Any, ...]) -> Kernel:
    """Returns a kernel for arguments of these kinds alone; the kernel itself where numba hands out none."""
    found: Kernel = getattr(kernel.overloads.get(kinds), "entry_point", kernel)
    return found


def _signatures() -> dict[str, tuple[Any, ...]]:
    from numba import types

    table, indices = types.Array(types.int32, 2, "C"), types.Array(types.int32, 1, "C")
    row, rows = types.Array(types.float64, 1, "C"), types.Array(types.float64, 2, "C")
    return {
        "values": (table, indices, row, types.int64),
        "gradients": (table, indices, row, row, types.int64),
        "slopes": (table, indices, row, row, types.int64),
        "both": (table, indices, row, row, types.int64),
        "row_values": (table, indices, rows, types.int64),
        "row_gradients": (table, indices, rows, rows, types.int64),
        "carry": (indices, indices, indices, row, row, row),
    }


# --- the module that numba compiles, on disk where that can be
def _module(path: Path | None) -> ModuleType:
    if path is not None:
        spec = importlib.util.spec_from_file_location(f"nodegraph_{path.stem}", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module  # numba looks for it there when it loads what it kept
        spec.loader.exec_module(module)
        return module
    module = ModuleType("nodegraph_kernels")
    exec(compile(kernel_source.module_source(cache=False), "<kernels>", "exec"), module.__dict__)
    return module


def _cached_source() -> Path | None:
    """Returns the file of the kernels' source, written if need be; None where nothing can be written.

    numba keeps what it compiles beside it. Its name tells the source, all that this calls, and numba.
    """
    source = kernel_source.module_source(cache=True)
    called = Path(kernel_source.__file__).parents[1] / "operations" / "elements.py"
    digest = hashlib.sha256(source.encode())
    with contextlib.suppress(OSError):
        digest.update(called.read_bytes())
    path = cache_folder() / f"kernels_{digest.hexdigest()[:16]}.py"
    try:
        if not path.exists() or path.read_text(encoding="utf-8") != source:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as draft:
                draft.write(source)
            os.replace(draft.name, path)
        (path.parent / "__pycache__").mkdir(exist_ok=True)
        if not os.access(path.parent / "__pycache__", os.W_OK):
            return None
    except OSError:
        return None
    return path


def is_kept_whole(path: Path) -> bool:
    """Whether what numba keeps beside this source is there, just as it was written."""
    try:
        return bool(_kept(path)) and _seal(path).read_text(encoding="ascii") == _sum(path)
    except (OSError, ValueError):
        return False


def seal_kept(path: Path) -> None:
    """Note what numba keeps beside this source now; where that cannot be, it is compiled again next time."""
    with contextlib.suppress(OSError):
        with tempfile.NamedTemporaryFile("w", encoding="ascii", dir=path.parent, delete=False) as draft:
            draft.write(_sum(path))
        os.replace(draft.name, _seal(path))


def forget_kept(path: Path) -> None:
    """Delete what numba keeps beside this source, which then compiles it anew."""
    for kept in (_seal(path), *_kept(path)):
        with contextlib.suppress(OSError):
            kept.unlink(missing_ok=True)


def _seal(path: Path) -> Path:
    return path.with_suffix(".sum")


def _kept(path: Path) -> list[Path]:
    return sorted((path.parent / "__pycache__").glob(f"{path.stem}.*.nb[ic]"))


def _sum(path: Path) -> str:
    digest = hashlib.sha256()
    for kept in _kept(path):
        digest.update(f"{kept.name} {hashlib.sha256(kept.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def cache_folder() -> Path:
    """Returns where this system keeps what can be made again."""
    chosen = os.environ.get(KEPT_IN)
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "nodegraph"
