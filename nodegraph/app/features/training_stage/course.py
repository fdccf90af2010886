"""What the stage asks of the training in the window, and what it may tell it. Knows no feature."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import SignalInstance

from nodegraph.core.training.descent import Training

Array = NDArray[np.float64]


class Course(Protocol):
    """A training that goes on in the window; its own part of the program runs it."""

    @property
    def changed(self) -> SignalInstance:
        """It has gone on, or is another, or shows something else."""

    @property
    def training(self) -> Training | None:
        """The training, or the last one."""

    @property
    def is_running(self) -> bool:
        """Whether steps are being taken."""

    @property
    def is_live(self) -> bool:
        """Whether the canvas shows what is not in the document."""

    @property
    def loss(self) -> float | None:
        """The newest loss."""

    @property
    def steps_done(self) -> int:
        """How many steps have been taken."""

    @property
    def why_not(self) -> str:
        """What keeps the graph from being trained, or ""."""

    @property
    def previewed(self) -> Mapping[str, float] | None:
        """Values of inputs, by id, that are shown for now."""

    def course(self) -> tuple[Array, Array]:
        """Returns steps and losses so far."""

    def found(self) -> Mapping[str, tuple[Array, Array]]:
        """Returns steps and values of what is found beside the loss, by name."""

    def preview(self, values: Mapping[str, float] | None) -> None:
        """Show these values for now; None: no longer."""

    def run(self) -> None:
        """Take as many steps as are set up."""
