"""A constant that a person named k is called k everywhere, one that nobody named by its number."""

from __future__ import annotations

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.formulas import formula_of
from nodegraph.core.building.graph_text import text_of
from nodegraph.core.building.text_change import change_to
from nodegraph.core.graph import edits, together
from nodegraph.core.graph.graph import Graph
from nodegraph.formats import native

FORCE = "k = 50; F = k*x"


def test_a_constant_that_a_text_names_k_is_called_k() -> None:
    assert formula_of(parse(FORCE)) == "F = k × x"
    assert "k = 50" in text_of(parse(FORCE))


def test_a_number_of_a_text_is_no_k() -> None:
    assert formula_of(parse("F = 50*x")) == "F = 50 × x"


def test_the_name_outlives_text_file_and_a_change_of_the_value() -> None:
    graph = native.read(native.write(parse(text_of(parse(FORCE)))))
    graph.apply(edits.set_value(graph, "k", 60.0))
    assert formula_of(graph) == "F = k × x"


def _named_by(how: str) -> Graph:
    graph = parse("F = 50*x")
    if how == "rename":
        graph.apply(edits.rename(graph, "k", "m"))
        graph.apply(edits.rename(graph, "k", "k"))
    elif how == "text":
        graph.apply(change_to(graph, "x = input(1)\nk = 50\nF = k*x"))
    else:
        graph = parse("k = input(50); F = k*x")
        graph.apply(together.exchange_leaves(graph, ["k"]))
    return graph


@pytest.mark.parametrize("how", ["rename", "text", "exchange"])
def test_a_constant_can_be_named_k_later(how: str) -> None:
    assert formula_of(_named_by(how)) == "F = k × x"


def test_a_constant_that_is_renamed_is_called_so_and_automatic_again_when_undone() -> None:
    graph = parse("F = 50*x")
    change = edits.rename(graph, "k", "k2")
    graph.apply(change)
    assert formula_of(graph) == "F = k2 × x"
    graph.apply(change.inverse())
    assert formula_of(graph) == "F = 50 × x"


def test_a_shared_number_stays_a_number_when_its_text_is_changed() -> None:
    graph = parse("y = 2*x; z = 3*x; w = y*z")
    text = text_of(graph)
    graph.apply(change_to(graph, text.replace("w = y * z", "w = y + z")))
    assert formula_of(graph) == "w = 2 × x + 3 × x"
