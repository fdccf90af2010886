"""What a lesson is made of, once it has been read: steps with text, and directives that say what to open,
show, point at, wait for and ask. Plain records; they know no file, no window and do nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, TypeVar

from nodegraph.core.engine.trace import Step as PassStep
from nodegraph.core.engine.trace import Trace
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import EdgeKey


# --- names of things that can be pointed at
@dataclass(frozen=True, slots=True)
class NodeName:
    """A node, by the name people see."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class EdgeName:
    """An edge, or all edges between two nodes where `port` (from 0) is None."""

    source: str
    target: str
    port: int | None = None

    def __str__(self) -> str:
        return f"{self.source} → {self.target}" + ("" if self.port is None else f" port {self.port + 1}")

    def keys(self, graph: Graph) -> list[EdgeKey]:
        """The edges of this name in a graph; empty where there is none."""
        source, target = graph.named(self.source), graph.named(self.target)
        if source is None or target is None:
            return []
        edges = (edge for edge in graph.edges_into(target.id) if edge.source == source.id)
        return [edge.key for edge in edges if self.port in (None, edge.port)]


@dataclass(frozen=True, slots=True)
class ActionName:
    """Something the program can do, by the id of its action."""

    id: str

    def __str__(self) -> str:
        return self.id


@dataclass(frozen=True, slots=True)
class PanelName:
    """A part of the window."""

    name: str

    def __str__(self) -> str:
        return self.name


Target = NodeName | EdgeName | ActionName | PanelName


@dataclass(frozen=True, slots=True)
class Moment:
    """A place in the two passes: at the start, after the inputs, after the forward pass, at the end, after so
    many steps, or after the step about a node (its evaluation) or an edge (its contribution).
    """

    kind: Literal["start", "inputs", "forward", "backward", "number", "after"]
    number: int = 0
    after: NodeName | EdgeName | None = None

    def position(self, trace: Trace) -> int | None:
        """The cursor at this moment of a trace, or None where that has no such step."""
        if self.kind == "after":
            return trace.position_of(step) if (step := self._step(trace)) is not None else None
        position = {
            "start": 0,
            "inputs": trace.position_of(PassStep("inputs")) or 0,
            "forward": trace.forward_steps,
            "backward": len(trace.steps),
            "number": self.number,
        }[self.kind]
        return position if position <= len(trace.steps) else None

    def _step(self, trace: Trace) -> PassStep | None:
        if isinstance(self.after, NodeName):
            found = (i for i, node in trace.nodes.items() if node.name == str(self.after))
            node_id = next(found, None)
            return None if node_id is None else PassStep("evaluate", node=node_id)
        assert self.after is not None
        edge = self.after
        for step in trace.steps:
            if step.edge is None or edge.port not in (None, step.edge[1]):
                continue
            ends = trace.nodes[trace.source(step.edge)].name, trace.nodes[step.edge[0]].name
            if ends == (edge.source, edge.target):
                return step
        return None


# --- directives; `line` is where each stands in the file
@dataclass(frozen=True, slots=True)
class Open:
    """A graph to open: a shipped example by name, or the graph of a formula."""

    line: int
    graph: Graph = field(compare=False)
    example: str = ""


@dataclass(frozen=True, slots=True)
class ShowFrame:
    """Go to this moment of the passes."""

    line: int
    moment: Moment


@dataclass(frozen=True, slots=True)
class SetValues:
    """Set inputs, by name."""

    line: int
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Select:
    """Select a node or an edge."""

    line: int
    target: NodeName | EdgeName


@dataclass(frozen=True, slots=True)
class Show:
    """Show a panel."""

    line: int
    panel: str


@dataclass(frozen=True, slots=True)
class Point:
    """Draw the eye to something."""

    line: int
    target: Target


REPEATABLE = ("pass.backward_again", "pass.zero_gradients")
"""Actions that leave something behind in the passes, and cost nothing to do once more."""

Relation = Literal["=", "<", ">", "<=", ">="]


@dataclass(frozen=True, slots=True)
class Wait:
    """Something the person is to do. `task` is the lesson's own wording, if it has one.

    `value`, `gradient` and `loss` wait until the number stands in `relation` to `number`; `value` without a
    relation waits until the input has another value than at first.
    """

    line: int
    kind: str
    """One of `conditions.CONDITIONS`."""
    target: NodeName | EdgeName | None = None
    moment: Moment | None = None
    relation: Relation | None = None
    number: float = 0.0
    count: int = 1
    word: str = ""
    """The id of an action, or the name of an operation."""
    builds: bool = False
    """Whether the condition leaves a graph that no other step can set up."""
    task: str = ""

    @property
    def changes_graph(self) -> bool:
        """Whether doing it leaves a graph that no other step can set up."""
        return self.builds or self.word.startswith(("train.", "graph.", "edit.", "group."))


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose, and what is said when it is chosen."""

    text: str
    is_right: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """A prediction asked for: a number of the passes, a number of the lesson's own, or a choice."""

    line: int
    kind: Literal["value", "gradient", "local", "contribution", "number", "choice"]
    target: NodeName | EdgeName | None = None
    number: float = 0.0
    prompt: str = ""
    options: tuple[Option, ...] = ()
    hints: tuple[str, ...] = ()
    why: str = ""
    """Said once the answer is right."""


Directive = Open | ShowFrame | SetValues | Select | Show | Point | Wait | Ask
Kind = TypeVar("Kind", Open, ShowFrame, SetValues, Select, Show, Point, Wait, Ask)


# --- lessons
@dataclass(frozen=True, slots=True)
class Step:
    """One page of a lesson: a title, its text in Markdown, and what happens there."""

    title: str
    text: str
    line: int
    directives: tuple[Directive, ...] = ()
    pictures: Mapping[str, Path] = field(default_factory=dict)
    """The files of its pictures, by where the text says they are."""

    def each(self, kind: type[Kind]) -> Iterator[Kind]:
        """The directives of one kind, in their order."""
        return (one for one in self.directives if isinstance(one, kind))


@dataclass(frozen=True, slots=True)
class Scene:
    """What is open and shown at a step, whatever way one came there."""

    opened: Open | None = None
    values: Mapping[str, float] = field(default_factory=dict)
    moment: Moment | None = None
    repeated: tuple[str, ...] = ()
    """What people were asked to do before that leaves something in the passes, by the ids of the actions."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson. `name` is what its progress is remembered by; `path` is None where it came from no file."""

    name: str
    title: str
    summary: str
    minutes: int
    steps: tuple[Step, ...]
    path: Path | None = None

    def scene(self, number: int) -> Scene:
        """What the steps up to this one (from 0) have opened, set and shown."""
        scene = Scene()
        for step in self.steps[: number + 1]:
            for one in step.directives:
                if isinstance(one, Open):
                    scene = Scene(one)
                elif isinstance(one, SetValues):
                    scene = replace(scene, values={**scene.values, **one.values})
                elif isinstance(one, ShowFrame):
                    scene = replace(scene, moment=one.moment)
                elif isinstance(one, Wait) and one.word in REPEATABLE and step is not self.steps[number]:
                    scene = replace(scene, moment=None, repeated=(*scene.repeated, one.word))
        return scene

    def way_to(self, number: int) -> int:
        """The step, from 0, at which to begin so that this one finds its graph as it should be: an earlier
        one that opens the graph, where people train it or build on it in between.
        """
        opens = [place for place in range(number + 1) if any(self.steps[place].each(Open))]
        if not opens:
            return number
        waits = (wait for step in self.steps[opens[-1] : number] for wait in step.each(Wait))
        return opens[-1] if any(wait.changes_graph for wait in waits) else number
