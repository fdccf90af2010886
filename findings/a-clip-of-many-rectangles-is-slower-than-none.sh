#!/usr/bin/env bash
# A clip of many small rectangles makes QPainter several times slower than painting the whole picture anew.
#
# Guess before running: where only a part of a picture is stale, a clip of exactly that part saves time: what lies outside it costs nothing.
# Seen: 17,000 lines through a region of some 1,000 rectangles, put together from 120 overlapping ones, take five times as long as through the one
#   rectangle around them all, although less than a third of its area is painted: each line is tried against the rectangles.
# Who meets it: who mends a view of many edges after a small change with the union of what changed, as an update region of Qt is: redrawing is slower
#   than drawing. From a few rectangles on, take the rectangle around them.
# Versions: PySide6-Essentials==6.11.3; Python 3.11. Needs python3 with venv, a package index and the libraries of Qt for headless use (libEGL, libGL). Fails if
#   the region is not at least twice as slow, by processor time.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.3
cat > "$place/clip.py" <<'PROBE'
import os
import random
import time

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import QLineF, QRect
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPen, QPixmap, QRegion

application = QGuiApplication([])
chance = random.Random(1)
lines = [QLineF(*(chance.random() * size for size in (1600, 900, 1600, 900))) for _ in range(17_000)]
stale = QRegion()
for _ in range(120):
    stale |= QRegion(QRect(chance.randrange(1500), chance.randrange(800), 60, 40))


def seconds(clip):
    picture = QPixmap(1600, 900)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    painter.setPen(QPen(QColor("black"), 0))
    painter.setClipRegion(clip)
    start = time.thread_time()
    painter.drawLines(lines)
    taken = time.thread_time() - start
    painter.end()
    return taken


around = QRegion(stale.boundingRect())
exact, whole = (min(seconds(clip) for _ in range(3)) for clip in (stale, around))
covered = sum(part.width() * part.height() for part in stale) / (around.boundingRect().width() * around.boundingRect().height())
print("the region has more than 500 rectangles:", stale.rectCount() > 500)
print("it covers less than a third of the rectangle around it:", covered < 1 / 3)
print("lines through it take more than twice as long as through that rectangle:", exact > 2 * whole)
PROBE
cat > "$place/expected" <<'EXPECTED'
the region has more than 500 rectangles: True
it covers less than a third of the rectangle around it: True
lines through it take more than twice as long as through that rectangle: True
EXPECTED
"$place/venv/bin/python" "$place/clip.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
