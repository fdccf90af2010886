"""What a picture has around its graph: a title above it, a legend and a word on its mode below it, a grid
behind it.

Each is laid round the graph once, and painted as the cards are, so that every format has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from nodegraph.canvas.drawing import legend_bars
from nodegraph.canvas.drawing.arrays import draw_points
from nodegraph.canvas.drawing.lettering import Style, shortened, text_width, write_left
from nodegraph.canvas.drawing.theme import color, pen
from nodegraph.canvas.items import compact_card
from nodegraph.core.typeset import Line, joined

if TYPE_CHECKING:
    from nodegraph.canvas.items.look_protocols import EdgeLook

TITLE: Style = (20.0, QFont.Weight.Bold)
TITLE_HEIGHT, LEAST_TITLE = 30.0, 320.0
"""How high the title's line is, and how wide at least."""
GAP = 16.0
"""Between the graph and what is above and below it."""
GRID_PITCH = 24.0
SAID = ("In bold: derivatives by ", ", carried forward")
"""What a figure says of forward mode, before the name of the input and after it."""
MODE_GAP = 8.0


class FigurePart(QGraphicsItem):
    """Something beside the graph, in a rectangle of the scene."""

    def __init__(self, scene: EdgeLook, rect: QRectF) -> None:
        super().__init__()
        self.graph_scene, self.rect = scene, rect

    def boundingRect(self) -> QRectF:
        return self.rect.adjusted(-2, -2, 2, 2)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint nothing: such a part only keeps a place."""


class TitlePart(FigurePart):
    """The title above the graph, at its left."""

    def __init__(self, scene: EdgeLook, title: str, graph: QRectF) -> None:
        width = max(graph.width(), LEAST_TITLE)
        height = TITLE_HEIGHT * scene.text_scale
        super().__init__(scene, QRectF(graph.left(), graph.top() - height - GAP, width, height))
        self.style: Style = (TITLE[0] * scene.text_scale, TITLE[1])
        self.title = shortened(title, width, self.style)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        write_left(painter, self.rect, self.title, self.style, self.graph_scene.theme.text)


class LegendPart(FigurePart):
    """The legend below the graph, at its left; its numbers are there once something came back."""

    def __init__(self, scene: EdgeLook, graph: QRectF) -> None:
        corner = QPointF(graph.left(), graph.bottom() + GAP)
        super().__init__(scene, QRectF(corner, legend_bars.SIZE * scene.text_scale))

    def words(self) -> list[str]:
        """What it says now."""
        showing = self.graph_scene.showing
        frame = showing.visible
        told = frame is not None and frame.phase in ("backward", "tangent")
        return legend_bars.words_for(showing.largest if told else None)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        scene = self.graph_scene
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self.rect.topLeft())
        painter.scale(scene.text_scale, scene.text_scale)
        legend_bars.paint(painter, scene.theme, self.words())


class ModePart(FigurePart):
    """Below all else in compact notation: what the numbers in bold are in forward mode, by an input of this
    name; with gradients of the output nobody would take them for anything else.
    """

    def __init__(self, scene: EdgeLook, name: Line, around: QRectF) -> None:
        self.said, self.large = (SAID[0], name, SAID[1]), scene.text_scale
        style: Style = (compact_card.NAME[0] * self.large, compact_card.NAME[1])
        self.line, self.style = joined(*self.said), style
        corner = around.bottomLeft() + QPointF(0, MODE_GAP)
        height = compact_card.NAME_HEIGHT * self.large
        super().__init__(scene, QRectF(corner, QSizeF(text_width(self.line, style), height)))

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        write_left(painter, self.rect, self.line, self.style, self.graph_scene.theme.dim)


class GridPart(FigurePart):
    """The dots of the canvas behind the graph."""

    def __init__(self, scene: EdgeLook, page: QRectF) -> None:
        super().__init__(scene, page)
        self.setZValue(-10)

    def fill(self, page: QRectF) -> None:
        """Lie behind all of a page."""
        self.prepareGeometryChange()
        self.rect = page

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setPen(pen(self.graph_scene.theme.grid, 2))
        dots = np.stack(np.meshgrid(*grid_lines(self.rect)), axis=-1)
        if painter.paintEngine().type() == painter.paintEngine().Type.Raster:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            draw_points(painter, dots)
            return
        painter.setPen(pen(self.graph_scene.theme.grid, 0))  # other engines draw no points
        painter.setBrush(color(self.graph_scene.theme.grid))
        for x, y in dots.reshape(-1, 2).tolist():
            painter.drawRect(QRectF(x - 0.5, y - 0.5, 1, 1))


def grid_lines(page: QRectF) -> tuple[np.ndarray, np.ndarray]:
    """Returns the columns and the rows of the grid within a page."""
    left, top = (np.floor(edge / GRID_PITCH + 1) * GRID_PITCH for edge in (page.left(), page.top()))
    return np.arange(left, page.right(), GRID_PITCH), np.arange(top, page.bottom(), GRID_PITCH)
