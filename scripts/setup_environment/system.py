"""What Qt needs from a Linux system, and how each package manager is asked for it.

Qt tells of a missing library one ImportError at a time, and of a missing xcb library by aborting. So each
library is tried by its name *before* Qt is imported. Other systems bring all of this along.
"""

import ctypes
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from setup_environment.reporting import SYSTEM_PACKAGES_MISSING, Stopped, reason, run_quietly, say


@dataclass(frozen=True)
class Need:
    """A library (by soname), a program or a module of the system's Python, and the package that holds it."""

    name: str
    apt: str
    pacman: str
    dnf: str = ""
    zypper: str = ""
    is_module: bool = False

    def package(self, manager: str) -> str:
        """The package to ask for; the rpm managers find a library by its soname, whatever holds it."""
        return getattr(self, manager) or f"{self.name}()(64bit)"


QT_LIBRARIES = [
    Need("libGL.so.1", "libgl1", "libglvnd"),
    Need("libEGL.so.1", "libegl1", "libglvnd"),
    Need("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    Need("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
    Need("libgthread-2.0.so.0", "libglib2.0-0", "glib2"),
    Need("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    Need("libfreetype.so.6", "libfreetype6", "freetype2"),
    Need("libdbus-1.so.3", "libdbus-1-3", "dbus"),
]
WINDOW_LIBRARIES = [
    Need("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
    Need("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    Need("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    Need("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    Need("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    Need("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    Need("libxcb-randr.so.0", "libxcb-randr0", "libxcb"),
    Need("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    Need("libxcb-sync.so.1", "libxcb-sync1", "libxcb"),
    Need("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb"),
    Need("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
    Need("libX11-xcb.so.1", "libx11-xcb1", "libx11"),
]
REAL_WINDOW_TEST_PROGRAMS = [
    Need("Xvfb", "xvfb", "xorg-server-xvfb", "xorg-x11-server-Xvfb", "xorg-x11-server-Xvfb"),
    Need("xdotool", "xdotool", "xdotool", "xdotool", "xdotool"),
    Need("openbox", "openbox", "openbox", "openbox", "openbox"),
    Need("xwininfo", "x11-utils", "xorg-xwininfo", "xwininfo", "xwininfo"),
    Need("import", "imagemagick", "imagemagick", "ImageMagick", "ImageMagick"),
    Need("xclip", "xclip", "xclip", "xclip", "xclip"),
]
SCREEN_READER_TEST_PROGRAMS = [
    Need("xvfb-run", "xvfb", "xorg-server-xvfb", "/usr/bin/xvfb-run", "/usr/bin/xvfb-run"),
    Need("xauth", "xauth", "xorg-xauth", "/usr/bin/xauth", "/usr/bin/xauth"),
    Need("dbus-run-session", "dbus", "dbus", "/usr/bin/dbus-run-session", "/usr/bin/dbus-run-session"),
    Need("at-spi-bus-launcher", "at-spi2-core", "at-spi2-core", "at-spi2-core", "at-spi2-core"),
    Need("pyatspi", "python3-pyatspi", "python-atspi", "python3-pyatspi", "python3-atspi", is_module=True),
]
"""The rpm managers find a program by its path, whatever holds it."""
BROWSER_TEST_PROGRAMS = [Need("chromium", "chromium", "chromium", "chromium", "chromium")]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
"""Any of these programs does for the tests of exported pages."""
SYSTEM_PYTHON = "/usr/bin/python3"
"""What holds the modules that come as packages of the system."""
HIDDEN_PROGRAMS = os.pathsep.join(
    ("/usr/libexec", "/usr/lib", "/usr/lib/at-spi2-core", "/usr/libexec/at-spi2")
)
"""Where systems keep programs that only programs start."""


@dataclass(frozen=True)
class PackageManager:
    """How one package manager installs, and what to do before a second attempt when it could not."""

    name: str
    program: str
    install: tuple[str, ...]
    refresh: tuple[str, ...]
    patience: tuple[str, ...] = ()
    mend: tuple[tuple[str, ...], ...] = ()

    def install_command(self, needs: Iterable[Need], *, patiently: bool = False) -> list[str]:
        """The command that installs what is needed, each package named once."""
        packages = dict.fromkeys(need.package(self.name) for need in needs)
        return [self.program, *(self.patience if patiently else ()), *self.install, *packages]

    def refresh_command(self) -> list[str]:
        """The command that fetches the lists of packages anew."""
        return [self.program, *self.refresh]


PACKAGE_MANAGERS = [
    PackageManager(
        "apt",
        "apt-get",
        install=("install", "-y", "--no-install-recommends"),
        refresh=("update",),
        patience=("-o", "DPkg::Lock::Timeout=300"),  # a new machine often updates itself just then
        mend=(("dpkg", "--configure", "-a"),),  # finishes what an interrupted installation left
    ),
    PackageManager("dnf", "dnf", install=("install", "-y"), refresh=("makecache",)),
    PackageManager(
        "pacman", "pacman", install=("-S", "--needed", "--noconfirm"), refresh=("-Sy", "--noconfirm")
    ),
    PackageManager(
        "zypper",
        "zypper",
        install=("--non-interactive", "install"),
        refresh=("--non-interactive", "refresh"),
    ),
]


def library_loads(soname: str) -> bool:
    """Whether the system's loader finds a library and all that it needs in turn."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def is_met(need: Need) -> bool:
    """Whether a library loads, a module is imported, or a program is found."""
    if need.is_module:
        return module_imports(need.name)
    if ".so." in need.name:
        return library_loads(need.name)
    return found_program(need.name) is not None


def found_program(name: str) -> str | None:
    """The path of a program, also of one that only programs start."""
    return shutil.which(name) or shutil.which(name, path=HIDDEN_PROGRAMS)


def module_imports(name: str) -> bool:
    """Whether the system's own Python finds a module."""
    if not os.access(SYSTEM_PYTHON, os.X_OK):
        return False
    return (
        subprocess.run([SYSTEM_PYTHON, "-c", f"import {name}"], capture_output=True, check=False).returncode
        == 0
    )


def package_manager(find_program: Callable[[str], object] = shutil.which) -> PackageManager | None:
    """The package manager of this system, if we know it."""
    return next((manager for manager in PACKAGE_MANAGERS if find_program(manager.program)), None)


def line_to_run(manager: PackageManager, needs: Iterable[Need], prefix: Sequence[str]) -> str:
    """The one line a person can paste into a terminal; apt may never have fetched its lists."""
    line = shlex.join([*prefix, *manager.install_command(needs)])
    if manager.name == "apt":
        line = f"{shlex.join([*prefix, *manager.refresh_command()])} && {line}"
    return line


def way_to_root() -> list[str] | None:
    """The words that make a command run as root: none for root, sudo where it lets us, else None."""
    if sys.platform == "win32":
        return None
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    if subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0:
        return ["sudo", "-n"]
    if sys.stdin is None or not sys.stdin.isatty():
        return None
    say("Some packages of the system are needed, so sudo may ask for your password.")
    return ["sudo", "-n"] if subprocess.call(["sudo", "-v"]) == 0 else None


def install_for_qt(*, window: bool) -> None:
    """Install the libraries Qt lacks for drawing, and for a real window too if there is to be one."""
    install_missing(QT_LIBRARIES + (WINDOW_LIBRARIES if window else []))


def install_for_tests_in_a_real_window() -> None:
    """Install all that tests need to open, drive, photograph and read out a window on a screen that is not
    there.
    """
    install_missing(QT_LIBRARIES + WINDOW_LIBRARIES + REAL_WINDOW_TEST_PROGRAMS + SCREEN_READER_TEST_PROGRAMS)


def install_for_tests_in_a_browser() -> None:
    """Install Chromium, in which exported pages are tried, unless there is a browser of its kind."""
    if not any(map(shutil.which, BROWSERS)):
        install_missing(BROWSER_TEST_PROGRAMS, "The browser of the tests")


def install_missing(needs: Sequence[Need], who: str = "Qt") -> None:
    """Install what is not there yet, or stop with the line that would do it, for the one who needs it."""
    if sys.platform != "linux":
        return
    lacking = [need for need in needs if not is_met(need)]
    if not lacking:
        return
    manager = package_manager()
    prefix = way_to_root()
    if manager is None or prefix is None:
        raise Stopped(request(manager, lacking, who), SYSTEM_PACKAGES_MISSING)
    say(f"Installing what is needed from the system with {manager.program} …")
    output = install(manager, lacking, prefix)
    still_lacking = [need for need in lacking if not is_met(need)]
    if still_lacking:
        why = f"{manager.program} could not install what {_within(who)} needs. {reason(output)}"
        raise Stopped(f"{why}\n{request(manager, still_lacking, who)}", SYSTEM_PACKAGES_MISSING)


def install(manager: PackageManager, needs: Sequence[Need], prefix: Sequence[str]) -> str:
    """Install at once, and only if that fails with fresh lists: they cost seconds and are seldom needed.

    Returns what the last attempt printed. Whether it succeeded shows in the needs: they are met then, or not.
    """
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}

    def run(command: Sequence[str]) -> tuple[bool, str]:
        return run_quietly([*prefix, *command], environment=environment, while_waiting="still installing")

    attempt = manager.install_command(needs, patiently=True)
    succeeded, output = run(attempt)
    if succeeded:
        return output
    return "".join(run(command)[1] for command in (*manager.mend, manager.refresh_command(), attempt))


def _within(who: str) -> str:
    """What begins a sentence, within one."""
    return who.replace("The ", "the ", 1)


def request(manager: PackageManager | None, needs: Sequence[Need], who: str = "Qt") -> str:
    """What to ask of a person who may install packages."""
    if manager is None:
        names = ", ".join(need.name for need in needs)
        return (
            f"{who} needs from the system what is missing here: {names}.\n"
            "Install the packages of your system that hold it, then run this again."
        )
    prefix = ["sudo"] if shutil.which("sudo") else []
    line = line_to_run(manager, needs, prefix)
    things = "a thing" if len(needs) == 1 else f"{len(needs)} things"
    are = "is" if len(needs) == 1 else "are"
    return (
        f"{who} needs {things} from the system that {are} missing here. "
        f"Run this line{'' if prefix else ' as root'}, then the same command again:\n\n    {line}\n"
    )
