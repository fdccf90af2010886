"""Generated data: the numbers of scikit-learn, the shapes of the playgrounds, and what may not be asked."""

from __future__ import annotations

import numpy as np
import pytest

from nodegraph.core.data.generators import MOST_NOISE, MOST_SEED, generate
from nodegraph.core.data.kinds import KINDS
from nodegraph.core.errors import Refused
from nodegraph.core.training.tables import MOST_ROWS, why_not_columns

KNOWN = "moons, circles, spirals, gauss, xor and line"
RECORDED = {
    "moons": (
        [0.0218380834585633, 0.8277372309744037, -1.0919946290642557, 2.133557297233384],
        [0.35430741854819914, 0.09618319872606, -0.1096584897551003, 0.42420399367691636],
    ),
    "circles": (
        [0.8218380834585634, 0.8277372309744037, -1.0919946290642557, -0.6664427027666162],
        [-0.14569258145180086, 0.09618319872606, -0.1096584897551003, -0.07579600632308343],
    ),
}
"""What scikit-learn 1.9.1 draws for 4 rows, noise 0.1 and seed 1337."""


@pytest.mark.parametrize("name", RECORDED)
def test_moons_and_circles_are_those_that_scikit_learn_drew(name: str) -> None:
    table = generate(name, 4, 0.1, 1337)
    for column, numbers in zip(("x1", "x2"), RECORDED[name], strict=True):
        np.testing.assert_allclose(table.column(column), numbers, rtol=1e-14)
    assert table.column("t").tolist() == [1, 0, 0, 1]


@pytest.mark.parametrize("name", RECORDED)
@pytest.mark.parametrize("rows", [2, 101, 1000])
@pytest.mark.parametrize("noise", [0.0, 0.1])
def test_moons_and_circles_are_those_that_scikit_learn_draws(name: str, rows: int, noise: float) -> None:
    datasets = pytest.importorskip("sklearn.datasets")
    points, classes = getattr(datasets, f"make_{name}")(n_samples=rows, noise=noise, random_state=7)
    table = generate(name, rows, noise, 7)
    assert np.array_equal(np.column_stack([table.column("x1"), table.column("x2")]), points)
    assert np.array_equal(table.column("t"), classes)


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("rows", [1, 2, 3, 100])
@pytest.mark.parametrize("noise", [0.0, 0.3])
def test_every_kind_makes_a_table_of_so_many_rows_that_is_the_same_for_the_same_seed(
    name: str, rows: int, noise: float
) -> None:
    table = generate(name, rows, noise, 5)
    assert table.rows == rows
    assert why_not_columns(table.columns) is None
    assert table == generate(name, rows, noise, 5)
    assert table.names == (("x", "t") if name == "line" else ("x1", "x2", "t"))
    if rows == 100:
        assert table != generate(name, rows, noise, 6)
        assert table != generate(name, rows, 0.2, 5)


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind.has_classes])
def test_classes_are_0_and_1_or_both_signs_and_each_has_its_share(name: str) -> None:
    plain, signed = generate(name, 100, 0.1, 3), generate(name, 100, 0.1, 3, signed=True)
    assert np.array_equal(signed.column("t"), 2 * plain.column("t") - 1)
    assert all(np.array_equal(plain.column(name), signed.column(name)) for name in ("x1", "x2"))
    assert set(plain.column("t")) == {0.0, 1.0}
    assert 30 <= plain.column("t").sum() <= 70


def test_without_noise_each_kind_has_its_shape() -> None:
    spirals, xor, gauss, line = (generate(name, 200, 0.0, 2) for name in ("spirals", "xor", "gauss", "line"))
    radius = np.hypot(spirals.column("x1"), spirals.column("x2"))
    assert radius.max() < 5
    assert np.count_nonzero(radius < 1e-9) == 2, "both arms begin in the middle"
    turned = {
        tuple(row) for row in np.round(np.column_stack([spirals.column("x1"), spirals.column("x2")]), 9)
    }
    assert all((round(-a, 9), round(-b, 9)) in turned for a, b in turned), (
        "one arm is the other, turned round"
    )
    x1, x2 = xor.column("x1"), xor.column("x2")
    assert np.array_equal(xor.column("t"), (x1 > 0) != (x2 > 0))
    assert min(abs(x1).min(), abs(x2).min()) >= 0.3
    for each, centre in ((0, -2), (1, 2)):
        assert gauss.column("x1")[gauss.column("t") == each].mean() == pytest.approx(centre, abs=0.2)
    np.testing.assert_allclose(line.column("t"), 2 * line.column("x") + 1, rtol=1e-12)


def test_the_noise_is_a_standard_deviation() -> None:
    for name in KINDS:
        plain, noisy = generate(name, 20_000, 0.0, 1), generate(name, 20_000, 0.25, 1)
        column = "t" if name == "line" else "x1"
        assert np.std(noisy.column(column) - plain.column(column)) == pytest.approx(0.25, rel=0.03), name


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (("moon",), f"There is no kind of data “moon”; there are {KNOWN}."),
        (("moons", 0), "A table has from 1 to 100,000 rows, not 0."),
        (("moons", 10**12), "A table has from 1 to 100,000 rows, not 1,000,000,000,000."),
        (("moons", 10, -0.5), "The noise is a deviation from 0 to 1000, not −0.5. Try 0.1."),
        (("moons", 10, float("nan")), "The noise is a deviation from 0 to 1000, not NaN. Try 0.1."),
        (("moons", 10, 2 * MOST_NOISE), "The noise is a deviation from 0 to 1000, not 2000. Try 0.1."),
        (("moons", 10, 0.0, -1), "A seed is a whole number from 0 to 4,294,967,295, not -1."),
        (("line", 9, 0, MOST_SEED + 1), f"A seed is a whole number from 0 to 4,294,967,295, not {2**32:,}."),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused_in_a_sentence(asked: tuple[object, ...], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        generate(*asked)  # type: ignore[arg-type]
    assert str(refused.value) == sentence


def test_as_many_rows_as_a_table_has_are_drawn() -> None:
    assert generate("spirals", MOST_ROWS).rows == MOST_ROWS
