"""Columns are as far apart as what is written on the edges between them needs."""

from __future__ import annotations

from nodegraph.core.building.expression import parse
from nodegraph.core.graph.direction import Direction
from nodegraph.core.layout.columns import GAPS
from nodegraph.core.layout.layered import WIDTH
from nodegraph.core.layout.placement import place_missing

RIGHT = GAPS[Direction.RIGHT]


def columns(text: str) -> dict[str, float]:
    """Where each node begins, from the left."""
    graph = parse(text)
    graph.apply(place_missing(graph))
    return {node.name: node.x for node in graph.nodes() if node.x is not None}


def gap_before(name: str, source: str, text: str) -> float:
    x = columns(text)
    return x[name] - x[source] - WIDTH


def sum_of(count: int) -> str:
    return f"s = add({', '.join(f'tanh(x{number})' for number in range(count))}); L = tanh(s)"


def test_a_gap_grows_with_the_ports_that_labels_stand_before() -> None:
    few, many = sum_of(RIGHT.few_ports), sum_of(9)
    assert gap_before("L", "s", few) == RIGHT.wide
    assert gap_before("L", "s", many) == RIGHT.close
    x = columns(many)
    between = x["s"] - x["x8"] - 2 * WIDTH - RIGHT.close
    assert between == RIGHT.close + (9 - RIGHT.few_ports) * RIGHT.for_port


def test_before_a_column_of_inputs_alone_the_gap_is_narrow() -> None:
    rows = "; ".join(f"p{i} = w{i}*x; q{i} = u{i}*h; s{i} = p{i} + q{i}" for i in range(3))
    x = columns(f"{rows}; L = s0 * s1 * s2")
    assert x["w0"] - max(x["x"], x["h"]) == WIDTH + RIGHT.bare
