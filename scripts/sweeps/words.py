"""Print every sentence, derivation and LaTeX line of random graphs, and check by program that they are true.

    python3 scripts/sweeps/words.py [--graphs 1000] [--seed 0] [--no-latex]

All operations, both modes, backward again, NaN, kinks, names that look alike, and values from 1e-300 to
1e300. Checked: every equation is true within its digits, no symbol has two values on one sheet, no two nodes
have one symbol in LaTeX, every LaTeX line can be set by KaTeX (through npm) and by pdflatex where they are,
and no sentence has a doubled word, a plural with one, or a rule that is not the case at hand. Ends with
status 1 where something is wrong.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
for folder in (ROOT, ROOT / "scripts"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

import numpy as np  # noqa: E402
from latex_lines import katex_refusals, pdflatex_refusals, unicode_of  # noqa: E402
from printed_equations import Reader, Side, why_false  # noqa: E402

from nodegraph.core.building.formulas import formula_of  # noqa: E402
from nodegraph.core.engine.passes import run, run_forward_mode  # noqa: E402
from nodegraph.core.engine.sensitivity import Tangent, prediction  # noqa: E402
from nodegraph.core.engine.trace import Trace  # noqa: E402
from nodegraph.core.explain.chain_rule import value_sides  # noqa: E402
from nodegraph.core.explain.derivation import derive_node, derive_step  # noqa: E402
from nodegraph.core.explain.derivation_lines import Derivation  # noqa: E402
from nodegraph.core.explain.explanation import explain_node, step_sentence, step_title  # noqa: E402
from nodegraph.core.explain.questions import questions  # noqa: E402
from nodegraph.core.graph.graph import Graph  # noqa: E402
from nodegraph.core.graph.records import Edge, Node  # noqa: E402
from nodegraph.core.operations.catalogue import OPERATIONS  # noqa: E402
from nodegraph.core.training.optimizers import OPTIMIZERS  # noqa: E402

FAILURES_SHOWN = 25
PLURALS = "inputs|terms|contributions|edges|paths|units|nodes|constants|gradients|steps|passes|ways|factors"
NAMES = (
    "a",
    "b",
    "c",
    "x",
    "y",
    "z",
    "f",
    "e",
    "w1",
    "w_2",
    "sigma",
    "μ",
    "θ1",
    "größe",
    "h4_p1",
    "loss",
    "x'",
    "x²",
    "a + b",
    "2",
)
NAMESAKES = (
    ("x1", "x_1"),
    ("sigma", "σ"),
    ("e2", "e_2"),
    ("alpha_1", "α1", "α_1"),
    ("n3", "n_3"),
    ("w1_2", "w_1_2"),
)
"""Names that would look the same, were all of them typeset."""
NUMBERS = (
    0.0,
    1.0,
    -1.0,
    2.0,
    -2.0,
    3.0,
    0.5,
    -0.25,
    10.0,
    1001.0,
    123456.0,
    1e-6,
    -1e-6,
    0.1,
    1 / 3,
    -2 / 3,
)
EXTREMES = (1e-300, 1e300, -1e300, 1e-200, 1e200, 1e20, -1e-20, 1e16, 709.0, 40.0, -745.0, 5e-324)


@dataclass
class Findings:
    """What was checked, and what is wrong, by kind."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, kind: str, where: str, what: str) -> None:
        """Something wrong."""
        self.counts[f"wrong: {kind}"] += 1
        self.wrong.append(f"{kind}, {where}: {what}")


# --- graphs
def random_graph(pick: random.Random) -> Graph:
    """A graph of 2 to 14 nodes: every operation, repeated sources, constants, ties, muted nodes."""
    free = list(NAMES) + [f"n{place}" for place in range(20)]
    pick.shuffle(free)
    if pick.random() < 0.25:
        alike = pick.choice(NAMESAKES)
        free = [*alike, *(name for name in free if name not in alike)]
        free[:8] = pick.sample(free[:8], 8)
    mild = pick.random() < 0.6
    nodes: list[Node] = []
    edges: list[Edge] = []
    for rank in range(pick.randint(1, 4)):
        op = "constant" if pick.random() < 0.25 else "input"
        nodes.append(Node(free[rank], op, free[rank], random_number(pick, mild), rank=rank))
    operations = [name for name, operation in OPERATIONS.items() if not operation.is_leaf]
    for rank in range(len(nodes), len(nodes) + pick.randint(1, 10)):
        op = pick.choice(operations)
        count = OPERATIONS[op].least + (pick.randint(0, 2) if OPERATIONS[op].is_variadic else 0)
        recent = nodes[-4:] if pick.random() < 0.6 else nodes
        for port in range(count):
            edges.append(Edge(pick.choice(recent).id, free[rank], port))
        nodes.append(Node(free[rank], op, free[rank], rank=rank, muted=pick.random() < 0.03))
    return Graph.of(nodes, edges, {"output": nodes[-1].id})


def random_number(pick: random.Random, mild: bool) -> float:
    """A number of any kind: whole, short, long, at a kink, or near the ends of what there is."""
    chance = pick.random()
    if chance < 0.5:
        return pick.choice(NUMBERS)
    if chance < 0.8 or mild:
        return round(pick.gauss(0, 3), pick.choice((1, 2, 9))) + 0.0
    return pick.choice(EXTREMES) if chance < 0.9 else pick.choice((-1, 1)) * 10 ** pick.uniform(-300, 300)


def traces_of(graph: Graph, pick: random.Random) -> Iterator[tuple[str, Trace]]:
    """The graph run back, back again upon what was left, and forward from one of its inputs."""
    trace = run(graph)
    yield "reverse", trace
    left = {i: trace.gradient(i) or 0.0 for i in trace.plan.ids if i != trace.output}
    yield "again", run(graph, left=left if pick.random() < 0.5 else _of_inputs(trace, left))
    inputs = [node.id for node in graph.nodes() if node.op == "input"]
    if inputs:
        yield "forward", run_forward_mode(graph, pick.choice(inputs))


def _of_inputs(trace: Trace, left: dict[str, float]) -> dict[str, float]:
    return {node_id: gradient for node_id, gradient in left.items() if trace.nodes[node_id].op == "input"}


# --- what is printed
@dataclass
class Printed:
    """All that is printed about one trace: equations, sentences, and lines of LaTeX."""

    equations: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    latex: list[str] = field(default_factory=list)
    latex_equations: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    """Sentences that may tell a rule with all its cases."""

    def derivation(self, told: Derivation) -> None:
        """The equations of a derivation, each with the lines it goes on in, and its reasons."""
        self.sentences += [told.title, told.note]
        for part in told.parts:
            self.sentences.append(part.note)
            whole, whole_latex = "", ""
            for line in part.lines:
                self.latex.append(line.latex)
                self.sentences.append(line.why)
                whole = f"{whole} {line.unicode}" if line.continues else line.unicode
                whole_latex = f"{whole_latex} {line.latex}" if line.continues else line.latex
                self.equations.append(whole)
                self.latex_equations.append(whole_latex)


def printed_of(graph: Graph, trace: Trace, pick: random.Random) -> Printed:
    """Everything that is said of a trace."""
    made = Printed()
    for position in range(len(trace.steps) + 1):
        frame = trace.frame(position)
        made.sentences += [step_title(frame), step_sentence(frame)]
        made.derivation(derive_step(frame))
    for node in graph.nodes():
        made.derivation(derive_node(trace.last_frame, node.id))
        told = explain_node(trace, node.id)
        formulas = [told.value, told.gradient, *told.rules]
        made.equations += [formula.unicode for formula in formulas if formula]
        made.latex += [formula.latex for formula in formulas if formula]
        made.sentences += [told.problem or "", told.note]
        made.sentences += [text for term in told.terms for text in (term.because, term.known)]
        made.hints += [term.general for term in told.terms]
    made.equations.append(formula_of(graph))
    made.latex.append(formula_of(graph, "latex"))
    made.latex_equations += [text for text in made.latex if "cases" not in text]
    asked = questions(trace)
    for place in pick.sample(range(len(asked)), min(len(asked), 12)):
        one = asked[place]
        made.sentences += [
            one.prompt,
            f"{one.solution}.",
            one.check,
            *(slip.sentence for slip in one.mistakes),
        ]
        made.hints += [hint for hint in one.hints if "it would be" not in hint]  # which supposes something
    return made


# --- checking
def values_of(trace: Trace) -> dict[str, float]:
    """What every name and symbol stands for: one value each, a gradient before a local derivative."""
    printed = {node.name: value_sides(trace, node_id)[0].unicode for node_id, node in trace.nodes.items()}
    values = {printed[name]: value for name, value in trace.values.items()}
    seed = printed[trace.nodes[trace.seed].name] if trace.seed is not None else ""
    for number, (target, port) in enumerate(trace.plan.keys):
        of, by = (printed[trace.nodes[end].name] for end in (target, trace.source((target, port))))
        symbol = f"∂{of}/∂{by}"
        values[f"{symbol}[{port + 1}]"] = values[symbol] = float(trace.local_derivatives[number])
    for node_name, gradient in trace.gradients.items():
        name = printed[node_name]
        if gradient is not None:
            values[f"{name}.grad"] = gradient
            if not any(trace.left.values()):
                values[f"∂{seed}/∂{name}" if trace.mode == "reverse" else f"∂{name}/∂{seed}"] = gradient
    return values


def check_trace(where: str, printed: Printed, trace: Trace, findings: Findings) -> None:
    """Everything printed about one trace."""
    seen: dict[str, list[Side]] = {}
    reader = Reader(values_of(trace))
    for text in dict.fromkeys([*printed.equations, *printed.sentences, *printed.hints]):
        for sides in reader.equations(text):
            if text in printed.hints and sides[0].value.is_nan():
                continue  # a rule before its numbers are known, which lead to none
            findings.counts["equations"] += 1
            findings.counts["of them undecidable"] += any(side.is_undecidable for side in sides)
            if false := why_false(sides):
                findings.add("false equation", where, f"{false}   in: {text}")
            if text not in printed.hints:
                _remember(sides, seen)
    names: dict[str, str] = {}
    for node_id, node in trace.nodes.items():
        side = value_sides(trace, node_id)[0]
        if names.setdefault(side.latex, side.unicode) != side.unicode:
            findings.add(
                "two nodes, one symbol", where, f"{side.latex} is {names[side.latex]} and {node.name}"
            )
    for text in dict.fromkeys(printed.latex_equations):
        for sides in reader.equations(unicode_of(text, names)):
            findings.counts["equations in LaTeX"] += 1
            if false := why_false(sides):
                findings.add("false equation in LaTeX", where, f"{false}   in: {text}")
    for symbol, told in seen.items():
        if _differ(told):
            findings.add("two values", where, f"{symbol} = {' and '.join({side.text for side in told})}")
    for text in dict.fromkeys([*printed.equations, *printed.sentences]):
        if " if " in text and "else" in text and "…" not in text:
            findings.add("rule of another case", where, text)
    for text in dict.fromkeys([*printed.sentences, *printed.hints]):
        findings.counts["sentences"] += bool(text)
        for kind, what in slips_in(text, reader.values):
            findings.add(kind, where, f"{what} in: {text}")


def _remember(sides: list[Side], seen: dict[str, list[Side]]) -> None:
    """The number that a symbol is said to be."""
    symbol, last = sides[0].text, sides[-1]
    is_symbol = re.fullmatch(r"[^\W\d]\w*(\.grad)?|∂\S+", symbol) is not None
    if is_symbol and re.fullmatch(r"(− )?(\d[\d.e−]*|∞)|NaN", last.text):
        seen.setdefault(symbol, []).append(last)


def _differ(told: list[Side]) -> bool:
    """Whether these numbers are not one number, rounded here and there."""
    return any(why_false([told[0], replace(other, sign="≈")]) for other in told[1:])


def slips_in(text: str, names: object = ()) -> Iterator[tuple[str, str]]:
    """Doubled words, plurals with one, and brackets that do not match."""
    for found in re.finditer(r"\b([^\W\d]\w+) \1\b", text):
        yield "doubled word", found[0]
    for found in re.finditer(rf"(?<![\w.,−−])1 ({PLURALS})\b|each of 1\b|\b1 of \d+ \w* ?have\b", text):
        yield "plural with one", found[0]
    for found in re.finditer(r"[−+×/] [−+×/]|\(\(|[×+−/] −", text):
        if not re.search(r"\(\(", found[0]):
            yield "sign upon sign", found[0]
    if text.count("(") != text.count(")"):
        yield "brackets", text
    if re.search(r"  |\s[.,;:]|\.\.|\bNone\b|\{\}", text.replace("…", "")):
        yield "punctuation", text


def check_optimizer(pick: random.Random, findings: Findings, latex: set[str]) -> None:
    """The lines of one step of each optimiser, and of the line that Sensitivity predicts."""
    for optimizer in OPTIMIZERS.values():
        state = optimizer.start(1)
        gradients = [random_number(pick, True) for _ in range(3)]
        for gradient in gradients[:-1]:
            state, _ = optimizer.step(state, np.zeros(1), np.array([gradient]))
        value = random_number(pick, True)
        settings = {name: abs(random_number(pick, True)) for name in ("clip", "decay") if pick.random() < 0.5}
        norm = abs(gradients[-1]) + pick.choice((0.0, 0.5, 1000.0))
        words = {"settings": settings, "norm": norm, "maximise": pick.random() < 0.5}
        texts = optimizer.in_numbers("w", state, 0, value, gradients[-1], **words)
        latex.update(optimizer.in_numbers("w", state, 0, value, gradients[-1], dialect="latex", **words))
        latex.update(optimizer.text("latex", settings, maximise=words["maximise"]))
        tangent = Tangent(value, gradients[0], gradients[1])
        for text in (*texts, f"w ← {prediction(tangent, value + gradients[2])}"):
            numbers = re.sub(r"^\S+ ← ", "", text)
            for sides in Reader({}).equations(numbers):
                findings.counts["equations"] += 1
                if false := why_false(sides):
                    findings.add("false equation", optimizer.name, f"{false}   in: {text}")


def sweep(graphs: int, seed: int, findings: Findings) -> set[str]:
    """Check so many graphs; returns the lines of LaTeX they gave."""
    latex: set[str] = set()
    for number in range(graphs):
        pick = random.Random(f"{seed}-{number}")
        graph = random_graph(pick)
        for mode, trace in traces_of(graph, pick):
            printed = printed_of(graph, trace, pick)
            check_trace(f"graph {number} {mode}", printed, trace, findings)
            latex.update(line for line in printed.latex if line)
        check_optimizer(pick, findings, latex)
        findings.counts["graphs"] += 1
    return latex


def main(arguments: list[str]) -> int:
    """Run the sweep and say what it found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--graphs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--no-latex", action="store_true", help="do not set the lines of LaTeX")
    asked = parser.parse_args(arguments)
    began, findings = time.perf_counter(), Findings()
    latex = sweep(asked.graphs, asked.seed, findings)
    findings.counts["lines of LaTeX"] = len(latex)
    if not asked.no_latex:
        for name, refusals in (("KaTeX", katex_refusals), ("pdflatex", pdflatex_refusals)):
            _set(name, refusals(sorted(latex)), findings)
    for line in findings.wrong[:FAILURES_SHOWN]:
        print(line)
    print(", ".join(f"{count:,} {what}" for what, count in findings.counts.items()), end="")
    print(f"; {len(findings.wrong):,} findings; {time.perf_counter() - began:.0f} s")
    return 1 if findings.wrong else 0


def _set(name: str, refused: list[str] | None, findings: Findings) -> None:
    if refused is None:
        print(f"{name} is not on this machine: no line was set with it.")
        return
    print(f"{name} set the lines of LaTeX.")
    for line in refused:
        findings.add(f"refused by {name}", "LaTeX", line)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
