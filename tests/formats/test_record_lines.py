"""A node or an edge as a line of a document: the short way writes what json does."""

from __future__ import annotations

import json

import pytest

from nodegraph.core.graph.records import Edge, Node
from nodegraph.formats.record_lines import edge_line, edge_record, node_line, node_record

NAMES = ("a", 'a "b" \\', "Größe ∂ 𝜎", "a\tb\u2028c\x7f", "")
NUMBERS = (None, 0.0, -0.0, 1.0, 0.1, 1e22, 1e-7, 1e16, 123456789.125, 5e-324, 3)


@pytest.mark.parametrize("value", NUMBERS)
@pytest.mark.parametrize("name", NAMES)
def test_a_node_is_written_as_json_writes_its_record(name: str, value: float | None) -> None:
    for x, y in ((None, None), (value, value), (2.5, None)):
        for more in ({}, {"trainable": False}, {"muted": True}, {"colour": 3}, {"extra": {"note": [1]}}):
            node = Node(id=name, name="n", op="input", value=value, x=x, y=y, rank=0, **more)  # type: ignore[arg-type]
            assert node_line(node) == json.dumps(node_record(node), ensure_ascii=False)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_json_lacks_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        node_line(Node(id="a", name="a", op="input", value=value, rank=0))


@pytest.mark.parametrize("name", NAMES)
def test_an_edge_is_written_as_json_writes_its_record(name: str) -> None:
    for more in ({}, {"via": ((1.0, 2.0),)}, {"extra": {"note": None}}):
        edge = Edge(name, "b", 3, **more)  # type: ignore[arg-type]
        assert edge_line(edge) == json.dumps(edge_record(edge), ensure_ascii=False)
