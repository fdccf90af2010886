#!/usr/bin/env bash
# PyQtGraph shows a curve called "loss (rate<0.1)" as "loss (rate", and small percentages in "m%".
#
# Guess before running: a legend shows the name of a curve, a title and an axis what they were given; the unit % is left as it is.
# Seen: names, titles and labels are read as HTML, so that what stands from a < to the next > is gone: "a<b and c>d" is "ad", a title "rate<0.1 is small" is
#   "rate". TextItem, which has a parameter of its own for HTML, shows its text as it is. An axis in % up to 0.05 says "(m%)", up to 100,000 "(k%)".
# Who meets it: who names curves after the conditions they were made under: what tells them apart is gone, without a word. Pass html.escape(name), and turn
#   SI prefixes off for a unit that has none.
# Versions: pyqtgraph==0.14.0, PySide6-Essentials==6.11.3, numpy==2.4.6; Python 3.11. Needs python3 with venv, a package index and the libraries of Qt for
#   headless use. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pyqtgraph==0.14.0 PySide6-Essentials==6.11.3 numpy==2.4.6
cat > "$place/pgh.py" <<'PROBE'
import html
import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtWidgets import QApplication

application = QApplication([])
import pyqtgraph

plot = pyqtgraph.PlotItem()
legend = plot.addLegend()
for name in ("loss (rate<0.1)", "a<b and c>d", "x & y", html.escape("loss (rate<0.1)")):
    plot.plot([1, 2], name=name)
    print(f"curve {name!r} is {legend.items[-1][1].item.toPlainText()!r} in the legend")
plot.setTitle("rate<0.1 is small")
print("title 'rate<0.1 is small' is", repr(plot.titleLabel.item.toPlainText()))
words = pyqtgraph.TextItem("a<b and c>d")
print("TextItem 'a<b and c>d' is", repr(words.textItem.toPlainText()))
axis = plot.getAxis("left")
axis.setLabel("error", units="%")
for top in (0.05, 50, 100_000):
    axis.setRange(0, top)
    print(f"axis to {top} in % says", repr(axis.label.toPlainText().strip()))
PROBE
cat > "$place/expected" <<'EXPECTED'
curve 'loss (rate<0.1)' is 'loss (rate' in the legend
curve 'a<b and c>d' is 'ad' in the legend
curve 'x & y' is 'x & y' in the legend
curve 'loss (rate&lt;0.1)' is 'loss (rate<0.1)' in the legend
title 'rate<0.1 is small' is 'rate'
TextItem 'a<b and c>d' is 'a<b and c>d'
axis to 0.05 in % says 'error (m%)'
axis to 50 in % says 'error (%)'
axis to 100000 in % says 'error (k%)'
EXPECTED
"$place/venv/bin/python" "$place/pgh.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
