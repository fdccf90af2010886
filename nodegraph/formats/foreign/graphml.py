"""GraphML as a network. What networkx passes over is refused or added: nodes that are told twice or not at
all, ports, and the values that stand for all that say none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from nodegraph.core.errors import DocumentError
from nodegraph.formats.foreign.words import NUMBERS, PORTS, SPOKEN
from nodegraph.formats.limits import MAX_DEPTH, NO_UTF8
from nodegraph.formats.strict_json import shown

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    import networkx as nx

_SPACE = "http://graphml.graphdrawing.org/xmlns"
"""The namespace of GraphML."""
_ARGUMENTS = ("self", "node_for_adding")
"""What networkx calls the arguments of the function that it gives the data of a node to."""
MOST_ELEMENTS = 150_000
"""Of XML that are read: networkx takes a second and 100 megabytes for as many."""


def network_of(data: bytes) -> nx.DiGraph[Any] | nx.Graph[Any]:
    """Returns the network in GraphML, directed or not; DocumentError where none can be read."""
    import warnings
    import xml.etree.ElementTree as ET

    import networkx as nx

    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise DocumentError("This XML declares entities of its own, which are not read.")
    look = _look_through(data)
    try:
        data = _as_networkx_reads_it(data, look) if look.needs_mending else data
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of ports, which are refused here, and of keys without a type
            network: Any = nx.parse_graphml(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise DocumentError(NO_UTF8) from None
    except (ValueError, TypeError):
        raise DocumentError("Some data are not of the type that their key tells.") from None
    except (ET.ParseError, nx.NetworkXError, AttributeError, KeyError, IndexError) as error:
        raise DocumentError(f"This is no GraphML that can be read: {error}.") from None
    _take_defaults(network.nodes(data=True), network.graph.pop("node_default"), (*SPOKEN, *NUMBERS))
    _take_defaults(network.edges(data=True), network.graph.pop("edge_default"), PORTS)
    return network


def _take_defaults(
    listed: Iterable[tuple[Any, ...]], defaults: Mapping[str, Any], known: Sequence[str]
) -> None:
    """Write out what stands for all nodes, or edges, that do not say it: of what is read of them."""
    taken = {key: defaults[key] for key in known if key in defaults}
    for *_, held in listed if taken else ():
        held.update({key: value for key, value in taken.items() if key not in held})


def _as_networkx_reads_it(data: bytes, look: _Look) -> bytes:
    """The same XML as networkx can read it: without groups, with keys of one id told apart, and in the
    namespace of GraphML also where the file names none.
    """
    import xml.etree.ElementTree as ET

    root = ET.fromstring(data.decode("utf-8"))
    if not root.tag.startswith("{"):
        for one in root.iter():
            one.tag = one.tag if one.tag.startswith("{") else f"{{{_SPACE}}}{one.tag}"
    space = root.tag.rpartition("}")[0] + root.tag.rpartition("}")[1]
    if look.keys_meet:
        _tell_keys_apart(root, space)
    if look.groups:
        _take_out_of_groups(root, space)
    return ET.tostring(root)


def _tell_keys_apart(root: Element, space: str) -> None:
    """Give each key an id of its own: rustworkx numbers those of nodes and of edges each from d1 on, and
    networkx takes the last of one id for all.
    """
    told = set()
    for key in root.iter(f"{space}key"):
        key.set("id", f"{key.get('for', 'all')} {key.get('id')}")
        told.add(key.get("id"))
    for kind in ("graph", "node", "edge"):
        for one in root.iter(f"{space}{kind}"):
            for held in one.findall(f"{space}data"):
                name = held.get("key", "")
                held.set("key", next((key for key in (f"{kind} {name}", f"all {name}") if key in told), name))


def _take_out_of_groups(root: Element, space: str) -> None:
    """Put all nodes and edges into the one graph, out of nodes that hold graphs, as yEd's groups do: networkx
    passes over what stands in those.
    """
    graph = root.find(f"{space}graph")
    if graph is None:
        return
    waiting, kept = list(graph), []
    for one in waiting:
        inner = one.find(f"{space}graph") if one.tag == f"{space}node" else None
        if inner is None:
            kept.append(one)
        else:
            waiting.extend(inner)
    graph[:] = kept


def _look_through(data: bytes) -> _Look:
    """What was seen in the XML. Raise DocumentError for XML that networkx would read wrongly, or take long
    for, before it does.
    """
    look = _Look()
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = look.start, look.end
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        said = expat.errors.messages[error.code]
        place = f"line {error.lineno}, column {error.offset + 1}"
        raise DocumentError(f"this is no XML ({said})", place) from None
    if look.ends - look.nodes:
        raise DocumentError(f"An edge names {shown(min(look.ends - look.nodes))}, which is no node.")
    if ends := look.ends & look.groups:
        said = "which holds a graph of its own; lead the edge to a node in that"
        raise DocumentError(f"An edge names {shown(min(ends))}, {said}.")
    return look


class _Look:
    """Counts the elements of XML while they are read, and keeps the names of nodes."""

    def __init__(self) -> None:
        self.nodes: set[str] = set()
        self.ends: set[str] = set()
        self.groups: set[str] = set()
        """Nodes that hold a graph of their own."""
        self.keys_meet = False
        """Two keys have one id."""
        self._keys: set[str] = set()
        self._has_space = True
        self._within: list[str] = []
        """The nodes in which what is being read stands, from outside."""
        self._count = self._depth = self._graphs = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        self._depth += 1
        if self._count > MOST_ELEMENTS:
            raise DocumentError(
                f"This holds more than {MOST_ELEMENTS:,} elements; that is too many for GraphML."
            )
        if self._depth > MAX_DEPTH:
            raise DocumentError(f"This is nested more than {MAX_DEPTH} levels deep; that is no GraphML.")
        kind = name.rpartition(":")[2]
        if self._count == 1:
            self._has_space = ":" in name or "xmlns" in attributes
        if kind == "node":
            node = attributes.get("id", "")
            if node in self.nodes:
                raise DocumentError(f"{shown(node)} is the id of two nodes.")
            self.nodes.add(node)
            self._within.append(node)
        elif kind == "edge":
            self.ends.update((attributes.get("source", ""), attributes.get("target", "")))
            if "targetport" in attributes:
                said = "say the order of inputs by data of the edges that are called port"
                raise DocumentError(f"The ports of GraphML are not read; {said}.")
        elif kind == "key":
            self._see_key(attributes)
        elif kind == "graph" and self._within:
            if self._within[-1] in self.groups:
                raise DocumentError(
                    f"The node {shown(self._within[-1])} holds several graphs; keep one of them."
                )
            self.groups.add(self._within[-1])
        elif kind == "graph":
            self._graphs += 1
            if self._graphs > 1:
                raise DocumentError("This holds several graphs; keep one of them.")

    def _see_key(self, attributes: dict[str, str]) -> None:
        key = attributes.get("id", "")
        self.keys_meet |= key in self._keys
        self._keys.add(key)
        called = attributes.get("attr.name")
        if called in _ARGUMENTS and attributes.get("for") in ("node", "all"):
            raise DocumentError(f"Data of nodes cannot be called {called} here; give the key another name.")

    @property
    def needs_mending(self) -> bool:
        return bool(self.groups) or self.keys_meet or not self._has_space

    def end(self, name: str) -> None:
        self._depth -= 1
        if name.rpartition(":")[2] == "node":
            self._within.pop()
