#!/usr/bin/env bash
# jacobi gives the slope of the sine at a million as 0.000005 plus or minus 0.000001, where it is 0.94, and statsmodels by its better formula as 0.035.
#
# Guess before running: jacobi, which exists to give a slope with its error, says of a slope that it cannot find that its error is large: the true slope
#   lies within some errors; statsmodels' centered differences are more exact than forward ones.
# Seen: both take steps in proportion to x, which at a million step over whole waves. jacobi gives 4.6e-06 with an error of 9.0e-07. For the root at 0,
#   whose slope has no bound, it tells 4.9 with an error of 2.4; for a step function at its step 15 with an error of 2.6; for the kink of relu 0.5 with an
#   error of 0. statsmodels is right forward to two digits, 0.0352 with centered=True, and right in the complex step.
# Who meets it: who takes a numerical slope as the judge of a gradient, at inputs that are not near 1, such as times or ids that were not scaled: the judge
#   is wrong by a million of its own errors.
# Versions: jacobi==0.9.2, statsmodels==0.15.0, numpy==2.4.6, scipy==1.17.1, pandas==3.1.1; Python 3.11. Needs python3 with venv and a package index. Fails
#   if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check jacobi==0.9.2 statsmodels==0.15.0 numpy==2.4.6 scipy==1.17.1 pandas==3.1.1
cat > "$place/slopes.py" <<'PROBE'
import numpy as np
from jacobi import jacobi
from statsmodels.tools.numdiff import approx_fprime, approx_fprime_cs

for name, function, point, true in (
    ("sine", np.sin, 3.0, np.cos(3.0)),
    ("sine", np.sin, 1e3, np.cos(1e3)),
    ("sine", np.sin, 1e6, np.cos(1e6)),
    ("root", np.sqrt, 0.0, np.inf),
    ("round", np.round, 0.5, np.inf),
    ("relu", lambda x: np.maximum(x, 0), 0.0, "0 or 1"),
):
    with np.errstate(all="ignore"):
        slope, error = jacobi(function, point)
    print(f"{name} at {point:g}: slope {slope:.3g}, error {error:.1g}; true {true if isinstance(true, str) else format(true, '.3g')}")
x = np.array([1e6])
print(f"statsmodels, sine at 1e6: forward {approx_fprime(x, np.sin).item():.3f}, centered {approx_fprime(x, np.sin, centered=True).item():.3f}", end="")
print(f", complex step {approx_fprime_cs(x, np.sin).item():.3f}; true {np.cos(1e6):.3f}")
PROBE
cat > "$place/expected" <<'EXPECTED'
sine at 3: slope -0.99, error 2e-16; true -0.99
sine at 1000: slope -0.00294, error 4e-05; true 0.562
sine at 1e+06: slope 4.63e-06, error 9e-07; true 0.937
root at 0: slope 4.95, error 2; true inf
round at 0.5: slope 15.3, error 3; true inf
relu at 0: slope 0.5, error 2e-19; true 0 or 1
statsmodels, sine at 1e6: forward 0.939, centered 0.035, complex step 0.937; true 0.937
EXPECTED
"$place/venv/bin/python" "$place/slopes.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
