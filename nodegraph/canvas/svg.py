"""A picture of a graph as SVG: shapes as Qt paints them, every line of text as text, in the shipped typeface.

Qt's own generator would write our letters as outlines. So where a line of text stands a mark is drawn, which
afterwards becomes a text element. The typeface travels along, cut down to usual letters, and so does the
document, in two places (most programs that rewrite an SVG keep at least one).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from html import escape, unescape

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtSvg import QSvgGenerator

from nodegraph.canvas import picture
from nodegraph.canvas.drawing import lettering
from nodegraph.canvas.drawing.cut_typeface import font_faces
from nodegraph.canvas.drawing.lettering import Written, text_width
from nodegraph.canvas.drawing.theme import FAMILY, FILES, font
from nodegraph.canvas.figure import PictureOptions
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core.engine.trace import Frame
from nodegraph.core.graph.graph import Graph
from nodegraph.formats import native
from nodegraph.formats import svg as svg_format

_TEXT = re.compile(r"<text (?P<looks>[^>]*)>(?P<said>[^<]*)</text>")
_DEFINITIONS = re.compile(r"<svg .*?<defs>", re.DOTALL)
_TYPE = re.compile(r'\nfont-family="[^"]*" font-size="[^"]*" font-weight="[^"]*" font-style="[^"]*" *')
_EMPTY = re.compile(r"<g [^>]*>\s*</g>\s*")
_WEIGHT = re.compile(r'font-weight="(\d+)"')
_FALLBACK = f"{FAMILY}, Helvetica, Arial, sans-serif"


def svg(graph: Graph, frame: Frame, options: PictureOptions) -> bytes:
    """Returns the picture as an SVG file that opens again as the graph. Raises Refused where there is nothing
    to draw.
    """
    scene = picture.scene_to_draw(graph, frame, options)
    picture.demand_type(scene, options)
    document = native.write(graph)
    mark = f"text-{hashlib.sha256(document).hexdigest()[:16]}-"  # no text of the graph itself reads so
    marks = _Marks(mark)
    with lettering.written_by(marks):
        drawn = _drawn(scene, options)
    drawn = _TEXT.sub(lambda found: _text(found, marks.written, mark), _tidied(drawn))
    area = picture.area_of(scene, options)
    head = _head(graph.title or scene.output_name, area, options, svg_format.carried(document))
    head += f"<defs>\n<style>{font_faces(_letters(drawn))}</style>\n"
    return _DEFINITIONS.sub(lambda _found: head, drawn, count=1).encode()


class _Marks:
    """Draws a mark with its number in place of each line of text, where its anchor is."""

    def __init__(self, mark: str) -> None:
        self.mark = mark
        self.written: list[Written] = []

    def write(self, painter: QPainter, start: QPointF, text: Written) -> None:
        share = {"start": 0.0, "middle": 0.5, "end": 1.0}[text.anchor]
        painter.setFont(font(*text.style))
        place = start + QPointF(share * text_width(text.said, text.style), 0)
        painter.drawText(place, f"{self.mark}{len(self.written)}")
        self.written.append(text)


def _drawn(scene: GraphScene, options: PictureOptions) -> str:
    """What Qt's generator makes of the scene."""
    area, data = picture.area_of(scene, options), QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)  # with the other version it drops clips
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(round(area.width()), round(area.height())))
    generator.setViewBox(QRectF(0, 0, area.width(), area.height()))
    for _chip in scene.chip_layer.settle(1.0):
        pass
    with QPainter(generator) as painter:
        target = QRectF(0, 0, area.width(), area.height())
        if not options.transparent:
            painter.fillRect(target, QColor(scene.theme.background))
        scene.render(painter, target, area)
    return bytes(data.data()).decode()


def _tidied(drawn: str) -> str:
    """Without the groups that hold nothing, and the type of those that hold only shapes."""
    drawn = _TYPE.sub("", drawn)
    while (smaller := _EMPTY.sub("", drawn)) != drawn:
        drawn = smaller
    return drawn


def _head(title: str, area: QRectF, options: PictureOptions, carried: svg_format.Carried) -> str:
    """The beginning of the file, as wide as is wished or a pixel a scene unit. Its title is what a screen
    reader says first.
    """
    width, height = (f"{side:.6g}" for side in (area.width(), area.height()))
    wide, high = width, height
    if options.width is not None:
        unit = "" if options.width.unit == "px" else options.width.unit
        wide = f"{options.width.amount:.6g}{unit}"
        high = f"{options.width.amount * area.height() / area.width():.6g}{unit}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1"'
        f' width="{wide}" height="{high}" viewBox="0 0 {width} {height}"'
        f' role="img" {carried.attribute}>\n<title>{escape(title, quote=False)}</title>\n'
        f"{carried.description}\n"
    )


# --- text
def _text(found: re.Match[str], written: Sequence[Written], mark: str) -> str:
    """The text element that stands for a mark; text that Qt wrote itself, in notes, stays."""
    if not found["said"].startswith(mark):
        return found[0]
    text = written[int(found["said"].removeprefix(mark))]
    looks = re.search(r'x="[^"]*" y="[^"]*"', found["looks"])
    place = looks[0] if looks else ""
    anchor = "" if text.anchor == "start" else f' text-anchor="{text.anchor}"'
    return (
        f'<text {place} font-family="{_FALLBACK}" font-size="{text.style[0]:g}"'
        f' font-weight="{text.style[1].value}" fill="{text.ink}" stroke="none"{anchor}'
        f' xml:space="preserve">{escape(text.said, quote=False)}</text>'
    )


def _letters(drawn: str) -> Mapping[int, set[str]]:
    """Which letters there are of each weight."""
    found: dict[int, set[str]] = {}
    for text in _TEXT.finditer(drawn):
        weight = _WEIGHT.search(text["looks"])
        wanted = int(weight[1]) if weight else 400
        nearest = min(FILES, key=lambda other: abs(other - wanted))
        found.setdefault(nearest, set()).update(unescape(text["said"]))
    return found
