"""Summaries of columns: beside numpy's own numbers, with gaps, and for very large and small numbers."""

from __future__ import annotations

import numpy as np
import pytest

from nodegraph.core.data.summaries import Summary, summary_of
from nodegraph.core.training.tables import Table


def summaries(table: Table) -> list[Summary]:
    return [summary_of(name, numbers) for name, numbers in table.arrays.items()]


def test_a_summary_is_what_numpy_says_of_the_numbers_that_are_there() -> None:
    numbers = np.random.default_rng(1).normal(3, 5, 1000)
    holed = numbers.copy()
    holed[::7] = np.nan
    whole, gaps = summaries(Table("", (("x", numbers), ("y", holed))))
    assert (whole.count, whole.missing, gaps.count, gaps.missing) == (1000, 0, 857, 143)
    for summary, held in ((whole, numbers), (gaps, holed[~np.isnan(holed)])):
        found = (summary.least, summary.mean, summary.most, summary.deviation)
        assert found == pytest.approx((held.min(), held.mean(), held.max(), held.std()), rel=1e-14)


@pytest.mark.parametrize("size", [1e308, 1e200, 1.0, 1e-200, 1e-308])
def test_the_largest_and_the_smallest_numbers_have_a_mean_and_a_deviation(size: float) -> None:
    (summary,) = summaries(Table("", (("x", (size, size / 2, 0.0, size / 2)),)))
    assert summary.mean == pytest.approx(size / 2)
    assert summary.deviation == pytest.approx(size * 0.125**0.5)


def test_a_constant_column_deviates_by_nothing_and_an_empty_one_has_no_numbers() -> None:
    constant, empty = summaries(Table("", (("x", (0.1,) * 3), ("y", (float("nan"),) * 3))))
    assert (constant.mean, constant.deviation) == (0.1, 0.0)
    assert (empty.count, empty.missing) == (0, 3)
    assert np.isnan([empty.least, empty.mean, empty.most, empty.deviation]).all()
