#!/usr/bin/env bash
# MyGrad pays nobody of a tie: both slopes of maximum(1, 1) are 0, and leaky_relu's at 0, too.
#
# Guess before running: where two operands are equal, maximum gives one of them 1, or each a half; leaky_relu at 0 has its slope
#   of 0.1 or 1; arcsin at 1 has an infinite slope, as arccosh at 1 and sqrt at 0 have.
# Seen: maximum and minimum give 0 and 0, max of an array gives the first all; leaky_relu gives 0, of neither side; arcsin at 1 gives 0,
#   while at 0.9999999 it is above 2,000; arccosh and sqrt give infinity. The deviation of equal numbers has NaN slopes.
# Who meets it: students who check a network by hand, with inputs that start equal or at 0: a training that stands still, as at a
#   minimum. Start from numbers that differ. nodegraph pays half each of a tie, and says so at the node.
# Versions: mygrad==2.5.0, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check mygrad==2.5.0 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import warnings

import mygrad as mg
from mygrad.nnet.activations import leaky_relu

warnings.simplefilter("ignore")


def slopes(function, *values):
    inputs = [mg.tensor(value) for value in values]
    function(*inputs).backward()
    return " and ".join(str(float(one.grad)) for one in inputs)


print("maximum of 1 and 1:", slopes(mg.maximum, 1.0, 1.0))
print("minimum of 1 and 1:", slopes(mg.minimum, 1.0, 1.0))
print("max of the array [1, 1]:", slopes(lambda x, y: mg.max(mg.stack([x, y])), 1.0, 1.0))
print("leaky_relu with slope 0.1 at 0:", slopes(lambda x: leaky_relu(x, 0.1), 0.0))
print("arcsin at 0.9999999:", slopes(mg.arcsin, 0.9999999), "and at 1:", slopes(mg.arcsin, 1.0))
print("arccosh at 1:", slopes(mg.arccosh, 1.0), "and sqrt at 0:", slopes(mg.sqrt, 0.0))
print("std of the array [1, 1]:", slopes(lambda x, y: mg.std(mg.stack([x, y])), 1.0, 1.0))
PROBE
cat > "$place/expected" <<'EXPECTED'
maximum of 1 and 1: 0.0 and 0.0
minimum of 1 and 1: 0.0 and 0.0
max of the array [1, 1]: 1.0 and 0.0
leaky_relu with slope 0.1 at 0: 0.0
arcsin at 0.9999999: 2236.068033945294 and at 1: 0.0
arccosh at 1: inf and sqrt at 0: inf
std of the array [1, 1]: nan and nan
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
