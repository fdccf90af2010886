"""How fast the engine and the canvas are beside others, and how readable the layout.

    python3 scripts/bench.py engine [--sizes 1000 10000 100000] [--shapes random mlp chain wide] [--json]
    python3 scripts/bench.py canvas [--sizes 1000 10000] [--base FOLDER] [--rounds 3] [--json]
    python3 scripts/bench.py edits [--sizes 10000] [--base FOLDER] [--rounds 3] [--json]
    python3 scripts/bench.py start [--rounds 3] [--json]
    python3 scripts/bench.py files [--sizes 10000 100000] [--rounds 3] [--json]
    python3 scripts/bench.py layout [FILE …]
    python3 scripts/bench.py value [--sizes 1000 10000] [--shapes random mlp chain wide] [--json]
    python3 scripts/bench.py pictures [--rounds 3]
    python3 scripts/bench.py data [--rounds 3] [--json]
    python3 scripts/bench.py training [--json]
    python3 scripts/bench.py all [--json]

Only ratios within one run are worth comparing. `engine` measures both passes beside casadi and micrograd (of
the extra `bench`; torch where it is there); `canvas` frames of the window, beside those of another tree of
this project and, at 1,000 nodes, of NodeGraphQt where it is installed; `edits` how long edits hold the
window, beside another tree: the act itself, the longest turn of the event loop, all turns until it is done;
`start` how long the program takes to start, beside a bare window of PySide6 and a Python that imports numpy;
`files` how a large document is opened and saved, beside networkx and json; `layout` counts what stands in
the way of reading the pictures of graphs, beside Graphviz dot; `value` measures `nodegraph.Value` beside
micrograd's: building and both passes as one writes them, and passes over a graph that is recorded;
`pictures` how long each kind of picture takes, beside the PNG of the same graph, and an animation beside the
time that it plays; `data` how long a table of 100,000 rows takes to be opened, beside pandas; `training`
what a step of the known demo takes, beside numpy by hand and, where it is installed, `jax.jit` on the same
numbers. `all` is start, files, canvas, edits and engine, with the machine and the versions.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts import (
    canvas_bench,
    data_bench,
    edits_bench,
    engine_bench,
    files_bench,
    layout_bench,
    picture_bench,
    start_bench,
    training_bench,
    value_bench,
)

DONE, WRONG_USAGE = 0, 2
KINDS = tuple(engine_bench.GOALS)


class Parser(argparse.ArgumentParser):
    """Complains in one sentence."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USAGE, f"bench.py: {message} (see bench.py --help)\n")


def main(words: Sequence[str] | None = None) -> int:
    """Measure what was asked for; returns the exit status."""
    parser = words_asked_for()
    asked = parser.parse_args(words)
    if asked.what == "layout":
        layout_bench.report(asked.files or sorted(layout_bench.GRAPHS.glob("*.txt")))
        return DONE
    if asked.what == "pictures":
        picture_bench.measured(asked.rounds, lambda figure: print(figure.line, flush=True))
        return DONE
    found: dict[str, object] = {}
    try:
        for what in IN_WINDOWS if asked.what == "all" else (asked.what,):
            found |= MEASURED[what](parser, asked)
    except (canvas_bench.CannotMeasure, start_bench.CannotMeasure) as trouble:
        parser.exit(WRONG_USAGE, f"bench.py: {trouble}\n")
    if asked.what == "all":
        missing = engine_bench.missing_peers()
        if missing:
            print(f"The engine is left out: {' and '.join(missing)} must be installed.", file=sys.stderr)
        found |= engine_bench.as_record([] if missing else passes(engine_bench, asked))
    if asked.json:
        print(json.dumps(found, indent=1))
    return DONE


def words_asked_for() -> Parser:
    """Returns what reads the words behind the command."""
    parser = Parser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds = (*MEASURED, "layout", "pictures", "all")
    parser.add_argument("what", nargs="?", choices=kinds, default="engine")
    parser.add_argument("files", nargs="*", type=Path, help="documents, or text with values; tests/graphs")
    parser.add_argument("--sizes", type=size, nargs="+", help="numbers of nodes")
    parser.add_argument("--base", type=tree, help="canvas, edits: a folder with another tree of this project")
    parser.add_argument("--rounds", type=size, default=3, help="how often all but the engine measure")
    parser.add_argument("--shapes", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--json", action="store_true", help="print one JSON object, for programs")
    return parser


def demand(parser: Parser, missing: Sequence[str]) -> None:
    """End with one sentence where something that is measured beside is not installed."""
    if missing:
        parser.exit(
            WRONG_USAGE,
            f"bench.py: {' and '.join(missing)} must be installed to measure beside: "
            f"{sys.executable} -m pip install {' '.join(missing)}\n",
        )


def canvas_figures(parser: Parser, asked: argparse.Namespace) -> dict[str, object]:
    """Measure the canvas; returns the record of it."""
    sizes = asked.sizes or [1_000, 10_000]
    if not all(canvas_bench.LEAST <= one <= canvas_bench.MOST for one in sizes):
        parser.error(f"a canvas is measured with {canvas_bench.LEAST:,} to {canvas_bench.MOST:,} nodes")
    return canvas_bench.as_record(canvas_bench.measured(sizes, asked.base, asked.rounds, teller(asked)))


def edit_figures(parser: Parser, asked: argparse.Namespace) -> dict[str, object]:
    """Measure edits; returns the record of them."""
    sizes = asked.sizes or [edits_bench.GOAL_SIZE]
    if not all(canvas_bench.LEAST <= one <= canvas_bench.MOST for one in sizes):
        parser.error(f"edits are measured with {canvas_bench.LEAST:,} to {canvas_bench.MOST:,} nodes")
    return edits_bench.as_record(edits_bench.measured(sizes, asked.base, asked.rounds, teller(asked)))


def start_figures(_parser: Parser, asked: argparse.Namespace) -> dict[str, object]:
    """Measure starts; returns the record of them."""
    return start_bench.as_record(start_bench.measured(asked.rounds, teller(asked)))


def files_figures(parser: Parser, asked: argparse.Namespace) -> dict[str, object]:
    """Measure how large documents are opened and saved; returns the record of it."""
    sizes = asked.sizes or [10_000, 100_000]
    if max(sizes) > canvas_bench.MOST:
        parser.error(f"a document is measured with up to {canvas_bench.MOST:,} nodes")
    return files_bench.as_record(files_bench.measured(sizes, asked.rounds, teller(asked)))


def training_figures(_parser: Parser, asked: argparse.Namespace) -> dict[str, object]:
    """Measure a step of the known demo; returns the record of it."""
    return engine_bench.as_record(training_bench.measured(teller(asked)))


def data_figures(parser: Parser, asked: argparse.Namespace) -> dict[str, object]:
    """Measure how tables are opened; returns the record of it."""
    demand(parser, data_bench.missing_peers())
    return engine_bench.as_record(data_bench.measured(asked.rounds, teller(asked)))


def value_figures(parser: Parser, asked: argparse.Namespace) -> dict[str, object]:
    """Measure `nodegraph.Value`; returns the record of it."""
    demand(parser, engine_bench.missing_peers())
    return engine_bench.as_record(passes(value_bench, asked, [1_000, 10_000]))


def engine_figures(parser: Parser, asked: argparse.Namespace) -> dict[str, object]:
    """Measure both passes; returns the record of them."""
    demand(parser, engine_bench.missing_peers())
    return engine_bench.as_record(passes(engine_bench, asked))


def passes(
    bench: ModuleType, asked: argparse.Namespace, sizes: Sequence[int] = (1_000, 10_000, 100_000)
) -> list[engine_bench.Figure]:
    """Measure passes by this module, over graphs of these sizes where none were asked for."""
    if not engine_bench.compiled.can_compile():
        print("numba is not installed, so numpy's passes are measured.", file=sys.stderr)
    sys.setrecursionlimit(1_000_000)  # micrograd and torch walk their graphs by recursion
    found: list[engine_bench.Figure] = bench.measured(asked.sizes or sizes, asked.shapes, teller(asked))
    return found


IN_WINDOWS = ("start", "files", "canvas", "edits")
"""What is measured in processes with a window."""
MEASURED: Mapping[str, Callable[[Parser, argparse.Namespace], dict[str, object]]] = {
    "start": start_figures,
    "files": files_figures,
    "canvas": canvas_figures,
    "edits": edit_figures,
    "engine": engine_figures,
    "value": value_figures,
    "data": data_figures,
    "training": training_figures,
}
"""What makes a record of figures."""


def teller(asked: argparse.Namespace) -> Callable[[Any], None]:
    """Returns what tells people of a figure as soon as it is there."""
    return lambda figure: None if asked.json else print(figure.line, flush=True)


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
