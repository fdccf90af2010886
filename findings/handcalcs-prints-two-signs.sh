#!/usr/bin/env bash
# handcalcs prints "6 - -10", "exp(- -10)" and 1/0.000 = 666666666.667.
#
# Guess before running: a line of a calculation sheet can be read as it stands: a negative number has brackets where it follows a
#   sign, as it has under a power, and a small number is printed with its digits or as 1.5 × 10⁻⁹.
# Seen: brackets appear under a power, (-10)^2, and not elsewhere: d = e - c = 6.000 - -10.000, k = a·c = 2.000 · -10.000,
#   exp(- -10.000). Numbers have three decimals whatever their size: 1/z at z = 1.5e-9 is "1/0.000 = 666666666.667" and w·a
#   at w = 1e-6 "0.000 · 2.000 = 0.000". A line that is a sign and a name, h = -c, shows the result alone.
# Who meets it: who shows a chain rule or a step of training with handcalcs: small gradients and learning rates are printed as 0 and
#   equations come out false. precision=6 moves the place, it does not cure it.
# Versions: handcalcs==1.11.0; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check handcalcs==1.11.0
cat > "$place/sheet.py" <<'PROBE'
import importlib.util
import sys
import tempfile
from pathlib import Path

from handcalcs.decorator import handcalc

SHEET = """
from math import exp

def sheet(a, c, e, w, z):
    d = e - c
    k = a * c
    g = c ** 2
    h = -c
    p = exp(-c)
    m = w * a
    o = 1 / z
"""
path = Path(tempfile.mkdtemp(), "sheet.py")
path.write_text(SHEET)
spec = importlib.util.spec_from_file_location("sheet", path)
module = importlib.util.module_from_spec(spec)
sys.modules["sheet"] = module
spec.loader.exec_module(module)
text, _ = handcalc()(module.sheet)(2.0, -10.0, 6.0, 1e-6, 1.5e-9)
for line in text.split("\n"):
    if "&=" in line:
        print(" ".join(line.split()))
PROBE
cat > "$place/expected" <<'EXPECTED'
d &= e - c = 6.000 - -10.000 &= 16.000
k &= a \cdot c = 2.000 \cdot -10.000 &= -20.000
g &= \left( c \right) ^{ 2 } = \left( -10.000 \right) ^{ 2 } &= 100.000
h &= 10.000 \;
p &= \exp \left( - c \right) = \exp \left( - -10.000 \right) &= 22026.466
m &= w \cdot a = 0.000 \cdot 2.000 &= 0.000
o &= \frac{ 1 }{ z } = \frac{ 1 }{ 0.000 } &= 666666666.667
EXPECTED
"$place/venv/bin/python" "$place/sheet.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
