"""A training on rows that lie elsewhere: without a cluster, on parts in this process."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest

from nodegraph.core.engine.batch import Batch, Mean, mean_of
from nodegraph.core.errors import Refused
from nodegraph.core.training.descent import Training
from nodegraph.core.training.setup import Setup
from nodegraph.core.training.tables import Table
from nodegraph.formats.cluster.spread import Lost, SpreadTraining, joined
from tests.core.training.test_two_moons import network, two_moons

SETUP = Setup(settings={"rate": 1.0}, steps=100, schedule="1 - 0.9*k/n")


class Here:
    """Rows in parts in this process; lost after so many means."""

    def __init__(self, batch: Batch, parts: Sequence[np.ndarray], last: float = math.inf) -> None:
        self.batch, self.parts, self.last, self.asked = batch, parts, last, 0

    @property
    def rows(self) -> int:
        return sum(part.shape[1] for part in self.parts)

    def mean(self, leaves: np.ndarray, *, slopes: bool = True) -> Mean:
        self.asked += 1
        if self.asked > self.last:
            raise Lost("They are gone.")
        return joined([mean_of(self.batch.parts(leaves, part, slopes=slopes)) for part in self.parts])


def spread(sizes: Sequence[int], table: Table | None = None, last: float = math.inf) -> SpreadTraining:
    """The demo's training, on parts of these sizes."""
    table = two_moons() if table is None else table

    def spreading(batch: Batch, columns: Sequence[str]) -> Here:
        data = np.array([table.column(name) for name in columns])
        return Here(batch, np.split(data, np.cumsum(sizes)[:-1], axis=1), last)

    first = Table("", tuple((name, tuple(table.column(name)[:5])) for name in table.names))
    return SpreadTraining(network(), SETUP, first, None, spreading)


@pytest.mark.parametrize("sizes", [[100], [50, 50], [1, 60, 7, 32]])
def test_losses_and_gradients_are_those_of_a_training_here(sizes: list[int]) -> None:
    here, there = Training(network(), SETUP, two_moons()), spread(sizes)
    assert there.rows == 100
    assert there.loss() == pytest.approx(here.loss(), rel=1e-12)
    for _ in range(20):
        expected, found = here.step(), there.step()
        assert found.loss == pytest.approx(expected.loss, rel=1e-12)
        np.testing.assert_allclose(found.gradients, expected.gradients, rtol=1e-12, atol=1e-12)


def test_it_ends_at_the_parameters_whose_loss_is_known_when_the_rows_are_lost() -> None:
    training = spread([40, 60], last=3)
    for _ in range(3):
        training.step()
    before = training.last.before if training.last is not None else None
    with pytest.raises(Lost):
        training.step()
    training.end("They are gone.")
    assert (training.steps_done, training.stopped, training.is_done) == (2, "They are gone.", True)
    assert training.parameters is before
    assert training.loss() == training.history.losses[2]
    assert training.course()[:, 0].tolist() == [0, 1, 2]


def test_a_row_that_is_not_finite_is_told_by_its_place_among_all() -> None:
    table = two_moons()
    x1 = table.column("x1").copy()
    x1[77] = np.inf
    table = Table("", (("x1", tuple(x1)), ("x2", table.columns[1][1]), ("t", table.columns[2][1])))
    training = spread([40, 60], table)
    training.step()
    assert training.stopped is not None
    assert "in row 78" in training.stopped


@pytest.mark.parametrize(
    ("setup", "left_out"),
    [
        (Setup(batch=2), "batches"),
        (Setup(held_out=0.5), "held-out rows"),
        (Setup(measures=("r2",)), "measures"),
    ],
)
def test_what_needs_rows_one_by_one_is_refused(setup: Setup, left_out: str) -> None:
    with pytest.raises(Refused, match=f"leave out {left_out}"):
        SpreadTraining(network(), setup, two_moons(), None, lambda *_: pytest.fail("spread"))
