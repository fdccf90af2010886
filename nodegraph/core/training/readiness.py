"""Readiness: what a training of a graph on a table takes from it, and why it cannot be trained so.

Takes no step and changes nothing.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.plan import Plan, plan_of
from nodegraph.core.errors import Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import article
from nodegraph.core.quoting import quoted
from nodegraph.core.training import measures, rows
from nodegraph.core.training.bindings import table_of
from nodegraph.core.training.columns import Columns
from nodegraph.core.training.matching import UnusedData, by_name, listed, unused
from nodegraph.core.training.setup import Setup


def columns_by_input(graph: Graph) -> dict[str, str]:
    """The inputs that take their values from a column, by id."""
    return {node.id: node.column for node in graph.nodes() if node.op == "input" and node.column is not None}


def why_not(
    graph: Graph,
    table: Any = None,
    bindings: Mapping[str, str] | None = None,
    setup: Setup | None = None,
) -> str | None:
    """None where the graph can be trained on these data, else the sentence that says what to do first.

    With a setup also what it asks of the rows is looked at.
    """
    try:
        columns = columns_of(graph, table)
        bindings = bindings_of(graph, columns, bindings)
    except Refused as refusal:
        return str(refusal)
    if graph.output is None:
        return "There is no output to train; add nodes, or choose which one is the output."
    output, plan = graph.node(graph.output), plan_of(graph)
    if output.id not in plan.number:
        cause = output.id if output.id in plan.problems else plan.waiting[output.id]
        return f"{output.name} cannot be computed. {graph.node(cause).name}: {plan.problems[cause]}"
    why = (
        _why_not_data(graph, columns, bindings)
        or _why_not_classes(columns, bindings)
        or _why_not_trained(graph, plan, bindings)
    )
    return why or (why_not_rows(graph, plan, columns, bindings, setup) if setup is not None else None)


def columns_of(graph: Graph, table: Any) -> Columns:
    """The columns that were handed over, or else the document's own."""
    return table if isinstance(table, Columns) else Columns(table_of(graph) if table is None else table)


def bindings_of(graph: Graph, columns: Columns, bindings: Mapping[str, str] | None) -> Mapping[str, str]:
    """The bindings that were handed over, or else the document's own and those by name. A column may be given
    by a name that is no text, as pandas numbers them. Raises Refused where they name no columns by input.
    """
    if bindings is None:
        return by_name(graph, columns) | columns_by_input(graph)
    expected = 'Expected the column of each input, such as {"x": "x", "t": "y"}'
    if not isinstance(bindings, Mapping):
        raise Refused(f"{expected}; found a {type(bindings).__name__}.")
    for node_id in bindings:
        if not isinstance(node_id, str):
            raise Refused(f"{expected}; {quoted(repr(node_id))} is no input's id.")
    return {node_id: str(column) for node_id, column in bindings.items()}


def checked_bindings(
    graph: Graph, setup: Setup, columns: Columns, chosen: Mapping[str, str] | None
) -> Mapping[str, str]:
    """Returns the column of each bound input, by id. Raises Refused for a training that cannot be, and warns
    the caller's caller with `UnusedData` of what is left out.
    """
    if not isinstance(setup, Setup):
        kind = article(quoted(type(setup).__name__))
        raise Refused(f'Training takes a Setup, not {kind}, such as Setup(settings={{"rate": 0.1}}).')
    bindings = bindings_of(graph, columns, chosen)
    refusal = setup.why_not() or why_not(graph, columns, bindings, setup)
    if refusal:
        raise Refused(refusal)
    ignored = unused(graph, [name for name in columns if name != setup.held_by], bindings)
    if ignored.columns or (ignored.inputs and chosen is None):
        warnings.warn(ignored.advice(bindings), UnusedData, stacklevel=3)
    return bindings


def _why_not_trained(graph: Graph, plan: Plan, bindings: Mapping[str, str]) -> str | None:
    if trained_inputs(graph, plan, bindings):
        return None
    assert graph.output is not None
    name = graph.node(graph.output).name
    free = [node for node in graph.nodes() if node.op == "input" and node.id not in bindings]
    if any(node.trainable for node in free):
        return f"No trainable input reaches {name}; connect one, or choose another output."
    if free:
        return "All inputs are data; mark at least one as trainable."
    return "There is no input to train; add one, or unbind one from its column."


def _why_not_data(graph: Graph, table: Columns, bindings: Mapping[str, str]) -> str | None:
    used: dict[str, NDArray[np.float64]] = {}
    for node_id, column in bindings.items():
        if refusal := _why_not_input(graph, node_id, column):
            return refusal
        if column not in table:
            known = f"it has {', '.join(table)}" if table else "there is none"
            return f"{graph.node(node_id).name} takes the column “{column}” of the data, but {known}."
        try:
            used[column] = table[column]
        except Refused as refusal:
            return str(refusal)
    for column, numbers in used.items():
        if len(numbers) == 0:
            return f"The column “{column}” has no rows."
        if len(numbers) != len(next(iter(used.values()))):
            first = next(iter(used))
            return f"The columns “{first}” and “{column}” have {len(used[first])} and {len(numbers)} rows."
        bad = np.flatnonzero(~np.isfinite(numbers))
        if len(bad):
            todo = "; leave rows with gaps out" if np.isnan(numbers[bad[0]]) else ""
            return f"The column “{column}” has no finite number in {table.called(int(bad[0]))}{todo}."
    return None


def _why_not_classes(table: Columns, bindings: Mapping[str, str]) -> str | None:
    """The sentence for classes, one-hot in t1, t2…, of which some are no target: a row of such a class would
    count as one of none.
    """
    classes = [name for name in table if re.fullmatch(r"t\d+", name)]
    targets = [name for name in classes if name in bindings.values()]
    if not targets or len(targets) == len(classes):
        return None
    try:
        cells = np.array([table[name] for name in classes])
    except (Refused, ValueError):
        return None  # one that nobody uses
    if not (np.isin(cells, (0.0, 1.0)).all() and (cells.sum(axis=0) == 1).all()):
        return None
    return (
        f"The data have {len(classes)} classes, {listed(classes)}, but only {listed(targets)} "
        f"{'is a target' if len(targets) == 1 else 'are targets'}; give the network an output for each class."
    )


def why_not_rows(
    graph: Graph, plan: Plan, table: Columns, bindings: Mapping[str, str], setup: Setup
) -> str | None:
    """Return why a setup, which makes sense in itself, does not suit the rows; None where it does."""
    if setup.why_not():
        return None
    used = {node_id: table[column] for node_id, column in bindings.items() if node_id in plan.number}
    count = len(next(iter(used.values()))) if used else None
    if refusal := rows.why_not(setup, count, table):
        return refusal
    division = rows.Division.of(setup, count, rows.marks_of(setup, table)) if count else None
    return why_not_measures(graph, plan, used, setup, division)


def why_not_measures(
    graph: Graph,
    plan: Plan,
    used: Mapping[str, NDArray[np.float64]],
    setup: Setup,
    division: rows.Division | None = None,
) -> str | None:
    """Return why measures cannot be found of data that inputs use, by id; None where they can. Of a target no
    more is needed than its different values, unless the rows are divided.
    """
    if not setup.measures:
        return None
    try:
        found = measures.pairs(graph, used)
    except Refused as unknown:
        return str(unknown)
    for prediction, _target in found:
        if prediction not in plan.number:
            return f"{graph.node(prediction).name} cannot be computed, so it cannot be measured."
    targets = [(graph.node(target).name, used[target]) for _prediction, target in found]
    refusal = measures.why_not_targets(setup.measures, targets)
    if refusal or division is None or not division.held_count:
        return refusal
    for numbers, which in ((division.kept, " that are trained on"), (division.held, " that are held out")):
        part = [(name, column[numbers]) for name, column in targets]
        refusal = refusal or measures.why_not_targets(setup.measures, part, which)
    return refusal


def _why_not_input(graph: Graph, node_id: str, column: str) -> str | None:
    """Why a node cannot take a column, or None."""
    if node_id in graph:
        node = graph.node(node_id)
        kind = "a constant" if node.op == "constant" else "computed"
        said = f"{node.name} cannot take the column “{quoted(column)}”: it is {kind}, and only inputs can."
        return None if node.op == "input" else said
    inputs = [node for node in graph.nodes() if node.op == "input"]
    of_name = [node.id for node in inputs if node.name == node_id]
    known = f"the inputs are {listed([node.id for node in inputs])}" if inputs else "there is no input"
    if of_name:
        known = f"the input of that name has the id {of_name[0]}"
    return f"No node has the id “{quoted(node_id)}”, which is to take the column “{quoted(column)}”; {known}."


def trained_inputs(graph: Graph, plan: Plan, bindings: Mapping[str, str]) -> list[str]:
    """Return the ids of the inputs that a training changes, in the order of making."""
    assert graph.output is not None
    reaching = plan.reaching(plan.number[graph.output])
    return [
        node.id
        for node in graph.nodes()
        if node.op == "input" and node.trainable and node.id not in bindings
        if node.id in plan.number and reaching[plan.number[node.id]]
    ]
