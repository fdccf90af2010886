#!/usr/bin/env bash
# numdifftools gives the slope of 1/x at 0.001 as 0.0004, where it is -1,000,000.
#
# Guess before running: a library of adaptive steps finds the slope of 1/x at 0.001 and of sin(1000 x) at 1
#   to some digits, or its error estimate is as large as the value.
# Seen: 1/x at 0.01 has ten digits, but at 0.001 the slope is 0.000357 with an error estimate of 164; of
#   sin(1000 x) at 1 it is -2.99 with an estimate of 0.003, where the slope is 562.4. Of log at 0.001 it is
#   NaN. The steps run from 2 down to 0.00012 for x = 0.001, which lies in the midst of them, and those on
#   the far side of the pole count like the others.
# Who meets it: who checks a gradient by it at a small input or behind a large weight: a right gradient looks
#   false by all its digits, and the estimate says otherwise. Give a base_step that fits x
#   (base_step=x/1000 is right in each of these). nodegraph's check chooses its steps from x itself.
# Versions: numdifftools==0.11.2, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index.
#   Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check numdifftools==0.11.2 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import warnings

import numdifftools
import numpy as np

warnings.simplefilter("ignore")
CASES = [
    ("1/x at 0.01", lambda x: 1 / x, 0.01, -1e4),
    ("1/x at 0.001", lambda x: 1 / x, 0.001, -1e6),
    ("sin(100 x) at 1", lambda x: np.sin(100 * x), 1.0, 100 * np.cos(100)),
    ("sin(1000 x) at 1", lambda x: np.sin(1000 * x), 1.0, 1000 * np.cos(1000)),
    ("log(x) at 0.001", np.log, 0.001, 1e3),
]
for name, function, x, slope in CASES:
    found = float(numdifftools.Derivative(function)(x))
    estimate = float(numdifftools.Derivative(function, full_output=True)(x).error_estimate)
    own_step = float(numdifftools.Derivative(function, base_step=x / 1000)(x))
    print(f"{name}: {found:.3g}, estimate {estimate:.2g}, slope {slope:.4g}, with a step of x/1000 {own_step:.4g}")
PROBE
cat > "$place/expected" <<'EXPECTED'
1/x at 0.01: -1e+04, estimate 0.0091, slope -1e+04, with a step of x/1000 -1e+04
1/x at 0.001: 0.000357, estimate 1.6e+02, slope -1e+06, with a step of x/1000 -1e+06
sin(100 x) at 1: 86.2, estimate 1.5e-08, slope 86.23, with a step of x/1000 86.23
sin(1000 x) at 1: -2.99, estimate 0.0029, slope 562.4, with a step of x/1000 562.4
log(x) at 0.001: nan, estimate nan, slope 1000, with a step of x/1000 1000
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
