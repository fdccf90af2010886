#!/usr/bin/env bash
# In Qt the rectangle of a level line meets nothing, and a union of points holds only the last of them.
#
# Guess before running: the rectangle around a level or upright line, which has no height or no width, intersects the view that it crosses and lies within it;
#   the union of the rectangles of some points is the rectangle around all of them.
# Seen: intersects and contains are False for every rectangle without height or width, in both directions, and united passes over them; the union of
#   (-5, 0), (10, 10) and (3, 40) is (3, 40) without a size, and the origin joined with a rectangle is that rectangle. QPainterPath.intersects says True
#   of the same line.
# Who meets it: who asks which edges of a graph are in view, or what is around a selection, by rectangles: edges that run level are not drawn, and a layer of nodes
#   in one row has no extent. Give each rectangle the width of its pen first.
# Versions: PySide6-Essentials==6.11.3; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.3
cat > "$place/flat.py" <<'PROBE'
from functools import reduce

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

view = QRectF(0, 0, 100, 100)
lines = {"level": ((10, 50), (90, 50)), "upright": ((50, 10), (50, 90)), "slanted": ((10, 50), (90, 51))}
for name, (start, end) in lines.items():
    around = QPolygonF([QPointF(*start), QPointF(*end)]).boundingRect()
    path = QPainterPath(QPointF(*start))
    path.lineTo(*end)
    print(name, "line: view.intersects", view.intersects(around), "view.contains", view.contains(around), "path.intersects", path.intersects(view))
points = [QRectF(x, y, 0, 0) for x, y in ((-5, 0), (10, 10), (3, 40))]
print("union of three points:", reduce(QRectF.united, points).getRect())
print("origin and a rectangle:", QRectF(0, 0, 0, 0).united(QRectF(10, 10, 5, 5)).getRect())
around = QPolygonF([rectangle.topLeft() for rectangle in points]).boundingRect()
print("as a polygon:", around.getRect())
PROBE
cat > "$place/expected" <<'EXPECTED'
level line: view.intersects False view.contains False path.intersects True
upright line: view.intersects False view.contains False path.intersects True
slanted line: view.intersects True view.contains True path.intersects True
union of three points: (3.0, 40.0, 0.0, 0.0)
origin and a rectangle: (10.0, 10.0, 5.0, 5.0)
as a polygon: (-5.0, 0.0, 15.0, 40.0)
EXPECTED
"$place/venv/bin/python" "$place/flat.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
