"""Layout: where nodes lie when nobody has placed them, or when the graph is arranged anew.

Packs the connected parts, each drawn by `layers`, keeps groups together and keeps clear of nodes that stay.
Knows positions and sizes only, nothing of paint; the canvas may pass its own sizes.

The layered drawing is our own because nothing there draws cards of different sizes with ports in a fixed
order: grandalf 0.8 (no port order, no release since 2023), fast-sugiyama 0.5.3 (one size for all vertices, no
ports, no Python 3.10), igraph (GPL, no sizes, no ports) and graphlay 0.3.1 (64 crossings on the 27 shipped
examples, where `layered` gave 28, and 10 to 25 s for 2,000 nodes) do not; pygraphviz needs Graphviz, and
elkjs, which can do it, a JavaScript engine. On fifteen graphs of real work `layered` leaves about half of the
crossings that Graphviz dot makes with the same ports (`scripts/bench.py layout`).

For vast graphs networkx's multipartite_layout gives the same columns, but the tallest card sets the pitch of
all (four times the height for a network of sums of sixteen), and its time grows with the square of the layers
(2 s for a chain of 50,000; `layered` takes 0.4 s).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TypeAlias

from nodegraph.core.graph import bends
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.edits import move, set_direction
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Node
from nodegraph.core.layout.card_size import group_size as size_of_group
from nodegraph.core.layout.card_size import node_size
from nodegraph.core.layout.card_sizes import sizes_of
from nodegraph.core.layout.columns import GAPS, round_up
from nodegraph.core.layout.heights import ROW_GAP
from nodegraph.core.layout.layered import Position, draw, shifted
from nodegraph.core.layout.packing import ASPECT, PART_GAP, beneath, in_reading_order, packed
from nodegraph.core.layout.vertices import Links

Size = Callable[[Graph, str], tuple[float, float]]
"""Width and height of a node's card, in scene units; or of a collapsed group's."""
Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom."""
GROUP_SIDE, GROUP_TOP = 24, 56
"""Room round the nodes of an open group, and above them for its title."""


def turn(
    graph: Graph,
    direction: Direction,
    size: Size = node_size,
    group_size: Size = size_of_group,
    aspect: float = ASPECT,
) -> Change:
    """Let edges lead this way, and lay out the whole graph so, in the order in which it lies now; a graph
    without places stays without.
    """
    begun = turned_over(graph, direction)
    if not begun or all(node.x is None for node in graph.nodes()):
        return begun
    other = graph.copy()
    other.apply(begun)
    return begun.then(place(other, None, size, group_size, aspect))


def turned(
    graph: Graph, direction: Direction, size: Size = node_size, group_size: Size = size_of_group
) -> Graph:
    """Returns the graph as `turn` makes it; itself, where it leads this way."""
    change = turn(graph, direction, size, group_size)
    if not change:
        return graph
    other = graph.copy()
    other.apply(change)
    return other


def turned_over(graph: Graph, direction: Direction) -> Change:
    """Let edges lead this way, with each card where it would be if the old way were the new one; then it is
    to be laid out. Bends that people have put are taken off.
    """
    change = set_direction(graph, direction)
    if not change:
        return change
    placed = {n.id: (n.y, n.x) for n in graph.nodes() if n.x is not None and n.y is not None}
    moved = (patch for patch in move(graph, placed).patches if patch.kind == "node")
    return Change(change.name, (*change.patches, *bends.straightened(graph), *moved))


def place_missing(graph: Graph, size: Size = node_size) -> Change:
    """Place the nodes that have no position: from the origin, or beside those that have one."""
    missing = [node.id for node in graph.nodes() if node.x is None or node.y is None]
    if not missing:
        return Change("Arrange nodes")
    return place(graph, None if len(missing) == len(graph) else missing, size)


def place(
    graph: Graph,
    only: Collection[str] | None = None,
    size: Size = node_size,
    group_size: Size = size_of_group,
    aspect: float = ASPECT,
) -> Change:
    """Lay out the whole graph, or `only` some nodes, which then keep clear of all others.

    An open group is laid out by itself and keeps its nodes together; a collapsed one counts as one node.
    Nodes that have places keep their order from top to bottom where that costs no crossing, and parts that
    are not connected keep theirs; together these are as wide or as high as a canvas of this aspect is.
    Incomplete and cyclic graphs are laid out too; the same graph with the same places gives the same picture.
    """
    nodes = [node for node in graph.nodes() if only is None or node.id in only]
    if size is node_size and only is None:
        sizes = sizes_of(graph)  # the same, measured at once
    else:
        sizes = {node.id: size(graph, node.id) for node in nodes}
    held = {node.id: (node.x, node.y) for node in nodes if node.x is not None and node.y is not None}
    block = _block(graph, nodes, sizes, group_size, held, aspect)
    if only is not None:
        block = shifted(block, _corner(graph, nodes, block, sizes, size))
    changed = move(graph, block).patches
    moved = [patch for patch in changed if patch.kind == "node"]
    kept = [patch for patch in changed if patch.kind == "edge"]
    name = "Arrange the graph" if only is None else "Arrange nodes"
    return Change(name, (*changed, *bends.dropped(graph, moved, kept)))


# --- groups
def _block(
    graph: Graph,
    nodes: Sequence[Node],
    sizes: Mapping[str, tuple[float, float]],
    group_size: Size,
    held: Mapping[str, Position],
    aspect: float,
) -> dict[str, Position]:
    """All these nodes, from the origin: each group drawn by itself, then as one card among the others."""
    members: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        home = graph.group_of(node.id)
        if home is not None:
            members[home.id].append(node)
    if not members:
        return _pack(_parts(_links(graph, nodes)), sizes, held, aspect, graph.direction)
    cards = dict(sizes)
    places = dict(held)
    inner: dict[str, dict[str, Position]] = {}
    homes: dict[str, str] = {}
    for group_id, inside in members.items():
        card = f"{group_id}\0"  # no node has such an id
        drawn = _pack(_parts(_links(graph, inside)), sizes, held, None, graph.direction)
        if graph.group(group_id).collapsed:
            cards[card] = group_size(graph, group_id)
        else:
            drawn = shifted(drawn, (GROUP_SIDE, GROUP_TOP))
            right = max(x + sizes[i][0] for i, (x, _) in drawn.items())
            cards[card] = right + GROUP_SIDE, max(y + sizes[i][1] for i, (_, y) in drawn.items()) + GROUP_SIDE
        inner[card] = drawn
        homes |= dict.fromkeys(drawn, card)
        corners = [held[node.id] for node in inside if node.id in held]
        if corners:
            places[card] = min(x for x, _ in corners), min(y for _, y in corners)
    block: dict[str, Position] = {}
    parts = _parts(_links(graph, nodes, homes))
    for card, corner in _pack(parts, cards, places, aspect, graph.direction).items():
        block |= shifted(inner[card], corner) if card in inner else {card: corner}
    return block


# --- what is connected
def _links(graph: Graph, nodes: Sequence[Node], homes: Mapping[str, str] | None = None) -> Links:
    """The simple graph to be drawn; of a cycle, edges against the order of making are left out.

    `homes` names the card that stands for a node of a group; such a card has a port for each edge into it.
    """
    import networkx as nx

    card = {node.id: node.id for node in nodes} | dict(homes or {})
    links: Links = nx.DiGraph()
    links.add_nodes_from(card[node.id] for node in nodes)
    taken: dict[str, int] = defaultdict(int)
    ports: dict[tuple[str, str], list[int]] = defaultdict(list)
    for node in nodes:
        target = card[node.id]
        for edge in graph.edges_into(node.id):
            source = card.get(edge.source, target)
            if source != target:
                ports[source, target].append(edge.port if target == node.id else taken[target])
                taken[target] += 1
    links.add_edges_from((source, target, {"ports": held}) for (source, target), held in ports.items())
    if not nx.is_directed_acyclic_graph(links):
        made = {item: place for place, item in enumerate(links)}
        for cycle in list(nx.strongly_connected_components(links)):
            against = [(s, t) for s, t in links.edges(cycle) if t in cycle and made[s] > made[t]]
            links.remove_edges_from(against)
    return links


def _parts(links: Links) -> list[Links]:
    """The connected parts; single nodes come last."""
    import networkx as nx

    member: dict[str, int] = {}
    number = 0
    for number, ids in enumerate(nx.weakly_connected_components(links)):
        member.update(dict.fromkeys(ids, number))
    if not number:
        return [links] if member else []
    parts: dict[int, Links] = defaultdict(nx.DiGraph)
    for node_id in links:
        parts[member[node_id]].add_node(node_id)
    for source, target, data in links.edges(data=True):
        parts[member[source]].add_edge(source, target, **data)
    return sorted(parts.values(), key=lambda part: len(part) == 1)


def _pack(
    parts: Iterable[Links],
    sizes: Mapping[str, tuple[float, float]],
    held: Mapping[str, Position],
    aspect: float | None,
    direction: Direction,
) -> dict[str, Position]:
    """All parts in rows that fill a canvas of this aspect, or beneath each other; single nodes come last."""
    wholes, single = [], []
    for part in parts:
        if len(part) == 1:
            single += list(part)
        else:
            wholes.append(draw(part, sizes, held, aspect or ASPECT, direction))
    wholes = _as_held(wholes, sizes, held)
    if single:
        wholes.append(_side_by_side(single, sizes))
    extents = [_extent(block, sizes) for block in wholes]
    corners = beneath(extents) if aspect is None else packed(extents, aspect)
    placed: dict[str, Position] = {}
    for block, corner in zip(wholes, corners, strict=True):
        placed.update(shifted(block, corner))
    return placed


def _as_held(
    blocks: list[dict[str, Position]], sizes: Mapping[str, tuple[float, float]], held: Mapping[str, Position]
) -> list[dict[str, Position]]:
    """Drawn parts in the order in which they lie now, where all have places."""
    if not all(node_id in held for block in blocks for node_id in block):
        return blocks
    boxes = []
    for block in blocks:
        now = {node_id: held[node_id] for node_id in block}
        corner = min(x for x, _ in now.values()), min(y for _, y in now.values())
        right, bottom = _extent(now, sizes)
        boxes.append((corner, (right - corner[0], bottom - corner[1])))
    return [blocks[number] for number in in_reading_order(boxes)]


def _extent(block: Mapping[str, Position], sizes: Mapping[str, tuple[float, float]]) -> tuple[float, float]:
    """How far cards reach to the right and down."""
    right = max(x + sizes[node_id][0] for node_id, (x, _) in block.items())
    return right, max(y + sizes[node_id][1] for node_id, (_, y) in block.items())


def _side_by_side(single: Sequence[str], sizes: Mapping[str, tuple[float, float]]) -> dict[str, Position]:
    """Nodes without edges, in rows."""
    placed: dict[str, Position] = {}
    below = 0.0
    columns = max(4, math.isqrt(len(single)))
    for start in range(0, len(single), columns):
        row, x = single[start : start + columns], 0.0
        for node_id in row:
            placed[node_id] = (x, below)
            x = round_up(x + sizes[node_id][0] + ROW_GAP)
        below = round_up(below + max(sizes[node_id][1] for node_id in row) + ROW_GAP)
    return placed


def _corner(
    graph: Graph,
    nodes: Sequence[Node],
    block: Mapping[str, Position],
    sizes: Mapping[str, tuple[float, float]],
    size: Size,
) -> Position:
    """Where a block of nodes goes: where they were, to the right of what feeds them, or beneath the rest."""
    inside = set(block)
    boxes = [
        (node.x, node.y, node.x + width, node.y + height)
        for node in graph.nodes()
        if node.id not in inside and node.x is not None and node.y is not None
        for width, height in [size(graph, node.id)]
    ]
    held = [(node.x, node.y) for node in nodes if node.x is not None and node.y is not None]
    if held and len(held) == len(nodes):
        corner = min(x for x, _ in held), min(y for _, y in held)
        moved = [(x, y, x + sizes[i][0], y + sizes[i][1]) for i, (x, y) in shifted(block, corner).items()]
        if not _any_overlap(moved, boxes):
            return corner
    if not boxes:
        return 0.0, 0.0
    feeds = any(edge.target not in inside for node_id in block for edge in graph.edges_from(node_id))
    fed = any(edge.source not in inside for node_id in block for edge in graph.edges_into(node_id))
    return free_corner(boxes, graph.direction, boxes if fed and not feeds else ())


def free_corner(boxes: Collection[Box], direction: Direction, feeding: Collection[Box]) -> Position:
    """Returns where something goes that is to lie clear of these boxes: behind them all, beside those that
    feed it; or beneath them all, where none does.
    """
    begins = [direction.turned((left, top)) for left, top, _, _ in feeding or boxes]
    ends = [direction.turned((right, bottom)) for _, _, right, bottom in boxes]
    left, top = min(x for x, _ in begins), min(y for _, y in begins)
    if feeding:
        return direction.turned((round_up(max(x for x, _ in ends) + GAPS[direction].wide), round_up(top)))
    return direction.turned((round_up(left), round_up(max(y for _, y in ends) + PART_GAP)))


def _any_overlap(some: Iterable[Box], others: Sequence[Box]) -> bool:
    return any(a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3] for a in some for b in others)
