"""What the words of a text of a graph mean: which node a word names, and which words a node has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from nodegraph.core.building.free_names import CONSTANTS
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Node
from nodegraph.core.operations.catalogue import ARITIES
from nodegraph.core.operations.quoted_names import MARK

Kind = Literal["input", "constant", "name", "function", "number", "comment", "sign"]
_WORD = re.compile(
    r"(?P<comment>\#.*)|(?P<name>`[^`\n]+`|[^\W\d]\w*)"
    r"|(?P<number>(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|(?P<sign>[-+*/^=×·÷−|√]+)"
)
_STATED = re.compile(r"(?:^|;)[ \t]*(`[^`\n]+`|[^\W\d]\w*)[ \t]*(?:[-+*/]|\*\*)?=(?!=)")
_LEAF = ("input", "muted")
FUNCTION_WORDS = frozenset((*ARITIES, *_LEAF, "ln", "σ", "trainable"))


@dataclass(frozen=True, slots=True)
class Word:
    """A word of one line: where it stands there, and what kind of word it is."""

    start: int
    end: int
    text: str
    kind: Kind


def words_of(line: str, graph: Graph) -> Iterator[Word]:
    """Yields the words of a line with what they are in a graph."""
    for match in _WORD.finditer(line):
        found = match.lastgroup or "sign"
        kind: Kind = "sign"
        if found == "comment":
            kind = "comment"
        elif found == "number":
            kind = "number"
        elif found == "name":
            is_called = line[match.end() :].lstrip()[:1] == "("
            kind = _kind_of(match[0].strip(MARK), graph, is_called and match[0][0] != MARK)
        yield Word(match.start(), match.end(), match[0].strip(MARK), kind)


def _kind_of(name: str, graph: Graph, is_called: bool) -> Kind:
    node = graph.named(name)
    if is_called or (name in FUNCTION_WORDS and node is None):
        return "function"
    if node is None:
        return "constant" if name in CONSTANTS else "name"
    return "input" if node.op == "input" else "constant" if node.op == "constant" else "name"


def stated_in(line: str) -> list[tuple[int, str]]:
    """Returns where the statements of a line begin, and the names that they give."""
    plain = line.partition("#")[0]
    return [(match.start(1), match[1].strip(MARK)) for match in _STATED.finditer(plain)]


def statement_at(line: str, column: int) -> str:
    """Returns the name that the statement at a column of a line gives, or ""."""
    before = [name for start, name in stated_in(line) if start <= column]
    return before[-1] if before else next((name for _, name in stated_in(line)), "")


def node_at(line: str, column: int, graph: Graph) -> Node | None:
    """Returns the node that the word at a column of a line means: the one it names, the constant that it is,
    else the one whose statement it stands in.
    """
    stated = graph.named(statement_at(line, column))
    for word in words_of(line, graph):
        if not word.start <= column <= word.end:
            continue
        if word.kind == "comment":
            return None
        named = graph.named(word.text) if word.kind != "function" else None
        if named is not None:
            return named
        if word.kind == "number" and stated is not None:
            return _constant(stated, word.text, graph) or stated
    return stated


def _constant(node: Node, text: str, graph: Graph) -> Node | None:
    """The only constant of this size that a node takes."""
    sources = {edge.source for edge in graph.edges_into(node.id)}
    found = [graph.node(i) for i in sources if graph.node(i).op == "constant"]
    same = [one for one in found if abs(one.value or 0.0) == float(text.replace("_", ""))]
    return same[0] if len(same) == 1 else None


def stands_for(node: Node, graph: Graph, stated: frozenset[str] | set[str]) -> str:
    """Returns the name below which a node stands in a text that states these: its own, or that of what is
    computed from it where it has none there.
    """
    seen = set()
    while node.name not in stated and node.id not in seen:
        seen.add(node.id)
        uses = graph.edges_from(node.id)
        if not uses:
            return node.name
        node = graph.node(uses[0].target)
    return node.name


def marked_in(line: str, nodes: list[Node], graph: Graph) -> Iterator[tuple[int, int]]:
    """Yields the places of the words in a line that mean one of these nodes."""
    names = {node.name for node in nodes}
    constants = [node for node in nodes if node.op == "constant"]
    for word in words_of(line, graph):
        if word.kind == "comment":
            return
        is_name = word.kind in ("input", "name", "constant") and word.text in names
        is_number = word.kind == "number" and constants and node_at(line, word.start, graph) in constants
        if is_name or is_number:
            yield word.start, word.end
