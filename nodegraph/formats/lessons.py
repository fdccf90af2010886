"""Lessons: Markdown files whose blocks say what to open, point at, wait for and ask; read strictly.

A lesson is a `# Title`, a summary, and a `## Title` for each step; a step's text is Markdown, its directives
stand in fenced blocks marked `nodegraph`, one `key: value` on a line. `resources/lessons/README.md` tells
people how to write one. Whatever is wrong with a file is a DocumentError with its line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from nodegraph import resources
from nodegraph.core.errors import DocumentError
from nodegraph.core.graph import Graph
from nodegraph.core.passes import run
from nodegraph.core.trace import Trace
from nodegraph.formats import files
from nodegraph.formats.lesson_lines import ADDITIONS, READERS, Line, Words, add_to, nearest, read
from nodegraph.formats.lesson_records import (
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
MAX_TITLE = 100
MAX_DIRECTIVES = 30
MAX_MINUTES = 600
FOLDER = "lessons"
FENCE = "nodegraph"
ANY = Words()

_HEADING = re.compile(r"(#{1,2})(?!#)\s*(.*?)\s*#*\s*$")
_MARK = re.compile(r"\s*(`{3,}|~{3,})\s*(\S*)")
_PAIR = re.compile(r"(\s*)([A-Za-z_]+)(\s*:\s*)(.*?)\s*$")


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
    head = _head(_pages(_text(path)))
    return Entry(path.stem, head.title, _summary(head), _minutes(head), path)


def load(path: Path | str, words: Words = ANY) -> Lesson:
    """The lesson in a file."""
    path = Path(path)
    return replace(parse(_text(path), path.stem, words), path=path)


def _text(path: Path) -> str:
    data = files.read_bytes(path)
    if len(data) > MAX_BYTES:
        raise DocumentError(f"This file is too large for a lesson; one has at most {MAX_BYTES:,} bytes.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise DocumentError("this is not UTF-8 text; save the lesson as UTF-8", f"line {line}") from None


def parse(text: str, name: str = "lesson", words: Words = ANY) -> Lesson:
    """The lesson in a text.

    >>> lesson = parse("# Sums\\n## One\\nLook.\\n```nodegraph\\ngraph: y = a + b\\npoint: a\\n```\\n")
    >>> lesson.title, [step.title for step in lesson.steps], lesson.steps[0].text
    ('Sums', ['One'], 'Look.')
    """
    pages = _pages(text)
    head = _head(pages)
    minutes = _minutes(head)
    steps = []
    for page in pages:
        if page.is_title:
            raise _error(page.line, "a lesson has one title “# …”; each step begins with “## …”")
        steps.append(_step(page, words))
    if not steps:
        raise _error(head.line, "this lesson is empty; a step begins with “## Title”")
    if len(steps) > MAX_STEPS:
        raise _error(steps[MAX_STEPS].line, f"a lesson has at most {MAX_STEPS} steps")
    _Names().check(steps)
    return Lesson(name, head.title, _summary(head), minutes, tuple(steps))


def _head(pages: Iterator[_Page]) -> _Page:
    head = next(pages, None)
    if head is None or not head.is_title:
        raise _error(head.line if head else 1, "a lesson begins with its title: “# Title”")
    return head


def _summary(head: _Page) -> str:
    return " ".join(head.text.partition("\n\n")[0].split())


def _error(line: int, message: str) -> DocumentError:
    return DocumentError(message, f"line {line}")


# --- Markdown into pages
@dataclass
class _Page:
    """What stands under one heading."""

    title: str
    line: int
    is_title: bool
    lines: list[str] = field(default_factory=list)
    block: list[tuple[int, str]] = field(default_factory=list)
    """The lines of its blocks, with their numbers."""

    @property
    def text(self) -> str:
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines)).strip()


def _pages(text: str) -> Iterator[_Page]:
    """The pages of a text, one after the other; what is in a block of ours stands apart from the text."""
    page: _Page | None = None
    fence, opened, is_ours = "", 0, False
    for number, line in enumerate(text.splitlines(), 1):
        _check_characters(number, line)
        heading = None if fence else _HEADING.match(line)
        if heading:
            if page is not None:
                yield page
            page = _Page(heading[2], number, heading[1] == "#")
            _check_title(page)
        elif page is None:
            if line.strip():
                raise _error(number, "a lesson begins with its title: “# Title”")
        elif fence and line.strip() == fence:
            page.lines += [] if is_ours else [line]
            fence = ""
        elif fence and is_ours:
            page.block.append((number, line))
        else:
            mark = None if fence else _MARK.match(line)
            if mark:
                fence, opened, is_ours = mark[1], number, _is_ours(number, mark[2])
            page.lines += [] if mark and is_ours else [line]
    if fence:
        raise _error(opened, f"this block is not closed; end it with a line of {fence}")
    if page is not None:
        yield page


def _is_ours(number: int, mark: str) -> bool:
    if mark != FENCE and nearest(mark, [FENCE]).startswith("; did"):
        raise _error(number, f"“{mark}” marks no block of a lesson; did you mean “{FENCE}”?")
    return mark == FENCE


def _check_characters(number: int, line: str) -> None:
    if any(unicodedata.category(character) in ("Cc", "Cs") and character != "\t" for character in line):
        raise _error(number, "there is a control character here; take it out")
    if "![" in line:
        raise _error(number, "a lesson shows no pictures; open a graph and point at it instead")


def _check_title(page: _Page) -> None:
    kind = "lesson" if page.is_title else "step"
    if not page.title:
        raise _error(
            page.line, f"this {kind} has no title; write it behind the “{'#' if page.is_title else '##'}”"
        )
    if len(page.title) > MAX_TITLE:
        raise _error(page.line, f"a title has at most {MAX_TITLE} characters; this one has {len(page.title)}")


def _pairs(page: _Page, words: Words) -> Iterator[Line]:
    for number, text in page.block:
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        pair = _PAIR.match(text)
        if pair is None:
            raise _error(
                number, f"expected “key: value”, such as “open: seed-L”; found “{text.strip()[:60]}”"
            )
        yield Line(number, pair[2], pair[4], 1 + sum(map(len, pair.group(1, 2, 3))), words)


def _minutes(head: _Page) -> int:
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


def _step(page: _Page, words: Words) -> Step:
    if len(page.text) > MAX_TEXT:
        raise _error(
            page.line, f"this step's text has {len(page.text):,} characters; at most {MAX_TEXT:,} fit"
        )
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
        raise _error(page.line, f"the step “{page.title}” is empty; write what it says below its title")
    return Step(page.title, page.text, page.line, tuple(directives))


def _check_choice(ask: Ask) -> None:
    if sum(option.is_right for option in ask.options) != 1 or len(ask.options) < 2:
        raise _error(ask.line, "a choice needs one “right:” answer and at least one “wrong:” answer")


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
                raise _error(
                    one.line, f"the passes of this graph have no such step; they have {len(trace.steps)}"
                )
        if isinstance(one, Ask) and not self.added:
            self._asked(one, graph, trace)

    def _node(self, line: int, graph: Graph, name: str) -> None:
        if graph.named(name) is None:
            known = [node.name for node in graph.nodes()]
            raise _error(line, f"the open graph has no node “{name}”{nearest(name, known)}")

    def _edge(self, line: int, graph: Graph, edge: EdgeName, drawn: bool) -> None:
        self._ends(line, graph, edge)
        if drawn:
            self.added.add((edge.source, edge.target))
        elif not edge.keys(graph) and (edge.source, edge.target) not in self.added:
            target = graph.named(edge.target)
            sources = [graph.node(e.source).name for e in graph.edges_into(target.id)] if target else []
            there = f"; {edge.target} takes {' and '.join(sources)}" if sources else ""
            raise _error(line, f"the open graph has no edge {edge}{there}")

    def _ends(self, line: int, graph: Graph, target: NodeName | EdgeName) -> None:
        names = [target.name] if isinstance(target, NodeName) else [target.source, target.target]
        for name in names:
            self._node(line, graph, name)

    def _inputs(self, line: int, graph: Graph, names: list[str]) -> None:
        inputs = [node.name for node in graph.nodes() if node.is_leaf]
        for name in names:
            if name not in inputs:
                raise _error(line, f"the open graph has no input “{name}”{nearest(name, inputs)}")

    def _asked(self, ask: Ask, graph: Graph, trace: Trace) -> None:
        if answer_in(trace, graph, ask) is None and ask.kind != "choice":
            raise _error(ask.line, f"{ask.target} has no {ask.kind} that could be asked for")


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
