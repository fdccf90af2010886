#!/usr/bin/env bash
# MLX on the CPU adds float32 numbers one after the other, so that the mean of many numbers is far too small.
#
# Guess before running: sums are made in pairs or in blocks, as numpy, torch and jax do it: 33,554,432 ones
#   have the sum 33,554,432 and the mean 1; a million times 0.1 is 100,000 to six digits.
# Seen: the sum stops at 16,777,216 = 2^24, where adding 1 no longer changes a float32: the mean of twice as
#   many ones is 0.5 and their variance 0.125. A million times 0.1 is 100,958. Of a table the sum is right
#   where columns are added first and their sums after, but not where all is added in one call.
# Who meets it: who averages a loss over many rows on the CPU, on Linux: it is 1 % off from a million rows on,
#   and the gradient with it, with no warning. nodegraph adds in float64.
# Versions: mlx==0.32.4, mlx-cpu==0.32.4, numpy==2.4.6; Python 3.11; Linux. Needs python3 with venv and a
#   package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check mlx==0.32.4 mlx-cpu==0.32.4 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import mlx.core as mx
import numpy as np

mx.set_default_device(mx.cpu)
ones = mx.ones(2**25)
table = ones.reshape(-1, 1024)
print("sum and mean of 2^25 ones", mx.sum(ones).item(), mx.mean(ones).item())
print("their variance", mx.var(ones).item())
print("as a table, at once", mx.sum(table).item(), "columns first", mx.sum(mx.sum(table, axis=0)).item())
tenths = np.full(1_000_000, 0.1, np.float32)
print("a million tenths", mx.sum(mx.array(tenths)).item(), "numpy", float(np.sum(tenths)))
PROBE
cat > "$place/expected" <<'EXPECTED'
sum and mean of 2^25 ones 16777216.0 0.5
their variance 0.125
as a table, at once 16777216.0 columns first 33554432.0
a million tenths 100958.34375 numpy 100000.0078125
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
