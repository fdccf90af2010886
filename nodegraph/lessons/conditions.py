"""What a lesson can wait for: one record a condition, with how it is read after `wait:`, the words that ask a
person for it, whether it stands now, and what to do so that it stands. A condition that is an act (a step
taken, a command chosen) cannot be seen from how things stand; whoever hears of the act counts it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from nodegraph.core.numbers import format_number
from nodegraph.core.operations.catalogue import OPERATIONS
from nodegraph.lessons import deeds, wording
from nodegraph.lessons.deeds import Way, compares, node_of
from nodegraph.lessons.lines import Line, check_action, number_in, read_moment, read_target
from nodegraph.lessons.records import EdgeName, Moment, NodeName, Relation, Wait
from nodegraph.lessons.situation import Situation
from nodegraph.lessons.wording import ActionWords

_COMPARED = re.compile(r"(.*?)\s*(<=|>=|≤|≥|<|>|=)\s*(\S+)$")
_WRITTEN: dict[str, Relation] = {
    "=": "=", "<": "<", ">": ">", "<=": "<=", ">=": ">=", "≤": "<=", "≥": ">=",
}  # fmt: skip
"""Each relation as it may be written."""
_RELATIONS = {"=": "equal to", "<": "less than", ">": "more than", "<=": "at most", ">=": "at least"}


@dataclass(frozen=True)
class Condition:
    """One kind of thing to wait for."""

    kind: str
    """The word behind `wait:`."""
    read: Callable[[Line, str], Wait]
    """Reads what stands behind the kind, and raises DocumentError where that is wrong."""
    words: Callable[[Wait, ActionWords], str]
    """Says what the person is to do."""
    stands: Callable[[Wait, Situation], bool] | None = None
    """Whether it is so now; None for an act."""
    command: str = ""
    """The id of the command that is the act, where no line of a lesson names it."""
    builds: bool = False
    """Whether doing it leaves a graph that no other step can set up."""
    way: Callable[[Wait, Situation], Way] | None = None
    """Returns what the program does where a person lets it; None where there is no way."""


# --- read
def _nothing(kind: str) -> Callable[[Line, str], Wait]:
    def read(line: Line, rest: str) -> Wait:
        if rest:
            raise line.error(f"“wait: {kind}” takes nothing after it")
        return Wait(line.number, kind)

    return read


def _read_end(line: Line, rest: str) -> Wait:
    return replace(_nothing("end")(line, rest), moment=Moment("backward"))


def _read_step(line: Line, rest: str) -> Wait:
    if not rest:
        return Wait(line.number, "step")
    if not (rest.isascii() and rest.isdigit() and 0 < int(rest) <= 1000):
        raise line.error("expected how many steps, such as “wait: step 3”")
    return Wait(line.number, "step", count=int(rest))


def _read_frame(line: Line, rest: str) -> Wait:
    return Wait(line.number, "frame", moment=read_moment(line, rest))


def _read_select(line: Line, rest: str) -> Wait:
    return Wait(line.number, "select", read_target(line, rest))


def _edge(kind: str) -> Callable[[Line, str], Wait]:
    def read(line: Line, rest: str) -> Wait:
        target = read_target(line, rest)
        if not isinstance(target, EdgeName):
            raise line.error(f"expected an edge, such as “wait: {kind} a -> e”")
        return Wait(line.number, kind, target)

    return read


def _number(kind: str) -> Callable[[Line, str], Wait]:
    def read(line: Line, rest: str) -> Wait:
        compared = _COMPARED.match(rest)
        name = compared[1] if compared else rest
        if (kind == "loss") == bool(name) or (compared is None and kind != "value"):
            shown = "loss < 0.01" if kind == "loss" else f"{kind} a > 0"
            raise line.error(f"expected a name and a comparison, such as “wait: {shown}”")
        target = NodeName(name) if name else None
        if compared is None:
            return Wait(line.number, kind, target)
        relation = _WRITTEN[compared[2]]
        return Wait(line.number, kind, target, relation=relation, number=number_in(line, compared[3]))

    return read


def _read_add(line: Line, rest: str) -> Wait:
    if rest not in OPERATIONS:
        raise line.unknown(rest, "operation", OPERATIONS)
    return Wait(line.number, "add", word=rest)


def _read_output(line: Line, rest: str) -> Wait:
    if not rest:
        raise line.error("expected a node, such as “wait: output L”")
    return Wait(line.number, "output", NodeName(rest))


def _read_action(line: Line, rest: str) -> Wait:
    check_action(line, rest)
    return Wait(line.number, "action", word=rest)


# --- said
def _say_moment(wait: Wait, _say_action: ActionWords) -> str:
    return f"Go on until {wording.moment(wait.moment)}."


def _say_step(wait: Wait, say_action: ActionWords) -> str:
    steps = "a step" if wait.count == 1 else f"{wait.count} steps"
    return f"Take {steps}: press {say_action('pass.step')}."


def _say_select(wait: Wait, say_action: ActionWords) -> str:
    if not wait.target:
        return ""
    return f"Click {wording.named(wait.target, say_action)}, or go there with the arrow keys."


def _say_number(wait: Wait, _say_action: ActionWords) -> str:
    if wait.relation is None:
        return f"Give {wait.target} another value."
    what = "the output" if wait.target is None else str(wait.target)
    what = f"the gradient of {what}" if wait.kind == "gradient" else what
    return f"Make {what} {_RELATIONS[wait.relation]} {format_number(wait.number)}."


# --- whether it stands
def _is_reached(wait: Wait, now: Situation) -> bool:
    position = wait.moment.position(now.frame.trace) if wait.moment is not None else None
    return position is not None and now.frame.position >= position


def _is_selected(wait: Wait, now: Situation) -> bool:
    if isinstance(wait.target, EdgeName):
        return any(key in now.edges for key in wait.target.keys(now.graph))
    node = node_of(wait, now)
    return node is not None and node.id in now.nodes


def _is_connected(wait: Wait, now: Situation) -> bool:
    return isinstance(wait.target, EdgeName) and bool(wait.target.keys(now.graph))


def _is_disconnected(wait: Wait, now: Situation) -> bool:
    return isinstance(wait.target, EdgeName) and not wait.target.keys(now.graph)


def _is_added(wait: Wait, now: Situation) -> bool:
    there, before = (
        sum(node.op == wait.word for node in graph.nodes()) for graph in (now.graph, now.at_first)
    )
    return there > before


def _is_output(wait: Wait, now: Situation) -> bool:
    node = node_of(wait, now)
    return node is not None and now.graph.output == node.id


def _has_value(wait: Wait, now: Situation) -> bool:
    node = node_of(wait, now)
    if node is None:
        return False
    if wait.relation is not None:
        return compares(wait, now.frame.trace.value(node.id))
    before = now.at_first.node(node.id) if node.id in now.at_first else None
    return before is not None and before.value != node.value


def _has_gradient(wait: Wait, now: Situation) -> bool:
    """Whether the gradient, as far as it is shown, stands as wanted."""
    node = node_of(wait, now)
    return node is not None and compares(wait, now.frame.gradient(node.id))


def _has_loss(wait: Wait, now: Situation) -> bool:
    """Whether the loss of the training, or else the output, stands as wanted."""
    if now.graph.output is None:
        return False
    loss = now.trained_loss()
    return compares(wait, loss if loss is not None else now.frame.trace.value(now.graph.output))


_ALL = (
    Condition(
        "play", _nothing("play"), lambda _wait, say: f"Press {say('pass.play')}.",
        way=deeds.run_command("pass.play"),
    ),
    Condition("step", _read_step, _say_step, way=deeds.take_steps),
    Condition("end", _read_end, _say_moment, _is_reached, way=deeds.go_there),
    Condition("frame", _read_frame, _say_moment, _is_reached, way=deeds.go_there),
    Condition("select", _read_select, _say_select, _is_selected, way=deeds.choose),
    Condition("value", _number("value"), _say_number, _has_value, way=deeds.give_value),
    Condition("gradient", _number("gradient"), _say_number, _has_gradient, way=deeds.give_gradient),
    Condition("loss", _number("loss"), _say_number, _has_loss, way=deeds.bring_loss),
    Condition(
        "connect", _edge("connect"), lambda wait, _say: f"Draw an edge: {wait.target}.", _is_connected,
        builds=True, way=deeds.connect,
    ),
    Condition(
        "disconnect", _edge("disconnect"), lambda wait, _say: f"Take the edge {wait.target} off.",
        _is_disconnected, builds=True, way=deeds.disconnect,
    ),
    Condition(
        "add", _read_add, lambda wait, _say: f"Add {wait.word}.", _is_added, builds=True, way=deeds.add
    ),
    Condition(
        "output", _read_output, lambda wait, _say: f"Make {wait.target} the output.", _is_output, builds=True,
        way=deeds.make_output,
    ),
    Condition(
        "undo", _nothing("undo"), lambda _wait, say: f"Take the last change back: {say('edit.undo')}.",
        command="edit.undo", way=deeds.run_command("edit.undo"),
    ),
    Condition(
        "redo", _nothing("redo"), lambda _wait, say: f"Make the change again: {say('edit.redo')}.",
        command="edit.redo", way=deeds.run_command("edit.redo"),
    ),
    Condition("action", _read_action, lambda wait, say: f"Choose {say(wait.word)}.", way=deeds.run_action),
)  # fmt: skip
CONDITIONS = {condition.kind: condition for condition in _ALL}
"""All conditions by their words, as a lesson's author sees them listed."""


def read_wait(line: Line) -> Wait:
    """Read what stands behind `wait:`."""
    kind, _, rest = line.value.partition(" ")
    if kind not in CONDITIONS:
        raise line.unknown(kind, "thing to wait for", CONDITIONS)
    return replace(CONDITIONS[kind].read(line, rest.strip()), builds=CONDITIONS[kind].builds)


def task(wait: Wait, say_action: ActionWords) -> str:
    """What the person is to do, in the lesson's own words where it has some."""
    return wait.task or CONDITIONS[wait.kind].words(wait, say_action)


def stands(wait: Wait, now: Situation) -> bool:
    """Whether it is as the wait wants it; never so for an act."""
    is_so = CONDITIONS[wait.kind].stands
    return is_so is not None and is_so(wait, now)


def way_to(wait: Wait, now: Situation) -> Way:
    """Returns what to do so that it is as the wait wants it, or None where the program has no way."""
    way = CONDITIONS[wait.kind].way
    return None if way is None else way(wait, now)


def has_way(wait: Wait) -> bool:
    """Whether the program can do what a wait is for at all."""
    return CONDITIONS[wait.kind].way is not None


def command_of(wait: Wait) -> str:
    """The id of the command that a wait is for, or ""."""
    return CONDITIONS[wait.kind].command or (wait.word if wait.kind == "action" else "")
