"""Values and local derivatives of operations where the plain formula overflows on the way or loses digits.

Arrays are as in the catalogue: inputs of shape (k, n), one row per input port, at n places.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

FEW_PLACES = 8
"""How many times more terms than places a sum has that one call of numpy is quicker at than one a term."""


def products_of_others(inputs: Array) -> Array:
    """Products of all rows but each one, without dividing, so that zeros and infinities come out right."""
    if len(inputs) == 2:
        return inputs[::-1].copy()
    try:
        with np.errstate(over="raise", under="raise"):
            return _others_in_order(inputs)
    except FloatingPointError:
        mantissas, exponents = np.frexp(inputs)
        return _others_scaled(mantissas, exponents.astype(np.int64))


def _others_in_order(inputs: Array) -> Array:
    rows = np.ones_like(inputs)
    for port in range(1, len(inputs)):
        rows[port] = rows[port - 1] * inputs[port - 1]
    after = inputs[-1].copy()
    for port in range(len(inputs) - 2, -1, -1):
        rows[port] *= after
        after *= inputs[port] if port else 1.0
    return rows


def _others_scaled(mantissas: Array, exponents: NDArray[np.int64]) -> Array:
    """As `_others_in_order`, for rows that are mantissas × 2^exponents: nothing overflows on the way."""
    rows, powers = np.ones_like(mantissas), np.zeros_like(exponents)
    for port in range(1, len(mantissas)):
        rows[port], moved = np.frexp(rows[port - 1] * mantissas[port - 1])
        powers[port] = powers[port - 1] + exponents[port - 1] + moved
    after, power = np.ones_like(mantissas[0]), np.zeros_like(exponents[0])
    for port in range(len(mantissas) - 1, -1, -1):
        rows[port] *= after
        powers[port] += power
        after, moved = np.frexp(after * mantissas[port])
        power = power + exponents[port] + moved
    return _scaled(rows, powers)


def _scaled(mantissas: Array, exponents: NDArray[np.int64]) -> Array:
    """Mantissas × 2^exponents, with exponents of any size."""
    powers = np.clip(exponents, -5000, 5000).astype(np.int32)
    scaled: Array = np.ldexp(mantissas, powers)
    return scaled


def sum_of(inputs: Array) -> Array:
    """The sum, in the order of the ports; no partial sum makes it infinite where all of it is not."""
    total = _sum_in_order(inputs)
    if len(inputs) > 2 and not np.isfinite(total).all():
        part, scale = _scaled_sum(inputs)
        return np.where(np.isfinite(total), total, part * scale)
    return total


def mean_of(inputs: Array) -> Array:
    """The mean, which is finite where all inputs are."""
    total = _sum_in_order(inputs)
    mean: Array = total / len(inputs)
    if not np.isfinite(mean).all():
        part, scale = _scaled_sum(inputs)
        return np.where(np.isfinite(mean), mean, part / len(inputs) * scale)
    return mean


def _sum_in_order(inputs: Array) -> Array:
    if inputs[0].size * FEW_PLACES < len(inputs):
        summed: Array = np.add.accumulate(inputs, axis=0)[-1]
        return summed
    total: Array = inputs[0].copy()
    for row in inputs[1:]:
        total += row
    return total


def _scaled_sum(inputs: Array) -> tuple[Array, float]:
    """The sum over a power of two, and that power: it cannot overflow on the way."""
    scale = 2.0 ** len(inputs).bit_length()
    return _sum_in_order(inputs / scale), scale


def product_of(inputs: Array) -> Array:
    """The product, in the order of the ports; none on the way overflows or vanishes unless it does."""
    if len(inputs) == 2:
        product: Array = inputs[0] * inputs[1]
        return product
    try:
        with np.errstate(over="raise", under="raise"):
            return _product_in_order(inputs)
    except FloatingPointError:
        mantissas, exponents = np.frexp(inputs)
        total, power = mantissas[0], exponents.sum(axis=0, dtype=np.int64)
        for row in mantissas[1:]:
            total, moved = np.frexp(total * row)
            power = power + moved
        return _scaled(total, power)


def _product_in_order(inputs: Array) -> Array:
    total: Array = inputs[0].copy()
    for row in inputs[1:]:
        total *= row
    return total


def share_among_ties(inputs: Array, result: Array) -> Array:
    """The slopes of a maximum or minimum: those that are tied share it evenly."""
    tied = inputs == result
    shares: Array = np.divide(tied, np.maximum(tied.sum(axis=0), 1))
    return shares


def power_derivatives(inputs: Array, result: Array) -> Array:
    """The slopes of base^exponent by both, also where the power itself leaves the range of floats."""
    base, exponent = inputs
    less = exponent - 1
    power = np.power(base, less)
    by_base = exponent * power
    lost = (exponent - (less - (less - exponent))) + (-1 - (less - exponent))  # what rounding left of the −1
    lost = np.where(np.isfinite(exponent), lost, 0.0)
    hard = (lost != 0) | ~_is_normal(power)
    if hard.any():
        hard &= (base != 0) & np.isfinite(base) & np.isfinite(exponent)
        by_base = np.where(hard, _power_by_base(base, exponent, less, lost, result), by_base)
    slope = np.log(base)
    by_exponent = result * slope
    if not _is_normal(result).all():
        half = np.power(base, exponent / 2)
        hard = ~_is_normal(result) & (base > 0) & np.isfinite(base)
        by_exponent = np.where(hard, half * slope * half, by_exponent)
    by_exponent = np.where((base == 0) & (exponent > 0), 0.0, by_exponent)
    return np.stack([np.where(exponent == 0, 0.0, by_base), by_exponent])


def _power_by_base(base: Array, exponent: Array, less: Array, lost: Array, result: Array) -> Array:
    """exponent × base^(less + lost), by way of the square root where the power alone leaves the numbers."""
    size = np.abs(base)
    power, half = np.power(size, less), np.power(size, less / 2)
    slope = np.where(_is_normal(power), exponent * power, exponent * half * half)
    rest = np.power(size, lost / 2)  # in halves: the whole may leave the numbers, and 0 × ∞ is none
    slope = slope * rest * rest
    sign = np.where(base < 0, -np.copysign(1.0, result), 1.0)
    return np.where(np.isnan(result), np.nan, sign * slope)


def _is_normal(numbers: Array) -> NDArray[np.bool_]:
    """Whether numbers are finite and hold all their digits, which those next to 0 do not."""
    size = np.abs(numbers)
    normal: NDArray[np.bool_] = (size >= np.finfo(float).tiny) & (size < np.inf)
    return normal


def sigmoid(x: Array) -> Array:
    """1 / (1 + e⁻ˣ), where no power of e is larger than 1."""
    small = np.exp(-np.abs(x))
    result: Array = np.where(x >= 0, 1, small) / (1 + small)
    return result


def sigmoid_slope(x: Array) -> Array:
    """The slope of the sigmoid, without the cancellation in 1 − σ(x)."""
    small = np.exp(-np.abs(x))
    slope: Array = small / (1 + small) ** 2
    return slope


def tanh_slope(x: Array) -> Array:
    """The slope of tanh, without the cancellation in 1 − tanh²(x)."""
    small = np.exp(-2 * np.abs(x))
    slope: Array = 4 * small / (1 + small) ** 2
    return slope
