"""Search: what a few letters mean, and what fits where an edge was let go."""

from __future__ import annotations

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.search import operations_feeding, operations_taking, search
from nodegraph.core.operations.catalogue import OPERATIONS


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("*", "multiply"),
        ("×", "multiply"),
        ("times", "multiply"),
        ("mul", "multiply"),
        ("prod", "multiply"),
        ("+", "add"),
        ("-", "subtract"),
        ("/", "divide"),
        ("**", "power"),
        ("^", "power"),
        ("1/x", "reciprocal"),
        ("ln", "log"),
        ("max", "max"),
        ("min", "min"),
        ("LEAKY", "leaky_relu"),
        ("sgm", "sigmoid"),
        ("weight", "input"),
        ("  tanh ", "tanh"),
        ("addition", "add"),
        ("subtraction", "subtract"),
        ("multiplied by", "multiply"),
        ("multiplication", "multiply"),
        ("divided by", "divide"),
        ("division", "divide"),
        ("negative", "negate"),
        ("square root", "sqrt"),
        ("radical", "sqrt"),
        ("to the power of", "power"),
        ("cube", "power"),
        ("natural log", "log"),
        ("absolute value", "abs"),
        ("rectified linear", "relu"),
        ("hyperbolic tangent", "tanh"),
        ("biggest", "max"),
        ("least", "min"),
    ],
)
def test_the_first_find_is_what_was_meant(typed: str, first: str) -> None:
    assert search(typed)[0].name == first


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_every_operation_is_found_first_by_its_name_its_title_and_its_symbol(name: str) -> None:
    operation = OPERATIONS[name]
    for typed in (operation.name, operation.title.upper()):
        assert search(typed)[0] == operation
    assert operation in [found for found in search(operation.symbol) if found.symbol == operation.symbol]


def test_nothing_typed_finds_all_and_nonsense_nothing() -> None:
    assert [operation.name for operation in search(" ")] == list(OPERATIONS)
    assert search("quaternion") == []


def test_a_search_can_keep_to_a_choice() -> None:
    assert search("in", [OPERATIONS["sin"], OPERATIONS["tan"]]) == [OPERATIONS["sin"]]


def test_behind_a_node_comes_what_this_graph_uses_most_and_no_leaf() -> None:
    graph = parse("y = tanh(x) + tanh(z)*w")
    found = [operation.name for operation in operations_taking(graph, "y")]
    assert found[:3] == ["tanh", "add", "multiply"]
    assert sorted(found) == sorted(name for name, one in OPERATIONS.items() if not one.is_leaf)
    assert operations_taking(graph, "gone") == []


def test_before_a_port_come_inputs_first_and_nothing_where_there_is_no_port() -> None:
    graph = parse("y = sin(x)")
    assert [one.name for one in operations_feeding(graph, "y", 0)][:3] == ["input", "constant", "sin"]
    assert operations_feeding(graph, "y", 1) == []
    assert operations_feeding(graph, "x", 0) == []
    assert operations_feeding(graph, "gone", 0) == []
