"""What is counted in a picture, on pictures made by hand."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from nodegraph.core.layout import legibility
from nodegraph.core.layout.legibility import (
    DrawnEdge,
    DrawnLabel,
    Legibility,
    Picture,
    Rect,
    legibility_of,
)

CARDS: dict[str, Rect] = {"a": (0, 0, 100, 60), "b": (400, 0, 100, 60), "m": (200, 0, 100, 60)}


def line(source: str, target: str, *points: tuple[float, float], port: int = 0) -> DrawnEdge:
    return DrawnEdge(source, target, port, np.array(points, dtype=np.float64))


def label(edge: DrawnEdge, *rect: float) -> DrawnLabel:
    left, top, width, height = rect
    return DrawnLabel((edge.source, edge.target, edge.port), "1", (left, top, width, height))


def count(*edges: DrawnEdge, labels: tuple[DrawnLabel, ...] = ()) -> Legibility:
    return legibility_of(Picture((500, 60), CARDS, list(edges), list(labels)))


def test_an_edge_beneath_a_card_between_its_ends_counts_once_a_card() -> None:
    assert count(line("a", "b", (100, 30), (400, 30))).edges_beneath_cards == 1
    assert count(line("a", "b", (100, 30), (150, 100), (350, 100), (400, 30))).edges_beneath_cards == 0


def test_an_edge_that_touches_a_card_or_runs_along_its_side_is_not_beneath_it() -> None:
    assert count(line("a", "b", (100, 60), (400, 60))).edges_beneath_cards == 0
    assert count(line("a", "m", (100, 30), (250, 30))).edges_beneath_cards == 0


def test_a_short_piece_of_an_edge_within_a_card_counts_too() -> None:
    assert (
        count(line("a", "b", (100, -40), (299, -40), (299, 20), (320, 20), (400, 30))).edges_beneath_cards
        == 1
    )


def test_a_label_on_a_card_counts_on_its_own_cards_too() -> None:
    edge = line("a", "m", (100, 30), (200, 30))
    assert count(edge, labels=(label(edge, 90, 20, 60, 20),)).labels_on_cards == 1
    assert count(edge, labels=(label(edge, 100, 20, 60, 20),)).labels_on_cards == 0


def test_labels_on_each_other_count_as_pairs() -> None:
    edge = line("a", "m", (100, 30), (200, 30))
    three = tuple(label(edge, 110 + 5 * place, 80, 40, 20) for place in range(3))
    assert count(edge, labels=three).labels_on_labels == 3
    apart = (label(edge, 110, 80, 40, 20), label(edge, 150, 80, 40, 20))
    assert count(edge, labels=apart).labels_on_labels == 0


def test_a_label_on_foreign_edges_counts_once_and_its_own_edge_does_not() -> None:
    own, low = line("a", "m", (100, 30), (200, 30)), line("a", "m", (100, 30), (200, 40), port=1)
    other = line("m", "b", (100, 35), (200, 35))
    assert count(own, labels=(label(own, 120, 10, 60, 40),)).labels_on_edges == 0
    assert count(own, low, other, labels=(label(own, 120, 10, 60, 40),)).labels_on_edges == 1


def test_an_edge_is_hidden_where_labels_cover_more_than_three_fifths_of_it() -> None:
    edge, other = line("a", "m", (100, 30), (200, 30)), line("m", "b", (300, 30), (400, 30))
    assert (
        count(edge, other, labels=(label(edge, 110, 20, 61, 20),)).hidden_edges == 0
    )  # half a unit is slack
    assert count(edge, other, labels=(label(edge, 110, 20, 62, 20),)).hidden_edges == 1
    two = (label(other, 110, 20, 40, 20), label(edge, 150, 20, 40, 20))
    assert count(edge, other, labels=two).hidden_edges == 1


def test_edges_that_cross_twice_count_twice_and_those_that_part_do_not() -> None:
    straight = line("a", "b", (100, 100), (400, 100))
    wave = line("m", "b", (100, 80), (200, 120), (300, 80))
    assert count(straight, wave).crossings == 2
    assert count(straight, line("a", "m", (100, 100), (200, 150))).crossings == 0
    assert count(straight, line("m", "b", (200, 50), (400, 100))).crossings == 0


def test_an_empty_picture_counts_nothing() -> None:
    assert legibility_of(Picture((0, 0), {}, [])) == Legibility(0, 0, 0, 0, 0, 0, 0, 0)


def test_counts_of_several_pictures_add_up() -> None:
    edge = line("a", "b", (100, 30), (400, 30))
    both = count(edge) + count(edge)
    assert (both.edges_beneath_cards, both.area) == (2, 60_000)


def test_an_edge_is_compared_only_with_what_is_about_it(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = 50
    cards: dict[str, Rect] = {}
    for row in range(rows):
        cards |= {f"a{row}": (0, 100 * row, 100, 60), f"b{row}": (400, 100 * row, 100, 60)}
    edges = [line(f"a{row}", f"b{row}", (100, 100 * row + 30), (400, 100 * row + 30)) for row in range(rows)]
    labels = [label(edge, 230, 100 * row + 20, 40, 20) for row, edge in enumerate(edges)]
    compared, shares_within = [], legibility.shares_within

    def counting(points: NDArray[np.float64], sides: NDArray[np.float64]) -> NDArray[np.float64]:
        compared.append(len(sides))
        return shares_within(points, sides)

    monkeypatch.setattr(legibility, "shares_within", counting)
    found = legibility_of(Picture((500, 100 * rows), cards, edges, labels))
    assert (found.labels, found.edges_beneath_cards, found.labels_on_edges) == (rows, 0, 0)
    assert sum(compared) <= 4 * rows  # its two cards, and its label twice
