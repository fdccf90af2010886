#!/usr/bin/env bash
# casadi's SX cancels roots and quotients while an expression is built, so that numbers come out where
#   there are none.
#
# Guess before running: sqrt(x)**2 at -1 and x/x at 0 are NaN, as the operations one after the other give.
# Seen: sqrt(x)**2 is stored as x and gives -1; x/x is stored as 1, x - x as 0, also at infinity.
#   exp(log(x)) is kept and gives NaN, (x*y)/y is cancelled too.
# Who meets it: who takes casadi as the reference for values outside a function's domain: the warning that
#   the domain was left never comes.
# Versions: casadi==3.8.2, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails
#   if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check casadi==3.8.2 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import casadi as ca

x, y = ca.SX.sym("x"), ca.SX.sym("y")
for expression, at in ((ca.sqrt(x) ** 2, -1), (x / x, 0), (x - x, float("inf")), (ca.exp(ca.log(x)), -1)):
    print(expression, "at", at, "=", float(ca.Function("f", [x], [expression])(at)))
print((x * y) / y)
PROBE
cat > "$place/expected" <<'EXPECTED'
x at -1 = -1.0
1 at 0 = 1.0
0 at inf = 0.0
exp(log(x)) at -1 = nan
x
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
diff "$place/expected" "$place/seen" && echo "As written."
