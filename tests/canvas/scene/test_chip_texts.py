"""What a chip says is kept while a frame is shown, and no longer."""

from __future__ import annotations

import pytest

from nodegraph.canvas.drawing.theme import LIGHT
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.engine.passes import run
from nodegraph.core.explain.edge_words import Form, text_of
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout.placement import place


@pytest.mark.usefixtures("qapp")
def test_what_a_chip_says_in_full_is_that_of_the_frame_that_is_shown(seed_graph: Graph) -> None:
    seed_graph.apply(place(seed_graph))
    scene, trace = GraphScene(seed_graph, LIGHT), run(seed_graph)
    chips, said = scene.showing.chips, set()
    for position in (*range(len(trace.steps) + 1), 3, 9):
        frame = trace.frame(position)
        scene.set_frame(frame)
        for _ in range(2):
            for key in scene.edge_layer.rows.keys:
                assert chips.text(frame, key, in_full=True) == text_of(frame, key, Form())
                said.add((key, chips.text(frame, key, in_full=True)))
    assert len(said) > 2 * len(scene.edge_layer.rows)
