"""What the engine takes beside its peers, in one run: measured in turn, the best of many, told as ratios.

Each figure has a goal where there is one. Times of one machine say little; ratios within one run say more.
"""

from __future__ import annotations

import importlib.util
import math
import platform
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np

from nodegraph.core.building import shapes
from nodegraph.core.building.shapes import Shape
from nodegraph.core.engine.batch import Batch, mean_of
from nodegraph.core.engine.passes import run
from nodegraph.core.engine.plan import Plan, compile_plan
from nodegraph.core.engine.program import Program
from nodegraph.formats.disk import compiled
from scripts import peers

LARGEST_SIZE = 10_000_000
BUDGET_S = 1.2
"""For the comparison of one step with its peers."""
CALLS = 5
"""Steps in a row, as a training takes them: caches are warm."""
GOALS = {"random": 1.4, "mlp": 1.4, "wide": 1.0, "chain": 0.9}
"""At least so many times as fast as casadi, up to 100,000 nodes; `GOAL_OF_A_MILLION` beyond."""
GOAL_OF_A_MILLION = {"random": 1.3, "mlp": 1.3, "wide": 1.0, "chain": 0.9}
MEAN_GOAL, SLOW_PEERS_GOAL = 2.0, 100.0
ROW_GOALS = {32: 1.5, 1_000: 2.0}


@dataclass(frozen=True)
class Figure:
    """One number, and what it is to be: at least the goal, or at most."""

    name: str
    value: float
    unit: str = "×"
    goal: float | None = None
    at_least: bool = True

    @property
    def is_reached(self) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        if self.goal is None:
            return None
        return self.value >= self.goal if self.at_least else self.value <= self.goal

    @property
    def line(self) -> str:
        """The figure for a terminal."""
        goal = ""
        if self.goal is not None:
            word = "at least" if self.at_least else "at most"
            goal = f"   {word} {self.goal:g}: {'reached' if self.is_reached else 'NOT reached'}"
        return f"{self.name:<46}{self.value:>12,.2f} {self.unit:<10}{goal}"


def missing_peers() -> list[str]:
    """Which of the peers that are needed are not installed."""
    return [name for name in peers.NEEDED if importlib.util.find_spec(name) is None]


def side_by_side(
    works: Sequence[Callable[[], object]],
    budget_s: float = BUDGET_S,
    clock: Callable[[], float] = time.process_time,
) -> list[float]:
    """The shortest time of a call of each, taken in turn: some calls in a row, then the next one's.

    By the processor's `clock`, so that programs which have their turn meanwhile do not count; what runs in
    threads of its own takes another.
    """
    shortest, started = [math.inf] * len(works), time.perf_counter()
    rounds = 0
    while rounds < 2 or time.perf_counter() - started < budget_s:
        for place, work in enumerate(works):
            begun = clock()
            for _ in range(CALLS):
                work()
            took = (clock() - begun) / CALLS
            if took > 0:  # the clock of a virtual machine stands still at times
                shortest[place] = min(shortest[place], took)
        rounds += 1
    return shortest


def shape_of(kind: str, size: int) -> Shape:
    """A shape of about this size; a network is written out over as many rows as that takes."""
    if kind != "mlp":
        return shapes.SHAPES[kind](size, 1)
    sizes = (2, 16, 16, 1)
    weights, more = (shapes.count_mlp_shape(sizes, rows)[0] for rows in (1, 2))
    return shapes.mlp_shape(sizes, max(1, round((size - weights) / (more - weights)) + 1), 1)


def program_of(shape: Shape) -> tuple[Program, np.ndarray, Plan]:
    """Ours, made of arrays, with the values of its leaves."""
    plan = Plan.from_arrays(shapes.OPS, shape.codes, shape.starts, shape.sources)
    leaves = shape.values[[int(node_id) for node_id in plan.ids[: plan.leaves]]]
    return Program(plan, plan.number[str(len(shape) - 1)]), leaves, plan


def step_figures(kind: str, size: int) -> list[Figure]:
    """One shape at one size beside the peers, forward and backward to all inputs."""
    shape = shape_of(kind, size)
    program, leaves, _ = program_of(shape)
    count, name = len(shape), f"{kind} {len(shape):,}"
    names = ["casadi"] if size <= peers.LARGEST["casadi"] else []
    floor = floor_of(program) if kind in ("random", "mlp") else None
    works = [lambda: program.step(leaves), floor or int, *(peers.STEPS[peer](shape) for peer in names)]
    step_s, floor_s, *times = side_by_side(works)
    found = [Figure(f"{name}: a step", step_s / count * 1e9, "ns/node")]
    goals = GOALS if size <= 100_000 else GOAL_OF_A_MILLION
    for peer, took in zip(names, times, strict=True):
        found.append(Figure(f"{name}: faster than {peer}", took / step_s, goal=goals[kind]))
    for peer in peers.NAMES:
        if peer != "casadi" and size <= peers.LARGEST[peer] and importlib.util.find_spec(peer):
            took = min(side_by_side([peers.STEPS[peer](shape)], 0.0))
            found.append(Figure(f"{name}: faster than {peer}", took / step_s, goal=SLOW_PEERS_GOAL))
    if floor is not None:
        goal = 1.5 if size <= 100_000 else 2.5
        found.append(Figure(f"{name}: of the gather+scatter floor", step_s / floor_s, "×", goal, False))
    return found


def floor_of(program: Program) -> Callable[[], object] | None:
    """What reads every source, forward and backward, and adds to it, which no engine of this kind can do
    without. None where numba is not installed.
    """
    if not compiled.can_compile():
        return None
    from numba import njit

    @njit
    def gather(sources: Any, values: Any) -> float:
        total = 0.0
        for edge in range(len(sources)):
            total += values[np.uint64(sources[edge])]
        return total

    @njit
    def scatter(sources: Any, values: Any, gradients: Any) -> None:
        for edge in range(len(sources)):
            source = np.uint64(sources[edge])
            gradients[source] += values[source]

    values, gradients = program._values, program._gradients

    def work() -> None:
        gather(program.sources, values)
        scatter(program.sources, values, gradients)

    work()
    return work


def plan_figures(size: int) -> list[Figure]:
    """What a plan of a graph takes, and the numbers of a frame late in the backward pass."""
    graph = shapes.graph_of(shapes.random_shape(size, 1))
    trace = run(graph)

    def frame() -> None:
        shown = trace.frame(len(trace.steps) * 3 // 4)
        assert len(shown.reached) == len(shown.sums)
        assert len(shown.carried)

    works: Sequence[Callable[[], object]] = (lambda: compile_plan(graph), frame)
    plan, numbers = (side_by_side([work])[0] / size * 1e6 for work in works)
    return [
        Figure(f"random {size:,}: graph to plan", plan, "µs/node", 8.0, False),
        Figure(f"random {size:,}: the numbers of a frame", numbers, "µs/node", 0.5, False),
    ]


def row_figures(kind: str, rows: int) -> list[Figure]:
    """A graph of 1,000 nodes over rows of data, beside casadi's map."""
    shape = shape_of(kind, 1_000)
    program, leaves, plan = program_of(shape)
    data = leaves[:, None] + np.random.default_rng(1).normal(size=(len(leaves), rows)) * 0.1
    batch = Batch(plan, int(program.numbers[program.output]), range(plan.leaves), range(plan.leaves))
    order = [int(node_id) for node_id in plan.ids[: plan.leaves]]
    theirs = np.empty_like(data)
    theirs[order] = data
    times = side_by_side(
        [lambda: mean_of(batch.parts(leaves, data)), peers.casadi_rows(shape, theirs)], BUDGET_S
    )
    name = f"{kind} {len(shape):,} over {rows:,} rows"
    return [
        Figure(f"{name}: a step", times[0] / len(shape) / rows * 1e9, "ns/node"),
        Figure(f"{name}: faster than casadi", times[1] / times[0], goal=ROW_GOALS[rows]),
    ]


def network_figures(rows: int = 10_000) -> list[Figure]:
    """A 2-6-3-1 network over rows of data, beside the step that one writes in numpy."""
    shape = shapes.mlp_shape((2, 6, 3, 1), 1, 1)
    program, leaves, plan = program_of(shape)
    bound = [plan.number[str(place)] for place in np.flatnonzero(shape.data)]
    trained = [place for place in range(plan.leaves) if place not in bound]
    data = np.random.default_rng(1).normal(size=(3, rows))
    batch = Batch(plan, int(program.numbers[program.output]), trained, bound)
    ours, by_hand = side_by_side([lambda: mean_of(batch.parts(leaves, data)), network_by_hand(rows)])
    return [Figure(f"2-6-3-1 over {rows:,} rows: of numpy by hand", ours / by_hand, "×", 2.0, False)]


def network_by_hand(rows: int) -> Callable[[], object]:
    """The step of the 2-6-3-1 network as one writes it in numpy, a matrix to each layer."""
    pick = np.random.default_rng(1)
    sizes = (2, 6, 3, 1)
    weights = [pick.normal(size=shape) for shape in zip(sizes[1:], sizes, strict=False)]
    biases = [np.zeros((size, 1)) for size in sizes[1:]]
    x, y = pick.normal(size=(2, rows)), pick.normal(size=(1, rows))

    def step() -> object:
        layers = [x]
        for weight, bias in zip(weights, biases, strict=True):
            layers.append(np.tanh(weight @ layers[-1] + bias))
        upstream, gradients = 2 * (layers[-1] - y) / rows, []
        for weight, before, after in zip(weights[::-1], layers[-2::-1], layers[:0:-1], strict=True):
            upstream = upstream * (1 - after**2)
            gradients.append((upstream @ before.T, upstream.sum(axis=1)))
            upstream = weight.T @ upstream
        return float(np.mean((layers[-1] - y) ** 2)), gradients

    return step


def measured(sizes: Sequence[int], kinds: Sequence[str], told: Callable[[Figure], None]) -> list[Figure]:
    """All figures, each told as soon as it is there."""
    compiled.load()
    found: list[Figure] = []

    def keep(figures: Sequence[Figure]) -> None:
        for figure in figures:
            told(figure)
        found.extend(figures)

    for kind in kinds:
        for size in sizes:
            keep(step_figures(kind, size))
    ratios = [
        figure.value
        for figure in found
        if figure.name.startswith(("random", "mlp")) and figure.name.endswith("casadi")
    ]
    if ratios:
        mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
        keep([Figure("random and mlp: geometric mean over casadi", mean, goal=MEAN_GOAL)])
    for kind in [kind for kind in kinds if kind in ("random", "mlp")]:
        for rows in ROW_GOALS:
            keep(row_figures(kind, rows))
    keep(network_figures())
    keep(plan_figures(min(100_000, max(sizes))))
    return found


def as_record(figures: Sequence[Figure]) -> dict[str, Any]:
    """All figures with the machine and the versions, for programs."""
    packages = ("numpy", "numba", "networkx", "jax", *peers.NAMES)
    return {
        "machine": {"system": platform.platform(), "processor": platform.machine()},
        "versions": {"python": platform.python_version()} | {name: _version(name) for name in packages},
        "figures": [asdict(figure) | {"reached": figure.is_reached} for figure in figures],
    }


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
