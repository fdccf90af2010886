"""How edges are drawn as lines, each look with its pen: near the eye as curves where few are in view, else
piece by piece. Reads where edges lie; knows no picture that is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QPainter, QPen

from nodegraph.canvas.drawing import arrowheads
from nodegraph.canvas.drawing.arrays import draw_lines
from nodegraph.canvas.drawing.cells import near_any, pieces_near, segments
from nodegraph.canvas.drawing.edge_styles import Looks, band_pen, dashed_looks, edge_pen
from nodegraph.canvas.drawing.theme import color
from nodegraph.canvas.items.node_item import PORT_SCALE, TEXT_SCALE

if TYPE_CHECKING:
    from nodegraph.canvas.items.look_protocols import PaintedEdges

MOST_PATHS = 150
"""More visible edges than these are drawn as polylines."""
MOST_ARROWHEADS = 2000
"""With more visible edges than these, arrowheads are too small to be seen."""
MOST_WHOLE = 12
"""Edges that are drawn whole: to look for those of their pieces that show takes longer."""
REACH = 10.0
"""How far beyond the middle of its line an edge is drawn at most, in scene units."""
_NO_BRUSH = QBrush()
"""Qt takes four times as long to be told of none by its name."""


class Alike(NamedTuple):
    """Edges that look alike beside each other."""

    numbers: NDArray[np.intp]
    runs: Sequence[tuple[int, int, int]]
    """Each look, and from where to where edges look so."""

    @classmethod
    def of(cls, numbers: NDArray[np.intp], looks: Looks) -> Alike:
        """These edges, all of which look so; of the same look in the same order."""
        order = looks[numbers].argsort(kind="stable")
        numbers = numbers[order]
        found, firsts = np.unique(looks[numbers], return_index=True)
        ends = [*firsts.tolist(), len(numbers)]
        return cls(numbers, list(zip(found.tolist(), ends, ends[1:], strict=False)))


class EdgeLines:
    """Draws the edges of a layer."""

    def __init__(self, layer: PaintedEdges) -> None:
        self.layer = layer
        self._latest: tuple[NDArray[np.intp], Looks, Alike] | None = None
        """The edges that were drawn last, and the looks of all: in a drag they are the same in each frame."""

    def draw_far(self, painter: QPainter, numbers: NDArray[np.intp]) -> None:
        """Draw these edges as straight thin lines."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(color(self.layer.graph_scene.theme.edge), 0))
        draw_lines(painter, self.layer.far_lines(numbers))

    def draw(
        self,
        painter: QPainter,
        numbers: NDArray[np.intp],
        looks: Looks,
        rects: Sequence[QRectF],
        scale: float,
        count: int,
    ) -> None:
        """Draw what lies in some rectangles of these edges, which look so, while so many are in view."""
        layer, theme = self.layer, self.layer.graph_scene.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(_NO_BRUSH)
        numbers, runs = self._alike(numbers, looks)
        stride = (1 if scale >= PORT_SCALE else 2) if count > MOST_PATHS or scale < TEXT_SCALE else 0
        if are_many := stride > 0 and len(numbers) > MOST_WHOLE:
            lines, edge = pieces_near(layer.points, numbers, stride, rects, 2 * REACH)
        elif stride:
            points = layer.points[numbers, ::stride]
            lines = segments(points).reshape(len(points), points.shape[1] - 1, 4)
        for look, first, end in runs:
            if band := band_pen(theme, look):
                painter.setPen(band)
                for number in numbers[first:end].tolist():
                    painter.drawPath(layer.path(layer.rows.keys[number]))
            painter.setPen(edge_pen(theme, look))
            if are_many:
                draw_lines(painter, lines[slice(*edge.searchsorted((first, end)).tolist())])
            elif stride:
                draw_lines(painter, self._shown(lines[first:end], look, rects))
            else:
                for number in numbers[first:end].tolist():
                    painter.drawPath(layer.path(layer.rows.keys[number]))
            if layer.style.arrowheads and count <= MOST_ARROWHEADS:
                keys = (layer.rows.keys[number] for number in numbers[first:end].tolist())
                arrowheads.draw(painter, map(layer.arrowhead, keys))

    def _shown(self, lines: NDArray[np.float64], look: int, rects: Sequence[QRectF]) -> NDArray[np.float64]:
        """Returns those of some pieces, shape (n, p, 4), that Qt does not pass over quickly where they lie
        beyond what is painted: dashes are laid out along all of a piece.
        """
        if look not in dashed_looks(self.layer.graph_scene.theme):
            return lines
        lines = lines.reshape(-1, 4)
        starts, ends = lines[:, :2], lines[:, 2:]
        boxes = np.concatenate([np.minimum(starts, ends), np.maximum(starts, ends)], axis=1)
        return lines[near_any(boxes, rects, 2 * REACH)]

    def _alike(self, numbers: NDArray[np.intp], looks: Looks) -> Alike:
        """Sort edges by their looks, if they are not those that were drawn last."""
        latest = self._latest
        if latest is None or latest[0] is not numbers or latest[1] is not looks:
            self._latest = latest = numbers, looks, Alike.of(numbers, looks)
        return latest[2]
