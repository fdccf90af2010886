"""Data and training of a document: loaded, bound, set up and taken away, each as one Change or a sentence."""

from __future__ import annotations

import pytest

from nodegraph.core.building import fragments
from nodegraph.core.building.expression import parse
from nodegraph.core.data import steps
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import Refused
from nodegraph.core.graph import edits
from nodegraph.core.graph.graph import Graph
from nodegraph.core.training import bindings
from nodegraph.core.training.descent import Training
from nodegraph.core.training.matching import UnusedData
from nodegraph.core.training.setup import Setup
from nodegraph.core.training.tables import Table
from nodegraph.formats import native
from tests.core.applying import applied, refusal

XOR = Table("XOR", (("x", (0.0, 1.0)), ("t", (1.0, 0.0))))


@pytest.fixture
def graph() -> Graph:
    """A neuron of one input, with XOR's table loaded."""
    graph = parse("L = (w*x + b - t)**2", w=2, x=3)
    graph.apply(bindings.set_table(graph, XOR))
    return graph


def test_a_table_is_loaded_replaced_and_removed(graph: Graph) -> None:
    assert bindings.table_of(graph) == XOR
    other = Table("", (("y", (1.0,)),))
    assert bindings.table_of(applied(graph, bindings.set_table(graph, other))) == other
    change = bindings.set_table(graph, None)
    assert change.name == "Remove the data"
    assert bindings.table_of(applied(graph, change)) is None


def test_the_same_table_again_changes_nothing(graph: Graph) -> None:
    assert not bindings.set_table(graph, Table("XOR", XOR.columns))


def test_a_table_is_taken_with_the_columns_of_its_names_in_one_change(graph: Graph) -> None:
    graph.apply(bindings.bind(graph, "b", "t"))
    graph.apply(bindings.bind(graph, "x", "x"))
    table = Table("", (("x", (1.0,)), ("w", (2.0,)), ("t", (3.0,))))
    change = bindings.take_table(graph, table, "Generate data")
    assert change.name == "Generate data"
    assert bindings.bound_inputs(applied(graph, change)) == {"w": "w", "x": "x", "b": "t", "t": "t"}
    graph.apply(bindings.take_table(graph, Table("", (("t", (1.0,)),))))
    assert bindings.bound_inputs(graph) == {"b": "t", "t": "t"}


@pytest.mark.parametrize("title", ["two\n\tlines\0", "b\udcff", "long " * 1000])
def test_a_table_of_any_file_name_can_be_saved(graph: Graph, title: str) -> None:
    graph.apply(bindings.set_table(graph, Table(title, XOR.columns)))
    assert bindings.table_of(native.read(native.write(graph))) == bindings.table_of(graph)


def test_a_table_that_is_none_is_refused(graph: Graph) -> None:
    assert "at least one column" in refusal(lambda: bindings.set_table(graph, Table("", ())))


def test_an_input_takes_a_column_and_has_its_own_value_again(graph: Graph) -> None:
    change = bindings.bind(graph, "x", "x")
    assert change.name == "Bind x to column x"
    applied(graph, change)
    assert bindings.bound_inputs(graph) == {"x": "x"}
    assert bindings.bind(graph, "x", "x").patches == ()
    change = bindings.bind(graph, "x", None)
    assert change.name == "Unbind x"
    assert applied(graph, change).node("x").column is None
    assert graph.node("x").value == 3


def test_what_takes_a_column_is_not_trained(graph: Graph) -> None:
    graph.apply(edits.set_trainable(graph, "b", False))
    applied(graph, bindings.bind(graph, "x", "x"))
    assert [node.name for node in graph.nodes() if node.learns] == ["w", "t"]


def test_two_inputs_may_take_one_column(graph: Graph) -> None:
    change = bindings.bind_all(graph, {"x": "x", "t": "x"})
    assert change.name == "Bind 2 inputs"
    assert bindings.bound_inputs(applied(graph, change)) == {"x": "x", "t": "x"}


def test_inputs_called_as_columns_are_bound_by_name(graph: Graph) -> None:
    graph.apply(bindings.bind(graph, "t", "x"))
    applied(graph, bindings.bind_by_name(graph))
    assert bindings.bound_inputs(graph) == {"x": "x", "t": "x"}
    assert not bindings.bind_by_name(parse("y = x*t"))


def test_a_column_that_is_not_there_is_refused(graph: Graph) -> None:
    said = "The data has no column “z”; it has x, t."
    assert refusal(lambda: bindings.bind(graph, "x", "z")) == said
    wide = Table("", tuple((f"c{number}", (1.0,)) for number in range(20)))
    graph.apply(bindings.set_table(graph, wide))
    assert refusal(lambda: bindings.bind(graph, "x", "x")).endswith("c6, c7 and 12 more.")


def test_only_an_input_of_a_document_with_data_takes_a_column(graph: Graph) -> None:
    assert refusal(lambda: bindings.bind(graph, "L", "x")).startswith("L is no input")
    assert refusal(lambda: bindings.bind(graph, "gone", "x")) == "That node is no longer there."
    graph.apply(bindings.set_table(graph, None))
    assert refusal(lambda: bindings.bind(graph, "x", "x")) == (
        "The document has no data yet; load a table first."
    )


def test_removing_the_table_unbinds_and_undo_binds_again(graph: Graph) -> None:
    graph.apply(bindings.bind_by_name(graph))
    change = bindings.set_table(graph, None)
    applied(graph, change)
    assert bindings.bound_inputs(graph) == {}
    graph.apply(change.inverse())
    assert bindings.bound_inputs(graph) == {"x": "x", "t": "t"}


def test_another_table_unbinds_only_what_it_does_not_have(graph: Graph) -> None:
    graph.apply(bindings.bind_by_name(graph))
    applied(graph, bindings.set_table(graph, Table("", (("t", (5.0,)),))))
    assert bindings.bound_inputs(graph) == {"t": "t"}


def test_the_rows_are_given_to_a_pass_by_input(graph: Graph) -> None:
    graph.apply(bindings.bind_by_name(graph))
    assert bindings.row_values(graph, 1) == {"x": 1.0, "t": 0.0}
    assert bindings.bound_columns(graph)["t"].tolist() == [1.0, 0.0]
    assert run(graph.with_values(bindings.row_values(graph, 1))).values["L"] == 9.0
    assert bindings.bound_columns(parse("y = -x")) == {}


def test_a_binding_asks_for_no_new_plan(graph: Graph) -> None:
    before = graph.structure
    graph.apply(bindings.bind_by_name(graph))
    assert graph.structure == before


# --- parts
def test_a_copy_keeps_its_column_where_the_data_has_it(graph: Graph) -> None:
    graph.apply(bindings.bind_by_name(graph))
    part = fragments.part_of(graph, ["x", "w"])
    assert bindings.table_of(part) == Table("XOR", XOR.columns[:1])
    change = fragments.insert_part(graph, part)
    applied(graph, change)
    assert graph.node("x2").column == "x"
    other = parse("y = x*t")
    other.apply(bindings.set_table(other, Table("", (("t", (1.0,)),))))
    other.apply(fragments.insert_part(other, part))
    assert other.node("x2").column is None
    assert bindings.table_of(other) == Table("", (("t", (1.0,)),))


def test_a_part_without_bound_inputs_carries_no_data(graph: Graph) -> None:
    assert bindings.table_of(fragments.part_of(graph, ["x", "w"])) is None


# --- training
def test_training_is_set_up_and_left_at_default_again(graph: Graph) -> None:
    setup = Setup("maximise", "adam", {"rate": 0.1}, 50)
    assert bindings.setup_of(graph) == Setup()
    change = bindings.set_training(graph, setup)
    assert change.name == "Set up training"
    applied(graph, change)
    assert bindings.setup_of(graph) == setup
    assert not bindings.set_training(graph, setup)
    applied(graph, bindings.set_training(graph, None))
    assert "training" not in graph.properties


def test_what_a_later_version_wrote_into_the_setup_is_kept(graph: Graph) -> None:
    graph.properties["training"] = {"clipping": "norm", "momentum": 0.5}
    applied(graph, bindings.set_training(graph, Setup(settings={"rate": 0.5})))
    assert graph.properties["training"]["clipping"] == "norm"
    assert "momentum" not in graph.properties["training"]


def test_a_setup_that_cannot_be_is_refused(graph: Graph) -> None:
    said = "A learning rate of 0 would change nothing. Try 0.1."
    assert refusal(lambda: bindings.set_training(graph, Setup(settings={"rate": 0.0}))) == said


def test_a_training_takes_the_table_and_the_columns_of_its_inputs(graph: Graph) -> None:
    graph.apply(bindings.bind_by_name(graph))
    table = bindings.table_of(graph)
    assert table is not None
    training = Training(graph, Setup(settings={"rate": 0.01}, steps=5), table.arrays)
    first = training.loss()
    training.step()
    assert training.loss() < first
    assert set(training.values()) == {"w", "b"}


@pytest.mark.parametrize(
    ("plain", "said"),
    [
        ({"rate": float("inf")}, "The setting rate must be a finite number."),
        ({"rate": 10**400}, "The setting rate must be a finite number."),
        ({"rate": [1]}, "The setting rate must be a number or text."),
        ({"rate": True}, "The setting rate must be a number or text."),
        ({"aim": "a\nb"}, "The setting aim has at most 100 characters, and no control characters."),
        ({"": 1}, "A setting needs a name"),
        ({f"s{number}": 1 for number in range(41)}, "A training has at most 40 settings."),
    ],
)
def test_a_document_keeps_plain_values_only(plain: dict[str, object], said: str) -> None:
    assert (bindings.why_not_plain(plain) or "").startswith(said)


def test_more_classes_than_targets_are_refused() -> None:
    graph = parse("L = (w*x - t1)**2 + (v*x - t2)**2", w=1, v=1)
    table = {"x": [1.0, 2.0, 3.0], "t1": [1, 0, 0], "t2": [0, 1, 0], "t3": [0, 0, 1]}
    with pytest.raises(Refused, match=r"3 classes, t1, t2 and t3, but only t1 and t2 are targets; give the"):
        Training(graph, Setup(), table)
    with pytest.warns(UnusedData):  # targets that are no classes are another matter
        Training(graph, Setup(), table | {"t3": [0.5, 0.0, 1.0]})


def test_a_table_that_marks_its_rows_for_testing_has_them_held_out_in_the_same_change(graph: Graph) -> None:
    columns = (("x", (1.0, 2.0, 3.0)), ("split", (0.0, 0.0, 1.0)))
    graph.apply(bindings.set_training(graph, Setup(steps=7)))
    graph.apply(change := bindings.take_table(graph, Table("", columns, held_by="split")))
    assert bindings.setup_of(graph) == Setup(steps=7, held_by="split")
    assert "split" not in bindings.unused_data(graph).columns
    graph.apply(change.inverse())
    assert bindings.setup_of(graph) == Setup(steps=7)
    graph.apply(bindings.set_training(graph, Setup(held_out=0.3)))
    graph.apply(bindings.take_table(graph, Table("", columns, held_by="split")))
    assert bindings.setup_of(graph) == Setup(held_out=0.3)


def test_rows_that_a_person_trains_on_again_stay_so_when_the_table_is_shuffled(graph: Graph) -> None:
    columns = (("x", (1.0, 2.0, 3.0)), ("split", (0.0, 0.0, 1.0)))
    graph.apply(bindings.take_table(graph, Table("", columns, held_by="split")))
    graph.apply(steps.shuffle(graph, 1).change)
    assert bindings.setup_of(graph).held_by == "split"
    graph.apply(bindings.set_training(graph, Setup()))
    graph.apply(steps.shuffle(graph, 2).change)
    assert bindings.setup_of(graph).held_by == ""


def test_a_table_without_the_column_that_held_rows_out_holds_none_out(graph: Graph) -> None:
    columns = (("x", (1.0, 2.0, 3.0)), ("split", (0.0, 0.0, 1.0)))
    graph.apply(bindings.take_table(graph, Table("", columns, held_by="split")))
    graph.apply(bindings.take_table(graph, Table("", columns[:1])))
    assert bindings.setup_of(graph).held_by == ""
