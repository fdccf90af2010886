"""Read random programs as people write them: each must be the graph of what it computes and derives.

    python3 scripts/sweeps/programs.py [--programs 3000] [--seed 0]

Small programs in the words of micrograd, PyTorch, JAX, TensorFlow, NumPy, autograd, SymPy, plain Python and
MATLAB, as files and notebooks, with functions, prints, remarks and what else stands around formulas. Every
program is made from the seed and its own number; its values and gradients are computed by
`program_mathematics`. Counted are the programs that are refused, and those read otherwise with some words
about it. Ends with status 1 where one is read otherwise and nothing is told, or an error is none of ours.
"""

from __future__ import annotations

import argparse
import math
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
for folder in (ROOT, ROOT / "scripts"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

from program_layouts import STYLES  # noqa: E402
from program_styles import Program  # noqa: E402
from program_twists import plain_name  # noqa: E402

from nodegraph.core.building import expression  # noqa: E402
from nodegraph.core.building.text_notes import whole_text_note  # noqa: E402
from nodegraph.core.engine.passes import run  # noqa: E402
from nodegraph.core.errors import NodegraphError  # noqa: E402
from nodegraph.core.graph.graph import Graph  # noqa: E402
from nodegraph.formats.foreign.formula_files import text_in  # noqa: E402

FAILURES_SHOWN = 20
CONSTANTS = re.compile(
    r"[^.;]* (?:are constants|is a constant), which gets? no gradient; [^“]*“.*” makes .*$"
)
"""What is said of a program of numbers alone, whatever else it says."""


def make(pick: random.Random) -> Program:
    """Returns a program in one of the styles."""
    return pick.choice(STYLES)(pick)


def judge(program: Program) -> tuple[str, str]:
    """Returns what came of a program, "right", "refused", "told" or "wrong", and some words about it."""
    try:
        graph = expression.parse_with(text_in(program.name, program.data).rstrip("\r\n"), {})
        note = whole_text_note(graph)
        faults = list(_faults(program, graph, note))
    except NodegraphError as error:
        return "refused", str(error)
    except Exception as error:
        return "wrong", f"an internal error: {error!r}"
    if not faults:
        return "right", note
    beside = CONSTANTS.sub("", note).strip()
    return "told" if beside else "wrong", f"{'; '.join(faults)}; told: {note}"


def _faults(program: Program, graph: Graph, note: str) -> Iterator[str]:
    """What is otherwise than in the program: the output, its value, its gradients, and what has a name."""
    trace, known = run(graph), program.mathematics.known
    assert graph.output is not None
    output, meant = graph.node(graph.output), known[program.mathematics.output.name]
    if program.outputs and output.name not in program.outputs:
        yield f"the output is {output.name}"
    if not _is_near(trace.values[output.id], meant.value):
        yield f"the output is {trace.values[output.id]}, which should be {meant.value}"
    has_inputs = any(node.op == "input" for node in graph.nodes())
    for name, one in known.items():
        if name not in program.mathematics.leaves:
            has_one_value = (
                re.search(rf"(?m)^\s*{name} = ", program.text) and f"{name} +=" not in program.text
            )
            node = graph.named(name) if has_one_value else None
            if node is not None and not _is_near(trace.values[node.id], one.value):
                yield f"{name} is {trace.values[node.id]}, which should be {one.value}"
            continue
        slope, named = meant.slopes.get(name, 0.0), graph.named(plain_name(name))
        is_told = named is not None and named.is_leaf and not has_inputs  # which has to be said
        is_derived = name in program.derived or (is_told and not program.derived)
        leaves = [node for node in graph.nodes() if node.is_leaf and _is_near(node.value or 0.0, one.value)]
        inputs = [node for node in leaves if node.op == "input"]
        if named is not None and named.is_leaf and named not in leaves:
            yield f"{name} is {named.value}, which should be {one.value}"
        elif inputs and is_derived and not any(_is_near(trace.gradients[node.id], slope) for node in inputs):
            yield f"the gradient by {name} is {trace.gradients[inputs[0].id]}, not {slope}"
        elif not leaves and (program.derived & {name} or slope):
            yield f"there is no {name}"
        elif not inputs and is_derived and leaves and not CONSTANTS.search(note):
            yield f"{name} is a constant in silence"


def _is_near(value: float, meant: float) -> bool:
    return math.isclose(value, meant, rel_tol=1e-9, abs_tol=1e-12)


def main(arguments: list[str] | None = None) -> int:
    """Try as many programs as are asked for; 0 where none is read wrongly without a word."""
    parser = argparse.ArgumentParser(description="Read random programs as people write them.")
    parser.add_argument("--programs", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args(arguments)
    counts: Counter[str] = Counter()
    for number in range(asked.programs):
        came, why = judge(make(random.Random(f"{asked.seed} {number}")))
        counts[came] += 1
        if came == "wrong" and counts[came] <= FAILURES_SHOWN:
            print(f"program {number}: {why}")
    print(", ".join(f"{count:,} {came}" for came, count in counts.most_common()))
    return 1 if counts["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
