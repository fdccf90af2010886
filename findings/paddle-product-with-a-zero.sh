#!/usr/bin/env bash
# In Paddle the slope of a product by the factor that is 0 is NaN.
#
# Guess before running: of prod(0, 2, 3) the slopes are (6, 0, 0), as torch, jax and TensorFlow have
#   them: the product of the others.
# Seen: (NaN, 0, 0), and (NaN, NaN, 0) where two factors are 0. A product of the same numbers by * gives
#   6. silu at -800 has a NaN slope, while swish, the same function by another name, has 0; softplus(-40)
#   is 0, with the right slope.
# Who meets it: who takes Paddle as reference for a product of several inputs: one input at 0 spoils its
#   gradient, as in every graph with a closed gate. nodegraph multiplies the other factors instead of
#   dividing, and tests it.
# Versions: paddlepaddle==3.3.1, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index.
#   Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check paddlepaddle==3.3.1 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import paddle
from paddle.nn import functional


def slopes(function, x):
    x = paddle.to_tensor(x, dtype="float64", stop_gradient=False)
    value = function(x)
    return "value", value.item(), "slopes", paddle.grad(value, x)[0].tolist()


print("prod(0, 2, 3)", *slopes(paddle.prod, [0.0, 2.0, 3.0]))
print("prod(0, 0, 3)", *slopes(paddle.prod, [0.0, 0.0, 3.0]))
print("0 * 2 * 3", *slopes(lambda x: x[0] * x[1] * x[2], [0.0, 2.0, 3.0]))
print("silu(-800)", *slopes(functional.silu, -800.0))
print("swish(-800)", *slopes(functional.swish, -800.0))
print("softplus(-40)", *slopes(functional.softplus, -40.0))
PROBE
cat > "$place/expected" <<'EXPECTED'
prod(0, 2, 3) value 0.0 slopes [nan, 0.0, 0.0]
prod(0, 0, 3) value 0.0 slopes [nan, nan, 0.0]
0 * 2 * 3 value 0.0 slopes [6.0, 0.0, 0.0]
silu(-800) value -0.0 slopes nan
swish(-800) value -0.0 slopes 0.0
softplus(-40) value 0.0 slopes 4.248354255291589e-18
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
