#!/usr/bin/env bash
# A line of QtCharts leaves a NaN out and joins its neighbours; a series that is constant, or that holds a zero on a logarithmic axis, is not drawn at
#   all.
#
# Guess before running: NaN leaves a gap; nothing was expected of the others but a level line, and a line without its zero.
# Seen: of five points with a NaN four are kept ("Ignored NaN" on the error stream), and the line runs through the gap. A constant 5 has an axis from 5
#   to 5 and no line. A zero among 1, 0.1 and 0.001 leaves a logarithmic axis from 1 to 2 with nothing on it, though the other three could be drawn.
# Who meets it: who shows a loss: a run that went wrong looks whole, one that has converged is empty.
# Versions: PySide6==6.11.1; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check PySide6==6.11.1
cat > "$place/probe.py" <<'PROBE'
from PySide6.QtCharts import QChart, QChartView, QLineSeries, QLogValueAxis, QValueAxis
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

app = QApplication([])


def drawn(name, values, axis_kind=QValueAxis):
    series = QLineSeries()
    series.setColor(QColor(255, 0, 0))
    for step, value in enumerate(values):
        series.append(step, value)
    chart = QChart()
    chart.legend().hide()
    chart.addSeries(series)
    for axis, side in ((QValueAxis(), Qt.AlignmentFlag.AlignBottom), (axis_kind(), Qt.AlignmentFlag.AlignLeft)):
        chart.addAxis(axis, side)
        series.attachAxis(axis)
    view = QChartView(chart)
    view.resize(500, 300)
    view.show()
    app.processEvents()
    image = view.grab().toImage()
    red = {x for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y).green() < 100 < image.pixelColor(x, y).red()}
    across = round(100 * len(red) / (max(red) - min(red) + 1)) if red else 0
    print(f"{name}: {series.count()} points, axis from {axis.min():g} to {axis.max():g}, columns of the line that are painted: {across} %")


nan = float("nan")
drawn("falling", [1, 0.5, 0.3, 0.2, 0.1])
drawn("with NaN", [1, 0.5, nan, 0.2, 0.1])
drawn("constant", [5, 5, 5])
drawn("falling, logarithmic", [1, 0.1, 0.01, 0.001], QLogValueAxis)
drawn("with 0, logarithmic", [1, 0.1, 0, 0.001], QLogValueAxis)
PROBE
cat > "$place/expected" <<'EXPECTED'
falling: 5 points, axis from 0.1 to 1, columns of the line that are painted: 100 %
with NaN: 4 points, axis from 0.1 to 1, columns of the line that are painted: 100 %
constant: 3 points, axis from 5 to 5, columns of the line that are painted: 0 %
falling, logarithmic: 4 points, axis from 0.001 to 1, columns of the line that are painted: 100 %
with 0, logarithmic: 4 points, axis from 1 to 2, columns of the line that are painted: 0 %
EXPECTED
QT_QPA_PLATFORM=offscreen "$place/venv/bin/python" "$place/probe.py" 2> /dev/null > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
