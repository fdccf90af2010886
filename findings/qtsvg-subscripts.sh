#!/usr/bin/env bash
# QtSvg puts every tspan on the line of its text: dy and baseline-shift do nothing.
#
# Guess before running: <tspan dy='20'> moves the text after it down by 20 units, as in browsers and librsvg.
# Seen: the picture is the same, byte for byte, with dy, with baseline-shift and without; dx does nothing
#   either.
# Who meets it: who typesets w₁ or x² as text in an SVG that Qt shows: index and exponent stand on the
#   line like a factor. Place each piece as a text of its own.
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


def text(attributes):
    return drawn(f'<text x="20" y="50" font-size="20" fill="red">w<tspan {attributes}>1</tspan></text>')


plain = text("")
for attributes in ('dy="20"', 'baseline-shift="sub"', 'dx="30"'):
    print(attributes, "as without" if text(attributes) == plain else "moved")
print('dominant-baseline="central"', "as without" if drawn('<text x="20" y="50" dominant-baseline="central">w</text>') == drawn('<text x="20" y="50">w</text>') else "moved")
PROBE
cat > "$place/expected" <<'EXPECTED'
dy="20" as without
baseline-shift="sub" as without
dx="30" as without
dominant-baseline="central" as without
EXPECTED
QT_QPA_PLATFORM=offscreen "$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
diff "$place/expected" "$place/seen" && echo "As written."
