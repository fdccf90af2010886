"""More paths than can be written out, on the pages that count them."""

from __future__ import annotations

from typing import Any

from nodegraph.core.building.expression import parse
from nodegraph.core.layout.placement import place_missing


def test_countless_paths_are_told_as_a_power_of_ten(window: Any) -> None:
    doublings = "\n".join(f"n{i} = mean(n{i - 1}, n{i - 1})" for i in range(1, 61))
    graph = parse(f"n0 = x + 1\n{doublings}", x=3)
    graph.apply(place_missing(graph))
    window.document.replace(graph)
    window.show()
    window.commands.actions["view.cost"].trigger()
    said = window.workspace.dock.page("cost").text()
    assert "Paths to n60: about 10^18 from x" in said
    assert "Every path\nabout 10^18" in said
