"""Names that a text gives a value to and then does not use: often another name was meant."""

from __future__ import annotations

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.fragments import insert_text
from nodegraph.core.building.text_notes import inserted_note, whole_text_note
from nodegraph.core.graph.graph import Graph

MEANT = "w1 is no part of it, and w and b are inputs of 1."


@pytest.mark.parametrize(
    "text",
    [
        "w1 = 2; x = 3; z = w*x + b",
        "w1 = 2\nx = 3\nz = w*x + b",
        "z = w*x + b where w1 = 2, x = 3",
        r"$z = w x + b$, where $w_1 = 2$, $x = 3$",
        "w1 = input(2); x = 3; z = w*x + b",
    ],
)
def test_a_value_that_nothing_uses_is_told_with_the_inputs_that_got_none(text: str) -> None:
    assert whole_text_note(parse(text)) == f"The output is z; {MEANT}"


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (
            "L = v^2 where v1 = 3, v2 = 4",
            "The output is L; v1 and v2 are no part of it, and v is an input of 1.",
        ),
        ("w = input(2); lr = 0.1; L = w**2", "The output is L; lr is no part of it."),
        ("w = input(2); reg = w*a; L = w**2", "The output is L; reg is no part of it."),
        ("a = 2; e = 3; L = exp(w)", "The output is L; a and e are no part of it, and w is an input of 1."),
        ("w = input(2); b = 3; L = w*x + b", ""),
        (
            "x0 = 1; w = 3; L = w**2",
            "The output is L; x0 is no part of it. x0 and w are constants, which get no gradient; "
            "“w = input(3)” makes w an input.",
        ),
        ("w = 2", "w is a constant, which gets no gradient; “w = input(2)” makes w an input."),
    ],
)
def test_of_names_that_are_used_nothing_is_told(text: str, note: str) -> None:
    assert whole_text_note(parse(text)) == note


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("w1 = 2; x = 3; z = w*x + b", "Nothing uses w1, and w and b are inputs of 1."),
        ("w1 = 2; z = w*x", "Nothing uses w1, and w and x are inputs of 1."),
        ("w1 = 2; x = 3", ""),
        ("w = 2; z = w*x", ""),
    ],
)
def test_a_formula_that_is_inserted_tells_the_same(text: str, note: str) -> None:
    graph = Graph()
    change = insert_text(graph, text, 0.0, 0.0)
    graph.apply(change)
    assert inserted_note(text, graph, graph.nodes_as(change.made())) == note
