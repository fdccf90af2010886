#!/usr/bin/env bash
# A QVariantAnimation from 0 to 1.0 has no values in Python: nothing moves, and nothing is said.
#
# Guess before running: setStartValue(0) and setEndValue(1.0) animate from 0.0 to 1.0, as Python's numbers mix.
# Seen: valueChanged is never emitted and currentValue() is None, as for any two ends whose kinds differ: 0.0 and 1, QPointF and QPoint. From 0 to 1 it jumps;
#   from 0.0 to 1.0 alone it glides. The animation runs its time and ends.
# Who meets it: who lets a progress, an opacity or a step glide and writes 0 for 0.0. Write both ends as floats.
# Versions: PySide6-Essentials==6.11.3; Python 3.11. Needs python3 with venv, a package index and the libraries of Qt for headless use. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.3
cat > "$place/va.py" <<'PROBE'
import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import QPoint, QPointF, QVariantAnimation
from PySide6.QtGui import QGuiApplication

application = QGuiApplication([])
for start, end in ((0, 1.0), (0.0, 1), (0, 1), (0.0, 1.0), (QPointF(0, 0), QPoint(1, 1)), (QPointF(0, 0), QPointF(1, 1))):
    animation = QVariantAnimation(duration=100, startValue=start, endValue=end)
    seen = []
    animation.valueChanged.connect(seen.append)
    for time in (0, 25, 50, 75, 100):
        animation.setCurrentTime(time)
    told = [value if isinstance(value, int | float) else (value.x(), value.y()) for value in seen]
    name = type(start).__name__, type(end).__name__
    print(f"{name[0]} to {name[1]}: values {told}, last {'None' if animation.currentValue() is None else 'there'}")
PROBE
cat > "$place/expected" <<'EXPECTED'
int to float: values [], last None
float to int: values [], last None
int to int: values [1], last there
float to float: values [0.25, 0.5, 0.75, 1.0], last there
QPointF to QPoint: values [], last None
QPointF to QPointF: values [(0.25, 0.25), (0.5, 0.5), (0.75, 0.75), (1.0, 1.0)], last there
EXPECTED
"$place/venv/bin/python" "$place/va.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
