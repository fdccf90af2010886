"""Pictures of a graph at a frame: drawn with the same painter as the canvas, at any scale, without a window.

Makes images and PNG bytes; writing them to a file is for `formats`, choosing the frame for the caller.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from nodegraph.canvas.drawing.theme import PICTURE_THEMES, missing_fonts
from nodegraph.canvas.figure import (
    LEAST_DPI,
    LEAST_POINTS,
    READABLE_POINTS,
    SCREEN_DPI,
    PictureOptions,
    Width,
)
from nodegraph.canvas.items.figure_parts import FigurePart, GridPart, LegendPart, ModePart, TitlePart
from nodegraph.canvas.scene.compact_scene import APART, CompactScene, crowding
from nodegraph.canvas.scene.extent import roomy
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.canvas.smallest_type import smallest_type
from nodegraph.core.bits import Bits, in_one_go
from nodegraph.core.engine.trace import Frame, Trace
from nodegraph.core.errors import Refused
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout.card_size import group_size, node_size
from nodegraph.core.layout.placement import place_missing, turned
from nodegraph.core.numbers import format_number, is_finite
from nodegraph.formats import native
from nodegraph.formats import png as png_format

MOST_PIXELS = 100_000_000
LONGEST_SIDE = 32_000
"""Bounds of a picture: Qt's painter and most viewers stop at 32,767 pixels a side."""
NOTHING_TO_DRAW = "There is nothing to draw yet: add a node first."
BAND_PIXELS = 1_000_000
"""How much of a picture is drawn in one go."""
_FINE = 1_000_000
"""Units in which a painter's scale is counted, for Qt takes whole ones there."""


def ensure_application() -> QApplication:
    """The running application, or an invisible one, which fonts and painting need. Keep the reference."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return QApplication(["nodegraph"])


def pixel_size(graph: Graph, options: PictureOptions) -> tuple[int, int]:
    """Width and height of the picture in pixels."""
    return pixels(area_of(scene_of(graph, options), options), options)


def why_not(graph: Graph, options: PictureOptions) -> str | None:
    """None where the picture can be made, else a sentence that says why not and what would do."""
    try:
        size_or_refusal(graph, options)
    except Refused as refused:
        return str(refused)
    return None


def size_or_refusal(graph: Graph, options: PictureOptions) -> tuple[int, int]:
    """Returns width and height of the picture in pixels. Raises Refused where it cannot be made."""
    scene = scene_of(graph, options)
    area = area_of(scene, options)
    if refusal := refusal_of(scene, area, options):
        raise Refused(refusal)
    return pixels(area, options)


def render(graph: Graph, frame: Frame, options: PictureOptions) -> QImage:
    """The picture. Raises Refused where there is nothing to draw or it would be far too large."""
    *_, image = drawing(graph, frame, options, MOST_PIXELS)
    return image


@dataclass(frozen=True)
class Proof:
    """A picture to be looked at: the whole of it in pixels, how large its smallest type is in points, and a
    width at which that could be read well where it is too small. Of one that no picture in pixels could hold
    only the size is known.
    """

    image: QImage
    size: tuple[int, int]
    points: float
    wider: Width | None


def proof(
    graph: Graph, frame: Frame, options: PictureOptions, room: tuple[int, int], *, in_pixels: bool = True
) -> Proof:
    """Returns a picture as it would be written or, where it is larger than the room, drawn so much smaller.

    Raises Refused as `render` does; where it is not written in pixels, any number of them will do.
    """
    return in_one_go(proofing(graph, frame, options, room, in_pixels=in_pixels))


def proofing(
    graph: Graph, frame: Frame, options: PictureOptions, room: tuple[int, int], *, in_pixels: bool = True
) -> Bits[Proof]:
    """The same bit by bit."""
    scene = yield from making_to_draw(graph, frame, options)
    area = area_of(scene, options)
    width, height = pixels(area, options)
    if not in_pixels and _too_large(area, options):
        return Proof(QImage(), (width, height), 0.0, None)
    if refusal := refusal_of(scene, area, options):
        raise Refused(refusal)
    share = min(1.0, room[0] / width, room[1] / height)
    size = (width, height) if share == 1.0 else (max(1, int(width * share)), max(1, int(height * share)))
    bands = _painted(scene, area, size, options, BAND_PIXELS)
    image = next(bands)
    for _same in bands:
        yield
    points, wider = _smallest(scene, area, options)
    return Proof(image, (width, height), points, wider)


def drawing(
    graph: Graph, frame: Frame, options: PictureOptions, band_pixels: int = BAND_PIXELS
) -> Iterator[QImage]:
    """The same picture, piece by piece, for who has something else to do in between; whole with the last one.

    The first piece draws nothing yet, and raises Refused as `render` does.
    """
    scene = scene_to_draw(graph, frame, options)
    area = area_of(scene, options)
    if refusal := refusal_of(scene, area, options):
        raise Refused(refusal)
    yield from _painted(scene, area, pixels(area, options), options, band_pixels)


def _painted(
    scene: GraphScene, area: QRectF, size: tuple[int, int], options: PictureOptions, band_pixels: int
) -> Iterator[QImage]:
    width, height = size
    clear = QImage.Format.Format_ARGB32_Premultiplied
    image = QImage(width, height, clear if options.transparent else QImage.Format.Format_RGB32)
    if image.isNull():
        raise Refused(
            f"There is not enough memory for a picture of {width} × {height} pixels; make it smaller."
        )
    yield image
    for _chip in scene.chip_layer.settle(1.0):
        yield image
    ground = QColor(Qt.GlobalColor.transparent) if options.transparent else QColor(scene.theme.background)
    rows = max(1, band_pixels // width)
    for top in range(0, height, rows):
        draw_band(image, scene, area, ground, QRect(0, top, width, min(rows, height - top)))
        yield image
    dots_per_metre = round(options.pixels_per_inch / 0.0254)
    image.setDotsPerMeterX(dots_per_metre)
    image.setDotsPerMeterY(dots_per_metre)


def draw_band(image: QImage, scene: GraphScene, area: QRectF, ground: QColor, band: QRect) -> None:
    """Draw the part of a scene's picture that lies in a rectangle of the image."""
    across, down = image.width() / area.width(), image.height() / area.height()
    strip = QRectF(band.left() / across, band.top() / down, band.width() / across, band.height() / down)
    with QPainter(image) as painter:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.fillRect(band, ground)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        count_in_units(painter, across, down)
        scene.render(painter, strip, strip.translated(area.topLeft()), Qt.AspectRatioMode.IgnoreAspectRatio)


def count_in_units(painter: QPainter, across: float, down: float) -> None:
    """Let a painter count in scene units, so many pixels each. Items do not hear of it: they leave out what
    would be too small on a screen, but a picture holds the same at every size.
    """
    painter.setWindow(0, 0, _FINE, _FINE)
    painter.setViewport(0, 0, round(_FINE * across), round(_FINE * down))


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
    return in_one_go(making_to_draw(graph, frame, options))


def making_to_draw(graph: Graph, frame: Frame, options: PictureOptions) -> Bits[GraphScene]:
    """The same bit by bit."""
    scene = yield from making(graph, options, frame.trace)
    if not scene.items_by_id:
        raise Refused(NOTHING_TO_DRAW)
    show_frame(scene, frame, options)
    _tell_mode(scene, frame, options)
    return scene


def _tell_mode(scene: GraphScene, frame: Frame, options: PictureOptions) -> None:
    """Say what the numbers are that compact notation carries forward."""
    trace = frame.trace
    if trace.mode != "forward" or options.notation != "compact" or not options.wording.gradients:
        return
    if trace.seed in trace.nodes:
        name = scene.showing.label(trace.nodes[trace.seed].name)
        scene.addItem(ModePart(scene, name, content_of(scene)))
        for grid in scene.items():
            if isinstance(grid, GridPart):
                grid.fill(area_of(scene, options))


def show_frame(scene: GraphScene, frame: Frame, options: PictureOptions) -> None:
    """Let a scene that is drawn show this frame, with its step marked or not."""
    scene.set_frame(frame)
    if not options.highlight:
        scene.clear_highlight()


def scene_of(graph: Graph, options: PictureOptions, trace: Trace | None = None) -> GraphScene:
    """A scene of the graph, or of the chosen nodes and their edges; laid out anew in another direction."""
    return in_one_go(making(graph, options, trace))


def making(graph: Graph, options: PictureOptions, trace: Trace | None = None) -> Bits[GraphScene]:
    """The same bit by bit. `trace` is what it will show, where that is known."""
    large = 1.0 if options.notation == "compact" else options.text_scale
    if options.direction is not None:
        graph = turned(graph, options.direction, roomy(node_size, large), roomy(group_size, large))
    missing = place_missing(graph, roomy(node_size, large))
    if missing:
        graph = graph.copy()
        graph.apply(missing)
    scenes: list[GraphScene] = []
    kinds = [partial(CompactScene, apart=apart, trace=trace) for apart in APART]
    for kind in kinds if options.notation == "compact" else [GraphScene]:  # edges are led later
        scene = kind(graph, PICTURE_THEMES[options.theme], options.text_scale, options.nodes, later=bool)
        scene.set_wording(options.wording)
        scene.placement.set_style(options.edges)
        yield from scene.placement.leading()
        scenes.append(scene)
        if not (isinstance(scene, CompactScene) and scene.is_crowded):
            break
    scene = min(scenes, key=crowding)
    if not options.badges:
        scene.badge_sources.clear()
    if scene.items_by_id:
        _put_around(scene, options)
    return scene


def _put_around(scene: GraphScene, options: PictureOptions) -> None:
    """Add the title, the legend and the grid, where they are wished."""
    graph = scene.drawn_rect()
    title = scene.graph.title or scene.output_name
    if options.title and title:
        scene.addItem(TitlePart(scene, title, graph))
    if options.legend:
        scene.addItem(LegendPart(scene, graph))
    if options.grid:
        scene.addItem(GridPart(scene, area_of(scene, options)))


def content_of(scene: GraphScene) -> QRectF:
    """The rectangle round all that a picture holds: the graph, and what is around it."""
    rect = scene.drawn_rect()
    for item in scene.items():
        if isinstance(item, FigurePart) and not isinstance(item, GridPart):
            rect = rect.united(item.rect)
    return rect


def area_of(scene: GraphScene, options: PictureOptions) -> QRectF:
    """The rectangle that a picture shows, in scene units; its width may say what shape the page has."""
    area, margin = content_of(scene), options.margin
    area = area.adjusted(-margin, -margin, margin, margin)
    if options.width is None or options.width.aspect is None or not area.height() > 0:
        return area
    share = options.width.aspect[0] / options.width.aspect[1]
    more_across = max(0.0, area.height() * share - area.width()) / 2
    more_down = max(0.0, area.width() / share - area.height()) / 2
    return area.adjusted(-more_across, -more_down, more_across, more_down)


def unit_points(area: QRectF, options: PictureOptions) -> float:
    """How many points large a scene unit is in a picture: 0.75 where nothing else is wished."""
    if options.width is None:
        return 72 / SCREEN_DPI
    return options.width.inches(options.dpi) * 72 / area.width()


def small_type(graph: Graph, frame: Frame, options: PictureOptions) -> tuple[float, Width | None]:
    """Returns how many points large the smallest type in a picture is, and a width at which it could be read
    well where it is too small for that.
    """
    scene = scene_to_draw(graph, frame, options)
    return _smallest(scene, area_of(scene, options), options)


def _smallest(scene: GraphScene, area: QRectF, options: PictureOptions) -> tuple[float, Width | None]:
    points = smallest_type(scene, content_of(scene)) * unit_points(area, options)
    if options.width is None or points >= READABLE_POINTS or not points:
        return points, None
    return points, _wider(options.width, READABLE_POINTS / points)


def _wider(width: Width, times: float) -> Width:
    """A width so many times as large, rounded up as one says it."""
    step = 1 if width.unit in ("px", "mm", "pt") else 0.1
    return replace(width, amount=round(math.ceil(width.amount * times / step) * step, 6))


def pixels(area: QRectF, options: PictureOptions) -> tuple[int, int]:
    """Returns width and height in pixels of a picture that shows this area."""
    if options.width is None:
        each = options.pixels_per_inch / SCREEN_DPI
        return max(1, round(area.width() * each)), max(1, round(area.height() * each))
    across = options.width.inches(options.dpi) * options.pixels_per_inch
    return max(1, round(across)), max(1, round(across * area.height() / area.width()))


def refusal_of(scene: GraphScene, area: QRectF, options: PictureOptions) -> str | None:
    """Returns why a scene cannot be drawn so, and what would do; None where it can."""
    if not (is_finite(options.scale) and options.scale > 0):
        return f"The scale of a picture is above 0, not {format_number(options.scale)}."
    if not (is_finite(options.margin) and options.margin >= 0):
        return f"The margin of a picture is 0 or more, not {format_number(options.margin)}."
    if area.width() <= 2 * options.margin:
        return NOTHING_TO_DRAW
    if missing := missing_fonts():  # another typeface would have other widths, and lack signs
        names = f"{', '.join(file.name for file in missing)} in {missing[0].parent}"
        return f"The typeface of pictures cannot be read ({names}): install nodegraph again."
    return _too_small(scene, area, options) or _too_large(area, options)


def demand_type(scene: GraphScene, options: PictureOptions) -> None:
    """Raise Refused where type is no type any more at the width of a page, with what would do."""
    refusal = _too_small(scene, area_of(scene, options), options)
    if refusal:
        raise Refused(refusal)


def _too_small(scene: GraphScene, area: QRectF, options: PictureOptions) -> str | None:
    """Why type is no type any more at this width."""
    if options.width is None:
        return None
    points = smallest_type(scene, content_of(scene)) * unit_points(area, options)
    if not 0 < points < LEAST_POINTS:
        return None
    return (
        f"A page {options.width} wide is too small for its type, which would be {points:.2g} pt high; "
        f"{_wider(options.width, LEAST_POINTS / points)} would do."
    )


def _too_large(area: QRectF, options: PictureOptions) -> str | None:
    width, height = pixels(area, options)
    if width * height <= MOST_PIXELS and max(width, height) <= LONGEST_SIDE:
        return None
    size = f"{width:,} × {height:,} pixels"
    share = min((MOST_PIXELS / (width * height)) ** 0.5, LONGEST_SIDE / max(width, height))
    dpi = int(options.pixels_per_inch * share)
    if options.width is not None and (options.width.unit == "px" or dpi < LEAST_DPI):
        fitting_width = replace(options.width, amount=math.floor(options.width.amount * share * 10) / 10)
        return f"A picture of {size} is too large; {fitting_width} would do."
    if options.width is not None or (options.dpi is not None and dpi >= LEAST_DPI):
        return f"A picture of {size} is too large; {dpi} dpi would do."
    fitting = int(options.scale * share * 100) / 100
    if fitting < 0.05:
        return f"The graph is too large for a picture ({size}); export a selection instead."
    return f"A picture of {size} is too large; scale {fitting:g} would do."
