#!/usr/bin/env bash
# 500 as a float8 (e4m3fn) is NaN to ml_dtypes and 448 to ONNX; a NaN in four bits is -0; a double becomes a bfloat16 in two roundings.
#
# Guess before running: a number too large for float8 becomes the largest one everywhere, since there is no infinity; NaN in a type that has none is refused; a
#   float64 is rounded once to bfloat16, as it is to float16.
# Seen: from 465 on ml_dtypes gives NaN, also for infinity, and onnx.helper 448, also for infinity; neither says a word. NaN in float4_e2m1fn or
#   float6_e2m3fn is -0.0. A double goes through float32: 1 + 2^-8 + 2^-40, a little above the middle of 1 and 1.0078125, becomes the middle and then 1; the
#   like of it is rounded rightly to float16.
# Who meets it: who shrinks weights to compare sizes and losses: one weight of 500 makes all outputs NaN in one tool and changes little in the other.
#   Clip before converting.
# Versions: ml_dtypes==0.6.0, onnx==1.23.2, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check ml_dtypes==0.6.0 onnx==1.23.2 numpy==2.4.6
cat > "$place/f8.py" <<'PROBE'
import ml_dtypes
import numpy as np
from onnx import TensorProto, helper, numpy_helper

VALUES = [448.0, 464.0, 465.0, 500.0, np.inf]
print("float8_e4m3fn of", VALUES)
print("  ml_dtypes:", [float(np.float32(value).astype(ml_dtypes.float8_e4m3fn)) for value in VALUES])
tensor = helper.make_tensor("t", TensorProto.FLOAT8E4M3FN, [len(VALUES)], VALUES)
print("  onnx:", [float(value) for value in numpy_helper.to_array(tensor)])
for kind in (ml_dtypes.float6_e2m3fn, ml_dtypes.float4_e2m1fn):
    print(f"NaN as {np.dtype(kind)}:", float(np.float32("nan").astype(kind)))
for name, kind, bits in (("float16", np.float16, 11), ("bfloat16", ml_dtypes.bfloat16, 8)):
    above = 1 + 2.0**-bits + 2.0**-40
    print(f"{name} of 1 + 2^-{bits} + 2^-40: {float(np.float64(above).astype(kind))}, nearest {1 + 2.0 ** (1 - bits)}")
PROBE
cat > "$place/expected" <<'EXPECTED'
float8_e4m3fn of [448.0, 464.0, 465.0, 500.0, inf]
  ml_dtypes: [448.0, 448.0, nan, nan, nan]
  onnx: [448.0, 448.0, 448.0, 448.0, 448.0]
NaN as float6_e2m3fn: -0.0
NaN as float4_e2m1fn: -0.0
float16 of 1 + 2^-11 + 2^-40: 1.0009765625, nearest 1.0009765625
bfloat16 of 1 + 2^-8 + 2^-40: 1.0, nearest 1.0078125
EXPECTED
"$place/venv/bin/python" "$place/f8.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
