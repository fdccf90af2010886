"""Data made ready: each step is one Change that is told and taken back, and inputs keep their columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.data import steps
from nodegraph.core.data.generators import generate
from nodegraph.core.graph.graph import Graph
from nodegraph.core.training.bindings import bound_inputs, set_training, setup_of, table_of, take_table
from nodegraph.core.training.rows import split
from nodegraph.core.training.setup import Setup
from nodegraph.core.training.tables import Numbers, Table
from tests.core.applying import applied, refusal

NAN = float("nan")


def with_table(table: Table, text: str = "L = (w*x + v*y + b - t)**2") -> Graph:
    graph = parse(text)
    graph.apply(take_table(graph, table))
    return graph


def data_of(graph: Graph) -> Table:
    table = table_of(graph)
    assert table is not None
    return table


@pytest.fixture
def graph() -> Graph:
    """A neuron with three rows of data."""
    return with_table(Table("a", (("x", (1.0, 2.0, 6.0)), ("y", (0.0, 0.0, 9.0)), ("t", (2.0, 0.0, 1.0)))))


# --- standardise
def test_standardised_columns_have_mean_0_and_deviation_1_and_what_was_used_is_told(graph: Graph) -> None:
    step = steps.standardise(graph, ["x", "y"])
    assert step.told == "Standardised x (mean 3, deviation 2.16025), y (mean 3, deviation 4.24264)."
    assert step.change.name == "Standardise x, y"
    before = data_of(graph)
    table = data_of(applied(graph, step.change))
    for name in ("x", "y"):
        numbers = before.column(name)
        np.testing.assert_allclose(table.column(name), (numbers - numbers.mean()) / numbers.std(), rtol=1e-15)
    assert np.array_equal(table.column("t"), before.column("t"))
    assert bound_inputs(graph) == {"x": "x", "y": "y", "t": "t"}


SPLIT = Table("", (("x", (1.0, 100.0, 3.0)), ("t", (1.0, 2.0, 4.0)), ("test", (0.0, 1.0, 0.0))))
SEEN = (
    "The column x was standardised by rows that are held out now; standardise it again to keep those rows "
    "unseen."
)


def test_rows_that_are_held_out_do_not_count_for_mean_and_deviation() -> None:
    graph = with_table(SPLIT)
    graph.apply(set_training(graph, Setup(held_by="test")))
    step = steps.standardise(graph, ["x"])
    assert step.told == "Standardised x (mean 2, deviation 1), by the 2 rows that are trained on."
    assert data_of(applied(graph, step.change)).column("x").tolist() == [-1, 98, 1]
    assert steps.seen_before(data_of(graph), setup_of(graph), ["x", "t"]) == ""


def test_it_is_told_where_rows_are_held_out_only_after_they_counted() -> None:
    graph = with_table(SPLIT)
    graph.apply(steps.standardise(graph, ["x"]).change)
    marked = Setup(held_by="test")
    assert steps.seen_before(data_of(graph), setup_of(graph), ["x"]) == ""
    assert steps.seen_before(data_of(graph), marked, ["t"]) == ""
    assert steps.seen_before(data_of(graph), marked, ["x"]) == SEEN
    graph.apply(steps.standardise(graph, ["x"], marked).change)
    assert steps.seen_before(data_of(graph), marked, ["x"]) == ""
    assert steps.standardised_with(data_of(graph))["x"] == pytest.approx((2, 1))


def test_a_share_holds_out_the_same_rows_that_a_training_does() -> None:
    numbers = tuple(float(n * n) for n in range(10))
    setup = Setup(held_out=0.3, seed=4, batch=100)
    graph = with_table(Table("", (("x", numbers),)))
    graph.apply(steps.standardise(graph, ["x"], setup).change)
    kept, _held = split(10, 0.3, 4)
    assert steps.standardised_with(data_of(graph))["x"][0] == pytest.approx(np.array(numbers)[kept].mean())


def test_a_column_with_one_number_in_the_rows_that_are_trained_on_is_refused() -> None:
    graph = with_table(Table("", (("x", (1.0, 2.0, 1.0)), ("test", (0.0, 1.0, 0.0)))))
    said = refusal(lambda: steps.standardise(graph, ["x"], Setup(held_by="test")))
    assert said == (
        "The column “x” has the same number in every row that is trained on and cannot be standardised."
    )


def test_what_was_used_is_kept_with_the_table_and_holds_for_the_first_numbers(graph: Graph) -> None:
    before = data_of(graph).column("x")
    graph.apply(steps.standardise(graph, ["x"]).change)
    graph.apply(steps.standardise(graph, ["x", "t"]).change)
    kept = steps.standardised_with(data_of(graph))
    assert kept["x"] == pytest.approx((3, before.std()))
    assert kept["t"] == pytest.approx((1, (2 / 3) ** 0.5))
    mean, deviation = kept["x"]
    np.testing.assert_allclose(data_of(graph).column("x") * deviation + mean, before)


@pytest.mark.parametrize(
    "kept", [None, 3, [1], {"x": 1}, {"x": [1]}, {"x": ["a", 2]}, {"x": [True, 2]}, {"z": [1, 2]}]
)
def test_what_a_file_says_of_it_is_taken_only_where_it_is_numbers_of_a_column(kept: object) -> None:
    table = Table("", (("x", (1.0,)),), {steps.STANDARDISED: kept})
    assert steps.standardised_with(table) == {}


def test_missing_cells_stay_missing() -> None:
    graph = with_table(Table("", (("x", (1.0, NAN, 3.0)),)))
    graph.apply(steps.standardise(graph, ["x"]).change)
    assert str(data_of(graph).column("x").tolist()) == "[-1.0, nan, 1.0]"


def test_columns_of_classes_are_not_standardised_unless_they_are_chosen() -> None:
    assert steps.varied(generate("moons")) == ["x1", "x2"]


# --- one-hot
def test_one_hot_makes_a_column_for_each_number_where_the_column_stood(graph: Graph) -> None:
    step = steps.one_hot(graph, "t")
    assert step.told == (
        "t1 is t = 0, t2 is t = 1, t3 is t = 2. The column t is gone, so t has its own value again."
    )
    table = data_of(applied(graph, step.change))
    assert table.names == ("x", "y", "t1", "t2", "t3")
    assert [table.column(f"t{n}").tolist() for n in (1, 2, 3)] == [[0, 1, 0], [0, 0, 1], [1, 0, 0]]
    assert bound_inputs(graph) == {"x": "x", "y": "y"}


def test_targets_of_a_softmax_take_the_new_columns() -> None:
    graph = with_table(Table("", (("t", (5.0, 7.0)),)), "L = t1*a + t2*b")
    graph.apply(steps.one_hot(graph, "t").change)
    assert bound_inputs(graph) == {"t1": "t1", "t2": "t2"}


def test_where_the_names_are_taken_others_tell_the_number() -> None:
    graph = with_table(Table("", (("t", (0.5, -1.0)), ("t2", (0.0, 0.0)))))
    graph.apply(steps.one_hot(graph, "t").change)
    assert data_of(graph).names == ("t=-1", "t=0.5", "t2")


# --- shuffle
def test_rows_are_shuffled_whole_and_the_same_seed_gives_the_same_order(graph: Graph) -> None:
    before = np.column_stack(list(data_of(graph).arrays.values())).tolist()
    other = with_table(data_of(graph))
    step = steps.shuffle(graph, 4)
    assert step.told == "Shuffled 3 rows, seed 4."
    after = np.column_stack(list(data_of(applied(graph, step.change)).arrays.values())).tolist()
    assert after != before
    assert sorted(after) == sorted(before)
    other.apply(steps.shuffle(other, 4).change)
    assert data_of(other) == data_of(graph)
    assert bound_inputs(graph) == {"x": "x", "y": "y", "t": "t"}


# --- gaps
def test_rows_with_missing_cells_are_left_out() -> None:
    graph = with_table(Table("", (("x", (1.0, NAN, 3.0, 4.0)), ("y", (1.0, 2.0, 3.0, NAN)))))
    step = steps.leave_gaps_out(graph)
    assert step.told == "Left out 2 rows with missing cells; 2 remain."
    assert data_of(applied(graph, step.change)).column("x").tolist() == [1, 3]


# --- what cannot be done
def scaled(graph: Graph) -> steps.Step:
    return steps.standardise(graph, ["x"])


def parted(graph: Graph) -> steps.Step:
    return steps.one_hot(graph, "x")


@pytest.mark.parametrize(
    ("columns", "step", "sentence"),
    [
        ({"x": (1.0, 1.0)}, scaled, "The column “x” has the same number in every row and cannot be"),
        ({"x": (NAN, NAN)}, scaled, "The column “x” has the same number in every row and cannot be"),
        ({"x": (1.0, 1.0)}, lambda graph: steps.standardise(graph, []), "No column has more than two"),
        ({"y": (1.0, 2.0)}, scaled, "There is no column “x” in the data."),
        ({"x": (1.0, 1.0)}, parted, "The column “x” has the same number in every row."),
        ({"x": (1.0, NAN)}, parted, "The column “x” has missing cells; leave their rows out first."),
        ({"x": np.arange(101.0)}, parted, "The column “x” has more than 100 different numbers"),
        ({"x": np.arange(3.0)} | {f"c{n}": np.arange(3.0) for n in range(998)}, parted, "has 3 different"),
        ({"x": (1.0, 2.0)}, lambda graph: steps.shuffle(graph, -1), "A seed is a whole number from 0 to"),
        ({"x": (1.0,)}, lambda graph: steps.shuffle(graph, 1), "There is one row only"),
        ({"x": (1.0,)}, steps.leave_gaps_out, "No cell is missing."),
        ({"x": (NAN,)}, steps.leave_gaps_out, "No row is without a missing cell"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    columns: Mapping[str, Numbers], step: Callable[[Graph], steps.Step], sentence: str
) -> None:
    graph = with_table(Table("", tuple(columns.items())))
    assert sentence in refusal(lambda: step(graph).change)


@pytest.mark.parametrize(
    "step", [scaled, parted, steps.leave_gaps_out, lambda graph: steps.shuffle(graph, 1)]
)
def test_without_data_there_is_nothing_to_do(step: Callable[[Graph], steps.Step]) -> None:
    assert refusal(lambda: step(parse("L = x*y")).change) == steps.NO_DATA


def test_rows_keep_their_places_in_the_file_when_they_are_shuffled_or_left_out() -> None:
    columns = (("x", (1.0, NAN, 6.0)), ("y", (0.0, 0.0, 9.0)))
    graph = with_table(Table("a", columns, numbers=[4, 5, 7]))
    applied(graph, steps.leave_gaps_out(graph).change)
    applied(graph, steps.shuffle(graph, 3).change)
    table = data_of(graph)
    places = {table.column("x")[row]: table.called(row).partition(" (")[2] for row in range(2)}
    assert places == {1.0: "row 4 of its file)", 6.0: "row 7 of its file)"}
