#!/usr/bin/env bash
# Qt makes a PDF page that is nearly a standard sheet into that sheet, upright ones alone, and rounds all others to points.
#
# Guess before running: QPdfWriter makes the page as large as it is told, to a fraction of a point, as a PDF can.
# Seen: a page of 89 by 126 mm (a column of a journal, upright) is B7, 88 by 125 mm, and what is drawn at its
#   edge is cut; 209.2 by 296.2 mm is A4. QPageSize looks for a sheet within 3 points where it is not told
#   ExactMatch. The same page lying, 126 by 89 mm, stays as it is. Even so 8.5 cm, which are 240.94 points, are 241.
# Who meets it: who writes figures of a column's width by Qt or a plotting library on it: some are a millimetre
#   narrower than asked, others not. nodegraph asks for ExactMatch.
# Versions: PySide6-Essentials==6.11.3; Python 3.11; Linux. Needs python3 with venv and a
#   package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.11.3
cat > "$place/probe.py" <<'PROBE'
import os
import re

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QBuffer, QMarginsF, QSizeF
from PySide6.QtGui import QGuiApplication, QPageSize, QPainter, QPdfWriter

application = QGuiApplication([])
MM = QPageSize.Unit.Millimeter


def box(size: QPageSize) -> str:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(size)
    writer.setPageMargins(QMarginsF())
    painter = QPainter(writer)
    painter.drawLine(0, 0, 100, 100)
    painter.end()
    return re.search(rb"/MediaBox \[([^\]]*)\]", bytes(buffer.data())).group(1).decode()


for width, height in ((89.0, 126.0), (126.0, 89.0), (209.2, 296.2), (85.0, 120.0)):
    exact = QPageSize(QSizeF(width, height), MM, "figure", QPageSize.SizeMatchPolicy.ExactMatch)
    told = QPageSize(QSizeF(width, height), MM)
    print(f"{width} x {height} mm, {width / 25.4 * 72:.2f} x {height / 25.4 * 72:.2f} points")
    print("  as told:", told.name(), box(told))
    print("  ExactMatch:", box(exact))
PROBE
cat > "$place/expected" <<'EXPECTED'
89.0 x 126.0 mm, 252.28 x 357.17 points
  as told: B7 0 0 249.000000 354.000000
  ExactMatch: 0 0 252.000000 357.000000
126.0 x 89.0 mm, 357.17 x 252.28 points
  as told: Custom (126mm x 89mm) 0 0 357.000000 252.000000
  ExactMatch: 0 0 357.000000 252.000000
209.2 x 296.2 mm, 593.01 x 839.62 points
  as told: A4 0 0 595.000000 842.000000
  ExactMatch: 0 0 593.000000 840.000000
85.0 x 120.0 mm, 240.94 x 340.16 points
  as told: Custom (85mm x 120mm) 0 0 241.000000 340.000000
  ExactMatch: 0 0 241.000000 340.000000
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
