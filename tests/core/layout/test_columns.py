"""Columns are as far apart as what is written on the edges between them needs."""

from __future__ import annotations

from nodegraph.core.building.expression import parse
from nodegraph.core.layout.columns import BARE_GAP, CLOSE_GAP, COLUMN_GAP, FEW_PORTS, PORT_GAP
from nodegraph.core.layout.layered import WIDTH
from nodegraph.core.layout.placement import place_missing


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
    few, many = sum_of(FEW_PORTS), sum_of(9)
    assert gap_before("L", "s", few) == COLUMN_GAP
    assert gap_before("L", "s", many) == CLOSE_GAP
    x = columns(many)
    between = x["s"] - x["x8"] - 2 * WIDTH - CLOSE_GAP
    assert between == CLOSE_GAP + (9 - FEW_PORTS) * PORT_GAP


def test_before_a_column_of_inputs_alone_the_gap_is_narrow() -> None:
    rows = "; ".join(f"p{i} = w{i}*x; q{i} = u{i}*h; s{i} = p{i} + q{i}" for i in range(3))
    x = columns(f"{rows}; L = s0 * s1 * s2")
    assert x["w0"] - max(x["x"], x["h"]) == WIDTH + BARE_GAP
