#!/usr/bin/env bash
# num-dual has NaN for the slope of the root at 0, and for the value of 0 to the power -1.
#
# Guess before running: sqrt at 0 has slope inf and x**-1 at 0 is inf with slope -inf, as IEEE 754 has it
#   and as num-dual itself has 1/x.
# Seen: sqrt(0) has slope NaN, and so has the cube root; 0**-1 is (NaN, NaN), while 1/0 is (inf, -inf) in
#   the same library; 0**0 with the exponent differentiated too is NaN. -1 has the logarithm NaN with the
#   slope -1.
# Who meets it: who takes dual numbers for the reference of a backward pass at the edge of a domain: NaN
#   stands where nodegraph, torch and jax say infinite.
# Versions: num-dual==0.15.1; Python 3.11. Needs python3 with venv and a package index. Fails if the
#   output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check num-dual==0.15.1
cat > "$place/probe.py" <<'PROBE'
from num_dual import first_derivative

calls = {
    "sqrt(x) at 0": (lambda x: x.sqrt(), 0.0),
    "cbrt(x) at 0": (lambda x: x.cbrt(), 0.0),
    "x**-1 at 0": (lambda x: x**-1, 0.0),
    "1/x at 0": (lambda x: 1 / x, 0.0),
    "x**x at 0": (lambda x: x**x, 0.0),
    "log(x) at 0": (lambda x: x.log(), 0.0),
    "log(x) at -1": (lambda x: x.log(), -1.0),
}
for name, (function, x) in calls.items():
    print(name, "value and slope", *first_derivative(function, x))
PROBE
cat > "$place/expected" <<'EXPECTED'
sqrt(x) at 0 value and slope 0.0 nan
cbrt(x) at 0 value and slope 0.0 nan
x**-1 at 0 value and slope nan nan
1/x at 0 value and slope inf -inf
x**x at 0 value and slope nan nan
log(x) at 0 value and slope -inf inf
log(x) at -1 value and slope nan -1.0
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
