"""A portrait of a training at one step: the answers over the data with their boundary, and how weights and
gradients are spread. Made in another thread from plain data; knows no widget.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nodegraph.core.stage.boundary import Field, Grid, Subject, subject_of
from nodegraph.core.stage.gradients import Gradients
from nodegraph.core.stage.layers import Histogram, Layer, layers_of, spread
from nodegraph.core.training.answers import Answer, Snapshot

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Known:
    """What is known of a graph: what can be drawn over its data, its gradients, and its layers; all None or
    empty where it has none.
    """

    subject: Subject | None = None
    gradients: Gradients | None = None
    layers: tuple[Layer, ...] = ()


def learn(graph: Snapshot, columns: Mapping[str, Array]) -> Known:
    """Returns what is to be known of a graph whose inputs take these columns, by id."""
    subject = subject_of(graph, columns)
    if not graph.is_computed:
        return Known(subject)
    gradients = Gradients(graph, columns)
    if not gradients.ids:
        return Known(subject)
    features = subject.features if subject is not None else ()
    return Known(subject, gradients, layers_of(graph.plan, gradients.ids, features))


@dataclass(frozen=True, eq=False)
class Sketch:
    """What a portrait is made from: the subject, its axes (one or two of its features) and the answers that
    are shown, ready for any values.
    """

    subject: Subject
    grid: Grid
    axes: tuple[str, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True, eq=False)
class Spreads:
    """How the parameters and their gradients are spread, by the title of their layer."""

    weights: Mapping[str, Histogram]
    gradients: Mapping[str, Histogram]


@dataclass(frozen=True, eq=False)
class Rival:
    """Values of inputs, by id, that others are compared with, and what they are called."""

    title: str
    values: Mapping[str, float]


@dataclass(frozen=True, eq=False)
class Compared:
    """The answers at the values of a rival, and over two axes the boundary as lines, of shape (points, 2)
    with NaN between one line and the next: in one piece they can be dashed.
    """

    title: str
    field: Field
    lines: Array


@dataclass(frozen=True, eq=False)
class Portrait:
    """At these values: the answers over the sketch's grid; the boundary as pairs of places, of shape
    (2 · pieces, axes); the spreads, and what it is compared with, where they were asked for.
    """

    sketch: Sketch | None
    field: Field | None
    boundary: Array
    spreads: Spreads | None
    compared: Compared | None = None


def sketched(known: Known, axes: Sequence[str], answer: int) -> Sketch | None:
    """Returns what a portrait is made from, over the features that are wanted, or else the first two, and the
    answer at this place where they are numbers; None where there are no data.
    """
    subject = known.subject
    if subject is None or not subject.columns:
        return None
    axes = axes_of(subject, axes)
    answers = subject.answers
    if subject.kind != "classes":
        answers = (answers[answer if answer < len(answers) else 0],)
    return Sketch(subject, Grid(subject, axes, answers=answers), axes, answers)


def axes_of(subject: Subject, wanted: Sequence[str]) -> tuple[str, ...]:
    """Returns those of the wanted features that there are, or else the first two."""
    return tuple(axis for axis in wanted if axis in subject.features) or subject.features[:2]


def portray(
    known: Known,
    sketch: Sketch | None,
    values: Mapping[str, float],
    *,
    spreads: bool,
    rival: Rival | None = None,
) -> Portrait:
    """Returns the portrait at these values of inputs, by id, with spreads and a rival or without."""
    field, boundary, compared = None, np.zeros((0, 2)), None
    if sketch is not None:
        field = sketch.grid.field(values)
        boundary = boundary_of(sketch, field)
    if sketch is not None and rival is not None:
        other = sketch.grid.field(rival.values)
        compared = Compared(rival.title, other, lines_of(sketch, other))
    found = None
    if spreads and known.gradients is not None:
        parameters, gradients = known.gradients.parameters(values), known.gradients.at(values).gradients
        found = Spreads(spread(known.layers, parameters), spread(known.layers, gradients))
    return Portrait(sketch, field, boundary, found, compared)


def boundary_of(sketch: Sketch, field: Field) -> Array:
    """Returns where classes meet: two answers are equal, or one is at its level."""
    pieces = [contour(values, level, field.spans) for values, level in _surfaces(sketch, field)]
    found = np.concatenate([np.zeros((0, len(field.spans))), *pieces])
    if field.breaks is None:
        return found
    (low, high), count = field.spans[0], field.values.shape[1]
    cells = np.floor((found[:, 0] - low) / (high - low) * count - 0.5).astype(np.intp)
    return found[~field.breaks.any(axis=0)[cells.clip(0, count - 2)]]  # nothing is equal at a pole


def lines_of(sketch: Sketch, field: Field) -> Array:
    """Returns the same over two axes as lines, of shape (points, 2), NaN between them; over one none."""
    lines = [np.zeros((0, 2))]
    for values, level in _surfaces(sketch, field) if len(field.spans) == 2 else []:
        for line in _isolines(values, level, is_joined=True):
            lines += [_in_spans(line, values, field.spans), np.full((1, 2), np.nan)]
    return np.concatenate(lines)


def _surfaces(sketch: Sketch, field: Field) -> list[tuple[Array, float]]:
    """The numbers over the grid that are at a level where classes meet."""
    if sketch.subject.kind == "classes":
        return [(lead, 0.0) for lead in field.leads()]
    level = sketch.answers[0].level
    return [(field.values[0], level)] if level is not None else []


def contour(values: Array, level: float, spans: Sequence[tuple[float, float]]) -> Array:
    """Returns where values over a grid are at a level: of two axes pieces of lines, of shape (2 · pieces, 2);
    of one axis the places, of shape (places, 1).
    """
    if values.ndim == 1:
        return _crossings(values, level, *spans[0])
    pieces = _isolines(values, level, is_joined=False)
    found = _in_spans(np.array(pieces, dtype=np.float64).reshape(-1, 2), values, spans)
    is_whole = np.isfinite(found).all(axis=1).reshape(-1, 2).all(axis=1)
    return found[np.repeat(is_whole, 2)]


def _isolines(values: Array, level: float, *, is_joined: bool) -> list[Any]:
    """Lines at a level, as pairs of places in cells, or joined."""
    from pyqtgraph.functions import isocurve  # loads a library that the window waits for elsewhere

    with np.errstate(invalid="ignore"):
        found: list[Any] = isocurve(values, level, connected=is_joined)
    return found


def _in_spans(places: Any, values: Array, spans: Sequence[tuple[float, float]]) -> Array:
    """Returns places in cells, whose middles are at ½, 1½…, as places between the ends of the axes."""
    found = np.array(places, dtype=np.float64)
    for axis, (low, high) in enumerate(spans):
        found[:, axis] = low + found[:, axis] / values.shape[axis] * (high - low)
    return found


def _crossings(values: Array, level: float, low: float, high: float) -> Array:
    with np.errstate(invalid="ignore"):
        above = values - level
        ahead = np.flatnonzero((above[:-1] < 0) & (above[1:] >= 0) | (above[:-1] >= 0) & (above[1:] < 0))
        shares = above[ahead] / (above[ahead] - above[ahead + 1])
    places = low + (ahead + 0.5 + shares) / len(values) * (high - low)
    return places[np.isfinite(places), None]
