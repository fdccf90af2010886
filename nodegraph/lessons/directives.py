"""One line of a lesson's blocks, `key: value`, read into a directive. What cannot be read is a DocumentError
that names the line, says what is expected, and the nearest word there is. Knows no step and no open graph.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from nodegraph.core.building.expression import parse
from nodegraph.core.errors import DocumentError, Refused, TextError
from nodegraph.core.graph import edits
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph
from nodegraph.core.numbers import read_number
from nodegraph.core.operations.catalogue import OPERATIONS
from nodegraph.core.training import bindings
from nodegraph.core.training.optimizers import OPTIMIZERS
from nodegraph.core.training.setup import Setup
from nodegraph.core.training.tables import Table
from nodegraph.formats import examples, files
from nodegraph.lessons.records import (
    ActionName,
    Ask,
    Directive,
    EdgeName,
    Moment,
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

_EDGE = re.compile(r"(.+?)\s*(?:->|→)\s*(.+?)(?:\s+port\s+(\d+))?$")
_COMPARED = re.compile(r"(.*?)\s*(<=|>=|≤|≥|<|>|=)\s*(\S+)$")
_GIVEN = re.compile(r"\s*(\w+)\s*=\s*([-+\u2212]?[\d.][\w.+-]*)\s*$")
_RELATIONS = {"≤": "<=", "≥": ">="}


@dataclass(frozen=True)
class Words:
    """The actions and panels there are, for whoever knows them; None accepts any."""

    actions: Collection[str] | None = None
    panels: Collection[str] | None = None


@dataclass(frozen=True)
class Line:
    """One `key: value` line of a block; `column` is where its value begins, from 1."""

    number: int
    key: str
    value: str
    column: int
    words: Words = Words()

    def error(self, message: str) -> DocumentError:
        """What is wrong here."""
        return DocumentError(message, f"line {self.number}")

    def unknown(self, word: str, kind: str, known: Collection[str]) -> DocumentError:
        """A word that is none of those there are, with the nearest of them."""
        return self.error(f"“{word}” is no {kind}{nearest(word, known)}")


def nearest(word: str, known: Collection[str]) -> str:
    """The end of a sentence about an unknown word: what may be meant, or what there is.

    >>> nearest("opne", ["open", "wait"]), nearest("?", ["open", "wait"])
    ('; did you mean “open”?', '; there are open and wait')
    """
    found = difflib.get_close_matches(word, list(known), 1, 0.55)
    if found:
        return f"; did you mean “{found[0]}”?"
    listed = sorted(known)
    if not listed or len(listed) > 16:
        return ""
    return (
        f"; there are {', '.join(listed[:-1])} and {listed[-1]}" if listed[1:] else f"; there is {listed[0]}"
    )


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
    """A formula; a part that gives a name a plain number sets that input."""
    values: dict[str, float] = {}
    parts = []
    for part in line.value.split(";"):
        given = _GIVEN.match(part)
        if given:
            values[given[1]] = _number(line, given[2])
        parts.append(" " * len(part) if given else part)
    text = re.sub(r";(?=\s*(;|$))", " ", ";".join(parts))  # the columns stay where they are
    try:
        return Open(line.number, parse(re.sub(r"^(\s*);", r"\1 ", text), **values))
    except TextError as error:
        raise line.error(f"column {line.column + error.column - 1}: {error.message}") from None
    except Refused as error:
        raise line.error(str(error)) from None


def _frame(line: Line) -> ShowFrame:
    return ShowFrame(line.number, _moment(line, line.value))


def _set(line: Line) -> SetValues:
    values = {}
    for part in re.split("[;,]", line.value):
        name, sign, number = part.partition("=")
        if not sign or not name.strip():
            raise line.error("expected inputs and their values, such as “set: a = 4; b = 0.5”")
        values[name.strip()] = _number(line, number)
    return SetValues(line.number, values)


def _select(line: Line) -> Select:
    return Select(line.number, _named(line, line.value))


def _show(line: Line) -> Show:
    _check_panel(line, line.value)
    return Show(line.number, line.value)


def _point(line: Line) -> Point:
    kind, _, rest = line.value.partition(" ")
    target: Target
    if kind == "action" and rest:
        _check_action(line, rest.strip())
        target = ActionName(rest.strip())
    elif kind == "panel" and rest:
        _check_panel(line, rest.strip())
        target = PanelName(rest.strip())
    else:
        target = _named(line, line.value)
    return Point(line.number, target)


# --- what is waited for
def _wait(line: Line) -> Wait:
    kind, _, rest = line.value.partition(" ")
    reader = WAITS.get(kind)
    if reader is None:
        raise line.unknown(kind, "thing to wait for", WAITS)
    return reader(line, rest.strip())


def _plain(kind: str) -> Callable[[Line, str], Wait]:
    def read_plain(line: Line, rest: str) -> Wait:
        if rest:
            raise line.error(f"“wait: {kind}” takes nothing after it")
        return Wait(line.number, kind)  # type: ignore[arg-type]

    return read_plain


def _wait_end(line: Line, rest: str) -> Wait:
    if rest:
        raise line.error("“wait: end” takes nothing after it")
    return Wait(line.number, "frame", moment=Moment("backward"))


def _wait_step(line: Line, rest: str) -> Wait:
    if not rest:
        return Wait(line.number, "step")
    if not (rest.isascii() and rest.isdigit() and 0 < int(rest) <= 1000):
        raise line.error("expected how many steps, such as “wait: step 3”")
    return Wait(line.number, "step", count=int(rest))


def _wait_frame(line: Line, rest: str) -> Wait:
    return Wait(line.number, "frame", moment=_moment(line, rest))


def _wait_select(line: Line, rest: str) -> Wait:
    return Wait(line.number, "select", _named(line, rest))


def _wait_edge(kind: str) -> Callable[[Line, str], Wait]:
    def read_edge(line: Line, rest: str) -> Wait:
        target = _named(line, rest)
        if not isinstance(target, EdgeName):
            raise line.error(f"expected an edge, such as “wait: {kind} a -> e”")
        return Wait(line.number, kind, target)  # type: ignore[arg-type]

    return read_edge


def _wait_number(kind: str) -> Callable[[Line, str], Wait]:
    def read_compared(line: Line, rest: str) -> Wait:
        compared = _COMPARED.match(rest)
        name = compared[1] if compared else rest
        if (kind == "loss") == bool(name) or (compared is None and kind != "value"):
            shown = "loss < 0.01" if kind == "loss" else f"{kind} a > 0"
            raise line.error(f"expected a name and a comparison, such as “wait: {shown}”")
        target = NodeName(name) if name else None
        if compared is None:
            return Wait(line.number, "value", target)
        relation = _RELATIONS.get(compared[2], compared[2])
        number = _number(line, compared[3])
        return Wait(line.number, kind, target, relation=relation, number=number)  # type: ignore[arg-type]

    return read_compared


def _wait_add(line: Line, rest: str) -> Wait:
    if rest not in OPERATIONS:
        raise line.unknown(rest, "operation", OPERATIONS)
    return Wait(line.number, "add", word=rest)


def _wait_output(line: Line, rest: str) -> Wait:
    if not rest:
        raise line.error("expected a node, such as “wait: output L”")
    return Wait(line.number, "output", NodeName(rest))


def _wait_action(line: Line, rest: str) -> Wait:
    _check_action(line, rest)
    return Wait(line.number, "action", word=rest)


WAITS: dict[str, Callable[[Line, str], Wait]] = {
    "play": _plain("play"),
    "step": _wait_step,
    "end": _wait_end,
    "frame": _wait_frame,
    "select": _wait_select,
    "value": _wait_number("value"),
    "gradient": _wait_number("gradient"),
    "loss": _wait_number("loss"),
    "connect": _wait_edge("connect"),
    "disconnect": _wait_edge("disconnect"),
    "add": _wait_add,
    "output": _wait_output,
    "undo": _plain("undo"),
    "redo": _plain("redo"),
    "action": _wait_action,
}


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
        return Ask(line.number, "number", number=_number(line, number), prompt=prompt.strip().strip('"“”'))
    target = _named(line, rest.strip())
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
    "wait": _wait,
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
        columns.append((name.strip(), tuple(_number(line, number) for number in numbers.split(","))))
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
        known = (
            "rate",
            "steps",
            "optimizer",
            "aim",
            *(s.name for o in OPTIMIZERS.values() for s in o.settings),
        )
        if name not in known:
            raise line.unknown(name, "setting of a training", sorted(set(known)))
        plain[name] = text if name in ("optimizer", "aim") else _number(line, text)
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


# --- pieces
def _named(line: Line, text: str) -> NodeName | EdgeName:
    if not text:
        raise line.error("expected a node, such as “e”, or an edge, such as “a -> e”")
    edge = _EDGE.match(text)
    if edge is None:
        if "->" in text or "→" in text:
            raise line.error("expected an edge as “a -> e”")
        return NodeName(text)
    port = int(edge[3]) - 1 if edge[3] and len(edge[3]) < 6 else None
    if edge[3] and (port is None or port < 0):
        raise line.error("ports are counted from 1, from the top")
    return EdgeName(edge[1], edge[2], port)


_MOMENTS = ("start", "inputs", "forward", "backward", "end")


def _moment(line: Line, text: str) -> Moment:
    word, _, rest = text.partition(" ")
    if word == "after" and rest.strip():
        return Moment("after", after=_named(line, rest.strip()))
    if text == "end":
        return Moment("backward")
    if text in _MOMENTS:
        return Moment(text)  # type: ignore[arg-type]
    if text.isascii() and text.isdigit() and len(text) < 8:
        return Moment("number", int(text))
    if difflib.get_close_matches(word, _MOMENTS, 1, 0.55):
        raise line.unknown(word, "moment of the passes", _MOMENTS)
    expected = "start, inputs, forward, backward, a number of steps, “after e” or “after a -> e”"
    raise line.error(f"“{text}” is no moment of the passes; write {expected}")


def _number(line: Line, text: str) -> float:
    try:
        return read_number(text)
    except Refused as error:
        raise line.error(str(error)) from None


def _check_action(line: Line, action: str) -> None:
    if line.words.actions is not None and action not in line.words.actions:
        raise line.unknown(action, "action", line.words.actions)


def _check_panel(line: Line, panel: str) -> None:
    if line.words.panels is not None and panel not in line.words.panels:
        raise line.unknown(panel, "panel", line.words.panels)
