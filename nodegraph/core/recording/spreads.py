"""Python's `statistics` for values: the means, and how far numbers spread around theirs."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from statistics import StatisticsError
from typing import Any

from nodegraph.core.values.value import Value


def mean(numbers: Iterable[Any]) -> Any:
    """Returns the mean of numbers and values, as one operation."""
    given = list(numbers)
    first = next((place for place, one in enumerate(given) if isinstance(one, Value)), None)
    if first is None:
        if not given:
            raise StatisticsError("mean requires at least one data point")
        return math.fsum(given) / len(given)
    others = given[:first] + given[first + 1 :]
    return given[first].mean(*others) if others else given[first]


def _weighed(numbers: Iterable[Any], weights: Iterable[Any] | None = None) -> Any:
    if weights is None:
        return mean(numbers)
    shares = list(weights)
    return sum(x * share for x, share in zip(numbers, shares, strict=True)) / sum(shares)


def _variance(numbers: Iterable[Any], center: Any = None) -> Any:
    given = list(numbers)
    if len(given) < 2:
        raise StatisticsError("variance requires at least two data points")
    return sum(_squares(given, center)) / (len(given) - 1)


def _squares(numbers: list[Any], center: Any) -> list[Any]:
    middle = mean(numbers) if center is None else center
    return [(x - middle) ** 2 for x in numbers]


def _root(number: Any) -> Any:
    return number.sqrt() if isinstance(number, Value) else math.sqrt(number)


SPREADS: Mapping[str, Callable[..., Any]] = {
    "mean": mean,
    "fmean": _weighed,
    "variance": lambda data, xbar=None: _variance(data, xbar),
    "stdev": lambda data, xbar=None: _root(_variance(data, xbar)),
    "pvariance": lambda data, mu=None: mean(_squares(list(data), mu)),
    "pstdev": lambda data, mu=None: _root(mean(_squares(list(data), mu))),
}
"""By their names there."""
