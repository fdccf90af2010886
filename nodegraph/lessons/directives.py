"""One line of a lesson's blocks, `key: value`, read into a directive. What cannot be read is a DocumentError
that names the line, says what is expected, and the nearest word there is. Knows no step and no open graph.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from nodegraph.core.building.expression import parse
from nodegraph.core.errors import Refused, TextError
from nodegraph.core.graph import edits
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph
from nodegraph.core.training import bindings
from nodegraph.core.training.setup import KEYS, WORDS, Setup
from nodegraph.core.training.tables import Table
from nodegraph.formats import examples, files
from nodegraph.lessons.conditions import read_wait
from nodegraph.lessons.lines import (
    Line,
    check_action,
    check_panel,
    nearest,
    number_in,
    read_moment,
    read_target,
)
from nodegraph.lessons.records import (
    ActionName,
    Ask,
    Directive,
    EdgeName,
    NodeName,
    Open,
    Option,
    PanelName,
    Point,
    Select,
    SetValues,
    Show,
    ShowFrame,
    Target,
    Wait,
)

MAX_LINE = 500
"""Characters of one line in a block."""
MAX_ANSWERS = 8

_GIVEN = re.compile(r"\s*(\w+)\s*=\s*([-+\u2212]?[\d.][\w.+-]*)\s*$")


def read(line: Line) -> Directive:
    """The directive on a line."""
    reader = READERS.get(line.key)
    if reader is None:
        raise line.unknown(line.key, "directive", [*READERS, *ADDITIONS])
    if not line.value:
        raise line.error(f"“{line.key}:” needs something after the colon")
    if len(line.value) > MAX_LINE:
        raise line.error(f"this line is too long; it has at most {MAX_LINE} characters")
    return reader(line)


# --- what is shown
def _open(line: Line) -> Open:
    known = {example.name: example for group in examples.groups() for example in group.examples}
    if line.value not in known:
        raise line.unknown(line.value, "example", known)
    return Open(line.number, files.load(known[line.value].path), line.value)


def _graph(line: Line) -> Open:
    """A formula. A part such as `a = 2` sets that input."""
    values: dict[str, float] = {}
    parts = []
    for part in line.value.split(";"):
        given = _GIVEN.match(part)
        if given:
            values[given[1]] = number_in(line, given[2])
        parts.append(" " * len(part) if given else part)
    text = re.sub(r";(?=\s*(;|$))", " ", ";".join(parts))  # the columns stay where they are
    try:
        return Open(line.number, parse(re.sub(r"^(\s*);", r"\1 ", text), **values))
    except TextError as error:
        raise line.error(f"column {line.column + error.column - 1}: {error.message}") from None
    except Refused as error:
        raise line.error(str(error)) from None


def _frame(line: Line) -> ShowFrame:
    return ShowFrame(line.number, read_moment(line, line.value))


def _set(line: Line) -> SetValues:
    values = {}
    for part in re.split("[;,]", line.value):
        name, sign, number = part.partition("=")
        if not sign or not name.strip():
            raise line.error("expected inputs and their values, such as “set: a = 4; b = 0.5”")
        values[name.strip()] = number_in(line, number)
    return SetValues(line.number, values)


def _select(line: Line) -> Select:
    return Select(line.number, read_target(line, line.value))


def _show(line: Line) -> Show:
    check_panel(line, line.value)
    return Show(line.number, line.value)


def _point(line: Line) -> Point:
    kind, _, rest = line.value.partition(" ")
    target: Target
    if kind == "action" and rest:
        check_action(line, rest.strip())
        target = ActionName(rest.strip())
    elif kind == "panel" and rest:
        check_panel(line, rest.strip())
        target = PanelName(rest.strip())
    else:
        target = read_target(line, line.value)
    return Point(line.number, target)


# --- what is asked
_ASKED = ("value", "gradient", "local", "contribution", "number")


def _ask(line: Line) -> Ask:
    kind, _, rest = line.value.partition(" ")
    if kind not in _ASKED:
        raise line.unknown(kind, "thing to ask for", _ASKED)
    if kind == "number":
        number, _, prompt = rest.strip().partition(" ")
        if not prompt.strip():
            raise line.error('expected the number and a question, such as “ask: number 42 "What is 6 × 7?"”')
        return Ask(line.number, "number", number=number_in(line, number), prompt=prompt.strip().strip('"“”'))
    target = read_target(line, rest.strip())
    if isinstance(target, EdgeName) != (kind in ("local", "contribution")):
        shown = f"{kind} a -> e" if isinstance(target, NodeName) else f"{kind} a"
        raise line.error(f"expected {'an edge' if '>' in shown else 'a node'}, such as “ask: {shown}”")
    return Ask(line.number, kind, target)  # type: ignore[arg-type]


def _choose(line: Line) -> Ask:
    return Ask(line.number, "choice", prompt=line.value)


READERS: dict[str, Callable[[Line], Directive]] = {
    "open": _open,
    "graph": _graph,
    "set": _set,
    "frame": _frame,
    "select": _select,
    "show": _show,
    "point": _point,
    "wait": read_wait,
    "ask": _ask,
    "choose": _choose,
}


# --- lines that add to the directive before them
ADDITIONS = ("fixed", "data", "train", "task", "prompt", "hint", "why", "right", "wrong")


def add_to(directive: Directive | None, line: Line) -> Directive:
    """The directive with what this line adds to it: a task's wording, or a prompt, hint, reason or answer."""
    if not line.value:
        raise line.error(f"“{line.key}:” needs something after the colon")
    if line.key in _ABOUT_GRAPH:
        if not isinstance(directive, Open):
            raise line.error(f"“{line.key}:” belongs right behind the “open:” or “graph:” that it is about")
        graph = directive.graph.copy()
        try:
            graph.apply(_ABOUT_GRAPH[line.key](line, graph))
        except Refused as refusal:
            raise line.error(str(refusal)) from None
        return replace(directive, graph=graph)
    if line.key == "task":
        if not isinstance(directive, Wait):
            raise line.error("“task:” words what a “wait:” just before it waits for")
        return replace(directive, task=line.value)
    if not isinstance(directive, Ask):
        raise line.error(f"“{line.key}:” belongs to an “ask:” or “choose:” before it")
    if line.key == "prompt":
        return replace(directive, prompt=line.value)
    if line.key == "hint":
        return replace(directive, hints=(*directive.hints, line.value))
    if line.key == "why":
        return replace(directive, why=line.value)
    if directive.kind != "choice":
        raise line.error(f"“{line.key}:” is an answer of a “choose:”, and there is none before it")
    if len(directive.options) >= MAX_ANSWERS:
        raise line.error(f"a choice has at most {MAX_ANSWERS} answers")
    text, _, reason = (part.strip() for part in line.value.partition("|"))
    return replace(directive, options=(*directive.options, Option(text, line.key == "right", reason)))


def _fix(line: Line, graph: Graph) -> Change:
    """Inputs that training leaves as they are."""
    change = Change("Fix inputs")
    for name in re.split("[;,]", line.value):
        change = change.then(edits.set_trainable(graph, _id_of(line, graph, name), False), change.name)
    return change


def _give_data(line: Line, graph: Graph) -> Change:
    """A table, whose columns go to the inputs of their names."""
    columns = []
    for part in line.value.split(";"):
        name, sign, numbers = part.partition("=")
        if not sign:
            raise line.error("expected columns and their numbers, such as “data: x = 1, 2, 3; t = 2, 4, 6”")
        _id_of(line, graph, name)
        columns.append((name.strip(), tuple(number_in(line, number) for number in numbers.split(","))))
    change = bindings.set_table(graph, Table("Data", tuple(columns)))
    given = graph.copy()
    given.apply(change)
    return change.then(bindings.bind_by_name(given), change.name)


def _set_up_training(line: Line, graph: Graph) -> Change:
    """How it is trained: `rate = 0.1; steps = 50; optimizer = adam; aim = maximise`."""
    plain: dict[str, float | int | str] = {}
    for part in line.value.split(";"):
        name, sign, text = (piece.strip() for piece in part.partition("="))
        if not sign:
            raise line.error("expected settings, such as “train: rate = 0.1; steps = 50”")
        if name not in KEYS:
            raise line.unknown(name, "setting of a training", sorted(KEYS))
        plain[name] = text if name in WORDS else number_in(line, text)
    return bindings.set_training(graph, Setup.of(plain))


def _id_of(line: Line, graph: Graph, name: str) -> str:
    inputs = {node.name: node.id for node in graph.nodes() if node.op == "input"}
    if name.strip() not in inputs:
        raise line.error(f"the graph has no input “{name.strip()}”{nearest(name.strip(), inputs)}")
    return inputs[name.strip()]


_ABOUT_GRAPH: dict[str, Callable[[Line, Graph], Change]] = {
    "fixed": _fix,
    "data": _give_data,
    "train": _set_up_training,
}
