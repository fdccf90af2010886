"""Matching: nothing of a table is left out in silence, and what obviously belongs together is offered."""

from __future__ import annotations

import warnings
from collections.abc import Collection

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.networks import mlp
from nodegraph.core.errors import Refused
from nodegraph.core.graph.edits import set_trainable
from nodegraph.core.graph.graph import Graph
from nodegraph.core.training import bindings as binding
from nodegraph.core.training.descent import Training
from nodegraph.core.training.matching import UnusedData, taken_over, unused
from nodegraph.core.training.setup import Setup
from nodegraph.core.training.tables import Table
from tests.core.applying import applied

XOR = {"x1": [0, 0, 1, 1], "x2": [0, 1, 0, 1], "y": [0, 1, 1, 0]}


def network(*sizes: int) -> Graph:
    graph = Graph()
    graph.apply(mlp(graph, sizes))
    return graph


def matches(graph: Graph, *columns: str) -> dict[str, str]:
    bindings = {n.id: n.name for n in graph.nodes() if n.op == "input" and n.name in columns}
    return dict(unused(graph, columns, bindings).matches)


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        (("x1", "x2", "y"), {"t": "y"}),
        (("x1", "x2", "Target"), {"t": "Target"}),
        (("x1", "x2", "y_true", "id"), {"t": "y_true"}),
        (("X1", "x_2", "T"), {"x1": "X1", "x2": "x_2", "t": "T"}),
        (("x 1", "x2 (cm)", "t"), {"x1": "x 1", "x2": "x2 (cm)"}),
        (("x1", "x2", "price"), {"t": "price"}),
        (("length", "width", "label"), {"x1": "length", "x2": "width", "t": "label"}),
        (("x1", "x2", "y", "label"), {}),
        (("x1", "x2", "a", "b"), {}),
        (("x1", "x2", "t"), {}),
    ],
)
def test_what_leaves_no_choice_is_matched(columns: tuple[str, ...], found: dict[str, str]) -> None:
    assert matches(network(2, 4, 1), *columns) == found


def test_several_targets_are_matched_by_their_numbers() -> None:
    assert matches(network(1, 2), "x1", "y2", "y1") == {"t1": "y1", "t2": "y2"}


def test_columns_of_classes_are_matched_with_as_many_targets_though_other_columns_are_left() -> None:
    one_hot = ("kind1", "kind2", "kind3")
    assert matches(network(1, 3), "x1", "age", *one_hot, "size") == {
        "t1": "kind1", "t2": "kind2", "t3": "kind3",
    }  # fmt: skip
    assert matches(network(1, 3), "x1", "age", *one_hot[:2], "size") == {}
    assert matches(network(1, 3), "x1", "age", *one_hot, "day1", "day2", "day3") == {}


@pytest.mark.parametrize(
    ("columns", "classes"),
    [
        (("x1", "x2", "t"), "t"),
        (("x1", "x2", "T"), "T"),
        (("x1", "x2", "class"), "class"),
        (("x1", "x2", "species"), "species"),
        (("x1", "x2", "id", "label"), "label"),
        (("x1", "x2", "a", "b"), ""),
        (("x1", "x2", "y", "label"), ""),
        (("x1", "x2", "y1", "y2", "y3"), ""),
        (("x1", "x2", "t1", "t2", "t3"), ""),
        (("x1", "x2", "t1", "t"), ""),
    ],
)
def test_one_column_of_classes_is_what_numbered_targets_want(columns: tuple[str, ...], classes: str) -> None:
    graph = network(2, 3)
    bindings = {n.id: n.name for n in graph.nodes() if n.op == "input" and n.name in columns}
    found = unused(graph, columns, bindings)
    assert found.classes == classes
    assert found.class_inputs == (("t1", "t2", "t3") if classes else ())
    told = f" One-hot, the classes of {classes} would be t1, t2 and t3."
    assert found.sentence.endswith(told) == bool(classes)


@pytest.mark.parametrize(
    ("text", "columns", "output"),
    [
        ("y = w*x + b", ("x", "y"), "y"),
        ("price = w*size + b", ("size", "Price (€)"), "price"),
        ("y = w*x + b", ("x", "z"), ""),
        ("L = (w*x - y)**2", ("x", "y"), ""),
    ],
)
def test_a_column_called_as_the_output_is_told_how_to_be_learnt(
    text: str, columns: tuple[str, ...], output: str
) -> None:
    graph = parse(text)
    bindings = {n.id: n.name for n in graph.nodes() if n.op == "input" and n.name in columns}
    found = unused(graph, columns, bindings)
    assert found.output == output
    assert (f"loss = ({output} - t)**2" in found.sentence) == bool(output)


def test_numbered_inputs_that_are_no_targets_want_no_classes() -> None:
    graph = network(2, 1)
    assert unused(graph, ("kind", "t"), {"t": "t"}).classes == ""


def test_an_input_that_the_output_does_not_depend_on_is_not_missed() -> None:
    graph = parse("z = q*2; L = w*x")
    graph.apply(set_trainable(graph, "q", False))
    assert unused(graph, ["x"], {"x": "x"}).sentence == ""


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (("x1", "x2", "t"), ""),
        (
            ("x1", "x2", "y"),
            "The column y is used by no input. The input t takes no column and keeps its own value.",
        ),
        (("x1", "x2", "t", "a", "b"), "The columns a and b are used by no input."),
        (
            ("x1", "z"),
            "The column z is used by no input. The inputs x2 and t take no column and keep their own values.",
        ),
        ((), ""),
    ],
)
def test_what_is_not_used_is_told(columns: tuple[str, ...], said: str) -> None:
    graph = network(2, 4, 1)
    bindings = {n.id: n.name for n in graph.nodes() if n.op == "input" and n.name in columns}
    assert unused(graph, columns, bindings).sentence == said


@pytest.mark.parametrize(
    ("text", "columns", "said"),
    [
        ("L = (w*x - t)**2", "xwt", "w takes the column of its name, and so is data and not trained"),
        (
            "L = (w*x + b - t)**2",
            "xwbt",
            "w and b take the columns of their names, and so are data and not tr",
        ),
        ("L = (w*x - t)**2", "xt", ""),
        ("L = (slope*length - t)**2", ["length", "t"], ""),
        ("L = (w_1*x - t)**2", ["x", "w_1"], "w_1 takes"),
    ],
)
def test_an_input_that_is_trained_and_becomes_data_is_told(
    text: str, columns: Collection[str], said: str
) -> None:
    assert taken_over(parse(text), columns).startswith(said)


def test_a_graph_whose_inputs_say_what_is_trained_tells_every_one() -> None:
    graph = parse("L = (k*x - t)**2")
    assert taken_over(graph, ["x", "k"]) == ""
    graph = applied(graph, set_trainable(graph, "x", False))
    assert taken_over(graph, ["x", "k"]).startswith("k takes the column of its name")
    table = Table("k", (("k", (1.0,)),))
    graph.apply(binding.take_table(graph, table))
    assert taken_over(graph, ["x", "k"]) == ""


def test_a_training_warns_of_what_it_leaves_out_and_says_how_to_bind_it() -> None:
    graph = network(2, 4, 1)
    with pytest.warns(UnusedData) as caught:
        Training(graph, Setup(), XOR)
    assert [str(one.message) for one in caught] == [
        "The column y is used by no input. The input t takes no column and keeps its own value. "
        "Bind them by name with bindings={'x1': 'x1', 'x2': 'x2', 't': 'y'}."
    ]
    assert caught[0].filename == __file__
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        training = Training(graph, Setup(), XOR, {"x1": "x1", "x2": "x2", "t": "y"})
    assert training.rows == 4


def test_columns_bind_to_inputs_of_their_name_where_nothing_else_is_said() -> None:
    training = Training(parse("L = (w*x - t)**2", w=1), Setup(), {"x": [1, 2], "t": [2, 4]})
    assert (training.names, training.rows) == (("w",), 2)


def test_a_document_s_own_table_is_used() -> None:
    graph = parse("L = (w*x - t)**2", w=1)
    graph.apply(binding.set_table(graph, Table("", (("x", (1.0, 2.0)), ("y", (2.0, 4.0))))))
    graph.apply(binding.bind_by_name(graph))
    assert binding.unused_data(graph).proposal(graph) == "Let t take y"
    applied(graph, binding.bind_matches(graph))
    assert binding.bound_inputs(graph) == {"x": "x", "t": "y"}
    assert Training(graph, Setup()).rows == 2


def test_a_column_that_is_called_column_is_no_word_of_the_sentence() -> None:
    ignored = unused(parse("L = x*w"), ["x", "column 2", "columnar"], {"x": "x"})
    assert ignored.sentence == "The columns “column 2” and columnar are used by no input."


def test_bindings_that_name_no_columns_by_input_are_refused() -> None:
    graph = parse("L = (w*x + b - t)**2")
    with pytest.raises(
        Refused, match=r'^Expected the column of each input, such as \{"x": "x", .* found a list\.$'
    ):
        Training(graph, Setup(), {"x": [1, 2]}, ["x"])  # type: ignore[arg-type]
    with pytest.raises(Refused, match=r"^Expected the column of each .*; 1 is no input's id\.$"):
        Training(graph, Setup(), {"x": [1, 2]}, {1: "x"})  # type: ignore[dict-item]


def test_columns_that_are_called_by_numbers_are_bound_by_these() -> None:
    setup, graph = Setup(settings={"rate": 0.1}), parse("L = (w*x + b - t)**2")
    by_number = Training(graph, setup, {0: [1.0, 2.0], 1: [4.0, 9.0]}, {"x": 0, "t": 1})  # type: ignore[dict-item]
    by_name = Training(graph, setup, {"x": [1.0, 2.0], "t": [4.0, 9.0]}, {"x": "x", "t": "t"})
    by_number.step()
    by_name.step()
    assert by_number.values() == by_name.values()
    with pytest.raises(Refused, match="“2”"):
        Training(graph, setup, {0: [1.0, 2.0]}, {"x": 2})  # type: ignore[dict-item]
