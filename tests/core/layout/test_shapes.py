"""Edges that are straight or right-angled: clear of cards, from port to port, side by side."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest

from nodegraph.core.layout import routes, shapes
from nodegraph.core.layout.routes import Lines
from nodegraph.core.layout.shapes import EdgeKind
from nodegraph.core.layout.strips import Places
from nodegraph.core.layout.tracks import TRACK

NO_CARDS = np.empty((0, 4))


def drawn(kind: EdgeKind, ends: list[tuple[float, ...]], cards: Places, sources: list[int]) -> list[Places]:
    """The lines of edges among cards, none of which is their own."""
    places = np.array(ends, dtype=float)
    own = np.full((len(ends), 2), -1, dtype=np.intp)
    plain = shapes.plain_lines(places, kind)
    lines = Lines(places, plain, own, np.array(sources), np.zeros(len(ends), dtype=bool))
    ways = routes.apart(lines, routes.find_ways(lines, cards))
    made = shapes.angular(kind, lines, ways, cards)
    return [made[number] for number in range(len(ends))]


def along(pieces: Places) -> Places:
    share = np.linspace(0, 1, 9)[:, None]
    one, two, three, four = (pieces[:, None, number] for number in range(4))
    rest = 1 - share
    points: Places = rest**3 * one + 3 * share * rest**2 * two + 3 * share**2 * rest * three + share**3 * four
    return points.reshape(-1, 2)


@pytest.mark.parametrize("kind", ["straight", "right-angled"])
@pytest.mark.parametrize("ends", [(0, 0, 400, 90), (0, 0, 400, 0), (400, 0, 0, 200), (0, 0, 20, 80)])
def test_a_line_leads_from_port_to_port_without_a_gap(kind: EdgeKind, ends: tuple[float, ...]) -> None:
    (line,) = drawn(kind, [ends], NO_CARDS, [0])
    assert line[0, 0].tolist() == list(ends[:2])
    assert line[-1, 3].tolist() == list(ends[2:])
    for one, other in pairwise(line):
        assert one[3] == pytest.approx(other[0])


def test_a_right_angled_line_is_level_or_plumb_but_for_its_round_corners() -> None:
    (line,) = drawn("right-angled", [(0, 0, 400, 90)], NO_CARDS, [0])
    ways = np.abs(line[:, 3] - line[:, 0])
    assert sorted(np.minimum(*ways.T).round(6).tolist()) == [0, 0, 0, shapes.ROUND, shapes.ROUND]
    assert line[0, 1, 1] == 0
    assert line[-1, 2, 1] == 90


@pytest.mark.parametrize("kind", ["straight", "right-angled"])
def test_lines_go_around_cards_ahead_and_back(kind: EdgeKind) -> None:
    cards = np.array([(250.0, -40.0, 400.0, 60.0), (250.0, 120.0, 400.0, 220.0)])
    for line in drawn(kind, [(0, 0, 700, 10), (0, 180, 700, 20), (700, 0, 100, 30)], cards, [0, 1, 2]):
        for left, top, right, bottom in cards:
            x, y = along(line).T
            assert not ((left < x) & (x < right) & (top < y) & (y < bottom)).any()


def test_uprights_that_would_lie_on_each_other_stand_side_by_side_and_cross_nothing() -> None:
    ends = [(0, 0, 400, 200), (0, 40, 400, 240), (0, 80, 400, 280)]
    places = []
    for line in drawn("right-angled", ends, NO_CARDS, [0, 1, 2]):
        ways = np.abs(line[:, 3] - line[:, 0])
        places.append(line[ways[:, 0] < 1e-9][0, 0, 0])
    assert all(abs(one - other) >= TRACK - 1e-9 for one, other in combinations(places, 2))
    assert places == sorted(places, reverse=True)  # the lowest stands farthest to the left


def test_edges_of_one_source_share_an_upright() -> None:
    one, other = drawn("right-angled", [(0, 0, 400, 200), (0, 0, 400, 100)], NO_CARDS, [7, 7])
    assert one[:, 0, 0].tolist()[1] == other[:, 0, 0].tolist()[1]


def test_uprights_keep_clear_of_cards_that_reach_into_the_gap() -> None:
    cards = np.array([(-150.0, 50.0, 215.0, 130.0)])
    (line,) = drawn("right-angled", [(0, 0, 400, 200)], cards, [0])
    x, y = along(line).T
    assert not ((x < 215) & (y > 50) & (y < 130)).any()
