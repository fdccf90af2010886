"""How fast frames of the canvas are beside those of another tree of this project, and beside NodeGraphQt.

Each is measured in processes of its own, in turn, so that what else the machine does falls on all alike; the
best of all rounds counts.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
PEER = "NodeGraphQt"
KINDS = {
    "open": "opening, to the painted canvas",
    "fit": "all in view, painted whole",
    "pan": "zoomed in and panning",
    "drag": "dragging one node",
    "scrub_near": "scrubbing, zoomed in",
    "scrub_fitted": "scrubbing, all in view",
}
GOALS: Mapping[tuple[str, int], float] = {
    ("fit", 1_000): 1.0,
    ("fit", 10_000): 2.0,
    ("pan", 1_000): 10.0,
    ("pan", 10_000): 12.0,
    ("drag", 1_000): 25.0,
    ("drag", 10_000): 30.0,
    ("scrub_near", 1_000): 8.0,
    ("scrub_near", 10_000): 15.0,
    ("scrub_fitted", 1_000): 2.0,
    ("scrub_fitted", 10_000): 3.0,
}
"""How many times as fast as the build before this was asked for."""
PEER_GOALS: Mapping[str, float] = {"fit": 50.0, "pan": 6.0, "open": 10.0}
PEER_SIZE = 1_000
LEAST, MOST = 100, 100_000
"""How many nodes a graph that is measured has at least and at most."""
PATIENCE_S = 900


class CannotMeasure(Exception):
    """A tree or a peer could not be measured, with a sentence that says so."""


@dataclass(frozen=True)
class Figure:
    """How many times as fast as something else this tree is, with the goal where there is one."""

    kind: str
    size: int
    beside: str
    ms: float
    ratio: float | None
    goal: float | None

    @property
    def line(self) -> str:
        """One line for people."""
        what = f"{KINDS[self.kind]:32} {self.size:>7,} nodes  {self.ms:8.2f} ms"
        if self.ratio is None:
            return what
        goal = "" if self.goal is None else f"   goal {self.goal:g}×"
        return f"{what}   {self.ratio:6.2f} times as fast as {self.beside}{goal}"


def measured(
    sizes: Sequence[int], base: Path | None, rounds: int, tell: Callable[[Figure], None]
) -> list[Figure]:
    """Measure graphs of these sizes in this tree, in `base` where there is one, and in NodeGraphQt."""
    found: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            file = Path(folder) / f"{size}.nodegraph"
            make_graph(size, file)
            with_peer = size == PEER_SIZE and find_spec(PEER) is not None
            best = _rounds(file, base, rounds, with_peer)
            for figure in _figures(size, best):
                tell(figure)
                found.append(figure)
    return found


def as_record(figures: Sequence[Figure]) -> dict[str, object]:
    """The figures as one JSON object."""
    return {
        "canvas": [
            {
                "kind": figure.kind,
                "nodes": figure.size,
                "beside": figure.beside,
                "ms": figure.ms,
                "ratio": figure.ratio,
                "goal": figure.goal,
            }
            for figure in figures
        ]
    }


def make_graph(size: int, file: Path) -> None:
    """Write a document with so many nodes."""
    from nodegraph.core.building.shapes import graph_of, random_shape
    from nodegraph.formats import files

    files.save(graph_of(random_shape(size, seed=1), placed=True), file)


def _rounds(file: Path, base: Path | None, rounds: int, with_peer: bool) -> dict[str, dict[str, float]]:
    trees = {"this": HERE} | ({} if base is None else {"the other tree": base})
    script = str(HERE / "scripts" / "canvas_frames.py")
    best: dict[str, dict[str, float]] = {}
    for _ in range(rounds):
        for name, tree in trees.items():
            _take_best(best.setdefault(name, {}), child([script, str(tree), str(file)]))
        if with_peer:
            peer = str(HERE / "scripts" / "canvas_peer.py")
            _take_best(best.setdefault(PEER, {}), child([peer, str(PEER_SIZE)]))
    return best


def _take_best(best: dict[str, float], found: Mapping[str, float]) -> None:
    for kind, ms in found.items():
        best[kind] = min(ms, best.get(kind, ms))


def child(words: list[str], environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Run a script in a process of its own, and return the object that it prints."""
    done = subprocess.run(
        [sys.executable, "-P", *words],
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    last = done.stdout.strip().rpartition("\n")[2]
    if done.returncode or not last.startswith("{"):
        told = done.stderr.strip().rpartition("\n")[2]
        raise CannotMeasure(f"{Path(words[1]).name} could not be measured: {told}")
    figures: dict[str, Any] = json.loads(last)
    return figures


def _figures(size: int, best: Mapping[str, Mapping[str, float]]) -> list[Figure]:
    mine = best["this"]
    others = [name for name in best if name != "this"]
    found = []
    for kind in KINDS:
        if not others:
            found.append(Figure(kind, size, "", mine[kind], None, None))
        for name in others:
            if kind in best[name]:
                goal = PEER_GOALS.get(kind) if name == PEER else GOALS.get((kind, size))
                ratio = best[name][kind] / mine[kind]
                found.append(Figure(kind, size, name, mine[kind], ratio, goal))
    return found
