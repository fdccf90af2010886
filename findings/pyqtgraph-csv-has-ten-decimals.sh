#!/usr/bin/env bash
# PyQtGraph's CSV export has ten decimals whatever the size: a loss of 2.5e-11 becomes 0.
#
# Guess before running: numbers are written with enough digits to be read again, 2.5e-11 as 2.5e-11.
# Seen: ten digits after the point, never an exponent: 3.510851e-05 comes back as 3.51085e-05, 2.5e-11 as 0, 6.02e23 in 24 digits. The
#   setting "precision" counts decimals, not digits.
# Who meets it: who exports a loss curve or gradients from a plot by its menu: at the end of a good training the column is zeros. Save
#   the arrays by numpy. nodegraph takes the menu off its plots and writes a training's course by itself.
# Versions: pyqtgraph==0.14.0, PySide6-Essentials==6.11.3, numpy==2.4.6; Python 3.11; the platform plugin offscreen. Needs
#   python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pyqtgraph==0.14.0 PySide6-Essentials==6.11.3 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np
import pyqtgraph as pg
from pyqtgraph.exporters import CSVExporter

app = pg.mkQApp()
place = Path(sys.argv[0]).with_name("curve.csv")
steps = np.arange(4.0)
losses = np.array([1.0, 3.5108510e-05, 2.5e-11, 6.02e23])
plot = pg.plot(steps, losses)
CSVExporter(plot.plotItem).export(str(place))
print(place.read_text())
read = np.loadtxt(place, delimiter=",", skiprows=1)[:, 1]
print("read again:", [float(number) for number in read])
PROBE
cat > "$place/expected" <<'EXPECTED'
x0000,y0000
0.,1.
1.,0.0000351085
2.,0.0000000000
3.,602000000000000000000000.

read again: [1.0, 3.51085e-05, 0.0, 6.02e+23]
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
