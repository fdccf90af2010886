"""How fast the engine is beside its peers, and how readable the layout.

    python3 scripts/bench.py engine [--sizes 1000 10000 100000] [--shapes random mlp chain wide] [--json]
    python3 scripts/bench.py layout [FILE …]

The first measures both passes beside casadi and micrograd (the extra `bench`; torch where it is there) and
tells ratios beside their goals: only ratios within one run are worth comparing. The second counts what stands
in the way of reading the pictures of graphs, beside Graphviz dot.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts import engine_bench, layout_bench

DONE, WRONG_USAGE = 0, 2
KINDS = tuple(engine_bench.GOALS)


class Parser(argparse.ArgumentParser):
    """Complains in one sentence."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USAGE, f"bench.py: {message} (see bench.py --help)\n")


def main(words: Sequence[str] | None = None) -> int:
    """Measure what was asked for; returns the exit status."""
    parser = Parser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=("engine", "layout"), default="engine")
    parser.add_argument("files", nargs="*", type=Path, help="documents, or text with values; tests/graphs")
    parser.add_argument("--sizes", type=size, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--shapes", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--json", action="store_true", help="print one JSON object, for programs")
    asked = parser.parse_args(words)
    if asked.what == "layout":
        layout_bench.report(asked.files or sorted(layout_bench.GRAPHS.glob("*.txt")))
        return DONE
    missing = engine_bench.missing_peers()
    if missing:
        parser.exit(
            WRONG_USAGE,
            f"bench.py: {' and '.join(missing)} must be installed to measure beside: "
            f"{sys.executable} -m pip install {' '.join(missing)}\n",
        )
    if not engine_bench.compiled.can_compile():
        print("numba is not installed, so numpy's passes are measured.", file=sys.stderr)
    sys.setrecursionlimit(1_000_000)  # micrograd and torch walk their graphs by recursion
    figures = engine_bench.measured(
        asked.sizes, asked.shapes, lambda figure: None if asked.json else print(figure.line, flush=True)
    )
    if asked.json:
        print(json.dumps(engine_bench.as_record(figures), indent=1))
    return DONE


def size(text: str) -> int:
    """A number of nodes that was typed."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0
    if not 1 <= number <= engine_bench.LARGEST_SIZE:
        most = f"{engine_bench.LARGEST_SIZE:,}"
        raise argparse.ArgumentTypeError(f"expected a whole number from 1 to {most}, found “{text}”")
    return number


if __name__ == "__main__":
    sys.exit(main())
