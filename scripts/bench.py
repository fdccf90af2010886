"""How fast the engine and the canvas are beside others, and how readable the layout.

    python3 scripts/bench.py engine [--sizes 1000 10000 100000] [--shapes random mlp chain wide] [--json]
    python3 scripts/bench.py canvas [--sizes 1000 10000] [--base FOLDER] [--rounds 3] [--json]
    python3 scripts/bench.py start [--rounds 3] [--json]
    python3 scripts/bench.py layout [FILE …]
    python3 scripts/bench.py value [--sizes 1000 10000] [--shapes random mlp chain wide] [--json]
    python3 scripts/bench.py pictures [--rounds 3]

The first measures both passes beside casadi and micrograd (the extra `bench`; torch where it is there) and
tells ratios beside their goals: only ratios within one run are worth comparing. The second measures frames of
the window, beside those of another tree of this project and, at 1,000 nodes, of NodeGraphQt where it is
installed. The third measures how long the program takes to start, beside a bare window of PySide6 and a
Python that imports numpy. The fourth counts what stands in the way of reading the pictures of graphs, beside
Graphviz dot. The fifth measures `nodegraph.Value` beside micrograd's: building and both passes as one writes
them, and passes over a graph that is recorded. The last measures how long each kind of picture takes, beside
the PNG of the same graph, and an animation beside the time that it plays.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts import canvas_bench, engine_bench, layout_bench, picture_bench, start_bench, value_bench

DONE, WRONG_USAGE = 0, 2
KINDS = tuple(engine_bench.GOALS)


class Parser(argparse.ArgumentParser):
    """Complains in one sentence."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USAGE, f"bench.py: {message} (see bench.py --help)\n")


def main(words: Sequence[str] | None = None) -> int:
    """Measure what was asked for; returns the exit status."""
    parser = Parser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds = ("engine", "canvas", "start", "layout", "value", "pictures")
    parser.add_argument("what", nargs="?", choices=kinds, default="engine")
    parser.add_argument("files", nargs="*", type=Path, help="documents, or text with values; tests/graphs")
    parser.add_argument("--sizes", type=size, nargs="+", help="numbers of nodes")
    parser.add_argument("--base", type=tree, help="canvas: a folder with another tree of this project")
    parser.add_argument("--rounds", type=size, default=3, help="how often canvas, start and pictures measure")
    parser.add_argument("--shapes", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--json", action="store_true", help="print one JSON object, for programs")
    asked = parser.parse_args(words)
    if asked.what == "layout":
        layout_bench.report(asked.files or sorted(layout_bench.GRAPHS.glob("*.txt")))
        return DONE
    if asked.what == "pictures":
        picture_bench.measured(asked.rounds, lambda figure: print(figure.line, flush=True))
        return DONE
    if asked.what == "canvas":
        return canvas(parser, asked)
    if asked.what == "start":
        return start(parser, asked)
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
    bench, sizes = (
        (value_bench, [1_000, 10_000]) if asked.what == "value" else (engine_bench, [1_000, 10_000, 100_000])
    )
    figures = bench.measured(
        asked.sizes or sizes,
        asked.shapes,
        lambda figure: None if asked.json else print(figure.line, flush=True),
    )
    if asked.json:
        print(json.dumps(engine_bench.as_record(figures), indent=1))
    return DONE


def canvas(parser: Parser, asked: argparse.Namespace) -> int:
    """Measure the canvas; returns the exit status."""
    sizes = asked.sizes or [1_000, 10_000]
    if not all(canvas_bench.LEAST <= one <= canvas_bench.MOST for one in sizes):
        parser.error(f"a canvas is measured with {canvas_bench.LEAST:,} to {canvas_bench.MOST:,} nodes")
    try:
        figures = canvas_bench.measured(
            sizes,
            asked.base,
            asked.rounds,
            lambda figure: None if asked.json else print(figure.line, flush=True),
        )
    except canvas_bench.CannotMeasure as trouble:
        parser.exit(WRONG_USAGE, f"bench.py: {trouble}\n")
    if asked.json:
        print(json.dumps(canvas_bench.as_record(figures), indent=1))
    return DONE


def start(parser: argparse.ArgumentParser, asked: argparse.Namespace) -> int:
    """Measure starts; returns the exit status."""
    try:
        figures = start_bench.measured(
            asked.rounds, lambda figure: None if asked.json else print(figure.line, flush=True)
        )
    except start_bench.CannotMeasure as trouble:
        parser.exit(WRONG_USAGE, f"bench.py: {trouble}\n")
    if asked.json:
        print(json.dumps(start_bench.as_record(figures), indent=1))
    return DONE


def tree(text: str) -> Path:
    """A folder that was named, with a tree of this project."""
    folder = Path(text).resolve()
    if not (folder / "nodegraph" / "app" / "__init__.py").is_file():
        raise argparse.ArgumentTypeError(f"there is no tree of this project in {text}")
    return folder


def size(text: str) -> int:
    """A number of nodes that was typed."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0
    if not 1 <= number <= engine_bench.LARGEST_SIZE:
        most = f"{engine_bench.LARGEST_SIZE:,}"
        raise argparse.ArgumentTypeError(f"expected a whole number from 1 to {most}, found “{text}”")
    return number


if __name__ == "__main__":
    sys.exit(main())
