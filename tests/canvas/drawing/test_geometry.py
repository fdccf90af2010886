"""Where cards, ports, curves and chips lie."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from nodegraph.canvas.drawing import curves, geometry
from nodegraph.canvas.drawing.curves import flattened
from nodegraph.canvas.drawing.geometry import (
    VALUE,
    CardFace,
    card_shape,
    edge_path,
    fitted_number,
)
from nodegraph.canvas.drawing.lettering import shortened, text_width
from nodegraph.core.graph.direction import Direction
from nodegraph.core.layout import card_size
from nodegraph.core.numbers import MINUS
from nodegraph.core.quoting import quoted
from nodegraph.core.typeset import joined, typeset

pytestmark = pytest.mark.usefixtures("qapp")

CONTROLS = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Kinds of characters that no name may hold."""
PLACES = st.floats(-5000, 5000)


def face(name: str) -> CardFace:
    """The words on a card below an output L."""
    return CardFace(typeset(name), joined("∂L/∂", typeset(name)))


@pytest.mark.parametrize("ports", [0, 1, 2, 3, 7, 24])
@pytest.mark.parametrize("name", ["a", "x" * 100, "קלט ראשון", "🙂🙂🙂", "∂"])
@pytest.mark.parametrize("is_output", [False, True])
def test_ports_lie_on_the_edge_of_the_card_and_apart(name: str, ports: int, is_output: bool) -> None:
    shape = card_shape(face(name), "+", ports, is_output)
    heights = [port.y() for port in shape.inputs]
    assert len(heights) == ports
    assert all(port.x() == 0 for port in shape.inputs)
    assert shape.output.x() == shape.width <= geometry.WIDEST_CARD
    assert all(geometry.HEADER < y < shape.height - geometry.PORT_RADIUS for y in heights)
    gaps = [below - above for above, below in itertools.pairwise(heights)]
    assert all(gap >= 4 * geometry.PORT_RADIUS for gap in gaps)


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("ports", [25, 337, 2000])
def test_more_ports_than_have_rows_share_the_same_room(ports: int, direction: Direction) -> None:
    many, most = (
        geometry.shape_with_ports(*card_size.card_sides(144, count, direction), count, direction)
        for count in (ports, card_size.MOST_APART)
    )
    assert (many.width, many.height) == pytest.approx((most.width, most.height))
    ends = [(shape.inputs[0], shape.inputs[-1]) for shape in (many, most)]
    assert all((one - other).manhattanLength() < 1e-6 for one, other in zip(*ends, strict=True))
    one, other = many.inputs[:2]
    assert 2 * geometry.port_radius(many.inputs) < (other - one).manhattanLength()


def test_short_names_give_cards_of_one_width() -> None:
    widths = {card_shape(face(name), "input", 0, False).width for name in ("a", "b", "f", "i", "z")}
    assert len(widths) == 1


@given(PLACES, PLACES, PLACES, PLACES)
def test_the_flattened_edge_lies_on_the_smooth_one(x1: float, y1: float, x2: float, y2: float) -> None:
    assume(math.hypot(x2 - x1, y2 - y1) > 1e-3)  # Qt leaves a curve out that goes nowhere
    path = edge_path(QPointF(x1, y1), QPointF(x2, y2))
    control = [path.elementAt(i) for i in range(4)]
    (points,) = flattened(np.array([[x1, y1, x2, y2]]))
    for share, (x, y) in zip(np.linspace(0, 1, geometry.SEGMENTS + 1), points, strict=True):
        weights = ((1 - share) ** 3, 3 * share * (1 - share) ** 2, 3 * share**2 * (1 - share), share**3)
        expected = sum(w * c.x for w, c in zip(weights, control, strict=True))
        assert x == pytest.approx(expected, abs=1e-6)
        assert y == pytest.approx(sum(w * c.y for w, c in zip(weights, control, strict=True)), abs=1e-6)


@given(PLACES, PLACES)
def test_the_distance_to_an_edge_is_zero_on_it_and_grows_beside_it(x: float, y: float) -> None:
    points = flattened(np.array([[0.0, 0.0, x, y]]))
    middle = points[0][8]
    assert geometry.distances_to(points, *middle)[0] == pytest.approx(0, abs=1e-6)
    assert geometry.distances_to(points, middle[0], middle[1] + 20_000)[0] > 10_000


@given(
    st.floats(allow_nan=True, allow_infinity=True),
    st.floats(72, 200),
    st.booleans(),
)
def test_a_number_never_becomes_wider_than_its_room_on_a_card(
    value: float, room: float, signed: bool
) -> None:
    text = fitted_number(value, room, signed)
    assert text_width(text, VALUE) <= room
    if signed and value > 0:
        assert text.startswith("+")
    if math.isfinite(value) and value < 0:
        assert text.startswith(MINUS)


def test_a_number_shows_as_many_digits_as_find_room() -> None:
    assert fitted_number(2 / 3, 200) == "0.666667"
    assert fitted_number(2 / 3, 60) in ("0.6667", "0.667", "0.66667")


@given(st.text(st.characters(exclude_categories=CONTROLS), max_size=100), st.floats(30, 240))
def test_a_shortened_name_fits_its_room(text: str, room: float) -> None:
    assert text_width(shortened(text, room, geometry.NAME), geometry.NAME) <= room + 1


def test_a_shortened_arabic_name_shows_no_escapes(qapp: QApplication) -> None:
    short = shortened("lorem \u0644\u0627 \u0628\u0633\u0645 \u0627\u0644\u0644\u0647m", 80, geometry.NAME)
    assert "…" in short
    assert quoted(short) == short


def test_two_edges_of_one_pair_of_nodes_end_apart(qapp: QApplication) -> None:
    shape = card_shape(face("y"), "×", 2, False)
    top, bottom = shape.inputs
    ends = np.array([[0, 42, 200 + port.x(), port.y()] for port in (top, bottom)], dtype=np.float64)
    one, other = flattened(ends)
    assert abs(one[-4][1] - other[-4][1]) > 20


def test_the_point_at_a_share_of_a_line_is_at_that_share_of_its_length() -> None:
    line = np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 90.0]])
    assert geometry.point_on(line, 0.05) == QPointF(5, 0)
    assert geometry.point_on(line, 0.55) == QPointF(10, 45)
    assert (geometry.point_on(line, -1), geometry.point_on(line, 2)) == (QPointF(0, 0), QPointF(10, 90))


def test_a_curve_of_several_pieces_is_sampled_evenly_over_them_and_flattened_within_reason() -> None:
    pieces = np.concatenate([curves.direct(np.array([[0.0, 0, 100, 50], [100, 50, 300, 90]]))])
    points = geometry.sampled(pieces, 32)
    assert points.shape == (33, 2)
    assert points[0].tolist() == [0, 0]
    assert points[16].tolist() == [100, 50]
    assert points[32].tolist() == [300, 90]
    fine, coarse = geometry.sampled(pieces, 2000), geometry.flattened_to(pieces, 0.25)
    assert all(geometry.distances_to(coarse[None], *place)[0] < 0.25 for place in fine)
    assert len(coarse) < 60


def test_where_two_digits_find_no_room_one_does_before_an_exponent(qapp: QApplication) -> None:
    room = text_width("−0.3", VALUE) + 0.5
    assert fitted_number(-0.345, room) == "−0.3"
    assert fitted_number(0.00773, text_width("+0.008", VALUE) + 0.5, signed=True) == "+0.008"


@pytest.mark.parametrize("gap", [0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 14.0, 20.0, 28.0, 40.0])
@pytest.mark.parametrize("rise", [4.0, 12.0, -24.0, 40.0, -80.0, 100.0, 300.0])
@pytest.mark.parametrize("direction", list(Direction))
def test_an_edge_between_ports_that_are_close_hardly_turns(
    gap: float, rise: float, direction: Direction
) -> None:
    (ends,) = direction.turned_all(np.array([[0.0, 0.0, gap, rise]]))
    (points,) = flattened(np.array([ends]), 64, direction)
    assert sharpest(points) < 75


def sharpest(points: NDArray[np.float64], within: float = 12.0) -> float:
    """The most degrees by which a line turns within so many units."""
    ways = np.diff(points, axis=0)
    lengths, angles = np.hypot(*ways.T).cumsum(), np.arctan2(ways[:, 1], ways[:, 0])
    turns = np.abs((np.diff(angles) + np.pi) % (2 * np.pi) - np.pi)
    stops = np.searchsorted(lengths, lengths[:-1] + within)
    return max(np.degrees(turns[start:stop].sum()) for start, stop in enumerate(stops.tolist()))


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("reach", [20.0, 90.0, 2000.0])
def test_the_curves_of_few_edges_are_those_of_many(reach: float, direction: Direction) -> None:
    ends = np.random.default_rng(5).uniform(-reach, reach, (4 * curves.FEW, 4))
    many = curves.direct(ends, direction)
    few = [curves.direct(part, direction) for part in np.split(ends, 4)]
    assert np.array_equal(np.concatenate(few), many)
    assert curves.direct(ends[:0], direction).shape == (0, 4, 2)
