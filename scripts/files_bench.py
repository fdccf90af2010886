"""How long a large document takes to be opened and saved in the window, and how much memory it holds, beside
what anybody would do in Python with the same file: networkx and json.

Each way is a process of its own, in turn; the best of the rounds counts.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.start_bench import CannotMeasure, environment

SCRIPT = str(Path(__file__).resolve().parent / "large_file.py")
RATIOS = (
    ("open", "opening, to the painted canvas", "node_link_graph(json.load(f))", 3.0),
    ("save", "saving", "json.dump(node_link_data(g), f)", 1.5),
    ("memory", "memory", "that graph's", 2.5),
)
"""(what, in words, beside what, how many times that at most)."""
TURNS = (
    ("find", "finding: the longest turn of the window"),
    ("select", "selecting all: the longest turn"),
    ("value", "setting a value: the longest turn"),
    ("add", "adding a node: the longest turn"),
    ("undo", "undoing that: the longest turn"),
    ("cut", "cutting an edge: the longest turn"),
)
LONGEST_TURN_MS = 50.0
PATIENCE_S = 1_800


@dataclass(frozen=True)
class Figure:
    """One figure: how many times something else (`beside`), or milliseconds where there is nothing else."""

    kind: str
    title: str
    nodes: int
    value: float
    beside: str
    goal: float

    @property
    def line(self) -> str:
        """One line for people."""
        value = f"{self.value:7.2f} times {self.beside}" if self.beside else f"{self.value:7.1f} ms"
        goal = f"{self.goal:g}×" if self.beside else f"{self.goal:g} ms"
        return f"{self.title:40} {self.nodes:>7,} nodes  {value}   goal {goal}"


def measured(sizes: Sequence[int], rounds: int, tell: Callable[[Figure], None]) -> list[Figure]:
    """Measure documents of these sizes."""
    found: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        place = environment(Path(folder))
        for nodes in sizes:
            file = str(Path(folder) / f"{nodes}.nodegraph")
            _child(["make", file, str(nodes)], place)
            best: dict[str, dict[str, float]] = {}
            for _ in range(rounds):
                for way in ("networkx", "window"):
                    for kind, value in _child([way, file], place).items():
                        kept = best.setdefault(way, {})
                        kept[kind] = min(value, kept.get(kind, value))
            for figure in figures_of(nodes, best["networkx"], best["window"]):
                tell(figure)
                found.append(figure)
    return found


def figures_of(nodes: int, theirs: Mapping[str, float], ours: Mapping[str, float]) -> list[Figure]:
    """Returns ours beside theirs, and our longest turns."""
    return [
        *(
            Figure(kind, title, nodes, ours[kind] / theirs[kind], beside, goal)
            for kind, title, beside, goal in RATIOS
        ),
        *(Figure(kind, title, nodes, ours[kind] * 1e3, "", LONGEST_TURN_MS) for kind, title in TURNS),
    ]


def as_record(figures: Sequence[Figure]) -> dict[str, object]:
    """The figures as one JSON object."""
    return {
        "files": [
            {
                "kind": figure.kind,
                "nodes": figure.nodes,
                "value": figure.value,
                "unit": "×" if figure.beside else "ms",
                "beside": figure.beside,
                "goal": figure.goal,
            }
            for figure in figures
        ]
    }


def _child(words: Sequence[str], place: Mapping[str, str]) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, SCRIPT, *words],
        env=place,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    if done.returncode:
        raise CannotMeasure(f"{words[0]} could not be measured: {done.stderr.strip().rpartition(chr(10))[2]}")
    figures: dict[str, float] = json.loads(done.stdout) if done.stdout.strip() else {}
    return figures
