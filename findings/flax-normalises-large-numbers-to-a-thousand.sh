#!/usr/bin/env bash
# flax normalises 10000, 10001, 10002 to -1000, 0, 1000, where other libraries have -1.22, 0, 1.22.
#
# Guess before running: LayerNorm and BatchNorm take mean and variance of three whole numbers rightly in float32, whatever is added to all of them:
#   the result is -1.225, 0, 1.225, as in torch, keras and ONNX.
# Seen: the variance is the mean of the squares less the square of the mean, which leaves no digit where the mean is some thousand times the spread. At
#   1000 the result is 1.5 % off; at 10000 the variance is 0, and what is divided by is the root of epsilon: -1000, 0, 1000 from LayerNorm, -316, 0, 316
#   from BatchNorm. Nothing warns. use_fast_variance=False gives the right numbers.
# Who meets it: who feeds years, prices or pressures to a network and lets its first layer normalise them: it trains on numbers a thousand times too
#   large. Both of flax's interfaces do so by default. Standardise data before the network, or set use_fast_variance=False.
# Versions: flax==0.12.8, jax==0.10.2, jaxlib==0.10.2, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check flax==0.12.8 jax==0.10.2 jaxlib==0.10.2 numpy==2.4.6
cat > "$place/norms.py" <<'PROBE'
import jax
import jax.numpy as jnp
from flax import linen, nnx


def shown(array):
    return [round(float(number), 3) for number in array.ravel()]


for base in (0, 100, 1000, 10000):
    row = base + jnp.array([[0.0, 1.0, 2.0]])
    print(f"{base}, {base + 1}, {base + 2}")
    for fast in (True, False):
        layer = linen.LayerNorm(use_fast_variance=fast)
        batch = linen.BatchNorm(use_running_average=False, use_fast_variance=fast)
        by_row = layer.apply(layer.init(jax.random.key(0), row), row)
        by_column, _ = batch.apply(batch.init(jax.random.key(0), row.T), row.T, mutable=["batch_stats"])
        new = nnx.LayerNorm(3, use_fast_variance=fast, rngs=nnx.Rngs(0))(row)
        print(f"  use_fast_variance={fast}: LayerNorm {shown(by_row)}, of nnx {shown(new)}, BatchNorm {shown(by_column)}")
PROBE
cat > "$place/expected" <<'EXPECTED'
0, 1, 2
  use_fast_variance=True: LayerNorm [-1.225, 0.0, 1.225], of nnx [-1.225, 0.0, 1.225], BatchNorm [-1.225, 0.0, 1.225]
  use_fast_variance=False: LayerNorm [-1.225, 0.0, 1.225], of nnx [-1.225, 0.0, 1.225], BatchNorm [-1.225, 0.0, 1.225]
100, 101, 102
  use_fast_variance=True: LayerNorm [-1.224, 0.0, 1.224], of nnx [-1.224, 0.0, 1.224], BatchNorm [-1.224, 0.0, 1.224]
  use_fast_variance=False: LayerNorm [-1.225, 0.0, 1.225], of nnx [-1.225, 0.0, 1.225], BatchNorm [-1.225, 0.0, 1.225]
1000, 1001, 1002
  use_fast_variance=True: LayerNorm [-1.206, 0.0, 1.206], of nnx [-1.206, 0.0, 1.206], BatchNorm [-1.206, 0.0, 1.206]
  use_fast_variance=False: LayerNorm [-1.225, 0.0, 1.225], of nnx [-1.225, 0.0, 1.225], BatchNorm [-1.225, 0.0, 1.225]
10000, 10001, 10002
  use_fast_variance=True: LayerNorm [-1000.0, 0.0, 1000.0], of nnx [-1000.0, 0.0, 1000.0], BatchNorm [-316.228, 0.0, 316.228]
  use_fast_variance=False: LayerNorm [-1.225, 0.0, 1.225], of nnx [-1.225, 0.0, 1.225], BatchNorm [-1.225, 0.0, 1.225]
EXPECTED
"$place/venv/bin/python" "$place/norms.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
