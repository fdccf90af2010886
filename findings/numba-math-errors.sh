#!/usr/bin/env bash
# numba's error model covers division, but not the functions of math.
#
# Guess before running: with the default error_model='python' a compiled function raises where Python
#   does: 1/0, 0**-1, log(0), sqrt(-1), exp(1000).
# Seen: 1.0 / 0.0 raises ZeroDivisionError, while 0.0 ** -1.0 is inf, math.log(0.0) -inf, math.sqrt(-1.0)
#   NaN and math.exp(1000.0) inf, where Python raises for each.
# Who meets it: who expects either IEEE numbers or exceptions: one kernel does both. Use
#   error_model='numpy' for IEEE everywhere.
# Versions: numba==0.68.1, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails
#   if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check numba==0.68.1 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import math

import numba

calls = {
    "1.0 / x at 0": (lambda x: 1.0 / x, 0.0),
    "x ** -1.0 at 0": (lambda x: x**-1.0, 0.0),
    "log(x) at 0": (lambda x: math.log(x), 0.0),
    "sqrt(x) at -1": (lambda x: math.sqrt(x), -1.0),
    "exp(x) at 1000": (lambda x: math.exp(x), 1000.0),
}


def outcome(function, x):
    try:
        return function(x)
    except (ArithmeticError, ValueError) as error:
        return type(error).__name__


for name, (function, x) in calls.items():
    print(f"{name}: Python {outcome(function, x)}, numba {outcome(numba.njit(function), x)}")
PROBE
cat > "$place/expected" <<'EXPECTED'
1.0 / x at 0: Python ZeroDivisionError, numba ZeroDivisionError
x ** -1.0 at 0: Python ZeroDivisionError, numba inf
log(x) at 0: Python ValueError, numba -inf
sqrt(x) at -1: Python ValueError, numba nan
exp(x) at 1000: Python OverflowError, numba inf
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
diff "$place/expected" "$place/seen" && echo "As written."
