"""Edges lead around cards: through the gaps, apart from each other, and only where one is in the way."""

from __future__ import annotations

import random
from collections.abc import Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

from nodegraph.core.layout.legibility import shares_within
from nodegraph.core.layout.routes import Lines, blocked, curves_of, find_ways

Rects = list[tuple[float, float, float, float]]
STEPS = np.linspace(0.0, 1.0, 41)[:, None]


def points_of(pieces: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points along cubic pieces."""
    rest = 1 - STEPS
    found = [
        rest**3 * p[0] + 3 * rest**2 * STEPS * p[1] + 3 * rest * STEPS**2 * p[2] + STEPS**3 * p[3]
        for p in pieces
    ]
    return np.concatenate(found)


def lines_between(
    cards: Rects, pairs: list[tuple[int, int]], ports: Mapping[int, float] | None = None
) -> tuple[Lines, NDArray[np.float64]]:
    """Edges from the middle of the right side of one card to the middle of the left side of another, or to
    the height of a port.
    """
    sides = np.array([(x, y, x + w, y + h) for x, y, w, h in cards], dtype=np.float64)
    own = np.array(pairs, dtype=np.intp)
    middle = (sides[:, 1] + sides[:, 3]) / 2
    ends = np.stack([sides[own[:, 0], 2], middle[own[:, 0]], sides[own[:, 1], 0], middle[own[:, 1]]], axis=1)
    for number, height in (ports or {}).items():
        ends[number, 3] = height
    share = np.linspace(0, 1, 17)[None, :]
    rise = share * share * (3 - 2 * share)
    curves = np.stack(
        [
            ends[:, :1] + share * (ends[:, 2:3] - ends[:, :1]),
            ends[:, 1:2] + rise * (ends[:, 3:] - ends[:, 1:2]),
        ],
        axis=2,
    )
    return Lines(ends, curves, own, own[:, 0], np.zeros(len(ends), dtype=bool)), sides


def led(
    cards: Rects, pairs: list[tuple[int, int]], ports: Mapping[int, float] | None = None
) -> dict[int, NDArray[np.float64]]:
    """Points along each edge that does not lead directly."""
    lines, sides = lines_between(cards, pairs, ports)
    return {number: points_of(curve) for number, curve in curves_of(lines, find_ways(lines, sides)).items()}


def beneath(points: NDArray[np.float64], cards: Rects) -> bool:
    sides = np.array([(x, y, x + w, y + h) for x, y, w, h in cards], dtype=np.float64)
    return bool((shares_within(points, sides) > 0).any())


COLUMN: Rects = [(0, 100, 100, 60), (200, 100, 100, 60), (400, 100, 100, 60)]


def test_an_edge_goes_around_the_card_in_its_way_and_begins_and_ends_at_its_ports() -> None:
    points = led(COLUMN, [(0, 2)])[0]
    assert not beneath(points, COLUMN[1:2])
    assert points[0].tolist() == [100, 130]
    assert points[-1].tolist() == [400, 130]


def test_where_nothing_is_in_the_way_edges_lead_directly() -> None:
    assert led(COLUMN, [(0, 1), (1, 2)]) == {}
    assert led([*COLUMN[:1], (200, 400, 100, 60), *COLUMN[2:]], [(0, 2)]) == {}


def test_an_edge_that_leads_back_goes_around_too() -> None:
    cards: Rects = [(400, 100, 100, 60), (200, 100, 100, 60), (0, 100, 100, 60)]
    points = led(cards, [(0, 2)])[0]
    assert not beneath(points, cards[1:2])
    assert points[0].tolist() == [500, 130]
    assert points[-1].tolist() == [0, 130]


def test_edges_of_two_sources_through_one_gap_run_apart() -> None:
    cards: Rects = [(0, 0, 100, 60), (0, 80, 100, 60), (200, -400, 100, 500), (200, 160, 100, 500)]
    cards += [(400, 0, 100, 60), (400, 80, 100, 60)]
    found = led(cards, [(0, 4), (1, 5)])
    heights = [points[np.abs(points[:, 0] - 250) < 40][:, 1] for points in found.values()]
    assert len(heights) == 2
    assert heights[0].max() + 8 < heights[1].min()


def test_of_ways_as_long_the_one_that_crosses_no_other_edge_is_taken() -> None:
    cards: Rects = [(0, 200, 100, 60), (200, 190, 100, 80), (400, 160, 100, 60), (400, 240, 100, 60)]
    upper, lower = led(cards, [(0, 2), (0, 3), (1, 3)]), led(cards, [(0, 2), (0, 3), (1, 2)])
    assert upper[0][:, 1].min() < 190
    assert lower[1][:, 1].max() > 270


def test_the_edge_to_a_lower_port_comes_from_beneath_the_card_that_feeds_the_upper() -> None:
    cards: Rects = [(0, 384, 148, 84), (272, 192, 156, 84), (552, 140, 144, 84)]
    points = led(cards, [(0, 2), (1, 2)], {0: 194.0, 1: 170.0})[0]
    assert points[np.abs(points[:, 0] - 350) < 60][:, 1].min() > 276


@pytest.mark.parametrize("seed", range(12))
def test_no_edge_runs_beneath_a_foreign_card_wherever_cards_stand_apart(seed: int) -> None:
    chance = random.Random(seed)
    cards: Rects = []
    for column in range(6):
        y = chance.uniform(0, 200)
        for _ in range(chance.randrange(2, 6)):
            height = chance.choice((60.0, 84.0, 132.0))
            cards.append((260.0 * column + chance.uniform(0, 20), y, chance.uniform(120, 170), height))
            y += height + chance.uniform(28, 120)
    right = [(a, b) for a, one in enumerate(cards) for b, two in enumerate(cards) if two[0] > one[0] + 250]
    pairs = chance.sample(right, 25)
    lines, sides = lines_between(cards, pairs)
    found = curves_of(lines, find_ways(lines, sides))
    for number, pair in enumerate(pairs):
        if number in found:
            foreign = [card for place, card in enumerate(cards) if place not in pair]
            assert not beneath(points_of(found[number]), foreign), pair
    plain = [number for number in blocked(lines.curves, sides, lines.own).tolist() if number not in found]
    assert plain == []


def test_ways_that_are_kept_stay_as_they_are() -> None:
    lines, sides = lines_between(COLUMN, [(0, 2)])
    ways = find_ways(lines, sides)
    assert find_ways(lines, sides, ways) == ways


def sharpest(curve: NDArray[np.float64], within: float = 12.0) -> float:
    """The most degrees by which a line turns within so many units."""
    points = curve[np.append(True, np.hypot(*np.diff(curve, axis=0).T) > 1e-6)]
    ways = np.diff(points, axis=0)
    lengths, angles = np.hypot(*ways.T).cumsum(), np.arctan2(ways[:, 1], ways[:, 0])
    turns = np.abs((np.diff(angles) + np.pi) % (2 * np.pi) - np.pi)
    stops = np.searchsorted(lengths, lengths[:-1] + within)
    return max(np.degrees(turns[start:stop].sum()) for start, stop in enumerate(stops.tolist()))


@pytest.mark.parametrize("gap", [24.0, 32.0, 40.0, 56.0, 80.0])
@pytest.mark.parametrize("rise", [100.0, 200.0, -180.0])
def test_an_edge_turns_in_round_corners_where_two_cards_lie_close(gap: float, rise: float) -> None:
    """From far to the left an edge goes beneath one card and up to the next, which lies close behind it."""
    cards = [(0.0, 158.0 + rise, 144.0, 84.0), (400.0, 0.0, 144.0, 84.0), (544.0 + gap, 4.0, 144.0, 84.0)]
    curve = led(cards, [(0, 2)], {0: 40.0}).get(0)
    assert curve is not None
    assert sharpest(curve) < 90
    assert not lies_beneath(curve, cards[1])


@pytest.mark.parametrize(
    "place", [(-8.0, 100.0), (-40.0, -92.0), (-20.0, 84.0), (100.0, 120.0), (-300.0, 10.0)]
)
def test_an_edge_that_turns_back_runs_beneath_neither_of_its_cards(place: tuple[float, float]) -> None:
    cards = [(400.0, 400.0, 144.0, 84.0), (400 + place[0], 400 + place[1], 144.0, 84.0)]
    lines, sides = lines_between(cards, [(0, 1)])
    curve = points_of(curves_of(lines, find_ways(lines, sides))[0])
    assert sharpest(curve) < 91
    for card in cards:
        assert not lies_beneath(curve[10:-10], card)


def lies_beneath(curve: NDArray[np.float64], card: tuple[float, float, float, float]) -> bool:
    """Whether a line runs beneath a card."""
    left, top, width, height = card
    x, y = curve.T
    return bool(((left + 1 < x) & (x < left + width - 1) & (top + 1 < y) & (y < top + height - 1)).any())
