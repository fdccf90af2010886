#!/usr/bin/env bash
# Drake's ToLatex sets (-x)² as -1 x², (x/y)² as x over y² and a factor of 1e-7 as 0.000.
#
# Guess before running: the LaTeX of an expression has the value of the expression: brackets stand around a base that is a product or a quotient, and a
#   factor keeps its digits or is written as 10^{-7}.
# Seen: a sum as a base has brackets; a product, a quotient and a power have none: (-x)² is -1 x^{2}, the negative of itself, (x y)² is x y^{2},
#   (x/y)² is \frac{x}{y}^{2}, sin(x)² is \sin{x}^{2}. Numbers have three decimals: 1e-7 x is 0.000 x, and a precision of 10 gives ten
#   decimals. str() of the same expressions is right.
# Who meets it: who prints a cost, such as a squared error with a small weight, for a paper or a notebook. Print str() beside it and compare.
# Versions: drake==1.51.1, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check drake==1.51.1 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import pydrake.symbolic as symbolic
from pydrake.symbolic import ToLatex, Variable, pow as power, sin

x, y, t = Variable("x"), Variable("y"), Variable("t")
for written, made in (
    ("(-x)**2", power(-x, 2)),
    ("-x**2", -power(x, 2)),
    ("(x*y)**2", power(x * y, 2)),
    ("(x/y)**2", power(x / y, 2)),
    ("(y - t)**2", power(y - t, 2)),
    ("(-2*x)**2", power(-2 * x, 2)),
    ("sin(x)**2", power(sin(x), 2)),
    ("1e-7*x", 1e-7 * x),
    ("0.0004*(y - t)**2", 0.0004 * power(y - t, 2)),
    ("x/(y*t)", x / (y * t)),
    ("x - (y - t)", x - (y - t)),
):
    print(written, "is", made, "and in LaTeX", ToLatex(made))
print("1e-7*x with 10 digits:", ToLatex(1e-7 * x, 10))
print("(-x)**2 at 3:", power(-x, 2).Evaluate({x: 3.0}))
PROBE
cat > "$place/expected" <<'EXPECTED'
(-x)**2 is pow((-1 * x), 2) and in LaTeX -1 x^{2}
-x**2 is (-1 * pow(x, 2)) and in LaTeX -1 x^{2}
(x*y)**2 is pow((x * y), 2) and in LaTeX x y^{2}
(x/y)**2 is pow((x / y), 2) and in LaTeX \frac{x}{y}^{2}
(y - t)**2 is pow((y - t), 2) and in LaTeX (y - t)^{2}
(-2*x)**2 is pow((-2 * x), 2) and in LaTeX -2 x^{2}
sin(x)**2 is pow(sin(x), 2) and in LaTeX \sin{x}^{2}
1e-7*x is (9.9999999999999995e-08 * x) and in LaTeX 0.000 x
0.0004*(y - t)**2 is (0.00040000000000000002 * pow((y - t), 2)) and in LaTeX 0.000 (y - t)^{2}
x/(y*t) is (x / (y * t)) and in LaTeX \frac{x}{y t}
x - (y - t) is (x - y + t) and in LaTeX (x - y + t)
1e-7*x with 10 digits: 0.0000001000 x
(-x)**2 at 3: 9.0
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
