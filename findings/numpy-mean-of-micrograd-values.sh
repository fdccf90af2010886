#!/usr/bin/env bash
# numpy's mean of an array of micrograd's values divides by a number that they cannot take: an error about negative powers of integers.
#
# Guess before running: np.mean of an array of objects adds them and divides by how many there are, a whole number of Python, as sum(values) / len(values)
#   does; np.sum, np.dot and np.prod of such arrays work.
# Seen: the divisor is a numpy.int64. micrograd divides by other**-1, which is 0.5 for 2 and an error for np.int64(2): "Integers to negative integer
#   powers are not allowed." sum, dot and prod give values with gradients, and so does np.sum(values) / len(values).
# Who meets it: who writes a loss of the lecture's engine with numpy, as np.mean((predictions - targets)**2): the message names powers of integers, of
#   which there are none in the program.
# Versions: micrograd==0.1.0, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check micrograd==0.1.0 numpy==2.4.6
cat > "$place/means.py" <<'PROBE'
import numpy as np
from micrograd.engine import Value

for name, function in {
    "sum": np.sum,
    "prod": np.prod,
    "dot": lambda values: np.dot(values, values),
    "sum / len": lambda values: np.sum(values) / len(values),
    "mean": np.mean,
}.items():
    values = np.array([Value(1.0), Value(3.0)])
    try:
        result = function(values)
        result.backward()
        print(name, "is", result.data, "with gradients", *(value.grad for value in values))
    except ValueError as error:
        print(name, "is an error:", error)
PROBE
cat > "$place/expected" <<'EXPECTED'
sum is 4.0 with gradients 1 1
prod is 3.0 with gradients 3.0 1.0
dot is 10.0 with gradients 2.0 6.0
sum / len is 2.0 with gradients 0.5 0.5
mean is an error: Integers to negative integer powers are not allowed.
EXPECTED
"$place/venv/bin/python" "$place/means.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
