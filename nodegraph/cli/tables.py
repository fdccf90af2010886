"""What the command line prints of a trace for people: aligned text (`records` has it for programs)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from nodegraph.cli.output import in_plain_letters, takes_signs
from nodegraph.core.building.formulas import formula_of
from nodegraph.core.engine.trace import Trace
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import stands_as_number
from nodegraph.core.graph.records import Node
from nodegraph.core.numbers import (
    format_count,
    format_signed,
    format_value,
)
from nodegraph.core.operations.catalogue import ARITIES, NOTATIONS
from nodegraph.core.operations.equations import product, result_of
from nodegraph.core.operations.formula import Call, Name, Number, Tree
from nodegraph.core.operations.formula_writer import write
from nodegraph.core.quoting import quoted

if TYPE_CHECKING:
    from nodegraph.core.checks.gradient_check import Check, FindFeature
    from nodegraph.core.explain.explanation import NodeExplanation

LONGEST_FORMULA = 60
NONE = "–"


# --- for people
def passes(graph: Graph, trace: Trace) -> Iterator[str]:
    """Both passes as a table, a node a line in execution order, and what kept the rest from running."""
    yield from _heading(graph)
    output = graph.node(trace.output).name if trace.output is not None else None
    head = ("node", "operation", "formula", "value", f"∂{output}/∂node" if output else "gradient")
    computed = [graph.node(node_id) for node_id in trace.plan.ids]
    rest = [node for node in graph.nodes() if node.id not in trace.plan.number]
    rows = [_row(graph, trace, node) for node in computed + rest]
    yield from aligned([head, *rows], numbers=(3, 4))
    if trace.output is not None and trace.value(trace.output) is not None:
        yield ""
        value = trace.value(trace.output) or 0.0
        yield f"output: {output} {result_of(value).sign} {format_value(value)}"
    yield from problems(trace)


def _heading(graph: Graph) -> Iterator[str]:
    lines = [line for line in (graph.title, formula_of(graph)) if line]
    yield from lines
    if lines:
        yield ""


def _row(graph: Graph, trace: Trace, node: Node) -> tuple[str, ...]:
    value, gradient = trace.value(node.id), trace.gradient(node.id)
    return (
        node.name,
        quoted(node.op),
        _formula(graph, node),
        NONE if value is None else format_value(value),
        NONE if gradient is None else format_signed(gradient),
    )


def _formula(graph: Graph, node: Node) -> str:
    """What the node is computed from, with … for inputs that are not connected yet."""
    if node.op not in ARITIES:
        return ""
    held = {edge.port: _leaf(graph, graph.node(edge.source)) for edge in graph.edges_into(node.id)}
    if node.muted:
        return write(held.get(0, Name("…")), NOTATIONS, "unicode") + " (muted)"
    count = max(ARITIES[node.op][0], max(held, default=-1) + 1)
    text = write(
        Call(node.op, tuple(held.get(port, Name("…")) for port in range(count))), NOTATIONS, "unicode"
    )
    return text if len(text) <= LONGEST_FORMULA else text[: LONGEST_FORMULA - 1] + "…"


def _leaf(graph: Graph, node: Node) -> Tree:
    value = node.value if stands_as_number(node, graph.named) else None
    return Name(node.name) if value is None else Number(value)


def problems(trace: Trace) -> Iterator[str]:
    """A line for each node with a problem."""
    if trace.problems:
        yield ""
        yield "problems:"
        yield from (f"  {name}: {message}" for name, message in trace.problems)


def steps(graph: Graph, trace: Trace, most: int | None = None) -> Iterator[str]:
    """The steps of both passes, in words, and how many were left out."""
    from nodegraph.core.engine.moments import told_steps
    from nodegraph.core.explain.explanation import step_sentence, step_title

    yield from _heading(graph)
    parts = told_steps(trace, most)
    ends = trace.forward_steps, len(trace.steps)
    for part, end, name in zip(parts, ends, ("forward", "backward"), strict=True):
        for position in part:
            frame = trace.frame(position)
            yield f"{step_title(frame)}  {step_sentence(frame)}"
        left_out = end - part.stop + 1
        if left_out:
            told = "1 step is" if left_out == 1 else f"{format_count(left_out)} steps are"
            yield f"… {told} not told of the {name} pass; --most N sets their number, and NODE tells of one."
    if not trace.steps:
        yield step_sentence(trace.frame(0))
    yield from problems(trace)


def one_node(trace: Trace, node_id: str) -> Iterator[str]:
    """All about one node: its value, its local derivatives, and how its gradient comes together."""
    from nodegraph.core.explain.explanation import explain_node

    told = explain_node(trace, node_id)
    yield f"{told.name} ({told.title}{', the output' if told.is_output else ''})"
    if told.problem:
        yield f"  {told.problem}"
    elif told.waits_for:
        yield f"  This waits for {', '.join(told.waits_for)}."
    if told.value:
        yield f"  {told.value.unicode}"
    yield from _listed("local derivatives:", [rule.unicode for rule in told.rules])
    if told.gradient:
        yield from _listed("gradient:", [told.gradient.unicode, *(term.because for term in told.terms)])
    yield from _paths(told)


def _paths(told: NodeExplanation) -> Iterator[str]:
    rows = []
    for path in told.paths:
        if path.factors:
            rows.append((" → ".join(path.names), product(path.factors, path.product, signed=True)))
    more = told.path_count - len(told.paths)
    if rows:
        yield ""
        yield "  paths to the output:"
        yield from (f"    {line}" for line in aligned(rows))
    if rows and more > 0:
        yield f"    and {format_count(more)} more"


def _listed(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield f"  {title}"
        yield from (f"    {line}" for line in lines)


def checks(found: Sequence[Check], left_out: int = 0) -> Iterator[str]:
    """Each gradient beside its numerical derivative, and the verdict; and how many were not compared."""
    from nodegraph.core.explain.check_summary import summary  # as nothing else needs it

    head = ("node", "gradient", "numerical", "relative error", "", "")
    rows = [
        (
            one.name,
            format_signed(one.analytic, 10),
            format_signed(one.numeric, 10),
            f"{one.error:.1e}" if one.finding == "slope" else NONE,
            "✗" if one.differs else _VERDICTS.get(one.finding, "✓"),
            one.note,
        )
        for one in found
    ]
    yield from aligned([head, *rows], numbers=(1, 2, 3))
    yield ""
    yield from summary(found, " that were compared" if left_out else "")
    if left_out:
        every = len(found) + left_out
        yield (
            f"{format_count(left_out)} of {format_count(every)} gradients were not compared;"
            f" --most {every} compares all, however long it takes."
        )


_VERDICTS: Mapping[FindFeature, str] = {"undecided": "?", "nothing": NONE, "kink": "⚠"}


# --- columns
def aligned(rows: Sequence[Sequence[str]], numbers: Sequence[int] = ()) -> Iterator[str]:
    """Rows as lines with straight columns; the columns in `numbers` are set to the right."""
    if not takes_signs():  # as they will be printed: "→" takes two columns there
        rows = [[in_plain_letters(cell) for cell in row] for row in rows]
    widths = [max(map(columns, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = []
        for place, (cell, width) in enumerate(zip(row, widths, strict=True)):
            space = " " * (width - columns(cell))
            cells.append(space + cell if place in numbers else cell + space)
        yield "  ".join(cells).rstrip()


def columns(text: str) -> int:
    """How many columns of a terminal a text takes.

    >>> columns("∂L/∂a"), columns("日本"), columns("e\\u0301")
    (5, 4, 1)
    """
    if text.isascii():
        return len(text)
    return sum(map(_columns_of, text))


@lru_cache
def _columns_of(character: str) -> int:
    wide = unicodedata.east_asian_width(character) in "WF"
    return 0 if unicodedata.combining(character) else 2 if wide else 1
