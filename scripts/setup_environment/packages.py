"""The checkout's own `.venv`, filled from a lock with hashes.

A stamp, written last, says what the `.venv` holds. So an interrupted set-up is seen and done again, a changed
lock is installed on the next start, and every other start costs one look at a small file.
"""

import hashlib
import importlib.util
import json
import os
import platform
import re
import shutil
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import IO

from setup_environment.place import FOLDER, environment_folder, may_write
from setup_environment.reporting import (
    NO_BUILD,
    SYSTEM_PACKAGES_MISSING,
    Stopped,
    reason,
    run_quietly,
    say,
)

STAMP = "nodegraph-setup.json"
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
    interrupted: bool = False
    """Whether an installation on top of these locks began and did not end."""


def this_python() -> str:
    """What compiled packages depend on: a `.venv` made for another Python, system or processor is no use."""
    return f"{sys.implementation.cache_tag} {sys.platform} {platform.machine()}"


def digest(lock: Path) -> str:
    """The fingerprint of a lock, the same whatever line ends a checkout has."""
    return hashlib.sha256(lock.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


class Environment:
    """The `.venv` of one checkout; `folder` says where, if it lies elsewhere."""

    def __init__(self, root: Path, folder: Path | None = None) -> None:
        self.root = root
        self.folder = folder or root / FOLDER
        self.aside = self.folder.with_name(f"{self.folder.name}.aside")
        self.stamp_file = self.folder / STAMP

    @property
    def python(self) -> Path:
        """The interpreter inside."""
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    def stamp(self) -> Stamp | None:
        """What the `.venv` says about itself; None where nothing or nonsense is written."""
        try:
            record = json.loads(self.stamp_file.read_text(encoding="utf-8"))
            return Stamp(str(record["python"]), dict(record["locks"]), bool(record.get("interrupted")))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def holds_a_set_up(self) -> bool:
        """Whether a set-up came to its end here, for this Python or for another."""
        stamp = self.stamp()
        return stamp is not None and bool(stamp.locks)

    def put_aside(self) -> None:
        """Make room for a new `.venv`; one that serves another Python is kept until the new one is whole."""
        if self.holds_a_set_up():
            self.folder.rename(self.aside)
        elif self.folder.exists():
            shutil.rmtree(self.folder)

    def settle(self) -> None:
        """End what `put_aside` began: the old `.venv` goes where the new one is whole, else it comes back."""
        if not self.aside.exists():
            return
        if self.holds_a_set_up():
            shutil.rmtree(self.aside)
            return
        if self.folder.exists():
            shutil.rmtree(self.folder)
        self.aside.rename(self.folder)

    def write_stamp(self, stamp: Stamp) -> None:
        """Put the stamp there whole: a reader never sees half of it."""
        draft = self.stamp_file.with_suffix(".new")
        draft.write_text(json.dumps(asdict(stamp), indent=1), encoding="utf-8")
        draft.replace(self.stamp_file)

    def tell_of_checkout(self) -> None:
        """Let this `.venv` find a checkout whose path cannot stand in a list of paths, as PYTHONPATH is."""
        if os.pathsep in str(self.root):
            bases = {"base": str(self.folder), "platbase": str(self.folder)}
            note = Path(sysconfig.get_path("purelib", "venv", bases)) / "nodegraph-checkout.pth"
            note.write_text(f"{self.root}\n", encoding="utf-8")

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
    Where the checkout cannot hold a `.venv`, it lies in the person's cache folder.
    """
    environment = Environment(root)
    if environment.is_ready(lock):
        return environment.python
    environment = Environment(root, environment_folder(root))
    if not environment.is_ready(lock):
        make_room(environment.folder.parent)
        with one_at_a_time(environment.folder.with_name(f"{environment.folder.name}.lock")):
            environment.settle()
            if not environment.is_ready(lock):
                set_up(environment, lock, covers)
    return environment.python


def add_extra(root: Path, lock: str, *, covers: tuple[str, ...], without: str) -> None:
    """Install what makes things better and is not needed. Where that cannot be, `without` is said; where no
    build is there for this machine, it is not tried again.
    """
    try:
        ready_python(root, lock, covers=covers)
    except Stopped as stopped:
        say(f"{without} {stopped.sentence.splitlines()[0]}")
        environment = Environment(root, environment_folder(root))
        stamp = environment.stamp()
        if NO_BUILD in stopped.sentence and stamp is not None:
            environment.write_stamp(replace(stamp, locks={**stamp.locks, lock: digest(root / lock)}))


def make_room(folder: Path) -> None:
    """Make the folder that is to hold a `.venv`, or say what a person can do where that is refused."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if may_write(folder):
            return
    except OSError:
        pass
    raise Stopped(
        f"Neither this checkout nor {folder} can hold the Python packages, since you may not write there.\n"
        "Copy the checkout into a folder of your own and run the command there, "
        "or let someone who may write here run it once."
    )


def set_up(environment: Environment, lock: str, covers: tuple[str, ...]) -> None:
    """Make the `.venv` where there is no sound one, and install a lock into it."""
    started = time.monotonic()
    if environment.belongs_to_someone_else():
        raise Stopped(
            f"There is a folder {environment.folder.name} here that nodegraph did not make: "
            "move it away, then run this again."
        )
    say("Setting up nodegraph (once, about a minute) …")
    if environment.folder.parent != environment.root:
        say(f"  This folder cannot hold the packages, so they go to {environment.folder}")
    try:
        if not environment.is_sound():
            create(environment)
        fill(environment, lock, covers)
    finally:
        environment.settle()
    say(f"Ready after {time.monotonic() - started:.0f} s.")


def fill(environment: Environment, lock: str, covers: tuple[str, ...]) -> None:
    """Install a lock into a `.venv`. What a covered lock brought stays in use, however this ends: both name
    the same versions of its packages, so only the others are installed.
    """
    before = environment.stamp() or Stamp(this_python())
    kept = {name: before.locks[name] for name in covers if environment.is_ready(name)}
    text = entries_beyond(environment.root / lock, [environment.root / name for name in kept])
    with tempfile.TemporaryDirectory(prefix="nodegraph-setup-") as place:
        wanted = Path(place) / lock
        wanted.write_text(text, encoding="utf-8")
        pip = pip_for(environment, Path(place))
        environment.write_stamp(Stamp(this_python(), kept, interrupted=True))
        # where pip was ended in its midst, it may not find its way about what it left
        over = ["--ignore-installed"] if kept and before.interrupted else []
        installed, output = install([*pip, *INSTALL, *over], wanted)
    if not installed:
        environment.write_stamp(before)  # pip fetches everything before it changes anything
        raise Stopped(f"The Python packages could not be installed. {reason(output)}\nThen run this again.")
    environment.tell_of_checkout()
    digests = {name: digest(environment.root / name) for name in (lock, *covers)}
    environment.write_stamp(Stamp(this_python(), {**before.locks, **digests}))


def create(environment: Environment) -> None:
    """Make an empty `.venv`, marked as ours from its first moment; what an interrupted one left goes."""
    if importlib.util.find_spec("venv") is None:
        raise Stopped(
            "Python came without its venv module: install python3-venv with the system's package manager, "
            "then run this again.",
            SYSTEM_PACKAGES_MISSING,
        )
    environment.put_aside()
    environment.folder.mkdir()
    environment.write_stamp(Stamp(this_python()))
    made, output = run_quietly([sys.executable, "-I", "-m", "venv", "--without-pip", str(environment.folder)])
    if not made:
        raise Stopped(f"The folder {environment.folder} could not be made. {reason(output)}")


def pip_for(environment: Environment, place: Path) -> list[str]:
    """Returns the words that start a pip for this `.venv`, fetched into `place` where the system has none."""
    # imported here, since it reaches for all that a network needs, and most starts need none
    from setup_environment.pip_command import pip_command

    return pip_command(environment.python, place)


def install(pip: list[str], lock: Path) -> tuple[bool, str]:
    """Let pip install a lock; return whether it did, and what it said."""
    say(f"  Python packages: {', '.join(package_names(lock))} …")
    return run_quietly([*pip, "-r", str(lock)], while_waiting="still installing")


def entries_beyond(lock: Path, others: list[Path]) -> str:
    """Returns the entries of a lock, each a pin with its hashes, that stand in none of the other locks."""
    known = {entry.partition(" \\")[0] for other in others for entry in entries(other)}
    return "".join(entry for entry in entries(lock) if entry.partition(" \\")[0] not in known)


def entries(lock: Path) -> list[str]:
    """Returns a lock in pieces: each pin, with the lines of hashes that belong to it."""
    return re.split(r"^(?=\S)", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)


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
