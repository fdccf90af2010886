#!/usr/bin/env bash
# QPdfWriter paints Multiply, Darken and every other mode of blending as plain paint, without a word.
#
# Guess before running: what a QPainter draws with CompositionMode_Multiply on a picture comes out the same in a PDF, which has had these modes since 1.4.
# Seen: a cyan square multiplied onto yellow is green in a QImage and cyan in the PDF; Screen, Darken, Plus and Difference are as plain there. A line on the
#   console warns of DestinationOver, Clear and their like, of these not.
# Who meets it: who marks cells or a path in a figure as by a highlighter: on paper the marker covers what it marks. Paint marks beneath the letters, or half
#   transparent, which a PDF of Qt can have.
# Versions: PySide6-Essentials==6.11.3, pypdfium2==5.15.2, pillow==13.0.0; Python 3.11. Needs python3 with venv, a package index and the libraries of Qt for
#   headless use. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.3 pypdfium2==5.15.2 pillow==13.0.0
cat > "$place/bm.py" <<'PROBE'
import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
import pypdfium2
from PySide6.QtCore import QBuffer, QMarginsF, QSizeF
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPageSize, QPainter, QPdfWriter

application = QGuiApplication([])


def paint(device, mode):
    painter = QPainter(device)
    painter.fillRect(0, 0, 100, 100, QColor(255, 255, 0))
    painter.setCompositionMode(mode)
    painter.fillRect(20, 20, 60, 60, QColor(0, 255, 255))
    painter.end()


for name in ("SourceOver", "Multiply", "Screen", "Darken", "Plus", "Difference"):
    mode = QPainter.CompositionMode[f"CompositionMode_{name}"]
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    paint(image, mode)
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QSizeF(100, 100), QPageSize.Unit.Point))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setResolution(72)
    paint(writer, mode)
    page = pypdfium2.PdfDocument(bytes(buffer.data()))[0].render(scale=1).to_pil()
    print(f"{name}: image {image.pixelColor(50, 50).name()}, PDF #{'%02x%02x%02x' % page.getpixel((50, 50))[:3]}")
PROBE
cat > "$place/expected" <<'EXPECTED'
SourceOver: image #00ffff, PDF #00ffff
Multiply: image #00ff00, PDF #00ffff
Screen: image #ffffff, PDF #00ffff
Darken: image #00ff00, PDF #00ffff
Plus: image #ffffff, PDF #00ffff
Difference: image #ff00ff, PDF #00ffff
EXPECTED
"$place/venv/bin/python" "$place/bm.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
