#!/usr/bin/env bash
# Under Enzyme the slope of jax.nn.sigmoid at -100 is NaN, that of a square root at 0 is 0, and relu passes a gradient through NaN.
#
# Guess before running: slopes are JAX's own: abs at 0 is 0 or 1, a tie of maximum 0.5 or 1, the square root at 0 infinite.
# Seen: values agree. sigmoid(-100) has the slope NaN (JAX: 0), sqrt at 0 has 0 (JAX: infinity), so that the guarded where(x > 0, sqrt(x), 0) has 0
#   where JAX has NaN; maximum(x, 0) at 0 has 1 (JAX: 0.5), clip at its end 0 (0.5), maximum(NaN, 0) 1 (0). Softplus, tanh, log and cbrt agree.
# Who meets it: who swaps the differentiation for speed: a saturated unit makes every weight NaN.
# Versions: enzyme-ad==0.0.16, jax==0.10.2, jaxlib==0.10.2; Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check enzyme-ad==0.0.16 jax==0.10.2 jaxlib==0.10.2
cat > "$place/probe.py" <<'PROBE'
import jax
import jax.numpy as jnp
from enzyme_ad.jax import enzyme_jax_ir

CASES = (
    ("sigmoid", jax.nn.sigmoid, -100.0),
    ("softplus", jax.nn.softplus, 100.0),
    ("sqrt", jnp.sqrt, 0.0),
    ("where(x > 0, sqrt(x), 0)", lambda x: jnp.where(x > 0, jnp.sqrt(x), 0.0), 0.0),
    ("maximum(x, 0)", lambda x: jnp.maximum(x, 0.0), 0.0),
    ("maximum(x, 0)", lambda x: jnp.maximum(x, 0.0), float("nan")),
    ("clip(x, 0, 1)", lambda x: jnp.clip(x, 0.0, 1.0), 1.0),
    ("abs", jnp.abs, 0.0),
    ("tanh", jnp.tanh, 0.5),
    ("log", jnp.log, 0.0),
)
for name, function, x in CASES:
    by_enzyme = enzyme_jax_ir()(function if name != "abs" else lambda x: jnp.abs(x))
    at = jnp.float32(x)
    slopes = [float(jax.jit(jax.grad(one))(at)) for one in (by_enzyme, function)]
    print(f"{name} at {x:g}: value {float(jax.jit(by_enzyme)(at)):.6g}, slope by Enzyme {slopes[0]:.6g}, by JAX {slopes[1]:.6g}")
PROBE
cat > "$place/expected" <<'EXPECTED'
sigmoid at -100: value 0, slope by Enzyme nan, by JAX 0
softplus at 100: value 100, slope by Enzyme 1, by JAX 1
sqrt at 0: value 0, slope by Enzyme 0, by JAX inf
where(x > 0, sqrt(x), 0) at 0: value 0, slope by Enzyme 0, by JAX nan
maximum(x, 0) at 0: value 0, slope by Enzyme 1, by JAX 0.5
maximum(x, 0) at nan: value nan, slope by Enzyme 1, by JAX 0
clip(x, 0, 1) at 1: value 1, slope by Enzyme 0, by JAX 0.5
abs at 0: value 0, slope by Enzyme 1, by JAX 1
tanh at 0.5: value 0.462117, slope by Enzyme 0.786448, by JAX 0.786448
log at 0: value -inf, slope by Enzyme inf, by JAX inf
EXPECTED
JAX_PLATFORMS=cpu "$place/venv/bin/python" "$place/probe.py" 2> /dev/null > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
