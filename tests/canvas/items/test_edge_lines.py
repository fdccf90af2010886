"""Edges that look alike are drawn one after another."""

from __future__ import annotations

import numpy as np
import pytest

from nodegraph.canvas.items.edge_lines import Alike


@pytest.mark.parametrize("count", [0, 1, 7, 300])
def test_each_edge_stands_with_those_that_look_like_it_in_the_order_in_which_it_came(count: int) -> None:
    chance = np.random.default_rng(count)
    looks = chance.integers(0, 5, 400).astype(np.int8)
    numbers = np.sort(chance.choice(400, count, replace=False))
    alike = Alike.of(numbers, looks)
    wanted = [
        (look, numbers[looks[numbers] == look].tolist()) for look in sorted(set(looks[numbers].tolist()))
    ]
    assert [(look, alike.numbers[first:end].tolist()) for look, first, end in alike.runs] == wanted
