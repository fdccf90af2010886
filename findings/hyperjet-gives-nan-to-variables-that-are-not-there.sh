#!/usr/bin/env bash
# hyperjet gives NaN as the slope by a variable that does not occur, wherever another's slope is infinite, and as that of x**0 at 0.
#
# Guess before running: the slope by a variable that is not in the expression is 0; x**0 has the slope 0 everywhere.
# Seen: of two variables x and y at 0, sqrt(x), 1/x and log(x) have the slope inf (or -inf) by x, and NaN by y, which does not occur. x**0 has NaN by
#   both. abs(x) at 0 has the slope 1, max(x, y) of a tie all of it to the first, hypot(0, 0) NaN.
# Who meets it: who optimises a structure or a network with hyperjet: one root at 0, or a polynomial from degree 0 up at x = 0, makes the whole gradient
#   NaN rather than one entry of it.
# Versions: hyperjet==1.5.0, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check hyperjet==1.5.0 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import warnings

import hyperjet
import numpy

warnings.simplefilter("ignore")
x, y = hyperjet.variables([0.0, 0.0], order=1)
for words, result in (
    ("sqrt(x)", numpy.sqrt(x)),
    ("1/x", 1 / x),
    ("log(x)", numpy.log(x)),
    ("x**0", x**0),
    ("x**2", x**2),
    ("abs(x)", abs(x)),
    ("max(x, y)", numpy.maximum(x, y)),
    ("hypot(x, y)", hyperjet.hypot(x, y)),
):
    print(words, "at x = y = 0:", result.f, "slopes by x and y:", *[float(slope) for slope in result.g])
PROBE
cat > "$place/expected" <<'EXPECTED'
sqrt(x) at x = y = 0: 0.0 slopes by x and y: inf nan
1/x at x = y = 0: inf slopes by x and y: -inf nan
log(x) at x = y = 0: -inf slopes by x and y: inf nan
x**0 at x = y = 0: 1.0 slopes by x and y: nan nan
x**2 at x = y = 0: 0.0 slopes by x and y: 0.0 0.0
abs(x) at x = y = 0: 0.0 slopes by x and y: 1.0 0.0
max(x, y) at x = y = 0: 0.0 slopes by x and y: 1.0 0.0
hypot(x, y) at x = y = 0: 0.0 slopes by x and y: nan nan
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
