#!/usr/bin/env bash
# jax on the CPU takes numbers below 2.2e-308 for 0, also in float64, so that their logarithm is -inf.
#
# Guess before running: with jax_enable_x64 the CPU follows IEEE 754 as numpy does: exp(-740) is 4e-322,
#   and log(1e-310) is -713.8.
# Seen: exp(-740) is 0, 1e-310 * 2 is 0, log(1e-310) is -inf and its slope inf; numpy has 4.2e-322,
#   2e-310 and -713.8. In float32 the same happens below 1.2e-38.
# Who meets it: who compares a vanishing gradient or the logarithm of a small probability with jax:
#   numbers that nodegraph, numpy and torch still print are 0 there, and a loss of 713.8 is infinite. A
#   comparison with jax has to start at the smallest normal number.
# Versions: jax==0.10.2, jaxlib==0.10.2, numpy==2.4.6; Python 3.11. Needs python3 with venv and a package
#   index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check jax==0.10.2 jaxlib==0.10.2 numpy==2.4.6
cat > "$place/probe.py" <<'PROBE'
import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)
np.seterr(all="ignore")
for name, function, at in (("exp(x)", "exp", -740.0), ("log(x)", "log", 1e-310), ("sqrt(x)", "sqrt", 1e-310)):
    print(name, "at", at, "jax", getattr(jnp, function)(at), "numpy", getattr(np, function)(at))
print("2x at 1e-310 jax", jax.jit(lambda x: 2 * x)(1e-310), "numpy", 2 * np.float64(1e-310))
print("slope of log(x) at 1e-310 jax", jax.grad(jnp.log)(1e-310))
PROBE
cat > "$place/expected" <<'EXPECTED'
exp(x) at -740.0 jax 0.0 numpy 4.2e-322
log(x) at 1e-310 jax -inf numpy -713.8013788281542
sqrt(x) at 1e-310 jax 0.0 numpy 9.999999999999986e-156
2x at 1e-310 jax 0.0 numpy 2e-310
slope of log(x) at 1e-310 jax inf
EXPECTED
"$place/venv/bin/python" "$place/probe.py" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
