#!/usr/bin/env bash
# A QPicture of text alone has an empty bounding rectangle; an index of an index, and <mark>, are lost in Qt's rich text.
#
# Guess before running: QPicture.boundingRect() holds all that was painted, as it holds rectangles, lines with their width and images; in HTML an index
#   within an index is lower and smaller, and <mark> has a background.
# Seen: drawText adds nothing: a formula painted as text has the rectangle 0, 0, 0, 0, and beside a small rectangle it has that one's.
#   w<sub>i<sub>j</sub></sub> is one index ij, of one height and size, and so is <sup> within <sup>; <sub> within <sup> is an index of the base. <mark> is
#   plain.
# Who meets it: who records a label as a QPicture to measure or to show it: a QLabel of it has no size, and a scaled picture is cut. And who writes x with
#   the index i of j in a label: another variable.
# Versions: PySide6-Essentials==6.12.0; Python 3.11. Needs python3 with venv, a package index and the libraries of Qt for headless use. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.12.0
cat > "$place/pictures.py" <<'PROBE'
import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPicture, QTextDocument
from PySide6.QtWidgets import QApplication, QLabel

application = QApplication([])


def recorded(*parts):
    picture = QPicture()
    painter = QPainter(picture)
    for part in parts:
        part(painter)
    painter.end()
    return picture


def text(painter):
    painter.drawText(QPointF(10, 60), "L = a*b + c")


def square(painter):
    painter.drawRect(QRectF(0, 0, 5, 5))


for name, parts in {"text": [text], "a square": [square], "both": [square, text]}.items():
    label = QLabel()
    label.setPicture(recorded(*parts))
    print(f"{name}: bounding rectangle {recorded(*parts).boundingRect().getRect()}, label wants {label.sizeHint().toTuple()}")
document = QTextDocument()
document.setHtml("w<sub>i<sub>j</sub></sub> e<sup>x<sup>2</sup></sup> x<sup>2<sub>a</sub></sup> <mark>m</mark>")
fragment = document.begin().begin()
while not fragment.atEnd():
    piece = fragment.fragment()
    looks = piece.charFormat()
    print(repr(piece.text()), looks.verticalAlignment().name, looks.background().style().name)
    fragment += 1
PROBE
cat > "$place/expected" <<'EXPECTED'
text: bounding rectangle (0, 0, 0, 0), label wants (0, 0)
a square: bounding rectangle (0, 0, 5, 5), label wants (5, 5)
both: bounding rectangle (0, 0, 5, 5), label wants (5, 5)
'w' AlignNormal NoBrush
'ij' AlignSubScript NoBrush
' e' AlignNormal NoBrush
'x2' AlignSuperScript NoBrush
' x' AlignNormal NoBrush
'2' AlignSuperScript NoBrush
'a' AlignSubScript NoBrush
' m' AlignNormal NoBrush
EXPECTED
"$place/venv/bin/python" "$place/pictures.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
