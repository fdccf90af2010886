#!/usr/bin/env bash
# tinygrad gives erf, atan, asin and acos the slope 0 at 0, where it is 1.13, 1, 1 and -1.
#
# Guess before running: these functions are smooth at 0; their slopes there are 2/sqrt(pi), 1, 1 and -1, as at
#   0.0001, which are right. atan(inf) is pi/2.
# Seen: each is made of the sign of x and a polynomial in |x|; the slope of |x| at 0 is taken as 0, and with
#   it that of the function. A ten-thousandth beside 0 it is right. atan(inf) is nan.
# Who meets it: who starts weights or biases at zero before such a function: that unit never learns. A comparison
#   with a numerical derivative finds it only at 0 itself. The same trap waits in any
#   graph, nodegraph's too, that builds a smooth function of abs.
# Versions: tinygrad==0.14.0; Python 3.11; Linux. Needs python3 with venv and a
#   package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check tinygrad==0.14.0
cat > "$place/probe.py" <<'PROBE'
import math
import os

os.environ["DEV"] = "PYTHON"  # runs without a compiler

from tinygrad import Tensor

for name in ("erf", "atan", "asin", "acos", "tanh", "sinh"):
    slopes = []
    for at in (0.0, 0.0001):
        x = Tensor([at])
        slopes.append(round(getattr(x, name)().sum().gradient(x)[0].item(), 4))
    print(f"slope of {name} at 0: {slopes[0]:g}, at 0.0001: {slopes[1]:g}")
print("atan of infinity", Tensor([math.inf]).atan().item())
PROBE
cat > "$place/expected" <<'EXPECTED'
slope of erf at 0: 0, at 0.0001: 1.1284
slope of atan at 0: 0, at 0.0001: 1
slope of asin at 0: 0, at 0.0001: 1
slope of acos at 0: 0, at 0.0001: -1
slope of tanh at 0: 1, at 0.0001: 1
slope of sinh at 0: 1, at 0.0001: 1
atan of infinity nan
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
