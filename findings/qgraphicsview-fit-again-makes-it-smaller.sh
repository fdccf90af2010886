#!/usr/bin/env bash
# QGraphicsView.fitInView of what is in view already makes it smaller, by 1.3 per cent at each call in a view of 400 by 300.
#
# Guess before running: fitInView shows the rectangle exactly, as large as the view allows: 400 by 300 units in a viewport of 400 by 300 pixels have scale
#   1, and fitting what is seen changes nothing.
# Seen: a margin of two pixels is kept on each side, which no property tells or sets: the scale is 0.9867. Fitting the visible part again gives 0.9735,
#   then 0.9605. A rectangle without height, as of a level line or of nodes in a row of points, changes nothing and says nothing.
# Who meets it: who binds fitting to a key, to a resize, or to a round trip of "save what is seen, show it again": the picture shrinks each time, and
#   pixel-exact pictures are blurred. Set the transform yourself.
# Versions: PySide6-Essentials==6.12.0; Python 3.11. Needs python3 with venv, a package index and the libraries of Qt for headless use. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.12.0
cat > "$place/fit.py" <<'PROBE'
import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsScene, QGraphicsView

application = QApplication([])
scene = QGraphicsScene(-1000, -1000, 3000, 3000)
view = QGraphicsView(scene)
view.setFrameShape(QFrame.Shape.NoFrame)
view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
view.resize(400, 300)
view.show()
application.processEvents()
print("viewport", view.viewport().width(), "by", view.viewport().height())
view.fitInView(QRectF(0, 0, 400, 300), Qt.AspectRatioMode.KeepAspectRatio)
print(f"400 by 300 units: scale {view.transform().m11():.4f}")
for _ in range(3):
    seen = view.mapToScene(view.viewport().rect()).boundingRect()
    view.fitInView(seen, Qt.AspectRatioMode.KeepAspectRatio)
    print(f"what is seen, again: scale {view.transform().m11():.4f}")
view.resetTransform()
view.fitInView(QRectF(0, 0, 4000, 0), Qt.AspectRatioMode.KeepAspectRatio)
print(f"a level line of 4000 units: scale {view.transform().m11():.4f}")
PROBE
cat > "$place/expected" <<'EXPECTED'
viewport 400 by 300
400 by 300 units: scale 0.9867
what is seen, again: scale 0.9735
what is seen, again: scale 0.9605
what is seen, again: scale 0.9477
a level line of 4000 units: scale 1.0000
EXPECTED
"$place/venv/bin/python" "$place/fit.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
