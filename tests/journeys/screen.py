"""A private X screen with a window manager, and a hand on it: the program runs there as on a desk."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TypeVar

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("Xvfb", "openbox", "xdotool", "xwininfo", "import")
"""The programs this takes; Debian's packages xvfb openbox xdotool x11-utils imagemagick hold them."""


def missing() -> list[str]:
    """Those of the needed programs that are not there."""
    return [program for program in NEEDED if shutil.which(program) is None]


def wait_for(what: str, look: Callable[[], T], seconds: float = 30) -> T:
    """The first true thing `look` gives; AssertionError with `what` once time is up."""
    end = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < end, f"waited {seconds} s for {what}"
        time.sleep(0.05)  # another process: nothing tells us when it is ready
    return found


class Screen:
    """Xvfb, openbox and nodegraph with one file; everything ends with the `with` block."""

    def __init__(self, document: Path, home: Path, size: tuple[int, int] = (1440, 900)) -> None:
        self.document = document
        self.home = home
        self.size = size
        self._running: list[subprocess.Popen[bytes]] = []
        self.window = ""
        self.left = self.top = self.width = self.height = 0

    def __enter__(self) -> Screen:
        try:
            self._start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in reversed(self._running):
            process.terminate()
            process.wait(20)

    def _start(self) -> None:
        reading, writing = os.pipe()
        size = f"{self.size[0]}x{self.size[1]}x24"
        self._run(
            "Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp", pass_fds=(writing,)
        )
        os.close(writing)
        number = b""
        while not number.endswith(b"\n"):
            number += os.read(reading, 16)
        os.close(reading)
        kept = {
            key: value for key, value in os.environ.items() if not key.startswith(("QT_", "WAYLAND", "XDG_"))
        }
        self.env = kept | {
            "DISPLAY": f":{number.decode().strip()}",
            "QT_QPA_PLATFORM": "xcb",
            "HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(self.home),
            "NODEGRAPH_SETTINGS": str(self.home / "settings.ini"),
            "NODEGRAPH_STATE": str(self.home / "state"),
            "NODEGRAPH_NATIVE_DIALOGS": "0",
            "PYTHONPATH": str(ROOT),
        }
        self._run("openbox")
        program = self._run(sys.executable, "-m", "nodegraph", str(self.document))
        self.window = wait_for("the window", self._find_window)
        self.say("windowactivate", "--sync", self.window)
        self._measure()
        assert program.poll() is None, "the program ended"

    def _run(self, *command: str, **options: object) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            command,
            env=getattr(self, "env", None),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **options,  # type: ignore[call-overload]
        )
        self._running.append(process)
        return process

    def _find_window(self) -> str:
        found = self.say("search", "--onlyvisible", "--name", "nodegraph", check=False).split()
        return found[-1] if found else ""

    def _measure(self) -> None:
        told = self._ask("xwininfo", "-id", self.window)
        numbers = dict(line.split(":", 1) for line in told.splitlines() if ":" in line)
        fields = {key.strip(): value.strip() for key, value in numbers.items()}
        self.left = int(fields["Absolute upper-left X"])
        self.top = int(fields["Absolute upper-left Y"])
        self.width, self.height = int(fields["Width"]), int(fields["Height"])

    def _ask(self, *command: str, check: bool = True) -> str:
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=60, check=check)
        return done.stdout

    # --- the hand
    def say(self, *words: object, check: bool = True) -> str:
        """One order to xdotool."""
        return self._ask("xdotool", *map(str, words), check=check)

    def key(self, *keys: str) -> None:
        """Press keys, such as `ctrl+s`."""
        for key in keys:
            self.say("key", "--clearmodifiers", key)

    def write(self, text: str) -> None:
        """Type a text."""
        self.say("type", "--clearmodifiers", "--delay", "15", text)

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press, move in small steps, release; pixels of the window."""
        self.say("mousemove", self.left + start[0], self.top + start[1], "mousedown", 1)
        for step in range(1, 13):
            x = self.left + start[0] + (end[0] - start[0]) * step // 12
            y = self.top + start[1] + (end[1] - start[1]) * step // 12
            self.say("mousemove", x, y, "sleep", 0.03)
        self.say("mouseup", 1)

    def colours(self) -> bytes:
        """What the window shows now, as raw pixels."""
        command = ["import", "-silent", "-window", self.window, "rgb:-"]
        return subprocess.run(command, env=self.env, capture_output=True, timeout=60, check=True).stdout
