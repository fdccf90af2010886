"""Files of other programs as networks: node-link JSON of any networkx version, GraphML and DOT."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from nodegraph.core.collector import collector_paused
from nodegraph.core.errors import DocumentError
from nodegraph.formats import kinds, strict_json
from nodegraph.formats.foreign import dot, graphml
from nodegraph.formats.limits import MAX_EDGES, MAX_NODES, TOO_LARGE
from nodegraph.formats.strict_json import shown

if TYPE_CHECKING:
    import networkx as nx

_NODE_LINK = ("directed", "multigraph", "graph", "nodes", "links", "edges")
_ENDS = frozenset(("source", "target"))
_NODES, _EDGES = re.compile(rb'"nodes"\s*:\s*\['), re.compile(rb'"(links|edges)"\s*:\s*\[')
_OWN = re.compile(rb'"format"\s*:\s*"nodegraph"')
_LOOKED_AT = 4096
TEXT_OF_FORMULAS = "if it holds formulas, save it in a file whose name ends in .txt"
_DOT = re.compile(
    rb"\A(\s|//[^\n]*\n|#[^\n]*\n|/\*.*?\*/)*(strict\s+)?(di)?graph\b[^\n{;]*\{", re.DOTALL | re.IGNORECASE
)


def is_foreign(data: bytes) -> bool:
    """Whether a file looks like one that `network_in` reads: what stands in it is not looked at.

    >>> is_foreign(b"digraph { a -> b }"), is_foreign(b'{"nodes": [], "links": []}'), is_foreign(b"x,y")
    (True, True, False)
    """
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return bool(_NODES.search(data) and _EDGES.search(data) and not _OWN.search(data))
    if start.startswith(b"<"):
        return b"<graphml" in start[:_LOOKED_AT]
    return bool(_DOT.match(data))


@collector_paused()
def network_in(data: bytes) -> nx.DiGraph[Any]:
    """Returns the network in a file of another program; DocumentError where none can be read."""
    network: Any
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return _node_link(strict_json.parse(data))
    if start.startswith(b"<") and b"graphml" in start[:_LOOKED_AT]:
        network = graphml.network_of(start)
        return _directed(network, directed=network.is_directed())
    if _DOT.match(start):
        network = dot.network_of(data)
        return _directed(network, directed=network.is_directed())
    found = kinds.name_of(data)
    if found is None and not data.startswith(b"\x89PNG"):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise kinds.no_text(data[error.start], error.start) from None
    kind, what = found or ("", "open it as it is, where nodegraph exported it")
    what = TEXT_OF_FORMULAS if kind in ("a text", "a formula") else what
    named = f"{kind}, and so " if kind else ""
    raise DocumentError(f"This is {named}neither node-link JSON, nor GraphML, nor DOT; {what}.")


def _node_link(document: Any) -> nx.DiGraph[Any]:
    """By hand: networkx reads only what its own version wrote, and invents nodes that are missing."""
    import networkx as nx

    nodes, listed = document.get("nodes"), document.get("links", document.get("edges"))
    of_whole = document.get("graph")
    _refuse_own_and_double(document, of_whole)
    if not isinstance(nodes, list) or not isinstance(listed, list):
        lacks = 'it lacks a list of "nodes", or of "links" or "edges"'
        raise DocumentError(f"This is no node-link JSON: {lacks}; save it so, or as GraphML or DOT.")
    if len(nodes) > MAX_NODES or len(listed) > MAX_EDGES:
        raise DocumentError(TOO_LARGE)
    where = "links" if "links" in document else "edges"
    is_multigraph = (document.get("multigraph") and _has_keys(listed)) or _has_parallels(listed)
    network: Any = nx.MultiDiGraph() if is_multigraph else nx.DiGraph()
    network.graph.update(of_whole if isinstance(of_whole, dict) else {})
    network.graph.update({key: held for key, held in document.items() if key not in _NODE_LINK})
    key = "id" if all(isinstance(node, dict) and "id" in node for node in nodes) else "name"
    named: dict[Any, dict[str, Any]] = {}
    for place, node in enumerate(nodes):
        if not isinstance(node, dict):
            raise DocumentError(f"expected an object, found {shown(node)}", f"nodes[{place}]")
        name = _hashable(node.get(key, place))
        if name is None:
            raise DocumentError("expected an id, found null", f"nodes[{place}]")
        if name in named:
            raise DocumentError(f"{shown(name)} is the id of another node too", f"nodes[{place}]")
        named[name] = node
    network.add_nodes_from(named.items())  # add_node has arguments of its own, which an attribute may be
    _add_edges(network, listed, where)
    return _directed(network, directed=document.get("directed", True))


def _add_edges(network: Any, listed: list[Any], where: str) -> None:
    """Add the edges that are listed to a network that has its nodes."""
    keys = network.add_edges_from(_edges(network, listed, where))  # one by one they take longer
    if network.number_of_edges() < len(listed) and keys is not None:
        seen: set[tuple[Any, ...]] = set()
        for place, (edge, key) in enumerate(zip(_edges(network, listed, where), keys, strict=True)):
            if (*edge[:2], key) in seen:
                raise DocumentError("there is such an edge with the same key already", f"{where}[{place}]")
            seen.add((*edge[:2], key))


def _edges(network: Any, listed: list[Any], where: str) -> Iterator[tuple[Any, ...]]:
    """Yields the edges that are listed: the ends, a key where there is one, and attributes."""
    ids, is_multigraph = list(network), network.is_multigraph()
    known = set(ids)
    for place, edge in enumerate(listed):
        if not isinstance(edge, dict) or "source" not in edge or "target" not in edge:
            raise DocumentError("expected an object with source and target", f"{where}[{place}]")
        source, target = edge["source"], edge["target"]
        if type(source) is list or type(source) is dict or source not in known:
            source = _end(source, ids, network, f"{where}[{place}]")
        if type(target) is list or type(target) is dict or target not in known:
            target = _end(target, ids, network, f"{where}[{place}]")
        attributes = {key: held for key, held in edge.items() if key not in _ENDS}
        key = _hashable(attributes.pop("key", None)) if is_multigraph else None
        yield (source, target, attributes) if key is None else (source, target, key, attributes)


def _refuse_own_and_double(document: Any, of_whole: Any) -> None:
    """Refuse a document of this program, which holds more than a network, and one with two lists of edges."""
    if isinstance(of_whole, dict) and of_whole.get("format") == "nodegraph":
        raise DocumentError("This is a document of nodegraph already; open it as it is, without --from.")
    if document.get("links") and document.get("edges"):
        raise DocumentError('This holds edges twice, as "links" and as "edges"; leave one of them out.')


def _has_keys(listed: list[Any]) -> bool:
    """Whether an edge has a key, which tells it from those beside it in a multigraph."""
    return any(isinstance(edge, dict) and "key" in edge for edge in listed)


def _has_parallels(listed: list[Any]) -> bool:
    """Whether two edges lead from one node to one other, be it said that this is a multigraph or not."""
    ends = [
        (_hashable(edge.get("source")), _hashable(edge.get("target")))
        for edge in listed
        if isinstance(edge, dict)
    ]
    return len(set(ends)) < len(ends)


def _end(end: Any, ids: list[Any], network: Any, place: str) -> Any:
    """Returns the node that an edge names, by id or, as networkx 1 wrote it, by its place."""
    name = _hashable(end)
    if name in network:
        return name
    if isinstance(end, int) and 0 <= end < len(ids):
        return ids[end]
    raise DocumentError(f"there is no node {shown(end)}", place)


def _hashable(name: Any) -> Any:
    return json.dumps(name) if isinstance(name, list | dict) else name


def _directed(network: Any, *, directed: Any) -> Any:
    if directed is not True:
        raise DocumentError("This network has no directions: its edges do not say which node feeds which.")
    return network
