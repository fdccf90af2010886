#!/usr/bin/env bash
# QSvgGenerator writes a line that is drawn with a gradient as a black one, and text without its spacing.
#
# Guess before running: what a pen is coloured with is written as it is for a brush: a linear gradient becomes
#   linearGradient, and stroke='url(#…)'. Letter spacing becomes letter-spacing, or a place for each letter.
# Seen: a filled shape has its linearGradient; a line with the same gradient has stroke='#000000', and no
#   warning is given (of a conical gradient, which SVG lacks, there is one). Letter spacing is dropped, so
#   that a word is narrower than the box that was drawn around it. A clip is written only where the version is
#   set to SVG 1.1; as the default, Tiny 1.2, all is painted.
# Who meets it: who exports edges that fade from one colour to another by QPainter: they are black in the SVG,
#   though right in PNG and PDF. Fill the outline of the line (QPainterPathStroker) instead.
# Versions: PySide6-Essentials==6.11.1; Python 3.11. Needs python3 with venv and a package index. Fails if the
#   output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.1
cat > "$place/probe.py" <<'PROBE'
import re

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QGuiApplication, QLinearGradient, QPainter, QPainterPath
from PySide6.QtGui import QPainterPathStroker, QPen
from PySide6.QtSvg import QSvgGenerator

application = QGuiApplication([])
gradient = QLinearGradient(0, 0, 100, 0)
gradient.setColorAt(0, QColor("red"))
gradient.setColorAt(1, QColor("blue"))


def written(draw, version=QSvgGenerator.SvgVersion.SvgTiny12):
    """The SVG that a drawing becomes."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator(version)
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(200, 100))
    generator.setViewBox(QRect(0, 0, 200, 100))
    painter = QPainter(generator)
    draw(painter)
    painter.end()
    return bytes(buffer.data()).decode()


def line(painter):
    painter.setPen(QPen(QBrush(gradient), 5))
    painter.drawLine(0, 50, 100, 50)


def outline(painter):
    path = QPainterPath(QPointF(0, 50))
    path.lineTo(100, 50)
    painter.fillPath(QPainterPathStroker(QPen(Qt.GlobalColor.black, 5)).createStroke(path), QBrush(gradient))


def spaced(painter):
    font = QFont("DejaVu Sans")
    font.setPixelSize(14)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 5)
    painter.setFont(font)
    painter.drawText(QPointF(10, 60), "loss")


def clipped(painter):
    painter.setClipRect(QRect(0, 0, 20, 20))
    painter.fillRect(0, 0, 100, 100, Qt.GlobalColor.red)


print("line:", re.findall(r'stroke="(#\w+|url\([^)]*\))"[^>]*stroke-width="5"', written(line)))
filled = written(outline)
print("outline of a line:", re.findall(r'fill="(url\([^)]*\))"', filled), "linearGradient" in filled)
print("spaced text:", "letter-spacing" in written(spaced), re.findall(r">(\w+)</text>", written(spaced)))
print("clip, Tiny 1.2:", "clip-path" in written(clipped), "SVG 1.1:", end=" ")
print("clip-path" in written(clipped, QSvgGenerator.SvgVersion.Svg11))
PROBE
cat > "$place/expected" <<'EXPECTED'
line: ['#000000']
outline of a line: ['url(#gradient1)'] True
spaced text: False ['loss']
clip, Tiny 1.2: False SVG 1.1: True
EXPECTED
QT_QPA_PLATFORM=offscreen "$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
