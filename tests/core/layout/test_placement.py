"""Layout: nothing overlaps, left to right, the same picture each time, at any size and shape."""

from __future__ import annotations

import itertools
import random

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.graph.direction import Direction
from nodegraph.core.graph.edits import move
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.grouping import corner, group, set_collapsed
from nodegraph.core.graph.records import Edge, Node
from nodegraph.core.layout.card_size import node_size
from nodegraph.core.layout.columns import GAPS
from nodegraph.core.layout.layered import HEIGHT, VAST, WIDTH
from nodegraph.core.layout.placement import GROUP_SIDE, GROUP_TOP, Size, place, place_missing

Box = tuple[float, float, float, float]
COLUMN = WIDTH + GAPS[Direction.RIGHT].wide


def positions(graph: Graph) -> dict[str, tuple[float, float]]:
    return {
        node.name: (node.x, node.y) for node in graph.nodes() if node.x is not None and node.y is not None
    }


def placed(graph: Graph, size: Size = node_size) -> Graph:
    graph.apply(place_missing(graph, size))
    return graph


def boxes(graph: Graph, size: Size = node_size) -> list[Box]:
    found = []
    for node in graph.nodes():
        assert node.x is not None
        assert node.y is not None
        width, height = size(graph, node.id)
        found.append((node.x, node.y, node.x + width, node.y + height))
    return found


def overlaps(graph: Graph, size: Size = node_size, gap: float = 12) -> list[tuple[Box, Box]]:
    """Pairs of cards with less than this gap between them."""
    return [
        (a, b)
        for a, b in itertools.combinations(boxes(graph, size), 2)
        if a[0] < b[2] + gap and b[0] < a[2] + gap and a[1] < b[3] + gap and b[1] < a[3] + gap
    ]


def random_graph(count: int, seed: int, window: int | None = None) -> Graph:
    """Inputs, then operations of one to five inputs that come before."""
    pick = random.Random(seed)
    nodes, edges = [], []
    for number in range(count):
        leaf = number < max(2, count // 8)
        nodes.append(
            Node(f"n{number}", "input" if leaf else "add", f"n{number}", 1.0 if leaf else None, rank=number)
        )
        if not leaf:
            first = 0 if window is None else max(0, number - window)
            sources = [pick.randrange(first, number) for _ in range(pick.choice((1, 2, 2, 2, 5)))]
            edges += [Edge(f"n{source}", f"n{number}", port) for port, source in enumerate(sources)]
    return Graph.of(nodes, edges)


def chain(count: int, shared: bool = False) -> Graph:
    """One node after the other; `shared` feeds the first into each of them too."""
    nodes = [Node("n0", "input", "n0", 1.0)]
    nodes += [Node(f"n{i}", "add", f"n{i}", rank=i) for i in range(1, count)]
    edges = [Edge(f"n{i - 1}", f"n{i}", 0) for i in range(1, count)]
    edges += [Edge("n0", f"n{i}", 1) for i in range(1, count)] if shared else []
    return Graph.of(nodes, edges)


def test_the_seed_example_has_its_inputs_in_a_column_and_its_operations_between_what_they_take(
    seed_graph: Graph,
) -> None:
    where = positions(placed(seed_graph))
    assert [where[name] for name in "abcf"] == [(0, 0), (0, 112), (0, 224), (0, 336)]
    assert [where[name][0] for name in "edL"] == [312, 624, 936]
    assert where["a"][1] < where["e"][1] < where["b"][1]
    assert where["e"][1] < where["d"][1] < where["c"][1]
    assert where["d"][1] < where["L"][1] < where["f"][1]


@pytest.mark.parametrize("seed", range(6))
def test_no_two_cards_overlap_and_every_edge_runs_to_the_right(seed: int) -> None:
    graph = placed(random_graph(90, seed, window=None if seed % 2 else 12))
    assert overlaps(graph) == []
    for edge in graph.edges():
        source, target = graph.node(edge.source), graph.node(edge.target)
        assert source.x is not None
        assert target.x is not None
        assert source.x + 144 < target.x


def test_positions_lie_on_the_grid_and_begin_at_the_origin() -> None:
    graph = placed(random_graph(60, 3))
    corners = [(node.x, node.y) for node in graph.nodes()]
    assert all(x is not None and y is not None and x % 8 == 0 and y % 8 == 0 for x, y in corners)
    assert min(x for x, _ in corners if x is not None) == 0
    assert min(y for _, y in corners if y is not None) == 0


def test_the_same_graph_gives_the_same_picture() -> None:
    assert positions(placed(random_graph(120, 8))) == positions(placed(random_graph(120, 8)))


def test_a_tree_is_drawn_without_crossings_and_its_inputs_in_the_order_of_the_ports() -> None:
    graph = placed(parse("L = ((a - b) * (c - d)) / ((p - q) * (r - s))"))
    where = positions(graph)
    assert sorted("abcdpqrs", key=lambda name: where[name][1]) == list("abcdpqrs")


def test_an_input_that_is_used_late_is_drawn_near_to_its_use() -> None:
    graph = placed(parse("h = tanh(tanh(tanh(tanh(x)))); L = h * w"))
    where = positions(graph)
    assert where["w"][0] == where["L"][0] - 312


def test_cards_with_many_ports_get_the_room_they_need() -> None:
    graph = placed(parse("s = add(a, b, c, d, e, f, g, h); t = add(a, b, c, d, e, f, g, h); L = s * t"))
    assert node_size(graph, "s") == (144, 34 + 7 * 24 + 18)
    assert overlaps(graph) == []


def test_cards_of_other_sizes_keep_clear_of_each_other() -> None:
    def wide(graph: Graph, node_id: str) -> tuple[float, float]:
        return 333.0, 150.0

    assert overlaps(placed(random_graph(40, 1), wide), wide) == []


def test_parts_that_are_not_connected_lie_beneath_each_other() -> None:
    first, second = parse("L = a*b"), parse("M = p*q")
    nodes = first.nodes() + [Node(n.id, n.op, n.name, n.value, rank=n.rank + 10) for n in second.nodes()]
    graph = placed(Graph.of(nodes, [*first.edges(), *second.edges()]))
    where = positions(graph)
    assert max(where[name][1] for name in "abL") + 84 < min(where[name][1] for name in "pqM")


def test_nodes_without_any_edge_stand_side_by_side() -> None:
    graph = placed(Graph.of([Node(f"n{i}", "input", f"n{i}", 1.0, rank=i) for i in range(30)]))
    assert overlaps(graph) == []
    assert len({node.y for node in graph.nodes()}) < 30


def test_a_cycle_and_a_node_that_feeds_itself_are_laid_out_too() -> None:
    nodes = [Node(name, "add", name, rank=rank) for rank, name in enumerate("pqrs")]
    edges = [Edge("p", "q", 0), Edge("q", "r", 0), Edge("r", "p", 0), Edge("s", "s", 0), Edge("q", "s", 1)]
    graph = placed(Graph.of(nodes, edges))
    assert overlaps(graph) == []
    assert positions(graph)["p"][0] < positions(graph)["q"][0] < positions(graph)["r"][0]


def test_an_empty_graph_needs_no_change() -> None:
    assert not place(Graph())
    assert not place_missing(Graph())


def test_a_graph_that_is_laid_out_needs_no_further_change(seed_graph: Graph) -> None:
    placed(seed_graph)
    assert not place_missing(seed_graph)
    assert not place(seed_graph)


def test_unknown_operations_and_missing_edges_are_laid_out_too() -> None:
    nodes = [
        Node("a", "input", "a", 1.0),
        Node("u", "wavelet", "u", rank=1),
        Node("m", "multiply", "m", rank=2),
    ]
    graph = placed(Graph.of(nodes, [Edge("a", "u", 0), Edge("u", "m", 1)]))
    assert overlaps(graph) == []


def test_only_the_nodes_without_a_position_move_and_they_keep_clear_of_the_rest(seed_graph: Graph) -> None:
    placed(seed_graph)
    before = positions(seed_graph)
    nodes = seed_graph.nodes()
    nodes += [Node("p", "input", "p", 1.0, rank=20), Node("q", "square", "q", rank=21)]
    graph = Graph.of(nodes, [*seed_graph.edges(), Edge("p", "q", 0)])
    change = place_missing(graph)
    graph.apply(change)
    assert change.node_ids() == {"p", "q"}
    assert {name: where for name, where in positions(graph).items() if name in before} == before
    assert overlaps(graph) == []


def test_what_follows_from_placed_nodes_goes_to_their_right(seed_graph: Graph) -> None:
    placed(seed_graph)
    nodes = [*seed_graph.nodes(), Node("q", "square", "q", rank=21)]
    graph = placed(Graph.of(nodes, [*seed_graph.edges(), Edge("L", "q", 0)]))
    where = positions(graph)
    assert where["q"][0] > where["L"][0] + 144
    assert overlaps(graph) == []


def test_arranging_some_nodes_keeps_their_corner_where_there_is_room() -> None:
    spread = {"a": (800.0, 4000.0), "b": (3000.0, 4500.0), "L": (1500.0, 4200.0)}
    nodes = [Node(n.id, n.op, n.name, n.value, rank=n.rank) for n in parse("L = a*b").nodes()]
    graph = Graph.of([Node("z", "input", "z", 1.0, x=0.0, y=0.0, rank=9), *nodes], parse("L = a*b").edges())
    graph.apply(place_missing(graph))
    graph.apply(move(graph, spread))
    graph.apply(place(graph, ["a", "b", "L"]))
    where = positions(graph)
    assert (where["a"], where["b"], where["z"]) == ((800, 4000), (800, 4112), (0, 0))


@pytest.mark.parametrize(
    "graph",
    [chain(10_000), chain(3_000, shared=True), random_graph(2_000, 5)],
    ids=["a chain of 10,000", "one input used 3,000 times", "2,000 at random"],
)
def test_large_graphs_are_laid_out_whole(graph: Graph) -> None:
    placed(graph)
    assert len(set(positions(graph).values())) == len(graph)


def test_an_order_that_a_person_chose_is_kept_where_it_costs_no_crossing() -> None:
    graph = placed(parse("s = add(a, b); t = add(c, d); L = s * t"))
    lifted = {name: (0.0, 100.0 * place) for place, name in enumerate("cdab")}
    lifted |= {"t": (400.0, 0.0), "s": (400.0, 200.0), "L": (800.0, 100.0)}
    graph.apply(move(graph, lifted))
    graph.apply(place(graph))
    where = positions(graph)
    assert where["s"][1] < where["t"][1]  # else their edges into L would cross
    swapped = placed(parse("p = exp(x); q = sin(x); r = p + y; k = q + y; m = exp(r); n = exp(k)"))
    before = positions(swapped)
    top, bottom = sorted(("m", "n"), key=lambda name: before[name][1])
    height = max(y for _, y in before.values())
    swapped.apply(move(swapped, {name: (x, height - y) for name, (x, y) in before.items()}))
    swapped.apply(place(swapped))
    assert positions(swapped)[bottom][1] < positions(swapped)[top][1]


def test_an_order_that_a_person_chose_is_kept_in_a_graph_with_crossings_too() -> None:
    knot = "u = add(a, b, c); v = add(c, a, b); w = add(b, c, a); y = u * v * w"
    graph = placed(parse(f"{knot}; m = exp(y); n = sin(y); o = cos(y); p = tanh(y)"))
    for order in itertools.permutations("mnop"):
        before = positions(graph)
        rows = sorted(before[name][1] for name in order)
        graph.apply(move(graph, {name: (before[name][0], y) for name, y in zip(order, rows, strict=True)}))
        graph.apply(place(graph))
        where = positions(graph)
        assert tuple(sorted(order, key=lambda name: where[name][1])) == order


@pytest.mark.parametrize(
    "text",
    [
        "u = add(a, b, c); v = add(c, a, b); w = add(b, c, a); y = u * v * w",
        "m = (x + y + z)/3; c = x - m; d = y - m; e = z - m; v = c**2 + d**2 + e**2; L = c*d*e/v",
        "z = sigmoid(a*x + b*h); r = sigmoid(c*x + d*h); n = tanh(e*x + r*(f*h)); L = (1 - z)*n + z*h",
    ],
)
def test_a_graph_with_crossings_that_was_arranged_stays_as_it_is(text: str) -> None:
    graph = placed(parse(text))
    graph.apply(place(graph))
    before = positions(graph)
    graph.apply(place(graph))
    assert positions(graph) == before


def test_an_input_that_feeds_several_products_lies_ahead_of_their_other_inputs() -> None:
    rows = "; ".join(f"p{i} = w{i}*x; q{i} = u{i}*h; s{i} = p{i} + q{i}" for i in range(3))
    where = positions(placed(parse(f"{rows}; L = s0 * s1 * s2")))
    assert max(where["x"][0], where["h"][0]) < where["w0"][0] == where["u2"][0] < where["p0"][0]


# --- groups
def bounds(graph: Graph, ids: tuple[str, ...]) -> Box:
    """The box round some cards."""
    found = [box for node, box in zip(graph.nodes(), boxes(graph), strict=True) if node.id in ids]
    return (
        min(box[0] for box in found),
        min(box[1] for box in found),
        max(box[2] for box in found),
        max(box[3] for box in found),
    )


@pytest.mark.parametrize("seed", range(12))
def test_an_open_group_keeps_its_nodes_together_and_the_others_out(seed: int) -> None:
    graph = random_graph(30, seed, window=8)
    ids = [node.id for node in graph.nodes()]
    picked = random.Random(seed).sample(ids, 12)
    graph.apply(group(graph, picked[:7]))
    graph.apply(group(graph, picked[7:]))
    graph.apply(place(graph))
    assert not overlaps(graph)
    first, second = (bounds(graph, one.nodes) for one in graph.groups())
    assert first[2] < second[0] or second[2] < first[0] or first[3] < second[1] or second[3] < first[1]
    for one in graph.groups():
        left, top, right, bottom = bounds(graph, one.nodes)
        frame = (left - GROUP_SIDE, top - GROUP_TOP, right + GROUP_SIDE, bottom + GROUP_SIDE)
        for node, box in zip(graph.nodes(), boxes(graph), strict=True):
            if node.id not in one.nodes:
                clear = box[0] >= frame[2] or box[2] <= frame[0] or box[1] >= frame[3] or box[3] <= frame[1]
                assert clear, node.id


def test_a_collapsed_group_takes_the_room_of_one_card() -> None:
    graph = parse("e = a*b; d = tanh(e); g = exp(d); h = sin(g); L = h*c")
    graph.apply(group(graph, ["e", "d", "g", "h"]))
    graph.apply(place(graph))
    wide = bounds(graph, ("L",))[0]
    (made,) = graph.groups()
    graph.apply(set_collapsed(graph, [made.id], True))
    graph.apply(place(graph))
    x, y = corner(graph, made.id)
    assert all(
        not (box[0] < x + WIDTH and x < box[2] and box[1] < y + HEIGHT and y < box[3])
        for box in (bounds(graph, (node_id,)) for node_id in "abcL")
    )
    assert bounds(graph, ("L",))[0] < wide - 2 * COLUMN


def test_groups_that_feed_each_other_are_laid_out_too() -> None:
    graph = parse("e = a*b; d = tanh(e); g = exp(d); L = g + e")
    graph.apply(group(graph, ["e", "g"]))
    graph.apply(group(graph, ["d", "L"]))
    graph.apply(place(graph))
    assert not overlaps(graph)
    assert not place(graph)


def test_a_vast_graph_stands_in_columns_by_generation_and_nothing_overlaps() -> None:
    lines = [f"n{i} = x + y" if i < 3 else f"n{i} = n{i - 3} * n{i // 2}" for i in range(VAST)]
    graph = parse("\n".join(lines))
    graph.apply(place(graph))
    columns: dict[float | None, list[float]] = {}
    for node in graph.nodes():
        columns.setdefault(node.x, []).append(node.y or 0.0)
        assert all((graph.node(edge.source).x or 0.0) < (node.x or 0.0) for edge in graph.edges_into(node.id))
    for heights in columns.values():
        heights.sort()
        assert all(below - above >= 84 for above, below in itertools.pairwise(heights))
    assert min(y for heights in columns.values() for y in heights) == 0
