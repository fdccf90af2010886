#!/usr/bin/env bash
# The third root of a negative number has another value in each language that sympy writes.
#
# Guess before running: x**(1/3) at -8 means one thing: code in C, JavaScript and Rust gives what sympy's
#   own value says, complex, or NaN where there are no complex numbers, as pow(-8, 1/3) does.
# Seen: C, JavaScript and Rust get cbrt, which is -2; Python and numpy get x**(1/3), which is 1+1.73j
#   there; sympy's own value is 1+1.73i. For x**(2/3) C and JavaScript get pow, which is NaN.
# Who meets it: who exports one formula to several languages: they disagree for negative inputs and
#   nothing says so. In nodegraph a broken power of a negative number is NaN, and its programs have to
#   use pow and not cbrt.
# Versions: sympy==1.14.0, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails
#   if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check sympy==1.14.0 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import numpy
from sympy import N, Rational, ccode, jscode, pycode, rust_code, symbols

x = symbols("x")
for exponent in (Rational(1, 3), Rational(2, 3)):
    power = x**exponent
    print("C", ccode(power), "JavaScript", jscode(power), "Rust", rust_code(power), "Python", pycode(power))
    print("sympy at -8:", N(power.subs(x, -8), 4), "Python at -8:", f"{eval(pycode(power), {'x': -8}):.3f}")
with numpy.errstate(invalid="ignore"):
    print("cbrt(-8) is", numpy.cbrt(-8.0), "and pow(-8, 1/3)", numpy.power(-8.0, 1 / 3))
PROBE
cat > "$place/expected" <<'EXPECTED'
C cbrt(x) JavaScript Math.cbrt(x) Rust x.cbrt() Python x**(1/3)
sympy at -8: 1.0 + 1.732*I Python at -8: 1.000+1.732j
C pow(x, 2.0/3.0) JavaScript Math.pow(x, 2/3) Rust x.powf(2_f64/3.0) Python x**(2/3)
sympy at -8: -2.0 + 3.464*I Python at -8: -2.000+3.464j
cbrt(-8) is -2.0 and pow(-8, 1/3) nan
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
