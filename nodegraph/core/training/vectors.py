"""Vectors of parameters: how long one is, and which way it points."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def length_of(vector: Array) -> tuple[float, Array]:
    """Return the length of a vector and the vector of length 1 that points its way; zeros have none."""
    largest = float(np.abs(vector).max(initial=0.0))
    if largest == 0:
        return 0.0, vector
    scaled = vector / largest  # the squares of small numbers are 0
    norm = float(np.linalg.norm(scaled))
    return largest * norm, scaled / norm
