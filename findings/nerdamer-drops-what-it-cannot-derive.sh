#!/usr/bin/env bash
# nerdamer derives relu(x) to `relu`, without an argument and without a mark.
#
# Guess before running: the derivative of a function that nerdamer does not know is left standing as
#   diff(relu(x), x), as it does with max and cbrt.
# Seen: diff('relu(x)', 'x') is `relu`, diff('sigmoid(w*x)', 'x') is `sigmoid*w` and diff('softplus(x)',
#   'x') is `softplus`: the argument is gone, and the name stands like a variable for its own derivative.
# Who meets it: who derives a neuron in the browser: the formula looks complete, and evaluates if
#   somebody gives relu a number. Write activations in exp, log and abs.
# Versions: nerdamer@1.1.13; Node 20. Needs node with npm and a package registry. Fails if the output
#   changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund nerdamer@1.1.13
cat > "$place/probe.cjs" <<'PROBE'
const nerdamer = require("nerdamer/all");

for (const text of ["relu(x)", "sigmoid(w*x)", "softplus(x)", "3*relu(x)^2", "max(x,0)", "cbrt(x)", "tanh(x)"])
  console.log(text, "has derivative", nerdamer.diff(text, "x").text());
PROBE
cat > "$place/expected" <<'EXPECTED'
relu(x) has derivative relu
sigmoid(w*x) has derivative sigmoid*w
softplus(x) has derivative softplus
3*relu(x)^2 has derivative 6*relu*x
max(x,0) has derivative diff(max(x,0),x)
cbrt(x) has derivative diff(cbrt(x),x)
tanh(x) has derivative sech(x)^2
EXPECTED
node "$place/probe.cjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
