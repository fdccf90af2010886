#!/usr/bin/env bash
# CVXPY gives x³ the value −8 at −2 and no slope there, nor at 0, and a sum with it has none either; a tie is paid to the first.
#
# Guess before running: the gradient of power(x, 3) is 3x², 12 at −2 and 0 at 0, that of x^1.5 at 0 is 0; maximum(x, y) of two equal ones pays each a
#   half; pos(x), which is relu, has the slope 0 at 0.
# Seen: None for x³ and x^1.5 at 0, and for x³ at −2, though its value is −8; None for exp(x) + x³ as a whole; maximum and minimum pay the first alone;
#   pos has the slope 1 at 0. Even powers are right.
# Who meets it: who reads .grad of an expression to check a chain rule, as the domain of an odd power is taken to be positive.
# Versions: cvxpy==1.9.3, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check cvxpy==1.9.3 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import warnings

warnings.simplefilter("ignore")
import cvxpy as cp

x, y = cp.Variable(name="x"), cp.Variable(name="y")
y.value = 0.0
for at in (-2.0, 0.0, 2.0):
    x.value = at
    for name, expression in (
        ("x**3", cp.power(x, 3)), ("x**2", cp.power(x, 2)), ("x**1.5", cp.power(x, 1.5)), ("exp(x) + x**3", cp.exp(x) + cp.power(x, 3)),
        ("maximum(x, y)", cp.maximum(x, y)), ("minimum(x, y)", cp.minimum(x, y)), ("pos(x)", cp.pos(x)),
    ):
        slopes = {v.name(): None if g is None else round(float(g), 6) for v, g in expression.grad.items()}
        print(f"x = {at:g}: {name} = {float(expression.value):.6g}, slopes {slopes}")
PROBE
cat > "$place/expected" <<'EXPECTED'
x = -2: x**3 = -8, slopes {'x': None}
x = -2: x**2 = 4, slopes {'x': -4.0}
x = -2: x**1.5 = nan, slopes {'x': None}
x = -2: exp(x) + x**3 = -7.86466, slopes {'x': None}
x = -2: maximum(x, y) = 0, slopes {'x': 0.0, 'y': 1.0}
x = -2: minimum(x, y) = -2, slopes {'x': 1.0, 'y': 0.0}
x = -2: pos(x) = 0, slopes {'x': 0.0}
x = 0: x**3 = 0, slopes {'x': None}
x = 0: x**2 = 0, slopes {'x': 0.0}
x = 0: x**1.5 = 0, slopes {'x': None}
x = 0: exp(x) + x**3 = 1, slopes {'x': None}
x = 0: maximum(x, y) = 0, slopes {'x': 1.0, 'y': 0.0}
x = 0: minimum(x, y) = 0, slopes {'x': 1.0, 'y': 0.0}
x = 0: pos(x) = 0, slopes {'x': 1.0}
x = 2: x**3 = 8, slopes {'x': 12.0}
x = 2: x**2 = 4, slopes {'x': 4.0}
x = 2: x**1.5 = 2.82843, slopes {'x': 2.12132}
x = 2: exp(x) + x**3 = 15.3891, slopes {'x': 19.389056}
x = 2: maximum(x, y) = 2, slopes {'x': 1.0, 'y': 0.0}
x = 2: minimum(x, y) = 0, slopes {'x': 0.0, 'y': 1.0}
x = 2: pos(x) = 2, slopes {'x': 1.0}
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
