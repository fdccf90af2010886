#!/usr/bin/env bash
# A relu that sympy.lambdify makes for math or mpmath is 0 at NaN, where the one for numpy is NaN; its slope at NaN is 1 in all three, and the sign of NaN is 1 in math.
#
# Guess before running: a function that lambdify makes gives the same value whichever module it is made for, and NaN for NaN.
# Seen: Max(x, 0) becomes max(0, x) of Python for math and mpmath, which keeps 0, and amax for numpy, which keeps NaN. Min(1, x) is 1. The derivative is
#   Heaviside(x), written as two comparisons with 1 for all the rest, so that NaN has the slope 1, in numpy too. sign(NaN) is 1.0 by copysign in math.
#   Piecewise((x, x > 0), (0, True)) is 0 at NaN and Piecewise((0, x < 0), (x, True)) is NaN.
# Who meets it: who turns a network written in sympy into a plain function of floats: a broken weight gives a finite loss and a full gradient. Compute with
#   numpy, or look for NaN before.
# Versions: sympy==1.14.0, numpy==2.4.6, mpmath==1.3.0; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check sympy==1.14.0 numpy==2.4.6 mpmath==1.3.0
cat > "$place/relu.py" <<'PROBE'
import warnings

import sympy

warnings.simplefilter("ignore")
x = sympy.Symbol("x", real=True)
for name, expression in (
    ("Max(x, 0)", sympy.Max(x, 0)),
    ("its derivative", sympy.diff(sympy.Max(x, 0), x)),
    ("Min(x, 1)", sympy.Min(x, 1)),
    ("sign(x)", sympy.sign(x)),
    ("x where x > 0, else 0", sympy.Piecewise((x, x > 0), (0, True))),
    ("0 where x < 0, else x", sympy.Piecewise((0, x < 0), (x, True))),
):
    values = {module: float(sympy.lambdify(x, expression, module)(float("nan"))) for module in ("numpy", "math", "mpmath")}
    print(f"{name} at NaN:", ", ".join(f"{module} {value:g}" for module, value in values.items()))
PROBE
cat > "$place/expected" <<'EXPECTED'
Max(x, 0) at NaN: numpy nan, math 0, mpmath 0
its derivative at NaN: numpy 1, math 1, mpmath 1
Min(x, 1) at NaN: numpy nan, math 1, mpmath 1
sign(x) at NaN: numpy nan, math 1, mpmath nan
x where x > 0, else 0 at NaN: numpy 0, math 0, mpmath 0
0 where x < 0, else x at NaN: numpy nan, math nan, mpmath nan
EXPECTED
"$place/venv/bin/python" "$place/relu.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
