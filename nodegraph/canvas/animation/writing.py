"""Writes a film into the bytes of a file, piece by piece: drawn here, packed wherever the caller wishes.

There are at most two pictures in memory: the one that is drawn, and the one before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterator
from functools import partial
from typing import Any, TypeAlias

import numpy as np
from PySide6.QtGui import QColor, QImage

from nodegraph.canvas import picture
from nodegraph.canvas.animation.encoders import Encoder, Order
from nodegraph.canvas.animation.film import Film, PassesFilm, fitting
from nodegraph.canvas.animation.formats import AnimationFormat, Moving, demand
from nodegraph.canvas.animation.palette import Pixels, counted
from nodegraph.canvas.animation.schedule import Pace
from nodegraph.canvas.animation.training_film import TrainingFilm, course_of
from nodegraph.canvas.drawing.theme import Theme
from nodegraph.canvas.figure import PictureOptions
from nodegraph.core.engine.passes import run
from nodegraph.core.graph.graph import Graph
from nodegraph.formats import native

LOOKING = 0.04
"""The share of the time that it takes to find the colours."""
Work: TypeAlias = Callable[[], Any]
"""Something that another thread may do, without a widget or a scene."""
Writing: TypeAlias = Generator["float | Work", Any, bytes]
"""Yields the share that is done, or work whose result it is sent. Who closes it gives it up; it returns the
bytes of the file.
"""


def writing(film: Film, kind: AnimationFormat, graph: Graph) -> Writing:
    """Write a film as a file that carries its graph. Raises Refused where the format cannot hold it."""
    pace, transparent = film.timing.pace, film.options.transparent
    demand(kind, pace.fps, transparent=transparent)
    if kind.is_even:
        film.make_even()
    seen: Counter[int] = Counter()
    if kind.has_palette:
        yield from _look(film, seen)
    order = Order(
        film.size, pace.fps, pace.loop, native.write(graph), transparent, seen, _exact(film.scene.theme)
    )
    encoder: Encoder = yield partial(kind.encoder, order)
    try:
        yield from _take(film, encoder, kind.ticks or pace.fps)
        data: bytes = yield encoder.finish
    finally:
        encoder.close()
    return data


def written(film: Film, kind: AnimationFormat, graph: Graph) -> bytes:
    """Returns a film as a file that carries its graph. Raises Refused where the format cannot hold it."""
    task = writing(film, kind, graph)
    given = next(task)
    while True:
        try:
            given = task.send(given()) if callable(given) else next(task)
        except StopIteration as done:
            data: bytes = done.value
            return data


def animation_bytes(graph: Graph, kind: AnimationFormat, options: PictureOptions, moving: Moving) -> bytes:
    """Returns both passes of a graph, or its training, as the file of an animation that carries it. Needs no
    window. Raises Refused for what cannot be drawn or written.
    """
    demand(kind, moving.fps, transparent=options.transparent)
    application = picture.ensure_application()
    trace = run(graph)
    if not moving.is_sized:
        options = fitting(graph, options, None if moving.training else trace)
    pace = Pace(moving.fps, moving.speed, *moving.hold, moving.loop)
    film: Film
    if moving.training:
        film = TrainingFilm(graph, course_of(graph), options, pace)
    else:
        film = PassesFilm(graph, trace, options, pace)
    data = written(film, kind, graph)
    del film, application  # fonts and painting needed it until here
    return data


def _look(film: Film, seen: Counter[int]) -> Iterator[float | Work]:
    samples = list(film.samples())
    for number, moment in enumerate(samples):
        for _piece in film.drawing(moment):
            yield LOOKING * number / len(samples)
        yield lambda: seen.update(counted(_pixels(film.image)))


def _take(film: Film, encoder: Encoder, ticks: int) -> Iterator[float | Work]:
    before: Pixels | None = None
    for moment, shown in film.timing.in_ticks(ticks):
        share = LOOKING + (1 - LOOKING) * float(moment.start / film.timing.total)
        for _piece in film.drawing(moment):
            yield share
        now = _pixels(film.image)
        yield partial(encoder.add, now, before, shown)
        before = now.copy()


def _pixels(image: QImage) -> Pixels:
    """Returns the pixels of an image where they lie."""
    whole = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.bytesPerLine() // 4)
    pixels: Pixels = whole[:, : image.width()]
    return pixels


def _exact(theme: Theme) -> tuple[int, ...]:
    """Returns the colours of a theme, as pixels."""
    named = (QColor(colour) for colour in vars(theme).values() if str(colour).startswith("#"))
    return tuple(colour.rgb() & 0xFFFFFF for colour in named)
