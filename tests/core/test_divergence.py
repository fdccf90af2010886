"""What a training says when it stops: a rate that was tried, the node at fault, or that it has arrived."""

from __future__ import annotations

import random
import re

import numpy as np
import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.building.network_draft import CROSS_ENTROPY
from nodegraph.core.building.networks import mlp
from nodegraph.core.engine import bounds
from nodegraph.core.engine.bounds import bounds_of
from nodegraph.core.engine.plan import Run
from nodegraph.core.graph.graph import Graph
from nodegraph.core.rows.stages import Stages
from nodegraph.core.training import landscape
from nodegraph.core.training.descent import Training
from nodegraph.core.training.landscape import length_of
from nodegraph.core.training.setup import Setup

XOR = {"x1": [0, 0, 1, 1], "x2": [0, 1, 0, 1], "t": [0, 1, 1, 0]}
SIGNS = {"x1": [-10, 10], "t": [0, 1]}


def finished(
    graph: Graph | str, rate: float, table: object = None, steps: int = 200, **given: float
) -> Training:
    graph = parse(graph, **given) if isinstance(graph, str) else graph
    training = Training(graph, Setup(settings={"rate": rate}, steps=steps), table)
    while not training.is_done:
        training.step()
    return training


def network(sizes: list[int], loss: str = "squared", seed: int = 0, activation: str = "tanh") -> Graph:
    graph = Graph()
    output = "sigmoid" if loss == CROSS_ENTROPY else "linear"
    graph.apply(mlp(graph, sizes, activation, output, loss, seed=seed))
    return graph


# --- the rate
OVERSHOOTING = [
    ("L = (w*x - t)**2", {"w": 1.0, "x": 3.0, "t": 9.0}),
    ("L = w**4 + v**2", {"w": 3.0, "v": 1.0}),
    ("L = (sqrt(a) - 1)**2 + (a - 1)**4", {"a": 9.0}),
    ("L = exp(w*w)", {"w": 1.5}),
    ("L = (w*v*u - 1)**2", {"w": 2.0, "v": 2.0, "u": 2.0}),
    ("L = w**6 - w**2", {"w": 2.0}),
]


@pytest.mark.parametrize(("text", "given"), OVERSHOOTING)
@pytest.mark.parametrize("rate", [2.0, 1e3])
def test_a_suggested_rate_neither_diverges_nor_ends_worse_than_it_began(
    text: str, given: dict[str, float], rate: float
) -> None:
    training = finished(text, rate, **given)
    suggested = re.search(r"Try a learning rate below ([^ ]+)\.( |$)", training.stopped or "")
    assert suggested, training.stopped
    again = finished(text, float(suggested[1].replace("−", "-")), **given)
    assert again.stopped is None or again.has_arrived
    assert again.loss() < again.history.losses[0]


@pytest.mark.parametrize("seed", range(6))
def test_a_suggested_rate_trains_a_network(seed: int) -> None:
    graph = network([2, 4, 1], seed=seed, activation="relu")
    training = finished(graph, random.Random(seed).choice([3.0, 30.0, 1e6]), XOR)
    suggested = re.search(r"Try a learning rate below ([^ ]+)\.( |$)", training.stopped or "")
    assert suggested, training.stopped
    again = finished(graph, float(suggested[1].replace("−", "-")), XOR)
    assert again.stopped is None
    assert again.loss() < again.history.losses[0]


@pytest.mark.parametrize(("rate", "start"), [(0.1, 1.0), (0.01, 1.0), (0.001, 1.0), (1.0, 0.1), (9e-5, 0.1)])
def test_where_no_rate_helps_the_node_is_named_and_none_is_suggested(rate: float, start: float) -> None:
    training = finished("e = log(a); L = 3*e", rate, steps=2000, a=start)
    said = training.stopped or ""
    assert re.search(r"the loss became .*\. e: ln\(−?[0-9.e−]+\) is ", said)
    assert "lead there too: the loss falls all the way to the edge." in said
    assert "Try a learning rate" not in said


def test_a_node_is_named_by_the_row_in_which_it_left_the_numbers() -> None:
    training = finished("p = log(w + x); L = (p - 1)**2", 50.0, {"x": [4.0, 0.2]}, w=20)
    assert re.search(r"p: ln\(−[0-9.]+\) is not a number", training.stopped or "")


# --- arrival
@pytest.mark.parametrize(
    ("text", "given", "rate", "said"),
    [
        ("L = (w*3 - 6)**2", {"w": 2.0}, 0.1, "the loss is 0, the least it can be"),
        ("L = max(0, 1 - w)", {"w": 0.0}, 0.1, "the loss is 0, the least it can be"),
        ("L = (w - 1)**2 + 2", {"w": 3.0}, 0.5, "the loss is 2, the least it can be"),
        ("L = w*w - 5*w", {"w": 3.0}, 0.5, "every gradient is 0, at a minimum of −6.25"),
    ],
)
def test_a_perfect_fit_is_told_as_arrival(text: str, given: dict[str, float], rate: float, said: str) -> None:
    training = finished(text, rate, **given)
    assert training.has_arrived
    assert (training.stopped or "").endswith(f" it has arrived: {said}.")


def test_steps_below_rounding_near_a_minimum_are_told_as_arrival() -> None:
    training = finished("L = (w*3 - 6.1)**2 + (w - 1)**2", 0.02, steps=5000, w=1)
    assert training.has_arrived
    assert "what a step could still change is less than rounding" in (training.stopped or "")


@pytest.mark.parametrize("seed", range(8))
def test_a_cross_entropy_that_is_all_right_is_told_as_arrival_and_not_as_overshooting(seed: int) -> None:
    training = finished(network([1, 1], CROSS_ENTROPY, seed), 1.0, SIGNS)
    assert training.loss() < 1e-3
    assert training.stopped is None or training.has_arrived


def test_a_cross_entropy_whose_loss_is_0_has_arrived() -> None:
    assert (finished(network([1, 1], CROSS_ENTROPY, 1), 1e4, SIGNS).stopped or "").endswith(
        "it has arrived: the loss is 0, the least it can be."
    )


@pytest.mark.parametrize(
    ("text", "given", "said"),
    [
        ("L = (relu(w) - 1)**2", {"w": -1.0}, "every gradient is 0, so nothing changes any more."),
        ("L = w*v", {"w": 0.0, "v": 0.0}, "though the loss is not the smallest: start from other values."),
        ("L = (w*w - 1)**2", {"w": 0.0}, "though the loss is not the smallest: start from other values."),
    ],
)
def test_flat_ground_and_tops_are_no_arrival(text: str, given: dict[str, float], said: str) -> None:
    training = finished(text, 0.1, **given)
    assert not training.has_arrived
    assert (training.stopped or "").endswith(said)


def test_bounds_know_what_operations_can_give() -> None:
    graph = parse("p = sigmoid(w); q = tanh(w)*2 - p; r = w*w/4; s = (w*3)**2; L = min(p, q) + r + s")
    found = {name: bounds_of(graph, name, {}) for name in ("p", "q", "r", "s", "L")}
    inf = float("inf")
    assert found == {"p": (0, 1), "q": (-3, 2), "r": (0, inf), "s": (0, inf), "L": (-3, inf)}


def test_the_length_of_a_tiny_vector_is_not_0() -> None:
    length, unit = length_of(np.array([3e-200, 4e-200]))
    assert length == pytest.approx(5e-200)
    assert unit == pytest.approx([0.6, 0.8])


# --- in pieces
def test_the_search_for_a_rate_goes_on_in_pieces_and_can_be_given_up_after_any() -> None:
    training = Training(network([2, 3, 1]), Setup(settings={"rate": 1e3}), XOR)
    shares: list[float] = []
    while not training.is_done:
        shares = list(training.stepping())
    assert training.stopped is not None
    assert "Try a learning rate below" in training.stopped
    assert len(shares) > 20  # a step on a copy is a piece
    assert all(share < 1 for share in shares[:-1])
    assert shares[-1] == 1


def test_a_search_that_is_given_up_leaves_no_trace() -> None:
    def begun() -> Training:
        return Training(parse("L = (w*x - t)**2", w=1, x=3, t=9), Setup(settings={"rate": 1e3}))

    whole, part = begun(), begun()
    while not whole.is_done:
        whole.step()
    for _ in range(whole.steps_done):
        part.step()
    values, kept = part.values(), part.history_table()[1].tolist()
    search = part.stepping()
    assert next(search) < 1
    search.close()
    assert (part.stopped, part.values(), part.history_table()[1].tolist()) == (None, values, kept)
    part.step()
    assert part.stopped == whole.stopped


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Numbers computed in each piece: nodes times rows of every pass, and nodes of every run of one row."""
    pieces = [0]
    forward, run, combined = Stages.forward, landscape.run, bounds._combined

    def counted_forward(self: Stages, values: np.ndarray, *rest: object, **given: object) -> object:
        pieces[-1] += values.size
        return forward(self, values, *rest, **given)  # type: ignore[arg-type]

    def counted_run(graph: Graph, **given: object) -> object:
        pieces[-1] += len(graph)
        return run(graph, **given)

    def counted_bounds(part: Run, *ends: np.ndarray) -> object:
        pieces[-1] += part.sources.size
        return combined(part, *ends)

    monkeypatch.setattr(Stages, "forward", counted_forward)
    monkeypatch.setattr(landscape, "run", counted_run)
    monkeypatch.setattr(bounds, "_combined", counted_bounds)
    return pieces


def wide(count: int, tail: str) -> Graph:
    """So many products of a weight and x, summed to p."""
    places = range(0, count, 50)
    sums = [" + ".join(f"w{n}*x" for n in range(place, min(place + 50, count))) for place in places]
    parts = "; ".join(f"q{place} = {terms}" for place, terms in zip(places, sums, strict=True))
    return parse(f"{parts}; p = 0 + {' + '.join(f'q{place}' for place in places)}; {tail}")


@pytest.mark.parametrize(
    ("tail", "said"),
    [
        ("L = log(-p) + t", "the loss became NaN"),
        ("L = sqrt(p - p) + t", "became NaN"),
        ("L = relu(-p) + t*t", "every gradient is 0"),
        ("L = (p*1e-9 - t)**2", "no parameter changes any more"),
    ],
)
@pytest.mark.parametrize(("count", "rows"), [(20, 4_000), (2_000, 60)])
def test_why_a_training_stops_is_found_in_pieces_of_bounded_work(
    work: list[int], tail: str, said: str, count: int, rows: int
) -> None:
    table = {"x": np.linspace(0.1, 1, rows), "t": np.linspace(-1, 1, rows)}
    training = Training(wide(count, tail), Setup(settings={"rate": 1e-9}), table)
    while not training.is_done:
        for _ in training.stepping():
            work.append(0)
    assert said in (training.stopped or "")
    assert len(work) >= 3
    assert max(work) <= 700_000


def test_no_node_is_looked_for_in_a_graph_that_is_too_large_for_it(work: list[int]) -> None:
    graph = wide(5_100, "L = log(0 - p - 1)")
    assert len(graph) > 10_000
    training = Training(graph, Setup(steps=1))
    training.step()
    assert (training.stopped or "").startswith("At step 1 the loss became NaN, which is not a number, before")
    assert sum(work) < 3 * len(graph)
