"""Each node is put anew where its edges cross the fewest others."""

from __future__ import annotations

import random

import networkx as nx
import pytest

from nodegraph.core.graph.direction import Direction
from nodegraph.core.layout.layered import draw
from nodegraph.core.layout.ordering import count_crossings, reading_order, reduce_crossings
from nodegraph.core.layout.reinsertion import Search
from nodegraph.core.layout.vertices import Links, Vertices, vertices_of


def links_of(*edges: tuple[str, str, int]) -> Links:
    links: Links = nx.DiGraph()
    for source, target, port in edges:
        if not links.has_edge(source, target):
            links.add_edge(source, target, ports=[])
        links.edges[source, target]["ports"].append(port)
    return links


def swept(links: Links) -> Vertices:
    """The vertices, each as early as may be, after the sweeps."""
    layer: dict[str, int] = {}
    for node_id in nx.topological_sort(links):
        layer[node_id] = 1 + max((layer[source] for source in links.pred[node_id]), default=-1)
    vertices = vertices_of(links, layer, [84.0] * len(links), Direction.RIGHT)
    reduce_crossings(vertices, reading_order(vertices))
    return vertices


def random_links(seed: int) -> Links:
    pick = random.Random(seed)
    edges = []
    for number in range(5, 30):
        edges += [
            (f"n{pick.randrange(number)}", f"n{number}", port) for port in range(pick.choice((1, 2, 2, 3)))
        ]
    return links_of(*edges)


def edges_of(vertices: Vertices) -> set[tuple[int, int, float]]:
    """Source, target and port of each edge; and that each step of it leads on by one layer."""
    found = set()
    for source in range(vertices.real):
        for target, offset in vertices.after[source]:
            before = source
            while target >= vertices.real:
                assert vertices.layer[target] == vertices.layer[before] + 1
                before, (target, offset) = target, vertices.after[target][0]
            assert vertices.layer[target] == vertices.layer[before] + 1
            found.add((source, target, offset))
    return found


def test_two_inputs_that_two_products_take_in_either_order_cross_nowhere() -> None:
    links = links_of(("a", "p", 0), ("b", "p", 1), ("b", "q", 0), ("a", "q", 1), ("p", "L", 0), ("q", "L", 1))
    vertices = swept(links)
    assert count_crossings(vertices) == 2
    search = Search(vertices)
    search.round()
    assert search.crossings() == count_crossings(search.vertices()) == 0


@pytest.mark.parametrize("seed", range(6))
def test_all_edges_stay_and_never_do_more_of_them_cross(seed: int) -> None:
    vertices = swept(random_links(seed))
    search, fewest = Search(vertices), count_crossings(vertices)
    for _ in range(3):
        search.round()
        found = search.vertices()
        assert search.crossings() == count_crossings(found) <= fewest
        assert edges_of(found) == edges_of(vertices)
        assert sorted(v for layer in found.layers for v in layer) == list(range(len(found.layer)))
        fewest = count_crossings(found)


@pytest.mark.parametrize("seed", range(6))
def test_sweeps_leave_more_crossings(seed: int) -> None:
    vertices = swept(random_links(seed))
    search = Search(vertices)
    search.round()
    assert search.crossings() < 0.8 * count_crossings(vertices)


def test_an_order_that_is_held_stays_where_it_costs_nothing() -> None:
    links = links_of(*((f"a{i}", f"b{i}", 0) for i in range(4)))
    vertices = swept(links)
    held = [-float(n) for n in range(vertices.real)]
    vertices.arrange(sorted(range(len(vertices.layer)), key=held.__getitem__))
    search = Search(vertices, held=held)
    search.round()
    for layer in search.vertices().layers:
        assert [held[n] for n in layer] == sorted(held[n] for n in layer)


def test_the_same_graph_is_drawn_the_same_way() -> None:
    links = random_links(3)
    sizes = dict.fromkeys(links, (144.0, 84.0))
    assert draw(links, sizes) == draw(links, sizes)
