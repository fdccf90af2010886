"""What came from elsewhere is shown as it is where it prints, and as an escape where it does not."""

from __future__ import annotations

import json
import warnings

import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.engine.passes import run
from nodegraph.core.errors import Refused, TextError
from nodegraph.core.explain import derivation_sheet
from nodegraph.core.graph import edits
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Edge, Node
from nodegraph.core.quoting import quoted
from nodegraph.core.training.tables import why_not_column_name

STEERING = "\x1b[2J\u202e\u2066\u200b\u0085\x7f\U000e0041"


def strange() -> Graph:
    """A graph whose title and operation steer a terminal and turn the line around."""
    nodes = [
        Node("a", "input", "a", 2.0),
        Node("y", "negate", "y", rank=1),
        Node("z", f"op{STEERING}", "z", rank=2),
    ]
    return Graph.of(nodes, [Edge("a", "y", 0), Edge("y", "z", 0)], {"title": f"T{STEERING}", "output": "y"})


@pytest.mark.parametrize("kind", sorted(derivation_sheet.SUFFIXES))
@pytest.mark.parametrize("node_id", [None, "z"])
def test_a_sheet_holds_nothing_that_does_not_print(kind: str, node_id: str | None) -> None:
    graph = strange()
    written = derivation_sheet.write_sheet(graph, run(graph), kind, node_id)
    assert written.replace("\n", "").isprintable()
    assert "u202e" in written


def test_a_problem_quotes_an_operation_that_nobody_knows() -> None:
    assert all(message.isprintable() for _, message in run(strange()).problems)


def test_whatever_is_refused_is_told_in_characters_that_print() -> None:
    assert str(Refused(f"{STEERING}\n")).isprintable()
    error = TextError("this", 1, 8, f"y = a{STEERING} + 1")
    line, caret = error.marked.split("\n")
    assert line.isprintable()
    assert caret == " " * len(quoted(f"y = a{STEERING}"[:7])) + "^"


@pytest.mark.parametrize(
    ("sign", "said"),
    [
        ("\u202e", "turn the direction of text (U+202E)"),
        ("\u200f", "turn the direction of text (U+200F)"),
        ("\u2066", "turn the direction of text (U+2066)"),
        ("\u200b", "formatting characters, which are not seen (U+200B)"),
        ("\ufeff", "formatting characters, which are not seen (U+FEFF)"),
        ("\x07", "control characters"),
        ("\u2028", "control characters"),
    ],
)
def test_a_name_with_a_character_that_is_not_seen_is_refused_by_its_kind(sign: str, said: str) -> None:
    graph = parse("y = a*b")
    with pytest.raises(Refused) as caught:
        graph.apply(edits.rename(graph, "a", f"a{sign}b"))
    assert said in str(caught.value)
    assert said in (why_not_column_name(f"a{sign}b") or "")


@pytest.mark.parametrize(
    "text", ["y = 2if x else 3", "y = 1and x", "  y = 0x1for x", "y = 1is x", '"\\d"', "1(x)"]
)
def test_python_says_nothing_of_its_own_about_a_formula(text: str) -> None:
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        with pytest.raises(TextError):
            parse(text)
    assert not said


def test_json_is_still_read_as_the_same_text() -> None:
    from nodegraph.cli import records

    text = records.passes(run(strange()))
    assert text.replace("\n", "").isprintable()
    assert STEERING not in text
    assert json.loads(text)["output"] == "y"
