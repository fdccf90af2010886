"""Look for texts in pictures of graphs that lie over each other, on another card or outside the picture.

    python3 scripts/sweeps/pictures.py [--graphs 40] [--pictures 6] [--seed 0]

The examples and random graphs, as cards and as circles, to the right and downwards, in both modes, with
gradients that an earlier pass left, in the middle of a pass and at its end; of random graphs so many of these
pictures, in type of three sizes. Then each step, at the zooms of a window, for numbers on edges that lie over
each other. Ends with status 1 where a text is covered.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPointF, QRectF  # noqa: E402
from PySide6.QtGui import QFontMetricsF, QImage, QPainter  # noqa: E402

import nodegraph as ng  # noqa: E402
from nodegraph.canvas import picture  # noqa: E402
from nodegraph.canvas.drawing import lettering  # noqa: E402
from nodegraph.canvas.drawing.theme import font  # noqa: E402
from nodegraph.canvas.figure import PictureOptions, figure  # noqa: E402
from nodegraph.canvas.scene.extent import roomy  # noqa: E402
from nodegraph.canvas.scene.scene import GraphScene  # noqa: E402
from nodegraph.core.engine.passes import run, run_forward_mode  # noqa: E402
from nodegraph.core.engine.trace import Frame  # noqa: E402
from nodegraph.core.graph.graph import Graph  # noqa: E402
from nodegraph.core.layout.card_size import group_size, node_size  # noqa: E402
from nodegraph.core.layout.placement import place, place_missing  # noqa: E402
from nodegraph.formats import files  # noqa: E402

SLACK = 1.0
SIZES = (1.0, 1.0, 1.2, 1.7)
"""Sizes of type."""
ZOOMS = (1.0, 0.6, 0.44, 0.3)
MOST_CARDS = 60
"""Graphs up to which each step is looked at."""
CHIP_RIM = 7.0
"""How much of a chip holds no text at its left and right."""
NUMBERS = (2.0, -0.5, 3.25, -1.234e-12, 1e-300, 3.5e200, -123456.789, 0.0, -7.000001, 1000.0)
NAMES = ("x", "w", "θ", "T_ambient_celsius", "learning_rate_decay", "x_hat_prime", "b_12")
UNARY = ("tanh({})", "exp({})", "log({})", "{}**2", "relu({})", "1/{}")
BINARY = ("{} + {}", "{}*{}", "{} - {}", "{}/{}")

Text = tuple[str, QRectF]


class Writer:
    """Notes where texts are written, in units of the scene."""

    def __init__(self) -> None:
        self.texts: list[Text] = []

    def write(self, painter: QPainter, start: QPointF, text: lettering.Text) -> None:
        high = QFontMetricsF(font(*text.style)).capHeight()
        place = QRectF(start.x(), start.y() - high, lettering.text_width(text.said, text.style), high)
        if str(text.said).strip():
            self.texts.append((str(text.said), painter.worldTransform().mapRect(place)))


def make(chance: random.Random) -> Graph:
    """Returns a graph of some operations on numbers of many lengths, some of which take one input twice."""
    leaves = [f"{name}{number}" for number, name in enumerate(chance.sample(NAMES, chance.randint(1, 5)))]
    known, lines = list(leaves), []
    for number in range(chance.randint(2, 14)):
        form = chance.choice(UNARY if chance.random() < 0.3 else BINARY)
        lines.append(f"h_{number} = " + form.format(*(chance.choice(known[-6:]) for _ in range(2))))
        known.append(f"h_{number}")
    written = "; ".join(lines)
    values = {name: chance.choice(NUMBERS) for name in leaves if name in written}
    return placed(ng.parse(written, **values))


def placed(graph: Graph) -> Graph:
    """Returns the graph, laid out where it is not."""
    if change := place_missing(graph, node_size):
        graph.apply(change)
    return graph


def in_type(graph: Graph, large: float) -> Graph:
    """Returns the graph, laid out anew where its cards are so many times as large."""
    if large == 1.0:
        return graph
    wide = graph.copy()
    wide.apply(place(wide, None, roomy(node_size, large), roomy(group_size, large)))
    return wide


def frames(graph: Graph) -> Iterator[tuple[str, Frame]]:
    """Yields the frames that are looked at, each with what it is."""
    trace = run(graph)
    middle = (trace.forward_steps + trace.step_count) // 2
    for position in sorted({trace.forward_steps, middle, trace.step_count}):
        yield f"step {position}", trace.frame(position)
    inputs = [node for node in graph.nodes() if node.op == "input"]
    if inputs:
        forward = run_forward_mode(graph, inputs[len(inputs) // 2].id)
        yield "forward mode", forward.frame(forward.step_count)
    if trace.output:
        left = {node.id: slope for node in inputs if (slope := trace.gradient(node.id)) is not None}
        again = run(graph, left=left)
        yield "backward again", again.frame(again.step_count)


def texts(scene: GraphScene) -> list[Text]:
    """Returns the texts of a picture with their places."""
    writer, probe = Writer(), QImage(1, 1, QImage.Format.Format_RGB32)
    with QPainter(probe) as painter, lettering.written_by(writer):
        whole = picture.content_of(scene).adjusted(-3000, -3000, 3000, 3000)
        scene.render(painter, whole, whole)
    return writer.texts


def faults(scene: GraphScene, options: PictureOptions) -> list[str]:
    """Returns a line for each text that is covered or outside."""
    found, area, written = [], picture.area_of(scene, options), texts(scene)
    found += [f"“{text}” leaves the picture" for text, place in written if not area.contains(place)]
    for (one, first), (other, second) in itertools.combinations(written, 2):
        if is_large(first.intersected(second), SLACK):
            found.append(f"“{one}” and “{other}” lie over each other")
    for item in scene.items_by_id.values():
        card = item.card.adjusted(-SLACK, -SLACK, SLACK, SLACK)
        for text, box in written:
            if item.isVisible() and is_large(box.intersected(card), 3 * SLACK) and not card.contains(box):
                found.append(f"“{text}” lies partly on {item.node.name}")
    return found


def judge_steps(graph: Graph) -> tuple[int, list[str]]:
    """Returns how many steps were looked at, at each zoom, and where chips cover the text of others."""
    seen, found, trace = 0, [], run(graph)
    for direction, zoom in itertools.product((None, "top-to-bottom"), ZOOMS):
        scene = picture.scene_to_draw(graph, trace.frame(0), figure(direction=direction, highlight=True))
        chips, layer = scene.showing.chips, scene.chip_layer
        chips.see_at(zoom)
        for position in range(1, trace.step_count + 1):
            scene.set_frame(trace.frame(position))
            seen += 1
            keys = layer.chipped(scene.drawn_rect(), zoom)
            said = [label for key in keys for label in layer.worded_labels(key)]
            for (one, first), (other, second) in itertools.combinations(said, 2):
                if is_large(first.intersected(second), CHIP_RIM * chips.scale):
                    where = f"step {position}, {direction or 'as placed'}, zoom {zoom:g}"
                    found.append(f"{where}: chips “{one}” and “{other}” lie over each other")
    return seen, found


def is_large(common: QRectF, slack: float) -> bool:
    """Whether what two places share can be seen."""
    return common.width() > slack and common.height() > slack


def judge(
    graph: Graph, chance: random.Random | None = None, most: int | None = None
) -> tuple[int, list[str]]:
    """Returns how many pictures of a graph were looked at, and their faults: of all pictures in usual type,
    or of some that chance chooses.
    """
    seen, found = 0, []
    asked = list(itertools.product(frames(graph), ("cards", "compact"), (None, "top-to-bottom")))
    for (what, frame), notation, direction in chance.sample(asked, most) if chance and most else asked:
        large = chance.choice(SIZES) if chance else 1.0
        plain = figure(notation=notation, direction=direction, highlight=True)
        options = replace(plain, text_scale=large)
        try:
            scene = picture.scene_to_draw(in_type(graph, large), frame, options)
        except ng.Refused:
            continue
        seen += 1
        where = f"{what}, {notation}, {direction or 'as placed'}, type {large:g}"
        found += [f"{where}: {fault}" for fault in faults(scene, options)]
    return seen, found


def main(arguments: Sequence[str]) -> int:
    """Look at the examples and so many random graphs; 1 where a text is covered."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--graphs", type=int, default=40)
    parser.add_argument("--pictures", type=int, default=6)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args(arguments)
    picture.ensure_application()
    sources = {str(path.stem): path for path in sorted((ROOT / "resources/examples").rglob("*.nodegraph"))}
    seen = wrong = 0
    for name in [*sources, *range(asked.graphs)]:
        if isinstance(name, str):
            graph = placed(files.load(sources[name]))
            count, found = judge(graph)
        else:
            chance = random.Random(f"{asked.seed} {name}")
            graph = make(chance)
            count, found = judge(graph, chance, asked.pictures)
        if len(graph) <= MOST_CARDS:
            steps, covered = judge_steps(graph)
            count, found = count + steps, found + covered
        seen, wrong = seen + count, wrong + len(found)
        for line in found[:8]:
            print(f"{name}: {line}", flush=True)
    print(f"{seen} pictures and steps, {wrong} texts covered or outside.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
