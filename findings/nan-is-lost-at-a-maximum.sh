#!/usr/bin/env bash
# NaN is lost at a maximum of casadi, in a max of numexpr and in a sign of MLX, and not beside them.
#
# Guess before running: what is computed from NaN is NaN, as in numpy: maximum(NaN, 0), the largest of [NaN, -1, 2], the sign of NaN.
# Seen: casadi's fmax and fmin of NaN and 0 are 0, while the slope is NaN; an if_else on x > 0 is 0 with slope 0. In numexpr maximum(x, 0) keeps NaN and
#   max(x), over the whole, leaves it out. In MLX sign(NaN) is 0, where maximum, clip and relu keep it. numba, whose max is Python's, gives
#   max(nan, 0) = nan and max(0, nan) = 0.
# Who meets it: who looks for NaN in results: a loss with a maximum in it stays finite while its gradient is NaN, or the other way about.
# Versions: casadi==3.8.2, numexpr==2.14.2, mlx[cpu]==0.32.4, numba==0.65.1, numpy==2.4.6; Python 3.11. Needs python3 with
#   venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check casadi==3.8.2 numexpr==2.14.2 'mlx[cpu]==0.32.4' numba==0.65.1 numpy==2.4.6
cat > "$place/keeps_nan.py" <<'PROBE'
import math

import casadi
import mlx.core as mx
import numba
import numexpr
import numpy as np

x = casadi.SX.sym("x")
for name, result in {"fmax(x, 0)": casadi.fmax(x, 0), "fmin(x, 0)": casadi.fmin(x, 0), "if_else(x > 0, x, 0)": casadi.if_else(x > 0, x, 0)}.items():
    value, slope = casadi.Function("f", [x], [result, casadi.jacobian(result, x)])(math.nan)
    print("casadi:", name, "at NaN is", float(value), "with slope", float(slope))
values = np.array([math.nan, -1.0, 2.0])
for text in ("maximum(values, 0)", "max(values)", "min(values)", "sum(values)"):
    print("numexpr:", text, "is", numexpr.evaluate(text))
mx.set_default_device(mx.cpu)
for name, function in {"sign": mx.sign, "abs": mx.abs, "max": mx.max}.items():
    print("MLX:", name, "is", function(mx.array(values.astype(np.float32))).tolist())


@numba.njit
def largest(a, b):
    return max(a, b)


print("numba: max(nan, 0) is", largest(math.nan, 0.0), "and max(0, nan) is", largest(0.0, math.nan))
PROBE
cat > "$place/expected" <<'EXPECTED'
casadi: fmax(x, 0) at NaN is 0.0 with slope nan
casadi: fmin(x, 0) at NaN is 0.0 with slope nan
casadi: if_else(x > 0, x, 0) at NaN is 0.0 with slope 0.0
numexpr: maximum(values, 0) is [nan  0.  2.]
numexpr: max(values) is 2.0
numexpr: min(values) is -1.0
numexpr: sum(values) is nan
MLX: sign is [0.0, -1.0, 1.0]
MLX: abs is [nan, 1.0, 2.0]
MLX: max is nan
numba: max(nan, 0) is nan and max(0, nan) is 0.0
EXPECTED
"$place/venv/bin/python" "$place/keeps_nan.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
