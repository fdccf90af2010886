"""Pictures of a graph at a frame: drawn with the same painter as the canvas, at any scale, without a window.

Makes images and PNG bytes; writing them to a file is for `formats`, choosing the frame for the caller.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from nodegraph.canvas.drawing.edge_kinds import IN_PICTURES, EdgeStyle
from nodegraph.canvas.drawing.theme import THEMES, missing_fonts
from nodegraph.canvas.drawing.wording import USUAL, Wording
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.engine.trace import Frame
from nodegraph.core.errors import Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import listed
from nodegraph.core.layout.card_size import node_size
from nodegraph.core.layout.placement import place_missing
from nodegraph.core.numbers import format_number, is_finite
from nodegraph.formats import native
from nodegraph.formats import png as png_format

MOST_PIXELS = 100_000_000
LONGEST_SIDE = 32_000
"""Bounds of a picture: Qt's painter and most viewers stop at 32,767 pixels a side."""
NOTHING_TO_DRAW = "There is nothing to draw yet: add a node first."
BAND_PIXELS = 1_000_000
"""How much of a picture is drawn in one go."""


@dataclass(frozen=True)
class PictureOptions:
    """How a picture is made; `nodes` limits it to these, `margin` is in scene units.

    `highlight` shows which step was taken last.
    """

    scale: float = 2.0
    theme: str = "light"
    transparent: bool = False
    margin: float = 24.0
    nodes: frozenset[str] | None = None
    highlight: bool = True
    text_scale: float = 1.0
    wording: Wording = USUAL
    edges: EdgeStyle = IN_PICTURES


def ensure_application() -> QApplication:
    """The running application, or an invisible one, which fonts and painting need. Keep the reference."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return QApplication(["nodegraph"])


def demand_theme(name: str) -> None:
    """Raise Refused where there is no theme of this name, with those that there are."""
    if name not in THEMES:
        raise Refused(f"There is no theme “{name}”; there are {listed(list(THEMES))}.")


def pixel_size(graph: Graph, options: PictureOptions) -> tuple[int, int]:
    """Width and height of the picture in pixels."""
    return _pixels(area_of(scene_of(graph, options), options), options)


def why_not(graph: Graph, options: PictureOptions) -> str | None:
    """None where the picture can be made, else a sentence that says why not and what would do."""
    return _why_not(area_of(scene_of(graph, options), options), options)


def render(graph: Graph, frame: Frame, options: PictureOptions) -> QImage:
    """The picture. Raises Refused where there is nothing to draw or it would be far too large."""
    *_, image = drawing(graph, frame, options, MOST_PIXELS)
    return image


def drawing(
    graph: Graph, frame: Frame, options: PictureOptions, band_pixels: int = BAND_PIXELS
) -> Iterator[QImage]:
    """The same picture, piece by piece, for who has something else to do in between; whole with the last one.

    The first piece draws nothing yet, and raises Refused as `render` does.
    """
    scene = scene_to_draw(graph, frame, options)
    area = area_of(scene, options)
    refusal = _why_not(area, options)
    if refusal:
        raise Refused(refusal)
    width, height = _pixels(area, options)
    clear = QImage.Format.Format_ARGB32_Premultiplied
    image = QImage(width, height, clear if options.transparent else QImage.Format.Format_RGB32)
    if image.isNull():
        raise Refused(
            f"There is not enough memory for a picture of {width} × {height} pixels; lower the scale."
        )
    yield image
    for _chip in scene.chip_layer.settle(options.scale):
        yield image
    ground = QColor(Qt.GlobalColor.transparent) if options.transparent else QColor(scene.theme.background)
    rows = max(1, band_pixels // width)
    for top in range(0, height, rows):
        _draw_band(image, scene, area, ground, QRect(0, top, width, min(rows, height - top)))
        yield image
    dots_per_metre = round(options.scale * 96 / 0.0254)
    image.setDotsPerMeterX(dots_per_metre)
    image.setDotsPerMeterY(dots_per_metre)


def _draw_band(image: QImage, scene: GraphScene, area: QRectF, ground: QColor, band: QRect) -> None:
    each = area.height() / image.height()
    drawn = QRectF(area.left(), area.top() + band.top() * each, area.width(), band.height() * each)
    with QPainter(image) as painter:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.fillRect(band, ground)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        scene.render(painter, QRectF(band), drawn, Qt.AspectRatioMode.IgnoreAspectRatio)


def png(graph: Graph, frame: Frame, options: PictureOptions) -> bytes:
    """The picture as a PNG file that carries its document, so that it opens again as the graph."""
    return packed(render(graph, frame, options), graph)


def packed(image: QImage, graph: Graph) -> bytes:
    """A picture and its graph as a PNG file. Needs no scene, so that another thread can do it."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]
        raise Refused("The picture could not be written as a PNG.")
    return png_format.embed(data.data(), native.write(graph))


def scene_to_draw(graph: Graph, frame: Frame, options: PictureOptions) -> GraphScene:
    """Returns a scene that shows the frame, for who draws or writes it. Raises Refused where it is empty."""
    scene = scene_of(graph, options)
    if not scene.items_by_id:
        raise Refused(NOTHING_TO_DRAW)
    scene.set_frame(frame)
    if not options.highlight:
        scene.clear_highlight()
    return scene


def scene_of(graph: Graph, options: PictureOptions) -> GraphScene:
    """A scene of the whole graph, or of the chosen nodes with the edges between them."""
    missing = place_missing(graph, node_size)
    if missing:
        graph = graph.copy()
        graph.apply(missing)
    scene = GraphScene(graph, THEMES[options.theme], options.text_scale, options.nodes)
    scene.set_wording(options.wording)
    scene.placement.set_style(options.edges)
    return scene


def area_of(scene: GraphScene, options: PictureOptions) -> QRectF:
    """The rectangle that a picture shows, in scene units."""
    area = scene.drawn_rect()
    return area.adjusted(-options.margin, -options.margin, options.margin, options.margin)


def _pixels(area: QRectF, options: PictureOptions) -> tuple[int, int]:
    return max(1, round(area.width() * options.scale)), max(1, round(area.height() * options.scale))


def _why_not(area: QRectF, options: PictureOptions) -> str | None:
    if not (is_finite(options.scale) and options.scale > 0):
        return f"The scale of a picture is above 0, not {format_number(options.scale)}."
    if not (is_finite(options.margin) and options.margin >= 0):
        return f"The margin of a picture is 0 or more, not {format_number(options.margin)}."
    if area.width() <= 2 * options.margin:
        return NOTHING_TO_DRAW
    if missing := missing_fonts():  # another typeface would have other widths, and lack signs
        names = f"{', '.join(file.name for file in missing)} in {missing[0].parent}"
        return f"The typeface of pictures cannot be read ({names}): install nodegraph again."
    width, height = _pixels(area, options)
    if width * height <= MOST_PIXELS and max(width, height) <= LONGEST_SIDE:
        return None
    limit = min(
        (MOST_PIXELS / (area.width() * area.height())) ** 0.5, LONGEST_SIDE / max(area.width(), area.height())
    )
    fitting = int(limit * 100) / 100
    size = f"{width:,} × {height:,} pixels"
    if fitting < 0.05:
        return f"The graph is too large for a picture ({size}); export a selection instead."
    return f"A picture of {size} is too large; scale {fitting:g} would do."
