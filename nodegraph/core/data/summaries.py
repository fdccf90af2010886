"""What a column of a table holds, in a few numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LARGE = 1e150
"""Numbers whose squares would leave the finite ones."""


@dataclass(frozen=True)
class Summary:
    """One column: how many numbers it has and how many are missing; the least, the mean, the greatest, and
    the standard deviation of the whole column (not of a sample). NaN where there is no number.
    """

    name: str
    count: int
    missing: int
    least: float
    mean: float
    most: float
    deviation: float


def summary_of(name: str, numbers: NDArray[np.float64]) -> Summary:
    """Return what a column of this name holds; a missing cell is NaN.

    >>> summary_of("x", np.array([1.0, 3.0]))
    Summary(name='x', count=2, missing=0, least=1.0, mean=2.0, most=3.0, deviation=1.0)
    """
    held = numbers[~np.isnan(numbers)]
    missing = len(numbers) - len(held)
    if not len(held):
        return Summary(name, 0, missing, np.nan, np.nan, np.nan, np.nan)
    least, most = float(held.min()), float(held.max())
    mean, deviation = mean_and_deviation(held)
    return Summary(name, len(held), missing, least, mean, most, deviation)


def mean_and_deviation(numbers: NDArray[np.float64]) -> tuple[float, float]:
    """Return the mean of finite numbers and their standard deviation, also of those near the largest float.

    >>> mean_and_deviation(np.array([1e308, -1e308, 1e308, -1e308]))
    (0.0, 1e+308)
    """
    if numbers.min() == numbers.max():
        return float(numbers[0]), 0.0  # which rounding may miss
    size = float(np.abs(numbers).max())
    scale = size if size > LARGE or size < 1 / LARGE else 1.0
    scaled = numbers / scale
    return float(scaled.mean()) * scale, float(scaled.std()) * scale
