#!/usr/bin/env bash
# QtSvg draws a shape of 100% as one of 100 units.
#
# Guess before running: <rect width='100%' height='100%'/> fills a picture of 400 by 200 units, since
#   QtSvg reads width='100%' of the svg element itself rightly.
# Seen: the rectangle is 100 by 100 units; a circle at 50% 50% stands at 50, 50; a line to 100% ends at
#   100. Lengths in em come out as nothing. No message.
# Who meets it: who shows a figure with a background, which web tools write as a rectangle of 100%: its
#   right and lower parts are transparent, and on a dark window the letters there vanish. Our own SVG has
#   to give every length as a number.
# Versions: PySide6-Essentials==6.11.1; Python 3.11. Needs python3 with venv and a package index. Fails
#   if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.1
cat > "$place/probe.py" <<'PROBE'
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QRegion, QBitmap
from PySide6.QtSvg import QSvgRenderer

application = QGuiApplication([])


def bounds(content):
    """Where there is ink, as left, top, right and bottom."""
    text = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200" font-size="20">{content}</svg>'
    renderer = QSvgRenderer(QByteArray(text.encode()))
    assert renderer.isValid()
    image = QImage(400, 200, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    box = QRegion(QBitmap.fromImage(image.createAlphaMask())).boundingRect()
    return (box.left(), box.top(), box.right() + 1, box.bottom() + 1) if box.isValid() else "nothing"


for content in (
    '<rect width="400" height="200"/>',
    '<rect width="100%" height="100%"/>',
    '<circle cx="50%" cy="50%" r="10"/>',
    '<line x1="0" y1="50%" x2="100%" y2="50%" stroke="black" stroke-width="2"/>',
    '<path d="M0 0h40v40h-40z"/>',
    '<rect width="2em" height="2em"/>',
):
    print(content, bounds(content))
PROBE
cat > "$place/expected" <<'EXPECTED'
<rect width="400" height="200"/> (0, 0, 400, 200)
<rect width="100%" height="100%"/> (0, 0, 100, 100)
<circle cx="50%" cy="50%" r="10"/> (40, 40, 60, 60)
<line x1="0" y1="50%" x2="100%" y2="50%" stroke="black" stroke-width="2"/> (0, 49, 100, 51)
<path d="M0 0h40v40h-40z"/> (0, 0, 40, 40)
<rect width="2em" height="2em"/> nothing
EXPECTED
QT_QPA_PLATFORM=offscreen "$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
