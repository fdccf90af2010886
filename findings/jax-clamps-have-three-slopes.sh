#!/usr/bin/env bash
# Six ways to clamp in jax have three slopes at a bound: 0.5, 0 and 1.
#
# Guess before running: clip, minimum(maximum), lax.clamp, hard_tanh and relu6, which all hold a number between two bounds, have one rule for the slope at a
#   bound, as they have inside and outside.
# Seen: clip and minimum(maximum) have 0.5, since a tie is shared, lax.clamp and relu6 have 0, hard_tanh has 1. The values agree.
# Who meets it: who holds a weight at a bound by clamping it and trains on: by one name it leaves its bound at full speed, by another at half of it, by a
#   third never. Gradients checked against another framework differ where numbers are round.
# Versions: jax==0.10.2, jaxlib==0.10.2, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check jax==0.10.2 jaxlib==0.10.2 numpy==2.4.6
cat > "$place/jc.py" <<'PROBE'
import jax
import jax.numpy as jnp

WAYS = {
    "jnp.clip(x, -1, 1)": (lambda x: jnp.clip(x, -1, 1), -1, 1),
    "minimum(maximum(x, -1), 1)": (lambda x: jnp.minimum(jnp.maximum(x, -1), 1), -1, 1),
    "lax.clamp(-1, x, 1)": (lambda x: jax.lax.clamp(-1.0, x, 1.0), -1, 1),
    "nn.hard_tanh": (jax.nn.hard_tanh, -1, 1),
    "jnp.clip(x, 0, 6)": (lambda x: jnp.clip(x, 0, 6), 0, 6),
    "nn.relu6": (jax.nn.relu6, 0, 6),
}
for name, (function, low, high) in WAYS.items():
    places = (low - 1.0, float(low), (low + high) / 2, float(high), high + 1.0)
    slopes = [float(jax.grad(function)(place)) for place in places]
    print(f"{name}: slopes {slopes} at {list(places)}")
PROBE
cat > "$place/expected" <<'EXPECTED'
jnp.clip(x, -1, 1): slopes [0.0, 0.5, 1.0, 0.5, 0.0] at [-2.0, -1.0, 0.0, 1.0, 2.0]
minimum(maximum(x, -1), 1): slopes [0.0, 0.5, 1.0, 0.5, 0.0] at [-2.0, -1.0, 0.0, 1.0, 2.0]
lax.clamp(-1, x, 1): slopes [0.0, 0.0, 1.0, 0.0, 0.0] at [-2.0, -1.0, 0.0, 1.0, 2.0]
nn.hard_tanh: slopes [0.0, 1.0, 1.0, 1.0, 0.0] at [-2.0, -1.0, 0.0, 1.0, 2.0]
jnp.clip(x, 0, 6): slopes [0.0, 0.5, 1.0, 0.5, 0.0] at [-1.0, 0.0, 3.0, 6.0, 7.0]
nn.relu6: slopes [0.0, 0.0, 1.0, 0.0, 0.0] at [-1.0, 0.0, 3.0, 6.0, 7.0]
EXPECTED
"$place/venv/bin/python" "$place/jc.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
