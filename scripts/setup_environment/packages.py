"""The checkout's own `.venv`, filled from a lock with hashes.

A stamp, written last, says what the `.venv` holds. So an interrupted set-up is seen and done again, a changed
lock is installed on the next start, and every other start costs one look at a small file.
"""

import hashlib
import importlib.util
import json
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from setup_environment.reporting import SYSTEM_PACKAGES_MISSING, Stopped, reason, run_quietly, say

INSTALL = [
    "install",
    "--require-hashes",
    "--no-deps",  # the lock is complete
    "--only-binary=:all:",  # nothing is ever compiled on a person's machine
    "--no-compile",  # Python does it for the modules that are really used
    "--no-input",
    "--no-user",
    "--no-warn-script-location",
    "--disable-pip-version-check",
    "--retries=2",
    "--quiet",
]


@dataclass(frozen=True)
class Stamp:
    """What a `.venv` was made with: the Python, and the digest of each lock that was installed whole."""

    python: str
    locks: dict[str, str] = field(default_factory=dict)

    def with_locks(self, digests: dict[str, str]) -> "Stamp":
        """The stamp after some more locks were installed."""
        return Stamp(self.python, {**self.locks, **digests})


def this_python() -> str:
    """What compiled packages depend on: a `.venv` made for another Python, system or processor is no use."""
    return f"{sys.implementation.cache_tag} {sys.platform} {platform.machine()}"


def digest(lock: Path) -> str:
    """The fingerprint of a lock, the same whatever line ends a checkout has."""
    return hashlib.sha256(lock.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


class Environment:
    """The `.venv` of one checkout."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.stamp_file = self.folder / "nodegraph-setup.json"

    @property
    def python(self) -> Path:
        """The interpreter inside."""
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    def stamp(self) -> Stamp | None:
        """What the `.venv` says about itself; None where nothing or nonsense is written."""
        try:
            record = json.loads(self.stamp_file.read_text(encoding="utf-8"))
            return Stamp(str(record["python"]), dict(record["locks"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write_stamp(self, stamp: Stamp) -> None:
        """Put the stamp there whole: a reader never sees half of it."""
        draft = self.stamp_file.with_suffix(".new")
        draft.write_text(json.dumps(asdict(stamp), indent=1), encoding="utf-8")
        draft.replace(self.stamp_file)

    def is_ready(self, lock: str) -> bool:
        """Whether everything in a lock is installed, for this very Python."""
        stamp = self.stamp()
        return (
            stamp is not None
            and stamp.python == this_python()
            and stamp.locks.get(lock) == digest(self.root / lock)
            and self.python.exists()
        )

    def is_sound(self) -> bool:
        """Whether an earlier set-up for this Python came to its end, so that more can be installed on top."""
        stamp = self.stamp()
        return (
            stamp is not None and stamp.python == this_python() and bool(stamp.locks) and self.python.exists()
        )

    def belongs_to_someone_else(self) -> bool:
        """Whether there is a `.venv` that these scripts did not make; it may hold a person's work."""
        return self.folder.is_dir() and any(self.folder.iterdir()) and not self.stamp_file.exists()


def ready_python(root: Path, lock: str, *, covers: tuple[str, ...] = ()) -> Path:
    """The interpreter of the checkout's `.venv`, with everything in `lock` installed.

    `covers` names locks whose every package stands in `lock` too, so that they count as installed with it.
    """
    environment = Environment(root)
    if not environment.is_ready(lock):
        with one_at_a_time(root / ".venv.lock"):
            if not environment.is_ready(lock):
                set_up(environment, lock, covers)
    return environment.python


def set_up(environment: Environment, lock: str, covers: tuple[str, ...]) -> None:
    """Make the `.venv` where there is no sound one, and install a lock into it."""
    started = time.monotonic()
    if environment.belongs_to_someone_else():
        raise Stopped(
            "There is a folder .venv here that nodegraph did not make: move it away, then run this again."
        )
    say("Setting up nodegraph (once, about a minute) …")
    if not environment.is_sound():
        create(environment)
    before = environment.stamp() or Stamp(this_python())
    environment.write_stamp(Stamp(this_python()))
    with tempfile.TemporaryDirectory(prefix="nodegraph-setup-") as place:
        installed, output = install(environment, environment.root / lock, Path(place))
    if not installed:
        environment.write_stamp(before)  # pip fetches everything before it changes anything
        raise Stopped(f"The Python packages could not be installed. {reason(output)}\nThen run this again.")
    environment.write_stamp(
        before.with_locks({name: digest(environment.root / name) for name in (lock, *covers)})
    )
    say(f"Ready after {time.monotonic() - started:.0f} s.")


def create(environment: Environment) -> None:
    """Make an empty `.venv`, marked as ours from its first moment; what an interrupted one left goes."""
    if importlib.util.find_spec("venv") is None:
        raise Stopped(
            "Python came without its venv module: install python3-venv with the system's package manager, "
            "then run this again.",
            SYSTEM_PACKAGES_MISSING,
        )
    if environment.folder.exists():
        shutil.rmtree(environment.folder)
    environment.folder.mkdir()
    environment.write_stamp(Stamp(this_python()))
    made, output = run_quietly([sys.executable, "-I", "-m", "venv", "--without-pip", str(environment.folder)])
    if not made:
        raise Stopped(f"The folder .venv could not be made. {reason(output)}")


def install(environment: Environment, lock: Path, place: Path) -> tuple[bool, str]:
    """Let pip install a lock; return whether it did, and what it said."""
    # imported here, since it reaches for all that a network needs, and most starts need none
    from setup_environment.pip_command import pip_command

    pip = pip_command(environment.python, place)
    say(f"  Python packages: {', '.join(package_names(lock))} …")
    return run_quietly([*pip, *INSTALL, "-r", str(lock)], while_waiting="still installing")


def package_names(lock: Path) -> list[str]:
    """The packages in a lock, each once."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    return list(
        dict.fromkeys(line.partition("==")[0] for line in lines if "==" in line and not line.startswith(" "))
    )


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Hold a lock that the system lets go of even when we are killed; whoever comes second waits."""
    with path.open("a+b") as stream:
        if not try_to_hold(stream, wait=False):
            say("Another set-up is at work in this folder: waiting for it …")
            while not try_to_hold(stream, wait=True):
                pass
        yield


if sys.platform == "win32":
    import msvcrt

    def try_to_hold(stream: IO[bytes], *, wait: bool) -> bool:
        """Lock the first byte of a file; Windows gives up after ten seconds: who waits asks again."""
        stream.seek(0)
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def try_to_hold(stream: IO[bytes], *, wait: bool) -> bool:
        """Lock a file, either waiting for it or not."""
        try:
            fcntl.flock(stream, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
