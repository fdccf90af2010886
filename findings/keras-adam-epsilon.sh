#!/usr/bin/env bash
# With the same epsilon, Adam of Keras moves a parameter with a small gradient 16 times less than Adam of
#   optax and torch.
#
# Guess before running: epsilon is the one of the rule as it is usually printed, m̂ / (√v̂ + ε): for a
#   first gradient as small as epsilon the step is half of the rate, 0.05 of 0.1.
# Seen: 0.0031: in Keras epsilon is added before the correction for the start is taken into account, so
#   that in the first steps it counts up to 32 times as much. For a gradient of 1 both step by 0.1.
# Who meets it: who repeats a training of Keras elsewhere: weights that receive little, of saturated or
#   deep units, learn at other speeds although rate, betas and epsilon agree. nodegraph's rule is the
#   printed one, as torch's and optax's; the difference fades after some 1000 steps.
# Versions: keras==3.15.1, optax==0.2.8, jax==0.10.2, jaxlib==0.10.2, numpy==2.4.6; Python 3.11. Needs
#   python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check keras==3.15.1 optax==0.2.8 jax==0.10.2 jaxlib==0.10.2 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import os

os.environ["KERAS_BACKEND"] = "jax"
import jax.numpy as jnp
import keras
import numpy as np
import optax


def steps_of_keras(gradient, count):
    weight = keras.Variable(np.zeros(1))
    optimizer = keras.optimizers.Adam(learning_rate=0.1, epsilon=1e-8)
    optimizer.build([weight])
    for _ in range(count):
        optimizer.apply([np.array([gradient], "float32")], [weight])
    return float(np.asarray(weight.value)[0])


def steps_of_optax(gradient, count):
    optimizer, weight = optax.adam(0.1, eps=1e-8), jnp.zeros(1)
    state = optimizer.init(weight)
    for _ in range(count):
        update, state = optimizer.update(jnp.array([gradient]), state, weight)
        weight = optax.apply_updates(weight, update)
    return float(weight[0])


for gradient in (1.0, 1e-8):
    for count in (1, 10):
        moved = steps_of_keras(gradient, count), steps_of_optax(gradient, count)
        print("gradient", gradient, "steps", count, "Keras %.4f optax %.4f" % moved)
PROBE
cat > "$place/expected" <<'EXPECTED'
gradient 1.0 steps 1 Keras -0.1000 optax -0.1000
gradient 1.0 steps 10 Keras -1.0000 optax -1.0000
gradient 1e-08 steps 1 Keras -0.0031 optax -0.0500
gradient 1e-08 steps 10 Keras -0.0659 optax -0.5000
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
