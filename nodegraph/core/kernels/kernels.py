"""The compiled passes, where there are any: `passes`, `programs` and `batch` take them once they are loaded.

Knows neither numba nor where compiled code is kept: whoever does (`formats.disk.compiled`) offers to load it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Kernel = Callable[..., Any]


@dataclass(frozen=True)
class Kernels:
    """Each goes over the runs of a table from a place on, and returns the place of a run that it leaves to
    numpy, or where it came to the end. `both` says whether it came to the end of both passes, and so does
    `both_of_doubles`, which is for float64 alone: it does not ask in each call of what its arrays are, which
    takes as long as some hundred nodes. `carry` hands derivatives on along edges in a given order.
    """

    values: Kernel
    gradients: Kernel
    slopes: Kernel
    both: Kernel
    both_of_doubles: Kernel
    row_values: Kernel
    row_gradients: Kernel
    carry: Kernel


_loaded: Kernels | None = None
_warm: Callable[[], None] | None = None


def loaded() -> Kernels | None:
    """Returns the kernels, if they are there by now."""
    return _loaded


def wanted() -> Kernels | None:
    """Returns them likewise; where they are not there, has them loaded in the background, for next time."""
    if _loaded is None and _warm is not None:
        _warm()
    return _loaded


def offer(warm: Callable[[], None]) -> None:
    """Sets what begins to load them; it returns at once."""
    global _warm
    _warm = warm


def take(found: Kernels) -> None:
    """Sets the kernels, from whichever thread has loaded them."""
    global _loaded
    _loaded = found
