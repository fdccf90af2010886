"""Chips lie on their edges, near the receiving port, and on nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF

from nodegraph.canvas.drawing import chip_placement
from nodegraph.canvas.drawing.chip_placement import Taken, place_above, place_alone
from nodegraph.canvas.drawing.curves import flattened
from nodegraph.canvas.drawing.geometry import CHIP_HEIGHT

SHORT, LONG = QSizeF(60, CHIP_HEIGHT), QSizeF(160, CHIP_HEIGHT)


def edge(x1: float, y1: float, x2: float, y2: float) -> NDArray[np.float64]:
    """Points along an edge."""
    points: NDArray[np.float64] = flattened(np.array([[x1, y1, x2, y2]]))[0]
    return points


def taken(
    cards: list[tuple[float, ...]] | None = None,
    chips: list[tuple[float, ...]] | None = None,
    lines: list[tuple[float, ...]] | None = None,
) -> Taken:
    """What is in the way."""
    arrays = (np.array(found or [], dtype=np.float64).reshape(-1, 4) for found in (cards, chips, lines))
    return Taken(*arrays)


def placed(points: NDArray[np.float64], sizes: list[QSizeF], around: Taken) -> tuple[int, QRectF]:
    found = place_alone(points, sizes, around)
    assert found is not None
    return found


def test_a_chip_lies_on_a_short_edge_in_its_middle_and_on_a_long_one_near_its_end() -> None:
    _, rect = placed(edge(0, 0, 120, 30), [SHORT], taken())
    assert (rect.center() - QPointF(60, 15)).manhattanLength() < 1
    _, rect = placed(edge(0, 0, 900, 0), [SHORT], taken())
    assert 840 < rect.right() < 900
    assert rect.center().y() == 0


def test_a_chip_keeps_off_cards_chips_and_foreign_edges() -> None:
    line = edge(0, 0, 900, 0)
    for around in (
        taken(cards=[(700, -40, 890, 40)]),
        taken(chips=[(700, -11, 890, 11)]),
        taken(lines=[(800, -100, 800, 100), (880, -100, 840, 100)]),
    ):
        _, rect = placed(line, [SHORT], around)
        assert placed(line, [SHORT], taken())[1] != rect
        for left, top, right, bottom in (*around.cards, *around.chips):
            assert not rect.intersects(QRectF(QPointF(left, top), QPointF(right, bottom)))
        assert not rect.contains(QPointF(800, 0))


def test_what_would_hide_its_edge_is_shortened_and_then_left_out() -> None:
    number, rect = placed(edge(0, 0, 120, 0), [LONG, SHORT], taken())
    assert (number, rect.width()) == (1, 60)
    assert placed(edge(0, 0, 400, 0), [LONG, SHORT], taken())[0] == 0
    walls: list[tuple[float, ...]] = [(0, -100, 55, 100), (60, -100, 120, 100)]
    assert place_alone(edge(0, 0, 120, 0), [LONG, SHORT], taken(cards=walls)) is None


def test_a_chip_may_lie_beside_its_edge_where_it_would_hide_it() -> None:
    _, rect = placed(edge(0, 0, 90, 0), [SHORT], taken())
    assert abs(rect.center().y()) == CHIP_HEIGHT / 2 + 1


def test_a_chip_that_is_looked_at_always_has_a_place_and_covers_as_little_as_may_be() -> None:
    around = taken(cards=[(400, -40, 900, 40)])
    assert place_above(edge(0, 0, 900, 0), LONG, around).right() <= 400
    assert place_above(edge(0, 0, 90, 0), LONG, around).width() == 160


def test_a_chip_that_is_looked_at_lies_beside_its_edge_rather_than_on_a_card() -> None:
    cards = [(-150, -70, 0, 40), (90, -70, 240, 40)]
    for shift in (0, 40):
        moved = [(left, top + shift, right, bottom + shift) for left, top, right, bottom in cards]
        rect = place_above(edge(0, 0, 90, 0), LONG, taken(cards=list(moved)))
        for left, top, right, bottom in moved:
            assert not rect.intersects(QRectF(QPointF(left, top), QPointF(right, bottom)))
        assert abs(rect.center().y()) < 5 * CHIP_HEIGHT


def test_a_chip_that_must_cover_something_leaves_its_edge_to_cover_less() -> None:
    """On a short edge between cards in a full view it lay over both, with nearly free room above them."""
    cards = [(-150.0, -8.0, 0.0, 68.0), (90.0, -8.0, 240.0, 68.0)]
    everywhere: list[tuple[float, ...]] = [
        (x, -200.0, x + 4.0, 200.0) for x in np.arange(-400.0, 600.0, 40.0)
    ]
    rect = place_above(edge(0, 0, 90, 0), LONG, taken(cards=list(cards), chips=everywhere))
    for left, top, right, bottom in cards:
        assert not rect.intersects(QRectF(QPointF(left, top), QPointF(right, bottom)))
    assert abs(rect.center().y()) <= 1.5 * CHIP_HEIGHT, "near its edge"


@pytest.mark.parametrize("seed", range(6))
def test_places_near_the_wish_are_looked_at_first_and_the_best_of_all_is_found(
    monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance, found = np.random.default_rng(seed), []
    points = np.cumsum(chance.uniform(-60, 60, (17, 2)), axis=0)
    corners = chance.uniform(-400, 400, (60, 2))
    taken = Taken(
        np.concatenate([corners, corners + np.array([160, 90])], axis=1), np.empty((0, 4)), np.empty((0, 4))
    )
    for together in (1, 50, 10**6):
        monkeypatch.setattr(chip_placement, "MOST_TOGETHER", together)
        found.append(place_above(points, QSizeF(150, 22), taken, is_far=True))
    assert found[0] == found[1] == found[2]
