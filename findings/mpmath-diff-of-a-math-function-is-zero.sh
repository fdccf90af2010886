#!/usr/bin/env bash
# mpmath.diff gives 0.0 for the slope of any function of Python's math, such as math.tanh at 0.5.
#
# Guess before running: mpmath.diff(math.tanh, 0.5) is 0.7864 to the digits that doubles allow, seven or so; or it is refused, since math.tanh computes in
#   doubles. findroot, limit and quad take functions of math and give good answers.
# Seen: it is 0.0: the step is chosen for mpmath's own numbers, 2 to the power -53 and less, with which math.tanh, in doubles, gives one and the same value
#   twice. So it is for each function that turns its argument into a float anywhere; second derivatives and taylor are 0, too. With h=1e-5 it is right to
#   nine digits. numpy.tanh raises an error.
# Who meets it: who checks a slope found by hand, or backpropagation, against mpmath: every slope is told as 0, which for a neuron looks like saturation.
#   Use mpmath.tanh or a lambda of mpmath's functions, or give h.
# Versions: mpmath==1.3.0; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check mpmath==1.3.0
cat > "$place/slope.py" <<'PROBE'
import math

import mpmath

for name, function, point in (
    ("math.tanh", math.tanh, 0.5),
    ("math.exp", math.exp, 1),
    ("sigmoid by math.exp", lambda x: 1 / (1 + math.exp(-x)), 1),
    ("float(x)**2", lambda x: float(x) ** 2, 3),
    ("mpmath.tanh", mpmath.tanh, 0.5),
    ("x**2", lambda x: x**2, 3),
):
    slopes = [mpmath.nstr(mpmath.diff(function, point, **options), 9) for options in ({}, {"h": 1e-5})]
    print(f"{name} at {point}: slope {slopes[0]}, with h=1e-5 {slopes[1]}")
print("second derivative of math.exp at 1:", mpmath.diff(math.exp, 1, 2))
print("taylor of math.exp at 0:", [mpmath.nstr(each) for each in mpmath.taylor(math.exp, 0, 3)])
print("root of math.cos near 1:", mpmath.nstr(mpmath.findroot(math.cos, 1), 9))
print("integral of math.exp from 0 to 1:", mpmath.nstr(mpmath.quad(math.exp, [0, 1]), 9))
PROBE
cat > "$place/expected" <<'EXPECTED'
math.tanh at 0.5: slope 0.0, with h=1e-5 0.786447733
math.exp at 1: slope 0.0, with h=1e-5 2.71828183
sigmoid by math.exp at 1: slope 0.0, with h=1e-5 0.196611933
float(x)**2 at 3: slope 0.0, with h=1e-5 6.0
mpmath.tanh at 0.5: slope 0.786447733, with h=1e-5 0.786447733
x**2 at 3: slope 6.0, with h=1e-5 6.0
second derivative of math.exp at 1: 0.0
taylor of math.exp at 0: ['1.0', '0.0', '0.0', '0.0']
root of math.cos near 1: 1.57079633
integral of math.exp from 0 to 1: 1.71828183
EXPECTED
"$place/venv/bin/python" "$place/slope.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
