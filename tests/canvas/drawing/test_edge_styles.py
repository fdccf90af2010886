"""A look says of a gradient its sign and its size, and each look has a paint of its own."""

from __future__ import annotations

import math

import numpy as np
import pytest

from nodegraph.canvas.drawing import edge_styles
from nodegraph.canvas.drawing.theme import THEMES, Theme
from nodegraph.core.building.shapes import graph_of, random_shape
from nodegraph.core.engine.passes import run


def test_a_gradient_looks_the_stronger_the_larger_it_is_of_all() -> None:
    found = edge_styles.of_gradients(np.array([1e-9, 0.1, 1.0, 10.0]), 10.0).tolist()
    assert found == sorted(found)
    assert (found[0], found[-1]) == (edge_styles.POSITIVE, edge_styles.POSITIVE + edge_styles.SHADES)


def test_a_negative_gradient_looks_as_strong_as_a_positive_one_of_its_size() -> None:
    plus, minus = edge_styles.of_gradients(np.array([0.3, -0.3]), 10.0).tolist()
    assert plus - edge_styles.POSITIVE == minus - edge_styles.NEGATIVE


def test_nothing_and_what_is_not_finite_have_looks_of_their_own() -> None:
    found = edge_styles.of_gradients(np.array([0.0, -0.0, math.nan, math.inf, -math.inf]), 0.0).tolist()
    assert found == [edge_styles.ZERO] * 2 + [edge_styles.UNBOUNDED] * 3


def test_edges_look_the_same_whether_what_frames_share_is_known_or_looked_up() -> None:
    known = edge_styles.EdgeLooks()
    for seed in (1, 2):
        trace = run(graph_of(random_shape(40, seed=seed)))
        numbers = np.append(np.arange(len(trace.plan.edge_source)), -1)
        for largest in (3.0, 50.0):
            for position in range(0, len(trace.steps) + 1, 5):
                frame = trace.frame(position)
                found = known.at(frame, numbers, largest)
                assert found.tolist() == edge_styles.of_edges(frame, numbers, largest).tolist()


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_stronger_gradients_are_drawn_wider(theme: Theme) -> None:
    for first in (edge_styles.POSITIVE, edge_styles.NEGATIVE):
        widths = [
            edge_styles.edge_pen(theme, first + shade).widthF() for shade in range(edge_styles.SHADES + 1)
        ]
        assert widths == sorted(widths)
        assert widths[-1] >= 2 * widths[0]


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_look_can_be_told_from_every_other(theme: Theme) -> None:
    pens = [edge_styles.edge_pen(theme, look) for look in range(edge_styles.SELECTED + 1)]
    paints = {(pen.color().rgba(), pen.widthF(), pen.style()) for pen in pens}
    assert len(paints) == len(pens)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ([], 0.0),
        ([0.0, 2.0, -3.0], 3.0),
        ([1.5, np.nan, -1.0], 1.5),
        ([np.inf, -2.0, 0.5, -np.inf], 2.0),
        ([np.nan, np.inf], 0.0),
    ],
)
def test_the_largest_contribution_is_that_of_finite_numbers(sent: list[float], expected: float) -> None:
    assert edge_styles.largest(np.array(sent, dtype=np.float64)) == expected
