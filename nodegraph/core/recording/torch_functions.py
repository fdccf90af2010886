"""Functions of PyTorch that are made of several operations, on arrays of values: losses, softmax, norms of
layers, attention. torch is not imported.

Where a function has a kink, or takes one of two ways, the numbers decide, as they do in PyTorch.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from nodegraph.core.errors import Refused
from nodegraph.core.recording import arrays
from nodegraph.core.recording.arrays import Objects, each, held, held_result, number

_SAFE = 300.0
"""The size of a number up to which its exponential is far from overflowing."""
TANH = "tanh"


def mean(*numbers: Any) -> Any:
    """Returns the mean of several numbers."""
    return arrays.total(*numbers) / len(numbers)


def _along(function: Callable[..., Any], x: Objects, dim: Any, keepdim: bool = True) -> Objects:
    axes = range(x.ndim) if dim is None else (dim,) if isinstance(dim, int) else tuple(dim)
    found = arrays.reduced(function, x, axes)
    return np.expand_dims(found, tuple(axes)) if keepdim else found


def _reduced(found: Any, reduction: str = "mean", **_: Any) -> Objects:
    losses = held_result(found)
    if reduction == "none":
        return losses
    return _along(mean if reduction == "mean" else arrays.total, losses, None, keepdim=False)


# --- place by place
def leaky_relu(x: Objects, negative_slope: float = 0.01, inplace: bool = False) -> Objects:
    """Returns x, or below 0 a part of it; with PyTorch's own slope that is an operation of its own."""
    if negative_slope == arrays.LEAKY_SLOPE:
        return each("leaky_relu", x)
    return held_result(np.frompyfunc(lambda one: one if number(one) > 0 else one * negative_slope, 1, 1)(x))


def elu(x: Objects, alpha: float = 1.0, inplace: bool = False) -> Objects:
    """Returns x, or below 0 alpha (eˣ − 1)."""
    below = each("expm1", x) * alpha
    return held_result(np.where(held_result(np.vectorize(number, otypes=[float])(x)) > 0, x, below))


def clamp(x: Objects, min: Any = None, max: Any = None) -> Objects:
    """Returns x between two plain numbers, which are themselves beyond them."""

    def held_in(one: Any) -> Any:
        if min is not None and number(one) < min:
            return float(min)
        return float(max) if max is not None and number(one) > max else one

    return held_result(np.frompyfunc(held_in, 1, 1)(x))


def hardtanh(x: Objects, min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False) -> Objects:
    """Returns x between two plain numbers as `clamp` does, but with no slope at the numbers themselves."""
    inside = np.frompyfunc(lambda one: one if min_val < number(one) < max_val else number(one), 1, 1)(x)
    return clamp(held_result(inside), min_val, max_val)


def silu(x: Objects, inplace: bool = False) -> Objects:
    """Returns x times its sigmoid."""
    return held_result(x * each("sigmoid", x))


def gelu(x: Objects, approximate: str = "none") -> Objects:
    """Returns its approximation by a tanh; by itself it takes an error function, which is no operation."""
    if approximate != TANH:
        said = "gelu takes an error function, which cannot be written out; with approximate='tanh' it can."
        raise Refused(said)
    inner = (x + x**3 * 0.044715) * math.sqrt(2 / math.pi)
    return held_result(x * (each("tanh", held_result(inner)) + 1) * 0.5)


# --- softmax and losses
def _exponentials(x: Objects, dim: int) -> tuple[Objects, Objects]:
    """Returns exponentials, moved by the largest number where they would overflow, and by how much."""
    data = np.vectorize(number, otypes=[float])(x)
    most = np.broadcast_to(data.max(axis=dim, keepdims=True), x.shape)
    moved = np.where(np.abs(most) > _SAFE, most, 0.0)
    return each("exp", held_result(np.where(moved == 0, x, x - moved))), moved


def softmax(x: Objects, dim: int = -1, dtype: Any = None, **_: Any) -> Objects:
    """Returns exponentials divided by their sum along a dimension."""
    powers, _moved = _exponentials(x, dim)
    return held_result(powers / _along(arrays.total, powers, dim))


def logsumexp(x: Objects, dim: Any, keepdim: bool = False) -> Objects:
    """Returns the logarithm of the sum of exponentials along a dimension."""
    powers, moved = _exponentials(x, dim)
    total = each("log", _along(arrays.total, powers, dim))
    move = moved.max(axis=dim, keepdims=True)
    found = held_result(total + move if move.any() else total)
    return found if keepdim else held_result(np.squeeze(found, dim))


def log_softmax(x: Objects, dim: int = -1, dtype: Any = None, **_: Any) -> Objects:
    """Returns x less the logarithm of the sum of its exponentials."""
    return held_result(x - logsumexp(x, dim, keepdim=True))


def cross_entropy(x: Objects, target: Objects, weight: Any = None, **words: Any) -> Objects:
    """Returns the mean over rows of −log of the softmax at the class, or at the shares of all classes."""
    if weight is not None or words.get("label_smoothing"):
        raise Refused("cross_entropy is written out without weights of classes and without label smoothing.")
    logs = log_softmax(x, 1 if x.ndim > 1 else 0)
    if target.shape == x.shape:
        losses = -_along(arrays.total, held_result(logs * target), 1 if x.ndim > 1 else 0, keepdim=False)
        return _reduced(losses, **words)
    return nll_loss(logs, target, **words)


def nll_loss(logs: Objects, target: Objects, weight: Any = None, **words: Any) -> Objects:
    """Returns the mean over rows of what stands, negative, at the class."""
    places = np.vectorize(lambda one: int(number(one)), otypes=[int])(target)
    rows, which = (logs, places) if logs.ndim > 1 else (logs[None], np.atleast_1d(places))
    if weight is not None or rows.ndim != 2:
        raise Refused("The loss of classes is written out for rows of classes, without weights.")
    found = held_result(-rows[np.arange(len(rows)), which])
    return _reduced(found if logs.ndim > 1 else found[0], **words)


def binary_cross_entropy(p: Objects, t: Objects, weight: Any = None, **words: Any) -> Objects:
    """Returns the mean of −(t log p + (1 − t) log(1 − p))."""
    logs = each("log", p) * t + each("log", held_result(1 - p)) * (1 - t)
    return _reduced(-held_result(logs), **words)


def with_logits(z: Objects, t: Objects, weight: Any = None, **words: Any) -> Objects:
    """Returns the mean of softplus(z) − t z, the binary cross-entropy of a sigmoid."""
    return _reduced(each("softplus", z) - held_result(t * z), **words)


def mse_loss(y: Objects, t: Objects, **words: Any) -> Objects:
    """Returns the mean of (y − t)²."""
    return _reduced((y - t) ** 2, **words)


def l1_loss(y: Objects, t: Objects, **words: Any) -> Objects:
    """Returns the mean of |y − t|."""
    return _reduced(each("abs", held_result(y - t)), **words)


def huber_loss(y: Objects, t: Objects, delta: float = 1.0, **words: Any) -> Objects:
    """Returns the mean of d²/2 of differences d up to delta, and of delta (|d| − delta/2) beyond."""

    def loss(d: Any) -> Any:
        return d**2 * 0.5 if abs(number(d)) <= delta else (abs(d) - delta / 2) * delta

    return _reduced(np.frompyfunc(loss, 1, 1)(held_result(y - t)), **words)


def smooth_l1_loss(y: Objects, t: Objects, beta: float = 1.0, **words: Any) -> Objects:
    """Returns Huber's loss, divided by its delta."""
    if beta == 0:
        return l1_loss(y, t, **words)
    return held_result(huber_loss(y, t, beta, **words) / beta)


# --- layers
def standardised(x: Objects, axes: Sequence[int], eps: float) -> Objects:
    """Returns x less its mean along these axes, over the root of its variance and eps."""
    centred = held_result(x - _along(mean, x, axes))
    variance = _along(mean, held_result(centred**2), axes)
    return held_result(centred / each("sqrt", held_result(variance + eps)))


def layer_norm(
    x: Objects, normalized_shape: Any, weight: Any = None, bias: Any = None, eps: float = 1e-5
) -> Objects:
    """Returns x less its mean, over the root of its variance, along the last dimensions."""
    count = 1 if isinstance(normalized_shape, int) else len(normalized_shape)
    found = standardised(x, range(x.ndim - count, x.ndim), eps)
    found = found if weight is None else held_result(found * weight)
    return found if bias is None else held_result(found + bias)


def dropout(x: Objects, p: float = 0.5, training: bool = True, inplace: bool = False) -> Objects:
    """Returns x where nothing is dropped: what is drawn at random is no graph."""
    if training and p:
        raise Refused("dropout draws at random; trace module.eval(), which drops nothing.")
    return x


def attention(
    q: Objects, k: Objects, v: Objects, attn_mask: Any = None, dropout_p: float = 0.0,
    is_causal: bool = False, scale: float | None = None,
) -> Objects:  # fmt: skip
    """Returns softmax(q kᵀ scale) v."""
    dropout(q, dropout_p)
    scores = (q @ np.swapaxes(k, -1, -2)) * (1 / math.sqrt(q.shape[-1]) if scale is None else scale)
    if attn_mask is not None:
        raise Refused("attention is written out without a mask of its own; add it to the scores.")
    if is_causal:
        scores = np.where(np.tril(np.ones(scores.shape)) > 0, scores, -math.inf)
        return held_result(softmax_of_some(held_result(scores)) @ v)
    return held_result(softmax(held_result(scores)) @ v)


def softmax_of_some(x: Objects) -> Objects:
    """Returns the softmax along the last dimension, in which −∞ has no share."""
    found = np.full(x.shape, 0.0, dtype=object)
    for place in np.ndindex(x.shape[:-1]):
        there = [i for i, one in enumerate(x[place]) if number(one) != -math.inf]
        found[(*place, there)] = softmax(x[place][there], 0)
    return found


def masked_fill(x: Objects, mask: Objects, value: Any) -> Objects:
    """Returns x with a number in some places."""
    where = np.vectorize(lambda one: bool(number(one)), otypes=[bool])(mask)
    return held_result(np.where(where, number(value), x))


def var(
    x: Objects, dim: Any = None, unbiased: bool = True, keepdim: bool = False, correction: int = 1
) -> Objects:
    """Returns the variance along dimensions."""
    if isinstance(dim, bool):
        dim, unbiased = None, dim
    centred = held_result(x - _along(mean, x, dim))
    count = centred.size // max(_along(mean, x, dim).size, 1) - (correction if unbiased else 0)
    return held_result(_along(arrays.total, held_result(centred**2), dim, keepdim) / count)


def std(x: Objects, *args: Any, **words: Any) -> Objects:
    """Returns the root of the variance."""
    return each("sqrt", var(x, *args, **words))


def norm(x: Objects, p: Any = 2, dim: Any = None, keepdim: bool = False, **_: Any) -> Objects:
    """Returns the length of a vector along dimensions."""
    if p in (2, 2.0, None, "fro"):
        return each("sqrt", _along(arrays.total, held_result(x**2), dim, keepdim))
    if p == 1:
        return _along(arrays.total, each("abs", x), dim, keepdim)
    raise Refused(f"norm is written out for p = 1 and p = 2, not for p = {p}.")


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "leaky_relu": leaky_relu,
    "elu": elu,
    "clamp": clamp,
    "clip": clamp,
    "clamp_min": lambda x, min: clamp(x, min),
    "clamp_max": lambda x, max: clamp(x, None, max),
    "relu6": lambda x, inplace=False: hardtanh(x, 0.0, 6.0),
    "hardtanh": hardtanh,
    "silu": silu,
    "gelu": gelu,
    "logsigmoid": lambda x: -each("softplus", held_result(-x)),
    "softsign": lambda x: x / (each("abs", x) + 1),
    "softmax": softmax,
    "log_softmax": log_softmax,
    "logsumexp": logsumexp,
    "cross_entropy": cross_entropy,
    "nll_loss": nll_loss,
    "binary_cross_entropy": binary_cross_entropy,
    "binary_cross_entropy_with_logits": with_logits,
    "mse_loss": mse_loss,
    "l1_loss": l1_loss,
    "huber_loss": huber_loss,
    "smooth_l1_loss": smooth_l1_loss,
    "layer_norm": layer_norm,
    "dropout": dropout,
    "scaled_dot_product_attention": attention,
    "masked_fill": masked_fill,
    "var": var,
    "std": std,
    "norm": norm,
    "vector_norm": lambda x, ord=2, dim=None, keepdim=False: norm(x, ord, dim, keepdim),
}
"""All of them, by PyTorch's name."""
SHAPES: Mapping[str, Callable[..., Any]] = {
    "matmul": lambda x, y: x @ y,
    "bmm": lambda x, y: x @ y,
    "mm": lambda x, y: x @ y,
    "dot": lambda x, y: x @ y,
    "mv": lambda x, y: x @ y,
    "outer": lambda x, y: x[:, None] * y[None],
    "addmm": lambda b, x, y: b + x @ y,
    "einsum": lambda text, *parts: np.einsum(text, *parts, optimize=False),
    "linear": lambda x, weight, bias=None: x @ weight.T if bias is None else x @ weight.T + bias,
    "t": lambda x: x.T,
    "transpose": np.swapaxes,
    "swapaxes": np.swapaxes,
    "permute": lambda x, *dims: x.transpose(*dims),
    "reshape": lambda x, *shape: x.reshape(*shape),
    "view": lambda x, *shape: x.reshape(*shape),
    "flatten": lambda x, start_dim=0, end_dim=-1: _flat(x, start_dim, end_dim),
    "squeeze": lambda x, dim=None: np.squeeze(x, dim),
    "unsqueeze": lambda x, dim: np.expand_dims(x, dim),
    "stack": lambda parts, dim=0: np.stack([held(part) for part in parts], dim),
    "cat": lambda parts, dim=0: np.concatenate([held(part) for part in parts], dim),
    "concat": lambda parts, dim=0: np.concatenate([held(part) for part in parts], dim),
    "expand": lambda x, *shape: np.broadcast_to(x, _expanded(x, shape)),
    "expand_as": lambda x, other: np.broadcast_to(x, other.shape),
    "chunk": lambda x, chunks, dim=0: tuple(np.array_split(x, chunks, dim)),
    "split": lambda x, size, dim=0: tuple(np.split(x, range(size, x.shape[dim], size), dim)),
    "unbind": lambda x, dim=0: tuple(held(part) for part in np.moveaxis(x, dim, 0)),
    "tril": lambda x, diagonal=0: np.where(np.tril(np.ones(x.shape), diagonal) > 0, x, 0.0),
    "triu": lambda x, diagonal=0: np.where(np.triu(np.ones(x.shape), diagonal) > 0, x, 0.0),
    "ones_like": lambda x, **_: np.full(x.shape, 1.0, dtype=object),
    "zeros_like": lambda x, **_: np.full(x.shape, 0.0, dtype=object),
    **dict.fromkeys(("clone", "contiguous", "double", "float"), lambda x: x),
}
"""What changes or reads shapes, and products of arrays, by PyTorch's name."""


def _flat(x: Objects, start: int, end: int) -> Objects:
    first, last = start % max(x.ndim, 1), end % max(x.ndim, 1)
    return x.reshape(*x.shape[:first], -1, *x.shape[last + 1 :])


def _expanded(x: Objects, shape: Sequence[Any]) -> tuple[int, ...]:
    wanted = shape[0] if len(shape) == 1 and isinstance(shape[0], tuple) else shape
    own = (1,) * (len(wanted) - x.ndim) + x.shape
    return tuple(one if size == -1 else size for size, one in zip(wanted, own, strict=True))
