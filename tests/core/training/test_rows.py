"""The rows of a training: what is held out, the batches of each epoch, and what cannot be asked of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodegraph.core.training import rows
from nodegraph.core.training.rows import Division
from nodegraph.core.training.setup import Setup


@given(
    count=st.integers(1, 60),
    batch=st.integers(1, 60),
    share=st.floats(0, 0.9),
    seed=st.integers(0, 2**32 - 1),
)
def test_an_epoch_takes_every_row_that_is_kept_once(count: int, batch: int, share: float, seed: int) -> None:
    setup = Setup(batch=batch, held_out=share, seed=seed)
    if rows.why_not(setup, count):
        return
    division = Division.of(setup, count)
    assert sorted([*division.kept, *division.held]) == list(range(count))
    assert len(division.held) == round(count * share)
    for epoch in range(2):
        taken: list[int] = []
        for step in range(division.steps_in_epoch):
            of_step = division.of_step(epoch * division.steps_in_epoch + step)
            taken += (division.kept if of_step is None else of_step).tolist()
        assert sorted(taken) == division.kept.tolist()


def test_the_seed_says_which_rows_and_in_which_order() -> None:
    def epochs(seed: int) -> list[list[int]]:
        division = Division.of(Setup(batch=4, held_out=0.2, seed=seed), 20)
        return [division.held.tolist(), *([int(row) for row in division.of_step(k)] for k in range(8))]  # type: ignore[union-attr]

    assert epochs(7) == epochs(7)
    assert epochs(7) != epochs(8)
    assert epochs(7)[1:5] != epochs(7)[5:9]


def test_the_order_is_the_one_that_numpy_documents() -> None:
    """Programs that are exported, and a person who repeats a run elsewhere, draw it so."""
    division = Division.of(Setup(batch=3, seed=5), 7)
    first, second = (np.random.default_rng([5, epoch]).permutation(7).tolist() for epoch in (1, 2))
    found = [division.of_step(step).tolist() for step in range(6)]  # type: ignore[union-attr]
    assert found == [first[:3], first[3:6], first[6:], second[:3], second[3:6], second[6:]]


@pytest.mark.parametrize(
    ("setup", "count", "said"),
    [
        (
            Setup(batch=200),
            100,
            "A batch of 200 rows is more than the 100 rows of the data; take at most 100.",
        ),
        (
            Setup(batch=90, held_out=0.2),
            100,
            "A batch of 90 rows is more than the 80 rows that are not held out; take at most 80.",
        ),
        (
            Setup(held_out=0.1),
            4,
            "A held-out share of 0.1 of 4 rows is no row; take a larger share or more rows.",
        ),
        (
            Setup(held_out=0.9),
            1,
            "A held-out share of 0.9 of 1 row leaves none to train on; take a smaller share or more rows.",
        ),
        (
            Setup(batch=2),
            None,
            "A batch needs rows of data that inputs take; load a table with such columns.",
        ),
        (
            Setup(held_out=0.5),
            None,
            "A held-out share needs rows of data that inputs take; load a table with such columns.",
        ),
        (
            Setup(measures=("r2",)),
            None,
            "A measure needs rows of data that inputs take; load a table with such columns.",
        ),
        (Setup(batch=100), 100, None),
        (Setup(patience=3, seed=4), None, None),
    ],
)
def test_what_the_rows_do_not_allow_is_refused(setup: Setup, count: int | None, said: str | None) -> None:
    assert rows.why_not(setup, count) == said


HELD = {"split": np.array([0.0, 1.0, 0.0, 1.0]), "is_train": np.array([1.0, 0.0, 1.0, 0.0])}


BY_TEST = "The rows are held out by the column “test”"


@pytest.mark.parametrize("name", HELD)
def test_a_column_says_which_rows_are_held_out(name: str) -> None:
    setup = Setup(batch=1, held_by=name)
    assert rows.why_not(setup, 4, HELD) is None
    division = Division.of(setup, 4, rows.marks_of(setup, HELD))
    assert (division.kept.tolist(), division.held.tolist(), division.kept_count) == ([0, 2], [1, 3], 2)
    assert sorted(int(division.of_step(step)[0]) for step in (0, 1)) == [0, 2]  # type: ignore[index]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({}, f"{BY_TEST}, but there are no data."),
        ({"x": [1.0]}, f"{BY_TEST}, but the data have x."),
        ({"test": [0.0, 2.5]}, f"{BY_TEST}, which must be 0 or 1, but row 2 holds 2.5."),
        ({"test": [np.nan, 1]}, f"{BY_TEST}, which must be 0 or 1, but row 1 holds nothing."),
        ({"test": [0.0, 0.0]}, "The column “test” holds out no row; take another one, or a share."),
        ({"test": [1.0, 1.0]}, "The column “test” holds out all rows; take another one, or a share."),
    ],
)
def test_a_column_that_cannot_hold_rows_out_is_refused(columns: dict[str, list[float]], said: str) -> None:
    arrays = {name: np.array(numbers) for name, numbers in columns.items()}
    assert rows.why_not(Setup(held_by="test"), 2, arrays) == said


def test_a_share_and_a_column_at_once_are_refused() -> None:
    refusal = Setup(held_by="test", held_out=0.2).why_not()
    assert refusal == "Rows are held out by a share or by the column “test”; leave one of them out."
