#!/usr/bin/env bash
# sympy's lambdify computes with constants of fifteen digits, and its C has fmod for a remainder that is never negative in sympy.
#
# Guess before running: a Float made of a float of Python is that float in lambdify and in generated code, and code in C computes what sympy computes.
# Seen: lambdify for numpy and math, and the printers for Python, JavaScript, Octave, Julia, Rust and Fortran have 0.333333333333333 for 1/3, which is another
#   double; C and C++ get 0.33333333333333331. Mod(x, 3) becomes fmod(x, 3) in C and C++: -1 at x = -1, where sympy and the other languages have 2.
# Who meets it: who fits numbers and hands the formula with them through sympy to a program: results differ in the sixteenth digit where equal ones are
#   looked for, and a wrapped angle is negative in C. For all digits, put symbols where the numbers are and give them as arguments.
# Versions: sympy==1.14.0, mpmath==1.3.0, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check sympy==1.14.0 mpmath==1.3.0 numpy==2.4.6
cat > "$place/sy.py" <<'PROBE'
import math

import sympy

x = sympy.Symbol("x")
third = 1 / 3
for module in ("numpy", "math"):
    told = float(sympy.lambdify(x, sympy.Float(third) * x, module)(1.0))
    print(f"lambdify for {module} at 1: {told!r}, equal to {third!r}: {told == third}")
for name in ("pycode", "jscode", "octave_code", "julia_code", "rust_code", "ccode", "cxxcode"):
    printer = getattr(sympy, name)
    print(f"{name}: {printer(sympy.Float(third))}; {printer(sympy.Mod(x, 3))}")
print("fcode:", sympy.fcode(sympy.Float(third), source_format="free"), ";", sympy.fcode(sympy.Mod(x, 3), standard=95, source_format="free"))
print("Mod(-1, 3):", sympy.Mod(-1, 3), "fmod(-1, 3) as C has it:", math.fmod(-1, 3))
PROBE
cat > "$place/expected" <<'EXPECTED'
lambdify for numpy at 1: 0.333333333333333, equal to 0.3333333333333333: False
lambdify for math at 1: 0.333333333333333, equal to 0.3333333333333333: False
pycode: 0.333333333333333; x % 3
jscode: 0.333333333333333; ((x % 3) + 3) % 3
octave_code: 0.333333333333333; mod(x, 3)
julia_code: 0.333333333333333; (x - 3 * floor(x / 3))
rust_code: 0.333333333333333; x - 3*((1_f64/3.0)*x).floor()
ccode: 0.33333333333333331; fmod(x, 3)
cxxcode: 0.33333333333333331; std::fmod(x, 3)
fcode: 0.333333333333333d0 ; modulo(x, 3)
Mod(-1, 3): 2 fmod(-1, 3) as C has it: -1.0
EXPECTED
"$place/venv/bin/python" "$place/sy.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
