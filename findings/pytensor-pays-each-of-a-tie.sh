#!/usr/bin/env bash
# PyTensor's max of a vector gives its whole gradient to each of the largest elements; its maximum of two gives it to one.
#
# Guess before running: one rule for both: the first takes all (1, 0), or they share (0.5, 0.5), so that what goes
#   back is what came.
# Seen: at (2, 2) the gradient of max is (1, 1), of min (1, 1): twice what came; of maximum(a, b) it is (1, 0), so a
#   relu written maximum(x, 0) has the slope 1 at 0, and written with switch(x > 0, x, 0) it has 0.
#   Values follow algebra, too: x - x and x * 0 at infinity are 0, and 0/0 written x/x is 1, nan nowhere.
# Who meets it: who compares gradients between libraries (torch and jax give 1 in sum), pools over
#   equal numbers, or looks for the nan of an overflow. nodegraph shows the nan, and gives 1 in sum at a tie.
# Versions: pytensor==3.0.7; Python 3.11; Linux. Needs python3 with venv and a
#   package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check pytensor==3.0.7
cat > "$place/probe.py" <<'PROBE'
import numpy as np
import pytensor
import pytensor.tensor as pt

pytensor.config.cxx = ""  # compiles nothing: the same numbers, without a compiler
v = pt.dvector("v")
x = pt.dscalar("x")


def show(words, inputs, outputs, *at):
    run = pytensor.function(inputs, outputs, mode=pytensor.compile.mode.Mode(linker="py", optimizer="fast_run"))
    print(words, *(np.asarray(number).tolist() for number in run(*at)))


show("max, min of (2, 2)", [v], [pytensor.grad(pt.max(v), v), pytensor.grad(pt.min(v), v)], [2.0, 2.0])
show("maximum(2, 2)", [v], [pytensor.grad(pt.maximum(v[0], v[1]), v)], [2.0, 2.0])
show("maximum(x, 0) at 0", [x], [pytensor.grad(pt.maximum(x, 0), x)], 0.0)
show("switch(x > 0, x, 0) at 0", [x], [pytensor.grad(pt.switch(x > 0, x, 0), x)], 0.0)
show("x - x, x * 0 at infinity", [x], [x - x, x * 0], np.inf)
show("x / x at 0", [x], [x / x], 0.0)
PROBE
cat > "$place/expected" <<'EXPECTED'
max, min of (2, 2) [1.0, 1.0] [1.0, 1.0]
maximum(2, 2) [1.0, 0.0]
maximum(x, 0) at 0 1.0
switch(x > 0, x, 0) at 0 0.0
x - x, x * 0 at infinity 0.0 0.0
x / x at 0 1.0
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
