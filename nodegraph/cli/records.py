"""What the command line prints of a trace for programs: one JSON object (`tables` has it for people).

Numbers that are not finite stand as "NaN", "Infinity", "-Infinity".
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nodegraph.cli import output
from nodegraph.core.checks.gradient_check import Check
from nodegraph.core.engine.moments import told_steps
from nodegraph.core.engine.trace import Trace
from nodegraph.core.explain.explanation import explain_node, step_sentence, step_title
from nodegraph.core.training.descent import Training

Array = NDArray[np.float64]
Record = dict[str, Any]


def passes(trace: Trace) -> str:
    """Both passes: the order, the values and the gradients by name."""
    record = {
        "output": _output(trace),
        "order": trace.order,
        "values": {name: _plain(value) for name, value in trace.values.items()},
        "gradients": {name: _plain(gradient) for name, gradient in trace.gradients.items()},
    }
    return _text(record, trace)


def steps(trace: Trace, most: int | None = None) -> str:
    """The steps of both passes, in words, and how many were left out."""
    frames = [trace.frame(position) for part in told_steps(trace, most) for position in part]
    told = [{"title": step_title(frame), "sentence": step_sentence(frame)} for frame in frames]
    left_out = len(trace.steps) - len(told)
    return _text({"output": _output(trace), "steps": told, "left_out": left_out}, trace)


def one_node(trace: Trace, node_id: str) -> str:
    """All about one node: its value, its gradient and what each edge and path adds to it."""
    told = explain_node(trace, node_id)
    names = {edge: trace.nodes[edge[0]].name for edge in (term.edge for term in told.terms)}
    terms = [
        {"through": names[term.edge], "contribution": _plain(term.contribution), "because": term.because}
        for term in told.terms
    ]
    paths = [
        {"names": path.names, "factors": [_plain(x) for x in path.factors], "product": _plain(path.product)}
        for path in told.paths
    ]
    record = {
        "output": _output(trace),
        "node": told.name,
        "operation": trace.nodes[node_id].op,
        "value": _plain(trace.value(node_id)),
        "formula": told.value.unicode if told.value else None,
        "local_derivatives": [rule.unicode for rule in told.rules],
        "gradient": _plain(trace.gradient(node_id)),
        "terms": terms,
        "paths": paths,
        "path_count": told.path_count,
    }
    return _text(record, trace)


def checks(trace: Trace, found: Sequence[Check], left_out: int = 0) -> str:
    """Each gradient beside its numerical derivative, and the verdict; and how many were not compared."""
    records = [
        {
            "node": one.name,
            "gradient": _plain(one.analytic),
            "numerical": _plain(one.numeric),
            "relative_error": _plain(one.error),
            "agrees": one.agrees,
            "differs": one.differs,
            "note": one.note,
        }
        for one in found
    ]
    return _text({"output": _output(trace), "checks": records, "left_out": left_out}, trace)


def training(
    training: Training,
    first: tuple[float, Array],
    stopped: str | None,
    standardised: Mapping[str, tuple[float, float]],
) -> str:
    """What a training came to: its steps, the loss and the measures before and after, why it ended, the
    values it learnt, and the mean and the deviation of each standardised column.
    """
    found = zip(training.columns, first[1].tolist(), training.found().tolist(), strict=True)
    values = zip(training.names, training.parameters.tolist(), strict=True)
    record = {
        "steps": training.steps_done,
        "rows": training.rows,
        "held_out_rows": len(training.division.held),
        "first_loss": _plain(first[0]),
        "loss": _plain(training.loss()),
        "measures": {name: {"first": _plain(was), "last": _plain(now)} for name, was, now in found},
        "stopped": stopped,
        "arrived": training.has_arrived,
        "kept_step": training.kept_step,
        "values": {name: _plain(value) for name, value in values},
        "standardised": {
            name: {"mean": mean, "deviation": deviation} for name, (mean, deviation) in standardised.items()
        },
    }
    return as_text(record)


def _output(trace: Trace) -> str | None:
    return trace.nodes[trace.output].name if trace.output is not None else None


def _plain(number: float | None) -> float | str | None:
    if number is None or math.isfinite(number):
        return number
    return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"


def _text(record: Record, trace: Trace) -> str:
    """The record and the problems, as `as_text`."""
    record["problems"] = [{"node": name, "message": message} for name, message in trace.problems]
    return as_text(record)


def as_text(record: Record) -> str:
    """Returns a record as JSON in which every character prints; others stand as escapes."""
    text = json.dumps(record, indent=2, ensure_ascii=not output.takes_signs(), allow_nan=False)
    return "".join(c if c.isprintable() or c == "\n" else json.dumps(c)[1:-1] for c in text)
