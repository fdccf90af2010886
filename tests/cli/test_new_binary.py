"""`nodegraph new`: chains as one operation, or two operands at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

import nodegraph as ng
from nodegraph.cli import main


@pytest.mark.parametrize(("words", "computed"), [([], 2), (["--binary"], 3)])
def test_binary_keeps_two_operands_at_a_time(tmp_path: Path, words: list[str], computed: int) -> None:
    path = tmp_path / "sum.nodegraph"
    assert main(["new", "L = a + b + x**2", "-o", str(path), *words]) == 0
    graph = ng.load(path)
    assert sum(not node.is_leaf for node in graph.nodes()) == computed
    assert ng.run(graph).values["L"] == 3
