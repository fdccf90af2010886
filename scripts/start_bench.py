"""How long the program takes to start, beside what any program of its kind takes: a bare window of PySide6
with three docks; a Python that imports numpy; a Python that does nothing.

Each is a process of its own, taken in turn; the median of the rounds counts. Compiled modules lie in a folder
of their own, so that they are there from the second start on, as they are for people.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
WINDOW = str(HERE / "scripts" / "start_window.py")
SEED = str(HERE / "resources" / "examples" / "seed" / "seed-L.nodegraph")

STARTS: Mapping[str, Sequence[str]] = {
    "bare": (WINDOW, "bare"),
    "paint": (WINDOW, "paint"),
    "shown": (WINDOW, "shown"),
    "numpy": ("-c", "import numpy"),
    "run": ("-m", "nodegraph", "run", SEED),
    "nothing": ("-c", "pass"),
    "help": ("-m", "nodegraph", "--help"),
}
FIGURES = (
    ("paint", "the window, painted first", "bare", "a bare window with three docks", 1.3),
    ("shown", "the window with the seed example", "bare", "a bare window with three docks", None),
    ("run", "nodegraph run of a small file", "numpy", "import numpy", 2.0),
    ("help", "nodegraph --help", "nothing", "a Python that does nothing", None),
)
"""(what, in words, beside what, in words, how many times its time at most)."""


@dataclass(frozen=True)
class Figure:
    """How many times the time of something else a start takes, by processor time and by the clock."""

    kind: str
    title: str
    beside: str
    ms: float
    ratio: float
    clock_ratio: float
    goal: float | None

    @property
    def line(self) -> str:
        """One line for people."""
        goal = "" if self.goal is None else f"   goal {self.goal:g}×"
        return (
            f"{self.title:34} {self.ms:6.0f} ms   {self.ratio:5.2f} times {self.beside}"
            f" ({self.clock_ratio:.2f} by the clock){goal}"
        )


class CannotMeasure(Exception):
    """Something did not start, with a sentence that says so."""


def measured(rounds: int, tell: Callable[[Figure], None]) -> list[Figure]:
    """Start everything in turn, once more than `rounds`, and compare."""
    times: dict[str, list[tuple[float, float]]] = {kind: [] for kind in STARTS}
    with tempfile.TemporaryDirectory() as folder:
        place = environment(Path(folder))
        for turn in range(rounds + 1):
            for kind, words in STARTS.items():
                taken = _start(words, place)
                if turn:  # the first one compiles what the others load
                    times[kind].append(taken)
    figures = figures_of(times)
    for figure in figures:
        tell(figure)
    return figures


def figures_of(times: Mapping[str, Sequence[tuple[float, float]]]) -> list[Figure]:
    """Returns each start beside its like, of (processor seconds, seconds by the clock)."""
    processor = {kind: statistics.median(one for one, _ in pairs) for kind, pairs in times.items()}
    clock = {kind: statistics.median(one for _, one in pairs) for kind, pairs in times.items()}
    return [
        Figure(
            kind, title, other, processor[kind] * 1e3,
            processor[kind] / processor[beside], clock[kind] / clock[beside], goal,
        )
        for kind, title, beside, other, goal in FIGURES
    ]  # fmt: skip


def as_record(figures: Sequence[Figure]) -> dict[str, object]:
    """The figures as one JSON object."""
    return {
        "start": [
            {
                "kind": figure.kind,
                "beside": figure.beside,
                "ms": figure.ms,
                "ratio": figure.ratio,
                "clock_ratio": figure.clock_ratio,
                "goal": figure.goal,
            }
            for figure in figures
        ]
    }


def environment(folder: Path) -> dict[str, str]:
    """Returns what a process finds: this tree, nobody's settings, and a folder for compiled modules."""
    place = dict(os.environ)
    place.pop("PYTHONDONTWRITEBYTECODE", None)
    place |= {
        "PYTHONPATH": str(HERE),
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
        "NODEGRAPH_SETTINGS": str(folder / "settings.ini"),
        "NODEGRAPH_STATE": str(folder / "state"),
    }
    if sys.platform == "linux" and not (place.get("DISPLAY") or place.get("WAYLAND_DISPLAY")):
        place["QT_QPA_PLATFORM"] = "offscreen"
    return place


def _start(words: Sequence[str], place: Mapping[str, str]) -> tuple[float, float]:
    """Returns processor seconds and seconds by the clock of one process."""
    before, began = os.times(), time.perf_counter()
    done = subprocess.run(
        [sys.executable, *words], env=place, capture_output=True, text=True, timeout=120, check=False
    )
    seconds, after = time.perf_counter() - began, os.times()
    if done.returncode:
        raise CannotMeasure(f"{words[-1]} did not start: {done.stderr.strip().rpartition(chr(10))[2]}")
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return used or seconds, seconds  # Windows does not tell of children
