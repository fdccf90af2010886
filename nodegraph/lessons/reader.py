"""Lessons: Markdown files whose blocks say what to open, point at, wait for and ask; read strictly.

A lesson is a `# Title`, a summary, and a `## Title` for each step; a step's text is Markdown, its directives
stand in fenced blocks marked `nodegraph`, one `key: value` on a line. `resources/lessons/README.md` tells
people how to write one. Whatever is wrong with a file is a DocumentError with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from nodegraph import resources
from nodegraph.core.engine.passes import run
from nodegraph.core.engine.trace import Trace
from nodegraph.core.errors import DocumentError
from nodegraph.core.graph.graph import Graph
from nodegraph.core.quoting import quoted
from nodegraph.formats import files
from nodegraph.lessons.directives import ADDITIONS, READERS, add_to, read
from nodegraph.lessons.lines import Line, Words, error_at, nearest
from nodegraph.lessons.pages import Page, images, pages, without_comments
from nodegraph.lessons.picture_files import MAX_PICTURES, picture_path, read_picture
from nodegraph.lessons.records import (
    Ask,
    Directive,
    EdgeName,
    Lesson,
    NodeName,
    Open,
    Point,
    Select,
    SetValues,
    ShowFrame,
    Step,
    Wait,
)

MAX_BYTES = 200_000
MAX_STEPS = 100
MAX_TEXT = 4_000
"""Characters of one step's text."""
MAX_BRACKETS = 200
"""Opening square brackets of one step's text; Markdown tries each with every other."""
MAX_DIRECTIVES = 30
MAX_MINUTES = 600
FOLDER = "lessons"
ANY = Words()

_SHIPPED_MINUTES = re.compile(r"^minutes: (\d+)$", re.MULTILINE)
_PAIR = re.compile(r"(\s*)([A-Za-z_]+)(\s*:\s*)((?:.*\S)?)\s*$")


@dataclass(frozen=True)
class Entry:
    """What a list of lessons shows of one; its steps are read when it is opened."""

    name: str
    title: str
    summary: str
    minutes: int
    path: Path


@cache
def shelf() -> tuple[Entry, ...]:
    """The shipped lessons, in the order in which they teach."""
    paths = sorted(path for path in resources.path(FOLDER).glob("*.md") if path.stem[:1].isdigit())
    return tuple(map(_entry, paths))


def _entry(path: Path) -> Entry:
    """What the list shows, read as the shipped lessons are written: a window that opens does not wait for
    the parser.
    """
    title, _, rest = _text(path).partition("\n## ")[0].partition("\n")
    summary = rest.strip().partition("\n\n")[0]
    minutes = _SHIPPED_MINUTES.search(rest)
    return Entry(
        path.stem,
        title.removeprefix("# "),
        " ".join(summary.split()),
        int(minutes[1]) if minutes else 0,
        path,
    )


def load(path: Path | str, words: Words = ANY) -> Lesson:
    """The lesson in a file."""
    path = Path(path)
    return replace(parse(_text(path), path.stem, words, path.parent), path=path)


def _text(path: Path) -> str:
    data = files.read_bytes(path)
    if len(data) > MAX_BYTES:
        raise DocumentError(f"This file is too large for a lesson; one has at most {MAX_BYTES:,} bytes.")
    try:
        return quoted(data.decode("utf-8-sig"), keep="\r\n\t")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise DocumentError("this is not UTF-8 text; save the lesson as UTF-8", f"line {line}") from None


def parse(text: str, name: str = "lesson", words: Words = ANY, folder: Path | None = None) -> Lesson:
    """The lesson in a text; its pictures lie in `folder`.

    >>> lesson = parse("# Sums\\n## One\\nLook.\\n```nodegraph\\ngraph: y = a + b\\npoint: a\\n```\\n")
    >>> lesson.title, [step.title for step in lesson.steps], lesson.steps[0].text
    ('Sums', ['One'], 'Look.')
    """
    head, *others = pages(text)
    minutes = _minutes(head)
    steps: list[Step] = []
    room = MAX_PICTURES
    for page in others:
        if page.is_title:
            raise error_at(page.line, "a lesson has one title “# …”; each step begins with “## …”")
        if len(steps) == MAX_STEPS:
            raise error_at(page.line, f"a lesson has at most {MAX_STEPS} steps")
        steps.append(_step(page, words, folder))
        room -= sum(path.stat().st_size for path in steps[-1].pictures.values())
        if room < 0:
            raise error_at(
                page.line, f"all pictures of a lesson together have at most {MAX_PICTURES:,} bytes"
            )
    if not steps:
        raise error_at(head.line, "this lesson is empty; a step begins with “## Title”")
    _Names().check(steps)
    return Lesson(name, head.title, _summary(head), minutes, tuple(steps))


def _summary(head: Page) -> str:
    return " ".join(without_comments(head.text).strip().partition("\n\n")[0].split())


# --- pages into steps
def _pairs(page: Page, words: Words) -> Iterator[Line]:
    for number, text in page.block:
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        pair = _PAIR.match(text)
        if pair is None:
            raise error_at(
                number, f"expected “key: value”, such as “open: seed-L”; found “{text.strip()[:60]}”"
            )
        yield Line(number, pair[2], pair[4], 1 + sum(map(len, pair.group(1, 2, 3))), words)


def _minutes(head: Page) -> int:
    minutes = 0
    for line in _pairs(head, ANY):
        if line.key != "minutes":
            hint = "; a step's directives stand under its “## Title”" if line.key in READERS else None
            raise line.error(f"“{line.key}” says nothing about a lesson"
                             f"{hint or nearest(line.key, ['minutes'])}")  # fmt: skip
        if not (line.value.isascii() and line.value.isdigit() and 0 < int(line.value[:9]) <= MAX_MINUTES):
            raise line.error(f"expected minutes from 1 to {MAX_MINUTES}, found “{line.value[:40]}”")
        minutes = int(line.value)
    return minutes


def _step(page: Page, words: Words, folder: Path | None) -> Step:
    if len(page.text) > MAX_TEXT:
        raise error_at(
            page.line, f"this step's text has {len(page.text):,} characters; at most {MAX_TEXT:,} fit"
        )
    if page.text.count("[") > MAX_BRACKETS:
        raise error_at(page.line, f"this step's text has more than {MAX_BRACKETS} square brackets")
    directives: list[Directive] = []
    for line in _pairs(page, words):
        if line.key in ADDITIONS:
            added = add_to(directives[-1] if directives else None, line)
            directives[-1] = added
        else:
            directives.append(read(line))
        if len(directives) > MAX_DIRECTIVES:
            raise line.error(f"a step has at most {MAX_DIRECTIVES} directives")
    for one in directives:
        if isinstance(one, Ask) and one.kind == "choice":
            _check_choice(one)
    if not page.text and not directives:
        raise error_at(page.line, f"the step “{page.title}” is empty; write what it says below its title")
    return Step(page.title, page.text, page.line, tuple(directives), _pictures(page, folder))


def _pictures(page: Page, folder: Path | None) -> dict[str, Path]:
    """The files of the pictures in a page's text, by where it says they are."""
    found = {}
    for number, source in images(page) if "![" in page.text else ():
        try:
            found[source] = picture_path(source, folder)
            read_picture(found[source])
        except DocumentError as error:
            raise error_at(number, str(error)) from None
    return found


def _check_choice(ask: Ask) -> None:
    if sum(option.is_right for option in ask.options) != 1 or len(ask.options) < 2:
        raise error_at(ask.line, "a choice needs one “right:” answer and at least one “wrong:” answer")


# --- names against the graphs that are opened
class _Names:
    """Goes through the steps with the graph that is open there, and checks every name against it.

    Where the lesson lets the person add nodes, or opens nothing, what is there is not known, and all goes.
    """

    def __init__(self) -> None:
        self.graph: Graph | None = None
        self.trace: Trace | None = None
        self.added: set[tuple[str, str]] = set()
        """Edges, by their ends, that the person was asked to draw."""

    def check(self, steps: list[Step]) -> None:
        """DocumentError for the first name that is not there."""
        for step in steps:
            for one in step.directives:
                if isinstance(one, Open):
                    self.graph, self.trace, self.added = one.graph, run(one.graph), set()
                elif isinstance(one, Wait) and one.kind == "add":
                    self.graph = None
                elif self.graph is not None and self.trace is not None:
                    self._check(one, self.graph, self.trace)

    def _check(self, one: Directive, graph: Graph, trace: Trace) -> None:
        if isinstance(one, Point | Select | Wait | Ask) and one.target is not None:
            drawn = isinstance(one, Wait) and one.kind == "connect"
            if isinstance(one.target, NodeName):
                self._node(one.line, graph, one.target.name)
            elif isinstance(one.target, EdgeName):
                self._edge(one.line, graph, one.target, drawn)
        if isinstance(one, SetValues):
            self._inputs(one.line, graph, list(one.values))
        if isinstance(one, Wait) and one.kind == "value" and one.relation is None and one.target is not None:
            self._inputs(one.line, graph, [str(one.target)])
        moment = one.moment if isinstance(one, ShowFrame | Wait) else None
        if moment is not None and not self.added:
            if moment.after is not None:
                self._ends(one.line, graph, moment.after)
            if moment.position(trace) is None:
                raise error_at(
                    one.line, f"the passes of this graph have no such step; they have {len(trace.steps)}"
                )
        if isinstance(one, Ask) and not self.added:
            self._asked(one, graph, trace)

    def _node(self, line: int, graph: Graph, name: str) -> None:
        if graph.named(name) is None:
            known = [node.name for node in graph.nodes()]
            raise error_at(line, f"the open graph has no node “{name}”{nearest(name, known)}")

    def _edge(self, line: int, graph: Graph, edge: EdgeName, drawn: bool) -> None:
        self._ends(line, graph, edge)
        if drawn:
            self.added.add((edge.source, edge.target))
        elif not edge.keys(graph) and (edge.source, edge.target) not in self.added:
            target = graph.named(edge.target)
            sources = [graph.node(e.source).name for e in graph.edges_into(target.id)] if target else []
            there = f"; {edge.target} takes {' and '.join(sources)}" if sources else ""
            raise error_at(line, f"the open graph has no edge {edge}{there}")

    def _ends(self, line: int, graph: Graph, target: NodeName | EdgeName) -> None:
        names = [target.name] if isinstance(target, NodeName) else [target.source, target.target]
        for name in names:
            self._node(line, graph, name)

    def _inputs(self, line: int, graph: Graph, names: list[str]) -> None:
        inputs = [node.name for node in graph.nodes() if node.is_leaf]
        for name in names:
            if name not in inputs:
                raise error_at(line, f"the open graph has no input “{name}”{nearest(name, inputs)}")

    def _asked(self, ask: Ask, graph: Graph, trace: Trace) -> None:
        if answer_in(trace, graph, ask) is None and ask.kind != "choice":
            raise error_at(ask.line, f"{ask.target} has no {ask.kind} that could be asked for")


def answer_in(trace: Trace, graph: Graph, ask: Ask) -> float | None:
    """The number that is asked for, in a trace of the open graph; None where there is none."""
    if ask.kind == "number":
        return ask.number
    if isinstance(ask.target, EdgeName):
        keys = [key for key in ask.target.keys(graph) if key in trace.edge_number]
        if not keys:
            return None
        if ask.kind == "local":
            return trace.local(keys[0])
        number = trace.edge_number[keys[0]]
        return float(trace.contributions[number]) if trace.carried[number] else None
    node = graph.named(ask.target.name) if ask.target is not None else None
    if node is None:
        return None
    return trace.value(node.id) if ask.kind == "value" else trace.gradient(node.id)
