#!/usr/bin/env bash
# In jax-js the slope of power(x, 2) at 0 is NaN.
#
# Guess before running: 0, as in jax, whose interface it has: the slope of a square is 2x, also at 0.
# Seen: NaN, where square(x) has 0 and the value is right. relu has slope 1 at 0 (jax 0); softplus at 800
#   is Infinity (jax 800) with a NaN slope, and silu at -100 has its right value and a NaN slope.
# Who meets it: who carries a graph with a squared loss to the browser: once a prediction is exact, every
#   parameter is NaN. An export to jax-js must write squares by square(x).
# Versions: @jax-js/jax@0.1.25; Node 20. Needs node with npm and a package registry. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund @jax-js/jax@0.1.25
cat > "$place/probe.mjs" <<'PROBE'
import { defaultDevice, grad, init, nn, numpy as np } from "@jax-js/jax";

await init("cpu");
defaultDevice("cpu");
const functions = {
  "power(x, 2)": [(x) => np.power(x, 2), 0],
  "square(x)": [(x) => np.square(x), 0],
  "relu(x)": [(x) => nn.relu(x), 0],
  "softplus(x)": [(x) => nn.softplus(x), 800],
  "silu(x)": [(x) => nn.silu(x), -100],
};
for (const [name, [f, x]] of Object.entries(functions)) {
  const value = await f(np.array(x)).data();
  const slope = await grad(f)(x).data();
  console.log(name, "at", x, "value", value[0] + 0, "slope", slope[0] + 0);
}
PROBE
cat > "$place/expected" <<'EXPECTED'
power(x, 2) at 0 value 0 slope NaN
square(x) at 0 value 0 slope 0
relu(x) at 0 value 0 slope 1
softplus(x) at 800 value Infinity slope NaN
silu(x) at -100 value -3.7204474227823893e-42 slope NaN
EXPECTED
node "$place/probe.mjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
