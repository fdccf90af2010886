#!/usr/bin/env bash
# A curve in a QGraphicsScene is hit beside its line, wherever its bend would be filled.
#
# Guess before running: a QGraphicsPathItem of an open curve without a brush is hit on its line, as wide as its pen is, and nowhere else; an edge of a node
#   editor can be taken just there.
# Seen: the shape of the item is the line together with the area between the curve and the straight line from its end to its start: far inside the
#   bend items() finds it, and of an S-curve both halves of the S are hit, one on either side. A QGraphicsLineItem is hit on its line alone.
#   What lies under such an area gets no press of the mouse, and contains, items and collidesWithItem say the same.
# Who meets it: who draws edges as curves in a node editor on Qt: a click between a card and a curve takes the edge, and so do rubber bands. shape() must
#   be the outline that QPainterPathStroker makes.
# Versions: PySide6-Essentials==6.11.3; Python 3.11. Needs python3 with venv, a package index and the libraries of Qt for headless use (libEGL, libGL). Fails
#   if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.3
cat > "$place/bend.py" <<'PROBE'
import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainterPath, QPainterPathStroker, QPen
from PySide6.QtWidgets import QApplication, QGraphicsLineItem, QGraphicsPathItem, QGraphicsScene

application = QApplication([])
bend = QPainterPath(QPointF(0, 0))
bend.cubicTo(200, 0, 200, 200, 0, 200)
wave = QPainterPath(QPointF(0, 0))
wave.cubicTo(100, 0, 100, 200, 200, 200)
places = {"bend": [(150, 100), (60, 100), (170, 100)], "wave": [(100, 100), (30, 15), (60, 60), (60, 20), (150, 150), (165, 180)]}
for name, path in {"bend": bend, "wave": wave}.items():
    stroker = QPainterPathStroker(QPen(Qt.GlobalColor.black, 2))
    scene = QGraphicsScene()
    item = QGraphicsPathItem(path)
    item.setPen(QPen(Qt.GlobalColor.black, 2))
    scene.addItem(item)
    for place in places[name]:
        on_line = stroker.createStroke(path).contains(QPointF(*place))
        print(name, place, "on the line" if on_line else "beside it", "is hit" if scene.items(QPointF(*place)) else "is not hit")
line = QGraphicsLineItem(0, 0, 200, 200)
print("straight line, beside it", "is hit" if line.contains(QPointF(60, 100)) else "is not hit")
PROBE
cat > "$place/expected" <<'EXPECTED'
bend (150, 100) on the line is hit
bend (60, 100) beside it is hit
bend (170, 100) beside it is not hit
wave (100, 100) on the line is hit
wave (30, 15) beside it is hit
wave (60, 60) beside it is hit
wave (60, 20) beside it is not hit
wave (150, 150) beside it is not hit
wave (165, 180) beside it is hit
straight line, beside it is not hit
EXPECTED
"$place/venv/bin/python" "$place/bend.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
