"""How long each kind of picture takes to be written, beside the PNG of the same graph in the same run.

Measured is the time of the processor, best of several rounds that are taken in turn. An animation stands
beside the time that it plays.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from nodegraph import resources
from nodegraph.canvas import picture
from nodegraph.canvas.animation.film import fitting
from nodegraph.canvas.animation.formats import ANIMATIONS
from nodegraph.canvas.animation.schedule import Pace
from nodegraph.canvas.animation.training_film import TrainingFilm, course_of
from nodegraph.canvas.animation.writing import written
from nodegraph.canvas.exporters import EXPORTERS
from nodegraph.canvas.figure import PictureOptions
from nodegraph.core.building import shapes
from nodegraph.core.engine.passes import run
from nodegraph.core.graph.graph import Graph
from nodegraph.formats import files

LARGE = 1_000
SEED_GOALS = {".svg": 1.0, ".pdf": 1.0, ".html": 1.0, ".tex": None}
"""The most that a picture of the seed may take of the time of its PNG."""
LARGE_GOALS = {".svg": 3.0, ".pdf": None, ".html": None}
"""The same of a graph of a thousand nodes."""


@dataclass(frozen=True)
class Figure:
    """A time and what it is beside another, with the most that it is to be."""

    title: str
    milliseconds: float
    size: int
    ratio: float | None = None
    goal: float | None = None

    @property
    def line(self) -> str:
        """One line of the table."""
        beside = "" if self.ratio is None else f"{self.ratio:8.2f} ×"
        goal = "" if self.goal is None else f"at most {self.goal:g}"
        missed = self.goal is not None and self.ratio is not None and self.ratio > self.goal
        return f"{self.title:32}{self.milliseconds:10,.0f} ms{self.size:13,} bytes{beside:>11}  {goal}" + (
            "  NOT reached" if missed else ""
        )


def measured(rounds: int, told: Callable[[Figure], None]) -> list[Figure]:
    """Measure all of it, and tell each figure as it is known."""
    application = picture.ensure_application()
    found: list[Figure] = []
    seed = files.load(resources.path("examples", "seed", "seed-L.nodegraph"))
    large = shapes.graph_of(shapes.random_shape(LARGE, 3), placed=True)
    for name, graph, goals, scale in (
        ("seed", seed, SEED_GOALS, 2.0),
        (f"{LARGE:,} nodes", large, LARGE_GOALS, 1.0),
    ):
        for figure in _of_graph(name, graph, goals, PictureOptions(scale=scale), rounds):
            found.append(figure)
            told(figure)
    found.append(_of_training())
    told(found[-1])
    del application  # fonts and painting needed it until here
    return found


def _of_graph(
    name: str, graph: Graph, goals: dict[str, float | None], options: PictureOptions, rounds: int
) -> list[Figure]:
    frame, best, sizes = run(graph).last_frame, dict[str, float](), dict[str, int]()
    for _round in range(rounds):
        for suffix in (".png", *goals):
            begin = time.process_time()
            sizes[suffix] = len(EXPORTERS[suffix].write(graph, frame, options))
            best[suffix] = min(best.get(suffix, float("inf")), time.process_time() - begin)
    return [
        Figure(f"{name}, {suffix[1:]}", 1000 * spent, sizes[suffix], spent / best[".png"], goals.get(suffix))
        for suffix, spent in best.items()
    ]


def _of_training() -> Figure:
    """The training of XOR, 300 steps, as GIF, beside the time that it plays."""
    graph = files.load(resources.path("examples", "networks", "xor-2-4-1.nodegraph"))
    begin = time.process_time()
    film = TrainingFilm(graph, course_of(graph), fitting(graph, PictureOptions()), Pace())
    size = len(written(film, ANIMATIONS[".gif"], graph))
    spent = time.process_time() - begin
    return Figure("training of XOR, gif", 1000 * spent, size, spent / float(film.timing.total), 1.0)
