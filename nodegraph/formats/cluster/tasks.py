"""Tasks over the rows of one part, of which data of shape (columns, rows) are handed over, at least one row.

Done where the part is, and so by name: whoever asks for one has the same nodegraph.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.engine.batch import Batch, Mean, mean_of
from nodegraph.core.training.evaluation import Predicting
from nodegraph.core.training.measures import MOST_CLASSES, Reference

Array = NDArray[np.float64]


def mean(data: Array, batch: Batch, leaves: Array, slopes: bool) -> Mean:
    """The mean loss and its gradients."""
    return mean_of(batch.parts(leaves, data, slopes=slopes))


def sums(data: Array, targets: Sequence[int]) -> Array:
    """The sum of each of these columns."""
    found: Array = data[list(targets)].sum(axis=1)
    return found


def measured(
    data: Array, predicting: Predicting, names: Sequence[str], leaves: Array, reference: Reference
) -> list[Array]:
    """What each of these measures adds up."""
    return predicting.sums(names, leaves, data, reference)


def classes(data: Array, target: int) -> Array:
    """The different values in a column, as far as they may be classes: one more than that at most."""
    return np.unique(data[target])[: MOST_CLASSES + 1]


def cells(data: Array) -> Array:
    """The numbers themselves."""
    return data
