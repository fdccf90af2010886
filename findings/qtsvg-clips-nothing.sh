#!/usr/bin/env bash
# QtSvg honours mask but ignores clip-path.
#
# Guess before running: of two ways to cut a shape, the older and simpler one, clip-path, is drawn if mask is.
# Seen: a rectangle with clip-path is drawn whole; with a mask of the same form it is cut; the file counts
#   as valid, with no message.
# Who meets it: who shows a plot or a figure by Qt: curves run out of their frame. matplotlib and most
#   drawing programs clip by clip-path.
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


shape = '<rect width="10" height="10" fill="white"/>'
for kind, end in (("clipPath", "clip-path"), ("mask", "mask")):
    image = drawn(f'<defs><{kind} id="c">{shape}</{kind}></defs><rect width="90" height="90" fill="red" {end}="url(#c)"/>')
    print(end, "at 5, 5:", image.pixelColor(5, 5).name(), "at 50, 50:", image.pixelColor(50, 50).alpha())
PROBE
cat > "$place/expected" <<'EXPECTED'
clip-path at 5, 5: #ff0000 at 50, 50: 255
mask at 5, 5: #ff0000 at 50, 50: 0
EXPECTED
QT_QPA_PLATFORM=offscreen "$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
diff "$place/expected" "$place/seen" && echo "As written."
