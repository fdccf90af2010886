#!/usr/bin/env bash
# scipy.differentiate.derivative reports failure where the slope is 0, and success at a kink.
#
# Guess before running: success means that the slope is known to the tolerance: it is reported for (x -
#   3)**2 + 1 at its minimum, and refused for |x| at 0, which has no slope.
# Seen: at the minimum, at the top of the cosine and for a constant success is False (the slope, 1e-13 or
#   so, is right to 13 digits, but the tolerance is relative to it); for |x| at 0 it is True, with slope
#   0 and error 0, and for max(x, 0) with 0.5. log at 0.3 is NaN, since the first step is 0.5.
# Who meets it: who checks gradients by it: each trained network fails, each kink passes. The size to
#   measure against is that of the terms, as in nodegraph's own check; set initial_step and
#   tolerances['atol'].
# Versions: scipy==1.17.1, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails
#   if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check scipy==1.17.1 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import numpy as np
from scipy.differentiate import derivative

np.seterr(all="ignore")
cases = {
    "(x - 3)**2 + 1 at 3": (lambda x: (x - 3) ** 2 + 1, 3.0),
    "cos(x) at 0": (np.cos, 0.0),
    "3 at 1": (lambda x: 0 * x + 3, 1.0),
    "abs(x) at 0": (np.abs, 0.0),
    "max(x, 0) at 0": (lambda x: np.maximum(x, 0), 0.0),
    "log(x) at 0.3": (np.log, 0.3),
}
for name, (function, x) in cases.items():
    found = derivative(function, x)
    print(f"{name}: success {bool(found.success)}, slope {abs(float(found.df)):.3f}, error {float(found.error):.3f}")
found = derivative(lambda x: (x - 3) ** 2 + 1, 3.0, tolerances={"atol": 1e-9})
print("the first with atol=1e-9: success", bool(found.success))
PROBE
cat > "$place/expected" <<'EXPECTED'
(x - 3)**2 + 1 at 3: success False, slope 0.000, error 0.000
cos(x) at 0: success False, slope 0.000, error 0.000
3 at 1: success False, slope 0.000, error 0.000
abs(x) at 0: success True, slope 0.000, error 0.000
max(x, 0) at 0: success True, slope 0.500, error 0.000
log(x) at 0.3: success False, slope nan, error nan
the first with atol=1e-9: success True
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
