"""Training on a table of a million cells: the data are there once, and no step copies them."""

from __future__ import annotations

import tracemalloc

import numpy as np

from nodegraph.core.building.expression import parse
from nodegraph.core.training.bindings import take_table
from nodegraph.core.training.descent import Training
from nodegraph.core.training.setup import Setup
from nodegraph.core.training.tables import Table


def test_a_step_over_many_rows_takes_less_room_than_the_data() -> None:
    drawn = np.random.default_rng(1).normal(size=(10, 100_000))
    graph = parse("L = (" + " + ".join(f"w{n}*c{n}" for n in range(9)) + " + b - c9)**2")
    graph.apply(take_table(graph, Table("", tuple((f"c{n}", column) for n, column in enumerate(drawn)))))
    training = Training(graph, Setup(settings={"rate": 0.01}, steps=10))
    training.step()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for _ in range(3):
            training.step()
        kept, most = (size - before for size in tracemalloc.get_traced_memory())
    finally:
        tracemalloc.stop()
    assert most < drawn.nbytes
    assert kept < drawn.nbytes / 100
