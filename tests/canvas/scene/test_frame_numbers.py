"""What a frame says of each node is the same whether it was found for it or taken over from another frame."""

from __future__ import annotations

import random

import numpy as np
import pytest

from nodegraph.canvas.scene.frame_numbers import FrameNumbers
from nodegraph.core.building.shapes import graph_of, random_shape
from nodegraph.core.engine.passes import run
from nodegraph.core.engine.steps_between import differing_nodes


@pytest.mark.parametrize("share", [0.05, 1.0])
@pytest.mark.parametrize("shows_marks", [False, True])
def test_what_is_taken_over_from_another_frame_is_what_this_one_says(share: float, shows_marks: bool) -> None:
    trace, chance = run(graph_of(random_shape(60, seed=3))), random.Random(5)
    ids = list(trace.plan.ids)
    numbers = FrameNumbers(trace.frame(0), shows_marks)
    for _ in range(60):
        for node_id in chance.sample(ids, int(share * len(ids))):
            numbers.seen(node_id)
        frame, earlier = trace.frame(chance.randrange(len(trace.steps) + 1)), numbers
        numbers, alone = FrameNumbers(frame, shows_marks), FrameNumbers(frame, shows_marks)
        numbers.take(earlier)
        asked = {*earlier._nodes, *chance.sample(ids, 5)}
        assert {i: numbers.seen(i) for i in asked} == {i: alone.seen(i) for i in asked}
        assert {i: numbers.of(i).arrived for i in asked} == {i: alone.of(i).arrived for i in asked}


def test_what_differs_is_found_for_whichever_frame_is_asked_of() -> None:
    trace = run(graph_of(random_shape(60, seed=3)))
    numbers = FrameNumbers(trace.frame(trace.forward_steps + 9), shows_marks=False)
    for position in (3, trace.forward_steps, 3, trace.forward_steps + 2):
        wanted = differing_nodes(trace.frame(position), trace.frame(trace.forward_steps + 9))
        for _ in range(2):
            found = numbers.differing_from(trace.frame(position))
            assert wanted is not None
            assert found is not None
            assert np.array_equal(found, wanted)
    another = run(graph_of(random_shape(60, seed=3)))
    assert numbers.differing_from(None) is numbers.differing_from(another.frame(3)) is None
