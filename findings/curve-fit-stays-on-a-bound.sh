#!/usr/bin/env bash
# scipy's curve_fit leaves a straight line unfitted where a parameter starts on its bound, and reports success.
#
# Guess before running: a fit of a x + b to points on a line, with a at least 0 and a start of 0, 0, finds the line: scipy moves a start into the interior,
#   and the problem is linear.
# Seen: for the line 2x + 1 curve_fit and least_squares give back a = 1.5e-10 and b = 8.6e-11, with success and "ftol termination condition is satisfied": the
#   start is moved off its bound by 1e-10, a step is shortened to stay inside, for b too, which has no bound, and then it seems that nothing changes. From
#   1e-9 it is the same, from 1e-6 the line is found, as it is by method="dogbox" and by minimize.
# Who meets it: who fits an amplitude, a rate or a weight that cannot be negative, from 0: the curve drawn is 0, with error bars. Start inside.
# Versions: scipy==1.17.1, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check scipy==1.17.1 numpy==2.4.6
cat > "$place/cf.py" <<'PROBE'
import numpy as np
from scipy.optimize import curve_fit, least_squares, minimize

x = np.linspace(0, 1, 20)
y = 2 * x + 1
bounds = ([0, -np.inf], [np.inf, np.inf])


def shown(parameters):
    return " ".join(f"{abs(parameter):.3f}" for parameter in parameters)


for start in (0, 1e-9, 1e-6):
    found, _ = curve_fit(lambda x, a, b: a * x + b, x, y, p0=[start, 0], bounds=bounds)
    print(f"curve_fit from a = {start}: {shown(found)}")
for method in ("trf", "dogbox"):
    found = least_squares(lambda p: p[0] * x + p[1] - y, [0, 0], bounds=bounds, method=method)
    print(f"least_squares by {method} from a = 0: {shown(found.x)}, success {found.success}, status {found.status}")
for method in ("L-BFGS-B", "SLSQP", "TNC"):
    found = minimize(lambda p: ((p[0] * x + p[1] - y) ** 2).sum(), [0, 0], bounds=[(0, None), (None, None)], method=method)
    print(f"minimize by {method} from a = 0: {shown(found.x)}, success {found.success}")
PROBE
cat > "$place/expected" <<'EXPECTED'
curve_fit from a = 0: 0.000 0.000
curve_fit from a = 1e-09: 0.000 0.000
curve_fit from a = 1e-06: 2.000 1.000
least_squares by trf from a = 0: 0.000 0.000, success True, status 2
least_squares by dogbox from a = 0: 2.000 1.000, success True, status 1
minimize by L-BFGS-B from a = 0: 2.000 1.000, success True
minimize by SLSQP from a = 0: 2.000 1.000, success True
minimize by TNC from a = 0: 2.000 1.000, success True
EXPECTED
"$place/venv/bin/python" "$place/cf.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
