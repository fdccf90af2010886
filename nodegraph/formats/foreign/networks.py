"""A network of networkx as a graph: its nodes by what they call themselves, its edges by their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from nodegraph.core.collector import collector_paused
from nodegraph.core.errors import Refused
from nodegraph.core.graph.cycles import find_cycle
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import article, name_candidates, numbered, why_never_name, why_not_text
from nodegraph.core.graph.records import LEAVES, Edge, Node
from nodegraph.core.operations.catalogue import OPERATIONS
from nodegraph.core.quoting import quoted
from nodegraph.formats.foreign.labels import LABELS, name_in, numbers_in, unread
from nodegraph.formats.foreign.other_functions import is_of_another
from nodegraph.formats.foreign.unused import TITLES, refuse_parameters, told_of
from nodegraph.formats.foreign.words import (
    PORTS,
    check_given,
    claimed_by,
    is_number,
    is_of_torch,
    is_so,
    meaning,
    number_of,
    only_names,
    said_by,
    said_of_numbers,
    whole_number,
)
from nodegraph.formats.limits import MAX_EDGES, MAX_NODES, MAX_TITLE, TOO_LARGE

if TYPE_CHECKING:
    import networkx as nx

MOST_WORDS = 1_000
"""Different words that nodes say for what they do; every known one has less than ten."""
MAP_IT = "map it to an operation, as in MatMul=multiply"
"""What to do about a word that is not known."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """A word that nodes say, what operation it is taken for ("" where nobody knows), and how many say it."""

    word: str
    op: str
    count: int

    @property
    def line(self) -> str:
        """The line that shows it before it is taken."""
        nodes = "1 node" if self.count == 1 else f"{self.count} nodes"
        return f"{quoted(self.word)} → {self.op or '?'}  ({nodes})"


@dataclass(frozen=True, slots=True)
class Foreign:
    """The graph of a network, what its words were taken for, and sentences about what it lacks of it."""

    graph: Graph
    mapped: Sequence[Mapped]
    notes: Sequence[str]


def from_networkx(network: nx.Graph[Any], operations: Mapping[str, str] | None = None) -> Graph:
    """Returns a network of networkx as a graph: nodes do what they call themselves, by attributes such as
    op, type or label, or by their own names; one with one input that names no operation is a name for that.

    `operations` maps further words to operations, as in {"MatMul": "multiply"}. Edges fill inputs in the
    order of an attribute port, key or index, else in their own; other attributes are not used. Raises
    Refused for words that mean nothing here, for values that are no numbers, for an operation's parameter
    that is another one here, for a cycle, and for what has no directions.

    >>> import networkx as nx
    >>> network = nx.DiGraph([("a", "mul_1"), ("b", "mul_1")])
    >>> [(node.name, node.op) for node in from_networkx(network).nodes()]
    [('a', 'input'), ('mul_1', 'multiply'), ('b', 'input')]
    """
    return read_network(network, operations).graph


@collector_paused()
def read_network(
    network: nx.Graph[Any], operations: Mapping[str, str] | None = None, advice: str = MAP_IT
) -> Foreign:
    """Returns a network as `from_networkx` does, and what there is to tell of it; `advice` is what to do
    about a word that is not known.
    """
    given = dict(operations or {})
    check_given(given)
    reading = _Reading(network, given)
    unknown = [mapped.word for mapped in reading.mapped if not mapped.op]
    if unknown:
        named = ", ".join(f"“{quoted(word)}”" for word in unknown[:5]) + (", …" if len(unknown) > 5 else "")
        verb = "mean" if len(unknown) > 1 else "means"
        raise Refused(f"Nobody here knows what {named} {verb}; {advice}.")
    graph = reading.graph()
    notes = told_of(
        network, reading.ops, graph, reading.started, reading.stated, reading.ports, reading.unread
    )
    return Foreign(graph, reading.mapped, notes)


def mapping_of(network: nx.Graph[Any], operations: Mapping[str, str] | None = None) -> list[Mapped]:
    """Returns which words of a network are taken for which operations, before any is."""
    check_given(operations or {})
    return _Reading(network, dict(operations or {})).mapped


NO_CONSTANTS = (
    ": torch's own graph, as torchviz draws it, leaves out numbers and what gets no gradient; read the"
    " program instead: nodegraph new --from FILE.py"
)


class _Reading:
    """Decides what each node is."""

    def __init__(self, network: nx.Graph[Any], given: Mapping[str, str]) -> None:
        _check(network)
        self.network, self.given = network, given
        self.started: list[str] = []
        """The leaves whose value nobody says, by name."""
        self.stated: dict[str, float] = {}
        """The values that computed nodes are said to have, by name."""
        self.unread: list[tuple[str, str, str]] = []
        """The labels of which not all is read: the attribute, what it says, and the name of its node."""
        self.ports: set[str] = set()
        """The attributes of edges that told the order of inputs."""
        self.ops: dict[Hashable, str] = {}
        """What each node does; "" for one that only names what it is fed by."""
        self.mapped = self._map()

    def _map(self) -> list[Mapped]:
        """Decides what each node does, and returns the words that tell it."""
        counts: Counter[tuple[str, str]] = Counter()
        namings: list[Hashable] = []
        for node, attributes in self.network.nodes(data=True):
            said = said_by(attributes, node)
            word, op = next(((w, found) for w in said if (found := meaning(w, self.given))), (said[0], ""))
            fed = self.network.in_degree(node)
            if not fed and op not in LEAVES:
                claimed, op = claimed_by(attributes, self.given)
                word = claimed or "nodes without inputs"
                op = op or ("constant" if is_number(said[0]) else "input")
            elif fed and op in LEAVES:
                op = ""
            self.ops[node] = op
            if op or not self._only_names(node):
                _count(counts, word, op)
            else:
                namings.append(node)
        for node in namings:  # whether one is a function depends on what feeds it
            if word := self._function(node):
                _count(counts, word, "")
        return [Mapped(word, op, count) for (word, op), count in counts.items()]

    def _only_names(self, node: Hashable) -> bool:
        return bool(self.network.in_degree(node) == 1) and only_names(self.network.nodes[node])

    def _function(self, node: Hashable) -> str:
        """Returns the word of a node with one input that looks like a function that nobody here knows, ""
        without one.
        """
        behind = self.ops[next(self.network.predecessors(node))]
        before = None if behind in LEAVES else behind
        said = said_by(self.network.nodes[node], node)
        return next((word for word in said if is_of_another(word, self.given, self._names, before)), "")

    @cached_property
    def _names(self) -> Collection[str]:
        return {_own_name(node, held) for node, held in self.network.nodes(data=True)}

    def graph(self) -> Graph:
        """Returns the graph, with names as far as they can be."""
        meant = {node: self._meant(node) for node in self.network}
        names: dict[Hashable, str] = {}
        for node, attributes in self.network.nodes(data=True):
            if not self.ops[node]:
                names.setdefault(meant[node], _own_name(node, attributes))
        kept = [node for node in self.network if self.ops[node]]
        given = _Names()
        for node in kept:
            names[node] = names.get(node) or _own_name(node, self.network.nodes[node])
        ids = {node: given.free(names[node], self.ops[node]) for node in kept}
        nodes = [self._node(node, ids[node], rank) for rank, node in enumerate(kept)]
        for node in self.network:
            if not self.ops[node]:
                self._note_stated(node, ids[meant[node]])
        values = {node.id: node.value for node in nodes} | dict.fromkeys(self.started)
        for node, attributes in self.network.nodes(data=True):
            name = ids[meant[node]]
            taken = (self.ops[node], names[meant[node]], self.stated.get(name, values[name]))
            for key, label in unread(attributes, node, taken, self.given):
                self.unread.append((key, label, name))
        edges = [
            Edge(ids[meant[source]], ids[node], port)
            for node in kept
            for port, source in enumerate(self._sources(node))
        ]
        graph = Graph.of(nodes, edges, self._properties(ids))
        _check_counts(graph, any(is_of_torch(mapped.word) for mapped in self.mapped))
        return graph

    def _node(self, node: Hashable, name: str, rank: int) -> Node:
        held = self.network.nodes[node]
        value, learns = self._value(node, name), is_so(name, held, "trainable", usually=True)
        is_muted = is_so(name, held, "muted", usually=False) and value is None
        return Node(name, self.ops[node], name, value, trainable=learns, rank=rank, muted=is_muted)

    def _properties(self, ids: Mapping[Hashable, str]) -> Mapping[str, str]:
        """Returns the title, and the output where one is told."""
        output = self.network.graph.get("output")
        told = {"output": ids[output]} if isinstance(output, Hashable) and output in ids else {}
        title = self._title()
        return told | ({"title": title} if title else {})

    def _title(self) -> str:
        said = (str(self.network.graph.get(key) or "").strip().strip('"') for key in TITLES)
        return next((title for title in said if title and why_not_text(title, MAX_TITLE) is None), "")

    def _meant(self, node: Hashable) -> Hashable:
        while not self.ops[node]:
            (node,) = self.network.predecessors(node)
        return node

    def _sources(self, node: Hashable) -> list[Hashable]:
        """Returns what feeds a node, in the order of its inputs."""
        into = list(self.network.in_edges(node, data=True))
        for key in PORTS if into and into[0][2] else ():
            sources = {whole_number(data.get(key)): source for source, _, data in into}
            told = {place: source for place, source in sources.items() if place is not None}
            if len(told) == len(sources):
                self.ports.add(key)
                if len(told) == len(into):
                    return [told[place] for place in sorted(told)]
                if key == "port":
                    raise Refused(f"{quoted(str(node))}: two of its edges fill the same port.")
                self.ports.discard(key)
        if self.network.is_multigraph():
            keyed = [(source, key) for source, _, key in self.network.in_edges(node, keys=True)]
            if all(isinstance(key, int) for _, key in keyed) and len({key for _, key in keyed}) == len(keyed):
                return [source for source, _ in sorted(keyed, key=lambda pair: pair[1])]
        return [source for source, *_ in into]

    def _value(self, node: Hashable, name: str) -> float | None:
        """Returns the value of a leaf; of what is computed none, which is held beside what is said."""
        op, attributes = self.ops[node], self.network.nodes[node]
        if op not in LEAVES:
            refuse_parameters(name, op, attributes)
            self._note_stated(node, name)
            return None
        said = [*said_of_numbers(attributes, node), *numbers_in(attributes, node)]
        number = number_of(name, attributes, said)
        if number is None:
            self.started.append(name)
        return 1.0 if number is None else number

    def _note_stated(self, node: Hashable, name: str) -> None:
        attributes = self.network.nodes[node]
        said = [word for word in said_by(attributes, node) if "data" in word]
        number = number_of(name, attributes, [*said, *numbers_in(attributes, node)])
        if number is not None:
            self.stated[name] = number


def _count(counts: Counter[tuple[str, str]], word: str, op: str) -> None:
    """Count a word for an operation. Raises Refused where there are too many."""
    counts[word, op] += 1
    if len(counts) > MOST_WORDS:
        raise Refused(f"The nodes say more than {MOST_WORDS:,} words that nobody here knows.")


def _check(network: nx.Graph[Any]) -> None:
    if not hasattr(network, "is_directed"):
        raise Refused(f"A network of networkx is read, not {article(quoted(type(network).__name__))}.")
    if not network.is_directed():
        raise Refused("This network has no directions: its edges do not say which node feeds which.")
    if not len(network):
        raise Refused("This network has no nodes.")
    edges = list(islice(network.edges(), MAX_EDGES + 1))  # networkx counts them by going through them, too
    if len(network) > MAX_NODES or len(edges) > MAX_EDGES:
        raise Refused(TOO_LARGE)
    names = list(network)
    place = {node: number for number, node in enumerate(names)}
    found = find_cycle(len(names), [place[a] for a, _ in edges], [place[b] for _, b in edges])
    if found:
        listed = " → ".join(quoted(str(names[number])) for number in found[:8])
        raise Refused(f"This network has a cycle: {listed}.")


def _check_counts(graph: Graph, is_from_torch: bool) -> None:
    """Raise Refused where an operation cannot take as many inputs as it has."""
    for node in graph.nodes():
        count, operation = len(graph.edges_into(node.id)), OPERATIONS[node.op]
        if count < operation.least or (operation.most is not None and count > operation.most):
            takes = f"{operation.least} or more" if operation.most is None else str(operation.most)
            has = "1 input" if count == 1 else f"{count} inputs"
            if is_from_torch and count:
                raise Refused(f"{node.name} has {has}, and {operation.title} takes {takes}{NO_CONSTANTS}")
            hint = "" if count else "; an edge leads from an input to what is computed of it"
            raise Refused(f"{node.name} has {has}, and {operation.title} takes {takes}{hint}.")


def _own_name(node: Hashable, attributes: Mapping[str, Any]) -> str:
    """Returns what people call a node: its name or label where that is words, else what it is."""
    called = (name_in(attributes.get(key)) for key in LABELS)
    return next(filter(None, called), "") or _name_of_id(node)


def _name_of_id(node: Hashable) -> str:
    """Returns what a node without a label is called: its id, without the number of `x = 2`."""
    text = str(node).strip('"')
    return (numbers_in({}, node) and name_in(text)) or text


class _Names:
    """Names that are given out once each. What was tried is not tried again: many nodes may want the same."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._further: dict[tuple[str, str], Iterator[str]] = {}

    def free(self, wanted: str, op: str) -> str:
        """Returns the name that is wanted, or the next free one like it; for a number an operation's."""
        name = wanted
        if why_never_name(name) or not name.strip("0123456789"):
            name = self._next(("", op), name_candidates(op))
        elif name in self._taken:
            name = self._next((name, ""), numbered(name))
        self._taken.add(name)
        return name

    def _next(self, kind: tuple[str, str], candidates: Iterator[str]) -> str:
        further = self._further.setdefault(kind, candidates)
        return next(name for name in further if name not in self._taken)
