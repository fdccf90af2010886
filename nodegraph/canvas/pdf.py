"""A picture of a graph as PDF: one page of its size, shapes as Qt paints them, text that can be searched and
copied, and the graph as an attachment.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QFont, QPageSize, QPainter, QPdfWriter

from nodegraph.canvas import picture
from nodegraph.canvas.drawing import lettering
from nodegraph.canvas.drawing.lettering import Written
from nodegraph.canvas.drawing.theme import font
from nodegraph.canvas.figure import PictureOptions
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.engine.trace import Frame, Trace
from nodegraph.core.errors import Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.formats import native
from nodegraph.formats import pdf as pdf_format

PIXELS_PER_INCH = 96
LONGEST_SIDE = 14_400.0
"""Points of a page's side: readers of PDF show no larger page."""


class _Text:
    """Writes a line as text of the typeface. Without its contextual forms, whose signs (−, ×, =) beside
    digits Qt 6 would note by codes that nothing can copy.
    """

    def write(self, painter: QPainter, start: QPointF, text: Written) -> None:
        painter.setFont(_copied(font(*text.style)))
        painter.drawText(start, text.said)


def _copied(typeface: QFont) -> QFont:
    """The typeface without its contextual forms."""
    plain = QFont(typeface)
    plain.setFeature(QFont.Tag("calt"), 0)
    return plain


def pdf(graph: Graph, frame: Frame, options: PictureOptions) -> bytes:
    """Returns the picture as a PDF that opens again as the graph. Raises Refused where there is nothing to
    draw, or the page would be too large.
    """
    return _pages(graph, [frame], options)


def pdf_of_steps(graph: Graph, trace: Trace, options: PictureOptions) -> bytes:
    """Returns a picture of each step of both passes as the pages of a PDF that opens again as the graph."""
    frames = [trace.frame(position) for position in range(len(trace.steps) + 1)]
    return _pages(graph, frames, options)


def _pages(graph: Graph, frames: Sequence[Frame], options: PictureOptions) -> bytes:
    scene = picture.scene_to_draw(graph, frames[0], options)
    picture.demand_type(scene, options)
    for note in scene.surroundings.notes.values():
        note.reset_type(_copied)
    area, data = picture.area_of(scene, options), QByteArray()
    points = picture.unit_points(area, options)
    size = QSizeF(area.width(), area.height()) * points
    if max(size.width(), size.height()) > LONGEST_SIDE:
        raise Refused("The graph is too large for a page; export a selection of it instead.")
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(size, QPageSize.Unit.Point, "figure", QPageSize.SizeMatchPolicy.ExactMatch))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setResolution(PIXELS_PER_INCH)
    writer.setTitle(graph.title or scene.output_name)
    writer.setCreator("nodegraph")
    writer.addFileAttachment(pdf_format.NAME, QByteArray(native.write(graph)), "application/json")
    with QPainter(writer) as painter, lettering.written_by(_Text()):
        pixels = picture.unit_points(area, options) * PIXELS_PER_INCH / 72
        picture.count_in_units(painter, pixels, pixels)
        for number, frame in enumerate(frames):
            if number:
                writer.newPage()
                picture.show_frame(scene, frame, options)
            _paint(painter, scene, area, options)
    return pdf_format.named_by_pages(bytes(data.data()))


def _paint(painter: QPainter, scene: GraphScene, area: QRectF, options: PictureOptions) -> None:
    for _chip in scene.chip_layer.settle(1.0):
        pass
    target = QRectF(0, 0, area.width(), area.height())
    if not options.transparent:
        painter.fillRect(target, QColor(scene.theme.background))
    scene.render(painter, target, area)
