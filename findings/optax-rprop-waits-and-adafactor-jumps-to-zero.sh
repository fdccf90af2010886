#!/usr/bin/env bash
# optax.rprop does not move in its first step, and optax.adafactor() without a rate takes every number straight to 0 in its first one.
#
# Guess before running: with a rate of 0.1 and a slope of 1 each optimizer goes down by at most about 0.1 in the first step: sgd, adam and rprop by
#   exactly 0.1.
# Seen: sgd, adam, radam, adamax and lion go by 0.1. rprop stays where it is in step 1 (a step is only taken where the last slope is known) and goes by
#   0.1 in step 2. adafactor() has no rate by default and multiplies by the size of the parameter: 1 becomes 0, 5 becomes 0 and 0.001 becomes 0, then it
#   creeps by 0.001; with a rate of 0.1 it goes by a tenth of the number. rmsprop goes by 0.316, nadam by 0.147.
# Who meets it: who compares optimizers on a small graph, one step beside another as in a lesson, or takes one step only: nothing happens, or the start
#   is lost. Look at the first two steps.
# Versions: optax==0.2.8, jax==0.10.2, jaxlib==0.10.2, Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check optax==0.2.8 jax==0.10.2 jaxlib==0.10.2
cat > "$place/probe.py" <<'PROBE'
import jax.numpy as jnp
import optax


def steps(optimizer, start=1.0):
    number = jnp.float32(start)
    state = optimizer.init(number)
    seen = []
    for _ in range(3):
        update, state = optimizer.update(jnp.float32(1.0), state, number)
        number = optax.apply_updates(number, update)
        seen.append(f"{float(number) + 0.0:.3f}")
    return f"from {start}: " + ", ".join(seen)


for name in ("sgd", "adam", "radam", "adamax", "lion", "rprop", "rmsprop", "nadam", "adafactor"):
    print(f"{name}(0.1)", steps(getattr(optax, name)(0.1)))
for start in (1.0, 5.0, 0.001):
    print("adafactor()", steps(optax.adafactor(), start))
PROBE
cat > "$place/expected" <<'EXPECTED'
sgd(0.1) from 1.0: 0.900, 0.800, 0.700
adam(0.1) from 1.0: 0.900, 0.800, 0.700
radam(0.1) from 1.0: 0.900, 0.800, 0.700
adamax(0.1) from 1.0: 0.900, 0.800, 0.700
lion(0.1) from 1.0: 0.900, 0.800, 0.700
rprop(0.1) from 1.0: 1.000, 0.900, 0.780
rmsprop(0.1) from 1.0: 0.684, 0.454, 0.262
nadam(0.1) from 1.0: 0.853, 0.737, 0.629
adafactor(0.1) from 1.0: 0.900, 0.810, 0.729
adafactor() from 1.0: 0.000, -0.001, -0.002
adafactor() from 5.0: 0.000, -0.001, -0.002
adafactor() from 0.001: 0.000, -0.001, -0.002
EXPECTED
JAX_PLATFORMS=cpu "$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
