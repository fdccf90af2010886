#!/usr/bin/env bash
# A numpy array of bfloat16 adds no further than 256: the mean of a thousand ones is 0.256, and their variance 0.256.
#
# Guess before running: sum and mean of an array of bfloat16, a type that ml_dtypes gives to numpy, add in pairs or in float32, as numpy does for
#   float16 and jax for bfloat16: 1000 ones have the sum 1000 and the mean 1.
# Seen: each number is added to a sum that is rounded to eight bits at once, and 256 + 1 is 256: the sum of any number of ones from 256 on is 256, the mean
#   of a thousand 0.256, their variance 0.256 where it is 0. A product of matrices adds in float32 and is right, as are sum, mean and variance of float16.
# Who meets it: who looks at weights or losses of a model in bfloat16 through numpy, as jax, TensorFlow and ONNX hand them over: a mean is wrong by any
#   factor, without a warning. Convert with .astype(numpy.float32) first.
# Versions: ml_dtypes==0.6.0, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check ml_dtypes==0.6.0 numpy==2.4.6
cat > "$place/bf.py" <<'PROBE'
import ml_dtypes
import numpy as np

for kind in (np.float16, ml_dtypes.bfloat16):
    for count in (200, 1000, 10000):
        ones = np.ones(count, kind)
        told = {"sum": ones.sum(), "mean": ones.mean(), "variance": ones.var(), "ones @ ones": (ones[None] @ ones[:, None])[0, 0]}
        print(f"{count} ones of {np.dtype(kind)}:", ", ".join(f"{name} {float(number):.4g}" for name, number in told.items()))
PROBE
cat > "$place/expected" <<'EXPECTED'
200 ones of float16: sum 200, mean 1, variance 0, ones @ ones 200
1000 ones of float16: sum 1000, mean 1, variance 0, ones @ ones 1000
10000 ones of float16: sum 1e+04, mean 1, variance 0, ones @ ones 1e+04
200 ones of bfloat16: sum 200, mean 1, variance 0, ones @ ones 200
1000 ones of bfloat16: sum 256, mean 0.2559, variance 0.2559, ones @ ones 1000
10000 ones of bfloat16: sum 256, mean 0.02563, variance 0.02563, ones @ ones 1e+04
EXPECTED
"$place/venv/bin/python" "$place/bf.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
