#!/usr/bin/env bash
# Pyomo's reverse_numeric cannot derive x**n by x where x is negative and n is held by a variable; its other modes can.
#
# Guess before running: the slope of x**n by x is n·x**(n - 1), -4 at x = -2, n = 2, in each of the three modes, as of x**2;
#   of |x| at -2 it is -1.
# Seen: reverse_numeric asks for the slopes by all operands, by n too, takes the logarithm of the base and raises "math domain
#   error"; reverse_symbolic and sympy give -4. At 0 reverse_symbolic alone gives 0. The mode sympy, which is differentiate's
#   default, raises an internal error for |x| at every x, since Pyomo has no word for the sign.
# Who meets it: who compares gradients with Pyomo where an exponent is a parameter, or a loss has absolute values. Give
#   exponents as numbers, and name the mode. nodegraph computes the slope by the exponent apart, as NaN where it has none.
# Versions: pyomo==6.10.1, sympy==1.14.0; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pyomo==6.10.1 sympy==1.14.0
cat > "$place/probe.py" <<'PROBE'
import logging

import pyomo.environ as pyo
from pyomo.core.expr.calculus.derivatives import Modes, differentiate

logging.disable()  # what is raised is printed below
model = pyo.ConcreteModel()
model.x = pyo.Var(initialize=-2.0)
model.z = pyo.Var(initialize=0.0)
model.n = pyo.Var(initialize=2.0)
x, z, n = model.x, model.z, model.n


def slope(expression, variable, mode):
    try:
        return pyo.value(differentiate(expression, wrt=variable, mode=mode))
    except Exception as error:
        return type(error).__name__ + ": " + str(error).strip().split("\n")[0]


for words, expression, variable in (
    ("x**2 at x = -2, by x", x**2, x),
    ("x**n at x = -2, n = 2, by x", x**n, x),
    ("z**n at z = 0, n = 2, by z", z**n, z),
    ("abs(x) at x = -2, by x", abs(x), x),
    ("sqrt(z) at z = 0, by z", pyo.sqrt(z), z),
):
    print(words)
    for mode in (Modes.reverse_numeric, Modes.reverse_symbolic, Modes.sympy):
        print(f"  {mode.name:17}{slope(expression, variable, mode)}")
PROBE
cat > "$place/expected" <<'EXPECTED'
x**2 at x = -2, by x
  reverse_numeric  -4.0
  reverse_symbolic -4.0
  sympy            -4.0
x**n at x = -2, n = 2, by x
  reverse_numeric  ValueError: math domain error
  reverse_symbolic -4.0
  sympy            -4.0
z**n at z = 0, n = 2, by z
  reverse_numeric  ValueError: math domain error
  reverse_symbolic 0.0
  sympy            ZeroDivisionError: 0.0 cannot be raised to a negative power
abs(x) at x = -2, by x
  reverse_numeric  -1.0
  reverse_symbolic -1.0
  sympy            DeveloperError: Internal Pyomo implementation error:
sqrt(z) at z = 0, by z
  reverse_numeric  ZeroDivisionError: 0.0 cannot be raised to a negative power
  reverse_symbolic ZeroDivisionError: 0.0 cannot be raised to a negative power
  sympy            ZeroDivisionError: 0.0 cannot be raised to a negative power
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
