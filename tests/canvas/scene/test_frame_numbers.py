"""What is found out of one frame and kept for the next is what the next one says."""

from __future__ import annotations

import random

import pytest

from nodegraph.canvas.scene.frame_numbers import FrameNumbers
from nodegraph.core.building.shapes import graph_of, random_shape
from nodegraph.core.engine.passes import run


@pytest.mark.parametrize("asked", [3, 60])
def test_what_is_taken_over_from_another_frame_is_what_this_one_says(asked: int) -> None:
    """Where few cards were asked for, more differ than are known; where many were, it is the other way."""
    trace, chance = run(graph_of(random_shape(60, seed=2))), random.Random(asked)
    position, kept, taken = 0, FrameNumbers(None, shows_marks=True), 0
    for _ in range(60):
        near = position + chance.choice([-2, -1, 1, 2])
        position = max(0, min(chance.choice([near, chance.randrange(len(trace.steps))]), len(trace.steps)))
        now = FrameNumbers(trace.frame(position), shows_marks=True)
        now.take(kept)
        kept, fresh = now, FrameNumbers(trace.frame(position), shows_marks=True)
        taken += len(now._nodes)
        for node_id in chance.sample(list(trace.nodes), asked):
            assert repr(now.of(node_id)) == repr(fresh.of(node_id))
            assert now.seen_small(node_id) == fresh.seen_small(node_id)
            assert now.trouble_of_node(node_id) == fresh.trouble_of_node(node_id)
    assert taken > 60
