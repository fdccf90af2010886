"""Files of other programs as networks: node-link JSON of any networkx version, GraphML and DOT."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from nodegraph.core.errors import DocumentError
from nodegraph.formats import strict_json
from nodegraph.formats.strict_json import shown

if TYPE_CHECKING:
    import networkx as nx

MOST_DOT = 1_000_000
"""Characters of DOT that are read: its parser takes a minute for ten times as many."""
_DOT = re.compile(rb"\A(\s|//[^\n]*\n|#[^\n]*\n|/\*.*?\*/)*(strict\s+)?(di)?graph\b[^\n{;]*\{", re.DOTALL)


def network_in(data: bytes) -> nx.DiGraph[Any]:
    """Returns the network in a file of another program; DocumentError where none can be read."""
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return _node_link(strict_json.parse(data))
    if start.startswith(b"<"):
        return _graphml(start)
    if _DOT.match(data):
        return _dot(data)
    raise DocumentError("This is neither node-link JSON, nor GraphML, nor DOT.")


def _node_link(document: Any) -> nx.DiGraph[Any]:
    """By hand: networkx reads only what its own version wrote, and invents nodes that are missing."""
    import networkx as nx

    nodes, listed = document.get("nodes"), document.get("links", document.get("edges"))
    if not isinstance(nodes, list) or not isinstance(listed, list):
        raise DocumentError(
            'This is no node-link JSON: it lacks a list of "nodes", or of "links" or "edges".'
        )
    where = "links" if "links" in document else "edges"
    is_multigraph = document.get("multigraph") or _has_parallels(listed)
    network: Any = nx.MultiDiGraph() if is_multigraph else nx.DiGraph()
    key = "id" if all(isinstance(node, dict) and "id" in node for node in nodes) else "name"
    for place, node in enumerate(nodes):
        if not isinstance(node, dict):
            raise DocumentError(f"expected an object, found {shown(node)}", f"nodes[{place}]")
        name = _hashable(node.get(key, place))
        if name in network:
            raise DocumentError(f"{shown(name)} is the id of another node too", f"nodes[{place}]")
        network.add_node(name, **{str(k): v for k, v in node.items()})
    ids = list(network)
    for place, edge in enumerate(listed):
        if not isinstance(edge, dict) or not {"source", "target"} <= edge.keys():
            raise DocumentError("expected an object with source and target", f"{where}[{place}]")
        ends = [_end(edge[end], ids, network, f"{where}[{place}]") for end in ("source", "target")]
        attributes = {str(k): v for k, v in edge.items() if k not in ("source", "target", "key")}
        keyed = (_hashable(edge["key"]),) if network.is_multigraph() and "key" in edge else ()
        network.add_edge(*ends, *keyed, **attributes)
    return _directed(network, directed=document.get("directed", True))


def _has_parallels(listed: list[Any]) -> bool:
    """Whether two edges lead from one node to one other, be it said that this is a multigraph or not."""
    ends = [str((edge.get("source"), edge.get("target"))) for edge in listed if isinstance(edge, dict)]
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


def _graphml(data: bytes) -> nx.DiGraph[Any]:
    import xml.etree.ElementTree as ET

    import networkx as nx

    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise DocumentError("This XML declares entities of its own, which are not read.")
    try:
        network: Any = nx.parse_graphml(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise DocumentError("This is no text in UTF-8.") from None
    except (ET.ParseError, nx.NetworkXError, KeyError, ValueError, TypeError) as error:
        raise DocumentError(f"This is no GraphML that can be read: {error}.") from None
    return _directed(network, directed=network.is_directed())


def _dot(data: bytes) -> nx.DiGraph[Any]:
    if importlib.util.find_spec("pydot") is None:
        raise DocumentError("Reading DOT needs pydot; install it with: pip install pydot")
    import networkx as nx

    pydot = import_module("pydot")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise DocumentError("This is no text in UTF-8.") from None
    if len(text) > MOST_DOT:
        raise DocumentError(f"This has more than {MOST_DOT:,} characters of DOT.")
    try:
        found = pydot.graph_from_dot_data(text)
        networks = [nx.nx_pydot.from_pydot(graph) for graph in found or ()]
    except (RecursionError, ValueError, AttributeError, TypeError, nx.NetworkXError) as error:
        raise DocumentError(f"This DOT cannot be read: {error}.") from None
    if len(networks) != 1:
        raise DocumentError("This DOT cannot be read." if not networks else "This holds several graphs.")
    network: Any = networks[0]
    network.remove_nodes_from([node for node in network if str(node) in ("node", "edge", "graph", "\\n")])
    return _plain(_directed(network, directed=network.is_directed()))


def _plain(network: Any) -> Any:
    """Takes the quotes off that DOT puts round words."""
    import networkx as nx

    def bare(text: Any) -> Any:
        is_quoted = isinstance(text, str) and len(text) > 1 and text[0] == text[-1] == '"'
        return text[1:-1] if is_quoted else text

    def attributes(held: Mapping[str, Any]) -> dict[str, Any]:
        return {str(key): bare(value) for key, value in held.items()}

    made: Any = nx.MultiDiGraph()
    for node, held in network.nodes(data=True):
        made.add_node(bare(node).partition(":")[0], **attributes(held))
    made.add_edges_from(
        (bare(a).partition(":")[0], bare(b).partition(":")[0], attributes(h))
        for a, b, h in network.edges(data=True)
    )
    return made
