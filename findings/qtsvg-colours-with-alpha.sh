#!/usr/bin/env bash
# QtSvg reads a colour that it does not know as black.
#
# Guess before running: fill='rgba(255, 0, 0, 0.5)' and '#ff000080' give half transparent red, or at worst
#   nothing.
# Seen: rgba(), the eight-digit form and hsl() do not give red; what was drawn is printed below. rgb() and
#   fill-opacity do, but not fill-opacity in per cent.
# Who meets it: who shows a figure made by a web tool: tinted areas become opaque and hide what lies
#   beneath. Write rgb and fill-opacity as a number.
# Versions: PySide6-Essentials==6.11.1; Python 3.11. Needs python3 with venv and a package index. Fails if
#   the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.1
cat > "$place/probe.py" <<'PROBE'
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

application = QGuiApplication([])


def drawn(content):
    """The picture of this content, 200 by 100 pixels."""
    text = f'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" viewBox="0 0 200 100">{content}</svg>'
    image = QImage(200, 100, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    renderer = QSvgRenderer(QByteArray(text.encode()))
    assert renderer.isValid()
    renderer.render(painter)
    painter.end()
    return image


for fill in ('fill="rgb(255, 0, 0)"', 'fill="red" fill-opacity="0.5"', 'fill="red" fill-opacity="50%"',
             'fill="rgba(255, 0, 0, 0.5)"', 'fill="#ff000080"', 'fill="hsl(0, 100%, 50%)"'):
    color = drawn(f'<rect width="20" height="20" {fill}/>').pixelColor(5, 5)
    print(fill, color.name(), f"{color.alphaF():.1f}")
PROBE
cat > "$place/expected" <<'EXPECTED'
fill="rgb(255, 0, 0)" #ff0000 1.0
fill="red" fill-opacity="0.5" #ff0000 0.5
fill="red" fill-opacity="50%" #ff0000 1.0
fill="rgba(255, 0, 0, 0.5)" #000000 1.0
fill="#ff000080" #000000 1.0
fill="hsl(0, 100%, 50%)" #000000 1.0
EXPECTED
QT_QPA_PLATFORM=offscreen "$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
diff "$place/expected" "$place/seen" && echo "As written."
