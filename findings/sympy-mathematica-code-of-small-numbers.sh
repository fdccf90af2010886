#!/usr/bin/env bash
# sympy writes 1e-7*x for Mathematica as 1.0e-7*x, which Mathematica, and sympy's own reader of it, take for e less 7x.
#
# Guess before running: what mathematica_code writes, parse_mathematica reads as the same expression.
# Seen: 1.0e-7*x comes back as 1.0*e - 7*x: Mathematica writes powers of ten as 1.0*^-7, which neither the writer uses nor the reader knows (a
#   SyntaxError). Large numbers likewise: 2.5e+20 becomes 2.5*e + 20. sign(x) and floor(x) are written as sign[x] and floor[x], which are no functions
#   there (Sign, Floor), Heaviside raises a TypeError.
# Who meets it: who hands a formula with a learning rate or a small weight to Mathematica: no error, another function. Use Rational, or replace e by *^.
# Versions: sympy==1.14.0; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check sympy==1.14.0
cat > "$place/probe.py" <<'PROBE'
from sympy import Float, Heaviside, floor, mathematica_code, sign, symbols
from sympy.parsing.mathematica import parse_mathematica

x = symbols("x")
for expression in (Float("0.001") * x, Float("1e-7") * x, x - Float("2e-5"), Float("2.5e20") + x):
    code = mathematica_code(expression)
    print(f"{expression} is written as {code} and read as {parse_mathematica(code)}")
try:
    print("1.0*^-7 is read as", parse_mathematica("1.0*^-7"))
except SyntaxError:
    print("1.0*^-7 is refused")
for expression in (sign(x), floor(x), abs(x), Heaviside(x)):
    try:
        print(f"{expression} is written as {mathematica_code(expression)}")
    except TypeError:
        print(f"{expression}: TypeError")
PROBE
cat > "$place/expected" <<'EXPECTED'
0.001*x is written as 0.001*x and read as 0.001*x
1.0e-7*x is written as 1.0e-7*x and read as 1.0*e - 7*x
x - 2.0e-5 is written as x - 2.0e-5 and read as -2.0*e + x - 5
x + 2.5e+20 is written as x + 2.5e+20 and read as 2.5*e + x + 20
1.0*^-7 is refused
sign(x) is written as sign[x]
floor(x) is written as floor[x]
Abs(x) is written as Abs[x]
Heaviside(x): TypeError
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
