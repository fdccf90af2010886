"""Read random formulas as people and programs write them: each must have the value that was written.

    python3 scripts/sweeps/formulas.py [--formulas 20000] [--seed 0] [--style STYLE] [--show refused]

The same trees are written as LaTeX, also as papers, slides and homework spell it, as SymPy's, as typed text,
and as in Python, C, JavaScript and languages with ^, in one statement or in several, and read again at two
points. Every formula is made from the seed and its own number. Counted are the formulas that are refused, and
those read otherwise with some words about it, as where two meanings are common. Ends with status 1 where one
is read otherwise than it was written and nothing is told, or an error is none of ours.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
for folder in (ROOT, ROOT / "scripts"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

from papers_latex import PAPERS  # noqa: E402
from written_formulas import (  # noqa: E402
    LETTERS_OF_SERIES,
    POINTS,
    Tree,
    Writer,
    random_tree,
)
from written_formulas import STYLES as WRITTEN  # noqa: E402

from nodegraph.core.building.expression import parse  # noqa: E402
from nodegraph.core.building.text_notes import whole_text_note  # noqa: E402
from nodegraph.core.engine.passes import run  # noqa: E402
from nodegraph.core.errors import NodegraphError  # noqa: E402

FAILURES_SHOWN = 20
STYLES = {**WRITTEN, "papers": PAPERS}
IN_LATEX = ("latex", "papers")


@dataclass(frozen=True)
class Made:
    """A text, the tree that was written, and what its names are called."""

    style: str
    text: str
    tree: Tree
    names: Sequence[str]


def make(pick: random.Random, style: str = "") -> Made:
    """Returns a formula in a style, or in any; every second is LaTeX."""
    style = style or pick.choice([*STYLES, *IN_LATEX * 3])
    writer, rich = Writer(STYLES[style], pick), style in IN_LATEX and pick.random() < 0.5
    while not _says_something(tree := random_tree(pick, pick.randint(1, 7), len(writer.names), rich=rich)):
        pass
    names = [*(STYLES[style].names[name].replace("_", "") for name in writer.names), *LETTERS_OF_SERIES]
    return Made(style, writer.statements(tree), tree, names)


def _says_something(tree: Tree) -> bool:
    """Whether the tree has an operation on a name, and values where it is read that no rounding changes."""
    try:
        worth = [tree.value(values) for values in POINTS]
        beside = [tree.value([value * (1 + 1e-12) for value in values]) for values in POINTS]
    except (ValueError, OverflowError, ZeroDivisionError):
        return False
    is_steady = all(math.isclose(*both, rel_tol=1e-10) for both in zip(worth, beside, strict=True))
    return is_steady and all(1e-6 < abs(one) < 1e9 for one in worth) and worth[0] != worth[1]


def judge(made: Made) -> tuple[str, str]:
    """Returns what came of a formula, "right", "refused", "told" or "wrong", and some words about it."""
    try:
        graph = parse(made.text)
        told = whole_text_note(graph)
    except NodegraphError as error:
        return "refused", str(error)
    except Exception as error:
        return "wrong", f"an internal error: {error!r}"
    ids = {node.name.replace("_", ""): node.id for node in graph.nodes() if node.op == "input"}
    for point in POINTS:
        values = {ids[name]: value for name, value in zip(made.names, point, strict=False) if name in ids}
        found = run(graph, values=values).values.get(graph.output or "", math.nan)
        if not math.isclose(found, wanted := made.tree.value(point), rel_tol=1e-9):
            return "told" if told else "wrong", f"{found:g}, not {wanted:g}; told: {told}"
    return "right", ""


def main(arguments: list[str] | None = None) -> int:
    """Try as many formulas as are asked for; 0 where none is read wrongly without a word."""
    parser = argparse.ArgumentParser(description="Read random formulas as people and programs write them.")
    parser.add_argument("--formulas", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--style", choices=STYLES, default="")
    parser.add_argument("--show", choices=("refused", "told"), default="")
    asked = parser.parse_args(arguments)
    counts: Counter[str] = Counter()
    for number in range(asked.formulas):
        made = make(random.Random(f"{asked.seed} {number}"), asked.style)
        came, why = judge(made)
        counts[came] += 1
        if came in ("wrong", asked.show) and counts[came] <= FAILURES_SHOWN:
            print(f"{made.style} {number}: {made.text!r}: {why}")
    print(", ".join(f"{count:,} {came}" for came, count in counts.most_common()))
    return 1 if counts["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
