"""Layers of PyTorch, on arrays of values: what each computes of its inputs and its parameters. torch is not
imported: a layer is known by the name of its class.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from nodegraph.core.errors import Refused
from nodegraph.core.recording import torch_functions as functions
from nodegraph.core.recording.arrays import Objects, each, held_result, number

Parameter = Callable[[str], Any]
"""Returns a parameter of the layer as values, by its name; None where it has none."""


def _linear(layer: Any, parameter: Parameter, x: Objects) -> Any:
    return functions.SHAPES["linear"](x, parameter("weight"), parameter("bias"))


def _layer_norm(layer: Any, parameter: Parameter, x: Objects) -> Any:
    shape = tuple(layer.normalized_shape)
    return functions.layer_norm(x, shape, parameter("weight"), parameter("bias"), layer.eps)


def _batch_norm(layer: Any, parameter: Parameter, x: Objects) -> Any:
    """In training by the rows that are given, else by what the layer has seen before."""
    axes = (0, *range(2, x.ndim))
    shape = (1, -1, *(1,) * (x.ndim - 2))
    if layer.training or layer.running_mean is None:
        found = functions.standardised(x, axes, layer.eps)
    else:
        seen, spread = (np.array(one.tolist()) for one in (layer.running_mean, layer.running_var))
        found = (x - seen.reshape(shape)) / np.sqrt(spread + layer.eps).reshape(shape)
    weight, bias = parameter("weight"), parameter("bias")
    found = found if weight is None else found * weight.reshape(shape)
    return found if bias is None else found + bias.reshape(shape)


def _embedding(layer: Any, parameter: Parameter, x: Objects) -> Any:
    return parameter("weight")[np.vectorize(lambda one: int(number(one)), otypes=[int])(x)]


def _conv(layer: Any, parameter: Parameter, x: Objects) -> Any:
    if layer.groups != 1 or set(layer.dilation) != {1} or layer.padding_mode != "zeros":
        raise Refused(
            "a convolution is written out without groups, dilation and other padding than by zeros."
        )
    if isinstance(layer.padding, str):
        raise Refused("a convolution is written out with its padding as a number.")
    weight, bias = parameter("weight"), parameter("bias")
    is_batch = x.ndim == weight.ndim
    x = x if is_batch else x[None]
    x = np.pad(x, [(0, 0), (0, 0), *((one, one) for one in layer.padding)], constant_values=0.0)
    axes = tuple(range(2, x.ndim))
    windows = np.lib.stride_tricks.sliding_window_view(x, weight.shape[2:], axes)
    windows = windows[(slice(None), slice(None), *(slice(None, None, step) for step in layer.stride))]
    inner = (1, *range(x.ndim, windows.ndim))
    found = np.tensordot(windows, weight, (inner, tuple(range(1, weight.ndim))))
    found = np.moveaxis(found, -1, 1)
    if bias is not None:
        found = found + bias.reshape(1, -1, *(1,) * len(axes))
    return found if is_batch else found[0]


def _lstm_cell(layer: Any, parameter: Parameter, x: Objects, state: Any = None) -> Any:
    h, c = state or (np.zeros((*x.shape[:-1], layer.hidden_size)),) * 2
    i, f, g, o = np.split(held_result(_gates(parameter, "ih", x) + _gates(parameter, "hh", h)), 4, -1)
    c = each("sigmoid", f) * c + each("sigmoid", i) * each("tanh", g)
    return each("sigmoid", o) * each("tanh", held_result(c)), held_result(c)


def _gru_cell(layer: Any, parameter: Parameter, x: Objects, h: Any = None) -> Any:
    h = np.zeros((*x.shape[:-1], layer.hidden_size)) if h is None else h
    of_x = np.split(held_result(_gates(parameter, "ih", x)), 3, -1)
    of_h = np.split(held_result(_gates(parameter, "hh", h)), 3, -1)
    r, z = (each("sigmoid", held_result(one + other)) for one, other in zip(of_x[:2], of_h[:2], strict=True))
    n = each("tanh", held_result(of_x[2] + r * of_h[2]))
    return (1 - z) * n + z * h


def _rnn_cell(layer: Any, parameter: Parameter, x: Objects, h: Any = None) -> Any:
    h = np.zeros((*x.shape[:-1], layer.hidden_size)) if h is None else h
    found = held_result(_gates(parameter, "ih", x) + _gates(parameter, "hh", h))
    return each(layer.nonlinearity, found)


def _gates(parameter: Parameter, which: str, x: Any) -> Any:
    if not isinstance(x, np.ndarray) or x.dtype != object:  # no state yet: nothing but the bias
        bias = parameter(f"bias_{which}")
        return 0.0 if bias is None else bias
    return functions.SHAPES["linear"](x, parameter(f"weight_{which}"), parameter(f"bias_{which}"))


Read = Callable[..., Any]


def _of_function(name: str, *settings: str) -> Read:
    """A layer without parameters, as the function of that name with some of the layer's settings."""

    def apply(layer: Any, parameter: Parameter, *given: Any) -> Any:
        return functions.FUNCTIONS[name](*given, **{one: getattr(layer, one) for one in settings})

    return apply


def _of_one(op: str) -> Read:
    def apply(layer: Any, parameter: Parameter, x: Objects) -> Any:
        if getattr(layer, "beta", 1) != 1:
            raise Refused(f"{op} is written out with beta = 1.")
        return each(op, x)

    return apply


LAYERS: Mapping[str, Read] = {
    "Linear": _linear,
    "LayerNorm": _layer_norm,
    **dict.fromkeys(("BatchNorm1d", "BatchNorm2d"), _batch_norm),
    **dict.fromkeys(("Conv1d", "Conv2d"), _conv),
    "Embedding": _embedding,
    "LSTMCell": _lstm_cell,
    "GRUCell": _gru_cell,
    "RNNCell": _rnn_cell,
    "Identity": lambda layer, parameter, x: x,
    "Flatten": lambda layer, parameter, x: functions.SHAPES["flatten"](x, layer.start_dim, layer.end_dim),
    **{name: _of_one(name.lower()) for name in ("ReLU", "Tanh", "Sigmoid", "Softplus")},
    "LeakyReLU": _of_function("leaky_relu", "negative_slope"),
    "ELU": _of_function("elu", "alpha"),
    "SiLU": _of_function("silu"),
    "GELU": _of_function("gelu", "approximate"),
    "ReLU6": _of_function("relu6"),
    "Hardtanh": _of_function("hardtanh", "min_val", "max_val"),
    "LogSigmoid": _of_function("logsigmoid"),
    "Softsign": _of_function("softsign"),
    "Softmax": _of_function("softmax", "dim"),
    "LogSoftmax": _of_function("log_softmax", "dim"),
    **dict.fromkeys(("Dropout", "Dropout1d", "Dropout2d"), _of_function("dropout", "p", "training")),
    "MSELoss": _of_function("mse_loss", "reduction"),
    "L1Loss": _of_function("l1_loss", "reduction"),
    "HuberLoss": _of_function("huber_loss", "delta", "reduction"),
    "SmoothL1Loss": _of_function("smooth_l1_loss", "beta", "reduction"),
    "BCELoss": _of_function("binary_cross_entropy", "weight", "reduction"),
    "BCEWithLogitsLoss": _of_function("binary_cross_entropy_with_logits", "reduction"),
    "NLLLoss": _of_function("nll_loss", "weight", "reduction"),
    "CrossEntropyLoss": _of_function("cross_entropy", "weight", "reduction", "label_smoothing"),
}
"""All layers that are written out, by the name of their class."""
