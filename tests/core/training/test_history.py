"""The course of a training: every step in its place, thinned evenly when it grows beyond its bound."""

from __future__ import annotations

import numpy as np
import pytest

from nodegraph.core.errors import Refused
from nodegraph.core.training import history as module
from nodegraph.core.training.history import History


def test_a_long_course_is_kept_whole() -> None:
    history = History(1)
    for step in range(1000):
        history.append(step, step / 2, np.array([step * 3.0]))
    assert history.steps.tolist() == list(range(1000))
    assert (history.losses == history.steps / 2).all()
    assert (history.trails[:, 0] == history.steps * 3).all()


def test_beyond_its_bound_the_course_is_thinned_evenly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_NUMBERS", 100)
    history = History(1)
    for step in range(1000):
        history.append(step, float(step), np.array([-step]))
    assert len(history) * 3 <= 100
    assert len(history) > 10
    assert history.steps.tolist() == list(range(0, 1000, history.stride))
    assert (history.trails[:, 0] == -history.losses).all()


def test_a_step_told_again_replaces_what_was_told() -> None:
    history = History(1)
    history.append(0, 5.0, np.array([1.0]))
    history.append(0, 4.0, np.array([2.0]))
    assert history.table.tolist() == [[0.0, 4.0, 2.0]]


@pytest.mark.parametrize(
    ("columns", "there"), [((), "there is none"), (("r2", "held"), "there are r2 and held")]
)
def test_a_column_that_is_not_there_is_told_with_those_that_are(columns: tuple[str, ...], there: str) -> None:
    history = History(1, columns)
    with pytest.raises(
        Refused, match=f"There is no column .*loss.* beside the loss: {there}; the losses are"
    ):
        history.column("loss")
