"""How long edits of a large graph hold the window, beside another tree of this project.

Each tree is measured in processes of its own, in turn, so that what else the machine does falls on both; the
best of all rounds counts.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nodegraph.formats.disk import compiled
from scripts.canvas_bench import HERE, child, make_graph

KINDS = {
    "value": "setting a value",
    "value_undo": "undoing that",
    "add": "adding a node",
    "add_undo": "undoing that",
    "select_all": "selecting all",
    "cut": "cutting an edge",
    "cut_undo": "undoing that",
    "delete": "deleting a node",
    "delete_undo": "undoing that",
    "move_one": "moving a node",
    "move_one_undo": "undoing that",
    "move_all": "moving all nodes",
    "move_all_undo": "undoing that",
    "find": "finding while one types",
    "draw_begin": "beginning to draw an edge",
    "draw_first": "dragging its end, at first",
    "draw_over": "dragging it over a card",
}
GOAL, GOAL_SIZE, GOAL_KINDS = 20.0, 10_000, ("value", "add", "add_undo", "select_all")
"""How many times as fast as the build before this was asked for, with so many nodes."""
LONGEST_TURN_MS = 50.0
"""How long an edit was to hold the window at most, with however many."""
PARTS = ("the act", "longest turn", "all turns")
Times = Sequence[float]
"""Milliseconds: of the act itself, of the longest turn of the event loop, of all turns until all is done."""


@dataclass(frozen=True)
class Figure:
    """How long an edit takes, and how many times as fast that is as in another tree, for each of `PARTS`."""

    kind: str
    size: int
    ms: Times
    ratios: Times | None

    @property
    def goal(self) -> float | None:
        """How many times as fast it was to be."""
        return GOAL if self.size == GOAL_SIZE and self.kind in GOAL_KINDS else None

    @property
    def line(self) -> str:
        """One line for people."""
        what = "" if self.ratios is None else "".join(f" {ratio:6.1f}×" for ratio in self.ratios)
        goal = f"   goal {self.goal:g}×" if self.goal is not None and self.ratios is not None else ""
        times = " / ".join(f"{ms:7.1f}" for ms in self.ms)
        return f"{KINDS[self.kind]:28} {self.size:>7,} nodes  {times} ms{what}{goal}"


def measured(
    sizes: Sequence[int], base: Path | None, rounds: int, tell: Callable[[Figure], None]
) -> list[Figure]:
    """Measure graphs of these sizes in this tree, and in `base` where there is one."""
    found: list[Figure] = []
    trees = [HERE] if base is None else [HERE, base]
    script = str(HERE / "scripts" / "edit_turns.py")
    with tempfile.TemporaryDirectory() as folder:
        # To compile the passes takes half a minute of a processor, so this is done once, not in every bench.
        place = {**os.environ, compiled.KEPT_IN: str(compiled.cache_folder())}
        for size in sizes:
            file = Path(folder) / f"{size}.nodegraph"
            make_graph(size, file)
            best: list[dict[str, Times]] = [{} for _ in trees]
            for _ in range(rounds):
                for tree, kept in zip(trees, best, strict=True):
                    for kind, times in child([script, str(tree), str(file)], place).items():
                        kept[kind] = list(map(min, times, kept.get(kind, times)))
            for figure in figures_of(size, best[0], best[1] if base is not None else None):
                tell(figure)
                found.append(figure)
    return found


def figures_of(size: int, mine: Mapping[str, Times], others: Mapping[str, Times] | None) -> list[Figure]:
    """Returns the figures of this tree, beside those of another where there is one."""
    return [
        Figure(
            kind,
            size,
            mine[kind],
            None if others is None else [b / a for a, b in zip(mine[kind], others[kind], strict=True)],
        )
        for kind in KINDS
    ]


def as_record(figures: Sequence[Figure]) -> dict[str, object]:
    """The figures as one JSON object."""
    return {
        "edits": [
            {
                "kind": figure.kind,
                "nodes": figure.size,
                "ms": dict(zip(PARTS, figure.ms, strict=True)),
                "ratios": figure.ratios and dict(zip(PARTS, figure.ratios, strict=True)),
                "goal": figure.goal,
                "longest turn at most, in ms": LONGEST_TURN_MS,
            }
            for figure in figures
        ]
    }
