#!/usr/bin/env bash
# QPainterPath.angleAtPercent is 0 at the end of a curve whose last two points are one.
#
# Guess before running: a cubic with a control point on its end has there the direction towards the other
#   control point, as its pictures show: for 0,0 0,0 50,50 100,50 it starts downwards at 315°. A straight
#   vertical one has 270° everywhere.
# Seen: 0° at such an end, and 0° at both ends of the vertical line, which in its middle has 270°;
#   slopeAtPercent is inf there. A path of lineTo has 270° throughout.
# Who meets it: who turns an arrowhead by the angle of its edge: a straight edge that is kept as a curve
#   ends in an arrow across it. Take the angle a little before the end, or from the last point that
#   differs.
# Versions: PySide6-Essentials==6.11.1; Python 3.11. Needs python3 with venv and a package index. Fails
#   if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.1
cat > "$place/probe.py" <<'PROBE'
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath


def curve(*points):
    start, *rest = (QPointF(*point) for point in points)
    path = QPainterPath(start)
    path.cubicTo(*rest)
    return path


line = QPainterPath(QPointF(0, 0))
line.lineTo(0, 100)
paths = {
    "first control point on the start": curve((0, 0), (0, 0), (50, 50), (100, 50)),
    "second control point on the end": curve((0, 0), (50, 0), (100, 50), (100, 50)),
    "straight down, control points on the ends": curve((0, 0), (0, 0), (0, 100), (0, 100)),
    "straight down, control points between": curve((0, 0), (0, 30), (0, 70), (0, 100)),
    "straight down, as a line": line,
}
for name, path in paths.items():
    print(name, *(f"{path.angleAtPercent(at) % 360:.0f}" for at in (0, 0.001, 0.5, 0.999, 1)))
PROBE
cat > "$place/expected" <<'EXPECTED'
first control point on the start 0 315 326 360 0
second control point on the end 0 360 326 315 0
straight down, control points on the ends 0 270 270 270 0
straight down, control points between 270 270 270 270 270
straight down, as a line 270 270 270 270 270
EXPECTED
QT_QPA_PLATFORM=offscreen "$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
