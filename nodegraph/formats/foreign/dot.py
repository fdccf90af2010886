"""DOT as a network, by the grammar that Graphviz prints (https://graphviz.org/doc/info/lang.html).

Read here: networkx's way, by pydot, takes a millisecond for each edge, leaves out what stands in subgraphs,
and takes the port of an edge for a part of a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from nodegraph.core.errors import DocumentError
from nodegraph.formats.foreign.words import whole_number
from nodegraph.formats.limits import MAX_DEPTH, MAX_EDGES, MAX_NODES, NO_UTF8

if TYPE_CHECKING:
    import networkx as nx

MOST_CHARACTERS = 1_000_000
"""Of DOT that are read, in a second or two."""
DRAWN = "// A picture of a graph, drawn by nodegraph; the graph itself is in its .nodegraph document."
"""The first line of a file of ours."""
_ONLY_DRAWN = (
    "This DOT file is a picture that nodegraph drew; open the .nodegraph document of it, or a PNG or SVG "
    "that was exported of it, which hold the graph."
)
_TOKEN = re.compile(
    r"(?P<blank>\s+|//[^\n]*|/\*.*?\*/|\#[^\n]*)"
    r"|(?P<word>[^\W\d]\w*|-?(?:\.\d+|\d+(?:\.\d*)?))"
    r'|(?P<quoted>"(?:[^"\\]|\\.)*")|(?P<html><)|(?P<sign>->|--|[{}\[\]=;,:+])',
    re.DOTALL,
)
SUBGRAPHS = ("of subgraphs",)
"""The attribute of a network that holds those of its subgraphs, each with what they say; it is no text, as a
file's are.
"""
_KEYWORDS = frozenset(("strict", "graph", "digraph", "node", "edge", "subgraph"))
_PARENTHESIS = re.compile(r"[<>]")


class _Token(NamedTuple):
    text: str
    kind: str
    """word, quoted, sign or end."""
    place: int
    keyword: str = ""
    """The keyword that it is, whichever its letters' case; "" for another one."""


class _End(NamedTuple):
    """An end of an edge: a node, and the port behind it, "" without one."""

    node: str
    port: str


_Defaults = Mapping[str, dict[str, str]]
"""The attributes of all nodes and edges that follow."""


def network_of(data: bytes) -> nx.MultiDiGraph[Any] | nx.MultiGraph[Any]:
    """Returns the network in DOT, directed or not; DocumentError, with line and column, where none is.

    >>> network = network_of(b'digraph { a -> m:1; subgraph s { b -> m:0 } }')
    >>> list(network.edges(data="headport"))
    [('a', 'm', '1'), ('b', 'm', '0')]
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DocumentError(NO_UTF8) from None
    if text.startswith(DRAWN):
        raise DocumentError(_ONLY_DRAWN)
    if len(text) > MOST_CHARACTERS:
        raise DocumentError(f"This has more than {MOST_CHARACTERS:,} characters of DOT.")
    return _Reader(text).network()


class _Reader:
    """Reads one token after the other and puts the network together."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = self._all_tokens()
        self._now = next(self._tokens)
        self._depth = self._edges = 0
        self._sign = "->"
        self._network: Any = None
        self._of_subgraphs: dict[str, list[str]] = {}

    def network(self) -> Any:
        """Returns the network of the whole text."""
        import networkx as nx

        is_strict = self._takes("strict")
        is_directed = self._now.keyword == "digraph"
        if self._now.keyword not in ("graph", "digraph"):
            self._refuse("expected graph or digraph")
        self._take()
        self._sign = "->" if is_directed else "--"
        kinds = (nx.DiGraph, nx.Graph) if is_strict else (nx.MultiDiGraph, nx.MultiGraph)
        name = "" if self._now.text == "{" else self._id()
        self._network = kinds[not is_directed](name=name)
        self._statements({"node": {}, "edge": {}})
        if self._now.kind != "end":
            self._refuse("expected the end of the file; several graphs are not read")
        if self._of_subgraphs:
            self._network.graph[SUBGRAPHS] = self._of_subgraphs
        return self._network

    # --- tokens
    def _all_tokens(self) -> Iterator[_Token]:
        place = 0
        while place < len(self._text):
            match = _TOKEN.match(self._text, place)
            if match is None:
                said = (
                    "this text is never closed" if self._text[place] == '"' else "this has no meaning in DOT"
                )
                self._refuse(said, place)
            start, place, kind = place, match.end(), match.lastgroup or ""
            if kind == "html":
                place = self._end_of_html(start)
            if kind == "blank":
                continue
            text = self._text[start:place]
            word = text.lower() if kind == "word" else ""
            yield _Token(text, "quoted" if kind == "html" else kind, start, word if word in _KEYWORDS else "")
        yield _Token("", "end", place)

    def _end_of_html(self, start: int) -> int:
        depth = 0
        for match in _PARENTHESIS.finditer(self._text, start):
            depth += 1 if match[0] == "<" else -1
            if not depth:
                break
        else:
            self._refuse("this text is never closed", start)
        return match.end()

    def _refuse(self, message: str, place: int | None = None) -> NoReturn:
        at = self._now.place if place is None else place
        line = self._text.count("\n", 0, at) + 1
        raise DocumentError(message, f"line {line}, column {at - self._text.rfind(chr(10), 0, at)}")

    def _take(self) -> _Token:
        token = self._now
        self._now = next(self._tokens, token)
        return token

    def _takes(self, *texts: str) -> bool:
        """Whether a sign or a keyword comes next, which is passed then."""
        now = self._now
        is_next = (now.keyword or now.text) in texts and now.kind != "quoted"
        if is_next:
            self._now = next(self._tokens, now)
        return is_next

    def _expect(self, sign: str) -> None:
        if not self._takes(sign):
            self._refuse(
                f"expected {sign}" + ("; part of the file is missing" if self._now.kind == "end" else "")
            )

    def _id(self) -> str:
        if self._now.kind not in ("word", "quoted") or self._now.keyword:
            self._refuse("expected a name")
        text = _bare(self._take().text)
        while self._takes("+"):
            text += _bare(self._take().text)
        return text

    # --- statements
    def _statements(self, outer: _Defaults) -> list[str]:
        """Take up what stands in braces; returns the nodes that it names."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self._refuse(f"this is nested more than {MAX_DEPTH} levels deep")
        self._expect("{")
        defaults = {kind: dict(held) for kind, held in outer.items()}
        named: list[str] = []
        while not self._takes("}"):
            if self._now.kind == "end":
                self._refuse("expected }; part of the file is missing")
            if not self._takes(";", ","):
                named += self._statement(defaults)
        self._depth -= 1
        return named

    def _statement(self, defaults: _Defaults) -> list[str]:
        keyword = self._now.keyword
        if keyword in ("graph", "node", "edge"):
            self._take()
            if keyword == "graph":
                self._tell_of_graph(self._attributes())
            else:
                defaults[keyword].update(self._attributes())
            return []
        groups, first = [self._ends(defaults)], self._now
        if self._takes("="):  # an attribute of the graph, as in rankdir=LR
            self._tell_of_graph({groups[0][0].node: self._id()})
            return []
        while self._takes("->", "--"):
            if first.text != self._sign:
                self._refuse(f"an edge is written {self._sign} here", first.place)
            groups.append(self._ends(defaults))
        attributes = self._attributes()
        named = list(dict.fromkeys(end.node for ends in groups for end in ends))
        self._add(named, defaults["node"])
        if len(groups) == 1:
            for node in named:
                self._network.nodes[node].update(attributes)
        for before, after in pairwise(groups):
            self._connect(before, after, {**defaults["edge"], **attributes})
        return named

    def _tell_of_graph(self, attributes: Mapping[str, str]) -> None:
        """Keep attributes of the whole, or of the subgraph that is being read."""
        if self._depth == 1:
            self._network.graph.update(attributes)
            return
        for key, value in attributes.items():
            self._of_subgraphs.setdefault(key, []).append(value)

    def _ends(self, defaults: _Defaults) -> list[_End]:
        """Returns what one side of an edge names: a node, or all nodes of a subgraph."""
        if self._now.text == "{" or self._now.keyword == "subgraph":
            if self._takes("subgraph") and self._now.text != "{":
                self._id()
            return [_End(node, "") for node in self._statements(defaults)]
        node, port = self._id(), ""
        if self._takes(":"):
            port = self._id()
            if self._takes(":"):
                self._id()  # the side at which it is drawn
        return [_End(node, port)]

    def _attributes(self) -> dict[str, str]:
        found: dict[str, str] = {}
        while self._takes("["):
            while not self._takes("]"):
                if not self._takes(",", ";"):
                    key = self._id()
                    found[key] = self._id() if self._takes("=") else "true"
        return found

    def _add(self, nodes: list[str], attributes: Mapping[str, str]) -> None:
        for node in nodes:
            if node not in self._network:
                self._network.add_nodes_from([(node, attributes)])
        if len(self._network) > MAX_NODES:
            self._refuse(f"a graph has at most {MAX_NODES:,} nodes")

    def _connect(self, before: list[_End], after: list[_End], attributes: Mapping[str, str]) -> None:
        self._edges += len(before) * len(after)
        if self._edges > MAX_EDGES:
            self._refuse(f"a graph has at most {MAX_EDGES:,} edges")
        for start in before:
            for end in after:
                held = {**attributes, "headport": end.port} if end.port else dict(attributes)
                is_keyed = self._network.is_multigraph() and "key" in held
                key = held.pop("key") if is_keyed else None
                number = whole_number(key)
                keyed = [key if number is None else number] if is_keyed else []
                self._network.add_edges_from([(start.node, end.node, *keyed, held)])


def _bare(text: str) -> str:
    """Returns a text without the quotation marks round it, and with its own as they are meant."""
    return text[1:-1].replace('\\"', '"').replace("\\\n", "") if text.startswith('"') else text
