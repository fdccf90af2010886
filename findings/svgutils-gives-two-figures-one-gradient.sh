#!/usr/bin/env bash
# svgutils puts two figures side by side whose gradients have one name into one file: in Qt both have the first one's colour, in resvg both the second's.
#
# Guess before running: a program that composes figures gives each its own ids, or says that they are the same: a red gradient stays red and a blue one
#   blue.
# Seen: both definitions come into the file under one id, of which svgutils says nothing, and every reference finds one of them: Qt takes the first
#   definition for both figures, with a warning on standard error, resvg the last. The same holds for a clip-path, of which one figure gets the shape of
#   the other (Qt clips nothing at all).
# Who meets it: who puts two exported graphs, or a graph and a chart, side by side for a paper or a slide: files of one program use the same ids, such as
#   g, clip1 or arrow, and the figure changes with the program that shows it. Rename ids first.
# Versions: svgutils==0.3.4, lxml==6.1.3, resvg_py==0.5.0, PySide6-Essentials==6.12.0, pillow==13.0.0; Python 3.11. Needs python3 with venv, a package
#   index and the libraries of Qt for headless use. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check svgutils==0.3.4 lxml==6.1.3 resvg_py==0.5.0 PySide6-Essentials==6.12.0 pillow==13.0.0
cat > "$place/figures.py" <<'PROBE'
import io
import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
import resvg_py
import svgutils.transform
from PIL import Image
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

FIGURE = """<svg xmlns="http://www.w3.org/2000/svg" width="50" height="50"><defs>
<linearGradient id="g"><stop offset="0" stop-color="{colour}"/></linearGradient>
<clipPath id="c"><rect width="50" height="{height}"/></clipPath></defs>
<rect width="50" height="50" fill="url(#g)" clip-path="url(#c)"/></svg>"""


def figure(colour, height):
    return svgutils.transform.fromstring(FIGURE.format(colour=colour, height=height))


NAMES = {(255, 0, 0): "red", (0, 0, 255): "blue", (255, 255, 255): "nothing"}


def colours(picture):
    places = [(25, 10), (25, 40), (75, 10), (75, 40)]
    return [NAMES[picture.getpixel(place)] for place in places]


def resvg(text):
    picture = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=text)))).convert("RGBA")
    paper = Image.new("RGBA", picture.size, "white")
    paper.alpha_composite(picture)
    return paper.convert("RGB")


def qt(text):
    image = QImage(100, 50, QImage.Format.Format_RGBA8888)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(text.encode())).render(painter)
    painter.end()
    return Image.frombuffer("RGBA", (100, 50), bytes(image.constBits())).convert("RGB")


application = QGuiApplication([])
sheet = svgutils.transform.SVGFigure("100", "50")
roots = [figure(*part).getroot() for part in (("red", 25), ("blue", 50))]
roots[1].moveto(50, 0)
sheet.append(roots)
text = sheet.to_str().decode()
print("definitions called g:", text.count('id="g"'))
for painter in (resvg, qt):
    print(f"{painter.__name__}: red figure above and below, blue figure above and below: {colours(painter(text))}")
PROBE
cat > "$place/expected" <<'EXPECTED'
definitions called g: 2
resvg: red figure above and below, blue figure above and below: ['blue', 'blue', 'blue', 'blue']
qt: red figure above and below, blue figure above and below: ['red', 'red', 'red', 'red']
EXPECTED
"$place/venv/bin/python" "$place/figures.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
